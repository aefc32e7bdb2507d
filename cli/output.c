#include "cli/output.h"

#include "db_queries.h"

#include <ctype.h>
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
    if (isalpha((unsigned char)params[0][0])) { /* PostgreSQL knows "yesterday", --published does not */
        (void)cb_fail(err, CB_USAGE, "--as-of takes a time, not '%s'", params[0]);
        cb_hint(err, "write it like 2024-05-01 or 2024-05-01T10:00:00Z");
        return CB_USAGE;
    }
    enum cb_code code = cb_db_run(cli->db, &cb_sql_as_of_set, params, 1, NULL, err);
    if (code != CB_OK && err != NULL && strncmp(err->sqlstate, "22", 2) == 0) {
        code = cb_fail(err, CB_USAGE, "--as-of takes a time, not '%s'", params[0]);
        cb_hint(err, "write it like 2024-05-01 or 2024-05-01T10:00:00Z");
    }
    return code;
}

enum cb_code cb_cli_read_whole_tables(const struct cb_cli *cli, struct cb_err *err)
{
    return cb_db_run(cli->db, &cb_sql_report_session, NULL, 0, NULL, err);
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

enum cb_code cb_cli_explain_none(struct cb_cli *cli, struct cb_err *err)
{
    const char *const source[] = {cb_option_text(cli, "source")};
    bool then = cb_option_given(cli, "as-of");
    if (source[0] != NULL && !then) {
        enum cb_code code = cb_db_one(cli->db, &cb_sql_source_is_there, source, 1, NULL, err);
        if (code == CB_NOT_FOUND) {
            code = cb_fail(err, CB_NOT_FOUND, "there is no source '%s'", source[0]);
            cb_hint(err, "claimbase list sources");
        }
        if (code != CB_OK)
            return code;
    }
    cb_message(cli, then ? "none: --as-of shows what was in the database by then, whenever it was published"
                         : "none");
    return CB_OK;
}

enum cb_code cb_cli_print_or_none(struct cb_cli *cli, const struct cb_sql *sql, const char *const *params,
                                  size_t count, const char *title, struct cb_err *err)
{
    size_t rows = 0;
    enum cb_code code = cb_cli_print_query(cli, sql, params, count, title, &rows, err);
    return code == CB_OK && rows == 0 ? cb_cli_explain_none(cli, err) : code;
}

void cb_cli_tell_unmatched(struct cb_cli *cli)
{
    struct cb_err ignored = {0};
    if (cb_option_given(cli, "as-of"))
        return;
    if (cb_db_one(cli->db, &cb_sql_match_is_due, NULL, 0, NULL, &ignored) == CB_OK)
        cb_message(cli,
                   "there are documents that were not matched yet and are left out here: claimbase match");
}
