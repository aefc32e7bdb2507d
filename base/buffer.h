/* A growing string of bytes with a maximum.
 *
 * Invariants: data is NULL or has data[len] == '\0'; len <= max. When an append
 * fails (over the maximum, or no memory) the buffer is marked `failed`, keeps what
 * it had, and ignores later appends, so that many appends are checked once with
 * cb_buffer_status(). */
#ifndef CB_BASE_BUFFER_H
#define CB_BASE_BUFFER_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct cb_buffer {
    char *data;
    size_t len, capacity, max;
    bool failed;
};

void cb_buffer_init(struct cb_buffer *buffer, size_t max);
void cb_buffer_release(struct cb_buffer *buffer);
void cb_buffer_clear(struct cb_buffer *buffer);

void cb_buffer_add(struct cb_buffer *buffer, const char *bytes, size_t len);
void cb_buffer_add_text(struct cb_buffer *buffer, const char *text);
void cb_buffer_add_char(struct cb_buffer *buffer, char c);
void cb_buffer_printf(struct cb_buffer *buffer, const char *format, ...) CB_PRINTF(2, 3);

/* Makes room for `more` bytes; returns where they go, or NULL (and failed). The
 * caller then adds what it wrote to len and puts a NUL behind it. */
char *cb_buffer_room(struct cb_buffer *buffer, size_t more);

/* CB_OK, or the error of the first append that failed; `what` names the buffer. */
CB_CHECKED enum cb_code cb_buffer_status(const struct cb_buffer *buffer, const char *what,
                                         struct cb_err *err);

/* Hands the bytes over to the caller, who frees them; the buffer is empty again.
 * Never NULL for a buffer that has not failed; NULL when there is no memory. */
char *cb_buffer_take(struct cb_buffer *buffer, size_t *len);

/* The text, never NULL. Borrowed: valid until the next change. */
const char *cb_buffer_text(const struct cb_buffer *buffer);

#endif
