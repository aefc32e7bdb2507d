/* What is inside struct cb_attribution_model; for text/attribution*.c and the trainer. */
#ifndef CB_TEXT_ATTRIBUTION_MODEL_H
#define CB_TEXT_ATTRIBUTION_MODEL_H

#include "text/attribution.h"
#include "text/attribution_page.h"
#include "text/labeller.h"

struct cb_attribution_model {
    struct cb_cue_lexicon *lexicon;
    bool has_labellers;
    struct cb_labeller spans; /* stage one: every token is outside, or in a source, cue or content */
    struct cb_labeller roles; /* stage two: for one cue, which tokens are its source and its content */
};

#endif
