#include "tests/fuzz/reading.h"

#include "importer/iso_time.h"
#include "text/unicode.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

void fuzz_require(bool holds)
{
    if (!holds)
        abort();
}

void fuzz_require_clean(const char *text, size_t len)
{
    fuzz_require(text != NULL && text[len] == '\0');
    fuzz_require(memchr(text, '\0', len) == NULL);
    fuzz_require(cb_utf8_valid_until(text, len) == len);
}

static void require_string(const char *text)
{
    if (text != NULL)
        fuzz_require(cb_utf8_valid_until(text, strlen(text)) == strlen(text));
}

static void require_time(const char *text)
{
    int64_t ignored;
    fuzz_require(text == NULL || cb_iso_time(text, &ignored));
}

enum cb_code fuzz_document(void *context, const struct cb_input_document *d, struct cb_err *err)
{
    (void)context, (void)err;
    fuzz_require(d->text_len <= FUZZ_DOCUMENT_MAX && cb_has_words(d->text, d->text_len));
    fuzz_require_clean(d->text, d->text_len);
    fuzz_require(memchr(d->text, '\r', d->text_len) == NULL);
    const char *const strings[] = {d->title,  d->byline,   d->url,        d->site_name,
                                   d->source, d->language, d->external_id};
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
        require_string(strings[i]);
    require_time(d->published);
    require_time(d->modified);
    fuzz_require(d->path != NULL);
    return CB_OK;
}

enum cb_code fuzz_reject(void *context, const struct cb_input_reject *reject, struct cb_err *err)
{
    (void)context, (void)err;
    fuzz_require(reject->path != NULL && reject->reason != NULL && reject->reason[0] != '\0');
    fuzz_require(reject->line >= 0 && (reject->content != NULL || reject->content_len == 0));
    return CB_OK;
}

struct pieces {
    struct cb_stream_memory memory;
    size_t piece;
};

static enum cb_code fill(void *context, char *to, size_t room, size_t *got, struct cb_err *err)
{
    struct pieces *pieces = context;
    return cb_stream_fill_memory(&pieces->memory, to, room < pieces->piece ? room : pieces->piece, got, err);
}

void fuzz_read(const struct cb_reader *reader, const struct cb_entry *entry, const uint8_t *data, size_t size,
               size_t piece)
{
    const struct cb_input_options options = {.document = fuzz_document, .reject = fuzz_reject};
    struct cb_intake intake = {.options = &options, .document_max = FUZZ_DOCUMENT_MAX, .depth = 1};
    struct pieces pieces = {{(const char *)data, size}, piece + 1};
    struct cb_stream stream;
    struct cb_err err = {0};
    cb_stream_init(&stream, fill, &pieces);
    enum cb_code code = reader->read(&intake, entry, &stream, &err);
    fuzz_require(code == CB_OK || ((code == CB_INPUT || code == CB_LIMIT) && err.message[0] != '\0'));
}

const char *fuzz_file(const uint8_t *data, size_t size)
{
    static int fd = -1;
    static char path[64];
    if (fd < 0) {
        fd = memfd_create("input", MFD_CLOEXEC);
        fuzz_require(fd >= 0);
        (void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    }
    fuzz_require(ftruncate(fd, 0) == 0 && pwrite(fd, data, size, 0) == (ssize_t)size);
    return path;
}
