/* The text form of a PostgreSQL array, to be passed as one parameter: {"a","b \"c\"",NULL}. */
#ifndef CB_DB_ARRAY_LITERAL_H
#define CB_DB_ARRAY_LITERAL_H

#include "base/buffer.h"

/* Appends an array of `count` texts; a NULL item is SQL NULL. Errors stay in the buffer. */
void cb_array_literal(struct cb_buffer *out, const char *const *items, size_t count);

/* One item at a time: begin, add …, end. */
void cb_array_literal_begin(struct cb_buffer *out);
void cb_array_literal_add(struct cb_buffer *out, const char *item);
void cb_array_literal_end(struct cb_buffer *out);

#endif
