/* The connection and the one executor. db/ is the only folder that knows libpq:
 * nothing of it shows here. Statements are files of db/sql (db_queries.h, generated, declares
 * cb_sql_<file stem>), values go in as parameters only. */
#ifndef CB_DB_DB_H
#define CB_DB_DB_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cb_db;
struct cb_rows;

enum { CB_PARAMS_MAX = 1000 }; /* parameters of one statement; the protocol's own limit is 65535 */

struct cb_sql {
    const char *name; /* the stem of its file; errors name it */
    const char *text;
};

struct cb_db_options {
    const char *dsn;              /* libpq connection string or URI; NULL: the private local server */
    const char *home;             /* CLAIMBASE_HOME, used when dsn is NULL; NULL: the XDG data folder */
    const char *application_name; /* "claimbase import" */
    bool no_start;                /* with the local server: fail when it does not run */
    void (*notice)(void *context, const char *text); /* server notices, start-up progress; may be NULL */
    void *notice_context;
};

/* Opens a connection; with the local server makes and starts it when needed. Does not touch the schema
 * (db/migrate.h). CB_DATABASE when it can't be reached. */
CB_CHECKED enum cb_code cb_db_open(const struct cb_db_options *options, struct cb_db **out,
                                   struct cb_err *err);
void cb_db_close(struct cb_db *db); /* NULL is fine */

/* Runs one statement with text parameters (NULL is SQL NULL). With `out` not NULL the rows come
 * back, owned by the caller (cb_rows_free). Errors carry the SQLSTATE and the statement's name, never the
 * values. A lost connection is CB_DATABASE with sqlstate "08006" or similar. */
CB_CHECKED enum cb_code cb_db_run(struct cb_db *db, const struct cb_sql *sql, const char *const *params,
                                  size_t param_count, struct cb_rows **out, struct cb_err *err);

/* The same, and exactly one row must come back: none is CB_NOT_FOUND. */
CB_CHECKED enum cb_code cb_db_one(struct cb_db *db, const struct cb_sql *sql, const char *const *params,
                                  size_t param_count, struct cb_rows **out, struct cb_err *err);

/* Rows handed over one by one as they arrive (single-row mode), for results of any size. The sink gets a
 * cb_rows with one row, borrowed; an error it returns cancels the query. A query without rows calls it once
 * with none, so that the columns are known. */
typedef enum cb_code cb_row_sink(void *context, const struct cb_rows *row, struct cb_err *err);
CB_CHECKED enum cb_code cb_db_stream(struct cb_db *db, const struct cb_sql *sql, const char *const *params,
                                     size_t param_count, cb_row_sink *sink, void *context,
                                     struct cb_err *err);

/* The same with values in the server's own binary form, which costs a bytea half the bytes: cb_rows_text and
 * cb_rows_length give it as it is. Of the other readers only cb_rows_binary_int fits. */
CB_CHECKED enum cb_code cb_db_stream_binary(struct cb_db *db, const struct cb_sql *sql,
                                            const char *const *params, size_t param_count, cb_row_sink *sink,
                                            void *context, struct cb_err *err);

/* A person's own SQL (claimbase sql): one statement, streamed, inside a read-only transaction unless `write`.
 */
CB_CHECKED enum cb_code cb_db_user_query(struct cb_db *db, const char *query, bool write, cb_row_sink *sink,
                                         void *context, struct cb_err *err);

/* Transactions. A failed statement leaves the transaction to be rolled back. */
CB_CHECKED enum cb_code cb_db_begin(struct cb_db *db, struct cb_err *err);
CB_CHECKED enum cb_code cb_db_commit(struct cb_db *db, struct cb_err *err);
void cb_db_rollback(struct cb_db *db); /* harmless outside a transaction; keeps the caller's error */

/* Results. Indexes must be in range. */
enum cb_type {
    CB_TYPE_TEXT,
    CB_TYPE_NUMBER,
    CB_TYPE_BOOL,
    CB_TYPE_JSON,
    CB_TYPE_ARRAY,
    CB_TYPE_TIME,
    CB_TYPE_BYTES
};
size_t cb_rows_count(const struct cb_rows *rows);
size_t cb_rows_columns(const struct cb_rows *rows);
const char *cb_rows_column_name(const struct cb_rows *rows, size_t column);
enum cb_type cb_rows_column_type(const struct cb_rows *rows, size_t column);
/* What an array holds; CB_TYPE_TEXT when the column is none. */
enum cb_type cb_rows_element_type(const struct cb_rows *rows, size_t column);
bool cb_rows_is_null(const struct cb_rows *rows, size_t row, size_t column);
/* The server's text form, "" for NULL. Borrowed from rows. */
const char *cb_rows_text(const struct cb_rows *rows, size_t row, size_t column);
size_t cb_rows_length(const struct cb_rows *rows, size_t row, size_t column); /* bytes */
int64_t cb_rows_int(const struct cb_rows *rows, size_t row, size_t column);   /* 0 for NULL */
/* An int2, int4 or int8 of cb_db_stream_binary; 0 for NULL. */
int64_t cb_rows_binary_int(const struct cb_rows *rows, size_t row, size_t column);
double cb_rows_double(const struct cb_rows *rows, size_t row, size_t column); /* 0 for NULL */
bool cb_rows_bool(const struct cb_rows *rows, size_t row, size_t column);     /* false for NULL */
/* Rows changed by INSERT, UPDATE, DELETE. */
int64_t cb_rows_affected(const struct cb_rows *rows);
void cb_rows_free(struct cb_rows *rows); /* NULL is fine */

#endif
