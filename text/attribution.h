/* Who says what: source, cue and content of every attribution in a text (PolNeAR's terms: Newell et al.,
 * "An Attribution Relations Corpus for Political News", LREC 2018). Finds spans; who the source is
 * (text/speaker.h) and what is claimed (text/claim.h) is worked out later. */
#ifndef CB_TEXT_ATTRIBUTION_H
#define CB_TEXT_ATTRIBUTION_H

#include "text/reading.h"

struct cb_attribution_found {
    bool has_source, has_cue;
    struct cb_span source, cue;
    const struct cb_span *content; /* in order, disjoint, at least one */
    size_t content_count;
    enum cb_claim_kind kind;   /* direct: all of it inside quotation marks; mixed: some; else indirect */
    enum cb_modality modality; /* of the saying: stated, denied ("denied", "did not say"), hedged ("may have
                                  said"), question ("did he say"), wish ("called for", "wants") */
    uint32_t sentence;         /* index of the sentence that has the cue */
    int32_t source_token; /* the head of the source, an index into reading->tokens; -1 without a source */
    int32_t cue_token;    /* the head of the cue; -1 without a cue */
    int32_t outer;        /* index of the attribution whose content holds this one whole, or -1:
                             "RT reported that Rogachev said …" gives two */
    float confidence;     /* 0 … 1 */
};

struct cb_attribution_model;

/* Loads the labeller (embedded in the program). The bytes are borrowed. CB_INPUT when they are not a
 * model of this version. With NULL and 0 the rules work alone. */
CB_CHECKED enum cb_code cb_attribution_model_new(const void *bytes, size_t len,
                                                 struct cb_attribution_model **out, struct cb_err *err);
/* The labeller embedded in the program: read only, never freed. */
const void *cb_attribution_model_bytes(size_t *len);
void cb_attribution_model_free(struct cb_attribution_model *model);

/* Can a sentence with these tokens and tags hold an attribution? Only then it is worth a parse; sentences
 * without a tree are searched for quotations and "according to" only. */
bool cb_attribution_may_hold(const struct cb_attribution_model *model, const char *text,
                             const struct cb_token *tokens, const struct cb_node *nodes, size_t count);

/* *out lives in the arena, in the order of the contents' first bytes. */
CB_CHECKED enum cb_code cb_attributions_find(const struct cb_attribution_model *model,
                                             const struct cb_reading *reading, struct cb_arena *arena,
                                             const struct cb_attribution_found **out, size_t *count,
                                             struct cb_err *err);

#endif
