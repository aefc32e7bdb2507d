/* The one executor: every statement of the program passes here. */
#include "db/session.h"

#include "base/array.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum cb_code cb_pg_free_to_run(const struct cb_db *db, const char *name, struct cb_err *err)
{
    if (db->busy != NULL)
        return cb_fail(err, CB_FAILED, "'%s' can't run while %s is open on the connection", name, db->busy);
    return CB_OK;
}

static struct statement_use *find_use(struct cb_db *db, const struct cb_sql *sql)
{
    for (size_t i = 0; i < db->statement_count; i++)
        if (db->statements[i].sql == sql)
            return &db->statements[i];
    return NULL;
}

enum cb_code cb_pg_prepare(struct cb_db *db, const struct cb_sql *sql, const char **name, struct cb_err *err)
{
    *name = NULL;
    struct statement_use *use = find_use(db, sql);
    if (use == NULL) {
        void *items = db->statements;
        enum cb_code code =
            cb_array_reserve(&items, &db->statement_capacity, db->statement_count + 1, sizeof *db->statements,
                             STATEMENTS_MAX, "statements of a connection", err);
        if (code != CB_OK)
            return code;
        db->statements = items;
        db->statements[db->statement_count++] = (struct statement_use){.sql = sql};
        return CB_OK;
    }
    if (!use->prepared) {
        PGresult *result = PQprepare(db->conn, sql->name, sql->text, 0, NULL);
        enum cb_code code = CB_OK;
        if (PQresultStatus(result) != PGRES_COMMAND_OK)
            code = cb_pg_error(db, result, sql->name, CB_AUTHOR_PROGRAM, err);
        PQclear(result);
        if (code != CB_OK)
            return code;
        use->prepared = true;
    }
    *name = sql->name;
    return CB_OK;
}

enum cb_code cb_pg_forget_statements(struct cb_db *db, struct cb_err *err)
{
    db->statement_count = 0;
    return cb_pg_script(db, "DEALLOCATE ALL", "deallocate", CB_AUTHOR_PROGRAM, err);
}

/* Ends what the server waits for, so that the connection is usable again: a statement of db/sql that
 * is a COPY must not come by this way. */
static void end_copy(struct cb_db *db)
{
    PGresult *rest = NULL;
    while ((rest = PQgetResult(db->conn)) != NULL) {
        ExecStatusType status = PQresultStatus(rest);
        PQclear(rest);
        if (status == PGRES_COPY_IN && PQputCopyEnd(db->conn, "not expected here") != 1)
            return;
        if (status == PGRES_COPY_OUT) {
            char *data = NULL;
            while (PQgetCopyData(db->conn, &data, 0) > 0)
                PQfreemem(data);
        }
    }
}

static enum cb_code take_result(struct cb_db *db, PGresult *result, const char *name, enum cb_author author,
                                struct cb_rows **out, struct cb_err *err)
{
    enum cb_code code = CB_OK;
    switch (PQresultStatus(result)) {
    case PGRES_TUPLES_OK:
    case PGRES_COMMAND_OK:
        break;
    case PGRES_COPY_IN:
    case PGRES_COPY_OUT:
        code = cb_fail(err, CB_FAILED, "statement '%s' is a COPY", name);
        if (PQresultStatus(result) == PGRES_COPY_IN)
            (void)PQputCopyEnd(db->conn, "not expected here");
        end_copy(db);
        break;
    default:
        code = cb_pg_error(db, result, name, author, err);
    }
    if (code == CB_OK && out != NULL) {
        struct cb_rows *rows = malloc(sizeof *rows);
        if (rows != NULL) {
            rows->result = result;
            *out = rows;
            return CB_OK;
        }
        code = cb_no_memory(err);
    }
    PQclear(result);
    return code;
}

enum cb_code cb_db_run(struct cb_db *db, const struct cb_sql *sql, const char *const *params,
                       size_t param_count, struct cb_rows **out, struct cb_err *err)
{
    if (out != NULL)
        *out = NULL;
    enum cb_code code = cb_pg_free_to_run(db, sql->name, err);
    if (code != CB_OK)
        return code;
    if (param_count > CB_PARAMS_MAX)
        return cb_fail(err, CB_LIMIT, "statement '%s' has %zu parameters", sql->name, param_count);
    const char *prepared = NULL;
    code = cb_pg_prepare(db, sql, &prepared, err);
    if (code != CB_OK)
        return code;
    int count = (int)param_count;
    PGresult *result = prepared != NULL
                           ? PQexecPrepared(db->conn, prepared, count, params, NULL, NULL, 0)
                           : PQexecParams(db->conn, sql->text, count, NULL, params, NULL, NULL, 0);
    return take_result(db, result, sql->name, CB_AUTHOR_PROGRAM, out, err);
}

enum cb_code cb_db_one(struct cb_db *db, const struct cb_sql *sql, const char *const *params,
                       size_t param_count, struct cb_rows **out, struct cb_err *err)
{
    struct cb_rows *rows = NULL;
    if (out != NULL)
        *out = NULL;
    enum cb_code code = cb_db_run(db, sql, params, param_count, &rows, err);
    if (code != CB_OK)
        return code;
    size_t count = cb_rows_count(rows);
    if (count == 0)
        code = cb_fail(err, CB_NOT_FOUND, "'%s' found nothing", sql->name);
    else if (count > 1)
        code = cb_fail(err, CB_FAILED, "'%s' found %zu rows where one was meant", sql->name, count);
    if (code == CB_OK && out != NULL)
        *out = rows;
    else
        cb_rows_free(rows);
    return code;
}

enum cb_code cb_pg_script(struct cb_db *db, const char *text, const char *name, enum cb_author author,
                          struct cb_err *err)
{
    enum cb_code code = cb_pg_free_to_run(db, name, err);
    if (code != CB_OK)
        return code;
    return take_result(db, PQexec(db->conn, text), name, author, NULL, err);
}
