/* A table for people, drawn by libsmartcols. On a terminal the columns are made to fit: texts are broken
 * between words, and when there are too many columns for that, each row is printed as a block of lines. */
#include "base/arena.h"
#include "base/array.h"
#include "report/shown.h"
#include "report/sink_kind.h"
#include "report/width.h"

#include <libsmartcols.h>
#include <stdlib.h>
#include <string.h>

enum {
    MEMORY_MAX = 1 << 30,
    NARROW = 12,       /* no column is made narrower than this, unless its content is, */
    WORD_MAX = 28,     /* nor so narrow that a word, or the ids of a match, would be broken */
    WIDTH_MAX = 20000, /* of a table that goes to no terminal: libsmartcols' buffers grow with it */
};

struct table {
    struct cb_arena arena;
    char **texts; /* row by row */
    size_t count, capacity;
    size_t *natural; /* width of each column when nothing is broken */
    size_t *least;   /* what none is made narrower than */
    size_t *widths;  /* as drawn */
};

static void release(struct cb_sink *sink)
{
    struct table *table = sink->state;
    cb_arena_release(&table->arena);
    free(table->texts);
    free(table->natural);
    free(table->least);
    free(table->widths);
    free(table);
}

static enum cb_code begin(struct cb_sink *sink, struct cb_err *err)
{
    struct table *table = calloc(1, sizeof *table);
    if (table == NULL)
        return cb_no_memory(err);
    sink->state = table;
    cb_arena_init(&table->arena, MEMORY_MAX);
    table->natural = calloc(sink->column_count + 1, sizeof *table->natural);
    table->least = calloc(sink->column_count + 1, sizeof *table->least);
    table->widths = calloc(sink->column_count + 1, sizeof *table->widths);
    return table->natural == NULL || table->least == NULL || table->widths == NULL ? cb_no_memory(err)
                                                                                   : CB_OK;
}

static char *shown(struct table *table, const struct cb_column *column, const struct cb_cell *cell)
{
    struct cb_buffer text;
    cb_buffer_init(&text, MEMORY_MAX);
    cb_show_cell(column, cell, &text);
    char *copy = text.failed ? NULL : cb_arena_copy(&table->arena, cb_buffer_text(&text), text.len);
    cb_buffer_release(&text);
    return copy;
}

static enum cb_code row(struct cb_sink *sink, const struct cb_cell *cells, struct cb_err *err)
{
    struct table *table = sink->state;
    if (sink->rows > CB_TABLE_ROWS_MAX) {
        (void)cb_fail(err, CB_LIMIT, "the result has more than %d rows, too many for a table",
                      (int)CB_TABLE_ROWS_MAX);
        cb_hint(err, "use --format csv or json, or LIMIT");
        return CB_LIMIT;
    }
    void *items = table->texts;
    enum cb_code code = cb_array_reserve(&items, &table->capacity, table->count + sink->column_count,
                                         sizeof *table->texts, SIZE_MAX / sizeof *table->texts, "cells", err);
    if (code != CB_OK)
        return code;
    table->texts = items;
    for (size_t i = 0; i < sink->column_count; i++) {
        char *text = shown(table, &sink->columns[i], &cells[i]);
        if (text == NULL)
            return cb_fail(err, CB_LIMIT, "the table is larger than %d MB", MEMORY_MAX >> 20);
        table->texts[table->count++] = text;
    }
    return CB_OK;
}

/* Columns of the longest word that need not be broken. */
static size_t word_width(const char *text)
{
    size_t longest = 0;
    while (*text != '\0') {
        size_t len = strcspn(text, " \n"), width = cb_text_width(text, len);
        if (width > longest && width <= WORD_MAX)
            longest = width;
        text += len + strspn(text + len, " \n");
    }
    return longest;
}

static void measure(struct cb_sink *sink)
{
    struct table *table = sink->state;
    for (size_t i = 0; i < sink->column_count; i++) {
        table->natural[i] = cb_text_width(sink->columns[i].name, strlen(sink->columns[i].name));
        table->least[i] = NARROW;
    }
    for (size_t i = 0; i < table->count; i++) {
        size_t column = i % sink->column_count;
        size_t width = cb_text_width(table->texts[i], strlen(table->texts[i]));
        if (width > table->natural[column])
            table->natural[column] = width;
        size_t word = word_width(table->texts[i]);
        if (word > table->least[column])
            table->least[column] = word;
    }
    memcpy(table->widths, table->natural, sink->column_count * sizeof *table->widths);
}

static size_t row_width(const struct cb_sink *sink)
{
    const struct table *table = sink->state;
    size_t total = sink->column_count > 0 ? 2 * (sink->column_count - 1) : 0;
    for (size_t i = 0; i < sink->column_count; i++)
        total += table->widths[i];
    return total;
}

/* The widest column that can still give; column_count when none can. A long one is left out where it has no
 * more than `keep`. */
static size_t widest_column(const struct cb_sink *sink, const size_t *widths, const bool *is_long,
                            size_t keep)
{
    const struct table *table = sink->state;
    size_t widest = sink->column_count;
    for (size_t i = 0; i < sink->column_count; i++)
        if (widths[i] > table->least[i] && !(is_long[i] && widths[i] <= keep) &&
            (widest == sink->column_count || widths[i] > widths[widest]))
            widest = i;
    return widest;
}

/* The columns with texts: the one that has most to say, and what does not fit into half of the room either.
 * Returns how many there are. */
static size_t find_long(const struct cb_sink *sink, size_t room, bool *is_long)
{
    const struct table *table = sink->state;
    size_t count = 0, most = 0;
    for (size_t i = 0; i < sink->column_count; i++)
        most = table->natural[i] > table->natural[most] ? i : most;
    for (size_t i = 0; i < sink->column_count; i++) {
        is_long[i] = i == most || table->natural[i] > room / 2;
        count += is_long[i];
    }
    return count;
}

/* Takes from the widest columns until the row fits, but leaves half of the room to a long text (two thirds to
 * several), as long as the others can still give. False when it can't be done. */
static bool fit(struct cb_sink *sink)
{
    struct table *table = sink->state;
    bool is_long[CB_SINK_COLUMNS_MAX];
    size_t total = row_width(sink);
    size_t room = sink->options.terminal ? sink->options.width : WIDTH_MAX;
    size_t texts = find_long(sink, room, is_long);
    size_t keep = texts > 1 ? 2 * room / (3 * texts) : room / 2;
    while (total > room) {
        size_t from = widest_column(sink, table->widths, is_long, keep);
        if (from == sink->column_count)
            from = widest_column(sink, table->widths, is_long, 0);
        if (from == sink->column_count)
            return false;
        table->widths[from]--;
        total--;
    }
    return true;
}

static bool add_columns(struct cb_sink *sink, struct libscols_table *drawn)
{
    const struct table *table = sink->state;
    for (size_t i = 0; i < sink->column_count; i++) {
        int flags = sink->columns[i].type == CB_TYPE_NUMBER ? SCOLS_FL_RIGHT : SCOLS_FL_WRAP;
        struct libscols_column *column =
            scols_table_new_column(drawn, sink->columns[i].name, (double)table->widths[i], flags);
        if (column == NULL)
            return false;
        if (flags == SCOLS_FL_WRAP &&
            (scols_column_set_wrapfunc(column, scols_wrapnl_chunksize, scols_wrapnl_nextchunk, NULL) != 0 ||
             scols_column_set_safechars(column, "\n") != 0))
            return false;
        if (sink->options.color)
            (void)scols_cell_set_color(scols_column_get_header(column), "\033[1m");
    }
    return true;
}

static bool add_lines(struct cb_sink *sink, struct libscols_table *drawn)
{
    const struct table *table = sink->state;
    bool fine = true;
    for (size_t i = 0; i < table->count && fine; i += sink->column_count) {
        struct libscols_line *line = scols_table_new_line(drawn, NULL);
        fine = line != NULL;
        for (size_t c = 0; c < sink->column_count && fine; c++) {
            struct cb_buffer wrapped;
            cb_buffer_init(&wrapped, MEMORY_MAX);
            const char *text = table->texts[i + c];
            cb_text_wrap(text, strlen(text), table->widths[c], &wrapped);
            fine = !wrapped.failed && scols_line_set_data(line, c, cb_buffer_text(&wrapped)) == 0;
            cb_buffer_release(&wrapped);
        }
    }
    return fine;
}

/* The last column is printed without the blanks that would fill it. */
static enum cb_code draw(struct cb_sink *sink, struct cb_err *err)
{
    struct libscols_table *drawn = scols_new_table();
    if (drawn == NULL)
        return cb_no_memory(err);
    (void)scols_table_set_stream(drawn, sink->options.out);
    (void)scols_table_set_termforce(drawn, SCOLS_TERMFORCE_ALWAYS);
    (void)scols_table_set_termwidth(drawn,
                                    sink->options.terminal ? sink->options.width : row_width(sink) + 1);
    (void)scols_table_set_column_separator(drawn, "  ");
    (void)scols_table_enable_colors(drawn, sink->options.color);
    bool fine = add_columns(sink, drawn) && add_lines(sink, drawn) && scols_print_table(drawn) == 0;
    scols_unref_table(drawn);
    return fine ? CB_OK : cb_no_memory(err);
}

/* A value in a block: its lines under each other; control characters never reach the terminal. */
static void put_value(FILE *out, const char *text, size_t indent)
{
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '\n')
            (void)fprintf(out, "\n%*s", (int)indent, "");
        else if (c < 0x20 || c == 0x7f)
            (void)fprintf(out, "\\x%02x", c);
        else
            (void)fputc(c, out);
    }
    (void)fputc('\n', out);
}

static enum cb_code draw_blocks(struct cb_sink *sink, struct cb_err *err)
{
    const struct table *table = sink->state;
    FILE *out = sink->options.out;
    size_t name_width = 0;
    for (size_t i = 0; i < sink->column_count; i++) {
        size_t width = cb_text_width(sink->columns[i].name, strlen(sink->columns[i].name));
        name_width = width > name_width ? width : name_width;
    }
    size_t width = sink->options.terminal ? sink->options.width : WIDTH_MAX;
    size_t room = width > name_width + NARROW ? width - name_width - 2 : NARROW;
    for (size_t i = 0; i < table->count; i++) {
        size_t column = i % sink->column_count;
        const char *name = sink->columns[column].name;
        if (column == 0 && i > 0)
            (void)fputc('\n', out);
        if (table->texts[i][0] == '\0')
            continue;
        struct cb_buffer wrapped;
        cb_buffer_init(&wrapped, MEMORY_MAX);
        cb_text_wrap(table->texts[i], strlen(table->texts[i]), room, &wrapped);
        enum cb_code code = cb_buffer_status(&wrapped, "a cell", err);
        (void)fprintf(out, "%s%s%s%*s", sink->options.color ? "\033[1m" : "", name,
                      sink->options.color ? "\033[0m" : "",
                      (int)(name_width - cb_text_width(name, strlen(name)) + 2), "");
        put_value(out, cb_buffer_text(&wrapped), name_width + 2);
        cb_buffer_release(&wrapped);
        if (code != CB_OK)
            return code;
    }
    return CB_OK;
}

static enum cb_code end(struct cb_sink *sink, struct cb_err *err)
{
    if (sink->column_count == 0)
        return CB_OK;
    struct cb_utf8_mode mode;
    cb_utf8_enter(&mode);
    measure(sink);
    enum cb_code code = !sink->options.block && fit(sink) ? draw(sink, err) : draw_blocks(sink, err);
    cb_utf8_leave(&mode);
    return code;
}

const struct cb_sink_kind cb_sink_table = {begin, row, end, release};
