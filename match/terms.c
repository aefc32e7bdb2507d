#include "match/terms.h"

#include "match/matcher.h"
#include "text/unicode.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 20000, NUMBER_SIZE = 40 };

/* A number in a claim tells as much as a fairly rare word. */
#define NUMBER_WEIGHT 7.0F

struct builder {
    struct cb_matcher *matcher;
    struct cb_arena *arena;
    struct cb_profile *profile;
    struct cb_word *words;
    size_t count, max;
    size_t words_seen, capitals_seen;
};

static void put(struct builder *b, const char *folded, size_t len, unsigned flags, struct cb_span span)
{
    if (b->count == b->max || len == 0) {
        return;
    }
    size_t stem_len;
    const char *stem = flags & CB_WORD_NUMBER ? folded : cb_stem(b->matcher, folded, len, &stem_len);
    if (flags & CB_WORD_NUMBER) {
        stem_len = len;
    }
    struct cb_word *word = &b->words[b->count];
    word->whole = cb_hash32(folded, len);
    word->stem = cb_hash32(stem, stem_len);
    word->weight = flags & CB_WORD_NUMBER ? NUMBER_WEIGHT : cb_term_weight(b->matcher, word->stem);
    word->flags = (uint16_t)(flags | cb_word_flags(b->matcher, word->whole));
    word->span = span;
    word->text = cb_arena_copy(b->arena, stem, stem_len);
    if (word->text != NULL) {
        b->count++;
    }
}

static void put_number(struct builder *b, double value, bool share, struct cb_span span)
{
    char number[NUMBER_SIZE];
    int len = snprintf(number, sizeof number, share ? "#%.4gs" : "#%.7g", value);
    put(b, number, (size_t)len, CB_WORD_NUMBER, span);
}

/* "8,000", "22nd", "3.5": digits with separators and an ending. A figure that is no plain number stays a word. */
static void put_figure(struct builder *b, const char *text, size_t len, struct cb_span span)
{
    char digits[NUMBER_SIZE];
    size_t n = 0, i = 0;
    for (; i < len && n + 1 < sizeof digits && (strchr("0123456789.,", text[i]) != NULL); i++) {
        if (text[i] != ',') {
            digits[n++] = text[i];
        }
    }
    digits[n] = '\0';
    char *end;
    double value = strtod(digits, &end);
    bool ordinal = len - i == 2 && strchr("snrt", text[i]) != NULL;
    if (n == 0 || *end != '\0' || (i < len && !ordinal)) {
        put(b, text, len, 0, span);
    } else {
        put_number(b, value, false, span);
    }
}

static const char *fold(struct builder *b, struct cb_span span, size_t *len, struct cb_err *err)
{
    struct cb_buffer *buffer = &b->matcher->fold;
    cb_buffer_clear(buffer);
    if (cb_fold(b->profile->text + span.start, span.end - span.start, buffer, err) != CB_OK) {
        return NULL;
    }
    *len = buffer->len;
    return cb_buffer_text(buffer);
}

/* "#IslamicState", "@JohnKerry", "fake_news": the words inside. Addresses tell nothing. */
static enum cb_code put_tag(struct builder *b, struct cb_span span, struct cb_err *err)
{
    const char *text = b->profile->text;
    size_t at = span.start;
    if (text[at] != '#' && text[at] != '@') {
        return CB_OK;
    }
    at++;
    while (at < span.end) {
        size_t end = at + 1;
        while (end < span.end && text[end] != '_' &&
               !(text[end] >= 'A' && text[end] <= 'Z' && text[end - 1] >= 'a' && text[end - 1] <= 'z')) {
            end++;
        }
        struct cb_span part = {(uint32_t)at, (uint32_t)end};
        size_t len;
        const char *folded = fold(b, part, &len, err);
        if (folded == NULL) {
            return CB_NO_MEMORY;
        }
        put(b, folded, len, CB_WORD_NAME, part);
        at = end < span.end && text[end] == '_' ? end + 1 : end;
    }
    return CB_OK;
}

static enum cb_code put_token(struct builder *b, const struct cb_token *token, bool first, struct cb_err *err)
{
    size_t len;
    if (token->kind == CB_TOKEN_URL) {
        return put_tag(b, token->span, err);
    }
    const char *folded = fold(b, token->span, &len, err);
    if (folded == NULL) {
        return CB_NO_MEMORY;
    }
    if (token->kind == CB_TOKEN_NUMBER) {
        put_figure(b, folded, len, token->span);
        return CB_OK;
    }
    if (token->kind == CB_TOKEN_SYMBOL && *folded == '%') {
        put(b, "percent", strlen("percent"), 0, token->span);
        return CB_OK;
    }
    if (token->kind != CB_TOKEN_WORD) {
        return CB_OK;
    }
    b->words_seen++;
    unsigned flags = first ? CB_WORD_FIRST : 0;
    if (token->flags & CB_TOKEN_UPPER) {
        b->capitals_seen++;
        flags |= !first || (token->flags & CB_TOKEN_ALL_CAPS) ? CB_WORD_NAME : 0;
    }
    put(b, folded, len, flags, token->span);
    return CB_OK;
}

/* Is the number itself, not what is counted: to be replaced by the quantity's value. */
static bool is_figure(struct builder *b, const struct cb_token *token, struct cb_err *err)
{
    size_t len;
    if (token->kind == CB_TOKEN_NUMBER || (token->kind == CB_TOKEN_SYMBOL)) {
        return true;
    }
    const char *folded = token->kind == CB_TOKEN_WORD ? fold(b, token->span, &len, err) : NULL;
    return folded != NULL && (cb_word_flags(b->matcher, cb_hash32(folded, len)) & CB_WORD_SCALE) != 0;
}

static void put_quantity(struct builder *b, const struct cb_quantity *quantity)
{
    bool share = quantity->kind == CB_QUANTITY_SHARE;
    bool low = isfinite(quantity->low), high = isfinite(quantity->high);
    if (low && (quantity->low > 0 || !high || quantity->high <= 0)) {
        put_number(b, quantity->low, share, quantity->span);
    }
    if (high && (!low || quantity->high > quantity->low)) {
        put_number(b, quantity->high, share, quantity->span);
    }
}

static bool is_counted(const struct cb_quantity *quantity)
{
    return quantity->kind != CB_QUANTITY_DATE && quantity->kind != CB_QUANTITY_DURATION;
}

static enum cb_code put_words(struct builder *b, const struct cb_token *tokens, size_t count,
                              struct cb_err *err)
{
    const struct cb_profile *p = b->profile;
    size_t next = 0;
    bool first = true, given = false;
    for (size_t i = 0; i < count; i++) {
        const struct cb_token *token = &tokens[i];
        while (next < p->quantity_count && p->quantities[next].span.end <= token->span.start) {
            next++;
            given = false;
        }
        const struct cb_quantity *quantity = next < p->quantity_count ? &p->quantities[next] : NULL;
        if (quantity != NULL && is_counted(quantity) && token->span.start >= quantity->span.start &&
            is_figure(b, token, err)) {
            if (!given) {
                put_quantity(b, quantity);
                given = true;
            }
            first = false;
            continue;
        }
        enum cb_code code = put_token(b, token, first, err);
        if (code != CB_OK) {
            return code;
        }
        char c = p->text[token->span.start];
        first = token->kind == CB_TOKEN_QUOTE_OPEN || (first && token->kind == CB_TOKEN_PUNCT) ||
                (token->kind == CB_TOKEN_PUNCT && (c == '.' || c == '!' || c == '?' || c == ':'));
    }
    return CB_OK;
}

static int by_key(const void *a, const void *b)
{
    const struct cb_word *const *x = a, *const *y = b;
    return ((*x)->stem > (*y)->stem) - ((*x)->stem < (*y)->stem);
}

static enum cb_code collect_terms(struct builder *b, struct cb_err *err)
{
    struct cb_profile *p = b->profile;
    const struct cb_word **sorted = cb_arena_array(b->arena, b->count + 1, sizeof *sorted);
    int32_t *terms = cb_arena_array(b->arena, b->count + 1, sizeof *terms);
    float *weights = cb_arena_array(b->arena, b->count + 1, sizeof *weights);
    if (sorted == NULL || terms == NULL || weights == NULL) {
        return cb_no_memory(err);
    }
    size_t content = 0;
    for (size_t i = 0; i < b->count; i++) {
        const struct cb_word *word = &b->words[i];
        p->negations += (word->flags & CB_WORD_NEGATION) != 0;
        p->denials += (word->flags & CB_WORD_DENIAL) != 0;
        p->hedges += (word->flags & CB_WORD_HEDGE) != 0;
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

static int by_number(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Three bytes at a time over the folded stems and function words, with blanks between. */
static enum cb_code collect_trigrams(struct builder *b, struct cb_err *err)
{
    size_t len = 2;
    for (size_t i = 0; i < b->count; i++) {
        len += strlen(b->words[i].text) + 1;
    }
    uint32_t *trigrams = cb_arena_array(b->arena, len, sizeof *trigrams);
    if (trigrams == NULL) {
        return cb_no_memory(err);
    }
    uint32_t window = ' ';
    size_t n = 0, unique = 0;
    for (size_t i = 0; i < b->count; i++) {
        for (const char *c = b->words[i].text;; c++) {
            window = ((window << 8) | (unsigned char)(*c == '\0' ? ' ' : *c)) & 0xFFFFFFU;
            if (window > 0xFFFFU) {
                trigrams[n++] = window;
            }
            if (*c == '\0') {
                break;
            }
        }
    }
    qsort(trigrams, n, sizeof *trigrams, by_number);
    for (size_t i = 0; i < n; i++) {
        if (unique == 0 || trigrams[unique - 1] != trigrams[i]) {
            trigrams[unique++] = trigrams[i];
        }
    }
    b->profile->trigrams = trigrams;
    b->profile->trigram_count = unique;
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
    enum cb_code code =
        cb_tokenize(text, (struct cb_span){0, (uint32_t)len}, arena, &tokens, &count, err);
    if (code == CB_OK) {
        code = cb_quantities_find(text, tokens, count, published, arena, &profile->quantities,
                                  &profile->quantity_count, err);
    }
    if (code != CB_OK) {
        return code;
    }
    profile->text = text;
    profile->len = len;
    struct builder b = {.matcher = matcher, .arena = arena, .profile = profile};
    b.max = len + 2 * profile->quantity_count < WORDS_MAX ? len + 2 * profile->quantity_count : WORDS_MAX;
    if (b.max > 3 * count + 16) {
        b.max = 3 * count + 16; /* hashtags fall into a few words each */
    }
    b.words = cb_arena_array(arena, b.max + 1, sizeof *b.words);
    if (b.words == NULL) {
        return cb_no_memory(err);
    }
    code = put_words(&b, tokens, count, err);
    profile->words = b.words;
    profile->word_count = b.count;
    profile->title_case = b.words_seen > 2 && 10 * b.capitals_seen > 7 * b.words_seen;
    if (code == CB_OK) {
        code = collect_terms(&b, err);
    }
    if (code == CB_OK) {
        code = collect_trigrams(&b, err);
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
