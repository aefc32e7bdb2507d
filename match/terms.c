#include "match/terms.h"

#include "match/matcher.h"
#include "match/words.h"
#include "text/unicode.h"

#include <stdlib.h>
#include <string.h>

static int by_key(const void *a, const void *b)
{
    const struct cb_word *const *x = a, *const *y = b;
    return ((*x)->stem > (*y)->stem) - ((*x)->stem < (*y)->stem);
}

static enum cb_code collect_terms(struct cb_profile *p, struct cb_arena *arena, struct cb_err *err)
{
    size_t count = p->word_count;
    const struct cb_word **sorted = cb_arena_array(arena, count + 1, sizeof *sorted);
    int32_t *terms = cb_arena_array(arena, count + 1, sizeof *terms);
    float *weights = cb_arena_array(arena, count + 1, sizeof *weights);
    if (sorted == NULL || terms == NULL || weights == NULL) {
        return cb_no_memory(err);
    }
    size_t content = 0;
    for (size_t i = 0; i < count; i++) {
        const struct cb_word *word = &p->words[i];
        p->folded = p->folded * 31 + (uint32_t)word->whole;
        if (!(word->flags & CB_WORD_STOP)) {
            sorted[content++] = word;
        }
    }
    qsort(sorted, content, sizeof *sorted, by_key);
    for (size_t i = 0; i < content; i++) {
        if (p->term_count == 0 || terms[p->term_count - 1] != sorted[i]->stem) {
            terms[p->term_count] = sorted[i]->stem;
            weights[p->term_count++] = sorted[i]->weight;
            p->weight += (double)sorted[i]->weight;
        }
    }
    p->terms = terms;
    p->weights = weights;
    return CB_OK;
}

/* Numbers below 2^24, by their bytes, the lowest first (LSD radix sort); `spare` is as long. */
static void sort_numbers(uint32_t *numbers, uint32_t *spare, size_t count)
{
    uint32_t *from = numbers, *to = spare;
    for (int shift = 0; shift < 24; shift += 8) {
        size_t places[257] = {0};
        for (size_t i = 0; i < count; i++)
            places[(from[i] >> shift & 255) + 1]++;
        for (int byte = 0; byte < 256; byte++)
            places[byte + 1] += places[byte];
        for (size_t i = 0; i < count; i++)
            to[places[from[i] >> shift & 255]++] = from[i];
        uint32_t *t = from;
        from = to;
        to = t;
    }
    memcpy(numbers, from, count * sizeof *numbers); /* after three rounds the result lies in `spare` */
}

/* Three bytes at a time over the folded stems and function words, with blanks between. */
static enum cb_code collect_trigrams(struct cb_profile *p, struct cb_arena *arena, struct cb_err *err)
{
    size_t count = p->word_count;
    size_t len = 2;
    for (size_t i = 0; i < count; i++) {
        len += strlen(p->words[i].text) + 1;
    }
    uint32_t *trigrams = cb_arena_array(arena, len, sizeof *trigrams);
    uint32_t *spare = cb_arena_array(arena, len, sizeof *spare);
    if (trigrams == NULL || spare == NULL)
        return cb_no_memory(err);
    uint32_t window = ' ';
    size_t n = 0, unique = 0;
    for (size_t i = 0; i < count; i++) {
        for (const char *c = p->words[i].text;; c++) {
            window = ((window << 8) | (unsigned char)(*c == '\0' ? ' ' : *c)) & 0xFFFFFFU;
            if (window > 0xFFFFU) {
                trigrams[n++] = window;
            }
            if (*c == '\0') {
                break;
            }
        }
    }
    sort_numbers(trigrams, spare, n);
    for (size_t i = 0; i < n; i++) {
        if (unique == 0 || trigrams[unique - 1] != trigrams[i]) {
            trigrams[unique++] = trigrams[i];
        }
    }
    p->trigrams = trigrams;
    p->trigram_count = unique;
    return CB_OK;
}

enum cb_code cb_profile_make(struct cb_matcher *matcher, const char *text, size_t len, const char *published,
                             struct cb_arena *arena, const struct cb_profile **out, struct cb_err *err)
{
    *out = NULL;
    if (len > CB_CLAIM_TEXT_MAX) {
        return cb_fail(err, CB_LIMIT, "a claim of %zu bytes is longer than %d", len, CB_CLAIM_TEXT_MAX);
    }
    size_t bad = cb_utf8_valid_until(text, len);
    if (bad != len) {
        return cb_fail(err, CB_INPUT, "the claim is not valid UTF-8 at byte %zu", bad);
    }
    struct cb_profile *profile = cb_arena_alloc(arena, sizeof *profile);
    struct cb_token *tokens = NULL;
    size_t count = 0;
    if (profile == NULL) {
        return cb_no_memory(err);
    }
    enum cb_code code = cb_tokenize(text, (struct cb_span){0, (uint32_t)len}, arena, &tokens, &count, err);
    if (code == CB_OK) {
        code = cb_quantities_find(text, tokens, count, published, arena, &profile->quantities,
                                  &profile->quantity_count, err);
    }
    if (code != CB_OK) {
        return code;
    }
    profile->text = text;
    profile->len = len;
    profile->question = len > 0 && text[len - 1] == '?';
    code = cb_words_make(matcher, tokens, count, arena, profile, err);
    if (code == CB_OK) {
        code = collect_terms(profile, arena, err);
    }
    if (code == CB_OK) {
        code = collect_trigrams(profile, arena, err);
    }
    if (code == CB_OK) {
        *out = profile;
    }
    return code;
}

enum cb_code cb_stem_hash(struct cb_matcher *matcher, const char *word, size_t len, int32_t *out,
                          struct cb_err *err)
{
    cb_buffer_clear(&matcher->fold);
    enum cb_code code = cb_fold(word, len, &matcher->fold, err);
    if (code != CB_OK) {
        return code;
    }
    size_t stem_len;
    const char *stem = cb_stem(matcher, cb_buffer_text(&matcher->fold), matcher->fold.len, &stem_len);
    *out = cb_hash32(stem, stem_len);
    return CB_OK;
}
