/* claimbase history: the ledger, of a claim, of a document, or the newest events of all. */
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/target.h"

#include "db_queries.h"

static enum cb_code print_of(struct cb_cli *cli, const char *document_id, const char *claim_no,
                             struct cb_err *err)
{
    size_t rows = 0;
    const char *const params[] = {document_id, claim_no};
    enum cb_code code = cb_cli_print_query(cli, &cb_sql_history_claim, params, 2, "History", &rows, err);
    if (code == CB_OK && rows == 0)
        cb_message(cli, "nothing has happened yet: unverified");
    return code;
}

static enum cb_code history_of(struct cb_cli *cli, const char *typed, struct cb_err *err)
{
    struct cb_target target;
    enum cb_code code = cb_target_resolve(cli->db, typed, &target, err);
    return code == CB_OK ? print_of(cli, target.document_id, target.is_claim ? target.claim_text : NULL, err)
                         : code;
}

static enum cb_code run_history(struct cb_cli *cli, struct cb_err *err)
{
    enum cb_code code = cb_cli_as_of(cli, err);
    if (code != CB_OK)
        return code;
    if (cli->argument_count > 0)
        return history_of(cli, cli->arguments[0], err);
    char limit[24];
    (void)snprintf(limit, sizeof limit, "%ld", cb_option_integer(cli, "limit"));
    const char *const params[] = {limit};
    return cb_cli_print_or_none(cli, &cb_sql_history_recent, params, 1, "History", err);
}

static const struct cb_option own_options[] = {
    {.name = "limit",
     .kind = CB_OPTION_INTEGER,
     .value = "N",
     .standard = "50",
     .min = 1,
     .max = 1000 * 1000 * 1000,
     .help = "without an id: how many of the newest events"},
    {.name = NULL},
};
static const struct cb_option *const options[] = {cb_options_output, cb_options_as_of, own_options, NULL};

const struct cb_command cb_command_history = {
    .name = "history",
    .summary = "show who changed the status of a claim, when, why, on what evidence",
    .synopsis = "[CLAIM|DOCUMENT]",
    .options = options,
    .arguments_max = 1,
    .needs = CB_NEEDS_SCHEMA,
    .run = run_history,
};
