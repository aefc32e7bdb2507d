/* What the files of db/ share about a connection. Nobody outside db/ includes it. */
#ifndef CB_DB_SESSION_H
#define CB_DB_SESSION_H

#include "db/db.h"

#include <libpq-fe.h>

/* A statement that was run on this connection before. The first run goes unnamed, because most
 * statements of a command run once; the second one prepares it. */
struct statement_use {
    const struct cb_sql *sql;
    bool prepared;
};

enum { STATEMENTS_MAX = 1024 };

struct cb_db {
    PGconn *conn;
    void (*notice)(void *context, const char *text);
    void *notice_context;
    struct statement_use *statements;
    size_t statement_count, statement_capacity;
    const char *busy; /* what holds the connection ("a COPY", "a query"), NULL when it is free */
};

struct cb_rows {
    PGresult *result;
};

/* Who wrote the statement decides what an error may say and mean. */
enum cb_author { CB_AUTHOR_PROGRAM, CB_AUTHOR_PERSON };

/* Fills *err from a failed result (NULL: no memory, or the connection is lost) and returns the code.
 * `name` is the statement's. The text of an error never holds a parameter or a row. */
enum cb_code cb_pg_error(const struct cb_db *db, const PGresult *result, const char *name,
                         enum cb_author author, struct cb_err *err);

/* The connection's own message as CB_DATABASE. */
enum cb_code cb_pg_connection_error(PGconn *conn, const char *what, struct cb_err *err);

/* Fails when something else holds the connection. */
CB_CHECKED enum cb_code cb_pg_free_to_run(const struct cb_db *db, const char *name, struct cb_err *err);

/* Opens a connection with the settings of the program; the statements and notices are the caller's. */
CB_CHECKED enum cb_code cb_pg_connect(const char *dsn, const char *application_name, PGconn **out,
                                      struct cb_err *err);

/* Runs text without parameters by the simple protocol: BEGIN, or the body of a migration. */
CB_CHECKED enum cb_code cb_pg_script(struct cb_db *db, const char *text, const char *name,
                                     enum cb_author author, struct cb_err *err);

/* Prepares `sql` when it is due. *name is the prepared statement's, or NULL: send the text. */
CB_CHECKED enum cb_code cb_pg_prepare(struct cb_db *db, const struct cb_sql *sql, const char **name,
                                      struct cb_err *err);

/* The prepared statements are forgotten: after the schema changed under them. */
CB_CHECKED enum cb_code cb_pg_forget_statements(struct cb_db *db, struct cb_err *err);

#endif
