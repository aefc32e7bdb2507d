#include "text/grammar.h"

#include "text/role_words.h"
#include "text/word_list.h"

#include <string.h>

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

bool cb_token_is(const struct cb_reading *r, uint32_t i, const char *word)
{
    const char *text = cb_token_text(r, i);
    uint32_t len = cb_token_len(r, i), k = 0;
    while (k < len && word[k] != '\0' && lower(text[k]) == word[k])
        k++;
    return k == len && word[k] == '\0';
}

/* Called for nearly every token of a text with a dozen lists: written so that a list is passed over once,
 * from one occurrence of the token's first letter to the next. */
bool cb_token_is_one(const struct cb_reading *r, uint32_t i, const char *words)
{
    static const char curly[] = "\xE2\x80\x99"; /* ’ counts as ' */
    const char *text = cb_token_text(r, i);
    uint32_t len = cb_token_len(r, i);
    char folded[CB_LIST_WORD_MAX];
    if (len > 2 && memcmp(text, curly, 3) == 0) {
        if (!cb_word_fold(text, len, folded))
            return false;
        text = folded;
        len -= 2;
    }
    char first = lower(text[0]);
    const char *at = first != '\0' ? strchr(words, first) : NULL;
    for (; at != NULL; at = strchr(at + 1, first)) {
        if (at != words && at[-1] != '|')
            continue;
        uint32_t k = 1;
        while (k < len && lower(text[k]) == at[k])
            k++;
        if (k == len && (at[k] == '|' || at[k] == '\0'))
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
    unsigned most = 0, lower = 0, upper = 0;
    for (uint32_t i = range.start; i < range.end; i++)
        most += r->tokens[i].kind == CB_TOKEN_WORD && (r->tokens[i].flags & CB_TOKEN_UPPER) != 0;
    /* one word in eight may be in lower case: most sentences are told by their first ones */
    for (uint32_t i = range.start; i < range.end && lower * 7 <= most; i++) {
        if (r->tokens[i].kind != CB_TOKEN_WORD || cb_token_len(r, i) < 3 ||
            cb_is_function_word(cb_token_text(r, i), cb_token_len(r, i)))
            continue;
        bool is_upper = (r->tokens[i].flags & CB_TOKEN_UPPER) != 0;
        upper += is_upper;
        lower += !is_upper;
    }
    return upper + lower >= 4 && upper >= lower * 7;
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
