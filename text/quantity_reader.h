/* Inside the quantity reader: the parts of quantity.c. Each read_ function looks at the tokens from `at` on
 * and returns how many of them it took, 0 when there is nothing of its kind. */
#ifndef CB_TEXT_QUANTITY_READER_H
#define CB_TEXT_QUANTITY_READER_H

#include "text/calendar.h"
#include "text/quantity.h"
#include "text/quantity_lexicon.h"

#include <stdint.h>

struct cb_quantity_reader {
    const char *text;
    const struct cb_token *tokens;
    const struct cb_lexeme **lexemes; /* one a token, NULL: not known */
    size_t count;
    struct cb_arena *arena;
    bool has_published;
    struct cb_date published;
    struct cb_quantity *found;
    size_t found_count, found_capacity;
    bool failed; /* no memory */
};

/* A number as it is written: mantissa × 10^exponent while that is exact. */
struct cb_decimal {
    uint64_t mantissa;
    int exponent;
    double value;
    bool exact;
};

struct cb_number {
    struct cb_decimal low, high;        /* equal but for "dozens" (high is INFINITY) */
    bool many;                          /* dozens, thousands */
    bool digits;                        /* begins with digits */
    bool magnitude;                     /* ends in hundred, million, bn …: no year, no label */
    double factor;                      /* what the magnitudes behind it made of it */
    const struct cb_lexeme *short_form; /* "5m": might be metres; not yet multiplied */
};

struct cb_decimal cb_decimal_make(uint64_t mantissa, int exponent);
struct cb_decimal cb_decimal_times(struct cb_decimal a, double factor);
/* As plain decimal text in the arena; NULL when it is not exact (or no memory). */
const char *cb_decimal_text(struct cb_decimal decimal, struct cb_arena *arena);

/* Adds what tokens [first, behind) say to what was found. */
void cb_quantity_add(struct cb_quantity_reader *r, size_t first, size_t behind, struct cb_quantity *q);
/* Looks back from `first` for "almost", "at least"; returns the token where the quantity now begins. */
size_t cb_quantity_take_approx(const struct cb_quantity_reader *r, size_t first, struct cb_quantity *q);
/* The text of tokens [first, behind) in lower case, blanks made one: a time scope. */
const char *cb_quantity_scope_text(const struct cb_quantity_reader *r, size_t first, size_t behind);

/* These add what they find themselves, and return the token behind it, or 0. */
size_t cb_read_amount(struct cb_quantity_reader *r,
                      size_t at); /* "almost 8 thousand", "a year ago" with a number */
size_t cb_read_article_time(struct cb_quantity_reader *r,
                            size_t at);                       /* "a year", "a few days", "an hour ago" */
size_t cb_read_past(struct cb_quantity_reader *r, size_t at); /* "past few days", "last three months" */

/* Small helpers over tokens; all are false or 0 beyond the ends. */
bool cb_is_word(const struct cb_quantity_reader *r, size_t at, const char *word); /* in any case */
bool cb_is_mark(const struct cb_quantity_reader *r, size_t at, const char *mark); /* exactly */
bool cb_is_dash(const struct cb_quantity_reader *r, size_t at);
unsigned cb_classes(const struct cb_quantity_reader *r, size_t at);
double cb_lexeme_value(const struct cb_quantity_reader *r, size_t at);
size_t cb_token_length(const struct cb_quantity_reader *r, size_t at);
const char *cb_token_text(const struct cb_quantity_reader *r, size_t at);
bool cb_is_glued(const struct cb_quantity_reader *r, size_t at); /* no blank before it */
bool cb_is_number_token(const struct cb_quantity_reader *r, size_t at);

/* The value of a token of digits alone ("8,000.5", "2½", "1,5"); false for "1990s", "21st", "5:30". */
bool cb_read_digits(const struct cb_quantity_reader *r, size_t at, struct cb_decimal *out);
/* A whole number of digits only, of `min` to `max` digits; -1 when it is none. */
int cb_read_plain(const struct cb_quantity_reader *r, size_t at, size_t min, size_t max);

/* "8 thousand", "two hundred and fifty", "half a million", "a dozen", "dozens", "tens of thousands". */
size_t cb_read_number(const struct cb_quantity_reader *r, size_t at, struct cb_number *out);
/* "21st", "third", "twenty-first". */
size_t cb_read_ordinal(const struct cb_quantity_reader *r, size_t at, double *out);

/* A number that only names: "Resolution 2199", "F-16", "Boeing 777". Returns the tokens taken from `at`;
 * *first is the token where the name begins. */
size_t cb_read_label(const struct cb_quantity_reader *r, size_t at, size_t *first, struct cb_quantity *q);
/* Whether a unit or a plural noun stands at `at`, so that the number before it is no name. */
bool cb_counts_something(const struct cb_quantity_reader *r, size_t at);
/* "half", "a quarter of", "two-thirds", "one in five", "1/2". */
size_t cb_read_share(const struct cb_quantity_reader *r, size_t at, struct cb_quantity *q);
/* "of the five schools" behind a count of `part`, `of` standing on "of": the count is of those things, and
 * what they are in all is no second one. Returns the tokens up to the noun, which goes to *counted (NULL:
 * none). */
size_t cb_read_part_of(const struct cb_quantity_reader *r, size_t of, double part, const char **counted);

/* Dates and times of day. */
size_t cb_read_date(const struct cb_quantity_reader *r, size_t at, struct cb_quantity *out);
/* Fills date, low and high from a date; of a date, low and high are its first and last day as
 * the number yyyymmdd, 0 when the year is not known. */
void cb_set_date(const struct cb_quantity_reader *r, struct cb_quantity *q, struct cb_date date);
/* The date `amount` units ("day", "year" …) away from the publication, as exact as the unit is. */
bool cb_date_away(const struct cb_quantity_reader *r, double amount, const char *unit, struct cb_date *out);

/* The unit at `at`: "%", "km", "square miles", "-year-old", "euros", with "a day" behind it. Sets kind, unit,
 * period, and counted for "tonnes of wheat". Returns how many tokens belong to the quantity's span. */
size_t cb_read_unit(const struct cb_quantity_reader *r, size_t at, bool large, struct cb_quantity *q);
/* "a day", "per barrel", "each year", "daily"; *canon is "day", "barrel". */
size_t cb_read_per(const struct cb_quantity_reader *r, size_t at, const char **canon, bool *is_time);
/* The head noun behind `at`, singular, within a few words; NULL when there is none. *behind: the token after
 * it. */
const char *cb_counted_noun(const struct cb_quantity_reader *r, size_t at, bool one, size_t *behind);
/* The head noun of "of the territory", `at` standing on "of"; NULL when there is none. */
const char *cb_counted_of(const struct cb_quantity_reader *r, size_t at);
/* "a" and "b" with `between` in the middle, in the arena; NULL: no memory. */
const char *cb_join(const struct cb_quantity_reader *r, const char *a, const char *between, const char *b);

#endif
