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
    float margin; /* of the right label over the others; less is learned */
};

CB_CHECKED enum cb_code weights_init(struct weights *weights, unsigned bits, unsigned width, unsigned margin,
                                     struct cb_err *err);
void weights_release(struct weights *weights);

float weights_score(const struct weights *weights, const uint32_t *features, size_t count, unsigned label);
unsigned weights_best(const struct weights *weights, const uint32_t *features, size_t count, uint64_t set);

/* The best label of `wrong` when it is not at least the margin behind the best of `right`, which goes to
 * *best_right; else, and when `wrong` is empty, that one. */
unsigned weights_rival(const struct weights *weights, const uint32_t *features, size_t count, uint64_t right,
                       uint64_t wrong, unsigned *best_right);
void weights_add(struct weights *weights, const uint32_t *features, size_t count, unsigned label,
                 float change);

/* Towards `right`, away from `wrong`; the caller counts the step. */
void weights_update(struct weights *weights, const uint32_t *features, size_t count, unsigned right,
                    unsigned wrong);

/* Goes on from the averages, with the count of steps at 0. */
void weights_settle(struct weights *weights);

/* Adds the settled weights to *sum, made when it is empty, and clears them for another run. */
CB_CHECKED enum cb_code weights_collect(struct weights *weights, struct weights *sum, struct cb_err *err);

/* The mean of what was collected in `runs` runs. */
void weights_mean(const struct weights *sum, unsigned runs, struct weights *out);

/* The averages as codes c with c * |c| in proportion; out has `count` bytes.
 * Returns the sum of codes that stands for the weight 1. */
double weights_pack(const struct weights *weights, int8_t *out);

/* A small generator, so that training gives the same model everywhere (Vigna's xorshift64*). */
uint64_t next_random(uint64_t *state);

#endif
