/* A page's source before it is parsed: without what no reader of articles looks at, which on many pages is
 * more than half of it, and in bounds that libxml2 does not know. */
#include "importer/html_dom.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* libxml2 compares each attribute of a tag with all before it: 100,000 of them took 48 s. */
enum { TAG_ATTRIBUTES = 4096 };

/* The bytes from `read` on are still to be looked at; those before `wrote` are what is kept. */
struct source {
    char *text;
    size_t len, read, wrote;
};

static void keep_until(struct source *s, size_t end)
{
    memmove(s->text + s->wrote, s->text + s->read, end - s->read);
    s->wrote += end - s->read;
    s->read = end;
}

static bool begins(const struct source *s, size_t at, const char *what)
{
    size_t n = strlen(what);
    return s->len - at >= n && strncasecmp(s->text + at, what, n) == 0;
}

/* Where the next `mark` stands, in any case of its letters; its first byte is no letter. The end when there
 * is none. */
static size_t find(const struct source *s, size_t at, const char *mark)
{
    const char *found;
    for (; at < s->len && (found = memchr(s->text + at, mark[0], s->len - at)) != NULL; at++) {
        at = (size_t)(found - s->text);
        if (begins(s, at, mark))
            return at;
    }
    return s->len;
}

/* Where the tag that begins at `at` ends (its '>'), counting what may begin an attribute: blanks, slashes,
 * opening quotation marks. */
static size_t tag_end(const struct source *s, size_t at, size_t *attributes)
{
    char quote = 0;
    bool value = false; /* behind an equals sign and blanks */
    for (; at < s->len && (quote != 0 || s->text[at] != '>'); at++) {
        char c = s->text[at];
        bool blank = c == ' ' || (c >= '\t' && c <= '\r');
        bool mark = c == '"' || c == '\'';
        if (quote != 0)
            quote = c == quote ? (char)0 : quote;
        else if (mark && value)
            quote = c;
        *attributes += quote == 0 && (blank || mark || c == '/');
        value = c == '=' || (value && blank);
    }
    return at;
}

/* The end of the comment that begins at the reading point, behind its last mark; the end of all when it has
 * none. */
static size_t comment_end(const struct source *s)
{
    size_t at = find(s, s->read + strlen("<!--"), "--");
    while (at < s->len && !begins(s, at + 2, ">") && !begins(s, at + 2, "!>"))
        at = find(s, at + 1, "--");
    return at == s->len ? at : at + strlen(begins(s, at + 2, ">") ? "-->" : "--!>");
}

/* "script" or "style" when the tag at the reading point opens one, else NULL. */
static const char *raw_text_element(const struct source *s, size_t end)
{
    static const char *const names[] = {"script", "style"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t behind = s->read + 1 + strlen(names[i]);
        if (begins(s, s->read + 1, names[i]) && behind <= end && !isalnum((unsigned char)s->text[behind]) &&
            s->text[end - 1] != '/')
            return names[i];
    }
    return NULL;
}

/* Keeps the tag; of a script or style that is not JSON-LD, the words are not kept. */
static enum cb_code read_tag(struct source *s, struct cb_err *err)
{
    size_t attributes = 0, start = s->read, end = tag_end(s, s->read + 1, &attributes);
    if (attributes > TAG_ATTRIBUTES)
        return cb_fail(err, CB_LIMIT, "a tag with more than %d attributes", TAG_ATTRIBUTES);
    const char *name = end < s->len ? raw_text_element(s, end) : NULL;
    char close[] = "</script";
    if (name != NULL)
        memcpy(close + 2, name, strlen(name) + 1);
    size_t closed = name != NULL ? find(s, end, close) : s->len;
    bool is_data = false;
    for (size_t at = start; name != NULL && at < end && !is_data; at++)
        is_data = begins(s, at, "ld+json");
    keep_until(s, end < s->len ? end + 1 : s->len);
    if (name != NULL && (is_data || closed == s->len)) /* never closed: it is the rest of the page */
        keep_until(s, closed);
    else if (name != NULL)
        s->read = closed;
    return CB_OK;
}

enum cb_code cb_page_source(struct cb_buffer *page, struct cb_err *err)
{
    struct source s = {.text = page->data, .len = page->len};
    enum cb_code code = CB_OK;
    while (code == CB_OK && s.read < s.len) {
        keep_until(&s, find(&s, s.read, "<"));
        if (s.read + 1 >= s.len)
            break;
        if (isalpha((unsigned char)s.text[s.read + 1])) {
            code = read_tag(&s, err);
        } else if (begins(&s, s.read, "<!--")) {
            size_t end = comment_end(&s);
            if (end == s.len) /* never closed: parsers differ, so it is left to ours */
                break;
            s.read = end;
        } else {
            keep_until(&s, s.read + 1);
        }
    }
    if (code == CB_OK && s.len > 0) {
        keep_until(&s, s.len);
        page->len = s.wrote;
        page->data[page->len] = '\0';
    }
    return code;
}
