/* Inside the tagger: parts of speech of words that the treebank does not have, from WordNet. */
#ifndef CB_TEXT_SYNTAX_LEXICON_H
#define CB_TEXT_SYNTAX_LEXICON_H

#include "text/syntax_model.h"

/* Classes of a word; an entry of the lexicon is the upper 24 bits of its key and its classes. */
enum cb_word_class {
    CB_CLASS_NOUN = 1,
    CB_CLASS_VERB = 2,
    CB_CLASS_ADJECTIVE = 4,
    CB_CLASS_ADVERB = 8,
    CB_CLASS_NAME = 16,      /* written with a capital */
    CB_CLASS_IRREGULAR = 32, /* "went", "children" */
};

/* A free place (0) or the place of the key. The table has free places. */
size_t cb_lexicon_find(const uint32_t *lexicon, uint32_t mask, uint32_t key);

/* What the lexicon knows of the word, or of the word that it may be a form of: the word's classes, those of
 * the stem and the ending, as one number; 0 when it knows nothing. */
uint32_t cb_lexicon_look(const struct cb_syntax_model *model, const char *text, const struct cb_token *token);

#endif
