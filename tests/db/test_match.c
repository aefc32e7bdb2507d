/* Index, search, matches, clusters and origins on a real server. */
#include "db/claim_id.h"
#include "match/match.h"
#include "match/search.h"
#include "tests/harness/cluster.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Claims of three outlets about one flood, and one of something else. Ids ascend by document. */
struct row {
    const char *document;
    int number;
    const char *text;
};
static const struct row rows[] = {
    {"a0000000-0000-8000-8000-000000000001", 1, "The flood in Meridian killed three people on Monday night."},
    {"a0000000-0000-8000-8000-000000000001", 2,
     "The harbour office evacuated 2,400 people from the old town."},
    {"a0000000-0000-8000-8000-000000000001", 3, "Mayor Ingrid Halvorsen blamed the broken north gate."},
    {"b0000000-0000-8000-8000-000000000002", 1,
     "Three people were killed by the flood in Meridian on Monday night."},
    {"b0000000-0000-8000-8000-000000000002", 2,
     "The harbour office evacuated 2,400 people from the old town."},
    {"b0000000-0000-8000-8000-000000000002", 3, "Mayor Ingrid Halvorsen blamed the broken north gate."},
    {"c0000000-0000-8000-8000-000000000003", 1,
     "The harbour office evacuated 3,900 people from the old town."},
    {"c0000000-0000-8000-8000-000000000003", 2, "Mayor Ingrid Halvorsen blamed the broken north gate."},
    {"c0000000-0000-8000-8000-000000000003", 3, "Parliament votes on the pay of nurses in spring."},
};
enum { ROWS = sizeof rows / sizeof *rows };

static void add_document(struct cb_cluster *cluster, const char *id)
{
    char sql[4096];
    (void)snprintf(
        sql, sizeof sql,
        "INSERT INTO claimbase.source (name) VALUES ('Outlet %.1s') ON CONFLICT DO NOTHING;"
        "WITH run AS (INSERT INTO claimbase.import_run (actor, program_version, method_version, kind, state, "
        "finished_at) VALUES ('test', '0', '0', 'articles', 'done', clock_timestamp()) RETURNING run_id) "
        "INSERT INTO claimbase.document (document_id, source_id, run_id, text, text_sha256, method_version) "
        "SELECT '%s', s.source_id, run.run_id, repeat('x', 1000), sha256('%.1s'), '0' "
        "FROM run, claimbase.source s WHERE s.name = 'Outlet %.1s'",
        id, id, id, id);
    cb_cluster_exec(cluster, sql);
    for (size_t i = 0; i < ROWS; i++) {
        if (strcmp(rows[i].document, id) != 0)
            continue;
        (void)snprintf(sql, sizeof sql,
                       "INSERT INTO claimbase.sentence (document_id, sentence_no, paragraph_no, "
                       "start_offset, end_offset) "
                       "VALUES ('%s', %d, 1, 0, 10);"
                       "INSERT INTO claimbase.claim (document_id, claim_no, sentence_no, kind, start_offset, "
                       "end_offset, "
                       "quote) VALUES ('%s', %d, %d, 'assertion', 0, %zu, '%s')",
                       id, rows[i].number, id, rows[i].number, rows[i].number, strlen(rows[i].text),
                       rows[i].text);
        cb_cluster_exec(cluster, sql);
    }
}

static struct cb_match_report match(struct cb_db *db, bool all)
{
    struct cb_err err = {0};
    struct cb_match_report report;
    struct cb_match_options options = {.all = all};
    assert_ok(cb_match_run(db, &options, &report, &err), err);
    return report;
}

static const char *const everything =
    "SELECT string_agg(concat_ws(' ', claimbase.claim_ref(document_id, claim_no), "
    "claimbase.claim_ref(other_document_id, "
    "other_claim_no), relation, score, reasons), '; ' ORDER BY document_id, claim_no, "
    "other_document_id, other_claim_no) FROM claimbase.claim_match";

/* Whatever the order of import, and with a match after each, the matches are those of one run over all. */
static void test_order_does_not_matter(void **state)
{
    static const int orders[4][3] = {{0, 3, 6}, {6, 3, 0}, {3, 0, 6}, {3, 6, 0}};
    char first[8192] = "";
    for (size_t i = 0; i < 4; i++) {
        struct cb_db *db = cb_cluster_database(*state);
        for (size_t k = 0; k < 3; k++) {
            add_document(*state, rows[orders[i][k]].document);
            if (i % 2 == 1)
                (void)match(db, false);
        }
        (void)match(db, false);
        const char *matches = cb_cluster_value(*state, everything);
        if (i == 0)
            (void)snprintf(first, sizeof first, "%s", matches);
        assert_string_equal(matches, first);
        (void)match(db, true);
        assert_string_equal(cb_cluster_value(*state, everything), first);
    }
    assert_non_null(strstr(first, "agrees"));
}

/* What a run sets for its own statements, on its own connection, is as before afterwards. */
static void test_settings_are_put_back(void **state)
{
    static const struct cb_sql ask = {
        "test_settings_left",
        "SELECT string_agg(name, ' ' ORDER BY name) FROM pg_catalog.pg_settings WHERE "
        "setting <> reset_val AND "
        "name IN ('plan_cache_mode', 'jit', 'enable_seqscan', 'effective_io_concurrency', "
        "'synchronous_commit')"};
    struct cb_err err = {0};
    struct cb_rows *rows_left = NULL;
    (void)cb_cluster_database(*state);
    cb_cluster_exec(*state,
                    "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET jit = on', current_database()); "
                    "EXECUTE format('ALTER DATABASE %I SET synchronous_commit = local', "
                    "current_database()); END $$");
    struct cb_db *db = cb_cluster_connect(*state);
    add_document(*state, rows[0].document);
    (void)match(db, false);
    assert_ok(cb_db_one(db, &ask, NULL, 0, &rows_left, &err), err);
    assert_true(cb_rows_is_null(rows_left, 0, 0));
    cb_rows_free(rows_left);
}

static void test_a_second_run_finds_nothing_new(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    add_document(*state, rows[0].document);
    add_document(*state, rows[3].document);
    assert_int_equal(match(db, false).matched, 6);
    assert_int_equal(match(db, false).matched, 0);
    assert_int_equal(match(db, false).indexed, 0);
    /* An index of another method is made anew. */
    cb_cluster_exec(*state, "UPDATE claimbase.term_index SET method_version = 'older'");
    struct cb_match_report report = match(db, false);
    assert_int_equal(report.indexed, 6);
    assert_int_equal(report.matched, 6);
    assert_int_equal(cb_cluster_number(*state, "SELECT next_ordinal FROM claimbase.term_index"), 6);
}

static void test_quantities_and_strangers(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    for (size_t i = 0; i < ROWS; i += 3)
        add_document(*state, rows[i].document);
    (void)match(db, false);
    assert_string_equal(
        cb_cluster_value(*state, "SELECT relation FROM claimbase.claim_match WHERE document_id::text LIKE "
                                 "'a%' AND claim_no = 2 AND other_document_id::text LIKE 'b%' AND "
                                 "other_claim_no = 2"),
        "agrees");
    assert_string_equal(
        cb_cluster_value(*state, "SELECT relation FROM claimbase.claim_match WHERE document_id::text LIKE "
                                 "'a%' AND claim_no = 2 AND other_document_id::text LIKE 'c%' AND "
                                 "other_claim_no = 1"),
        "contradicts");
    assert_int_equal(
        cb_cluster_number(*state, "SELECT count(*) FROM claimbase.claim_match WHERE other_claim_no = 3 AND "
                                  "other_document_id::text LIKE 'c%' AND relation = 'agrees'"),
        0);
    assert_int_equal(cb_cluster_number(*state,
                                       "SELECT count(*) FROM claimbase.claim_match WHERE document_id = "
                                       "other_document_id"),
                     0);
}

static enum cb_code count_conflict(void *context, const struct cb_merge_conflict *conflict,
                                   struct cb_err *err)
{
    int *count = context;
    (void)err;
    assert_true(strlen(conflict->rejected_a) > 0);
    ++*count;
    return CB_OK;
}

static long cluster_size(void **state)
{
    return cb_cluster_number(
        *state, "SELECT count(*) FROM claimbase.claim_cluster o JOIN claimbase.claim_cluster c USING "
                "(cluster_document_id, cluster_claim_no) WHERE c.document_id::text LIKE 'a%' AND "
                "c.claim_no = 3");
}

static void decide(void **state, const char *decision, int number)
{
    char sql[512];
    (void)snprintf(
        sql, sizeof sql,
        "INSERT INTO claimbase.match_decision (document_id, claim_no, other_document_id, other_claim_no, "
        "decision_no, decision, actor) VALUES ('%s', 3, '%s', 2, %d, '%s', 'ann')",
        rows[0].document, rows[6].document, number, decision);
    cb_cluster_exec(*state, sql);
}

/* a = b and b = c, but a person says that a is not c: two of the three stay together, and it is told. */
static void test_a_rejection_blocks_and_can_be_undone(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    struct cb_err err = {0};
    int64_t clusters = 0, conflicts = 0;
    int told = 0;
    for (size_t i = 0; i < ROWS; i += 3)
        add_document(*state, rows[i].document);
    (void)match(db, false);
    assert_int_equal(cluster_size(state), 3);
    decide(state, "reject", 1);
    assert_ok(cb_recluster(db, rows[0].document, &clusters, &conflicts, count_conflict, &told, &err), err);
    assert_int_equal(conflicts, 1);
    assert_int_equal(told, 1);
    assert_int_not_equal(cluster_size(state), 3);
    /* A rematch of everything keeps a person's word. */
    assert_int_equal(match(db, true).conflicts, 1);
    assert_int_not_equal(cluster_size(state), 3);
    decide(state, "undo", 2);
    assert_ok(cb_recluster(db, rows[0].document, &clusters, &conflicts, NULL, NULL, &err), err);
    assert_int_equal(conflicts, 0);
    assert_int_equal(cluster_size(state), 3);
}

/* ------------------------------------------------------------------ clusters that grow */

/* xorshift; the tests are the same each time. */
static uint32_t draw(uint32_t *seed, uint32_t below)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed % below;
}

static const char *const clusters_now =
    "SELECT coalesce(string_agg(concat_ws(' ', claimbase.claim_ref(document_id, claim_no), "
    "claimbase.claim_ref(cluster_document_id, cluster_claim_no)), '; ' ORDER BY document_id, claim_no), '') "
    "FROM claimbase.claim_cluster";

enum { CROWD = 24 };

/* The id of the crowd's n-th document, whose only claim it has. */
static void crowd_id(uint32_t n, char out[CB_UUID_TEXT_SIZE])
{
    (void)snprintf(out, CB_UUID_TEXT_SIZE, "%08x-0000-8000-8000-000000000000", 16 * n + 1);
}

static void add_crowd(struct cb_cluster *cluster)
{
    cb_cluster_exec(
        cluster,
        "INSERT INTO claimbase.source (name) VALUES ('Crowd') ON CONFLICT DO NOTHING;"
        "WITH run AS (INSERT INTO claimbase.import_run (actor, program_version, method_version, kind, state, "
        "finished_at) VALUES ('test', '0', '0', 'articles', 'done', clock_timestamp()) RETURNING run_id) "
        "INSERT INTO claimbase.document (document_id, source_id, run_id, text, text_sha256, method_version) "
        "SELECT (lpad(to_hex(16 * n + 1), 8, '0') || '-0000-8000-8000-000000000000')::uuid, s.source_id, "
        "run.run_id, repeat('x', 1000), sha256(n::text::bytea), '0' "
        "FROM run, generate_series(0, 23) n, claimbase.source s WHERE s.name = 'Crowd';"
        "INSERT INTO claimbase.sentence (document_id, sentence_no, paragraph_no, start_offset, end_offset) "
        "SELECT document_id, 1, 1, 0, 10 FROM claimbase.document;"
        "INSERT INTO claimbase.claim (document_id, claim_no, sentence_no, kind, start_offset, end_offset, "
        "quote) SELECT document_id, 1, 1, 'assertion', 0, 1, 'x' FROM claimbase.document");
}

/* What is between each two of the crowd: nothing, an agreement, one that joins nothing, and the same
 * confirmed by a person, a contradiction, or a person's "not the same". */
enum bond { BOND_NONE, BOND_AGREES, BOND_LOOSE, BOND_CONFIRMED, BOND_CONTRADICTS, BOND_REJECTED };
struct bonds {
    enum bond of[CROWD][CROWD];
    uint32_t score[CROWD][CROWD];
};

static void draw_bonds(struct bonds *bonds, uint32_t *seed)
{
    for (size_t a = 0; a < CROWD; a++)
        for (size_t b = a + 1; b < CROWD; b++) {
            uint32_t dice = draw(seed, 240);
            bonds->of[a][b] = dice < 26   ? BOND_AGREES
                              : dice < 36 ? BOND_CONTRADICTS
                              : dice < 38 ? BOND_REJECTED
                              : dice < 52 ? BOND_LOOSE
                              : dice < 54 ? BOND_CONFIRMED
                                          : BOND_NONE;
            bonds->score[a][b] = 50 + draw(seed, 50);
        }
}

static void add_bond(struct cb_cluster *cluster, const struct bonds *bonds, uint32_t a, uint32_t b)
{
    char sql[1024], first[CB_UUID_TEXT_SIZE], second[CB_UUID_TEXT_SIZE];
    enum bond bond = bonds->of[a][b];
    crowd_id(a, first);
    crowd_id(b, second);
    if (bond == BOND_NONE)
        return;
    bool loose = bond == BOND_LOOSE || bond == BOND_CONFIRMED;
    (void)snprintf(sql, sizeof sql,
                   "INSERT INTO claimbase.claim_match (document_id, claim_no, other_document_id, "
                   "other_claim_no, relation, score, reasons, method, method_version) VALUES ('%s', 1, '%s', "
                   "1, '%s', 0.%u, '{%s}', 'test', '0')",
                   first, second, bond == BOND_CONTRADICTS ? "contradicts" : "agrees", bonds->score[a][b],
                   !loose        ? "mutual_best"
                   : (a + b) % 2 ? "same_speaker,nearer_elsewhere"
                                 : "parts_agree");
    cb_cluster_exec(cluster, sql);
    if (bond != BOND_REJECTED && bond != BOND_CONFIRMED)
        return;
    (void)snprintf(sql, sizeof sql,
                   "INSERT INTO claimbase.match_decision (document_id, claim_no, other_document_id, "
                   "other_claim_no, decision_no, decision, actor) VALUES ('%s', 1, '%s', 1, 1, '%s', 'ann')",
                   first, second, bond == BOND_CONFIRMED ? "confirm" : "reject");
    cb_cluster_exec(cluster, sql);
}

static void recluster(struct cb_db *db, const char *document)
{
    struct cb_err err = {0};
    assert_ok(cb_recluster(db, document, NULL, NULL, NULL, NULL, &err), err);
}

/* The clusters are those that everything together makes. */
static void assert_clusters_are_true(struct cb_cluster *cluster, struct cb_db *db)
{
    char before[8192];
    (void)snprintf(before, sizeof before, "%s", cb_cluster_value(cluster, clusters_now));
    cb_cluster_exec(cluster, "DELETE FROM claimbase.claim_cluster");
    recluster(db, NULL);
    assert_string_equal(before, cb_cluster_value(cluster, clusters_now));
}

/* Claims come one by one, in any order, with agreements, contradictions and a person's words between them:
 * after each, the clusters are what a closure over everything makes of it. Then a claim loses what it had. */
static void test_clusters_grow_as_if_made_at_once(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    uint32_t seed = 20151124;
    long largest = 0;
    add_crowd(*state);
    for (size_t round = 0; round < 12; round++) {
        static struct bonds bonds;
        char document[CB_UUID_TEXT_SIZE], sql[512];
        uint32_t order[CROWD];
        cb_cluster_exec(*state, "DELETE FROM claimbase.claim_match; DELETE FROM claimbase.match_decision; "
                                "DELETE FROM claimbase.claim_cluster");
        draw_bonds(&bonds, &seed);
        for (uint32_t i = 0; i < CROWD; i++) {
            uint32_t at = draw(&seed, i + 1);
            order[i] = order[at];
            order[at] = i;
        }
        for (uint32_t i = 0; i < CROWD; i++) {
            for (uint32_t k = 0; k < i; k++)
                add_bond(*state, &bonds, order[i] < order[k] ? order[i] : order[k],
                         order[i] < order[k] ? order[k] : order[i]);
            crowd_id(order[i], document);
            recluster(db, document);
            assert_clusters_are_true(*state, db);
        }
        long size = cb_cluster_number(*state, "SELECT max(n) FROM (SELECT count(*) AS n FROM "
                                              "claimbase.claim_cluster GROUP BY cluster_document_id) x");
        largest = size > largest ? size : largest;
        (void)snprintf(sql, sizeof sql,
                       "DELETE FROM claimbase.claim_match WHERE '%s' IN (document_id, other_document_id)",
                       document);
        cb_cluster_exec(*state, sql);
        recluster(db, document);
        assert_clusters_are_true(*state, db);
    }
    assert_in_range(largest, 5, CROWD);
}

/* What has a nearer counterpart, or agrees in parts only, is no statement of both, until a person says so. */
static void test_loose_agreements_join_nothing(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    static struct bonds bonds;
    char document[CB_UUID_TEXT_SIZE];
    add_crowd(*state);
    bonds.of[0][1] = BOND_AGREES;
    bonds.of[1][2] = BOND_LOOSE; /* nearer_elsewhere */
    bonds.of[1][3] = BOND_LOOSE; /* parts_agree */
    bonds.score[0][1] = bonds.score[1][2] = bonds.score[1][3] = 90;
    for (uint32_t i = 1; i < 4; i++)
        add_bond(*state, &bonds, i == 1 ? 0 : 1, i);
    static const char *const claims = "SELECT count(*) FROM claimbase.claim_cluster";
    recluster(db, NULL);
    assert_int_equal(cb_cluster_number(*state, claims), 2);
    crowd_id(3, document);
    recluster(db, document);
    assert_int_equal(cb_cluster_number(*state, claims), 2);
    bonds.of[2][3] = BOND_CONFIRMED;
    bonds.score[2][3] = 60;
    add_bond(*state, &bonds, 2, 3);
    recluster(db, document);
    assert_int_equal(cb_cluster_number(*state, claims), 4);
    assert_clusters_are_true(*state, db);
}

/* Two clusters become one: only the claims whose cluster has another name now are written. */
static void test_a_merge_writes_only_what_changes(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    static struct bonds bonds;
    char document[CB_UUID_TEXT_SIZE];
    add_crowd(*state);
    for (uint32_t i = 1; i < 10; i++)
        bonds.of[0][i] = BOND_AGREES, bonds.score[0][i] = 90;
    bonds.of[20][21] = bonds.of[9][22] = bonds.of[20][22] = BOND_AGREES;
    bonds.score[20][21] = bonds.score[9][22] = bonds.score[20][22] = 80;
    for (uint32_t i = 1; i < 10; i++)
        add_bond(*state, &bonds, 0, i);
    add_bond(*state, &bonds, 20, 21);
    recluster(db, NULL);
    cb_cluster_exec(*state, "CREATE TABLE claimbase_before AS SELECT document_id, xmin::text AS written FROM "
                            "claimbase.claim_cluster");
    add_bond(*state, &bonds, 9, 22);
    add_bond(*state, &bonds, 20, 22);
    crowd_id(22, document);
    recluster(db, document);
    assert_int_equal(cb_cluster_number(*state, "SELECT count(*) FROM claimbase.claim_cluster"), 13);
    assert_int_equal(cb_cluster_number(*state, "SELECT count(DISTINCT cluster_document_id) FROM "
                                               "claimbase.claim_cluster"),
                     1);
    /* The new claim and the two of the small cluster. */
    assert_int_equal(
        cb_cluster_number(*state,
                          "SELECT count(*) FROM claimbase.claim_cluster c LEFT JOIN claimbase_before b "
                          "USING (document_id) WHERE c.xmin::text IS DISTINCT FROM b.written"),
        3);
    assert_clusters_are_true(*state, db);
    cb_cluster_exec(*state, "DROP TABLE claimbase_before");
}

static void test_origins(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    struct cb_err err = {0};
    int64_t documents = 0;
    for (size_t i = 0; i < ROWS; i += 3)
        add_document(*state, rows[i].document);
    cb_cluster_exec(
        *state, "INSERT INTO claimbase.document_link (document_id, link_no, kind, target_name, origin_key, "
                "reason) SELECT document_id, 1, 'primary_source', 'Herald', 'interview|herald|halvorsen', "
                "'told the Herald' FROM claimbase.document WHERE document_id::text LIKE 'a%'");
    cb_cluster_exec(
        *state,
        "INSERT INTO claimbase.document_link (document_id, link_no, kind, target_document_id, reason, "
        "stated_by) VALUES ('b0000000-0000-8000-8000-000000000002', 1, 'derived_from', "
        "'a0000000-0000-8000-8000-000000000001', 'a copy', 'ann')");
    assert_ok(cb_origins(db, &documents, &err), err);
    assert_int_equal(documents, 3);
    assert_int_equal(
        cb_cluster_number(*state, "SELECT count(DISTINCT origin) FROM claimbase.document_origin WHERE known"),
        1);
    assert_non_null(strstr(cb_cluster_value(*state, "SELECT reason FROM claimbase.document_origin WHERE "
                                                    "document_id::text LIKE 'b%'"),
                           "stated by ann"));
    assert_int_equal(cb_cluster_number(*state,
                                       "SELECT count(*) FROM claimbase.document_origin WHERE NOT known AND "
                                       "document_id::text LIKE 'c%'"),
                     1);
    /* A withdrawn link counts no more. */
    cb_cluster_exec(*state,
                    "UPDATE claimbase.document_link SET withdrawn_at = now() WHERE stated_by = 'ann'");
    assert_ok(cb_origins_around(db, rows[3].document, &err), err);
    assert_int_equal(
        cb_cluster_number(*state, "SELECT count(*) FROM claimbase.document_origin WHERE NOT known"), 2);
}

static void test_search(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    struct cb_err err = {0};
    struct cb_arena arena;
    const char *query = "how many were evacuated from the old town by the harbour office";
    cb_arena_init(&arena, 16 * 1024 * 1024);
    for (size_t i = 0; i < ROWS; i += 3)
        add_document(*state, rows[i].document);
    /* From the database, and with the index in memory. */
    for (size_t expected = 1; expected <= 1000; expected += 999) {
        struct cb_search_options options = {.limit = 2, .expected = expected};
        struct cb_searcher *searcher = NULL;
        const struct cb_search_result *results = NULL;
        size_t count = 0;
        assert_ok(cb_searcher_new(db, &options, &searcher, &err), err);
        assert_ok(cb_search(searcher, query, strlen(query), &arena, &results, &count, &err), err);
        assert_int_equal(count, 2);
        assert_non_null(strstr(results[0].text, "evacuated"));
        assert_string_equal(results[0].status, "unverified");
        assert_true(results[0].score >= results[1].score && results[0].score <= 1);
        assert_ok(cb_search(searcher, "the of and", 10, &arena, &results, &count, &err), err);
        assert_int_equal(count, 0);
        cb_searcher_free(searcher);
    }
    struct cb_search_options filtered = {.source = "outlet c"};
    struct cb_searcher *searcher = NULL;
    const struct cb_search_result *results = NULL;
    size_t count = 0;
    assert_ok(cb_searcher_new(db, &filtered, &searcher, &err), err);
    assert_ok(cb_search(searcher, query, strlen(query), &arena, &results, &count, &err), err);
    assert_true(count >= 1);
    assert_string_equal(results[0].source, "Outlet c");
    cb_searcher_free(searcher);
    filtered.source = "Nobody";
    assert_int_equal(cb_searcher_new(db, &filtered, &searcher, &err), CB_NOT_FOUND);
    cb_arena_release(&arena);
}

/* 2,100 documents of ten claims each, which are indexed in two batches; they have words in common. */
static const char *const many_claims =
    "INSERT INTO claimbase.source (name) VALUES ('Outlet');"
    "INSERT INTO claimbase.import_run (actor, program_version, method_version, kind, state, finished_at) "
    "VALUES ('test', '0', '0', 'articles', 'done', clock_timestamp());"
    "INSERT INTO claimbase.document (document_id, source_id, run_id, text, text_sha256, method_version) "
    "SELECT md5(n::text)::uuid, source_id, run_id, 'some text', sha256(n::text::bytea), '0' "
    "FROM generate_series(1, 2100) n, claimbase.source, claimbase.import_run;"
    "INSERT INTO claimbase.sentence (document_id, sentence_no, paragraph_no, start_offset, end_offset) "
    "SELECT document_id, 1, 1, 0, 9 FROM claimbase.document;"
    "INSERT INTO claimbase.claim (document_id, claim_no, sentence_no, kind, start_offset, end_offset, quote, "
    "text) "
    "SELECT document_id, n, 1, 'assertion', 0, 9, 'some text', 'the tram ' || left(document_id::text, 4) || "
    "' harbour' "
    "FROM claimbase.document, generate_series(1, 10) n";

/* How often a list lies behind one that comes after it. */
static const char *const out_of_order =
    "SELECT count(*) FROM (SELECT (term, block_no) < lag((term, block_no)) OVER (ORDER BY ctid) AS back "
    "FROM claimbase.term_block) l WHERE back";

static void index_many(struct cb_cluster *cluster, struct cb_db *db)
{
    struct cb_err err = {0};
    struct cb_searcher *searcher = NULL;
    struct cb_search_options options = {0};
    assert_ok(cb_searcher_new(db, &options, &searcher, &err), err);
    cb_searcher_free(searcher);
    assert_int_equal(cb_cluster_number(cluster, "SELECT sum(claims) FROM claimbase.term_block"),
                     cb_cluster_number(cluster, "SELECT sum(cardinality(terms)) FROM claimbase.claim_terms"));
    assert_int_equal(cb_cluster_number(cluster, "SELECT count(*) FROM claimbase.claim_terms"), 21000);
}

static void test_lists_are_put_in_order(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    cb_cluster_exec(*state, many_claims);
    index_many(*state, db);
    assert_int_equal(cb_cluster_number(*state, out_of_order), 0);
}

/* Somebody reads the table for long: the index is made all the same, and does not wait. */
static void test_lists_that_are_held_stay_as_they_are(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    cb_cluster_exec(*state, many_claims);
    cb_cluster_exec(*state, "BEGIN; LOCK TABLE claimbase.term_block IN ACCESS SHARE MODE");
    index_many(*state, db);
    cb_cluster_exec(*state, "COMMIT");
    assert_true(cb_cluster_number(*state, out_of_order) > 0);
}

static void test_ids(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    struct cb_err err = {0};
    struct cb_claim_key key;
    add_document(*state, rows[0].document);
    assert_ok(cb_claim_resolve(db, "a0.2", &key, &err), err);
    assert_string_equal(key.document_id, rows[0].document);
    assert_int_equal(key.claim_no, 2);
    assert_int_equal(cb_claim_resolve(db, "a0.9", &key, &err), CB_NOT_FOUND);
    cb_cluster_exec(*state,
                    "INSERT INTO claimbase.document (document_id, source_id, run_id, text, text_sha256, "
                    "method_version) SELECT 'a0000001-0000-8000-8000-000000000001', source_id, run_id, text, "
                    "text_sha256, '0' FROM claimbase.document");
    char id[CB_UUID_TEXT_SIZE];
    assert_int_equal(cb_document_resolve(db, "a0", id, &err), CB_NOT_FOUND);
    assert_non_null(strstr(err.message, "more than one"));
    assert_ok(cb_document_resolve(db, "a0000001", id, &err), err);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order_does_not_matter),
        cmocka_unit_test(test_settings_are_put_back),
        cmocka_unit_test(test_a_second_run_finds_nothing_new),
        cmocka_unit_test(test_quantities_and_strangers),
        cmocka_unit_test(test_a_rejection_blocks_and_can_be_undone),
        cmocka_unit_test(test_clusters_grow_as_if_made_at_once),
        cmocka_unit_test(test_loose_agreements_join_nothing),
        cmocka_unit_test(test_a_merge_writes_only_what_changes),
        cmocka_unit_test(test_origins),
        cmocka_unit_test(test_search),
        cmocka_unit_test(test_lists_are_put_in_order),
        cmocka_unit_test(test_lists_that_are_held_stay_as_they_are),
        cmocka_unit_test(test_ids),
    };
    return cmocka_run_group_tests(tests, cb_cluster_up, cb_cluster_down);
}
