#include "text/grammar.h"

#include "text/word_list.h"

#include <string.h>

bool cb_token_is(const struct cb_reading *r, uint32_t i, const char *word)
{
    size_t len = strlen(word);
    if (cb_token_len(r, i) != len)
        return false;
    const char *text = cb_token_text(r, i);
    for (size_t k = 0; k < len; k++) {
        char c = text[k];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (c != word[k])
            return false;
    }
    return true;
}

bool cb_token_is_one(const struct cb_reading *r, uint32_t i, const char *words)
{
    char folded[CB_LIST_WORD_MAX];
    if (!cb_word_fold(cb_token_text(r, i), cb_token_len(r, i), folded))
        return false;
    size_t len = strlen(folded);
    for (const char *at = words; at != NULL; at = strchr(at, '|')) {
        if (*at == '|')
            at++;
        if (strncmp(at, folded, len) == 0 && (at[len] == '|' || at[len] == '\0'))
            return true;
    }
    return false;
}

bool cb_token_is_char(const struct cb_reading *r, uint32_t i, char c)
{
    return cb_token_len(r, i) == 1 && *cb_token_text(r, i) == c;
}

bool cb_token_is_quote(const struct cb_reading *r, uint32_t i)
{
    return r->tokens[i].kind == CB_TOKEN_QUOTE_OPEN || r->tokens[i].kind == CB_TOKEN_QUOTE_CLOSE;
}

bool cb_token_is_word(const struct cb_reading *r, uint32_t i)
{
    return r->tokens[i].kind == CB_TOKEN_WORD || r->tokens[i].kind == CB_TOKEN_NUMBER;
}

bool cb_token_is_possessive(const struct cb_reading *r, uint32_t i)
{
    return cb_token_is_one(r, i, "'s|'") && (r->tokens[i].flags & CB_TOKEN_SPACE_BEFORE) == 0;
}

bool cb_token_is_finite(const struct cb_reading *r, uint32_t i)
{
    uint8_t tag = r->nodes[i].tag;
    return tag == CB_TAG_VBD || tag == CB_TAG_VBZ || tag == CB_TAG_VBP || tag == CB_TAG_MD;
}

struct cb_token_range cb_sentence_tokens(const struct cb_reading *r, uint32_t sentence)
{
    return (struct cb_token_range){r->first_token[sentence], r->first_token[sentence + 1]};
}

/* First token of [low, high) that ends behind `at`. */
static uint32_t token_at(const struct cb_reading *r, uint32_t low, uint32_t high, uint32_t at)
{
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (r->tokens[middle].span.end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct cb_token_range cb_span_tokens(const struct cb_reading *r, uint32_t sentence, struct cb_span span)
{
    struct cb_token_range all = cb_sentence_tokens(r, sentence), found;
    found.start = token_at(r, all.start, all.end, span.start);
    found.end = token_at(r, found.start, all.end, span.end);
    /* a token that reaches into the span's end belongs to it */
    if (found.end < all.end && r->tokens[found.end].span.start < span.end)
        found.end++;
    return found;
}

uint32_t cb_sentence_at(const struct cb_sentence *sentences, size_t count, uint32_t at)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sentences[middle].span.end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)low;
}

bool cb_is_title_case(const struct cb_reading *r, struct cb_token_range range)
{
    unsigned words = 0, upper = 0;
    for (uint32_t i = range.start; i < range.end; i++) {
        if (r->tokens[i].kind != CB_TOKEN_WORD || cb_token_len(r, i) < 4)
            continue;
        words++;
        upper += (r->tokens[i].flags & CB_TOKEN_UPPER) != 0;
    }
    return words >= 3 && upper * 4 >= words * 3;
}

struct cb_token_range cb_range_trim(const struct cb_reading *r, struct cb_token_range range)
{
    while (range.start < range.end && !cb_token_is_word(r, range.start) &&
           r->tokens[range.start].kind != CB_TOKEN_SYMBOL && r->tokens[range.start].kind != CB_TOKEN_URL)
        range.start++;
    while (range.end > range.start && !cb_token_is_word(r, range.end - 1) &&
           r->tokens[range.end - 1].kind != CB_TOKEN_SYMBOL && r->tokens[range.end - 1].kind != CB_TOKEN_URL)
        range.end--;
    return range;
}
