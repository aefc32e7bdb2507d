/* Whoever owns the database can change it; verify has to name what was changed. */
#include "report/verify.h"
#include "tests/db/event_fixture.h"

#include "db_queries.h"

#include <stdio.h>
#include <string.h>

struct found {
    char first[1024];
    char all[8192];
};

static enum cb_code take(void *context, const struct cb_problem *problem, struct cb_err *err)
{
    struct found *found = context;
    size_t used = strlen(found->all);
    (void)err;
    if (found->first[0] == '\0')
        (void)snprintf(found->first, sizeof found->first, "%s: %s", problem->kind, problem->detail);
    (void)snprintf(found->all + used, sizeof found->all - used, "%s: %s\n", problem->kind, problem->detail);
    return CB_OK;
}

static int64_t verify(struct cb_db *db, const struct cb_checkpoint *checkpoint, struct found *found)
{
    struct cb_verify_report report = {0};
    struct cb_err err = {0};
    *found = (struct found){0};
    const struct cb_verify_options options = {.problem = take, .context = found};
    assert_ok(cb_verify(db, &options, &report, &err), err);
    if (checkpoint != NULL)
        assert_ok(cb_verify_checkpoint(db, checkpoint, &options, &report, &err), err);
    return report.problems;
}

/* A chain of five events on the harbour's article, one on the coast's. */
static struct cb_db *chain(struct cb_cluster *cluster)
{
    struct cb_db *db = event_fixture(cluster);
    cb_cluster_exec(cluster, "SELECT test.mark('harbour', 1, 'in_review', 'ann', 'looking')");
    cb_cluster_exec(cluster,
                    "SELECT test.mark('harbour', 1, 'verified', 'ann', 'seen', test.url(), false, true)");
    cb_cluster_exec(cluster, "SELECT test.mark('harbour', 1, 'verified', 'bob', 'too')");
    cb_cluster_exec(cluster, "SELECT claimbase.withdraw_evidence(test.id('harbour'), 2, 1, 'bob', 'gone')");
    cb_cluster_exec(cluster, "SELECT test.mark('harbour', 2, 'disputed', 'ann', 'no')");
    cb_cluster_exec(cluster, "SELECT test.mark('coast', 1, 'refuted', 'ann', 'no', test.url())");
    return db;
}

/* A superuser takes the rules off first. */
static void drop_rules(struct cb_cluster *cluster)
{
    cb_cluster_exec(
        cluster,
        "DO $$ DECLARE c record; BEGIN FOR c IN SELECT conrelid::regclass AS t, conname FROM pg_constraint "
        "WHERE conrelid IN ('claimbase.verification'::regclass, 'claimbase.evidence'::regclass, "
        "'claimbase.claim'::regclass, 'claimbase.sentence'::regclass, 'claimbase.document'::regclass) "
        "AND contype IN ('f', 'c') LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.t, c.conname); "
        "END LOOP; END $$");
}

static void test_untouched(void **state)
{
    struct found found;
    struct cb_db *db = chain(*state);
    int64_t problems = verify(db, NULL, &found);
    if (problems != 0)
        fail_msg("%s", found.all);
}

/* Every column of an event in the middle of the chain. */
static void test_each_column(void **state)
{
    static const char *const changes[] = {
        "claim_no = 2",
        "event = 'second_check'",
        "from_status = 'disputed'",
        "to_status = 'refuted'",
        "actor = 'eve'",
        "at = at + interval '1 microsecond'",
        "note = NULL",
        "note = 'seen '",
        "credibility = 1",
        "circular = true",
        "second_required = false",
        "found = 'verified'",
        "about_seq = 1",
        "about_evidence_no = 1",
        "claim_digest = sha256('x')",
        "evidence_digest = sha256('x')",
        "recorded_by = 'eve'",
        "prev_seq = 7",
        "prev_hash = sha256('x')",
        "hash = sha256('x')",
        "seq = 9",
        "document_id = test.id('city')",
    };
    struct cb_cluster *cluster = *state;
    struct found found;
    struct cb_db *db = chain(cluster);
    drop_rules(cluster);
    cb_cluster_exec(cluster, "CREATE TABLE test.kept AS SELECT * FROM claimbase.verification");
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        char sql[256];
        (void)snprintf(
            sql, sizeof sql,
            "UPDATE claimbase.verification SET %s WHERE document_id = test.id('harbour') AND seq = 2",
            changes[i]);
        cb_cluster_exec(cluster, sql);
        if (verify(db, NULL, &found) == 0)
            fail_msg("not found: %s", changes[i]);
        if (strstr(found.all, "event 2") == NULL)
            fail_msg("%s: event 2 is not named: %s", changes[i], found.all);
        cb_cluster_exec(
            cluster,
            "DELETE FROM claimbase.verification; INSERT INTO claimbase.verification SELECT * FROM test.kept");
    }
    assert_int_equal(cb_cluster_number(cluster,
                                       "SELECT count(*) FROM information_schema.columns WHERE table_schema = "
                                       "'claimbase' AND table_name = 'verification'"),
                     21); /* a new column needs its line above */
    assert_int_equal(verify(db, NULL, &found), 0);
}

static void test_evidence(void **state)
{
    static const char *const changes[] = {
        "UPDATE claimbase.evidence SET url = 'https://other.example/' WHERE document_id = test.id('coast')",
        "UPDATE claimbase.evidence SET stance = 'context' WHERE document_id = test.id('coast')",
        "UPDATE claimbase.evidence SET retrieved_at = now() WHERE document_id = test.id('coast')",
        "UPDATE claimbase.evidence SET note = 'x' WHERE document_id = test.id('coast')",
        "DELETE FROM claimbase.evidence WHERE document_id = test.id('coast')",
        ("INSERT INTO claimbase.evidence (document_id, seq, evidence_no, kind, url) VALUES "
         "(test.id('coast'), "
         "1, 2, 'url', 'x')"),
    };
    struct cb_cluster *cluster = *state;
    struct found found;
    struct cb_db *db = chain(cluster);
    drop_rules(cluster);
    cb_cluster_exec(cluster, "CREATE TABLE test.kept AS SELECT * FROM claimbase.evidence");
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        cb_cluster_exec(cluster, changes[i]);
        if (verify(db, NULL, &found) == 0 || strncmp(found.first, "evidence", 8) != 0)
            fail_msg("%s: %s", changes[i], found.first);
        cb_cluster_exec(
            cluster,
            "DELETE FROM claimbase.evidence; INSERT INTO claimbase.evidence SELECT * FROM test.kept");
    }
}

static void test_removed_and_swapped(void **state)
{
    static const struct {
        const char *sql, *names;
    } changes[] = {
        {"DELETE FROM claimbase.verification WHERE document_id = test.id('harbour') AND seq = 1",
         "event 1 before it is missing"},
        {"DELETE FROM claimbase.verification WHERE document_id = test.id('harbour') AND seq = 3",
         "event 3 before it is missing"},
        {"UPDATE claimbase.verification SET seq = CASE seq WHEN 2 THEN -3 WHEN 3 THEN -2 ELSE seq END WHERE "
         "document_id = "
         "test.id('harbour') AND seq IN (2, 3); UPDATE claimbase.verification SET seq = -seq WHERE seq < 0",
         "event 2"},
    };
    struct cb_cluster *cluster = *state;
    struct found found;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct cb_db *db = chain(cluster);
        drop_rules(cluster);
        cb_cluster_exec(cluster, changes[i].sql);
        if (verify(db, NULL, &found) == 0 || strstr(found.all, changes[i].names) == NULL)
            fail_msg("%s: %s", changes[i].sql, found.all);
    }
}

static void test_documents(void **state)
{
    static const struct {
        const char *sql, *names;
    } changes[] = {
        {"UPDATE claimbase.document SET text = replace(text, '8 thousand', '9 thousand') WHERE document_id = "
         "test.id('harbour')",
         "document_text"},
        {"UPDATE claimbase.document SET text = replace(text, 'Tidings', 'Tribune'), text_sha256 = "
         "sha256(convert_to(replace("
         "text, 'Tidings', 'Tribune'), 'UTF8')) WHERE document_id = test.id('harbour')",
         "document_id"},
        {"UPDATE claimbase.document SET raw_sha256 = sha256('x') WHERE document_id = test.id('harbour')",
         "document_raw"},
        {"UPDATE claimbase.document SET raw = 'x', raw_sha256 = NULL WHERE document_id = test.id('harbour')",
         "document_raw"},
        {"UPDATE claimbase.document SET url = 'http://elsewhere.example/' WHERE document_id = "
         "test.id('harbour')",
         "document_id"},
        {"UPDATE claimbase.sentence SET start_offset = start_offset + 1 WHERE document_id = test.id('city') "
         "AND sentence_no = 2",
         "seal"},
        {"UPDATE claimbase.sentence SET end_offset = end_offset + 1 WHERE document_id = test.id('city') AND "
         "sentence_no = 1",
         "sentence: sentence 1"},
        {"DELETE FROM claimbase.sentence WHERE document_id = test.id('city') AND sentence_no = 2", "seal"},
        {"UPDATE claimbase.document SET seal = NULL WHERE document_id = test.id('city')", "seal"},
        {"UPDATE claimbase.claim SET quote = 'Police counted 9,000 people' WHERE document_id = "
         "test.id('city') AND claim_no = 1",
         "is orphan"},
        {"UPDATE claimbase.claim SET start_offset = start_offset + 1, end_offset = end_offset + 1 WHERE "
         "document_id = "
         "test.id('late') AND claim_no = 2",
         "is moved"},
        {"UPDATE claimbase.claim SET text = 'nothing' WHERE document_id = test.id('coast') AND claim_no = 1",
         "the claim is not the one that was judged"},
        {"SET session_replication_role = replica; DELETE FROM claimbase.claim WHERE document_id = "
         "test.id('coast') AND "
         "claim_no = 1; RESET session_replication_role",
         "is not there"},
    };
    struct cb_cluster *cluster = *state;
    struct found found;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct cb_db *db = chain(cluster);
        drop_rules(cluster);
        cb_cluster_exec(cluster, changes[i].sql);
        if (verify(db, NULL, &found) == 0 || strstr(found.all, changes[i].names) == NULL)
            fail_msg("%s: %s", changes[i].sql, found.all);
    }
}

static struct cb_checkpoint make_checkpoint(struct cb_db *db)
{
    struct cb_checkpoint checkpoint = {.origin = "test"};
    struct cb_err err = {0};
    assert_ok(cb_db_begin(db, &err), err);
    assert_ok(cb_log_extend(db, &checkpoint.size, &checkpoint.root, &err), err);
    assert_ok(cb_db_commit(db, &err), err);
    return checkpoint;
}

/* The end of a chain, a whole chain or a document can go without a trace: only a checkpoint tells. */
static void test_checkpoint_keeps_the_tail(void **state)
{
    static const struct {
        const char *sql, *names;
    } changes[] = {
        {"DELETE FROM claimbase.verification WHERE document_id = test.id('harbour') AND seq = 5", "event 5"},
        {"DELETE FROM claimbase.evidence WHERE document_id = test.id('coast'); DELETE FROM "
         "claimbase.verification WHERE "
         "document_id = test.id('coast')",
         "has vanished"},
        {"DELETE FROM claimbase.log_leaf WHERE leaf_no >= 3", "the log has only"},
        {"DELETE FROM claimbase.log_leaf WHERE leaf_no = 2", "leaf 2 of the log is missing"},
        /* history rewritten consistently, with the log */
        {"DELETE FROM claimbase.verification WHERE document_id = test.id('harbour') AND seq = 5; UPDATE "
         "claimbase.log_leaf l SET "
         "seq = 4, leaf_hash = claimbase.head_leaf(l.subject, 4, v.hash) FROM claimbase.verification v WHERE "
         "v.document_id = "
         "l.subject AND v.seq = 4 AND l.seq = 5",
         "history was rewritten"},
    };
    struct cb_cluster *cluster = *state;
    struct found found;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct cb_db *db = chain(cluster);
        struct cb_checkpoint checkpoint = make_checkpoint(db);
        cb_cluster_exec(
            cluster, "SELECT test.mark('city', 1, 'in_review', 'ann')"); /* what comes later does no harm */
        (void)make_checkpoint(db);
        assert_int_equal(verify(db, &checkpoint, &found), 0);
        drop_rules(cluster);
        cb_cluster_exec(cluster, changes[i].sql);
        if (i < 2) {
            assert_int_equal(verify(db, NULL, &found), 0); /* without it nothing shows */
        }
        if (verify(db, &checkpoint, &found) == 0 || strstr(found.all, changes[i].names) == NULL)
            fail_msg("%s: %s", changes[i].sql, found.all);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_untouched), cmocka_unit_test(test_each_column),
        cmocka_unit_test(test_evidence),  cmocka_unit_test(test_removed_and_swapped),
        cmocka_unit_test(test_documents), cmocka_unit_test(test_checkpoint_keeps_the_tail),
    };
    return cmocka_run_group_tests(tests, cb_cluster_up, cb_cluster_down);
}
