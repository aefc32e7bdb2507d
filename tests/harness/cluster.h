/* A throw-away PostgreSQL for one test program: made by the group's setup, gone with its teardown, or, when
 * the program dies in between, by a watchdog. Its folder has a blank in its name on purpose.
 *
 *     int main(void)
 *     {
 *         const struct CMUnitTest tests[] = {cmocka_unit_test(test_something)};
 *         return cmocka_run_group_tests(tests, cb_cluster_up, cb_cluster_down);
 *     }
 *     static void test_something(void **state)
 *     {
 *         struct cb_db *db = cb_cluster_database(*state);   // fresh, migrated, closed by the harness
 *         cb_cluster_exec(*state, "INSERT …");              // as superuser, in the same database
 *     }
 */
#ifndef CB_TESTS_HARNESS_CLUSTER_H
#define CB_TESTS_HARNESS_CLUSTER_H

#include "db/db.h"

#include <libpq-fe.h>
#include <stddef.h>
#include <sys/types.h>

enum { CB_CLUSTER_DATABASES_MAX = 256 };

struct cb_cluster {
    char folder[512]; /* everything of this test program; free to put files in */
    char home[600];   /* CLAIMBASE_HOME of the cluster */
    char dsn[2048];   /* of the newest database */
    PGconn *admin;    /* superuser in the newest database */
    struct cb_db *opened[CB_CLUSTER_DATABASES_MAX];
    size_t opened_count;
    int databases;
    int watchdog_pipe;
    pid_t watchdog;
};

/* cmocka's group setup and teardown; *state is the struct cb_cluster. */
int cb_cluster_up(void **state);
int cb_cluster_down(void **state);

/* A fresh database with all migrations, and a connection to it. Fails the test when it can't be had. */
struct cb_db *cb_cluster_database(struct cb_cluster *cluster);

/* One more connection to the newest database, closed by the harness. */
struct cb_db *cb_cluster_connect(struct cb_cluster *cluster);

/* A file in cluster->folder with this content; returns its path, valid until the cluster goes. */
const char *cb_cluster_file(struct cb_cluster *cluster, const char *name, const char *content, size_t len);

/* As superuser in the newest database. An error of the server fails the test. */
void cb_cluster_exec(struct cb_cluster *cluster, const char *sql);
/* The first column of the first row as text, "" for NULL or no row; valid until the next call. */
const char *cb_cluster_value(struct cb_cluster *cluster, const char *sql);
long cb_cluster_number(struct cb_cluster *cluster, const char *sql);
/* Runs what must fail and returns the SQLSTATE; valid until the next call. */
const char *cb_cluster_error(struct cb_cluster *cluster, const char *sql);

/* Asserts that a call gave CB_OK, printing the error when not. */
#define assert_ok(call_, err_)                                                                               \
    do {                                                                                                     \
        enum cb_code code_ = (call_);                                                                        \
        if (code_ != CB_OK)                                                                                  \
            fail_msg("%s: code %d: %s %s", #call_, (int)code_, (err_).message, (err_).sqlstate);             \
    } while (0)

#endif
