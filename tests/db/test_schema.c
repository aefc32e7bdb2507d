/* The schema as a whole: the rules of distribution, every statement of db/sql, the roles. */
#include "base/text_file.h"
#include "tests/db/event_fixture.h"

#include "db_queries.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void test_distribution_rules_hold(void **state)
{
    struct cb_cluster *cluster = *state;
    struct cb_err err = {0};
    struct cb_buffer sql;
    (void)cb_cluster_database(cluster);
    cb_buffer_init(&sql, 1 << 20);
    cb_buffer_add_text(&sql, "SELECT string_agg(rule || ': ' || what, E'\\n') FROM (");
    assert_ok(cb_read_file(CLAIMBASE_RULES, &sql, &err), err);
    cb_buffer_add_text(&sql, ") broken");
    const char *broken = cb_cluster_value(cluster, cb_buffer_text(&sql));
    if (broken[0] != '\0')
        fail_msg("%s", broken);
    /* the check sees what it looks for */
    cb_cluster_exec(
        cluster,
        "CREATE TABLE claimbase.bad (id serial PRIMARY KEY, document_id uuid REFERENCES claimbase.document)");
    broken = cb_cluster_value(cluster, cb_buffer_text(&sql));
    assert_non_null(strstr(broken, "document_id is not first"));
    assert_non_null(strstr(broken, "a foreign key leaves the document"));
    assert_non_null(strstr(broken, "without a name of its own"));
    cb_buffer_release(&sql);
}

/* Every statement fits the schema; COPY and a few utility statements can't be prepared and are run by other
 * tests. */
static void test_every_statement_prepares(void **state)
{
    static const char *const utility[] = {"COPY",    "CREATE",   "SET",    "LOCK", "DO",
                                          "ANALYZE", "TRUNCATE", "VACUUM", "ALTER"};
    struct cb_cluster *cluster = *state;
    (void)cb_cluster_database(cluster);
    size_t prepared = 0;
    for (const struct cb_sql *const *sql = cb_sql_all; *sql != NULL; sql++) {
        const char *text = (*sql)->text;
        while (strncmp(text, "--", 2) == 0) {
            text = strchr(text, '\n');
            text = text != NULL ? text + 1 : "";
        }
        bool is_utility = false;
        for (size_t i = 0; i < sizeof utility / sizeof *utility; i++)
            is_utility = is_utility || strncmp(text, utility[i], strlen(utility[i])) == 0;
        if (is_utility)
            continue;
        PGresult *result = PQprepare(cluster->admin, (*sql)->name, (*sql)->text, 0, NULL);
        if (PQresultStatus(result) != PGRES_COMMAND_OK)
            fail_msg("%s: %s", (*sql)->name, PQresultErrorMessage(result));
        PQclear(result);
        prepared++;
    }
    assert_true(prepared > 40);
}

/* Runs a statement as one of the roles; "" when it was allowed. */
static void as_role(struct cb_cluster *cluster, const char *role, const char *sql, char state[6])
{
    char text[2048];
    (void)snprintf(text, sizeof text,
                   "DO $do$ BEGIN SET LOCAL ROLE %s; %s; RAISE EXCEPTION USING ERRCODE = 'TT000'; END $do$",
                   role, sql);
    (void)snprintf(state, 6, "%s", cb_cluster_error(cluster, text));
    if (strcmp(state, "TT000") == 0)
        state[0] = '\0';
}

static void expect_refused(struct cb_cluster *cluster, const char *role, const char *sql)
{
    char got[6];
    as_role(cluster, role, sql, got);
    if (strcmp(got, "42501") != 0)
        fail_msg("%s: %s: '%s', not 42501", role, sql, got);
}

static void expect_allowed(struct cb_cluster *cluster, const char *role, const char *sql)
{
    char got[6];
    as_role(cluster, role, sql, got);
    if (got[0] != '\0')
        fail_msg("%s: %s: %s", role, sql, got);
}

static void make_roles(struct cb_cluster *cluster)
{
    (void)event_fixture(cluster);
    cb_cluster_exec(cluster, "SELECT claimbase.init_roles()");
    cb_cluster_exec(cluster, "SELECT claimbase.init_roles()"); /* again does no harm */
    cb_cluster_exec(cluster, "CREATE TABLE test.ids AS SELECT test.id('harbour') AS harbour; GRANT USAGE ON "
                             "SCHEMA test TO PUBLIC; "
                             "GRANT SELECT ON test.ids TO PUBLIC");
    cb_cluster_exec(cluster, "SELECT test.mark('harbour', 1, 'verified', 'ann', NULL, test.url())");
}

static void test_reader_reads_reports_only(void **state)
{
    struct cb_cluster *cluster = *state;
    make_roles(cluster);
    char views[8192];
    (void)snprintf(
        views, sizeof views, "%s",
        cb_cluster_value(cluster,
                         "SELECT string_agg(viewname, ' ') FROM pg_views WHERE schemaname = 'report'"));
    size_t count = 0;
    for (char *view = strtok(views, " "); view != NULL; view = strtok(NULL, " "), count++) {
        char sql[256];
        (void)snprintf(sql, sizeof sql, "PERFORM count(*) FROM report.%s", view);
        expect_allowed(cluster, "claimbase_reader", sql);
    }
    assert_true(count >= 18);
    char tables[8192];
    (void)snprintf(tables, sizeof tables, "%s",
                   cb_cluster_value(cluster,
                                    "SELECT string_agg(relname, ' ') FROM pg_class WHERE relnamespace = "
                                    "'claimbase'::regnamespace AND relkind IN ('r', 'v')"));
    for (char *table = strtok(tables, " "); table != NULL; table = strtok(NULL, " ")) {
        char sql[256];
        (void)snprintf(sql, sizeof sql, "PERFORM count(*) FROM claimbase.%s", table);
        expect_refused(cluster, "claimbase_reader", sql);
    }
    expect_refused(
        cluster, "claimbase_reader",
        "PERFORM claimbase.append_verification((SELECT harbour FROM test.ids), 2, 'in_review', 'x')");
}

static void test_checker_appends_and_no_more(void **state)
{
    static const char *const tables[] = {
        "verification",   "evidence",    "document",          "sentence",
        "claim",          "attribution", "quantity",          "match_decision",
        "document_event", "run_event",   "source_change",     "speaker_change",
        "log_leaf",       "checkpoint",  "status_transition", "rejected_row"};
    struct cb_cluster *cluster = *state;
    make_roles(cluster);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        char sql[256];
        (void)snprintf(sql, sizeof sql, "DELETE FROM claimbase.%s", tables[i]);
        expect_refused(cluster, "claimbase_checker", sql);
        expect_refused(cluster, "claimbase_admin", sql);
        (void)snprintf(sql, sizeof sql, "TRUNCATE claimbase.%s CASCADE", tables[i]);
        expect_refused(cluster, "claimbase_checker", sql);
    }
    expect_refused(cluster, "claimbase_checker", "UPDATE claimbase.verification SET actor = 'eve'");
    expect_refused(cluster, "claimbase_checker", "UPDATE claimbase.evidence SET url = 'x'");
    expect_refused(cluster, "claimbase_checker", "UPDATE claimbase.document SET text = 'x'");
    expect_refused(cluster, "claimbase_checker", "UPDATE claimbase.claim SET quote = 'x'");
    expect_refused(cluster, "claimbase_checker",
                   "INSERT INTO claimbase.verification SELECT * FROM claimbase.verification");
    expect_refused(cluster, "claimbase_checker",
                   "INSERT INTO claimbase.evidence SELECT * FROM claimbase.evidence");
    expect_refused(cluster, "claimbase_checker",
                   "ALTER TABLE claimbase.verification DROP CONSTRAINT verification_hash_recomputed");
    expect_refused(cluster, "claimbase_checker", "PERFORM claimbase.init_roles()");
    static const char *const for_admins[] = {
        "PERFORM claimbase.change_source('Harbour News', 'reliability', 'B', 'joe')",
        "PERFORM claimbase.undo_run(1, 'joe')",
        "PERFORM claimbase.retract_document((SELECT harbour FROM test.ids), 'retracted', 'joe', 'wrong')",
    };
    for (size_t i = 0; i < sizeof for_admins / sizeof *for_admins; i++) {
        expect_refused(cluster, "claimbase_checker", for_admins[i]);
        expect_allowed(cluster, "claimbase_admin", for_admins[i]);
    }
    expect_allowed(
        cluster, "claimbase_checker",
        "PERFORM claimbase.append_verification((SELECT harbour FROM test.ids), 2, 'in_review', 'joe')");
    expect_allowed(cluster, "claimbase_checker", "PERFORM count(*) FROM report.claims");
    expect_allowed(cluster, "claimbase_checker",
                   "INSERT INTO claimbase.import_run (actor, program_version, method_version, kind) "
                   "VALUES ('joe', '1', '1', 'claims')");
    expect_allowed(cluster, "claimbase_checker",
                   "UPDATE claimbase.import_run SET state = 'failed', finished_at = clock_timestamp()");
    expect_allowed(cluster, "claimbase_checker",
                   "DELETE FROM claimbase.claim_match"); /* made anew by a rematch */
}

static void test_without_createrole(void **state)
{
    struct cb_cluster *cluster = *state;
    (void)cb_cluster_database(cluster);
    cb_cluster_exec(cluster, "DROP OWNED BY claimbase_admin; CREATE ROLE plain_owner; GRANT USAGE ON SCHEMA "
                             "claimbase TO plain_owner; "
                             "GRANT EXECUTE ON FUNCTION claimbase.init_roles() TO plain_owner");
    cb_cluster_exec(cluster, "ALTER ROLE claimbase_reader RENAME TO claimbase_reader_away");
    char got[6];
    as_role(cluster, "plain_owner", "PERFORM claimbase.init_roles()", got);
    assert_string_equal(got, "CB008");
    cb_cluster_exec(cluster, "ALTER ROLE claimbase_reader_away RENAME TO claimbase_reader");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_distribution_rules_hold),   cmocka_unit_test(test_every_statement_prepares),
        cmocka_unit_test(test_reader_reads_reports_only), cmocka_unit_test(test_checker_appends_and_no_more),
        cmocka_unit_test(test_without_createrole),
    };
    return cmocka_run_group_tests(tests, cb_cluster_up, cb_cluster_down);
}
