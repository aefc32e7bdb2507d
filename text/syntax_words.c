#include "text/syntax_words.h"

#include <string.h>

/* Bits of cb_word.shape. */
enum {
    SHAPE_CASE = 3, /* 0 lower, 1 first letter, 2 all, 3 somewhere inside */
    SHAPE_DIGIT = 4,
    SHAPE_HYPHEN = 8,
    SHAPE_FIRST = 16,
    SHAPE_CASING = 32, /* times enum cb_casing */
};

/* Dashes, apostrophe and ellipsis as they are written with ASCII. */
static size_t plain_mark(const unsigned char *p, size_t len, unsigned char out[3])
{
    if (len < 3 || p[0] != 0xE2 || p[1] != 0x80)
        return 0;
    switch (p[2]) {
    case 0x90:
    case 0x91:
    case 0x92:
    case 0x93:
        out[0] = '-';
        return 1;
    case 0x94:
    case 0x95:
        out[0] = out[1] = '-';
        return 2;
    case 0x98:
    case 0x99:
        out[0] = '\'';
        return 1;
    case 0xA6:
        out[0] = out[1] = out[2] = '.';
        return 3;
    default:
        return 0;
    }
}

struct spelling {
    uint32_t key, tail, front, length;
    unsigned upper, lower, digits, hyphens;
    bool first_upper;
};

static inline void spell(struct spelling *s, unsigned char c)
{
    s->key = (s->key ^ c) * 0x01000193u;
    s->tail = s->tail << 8 | c;
    if (s->length < 3)
        s->front = s->front << 8 | c;
    s->length++;
}

static void spell_byte(struct spelling *s, unsigned char c)
{
    if (c >= 'a' && c <= 'z') {
        s->lower++;
    } else if (c >= 'A' && c <= 'Z') {
        s->first_upper = s->first_upper || s->length == 0;
        s->upper++;
        c = (unsigned char)(c | 0x20);
    } else if (c >= '0' && c <= '9') {
        s->digits++;
        c = '0';
    } else if (c == '-') {
        s->hyphens++;
    } else if (c >= 0x80) {
        s->lower++;
    }
    spell(s, c);
}

/* Words over this length are cut: an address without end must not cost without end. */
enum { SPELL_MAX = 64 };

static struct spelling spelling_of(const char *text, const struct cb_token *token)
{
    struct spelling s = {.key = 0x811C9DC5u};
    const unsigned char *p = (const unsigned char *)text + token->span.start;
    size_t len = token->span.end - token->span.start;
    switch (token->kind) {
    case CB_TOKEN_URL:
        p = (const unsigned char *)"http";
        len = 4;
        break;
    case CB_TOKEN_QUOTE_OPEN:
        p = (const unsigned char *)"``";
        len = 2;
        break;
    case CB_TOKEN_QUOTE_CLOSE:
        p = (const unsigned char *)"''";
        len = 2;
        break;
    default:
        break;
    }
    for (size_t i = 0; i < len && i < SPELL_MAX; i++) {
        unsigned char marks[3];
        size_t n = plain_mark(p + i, len - i, marks);
        for (size_t k = 0; k < n; k++)
            spell_byte(&s, marks[k]);
        if (n == 0)
            spell_byte(&s, p[i]);
        else
            i += 2;
    }
    s.key = cb_mix(s.key);
    s.key += s.key == 0;
    return s;
}

uint32_t cb_word_key(const char *text, const struct cb_token *token)
{
    return spelling_of(text, token).key;
}

void cb_word_make(const char *text, const struct cb_token *token, enum cb_casing casing, bool first,
                  struct cb_word *out)
{
    struct spelling s = spelling_of(text, token);
    unsigned shape = 0;
    if (s.upper > 0)
        shape = s.lower == 0 && s.upper > 1 ? 2 : s.first_upper ? 1 : 3;
    if (s.digits > 0)
        shape |= SHAPE_DIGIT;
    if (s.hyphens > 0 && s.length > s.hyphens)
        shape |= SHAPE_HYPHEN;
    if (first)
        shape |= SHAPE_FIRST;
    shape |= SHAPE_CASING * (unsigned)casing;
    *out = (struct cb_word){.key = s.key,
                            .tail = s.tail,
                            .front = s.front,
                            .length = s.length,
                            .shape = (uint8_t)shape,
                            .set_key = 0,
                            .lexicon = 0,
                            .set = 0};
}

uint32_t cb_dictionary_key(const struct cb_word *word)
{
    unsigned casing = word->shape / SHAPE_CASING;
    bool telling =
        casing == CB_CASING_NORMAL && (word->shape & SHAPE_FIRST) == 0 && (word->shape & SHAPE_CASE) != 0;
    uint32_t key = telling ? cb_turn(word->key, 13) * 0x27D4EB2Fu : word->key;
    return key + (key == 0);
}

/* Capitals count in words of four letters and more: headlines write "of" and "the" in lower case. */
enum casing_limits { LONG_WORD = 4, ENOUGH_WORDS = 3 };

enum cb_casing cb_sentence_casing(const char *text, const struct cb_token *tokens, size_t count)
{
    size_t words = 0, upper = 0, caps = 0, any_upper = 0;
    for (size_t i = 0; i < count; i++) {
        if (tokens[i].kind != CB_TOKEN_WORD)
            continue;
        bool capital = (tokens[i].flags & CB_TOKEN_UPPER) != 0;
        any_upper += capital;
        if (i == 0 || tokens[i].span.end - tokens[i].span.start < LONG_WORD ||
            (unsigned char)text[tokens[i].span.start] >= 0x80)
            continue;
        words++;
        upper += capital;
        caps += (tokens[i].flags & CB_TOKEN_ALL_CAPS) != 0;
    }
    if (words >= 2 && caps * 5 >= words * 4)
        return CB_CASING_UPPER;
    if (words >= ENOUGH_WORDS && upper * 5 >= words * 4)
        return CB_CASING_TITLE;
    return any_upper == 0 ? CB_CASING_LOWER : CB_CASING_NORMAL;
}
