/* A text extracted whole, and questions about it: for the tests of claims, speakers and links. */
#ifndef CB_TESTS_EXTRACTING_H
#define CB_TESTS_EXTRACTING_H

#include "text/extract.h"

struct extracted {
    struct cb_extractor *extractor;
    struct cb_arena arena;
    const struct cb_extraction *x;
    const char *text;
};

/* Fails the test when the text cannot be extracted. */
void extract_text(struct extracted *e, const char *text);
void extract_with(struct extracted *e, const char *text, const struct cb_extract_options *options);
void extract_release(struct extracted *e);

/* The first claim whose text holds `words`, or NULL. */
const struct cb_claim *claim_with(const struct extracted *e, const char *words);

/* The claim whose text is exactly this, or NULL. */
const struct cb_claim *claim_of(const struct extracted *e, const char *text);

/* Name of the speaker of the claim that holds `words`; "" without a speaker, NULL without a claim. */
const char *speaker_of(const struct extracted *e, const char *words);

const struct cb_speaker *speaker_named(const struct extracted *e, const char *name);
const struct cb_source_link *link_to(const struct extracted *e, const char *target);

#endif
