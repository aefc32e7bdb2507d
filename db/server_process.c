#include "db/server_process.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

void cb_server_pause(long milliseconds)
{
    struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000L};
    while (nanosleep(&time, &time) != 0 && errno == EINTR)
        continue;
}

/* In the child. Gives up root for good. */
static bool become_server_user(const struct cb_server_paths *paths)
{
    if (!paths->as_root)
        return true;
    return setgroups(0, NULL) == 0 && setgid(paths->gid) == 0 && setuid(paths->uid) == 0 && geteuid() != 0;
}

static int wait_for(pid_t pid)
{
    int status = 0;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    return status;
}

bool cb_server_user_reaches(const struct cb_server_paths *paths)
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(become_server_user(paths) && chdir(paths->home) == 0 ? 0 : 1);
    return pid > 0 && wait_for(pid) == 0;
}

/* In the child: no terminal, no input, output to the log, then the program. Never returns. */
static void become_program(const struct cb_server_paths *paths, const char *const *argv)
{
    enum { NOT_STARTED = 127 };
    (void)setsid();
    (void)umask(0077);
    int input = open("/dev/null", O_RDONLY);
    if (!become_server_user(paths) || chdir("/") != 0 || input < 0)
        _exit(NOT_STARTED);
    int log = open(paths->log, O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (log < 0 || dup2(input, STDIN_FILENO) < 0 || dup2(log, STDOUT_FILENO) < 0 ||
        dup2(log, STDERR_FILENO) < 0)
        _exit(NOT_STARTED);
    long files = sysconf(_SC_OPEN_MAX);
    for (int fd = STDERR_FILENO + 1; fd < (files > 0 && files < 4096 ? files : 4096); fd++)
        (void)close(fd);
    /* settings of the caller's sessions must not reach the server */
    (void)unsetenv("PGDATA");
    (void)unsetenv("PGPORT");
    (void)unsetenv("PGHOST");
    (void)unsetenv("PGOPTIONS");
    (void)signal(SIGINT, SIG_DFL);
    (void)signal(SIGTERM, SIG_DFL);
    (void)signal(SIGPIPE, SIG_DFL);
    /* POSIX gives execv char *const[] for history's sake; it changes nothing */
    union {
        const char *const *in;
        char *const *out;
    } words = {argv};
    (void)execv(argv[0], words.out);
    _exit(NOT_STARTED);
}

enum cb_code cb_server_spawn(const struct cb_server_paths *paths, const char *const *argv, pid_t *pid,
                             struct cb_err *err)
{
    *pid = fork();
    if (*pid == 0)
        become_program(paths, argv);
    if (*pid < 0)
        return cb_fail(err, CB_EXTERNAL, "can't start '%s': %s", argv[0], strerror(errno));
    return CB_OK;
}

enum cb_code cb_server_run(const struct cb_server_paths *paths, const char *const *argv, struct cb_err *err)
{
    pid_t pid = 0;
    enum cb_code code = cb_server_spawn(paths, argv, &pid, err);
    if (code != CB_OK)
        return code;
    int status = wait_for(pid);
    if (status == 0)
        return CB_OK;
    char words[300];
    cb_server_last_words(paths, words, sizeof words);
    if (words[0] != '\0')
        (void)cb_fail(err, CB_EXTERNAL, "'%s' failed: %s", argv[0], words);
    else
        (void)cb_fail(err, CB_EXTERNAL, "'%s' failed", argv[0]);
    cb_hint(err, "all it said is in '%s'", paths->log);
    return CB_EXTERNAL;
}

void cb_server_last_words(const struct cb_server_paths *paths, char *out, size_t size)
{
    enum { TAIL = 4096 };
    char tail[TAIL + 1];
    out[0] = '\0';
    FILE *file = fopen(paths->log, "re");
    if (file == NULL)
        return;
    if (fseek(file, -TAIL, SEEK_END) != 0)
        (void)fseek(file, 0, SEEK_SET);
    size_t len = fread(tail, 1, TAIL, file);
    (void)fclose(file);
    tail[len] = '\0';
    char *rest = NULL;
    for (char *line = strtok_r(tail, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest)) {
        bool telling = strstr(line, "FATAL") != NULL || strstr(line, "PANIC") != NULL ||
                       strstr(line, "error") != NULL || out[0] == '\0';
        if (telling)
            (void)snprintf(out, size, "%s", line);
    }
}

/* Does the process work in the cluster's folder? A recycled process number does not. */
static bool works_in(pid_t pid, const char *data)
{
    char link[64];
    (void)snprintf(link, sizeof link, "/proc/%ld/cwd", (long)pid);
    struct stat there;
    struct stat here;
    if (stat(link, &there) != 0)
        return errno == EACCES; /* not ours to look at: believe the file */
    return stat(data, &here) == 0 && there.st_dev == here.st_dev && there.st_ino == here.st_ino;
}

pid_t cb_server_postmaster(const struct cb_server_paths *paths, bool *stale)
{
    char path[CB_PATH_MAX];
    *stale = false;
    int len = snprintf(path, sizeof path, "%s/postmaster.pid", paths->data);
    FILE *file = len > 0 && (size_t)len < sizeof path ? fopen(path, "re") : NULL;
    if (file == NULL)
        return 0;
    char line[32] = "";
    long pid = fgets(line, sizeof line, file) != NULL ? strtol(line, NULL, 10) : 0;
    (void)fclose(file);
    bool lives = pid > 0 && (kill((pid_t)pid, 0) == 0 || errno == EPERM) && works_in((pid_t)pid, paths->data);
    *stale = !lives;
    return lives ? (pid_t)pid : 0;
}
