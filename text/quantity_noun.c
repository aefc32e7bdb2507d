/* What is measured or counted: units, currencies, "a day", the noun. */
#include "text/quantity_reader.h"

#include <string.h>

/* How many words behind a number its noun may stand. */
enum { NOUN_WORDS = 4 };

/* A token that may belong to the noun phrase behind a number. */
static bool is_noun_word(const struct cb_quantity_reader *r, size_t at)
{
    if (at >= r->count || r->tokens[at].kind != CB_TOKEN_WORD)
        return false;
    const char *s = cb_token_text(r, at);
    if (*s == '\'' || (unsigned char)*s == 0xE2)
        return false;
    if (r->tokens[at].flags & CB_TOKEN_ALL_CAPS)
        return true; /* "500 IS trucks", "US soldiers" */
    return !(cb_classes(r, at) & (CB_LEX_FUNCTION | CB_LEX_DAY | CB_LEX_WEEKDAY | CB_LEX_MONTH));
}

/* "per cubic metre", "per square kilometre", "/l", "/m3": what stands behind "per" at `at` and is no plain
 * unit. */
static size_t read_per_volume(const struct cb_quantity_reader *r, size_t at, const char **canon)
{
    static const char *const short_forms[][2] = {{"l", "litre"},     {"dl", "dl"}, {"ml", "ml"},
                                                 {"m3", "m3"},       {"m2", "m2"}, {"m\xC2\xB3", "m3"},
                                                 {"m\xC2\xB2", "m2"}};
    bool square = cb_is_word(r, at + 1, "square"), cubic = cb_is_word(r, at + 1, "cubic");
    if ((square || cubic) && (cb_classes(r, at + 2) & CB_LEX_UNIT)) {
        *canon = cb_join(r, r->lexemes[at + 2]->canon, square ? "2" : "3", "");
        return 3;
    }
    for (size_t i = 0; i < sizeof short_forms / sizeof *short_forms; i++) {
        if (cb_is_word(r, at + 1, short_forms[i][0])) {
            *canon = short_forms[i][1];
            return 2;
        }
    }
    return 0;
}

size_t cb_read_per(const struct cb_quantity_reader *r, size_t at, const char **canon, bool *is_time)
{
    static const char *const nouns[] = {"head",   "person",     "capita",   "share", "worker",
                                        "child",  "household",  "vehicle",  "piece", "student",
                                        "family", "inhabitant", "resident", "square"};
    if (cb_classes(r, at) & CB_LEX_ADVERB) {
        *canon = r->lexemes[at]->canon + strlen("per ");
        *is_time = true;
        return 1;
    }
    bool article = cb_is_word(r, at, "a") || cb_is_word(r, at, "an");
    if (!article && !cb_is_word(r, at, "per") && !cb_is_word(r, at, "each") && !cb_is_word(r, at, "every") &&
        !cb_is_mark(r, at, "/"))
        return 0;
    size_t n = read_per_volume(r, at, canon);
    if (n > 0) {
        *is_time = false;
        return n;
    }
    unsigned classes = cb_classes(r, at + 1);
    *is_time = (classes & CB_LEX_TIME) != 0;
    if (classes & (CB_LEX_TIME | CB_LEX_UNIT)) {
        if (cb_is_word(r, at + 2, "ago") || cb_is_word(r, at + 2, "earlier") ||
            cb_is_word(r, at + 2, "later"))
            return 0; /* "30,000 barrels a year ago" */
        *canon = r->lexemes[at + 1]->canon;
        return 2;
    }
    for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++) {
        if (cb_is_word(r, at + 1, nouns[i])) {
            *canon = nouns[i];
            return 2;
        }
    }
    return 0;
}

static bool is_lower(const struct cb_quantity_reader *r, size_t at)
{
    return !(r->tokens[at].flags & CB_TOKEN_UPPER);
}

/* Hyphens inside a noun phrase: "anti-tank shells". */
static bool is_inner_hyphen(const struct cb_quantity_reader *r, size_t at)
{
    return cb_is_mark(r, at, "-") && cb_is_glued(r, at) && cb_is_glued(r, at + 1);
}

static bool is_plural_at(const struct cb_quantity_reader *r, size_t at)
{
    return is_lower(r, at) && cb_is_plural(cb_token_text(r, at), cb_token_length(r, at));
}

static bool is_past_verb(const struct cb_quantity_reader *r, size_t at)
{
    size_t len = cb_token_length(r, at);
    return len > 4 && memcmp(cb_token_text(r, at) + len - 2, "ed", 2) == 0;
}

const char *cb_counted_noun(const struct cb_quantity_reader *r, size_t at, bool one, size_t *behind)
{
    size_t head = r->count, words = 0;
    *behind = at;
    for (size_t i = at; i < r->count && words < NOUN_WORDS; i++) {
        if (i > at && is_inner_hyphen(r, i))
            continue;
        if (!is_noun_word(r, i))
            break;
        words++;
        if (one && head < r->count && (is_plural_at(r, i) || is_past_verb(r, i)))
            break; /* "one question asks": a verb */
        if (one || is_plural_at(r, i))
            head = i; /* "one oil field": the last word of the phrase */
        if (!one && head == i)
            break;
    }
    if (head == r->count || !is_lower(r, head))
        return NULL;
    *behind = head + 1;
    return cb_singular(cb_token_text(r, head), cb_token_length(r, head), r->arena);
}

const char *cb_counted_of(const struct cb_quantity_reader *r, size_t at)
{
    static const char *const skipped[] = {"the", "a",     "its",   "their", "his",  "her",  "our", "my",
                                          "all", "these", "those", "this",  "that", "your", "an"};
    size_t head = r->count, words = 0, i = at + 1;
    if (!cb_is_word(r, at, "of"))
        return NULL;
    for (size_t k = 0; k < sizeof skipped / sizeof *skipped; k++) {
        if (cb_is_word(r, i, skipped[k])) {
            i++;
            break;
        }
    }
    for (; i < r->count && words < NOUN_WORDS; i++) {
        bool owner = head < r->count && (cb_is_word(r, i, "'s") || cb_is_word(r, i, "\xE2\x80\x99s"));
        if (owner || (head < r->count && is_inner_hyphen(r, i)))
            continue; /* "of the caravan's members" */
        if (!is_noun_word(r, i))
            break;
        words++;
        head = i;
        if (is_plural_at(r, i) && !is_inner_hyphen(r, i + 1))
            break; /* what follows a plural is a verb: "of applicants pass" */
    }
    if (head == r->count)
        return NULL;
    return cb_singular(cb_token_text(r, head), cb_token_length(r, head), r->arena);
}

/* "euros", "US dollars": the ISO code and how many tokens it takes */
static size_t read_currency(const struct cb_quantity_reader *r, size_t at, bool large, const char **code)
{
    static const char *const nations[][2] = {{"US", "USD"},         {"U.S.", "USD"},     {"Canadian", "CAD"},
                                             {"Australian", "AUD"}, {"American", "USD"}, {"Hong", "HKD"},
                                             {"Singapore", "SGD"}};
    unsigned classes = cb_classes(r, at);
    if (classes & CB_LEX_CURRENCY) {
        bool weight = (classes & CB_LEX_UNIT) != 0;
        if (weight && !large)
            return 0;
        *code = weight ? "GBP" : r->lexemes[at]->canon;
        return 1;
    }
    for (size_t i = 0; i < sizeof nations / sizeof *nations; i++) {
        size_t noun = at + (i == 5 ? 2 : 1); /* Hong Kong */
        if (cb_is_word(r, at, nations[i][0]) &&
            (cb_is_word(r, noun, "dollars") || cb_is_word(r, noun, "dollar"))) {
            *code = nations[i][1];
            return noun + 1 - at;
        }
    }
    return 0;
}

/* "a day" behind a unit, perhaps with "of oil" between */
static size_t read_per_behind(const struct cb_quantity_reader *r, size_t at, struct cb_quantity *q)
{
    const char *per;
    bool is_time;
    size_t skip = 0, n = cb_read_per(r, at, &per, &is_time);
    if (n == 0 &&
        cb_is_word(r, at, "of")) { /* "barrels of oil a day", "micrograms of fine dust per cubic metre" */
        for (skip = 1; n == 0 && skip <= NOUN_WORDS && is_noun_word(r, at + skip); skip++)
            n = cb_read_per(r, at + skip + 1, &per, &is_time);
    }
    if (n == 0)
        return 0;
    if (q->kind == CB_QUANTITY_MEASURE || (q->kind == CB_QUANTITY_MONEY && !is_time))
        q->unit = cb_join(r, q->unit, "/", per);
    else
        q->period = cb_join(r, "per", " ", per);
    return skip + n;
}

static size_t read_percent(const struct cb_quantity_reader *r, size_t at, struct cb_quantity *q)
{
    size_t n = cb_is_mark(r, at, "%") || (cb_classes(r, at) & CB_LEX_PERCENT) ? 1
               : cb_is_word(r, at, "per") && cb_is_word(r, at + 1, "cent")    ? 2
                                                                              : 0;
    if (n == 0 && (cb_is_word(r, at, "percentage") || cb_is_word(r, at, "basis")) &&
        (cb_is_word(r, at + 1, "points") || cb_is_word(r, at + 1, "point"))) {
        q->kind = CB_QUANTITY_MEASURE;
        q->unit = cb_is_word(r, at, "basis") ? "basis point" : "percentage point";
        return 2;
    }
    if (n == 0)
        return 0;
    q->kind = CB_QUANTITY_SHARE;
    q->unit = "%";
    q->counted = cb_counted_of(r, at + n);
    return n;
}

/* "-year-old", "-km", "-bed": what is tied to the number by a hyphen */
static size_t read_hyphened(const struct cb_quantity_reader *r, size_t at, struct cb_quantity *q)
{
    if (!cb_is_mark(r, at, "-") || !cb_is_glued(r, at) || !cb_is_glued(r, at + 1) || at + 1 >= r->count ||
        r->tokens[at + 1].kind != CB_TOKEN_WORD)
        return 0;
    unsigned classes = cb_classes(r, at + 1);
    if (classes & CB_LEX_TIME) {
        q->kind = CB_QUANTITY_DURATION;
        q->unit = r->lexemes[at + 1]->canon;
        bool old =
            cb_is_mark(r, at + 2, "-") && (cb_is_word(r, at + 3, "old") || cb_is_word(r, at + 3, "long"));
        return old ? 4 : 2;
    }
    if (classes & CB_LEX_UNIT) {
        q->kind = CB_QUANTITY_MEASURE;
        q->unit = r->lexemes[at + 1]->canon;
        return 2;
    }
    if (classes & CB_LEX_CURRENCY) {
        q->kind = CB_QUANTITY_MONEY;
        q->unit = r->lexemes[at + 1]->canon;
        return 2;
    }
    if (cb_is_word(r, at + 1, "percent")) {
        q->kind = CB_QUANTITY_SHARE;
        q->unit = "%";
        return 2;
    }
    if (is_noun_word(r, at + 1) && is_lower(r, at + 1))
        q->counted = cb_singular(cb_token_text(r, at + 1), cb_token_length(r, at + 1), r->arena);
    return q->counted != NULL ? 2 : 0;
}

/* "square kilometres", "cubic metres" */
static size_t read_powered(const struct cb_quantity_reader *r, size_t at, struct cb_quantity *q)
{
    bool square = cb_is_word(r, at, "square") || cb_is_word(r, at, "sq"), cubic = cb_is_word(r, at, "cubic");
    if ((!square && !cubic) || !(cb_classes(r, at + 1) & CB_LEX_UNIT))
        return 0;
    q->kind = CB_QUANTITY_MEASURE;
    q->unit = cb_join(r, r->lexemes[at + 1]->canon, square ? "2" : "3", "");
    return 2;
}

size_t cb_read_unit(const struct cb_quantity_reader *r, size_t at, bool large, struct cb_quantity *q)
{
    unsigned classes = cb_classes(r, at);
    size_t n = read_percent(r, at, q);
    if (n > 0)
        return n;
    n = read_hyphened(r, at, q);
    if (n > 0)
        return n;
    n = read_currency(r, at, large, &q->unit);
    if (n > 0) {
        q->kind = CB_QUANTITY_MONEY;
        return n + read_per_behind(r, at + n, q);
    }
    if (classes & CB_LEX_TIME) {
        q->kind = CB_QUANTITY_DURATION;
        q->unit = r->lexemes[at]->canon;
        n = cb_is_word(r, at + 1, "old") ? 2 : 1;
        return n + read_per_behind(r, at + n, q);
    }
    n = read_powered(r, at, q);
    if (n == 0 && (classes & CB_LEX_UNIT)) {
        q->kind = CB_QUANTITY_MEASURE;
        q->unit = r->lexemes[at]->canon;
        n = 1;
        if (strcmp(q->unit, "degree") == 0 &&
            (cb_is_word(r, at + 1, "Celsius") || cb_is_word(r, at + 1, "Fahrenheit"))) {
            q->unit = cb_is_word(r, at + 1, "Celsius") ? "\xC2\xB0"
                                                         "C"
                                                       : "\xC2\xB0"
                                                         "F";
            n = 2;
        }
    }
    if (n == 0)
        return 0;
    q->counted = cb_counted_of(r, at + n);
    return n + read_per_behind(r, at + n, q);
}
