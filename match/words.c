#include "match/words.h"

#include "text/unicode.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 20000, NUMBER_SIZE = 40 };

/* A number in a claim tells as much as a fairly rare word. */
#define NUMBER_WEIGHT 8.0F
/* Of a stem that no table has: a name, mostly. */
#define UNKNOWN_WEIGHT 12.5F

struct builder {
    struct cb_matcher *matcher;
    struct cb_arena *arena;
    struct cb_profile *profile;
    struct cb_word *words;
    size_t count, max;
    size_t words_seen, capitals_seen;
    unsigned pending; /* flags for the next word */
};

static float weight_of(const struct cb_term_entry *entry)
{
    return entry == NULL ? UNKNOWN_WEIGHT : (float)entry->weight / 100.0F;
}

float cb_term_weight(const struct cb_matcher *matcher, int32_t stem)
{
    (void)matcher;
    return weight_of(cb_term_find(stem));
}

/* "f.t.c.", "o'neill", "inc." are written with and without. Numbers keep their points. */
static size_t drop_marks(char *word, size_t len)
{
    size_t kept = 0, letters = 0;
    for (size_t i = 0; i < len; i++)
        letters += (unsigned char)word[i] >= 128 || (word[i] >= 'a' && word[i] <= 'z');
    for (size_t i = 0; i < len; i++) {
        bool mark = word[i] == '.' || (word[i] == '\'' && i > 0 && letters > 2 && kept + 3 < len);
        if (!mark || letters < 2)
            word[kept++] = word[i];
    }
    return kept;
}

static void put(struct builder *b, const char *folded, size_t len, unsigned flags, struct cb_span span)
{
    if (b->count == b->max || len == 0)
        return;
    size_t stem_len = len;
    const char *stem = flags & CB_WORD_NUMBER ? folded : cb_stem(b->matcher, folded, len, &stem_len);
    struct cb_word *word = &b->words[b->count];
    word->whole = cb_hash32(folded, len);
    word->stem = cb_hash32(stem, stem_len);
    word->entry = flags & CB_WORD_NUMBER ? NULL : cb_term_find(word->stem);
    word->weight = flags & CB_WORD_NUMBER ? NUMBER_WEIGHT : weight_of(word->entry);
    word->flags = (flags | b->pending | cb_word_flags(b->matcher, word->whole));
    if ((word->entry != NULL && word->entry->opposed) || cb_stem_opposed(b->matcher, word->stem))
        word->flags |= CB_WORD_OPPOSED;
    word->span = span;
    word->text = cb_arena_copy(b->arena, stem, stem_len);
    b->pending = 0;
    if (word->text != NULL)
        b->count++;
}

static void put_number(struct builder *b, double value, bool share, struct cb_span span)
{
    char number[NUMBER_SIZE];
    int len = snprintf(number, sizeof number, share ? "#%.4gs" : "#%.7g", value);
    put(b, number, (size_t)len, CB_WORD_NUMBER, span);
}

/* "8,000", "22nd", "3.5": digits with separators and an ending. A figure that is no plain number stays a
 * word. */
static void put_figure(struct builder *b, const char *text, size_t len, struct cb_span span)
{
    char digits[NUMBER_SIZE];
    size_t n = 0, i = 0;
    for (; i < len && n + 1 < sizeof digits && (strchr("0123456789.,", text[i]) != NULL); i++) {
        if (text[i] != ',')
            digits[n++] = text[i];
    }
    digits[n] = '\0';
    char *end;
    double value = strtod(digits, &end);
    bool ordinal = len - i == 2 && strchr("snrt", text[i]) != NULL;
    if (n == 0 || *end != '\0' || (i < len && !ordinal))
        put(b, text, len, 0, span);
    else
        put_number(b, value, false, span);
}

/* ASCII, which is most words, needs no Unicode tables. */
static const char *fold(struct builder *b, struct cb_span span, size_t *len, struct cb_err *err)
{
    struct cb_buffer *buffer = &b->matcher->fold;
    const char *text = b->profile->text + span.start;
    size_t count = span.end - span.start, i = 0;
    cb_buffer_clear(buffer);
    char *room = cb_buffer_room(buffer, count);
    if (room == NULL) {
        (void)cb_no_memory(err);
        return NULL;
    }
    for (; i < count && (unsigned char)text[i] < 128; i++)
        room[i] = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] + ('a' - 'A')) : text[i];
    if (i == count) {
        room[count] = '\0';
        buffer->len += count;
    } else if (cb_fold(text, count, buffer, err) != CB_OK) {
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
    if (text[at] != '#' && text[at] != '@')
        return CB_OK;
    at++;
    while (at < span.end) {
        size_t end = at + 1, len;
        while (end < span.end && text[end] != '_' &&
               !(text[end] >= 'A' && text[end] <= 'Z' && text[end - 1] >= 'a' && text[end - 1] <= 'z'))
            end++;
        struct cb_span part = {(uint32_t)at, (uint32_t)end};
        const char *folded = fold(b, part, &len, err);
        if (folded == NULL)
            return CB_NO_MEMORY;
        bool capitals = end - at > 1 && text[at + 1] >= 'A' && text[at + 1] <= 'Z';
        put(b, folded, len, CB_WORD_NAME | CB_WORD_UPPER | (capitals ? CB_WORD_CAPITALS : 0), part);
        at = end < span.end && text[end] == '_' ? end + 1 : end;
    }
    return CB_OK;
}

static unsigned capital_flags(struct builder *b, const struct cb_token *token, bool first)
{
    unsigned flags = 0;
    b->words_seen++;
    if (token->flags & CB_TOKEN_UPPER) {
        b->capitals_seen++;
        flags |= CB_WORD_UPPER | (first ? 0 : CB_WORD_NAME);
    }
    if (token->flags & CB_TOKEN_ALL_CAPS)
        flags |= CB_WORD_CAPITALS | CB_WORD_NAME;
    return flags;
}

static enum cb_code put_token(struct builder *b, const struct cb_token *token, bool first, struct cb_err *err)
{
    size_t len;
    if (token->kind == CB_TOKEN_URL)
        return put_tag(b, token->span, err);
    const char *folded = fold(b, token->span, &len, err);
    if (folded == NULL)
        return CB_NO_MEMORY;
    if (token->kind == CB_TOKEN_NUMBER)
        put_figure(b, folded, len, token->span);
    else if (token->kind == CB_TOKEN_SYMBOL && *folded == '%')
        put(b, "percent", strlen("percent"), 0, token->span);
    else if (token->kind == CB_TOKEN_WORD)
        put(b, folded, drop_marks(b->matcher->fold.data, len), capital_flags(b, token, first), token->span);
    else if (*folded != '\0' && strchr(",;:.()[]", *folded) != NULL)
        b->pending |= CB_WORD_CLAUSE;
    return CB_OK;
}

/* Is the number itself, not what is counted: to be replaced by the quantity's value. */
static bool is_figure(struct builder *b, const struct cb_token *token, struct cb_err *err)
{
    size_t len;
    if (token->kind == CB_TOKEN_NUMBER || token->kind == CB_TOKEN_SYMBOL)
        return true;
    const char *folded = token->kind == CB_TOKEN_WORD ? fold(b, token->span, &len, err) : NULL;
    return folded != NULL && (cb_word_flags(b->matcher, cb_hash32(folded, len)) & CB_WORD_SCALE) != 0;
}

static void put_quantity(struct builder *b, const struct cb_quantity *quantity)
{
    bool share = quantity->kind == CB_QUANTITY_SHARE;
    bool low = isfinite(quantity->low), high = isfinite(quantity->high);
    if (low && (quantity->low > 0 || !high || quantity->high <= 0))
        put_number(b, quantity->low, share, quantity->span);
    if (high && (!low || quantity->high > quantity->low))
        put_number(b, quantity->high, share, quantity->span);
}

static bool is_counted(const struct cb_quantity *quantity)
{
    return quantity->kind != CB_QUANTITY_DATE && quantity->kind != CB_QUANTITY_DURATION;
}

static bool opens_sentence(const struct cb_token *token, const char *text, bool first)
{
    char c = text[token->span.start];
    return token->kind == CB_TOKEN_QUOTE_OPEN || (first && token->kind == CB_TOKEN_PUNCT) ||
           (token->kind == CB_TOKEN_PUNCT && (c == '.' || c == '!' || c == '?' || c == ':'));
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
            if (!given)
                put_quantity(b, quantity);
            given = true;
            first = false;
            continue;
        }
        enum cb_code code = put_token(b, token, first, err);
        if (code != CB_OK)
            return code;
        first = opens_sentence(token, p->text, first);
    }
    return CB_OK;
}

/* "Islamic State", "IS" and "ISIL" become one word. */
static void read_aliases(struct builder *b)
{
    size_t kept = 0;
    for (size_t i = 0; i < b->count; kept++) {
        const struct cb_alias *alias = cb_alias_find(&b->matcher->aliases, &b->words[i], b->count - i);
        struct cb_word word = b->words[i];
        size_t used = alias == NULL ? 1 : alias->count;
        if (alias != NULL) {
            word.span.end = b->words[i + used - 1].span.end;
            word.text = alias->name;
            word.stem = cb_hash32(alias->name, strlen(alias->name));
            word.whole = word.stem;
            word.entry = cb_term_find(word.stem);
            word.weight = weight_of(word.entry);
            word.flags = (CB_WORD_NAME | (word.flags & (CB_WORD_CLAUSE | CB_WORD_UPPER)));
        }
        b->words[kept] = word;
        i += used;
    }
    b->count = kept;
}

bool cb_in_date(const struct cb_profile *p, struct cb_span span)
{
    for (size_t i = 0; i < p->quantity_count; i++) {
        const struct cb_quantity *q = &p->quantities[i];
        if (q->kind == CB_QUANTITY_DATE && span.start >= q->span.start && span.end <= q->span.end)
            return true;
    }
    return false;
}

/* Where most words begin with a capital, and at the head of a sentence, only what no dictionary
 * explains is a name. Initials and days of the week are none. */
static void settle_names(struct builder *b)
{
    for (size_t i = 0; i < b->count; i++) {
        struct cb_word *word = &b->words[i];
        bool unknown = word->entry == NULL || word->entry->own == 0;
        bool never = !(word->flags & CB_WORD_UPPER) || (word->flags & (CB_WORD_STOP | CB_WORD_DENIAL)) ||
                     word->text[1] == '\0' || (word->text[1] == '.' && word->text[2] == '\0');
        bool common = b->profile->title_case && !(word->flags & CB_WORD_CAPITALS) && !unknown;
        if (unknown && !never)
            word->flags |= CB_WORD_NAME;
        if (never || common || ((word->flags & CB_WORD_NAME) && cb_in_date(b->profile, word->span)))
            word->flags &= ~(uint32_t)CB_WORD_NAME;
    }
}

enum cb_code cb_words_make(struct cb_matcher *matcher, const struct cb_token *tokens, size_t count,
                           struct cb_arena *arena, struct cb_profile *profile, struct cb_err *err)
{
    struct builder b = {.matcher = matcher, .arena = arena, .profile = profile};
    /* hashtags fall into a few words each, a range is two numbers */
    size_t limit = profile->len + 2 * profile->quantity_count, guess = 3 * count + 16;
    b.max = limit < guess ? limit : guess;
    b.max = b.max < WORDS_MAX ? b.max : WORDS_MAX;
    b.words = cb_arena_array(arena, b.max + 1, sizeof *b.words);
    if (b.words == NULL)
        return cb_no_memory(err);
    enum cb_code code = put_words(&b, tokens, count, err);
    if (code != CB_OK)
        return code;
    profile->title_case = b.words_seen > 2 && 10 * b.capitals_seen > 7 * b.words_seen;
    read_aliases(&b);
    settle_names(&b);
    profile->words = b.words;
    profile->word_count = b.count;
    cb_polarity_mark(profile, b.words);
    return CB_OK;
}
