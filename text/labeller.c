#include "text/labeller.h"

#include "base/buffer.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Layout, numbers with the low byte first: "CBL1", bits, labels, rows (u32), scale (f32), start and
 * transitions (f32), the bits, the weights. */
static const char magic[4] = {'C', 'B', 'L', '1'};
enum { HEAD = 20 };

static uint32_t read_u32(const uint8_t *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static float read_f32(const uint8_t *at)
{
    uint32_t bits = read_u32(at);
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static void add_u32(struct cb_buffer *out, uint32_t value)
{
    for (unsigned i = 0; i < 4; i++)
        cb_buffer_add_char(out, (char)(value >> (8 * i) & 0xFF));
}

static void add_f32(struct cb_buffer *out, float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    add_u32(out, bits);
}

/* The rows of the features that have one, which `present` tells; false when their number is another. */
static bool read_rows(struct cb_labeller *labeller, const uint8_t *present, const uint8_t *weights,
                      uint32_t rows)
{
    uint32_t row = 0;
    for (size_t word = 0; word < ((size_t)1 << labeller->bits) / 32; word++) {
        for (uint32_t bits = read_u32(present + 4 * word); bits != 0; bits &= bits - 1) {
            size_t feature = word * 32 + (unsigned)__builtin_ctz(bits);
            if (row == rows)
                return false;
            memcpy(labeller->weights + feature * CB_LABELS_MAX, weights + (size_t)row * labeller->labels,
                   labeller->labels);
            row++;
        }
    }
    return row == rows;
}

enum cb_code cb_labeller_load(struct cb_labeller *labeller, const uint8_t *bytes, size_t len, size_t *used,
                              struct cb_err *err)
{
    *labeller = (struct cb_labeller){0};
    if (len < HEAD || memcmp(bytes, magic, sizeof magic) != 0)
        return cb_fail(err, CB_INPUT, "not a labeller of this version");
    uint32_t bits = read_u32(bytes + 4), labels = read_u32(bytes + 8), rows = read_u32(bytes + 12);
    if (bits < 6 || bits > CB_LABELLER_BITS_MAX || labels < 2 || labels > CB_LABELS_MAX ||
        rows > (uint32_t)1 << bits)
        return cb_fail(err, CB_INPUT, "the labeller's sizes are out of range");
    size_t chain = (size_t)labels * (labels + 1) * 4, map = ((size_t)1 << bits) / 8;
    size_t need = HEAD + chain + map + (size_t)rows * labels;
    if (len < need)
        return cb_fail(err, CB_INPUT, "the labeller is cut short");

    labeller->bits = bits;
    labeller->labels = labels;
    labeller->scale = read_f32(bytes + 16);
    for (unsigned i = 0; i < labels; i++) {
        labeller->start[i] = read_f32(bytes + HEAD + (size_t)i * 4);
        for (unsigned j = 0; j < labels; j++)
            labeller->transitions[i][j] = read_f32(bytes + HEAD + ((size_t)(i + 1) * labels + j) * 4);
    }
    labeller->weights = calloc((size_t)1 << bits, CB_LABELS_MAX);
    *used = need;
    enum cb_code code = CB_OK;
    if (labeller->weights == NULL)
        code = cb_no_memory(err);
    else if (!read_rows(labeller, bytes + HEAD + chain, bytes + HEAD + chain + map, rows))
        code = cb_fail(err, CB_INPUT, "the labeller's rows do not add up");
    if (code != CB_OK)
        cb_labeller_release(labeller);
    return code;
}

void cb_labeller_release(struct cb_labeller *labeller)
{
    free(labeller->weights);
    *labeller = (struct cb_labeller){0};
}

/* Sums of int8 weights fit into 16 bits while there are fewer features than this. */
enum { FEATURES_AT_ONCE = 240 };

#ifdef __SSE2__

static void add_rows(const int8_t *weights, const uint32_t *features, size_t count,
                     int16_t sums[CB_LABELS_MAX])
{
    __m128i sum = _mm_setzero_si128();
    for (size_t i = 0; i < count; i++) {
        const int8_t *row = weights + (size_t)features[i] * CB_LABELS_MAX;
        __m128i bytes = _mm_loadl_epi64((const __m128i *)(const void *)row);
        sum = _mm_add_epi16(sum, _mm_srai_epi16(_mm_unpacklo_epi8(bytes, bytes), 8));
    }
    _mm_storeu_si128((__m128i *)(void *)sums, sum);
}

#else

static void add_rows(const int8_t *weights, const uint32_t *features, size_t count,
                     int16_t sums[CB_LABELS_MAX])
{
    memset(sums, 0, CB_LABELS_MAX * sizeof *sums);
    for (size_t i = 0; i < count; i++) {
        for (unsigned l = 0; l < CB_LABELS_MAX; l++)
            sums[l] = (int16_t)(sums[l] + weights[(size_t)features[i] * CB_LABELS_MAX + l]);
    }
}

#endif

void cb_labeller_score(const struct cb_labeller *labeller, const uint32_t *features, size_t count,
                       float *scores)
{
    for (unsigned l = 0; l < CB_LABELS_MAX; l++)
        scores[l] = 0;
    for (size_t from = 0; from < count; from += FEATURES_AT_ONCE) {
        int16_t sums[CB_LABELS_MAX];
        size_t now = count - from < FEATURES_AT_ONCE ? count - from : FEATURES_AT_ONCE;
        add_rows(labeller->weights, features + from, now, sums);
        for (unsigned l = 0; l < CB_LABELS_MAX; l++)
            scores[l] += (float)sums[l] * labeller->scale;
    }
}

enum cb_code cb_labeller_decode(const struct cb_labeller *labeller, const float (*scores)[CB_LABELS_MAX],
                                size_t count, struct cb_arena *scratch, uint8_t *labels, struct cb_err *err)
{
    if (count == 0)
        return CB_OK;
    uint8_t(*from)[CB_LABELS_MAX] = cb_arena_array(scratch, count, sizeof *from);
    if (from == NULL)
        return cb_no_memory(err);
    unsigned n = labeller->labels;
    float best[CB_LABELS_MAX], next[CB_LABELS_MAX];
    for (unsigned l = 0; l < n; l++)
        best[l] = labeller->start[l] + scores[0][l];
    for (size_t i = 1; i < count; i++) {
        for (unsigned l = 0; l < n; l++) {
            unsigned choice = 0;
            float top = best[0] + labeller->transitions[0][l];
            for (unsigned k = 1; k < n; k++) {
                float value = best[k] + labeller->transitions[k][l];
                if (value > top) {
                    top = value;
                    choice = k;
                }
            }
            next[l] = top + scores[i][l];
            from[i][l] = (uint8_t)choice;
        }
        memcpy(best, next, sizeof best);
    }
    unsigned last = 0;
    for (unsigned l = 1; l < n; l++) {
        if (best[l] > best[last])
            last = l;
    }
    for (size_t i = count; i-- > 0;) {
        labels[i] = (uint8_t)last;
        last = from[i][last];
    }
    return CB_OK;
}

/* The values of all labels, of which the unused ones stay 0, four by four. */
typedef float four __attribute__((vector_size(16)));
typedef uint32_t four_bits __attribute__((vector_size(16)));
struct row {
    four half[CB_LABELS_MAX / 4];
};

static inline struct row row_of(const float *values)
{
    struct row row;
    memcpy(&row, values, sizeof row);
    return row;
}

/* e^x for x of 0 and below: 2^n · 2^f with f from -0.5 to 0.5, whose power is a series (error 2e-7). */
static inline four exp_below(four x)
{
    const four least = {-120.0F, -120.0F, -120.0F, -120.0F};
    const float round = 12582912.0F; /* 1.5 · 2^23: the last bit counts ones */
    four power = x * 1.44269504F;
    four_bits below = (four_bits)(power < least);
    power = (four)((below & (four_bits)least) | (~below & (four_bits)power));
    four n = power + round, f = (power - (n - round)) * 0.69314718F;
    four scale = (four)(((four_bits)n + 127) << 23);
    four series = 1.0F / 720 * f + 1.0F / 120;
    series = series * f + 1.0F / 24;
    series = series * f + 1.0F / 6;
    series = series * f + 0.5F;
    series = series * f + 1.0F;
    return (series * f + 1.0F) * scale;
}

/* exp of a row, the largest made 1 so that nothing overflows. */
static struct row exponentials(const float *scores, unsigned n)
{
    float top = scores[0], reduced[CB_LABELS_MAX];
    for (unsigned l = 1; l < n; l++)
        top = scores[l] > top ? scores[l] : top;
    struct row row = row_of(scores);
    for (unsigned h = 0; h < CB_LABELS_MAX / 4; h++)
        row.half[h] = exp_below(row.half[h] - top);
    memcpy(reduced, &row, sizeof row);
    for (unsigned l = n; l < CB_LABELS_MAX; l++)
        reduced[l] = 0;
    return row_of(reduced);
}

static inline struct row product(struct row a, struct row b)
{
    for (unsigned h = 0; h < CB_LABELS_MAX / 4; h++)
        a.half[h] *= b.half[h];
    return a;
}

/* Made to sum to 1. */
static inline struct row normal(struct row row, unsigned n)
{
    float values[CB_LABELS_MAX], sum = 0;
    memcpy(values, &row, sizeof row);
    for (unsigned l = 0; l < CB_LABELS_MAX; l++)
        sum += values[l];
    if (sum > 0) {
        for (unsigned h = 0; h < CB_LABELS_MAX / 4; h++)
            row.half[h] /= sum;
        return row;
    }
    for (unsigned l = 0; l < n; l++)
        values[l] = 1.0F / (float)n;
    return row_of(values);
}

/* The row times the matrix. */
static inline struct row multiplied(struct row row, const struct row matrix[CB_LABELS_MAX])
{
    struct row sums = {0};
    float values[CB_LABELS_MAX];
    memcpy(values, &row, sizeof row);
    for (unsigned k = 0; k < CB_LABELS_MAX; k++) {
        for (unsigned h = 0; h < CB_LABELS_MAX / 4; h++)
            sums.half[h] += values[k] * matrix[k].half[h];
    }
    return sums;
}

void cb_labeller_marginals(const struct cb_labeller *labeller, float (*scores)[CB_LABELS_MAX], size_t count,
                           float (*out)[CB_LABELS_MAX])
{
    unsigned n = labeller->labels;
    float factors[CB_LABELS_MAX][CB_LABELS_MAX] = {{0}}, transposed[CB_LABELS_MAX][CB_LABELS_MAX] = {{0}};
    float start[CB_LABELS_MAX] = {0}, ones[CB_LABELS_MAX];
    struct row onwards[CB_LABELS_MAX], back[CB_LABELS_MAX], alpha = {0};
    for (unsigned k = 0; k < n; k++) {
        start[k] = expf(labeller->start[k]);
        for (unsigned l = 0; l < n; l++)
            factors[k][l] = transposed[l][k] = expf(labeller->transitions[k][l]);
    }
    for (unsigned k = 0; k < CB_LABELS_MAX; k++) {
        onwards[k] = row_of(factors[k]);
        back[k] = row_of(transposed[k]);
        ones[k] = 1;
    }
    for (size_t i = 0; i < count; i++) {
        struct row here = exponentials(scores[i], n);
        alpha = normal(product(i == 0 ? row_of(start) : multiplied(alpha, onwards), here), n);
        memcpy(scores[i], &here, sizeof here);
        memcpy(out[i], &alpha, sizeof alpha);
    }
    struct row beta = row_of(ones);
    for (size_t i = count; i-- > 0;) {
        alpha = normal(product(row_of(out[i]), beta), n);
        beta = normal(multiplied(product(row_of(scores[i]), beta), back), n);
        memcpy(out[i], &alpha, sizeof alpha);
    }
}

static float largest(const float *row, unsigned labels)
{
    float top = 0;
    for (unsigned l = 0; l < labels; l++)
        top = fmaxf(top, fabsf(row[l]));
    return top;
}

enum cb_code cb_labeller_save(unsigned bits, unsigned labels, const float (*rows)[CB_LABELS_MAX],
                              float transitions[CB_LABELS_MAX][CB_LABELS_MAX], const float *start,
                              float prune, struct cb_buffer *out, struct cb_err *err)
{
    size_t size = (size_t)1 << bits;
    uint32_t kept = 0;
    float top = 0;
    for (size_t i = 0; i < size; i++) {
        float here = largest(rows[i], labels);
        kept += here >= prune;
        top = fmaxf(top, here);
    }
    float scale = top > 0 ? top / 127 : 1;
    cb_buffer_add(out, magic, sizeof magic);
    add_u32(out, bits);
    add_u32(out, labels);
    add_u32(out, kept);
    add_f32(out, scale);
    for (unsigned l = 0; l < labels; l++)
        add_f32(out, start[l]);
    for (unsigned k = 0; k < labels; k++) {
        for (unsigned l = 0; l < labels; l++)
            add_f32(out, transitions[k][l]);
    }
    for (size_t i = 0; i < size; i += 8) {
        unsigned byte = 0;
        for (unsigned b = 0; b < 8; b++)
            byte |= (unsigned)(largest(rows[i + b], labels) >= prune) << b;
        cb_buffer_add_char(out, (char)byte);
    }
    for (size_t i = 0; i < size; i++) {
        if (largest(rows[i], labels) < prune)
            continue;
        for (unsigned l = 0; l < labels; l++)
            cb_buffer_add_char(out, (char)(int8_t)lrintf(rows[i][l] / scale));
    }
    return cb_buffer_status(out, "labeller", err);
}
