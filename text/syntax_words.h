/* Inside the tagger and parser: what is seen of a word. */
#ifndef CB_TEXT_SYNTAX_WORDS_H
#define CB_TEXT_SYNTAX_WORDS_H

#include "text/syntax_model.h"

/* How a sentence uses capitals: in a headline or in a text without any they tell something else. */
enum cb_casing { CB_CASING_NORMAL, CB_CASING_TITLE, CB_CASING_UPPER, CB_CASING_LOWER };

struct cb_word {
    uint32_t key;     /* of the word in lower case, digits as 0, never 0 */
    uint32_t tail;    /* its last four bytes, the last one in the lowest bits */
    uint32_t front;   /* its first three bytes */
    uint32_t length;  /* bytes */
    uint8_t shape;    /* capitals, digits, hyphen, with the casing of the sentence */
    uint32_t set_key; /* of its set of tags, and of what the lexicon knows of a word without one */
    uint32_t lexicon; /* cb_lexicon_look, hashed; 0 for words that the treebank has */
    uint64_t set;     /* tags it can have */
};

enum cb_casing cb_sentence_casing(const char *text, const struct cb_token *tokens, size_t count);

/* The key alone. */
uint32_t cb_word_key(const char *text, const struct cb_token *token);

/* Everything but the set of tags. `first`: the token begins the sentence. */
void cb_word_make(const char *text, const struct cb_token *token, enum cb_casing casing, bool first,
                  struct cb_word *out);

/* The key under which the dictionary has it: the word's, and whether its capital tells something. */
uint32_t cb_dictionary_key(const struct cb_word *word);

#endif
