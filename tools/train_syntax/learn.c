#include "learn.h"

#include <math.h>
#include <stdlib.h>

enum cb_code weights_init(struct weights *weights, unsigned bits, unsigned width, struct cb_err *err)
{
    *weights = (struct weights){.count = (size_t)width << bits, .shift = 32 - bits, .width = width};
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

void weights_update(struct weights *weights, const uint32_t *features, size_t count, unsigned right,
                    unsigned wrong)
{
    for (size_t i = 0; i < count; i++) {
        struct weight *up = &weights->cells[cell_of(weights, features[i], right)];
        struct weight *down = &weights->cells[cell_of(weights, features[i], wrong)];
        up->now += 1;
        up->moved += (float)weights->step;
        down->now -= 1;
        down->moved -= (float)weights->step;
    }
}

void weights_pack(const struct weights *weights, int8_t *out)
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
}

uint64_t next_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(2685821657736338717);
}
