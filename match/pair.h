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

struct cb_local_share;
struct cb_local_word;

/* The same, and what the two share by the weights of their words in their documents (match/local.h). */
CB_CHECKED enum cb_code cb_compare_weighed(const struct cb_matcher *matcher, const struct cb_profile *a,
                                           const struct cb_profile *b, const struct cb_local_word *words_a,
                                           const struct cb_local_word *words_b, struct cb_arena *arena,
                                           struct cb_comparison *out, struct cb_local_share *share,
                                           struct cb_err *err);

/* What two linked documents tell of a pair of their claims. */
struct cb_pair_context {
    double cover;   /* by the weights of match/local.h: of the claim that is covered more, the share … */
    double dice;    /* … of both together; */
    double info;    /* … and how much the two share; */
    unsigned words; /* words in common that are neither names nor numbers */
    /* How far the pair is ahead of the best other counterpart that either claim has in another sentence, by
     * the likeness of cb_pair_align; of the two claims the smaller and the larger lead. */
    double lead_min, lead_max;
    bool other_speaker; /* both speakers are known, and are two */
    bool shared_origin; /* the documents descend from one origin, or one is linked to the other */
    double neighbour;   /* the greatest likeness of sentences shortly before the two, or shortly after them */
};

/* What agrees in its context, and from where on that makes one statement of two claims. */
#define CB_AGREES_MIN     0.5
#define CB_BOND_AGREEMENT 0.66

/* The relation in its context. `agreement` becomes the probability of a logistic model of likeness and
 * context (docs/matching.md); a half agrees, and so does a pair far ahead of
 * all others, when the pair is the best there is for one of the two. A failed
 * gate stays failed. *out may be *pair. */
void cb_decide(const struct cb_comparison *pair, const struct cb_pair_context *context,
               struct cb_comparison *out);

#endif
