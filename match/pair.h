/* Two ready profiles, and what their documents lend to them. For matching; texts go through compare.h. */
#ifndef CB_MATCH_PAIR_H
#define CB_MATCH_PAIR_H

#include "match/terms.h"

/* As cb_compare. Reads the matcher only, so one matcher serves many threads here (profiles are made with
 * one matcher a thread). `arena` holds the alignment: reset it now and then. (a, b) and (b, a) give the same.
 */
CB_CHECKED enum cb_code cb_compare_profiles(const struct cb_matcher *matcher, const struct cb_profile *a,
                                            const struct cb_profile *b, struct cb_arena *arena,
                                            struct cb_comparison *out, struct cb_err *err);

/* What is known of the place of a pair. All zero: nothing is. */
struct cb_pair_context {
    bool same_speaker, other_speaker; /* both speakers are known, and are one or are two */
    bool shared_origin;  /* the documents descend from one origin, or one is linked to the other */
    bool mutual_best;    /* each is the other's best counterpart (by agreement) between the two documents */
    unsigned certain;    /* other pairs of the two documents that agree beyond doubt (CB_CERTAIN) */
    unsigned neighbours; /* 0 … 2: of the claims before and after, those whose counterparts match in order */
};

/* An agreement at or above this needs no context, and lends it to others. */
#define CB_CERTAIN 0.8

/* The relation in its context: moves the odds of `agreement` and `topic` by documented weights
 * (docs/matching.md), and adds the reasons of the context that counted. Context helps only a pair that is
 * mutual best and shares content of its own; where the documents share an origin or certain pairs, a claim
 * that lies within the other agrees with it. A failed gate stays failed. *out may be *pair. */
void cb_decide(const struct cb_comparison *pair, const struct cb_pair_context *context,
               struct cb_comparison *out);

#endif
