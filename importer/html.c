/* The reader of web pages: article text, title, byline, dates. */
#include "importer/encoding.h"
#include "importer/html_dom.h"
#include "importer/reader.h"
#include "text/unicode.h"

#include <libxml/HTMLparser.h>
#include <libxml/SAX2.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum {
    PAGE_MAX = 16 * 1024 * 1024,   /* bytes of one page; its tree takes about ten times as much */
    PAGE_ARENA = 64 * 1024 * 1024, /* for what is counted and found of it */
    PAGE_DEPTH = 512,              /* elements in elements, as in browsers */
    SHORT_ARTICLE = 1000           /* bytes; below, a longer text in JSON-LD is taken instead */
};

/* ------------------------------------------------------------- what is a page */

static bool find_fold(const char *bytes, size_t len, const char *word)
{
    size_t n = strlen(word);
    for (size_t at = 0; at + n <= len; at++) {
        if (bytes[at] == '<' && strncasecmp(bytes + at, word, n) == 0)
            return true;
    }
    return false;
}

static bool is_html(const char *bytes, size_t len)
{
    /* anywhere among the first bytes, or right at the beginning */
    static const char *const marks[] = {"<!doctype html", "<html",  "<head>",  "<body",
                                        "<title>",        "<meta ", "<article"};
    static const char *const openers[] = {"<div",  "<p>",     "<p ", "<br",     "<b>",   "<table",
                                          "<font", "<center", "<h1", "<script", "<link "};
    while (len > 0 && (strchr(" \t\r\n\xEF\xBB\xBF", *bytes) != NULL && *bytes != '\0')) {
        bytes++;
        len--;
    }
    if (len == 0 || *bytes != '<')
        return false;
    for (size_t i = 0; i < sizeof openers / sizeof *openers; i++) {
        size_t n = strlen(openers[i]);
        if (len > n && strncasecmp(bytes, openers[i], n) == 0)
            return true;
    }
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (find_fold(bytes, len, marks[i]))
            return true;
    }
    return false;
}

static bool sniff_html(const struct cb_entry *entry, const char *bytes, size_t len)
{
    if (entry->media_type != NULL && (strncasecmp(entry->media_type, "text/html", 9) == 0 ||
                                      strncasecmp(entry->media_type, "application/xhtml", 17) == 0))
        return true;
    if (len > 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0)) { /* UTF-16 */
        char narrow[CB_SNIFF_MAX];
        size_t n = 0;
        for (size_t i = 2; i + 1 < len && n < sizeof narrow; i += 2)
            narrow[n++] = bytes[i] != '\0' ? bytes[i] : bytes[i + 1];
        return is_html(narrow, n);
    }
    return is_html(bytes, len);
}

/* ------------------------------------------------------------- encoding */

static bool copy_charset(const char *at, size_t len, char name[CB_ENCODING_NAME_MAX])
{
    size_t n = 0;
    while (n < len && n < 60 && at[n] != '\0' && strchr("\"'; \t\r\n>/", at[n]) == NULL)
        n++;
    if (n == 0)
        return false;
    memcpy(name, at, n);
    name[n] = '\0';
    return true;
}

/* The charset that the header or, failing that, a <meta> at the page's head declares; or NULL. */
static const char *declared_charset(const struct cb_entry *entry, const struct cb_buffer *raw,
                                    char name[CB_ENCODING_NAME_MAX])
{
    enum { LOOK = 8192 };
    const char *header = entry->media_type == NULL ? NULL : strstr(entry->media_type, "charset=");
    if (header != NULL) {
        header += strlen("charset=");
        header += *header == '"';
        if (copy_charset(header, strlen(header), name))
            return name;
    }
    const char *bytes = cb_buffer_text(raw);
    size_t len = raw->len < LOOK ? raw->len : LOOK;
    for (size_t at = 0; at + 8 < len; at++) {
        if (strncasecmp(bytes + at, "charset=", 8) != 0 && strncasecmp(bytes + at, "encoding=", 9) != 0)
            continue;
        size_t from = at + (bytes[at] == 'c' || bytes[at] == 'C' ? 8 : 9);
        from += bytes[from] == '"' || bytes[from] == '\'';
        if (from < len && copy_charset(bytes + from, len - from, name))
            return name;
    }
    return NULL;
}

/* As browsers do with a page that has a few broken bytes: each becomes U+FFFD, and a NUL is nothing. False
 * when more than one in a hundred is broken. */
static bool mend(const struct cb_buffer *raw, struct cb_buffer *out)
{
    size_t broken = 0;
    const char *bytes = cb_buffer_text(raw);
    for (size_t at = 0; at < raw->len;) {
        uint32_t c;
        size_t next = cb_utf8_next(bytes, raw->len, at, &c);
        if (c == 0xFFFD && next == at + 1) {
            cb_buffer_add_text(out, "\xEF\xBF\xBD");
            broken++;
        } else if (c == 0) {
            broken++;
        } else {
            cb_buffer_add(out, bytes + at, next - at);
        }
        at = next;
    }
    return broken * 100 <= raw->len;
}

static enum cb_code decode_page(const struct cb_entry *entry, const struct cb_buffer *raw,
                                struct cb_buffer *text, char encoding[CB_ENCODING_NAME_MAX],
                                struct cb_err *err)
{
    char declared[CB_ENCODING_NAME_MAX];
    enum cb_code code =
        cb_decode(cb_buffer_text(raw), raw->len, declared_charset(entry, raw, declared), text, encoding, err);
    if (code != CB_INPUT)
        return code;
    cb_buffer_clear(text);
    if (!mend(raw, text))
        return code;
    (void)snprintf(encoding, CB_ENCODING_NAME_MAX, "UTF-8");
    return cb_buffer_status(text, "the page", err);
}

/* ------------------------------------------------------------- parsing */

/* libxml2 knows no limit that tells why it stopped: the depth is watched here. */
static void start_element(void *context, const xmlChar *name, const xmlChar **attributes)
{
    htmlParserCtxt *parser = context;
    bool *too_deep = parser->_private;
    if (parser->nodeNr >= PAGE_DEPTH) {
        *too_deep = true;
        xmlStopParser(parser);
        return;
    }
    xmlSAX2StartElement(context, name, attributes);
}

static enum cb_code parse_page(struct cb_buffer *text, xmlDoc **out, struct cb_err *err)
{
    bool too_deep = false;
    *out = NULL;
    enum cb_code code = cb_page_source(text, err);
    if (code != CB_OK)
        return code;
    xmlInitParser();
    htmlParserCtxt *parser = htmlNewParserCtxt();
    if (parser == NULL)
        return cb_no_memory(err);
    parser->_private = &too_deep;
    parser->sax->startElement = start_element;
    xmlDoc *doc =
        htmlCtxtReadMemory(parser, cb_buffer_text(text), (int)text->len, NULL, "UTF-8",
                           HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                               HTML_PARSE_COMPACT | HTML_PARSE_IGNORE_ENC | XML_PARSE_HUGE);
    htmlFreeParserCtxt(parser);
    if (too_deep) {
        xmlFreeDoc(doc);
        return cb_fail(err, CB_LIMIT, "elements nested deeper than %d", PAGE_DEPTH);
    }
    if (doc == NULL)
        return cb_fail(err, CB_INPUT, "can't be parsed as a web page");
    *out = doc;
    return CB_OK;
}

/* ------------------------------------------------------------- the document */

/* Whether the text holds the first words of `line` (the rest may be broken into lines). */
static bool has_beginning(const char *text, const char *line)
{
    char words[41];
    (void)snprintf(words, sizeof words, "%s", line);
    return strstr(text, words) != NULL;
}

static void insert_line(struct cb_buffer *text, size_t at, const char *line)
{
    size_t len = strlen(line) + 1;
    if (cb_buffer_room(text, len) == NULL)
        return;
    memmove(text->data + at + len, text->data + at, text->len - at + 1);
    memcpy(text->data + at, line, len - 1);
    text->data[at + len - 1] = '\n';
    text->len += len;
}

static enum cb_code write_text(struct cb_page *page, const struct cb_page_meta *meta, struct cb_buffer *text,
                               struct cb_err *err)
{
    size_t head = 0;
    if (meta->title != NULL) {
        cb_buffer_add_text(text, meta->title);
        cb_buffer_add_char(text, '\n');
        head = text->len;
    }
    cb_page_text(page, cb_page_article(page), meta->title, text);
    if (meta->lede != NULL && !has_beginning(cb_buffer_text(text) + head, meta->lede))
        insert_line(text, head, meta->lede);
    size_t found = text->len - head;
    if (meta->body != NULL && found < SHORT_ARTICLE && strlen(meta->body) > 2 * found) {
        text->len = head; /* the page shows only the beginning, or builds its text by script */
        cb_buffer_add_text(text, meta->body);
        cb_buffer_add_char(text, '\n');
    }
    enum cb_code code = cb_buffer_status(text, "the text of the page", err);
    if (code == CB_OK && text->len == head)
        code = cb_fail(err, CB_INPUT, "holds no article text");
    return code;
}

static enum cb_code hand_on(struct cb_intake *intake, const struct cb_entry *entry,
                            const struct cb_page_meta *meta, const struct cb_buffer *raw,
                            const struct cb_buffer *text, const char *encoding, struct cb_err *err)
{
    char media_type[CB_ENCODING_NAME_MAX + 32] = "text/html";
    if (strcmp(encoding, "UTF-8") != 0)
        (void)snprintf(media_type, sizeof media_type, "text/html; charset=%s", encoding);
    const struct cb_input_document document = {
        .path = entry->path,
        .text = cb_buffer_text(text),
        .text_len = text->len,
        .has_title = meta->title != NULL,
        .title = meta->title,
        .byline = meta->byline,
        .published = meta->published,
        .modified = meta->modified,
        .retrieved = entry->retrieved,
        .url = meta->url,
        .site_name = meta->site_name,
        .language = meta->language,
        .media_type = media_type,
        .raw = cb_buffer_text(raw),
        .raw_len = raw->len,
    };
    return cb_intake_document(intake, &document, err);
}

static enum cb_code read_page(struct cb_intake *intake, const struct cb_entry *entry,
                              const struct cb_buffer *raw, struct cb_err *err)
{
    char encoding[CB_ENCODING_NAME_MAX];
    struct cb_buffer source, text, clean;
    struct cb_arena arena;
    struct cb_page page = {.arena = &arena, .url = entry->url};
    struct cb_page_meta meta = {0};
    cb_arena_init(&arena, PAGE_ARENA);
    cb_buffer_init(&source, PAGE_MAX * 3);
    cb_buffer_init(&text, intake->document_max);
    cb_buffer_init(&clean, intake->document_max);
    struct cb_buffer body = *raw; /* a view: the page behind the headers it came with */
    body.data += entry->head_len;
    body.len -= entry->head_len;
    enum cb_code code = decode_page(entry, &body, &source, encoding, err);
    if (code == CB_OK)
        code = parse_page(&source, &page.doc, err);
    if (code == CB_OK && (page.root = xmlDocGetRootElement(page.doc)) == NULL)
        code = cb_fail(err, CB_INPUT, "holds no article text");
    if (code == CB_OK && !cb_page_prepare(&page))
        code = cb_fail(err, CB_LIMIT, "more elements than fit in %d bytes", PAGE_ARENA);
    if (code == CB_OK) {
        cb_page_measure(&page);
        cb_page_meta(&page, &meta);
        code = write_text(&page, &meta, &text, err);
    }
    if (code == CB_OK)
        code = cb_utf8_clean(cb_buffer_text(&text), text.len, &clean, err);
    if (code == CB_OK)
        code = hand_on(intake, entry, &meta, raw, &clean, encoding, err);
    xmlFreeDoc(page.doc);
    cb_buffer_release(&clean);
    cb_buffer_release(&text);
    cb_buffer_release(&source);
    cb_arena_release(&arena);
    return code;
}

static enum cb_code read_html(struct cb_intake *intake, const struct cb_entry *entry,
                              struct cb_stream *stream, struct cb_err *err)
{
    struct cb_buffer raw;
    cb_buffer_init(&raw, PAGE_MAX);
    cb_buffer_add(&raw, entry->head, entry->head_len);
    enum cb_code code = cb_stream_read_all(stream, &raw, err);
    if (code == CB_OK && raw.len == entry->head_len)
        code = cb_fail(err, CB_INPUT, "is empty");
    if (code == CB_OK)
        code = read_page(intake, entry, &raw, err);
    cb_buffer_release(&raw);
    return code;
}

const struct cb_reader cb_reader_html = {"web page", sniff_html, read_html};
