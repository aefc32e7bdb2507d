#include "match/minhash.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* splitmix64's finisher: spreads a hash over all bits. */
static uint64_t mix(uint64_t x)
{
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

/* Bytes above ASCII are parts of letters. */
static bool is_word_byte(unsigned char c)
{
    return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The hash of the next word at or after *at, before `end`; false when there is none. Curly quotes and dashes
 * (U+2010 to U+201F) part words like their plain forms do. */
static bool next_word(const char *text, size_t end, size_t *at, uint64_t *hash)
{
    uint64_t h = UINT64_C(14695981039346656037);
    size_t i = *at, n = 0;
    for (; i < end; i++) {
        unsigned char c = (unsigned char)text[i];
        bool quote = c == 0xE2 && i + 2 < end && (unsigned char)text[i + 1] == 0x80 &&
                     (unsigned char)text[i + 2] >= 0x90 && (unsigned char)text[i + 2] <= 0x9F;
        if (quote || !is_word_byte(c)) {
            i += quote ? 2 : 0;
            if (n > 0)
                break;
            continue;
        }
        c = c >= 'A' && c <= 'Z' ? (unsigned char)(c - 'A' + 'a') : c;
        h = (h ^ c) * UINT64_C(1099511628211);
        n++;
    }
    *at = i;
    *hash = mix(h);
    return n > 0;
}

struct words {
    uint64_t *items;
    size_t count;
};

static enum cb_code split(const char *text, size_t len, struct cb_arena *arena, struct words *out,
                          struct cb_err *err)
{
    size_t at = 0;
    out->count = 0;
    out->items = cb_arena_array(arena, len / 2 + 2, sizeof *out->items);
    if (out->items == NULL)
        return cb_fail(err, CB_LIMIT, "a text is too long to be compared word by word");
    while (out->count < len / 2 + 2 && next_word(text, len, &at, &out->items[out->count]))
        out->count++;
    return CB_OK;
}

/* The hash of `count` words from words[0] on. */
static uint64_t run_hash(const uint64_t *words, size_t count)
{
    uint64_t h = count;
    for (size_t i = 0; i < count; i++)
        h = mix(h ^ words[i]) + i;
    return h;
}

/* ------------------------------------------------------------------ sketch */

static void sketch_paragraph(const struct words *words, uint64_t least[CB_SKETCH_HASHES])
{
    memset(least, 0xFF, CB_SKETCH_HASHES * sizeof *least);
    for (size_t i = 0; i + CB_SKETCH_SHINGLE <= words->count; i++) {
        uint64_t shingle = run_hash(words->items + i, CB_SKETCH_SHINGLE);
        for (uint64_t k = 0; k < CB_SKETCH_HASHES; k++) {
            uint64_t h = mix(shingle + k * UINT64_C(0x9e3779b97f4a7c15));
            if (h < least[k])
                least[k] = h;
        }
    }
}

static int by_number(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static size_t sort_unique(int64_t *items, size_t count)
{
    size_t unique = 0;
    if (count > 1)
        qsort(items, count, sizeof *items, by_number);
    for (size_t i = 0; i < count; i++)
        if (unique == 0 || items[unique - 1] != items[i])
            items[unique++] = items[i];
    return unique;
}

enum cb_code cb_sketch_make(const char *text, size_t len, struct cb_arena *arena, struct cb_sketch *out,
                            struct cb_err *err)
{
    enum { BANDS = CB_SKETCH_HASHES / CB_SKETCH_BAND };
    int64_t *bands = cb_arena_array(arena, (size_t)CB_SKETCH_PARAGRAPHS_MAX * BANDS, sizeof *bands);
    size_t count = 0;
    *out = (struct cb_sketch){0};
    if (bands == NULL)
        return cb_no_memory(err);
    for (size_t at = 0; at < len && out->paragraphs < CB_SKETCH_PARAGRAPHS_MAX;) {
        const char *line_end = memchr(text + at, '\n', len - at);
        size_t end = line_end == NULL ? len : (size_t)(line_end - text);
        struct words words;
        enum cb_code code = split(text + at, end - at, arena, &words, err);
        if (code != CB_OK)
            return code;
        at = end + 1;
        if (words.count < CB_PARAGRAPH_WORDS)
            continue;
        uint64_t least[CB_SKETCH_HASHES];
        sketch_paragraph(&words, least);
        for (size_t band = 0; band < BANDS; band++) {
            uint64_t h = run_hash(least + band * CB_SKETCH_BAND, CB_SKETCH_BAND) + mix(band + 1);
            memcpy(&bands[count++], &h, sizeof h);
        }
        out->paragraphs++;
    }
    out->bands = bands;
    out->band_count = sort_unique(bands, count);
    return CB_OK;
}

/* ------------------------------------------------------------------ runs */

static enum cb_code runs_of(const struct words *words, struct cb_arena *arena, int64_t **out, size_t *count,
                            struct cb_err *err)
{
    size_t runs = words->count < CB_RUN_WORDS ? 0 : words->count - CB_RUN_WORDS + 1;
    *out = cb_arena_array(arena, runs + 1, sizeof **out);
    if (*out == NULL)
        return cb_no_memory(err);
    for (size_t i = 0; i < runs; i++) {
        uint64_t h = run_hash(words->items + i, CB_RUN_WORDS);
        memcpy(&(*out)[i], &h, sizeof h);
    }
    *count = sort_unique(*out, runs);
    return CB_OK;
}

static double covered(const struct words *words, const int64_t *runs, size_t run_count)
{
    size_t inside = 0, until = 0;
    for (size_t i = 0; i < words->count; i++) {
        if (i + CB_RUN_WORDS <= words->count) {
            uint64_t h = run_hash(words->items + i, CB_RUN_WORDS);
            int64_t key;
            memcpy(&key, &h, sizeof key);
            if (bsearch(&key, runs, run_count, sizeof *runs, by_number) != NULL)
                until = i + CB_RUN_WORDS;
        }
        inside += i < until;
    }
    return words->count > 0 ? (double)inside / (double)words->count : 0.0;
}

enum cb_code cb_shared_runs(const char *a, size_t a_len, const char *b, size_t b_len, struct cb_arena *arena,
                            double *share_of_a, double *share_of_b, struct cb_err *err)
{
    struct words x, y;
    int64_t *runs_x = NULL, *runs_y = NULL;
    size_t count_x = 0, count_y = 0;
    *share_of_a = *share_of_b = 0;
    enum cb_code code = split(a, a_len, arena, &x, err);
    if (code == CB_OK)
        code = split(b, b_len, arena, &y, err);
    if (code == CB_OK)
        code = runs_of(&x, arena, &runs_x, &count_x, err);
    if (code == CB_OK)
        code = runs_of(&y, arena, &runs_y, &count_y, err);
    if (code != CB_OK)
        return code;
    *share_of_a = covered(&x, runs_y, count_y);
    *share_of_b = covered(&y, runs_x, count_x);
    if (x.count > 0 && x.count == y.count && memcmp(x.items, y.items, x.count * sizeof *x.items) == 0)
        *share_of_a = *share_of_b = 1.0;
    return CB_OK;
}
