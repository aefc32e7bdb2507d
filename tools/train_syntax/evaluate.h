/* How well a model reads the sentences of a treebank. */
#ifndef TRAIN_SYNTAX_EVALUATE_H
#define TRAIN_SYNTAX_EVALUATE_H

#include "treebank.h"

struct figures {
    size_t words, tags, heads, relations; /* relations: head and relation are right */
    double tag_seconds, parse_seconds;
};

/* Fills the nodes of all sentences and counts. */
CB_CHECKED enum cb_code evaluate(const struct cb_syntax_model *model, struct treebank *treebank,
                                 struct figures *out, struct cb_err *err);

/* Tags only. */
CB_CHECKED enum cb_code tag_all(const struct cb_syntax_model *model, struct treebank *treebank,
                                struct cb_err *err);

#endif
