#include "tools/train_attribution/learn.h"

#include "base/array.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { SEQUENCES_MAX = 10 * 1000 * 1000 };

/* The weights of one feature and the sums of their squared gradients: one line of the cache. */
struct cell {
    float weights[CB_LABELS_MAX], squares[CB_LABELS_MAX];
};

struct learner {
    const struct recipe *recipe;
    struct cell *cells;
    float (*sums)[CB_LABELS_MAX];
    float transitions[CB_LABELS_MAX][CB_LABELS_MAX], transition_squares[CB_LABELS_MAX][CB_LABELS_MAX];
    float start[CB_LABELS_MAX], start_squares[CB_LABELS_MAX];
    uint32_t *seen; /* how often each feature occurs */
    float (*scores)[CB_LABELS_MAX], (*alpha)[CB_LABELS_MAX], (*beta)[CB_LABELS_MAX];
    size_t longest;
};

static const float forbidden = -40.0F;

enum cb_code sequences_add(struct sequences *list, const uint32_t *features, const size_t *first,
                           const uint8_t *labels, size_t length, struct cb_err *err)
{
    enum cb_code code = cb_array_reserve((void **)&list->items, &list->capacity, list->count + 1,
                                         sizeof *list->items, SEQUENCES_MAX, "sequences", err);
    if (code != CB_OK)
        return code;
    struct sequence s = {.length = length};
    s.features = malloc((first[length] + 1) * sizeof *s.features);
    s.first = malloc((length + 1) * sizeof *s.first);
    s.labels = malloc(length + 1);
    list->items[list->count++] = s;
    if (s.features == NULL || s.first == NULL || s.labels == NULL)
        return cb_no_memory(err);
    memcpy(s.features, features, first[length] * sizeof *s.features);
    memcpy(s.first, first, (length + 1) * sizeof *s.first);
    memcpy(s.labels, labels, length);
    return CB_OK;
}

void sequences_release(struct sequences *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i].features);
        free(list->items[i].first);
        free(list->items[i].labels);
    }
    free(list->items);
    *list = (struct sequences){0};
}

/* Labels are 0 (outside), then pairs of begin and inside: inside only after its begin or itself. With two
 * labels there is nothing to forbid. */
static bool allowed(unsigned labels, unsigned from, unsigned to)
{
    if (labels <= 2 || to == 0 || to % 2 == 1)
        return true;
    return from == to || from + 1 == to;
}

static void step(float *weight, float *square, float gradient, float rate)
{
    *square += gradient * gradient;
    *weight += rate * gradient / (1e-4F + sqrtf(*square));
}

static void score_sequence(const struct learner *l, const struct sequence *s)
{
    for (size_t i = 0; i < s->length; i++) {
        float *row = l->scores[i];
        memset(row, 0, sizeof l->scores[i]);
        for (size_t f = s->first[i]; f < s->first[i + 1]; f++) {
            const float *weights = l->cells[s->features[f]].weights;
            for (unsigned k = 0; k < CB_LABELS_MAX; k++)
                row[k] += weights[k];
        }
    }
}

/* exp(scores - their maximum) times what came before, each row summing to 1. */
static void normalise(float *row, unsigned n)
{
    float sum = 1e-30F;
    for (unsigned k = 0; k < n; k++)
        sum += row[k];
    for (unsigned k = 0; k < n; k++)
        row[k] /= sum;
}

static void forward_backward(const struct learner *l, size_t length,
                             float factors[CB_LABELS_MAX][CB_LABELS_MAX])
{
    unsigned n = l->recipe->labels;
    for (size_t i = 0; i < length; i++) {
        float top = l->scores[i][0];
        for (unsigned k = 1; k < n; k++)
            top = fmaxf(top, l->scores[i][k]);
        for (unsigned k = 0; k < n; k++)
            l->scores[i][k] = expf(l->scores[i][k] - top);
    }
    for (unsigned j = 0; j < n; j++) {
        for (unsigned k = 0; k < n; k++)
            factors[j][k] = expf(l->transitions[j][k]);
    }
    for (size_t i = 0; i < length; i++) {
        for (unsigned k = 0; k < n; k++) {
            float sum = i == 0 ? expf(l->start[k]) : 0;
            for (unsigned j = 0; i > 0 && j < n; j++)
                sum += l->alpha[i - 1][j] * factors[j][k];
            l->alpha[i][k] = sum * l->scores[i][k];
        }
        normalise(l->alpha[i], n);
    }
    for (unsigned k = 0; k < n; k++)
        l->beta[length - 1][k] = 1;
    for (size_t i = length - 1; i-- > 0;) {
        for (unsigned j = 0; j < n; j++) {
            l->beta[i][j] = 0;
            for (unsigned k = 0; k < n; k++)
                l->beta[i][j] += factors[j][k] * l->scores[i + 1][k] * l->beta[i + 1][k];
        }
        normalise(l->beta[i], n);
    }
}

/* The gradient of labels that are not used is 0. */
static void update_features(struct learner *l, const struct sequence *s, size_t i, const float *gradient)
{
    for (size_t f = s->first[i]; f < s->first[i + 1]; f++) {
        struct cell *cell = &l->cells[s->features[f]];
        float penalty = l->recipe->penalty / (float)l->seen[s->features[f]];
        for (unsigned k = 0; k < CB_LABELS_MAX; k++)
            step(&cell->weights[k], &cell->squares[k], gradient[k] - penalty * cell->weights[k],
                 l->recipe->rate);
    }
}

static void update_transitions(struct learner *l, const struct sequence *s, size_t i,
                               float factors[CB_LABELS_MAX][CB_LABELS_MAX])
{
    unsigned n = l->recipe->labels;
    float pairs[CB_LABELS_MAX][CB_LABELS_MAX], sum = 1e-30F;
    for (unsigned j = 0; j < n; j++) {
        for (unsigned k = 0; k < n; k++) {
            pairs[j][k] = l->alpha[i - 1][j] * factors[j][k] * l->scores[i][k] * l->beta[i][k];
            sum += pairs[j][k];
        }
    }
    for (unsigned j = 0; j < n; j++) {
        for (unsigned k = 0; k < n; k++) {
            float gold = s->labels[i - 1] == j && s->labels[i] == k;
            if (allowed(n, j, k))
                step(&l->transitions[j][k], &l->transition_squares[j][k], gold - pairs[j][k] / sum,
                     l->recipe->rate);
        }
    }
}

static void learn_sequence(struct learner *l, const struct sequence *s)
{
    unsigned n = l->recipe->labels;
    float factors[CB_LABELS_MAX][CB_LABELS_MAX];
    if (s->length == 0)
        return;
    score_sequence(l, s);
    forward_backward(l, s->length, factors);
    for (size_t i = 0; i < s->length; i++) {
        float gradient[CB_LABELS_MAX] = {0};
        for (unsigned k = 0; k < n; k++)
            gradient[k] = l->alpha[i][k] * l->beta[i][k];
        normalise(gradient, n);
        for (unsigned k = 0; k < n; k++)
            gradient[k] = (s->labels[i] == k ? 1.0F : 0.0F) - gradient[k];
        update_features(l, s, i, gradient);
        for (unsigned k = 0; i == 0 && k < n; k++) {
            if (allowed(n, 0, k))
                step(&l->start[k], &l->start_squares[k], gradient[k], l->recipe->rate);
        }
        if (i > 0 && n > 2)
            update_transitions(l, s, i, factors);
    }
}

/* The mean of the weights over the later half of the epochs is steadier than the last of them. */
static void add_up(struct learner *l)
{
    size_t size = (size_t)1 << l->recipe->bits;
    for (size_t i = 0; i < size; i++) {
        for (unsigned k = 0; k < l->recipe->labels; k++)
            l->sums[i][k] += l->cells[i].weights[k];
    }
}

static void take_mean(struct learner *l, unsigned epochs)
{
    size_t size = (size_t)1 << l->recipe->bits;
    for (size_t i = 0; i < size && epochs > 0; i++) {
        for (unsigned k = 0; k < l->recipe->labels; k++)
            l->sums[i][k] /= (float)epochs;
    }
}

/* Forgets the features of a sequence that are too rare to learn from. */
static void drop_rare(const struct learner *l, struct sequence *s)
{
    size_t kept = 0, from = 0;
    for (size_t i = 0; i < s->length; i++) {
        size_t end = s->first[i + 1];
        s->first[i] = kept;
        for (; from < end; from++) {
            if (l->seen[s->features[from]] >= l->recipe->least)
                s->features[kept++] = s->features[from];
        }
    }
    s->first[s->length] = kept;
}

static enum cb_code make_learner(struct learner *l, struct sequences *list, struct cb_err *err)
{
    size_t size = (size_t)1 << l->recipe->bits;
    for (size_t i = 0; i < list->count; i++)
        l->longest = list->items[i].length > l->longest ? list->items[i].length : l->longest;
    l->cells = calloc(size, sizeof *l->cells);
    l->sums = calloc(size, sizeof *l->sums);
    l->seen = calloc(size, sizeof *l->seen);
    l->scores = calloc(l->longest + 1, sizeof *l->scores);
    l->alpha = calloc(l->longest + 1, sizeof *l->alpha);
    l->beta = calloc(l->longest + 1, sizeof *l->beta);
    if (l->cells == NULL || l->sums == NULL || l->seen == NULL || l->scores == NULL || l->alpha == NULL ||
        l->beta == NULL)
        return cb_no_memory(err);
    for (size_t i = 0; i < list->count; i++) {
        const struct sequence *s = &list->items[i];
        for (size_t f = 0; f < s->first[s->length]; f++)
            l->seen[s->features[f]]++;
    }
    for (size_t i = 0; i < list->count; i++)
        drop_rare(l, &list->items[i]);
    for (unsigned j = 0; j < l->recipe->labels; j++) {
        if (!allowed(l->recipe->labels, 0, j))
            l->start[j] = forbidden;
        for (unsigned k = 0; k < l->recipe->labels; k++)
            l->transitions[j][k] = allowed(l->recipe->labels, j, k) ? 0 : forbidden;
    }
    return CB_OK;
}

static void shuffle(size_t *order, size_t count, uint64_t *state)
{
    for (size_t i = count; i > 1; i--) {
        *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        size_t k = (size_t)(*state >> 33) % i, swap = order[i - 1];
        order[i - 1] = order[k];
        order[k] = swap;
    }
}

enum cb_code learn(struct sequences *list, const struct recipe *recipe, struct cb_buffer *out,
                   struct cb_err *err)
{
    struct learner l = {.recipe = recipe};
    uint64_t state = 1;
    size_t *order = malloc((list->count + 1) * sizeof *order);
    enum cb_code code = order == NULL ? cb_no_memory(err) : make_learner(&l, list, err);
    for (size_t i = 0; i < list->count && code == CB_OK; i++)
        order[i] = i;
    for (unsigned epoch = 0; epoch < recipe->epochs && code == CB_OK; epoch++) {
        shuffle(order, list->count, &state);
        for (size_t i = 0; i < list->count; i++)
            learn_sequence(&l, &list->items[order[i]]);
        if (epoch >= recipe->epochs / 2)
            add_up(&l);
    }
    if (code == CB_OK)
        take_mean(&l, recipe->epochs - recipe->epochs / 2);
    if (code == CB_OK)
        code = cb_labeller_save(recipe->bits, recipe->labels, (const float(*)[CB_LABELS_MAX])l.sums,
                                l.transitions, l.start, recipe->prune, out, err);
    free(order);
    free(l.cells);
    free(l.sums);
    free(l.seen);
    free(l.scores);
    free(l.alpha);
    free(l.beta);
    return code;
}
