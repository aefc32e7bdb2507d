/* A linear-chain conditional random field (Lafferty, McCallum and Pereira, ICML 2001) over hashed features:
 * which label each token of a sequence has. Read only once loaded: threads may share it.
 *
 * A feature is a number below 2^bits, the hash of whatever the caller thinks telling. Features that meet in
 * one number share a row of weights, in training too: few bits keep the rows near the processor. */
#ifndef CB_TEXT_LABELLER_H
#define CB_TEXT_LABELLER_H

#include "base/arena.h"
#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

enum { CB_LABELS_MAX = 8, CB_LABELLER_BITS_MAX = 22 };

struct cb_labeller {
    unsigned bits, labels;                           /* features are below 2^bits */
    int8_t *weights;                                 /* 2^bits rows of CB_LABELS_MAX, the unused ones 0 */
    float scale;                                     /* of the weights */
    float transitions[CB_LABELS_MAX][CB_LABELS_MAX]; /* from, to */
    float start[CB_LABELS_MAX];
};

/* Reads a labeller from the first bytes of `bytes` and tells how many it took. CB_INPUT when
 * they are not a labeller. */
CB_CHECKED enum cb_code cb_labeller_load(struct cb_labeller *labeller, const uint8_t *bytes, size_t len,
                                         size_t *used, struct cb_err *err);
void cb_labeller_release(struct cb_labeller *labeller);

/* Sums the weights of one token's features: scores[0 … CB_LABELS_MAX - 1]. */
void cb_labeller_score(const struct cb_labeller *labeller, const uint32_t *features, size_t count,
                       float *scores);

/* The best sequence of labels (Viterbi) for `count` rows of scores, each CB_LABELS_MAX wide. */
CB_CHECKED enum cb_code cb_labeller_decode(const struct cb_labeller *labeller,
                                           const float (*scores)[CB_LABELS_MAX], size_t count,
                                           struct cb_arena *scratch, uint8_t *labels, struct cb_err *err);

/* The probability of each label at each place (forward-backward); `scores` are used up. */
void cb_labeller_marginals(const struct cb_labeller *labeller, float (*scores)[CB_LABELS_MAX], size_t count,
                           float (*out)[CB_LABELS_MAX]);

/* Appends what cb_labeller_load reads. `rows` are the 2^bits rows of weights, CB_LABELS_MAX wide; a row
 * whose largest weight is below `prune` is left out. */
struct cb_buffer;
CB_CHECKED enum cb_code cb_labeller_save(unsigned bits, unsigned labels, const float (*rows)[CB_LABELS_MAX],
                                         float transitions[CB_LABELS_MAX][CB_LABELS_MAX], const float *start,
                                         float prune, struct cb_buffer *out, struct cb_err *err);

#endif
