/* What is inside struct cb_attribution_model; for text/attribution*.c and the trainer. */
#ifndef CB_TEXT_ATTRIBUTION_MODEL_H
#define CB_TEXT_ATTRIBUTION_MODEL_H

#include "text/attribution.h"
#include "text/attribution_features.h"
#include "text/labeller.h"

struct cb_attribution_model {
    struct cb_cue_lexicon *lexicon;
    bool has_labellers;
    struct cb_labeller spans; /* stage one: every token is outside, or in a source, cue or content */
    struct cb_labeller cues;  /* stage two: is this candidate a cue? Sequences of one. */
    struct cb_labeller roles; /* stage three: for one cue, which tokens are its source and its content */
};

enum { CB_CHUNK_MAX = 1024 }; /* tokens labelled at once: a paragraph, or a piece of a very long one */

/* Fills sheet->marginals, paragraph by paragraph. */
void cb_label_spans(const struct cb_labeller *spans, const struct cb_sheet *sheet);

/* Did a rule find it by its quotation marks? Then the rule alone says what is content and who the source. */
bool cb_is_quotation(const struct cb_draft *rule);

/* How probable it is that a candidate is a cue. */
float cb_label_cue(const struct cb_labeller *cues, const struct cb_sheet *sheet,
                   const struct cb_candidate *candidate);

/* The drafts of the labellers, with what the rules alone found beside them. */
CB_CHECKED enum cb_code cb_label_drafts(const struct cb_attribution_model *model,
                                        const struct cb_sheet *sheet, struct cb_arena *arena,
                                        struct cb_drafts *out, struct cb_err *err);

#endif
