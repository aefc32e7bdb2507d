/* claimbase mark --batch: a verdict a row, each row all or nothing. */
#include "cli/mark.h"
#include "importer/csv.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum column { CLAIM, STATUS, BY, NOTE, EVIDENCE, CREDIBILITY, EXPECTED, COLUMN_COUNT };

static const char *const column_names[COLUMN_COUNT] = {"claim",    "status",      "by",      "note",
                                                       "evidence", "credibility", "expected"};

struct batch {
    struct cb_cli *cli;
    const struct cb_mark *defaults;
    const char *path;
    size_t places[COLUMN_COUNT]; /* SIZE_MAX: the file has no such column */
    bool has_header;
    int64_t marked, refused;
};

static enum cb_code read_header(struct batch *batch, const struct cb_csv_row *row, struct cb_err *err)
{
    for (size_t c = 0; c < COLUMN_COUNT; c++)
        batch->places[c] = SIZE_MAX;
    for (size_t i = 0; i < row->count; i++) {
        size_t c = 0;
        while (c < COLUMN_COUNT && strcmp(column_names[c], row->fields[i].text) != 0)
            c++;
        if (c == COLUMN_COUNT) {
            (void)cb_fail(err, CB_INPUT, "%s: the first line names a column '%s' that is not known",
                          batch->path, row->fields[i].text);
            cb_hint(err, "columns are claim, status, by, note, evidence, credibility, expected");
            return CB_INPUT;
        }
        batch->places[c] = i;
    }
    if (batch->places[CLAIM] == SIZE_MAX || batch->places[STATUS] == SIZE_MAX)
        return cb_fail(err, CB_INPUT, "%s: the first line must name the columns claim and status",
                       batch->path);
    batch->has_header = true;
    return CB_OK;
}

/* NULL when the row has nothing there. */
static const char *field(const struct batch *batch, const struct cb_csv_row *row, enum column column)
{
    size_t place = batch->places[column];
    if (place >= row->count || row->fields[place].len == 0)
        return NULL;
    return row->fields[place].text;
}

/* Splits "a; b" and lines, in place; *items points into `text`. */
static enum cb_code split_evidence(char *text, const char **items, size_t *count, struct cb_err *err)
{
    *count = 0;
    while (*text != '\0') {
        char *end = text;
        while (*end != '\0' && *end != '\n' && !(end[0] == ';' && end[1] == ' '))
            end++;
        char *next = *end == ';' ? end + 2 : end + (*end != '\0');
        *end = '\0';
        while (*text == ' ' || *text == '\r')
            text++;
        size_t len = strlen(text);
        while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\r'))
            text[--len] = '\0';
        if (*count == CB_EVIDENCE_ITEMS_MAX)
            return cb_fail(err, CB_LIMIT, "more than %d pieces of evidence", (int)CB_EVIDENCE_ITEMS_MAX);
        if (len > 0)
            items[(*count)++] = text;
        text = next;
    }
    return CB_OK;
}

static enum cb_code mark_with(struct batch *batch, const struct cb_csv_row *row, char *evidence,
                              const char **items, struct cb_err *err)
{
    struct cb_mark mark = *batch->defaults;
    struct cb_rows *event = NULL;
    const char *digit = field(batch, row, CREDIBILITY);
    mark.claim = field(batch, row, CLAIM);
    mark.status = field(batch, row, STATUS);
    if (mark.claim == NULL || mark.status == NULL)
        return cb_fail(err, CB_INPUT, "the row names no claim or no status");
    if (digit != NULL && (digit[0] < '1' || digit[0] > '6' || digit[1] != '\0'))
        return cb_fail(err, CB_INPUT, "the credibility is '%s', not 1 to 6", digit);
    mark.credibility = digit != NULL ? digit[0] - '0' : mark.credibility;
    mark.by = field(batch, row, BY) != NULL ? field(batch, row, BY) : mark.by;
    mark.note = field(batch, row, NOTE) != NULL ? field(batch, row, NOTE) : mark.note;
    mark.expected = field(batch, row, EXPECTED) != NULL ? field(batch, row, EXPECTED) : mark.expected;
    if (evidence != NULL) {
        mark.evidence.items = items;
        enum cb_code code = split_evidence(evidence, items, &mark.evidence.count, err);
        if (code != CB_OK)
            return code;
    }
    enum cb_code code = cb_mark_claim(batch->cli->db, &mark, &event, err);
    if (code == CB_OK)
        (void)fprintf(batch->cli->out, "%s  %s → %s  by %s\n", cb_rows_text(event, 0, 0),
                      cb_rows_text(event, 0, 1), cb_rows_text(event, 0, 2), cb_rows_text(event, 0, 5));
    cb_rows_free(event);
    return code;
}

/* What ends the batch, not only the row. */
static bool is_final(enum cb_code code, const struct cb_err *err)
{
    return code == CB_NO_MEMORY || code == CB_SCHEMA ||
           (code == CB_DATABASE && strncmp(err->sqlstate, "08", 2) == 0) ||
           (code == CB_DATABASE && strncmp(err->sqlstate, "57", 2) == 0);
}

static enum cb_code take_row(void *context, const struct cb_csv_row *row, struct cb_err *err)
{
    struct batch *batch = context;
    if (cb_stop_requested())
        return cb_fail(err, CB_INTERRUPTED, "stopped before line %lld", (long long)row->line);
    if (row->problem == NULL && !batch->has_header)
        return read_header(batch, row, err);
    struct cb_err local = {0};
    enum cb_code code = CB_OK;
    if (row->problem != NULL) {
        code = cb_fail(&local, CB_INPUT, "%s", row->problem);
    } else {
        const char *given = field(batch, row, EVIDENCE);
        char *evidence = given != NULL ? strdup(given) : NULL;
        const char **items = given != NULL ? calloc(CB_EVIDENCE_ITEMS_MAX, sizeof *items) : NULL;
        code = given != NULL && (evidence == NULL || items == NULL)
                   ? cb_no_memory(&local)
                   : mark_with(batch, row, evidence, items, &local);
        free(items);
        free(evidence);
    }
    if (code == CB_OK) {
        batch->marked++;
        return CB_OK;
    }
    cb_prefix(&local, "%s:%lld", batch->path, (long long)row->line);
    if (is_final(code, &local)) {
        *err = local;
        return code;
    }
    batch->refused++;
    cb_print_error(batch->cli, &local);
    return CB_OK;
}

enum cb_code cb_mark_batch(struct cb_cli *cli, const char *path, const struct cb_mark *defaults,
                           struct cb_err *err)
{
    bool standard = strcmp(path, "-") == 0;
    struct cb_stream_file file = {.fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)};
    if (file.fd < 0)
        return cb_fail(err, CB_INPUT, "can't open '%s': %s", path, strerror(errno));
    struct cb_stream *stream = malloc(sizeof *stream);
    struct batch batch = {.cli = cli, .defaults = defaults, .path = standard ? "standard input" : path};
    enum cb_code code = CB_NO_MEMORY;
    if (stream == NULL) {
        (void)cb_no_memory(err);
        goto done;
    }
    cb_stream_init(stream, cb_stream_fill_file, &file);
    cb_catch_stop_signals();
    code = cb_csv_read(stream, &(struct cb_csv_options){0}, take_row, &batch, err);
    if (code == CB_OK && !batch.has_header)
        code = cb_fail(err, CB_INPUT, "%s: there is no first line that names the columns", batch.path);
    cb_message(cli, "%lld marked, %lld refused", (long long)batch.marked, (long long)batch.refused);
    if (code == CB_OK && batch.refused > 0)
        code = cb_fail(err, CB_REJECTED, "%lld rows were refused", (long long)batch.refused);
done:
    free(stream);
    if (!standard)
        (void)close(file.fd);
    return code;
}
