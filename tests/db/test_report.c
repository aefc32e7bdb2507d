/* The report views on the invented event, at different moments, with imports undone and decisions made. */
#include "db_queries.h"
#include "report/consistency.h"
#include "tests/db/event_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void expect(struct cb_cluster *cluster, const char *sql, const char *value)
{
    const char *got = cb_cluster_value(cluster, sql);
    if (strcmp(got, value) != 0)
        fail_msg("%s: '%s', not '%s'", sql, got, value);
}

static void test_every_column_has_a_comment(void **state)
{
    struct cb_cluster *cluster = *state;
    (void)event_fixture(cluster);
    expect(cluster,
           "SELECT string_agg(c.relname || '.' || a.attname, ', ') FROM pg_class c JOIN pg_attribute a ON "
           "a.attrelid = c.oid "
           "WHERE c.relnamespace = 'report'::regnamespace AND a.attnum > 0 AND "
           "coalesce(col_description(c.oid, a.attnum), '') = ''",
           "");
    expect(cluster,
           "SELECT string_agg(relname, ', ') FROM pg_class WHERE relnamespace = 'report'::regnamespace AND "
           "coalesce(obj_description(oid), '') = ''",
           "");
    assert_true(
        cb_cluster_number(cluster,
                          "SELECT count(*) FROM pg_class WHERE relnamespace = 'report'::regnamespace") >= 18);
}

/* Others rely on these names: they may be added to, never taken away. */
static void test_fixed_columns(void **state)
{
    struct cb_cluster *cluster = *state;
    (void)event_fixture(cluster);
    static const char *const selects[] = {
        "SELECT claim, document, source, text, speaker, kind, status, published FROM report.claims",
        ("SELECT match, a_claim, a_source, a_text, b_claim, b_source, b_text, relation, score, reasons, "
         "decided_by FROM report.matches"),
        "SELECT claims, documents, sources, origins, relation, statuses, quantities FROM report.consistency",
        "SELECT * FROM report.conflicts, report.corroboration",
        ("SELECT * FROM report.history, report.sources, report.origins, report.queue, report.documents, "
         "report.provenance"),
    };
    for (size_t i = 0; i < sizeof selects / sizeof *selects; i++)
        cb_cluster_exec(cluster, selects[i]);
}

static void test_origins_are_counted_not_documents(void **state)
{
    struct cb_cluster *cluster = *state;
    (void)event_fixture(cluster);
    expect(cluster,
           "SELECT documents || ' ' || sources || ' ' || origins || ' ' || unknown_origins || ' ' || "
           "relation FROM "
           "report.consistency WHERE text = 'Nobody was hurt'",
           "2 2 1 0 contradicts");
    expect(cluster,
           "SELECT documents || ' ' || origins || ' ' || unknown_origins || ' ' || relation FROM "
           "report.consistency "
           "WHERE text = 'The bridge is open'",
           "2 1 1 agrees");
    expect(cluster, "SELECT quantities FROM report.consistency WHERE text LIKE 'almost 8%'",
           "About 8,000 | almost 8 thousand");
    expect(cluster, "SELECT count(*) FROM report.consistency", "5");
    expect(cluster,
           "SELECT type || ': ' || a_quantity || ' – ' || b_quantity FROM (SELECT type, least(a_quantity, "
           "b_quantity) AS "
           "a_quantity, greatest(a_quantity, b_quantity) AS b_quantity FROM report.conflicts WHERE type = "
           "'different_quantity') x",
           "different_quantity: 5,000 – almost 8 thousand");
    expect(cluster,
           "SELECT string_agg(agrees || '/' || contradicts, ' ' ORDER BY other_source) FROM report.agreement "
           "WHERE "
           "source = 'Harbour News'",
           "1/2 2/0");
}

static void test_owners_are_counted_when_asked(void **state)
{
    struct cb_cluster *cluster = *state;
    (void)event_fixture(cluster);
    static const char counted[] =
        "SELECT origins || ' ' || unknown_origins FROM report.corroboration_by_owner "
        "WHERE text = 'The bridge is open'";
    expect(cluster, counted, "1 1");
    cb_cluster_exec(cluster, "UPDATE claimbase.document_origin SET known = true, origin = 'office' WHERE "
                             "document_id = test.id('late')");
    expect(cluster, counted, "2 0");
    cb_cluster_exec(cluster, "UPDATE claimbase.source SET owner = 'Coast Media' WHERE name <> 'Coast Radio'");
    expect(cluster, counted, "1 0");
    expect(cluster, "SELECT origins FROM report.corroboration WHERE text = 'The bridge is open'", "2");
    static const struct {
        const char *origins, *owners, *known, *parts;
    } sets[] = {
        {"{}", "{}", "{}", "{0,0}"},
        {"{a,b,c}", "{x,y,z}", "{t,t,f}", "{2,1}"},
        {"{a,b,b,c,d}", "{x,x,y,y,z}", "{t,t,t,f,f}", "{1,1}"}, /* along the chain a-x-b-y-c */
        {"{d,c,b,a,a,b,c}", "{w,z,y,x,y,z,w}", "{t,t,t,t,t,t,t}", "{1,0}"},
    };
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        char sql[256];
        (void)snprintf(sql, sizeof sql, "SELECT claimbase.independent_parts('%s', '%s', '%s')",
                       sets[i].origins, sets[i].owners, sets[i].known);
        expect(cluster, sql, sets[i].parts);
    }
}

static void test_people_decide(void **state)
{
    struct cb_cluster *cluster = *state;
    (void)event_fixture(cluster);
    static const struct {
        const char *decision, *conflicts;
    } steps[] = {{"reject", "0"}, {"undo", "1"}, {"confirm", "1"}, {"reject", "0"},
                 {"undo", "1"},   {"undo", "1"}, {"reject", "0"}};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        char sql[512];
        (void)snprintf(
            sql, sizeof sql,
            "INSERT INTO claimbase.match_decision (document_id, claim_no, other_document_id, other_claim_no, "
            "decision_no, decision, actor) SELECT document_id, claim_no, other_document_id, other_claim_no, "
            "%d, "
            "'%s', 'ann' FROM claimbase.claim_match WHERE reasons = '{different_quantity}'",
            (int)i + 1, steps[i].decision);
        cb_cluster_exec(cluster, sql);
        expect(cluster, "SELECT count(*) FROM report.conflicts WHERE type = 'different_quantity'",
               steps[i].conflicts);
    }
    expect(cluster, "SELECT count(*) FROM report.decisions", "7");
}

static void test_undone_imports_are_left_out(void **state)
{
    struct cb_cluster *cluster = *state;
    (void)event_fixture(cluster);
    cb_cluster_exec(
        cluster,
        "SELECT test.mark('harbour', 3, 'verified', 'ann', NULL, jsonb_build_array(jsonb_build_object("
        "'kind', 'document', 'document_id', test.id('late'))))");
    cb_cluster_exec(cluster, "SELECT test.mark('late', 1, 'in_review', 'ann')");
    cb_cluster_exec(cluster, "CREATE TABLE test.moment AS SELECT clock_timestamp() AS at");
    expect(cluster, "SELECT claimbase.undo_run(2, 'eve', 'wrong file')", "undone");
    expect(cluster, "SELECT count(*) FROM report.documents", "3");
    expect(cluster, "SELECT count(*) FROM report.claims", "7");
    expect(cluster, "SELECT count(*) FROM report.consistency WHERE text = 'The bridge is open'", "0");
    expect(cluster, "SELECT reason FROM report.needs_review", "import_undone");
    expect(cluster, "SELECT undone FROM report.imports WHERE run = 2", "t");
    /* the verdicts are still there, and so is the past */
    expect(cluster, "SELECT count(*) FROM report.history", "2");
    cb_cluster_exec(cluster,
                    "SELECT set_config('claimbase.as_of', (SELECT at::text FROM test.moment), false)");
    expect(cluster, "SELECT count(*) FROM report.documents", "4");
    cb_cluster_exec(cluster, "RESET claimbase.as_of");
    expect(cluster, "SELECT claimbase.undo_run(2, 'eve')", "restored");
    expect(cluster, "SELECT count(*) FROM report.claims", "9");
    expect(cluster, "SELECT status FROM report.claims WHERE document_id = test.id('late') AND claim_no = 1",
           "in_review");
    expect(cluster, "SELECT count(*) FROM report.needs_review", "0");
    assert_string_equal(cb_cluster_error(cluster, "SELECT claimbase.undo_run(77, 'eve')"), "CB007");
}

static void test_doubts(void **state)
{
    struct cb_cluster *cluster = *state;
    (void)event_fixture(cluster);
    cb_cluster_exec(
        cluster,
        "SELECT test.mark('harbour', 3, 'verified', 'ann', NULL, jsonb_build_array(jsonb_build_object("
        "'kind', 'claim', 'document_id', test.id('late'), 'claim_no', 1)))");
    expect(cluster, "SELECT count(*) FROM report.needs_review", "0");
    /* the source of the evidence is judged worse; better again does not count */
    cb_cluster_exec(cluster, "SELECT claimbase.change_source('City Post', 'reliability', 'B', 'eve')");
    expect(cluster, "SELECT count(*) FROM report.needs_review", "0");
    cb_cluster_exec(cluster, "SELECT claimbase.change_source('City Post', 'reliability', 'D', 'eve')");
    expect(cluster, "SELECT string_agg(reason, ' ') FROM report.needs_review", "source_downgraded");
    cb_cluster_exec(cluster,
                    "SELECT claimbase.retract_document(test.id('late'), 'retracted', 'eve', 'made up')");
    expect(cluster, "SELECT string_agg(reason, ' ' ORDER BY reason) FROM report.needs_review",
           "evidence_retracted source_downgraded");
    cb_cluster_exec(cluster,
                    "SELECT claimbase.retract_document(test.id('late'), 'restored', 'eve', 'not made up')");
    /* the match that it leans on is undone */
    cb_cluster_exec(
        cluster,
        "INSERT INTO claimbase.match_decision (document_id, claim_no, other_document_id, other_claim_no, "
        "decision_no, decision, actor) SELECT least(a, b), CASE WHEN a < b THEN 3 ELSE 1 END, greatest(a, "
        "b), "
        "CASE WHEN a < b THEN 1 ELSE 3 END, 1, 'reject', 'eve' FROM (SELECT test.id('harbour') AS a, "
        "test.id('late') AS b) x");
    expect(cluster, "SELECT string_agg(reason, ' ' ORDER BY reason) FROM report.needs_review",
           "match_undone source_downgraded");
    /* the claim that it leans on is refuted, and says the same */
    cb_cluster_exec(cluster, "SELECT test.mark('late', 1, 'refuted', 'bob', NULL, test.url())");
    expect(cluster, "SELECT string_agg(DISTINCT reason, ' ' ORDER BY reason) FROM report.needs_review",
           "evidence_refuted match_undone same_claim_otherwise source_downgraded");
    /* re-opened: the doubt is answered */
    cb_cluster_exec(cluster, "SELECT test.mark('harbour', 3, 'in_review', 'ann', 'see the review list')");
    expect(cluster, "SELECT count(*) FROM report.needs_review WHERE document_id = test.id('harbour')", "0");
    expect(cluster, "SELECT max(priority) > 1 FROM report.queue", "t");
    assert_true(cb_cluster_number(cluster, "SELECT count(*) FROM report.sources WHERE reliability = 'D'") ==
                1);
}

static void test_speakers_merge_and_split(void **state)
{
    struct cb_cluster *cluster = *state;
    (void)event_fixture(cluster);
    cb_cluster_exec(
        cluster, "INSERT INTO claimbase.speaker (key, name) VALUES ('a. lund', 'A. Lund'), ('lund', 'Lund')");
    cb_cluster_exec(cluster, "SELECT claimbase.merge_speakers(4, 3, 'ann')"); /* Lund is A. Lund */
    cb_cluster_exec(cluster, "SELECT claimbase.merge_speakers(3, 1, 'ann')"); /* who is Ada Lund */
    expect(cluster, "SELECT string_agg(name, ', ' ORDER BY speaker_id) FROM claimbase.present_speaker",
           "Ada Lund, City police, Ada Lund, Ada Lund");
    assert_string_equal(cb_cluster_error(cluster, "SELECT claimbase.merge_speakers(1, 4, 'ann')"), "CB008");
    cb_cluster_exec(cluster, "SELECT claimbase.split_speaker(3, 'ann')");
    expect(cluster, "SELECT string_agg(name, ', ' ORDER BY speaker_id) FROM claimbase.present_speaker",
           "Ada Lund, City police, A. Lund, A. Lund");
    cb_cluster_exec(cluster, "SELECT claimbase.split_speaker(4, 'ann')");
    expect(cluster, "SELECT count(*) FROM claimbase.speaker WHERE merged_into IS NOT NULL", "0");
    assert_string_equal(cb_cluster_error(cluster, "SELECT claimbase.split_speaker(4, 'ann')"), "CB008");
    expect(cluster, "SELECT count(*) FROM claimbase.speaker_change", "6"); /* Lund's moves among them */
}

/* What the reports say when they are asked for the moment `at`, an expression of SQL. */
static void expect_at(struct cb_cluster *cluster, const char *at, const char *sql, const char *value)
{
    char set[512];
    (void)snprintf(set, sizeof set, "SELECT set_config('claimbase.as_of', (%s)::text, false)", at);
    cb_cluster_exec(cluster, set);
    expect(cluster, sql, value);
    cb_cluster_exec(cluster, "RESET claimbase.as_of");
}

static void test_speakers_and_sources_then(void **state)
{
    struct cb_cluster *cluster = *state;
    static const char names[] =
        "SELECT string_agg(name, ', ' ORDER BY speaker_id) FROM claimbase.present_speaker";
    static const char owner[] =
        "SELECT concat_ws(' ', owner, reliability) FROM report.sources WHERE source_id = 1";
    (void)event_fixture(cluster);
    cb_cluster_exec(
        cluster, "INSERT INTO claimbase.speaker (key, name) VALUES ('a. lund', 'A. Lund'), ('lund', 'Lund')");
    cb_cluster_exec(cluster, "SELECT claimbase.merge_speakers(4, 3, 'ann')");
    cb_cluster_exec(cluster, "SELECT claimbase.merge_speakers(3, 1, 'bob')");
    cb_cluster_exec(cluster, "SELECT claimbase.split_speaker(3, 'eve')");
    cb_cluster_exec(cluster, "SELECT claimbase.split_speaker(4, 'joe')");
    expect_at(cluster, "SELECT min(at) - interval '1 us' FROM claimbase.speaker_change", names,
              "Ada Lund, City police, A. Lund, Lund");
    expect_at(cluster, "SELECT max(at) FROM claimbase.speaker_change WHERE actor = 'ann'", names,
              "Ada Lund, City police, A. Lund, A. Lund");
    expect_at(cluster, "SELECT max(at) FROM claimbase.speaker_change WHERE actor = 'bob'", names,
              "Ada Lund, City police, Ada Lund, Ada Lund");
    expect_at(cluster, "SELECT max(at) FROM claimbase.speaker_change WHERE actor = 'eve'", names,
              "Ada Lund, City police, A. Lund, A. Lund");
    expect(cluster, names, "Ada Lund, City police, A. Lund, Lund");
    const char *first = cb_cluster_value(cluster, owner);
    char before[128];
    (void)snprintf(before, sizeof before, "%s", first);
    cb_cluster_exec(
        cluster, "SELECT claimbase.change_source((SELECT name FROM claimbase.source WHERE source_id = 1), "
                 "field, value, 'ann') FROM (VALUES (1, 'owner', 'Coast Media'), (2, 'owner', 'Sea Press'), "
                 "(3, 'reliability', 'D')) AS c(no, field, value) ORDER BY no");
    expect(cluster, owner, "Sea Press D");
    expect_at(cluster, "SELECT min(at) - interval '1 us' FROM claimbase.source_change", owner, before);
    expect_at(cluster, "SELECT min(at) FROM claimbase.source_change",
              "SELECT owner FROM report.sources WHERE source_id = 1", "Coast Media");
    expect_at(cluster, "SELECT min(at) FROM claimbase.source_change",
              "SELECT bool_or('Coast Media' = ANY (owner_names)) FROM claimbase.group_owners", "t");
    expect_at(cluster, "SELECT min(at) - interval '1 us' FROM claimbase.source_change",
              "SELECT bool_or('Coast Media' = ANY (owner_names)) FROM claimbase.group_owners", "f");
}

static void test_point_queries_use_the_index(void **state)
{
    static const char *const queries[] = {
        "SELECT * FROM report.claims WHERE document_id = test.id('harbour') AND claim_no = 1",
        "SELECT * FROM report.documents WHERE document_id = test.id('harbour')",
        "SELECT * FROM report.history WHERE document_id = test.id('harbour') AND claim_no = 1",
        "SELECT * FROM report.matches WHERE a_document_id = test.id('harbour') AND a_claim_no = 1",
        "SELECT * FROM report.matches WHERE b_document_id = test.id('harbour') AND b_claim_no = 1",
    };
    struct cb_cluster *cluster = *state;
    (void)event_fixture(cluster);
    cb_cluster_exec(
        cluster,
        "CREATE FUNCTION test.plan(q text) RETURNS text LANGUAGE plpgsql AS $$ DECLARE l text; p text := ''; "
        "BEGIN FOR l IN EXECUTE 'EXPLAIN ' || q LOOP p := p || l || E'\\n'; END LOOP; RETURN p; END $$");
    /* as a large table would make the planner choose: where a scan of all documents or claims is left,
     * nothing else would do */
    cb_cluster_exec(cluster, "SET enable_seqscan = off; SET enable_bitmapscan = off");
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        char sql[512], quoted[256];
        size_t n = 0;
        for (const char *c = queries[i]; *c != '\0' && n + 2 < sizeof quoted; c++) {
            if (*c == '\'')
                quoted[n++] = '\'';
            quoted[n++] = *c;
        }
        quoted[n] = '\0';
        (void)snprintf(sql, sizeof sql, "SELECT test.plan('%s')", quoted);
        const char *plan = cb_cluster_value(cluster, sql);
        if (strstr(plan, "Seq Scan on document ") != NULL || strstr(plan, "Seq Scan on claim ") != NULL ||
            strstr(plan, "Seq Scan on claim_match") != NULL)
            fail_msg("%s:\n%s", queries[i], plan);
    }
}

/* Where costly plans are compiled, those without nested loops would take longer to compile than to run. */
static void test_report_session_compiles_nothing(void **state)
{
    static const struct cb_sql compiling = {"test_compiling", "SELECT set_config('jit', 'on', false)"};
    static const struct cb_sql settings = {
        "test_settings", "SELECT current_setting('enable_nestloop'), current_setting('jit')"};
    struct cb_db *db = cb_cluster_database(*state);
    struct cb_err err = {0};
    struct cb_rows *rows = NULL;
    assert_ok(cb_db_run(db, &compiling, NULL, 0, NULL, &err), err);
    assert_ok(cb_db_run(db, &cb_sql_report_session, NULL, 0, NULL, &err), err);
    assert_ok(cb_db_one(db, &settings, NULL, 0, &rows, &err), err);
    assert_string_equal(cb_rows_text(rows, 0, 0), "off");
    assert_string_equal(cb_rows_text(rows, 0, 1), "off");
    cb_rows_free(rows);
}

static void test_consistency_model(void **state)
{
    struct cb_cluster *cluster = *state;
    struct cb_db *db = event_fixture(cluster);
    struct cb_arena arena;
    struct cb_consistency report;
    struct cb_err err = {0};
    cb_arena_init(&arena, 16 << 20);
    assert_ok(cb_consistency_read(db, NULL, &arena, &report, &err), err);
    assert_int_equal(report.topic_count, 3);
    assert_int_equal(report.contradicted, 2);
    assert_int_equal(report.documents, 4);
    assert_int_equal(report.sources, 3);
    assert_int_equal(report.origins, 1);
    assert_int_equal(report.unknown_origins, 2);
    const struct cb_topic *first = &report.topics[0];
    assert_int_equal(first->position_count, 2);
    assert_int_equal(first->positions[0]->said_count, 2);
    assert_int_equal(first->positions[0]->origins, 1);
    assert_int_equal(first->positions[0]->documents, 2);
    assert_int_equal(report.topics[2].clash_count, 0);
    /* only where a source has a say */
    assert_ok(cb_consistency_read(db, "Coast Radio", &arena, &report, &err), err);
    assert_int_equal(report.topic_count, 2);
    assert_ok(cb_consistency_read(db, "Nobody", &arena, &report, &err), err);
    assert_int_equal(report.topic_count, 0);
    cb_arena_release(&arena);
}

/* Prints the report in a format and returns the text. */
static char *printed(struct cb_db *db, enum cb_format format)
{
    struct cb_arena arena;
    struct cb_consistency report;
    struct cb_err err = {0};
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    assert_non_null(out);
    const struct cb_sink_options options = {.out = out, .format = format, .terminal = true, .width = 80};
    cb_arena_init(&arena, 16 << 20);
    assert_ok(cb_consistency_read(db, NULL, &arena, &report, &err), err);
    assert_ok(cb_consistency_print(&report, &options, &err), err);
    assert_int_equal(fclose(out), 0);
    cb_arena_release(&arena);
    return text;
}

static void test_consistency_is_understood(void **state)
{
    struct cb_db *db = event_fixture(*state);
    static const struct {
        enum cb_format format;
        const char *has;
    } expected[] = {
        {CB_FORMAT_TABLE, "1 statement that several make alike, 2 on which they contradict each other"},
        {CB_FORMAT_TABLE, "Harbour News, Ada Lund: “almost 8 thousand people"},
        {CB_FORMAT_TABLE, "origin: interview, The Tidings, Ada Lund"},
        {CB_FORMAT_JSON,
         "\"relation\":\"contradicts\",\"documents\":3,\"sources\":3,\"origins\":1,\"unknown_origins\":1"},
        {CB_FORMAT_CSV, "topic,relation,cluster,origins,unknown_origins,claim,source,speaker,status"},
        {CB_FORMAT_HTML, "told the Tidings"},
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        char *text = printed(db, expected[i].format);
        if (strstr(text, expected[i].has) == NULL)
            fail_msg("'%s' is not in: %s", expected[i].has, text);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_column_has_a_comment),
        cmocka_unit_test(test_fixed_columns),
        cmocka_unit_test(test_origins_are_counted_not_documents),
        cmocka_unit_test(test_owners_are_counted_when_asked),
        cmocka_unit_test(test_people_decide),
        cmocka_unit_test(test_undone_imports_are_left_out),
        cmocka_unit_test(test_doubts),
        cmocka_unit_test(test_speakers_merge_and_split),
        cmocka_unit_test(test_speakers_and_sources_then),
        cmocka_unit_test(test_point_queries_use_the_index),
        cmocka_unit_test(test_report_session_compiles_nothing),
        cmocka_unit_test(test_consistency_model),
        cmocka_unit_test(test_consistency_is_understood),
    };
    return cmocka_run_group_tests(tests, cb_cluster_up, cb_cluster_down);
}
