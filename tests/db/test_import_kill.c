/* The program killed in the middle of an import, at many points; then the same import again: the tables of
 * one clean run. Also: the server gone in the middle, and two imports of the same at once. */
#include "tests/harness/cluster.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { ARTICLES = 66, BATCH = 3, POINTS = 22, WAIT_SECONDS = 60 };

/* Everything that an import stores but runs, times, and ids that the server gives. */
static const char *const contents =
    "SELECT md5(string_agg(line, E'\\n' ORDER BY line)) FROM ("
    "SELECT concat_ws('|', 'd', document_id, s.name, kind, url, title, byline, text, encode(seal, 'hex')) AS "
    "line "
    "  FROM claimbase.document JOIN claimbase.source s USING (source_id) "
    "UNION ALL SELECT concat_ws('|', 's', s.*) FROM claimbase.sentence s "
    "UNION ALL SELECT concat_ws('|', 'c', c.document_id, claim_no, sentence_no, c.kind, start_offset, "
    "end_offset, "
    "  quote, text, p.key, p.name, p.role, p.kind) FROM claimbase.claim c LEFT JOIN claimbase.speaker p "
    "USING (speaker_id) "
    "UNION ALL SELECT concat_ws('|', 'a', document_id, claim_no, attribution_no, a.role, p.key, a.name, "
    "content) "
    "  FROM claimbase.attribution a LEFT JOIN claimbase.speaker p USING (speaker_id) "
    "UNION ALL SELECT concat_ws('|', 'q', q.*) FROM claimbase.quantity q "
    "UNION ALL SELECT concat_ws('|', 'l', document_id, link_no, kind, target_document_id, target_name, "
    "reason) "
    "  FROM claimbase.document_link "
    "UNION ALL SELECT concat_ws('|', 'p', p.key, p.name, p.role, p.kind, a.alias) "
    "  FROM claimbase.speaker p LEFT JOIN claimbase.speaker_alias a USING (speaker_id)) AS all_lines";

/* Articles that share speakers, and some with the same text: what a half-done import could spoil. */
static const char *make_articles(struct cb_cluster *cluster)
{
    static char folder[1024];
    (void)snprintf(folder, sizeof folder, "%s/articles", cluster->folder);
    if (access(folder, F_OK) == 0)
        return folder;
    assert_int_equal(mkdir(folder, 0755), 0);
    for (int i = 0; i < ARTICLES; i++) {
        char name[64], text[600];
        (void)snprintf(name, sizeof name, "articles/%03d.txt", i);
        (void)snprintf(
            text, sizeof text,
            "Harbour report %d\n\nThe office counted %d boats, Inspector Nils Berg said on Monday.\n\n\"We "
            "had %d "
            "last year,\" he told the Harbour Gazette. Mayor Eva Lund, head of council %d, denied that.\n",
            i % 60, i % 60 * 7, i * 6 % 60, i % 5);
        (void)cb_cluster_file(cluster, name, text, strlen(text));
    }
    return folder;
}

static pid_t start_import(const struct cb_cluster *cluster, const char *folder)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        char batch[16];
        (void)snprintf(batch, sizeof batch, "%d", BATCH);
        (void)setenv("CLAIMBASE_DSN", cluster->dsn, 1);
        (void)execl(CLAIMBASE_PROGRAM, "claimbase", "import", "--quiet", "--source", "Gazette", "--batch",
                    batch, "--jobs", "2", folder, (char *)NULL);
        _exit(127);
    }
    return child;
}

static int finish(pid_t child)
{
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static void pause_for(long microseconds)
{
    const struct timespec time = {0, microseconds * 1000};
    (void)nanosleep(&time, NULL);
}

/* Waits until the run has stored `documents`; false when the program ended before. */
static bool wait_for(struct cb_cluster *cluster, pid_t child, long documents)
{
    for (long waited = 0; waited < WAIT_SECONDS * 1000000L; waited += 500) {
        siginfo_t ended = {0};
        if (cb_cluster_number(cluster, "SELECT count(*) FROM claimbase.document") >= documents)
            return true;
        if (waitid(P_PID, (id_t)child, &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid == child)
            return false;
        pause_for(500);
    }
    return false;
}

/* No document without its parts: what a transaction that was cut could leave. */
static void assert_whole(struct cb_cluster *cluster)
{
    assert_int_equal(
        cb_cluster_number(cluster, "SELECT count(*) FROM claimbase.document d WHERE seal IS DISTINCT FROM "
                                   "claimbase.document_seal(document_id) OR NOT EXISTS (SELECT FROM "
                                   "claimbase.sentence s WHERE s.document_id = d.document_id)"),
        0);
    assert_int_equal(cb_cluster_number(cluster,
                                       "SELECT (SELECT coalesce(sum(documents_new), 0) FROM "
                                       "claimbase.import_run) - (SELECT count(*) FROM claimbase.document)"),
                     0);
}

static void clean_run(struct cb_cluster *cluster, char want[64])
{
    (void)cb_cluster_database(cluster);
    assert_int_equal(finish(start_import(cluster, make_articles(cluster))), 0);
    assert_int_equal(cb_cluster_number(cluster, "SELECT count(*) FROM claimbase.document"), 60);
    (void)snprintf(want, 64, "%s", cb_cluster_value(cluster, contents));
}

static void test_killed_at_every_point(void **state)
{
    struct cb_cluster *cluster = *state;
    char want[64];
    int cut = 0;
    clean_run(cluster, want);
    for (int point = 0; point < POINTS; point++) {
        (void)cb_cluster_database(cluster);
        pid_t child = start_import(cluster, make_articles(cluster));
        /* some before the first transaction, the rest after each of them, and a little later */
        if (point > 1)
            (void)wait_for(cluster, child, (point - 1) * BATCH);
        pause_for(point % 4 * 700);
        (void)kill(child, SIGKILL);
        cut += finish(child) == -SIGKILL;
        assert_whole(cluster);
        assert_int_equal(finish(start_import(cluster, make_articles(cluster))), 0);
        assert_whole(cluster);
        assert_string_equal(cb_cluster_value(cluster, contents), want);
    }
    print_message("%d of %d were cut\n", cut, POINTS);
    assert_true(cut >= POINTS * 3 / 4);
}

/* Killed again and again, it still comes to its end. */
static void test_killed_many_times(void **state)
{
    struct cb_cluster *cluster = *state;
    char want[64];
    clean_run(cluster, want);
    (void)cb_cluster_database(cluster);
    for (int round = 1; round <= 5; round++) {
        pid_t child = start_import(cluster, make_articles(cluster));
        (void)wait_for(cluster, child, round * 4 * BATCH);
        (void)kill(child, SIGKILL);
        (void)finish(child);
    }
    assert_int_equal(finish(start_import(cluster, make_articles(cluster))), 0);
    assert_string_equal(cb_cluster_value(cluster, contents), want);
}

static void test_server_goes_away(void **state)
{
    struct cb_cluster *cluster = *state;
    char want[64];
    clean_run(cluster, want);
    (void)cb_cluster_database(cluster);
    pid_t child = start_import(cluster, make_articles(cluster));
    (void)wait_for(cluster, child, 4 * BATCH);
    cb_cluster_exec(cluster,
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = "
                    "'claimbase import' AND datname = current_database()");
    int code = finish(child);
    assert_true(code == (int)CB_DATABASE || code == 0); /* 0: it was through before */
    assert_whole(cluster);
    assert_int_equal(finish(start_import(cluster, make_articles(cluster))), 0);
    assert_string_equal(cb_cluster_value(cluster, contents), want);
}

static void test_two_at_once(void **state)
{
    struct cb_cluster *cluster = *state;
    char want[64];
    clean_run(cluster, want);
    (void)cb_cluster_database(cluster);
    pid_t one = start_import(cluster, make_articles(cluster)),
          two = start_import(cluster, make_articles(cluster));
    assert_int_equal(finish(one), 0);
    assert_int_equal(finish(two), 0);
    assert_whole(cluster);
    assert_string_equal(cb_cluster_value(cluster, contents), want);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_killed_at_every_point),
        cmocka_unit_test(test_killed_many_times),
        cmocka_unit_test(test_server_goes_away),
        cmocka_unit_test(test_two_at_once),
    };
    return cmocka_run_group_tests_name("import/kill", tests, cb_cluster_up, cb_cluster_down);
}
