/* Bytes that come in pieces: a file, standard input, memory, or one of these unpacked. A reader sees a
 * window of the stream, so that an input of any size is read in bounded memory. */
#ifndef CB_IMPORTER_STREAM_H
#define CB_IMPORTER_STREAM_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CB_STREAM_WINDOW = 32 * 1024 };

/* Writes up to `room` (> 0) bytes and tells how many; 0 is the end. */
typedef enum cb_code cb_stream_fill(void *context, char *to, size_t room, size_t *got, struct cb_err *err);

/* Embedded in its user; holds nothing to release. `fill` and `context` are the maker's. */
struct cb_stream {
    cb_stream_fill *fill;
    void *context;
    size_t at, end; /* the unread bytes of the window */
    size_t taken;   /* bytes read from the stream so far: the offset of window[at] */
    bool ended;     /* fill has nothing more */
    char window[CB_STREAM_WINDOW];
};

void cb_stream_init(struct cb_stream *stream, cb_stream_fill *fill, void *context);

/* A stream over an open file descriptor, which stays the caller's. */
struct cb_stream_file {
    int fd;
    int64_t *counter; /* grows by what is read; may be NULL */
};
/* Context: struct cb_stream_file. A signal that comes while it waits ends it with CB_INTERRUPTED: whoever
 * catches one without SA_RESTART wants that. */
cb_stream_fill cb_stream_fill_file;

/* A stream over memory, borrowed. */
struct cb_stream_memory {
    const char *bytes;
    size_t len;
};
cb_stream_fill cb_stream_fill_memory; /* context: struct cb_stream_memory, which is used up */

/* The next `want` bytes (at most CB_STREAM_WINDOW) without taking them; fewer only at the end. *bytes is
 * borrowed until the next call. */
CB_CHECKED enum cb_code cb_stream_peek(struct cb_stream *stream, size_t want, const char **bytes, size_t *len,
                                       struct cb_err *err);

/* Takes up to `room` bytes; *got is 0 only at the end. */
CB_CHECKED enum cb_code cb_stream_read(struct cb_stream *stream, char *to, size_t room, size_t *got,
                                       struct cb_err *err);

/* Appends all that is left to *out. More than its maximum is CB_LIMIT. */
CB_CHECKED enum cb_code cb_stream_read_all(struct cb_stream *stream, struct cb_buffer *out,
                                           struct cb_err *err);

/* Appends the next line without its LF (a CR before it stays) to *out; *found is false at the end. A line
 * longer than the buffer's maximum is CB_LIMIT: what came of it is in *out, cb_stream_skip_line passes over
 * the rest. */
CB_CHECKED enum cb_code cb_stream_line(struct cb_stream *stream, struct cb_buffer *out, bool *found,
                                       struct cb_err *err);
CB_CHECKED enum cb_code cb_stream_skip_line(struct cb_stream *stream, struct cb_err *err);

#endif
