/* Binary COPY of every type, on a real server. */
#include "db/copy.h"
#include "tests/harness/cluster.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const struct cb_sql sql_all = {"test_all", "COPY claimbase.everything FROM STDIN (FORMAT binary)"};
static const struct cb_sql sql_small = {"test_small", "COPY claimbase.small FROM STDIN (FORMAT binary)"};
static const struct cb_sql sql_select = {"test_select", "SELECT 1"};

static void make_table(struct cb_cluster *cluster)
{
    cb_cluster_exec(cluster, "CREATE TABLE everything (t text, i2 smallint, i4 integer, i8 bigint, f4 real, "
                             "f8 double precision, b boolean, u uuid, y bytea, ts timestamptz, ta text[], "
                             "ia integer[], mr int4multirange)");
}

static void test_every_type(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    make_table(*state);
    struct cb_err err = {0};
    struct cb_copy *copy = NULL;
    int64_t rows = 0;
    const struct cb_uuid id = {{0x3f, 0x2a, 0x9b, 0x1c, 0, 0, 0x80, 0, 0x80, 0, 0, 0, 0, 0, 0, 1}};
    const char *const words[] = {"a", "it's \"b\"", "é"};
    const int32_t numbers[] = {-1, 0, 2147483647};
    const int32_t bounds[] = {3, 5, 9, 12};
    assert_ok(cb_db_begin(db, &err), err);
    assert_ok(cb_copy_begin(db, &sql_all, 13, &copy, &err), err);
    cb_copy_row(copy);
    cb_copy_text(copy, "tab\there\nand \\ there", 20);
    cb_copy_int2(copy, -3);
    cb_copy_int4(copy, -70000);
    cb_copy_int8(copy, -9000000000);
    cb_copy_float4(copy, 0.5F);
    cb_copy_float8(copy, INFINITY);
    cb_copy_bool(copy, true);
    cb_copy_uuid(copy, &id);
    cb_copy_bytes(copy, "\0\1\xff", 3);
    cb_copy_time(copy, 1448064000000001);
    cb_copy_text_array(copy, words, 3);
    cb_copy_int4_array(copy, numbers, 3);
    cb_copy_int4_multirange(copy, bounds, 2);
    cb_copy_row(copy);
    for (int i = 0; i < 10; i++)
        cb_copy_null(copy);
    cb_copy_text_array(copy, NULL, 0);
    cb_copy_int4_array(copy, NULL, 0);
    cb_copy_int4_multirange(copy, NULL, 0);
    assert_ok(cb_copy_end(copy, &rows, &err), err);
    assert_ok(cb_db_commit(db, &err), err);
    assert_int_equal(rows, 2);
    assert_string_equal(
        cb_cluster_value(*state,
                         "SET TimeZone = 'UTC'; SELECT row(e.*)::text FROM everything e WHERE t IS NOT NULL"),
        "(\"tab\there\nand \\\\ there\",-3,-70000,-9000000000,0.5,Infinity,t,"
        "3f2a9b1c-0000-8000-8000-000000000001,\"\\\\x0001ff\",\"2015-11-21 00:00:00.000001+00\","
        "\"{a,\"\"it's \\\\\"\"b\\\\\"\"\"\",é}\",\"{-1,0,2147483647}\",\"{[3,5),[9,12)}\")");
    assert_string_equal(
        cb_cluster_value(*state, "SELECT row(ta, ia, mr)::text FROM everything WHERE t IS NULL"),
        "({},{},{})");
}

static void test_many_rows(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    cb_cluster_exec(*state, "CREATE TABLE small (n integer, t text)");
    struct cb_err err = {0};
    struct cb_copy *copy = NULL;
    int64_t rows = 0;
    assert_ok(cb_db_begin(db, &err), err);
    assert_ok(cb_copy_begin(db, &sql_small, 2, &copy, &err), err);
    for (int i = 0; i < 50000; i++) {
        cb_copy_row(copy);
        cb_copy_int4(copy, i);
        cb_copy_string(copy, i % 2 == 0 ? "an even number of some length" : NULL);
    }
    assert_ok(cb_copy_end(copy, &rows, &err), err);
    assert_ok(cb_db_commit(db, &err), err);
    assert_int_equal(rows, 50000);
    assert_int_equal(cb_cluster_number(*state, "SELECT sum(n) FROM small WHERE t IS NULL"), 625000000);
}

static void test_a_row_that_the_server_refuses(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    cb_cluster_exec(*state, "CREATE TABLE small (n integer CONSTRAINT small_positive CHECK (n > 0), t text)");
    struct cb_err err = {0};
    struct cb_copy *copy = NULL;
    assert_ok(cb_db_begin(db, &err), err);
    assert_ok(cb_copy_begin(db, &sql_small, 2, &copy, &err), err);
    cb_copy_row(copy);
    cb_copy_int4(copy, 0);
    cb_copy_string(copy, "a secret row");
    int64_t rows = 0;
    assert_int_not_equal(cb_copy_end(copy, &rows, &err), CB_OK);
    assert_string_equal(err.sqlstate, "23514");
    assert_null(strstr(err.message, "secret"));
    cb_db_rollback(db);
    assert_ok(cb_db_run(db, &sql_select, NULL, 0, NULL, &err), err);
}

static void test_wrong_number_of_columns(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    cb_cluster_exec(*state, "CREATE TABLE small (n integer, t text)");
    struct cb_err err = {0};
    struct cb_copy *copy = NULL;
    int64_t rows = 0;
    assert_ok(cb_db_begin(db, &err), err);
    assert_ok(cb_copy_begin(db, &sql_small, 2, &copy, &err), err);
    cb_copy_row(copy);
    cb_copy_int4(copy, 1);
    assert_int_not_equal(cb_copy_end(copy, &rows, &err), CB_OK);
    cb_db_rollback(db);
    assert_int_equal(cb_cluster_number(*state, "SELECT count(*) FROM small"), 0);
}

static void test_abort_leaves_nothing(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    cb_cluster_exec(*state, "CREATE TABLE small (n integer, t text)");
    struct cb_err err = {0};
    struct cb_copy *copy = NULL;
    assert_ok(cb_db_begin(db, &err), err);
    assert_ok(cb_copy_begin(db, &sql_small, 2, &copy, &err), err);
    /* the connection is busy: a statement in the middle is refused, not mixed in */
    assert_int_not_equal(cb_db_run(db, &sql_select, NULL, 0, NULL, &err), CB_OK);
    cb_copy_row(copy);
    cb_copy_int4(copy, 1);
    cb_copy_string(copy, "x");
    cb_copy_abort(copy);
    cb_db_rollback(db);
    assert_int_equal(cb_cluster_number(*state, "SELECT count(*) FROM small"), 0);
    assert_ok(cb_db_run(db, &sql_select, NULL, 0, NULL, &err), err);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_type),
        cmocka_unit_test(test_many_rows),
        cmocka_unit_test(test_a_row_that_the_server_refuses),
        cmocka_unit_test(test_wrong_number_of_columns),
        cmocka_unit_test(test_abort_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, cb_cluster_up, cb_cluster_down);
}
