#include "text/token.h"

#include "text/token_scan.h"
#include "text/unicode.h"

#include <string.h>
#include <unicode/uchar.h>

struct tokenizer {
    struct cb_scan scan;
    size_t start; /* of the span */
    struct cb_arena *arena;
    struct cb_token *tokens;
    size_t count, capacity;
    size_t chunk_end; /* of the run without blanks whose look-ahead is known */
    bool chunk_has_at;
    bool spaced, new_line; /* what stood before the next token */
    bool in_double, in_single, german;
    bool failed;
};

static unsigned letter_flags(const char *text, size_t len)
{
    unsigned flags = 0;
    size_t letters = 0, upper = 0;
    if (len > 1 && text[0] >= 'a' && text[0] <= 'z' && text[1] >= 'a' && text[1] <= 'z')
        return 0; /* most words */
    for (size_t at = 0; at < len;) {
        uint32_t c;
        size_t first = at;
        at = cb_utf8_next(text, len, at, &c);
        if (!cb_is_letter(c))
            continue;
        letters++;
        if (cb_is_upper(c)) {
            upper++;
            if (first == 0)
                flags |= CB_TOKEN_UPPER;
        } else if (letters > 1) {
            return flags;
        }
    }
    return letters >= 2 && letters == upper ? flags | CB_TOKEN_ALL_CAPS : flags;
}

static void emit(struct tokenizer *t, size_t start, size_t end, enum cb_token_kind kind)
{
    if (t->count == t->capacity) {
        size_t grown = t->capacity * 2;
        struct cb_token *moved = cb_arena_array(t->arena, grown, sizeof *moved);
        if (moved == NULL) {
            t->failed = true;
            return;
        }
        memcpy(moved, t->tokens, t->count * sizeof *moved);
        t->tokens = moved;
        t->capacity = grown;
    }
    unsigned flags = (t->spaced ? CB_TOKEN_SPACE_BEFORE : 0u) | (t->new_line ? CB_TOKEN_LINE_BEFORE : 0u);
    if (kind == CB_TOKEN_WORD || kind == CB_TOKEN_URL)
        flags |= letter_flags(t->scan.text + start, end - start);
    t->tokens[t->count++] = (struct cb_token){
        .span = {(uint32_t)start, (uint32_t)end}, .kind = (uint8_t)kind, .flags = (uint8_t)flags};
    t->spaced = t->new_line = false;
}

/* A word and the contractions at its end; no English word carries more than two. */
static void emit_word(struct tokenizer *t, size_t start, size_t end)
{
    size_t second = cb_scan_contraction(&t->scan, start, end);
    if (second == end) {
        emit(t, start, end, CB_TOKEN_WORD);
        return;
    }
    size_t first = cb_scan_contraction(&t->scan, start, second);
    emit(t, start, first, CB_TOKEN_WORD);
    if (first < second)
        emit(t, first, second, CB_TOKEN_WORD);
    emit(t, second, end, CB_TOKEN_WORD);
}

static uint32_t point_before(const struct tokenizer *t, size_t at)
{
    uint32_t c = ' ';
    if (at > 0)
        cb_utf8_next(t->scan.text, t->scan.end, cb_utf8_previous(t->scan.text, at), &c);
    return c;
}

static uint32_t point_at(const struct tokenizer *t, size_t at)
{
    uint32_t c = ' ';
    if (at < t->scan.end)
        cb_utf8_next(t->scan.text, t->scan.end, at, &c);
    return c;
}

/* Behind these, a quotation mark opens. */
static bool opens_after(uint32_t c)
{
    return cb_is_space(c) || c == '(' || c == '[' || c == '{' || c == '-' || c == '/' || c == '=' ||
           (c >= 0x2012 && c <= 0x2015) || c == 0x201C || c == 0x2018 || c == 0xAB || c == '"' || c == '\'' ||
           c == 0xBF || c == 0xA1;
}

static void double_quote(struct tokenizer *t, size_t at, size_t end)
{
    bool before = opens_after(point_before(t, at)), after = !cb_is_space(point_at(t, end));
    bool open = before && after;
    /* a mark that touches neither side, or both: they come in pairs */
    if ((before && !after) || (!before && after && cb_is_letter(point_at(t, end))))
        open = !t->in_double;
    if (before && after && t->in_double && !t->spaced)
        open = false; /* two marks in a row behind a quotation */
    t->in_double = open;
    emit(t, at, end, open ? CB_TOKEN_QUOTE_OPEN : CB_TOKEN_QUOTE_CLOSE);
}

/* End of a word that begins with its apostrophe: 's, 'em, '90s; or `at`. */
static size_t apostrophe_word(const struct tokenizer *t, size_t at, size_t mark, bool free)
{
    static const char *const attached[] = {"s", "m", "d", "re", "ve", "ll"};
    static const char *const leading[] = {"em", "tis", "twas", "cause", "til", "n", "bout", "round"};
    const char *const *list = free ? leading : attached;
    size_t count = free ? sizeof leading / sizeof *leading : sizeof attached / sizeof *attached;
    size_t from = at + mark, end = from, next;
    while (end - from < 8 && cb_scan_word_char(&t->scan, end, &next))
        end = next;
    size_t len = end - from;
    if (free && len == 3 && t->scan.text[from] >= '0' && t->scan.text[from] <= '9' &&
        t->scan.text[end - 1] == 's')
        return end;
    for (size_t i = 0; i < count; i++) {
        if (strlen(list[i]) == len && strncmp(list[i], t->scan.text + from, len) == 0)
            return end;
    }
    return at;
}

static size_t single_quote(struct tokenizer *t, size_t at, size_t mark)
{
    const char *text = t->scan.text;
    uint32_t before = point_before(t, at), after = point_at(t, at + mark);
    size_t end = at + mark;
    if (mark == 1 && end < t->scan.end && text[end] == '\'') { /* '' for a double quote */
        double_quote(t, at, end + 1);
        return end + 1;
    }
    bool free = opens_after(before);
    size_t word = apostrophe_word(t, at, mark, free);
    if (word > at) {
        emit(t, at, word, CB_TOKEN_WORD);
        return word;
    }
    if (free && !cb_is_space(after)) {
        t->in_single = true;
        emit(t, at, end, CB_TOKEN_QUOTE_OPEN);
    } else if (!free && !t->in_single && cb_is_letter(before) && t->count > 0) {
        emit(t, at, end, CB_TOKEN_WORD); /* the boys' */
    } else {
        t->in_single = false;
        emit(t, at, end, CB_TOKEN_QUOTE_CLOSE);
    }
    return end;
}

/* Typographic quotation marks; 0 when c is none. */
static bool typographic_quote(struct tokenizer *t, uint32_t c, size_t at, size_t end)
{
    bool open;
    switch (c) {
    case 0x201E: /* „ */
    case 0x201A: /* ‚ */
        t->german = open = true;
        break;
    case 0x201C: /* “ */
    case 0x2018: /* ‘ */
    case 0x201F: /* ‟ */
        open = !t->german;
        t->german = false;
        break;
    case 0xAB:   /* « */
    case 0x2039: /* ‹ */
    case 0x300C: /* 「 */
    case 0x300E: /* 『 */
        open = true;
        break;
    case 0x201D: /* ” */
    case 0xBB:   /* » */
    case 0x203A: /* › */
    case 0x300D: /* 」 */
    case 0x300F: /* 』 */
        open = false;
        break;
    default:
        return false;
    }
    if (c == 0x2018)
        t->in_single = open;
    emit(t, at, end, open ? CB_TOKEN_QUOTE_OPEN : CB_TOKEN_QUOTE_CLOSE);
    return true;
}

static size_t run_end(const struct tokenizer *t, size_t at)
{
    size_t end = at + 1;
    while (end < t->scan.end && t->scan.text[end] == t->scan.text[at])
        end++;
    return end;
}

/* ":)", ";-(", "=D" standing alone */
static size_t emoticon_end(const struct tokenizer *t, size_t at)
{
    const char *text = t->scan.text;
    size_t p = at + 1;
    if (!t->spaced)
        return at;
    if (p < t->scan.end && text[p] == '-')
        p++;
    if (p >= t->scan.end || strchr(")(DP", text[p]) == NULL || text[p] == '\0')
        return at;
    p++;
    return cb_is_space(point_at(t, p)) ? p : at;
}

static size_t ascii_mark(struct tokenizer *t, size_t at)
{
    const char *text = t->scan.text;
    size_t end = at + 1, word;
    enum cb_token_kind kind = CB_TOKEN_PUNCT;
    switch (text[at]) {
    case '!':
    case '?':
        while (end < t->scan.end && (text[end] == '!' || text[end] == '?'))
            end++;
        break;
    case '.':
    case '-':
    case '_':
        end = run_end(t, at);
        if (end == at + 1 && text[at] == '.' && end < t->scan.end && text[end] >= '0' && text[end] <= '9' &&
            opens_after(point_before(t, at))) {
            end = cb_scan_number(&t->scan, end, &kind);
        }
        break;
    case '*':
    case '=':
    case '~':
    case '+':
    case '<':
    case '>':
    case '|':
    case '^':
        end = run_end(t, at);
        kind = CB_TOKEN_SYMBOL;
        break;
    case '@':
    case '#':
        kind = CB_TOKEN_SYMBOL;
        if (end < t->scan.end && !cb_is_letter(point_before(t, at)) && (text[end] < '0' || text[end] > '9')) {
            size_t next = end;
            while (cb_scan_word_char(&t->scan, end, &next))
                end = next;
            if (end > at + 1)
                kind = CB_TOKEN_URL;
        }
        break;
    case '$':
    case '%':
    case '&':
    case '\\':
        kind = CB_TOKEN_SYMBOL;
        break;
    case ':':
    case ';':
        word = emoticon_end(t, at);
        if (word > at) {
            end = word;
            kind = CB_TOKEN_SYMBOL;
        }
        break;
    case '`':
        end = run_end(t, at);
        kind = CB_TOKEN_QUOTE_OPEN;
        break;
    default:
        break;
    }
    emit(t, at, end, kind);
    return end;
}

static size_t wide_mark(struct tokenizer *t, size_t at)
{
    uint32_t c;
    size_t end = cb_utf8_next(t->scan.text, t->scan.end, at, &c);
    if (c == 0x2019)
        return single_quote(t, at, end - at);
    if (typographic_quote(t, c, at, end))
        return end;
    bool symbol = (U_GET_GC_MASK((UChar32)c) & U_GC_S_MASK) != 0;
    if (c == 0xB0 && end < t->scan.end && (t->scan.text[end] == 'C' || t->scan.text[end] == 'F'))
        end++; /* °C */
    emit(t, at, end, symbol ? CB_TOKEN_SYMBOL : CB_TOKEN_PUNCT);
    return end;
}

/* Looks ahead once per run without blanks, so that a search for "@" stays linear. */
static void look_ahead(struct tokenizer *t, size_t at)
{
    size_t end = at;
    t->chunk_has_at = false;
    while (end < t->scan.end && (unsigned char)t->scan.text[end] > ' ') {
        if (t->scan.text[end] == '@')
            t->chunk_has_at = true;
        end++;
    }
    t->chunk_end = end > at ? end : at + 1;
}

static size_t word_or_number(struct tokenizer *t, size_t at, bool number)
{
    size_t end;
    enum cb_token_kind kind;
    if (at >= t->chunk_end)
        look_ahead(t, at);
    end = t->chunk_has_at ? cb_scan_mail(&t->scan, at) : at;
    if (end == at && !number && strchr("hwfmHWFM", t->scan.text[at]) != NULL)
        end = cb_scan_url(&t->scan, at);
    if (end > at) {
        emit(t, at, end, CB_TOKEN_URL);
        return end;
    }
    end = number ? cb_scan_number(&t->scan, at, &kind) : cb_scan_word(&t->scan, at, &kind);
    /* US$5, C$2 */
    if (!number && end < t->scan.end && t->scan.text[end] == '$' && end - at <= 3 &&
        cb_is_upper((unsigned char)t->scan.text[at])) {
        emit(t, at, end + 1, CB_TOKEN_SYMBOL);
        return end + 1;
    }
    if (kind == CB_TOKEN_WORD)
        emit_word(t, at, end);
    else
        emit(t, at, end, kind);
    return end;
}

static size_t next_token(struct tokenizer *t, size_t at)
{
    unsigned char c = (unsigned char)t->scan.text[at];
    size_t next;
    if (c >= 0x80) {
        uint32_t point = point_at(t, at);
        if (cb_is_letter(point))
            return word_or_number(t, at, false);
        if ((U_GET_GC_MASK((UChar32)point) & (U_GC_ND_MASK | U_GC_NO_MASK | U_GC_NL_MASK)) != 0)
            return word_or_number(t, at, true);
        return wide_mark(t, at);
    }
    if (c >= '0' && c <= '9')
        return word_or_number(t, at, true);
    if (c != '_' && cb_scan_word_char(&t->scan, at, &next))
        return word_or_number(t, at, false);
    if (c == '"') {
        double_quote(t, at, at + 1);
        return at + 1;
    }
    if (c == '\'')
        return single_quote(t, at, 1);
    return ascii_mark(t, at);
}

enum cb_code cb_tokenize(const char *text, struct cb_span span, struct cb_arena *arena, struct cb_token **out,
                         size_t *count, struct cb_err *err)
{
    size_t at = span.start;
    struct tokenizer t = {.scan = {text, span.end}, .start = span.start, .arena = arena};
    t.capacity = (size_t)(span.end - span.start) / 4 + 8;
    t.tokens = cb_arena_array(arena, t.capacity, sizeof *t.tokens);
    t.failed = t.tokens == NULL;
    t.new_line = at == 0 || text[at - 1] == '\n';
    t.spaced = at == 0 || cb_is_space(point_before(&t, at));
    while (at < span.end && !t.failed) {
        uint32_t c = (unsigned char)text[at];
        size_t next = at + 1;
        if (c >= 0x80)
            next = cb_utf8_next(text, span.end, at, &c);
        if (!cb_is_space(c)) {
            at = next_token(&t, at);
            continue;
        }
        t.spaced = true;
        t.new_line = t.new_line || c == '\n';
        at = next;
    }
    if (t.failed)
        return cb_no_memory(err);
    *out = t.tokens;
    *count = t.count;
    return CB_OK;
}
