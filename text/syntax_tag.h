/* Inside the tagger: its features, which the trainer needs too. */
#ifndef CB_TEXT_SYNTAX_TAG_H
#define CB_TEXT_SYNTAX_TAG_H

#include "text/syntax_words.h"

enum { CB_TAG_FEATURES = 33 };

/* A word with its neighbours; the same empty word stands outside the sentence. */
struct cb_tag_context {
    const struct cb_word *before2, *before, *word, *after, *after2;
    unsigned tag_before2, tag_before; /* CB_TAG_COUNT outside the sentence */
};

extern const struct cb_word cb_no_word;

void cb_tag_features(const struct cb_tag_context *context, uint32_t out[CB_TAG_FEATURES]);

/* Looks the word's tags up, and a word that has none of its own in the lexicon. */
void cb_word_look_up(const struct cb_syntax_model *model, const char *text, const struct cb_token *token,
                     struct cb_word *word);

#endif
