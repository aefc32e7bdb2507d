#include "base/text_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK ((size_t)64 * 1024)

static enum cb_code read_all(int fd, const char *path, struct cb_buffer *out, struct cb_err *err)
{
    for (;;) {
        /* at the limit, one byte more still tells "longer" from "just as long" */
        size_t left = out->max - out->len;
        size_t want = left < CHUNK ? left : CHUNK;
        char spare;
        char *to = want == 0 ? &spare : cb_buffer_room(out, want);
        if (to == NULL)
            return cb_no_memory(err);
        ssize_t got = read(fd, to, want == 0 ? 1 : want);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return cb_fail(err, CB_INPUT, "could not read '%s': %s", path, strerror(errno));
        if (got == 0)
            break;
        if (want == 0)
            return cb_fail(err, CB_LIMIT, "'%s' is larger than %zu bytes", path, out->max);
        out->len += (size_t)got;
    }
    cb_buffer_add(out, "", 0); /* the NUL behind */
    return cb_buffer_status(out, path, err);
}

enum cb_code cb_read_file(const char *path, struct cb_buffer *out, struct cb_err *err)
{
    if (strcmp(path, "-") == 0)
        return read_all(STDIN_FILENO, "standard input", out, err);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return cb_fail(err, CB_INPUT, "could not open '%s': %s", path, strerror(errno));
    struct stat about;
    enum cb_code code;
    if (fstat(fd, &about) == 0 && S_ISDIR(about.st_mode))
        code = cb_fail(err, CB_INPUT, "'%s' is a folder", path);
    else
        code = read_all(fd, path, out, err);
    (void)close(fd);
    return code;
}
