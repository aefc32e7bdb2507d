/* Which word of one claim answers to which of the other. Inside match/ only. */
#ifndef CB_MATCH_ALIGN_H
#define CB_MATCH_ALIGN_H

#include "match/differences.h"

/* Aligns the words, and adds the opposites that face each other to `differences`. */
CB_CHECKED enum cb_code cb_align(const struct cb_matcher *matcher, const struct cb_profile *a,
                                 const struct cb_profile *b, struct cb_arena *arena, struct cb_alignment *out,
                                 struct cb_differences *differences, struct cb_err *err);

#endif
