/* A text with its sentences, tokens and trees: what the readers of text/ pass among themselves. */
#ifndef CB_TEXT_READING_H
#define CB_TEXT_READING_H

#include "text/extract.h"
#include "text/syntax.h"
#include "text/token.h"

struct cb_reading {
    const char *text;
    size_t len;
    const struct cb_sentence *sentences;
    size_t sentence_count;
    /* All tokens of the text in order; those of sentence i are first_token[i] … first_token[i + 1] - 1
     * (first_token has sentence_count + 1 numbers). */
    const struct cb_token *tokens;
    size_t token_count;
    const uint32_t *first_token;
    /* One node a token. A head counts from the sentence's first token. A sentence that was not
     * parsed (parsed[i] false) has tags only. */
    const struct cb_node *nodes;
    const bool *parsed;
};

#endif
