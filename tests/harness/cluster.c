#include "tests/harness/cluster.h"

#include "db/local_server.h"
#include "db/migrate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* The watchdog: waits until the other end of the pipe is closed, by the teardown or by death, then
 * stops the server and removes the folder. */
static void watch(const struct cb_cluster *cluster, int pipe_end)
{
    char byte;
    while (read(pipe_end, &byte, 1) > 0)
        continue;
    struct cb_err err = {0};
    (void)!cb_server_stop(cluster->home, &err);
    (void)execl("/bin/rm", "rm", "-rf", "--", cluster->folder, (char *)NULL);
    _exit(1);
}

static void start_watchdog(struct cb_cluster *cluster)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    cluster->watchdog = fork();
    assert_true(cluster->watchdog >= 0);
    if (cluster->watchdog == 0) {
        (void)setsid();
        (void)close(ends[1]);
        watch(cluster, ends[0]);
    }
    (void)close(ends[0]);
    cluster->watchdog_pipe = ends[1];
}

static void make_folder(struct cb_cluster *cluster)
{
    const char *base = getenv("TMPDIR");
    (void)snprintf(cluster->folder, sizeof cluster->folder, "%s/claimbase test XXXXXX",
                   base != NULL && base[0] == '/' ? base : "/tmp");
    assert_non_null(mkdtemp(cluster->folder));
    assert_int_equal(chmod(cluster->folder, 0755), 0); /* the server's user must get in when we are root */
    (void)snprintf(cluster->home, sizeof cluster->home, "%s/home", cluster->folder);
}

/* The dsn of the database `name` of the cluster. libpq takes the last dbname of a string. */
static void name_database(struct cb_cluster *cluster, const char *name)
{
    struct cb_err err = {0};
    char base[1900];
    assert_ok(cb_server_dsn(cluster->home, base, sizeof base, &err), err);
    (void)snprintf(cluster->dsn, sizeof cluster->dsn, "%s dbname=%s", base, name);
}

static PGconn *connect_admin(const char *dsn)
{
    PGconn *conn = PQconnectdb(dsn);
    if (PQstatus(conn) != CONNECTION_OK)
        fail_msg("%s", PQerrorMessage(conn));
    PGresult *quiet = PQexec(conn, "SET client_min_messages = warning");
    PQclear(quiet);
    return conn;
}

/* What is thrown away need not survive a power cut: databases are made many times faster. */
static void stop_syncing(struct cb_cluster *cluster)
{
    name_database(cluster, "postgres");
    cluster->admin = connect_admin(cluster->dsn);
    cb_cluster_exec(cluster, "ALTER SYSTEM SET fsync = off");
    cb_cluster_exec(cluster, "SELECT pg_reload_conf()");
}

int cb_cluster_up(void **state)
{
    struct cb_cluster *cluster = calloc(1, sizeof *cluster);
    assert_non_null(cluster);
    *state = cluster;
    make_folder(cluster);
    start_watchdog(cluster);
    struct cb_err err = {0};
    struct cb_db *db = NULL;
    struct cb_db_options options = {.home = cluster->home, .application_name = "test"};
    assert_ok(cb_db_open(&options, &db, &err), err);
    assert_ok(cb_migrate(db, NULL, &err), err);
    cb_db_close(db);
    stop_syncing(cluster);
    return 0;
}

static void close_all(struct cb_cluster *cluster)
{
    for (size_t i = 0; i < cluster->opened_count; i++)
        cb_db_close(cluster->opened[i]);
    cluster->opened_count = 0;
    if (cluster->admin != NULL)
        PQfinish(cluster->admin);
    cluster->admin = NULL;
}

int cb_cluster_down(void **state)
{
    struct cb_cluster *cluster = *state;
    if (cluster == NULL)
        return 0;
    close_all(cluster);
    (void)close(cluster->watchdog_pipe);
    (void)waitpid(cluster->watchdog, NULL, 0);
    free(cluster);
    return 0;
}

struct cb_db *cb_cluster_connect(struct cb_cluster *cluster)
{
    struct cb_err err = {0};
    struct cb_db *db = NULL;
    struct cb_db_options options = {.dsn = cluster->dsn, .application_name = "test"};
    assert_true(cluster->opened_count < CB_CLUSTER_DATABASES_MAX);
    assert_ok(cb_db_open(&options, &db, &err), err);
    cluster->opened[cluster->opened_count++] = db;
    return db;
}

struct cb_db *cb_cluster_database(struct cb_cluster *cluster)
{
    char sql[128];
    char name[32];
    close_all(cluster);
    name_database(cluster, "postgres");
    cluster->admin = connect_admin(cluster->dsn);
    (void)snprintf(name, sizeof name, "test_%d", ++cluster->databases);
    (void)snprintf(sql, sizeof sql, "CREATE DATABASE %s TEMPLATE claimbase", name);
    cb_cluster_exec(cluster, sql);
    PQfinish(cluster->admin);
    name_database(cluster, name);
    cluster->admin = connect_admin(cluster->dsn);
    return cb_cluster_connect(cluster);
}

const char *cb_cluster_file(struct cb_cluster *cluster, const char *name, const char *content, size_t len)
{
    static char path[1024]; /* a test program has one thread */
    (void)snprintf(path, sizeof path, "%s/%s", cluster->folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(content, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
    return path;
}

static PGresult *run(struct cb_cluster *cluster, const char *sql)
{
    PGresult *result = PQexec(cluster->admin, sql);
    assert_non_null(result);
    return result;
}

void cb_cluster_exec(struct cb_cluster *cluster, const char *sql)
{
    PGresult *result = run(cluster, sql);
    if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK)
        fail_msg("%s\n%s", sql, PQresultErrorMessage(result));
    PQclear(result);
}

const char *cb_cluster_value(struct cb_cluster *cluster, const char *sql)
{
    static char value[65536]; /* a test program has one thread */
    PGresult *result = run(cluster, sql);
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        fail_msg("%s\n%s", sql, PQresultErrorMessage(result));
    (void)snprintf(value, sizeof value, "%s", PQntuples(result) > 0 ? PQgetvalue(result, 0, 0) : "");
    PQclear(result);
    return value;
}

long cb_cluster_number(struct cb_cluster *cluster, const char *sql)
{
    return strtol(cb_cluster_value(cluster, sql), NULL, 10);
}

const char *cb_cluster_error(struct cb_cluster *cluster, const char *sql)
{
    static char sqlstate[8]; /* a test program has one thread */
    PGresult *result = run(cluster, sql);
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    if (state == NULL)
        fail_msg("it was to fail, and did not: %s", sql);
    (void)snprintf(sqlstate, sizeof sqlstate, "%s", state);
    PQclear(result);
    PGresult *rollback = run(cluster, "ROLLBACK");
    PQclear(rollback);
    return sqlstate;
}
