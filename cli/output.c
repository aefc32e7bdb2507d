#include "cli/output.h"

#include "db_queries.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { WIDTH_STANDARD = 80, WIDTH_MIN = 20, WIDTH_MAX = 10000 };

const struct cb_option cb_options_output[] = {
    CB_OPTION_FORMAT("table|csv|json|html", "table"),
    {.name = NULL},
};

const struct cb_option cb_options_as_of[] = {
    {.name = "as-of",
     .kind = CB_OPTION_TEXT,
     .value = "TIME",
     .help = "what was known, and believed, at that time: 2024-05-01, or 2024-05-01T10:00:00Z"},
    {.name = NULL},
};

size_t cb_cli_width(const struct cb_cli *cli)
{
    const char *columns = getenv("COLUMNS");
    long width = columns != NULL ? strtol(columns, NULL, 10) : 0;
    struct winsize size;
    memset(&size, 0, sizeof size);
    if (width <= 0 && cli->out_is_terminal && ioctl(fileno(cli->out), TIOCGWINSZ, &size) == 0)
        width = size.ws_col;
    if (width < WIDTH_MIN || width > WIDTH_MAX)
        width = WIDTH_STANDARD;
    return (size_t)width;
}

struct cb_sink_options cb_cli_sink_options(const struct cb_cli *cli, const char *title)
{
    return (struct cb_sink_options){
        .out = cli->out,
        .format = cb_format_named(cb_option_text(cli, "format")),
        .terminal = cli->out_is_terminal,
        .width = cb_cli_width(cli),
        .color = cli->color,
        .title = title,
    };
}

enum cb_code cb_cli_as_of(const struct cb_cli *cli, struct cb_err *err)
{
    const char *const params[] = {cb_option_text(cli, "as-of")};
    if (params[0] == NULL)
        return CB_OK;
    enum cb_code code = cb_db_run(cli->db, &cb_sql_as_of_set, params, 1, NULL, err);
    if (code != CB_OK && err != NULL && strncmp(err->sqlstate, "22", 2) == 0) {
        code = cb_fail(err, CB_USAGE, "--as-of takes a time, not '%s'", params[0]);
        cb_hint(err, "write it like 2024-05-01 or 2024-05-01T10:00:00Z");
    }
    return code;
}

enum cb_code cb_cli_print_query(const struct cb_cli *cli, const struct cb_sql *sql, const char *const *params,
                                size_t count, const char *title, size_t *rows, struct cb_err *err)
{
    struct cb_sink_options options = cb_cli_sink_options(cli, title);
    struct cb_sink *sink = NULL;
    enum cb_code code = cb_sink_new(&options, &sink, err);
    if (code == CB_OK)
        code = cb_db_stream(cli->db, sql, params, count, cb_sink_rows, sink, err);
    if (code == CB_OK)
        code = cb_sink_end(sink, rows, err);
    cb_sink_free(sink);
    return code;
}
