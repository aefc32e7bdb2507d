/* An HTTP response as bytes: what a WARC record holds, what the fetcher gets. */
#ifndef CB_IMPORTER_HTTP_MESSAGE_H
#define CB_IMPORTER_HTTP_MESSAGE_H

#include "base/buffer.h"

#include <stddef.h>

struct cb_http_message {
    int status;
    const char *head; /* status line and headers with the empty line behind them, borrowed */
    size_t head_len;
    const char *body;
    size_t body_len;
};

/* Splits a response into head and body. CB_INPUT when it is none. */
CB_CHECKED enum cb_code cb_http_split(const char *bytes, size_t len, struct cb_http_message *out,
                                      struct cb_err *err);

/* The value of a header (its name in any case), cut at `size` - 1 bytes; "" when there is none. */
void cb_http_header(const struct cb_http_message *message, const char *name, char *out, size_t size);

/* Appends the content: without chunks (RFC 9112) and, when the header says gzip or deflate, unpacked. Over
 * the buffer's maximum: CB_LIMIT; damaged or in an encoding that is not known: CB_INPUT. */
CB_CHECKED enum cb_code cb_http_content(const struct cb_http_message *message, struct cb_buffer *out,
                                        struct cb_err *err);

/* Appends the body without chunks, as it is otherwise. */
CB_CHECKED enum cb_code cb_http_unchunk(const char *body, size_t len, struct cb_buffer *out,
                                        struct cb_err *err);

#endif
