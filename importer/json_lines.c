/* The reader of documents as JSON Lines: an object a line, with "text" and what is known of it. What
 * `extract` prints can be read back. */
#include "importer/html_dom.h"
#include "importer/reader.h"
#include "text/unicode.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { PATH_SIZE = 4096, LINE_ARENA = 64 * 1024 };

/* Keys under which crawlers and the program itself write the same thing; the first is the one documented. */
static const char *const text_keys[] = {"text", "body", "content", "maintext", NULL};
static const char *const title_keys[] = {"title", "headline", NULL};
static const char *const byline_keys[] = {"byline", "author", "authors", NULL};
static const char *const published_keys[] = {"published", "date_published", "datePublished",
                                             "date",      "publish_date",   NULL};
static const char *const modified_keys[] = {"modified", "date_modified", "dateModified", "date_modify", NULL};
static const char *const retrieved_keys[] = {"retrieved", "date_download", NULL};
static const char *const url_keys[] = {"url", "link", NULL};
static const char *const site_keys[] = {"site_name", "sitename", NULL};
static const char *const source_keys[] = {"source", "publisher", NULL};
static const char *const language_keys[] = {"language", "lang", NULL};
static const char *const id_keys[] = {"external_id", "id", NULL};

static const char *text_of(const json_t *object, const char *const *keys)
{
    for (; *keys != NULL; keys++) {
        const json_t *value = json_object_get(object, *keys);
        if (json_is_array(value))
            value = json_array_get(value, 0);
        const char *text = json_string_value(value);
        if (text != NULL && text[strspn(text, " \t\r\n")] != '\0')
            return text;
    }
    return NULL;
}

static bool sniff_json_lines(const struct cb_entry *entry, const char *bytes, size_t len)
{
    (void)entry;
    size_t at = len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (at < len && strchr(" \t\r\n", bytes[at]) != NULL && bytes[at] != '\0')
        at++;
    if (at + 1 >= len || bytes[at] != '{')
        return false;
    size_t quote = at + 1;
    while (quote < len && (bytes[quote] == ' ' || bytes[quote] == '\t'))
        quote++;
    if (quote >= len || bytes[quote] != '"')
        return false;
    /* an object that ends on its line, or goes on beyond what is seen */
    const char *lf = memchr(bytes + at, '\n', len - at);
    size_t line = lf == NULL ? len - at : (size_t)(lf - bytes) - at;
    while (line > 0 && (bytes[at + line - 1] == '\r' || bytes[at + line - 1] == ' '))
        line--;
    return (lf == NULL && len >= CB_SNIFF_MAX) || bytes[at + line - 1] == '}';
}

struct json_reader {
    struct cb_intake *intake;
    const struct cb_entry *entry;
    int64_t line;
    char path[PATH_SIZE];
};

static enum cb_code set_time(const json_t *object, const char *const *keys, const char *what,
                             struct cb_arena *arena, const char **out, struct cb_err *err)
{
    const char *text = text_of(object, keys);
    *out = NULL;
    if (text == NULL)
        return CB_OK;
    *out = cb_page_date(text, strlen(text), arena);
    return *out != NULL ? CB_OK : cb_fail(err, CB_INPUT, "'%s' is no date: '%.60s'", what, text);
}

static enum cb_code hand_on(struct json_reader *r, const json_t *object, const struct cb_buffer *text,
                            struct cb_arena *arena, struct cb_err *err)
{
    struct cb_input_document document = {
        .path = r->path,
        .text = cb_buffer_text(text),
        .text_len = text->len,
        .title = text_of(object, title_keys),
        .byline = text_of(object, byline_keys),
        .url = text_of(object, url_keys),
        .site_name = text_of(object, site_keys),
        .source = text_of(object, source_keys),
        .language = text_of(object, language_keys),
        .external_id = text_of(object, id_keys),
        .media_type = "application/x-ndjson",
    };
    size_t title = document.title == NULL ? 0 : strlen(document.title);
    document.has_title = title > 0 && text->len > title &&
                         memcmp(document.text, document.title, title) == 0 && document.text[title] == '\n';
    enum cb_code code = set_time(object, published_keys, "published", arena, &document.published, err);
    if (code == CB_OK)
        code = set_time(object, modified_keys, "modified", arena, &document.modified, err);
    if (code == CB_OK)
        code = set_time(object, retrieved_keys, "retrieved", arena, &document.retrieved, err);
    return code != CB_OK ? code : cb_intake_document(r->intake, &document, err);
}

static enum cb_code read_object(struct json_reader *r, const struct cb_buffer *line, struct cb_arena *arena,
                                struct cb_err *err)
{
    json_error_t error;
    struct cb_buffer text;
    enum cb_code code = CB_OK;
    json_t *object = json_loadb(cb_buffer_text(line), line->len, JSON_REJECT_DUPLICATES, &error);
    cb_buffer_init(&text, r->intake->document_max);
    if (object == NULL)
        code = cb_fail(err, CB_INPUT, "is no JSON: %s at column %d", error.text, error.column);
    else if (!json_is_object(object))
        code = cb_fail(err, CB_INPUT, "is no JSON object");
    const char *found = code == CB_OK ? text_of(object, text_keys) : NULL;
    if (code == CB_OK && found == NULL)
        code = cb_fail(err, CB_INPUT,
                       json_object_get(object, "claimReviewed") != NULL
                           ? "is a ClaimReview: --claimreview imports it"
                           : "has no \"text\"");
    if (code == CB_OK)
        code = cb_utf8_clean(found, strlen(found), &text, err);
    if (code == CB_OK)
        code = hand_on(r, object, &text, arena, err);
    cb_buffer_release(&text);
    json_decref(object);
    return code;
}

static enum cb_code reject_line(struct json_reader *r, const char *reason, const struct cb_buffer *line,
                                struct cb_err *err)
{
    const struct cb_input_reject reject = {.path = r->entry->path,
                                           .line = r->line,
                                           .reason = reason,
                                           .content = cb_buffer_text(line),
                                           .content_len = line->len};
    return cb_intake_reject(r->intake, &reject, err);
}

static bool is_empty(const struct cb_buffer *line)
{
    const char *text = cb_buffer_text(line);
    return strspn(text, " \t\r") == line->len;
}

static enum cb_code read_line(struct json_reader *r, const struct cb_buffer *line, struct cb_err *err)
{
    struct cb_arena arena;
    struct cb_err why = {0};
    cb_arena_init(&arena, LINE_ARENA);
    (void)snprintf(r->path, sizeof r->path, "%s#%" PRId64, r->entry->path, r->line);
    enum cb_code code = read_object(r, line, &arena, &why);
    cb_arena_release(&arena);
    if (code == CB_OK)
        return CB_OK;
    if (cb_intake_may_go_on(r->intake, code))
        return reject_line(r, why.message, line, err);
    if (err != NULL)
        *err = why;
    return code;
}

static enum cb_code read_json_lines(struct cb_intake *intake, const struct cb_entry *entry,
                                    struct cb_stream *stream, struct cb_err *err)
{
    struct json_reader r = {.intake = intake, .entry = entry};
    struct cb_buffer line;
    bool found = true;
    enum cb_code code = CB_OK;
    cb_buffer_init(&line, intake->document_max);
    while (code == CB_OK) {
        struct cb_err why = {0};
        cb_buffer_clear(&line);
        code = cb_stream_line(stream, &line, &found, &why);
        r.line++;
        if (code == CB_LIMIT) {
            code = reject_line(&r, why.message, &line, err);
            if (code == CB_OK)
                code = cb_stream_skip_line(stream, err);
            continue;
        }
        if (code != CB_OK) {
            if (err != NULL)
                *err = why;
            break;
        }
        if (!found)
            break;
        if (r.line == 1 && line.len >= 3 && memcmp(line.data, "\xEF\xBB\xBF", 3) == 0)
            memset(line.data, ' ', 3);
        if (!is_empty(&line))
            code = read_line(&r, &line, err);
    }
    cb_buffer_release(&line);
    return code;
}

const struct cb_reader cb_reader_json_lines = {"JSON Lines", sniff_json_lines, read_json_lines};
