#include "db/client_program.h"

#include "db/local_server.h"
#include "db/server_paths.h"

#include <errno.h>
#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Every option of the connection that libpq also reads from the environment goes there. */
static enum cb_code set_environment(const char *dsn, struct cb_err *err)
{
    char local[CB_DSN_MAX];
    if (dsn == NULL) {
        enum cb_code code = cb_server_dsn(NULL, local, sizeof local, err);
        if (code != CB_OK)
            return code;
        dsn = local;
    }
    if (strchr(dsn, '=') == NULL && strstr(dsn, "://") == NULL)
        return setenv("PGDATABASE", dsn, 1) == 0 ? CB_OK : cb_no_memory(err);
    char *message = NULL;
    PQconninfoOption *options = PQconninfoParse(dsn, &message);
    PQfreemem(message);
    if (options == NULL)
        return cb_fail(err, CB_USAGE, "the connection string can't be read");
    enum cb_code code = CB_OK;
    for (const PQconninfoOption *o = options; o->keyword != NULL && code == CB_OK; o++)
        if (o->val != NULL && o->envvar != NULL && setenv(o->envvar, o->val, 1) != 0)
            code = cb_no_memory(err);
    PQconninfoFree(options);
    return code;
}

static enum cb_code find_program(const char *name, char path[CB_PATH_MAX], struct cb_err *err)
{
    struct cb_server_paths paths;
    enum cb_code code = cb_server_paths_find(NULL, &paths, err);
    if (code == CB_OK)
        code = cb_server_program(name, 0, path, err);
    return code;
}

static void execute(const char *path, const char *const *argv)
{
    /* POSIX gives execv char *const[] for history's sake; it changes nothing */
    union {
        const char *const *in;
        char *const *out;
    } words = {argv};
    (void)execv(path, words.out);
}

enum cb_code cb_client_become(const char *dsn, const char *const *argv, struct cb_err *err)
{
    char path[CB_PATH_MAX];
    enum cb_code code = find_program(argv[0], path, err);
    if (code == CB_OK)
        code = set_environment(dsn, err);
    if (code != CB_OK)
        return code;
    execute(path, argv);
    return cb_fail(err, CB_EXTERNAL, "can't start '%s': %s", path, strerror(errno));
}

enum cb_code cb_client_run(const char *dsn, const char *const *argv, int *status, struct cb_err *err)
{
    enum { NOT_STARTED = 127, BY_SIGNAL = 128 };
    char path[CB_PATH_MAX];
    enum cb_code code = find_program(argv[0], path, err);
    if (code != CB_OK)
        return code;
    pid_t pid = fork();
    if (pid < 0)
        return cb_fail(err, CB_EXTERNAL, "can't start '%s': %s", path, strerror(errno));
    if (pid == 0) {
        if (set_environment(dsn, NULL) == CB_OK)
            execute(path, argv);
        _exit(NOT_STARTED);
    }
    int result = 0;
    while (waitpid(pid, &result, 0) < 0)
        if (errno != EINTR)
            return cb_fail(err, CB_EXTERNAL, "lost sight of '%s': %s", path, strerror(errno));
    *status = WIFSIGNALED(result) ? BY_SIGNAL + WTERMSIG(result) : WEXITSTATUS(result);
    return CB_OK;
}
