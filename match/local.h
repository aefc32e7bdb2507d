/* How much the words of a claim tell within two documents: a word that stands in every other sentence of
 * them ("caravan" in two reports on one) tells nothing there, however rare it is elsewhere. Inside match/
 * only.
 */
#ifndef CB_MATCH_LOCAL_H
#define CB_MATCH_LOCAL_H

#include "match/document_pair.h"
#include "match/features.h"

/* A word of a claim among its two documents. */
struct cb_local_word {
    /* ln((n + 1) / d), d the sentences out of n of both documents that hold the stem (Sparck Jones 1972),
     * times a tenth of the weight in general English; 0 for function words. */
    float weight;
    /* A name, a role, a number, a date or a function word: says who or when, not what. In a claim that says
     * who somebody is ("Ann Lee, an engineer of the port") roles say what. */
    bool naming;
};

/* The words of each claim of the two sides, as the profiles have them. The arrays live in `arena`. */
struct cb_local {
    const struct cb_local_word *const *a, *const *b; /* by claim, by word */
};
CB_CHECKED enum cb_code cb_local_weigh(const struct cb_pair_side *a, const struct cb_pair_side *b,
                                       struct cb_arena *arena, struct cb_local *out, struct cb_err *err);

/* What two claims share by these weights. */
struct cb_local_share {
    double cover;   /* of the claim that the other covers more, the share of weight with a counterpart */
    double dice;    /* of both together */
    double info;    /* ln(1 + the weight that answers to each other, mean of the sides) */
    unsigned words; /* that answer to each other and are not naming, on either side */
};
void cb_local_measure(const struct cb_profile *a, const struct cb_profile *b,
                      const struct cb_alignment *alignment, const struct cb_local_word *words_a,
                      const struct cb_local_word *words_b, struct cb_local_share *out);

#endif
