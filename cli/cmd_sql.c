/* claimbase sql QUERY: a person's own SQL. */
#include "base/text_file.h"
#include "cli/commands.h"
#include "cli/output.h"

#include <string.h>

enum { QUERY_MAX = 16 * 1024 * 1024 };

static enum cb_code print_result(struct cb_cli *cli, const char *query, struct cb_err *err)
{
    struct cb_sink_options options = cb_cli_sink_options(cli, "claimbase sql");
    struct cb_sink *sink = NULL;
    enum cb_code code = cb_sink_new(&options, &sink, err);
    if (code == CB_OK)
        code = cb_db_user_query(cli->db, query, cb_option_flag(cli, "write"), cb_sink_rows, sink, err);
    if (code == CB_OK)
        code = cb_sink_end(sink, NULL, err);
    cb_sink_free(sink);
    return code;
}

static enum cb_code run_sql(struct cb_cli *cli, struct cb_err *err)
{
    struct cb_buffer query;
    cb_buffer_init(&query, QUERY_MAX);
    enum cb_code code = CB_OK;
    if (strcmp(cli->arguments[0], "-") == 0) {
        code = cb_read_file("-", &query, err);
        if (code == CB_OK && strlen(cb_buffer_text(&query)) != query.len)
            code = cb_fail(err, CB_INPUT, "the query holds a zero byte");
    } else {
        cb_buffer_add_text(&query, cli->arguments[0]);
        code = cb_buffer_status(&query, "the query", err);
    }
    if (code == CB_OK)
        code = cb_cli_as_of(cli, err);
    if (code == CB_OK)
        code = print_result(cli, cb_buffer_text(&query), err);
    if (code != CB_OK && strcmp(err->sqlstate, "42601") == 0 && err->hint[0] == '\0')
        cb_hint(err, "one query at a time; 'claimbase psql' is PostgreSQL's own shell");
    cb_buffer_release(&query);
    return code;
}

static const struct cb_option own_options[] = {
    {.name = "write",
     .kind = CB_OPTION_FLAG,
     .help = "allow the query to change data; without it, it can only read"},
    {.name = NULL},
};
static const struct cb_option *const options[] = {cb_options_output, cb_options_as_of, own_options, NULL};

const struct cb_command cb_command_sql = {
    .name = "sql",
    .summary = "run one SQL query and print its result",
    .synopsis = "[--format table|csv|json|html] [--as-of TIME] QUERY|-",
    .details = "The schema report holds views for people (docs/reports.md); their names may be written "
               "without \"report.\". "
               "json prints one object a row, keyed by column.\n\n"
               "With - the query is read from standard input. For an interactive session: claimbase psql.",
    .options = options,
    .arguments_min = 1,
    .arguments_max = 1,
    .needs = CB_NEEDS_SCHEMA,
    .run = run_sql,
};
