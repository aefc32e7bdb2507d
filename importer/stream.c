#include "importer/stream.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

void cb_stream_init(struct cb_stream *stream, cb_stream_fill *fill, void *context)
{
    stream->fill = fill;
    stream->context = context;
    stream->at = stream->end = stream->taken = 0;
    stream->ended = false;
}

enum cb_code cb_stream_fill_file(void *context, char *to, size_t room, size_t *got, struct cb_err *err)
{
    const struct cb_stream_file *file = context;
    ssize_t n = read(file->fd, to, room);
    /* A pipe may stay silent for ever: who asks the program to stop need not wait. */
    if (n < 0 && errno == EINTR)
        return cb_fail(err, CB_INTERRUPTED, "stopped while it waited for input");
    if (n < 0)
        return cb_fail(err, CB_INPUT, "could not be read: %s", strerror(errno));
    *got = (size_t)n;
    if (file->counter != NULL)
        *file->counter += n;
    return CB_OK;
}

enum cb_code cb_stream_fill_memory(void *context, char *to, size_t room, size_t *got, struct cb_err *err)
{
    (void)err;
    struct cb_stream_memory *memory = context;
    size_t n = memory->len < room ? memory->len : room;
    if (n > 0)
        memcpy(to, memory->bytes, n);
    memory->bytes += n;
    memory->len -= n;
    *got = n;
    return CB_OK;
}

/* One more piece behind the unread bytes; there must be room for it. */
static enum cb_code fill_more(struct cb_stream *stream, struct cb_err *err)
{
    size_t got = 0;
    enum cb_code code = stream->fill(stream->context, stream->window + stream->end,
                                     CB_STREAM_WINDOW - stream->end, &got, err);
    if (code != CB_OK)
        return code;
    stream->end += got;
    stream->ended = got == 0;
    return CB_OK;
}

enum cb_code cb_stream_peek(struct cb_stream *stream, size_t want, const char **bytes, size_t *len,
                            struct cb_err *err)
{
    if (want > CB_STREAM_WINDOW)
        want = CB_STREAM_WINDOW;
    if (CB_STREAM_WINDOW - stream->at < want || stream->at == stream->end) {
        memmove(stream->window, stream->window + stream->at, stream->end - stream->at);
        stream->end -= stream->at;
        stream->at = 0;
    }
    while (stream->end - stream->at < want && !stream->ended) {
        enum cb_code code = fill_more(stream, err);
        if (code != CB_OK)
            return code;
    }
    *bytes = stream->window + stream->at;
    *len = stream->end - stream->at;
    return CB_OK;
}

static void take(struct cb_stream *stream, size_t len)
{
    stream->at += len;
    stream->taken += len;
}

enum cb_code cb_stream_read(struct cb_stream *stream, char *to, size_t room, size_t *got, struct cb_err *err)
{
    const char *bytes;
    size_t len;
    enum cb_code code = cb_stream_peek(stream, 1, &bytes, &len, err);
    if (code != CB_OK)
        return code;
    *got = len < room ? len : room;
    memcpy(to, bytes, *got);
    take(stream, *got);
    return CB_OK;
}

enum cb_code cb_stream_read_all(struct cb_stream *stream, struct cb_buffer *out, struct cb_err *err)
{
    for (;;) {
        const char *bytes;
        size_t len;
        enum cb_code code = cb_stream_peek(stream, 1, &bytes, &len, err);
        if (code != CB_OK || len == 0)
            return code != CB_OK ? code : cb_buffer_status(out, "the content", err);
        if (len > out->max - out->len)
            return cb_fail(err, CB_LIMIT, "larger than %zu bytes", out->max);
        cb_buffer_add(out, bytes, len);
        take(stream, len);
    }
}

enum cb_code cb_stream_line(struct cb_stream *stream, struct cb_buffer *out, bool *found, struct cb_err *err)
{
    *found = false;
    for (;;) {
        const char *bytes;
        size_t len;
        enum cb_code code = cb_stream_peek(stream, 1, &bytes, &len, err);
        if (code != CB_OK)
            return code;
        if (len == 0)
            break;
        *found = true;
        const char *lf = memchr(bytes, '\n', len);
        size_t part = lf != NULL ? (size_t)(lf - bytes) : len;
        if (part > out->max - out->len)
            return cb_fail(err, CB_LIMIT, "line longer than %zu bytes", out->max);
        cb_buffer_add(out, bytes, part);
        take(stream, lf != NULL ? part + 1 : part);
        if (lf != NULL)
            break;
    }
    return cb_buffer_status(out, "a line", err);
}

enum cb_code cb_stream_skip_line(struct cb_stream *stream, struct cb_err *err)
{
    for (;;) {
        const char *bytes;
        size_t len;
        enum cb_code code = cb_stream_peek(stream, 1, &bytes, &len, err);
        if (code != CB_OK || len == 0)
            return code;
        const char *lf = memchr(bytes, '\n', len);
        take(stream, lf != NULL ? (size_t)(lf - bytes) + 1 : len);
        if (lf != NULL)
            return CB_OK;
    }
}
