/* claimbase show: one claim, or one document with its claims. */
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/target.h"
#include "report/diff.h"

#include "db_queries.h"

#include <string.h>

enum { CONTEXT_LINES = 1 };

static enum cb_code print_text(struct cb_cli *cli, const char *document_id, struct cb_err *err)
{
    struct cb_rows *rows = NULL;
    const char *const params[] = {document_id};
    enum cb_code code = cb_db_one(cli->db, &cb_sql_document_text, params, 1, &rows, err);
    if (code == CB_OK)
        (void)fwrite(cb_rows_text(rows, 0, 0), 1, cb_rows_length(rows, 0, 0), cli->out);
    cb_rows_free(rows);
    return code;
}

static enum cb_code print_diff(struct cb_cli *cli, const char *document_id, struct cb_err *err)
{
    struct cb_rows *revision = NULL, *before = NULL, *after = NULL;
    const char *const params[] = {document_id};
    size_t changes = 0;
    enum cb_code code = cb_db_run(cli->db, &cb_sql_document_revision, params, 1, &revision, err);
    if (code == CB_OK && cb_rows_count(revision) == 0)
        code = cb_fail(err, CB_NOT_FOUND, "document %.8s revises no other one", document_id);
    if (code != CB_OK)
        goto done;
    const char *const old[] = {cb_rows_text(revision, 0, 0)};
    code = cb_db_one(cli->db, &cb_sql_document_text, old, 1, &before, err);
    if (code == CB_OK)
        code = cb_db_one(cli->db, &cb_sql_document_text, params, 1, &after, err);
    if (code != CB_OK)
        goto done;
    (void)fprintf(cli->out, "--- %.8s\n+++ %.8s\n", cb_rows_text(revision, 0, 0), document_id);
    const struct cb_diff_options options = {.context = CONTEXT_LINES, .color = cli->color};
    code = cb_diff(cb_rows_text(before, 0, 0), cb_rows_text(after, 0, 0), &options, cli->out, &changes, err);
    if (code == CB_OK && changes == 0)
        cb_message(cli, "the texts are the same, line by line");
done:
    cb_rows_free(revision);
    cb_rows_free(before);
    cb_rows_free(after);
    return code;
}

/* For people the claim or document stands alone, as a block; a program gets one row. */
static enum cb_code print_block(struct cb_cli *cli, const struct cb_sql *sql, const char *const *params,
                                size_t count, struct cb_err *err)
{
    struct cb_sink_options options = cb_cli_sink_options(cli, NULL);
    struct cb_sink *sink = NULL;
    struct cb_rows *rows = NULL;
    options.block = true;
    enum cb_code code = cb_db_one(cli->db, sql, params, count, &rows, err);
    if (code == CB_NOT_FOUND)
        code = cb_fail(err, CB_NOT_FOUND, "it was not there yet at that time, or its import was undone");
    if (code == CB_OK)
        code = cb_sink_new(&options, &sink, err);
    if (code == CB_OK)
        code = cb_sink_rows(sink, rows, err);
    if (code == CB_OK)
        code = cb_sink_end(sink, NULL, err);
    cb_sink_free(sink);
    cb_rows_free(rows);
    return code;
}

static enum cb_code print_document(struct cb_cli *cli, const struct cb_target *target, struct cb_err *err)
{
    const char *const params[] = {target->document_id};
    enum cb_code code = print_block(cli, &cb_sql_show_document, params, 1, err);
    if (code != CB_OK || strcmp(cb_option_text(cli, "format"), "table") != 0)
        return code;
    (void)fputc('\n', cli->out);
    return cb_cli_print_query(cli, &cb_sql_show_document_claims, params, 1, NULL, NULL, err);
}

static enum cb_code run_show(struct cb_cli *cli, struct cb_err *err)
{
    struct cb_target target;
    enum cb_code code = cb_cli_as_of(cli, err);
    if (code == CB_OK)
        code = cb_target_resolve(cli->db, cli->arguments[0], &target, err);
    if (code != CB_OK)
        return code;
    if (cb_option_flag(cli, "diff"))
        return print_diff(cli, target.document_id, err);
    if (cb_option_flag(cli, "text"))
        return print_text(cli, target.document_id, err);
    const char *const params[] = {target.document_id, target.claim_text};
    return target.is_claim ? print_block(cli, &cb_sql_show_claim, params, 2, err)
                           : print_document(cli, &target, err);
}

static const struct cb_option own_options[] = {
    {.name = "text", .kind = CB_OPTION_FLAG, .help = "print the document's text, exactly, and nothing else"},
    {.name = "diff", .kind = CB_OPTION_FLAG, .help = "print what changed since the document that it revises"},
    {.name = NULL},
};
static const struct cb_option *const options[] = {cb_options_output, cb_options_as_of, own_options, NULL};

const struct cb_command cb_command_show = {
    .name = "show",
    .summary = "show one claim, or one document with its claims",
    .synopsis = "CLAIM|DOCUMENT [--text] [--diff]",
    .options = options,
    .arguments_min = 1,
    .arguments_max = 1,
    .needs = CB_NEEDS_SCHEMA,
    .run = run_show,
};
