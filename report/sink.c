#include "report/sink_kind.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum cb_format cb_format_named(const char *name)
{
    static const char *const names[] = {"table", "csv", "json", "html"};
    for (size_t i = 0; name != NULL && i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return (enum cb_format)i;
    return CB_FORMAT_TABLE;
}

enum cb_code cb_sink_new(const struct cb_sink_options *options, struct cb_sink **out, struct cb_err *err)
{
    static const struct cb_sink_kind *const kinds[] = {
        [CB_FORMAT_TABLE] = &cb_sink_table,
        [CB_FORMAT_CSV] = &cb_sink_csv,
        [CB_FORMAT_JSON] = &cb_sink_json,
        [CB_FORMAT_HTML] = &cb_sink_html,
    };
    struct cb_sink *sink = calloc(1, sizeof *sink);
    *out = sink;
    if (sink == NULL)
        return cb_no_memory(err);
    sink->kind = kinds[options->format];
    sink->options = *options;
    if (sink->options.width == 0)
        sink->options.width = 80;
    return CB_OK;
}

void cb_sink_free(struct cb_sink *sink)
{
    if (sink == NULL)
        return;
    if (sink->state != NULL)
        sink->kind->release(sink);
    for (size_t i = 0; sink->names != NULL && i < sink->column_count; i++)
        free(sink->names[i]);
    free(sink->names);
    free(sink->columns);
    free(sink->cells);
    free(sink);
}

static enum cb_code copy_columns(struct cb_sink *sink, const struct cb_column *columns, size_t count,
                                 struct cb_err *err)
{
    size_t room = count > 0 ? count : 1;
    sink->columns = calloc(room, sizeof *sink->columns);
    sink->names = calloc(room, sizeof *sink->names);
    sink->cells = calloc(room, sizeof *sink->cells);
    if (sink->columns == NULL || sink->names == NULL || sink->cells == NULL)
        return cb_no_memory(err);
    sink->column_count = count;
    for (size_t i = 0; i < count; i++) {
        sink->names[i] = strdup(columns[i].name);
        if (sink->names[i] == NULL)
            return cb_no_memory(err);
        sink->columns[i] = columns[i];
        sink->columns[i].name = sink->names[i];
    }
    return CB_OK;
}

enum cb_code cb_sink_begin(struct cb_sink *sink, const struct cb_column *columns, size_t count,
                           struct cb_err *err)
{
    if (sink->columns != NULL)
        return cb_fail(err, CB_FAILED, "a result was begun twice");
    if (count > CB_SINK_COLUMNS_MAX)
        return cb_fail(err, CB_LIMIT, "a result of %zu columns", count);
    enum cb_code code = copy_columns(sink, columns, count, err);
    return code == CB_OK ? sink->kind->begin(sink, err) : code;
}

enum cb_code cb_sink_row(struct cb_sink *sink, const struct cb_cell *cells, struct cb_err *err)
{
    sink->rows++;
    return sink->kind->row(sink, cells, err);
}

enum cb_code cb_sink_end(struct cb_sink *sink, size_t *rows, struct cb_err *err)
{
    if (rows != NULL)
        *rows = sink->rows;
    enum cb_code code = sink->columns != NULL ? sink->kind->end(sink, err) : CB_OK;
    if (code == CB_OK && ferror(sink->options.out) != 0)
        code = cb_fail(err, CB_FAILED, "can't write the result: %s",
                       errno != 0 ? strerror(errno) : "write error");
    return code;
}

static enum cb_code begin_with(struct cb_sink *sink, const struct cb_rows *rows, struct cb_err *err)
{
    size_t count = cb_rows_columns(rows);
    struct cb_column *columns = calloc(count > 0 ? count : 1, sizeof *columns);
    if (columns == NULL)
        return cb_no_memory(err);
    for (size_t i = 0; i < count; i++)
        columns[i] = (struct cb_column){
            .name = cb_rows_column_name(rows, i),
            .type = cb_rows_column_type(rows, i),
            .element = cb_rows_element_type(rows, i),
        };
    enum cb_code code = cb_sink_begin(sink, columns, count, err);
    free(columns);
    return code;
}

enum cb_code cb_sink_rows(void *context, const struct cb_rows *rows, struct cb_err *err)
{
    struct cb_sink *sink = context;
    enum cb_code code = sink->columns == NULL ? begin_with(sink, rows, err) : CB_OK;
    size_t count = code == CB_OK ? cb_rows_count(rows) : 0;
    for (size_t row = 0; row < count && code == CB_OK; row++) {
        for (size_t i = 0; i < sink->column_count; i++)
            sink->cells[i] = (struct cb_cell){
                .text = cb_rows_is_null(rows, row, i) ? NULL : cb_rows_text(rows, row, i),
                .len = cb_rows_length(rows, row, i),
            };
        code = cb_sink_row(sink, sink->cells, err);
    }
    return code;
}
