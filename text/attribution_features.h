/* What the labellers look at: hashed features of tokens, of cues, and of tokens beside a cue. Shared by the
 * program and the trainer, so that both see the same. */
#ifndef CB_TEXT_ATTRIBUTION_FEATURES_H
#define CB_TEXT_ATTRIBUTION_FEATURES_H

#include "text/attribution_page.h"
#include "text/labeller.h"

/* Labels of the three labellers. */
enum cb_span_label {
    CB_SPAN_OUTSIDE,
    CB_SPAN_SOURCE_BEGIN,
    CB_SPAN_SOURCE,
    CB_SPAN_CUE_BEGIN,
    CB_SPAN_CUE,
    CB_SPAN_CONTENT_BEGIN,
    CB_SPAN_CONTENT,
    CB_SPAN_LABELS,
};
enum cb_cue_label { CB_CUE_NOT, CB_CUE_REAL, CB_CUE_LABELS };
enum cb_role_label {
    CB_ROLE_OUTSIDE,
    CB_ROLE_SOURCE_BEGIN,
    CB_ROLE_SOURCE,
    CB_ROLE_CONTENT_BEGIN,
    CB_ROLE_CONTENT,
    CB_ROLE_LABELS,
};

enum { CB_FEATURES_MAX = 128 };

/* What features are made of: small numbers, one set a token. */
struct cb_atom {
    uint32_t word, suffix, lexeme; /* hashes; lexeme: the lemma where the lexicon has one */
    uint8_t tag, relation, shape, quote, rule, label; /* rule and label: what the rules made of the token */
    uint16_t kind;                                    /* part, strength and classes of the lexicon, folded */
    int32_t cue_over;      /* the nearest verb of the lexicon above it in the tree, or CB_NO_TOKEN */
    uint8_t branch;        /* relation of the branch below that verb it hangs in */
    uint8_t opens, closes; /* relation of the largest subtree that begins, or ends, with the token */
    uint8_t opens_size, closes_size; /* and how large it is, in steps */
    uint8_t hangs_right;             /* its head stands behind it: no phrase ends here */
    int32_t cue_left;                /* the nearest such verb before it in the sentence */
    int32_t cue_right;
};

struct cb_sheet {
    const struct cb_page *page;
    const struct cb_drafts *drafts;
    struct cb_atom *atoms;
    float (*marginals)[CB_LABELS_MAX]; /* of the first labeller; filled by the caller before cues and roles */
};

CB_CHECKED enum cb_code cb_sheet_make(const struct cb_page *page, const struct cb_drafts *drafts,
                                      struct cb_arena *arena, struct cb_sheet *out, struct cb_err *err);

/* Each fills out[0 … CB_FEATURES_MAX - 1] and returns how many; numbers below 2^bits. */
size_t cb_features_span(const struct cb_sheet *sheet, int32_t token, unsigned bits, uint32_t *out);

/* A possible cue: of a rule's draft, or found by the first labeller (draft NULL). */
struct cb_candidate {
    struct cb_piece cue;
    int32_t head;
    const struct cb_draft *draft;
    float span_score;       /* the greatest marginal of a cue among its tokens */
    struct cb_piece window; /* tokens where source and content are looked for */
};

void cb_candidate_window(const struct cb_sheet *sheet, struct cb_candidate *candidate);
size_t cb_features_cue(const struct cb_sheet *sheet, const struct cb_candidate *candidate, unsigned bits,
                       uint32_t *out);
size_t cb_features_role(const struct cb_sheet *sheet, const struct cb_candidate *candidate, int32_t token,
                        unsigned bits, uint32_t *out);

/* All candidates of tokens first … end - 1, in the order of the text; needs the marginals. */
CB_CHECKED enum cb_code cb_candidates_find(const struct cb_sheet *sheet, struct cb_arena *arena,
                                           struct cb_candidate **out, size_t *count, struct cb_err *err);

#endif
