/* All that two documents say to each other. Pure, and a function of the two documents alone: so matching
 * gives the same in whatever order documents come. */
#ifndef CB_MATCH_DOCUMENT_PAIR_H
#define CB_MATCH_DOCUMENT_PAIR_H

#include "match/pair.h"

enum cb_said { CB_SAID_STATED, CB_SAID_DENIED, CB_SAID_ASKED, CB_SAID_WISHED };

struct cb_pair_claim {
    const struct cb_profile *profile;
    int64_t speaker_id; /* 0: not known */
    enum cb_said said;
    int32_t sentence; /* claims of one sentence do not compete for a counterpart; 0: of its own */
};

struct cb_pair_side {
    const struct cb_pair_claim *claims; /* in the order of the text */
    size_t count;
};

struct cb_pair_match {
    uint32_t a, b; /* indexes into the sides */
    struct cb_comparison comparison;
};

/* Two claims are compared at all when their terms overlap this much (cb_term_dice), or when their documents
 * are linked. */
#define CB_CANDIDATE_DICE 0.30

/* What makes two documents linked: pairs that are alike and do not speak against each other (anchors), fewer
 * when the documents share an origin. */
#define CB_ANCHOR_SCORE 0.45
enum { CB_LINKED_ANCHORS = 2, CB_LINKED_ANCHORS_SHARED = 1, CB_LINKED_CLAIMS = 3 };

/* A first look: compares the candidates (pairs of indexes) out of context. */
CB_CHECKED enum cb_code cb_pair_compare(const struct cb_matcher *matcher, const struct cb_pair_side *a,
                                        const struct cb_pair_side *b, struct cb_pair_match *pairs,
                                        size_t count, struct cb_arena *scratch, struct cb_err *err);

/* How many are anchors, counting each claim once. */
size_t cb_pair_anchors(const struct cb_pair_match *pairs, size_t count);

bool cb_pair_linked(size_t anchors, bool shared_origin, size_t claims_a, size_t claims_b);

/* Documents that are not linked: each pair is decided by itself, with who said it. In place. */
void cb_pair_decide(const struct cb_pair_side *a, const struct cb_pair_side *b, struct cb_pair_match *pairs,
                    size_t count);

/* Documents that are linked: every claim of one against every claim of the other, decided in the context of
 * the two documents (cb_decide): what the claims share in words that are rare there, and whether either finds
 * a better counterpart in another sentence. *out lives in `arena`; unrelated pairs are left out. */
CB_CHECKED enum cb_code cb_pair_align(const struct cb_matcher *matcher, const struct cb_pair_side *a,
                                      const struct cb_pair_side *b, bool shared_origin,
                                      struct cb_arena *arena, struct cb_arena *scratch,
                                      struct cb_pair_match **out, size_t *count, struct cb_err *err);

/* Is the pair worth a row? What agrees is; other relations are, when much of the two is the same. */
bool cb_match_is_kept(const struct cb_comparison *comparison);

#endif
