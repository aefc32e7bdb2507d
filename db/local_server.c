/* The private server: made once, started when needed, left running.
 *
 * Everything that changes it happens under a lock on home/lock, so that programs which start at the same
 * moment make one cluster. A cluster is made beside its place and moved there when it is whole. */
#include "db/local_server.h"

#include "db/server_process.h"
#include "db/session.h"
#include "db_queries.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { START_SECONDS = 60, STOP_SECONDS = 60, POLL_MILLISECONDS = 20 };

static const char role[] = "claimbase"; /* the database and its owner */

/* host is a plain path (server_paths.c sees to it), so quotes are enough. requirepeer: the one who
 * answers must be the server's user, whoever may have made a socket there. */
static enum cb_code make_dsn(const struct cb_server_paths *paths, const char *database, char *dsn,
                             size_t size, struct cb_err *err)
{
    int len = snprintf(dsn, size, "host='%s' port=5432 user=%s dbname=%s requirepeer='%s'", paths->socket,
                       role, database, paths->user);
    if (len < 0 || (size_t)len >= size)
        return cb_fail(err, CB_LIMIT, "the path of the database '%s' is too long", paths->home);
    return CB_OK;
}

enum cb_code cb_server_dsn(const char *home, char *dsn, size_t dsn_size, struct cb_err *err)
{
    struct cb_server_paths paths;
    enum cb_code code = cb_server_paths_find(home, &paths, err);
    return code != CB_OK ? code : make_dsn(&paths, role, dsn, dsn_size, err);
}

static void tell(cb_server_notice *notice, void *context, const char *text)
{
    if (notice != NULL)
        notice(context, text);
}

/* ------------------------------------------------------------------ the lock */

static enum cb_code take_lock(const struct cb_server_paths *paths, int *lock, struct cb_err *err)
{
    *lock = open(paths->lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (*lock < 0)
        return cb_fail(err, CB_INPUT, "can't open '%s': %s", paths->lock, strerror(errno));
    while (flock(*lock, LOCK_EX) != 0) {
        if (errno == EINTR)
            continue;
        (void)cb_fail(err, CB_INPUT, "can't lock '%s': %s", paths->lock, strerror(errno));
        (void)close(*lock);
        return CB_INPUT;
    }
    return CB_OK;
}

/* ------------------------------------------------------------------ making the cluster */

static enum cb_code remove_half_made(const struct cb_server_paths *paths, const char *folder,
                                     struct cb_err *err)
{
    if (access(folder, F_OK) != 0)
        return CB_OK;
    const char *const argv[] = {"/bin/rm", "-rf", "--", folder, NULL};
    return cb_server_run(paths, argv, err);
}

static enum cb_code make_cluster(const struct cb_server_paths *paths, struct cb_err *err)
{
    char initdb[CB_PATH_MAX];
    char fresh[CB_PATH_MAX];
    enum cb_code code = cb_server_program("initdb", 0, initdb, err);
    if (code != CB_OK)
        return code;
    int len = snprintf(fresh, sizeof fresh, "%s.new", paths->data);
    if (len < 0 || (size_t)len >= sizeof fresh)
        return cb_fail(err, CB_LIMIT, "the path of the database '%s' is too long", paths->home);
    code = remove_half_made(paths, fresh, err);
    if (code != CB_OK)
        return code;
    /* trust: the socket's folder is 0700, so only the owner gets that far */
    const char *const argv[] = {initdb,
                                "--pgdata",
                                fresh,
                                "--username",
                                role,
                                "--auth",
                                "trust",
                                "--encoding",
                                "UTF8",
                                "--locale",
                                "C.UTF-8",
                                "--data-checksums",
                                "--no-instructions",
                                NULL};
    code = cb_server_run(paths, argv, err);
    if (code == CB_OK && rename(fresh, paths->data) != 0)
        code = cb_fail(err, CB_INPUT, "can't move the new cluster to '%s': %s", paths->data, strerror(errno));
    return code;
}

/* ------------------------------------------------------------------ starting */

/* A server that was killed leaves files by which the next one may be misled when their process
 * number has gone to somebody else. Only called when nobody stands behind them. */
static void remove_stale_files(const struct cb_server_paths *paths)
{
    static const char *const names[] = {"/.s.PGSQL.5432", "/.s.PGSQL.5432.lock"};
    char path[CB_PATH_MAX + 32];
    (void)snprintf(path, sizeof path, "%s/postmaster.pid", paths->data);
    (void)unlink(path);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        (void)snprintf(path, sizeof path, "%s%s", paths->socket, names[i]);
        (void)unlink(path);
    }
}

static enum cb_code spawn_server(const struct cb_server_paths *paths, pid_t *pid, struct cb_err *err)
{
    char program[CB_PATH_MAX];
    enum cb_code code = cb_server_program("postgres", cb_server_cluster_version(paths), program, err);
    if (code != CB_OK)
        return code;
    char sockets[CB_PATH_MAX + 32];
    (void)snprintf(sockets, sizeof sockets, "unix_socket_directories=%s", paths->socket);
    /* No row value may reach the log: terse, and no statement text. */
    const char *const argv[] = {
        program,
        "-D",
        paths->data,
        "-p",
        "5432",
        "-c",
        "listen_addresses=",
        "-c",
        sockets,
        "-c",
        "unix_socket_permissions=0700",
        "-c",
        "cluster_name=claimbase",
        "-c",
        "max_connections=60",
        "-c",
        "wal_level=minimal",
        "-c",
        "max_wal_senders=0",
        "-c",
        "max_wal_size=2GB",
        "-c",
        "jit=off",
        "-c",
        "default_toast_compression=lz4",
        "-c",
        "log_error_verbosity=terse",
        "-c",
        "log_min_error_statement=panic",
        "-c",
        "log_parameter_max_length=0",
        "-c",
        "log_parameter_max_length_on_error=0",
        NULL,
    };
    return cb_server_spawn(paths, argv, pid, err);
}

static enum cb_code start_failed(const struct cb_server_paths *paths, const char *why, struct cb_err *err)
{
    char words[300];
    cb_server_last_words(paths, words, sizeof words);
    (void)cb_fail(err, CB_EXTERNAL, "the local server %s: %s", why,
                  words[0] != '\0' ? words : "no word from it");
    cb_hint(err, "its log is '%s'", paths->log);
    return CB_EXTERNAL;
}

/* Waits until the server takes connections. `child` is the process we started, 0 when it ran before. *died:
 * it ended meanwhile. */
static enum cb_code wait_ready(const struct cb_server_paths *paths, pid_t child, bool *died,
                               struct cb_err *err)
{
    char dsn[CB_DSN_MAX];
    *died = false;
    enum cb_code code = make_dsn(paths, "postgres", dsn, sizeof dsn, err);
    for (long waited = 0; code == CB_OK && waited < START_SECONDS * 1000L; waited += POLL_MILLISECONDS) {
        if (PQping(dsn) == PQPING_OK)
            return CB_OK;
        bool stale = false;
        bool gone =
            child != 0 ? waitpid(child, NULL, WNOHANG) == child : cb_server_postmaster(paths, &stale) == 0;
        if (gone) {
            *died = true;
            return start_failed(paths, "did not start", err);
        }
        cb_server_pause(POLL_MILLISECONDS);
    }
    return code != CB_OK ? code : start_failed(paths, "does not answer", err);
}

/* After a kill -9 the old server's children may hold its memory for a moment longer: try again. */
static enum cb_code start_server(const struct cb_server_paths *paths, struct cb_err *err)
{
    enum { ATTEMPTS = 10, ATTEMPT_PAUSE = 300 };
    enum cb_code code = CB_OK;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        bool stale = false;
        bool died = false;
        pid_t pid = cb_server_postmaster(paths, &stale);
        pid_t child = 0;
        if (pid == 0) {
            remove_stale_files(paths);
            code = spawn_server(paths, &child, err);
            if (code != CB_OK)
                return code;
        }
        code = wait_ready(paths, child, &died, err);
        if (code == CB_OK || !died)
            return code;
        cb_server_pause(ATTEMPT_PAUSE);
    }
    return code;
}

/* ------------------------------------------------------------------ the database in it */

static enum cb_code make_database(const struct cb_server_paths *paths, struct cb_err *err)
{
    struct cb_db db = {0};
    char dsn[CB_DSN_MAX];
    struct cb_err local = {0};
    enum cb_code code = make_dsn(paths, role, dsn, sizeof dsn, err);
    if (code != CB_OK)
        return code;
    code = cb_pg_connect(dsn, "claimbase", &db.conn, &local);
    if (code == CB_OK) {
        PQfinish(db.conn);
        return CB_OK;
    }
    code = make_dsn(paths, "postgres", dsn, sizeof dsn, err);
    if (code == CB_OK)
        code = cb_pg_connect(dsn, "claimbase", &db.conn, err);
    if (code != CB_OK)
        return code;
    code =
        cb_pg_script(&db, cb_sql_create_database.text, cb_sql_create_database.name, CB_AUTHOR_PROGRAM, err);
    PQfinish(db.conn);
    return code;
}

enum cb_code cb_server_ensure(const char *home, cb_server_notice *notice, void *context, char *dsn,
                              size_t dsn_size, struct cb_err *err)
{
    struct cb_server_paths paths;
    enum cb_code code = cb_server_paths_find(home, &paths, err);
    if (code == CB_OK)
        code = make_dsn(&paths, role, dsn, dsn_size, err);
    if (code == CB_OK)
        code = cb_server_make_folders(&paths, err);
    int lock = -1;
    if (code == CB_OK)
        code = take_lock(&paths, &lock, err);
    if (code != CB_OK)
        return code;
    if (cb_server_cluster_version(&paths) == 0) {
        tell(notice, context, "making a private PostgreSQL (this happens once)");
        code = make_cluster(&paths, err);
    }
    if (code == CB_OK)
        code = start_server(&paths, err);
    if (code == CB_OK)
        code = make_database(&paths, err);
    (void)close(lock); /* and with it the lock goes */
    return code;
}

enum cb_code cb_server_status(const char *home, struct cb_server_status *out, struct cb_err *err)
{
    struct cb_server_paths paths;
    *out = (struct cb_server_status){0};
    enum cb_code code = cb_server_paths_find(home, &paths, err);
    if (code != CB_OK)
        return code;
    memcpy(out->home, paths.home, sizeof out->home);
    memcpy(out->socket, paths.socket, sizeof out->socket);
    int version = cb_server_cluster_version(&paths);
    if (version == 0)
        return CB_OK;
    bool stale = false;
    out->pid = (long)cb_server_postmaster(&paths, &stale);
    out->state = out->pid != 0 ? CB_SERVER_RUNNING : stale ? CB_SERVER_STALE : CB_SERVER_STOPPED;
    (void)snprintf(out->version, sizeof out->version, "%d", version);
    return CB_OK;
}

enum cb_code cb_server_stop(const char *home, struct cb_err *err)
{
    struct cb_server_paths paths;
    enum cb_code code = cb_server_paths_find(home, &paths, err);
    if (code != CB_OK || cb_server_cluster_version(&paths) == 0)
        return code;
    int lock = -1;
    code = take_lock(&paths, &lock, err);
    if (code != CB_OK)
        return code;
    bool stale = false;
    pid_t pid = cb_server_postmaster(&paths, &stale);
    if (pid != 0 && kill(pid, SIGINT) != 0 && errno != ESRCH)
        code = cb_fail(err, CB_EXTERNAL, "can't stop the local server, process %ld: %s", (long)pid,
                       strerror(errno));
    for (long waited = 0; code == CB_OK && pid != 0; waited += POLL_MILLISECONDS) {
        if (waited > STOP_SECONDS * 1000L)
            code = cb_fail(err, CB_EXTERNAL, "the local server, process %ld, did not stop in %d seconds",
                           (long)pid, STOP_SECONDS);
        cb_server_pause(POLL_MILLISECONDS);
        pid = cb_server_postmaster(&paths, &stale);
    }
    (void)close(lock);
    return code;
}
