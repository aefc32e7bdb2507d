/* Comparing what two claims count. */
#ifndef CB_MATCH_QUANTITIES_H
#define CB_MATCH_QUANTITIES_H

#include "match/differences.h"

enum cb_quantity_verdict {
    CB_QUANTITIES_APART, /* of different things: not to be compared */
    CB_QUANTITIES_SAME,
    CB_QUANTITIES_ROUNDED, /* one is the other, rounded */
    CB_QUANTITIES_SPREAD,  /* two estimates near each other, or ranges that overlap */
    CB_QUANTITIES_DIFFER,
    CB_QUANTITIES_OTHER_UNIT,
};

enum cb_quantity_verdict cb_quantity_compare(const struct cb_quantity *a, const struct cb_quantity *b);

/* Pairs the quantities of the two claims that count the same thing. `alignment` tells which
 * words around them answer to each other. Adds the words of those that are near each other
 * (rounded, or two estimates) to `near`, of those that differ to `differences`. */
void cb_quantities_match(const struct cb_profile *a, const struct cb_profile *b,
                         const struct cb_alignment *alignment, struct cb_quantity_match *out,
                         struct cb_differences *near, struct cb_differences *differences);

#endif
