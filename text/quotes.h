/* Quotation marks in pairs. Works on tokens (which know whether a mark opens or closes) and paragraphs,
 * in one pass. */
#ifndef CB_TEXT_QUOTES_H
#define CB_TEXT_QUOTES_H

#include "base/arena.h"
#include "base/error.h"
#include "text/token.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One outermost quotation: from its opening mark to its closing mark. A quotation that no mark closes ends
 * with its paragraph. */
struct cb_quote {
    uint32_t first, last; /* tokens, marks included */
    bool closed;          /* false: the mark is missing */
    bool single;          /* ‘ ’ or ' ' */
    bool continues;       /* not closed, and the next paragraph opens with a mark again: one speech */
    bool continued;       /* the paragraph before is the same speech */
    bool stopped;         /* a comma, stop, question or exclamation mark stands before the closing mark */
    uint32_t words;
};

struct cb_quotes {
    const struct cb_quote *items;
    size_t count;
    const int32_t *at; /* for each token the index of the quotation it stands in (marks included), or -1 */
};

/* paragraph_first has the first token of each paragraph, then token_count. *out lives in the arena. */
CB_CHECKED enum cb_code cb_quotes_pair(const char *text, const struct cb_token *tokens, size_t token_count,
                                       const uint32_t *paragraph_first, size_t paragraph_count,
                                       struct cb_arena *arena, struct cb_quotes *out, struct cb_err *err);

#endif
