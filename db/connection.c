/* Opening and closing a connection. */
#include "db/session.h"

#include "db/local_server.h"
#include "db_queries.h"

#include <stdlib.h>
#include <string.h>

static void drop_notice(void *context, const PGresult *result)
{
    (void)context;
    (void)result;
}

/* libpq would print notices on standard error; they go to whoever asked for them. */
static void pass_notice(void *context, const PGresult *result)
{
    const struct cb_db *db = context;
    const char *text = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    if (text != NULL)
        db->notice(db->notice_context, text);
}

/* A dsn that can't be read is told without quoting it: it may hold a password. */
static enum cb_code check_dsn(const char *dsn, struct cb_err *err)
{
    if (strchr(dsn, '=') == NULL && strstr(dsn, "://") == NULL)
        return CB_OK; /* the name of a database */
    char *message = NULL;
    PQconninfoOption *parsed = PQconninfoParse(dsn, &message);
    PQfreemem(message);
    if (parsed == NULL) {
        (void)cb_fail(err, CB_USAGE, "the connection string can't be read");
        cb_hint(err, "write \"host=... dbname=...\" or postgresql://user@host/database");
        return CB_USAGE;
    }
    PQconninfoFree(parsed);
    return CB_OK;
}

enum cb_code cb_pg_connect(const char *dsn, const char *application_name, PGconn **out, struct cb_err *err)
{
    *out = NULL;
    enum cb_code code = check_dsn(dsn, err);
    if (code != CB_OK)
        return code;
    /* what stands before dbname is overridden by the dsn, what stands behind it overrides the dsn */
    const char *const keywords[] = {"connect_timeout", "dbname", "client_encoding", "application_name", NULL};
    const char *const values[] = {"10", dsn, "UTF8",
                                  application_name != NULL ? application_name : "claimbase", NULL};
    PGconn *conn = PQconnectdbParams(keywords, values, 1);
    if (conn == NULL)
        return cb_no_memory(err);
    if (PQstatus(conn) != CONNECTION_OK) {
        code = cb_pg_connection_error(conn, "can't reach the database", err);
        PQfinish(conn);
        return code;
    }
    PQsetNoticeReceiver(conn, drop_notice, NULL);
    *out = conn;
    return CB_OK;
}

static enum cb_code session_settings(struct cb_db *db, struct cb_err *err)
{
    if (PQserverVersion(db->conn) < 150000) {
        return cb_fail(err, CB_DATABASE, "the server is PostgreSQL %d, claimbase needs 15 or newer",
                       PQserverVersion(db->conn) / 10000);
    }
    return cb_db_run(db, &cb_sql_session_settings, NULL, 0, NULL, err);
}

/* The warm way first: no lock, no look at the cluster. Only when nobody answers is the server looked
 * after; it may be stopped again before we connect, hence more than one attempt. */
static enum cb_code connect_local(const struct cb_db_options *options, PGconn **out, struct cb_err *err)
{
    char dsn[CB_DSN_MAX];
    enum cb_code code = cb_server_dsn(options->home, dsn, sizeof dsn, err);
    if (code != CB_OK)
        return code;
    code = cb_pg_connect(dsn, options->application_name, out, err);
    if (code != CB_OK && options->no_start) {
        cb_prefix(err, "the local server does not run");
        cb_hint(err, "'claimbase db start' starts it");
        return code;
    }
    for (int attempt = 0; code != CB_OK && attempt < 3; attempt++) {
        if (err != NULL)
            cb_err_clear(err);
        code =
            cb_server_ensure(options->home, options->notice, options->notice_context, dsn, sizeof dsn, err);
        if (code != CB_OK)
            return code;
        code = cb_pg_connect(dsn, options->application_name, out, err);
    }
    return code;
}

enum cb_code cb_db_open(const struct cb_db_options *options, struct cb_db **out, struct cb_err *err)
{
    *out = NULL;
    struct cb_db *db = calloc(1, sizeof *db);
    if (db == NULL)
        return cb_no_memory(err);
    db->notice = options->notice;
    db->notice_context = options->notice_context;
    enum cb_code code = options->dsn != NULL
                            ? cb_pg_connect(options->dsn, options->application_name, &db->conn, err)
                            : connect_local(options, &db->conn, err);
    if (code == CB_OK)
        code = session_settings(db, err);
    if (code != CB_OK) {
        cb_db_close(db);
        return code;
    }
    if (db->notice != NULL)
        PQsetNoticeReceiver(db->conn, pass_notice, db);
    *out = db;
    return CB_OK;
}

void cb_db_close(struct cb_db *db)
{
    if (db == NULL)
        return;
    PQfinish(db->conn);
    free(db->statements);
    free(db);
}
