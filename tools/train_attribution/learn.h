/* Fits a linear-chain conditional random field: stochastic gradient of the log-likelihood with AdaGrad steps
 * (Duchi, Hazan and Singer, JMLR 2011) and an L2 penalty. */
#ifndef CB_TRAIN_ATTRIBUTION_LEARN_H
#define CB_TRAIN_ATTRIBUTION_LEARN_H

#include "base/buffer.h"
#include "text/labeller.h"

struct sequence {
    uint32_t *features; /* of all places, one after the other */
    size_t *first;      /* of place i: features first[i] … first[i + 1] - 1 */
    uint8_t *labels;
    size_t length;
};

struct sequences {
    struct sequence *items;
    size_t count, capacity;
};

struct recipe {
    unsigned bits, labels, epochs;
    float rate, penalty, prune;
    unsigned least; /* features seen less often are left out */
};

/* Copies one sequence; features[i] has counts[i] numbers. */
CB_CHECKED enum cb_code sequences_add(struct sequences *list, const uint32_t *features, const size_t *first,
                                      const uint8_t *labels, size_t length, struct cb_err *err);
void sequences_release(struct sequences *list);

/* Appends the fitted labeller to *out as cb_labeller_load reads it. Rare features go from the list. */
CB_CHECKED enum cb_code learn(struct sequences *list, const struct recipe *recipe, struct cb_buffer *out,
                              struct cb_err *err);

#endif
