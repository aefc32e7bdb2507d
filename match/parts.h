/* Which agreements of two linked documents only repeat what shorter claims of the same sentences agree on.
 * Inside match/ only. */
#ifndef CB_MATCH_PARTS_H
#define CB_MATCH_PARTS_H

#include "match/document_pair.h"

/* "The mill closed and 300 jobs went" agrees with "The mill closed after a fire" because "the mill closed" is
 * a claim of both sentences: the two long claims agree in a part (CB_REASON_PARTS_AGREE), the short ones as a
 * whole. Marks such pairs among the decided `pairs`, which are in the order of a's claims, in place. Pairs
 * that are nearly the same whole stay unmarked. */
void cb_parts_mark(const struct cb_pair_side *a, const struct cb_pair_side *b, struct cb_pair_match *pairs,
                   size_t count);

#endif
