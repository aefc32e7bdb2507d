/* The runner of migrations. What was applied must be the beginning of what the program carries, file by
 * file and byte by byte. */
#include "db/migrate.h"

#include "base/hash.h"
#include "db/session.h"
#include "db_queries.h"

#include <stdio.h>
#include <string.h>

/* How often a runner that lost a race looks again. Each loss means that another one made progress. */
enum { ATTEMPTS_MAX = 100 };

static enum cb_code refuse_newer(const char *name, struct cb_err *err)
{
    (void)cb_fail(err, CB_SCHEMA, "the database is newer than the program: it has migration '%s'", name);
    cb_hint(err, "use a newer claimbase, or another database");
    return CB_SCHEMA;
}

static enum cb_code refuse_altered(const char *what, const char *name, struct cb_err *err)
{
    (void)cb_fail(err, CB_SCHEMA, "migration '%s' %s", name, what);
    cb_hint(err, "the database was made by another build of the program; use that build, or a new database");
    return CB_SCHEMA;
}

/* Row `row` of the list against the program's migration of the same place. */
static enum cb_code compare_row(const struct cb_rows *rows, size_t row, const struct cb_migration *known,
                                struct cb_err *err)
{
    int64_t number = cb_rows_int(rows, row, 0);
    const char *name = cb_rows_text(rows, row, 1);
    if (known->number == 0)
        return refuse_newer(name, err);
    if (number > known->number)
        return refuse_altered("is missing in the database, which has later ones", known->name, err);
    if (number < known->number)
        return refuse_altered("of the database is unknown to the program", name, err);
    struct cb_sha256 hash;
    char hex[CB_SHA256_HEX_SIZE];
    enum cb_code code = cb_sha256(known->sql, known->len, &hash, err);
    if (code != CB_OK)
        return code;
    cb_sha256_hex(&hash, hex);
    if (strcmp(hex, cb_rows_text(rows, row, 2)) != 0)
        return refuse_altered("is not the one that was applied to the database", known->name, err);
    return CB_OK;
}

/* Is the error only that the table of records is not there yet? */
static bool no_table_yet(const struct cb_err *err)
{
    return strcmp(err->sqlstate, "42P01") == 0 || strcmp(err->sqlstate, "3F000") == 0;
}

/* Reads the records and compares them; *applied is how many of the program's migrations are there. In a
 * transaction that must go on, the table has to exist. */
static enum cb_code read_applied(struct cb_db *db, size_t *applied, struct cb_err *err)
{
    *applied = 0;
    struct cb_err local = {0};
    struct cb_rows *rows = NULL;
    enum cb_code code = cb_db_run(db, &cb_sql_migration_list, NULL, 0, &rows, &local);
    if (code != CB_OK) {
        if (no_table_yet(&local))
            return CB_OK;
        if (err != NULL)
            *err = local;
        return code;
    }
    size_t count = cb_rows_count(rows);
    for (size_t row = 0; row < count && code == CB_OK; row++)
        code = compare_row(rows, row, &cb_migrations[row], err);
    cb_rows_free(rows);
    if (code == CB_OK)
        *applied = count;
    return code;
}

static enum cb_code make_table(struct cb_db *db, struct cb_err *err)
{
    enum cb_code code = cb_db_begin(db, err);
    if (code == CB_OK)
        code = cb_db_run(db, &cb_sql_migration_lock, NULL, 0, NULL, err);
    if (code == CB_OK)
        code = cb_db_run(db, &cb_sql_migration_schema, NULL, 0, NULL, err);
    if (code == CB_OK)
        code = cb_db_run(db, &cb_sql_migration_table, NULL, 0, NULL, err);
    if (code == CB_OK)
        code = cb_db_commit(db, err);
    if (code != CB_OK)
        cb_db_rollback(db);
    return code;
}

/* The record goes in before the body: a runner on another node that holds no common lock then waits at the
 * primary key and does no work twice. */
static enum cb_code apply_body(struct cb_db *db, const struct cb_migration *migration, struct cb_err *err)
{
    struct cb_sha256 hash;
    char hex[CB_SHA256_HEX_SIZE], number[16];
    enum cb_code code = cb_sha256(migration->sql, migration->len, &hash, err);
    if (code != CB_OK)
        return code;
    cb_sha256_hex(&hash, hex);
    snprintf(number, sizeof number, "%d", migration->number);
    const char *const params[] = {number, migration->name, hex, CLAIMBASE_VERSION};
    code = cb_db_run(db, &cb_sql_migration_record, params, 4, NULL, err);
    if (code != CB_OK)
        return code;
    code = cb_pg_script(db, migration->sql, migration->name, CB_AUTHOR_PERSON, err);
    if (code != CB_OK)
        cb_prefix(err, "migration '%s'", migration->name);
    return code;
}

/* Applies the first migration that is missing, if there is one; *applied is the count afterwards. */
static enum cb_code apply_next(struct cb_db *db, size_t *applied, struct cb_err *err)
{
    enum cb_code code = cb_db_begin(db, err);
    if (code != CB_OK)
        return code;
    code = cb_db_run(db, &cb_sql_migration_lock, NULL, 0, NULL, err);
    if (code == CB_OK)
        code = read_applied(db, applied, err);
    if (code == CB_OK && cb_migrations[*applied].number != 0) {
        code = apply_body(db, &cb_migrations[*applied], err);
        if (code == CB_OK)
            (*applied)++;
    }
    if (code == CB_OK)
        code = cb_db_commit(db, err);
    if (code != CB_OK)
        cb_db_rollback(db);
    return code;
}

/* Another runner was faster: the record, the schema or the table came into being meanwhile. */
static bool lost_race(const struct cb_err *err)
{
    static const char *const states[] = {"23505", "42P06", "42P07", "40001", "40P01"};
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (strcmp(err->sqlstate, states[i]) == 0)
            return true;
    return false;
}

static int number_at(size_t applied)
{
    return applied > 0 ? cb_migrations[applied - 1].number : 0;
}

enum cb_code cb_migrate(struct cb_db *db, struct cb_migrate_report *report, struct cb_err *err)
{
    size_t before = 0, applied = 0;
    enum cb_code code = read_applied(db, &before, err);
    if (code != CB_OK)
        return code;
    applied = before;
    bool table = before > 0;
    int races = 0;
    while (cb_migrations[applied].number != 0) {
        struct cb_err local = {0};
        size_t now = applied;
        code = table ? apply_next(db, &now, &local) : make_table(db, &local);
        if (code == CB_OK) {
            table = true;
            applied = now;
        } else if (!lost_race(&local) || ++races == ATTEMPTS_MAX) {
            if (err != NULL)
                *err = local;
            return code;
        }
    }
    if (report != NULL)
        *report = (struct cb_migrate_report){.before = number_at(before), .after = number_at(applied)};
    /* plans of before may name columns that are no longer there */
    return applied > before ? cb_pg_forget_statements(db, err) : CB_OK;
}

enum cb_code cb_schema_check(struct cb_db *db, bool *current, struct cb_err *err)
{
    size_t applied = 0;
    *current = false;
    enum cb_code code = read_applied(db, &applied, err);
    if (code == CB_OK)
        *current = cb_migrations[applied].number == 0;
    return code;
}
