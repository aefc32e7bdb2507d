#include "tests/unit/importer/reading.h"

#include "text/span.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>

static void copy(char *to, size_t size, const char *text)
{
    (void)snprintf(to, size, "%s", text == NULL ? "" : text);
}

static enum cb_code take_document(void *context, const struct cb_input_document *d, struct cb_err *err)
{
    struct reading *r = context;
    size_t len = strlen(r->log);
    if (strlen(d->text) != d->text_len)
        return cb_fail(err, CB_FAILED, "the text has another length than it says");
    r->documents++;
    (void)snprintf(r->log + len, sizeof r->log - len, "+ %s|%s\n", d->path, d->text);
    copy(r->text, sizeof r->text, d->text);
    copy(r->title, sizeof r->title, d->title);
    copy(r->byline, sizeof r->byline, d->byline);
    copy(r->published, sizeof r->published, d->published);
    copy(r->modified, sizeof r->modified, d->modified);
    copy(r->url, sizeof r->url, d->url);
    copy(r->site, sizeof r->site, d->site_name);
    copy(r->language, sizeof r->language, d->language);
    copy(r->source, sizeof r->source, d->source);
    copy(r->external_id, sizeof r->external_id, d->external_id);
    copy(r->retrieved, sizeof r->retrieved, d->retrieved);
    copy(r->media_type, sizeof r->media_type, d->media_type);
    copy(r->raw, sizeof r->raw, d->raw);
    r->has_title = d->has_title;
    return CB_OK;
}

static enum cb_code take_reject(void *context, const struct cb_input_reject *reject, struct cb_err *err)
{
    (void)err;
    struct reading *r = context;
    size_t len = strlen(r->log);
    r->rejects++;
    (void)snprintf(r->log + len, sizeof r->log - len, "- %s:%" PRId64 ": %s\n", reject->path, reject->line,
                   reject->reason);
    return CB_OK;
}

enum cb_code read_entry(struct reading *reading, const struct cb_entry *entry, const void *bytes, size_t len,
                        size_t max)
{
    const struct cb_input_options options = {
        .document = take_document, .reject = take_reject, .context = reading};
    struct cb_intake intake = {.options = &options, .document_max = max > 0 ? max : CB_TEXT_MAX};
    struct cb_stream_memory memory = {.bytes = bytes, .len = len};
    struct cb_stream stream;
    struct cb_err err;
    memset(reading, 0, sizeof *reading);
    cb_stream_init(&stream, cb_stream_fill_memory, &memory);
    return cb_read_entry(&intake, entry, &stream, &err);
}

enum cb_code read_bytes(struct reading *reading, const char *path, const void *bytes, size_t len, size_t max)
{
    const struct cb_entry entry = {.path = path};
    return read_entry(reading, &entry, bytes, len, max);
}

enum cb_code read_path(struct reading *reading, const char *path)
{
    const struct cb_input_options options = {
        .document = take_document, .reject = take_reject, .context = reading};
    struct cb_err err;
    memset(reading, 0, sizeof *reading);
    return cb_input_read(path, &options, &err);
}

size_t pack(const void *bytes, size_t len, char *to, size_t size)
{
    enum { GZIP = 16 };
    z_stream z = {.next_in = (Bytef *)(uintptr_t)bytes,
                  .avail_in = (uInt)len,
                  .next_out = (Bytef *)to,
                  .avail_out = (uInt)size};
    if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, MAX_WBITS + GZIP, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return 0;
    int result = deflate(&z, Z_FINISH);
    (void)deflateEnd(&z);
    return result == Z_STREAM_END ? size - z.avail_out : 0;
}
