/* Rows as they arrive, and a person's own SQL. */
#include "db/session.h"

#include "db_queries.h"

#include <string.h>

struct stream {
    struct cb_db *db;
    const char *name;
    enum cb_author author;
    cb_row_sink *sink;
    void *context;
    bool told; /* the sink knows the columns */
    enum cb_code code;
    struct cb_err *err;
};

static void cancel(struct cb_db *db)
{
    char text[256];
    PGcancel *handle = PQgetCancel(db->conn);
    if (handle == NULL)
        return; /* the rest is then read and dropped */
    (void)PQcancel(handle, text, (int)sizeof text);
    PQfreeCancel(handle);
}

static void give(struct stream *stream, PGresult *result)
{
    if (stream->code != CB_OK)
        return;
    const struct cb_rows rows = {.result = result};
    stream->told = true;
    stream->code = stream->sink(stream->context, &rows, stream->err);
    if (stream->code != CB_OK)
        cancel(stream->db);
}

static void refuse_copy(struct stream *stream, ExecStatusType status)
{
    PGconn *conn = stream->db->conn;
    if (stream->code == CB_OK) {
        stream->code = cb_fail(stream->err, CB_USAGE, "COPY to or from the client is not possible here");
        if (stream->err != NULL)
            cb_hint(stream->err, "use \\copy in 'claimbase psql'");
    }
    if (status == PGRES_COPY_IN) {
        (void)PQputCopyEnd(conn, "not possible here");
        return;
    }
    char *data = NULL;
    cancel(stream->db);
    while (PQgetCopyData(conn, &data, 0) > 0)
        PQfreemem(data);
}

static void take(struct stream *stream, PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);
    switch (status) {
    case PGRES_SINGLE_TUPLE:
        give(stream, result);
        break;
    case PGRES_TUPLES_OK: /* the end: the columns again, and no row */
        if (!stream->told)
            give(stream, result);
        break;
    case PGRES_COMMAND_OK:
        give(stream, result);
        break;
    case PGRES_EMPTY_QUERY:
        if (stream->code == CB_OK)
            stream->code = cb_fail(stream->err, CB_USAGE, "there is no statement in the query");
        break;
    case PGRES_COPY_IN:
    case PGRES_COPY_OUT:
    case PGRES_COPY_BOTH:
        refuse_copy(stream, status);
        break;
    default: /* the first error counts: after a cancel comes "canceling statement" */
        if (stream->code == CB_OK)
            stream->code = cb_pg_error(stream->db, result, stream->name, stream->author, stream->err);
    }
}

/* The query has been sent; `sent` is what the sending function returned. */
static enum cb_code read_stream(struct stream *stream, int sent)
{
    struct cb_db *db = stream->db;
    if (sent != 1)
        return cb_pg_error(db, NULL, stream->name, stream->author, stream->err);
    if (PQsetSingleRowMode(db->conn) != 1)
        stream->code = cb_fail(stream->err, CB_FAILED, "single-row mode was refused");
    db->busy = "a query";
    PGresult *result = NULL;
    while ((result = PQgetResult(db->conn)) != NULL) {
        bool lost = PQstatus(db->conn) == CONNECTION_BAD;
        take(stream, result);
        PQclear(result);
        if (lost)
            break;
    }
    db->busy = NULL;
    return stream->code;
}

enum { FORMAT_TEXT = 0, FORMAT_BINARY = 1 };

static enum cb_code stream_as(struct cb_db *db, const struct cb_sql *sql, const char *const *params,
                              size_t param_count, int format, cb_row_sink *sink, void *context,
                              struct cb_err *err)
{
    enum cb_code code = cb_pg_free_to_run(db, sql->name, err);
    if (code != CB_OK)
        return code;
    if (param_count > CB_PARAMS_MAX)
        return cb_fail(err, CB_LIMIT, "statement '%s' has %zu parameters", sql->name, param_count);
    const char *prepared = NULL;
    code = cb_pg_prepare(db, sql, &prepared, err);
    if (code != CB_OK)
        return code;
    struct stream stream = {.db = db,
                            .name = sql->name,
                            .author = CB_AUTHOR_PROGRAM,
                            .sink = sink,
                            .context = context,
                            .err = err};
    int count = (int)param_count;
    int sent = prepared != NULL
                   ? PQsendQueryPrepared(db->conn, prepared, count, params, NULL, NULL, format)
                   : PQsendQueryParams(db->conn, sql->text, count, NULL, params, NULL, NULL, format);
    return read_stream(&stream, sent);
}

enum cb_code cb_db_stream(struct cb_db *db, const struct cb_sql *sql, const char *const *params,
                          size_t param_count, cb_row_sink *sink, void *context, struct cb_err *err)
{
    return stream_as(db, sql, params, param_count, FORMAT_TEXT, sink, context, err);
}

enum cb_code cb_db_stream_binary(struct cb_db *db, const struct cb_sql *sql, const char *const *params,
                                 size_t param_count, cb_row_sink *sink, void *context, struct cb_err *err)
{
    return stream_as(db, sql, params, param_count, FORMAT_BINARY, sink, context, err);
}

/* The extended protocol takes one statement only, so "SELECT 1; COMMIT; DROP …" does not get out of the
 * read-only transaction; that the search path is set by a query also means that the transaction has its
 * snapshot, after which the server lets nobody make it READ WRITE. */
enum cb_code cb_db_user_query(struct cb_db *db, const char *query, bool write, cb_row_sink *sink,
                              void *context, struct cb_err *err)
{
    enum cb_code code = cb_pg_free_to_run(db, "query", err);
    if (code == CB_OK)
        code = cb_pg_script(db, write ? "BEGIN" : "BEGIN READ ONLY", "begin", CB_AUTHOR_PROGRAM, err);
    if (code == CB_OK)
        code = cb_db_run(db, &cb_sql_user_search_path, NULL, 0, NULL, err);
    if (code != CB_OK)
        goto done;
    struct stream stream = {
        .db = db, .name = "query", .author = CB_AUTHOR_PERSON, .sink = sink, .context = context, .err = err};
    code = read_stream(&stream, PQsendQueryParams(db->conn, query, 0, NULL, NULL, NULL, NULL, 0));
    if (code == CB_REFUSED && err != NULL && strcmp(err->sqlstate, "25006") == 0)
        cb_hint(err, "queries are read-only; '--write' allows changes");
    /* a person's own COMMIT or ROLLBACK has ended the transaction already */
    if (code == CB_OK && PQtransactionStatus(db->conn) != PQTRANS_IDLE)
        code = cb_db_commit(db, err);
done:
    if (code != CB_OK)
        cb_db_rollback(db);
    return code;
}
