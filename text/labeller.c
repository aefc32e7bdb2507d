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

static unsigned popcount(uint32_t word)
{
    word -= word >> 1 & 0x55555555U;
    word = (word & 0x33333333U) + (word >> 2 & 0x33333333U);
    word = (word + (word >> 4)) & 0x0F0F0F0FU;
    return word * 0x01010101U >> 24;
}

/* The bits and their ranks; false when their number is not the number of rows. */
static bool read_present(struct cb_labeller *labeller, const uint8_t *bytes, uint32_t rows)
{
    size_t words = ((size_t)1 << labeller->bits) / 32;
    uint32_t rank = 0;
    for (size_t i = 0; i < words; i++) {
        labeller->present[i] = (struct cb_labeller_word){read_u32(bytes + 4 * i), rank};
        rank += popcount(labeller->present[i].bits);
    }
    return rank == rows;
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
    labeller->present = calloc(map / 4, sizeof *labeller->present);
    labeller->weights = calloc((size_t)rows + 1, CB_LABELS_MAX);
    *used = need;
    enum cb_code code = CB_OK;
    if (labeller->present == NULL || labeller->weights == NULL)
        code = cb_no_memory(err);
    else if (!read_present(labeller, bytes + HEAD + chain, rows))
        code = cb_fail(err, CB_INPUT, "the labeller's rows do not add up");
    for (size_t i = 0; i < rows && code == CB_OK; i++)
        memcpy(labeller->weights + i * CB_LABELS_MAX, bytes + HEAD + chain + map + i * labels, labels);
    if (code != CB_OK)
        cb_labeller_release(labeller);
    return code;
}

void cb_labeller_release(struct cb_labeller *labeller)
{
    free(labeller->present);
    free(labeller->weights);
    *labeller = (struct cb_labeller){0};
}

/* Sums of int8 weights fit into 16 bits while there are fewer features than this. */
enum { FEATURES_AT_ONCE = 240 };

/* The rows of the features that have one. Without a branch: which have is hard to foresee. */
static size_t find_rows(const struct cb_labeller *labeller, const uint32_t *features, size_t count,
                        const int8_t *rows[FEATURES_AT_ONCE])
{
    uint32_t kept[FEATURES_AT_ONCE];
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        kept[found] = features[i];
        found += labeller->present[features[i] >> 5].bits >> (features[i] & 31) & 1;
    }
    for (size_t i = 0; i < found; i++) {
        struct cb_labeller_word word = labeller->present[kept[i] >> 5];
        uint32_t below = ((uint32_t)1 << (kept[i] & 31)) - 1;
        rows[i] = labeller->weights + (size_t)(word.rank + popcount(word.bits & below)) * CB_LABELS_MAX;
    }
    return found;
}

#ifdef __SSE2__

static void add_rows(const int8_t *const *rows, size_t count, int16_t sums[CB_LABELS_MAX])
{
    __m128i sum = _mm_setzero_si128();
    for (size_t i = 0; i < count; i++) {
        __m128i bytes = _mm_loadl_epi64((const __m128i *)(const void *)rows[i]);
        sum = _mm_add_epi16(sum, _mm_srai_epi16(_mm_unpacklo_epi8(bytes, bytes), 8));
    }
    _mm_storeu_si128((__m128i *)(void *)sums, sum);
}

#else

static void add_rows(const int8_t *const *rows, size_t count, int16_t sums[CB_LABELS_MAX])
{
    memset(sums, 0, CB_LABELS_MAX * sizeof *sums);
    for (size_t i = 0; i < count; i++) {
        for (unsigned l = 0; l < CB_LABELS_MAX; l++)
            sums[l] = (int16_t)(sums[l] + rows[i][l]);
    }
}

#endif

void cb_labeller_score(const struct cb_labeller *labeller, const uint32_t *features, size_t count,
                       float *scores)
{
    for (unsigned l = 0; l < CB_LABELS_MAX; l++)
        scores[l] = 0;
    for (size_t from = 0; from < count; from += FEATURES_AT_ONCE) {
        const int8_t *rows[FEATURES_AT_ONCE];
        int16_t sums[CB_LABELS_MAX];
        size_t now = count - from < FEATURES_AT_ONCE ? count - from : FEATURES_AT_ONCE;
        add_rows(rows, find_rows(labeller, features + from, now, rows), sums);
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

/* exp of one row, the largest made 1 so that nothing overflows. */
static void exponentials(const float *scores, unsigned n, float *out)
{
    float top = scores[0];
    for (unsigned l = 1; l < n; l++)
        top = fmaxf(top, scores[l]);
    for (unsigned l = 0; l < n; l++)
        out[l] = expf(scores[l] - top);
}

static void normalise(float *row, unsigned n)
{
    float sum = 0;
    for (unsigned l = 0; l < n; l++)
        sum += row[l];
    for (unsigned l = 0; l < n; l++)
        row[l] = sum > 0 ? row[l] / sum : 1.0F / (float)n;
}

static void backward(float factors[CB_LABELS_MAX][CB_LABELS_MAX], const float (*scores)[CB_LABELS_MAX],
                     size_t count, unsigned n, float (*out)[CB_LABELS_MAX])
{
    float beta[CB_LABELS_MAX], next[CB_LABELS_MAX], here[CB_LABELS_MAX];
    for (unsigned l = 0; l < n; l++)
        beta[l] = 1;
    for (size_t i = count; i-- > 0;) {
        for (unsigned l = 0; l < n; l++)
            out[i][l] *= beta[l];
        normalise(out[i], n);
        exponentials(scores[i], n, here);
        for (unsigned k = 0; k < n; k++) {
            next[k] = 0;
            for (unsigned l = 0; l < n; l++)
                next[k] += factors[k][l] * here[l] * beta[l];
        }
        normalise(next, n);
        memcpy(beta, next, sizeof beta);
    }
}

void cb_labeller_marginals(const struct cb_labeller *labeller, const float (*scores)[CB_LABELS_MAX],
                           size_t count, float (*out)[CB_LABELS_MAX])
{
    unsigned n = labeller->labels;
    float factors[CB_LABELS_MAX][CB_LABELS_MAX], here[CB_LABELS_MAX];
    for (unsigned k = 0; k < n; k++) {
        for (unsigned l = 0; l < n; l++)
            factors[k][l] = expf(labeller->transitions[k][l]);
    }
    for (size_t i = 0; i < count; i++) {
        exponentials(scores[i], n, here);
        for (unsigned l = 0; l < n; l++) {
            float sum = i == 0 ? expf(labeller->start[l]) : 0;
            for (unsigned k = 0; i > 0 && k < n; k++)
                sum += out[i - 1][k] * factors[k][l];
            out[i][l] = sum * here[l];
        }
        normalise(out[i], n);
    }
    if (count > 0)
        backward(factors, scores, count, n, out);
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
