/* From text to words as they are compared. Inside match/ only. */
#ifndef CB_MATCH_WORDS_H
#define CB_MATCH_WORDS_H

#include "match/matcher.h"
#include "match/terms.h"

/* Sets profile->words, word_count and title_case; text, len and the quantities are there already. */
CB_CHECKED enum cb_code cb_words_make(struct cb_matcher *matcher, const struct cb_token *tokens, size_t count,
                                      struct cb_arena *arena, struct cb_profile *profile, struct cb_err *err);

/* Marks the words in the reach of a negation, and counts negations, denials and hedges of the profile. */
void cb_polarity_mark(struct cb_profile *profile, struct cb_word *words);

/* Whether the span lies in a date of the profile. */
bool cb_in_date(const struct cb_profile *profile, struct cb_span span);

#endif
