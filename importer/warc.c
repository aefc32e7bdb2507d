/* The reader of web archives (WARC 1.0 and 1.1, ISO 28500): the pages in response and resource records.
 * Records of other kinds, of images and scripts, and answers other than 200 are passed over. */
#include "importer/http_message.h"
#include "importer/reader.h"
#include "importer/warc_digest.h"
#include "text/unicode.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { LINE_MAX_BYTES = 16 * 1024, HEADERS_MAX = 256, PATH_SIZE = 8192 };

struct record {
    char url[LINE_MAX_BYTES + 1]; /* whole: a part of an address is another address */
    char type[32], date[40], media_type[128], payload_digest[160], block_digest[160];
    uint64_t length;
    bool has_length;
};

struct warc {
    struct cb_intake *intake;
    const struct cb_entry *entry;
    struct cb_stream *stream;
    int64_t number; /* of the record, from 1 */
    struct cb_buffer line, block;
};

static bool sniff_warc(const struct cb_entry *entry, const char *bytes, size_t len)
{
    (void)entry;
    return len > 6 && (memcmp(bytes, "WARC/1", 6) == 0 || memcmp(bytes, "WARC/0", 6) == 0);
}

/* A line without its end; *ended at the end of the file. */
static enum cb_code next_line(struct warc *w, bool *ended, struct cb_err *err)
{
    bool found;
    cb_buffer_clear(&w->line);
    enum cb_code code = cb_stream_line(w->stream, &w->line, &found, err);
    if (code == CB_LIMIT)
        return cb_fail(err, CB_INPUT, "record %" PRId64 " has a header line of more than %d bytes", w->number,
                       LINE_MAX_BYTES);
    *ended = !found;
    while (w->line.len > 0 && (w->line.data[w->line.len - 1] == '\r' || w->line.data[w->line.len - 1] == ' '))
        w->line.data[--w->line.len] = '\0';
    return code;
}

static void set(char *to, size_t size, const char *value)
{
    (void)snprintf(to, size, "%s", value);
}

static enum cb_code read_header(struct warc *w, struct record *r, struct cb_err *err)
{
    const char *line = cb_buffer_text(&w->line), *colon = strchr(line, ':');
    if (colon == NULL)
        return line[0] == ' ' || line[0] == '\t'
                   ? CB_OK /* a folded line */
                   : cb_fail(err, CB_INPUT, "record %" PRId64 " has a header line without a colon",
                             w->number);
    const char *value = colon + 1 + strspn(colon + 1, " \t");
    size_t n = (size_t)(colon - line);
    const struct {
        const char *name;
        char *to;
        size_t size;
    } fields[] = {{"WARC-Type", r->type, sizeof r->type},
                  {"WARC-Target-URI", r->url, sizeof r->url},
                  {"WARC-Date", r->date, sizeof r->date},
                  {"Content-Type", r->media_type, sizeof r->media_type},
                  {"WARC-Payload-Digest", r->payload_digest, sizeof r->payload_digest},
                  {"WARC-Block-Digest", r->block_digest, sizeof r->block_digest}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (strlen(fields[i].name) == n && strncasecmp(line, fields[i].name, n) == 0)
            set(fields[i].to, fields[i].size, value);
    }
    if (n == strlen("Content-Length") && strncasecmp(line, "Content-Length", n) == 0) {
        char *end;
        r->length = strtoull(value, &end, 10);
        r->has_length = end != value && *end == '\0' && value[0] != '-';
    }
    return CB_OK;
}

/* Up to the record's content; *ended when there is no more record. */
static enum cb_code read_headers(struct warc *w, struct record *r, bool *ended, struct cb_err *err)
{
    enum cb_code code;
    *r = (struct record){0};
    do {
        code = next_line(w, ended, err);
        if (code != CB_OK || *ended)
            return code;
    } while (w->line.len == 0);
    w->number++;
    if (strncmp(cb_buffer_text(&w->line), "WARC/", 5) != 0)
        return cb_fail(err, CB_INPUT, "what stands where record %" PRId64 " should begin is no WARC record",
                       w->number);
    for (int i = 0; i < HEADERS_MAX; i++) {
        code = next_line(w, ended, err);
        if (code == CB_OK && *ended)
            code = cb_fail(err, CB_INPUT, "record %" PRId64 " is cut off in its headers", w->number);
        if (code != CB_OK || w->line.len == 0)
            break;
        code = read_header(w, r, err);
        if (code != CB_OK)
            break;
    }
    if (code == CB_OK && (w->line.len > 0 || !r->has_length))
        code = cb_fail(err, CB_INPUT, "record %" PRId64 " has no valid Content-Length", w->number);
    return code;
}

/* Reads the content into w->block, or passes over it when it is not wanted. */
static enum cb_code read_block(struct warc *w, uint64_t length, bool wanted, struct cb_err *err)
{
    char piece[8192];
    cb_buffer_clear(&w->block);
    for (uint64_t left = length; left > 0;) {
        size_t got = 0;
        enum cb_code code =
            cb_stream_read(w->stream, piece, left < sizeof piece ? (size_t)left : sizeof piece, &got, err);
        if (code != CB_OK)
            return code;
        if (got == 0)
            return cb_fail(err, CB_INPUT,
                           "record %" PRId64 " is cut off: %" PRIu64 " of %" PRIu64 " bytes are missing",
                           w->number, left, length);
        if (wanted)
            cb_buffer_add(&w->block, piece, got);
        left -= got;
    }
    return cb_buffer_status(&w->block, "a record", err);
}

static bool is_text(const char *media_type)
{
    static const char *const types[] = {"text/html", "application/xhtml", "text/plain", "text/markdown"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (strncasecmp(media_type, types[i], strlen(types[i])) == 0)
            return true;
    }
    return media_type[0] == '\0';
}

/* The payload is the HTTP body as stored; some writers count it without chunks. */
static enum cb_code check_digest(const struct warc *w, const struct record *r,
                                 const struct cb_http_message *http, struct cb_err *err)
{
    enum cb_digest_match match = CB_DIGEST_UNKNOWN;
    if (r->payload_digest[0] != '\0')
        match = cb_digest_check(r->payload_digest, http->body, http->body_len);
    if (match == CB_DIGEST_DIFFERS) {
        struct cb_buffer plain;
        cb_buffer_init(&plain, w->block.max);
        if (cb_http_unchunk(http->body, http->body_len, &plain, NULL) == CB_OK)
            match = cb_digest_check(r->payload_digest, cb_buffer_text(&plain), plain.len);
        cb_buffer_release(&plain);
    }
    if (match == CB_DIGEST_DIFFERS)
        return cb_fail(err, CB_INPUT,
                       "the payload's digest does not match: the record was altered or damaged");
    if (r->block_digest[0] != '\0' &&
        cb_digest_check(r->block_digest, cb_buffer_text(&w->block), w->block.len) == CB_DIGEST_DIFFERS)
        return cb_fail(err, CB_INPUT, "the block's digest does not match: the record was altered or damaged");
    return CB_OK;
}

/* The address as text: bytes that are no UTF-8 in the form in which addresses write bytes ("%E9"). */
static void add_address(struct cb_buffer *out, const char *url)
{
    size_t len = strlen(url);
    for (size_t at = 0; at < len;) {
        uint32_t c;
        size_t next = cb_utf8_next(url, len, at, &c);
        if (c == 0xFFFD && next == at + 1)
            cb_buffer_printf(out, "%%%02X", (unsigned)(unsigned char)url[at]);
        else
            cb_buffer_add(out, url + at, next - at);
        at = next;
    }
}

static enum cb_code read_page(struct warc *w, const struct record *r, struct cb_err *err)
{
    char path[PATH_SIZE], media_type[128];
    struct cb_http_message http = {.body = cb_buffer_text(&w->block), .body_len = w->block.len};
    struct cb_buffer content, address;
    enum cb_code code = CB_OK;
    if (strcasecmp(r->type, "response") == 0)
        code = cb_http_split(cb_buffer_text(&w->block), w->block.len, &http, err);
    if (code != CB_OK)
        return code;
    set(media_type, sizeof media_type, r->media_type);
    if (http.head != NULL)
        cb_http_header(&http, "Content-Type", media_type, sizeof media_type);
    if ((http.head != NULL && http.status != 200) || !is_text(media_type))
        return CB_OK;
    cb_buffer_init(&content, w->block.max);
    cb_buffer_init(&address, (size_t)3 * LINE_MAX_BYTES);
    code = check_digest(w, r, &http, err);
    if (code == CB_OK)
        code = cb_http_content(&http, &content, err);
    if (code == CB_OK) {
        struct cb_stream_memory memory = {.bytes = cb_buffer_text(&content), .len = content.len};
        struct cb_stream inner;
        (void)snprintf(path, sizeof path, "%s#%" PRId64, w->entry->path, w->number);
        add_address(&address, r->url);
        const struct cb_entry entry = {.path = path,
                                       .url = address.len > 0 ? cb_buffer_text(&address) : NULL,
                                       .retrieved = r->date[0] != '\0' ? r->date : NULL,
                                       .media_type = media_type[0] != '\0' ? media_type : NULL,
                                       .line = w->number,
                                       .head = http.head,
                                       .head_len = http.head_len};
        cb_stream_init(&inner, cb_stream_fill_memory, &memory);
        code = cb_read_entry(w->intake, &entry, &inner, err);
    }
    cb_buffer_release(&address);
    cb_buffer_release(&content);
    return code;
}

/* "<http://…>" as WARC 1.0 writes addresses */
static void trim_url(char *url)
{
    size_t len = strlen(url);
    if (len > 1 && url[0] == '<' && url[len - 1] == '>') {
        memmove(url, url + 1, len - 2);
        url[len - 2] = '\0';
    }
}

static enum cb_code reject_record(struct warc *w, const char *reason, struct cb_err *err)
{
    char path[PATH_SIZE];
    (void)snprintf(path, sizeof path, "%s#%" PRId64, w->entry->path, w->number);
    const struct cb_input_reject reject = {.path = path, .line = w->number, .reason = reason};
    return cb_intake_reject(w->intake, &reject, err);
}

static enum cb_code read_record(struct warc *w, struct record *r, struct cb_err *err)
{
    struct cb_err why = {0};
    bool wanted = strcasecmp(r->type, "response") == 0 || strcasecmp(r->type, "resource") == 0;
    bool large = wanted && r->length > w->block.max;
    enum cb_code code = read_block(w, r->length, wanted && !large, err);
    if (code != CB_OK || !wanted)
        return code;
    trim_url(r->url);
    if (large)
        code = cb_fail(&why, CB_LIMIT, "a record of %" PRIu64 " bytes is over the maximum of %zu", r->length,
                       w->block.max);
    else
        code = read_page(w, r, &why);
    if (code == CB_OK)
        return CB_OK;
    if (cb_intake_may_go_on(w->intake, code))
        return reject_record(w, why.message, err);
    if (err != NULL)
        *err = why;
    return code;
}

static enum cb_code read_warc(struct cb_intake *intake, const struct cb_entry *entry,
                              struct cb_stream *stream, struct cb_err *err)
{
    struct warc w = {.intake = intake, .entry = entry, .stream = stream};
    struct record record;
    bool ended = false;
    enum cb_code code = CB_OK;
    cb_buffer_init(&w.line, LINE_MAX_BYTES);
    cb_buffer_init(&w.block, intake->document_max);
    while (code == CB_OK) {
        code = read_headers(&w, &record, &ended, err);
        if (code != CB_OK || ended)
            break;
        code = read_record(&w, &record, err);
    }
    cb_buffer_release(&w.block);
    cb_buffer_release(&w.line);
    return code;
}

const struct cb_reader cb_reader_warc = {"web archive", sniff_warc, read_warc};
