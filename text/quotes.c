#include "text/quotes.h"

#include "text/unicode.h"

#include <string.h>

/* Marks that pair with each other. */
enum family { NOT_A_MARK, STRAIGHT, CURLY, ANGLE, TWO_APOSTROPHES, CORNER, SINGLE_CURLY, SINGLE_STRAIGHT };

struct pairing {
    const char *text;
    const struct cb_token *tokens;
    struct cb_quote *items;
    int32_t *at;
    size_t count;
    bool open;
    enum family family; /* of the open quotation */
    unsigned depth;     /* marks of the same family opened inside it */
};

static enum family family_of(const char *text, const struct cb_token *token)
{
    if (token->kind != CB_TOKEN_QUOTE_OPEN && token->kind != CB_TOKEN_QUOTE_CLOSE)
        return NOT_A_MARK;
    uint32_t c;
    cb_utf8_next(text, token->span.end, token->span.start, &c);
    switch (c) {
    case '"':
        return STRAIGHT;
    case '\'':
        return token->span.end - token->span.start == 2 ? TWO_APOSTROPHES : SINGLE_STRAIGHT;
    case '`':
        return token->span.end - token->span.start == 2 ? TWO_APOSTROPHES : SINGLE_STRAIGHT;
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x2039:
    case 0x203A:
        return SINGLE_CURLY;
    case 0xAB:
    case 0xBB:
        return ANGLE;
    case 0x300C:
    case 0x300D:
    case 0x300E:
    case 0x300F:
        return CORNER;
    default:
        return CURLY;
    }
}

static bool directional(enum family family)
{
    return family == CURLY || family == ANGLE || family == CORNER || family == SINGLE_CURLY;
}

static bool is_single(enum family family)
{
    return family == SINGLE_CURLY || family == SINGLE_STRAIGHT;
}

static bool is_stop(const char *text, const struct cb_token *token)
{
    if (token->kind != CB_TOKEN_PUNCT)
        return false;
    char c = text[token->span.start];
    return c == ',' || c == '.' || c == '!' || c == '?' ||
           strncmp(text + token->span.start, "…", sizeof "…" - 1) == 0;
}

static void open_quote(struct pairing *p, uint32_t token, enum family family)
{
    p->items[p->count] = (struct cb_quote){.first = token, .last = token, .single = is_single(family)};
    p->open = true;
    p->family = family;
    p->depth = 0;
}

static void close_quote(struct pairing *p, uint32_t last, bool closed)
{
    struct cb_quote *quote = &p->items[p->count];
    quote->last = last;
    quote->closed = closed;
    uint32_t end = closed ? last : last + 1;
    for (uint32_t i = quote->first; i <= last; i++) {
        p->at[i] = (int32_t)p->count;
        quote->words += p->tokens[i].kind == CB_TOKEN_WORD || p->tokens[i].kind == CB_TOKEN_NUMBER;
    }
    quote->stopped = end > quote->first + 1 && is_stop(p->text, &p->tokens[end - 1]);
    p->count++;
    p->open = false;
}

/* A mark while no quotation is open. */
static void outside(struct pairing *p, uint32_t token, enum family family, bool first_of_paragraph)
{
    bool opens = p->tokens[token].kind == CB_TOKEN_QUOTE_OPEN;
    /* a mark without direction at the start of a paragraph, or with a blank before it only, opens */
    if (!opens && !directional(family) && !is_single(family))
        opens = first_of_paragraph || (p->tokens[token].flags & CB_TOKEN_SPACE_BEFORE) != 0;
    if (opens)
        open_quote(p, token, family);
}

/* A mark of the open quotation's family. */
static void inside(struct pairing *p, uint32_t token, enum family family)
{
    bool opens = p->tokens[token].kind == CB_TOKEN_QUOTE_OPEN;
    if (!opens && p->depth > 0) {
        p->depth--;
    } else if (!opens) {
        close_quote(p, token, true);
    } else if (directional(family)) {
        p->depth++;
    } else {
        close_quote(p, token - 1, false); /* its closing mark was forgotten */
        open_quote(p, token, family);
    }
}

/* The last mark of the open quotation's family in the paragraph, when a mark inside was opened but not
 * closed and so took the closing mark of the whole; or 0. */
static uint32_t last_close(const struct pairing *p, uint32_t end)
{
    for (uint32_t i = end; i-- > p->items[p->count].first + 1;) {
        if (p->tokens[i].kind == CB_TOKEN_QUOTE_CLOSE && family_of(p->text, &p->tokens[i]) == p->family)
            return i;
    }
    return 0;
}

static void pair_paragraph(struct pairing *p, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        enum family family = family_of(p->text, &p->tokens[i]);
        if (family == NOT_A_MARK)
            continue;
        if (!p->open)
            outside(p, i, family, i == first);
        else if (family == p->family)
            inside(p, i, family);
        else if (is_single(p->family) && !is_single(family) && p->tokens[i].kind == CB_TOKEN_QUOTE_OPEN &&
                 p->items[p->count].first + 12 < i)
            open_quote(p, i, family); /* the single mark was an apostrophe */
    }
    if (!p->open)
        return;
    if (is_single(p->family)) {
        p->open = false; /* an apostrophe */
        return;
    }
    uint32_t close = p->depth > 0 ? last_close(p, end) : 0;
    if (close > 0)
        close_quote(p, close, true);
    else
        close_quote(p, end - 1, false);
}

enum cb_code cb_quotes_pair(const char *text, const struct cb_token *tokens, size_t token_count,
                            const uint32_t *paragraph_first, size_t paragraph_count, struct cb_arena *arena,
                            struct cb_quotes *out, struct cb_err *err)
{
    size_t marks = 1;
    for (size_t i = 0; i < token_count; i++)
        marks += tokens[i].kind == CB_TOKEN_QUOTE_OPEN || tokens[i].kind == CB_TOKEN_QUOTE_CLOSE;
    struct pairing p = {.text = text, .tokens = tokens};
    p.items = cb_arena_array(arena, marks, sizeof *p.items);
    p.at = cb_arena_array(arena, token_count + 1, sizeof *p.at);
    if (p.items == NULL || p.at == NULL)
        return cb_no_memory(err);
    memset(p.at, 0xFF, (token_count + 1) * sizeof *p.at);
    for (size_t i = 0; i < paragraph_count; i++) {
        uint32_t first = paragraph_first[i], end = paragraph_first[i + 1];
        size_t before = p.count;
        bool unclosed = before > 0 && !p.items[before - 1].closed && p.items[before - 1].last + 1 == first;
        if (first == end)
            continue;
        pair_paragraph(&p, first, end);
        if (unclosed && p.count > before && p.items[before].first == first) {
            p.items[before - 1].continues = true;
            p.items[before].continued = true;
        }
    }
    *out = (struct cb_quotes){.items = p.items, .count = p.count, .at = p.at};
    return CB_OK;
}
