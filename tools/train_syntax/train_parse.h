/* What both parts of the parser's training share. */
#ifndef TRAIN_SYNTAX_TRAIN_PARSE_H
#define TRAIN_SYNTAX_TRAIN_PARSE_H

#include "text/syntax_marks.h"
#include "train.h"

struct parse_trainer {
    struct parse_training *out;
    uint64_t random;
    bool explore;
    size_t width; /* of the beam */
    const struct gold_sentence *sentence;
    int heads[CB_PARSE_MAX + 1]; /* of the treebank; the root is n */
    struct cb_parse parse;
    struct cb_marks marks;
    size_t wrong, steps;
};

/* Reads the words and the heads of a sentence. */
void trainer_begin(struct parse_trainer *t, const struct gold_sentence *sentence);

/* Both classifiers of relations learn only from arcs that are right. */
void learn_relation(struct parse_trainer *t, struct weights *weights, const uint32_t *features, size_t count,
                    int head, int word);

CB_CHECKED enum cb_code count_relations(const struct treebank *treebank, struct parse_training *out,
                                        struct cb_err *err);

/* Learns from the finished parse. */
void learn_tree(struct parse_trainer *t);

#endif
