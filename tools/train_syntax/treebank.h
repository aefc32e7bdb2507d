/* Sentences of a treebank in CoNLL-U (universaldependencies.org/format), as the program's own tokens. */
#ifndef TRAIN_SYNTAX_TREEBANK_H
#define TRAIN_SYNTAX_TREEBANK_H

#include "text/syntax_model.h"

#include <stdbool.h>

struct gold_sentence {
    char *text;
    struct cb_token *tokens;
    struct cb_node *gold;
    struct cb_node *nodes; /* as predicted, for training the parser */
    size_t count;
};

struct treebank {
    struct gold_sentence *sentences;
    size_t count, capacity;
};

/* Appends the sentences of a file, plain or compressed with gzip. Empty nodes and lines of joined
 * words are left out. */
CB_CHECKED enum cb_code treebank_read(const char *path, struct treebank *out, struct cb_err *err);
void treebank_release(struct treebank *treebank);

/* Kinds and flags of the tokens, anew after the text has changed. */
CB_CHECKED enum cb_code treebank_look(struct gold_sentence *sentence, struct cb_err *err);

#endif
