/* A stretch of whole paragraphs read at once: tokens, tags and trees for the readers that need them. A text
 * of any length is read in such blocks, so that what is needed for reading stays small beside the text. */
#ifndef CB_TEXT_BLOCK_H
#define CB_TEXT_BLOCK_H

#include "text/attribution.h"

enum {
    CB_BLOCK_BYTES = 256 * 1024,      /* a block ends with the paragraph that reaches this */
    CB_BLOCK_BYTES_MAX = 512 * 1024,  /* … or here, in the middle of a paragraph that is longer */
    CB_READ_SENTENCE_MAX = 16 * 1024, /* a longer "sentence" is no language: it gets no tokens */
    CB_PARSE_WORDS_MIN = 4,
};

/* Index of the sentence behind the block that begins at `first`. */
size_t cb_block_end(const struct cb_sentence *sentences, size_t count, size_t first);

/* Reads sentences [first, end) of the text. Trees are made where the sentence may hold an attribution
 * or has more than one clause. Everything lives in `scratch`. */
CB_CHECKED enum cb_code cb_block_read(const struct cb_syntax_model *syntax,
                                      const struct cb_attribution_model *attribution, const char *text,
                                      size_t len, const struct cb_sentence *sentences, size_t count,
                                      struct cb_arena *scratch, struct cb_reading *out, struct cb_err *err);

#endif
