/* How well a model reads the sentences of a treebank. */
#ifndef TRAIN_SYNTAX_EVALUATE_H
#define TRAIN_SYNTAX_EVALUATE_H

#include "treebank.h"

#include <stdio.h>

struct figures {
    size_t words, tags, heads, relations; /* relations: head and relation are right */
    double tag_seconds, parse_seconds;
};

/* Fills the nodes of all sentences and counts. */
CB_CHECKED enum cb_code evaluate(const struct cb_syntax_model *model, struct treebank *treebank,
                                 struct figures *out, struct cb_err *err);

/* The same from the text alone, cut by the program's own tokenizer: a word counts when its span is one of the
 * treebank's, an arc when both ends do. `words` is the mean of the words in the treebank and those found, so
 * that the shares are F1. */
CB_CHECKED enum cb_code evaluate_text(const struct cb_syntax_model *model, const struct treebank *treebank,
                                      struct figures *out, struct cb_err *err);

/* After evaluate: a table by relation on standard output. */
void print_details(const struct treebank *treebank);

/* After evaluate: number, word, tag, head and relation of each word, each as in the treebank and as found. */
void print_words(const struct treebank *treebank, FILE *out);

/* Tags only. */
CB_CHECKED enum cb_code tag_all(const struct cb_syntax_model *model, struct treebank *treebank,
                                struct cb_err *err);

#endif
