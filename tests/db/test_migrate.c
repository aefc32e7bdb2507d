/* Migrations on a real server. */
#include "db/migrate.h"
#include "tests/harness/cluster.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static int last_number(void)
{
    const struct cb_migration *last = cb_migrations;
    while (last[1].number != 0)
        last++;
    return last->number;
}

static void test_second_run_does_nothing(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    struct cb_err err = {0};
    struct cb_migrate_report report = {0};
    bool current = false;
    assert_ok(cb_migrate(db, &report, &err), err);
    assert_int_equal(report.before, last_number());
    assert_int_equal(report.after, last_number());
    assert_ok(cb_schema_check(db, &current, &err), err);
    assert_true(current);
}

static void test_numbers_ascend(void **state)
{
    (void)state;
    for (const struct cb_migration *m = cb_migrations; m[0].number != 0 && m[1].number != 0; m++)
        assert_int_equal(m[1].number, m[0].number + 1);
}

static void test_newer_database_is_refused(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    struct cb_err err = {0};
    bool current = true;
    cb_cluster_exec(
        *state,
        "INSERT INTO claimbase.schema_migration SELECT number + 1000, 'from_the_future', sha256, applied_at, "
        "program_version FROM claimbase.schema_migration ORDER BY number DESC LIMIT 1");
    assert_int_equal(cb_migrate(db, NULL, &err), CB_SCHEMA);
    assert_non_null(strstr(err.message, "from_the_future"));
    assert_int_equal(cb_schema_check(db, &current, &err), CB_SCHEMA);
}

static void test_altered_migration_is_refused(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    struct cb_err err = {0};
    cb_cluster_exec(*state,
                    "UPDATE claimbase.schema_migration SET sha256 = sha256('other'::bytea) WHERE number = 1");
    assert_int_equal(cb_migrate(db, NULL, &err), CB_SCHEMA);
    assert_non_null(strstr(err.message, "0001_tables"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_second_run_does_nothing),
        cmocka_unit_test(test_numbers_ascend),
        cmocka_unit_test(test_newer_database_is_refused),
        cmocka_unit_test(test_altered_migration_is_refused),
    };
    return cmocka_run_group_tests(tests, cb_cluster_up, cb_cluster_down);
}
