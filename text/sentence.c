#include "text/sentence.h"

#include "text/sentence_icu.h"
#include "text/sentence_scan.h"
#include "text/unicode.h"

#include <string.h>

/* What a wrapped text looks like: lines of nearly one length, neither very short nor very long; code points.
 */
enum { WRAP_MIN = 40, WRAP_MAX = 120, HEADING_MAX = 140 };

struct splitter {
    const char *text;
    size_t len;
    struct cb_arena *arena;
    struct cb_sentence_icu *icu; /* NULL: English */
    struct cb_sentence *sentences;
    size_t count, capacity;
    uint32_t paragraph;
    bool failed;
};

struct line {
    size_t start, end; /* without the line feed, blanks trimmed */
    size_t next;       /* where the next line begins */
};

static void trim(const char *text, size_t *start, size_t *end)
{
    for (size_t n; (n = cb_blank_length(text, *start, *end)) > 0;)
        *start += n;
    while (*end > *start) {
        size_t p = cb_utf8_previous(text, *end);
        if (cb_blank_length(text, p, *end) == 0)
            break;
        *end = p;
    }
}

static struct line line_at(const struct splitter *s, size_t at)
{
    const char *feed = memchr(s->text + at, '\n', s->len - at);
    struct line line = {.start = at, .end = feed == NULL ? s->len : (size_t)(feed - s->text)};
    line.next = feed == NULL ? s->len : line.end + 1;
    trim(s->text, &line.start, &line.end);
    return line;
}

static void emit(struct splitter *s, size_t start, size_t end, enum cb_sentence_kind kind)
{
    trim(s->text, &start, &end);
    if (start == end || s->failed)
        return;
    if (s->count == s->capacity) {
        size_t grown = s->capacity * 2;
        struct cb_sentence *moved = cb_arena_array(s->arena, grown, sizeof *moved);
        if (moved == NULL) {
            s->failed = true;
            return;
        }
        memcpy(moved, s->sentences, s->count * sizeof *moved);
        s->sentences = moved;
        s->capacity = grown;
    }
    s->sentences[s->count++] = (struct cb_sentence){
        .span = {(uint32_t)start, (uint32_t)end}, .paragraph = s->paragraph, .kind = kind};
}

static enum cb_code split_range(struct splitter *s, size_t start, size_t end, enum cb_sentence_kind kind,
                                struct cb_err *err)
{
    if (s->icu != NULL) {
        enum cb_code code = cb_sentence_icu_set(s->icu, s->text, start, end, err);
        for (size_t at = start; code == CB_OK && at < end;) {
            size_t next = cb_sentence_icu_next(s->icu);
            emit(s, at, next, kind);
            at = next;
        }
        return code;
    }
    for (size_t at = start; at < end && !s->failed;) {
        size_t next = cb_sentence_scan(s->text, at, end);
        emit(s, at, next, kind);
        for (size_t n; (n = cb_blank_length(s->text, next, end)) > 0;)
            next += n;
        at = next;
    }
    return CB_OK;
}

/* Whether items of this style are looked for further along the line: "A. Lind met B. Berg" is no list. */
static bool runs_on(const char *text, size_t at, const struct cb_marker *marker)
{
    if (marker->style == CB_MARKER_LETTER)
        return text[at] >= 'a' && text[at] <= 'z' && marker->ordinal == 1;
    if (marker->style == CB_MARKER_NUMBER)
        return marker->ordinal == 1;
    return marker->style == CB_MARKER_BULLET && marker->bullet >= 0x80;
}

static bool is_list_item(const char *text, size_t at, const struct cb_marker *marker, bool listed_before)
{
    switch (marker->style) {
    case CB_MARKER_NUMBER:
        return true;
    case CB_MARKER_LETTER:
        return text[at] >= 'a' && text[at] <= 'z';
    case CB_MARKER_BULLET: /* a dash may open direct speech as well */
        return (marker->bullet != '-' && marker->bullet != 0x2013) || listed_before;
    case CB_MARKER_NONE:
        break;
    }
    return false;
}

/* A short line by itself that begins large and ends without a mark, with more text behind it. */
static bool is_heading(const struct splitter *s, size_t start, size_t end, size_t next)
{
    uint32_t first, last;
    if (end - start > (size_t)HEADING_MAX || memchr(s->text + start, '\n', end - start) != NULL)
        return false;
    while (next < s->len && cb_blank_length(s->text, next, s->len) > 0)
        next += cb_blank_length(s->text, next, s->len);
    if (next >= s->len)
        return false;
    cb_utf8_next(s->text, end, start, &first);
    size_t p = cb_utf8_previous(s->text, end);
    cb_utf8_next(s->text, end, p, &last);
    if (p > start && (last == '"' || last == 0x201D || last == ')' || last == '\''))
        cb_utf8_next(s->text, end, cb_utf8_previous(s->text, p), &last);
    if (last == '.' || last == '!' || last == ';' || last == ',' || last == ':' || last == 0x2026)
        return false;
    return !cb_is_letter(first) || cb_is_upper(first) || s->icu != NULL;
}

static enum cb_code split_paragraph(struct splitter *s, size_t start, size_t end, size_t next,
                                    bool listed_near, struct cb_err *err)
{
    enum cb_code code = CB_OK;
    struct cb_marker marker = cb_marker_at(s->text, start, end);
    enum cb_sentence_kind kind = CB_SENTENCE_BODY;
    if (is_list_item(s->text, start, &marker, listed_near))
        kind = CB_SENTENCE_LIST_ITEM;
    else if (is_heading(s, start, end, next))
        kind = CB_SENTENCE_HEADING;
    size_t at = start;
    bool list = runs_on(s->text, start, &marker);
    while (list && code == CB_OK) {
        size_t item = cb_marker_next(s->text, at + 1, end, &marker);
        if (item == end)
            break;
        kind = CB_SENTENCE_LIST_ITEM;
        code = split_range(s, at, item, kind, err);
        at = item;
        marker.ordinal++;
    }
    if (code == CB_OK)
        code = split_range(s, at, end, kind, err);
    s->paragraph++;
    return code;
}

/* Code points up to the first blank of the line. */
static size_t first_word_width(const struct splitter *s, const struct line *line)
{
    size_t at = line->start;
    while (at < line->end && s->text[at] != ' ')
        at++;
    return cb_utf8_count(s->text + line->start, at - line->start);
}

/* Lines up to the next empty one. */
struct block {
    size_t end; /* where the empty line, or the end of the text, begins */
    size_t lines, width;
    bool wrapped;
};

/* Whether `line` was broken for want of room before `next`. */
static bool breaks_full(const struct splitter *s, const struct line *line, const struct line *next,
                        size_t width)
{
    return cb_utf8_count(s->text + line->start, line->end - line->start) + 1 + first_word_width(s, next) >
           width;
}

/* A block is wrapped when nearly every line of it ends where the next word found no room. */
static bool is_wrapped(const struct splitter *s, size_t start, const struct block *block)
{
    size_t full = 0;
    struct line line = line_at(s, start);
    if (block->lines < 2 || block->width < WRAP_MIN || block->width > WRAP_MAX)
        return false;
    while (line.next < block->end) {
        struct line next = line_at(s, line.next);
        struct cb_marker marker = cb_marker_at(s->text, next.start, next.end);
        bool lower = s->text[next.start] >= 'a' && s->text[next.start] <= 'z';
        if (marker.style == CB_MARKER_NONE && breaks_full(s, &line, &next, block->width) &&
            (block->lines > 2 || lower))
            full++;
        line = next;
    }
    return full * 10 >= (block->lines - 1) * 7;
}

static struct block block_at(const struct splitter *s, size_t start)
{
    struct block block = {.end = start};
    while (block.end < s->len) {
        struct line line = line_at(s, block.end);
        if (line.start == line.end)
            break;
        size_t width = line.end - line.start;
        if (width <= (size_t)WRAP_MAX * 4)
            width = cb_utf8_count(s->text + line.start, width);
        if (width > block.width)
            block.width = width;
        block.lines++;
        block.end = line.next;
    }
    block.wrapped = is_wrapped(s, start, &block);
    return block;
}

static bool same_bullet(const struct splitter *s, const struct line *line, size_t other)
{
    return other < s->len && s->text[other] == s->text[line->start] && s->text[other] != '\n';
}

static enum cb_code split_block(struct splitter *s, size_t start, const struct block *block,
                                struct cb_err *err)
{
    enum cb_code code = CB_OK;
    size_t before = s->len;
    for (size_t at = start; at < block->end && code == CB_OK && !s->failed;) {
        struct line line = line_at(s, at);
        size_t first = line.start;
        while (block->wrapped && line.next < block->end) {
            struct line next = line_at(s, line.next);
            if (cb_marker_at(s->text, next.start, next.end).style != CB_MARKER_NONE ||
                !breaks_full(s, &line, &next, block->width))
                break;
            line = next;
        }
        struct line whole = {.start = first, .end = line.end, .next = line.next};
        bool listed = same_bullet(s, &whole, before) || same_bullet(s, &whole, line.next);
        code = split_paragraph(s, first, line.end, line.next, listed, err);
        before = first;
        at = line.next;
    }
    return code;
}

static enum cb_code split_text(struct splitter *s, struct cb_err *err)
{
    enum cb_code code = CB_OK;
    for (size_t at = 0; at < s->len && code == CB_OK && !s->failed;) {
        struct block block = block_at(s, at);
        if (block.lines == 0)
            at = line_at(s, at).next;
        else
            code = split_block(s, at, &block, err);
        at = block.lines == 0 ? at : block.end;
    }
    if (code == CB_OK && s->failed)
        code = cb_no_memory(err);
    return code;
}

static bool is_english(const char *language)
{
    return language == NULL || language[0] == '\0' || strncmp(language, "und", 3) == 0 ||
           (strncmp(language, "en", 2) == 0 &&
            (language[2] == '\0' || language[2] == '-' || language[2] == '_'));
}

enum cb_code cb_sentences_find(const char *text, size_t len, const char *language, struct cb_arena *arena,
                               struct cb_sentence **out, size_t *count, struct cb_err *err)
{
    enum cb_code code = CB_OK;
    struct splitter s = {.text = text, .len = len, .arena = arena, .capacity = len / 96 + 8};
    if (len > CB_TEXT_MAX)
        return cb_fail(err, CB_LIMIT, "a text of %zu bytes is over the maximum of %d", len, CB_TEXT_MAX);
    if (!is_english(language))
        code = cb_sentence_icu_new(language, &s.icu, err);
    if (code != CB_OK)
        goto done;
    s.sentences = cb_arena_array(arena, s.capacity, sizeof *s.sentences);
    if (s.sentences == NULL) {
        code = cb_no_memory(err);
        goto done;
    }
    code = split_text(&s, err);
    *out = s.sentences;
    *count = s.count;
done:
    cb_sentence_icu_free(s.icu);
    return code;
}
