/* What the kinds of sink share. Nobody outside report/ includes it. */
#ifndef CB_REPORT_SINK_KIND_H
#define CB_REPORT_SINK_KIND_H

#include "report/sink.h"

struct cb_sink_kind {
    enum cb_code (*begin)(struct cb_sink *sink, struct cb_err *err);
    enum cb_code (*row)(struct cb_sink *sink, const struct cb_cell *cells, struct cb_err *err);
    enum cb_code (*end)(struct cb_sink *sink, struct cb_err *err);
    void (*release)(struct cb_sink *sink);
};

struct cb_sink {
    const struct cb_sink_kind *kind;
    struct cb_sink_options options;
    struct cb_column *columns;
    char **names; /* owned copies: column names outlive the result they came with */
    size_t column_count;
    size_t rows;
    struct cb_cell *cells; /* of cb_sink_rows, one row */
    void *state;           /* the kind's own */
};

extern const struct cb_sink_kind cb_sink_csv, cb_sink_json, cb_sink_table, cb_sink_html;

#endif
