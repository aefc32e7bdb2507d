/* Paragraphs and sentences. */
#ifndef CB_TEXT_SENTENCE_H
#define CB_TEXT_SENTENCE_H

#include "text/extract.h"

/* Splits a text into sentences: ICU's boundaries for the language, corrected by
 * rules of our own (abbreviations, initials, quotes, ellipses, datelines, lists, headings).
 * A line break ends a sentence unless the line was plainly wrapped. Spans carry no blanks at their ends.
 * *out lives in the arena. Errors: CB_LIMIT, CB_NO_MEMORY. */
CB_CHECKED enum cb_code cb_sentences_find(const char *text, size_t len, const char *language,
                                          struct cb_arena *arena, struct cb_sentence **out, size_t *count,
                                          struct cb_err *err);

#endif
