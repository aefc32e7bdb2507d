/* What two claims share, in numbers: the input of the logistic models, and the alignment that the gates read.
 */
#ifndef CB_MATCH_FEATURES_H
#define CB_MATCH_FEATURES_H

#include "match/terms.h"

enum cb_feature {
    CB_F_BIAS,
    CB_F_COVER_MIN, /* weight of the words that have a counterpart: of the side that is covered less */
    CB_F_COVER_MAX, /* … and more */
    CB_F_COVER_MIN_SQUARED, /* the model is linear, likeness is not */
    CB_F_COVER_MAX_SQUARED,
    CB_F_TERM_DICE,   /* exact stems only, weighted */
    CB_F_ALL_WORDS,   /* function words too, unweighted */
    CB_F_CONTENT_MIN, /* content words, unweighted: less covered side … */
    CB_F_CONTENT_MAX, /* … and more covered side */
    CB_F_TRIGRAM,     /* character trigrams */
    CB_F_BIGRAM,      /* neighbouring words that stay neighbours: of all … */
    CB_F_BIGRAM_MAX,  /* … and of the shorter side */
    CB_F_THREE_WORDS, /* runs of three words */
    CB_F_LENGTH,      /* shorter over longer, in words */
    CB_F_LENGTH_GAP,  /* difference in words, in tens, up to 2 */
    CB_F_WORDS,       /* logarithm of the mean number of words */
    CB_F_ORDER,       /* longest common subsequence over the shorter */
    CB_F_QUANTITY_SAME,
    CB_F_QUANTITY_DIFFERS,
    CB_F_QUANTITY_MISSING, /* numbers on one side only */
    CB_F_DATE_DIFFERS,
    CB_F_NAMED, /* names and quantities of both, up to 8, in eighths: news, or a sentence of everyday things
                 */
    CB_F_NAME_SHARED,
    CB_F_NAME_MISSING_MIN, /* share of names without a counterpart, of the side with fewer */
    CB_F_NAME_MISSING_MAX,
    CB_F_OTHER_NAME,   /* another name in the same place */
    CB_F_NEGATION,     /* one side is negated */
    CB_F_POLARITY,     /* share of the common words that only one side negates */
    CB_F_NEGATED_HEAD, /* the very word that one side negates stands in the other */
    CB_F_NEGATED_BOTH, /* … and each side has a negation somewhere */
    CB_F_DENIAL,
    CB_F_HEDGE,
    CB_F_MODAL, /* one side has may, might or could */
    CB_F_QUESTION,
    CB_F_LEFT_COUNT_MIN, /* content words without counterpart, of the side with fewer, up to 12, in sixths */
    CB_F_LEFT_COUNT_MAX,
    CB_F_OPPOSITES,
    CB_F_NEAR_OPPOSITES,
    CB_F_COUNTERPARTS,
    CB_F_SWAPPED,        /* names that changed places */
    CB_F_NEGATION_COVER, /* products with cover_max: a "not" in another sentence says nothing */
    CB_F_POLARITY_COVER,
    CB_F_DENIAL_COVER,
    CB_F_OPPOSITES_COVER,
    CB_F_NAMED_COVER_MIN, /* products with named */
    CB_F_NAMED_COVER_MAX,
    CB_F_NAMED_ALL_WORDS,
    CB_F_NAMED_LEFT,
    CB_F_NAMED_TRIGRAM,
    CB_F_NAMED_BIGRAM,
    CB_F_NAMED_LENGTH,
    CB_FEATURE_COUNT
};

enum { CB_CANCELLED_MAX = 8 };

struct cb_alignment {
    /* For each word of a: the index of its counterpart in b, or -1, and how alike they are. The same
     * for b. Function words are aligned too. */
    const int32_t *a_to_b, *b_to_a;
    const float *a_like, *b_like;
    /* Pairs that face each other, neither word having a counterpart. */
    unsigned opposites, near_opposites, counterparts;
    /* Words of a whose counterpart is their opposite, one of the two negated: "not open" – "closed". */
    int32_t cancelled[CB_CANCELLED_MAX];
    unsigned cancelled_count;
};

/* What the quantities of two claims say to each other. */
struct cb_quantity_match {
    unsigned same, rounded, spread, differ, other_unit, dates_same, dates_differ, weekdays_differ;
    unsigned only_a, only_b; /* without counterpart; dates and labels left out */
};

struct cb_features {
    double value[CB_FEATURE_COUNT];
    double plain[CB_FEATURE_COUNT]; /* the same as if the structured differences were none */
    struct cb_alignment alignment;
    struct cb_quantity_match quantities;
    bool other_word; /* short claims that differ in one word */
    bool aside;      /* what answers to the other stands beside one side's main statement only */
    unsigned shared; /* content words of some weight that answer to each other */
};

/* Symmetric: (a, b) and (b, a) have the same values. *out points into the arena. */
CB_CHECKED enum cb_code cb_features_make(const struct cb_matcher *matcher, const struct cb_profile *a,
                                         const struct cb_profile *b, struct cb_arena *arena,
                                         struct cb_features *out, struct cb_err *err);

const char *cb_feature_name(enum cb_feature feature);

/* The weighted two-way overlap of exact terms alone, 0 … 1: 2·w(a ∩ b) / (w(a) + w(b)). */
double cb_term_dice(const struct cb_profile *a, const struct cb_profile *b);

#endif
