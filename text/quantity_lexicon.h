/* Inside the quantity reader: the words it knows. */
#ifndef CB_TEXT_QUANTITY_LEXICON_H
#define CB_TEXT_QUANTITY_LEXICON_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* What a word can be; some are two things ("second", "quarter"). */
enum {
    CB_LEX_DIGIT = 1 << 0,     /* one … nineteen, zero: value */
    CB_LEX_TENS = 1 << 1,      /* twenty … ninety: value */
    CB_LEX_MAGNITUDE = 1 << 2, /* hundred, thousand, million, dozen: value */
    CB_LEX_SHORT = 1 << 3,     /* bn, m, k: a magnitude only right behind digits */
    CB_LEX_MANY = 1 << 4,      /* dozens, thousands: value of one of them */
    CB_LEX_ORDINAL = 1 << 5,   /* first, third: value */
    CB_LEX_FRACTION = 1 << 6,  /* half, quarter, thirds: value of one part */
    CB_LEX_UNIT = 1 << 7,      /* km, barrel: canon */
    CB_LEX_TIME = 1 << 8,      /* day, years: canon */
    CB_LEX_CURRENCY = 1 << 9,  /* dollars, euro, rubles: canon is the ISO 4217 code */
    CB_LEX_MONTH = 1 << 10,    /* value 1 … 12 */
    CB_LEX_WEEKDAY = 1 << 11,  /* value 1 (Monday) … 7 */
    CB_LEX_DAY = 1 << 12,      /* yesterday: value is days from today */
    CB_LEX_FUNCTION = 1 << 13, /* ends a noun phrase: "of", "the", "said" */
    CB_LEX_ADVERB = 1 << 14,   /* daily, annually: canon is "per …" */
    CB_LEX_PERCENT = 1 << 15,  /* percent, pc */
    CB_LEX_NAMED = 1 << 16,    /* resolution, highway: the number behind only names */
    CB_LEX_OPENER = 1 << 17,   /* a, half, past, between: a quantity may begin with it */
};

struct cb_lexeme {
    char word[14]; /* lower case */
    unsigned classes;
    double value;
    const char *canon;
};

/* The entry for a word in any case (a full stop at its end is overlooked), or NULL. */
const struct cb_lexeme *cb_lexeme_of(const char *word, size_t len);

/* ISO 4217 code of "$", "US$", "€", "EUR" …, or NULL. */
const char *cb_currency_of(const char *symbol, size_t len);

/* An approximator that ends right before a number. */
enum cb_approx_bound { CB_APPROX_NEAR, CB_APPROX_LEAST, CB_APPROX_MOST };
struct cb_approx {
    const char *words; /* lower case, one blank between words */
    const char *canon;
    enum cb_approx_bound bound;
};
/* The approximators, the longer before the shorter; the last has words NULL. */
extern const struct cb_approx cb_approximators[];

/* Whether a word looks like a plural noun; and its singular, lower case, in the arena (NULL: no memory). */
bool cb_is_plural(const char *word, size_t len);
const char *cb_singular(const char *word, size_t len, struct cb_arena *arena);

#endif
