/* Migrations on a real server. */
#include "db/migrate.h"
#include "db_queries.h"
#include "tests/harness/cluster.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
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

/* What a program of migration 11 left behind: two copies of a report that agree and one that contradicts
 * them, a credit, a verdict and a person's decision. */
static const char *const left_behind =
    "INSERT INTO claimbase.source (name) VALUES ('Courier'), ('Herald'), ('Observer');"
    "INSERT INTO claimbase.import_run (actor, program_version, method_version, kind, state, finished_at) "
    "VALUES ('test', '0', '0', 'articles', 'done', clock_timestamp());"
    "INSERT INTO claimbase.document (document_id, source_id, run_id, text, text_sha256, method_version) "
    "SELECT ('0000000' || s.source_id || '-0000-8000-8000-000000000000')::uuid, s.source_id, r.run_id, "
    "'1,200 people were evacuated', sha256(s.name::bytea), '0' FROM claimbase.source s, claimbase.import_run "
    "r;"
    "INSERT INTO claimbase.sentence (document_id, sentence_no, paragraph_no, start_offset, end_offset) "
    "SELECT document_id, 1, 1, 0, 27 FROM claimbase.document;"
    "INSERT INTO claimbase.claim (document_id, claim_no, sentence_no, kind, start_offset, end_offset, quote) "
    "SELECT document_id, 1, 1, 'assertion', 0, 27, '1,200 people were evacuated' FROM claimbase.document;"
    "INSERT INTO claimbase.claim_match (document_id, claim_no, other_document_id, other_claim_no, relation, "
    "score, reasons, method, method_version) "
    "SELECT a.document_id, 1, b.document_id, 1, CASE WHEN b.source_id = 3 THEN 'contradicts' ELSE 'agrees' "
    "END, "
    "0.9, '{mutual_best}', 'claimbase-match', '9' FROM claimbase.document a JOIN claimbase.document b "
    "ON a.document_id < b.document_id;"
    "INSERT INTO claimbase.claim_cluster (document_id, claim_no, cluster_document_id, cluster_claim_no) "
    "SELECT document_id, 1, '00000001-0000-8000-8000-000000000000', 1 FROM claimbase.document "
    "WHERE source_id < 3;"
    "INSERT INTO claimbase.match_decision (document_id, claim_no, other_document_id, other_claim_no, "
    "decision_no, decision, actor) SELECT document_id, claim_no, other_document_id, other_claim_no, 1, "
    "'confirm', 'ann' FROM claimbase.claim_match WHERE relation = 'agrees'";

static void apply_up_to(struct cb_cluster *cluster, int number)
{
    for (const struct cb_migration *m = cb_migrations; m->number != 0 && m->number <= number; m++) {
        char record[512];
        cb_cluster_exec(cluster, m->sql);
        (void)snprintf(record, sizeof record,
                       "INSERT INTO claimbase.schema_migration (number, name, sha256, program_version) "
                       "SELECT number, name, sha256, '0' FROM applied WHERE number = %d",
                       m->number);
        cb_cluster_exec(cluster, record);
    }
}

/* A database with data in it comes up to the program, keeps what was in it, and its reports answer. */
static void test_a_database_of_before_is_upgraded(void **state)
{
    enum { BEFORE = 11 };
    struct cb_db *db = cb_cluster_database(*state);
    struct cb_err err = {0};
    struct cb_migrate_report report = {0};
    cb_cluster_exec(*state, "CREATE TEMPORARY TABLE applied AS SELECT * FROM claimbase.schema_migration;"
                            "DROP SCHEMA report CASCADE; DROP SCHEMA claimbase CASCADE;"
                            "CREATE SCHEMA claimbase");
    cb_cluster_exec(*state, cb_sql_migration_table.text);
    apply_up_to(*state, BEFORE);
    cb_cluster_exec(*state, left_behind);
    assert_ok(cb_migrate(db, &report, &err), err);
    assert_int_equal(report.before, BEFORE);
    assert_int_equal(report.after, last_number());
    static const struct {
        const char *query;
        long wanted;
    } expected[] = {
        {"SELECT count(*) FROM report.claims", 3},
        {"SELECT count(*) FROM report.matches", 3},
        {"SELECT count(*) FROM report.conflicts", 2},
        {"SELECT count(*) FROM report.members", 3},
        {"SELECT sources FROM report.consistency ORDER BY claims DESC LIMIT 1", 2},
        {"SELECT count(DISTINCT statement) FROM report.queue", 2}, /* what two say, and what contradicts it */
        {"SELECT count(*) FROM report.origins", 0},
        {"SELECT count(*) FROM claimbase.match_ruling WHERE decision = 'confirm'", 1},
        {"SELECT claimbase.is_bond('agrees', '{mutual_best}')::integer", 1},
        {"SELECT claimbase.is_bond('agrees', '{uncertain}')::integer", 0},
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        if (cb_cluster_number(*state, expected[i].query) != expected[i].wanted)
            fail_msg("%s: %ld, not %ld", expected[i].query,
                     (long)cb_cluster_number(*state, expected[i].query), expected[i].wanted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_second_run_does_nothing),
        cmocka_unit_test(test_numbers_ascend),
        cmocka_unit_test(test_newer_database_is_refused),
        cmocka_unit_test(test_altered_migration_is_refused),
        cmocka_unit_test(test_a_database_of_before_is_upgraded),
    };
    return cmocka_run_group_tests(tests, cb_cluster_up, cb_cluster_down);
}
