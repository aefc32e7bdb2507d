/* Small questions about a reading (text/reading.h) that the rules of names, speakers and claims ask. */
#ifndef CB_TEXT_GRAMMAR_H
#define CB_TEXT_GRAMMAR_H

#include "text/reading.h"
#include "text/tags.h"

/* Tokens of a reading, `start` included, `end` not. */
struct cb_token_range {
    uint32_t start, end;
};

static inline const char *cb_token_text(const struct cb_reading *r, uint32_t i)
{
    return r->text + r->tokens[i].span.start;
}

static inline uint32_t cb_token_len(const struct cb_reading *r, uint32_t i)
{
    return r->tokens[i].span.end - r->tokens[i].span.start;
}

/* Is token i this lower-case word, in any case? */
bool cb_token_is(const struct cb_reading *r, uint32_t i, const char *word);

/* Is token i one of the words, "of|for|from"? */
bool cb_token_is_one(const struct cb_reading *r, uint32_t i, const char *words);

/* Is token i exactly this one byte? */
bool cb_token_is_char(const struct cb_reading *r, uint32_t i, char c);

bool cb_token_is_quote(const struct cb_reading *r, uint32_t i);
bool cb_token_is_word(const struct cb_reading *r, uint32_t i); /* a word or a number */

/* "'s" behind a name, and the bare apostrophe of "the boys'". */
bool cb_token_is_possessive(const struct cb_reading *r, uint32_t i);

/* VBD, VBZ, VBP, MD, and VB in an imperative's place is not one. */
bool cb_token_is_finite(const struct cb_reading *r, uint32_t i);

/* The sentence's tokens. */
struct cb_token_range cb_sentence_tokens(const struct cb_reading *r, uint32_t sentence);

/* The tokens that lie in the span, looked for among the sentence's. */
struct cb_token_range cb_span_tokens(const struct cb_reading *r, uint32_t sentence, struct cb_span span);

/* First sentence that ends behind `at`; sentence_count when there is none. */
uint32_t cb_sentence_at(const struct cb_sentence *sentences, size_t count, uint32_t at);

/* Most words begin in upper case: a headline, of which capitals tell nothing. */
bool cb_is_title_case(const struct cb_reading *r, struct cb_token_range range);

/* The range without commas, quotes, dashes and blanks at its ends. */
struct cb_token_range cb_range_trim(const struct cb_reading *r, struct cb_token_range range);

static inline struct cb_span cb_range_span(const struct cb_reading *r, struct cb_token_range range)
{
    if (range.start >= range.end)
        return (struct cb_span){0, 0};
    return (struct cb_span){r->tokens[range.start].span.start, r->tokens[range.end - 1].span.end};
}

#endif
