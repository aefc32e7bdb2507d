/* Tokens in the manner of the English Web Treebank (UD): "don't" is "do" + "n't",
 * "Russia's" is "Russia" + "'s", "US-led" is "US" + "-" + "led", "40,000-50,000" is three tokens,
 * "U.S." and "8,000" and a URL are one. Every token is a span of the text: nothing is rewritten. */
#ifndef CB_TEXT_TOKEN_H
#define CB_TEXT_TOKEN_H

#include "base/arena.h"
#include "base/error.h"
#include "text/span.h"

#include <stddef.h>

enum cb_token_kind {
    CB_TOKEN_WORD,
    CB_TOKEN_NUMBER, /* digits, with separators, decimal point, ordinal ending */
    CB_TOKEN_PUNCT,
    CB_TOKEN_QUOTE_OPEN,  /* decided by its surroundings; “ « ‘ are always open … */
    CB_TOKEN_QUOTE_CLOSE, /* … and ” » always close, except in German style „…“ */
    CB_TOKEN_SYMBOL,      /* $ € % # and the like */
    CB_TOKEN_URL,         /* also e-mail addresses, @names and #tags */
};

enum {
    CB_TOKEN_UPPER = 1,    /* first letter is upper case */
    CB_TOKEN_ALL_CAPS = 2, /* two or more letters, all upper case */
    CB_TOKEN_SPACE_BEFORE = 4,
    CB_TOKEN_LINE_BEFORE = 8, /* first of its line */
};

struct cb_token {
    struct cb_span span;
    uint8_t kind; /* enum cb_token_kind */
    uint8_t flags;
};

/* Tokens of text[span]. *out lives in the arena. */
CB_CHECKED enum cb_code cb_tokenize(const char *text, struct cb_span span, struct cb_arena *arena,
                                    struct cb_token **out, size_t *count, struct cb_err *err);

#endif
