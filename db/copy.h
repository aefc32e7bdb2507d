/* COPY … FROM STDIN (FORMAT binary): the way rows get in.
 *
 * A copy belongs to a transaction of the caller's; only one is open at a time on a connection. Rows are
 * collected in a buffer and sent in pieces of 64 KiB. Column functions are called in the statement's
 * column order; the first that fails makes the later ones do nothing, and cb_copy_end returns that error. */
#ifndef CB_DB_COPY_H
#define CB_DB_COPY_H

#include "db/db.h"

struct cb_copy;

struct cb_uuid {
    unsigned char bytes[16];
};

/* `sql` is a COPY statement of db/sql with `columns` columns. */
CB_CHECKED enum cb_code cb_copy_begin(struct cb_db *db, const struct cb_sql *sql, size_t columns,
                                      struct cb_copy **out, struct cb_err *err);
void cb_copy_row(struct cb_copy *copy); /* starts a row; all columns follow */
void cb_copy_null(struct cb_copy *copy);
void cb_copy_text(struct cb_copy *copy, const char *text, size_t len); /* text, varchar; NULL pointer: NULL */
void cb_copy_string(struct cb_copy *copy, const char *text);           /* NUL-ended; NULL pointer: NULL */
void cb_copy_int2(struct cb_copy *copy, int16_t value);
void cb_copy_int4(struct cb_copy *copy, int32_t value);
void cb_copy_int8(struct cb_copy *copy, int64_t value);
void cb_copy_float4(struct cb_copy *copy, float value);
void cb_copy_float8(struct cb_copy *copy, double value);
void cb_copy_bool(struct cb_copy *copy, bool value);
void cb_copy_uuid(struct cb_copy *copy, const struct cb_uuid *value);
void cb_copy_bytes(struct cb_copy *copy, const void *data, size_t len); /* bytea */
void cb_copy_time(struct cb_copy *copy, int64_t unix_microseconds);     /* timestamptz */
void cb_copy_text_array(struct cb_copy *copy, const char *const *items, size_t count);
void cb_copy_int4_array(struct cb_copy *copy, const int32_t *items, size_t count);
/* int4multirange of [start, end) pairs: starts and ends alternate in `bounds`, 2*count numbers */
void cb_copy_int4_multirange(struct cb_copy *copy, const int32_t *bounds, size_t count);

/* Sends the rest and ends the COPY; frees the copy in every case. Returns the first error of any column
 * function or of the server (with the SQLSTATE). */
CB_CHECKED enum cb_code cb_copy_end(struct cb_copy *copy, int64_t *rows, struct cb_err *err);
/* Gives the COPY up; the transaction has then failed and must be rolled back. */
void cb_copy_abort(struct cb_copy *copy);

#endif
