/* Averaged perceptron over hashed features, and its weights as bytes. */
#ifndef TRAIN_SYNTAX_LEARN_H
#define TRAIN_SYNTAX_LEARN_H

#include "text/syntax_model.h"

struct weight {
    float now, moved; /* moved: sum of change times step, from which the average follows */
};

struct weights {
    struct weight *cells;
    size_t count;
    uint32_t shift;
    unsigned width; /* CB_LINE, or CB_ACTION_COUNT for rows that do not turn */
    double step;
};

CB_CHECKED enum cb_code weights_init(struct weights *weights, unsigned bits, unsigned width,
                                     struct cb_err *err);
void weights_release(struct weights *weights);

float weights_score(const struct weights *weights, const uint32_t *features, size_t count, unsigned label);
unsigned weights_best(const struct weights *weights, const uint32_t *features, size_t count, uint64_t set);

/* Towards `right`, away from `wrong`; the caller counts the step. */
void weights_update(struct weights *weights, const uint32_t *features, size_t count, unsigned right,
                    unsigned wrong);

/* The averages as codes c with c * |c| in proportion; out has `count` bytes. */
void weights_pack(const struct weights *weights, int8_t *out);

/* A small generator, so that training gives the same model everywhere (Vigna's xorshift64*). */
uint64_t next_random(uint64_t *state);

#endif
