/* What stands in the same place in two claims and is another thing. Inside match/ only. */
#ifndef CB_MATCH_DIFFERENCES_H
#define CB_MATCH_DIFFERENCES_H

#include "match/features.h"

enum { CB_DIFFERENCES_MAX = 64 };

/* Words of the first claim against words of the second; more than the maximum are left out. */
struct cb_differences {
    int32_t i[CB_DIFFERENCES_MAX], j[CB_DIFFERENCES_MAX];
    size_t count;
};

void cb_difference_add(struct cb_differences *differences, size_t i, size_t j);

/* The same names in the same roles, or the other way round? */
bool cb_roles_swapped(const struct cb_profile *a, const struct cb_profile *b, const int32_t *a_to_b);

/* Names that have another name in their place; returns how many. */
unsigned cb_other_names(const struct cb_profile *a, const struct cb_profile *b,
                        const struct cb_alignment *alignment, struct cb_differences *out);

/* Adds the words of two quantities, given by their spans. */
void cb_quantity_differs(const struct cb_profile *a, const struct cb_profile *b, struct cb_span x,
                         struct cb_span y, struct cb_differences *out);

/* The one content word on each side that has no counterpart stands in the same place: "ships" – "tanks". */
bool cb_other_word(const struct cb_profile *a, const struct cb_profile *b,
                   const struct cb_alignment *alignment, struct cb_differences *out);

/* Does all that answers to the other claim stand behind a "when", "after" or "because", and nothing of the
 * main statement before it? "Three people died when the gate broke" – "the gate broke". `to` is the side's
 * alignment. */
bool cb_answers_aside(const struct cb_profile *p, const int32_t *to);

/* "Nobody died" – "three people died": adds nobody against the number and what it counts. */
void cb_nobody_differs(const struct cb_profile *a, const struct cb_profile *b,
                       const struct cb_alignment *alignment, struct cb_differences *out);

/* Replaces the alignment by one in which what differs answers to each other. False: no memory. */
bool cb_differences_bridge(const struct cb_profile *a, const struct cb_profile *b,
                           const struct cb_differences *differences, struct cb_alignment *alignment,
                           struct cb_arena *arena);

#endif
