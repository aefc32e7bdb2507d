/* claimbase why: verdict ← evidence ← anchors ← documents ← origins ← import. */
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/target.h"
#include "report/width.h"

#include "db_queries.h"

#include <string.h>

enum { LINE_MAX_BYTES = 1024 * 1024 };

/* A line of the tree: what it is, then the text, broken to the terminal's width. */
static enum cb_code put_line(const struct cb_cli *cli, size_t depth, const char *what, const char *text,
                             struct cb_err *err)
{
    size_t indent = 2 * depth, hang = indent + 2, width = cb_cli_width(cli);
    struct cb_buffer line, wrapped;
    cb_buffer_init(&line, LINE_MAX_BYTES);
    cb_buffer_init(&wrapped, LINE_MAX_BYTES);
    cb_buffer_printf(&line, "%s: %s", what, text);
    cb_text_wrap(cb_buffer_text(&line), line.len,
                 cli->out_is_terminal && width > hang + 20 ? width - hang : SIZE_MAX, &wrapped);
    (void)fprintf(cli->out, "%*s", (int)indent, "");
    for (const char *at = cb_buffer_text(&wrapped); *at != '\0'; at++) {
        unsigned char c = (unsigned char)*at;
        if (c == '\n')
            (void)fprintf(cli->out, "\n%*s", (int)hang, "");
        else
            (void)fputc(c < 0x20 || c == 0x7f ? '?' : c, cli->out);
    }
    (void)fputc('\n', cli->out);
    enum cb_code code = cb_buffer_status(&wrapped, "a line", err);
    cb_buffer_release(&line);
    cb_buffer_release(&wrapped);
    return code;
}

static enum cb_code print_tree(const struct cb_cli *cli, const char *const *params, struct cb_err *err)
{
    struct cb_rows *rows = NULL;
    struct cb_utf8_mode mode;
    enum cb_code code = cb_db_run(cli->db, &cb_sql_why, params, 3, &rows, err);
    cb_utf8_enter(&mode);
    if (code == CB_OK && cb_rows_count(rows) == 0)
        code = cb_fail(err, CB_NOT_FOUND, "it was not there yet at that time, or its import was undone");
    for (size_t row = 0; code == CB_OK && row < cb_rows_count(rows); row++)
        code = put_line(cli, (size_t)cb_rows_int(rows, row, 0), cb_rows_text(rows, row, 1),
                        cb_rows_text(rows, row, 2), err);
    cb_utf8_leave(&mode);
    cb_rows_free(rows);
    return code;
}

static enum cb_code run_why(struct cb_cli *cli, struct cb_err *err)
{
    struct cb_target target;
    enum cb_code code = cb_cli_as_of(cli, err);
    if (code == CB_OK)
        code = cb_target_resolve(cli->db, cli->arguments[0], &target, err);
    if (code != CB_OK)
        return code;
    if (!target.is_claim) {
        (void)cb_fail(err, CB_USAGE, "'%s' is a document; 'why' explains a claim", cli->arguments[0]);
        cb_hint(err, "claimbase show %s lists its claims", cli->arguments[0]);
        return CB_USAGE;
    }
    bool text = strcmp(cb_option_text(cli, "format"), "text") == 0;
    const char *const params[] = {target.document_id, target.claim_text,
                                  text && !cb_option_flag(cli, "all") ? "false" : "true"};
    return text ? print_tree(cli, params, err)
                : cb_cli_print_query(cli, &cb_sql_why, params, 3, "Why", NULL, err);
}

static const struct cb_option own_options[] = {
    CB_OPTION_FORMAT("text|table|csv|json|html", "text"),
    {.name = "all",
     .kind = CB_OPTION_FLAG,
     .help = "as text too, list the claims that are only related; other formats always have them"},
    {.name = NULL},
};
static const struct cb_option *const options[] = {own_options, cb_options_as_of, NULL};

const struct cb_command cb_command_why = {
    .name = "why",
    .summary = "explain a claim's status: events, evidence, anchor, document, origins, import, what agrees",
    .synopsis = "CLAIM [--all] [--as-of TIME]",
    .options = options,
    .arguments_min = 1,
    .arguments_max = 1,
    .needs = CB_NEEDS_SCHEMA,
    .run = run_why,
};
