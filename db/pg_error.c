/* From a server's error to ours: the SQLSTATE gives the code, the primary message the text.
 * DETAIL is left out, because it holds rows ("Key (url)=(…) already exists"), except for the errors
 * that our own functions raise: there it is written for people. */
#include "db/session.h"

#include <stdio.h>
#include <string.h>

/* SQLSTATEs by prefix, the longest first where one contains the other. */
static const struct {
    const char *prefix;
    enum cb_code code;
} sqlstate_codes[] = {
    {"CB007", CB_NOT_FOUND}, /* raised by our own functions (migrations/) */
    {"CB008", CB_REFUSED},   {"CB009", CB_CONFLICT},  {"08", CB_DATABASE}, /* connection */
    {"28", CB_DATABASE},                                                   /* authorization */
    {"3D", CB_DATABASE},                                                   /* no such database */
    {"40", CB_CONFLICT},                                                   /* serialization, deadlock */
    {"42501", CB_DATABASE},                                                /* privilege */
    {"53", CB_DATABASE},                                                   /* no disk, memory, connections */
    {"54", CB_LIMIT},        {"55P03", CB_CONFLICT},                       /* a lock */
    {"57", CB_DATABASE},                                                   /* cancelled, shut down */
    {"58", CB_DATABASE},                                                   /* the server's own files */
    {"XX001", CB_INTEGRITY}, {"XX002", CB_INTEGRITY},
};

/* What the statements of the program can only meet when the schema is not the one they were written for. */
static const char *const schema_states[] = {"3F000", "42P01", "42703", "42883", "42704"};

static enum cb_code code_of(const char *sqlstate, enum cb_author author)
{
    for (size_t i = 0; i < sizeof sqlstate_codes / sizeof *sqlstate_codes; i++) {
        const char *prefix = sqlstate_codes[i].prefix;
        if (strncmp(sqlstate, prefix, strlen(prefix)) == 0)
            return sqlstate_codes[i].code;
    }
    if (author == CB_AUTHOR_PERSON)
        return strcmp(sqlstate, "25006") == 0 ? CB_REFUSED : CB_FAILED;
    for (size_t i = 0; i < sizeof schema_states / sizeof *schema_states; i++)
        if (strcmp(sqlstate, schema_states[i]) == 0)
            return CB_SCHEMA;
    return CB_FAILED;
}

/* libpq's messages end in a newline and may have more inside. */
static void one_line(const char *text, char *out, size_t size)
{
    size_t n = 0;
    for (; *text != '\0' && n + 1 < size; text++) {
        bool blank = *text == '\n' || *text == '\t' || *text == '\r' || *text == ' ';
        if (!blank)
            out[n++] = *text;
        else if (n > 0 && out[n - 1] != ' ')
            out[n++] = ' ';
    }
    while (n > 0 && out[n - 1] == ' ')
        n--;
    out[n] = '\0';
}

/* The primary message of a data error (class 22) quotes the value: what stands between the first and the
 * last double quote goes. */
static void mask_values(char *text)
{
    char *first = strchr(text, '"'), *last = strrchr(text, '"');
    if (first == NULL || last - first < 4)
        return;
    memset(first + 1, '.', 3);
    memmove(first + 4, last, strlen(last) + 1);
}

enum cb_code cb_pg_connection_error(PGconn *conn, const char *what, struct cb_err *err)
{
    char text[900];
    one_line(PQerrorMessage(conn), text, sizeof text);
    enum cb_code code = cb_fail(err, CB_DATABASE, "%s: %s", what, text[0] != '\0' ? text : "no memory");
    if (err != NULL)
        snprintf(err->sqlstate, sizeof err->sqlstate, "08006");
    return code;
}

static void fill_hint(const PGresult *result, struct cb_err *err)
{
    const char *detail = PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL);
    const char *hint = PQresultErrorField(result, PG_DIAG_MESSAGE_HINT);
    if (detail != NULL && hint != NULL)
        cb_hint(err, "%s; %s", detail, hint);
    else if (detail != NULL || hint != NULL)
        cb_hint(err, "%s", detail != NULL ? detail : hint);
}

static void program_error(const PGresult *result, const char *sqlstate, const char *name, enum cb_code code,
                          struct cb_err *err)
{
    const char *constraint = PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME);
    const char *table = PQresultErrorField(result, PG_DIAG_TABLE_NAME);
    const char *primary = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    char text[700];
    one_line(primary != NULL ? primary : "no message", text, sizeof text);
    if (strncmp(sqlstate, "22", 2) == 0)
        mask_values(text);
    /* 23 always names the constraint in its message already */
    if (table != NULL && constraint == NULL)
        (void)cb_fail(err, code, "statement '%s': %s (table '%s', %s)", name, text, table, sqlstate);
    else
        (void)cb_fail(err, code, "statement '%s': %s (%s)", name, text, sqlstate);
    if (code == CB_SCHEMA)
        cb_hint(err, "'claimbase db migrate' brings the schema up to date");
}

/* Who may do what is told by migrations/0009: somebody who stands before a closed door should know whom to
 * ask. */
static void privilege_hint(const struct cb_db *db, struct cb_err *err)
{
    if (err == NULL || strcmp(err->sqlstate, "42501") != 0 || err->hint[0] != '\0')
        return;
    const char *user = PQuser(db->conn);
    cb_hint(err,
            "reports and sql on the schema report need the role claimbase_reader; search, show, import, "
            "match and mark "
            "claimbase_checker; the rest claimbase_admin; the owner runs 'claimbase db init-roles' and GRANT "
            "claimbase_checker TO \"%.60s\"",
            user != NULL ? user : "you");
}

enum cb_code cb_pg_error(const struct cb_db *db, const PGresult *result, const char *name,
                         enum cb_author author, struct cb_err *err)
{
    const char *sqlstate = result != NULL ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    if (sqlstate == NULL) {
        if (PQstatus(db->conn) == CONNECTION_BAD) {
            char what[160];
            snprintf(what, sizeof what, "the connection was lost during '%s'", name);
            return cb_pg_connection_error(db->conn, what, err);
        }
        char text[800];
        one_line(result != NULL ? PQresultErrorMessage(result) : PQerrorMessage(db->conn), text, sizeof text);
        if (text[0] == '\0' || strstr(text, "out of memory") != NULL)
            return cb_no_memory(err);
        return cb_fail(err, CB_DATABASE, "statement '%s': %s", name, text);
    }
    enum cb_code code = code_of(sqlstate, author);
    const char *primary = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    if (strncmp(sqlstate, "CB", 2) == 0) {
        (void)cb_fail(err, code, "%s", primary != NULL ? primary : name);
        if (err != NULL)
            fill_hint(result, err);
    } else if (author == CB_AUTHOR_PERSON) {
        char text[900];
        one_line(primary != NULL ? primary : "no message", text, sizeof text);
        const char *at = PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION);
        const char *hint = PQresultErrorField(result, PG_DIAG_MESSAGE_HINT);
        if (at != NULL)
            (void)cb_fail(err, code, "%s (at character %s)", text, at);
        else
            (void)cb_fail(err, code, "%s", text);
        if (hint != NULL)
            cb_hint(err, "%s", hint);
    } else {
        program_error(result, sqlstate, name, code, err);
    }
    if (err != NULL)
        snprintf(err->sqlstate, sizeof err->sqlstate, "%s", sqlstate);
    privilege_hint(db, err);
    return code;
}
