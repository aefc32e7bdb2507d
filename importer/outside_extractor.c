#include "importer/outside_extractor.h"

#include "importer/extraction_json.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

/* An answer may hold the text again and many claims; more than this is a program gone wild. */
#define ANSWER_MAX ((size_t)2 * 1024 * 1024 * 1024)
enum { READ_SIZE = 64 * 1024, LAST_WORDS_MS = 2000, WAIT_STEP_MS = 10 };

struct cb_outside_extractor {
    char *command;
    unsigned seconds;
    pid_t pid; /* 0 when it has been waited for */
    int to, from;
    struct cb_buffer request, answer; /* answer: what was read, the rest of a next line included */
    size_t asked;
    bool broken;
};

static long long now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void close_end(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* Neither end goes to other programs that this one starts; spawn hands over the two it needs by dup2. */
static bool make_pipe(int ends[2])
{
    if (pipe(ends) != 0)
        return false;
    return fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0 && fcntl(ends[1], F_SETFD, FD_CLOEXEC) == 0;
}

static bool set_nonblocking(int fd)
{
    int flags = fcntl(fd, F_GETFL);
    return flags >= 0 && fcntl(fd, F_SETFL, flags | O_NONBLOCK) == 0;
}

/* Starts the shell with a process group of its own, so that all it starts can be ended with it. */
static int spawn_shell(struct cb_outside_extractor *x, int in, int out)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, standard;
    char shell[] = "/bin/sh", option[] = "-c";
    char *const argv[] = {shell, option, x->command, NULL};
    sigemptyset(&none);
    sigemptyset(&standard);
    sigaddset(&standard, SIGPIPE);
    sigaddset(&standard, SIGINT);
    sigaddset(&standard, SIGTERM);
    int failed = posix_spawn_file_actions_init(&actions);
    if (failed != 0)
        return failed;
    failed = posix_spawnattr_init(&attributes);
    if (failed == 0) {
        failed = posix_spawn_file_actions_adddup2(&actions, in, 0);
        if (failed == 0)
            failed = posix_spawn_file_actions_adddup2(&actions, out, 1);
        short flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
        if (failed == 0)
            failed = posix_spawnattr_setflags(&attributes, flags);
        if (failed == 0)
            failed = posix_spawnattr_setpgroup(&attributes, 0);
        if (failed == 0)
            failed = posix_spawnattr_setsigmask(&attributes, &none);
        if (failed == 0)
            failed = posix_spawnattr_setsigdefault(&attributes, &standard);
        if (failed == 0)
            failed = posix_spawn(&x->pid, shell, &actions, &attributes, argv, environ);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return failed;
}

enum cb_code cb_outside_extractor_new(const char *command, unsigned seconds,
                                      struct cb_outside_extractor **out, struct cb_err *err)
{
    struct cb_outside_extractor *x = calloc(1, sizeof *x);
    int request[2] = {-1, -1}, answer[2] = {-1, -1};
    enum cb_code code = CB_OK;
    if (x == NULL)
        return cb_no_memory(err);
    x->to = x->from = -1;
    x->seconds = seconds > 0 ? seconds : 1;
    cb_buffer_init(&x->request, ANSWER_MAX);
    cb_buffer_init(&x->answer, ANSWER_MAX);
    x->command = strdup(command);
    if (x->command == NULL)
        code = cb_no_memory(err);
    else if (!make_pipe(request) || !make_pipe(answer))
        code = cb_fail(err, CB_EXTERNAL, "cannot make a pipe: %s", strerror(errno));
    if (code == CB_OK) {
        int failed = spawn_shell(x, request[0], answer[1]);
        if (failed != 0)
            code =
                cb_fail(err, CB_EXTERNAL, "cannot start the extractor '%s': %s", command, strerror(failed));
    }
    if (code == CB_OK) {
        x->to = request[1];
        x->from = answer[0];
        request[1] = answer[0] = -1;
        if (!set_nonblocking(x->to) || !set_nonblocking(x->from))
            code = cb_fail(err, CB_EXTERNAL, "cannot set up a pipe: %s", strerror(errno));
    }
    for (int i = 0; i < 2; i++) {
        close_end(&request[i]);
        close_end(&answer[i]);
    }
    if (code == CB_OK)
        *out = x;
    else
        cb_outside_extractor_free(x);
    return code;
}

/* Waits up to `ms` for the program's end; true when it has ended. */
static bool wait_for_end(struct cb_outside_extractor *x, int ms, int *status)
{
    for (int waited = 0;; waited += WAIT_STEP_MS) {
        pid_t done = waitpid(x->pid, status, WNOHANG);
        if (done == x->pid || (done < 0 && errno != EINTR)) {
            x->pid = 0;
            return true;
        }
        if (waited >= ms)
            return false;
        struct timespec step = {.tv_nsec = WAIT_STEP_MS * 1000000L};
        nanosleep(&step, NULL);
    }
}

static void end_program(struct cb_outside_extractor *x, int patience_ms)
{
    int status;
    close_end(&x->to);
    close_end(&x->from);
    if (x->pid == 0)
        return;
    pid_t group = x->pid;
    if (patience_ms > 0 && wait_for_end(x, patience_ms, &status))
        return;
    kill(-group, SIGTERM);
    if (!wait_for_end(x, LAST_WORDS_MS / 4, &status)) {
        kill(-group, SIGKILL);
        waitpid(group, &status, 0);
        x->pid = 0;
    }
}

void cb_outside_extractor_free(struct cb_outside_extractor *x)
{
    if (x == NULL)
        return;
    end_program(x, x->broken ? 0 : LAST_WORDS_MS);
    cb_buffer_release(&x->request);
    cb_buffer_release(&x->answer);
    free(x->command);
    free(x);
}

/* Why the program is no longer there, as an error. */
static enum cb_code ended(struct cb_outside_extractor *x, struct cb_err *err)
{
    int status = 0;
    x->broken = true;
    if (x->pid != 0 && !wait_for_end(x, LAST_WORDS_MS, &status)) {
        end_program(x, 0);
        return cb_fail(err, CB_EXTERNAL, "the extractor closed its output before it answered document %zu",
                       x->asked);
    }
    close_end(&x->to);
    close_end(&x->from);
    if (WIFSIGNALED(status))
        return cb_fail(err, CB_EXTERNAL, "the extractor was ended by signal %d at document %zu",
                       WTERMSIG(status), x->asked);
    enum cb_code code =
        cb_fail(err, CB_EXTERNAL, "the extractor ended with exit code %d before it answered document %zu",
                WEXITSTATUS(status), x->asked);
    if (WEXITSTATUS(status) == 127)
        cb_hint(err, "the shell does not find the command: %s", x->command);
    return code;
}

static enum cb_code too_slow(struct cb_outside_extractor *x, struct cb_err *err)
{
    x->broken = true;
    end_program(x, 0);
    enum cb_code code =
        cb_fail(err, CB_EXTERNAL, "the extractor did not answer document %zu within %u seconds", x->asked,
                x->seconds);
    cb_hint(err,
            "--extractor-timeout gives it more; it must write one line for each line it reads, and flush it");
    return code;
}

/* A write to a program that is gone must be an error, not a signal: SIGPIPE is held back in this thread, and
 * taken away when it came from here. */
static ssize_t write_quietly(int fd, const char *bytes, size_t len)
{
    sigset_t pipe_only, before, pending;
    sigemptyset(&pipe_only);
    sigaddset(&pipe_only, SIGPIPE);
    sigpending(&pending);
    bool was_pending = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_only, &before);
    ssize_t wrote = write(fd, bytes, len);
    int failed = errno;
    if (wrote < 0 && failed == EPIPE && !was_pending) {
        struct timespec at_once = {0};
        while (sigtimedwait(&pipe_only, NULL, &at_once) < 0 && errno == EINTR) {
        }
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = failed;
    return wrote;
}

/* Takes what has come. *end is true at the end of its output. */
static enum cb_code read_some(struct cb_outside_extractor *x, bool *end, struct cb_err *err)
{
    char *room = cb_buffer_room(&x->answer, READ_SIZE);
    if (room == NULL) {
        x->broken = true;
        end_program(x, 0);
        return cb_fail(err, CB_EXTERNAL, "the extractor's answer to document %zu is longer than %zu bytes",
                       x->asked, ANSWER_MAX);
    }
    ssize_t got = read(x->from, room, READ_SIZE);
    if (got > 0)
        x->answer.len += (size_t)got;
    x->answer.data[x->answer.len] = '\0';
    *end = got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR);
    return CB_OK;
}

/* Sends the request and reads until the answer's LF has come; *line_len is the line without it. */
static enum cb_code talk(struct cb_outside_extractor *x, size_t *line_len, struct cb_err *err)
{
    long long deadline = now_ms() + (long long)x->seconds * 1000;
    size_t sent = 0, looked = 0;
    bool deaf = false; /* it closed its input: the answer may still come */
    for (;;) {
        const char *lf =
            x->answer.len > looked ? memchr(x->answer.data + looked, '\n', x->answer.len - looked) : NULL;
        if (lf != NULL) {
            *line_len = (size_t)(lf - x->answer.data);
            return CB_OK;
        }
        looked = x->answer.len;
        long long left = deadline - now_ms();
        if (left <= 0)
            return too_slow(x, err);
        bool sending = sent < x->request.len && !deaf;
        struct pollfd ends[2] = {{.fd = x->from, .events = POLLIN},
                                 {.fd = sending ? x->to : -1, .events = POLLOUT}};
        int ready = poll(ends, 2, left > 1000 ? 1000 : (int)left);
        if (ready < 0 && errno != EINTR)
            return cb_fail(err, CB_EXTERNAL, "cannot wait for the extractor: %s", strerror(errno));
        if (ready <= 0)
            continue;
        if (ends[1].revents != 0) {
            ssize_t wrote = write_quietly(x->to, x->request.data + sent, x->request.len - sent);
            if (wrote > 0)
                sent += (size_t)wrote;
            deaf = wrote < 0 && errno != EAGAIN && errno != EINTR;
        }
        if (ends[0].revents != 0) {
            bool end = false;
            enum cb_code code = read_some(x, &end, err);
            if (code != CB_OK)
                return code;
            if (end && x->answer.len == looked)
                return ended(x, err);
        }
    }
}

enum cb_code cb_outside_extract(struct cb_outside_extractor *x, const struct cb_input_document *document,
                                struct cb_arena *arena, const struct cb_extraction **out, struct cb_err *err)
{
    if (x->broken)
        return cb_fail(err, CB_EXTERNAL, "the extractor is gone");
    cb_buffer_clear(&x->request);
    enum cb_code code = cb_document_json_write(document, ++x->asked, &x->request, err);
    if (code != CB_OK)
        return code;
    size_t len = 0;
    code = talk(x, &len, err);
    if (code != CB_OK)
        return code;
    code = cb_extraction_json_read(x->answer.data, len, document->text, document->text_len, arena, out, err);
    if (code != CB_OK)
        cb_prefix(err, "the extractor's answer to document %zu", x->asked);
    memmove(x->answer.data, x->answer.data + len + 1, x->answer.len - len - 1);
    x->answer.len -= len + 1;
    x->answer.data[x->answer.len] = '\0';
    return code;
}
