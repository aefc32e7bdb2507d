/* The reader of Markdown (CommonMark): the words without the marks, a line a paragraph; front matter as
 * title, byline and date. */
#include "importer/encoding.h"
#include "importer/html_dom.h"
#include "importer/reader.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { FRONT_ARENA = 64 * 1024, LINKS_TOLD = 3 };

static bool starts(const char *text, const char *end, const char *what)
{
    size_t n = strlen(what);
    return (size_t)(end - text) >= n && memcmp(text, what, n) == 0;
}

static const char *line_end(const char *at, const char *end)
{
    const char *lf = memchr(at, '\n', (size_t)(end - at));
    return lf == NULL ? end : lf;
}

/* How many '#' open the heading at `at`, 0 when it is none. */
static size_t heading_marks(const char *at, const char *end)
{
    size_t n = 0;
    while (at + n < end && at[n] == '#' && n < 7)
        n++;
    return n >= 1 && n <= 6 && at + n < end && at[n] == ' ' ? n : 0;
}

/* Front matter, a heading with an empty line behind it at the top, or several links: plain text has none of
 * these. */
static bool sniff_markdown(const struct cb_entry *entry, const char *bytes, size_t len)
{
    const char *at = bytes, *end = bytes + len;
    size_t links = 0;
    if (entry->media_type != NULL && strncasecmp(entry->media_type, "text/markdown", 13) == 0)
        return true;
    if (starts(at, end, "\xEF\xBB\xBF"))
        at += 3;
    if (starts(at, end, "---\n") || starts(at, end, "---\r\n")) {
        const char *second = line_end(at, end) + 1;
        return second < end && memchr(second, ':', (size_t)(line_end(second, end) - second)) != NULL;
    }
    while (at < end && (*at == '\n' || *at == '\r'))
        at++;
    if (heading_marks(at, end) > 0) {
        const char *next = line_end(at, end);
        if (next + 1 < end && (next[1] == '\n' || next[1] == '\r'))
            return true;
    }
    for (; at < end; at++)
        links += *at == ']' && (starts(at, end, "](http") || starts(at, end, "](/"));
    return links >= LINKS_TOLD;
}

struct front {
    const char *title, *byline, *published, *modified, *url, *language, *source;
};

static const char *value_of(const char *at, const char *end, struct cb_arena *arena)
{
    while (at < end && (*at == ' ' || *at == '\t'))
        at++;
    while (end > at && (end[-1] == ' ' || end[-1] == '\r' || end[-1] == '\t'))
        end--;
    if (end - at >= 2 && (*at == '"' || *at == '\'') && end[-1] == *at) {
        at++;
        end--;
    }
    return at == end ? NULL : cb_arena_copy(arena, at, (size_t)(end - at));
}

static void set_field(struct front *front, const char *key, size_t len, const char *value,
                      struct cb_arena *arena)
{
    const struct {
        const char *key;
        const char **to;
        bool date;
    } fields[] = {{"title", &front->title, false},        {"author", &front->byline, false},
                  {"byline", &front->byline, false},      {"date", &front->published, true},
                  {"published", &front->published, true}, {"updated", &front->modified, true},
                  {"modified", &front->modified, true},   {"url", &front->url, false},
                  {"lang", &front->language, false},      {"language", &front->language, false},
                  {"source", &front->source, false}};
    for (size_t i = 0; value != NULL && i < sizeof fields / sizeof *fields; i++) {
        if (strlen(fields[i].key) == len && strncasecmp(fields[i].key, key, len) == 0)
            *fields[i].to = fields[i].date ? cb_page_date(value, strlen(value), arena) : value;
    }
}

/* "---", lines of "key: value", "---"; returns where the text begins. */
static const char *read_front(const char *at, const char *end, struct front *front, struct cb_arena *arena)
{
    if (!starts(at, end, "---\n"))
        return at;
    for (const char *line = at + 4; line < end;) {
        const char *stop = line_end(line, end);
        if (starts(line, end, "---") || starts(line, end, "..."))
            return stop < end ? stop + 1 : end;
        const char *colon = memchr(line, ':', (size_t)(stop - line));
        if (colon != NULL)
            set_field(front, line, (size_t)(colon - line), value_of(colon + 1, stop, arena), arena);
        line = stop < end ? stop + 1 : end;
    }
    return at; /* never closed: no front matter */
}

/* "[words](address)", "[words][name]": the words; "![…](…)" is a picture. Returns what follows, or NULL. */
static const char *read_link(const char *at, const char *end, const char **words, const char **words_end)
{
    int depth = 0;
    const char *p = at;
    for (; p < end; p++) {
        depth += *p == '[' ? 1 : *p == ']' ? -1 : 0;
        if (depth == 0 || p - at > 1000)
            break;
    }
    if (p >= end || *p != ']')
        return NULL;
    *words = at + 1;
    *words_end = p++;
    if (p < end && *p == '(') {
        const char *close = memchr(p, ')', (size_t)(end - p));
        return close == NULL ? NULL : close + 1;
    }
    if (p < end && *p == '[') {
        const char *close = memchr(p, ']', (size_t)(end - p));
        return close == NULL ? NULL : close + 1;
    }
    return NULL;
}

/* A mark of emphasis: not the underscore inside a word, nor a star among blanks. */
static bool is_emphasis(const char *line, const char *at, const char *end)
{
    bool before = at > line && at[-1] != ' ', after = at + 1 < end && at[1] != ' ';
    if (*at == '*')
        return before || after;
    bool letter_before = at > line && ((at[-1] | 0x20) >= 'a') && ((at[-1] | 0x20) <= 'z');
    bool letter_after = at + 1 < end && ((at[1] | 0x20) >= 'a') && ((at[1] | 0x20) <= 'z');
    return *at == '_' && !(letter_before && letter_after) && (before || after);
}

/* Appends the words of one line; `depth` bounds links in links. */
static void add_inline(const char *at, const char *end, int depth, struct cb_buffer *out)
{
    const char *line = at;
    while (at < end) {
        const char *words, *words_end, *next = NULL;
        bool picture = *at == '!' && at + 1 < end && at[1] == '[';
        if (*at == '\\' && at + 1 < end && strchr("\\`*_{}[]()#+-.!|<>~", at[1]) != NULL) {
            cb_buffer_add_char(out, at[1]);
            at += 2;
            continue;
        }
        if (picture || *at == '[')
            next = read_link(picture ? at + 1 : at, end, &words, &words_end);
        if (next != NULL) {
            if (!picture && depth < 4)
                add_inline(words, words_end, depth + 1, out);
            at = next;
            continue;
        }
        if (*at == '<' && at + 1 < end && (at[1] == '/' || (at[1] | 0x20) >= 'a')) {
            const char *close = memchr(at, '>', (size_t)(end - at));
            if (close != NULL) {
                if (starts(at, end, "<http")) /* an address in angle brackets */
                    cb_buffer_add(out, at + 1, (size_t)(close - at) - 1);
                at = close + 1;
                continue;
            }
        }
        if (*at != '`' && !((*at == '*' || *at == '_') && is_emphasis(line, at, end)) &&
            !starts(at, end, "~~"))
            cb_buffer_add_char(out, *at);
        at += starts(at, end, "~~") ? 2 : 1;
    }
}

/* Behind "> ", "- ", "* ", "1. " at the head of a line; *block tells that a new paragraph begins. */
static const char *skip_marks(const char *at, const char *end, bool *block)
{
    for (;;) {
        const char *p = at;
        while (p < end && (*p == ' ' || *p == '\t'))
            p++;
        if (p < end && *p == '>') {
            at = p + 1;
            continue;
        }
        const char *digits = p;
        while (digits < end && *digits >= '0' && *digits <= '9')
            digits++;
        if (p + 1 < end && (*p == '-' || *p == '*' || *p == '+') && p[1] == ' ') {
            *block = true;
            at = p + 2;
            continue;
        }
        if (digits > p && digits - p < 4 && digits + 1 < end && (*digits == '.' || *digits == ')') &&
            digits[1] == ' ') {
            *block = true;
            at = digits + 2;
            continue;
        }
        return p;
    }
}

/* "---", "***", "===": a rule, or the underline of a heading */
static bool is_rule(const char *at, const char *end)
{
    char mark = at < end ? *at : '\0';
    size_t n = 0;
    if (mark != '-' && mark != '*' && mark != '_' && mark != '=')
        return false;
    for (; at < end; at++) {
        if (*at != mark && *at != ' ' && *at != '\r')
            return false;
        n += *at == mark;
    }
    return n >= 3;
}

static void end_paragraph(struct cb_buffer *out)
{
    while (out->len > 0 && out->data[out->len - 1] == ' ')
        out->data[--out->len] = '\0';
    if (out->len > 0 && out->data[out->len - 1] != '\n')
        cb_buffer_add_char(out, '\n');
}

static void add_body(const char *at, const char *end, struct cb_buffer *out)
{
    bool code = false;
    while (at < end) {
        const char *stop = line_end(at, end), *next = stop < end ? stop + 1 : end;
        bool block = false;
        const char *text = skip_marks(at, stop, &block);
        size_t marks = heading_marks(text, stop);
        if (starts(text, stop, "```") || starts(text, stop, "~~~")) {
            code = !code;
            end_paragraph(out);
        } else if (code) {
            cb_buffer_add(out, at, (size_t)(stop - at));
            end_paragraph(out);
        } else if (text == stop || is_rule(text, stop)) {
            end_paragraph(out);
        } else if (*text != '[' || memchr(text, ']', (size_t)(stop - text)) == NULL ||
                   strncmp(memchr(text, ']', (size_t)(stop - text)), "]: ", 3) != 0) {
            if (block || marks > 0)
                end_paragraph(out);
            const char *tail = stop;
            while (marks > 0 && tail > text && (tail[-1] == '#' || tail[-1] == ' '))
                tail--;
            add_inline(text + (marks > 0 ? marks + 1 : 0), tail, 0, out);
            bool hard = stop - at >= 2 && stop[-1] == ' ' && stop[-2] == ' ';
            if (marks > 0 || hard)
                end_paragraph(out);
            else
                cb_buffer_add_char(out, ' ');
        }
        at = next;
    }
    end_paragraph(out);
}

/* The front matter's title often stands once more as the first heading: the text says it once. */
static void drop_repeated_title(const char *title, size_t head, struct cb_buffer *text)
{
    size_t len = title != NULL ? strlen(title) : 0;
    if (len == 0 || text->failed || text->len < head + len + 1 ||
        memcmp(text->data + head, title, len) != 0 || text->data[head + len] != '\n')
        return;
    memmove(text->data + head, text->data + head + len + 1,
            text->len - head - len); /* and the NUL behind it */
    text->len -= len + 1;
}

static enum cb_code hand_on(struct cb_intake *intake, const struct cb_entry *entry,
                            const struct cb_buffer *raw, const struct cb_buffer *source, struct cb_err *err)
{
    struct front front = {0};
    struct cb_arena arena;
    struct cb_buffer text;
    const char *at = cb_buffer_text(source), *end = at + source->len;
    cb_arena_init(&arena, FRONT_ARENA);
    cb_buffer_init(&text, intake->document_max);
    at = read_front(at, end, &front, &arena);
    if (front.title != NULL) {
        cb_buffer_add_text(&text, front.title);
        cb_buffer_add_char(&text, '\n');
    }
    size_t head = text.len;
    while (at < end && *at == '\n')
        at++;
    bool has_title = front.title != NULL || heading_marks(at, end) == 1;
    add_body(at, end, &text);
    drop_repeated_title(front.title, head, &text);
    enum cb_code code = cb_buffer_status(&text, "the text", err);
    if (code == CB_OK && text.len == head)
        code = cb_fail(err, CB_INPUT, "holds no text");
    if (code == CB_OK) {
        const struct cb_input_document document = {.path = entry->path,
                                                   .text = cb_buffer_text(&text),
                                                   .text_len = text.len,
                                                   .has_title = has_title,
                                                   .title = front.title,
                                                   .byline = front.byline,
                                                   .published = front.published,
                                                   .modified = front.modified,
                                                   .retrieved = entry->retrieved,
                                                   .url = front.url != NULL ? front.url : entry->url,
                                                   .source = front.source,
                                                   .language = front.language,
                                                   .media_type = "text/markdown",
                                                   .raw = cb_buffer_text(raw),
                                                   .raw_len = raw->len};
        code = cb_intake_document(intake, &document, err);
    }
    cb_buffer_release(&text);
    cb_arena_release(&arena);
    return code;
}

static enum cb_code read_markdown(struct cb_intake *intake, const struct cb_entry *entry,
                                  struct cb_stream *stream, struct cb_err *err)
{
    struct cb_buffer raw, source;
    char encoding[CB_ENCODING_NAME_MAX];
    cb_buffer_init(&raw, intake->document_max);
    cb_buffer_init(&source, intake->document_max);
    cb_buffer_add(&raw, entry->head, entry->head_len);
    enum cb_code code = cb_stream_read_all(stream, &raw, err);
    if (code == CB_OK)
        code = cb_decode(cb_buffer_text(&raw) + entry->head_len, raw.len - entry->head_len, NULL, &source,
                         encoding, err);
    if (code == CB_OK)
        code = hand_on(intake, entry, &raw, &source, err);
    cb_buffer_release(&source);
    cb_buffer_release(&raw);
    return code;
}

const struct cb_reader cb_reader_markdown = {"Markdown", sniff_markdown, read_markdown};
