/* What two claims share, in numbers: the input of the logistic model, and the alignment that the gates read. */
#ifndef CB_MATCH_FEATURES_H
#define CB_MATCH_FEATURES_H

#include "match/terms.h"

enum cb_feature {
    CB_F_BIAS,
    CB_F_COVER_MIN,         /* weight of the words that have a counterpart: of the side that is covered less */
    CB_F_COVER_MAX,         /* … and more */
    CB_F_COVER_MIN_SQUARED, /* the model is linear, likeness is not */
    CB_F_TERM_DICE,         /* exact stems only, weighted */
    CB_F_ALL_WORDS,         /* function words too, unweighted */
    CB_F_TRIGRAM,           /* character trigrams */
    CB_F_BIGRAM,            /* neighbouring stems */
    CB_F_LENGTH,            /* shorter over longer, in words */
    CB_F_ORDER,             /* longest common subsequence over the shorter */
    CB_F_QUANTITY_SAME,
    CB_F_QUANTITY_DIFFERS,
    CB_F_QUANTITY_MISSING, /* numbers on one side only */
    CB_F_NAME_SHARED,
    CB_F_NAME_MISSING, /* share of names without a counterpart */
    CB_F_NEGATION,     /* one side is negated */
    CB_F_DENIAL,
    CB_F_LEFT_MIN, /* the heaviest word without counterpart: lighter side … */
    CB_F_LEFT_MAX, /* … heavier side */
    CB_F_OPPOSITES,
    CB_FEATURE_COUNT
};

struct cb_alignment {
    /* For each word of a: the index of its counterpart in b, or -1, and how alike they are. The same
     * for b. Function words are aligned too. */
    const int32_t *a_to_b, *b_to_a;
    const float *a_like, *b_like;
    size_t opposites; /* pairs of antonyms that face each other, neither word having a counterpart */
};

struct cb_features {
    double value[CB_FEATURE_COUNT];
    struct cb_alignment alignment;
};

/* Symmetric: (a, b) and (b, a) have the same values. *out points into the arena. */
CB_CHECKED enum cb_code cb_features_make(const struct cb_matcher *matcher, const struct cb_profile *a,
                                         const struct cb_profile *b, struct cb_arena *arena,
                                         struct cb_features *out, struct cb_err *err);

const char *cb_feature_name(enum cb_feature feature);

/* The weighted two-way overlap of exact terms alone, 0 … 1: 2·w(a ∩ b) / (w(a) + w(b)). */
double cb_term_dice(const struct cb_profile *a, const struct cb_profile *b);

#endif
