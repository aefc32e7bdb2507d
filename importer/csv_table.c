#include "importer/csv_table.h"

#include "importer/csv.h"
#include "importer/reader.h"
#include "text/unicode.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { NOT_THERE = -1, VALUES_MAX = 256 * 1024 * 1024, NAME_MAX_LEN = 64 };

struct state {
    const char *path;
    const struct cb_csv_table *table;
    int at[CB_CSV_COLUMNS_MAX]; /* index of the field, or NOT_THERE */
    bool has_header;
    size_t fields; /* of the header */
    struct cb_buffer values;
};

static char plain(char c)
{
    return c == '-' || c == ' ' ? '_' : (char)tolower((unsigned char)c);
}

static bool is_name(const char *name, size_t len, const struct cb_csv_field *field)
{
    const char *text = field->text, *end = field->text + field->len;
    while (text < end && isspace((unsigned char)*text))
        text++;
    while (end > text && isspace((unsigned char)end[-1]))
        end--;
    if ((size_t)(end - text) != len)
        return false;
    for (size_t i = 0; i < len; i++)
        if (plain(text[i]) != plain(name[i]))
            return false;
    return true;
}

/* Is the field's text one of "external_id|id"? */
static bool is_one_of(const char *names, const struct cb_csv_field *field)
{
    for (const char *at = names; *at != '\0';) {
        size_t len = strcspn(at, "|");
        if (is_name(at, len, field))
            return true;
        at += len + (at[len] == '|');
    }
    return false;
}

static int name_len(const struct cb_csv_column *column)
{
    return (int)strcspn(column->names, "|");
}

static enum cb_code lacks_column(const struct state *state, const struct cb_csv_column *column,
                                 const struct cb_csv_row *row, struct cb_err *err)
{
    struct cb_buffer has;
    cb_buffer_init(&has, 256);
    for (size_t i = 0; i < row->count && !has.failed; i++)
        cb_buffer_printf(&has, "%s%.60s", i > 0 ? ", " : "", row->fields[i].text);
    enum cb_code code =
        cb_fail(err, CB_INPUT, "'%s' has no column '%.*s'", state->path, name_len(column), column->names);
    cb_hint(err, "the first row must name the columns; it has: %s", cb_buffer_text(&has));
    cb_buffer_release(&has);
    return code;
}

/* A mistyped column is passed over like any that is not ours: its name is told. */
static void tell_unknown(const struct state *state, const struct cb_csv_row *row)
{
    const struct cb_csv_table *table = state->table;
    for (size_t i = 0; table->unknown != NULL && i < row->count; i++) {
        bool known = row->fields[i].len == 0;
        for (size_t c = 0; c < table->column_count && !known; c++)
            known = state->at[c] == (int)i;
        if (!known)
            cb_buffer_printf(table->unknown, "%s%.60s", table->unknown->len > 0 ? ", " : "",
                             row->fields[i].text);
    }
}

static enum cb_code read_header(struct state *state, const struct cb_csv_row *row, struct cb_err *err)
{
    const struct cb_csv_table *table = state->table;
    if (row->problem != NULL)
        return cb_fail(err, CB_INPUT, "'%s', line %lld: the header row has %s", state->path,
                       (long long)row->line, row->problem);
    for (size_t c = 0; c < table->column_count; c++) {
        const struct cb_csv_column *column = &table->columns[c];
        state->at[c] = NOT_THERE;
        for (size_t i = 0; i < row->count; i++) {
            if (!is_one_of(column->names, &row->fields[i]))
                continue;
            if (state->at[c] != NOT_THERE)
                return cb_fail(err, CB_INPUT, "'%s' has the column '%.*s' twice", state->path,
                               name_len(column), column->names);
            state->at[c] = (int)i;
        }
        if (column->required && state->at[c] == NOT_THERE)
            return lacks_column(state, column, row, err);
    }
    tell_unknown(state, row);
    state->fields = row->count;
    state->has_header = true;
    return CB_OK;
}

static enum cb_code reject(const struct state *state, const struct cb_csv_row *row, const char *reason,
                           struct cb_err *err)
{
    const struct cb_input_reject what = {
        .path = state->path,
        .line = row->line,
        .reason = reason,
        .content = row->raw,
        .content_len = row->raw_len < CB_REJECT_CONTENT ? row->raw_len : CB_REJECT_CONTENT,
    };
    return state->table->reject(state->table->context, &what, err);
}

/* Appends the value with LF line ends and a NUL behind it; its offset is in *at, or NOT_THERE when it is
 * empty. */
static enum cb_code take_value(struct state *state, const struct cb_csv_field *field, bool verbatim,
                               ptrdiff_t *at, struct cb_err *err)
{
    struct cb_buffer *values = &state->values;
    size_t start = values->len;
    enum cb_code code = cb_utf8_clean(field->text, field->len, values, err);
    size_t first = start, end = values->len;
    const char *bytes = cb_buffer_text(values);
    while (first < end && isspace((unsigned char)bytes[first]))
        first++;
    while (end > first && isspace((unsigned char)bytes[end - 1]))
        end--;
    *at = first == end ? NOT_THERE : (ptrdiff_t)(verbatim ? start : first);
    if (!verbatim && code == CB_OK)
        values->len = end;
    cb_buffer_add_char(values, '\0');
    return code == CB_OK ? cb_buffer_status(values, "a row", err) : code;
}

/* Why the row can't be taken, or NULL; the values' offsets are in `at`. */
static enum cb_code take_values(struct state *state, const struct cb_csv_row *row,
                                ptrdiff_t at[CB_CSV_COLUMNS_MAX], char reason[160], struct cb_err *err)
{
    const struct cb_csv_table *table = state->table;
    enum cb_code code = CB_OK;
    reason[0] = '\0';
    cb_buffer_clear(&state->values);
    if (row->count != state->fields) {
        (void)snprintf(reason, 160, "%zu fields instead of %zu", row->count, state->fields);
        return CB_OK;
    }
    for (size_t c = 0; c < table->column_count && code == CB_OK && reason[0] == '\0'; c++) {
        const struct cb_csv_column *column = &table->columns[c];
        at[c] = NOT_THERE;
        if (state->at[c] != NOT_THERE)
            code = take_value(state, &row->fields[state->at[c]], column->verbatim, &at[c], err);
        if (column->required && at[c] == NOT_THERE)
            (void)snprintf(reason, 160, "%.*s is empty", name_len(column), column->names);
    }
    return code;
}

static enum cb_code take_row(void *context, const struct cb_csv_row *row, struct cb_err *err)
{
    struct state *state = context;
    ptrdiff_t at[CB_CSV_COLUMNS_MAX] = {0};
    char reason[160];
    if (!state->has_header)
        return read_header(state, row, err);
    if (row->problem != NULL)
        return reject(state, row, row->problem, err);
    enum cb_code code = take_values(state, row, at, reason, err);
    if (code != CB_OK)
        return code;
    if (reason[0] != '\0')
        return reject(state, row, reason, err);
    const char *values[CB_CSV_COLUMNS_MAX];
    for (size_t c = 0; c < state->table->column_count; c++)
        values[c] = at[c] != NOT_THERE ? cb_buffer_text(&state->values) + at[c] : NULL;
    const struct cb_csv_record record = {.path = state->path,
                                         .line = row->line,
                                         .values = values,
                                         .raw = row->raw,
                                         .raw_len = row->raw_len < CB_REJECT_CONTENT ? row->raw_len
                                                                                     : CB_REJECT_CONTENT};
    return state->table->record(state->table->context, &record, err);
}

static enum cb_code read_descriptor(int fd, const char *path, const struct cb_csv_table *table,
                                    struct cb_err *err)
{
    struct cb_stream_file file = {.fd = fd, .counter = table->bytes_read};
    struct cb_stream stream;
    const struct cb_csv_options options = {0};
    struct state state = {.path = path, .table = table};
    cb_buffer_init(&state.values, VALUES_MAX);
    cb_stream_init(&stream, cb_stream_fill_file, &file);
    enum cb_code code = cb_csv_read(&stream, &options, take_row, &state, err);
    if (code == CB_OK && !state.has_header)
        code = cb_fail(err, CB_INPUT, "'%s' is empty: there is no header row", path);
    cb_buffer_release(&state.values);
    return code;
}

enum cb_code cb_csv_table_read(const char *path, const struct cb_csv_table *table, struct cb_err *err)
{
    if (strcmp(path, "-") == 0)
        return read_descriptor(STDIN_FILENO, path, table, err);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 && errno == EINTR) /* a named pipe that nobody writes to */
        return cb_fail(err, CB_INTERRUPTED, "stopped while it waited for '%s'", path);
    if (fd < 0)
        return cb_fail(err, CB_INPUT, "could not open '%s': %s", path, strerror(errno));
    enum cb_code code = read_descriptor(fd, path, table, err);
    (void)close(fd);
    if (code != CB_OK && err != NULL && strncmp(err->message, "could not be read", 17) == 0)
        cb_prefix(err, "'%s'", path);
    return code;
}
