/* The claims of a reading: what its attributions hold and what it says itself, one proposition each. */
#ifndef CB_TEXT_CLAIM_H
#define CB_TEXT_CLAIM_H

#include "text/attribution.h"
#include "text/clause.h"
#include "text/name_find.h"
#include "text/reference.h"
#include "text/transcript.h"

/* Quantities of one sentence. */
struct cb_sentence_quantities {
    const struct cb_quantity *items;
    size_t count;
};

/* What the claims of one reading are made from. */
struct cb_claim_sources {
    const struct cb_reading *reading;
    uint32_t first_sentence; /* of the reading, counted over the text */
    const struct cb_attribution_found *attributions;
    size_t attribution_count;
    const struct cb_sentence_quantities *quantities; /* one a sentence */
    const struct cb_name *names; /* of the reading: their appositions say who somebody is */
    size_t name_count;
    const uint8_t *in_quote;     /* one a token: stands inside quotation marks */
    bool whole_sentences;        /* without tags and trees: each sentence is one claim */
    const int32_t *reference_of; /* one an attribution: its index in `references` */
    const struct cb_turn *turns; /* of the whole text: its sentences count over the text */
    size_t turn_count;
};

/* A claim of which the speaker is not known yet: `claim.speaker` is an index into the references. */
struct cb_claim_draft {
    struct cb_claim claim;
    int32_t through; /* reference of the one who reports the speaker's words, or -1: becomes `via` */
};

/* A heap array that grows. */
struct cb_claim_list {
    struct cb_claim_draft *items;
    size_t count, capacity;
};

void cb_claim_list_release(struct cb_claim_list *list);

/* Appends the claims of a reading, ordered by their first bytes. Texts and spans live in `arena`. Quotations
 * without a source of their own add a reference. CB_LIMIT, CB_NO_MEMORY. */
CB_CHECKED enum cb_code cb_claims_find(const struct cb_claim_sources *sources, struct cb_arena *scratch,
                                       struct cb_arena *arena, struct cb_reference_list *references,
                                       struct cb_claim_list *list, struct cb_err *err);

/* Which tokens stand inside quotation marks; a paragraph's end closes all. `out` has one byte a token. */
void cb_quoted_tokens(const struct cb_reading *reading, uint8_t *out);

#endif
