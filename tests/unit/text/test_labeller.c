#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "base/buffer.h"
#include "text/labeller.h"

enum { BITS = 6, ROWS = 1 << BITS, LABELS = 3, ARENA_MAX = 1 << 20, LENGTH = 5 };

static float rows[ROWS][CB_LABELS_MAX];
static float transitions[CB_LABELS_MAX][CB_LABELS_MAX] = {
    {0.5F, 0.2F, -1.0F}, {-0.3F, 0.1F, 0.7F}, {0.4F, -0.6F, 0.3F}};
static const float start[CB_LABELS_MAX] = {0.1F, -0.2F, -0.4F};

static void save(struct cb_buffer *bytes, float prune)
{
    struct cb_err err;
    for (size_t i = 0; i < ROWS; i++) {
        for (size_t l = 0; l < LABELS; l++)
            rows[i][l] = i % 4 == 0 ? (float)((i * 7 + l * 5) % 11) / 5.0F - 1.0F : 0.001F;
    }
    cb_buffer_init(bytes, 1 << 16);
    assert_int_equal(cb_labeller_save(BITS, LABELS, (const float(*)[CB_LABELS_MAX])rows, transitions, start,
                                      prune, bytes, &err),
                     CB_OK);
}

static void load(const struct cb_buffer *bytes, struct cb_labeller *labeller)
{
    struct cb_err err;
    size_t used;
    assert_int_equal(cb_labeller_load(labeller, (const uint8_t *)bytes->data, bytes->len, &used, &err),
                     CB_OK);
    assert_int_equal(used, bytes->len);
}

static void weights_come_back(void **state)
{
    (void)state;
    struct cb_buffer bytes;
    struct cb_labeller labeller;
    save(&bytes, 0.01F);
    load(&bytes, &labeller);
    for (uint32_t i = 0; i < ROWS; i++) {
        float scores[CB_LABELS_MAX];
        uint32_t features[2] = {i, i};
        cb_labeller_score(&labeller, features, 2, scores);
        for (size_t l = 0; l < LABELS; l++) {
            float want = i % 4 == 0 ? 2 * rows[i][l] : 0; /* the others are pruned */
            assert_true(fabsf(scores[l] - want) < 0.02F);
        }
    }
    cb_labeller_release(&labeller);
    cb_buffer_release(&bytes);
}

static const float emissions[LENGTH][CB_LABELS_MAX] = {
    {0.3F, 1.0F, 0.0F}, {0.2F, 0.1F, 0.9F}, {1.0F, 0.4F, 0.3F}, {0.0F, 0.8F, 0.9F}, {0.2F, 0.2F, 0.2F}};

static float score_of(const struct cb_labeller *labeller, unsigned path)
{
    float sum = 0;
    unsigned before = 0;
    for (size_t i = 0; i < LENGTH; i++, path /= LABELS) {
        unsigned label = path % LABELS;
        sum += emissions[i][label] + (i == 0 ? labeller->start[label] : labeller->transitions[before][label]);
        before = label;
    }
    return sum;
}

/* Against all 3^5 sequences. */
static void decoding_is_exact(void **state)
{
    (void)state;
    struct cb_buffer bytes;
    struct cb_labeller labeller;
    struct cb_arena arena;
    struct cb_err err;
    uint8_t labels[LENGTH];
    float marginals[LENGTH][CB_LABELS_MAX], sums[LENGTH][LABELS] = {0}, total = 0, top = -1e9F;
    unsigned paths = 1, best = 0;
    save(&bytes, 0.01F);
    load(&bytes, &labeller);
    cb_arena_init(&arena, ARENA_MAX);
    for (size_t i = 0; i < LENGTH; i++)
        paths *= LABELS;
    for (unsigned path = 0; path < paths; path++) {
        float score = score_of(&labeller, path), weight = expf(score);
        unsigned rest = path;
        total += weight;
        for (size_t i = 0; i < LENGTH; i++, rest /= LABELS)
            sums[i][rest % LABELS] += weight;
        if (score > top) {
            top = score;
            best = path;
        }
    }
    assert_int_equal(cb_labeller_decode(&labeller, emissions, LENGTH, &arena, labels, &err), CB_OK);
    float used_up[LENGTH][CB_LABELS_MAX];
    memcpy(used_up, emissions, sizeof used_up);
    cb_labeller_marginals(&labeller, used_up, LENGTH, marginals);
    for (size_t i = 0; i < LENGTH; i++, best /= LABELS) {
        assert_int_equal(labels[i], best % LABELS);
        for (size_t l = 0; l < LABELS; l++)
            assert_true(fabsf(marginals[i][l] - sums[i][l] / total) < 1e-4F);
    }
    cb_arena_release(&arena);
    cb_labeller_release(&labeller);
    cb_buffer_release(&bytes);
}

/* Every shortened or altered file is refused, or read without harm. */
static void damaged_files_are_refused(void **state)
{
    (void)state;
    struct cb_buffer bytes;
    struct cb_labeller labeller;
    struct cb_err err;
    size_t used;
    save(&bytes, 0.01F);
    for (size_t len = 0; len < bytes.len; len++)
        assert_int_equal(cb_labeller_load(&labeller, (const uint8_t *)bytes.data, len, &used, &err),
                         CB_INPUT);
    bytes.data[12] = (char)(bytes.data[12] + 1); /* the number of rows */
    assert_int_equal(cb_labeller_load(&labeller, (const uint8_t *)bytes.data, bytes.len, &used, &err),
                     CB_INPUT);
    bytes.data[12] = (char)(bytes.data[12] - 1);
    bytes.data[4] = 40; /* bits */
    assert_int_equal(cb_labeller_load(&labeller, (const uint8_t *)bytes.data, bytes.len, &used, &err),
                     CB_INPUT);
    cb_buffer_release(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weights_come_back),
        cmocka_unit_test(decoding_is_exact),
        cmocka_unit_test(damaged_files_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
