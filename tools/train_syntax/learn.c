#include "learn.h"

#include <math.h>
#include <stdlib.h>

enum cb_code weights_init(struct weights *weights, unsigned bits, unsigned width, unsigned margin,
                          struct cb_err *err)
{
    *weights = (struct weights){
        .count = (size_t)width << bits, .shift = 32 - bits, .width = width, .margin = (float)margin};
    weights->cells = calloc(weights->count, sizeof *weights->cells);
    return weights->cells == NULL ? cb_no_memory(err) : CB_OK;
}

void weights_release(struct weights *weights)
{
    free(weights->cells);
}

static size_t cell_of(const struct weights *weights, uint32_t feature, unsigned label)
{
    if (weights->width == CB_LINE)
        return cb_cell(feature, weights->shift, label);
    return (size_t)(feature >> weights->shift) * weights->width + label;
}

float weights_score(const struct weights *weights, const uint32_t *features, size_t count, unsigned label)
{
    float score = 0;
    for (size_t i = 0; i < count; i++)
        score += weights->cells[cell_of(weights, features[i], label)].now;
    return score;
}

unsigned weights_rival(const struct weights *weights, const uint32_t *features, size_t count, uint64_t right,
                       uint64_t wrong, unsigned *best_right)
{
    *best_right = weights_best(weights, features, count, right);
    if (wrong == 0)
        return *best_right;
    unsigned rival = weights_best(weights, features, count, wrong);
    float ahead =
        weights_score(weights, features, count, *best_right) - weights_score(weights, features, count, rival);
    return ahead <= weights->margin ? rival : *best_right;
}

unsigned weights_best(const struct weights *weights, const uint32_t *features, size_t count, uint64_t set)
{
    unsigned best = (unsigned)__builtin_ctzll(set);
    float best_score = -INFINITY;
    for (uint64_t rest = set; rest != 0; rest &= rest - 1) {
        unsigned label = (unsigned)__builtin_ctzll(rest);
        float score = weights_score(weights, features, count, label);
        if (score > best_score) {
            best_score = score;
            best = label;
        }
    }
    return best;
}

void weights_add(struct weights *weights, const uint32_t *features, size_t count, unsigned label,
                 float change)
{
    for (size_t i = 0; i < count; i++) {
        struct weight *weight = &weights->cells[cell_of(weights, features[i], label)];
        weight->now += change;
        weight->moved += change * (float)weights->step;
    }
}

void weights_update(struct weights *weights, const uint32_t *features, size_t count, unsigned right,
                    unsigned wrong)
{
    weights_add(weights, features, count, right, 1);
    weights_add(weights, features, count, wrong, -1);
}

void weights_settle(struct weights *weights)
{
    for (size_t i = 0; i < weights->count; i++) {
        struct weight *w = &weights->cells[i];
        w->now -= w->moved / (float)fmax(weights->step, 1);
        w->moved = 0;
    }
    weights->step = 0;
}

enum cb_code weights_collect(struct weights *weights, struct weights *sum, struct cb_err *err)
{
    if (sum->cells == NULL) {
        *sum = *weights;
        sum->cells = calloc(weights->count, sizeof *sum->cells);
        if (sum->cells == NULL)
            return cb_no_memory(err);
    }
    for (size_t i = 0; i < weights->count; i++) {
        sum->cells[i].now += weights->cells[i].now;
        weights->cells[i] = (struct weight){0};
    }
    return CB_OK;
}

void weights_mean(const struct weights *sum, unsigned runs, struct weights *out)
{
    for (size_t i = 0; sum->cells != NULL && i < out->count; i++)
        out->cells[i].now = sum->cells[i].now / (float)runs;
}

double weights_pack(const struct weights *weights, int8_t *out)
{
    double most = 1e-9;
    for (size_t i = 0; i < weights->count; i++) {
        const struct weight *w = &weights->cells[i];
        most = fmax(most, fabs(w->now - w->moved / fmax(weights->step, 1)));
    }
    for (size_t i = 0; i < weights->count; i++) {
        const struct weight *w = &weights->cells[i];
        double average = w->now - w->moved / fmax(weights->step, 1);
        double code = 127 * sqrt(fabs(average) / most);
        out[i] = (int8_t)lround(average < 0 ? -code : code);
    }
    return 127 * 127 / most;
}

uint64_t next_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(2685821657736338717);
}
