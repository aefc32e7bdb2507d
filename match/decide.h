/* From features to a relation. Inside match/ (and tools/fit_match) only. */
#ifndef CB_MATCH_DECIDE_H
#define CB_MATCH_DECIDE_H

#include "match/features.h"
#include "match/model.h"

/* Scores by the models, then the gates. */
void cb_relation_decide(const struct cb_models *models, const struct cb_profile *a,
                        const struct cb_profile *b, const struct cb_features *features,
                        struct cb_comparison *out);

#endif
