/* Quantities: "almost 8 thousand", "40,000-50,000 barrels a day", "a quarter". */
#ifndef CB_TEXT_QUANTITY_H
#define CB_TEXT_QUANTITY_H

#include "base/arena.h"
#include "base/error.h"
#include "text/span.h"
#include "text/token.h"

#include <stdbool.h>
#include <stddef.h>

enum cb_quantity_kind {
    CB_QUANTITY_COUNT,   /* 8,000 flights; thousands of trucks */
    CB_QUANTITY_MEASURE, /* 30 km, 5 tonnes */
    CB_QUANTITY_MONEY,
    CB_QUANTITY_SHARE,   /* 21%, a quarter, half of: low and high are fractions of 1 */
    CB_QUANTITY_ORDINAL, /* third */
    CB_QUANTITY_DATE,    /* 18 November 2015, Monday, a year ago */
    CB_QUANTITY_DURATION,
    CB_QUANTITY_LABEL, /* a number that only names: Resolution 2199, A321, Highway 5 */
};

struct cb_quantity {
    struct cb_span span;
    enum cb_quantity_kind kind;
    /* Bounds; equal for a plain number; high may be INFINITY ("over 100"). Of a date: its first and last day
     * as the number yyyymmdd, 0 when the year is not known. */
    double low, high;
    const char *number;  /* the plain decimal number as text when exact, for numeric columns; else NULL */
    const char *unit;    /* normalised: "%", "USD", "km", "barrel/day", "year"; NULL for a bare count */
    const char *counted; /* head noun of what is counted, lower case, singular: "flight"; or NULL */
    const char *approx;  /* "almost", "over", "some", "about", "under", "at least" …; NULL when exact */
    const char *period;  /* "per day", or a time scope: "a year ago", "2014", "now"; or NULL */
    const char *date;    /* ISO 8601 ("2015-11-18", "2015-11", "2015"; "XXXX-11-18": no year known) or NULL */
};

/* Finds the quantities among `tokens` (in order, of one sentence). `published`
 * (ISO 8601, or NULL) resolves relative dates. *out lives in the arena. */
CB_CHECKED enum cb_code cb_quantities_find(const char *text, const struct cb_token *tokens, size_t count,
                                           const char *published, struct cb_arena *arena,
                                           const struct cb_quantity **out, size_t *out_count,
                                           struct cb_err *err);

const char *cb_quantity_kind_name(enum cb_quantity_kind kind);

#endif
