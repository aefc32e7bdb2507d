/* The ledger's function and its constraints. */
#include "tests/db/event_fixture.h"

#include <stdio.h>
#include <string.h>

static const char *const statuses[] = {"unverified", "in_review", "verified",
                                       "disputed",   "refuted",   "unverifiable"};
enum { STATUSES = sizeof statuses / sizeof *statuses };

/* What may follow what, in the order of `statuses`: '.' never, 'f' freely, 'n' with a note, 'e' with
 * evidence, 'd' with a note or a contradicting claim. Standing beside the table in migrations/0003, so that
 * neither changes alone. */
static const char allowed[STATUSES][STATUSES + 1] = {
    ".fedef", /* unverified */
    "n.edef", /* in_review */
    ".n....", /* verified */
    ".n....", /* disputed */
    ".n....", /* refuted */
    ".n....", /* unverifiable */
};

/* Brings claim 2 of the harbour's article from unverified to a status. */
static void bring_to(struct cb_cluster *cluster, size_t status)
{
    char sql[256];
    if (status == 0)
        return;
    (void)snprintf(sql, sizeof sql, "SELECT test.mark('harbour', 2, '%s', 'ann', 'because', test.url())",
                   statuses[status]);
    cb_cluster_exec(cluster, sql);
}

/* Tries the move in a transaction of its own that is rolled back; "" when it is allowed. */
static void try_move(struct cb_cluster *cluster, size_t to, bool note, bool evidence, char state[6])
{
    char sql[512];
    (void)snprintf(sql, sizeof sql,
                   "DO $$ BEGIN PERFORM test.mark('harbour', 2, '%s', 'ann', %s, %s); RAISE EXCEPTION USING "
                   "ERRCODE = 'TT000'; END $$",
                   statuses[to], note ? "'because'" : "NULL", evidence ? "test.url()" : "'[]'");
    (void)snprintf(state, 6, "%s", cb_cluster_error(cluster, sql));
    if (strcmp(state, "TT000") == 0)
        state[0] = '\0';
}

static void test_every_move(void **state)
{
    struct cb_cluster *cluster = *state;
    for (size_t from = 0; from < STATUSES; from++) {
        (void)event_fixture(cluster);
        bring_to(cluster, from);
        for (size_t to = 0; to < STATUSES; to++) {
            for (int given = 0; given < 4; given++) {
                bool note = (given & 1) != 0, evidence = (given & 2) != 0;
                char rule = allowed[from][to], got[6];
                bool may = rule == 'f' || (rule == 'n' && note) || (rule == 'e' && evidence) ||
                           (rule == 'd' && note);
                try_move(cluster, to, note, evidence, got);
                if ((got[0] == '\0') != may || (!may && strcmp(got, "CB008") != 0))
                    fail_msg("%s to %s, %s note, %s evidence: %s", statuses[from], statuses[to],
                             note ? "with" : "no", evidence ? "with" : "no", got);
            }
        }
    }
}

static void test_table_and_test_agree(void **state)
{
    struct cb_cluster *cluster = *state;
    (void)event_fixture(cluster);
    long moves = 0;
    for (size_t from = 0; from < STATUSES; from++)
        for (size_t to = 0; to < STATUSES; to++)
            moves += allowed[from][to] != '.';
    assert_int_equal(cb_cluster_number(cluster, "SELECT count(*) FROM claimbase.status_transition"), moves);
}

static void test_evidence_must_say_what_the_verdict_says(void **state)
{
    struct cb_cluster *cluster = *state;
    (void)event_fixture(cluster);
    assert_string_equal(
        cb_cluster_error(cluster,
                         "SELECT test.mark('harbour', 1, 'verified', 'ann', 'x', test.url('refutes'))"),
        "CB008");
    assert_string_equal(
        cb_cluster_error(cluster,
                         "SELECT test.mark('harbour', 1, 'verified', 'ann', 'x', test.url('context'))"),
        "CB008");
    assert_string_equal(
        cb_cluster_error(cluster,
                         "SELECT test.mark('harbour', 1, 'refuted', 'ann', 'x', test.url('supports'))"),
        "CB008");
    assert_string_equal(
        cb_cluster_value(
            cluster,
            "SELECT test.mark('harbour', 1, 'disputed', 'ann', NULL, jsonb_build_array(jsonb_build_object("
            "'kind', 'claim', 'document_id', test.id('city'), 'claim_no', 1)))"),
        "1 mark unverified disputed");
    assert_string_equal(
        cb_cluster_error(cluster, "SELECT test.mark('harbour', 2, 'verified', 'ann', NULL, jsonb_build_array("
                                  "jsonb_build_object('kind', 'claim', 'document_id', test.id('city'), "
                                  "'claim_no', 99)))"),
        "CB007");
    assert_string_equal(cb_cluster_error(cluster, "SELECT test.mark('harbour', 99, 'in_review', 'ann')"),
                        "CB007");
    assert_string_equal(cb_cluster_error(cluster, "SELECT test.mark('harbour', 1, 'true', 'ann')"), "CB008");
    assert_string_equal(cb_cluster_error(cluster, "SELECT test.mark('harbour', 1, 'in_review', '')"),
                        "CB008");
}

/* Marks claim 1 of the harbour's article with a document as evidence; the SQLSTATE of the refusal. */
static const char *with_document(struct cb_cluster *cluster, const char *name)
{
    char sql[512];
    (void)snprintf(sql, sizeof sql,
                   "DO $$ BEGIN PERFORM test.mark('harbour', 1, 'verified', 'ann', NULL, "
                   "jsonb_build_array(jsonb_build_object("
                   "'kind', 'document', 'document_id', test.id('%s')))); RAISE EXCEPTION USING ERRCODE = "
                   "'TT000'; END $$",
                   name);
    return cb_cluster_error(cluster, sql);
}

static void link_documents(struct cb_cluster *cluster, const char *from, const char *kind, const char *to)
{
    char sql[512];
    (void)snprintf(
        sql, sizeof sql,
        "INSERT INTO claimbase.document_link (document_id, link_no, kind, target_document_id, reason) "
        "SELECT test.id('%s'), coalesce(max(link_no), 0) + 1, '%s', test.id('%s'), 'test' "
        "FROM claimbase.document_link WHERE document_id = test.id('%s')",
        from, kind, to, from);
    cb_cluster_exec(cluster, sql);
}

static void test_circular_evidence(void **state)
{
    struct cb_cluster *cluster = *state;
    (void)event_fixture(cluster);
    assert_string_equal(with_document(cluster, "harbour"), "CB008"); /* itself */
    assert_string_equal(with_document(cluster, "coast"), "CB008");   /* the same interview */
    assert_string_equal(with_document(cluster, "city"), "TT000");
    assert_string_equal(with_document(cluster, "late"), "TT000");
    /* late ← city ← harbour: derived through a chain */
    link_documents(cluster, "city", "derived_from", "harbour");
    link_documents(cluster, "late", "quotation", "city");
    assert_string_equal(with_document(cluster, "city"), "CB008");
    assert_string_equal(with_document(cluster, "late"), "CB008");
    /* a link that was taken back does not count */
    cb_cluster_exec(cluster, "UPDATE claimbase.document_link SET withdrawn_at = now(), withdrawn_by = 'ann' "
                             "WHERE document_id = test.id('city')");
    assert_string_equal(with_document(cluster, "city"), "TT000");
    assert_string_equal(with_document(cluster, "late"), "TT000");
    /* what the article was made from may prove it; another edition of the article may not */
    link_documents(cluster, "harbour", "primary_source", "city");
    assert_string_equal(with_document(cluster, "city"), "TT000");
    link_documents(cluster, "harbour", "revision_of", "city");
    assert_string_equal(with_document(cluster, "city"), "CB008");
}

static void test_circular_evidence_in_disguise(void **state)
{
    struct cb_cluster *cluster = *state;
    (void)event_fixture(cluster);
    assert_string_equal(
        cb_cluster_error(cluster, "SELECT test.mark('harbour', 1, 'verified', 'ann', NULL, "
                                  "'[{\"kind\": \"url\", \"url\": \"http://harbour.example/1#top\"}]')"),
        "CB008");
    assert_string_equal(
        cb_cluster_error(
            cluster,
            "SELECT test.mark('harbour', 1, 'verified', 'ann', NULL, jsonb_build_array(jsonb_build_object("
            "'kind', 'file', 'path', 'copy.txt', 'sha256', (SELECT encode(text_sha256, 'hex') FROM "
            "claimbase.document WHERE document_id = test.id('harbour')))))"),
        "CB008");
    /* on request it is recorded as what it is */
    assert_string_equal(
        cb_cluster_value(cluster, "SELECT test.mark('harbour', 1, 'verified', 'ann', NULL, "
                                  "'[{\"kind\": \"url\", \"url\": \"http://harbour.example/1\"}]', true)"),
        "1 mark unverified verified");
    assert_string_equal(cb_cluster_value(cluster, "SELECT circular FROM claimbase.verification"), "t");
    assert_string_equal(cb_cluster_value(cluster, "SELECT circular FROM claimbase.evidence"), "t");
    assert_string_equal(cb_cluster_value(cluster, "SELECT reason FROM report.needs_review"),
                        "only_circular_evidence");
}

static void test_two_at_once(void **state)
{
    struct cb_cluster *cluster = *state;
    (void)event_fixture(cluster);
    cb_cluster_exec(cluster,
                    "SELECT test.mark('harbour', 1, 'in_review', 'ann', NULL, '[]', false, false, 0)");
    assert_string_equal(
        cb_cluster_error(cluster,
                         "SELECT test.mark('harbour', 1, 'disputed', 'bob', 'no', '[]', false, false, 0)"),
        "CB009");
    /* an event of another claim of the document is no conflict */
    cb_cluster_exec(cluster,
                    "SELECT test.mark('harbour', 2, 'in_review', 'bob', NULL, '[]', false, false, 0)");
    cb_cluster_exec(cluster,
                    "SELECT test.mark('harbour', 1, 'disputed', 'bob', 'no', '[]', false, false, 1)");
    assert_int_equal(cb_cluster_number(cluster, "SELECT count(*) FROM claimbase.verification"), 3);
}

static void test_second_check(void **state)
{
    struct cb_cluster *cluster = *state;
    (void)event_fixture(cluster);
    cb_cluster_exec(cluster,
                    "SELECT test.mark('harbour', 1, 'verified', 'ann', NULL, test.url(), false, true)");
    assert_string_equal(cb_cluster_value(cluster, "SELECT reason FROM report.needs_review"),
                        "second_check_missing");
    assert_string_equal(cb_cluster_error(cluster, "SELECT test.mark('harbour', 1, 'verified', 'ann')"),
                        "CB008");
    assert_string_equal(cb_cluster_error(cluster, "SELECT test.mark('harbour', 1, 'refuted', 'bob')"),
                        "CB008");
    assert_string_equal(cb_cluster_value(cluster, "SELECT test.mark('harbour', 1, 'verified', 'bob')"),
                        "2 second_check verified verified");
    assert_string_equal(cb_cluster_value(cluster, "SELECT reason FROM report.needs_review"), "");
    /* a second checker who disagrees sends it back */
    cb_cluster_exec(cluster,
                    "SELECT test.mark('harbour', 2, 'verified', 'ann', NULL, test.url(), false, true)");
    assert_string_equal(
        cb_cluster_value(cluster, "SELECT test.mark('harbour', 2, 'refuted', 'bob', 'not so')"),
        "4 second_check verified in_review");
    assert_string_equal(cb_cluster_value(cluster, "SELECT found FROM claimbase.verification WHERE seq = 4"),
                        "refuted");
    /* nobody asked for one: another verdict has to re-open first */
    cb_cluster_exec(cluster, "SELECT test.mark('harbour', 3, 'verified', 'ann', NULL, test.url())");
    assert_string_equal(
        cb_cluster_error(cluster, "SELECT test.mark('harbour', 3, 'refuted', 'bob', 'no', test.url())"),
        "CB008");
}

static void test_withdrawn_evidence(void **state)
{
    struct cb_cluster *cluster = *state;
    (void)event_fixture(cluster);
    cb_cluster_exec(cluster, "SELECT test.mark('harbour', 1, 'verified', 'ann', NULL, test.url())");
    assert_string_equal(
        cb_cluster_error(cluster, "SELECT claimbase.withdraw_evidence(test.id('harbour'), 1, 1, 'bob', '')"),
        "CB008");
    assert_string_equal(
        cb_cluster_error(cluster, "SELECT claimbase.withdraw_evidence(test.id('harbour'), 1, 7, 'bob', 'x')"),
        "CB007");
    cb_cluster_exec(cluster, "SELECT claimbase.withdraw_evidence(test.id('harbour'), 1, 1, 'bob', 'gone')");
    assert_string_equal(cb_cluster_value(cluster, "SELECT status || ' ' || reason FROM report.needs_review"),
                        "verified evidence_withdrawn");
    assert_string_equal(
        cb_cluster_value(cluster, "SELECT decided_by FROM report.claims WHERE status = 'verified'"), "ann");
    assert_string_equal(
        cb_cluster_error(cluster,
                         "SELECT claimbase.withdraw_evidence(test.id('harbour'), 1, 1, 'bob', 'twice')"),
        "CB008");
}

/* The chain is kept by constraints, whoever writes. */
static void test_constraints_keep_the_chain(void **state)
{
    struct cb_cluster *cluster = *state;
    (void)event_fixture(cluster);
    cb_cluster_exec(cluster, "SELECT test.mark('harbour', 1, 'in_review', 'ann')");
    cb_cluster_exec(cluster, "SELECT test.mark('harbour', 2, 'in_review', 'ann')");
    static const char *const forged[] = {
        "UPDATE claimbase.verification SET actor = 'eve' WHERE seq = 1",
        "UPDATE claimbase.verification SET at = at - interval '1 day' WHERE seq = 2",
        "UPDATE claimbase.verification SET hash = sha256('x') WHERE seq = 2",
        "UPDATE claimbase.verification SET prev_hash = sha256('x') WHERE seq = 2",
        "DELETE FROM claimbase.verification WHERE seq = 1",
        /* a gap, and a fork */
        "INSERT INTO claimbase.verification SELECT (v).* FROM (SELECT jsonb_populate_record(v, '{\"seq\": "
        "4}') AS v FROM "
        "claimbase.verification v WHERE seq = 2) x",
        "INSERT INTO claimbase.verification SELECT (v).* FROM (SELECT jsonb_populate_record(v, '{\"seq\": "
        "3}') AS v FROM "
        "claimbase.verification v WHERE seq = 2) x",
    };
    for (size_t i = 0; i < sizeof forged / sizeof *forged; i++) {
        const char *got = cb_cluster_error(cluster, forged[i]);
        if (strncmp(got, "23", 2) != 0)
            fail_msg("%s: %s", forged[i], got);
    }
}

static void test_status_as_of(void **state)
{
    struct cb_cluster *cluster = *state;
    (void)event_fixture(cluster);
    cb_cluster_exec(cluster, "SELECT test.mark('harbour', 1, 'in_review', 'ann')");
    cb_cluster_exec(cluster, "CREATE TABLE test.moment AS SELECT clock_timestamp() AS at");
    cb_cluster_exec(cluster, "SELECT test.mark('harbour', 1, 'verified', 'ann', NULL, test.url())");
    assert_string_equal(cb_cluster_value(cluster, "SELECT claimbase.current_status(test.id('harbour'), 1)"),
                        "verified");
    assert_string_equal(
        cb_cluster_value(
            cluster, "SELECT claimbase.current_status(test.id('harbour'), 1, (SELECT at FROM test.moment))"),
        "in_review");
    cb_cluster_exec(cluster,
                    "SELECT set_config('claimbase.as_of', (SELECT at::text FROM test.moment), false)");
    assert_string_equal(
        cb_cluster_value(
            cluster,
            "SELECT status FROM report.claims WHERE document_id = test.id('harbour') AND claim_no = 1"),
        "in_review");
    cb_cluster_exec(cluster, "SET claimbase.as_of = '2001-01-01'");
    assert_int_equal(cb_cluster_number(cluster, "SELECT count(*) FROM report.claims"), 0);
    cb_cluster_exec(cluster, "RESET claimbase.as_of");
    assert_int_equal(cb_cluster_number(cluster, "SELECT count(*) FROM report.claims"), 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_move),
        cmocka_unit_test(test_table_and_test_agree),
        cmocka_unit_test(test_evidence_must_say_what_the_verdict_says),
        cmocka_unit_test(test_circular_evidence),
        cmocka_unit_test(test_circular_evidence_in_disguise),
        cmocka_unit_test(test_two_at_once),
        cmocka_unit_test(test_second_check),
        cmocka_unit_test(test_withdrawn_evidence),
        cmocka_unit_test(test_constraints_keep_the_chain),
        cmocka_unit_test(test_status_as_of),
    };
    return cmocka_run_group_tests(tests, cb_cluster_up, cb_cluster_down);
}
