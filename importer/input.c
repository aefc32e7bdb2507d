#include "importer/input.h"

#include "importer/fetch.h"
#include "importer/reader.h"
#include "text/span.h"
#include "text/unicode.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* In the order in which they are asked; plain text takes what nobody else does. */
static const struct cb_reader *const readers[] = {
    /* clang-format off */
    &cb_reader_gzip,
    &cb_reader_warc,
    &cb_reader_json_lines,
    &cb_reader_foreign,
    &cb_reader_html,
    &cb_reader_markdown,
    &cb_reader_text,
    /* clang-format on */
};

bool cb_has_words(const char *text, size_t len)
{
    for (size_t at = 0; at < len;) {
        uint32_t c;
        at = cb_utf8_next(text, len, at, &c);
        if (!cb_is_space(c) && c >= 0x20)
            return true;
    }
    return false;
}

enum cb_code cb_intake_document(struct cb_intake *intake, const struct cb_input_document *document,
                                struct cb_err *err)
{
    if (!cb_has_words(document->text, document->text_len))
        return cb_fail(err, CB_INPUT, "holds no text");
    enum cb_code code = intake->options->document(intake->options->context, document, err);
    intake->stopped = code != CB_OK;
    return code;
}

enum cb_code cb_intake_reject(struct cb_intake *intake, const struct cb_input_reject *reject,
                              struct cb_err *err)
{
    struct cb_input_reject cut = *reject;
    if (cut.content_len > CB_REJECT_CONTENT)
        cut.content_len = CB_REJECT_CONTENT;
    enum cb_code code = intake->options->reject(intake->options->context, &cut, err);
    intake->stopped = code != CB_OK;
    return code;
}

bool cb_intake_may_go_on(const struct cb_intake *intake, enum cb_code code)
{
    return !intake->stopped && (code == CB_INPUT || code == CB_LIMIT);
}

static const struct cb_reader *reader_for(const struct cb_entry *entry, const char *bytes, size_t len)
{
    size_t last = sizeof readers / sizeof *readers - 1;
    for (size_t i = 0; i < last; i++)
        if (readers[i]->sniff(entry, bytes, len))
            return readers[i];
    return readers[last];
}

static enum cb_code read_stream(struct cb_intake *intake, const struct cb_entry *entry,
                                struct cb_stream *stream, struct cb_err *err)
{
    const char *bytes;
    size_t len;
    if (intake->depth > CB_CONTAINER_DEPTH)
        return cb_fail(err, CB_LIMIT, "packed more than %d times", CB_CONTAINER_DEPTH);
    enum cb_code code = cb_stream_peek(stream, CB_SNIFF_MAX, &bytes, &len, err);
    if (code != CB_OK)
        return code;
    intake->depth++;
    code = reader_for(entry, bytes, len)->read(intake, entry, stream, err);
    intake->depth--;
    return code;
}

enum cb_code cb_read_entry(struct cb_intake *intake, const struct cb_entry *entry, struct cb_stream *stream,
                           struct cb_err *err)
{
    struct cb_err why = {0};
    enum cb_code code = read_stream(intake, entry, stream, &why);
    if (code == CB_OK || !cb_intake_may_go_on(intake, code)) {
        if (code != CB_OK && err != NULL)
            *err = why;
        return code;
    }
    const struct cb_input_reject reject = {.path = entry->path, .line = entry->line, .reason = why.message};
    return cb_intake_reject(intake, &reject, err);
}

static enum cb_code reject_path(struct cb_intake *intake, const char *path, const char *reason,
                                struct cb_err *err)
{
    const struct cb_input_reject reject = {.path = path, .reason = reason};
    return cb_intake_reject(intake, &reject, err);
}

static enum cb_code read_descriptor(struct cb_intake *intake, const char *path, int fd, struct cb_err *err)
{
    struct cb_stream_file file = {.fd = fd, .counter = intake->options->bytes_read};
    struct cb_stream stream;
    cb_stream_init(&stream, cb_stream_fill_file, &file);
    const struct cb_entry entry = {.path = path};
    return cb_read_entry(intake, &entry, &stream, err);
}

enum cb_code cb_read_path(struct cb_intake *intake, const char *path, struct cb_err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 && errno == EINTR) /* a named pipe that nobody writes to */
        return cb_fail(err, CB_INTERRUPTED, "stopped while it waited for '%s'", path);
    if (fd < 0)
        return reject_path(intake, path, strerror(errno), err);
    enum cb_code code = read_descriptor(intake, path, fd, err);
    (void)close(fd);
    return code;
}

static bool is_address(const char *path)
{
    return strncmp(path, "http://", 7) == 0 || strncmp(path, "https://", 8) == 0;
}

enum cb_code cb_input_read(const char *path, const struct cb_input_options *options, struct cb_err *err)
{
    struct cb_intake intake = {
        .options = options,
        .document_max = options->document_max > 0 && options->document_max < CB_TEXT_MAX
                            ? options->document_max
                            : CB_TEXT_MAX,
    };
    struct stat about;
    if (strcmp(path, "-") == 0)
        return read_descriptor(&intake, path, STDIN_FILENO, err);
    if (is_address(path))
        return cb_fetch(&intake, path, err);
    if (stat(path, &about) != 0)
        return reject_path(&intake, path, strerror(errno), err);
    return S_ISDIR(about.st_mode) ? cb_read_folder(&intake, path, err) : cb_read_path(&intake, path, err);
}
