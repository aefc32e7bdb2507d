/* The executor, streams and transactions, on a real server. */
#include "tests/harness/cluster.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const struct cb_sql sql_echo = {"test_echo",
                                       "SELECT $1::text AS word, $2::bigint AS number, $3::bool AS flag"};
static const struct cb_sql sql_divide = {"test_divide", "SELECT 1 / $1::integer"};
static const struct cb_sql sql_cast = {"test_cast", "SELECT $1::text::integer"};
static const struct cb_sql sql_series = {"test_series", "SELECT generate_series(1, $1::integer) AS n"};
static const struct cb_sql sql_insert = {"test_insert",
                                         "INSERT INTO claimbase.source (name) VALUES ($1::text)"};
static const struct cb_sql sql_broken = {"test_broken", "SELECT FROM WHERE"};

static void test_values_and_nulls(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    struct cb_err err = {0};
    struct cb_rows *rows = NULL;
    const char *const params[] = {"O'Brien; DROP TABLE x --", "-9000000000", NULL};
    for (int again = 0; again < 3; again++) { /* unnamed first, prepared then */
        assert_ok(cb_db_one(db, &sql_echo, params, 3, &rows, &err), err);
        assert_string_equal(cb_rows_text(rows, 0, 0), params[0]);
        assert_true(cb_rows_int(rows, 0, 1) == -9000000000);
        assert_true(cb_rows_is_null(rows, 0, 2));
        assert_string_equal(cb_rows_column_name(rows, 1), "number");
        assert_int_equal(cb_rows_column_type(rows, 1), CB_TYPE_NUMBER);
        cb_rows_free(rows);
    }
}

static void test_errors_name_the_statement_and_never_a_value(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    struct cb_err err = {0};
    const char *const zero[] = {"0"};
    assert_int_equal(cb_db_run(db, &sql_divide, zero, 1, NULL, &err), CB_FAILED);
    assert_string_equal(err.sqlstate, "22012");
    assert_non_null(strstr(err.message, "test_divide"));
    const char *const secret[] = {"topsecret"};
    assert_int_equal(cb_db_run(db, &sql_cast, secret, 1, NULL, &err), CB_FAILED);
    assert_null(strstr(err.message, "topsecret"));
    assert_null(strstr(err.hint, "topsecret"));
    assert_int_equal(cb_db_run(db, &sql_broken, NULL, 0, NULL, &err), CB_FAILED);
    const char *const one[] = {"1"};
    assert_ok(cb_db_run(db, &sql_divide, one, 1, NULL, &err), err); /* the connection lives on */
}

static void test_a_duplicate_key_shows_no_row(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    struct cb_err err = {0};
    const char *const name[] = {"A name nobody may see"};
    assert_ok(cb_db_run(db, &sql_insert, name, 1, NULL, &err), err);
    assert_int_not_equal(cb_db_run(db, &sql_insert, name, 1, NULL, &err), CB_OK);
    assert_string_equal(err.sqlstate, "23505");
    assert_null(strstr(err.message, "nobody may see"));
}

static void test_one_row_is_asked_for(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    struct cb_err err = {0};
    struct cb_rows *rows = NULL;
    const char *const none[] = {"0"};
    const char *const two[] = {"2"};
    assert_int_equal(cb_db_one(db, &sql_series, none, 1, &rows, &err), CB_NOT_FOUND);
    assert_int_not_equal(cb_db_one(db, &sql_series, two, 1, &rows, &err), CB_OK);
}

struct seen {
    long rows, sum, columns;
    long stop_at;
};

static enum cb_code count_row(void *context, const struct cb_rows *row, struct cb_err *err)
{
    struct seen *seen = context;
    seen->columns = (long)cb_rows_columns(row);
    if (cb_rows_count(row) == 0)
        return CB_OK;
    seen->rows++;
    seen->sum += (long)cb_rows_int(row, 0, 0);
    return seen->rows == seen->stop_at ? cb_fail(err, CB_LIMIT, "enough") : CB_OK;
}

static void test_stream(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    struct cb_err err = {0};
    struct seen seen = {0};
    const char *const many[] = {"10000"};
    const char *const none[] = {"0"};
    assert_ok(cb_db_stream(db, &sql_series, many, 1, count_row, &seen, &err), err);
    assert_int_equal(seen.rows, 10000);
    assert_int_equal(seen.sum, 50005000);
    seen = (struct seen){0};
    assert_ok(cb_db_stream(db, &sql_series, none, 1, count_row, &seen, &err), err);
    assert_int_equal(seen.rows, 0);
    assert_int_equal(seen.columns, 1);
    seen = (struct seen){.stop_at = 3};
    assert_int_equal(cb_db_stream(db, &sql_series, many, 1, count_row, &seen, &err), CB_LIMIT);
    assert_string_equal(err.message, "enough");
    seen = (struct seen){0};
    assert_ok(cb_db_stream(db, &sql_series, many, 1, count_row, &seen, &err), err); /* usable again */
    assert_int_equal(seen.rows, 10000);
}

static enum cb_code take_binary(void *context, const struct cb_rows *row, struct cb_err *err)
{
    size_t *rows = context;
    (void)err;
    assert_int_equal(cb_rows_count(row), 1);
    assert_int_equal(cb_rows_binary_int(row, 0, 0), -2);
    assert_int_equal(cb_rows_binary_int(row, 0, 1), INT64_MIN);
    assert_int_equal(cb_rows_binary_int(row, 0, 2), 70000);
    assert_int_equal(cb_rows_binary_int(row, 0, 3), 0);
    assert_int_equal(cb_rows_length(row, 0, 4), 3);
    assert_memory_equal(cb_rows_text(row, 0, 4), "\0\1\xff", 3);
    ++*rows;
    return CB_OK;
}

static void test_binary_stream(void **state)
{
    static const struct cb_sql sql = {
        "binary_values", "SELECT (-2)::smallint, (-9223372036854775808)::bigint, $1::integer, NULL::integer, "
                         "'\\x0001ff'::bytea"};
    struct cb_db *db = cb_cluster_database(*state);
    struct cb_err err = {0};
    const char *const params[] = {"70000"};
    size_t rows = 0;
    for (int i = 0; i < 2; i++) /* as it comes, and prepared */
        assert_ok(cb_db_stream_binary(db, &sql, params, 1, take_binary, &rows, &err), err);
    assert_int_equal(rows, 2);
}

static void test_a_persons_query_can_not_write(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    struct cb_err err = {0};
    struct seen seen = {0};
    static const char insert[] = "INSERT INTO claimbase.source (name) VALUES ('x')";
    assert_ok(cb_db_user_query(db, "SELECT 7", false, count_row, &seen, &err), err);
    assert_int_equal(seen.sum, 7);
    assert_int_not_equal(cb_db_user_query(db, insert, false, count_row, &seen, &err), CB_OK);
    assert_string_equal(err.sqlstate, "25006");
    assert_int_not_equal(
        cb_db_user_query(db, "SELECT 1; COMMIT; INSERT INTO claimbase.source (name) VALUES ('x')", false,
                         count_row, &seen, &err),
        CB_OK);
    assert_int_equal(cb_cluster_number(*state, "SELECT count(*) FROM claimbase.source"), 0);
    assert_ok(cb_db_user_query(db, insert, true, count_row, &seen, &err), err);
    assert_int_equal(cb_cluster_number(*state, "SELECT count(*) FROM claimbase.source"), 1);
}

static void test_transactions(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    struct cb_err err = {0};
    const char *const name[] = {"kept"};
    const char *const other[] = {"not kept"};
    assert_ok(cb_db_begin(db, &err), err);
    assert_ok(cb_db_run(db, &sql_insert, name, 1, NULL, &err), err);
    assert_ok(cb_db_commit(db, &err), err);
    assert_ok(cb_db_begin(db, &err), err);
    assert_ok(cb_db_run(db, &sql_insert, other, 1, NULL, &err), err);
    cb_db_rollback(db);
    cb_db_rollback(db);
    assert_string_equal(cb_cluster_value(*state, "SELECT string_agg(name, ',') FROM claimbase.source"),
                        "kept");
    /* a commit after a failed statement keeps nothing and must not pass for success */
    assert_ok(cb_db_begin(db, &err), err);
    assert_ok(cb_db_run(db, &sql_insert, other, 1, NULL, &err), err);
    assert_int_not_equal(cb_db_run(db, &sql_insert, name, 1, NULL, &err), CB_OK);
    assert_int_not_equal(cb_db_commit(db, &err), CB_OK);
    cb_db_rollback(db);
    assert_int_equal(cb_cluster_number(*state, "SELECT count(*) FROM claimbase.source"), 1);
}

static void test_a_lost_server_is_told(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    struct cb_err err = {0};
    const char *const one[] = {"1"};
    cb_cluster_exec(*state, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                            "WHERE pid <> pg_backend_pid() AND datname = current_database()");
    assert_int_equal(cb_db_run(db, &sql_divide, one, 1, NULL, &err), CB_DATABASE);
    assert_true(err.message[0] != '\0');
    assert_int_equal(cb_db_run(db, &sql_divide, one, 1, NULL, &err), CB_DATABASE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_and_nulls),
        cmocka_unit_test(test_errors_name_the_statement_and_never_a_value),
        cmocka_unit_test(test_a_duplicate_key_shows_no_row),
        cmocka_unit_test(test_one_row_is_asked_for),
        cmocka_unit_test(test_stream),
        cmocka_unit_test(test_binary_stream),
        cmocka_unit_test(test_a_persons_query_can_not_write),
        cmocka_unit_test(test_transactions),
        cmocka_unit_test(test_a_lost_server_is_told),
    };
    return cmocka_run_group_tests(tests, cb_cluster_up, cb_cluster_down);
}
