/* Where a result goes: a table for people, CSV, JSON Lines, or an HTML page.
 *
 * The four have one interface: the columns, then rows, then the end. A sink writes to a FILE of the caller's
 * and never to standard output by itself; cells are borrowed until the call returns. */
#ifndef CB_REPORT_SINK_H
#define CB_REPORT_SINK_H

#include "base/error.h"
#include "db/db.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum cb_format { CB_FORMAT_TABLE, CB_FORMAT_CSV, CB_FORMAT_JSON, CB_FORMAT_HTML };

enum {
    CB_SINK_COLUMNS_MAX = 1664,     /* PostgreSQL's own limit of a result */
    CB_TABLE_ROWS_MAX = 100 * 1000, /* a table is laid out whole, so it is kept in memory */
};

struct cb_sink_options {
    FILE *out;
    enum cb_format format;
    bool terminal; /* a table fits its columns to `width`; else it is as wide as its content, with tabs kept
                      out */
    size_t width;  /* columns of the terminal; 0: 80 */
    bool color;    /* headings stand out */
    bool block;    /* a table prints each row as a block of lines, one a column */
    const char *title; /* of the HTML page, heading of a table; may be NULL */
};

struct cb_column {
    const char *name;
    enum cb_type type;
    enum cb_type element; /* of an array */
};

/* `text` is the server's text form; NULL is SQL NULL. */
struct cb_cell {
    const char *text;
    size_t len; /* bytes */
};

struct cb_sink;

CB_CHECKED enum cb_code cb_sink_new(const struct cb_sink_options *options, struct cb_sink **out,
                                    struct cb_err *err);
void cb_sink_free(struct cb_sink *sink); /* NULL is fine; prints nothing */

/* Column names are borrowed until the sink is freed. Once, before the rows. */
CB_CHECKED enum cb_code cb_sink_begin(struct cb_sink *sink, const struct cb_column *columns, size_t count,
                                      struct cb_err *err);
/* As many cells as there are columns. */
CB_CHECKED enum cb_code cb_sink_row(struct cb_sink *sink, const struct cb_cell *cells, struct cb_err *err);
/* Ends the table; *rows, which may be NULL, is how many there were. CB_FAILED when the file took not all. */
CB_CHECKED enum cb_code cb_sink_end(struct cb_sink *sink, size_t *rows, struct cb_err *err);

/* A cb_row_sink (db/db.h) whose context is the sink: begins with the first call, then adds every row it gets.
 */
enum cb_code cb_sink_rows(void *sink, const struct cb_rows *rows, struct cb_err *err);

/* "table", "csv", "json", "html"; another name is CB_FORMAT_TABLE. */
enum cb_format cb_format_named(const char *name);

/* Text as a JSON string with its quotes; text NULL is null. */
void cb_json_string(FILE *out, const char *text, size_t len);
/* Text with <, >, &, ' and " as entities. */
void cb_html_text(FILE *out, const char *text, size_t len);

#endif
