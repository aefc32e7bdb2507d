/* claimbase undo, withdraw, retract: what was said is taken back, by saying so. */
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/person.h"
#include "cli/target.h"

#include "db_queries.h"

#include <stdlib.h>
#include <string.h>

/* ---- undo */

static enum cb_code name_doubts(struct cb_cli *cli, const char *run, struct cb_err *err)
{
    struct cb_rows *rows = NULL;
    const char *const params[] = {run};
    enum cb_code code = cb_db_run(cli->db, &cb_sql_doubts_about_run, params, 1, &rows, err);
    for (size_t i = 0; code == CB_OK && i < cb_rows_count(rows); i++)
        cb_message(cli, "needs review: %s is %s, but %s", cb_rows_text(rows, i, 0), cb_rows_text(rows, i, 1),
                   cb_rows_text(rows, i, 2));
    cb_rows_free(rows);
    return code;
}

static enum cb_code run_undo(struct cb_cli *cli, struct cb_err *err)
{
    char login[128];
    const char *run = cli->arguments[0];
    struct cb_rows *rows = NULL;
    if (run[0] == '\0' || strspn(run, "0123456789") != strlen(run) || strlen(run) > 18)
        return cb_fail(err, CB_USAGE, "'undo' takes the number of an import, not '%s'", run);
    const char *const params[] = {run, cb_cli_person(cli, login, sizeof login), cb_option_text(cli, "note")};
    enum cb_code code = cb_db_one(cli->db, &cb_sql_undo_run, params, 3, &rows, err);
    if (code != CB_OK)
        return code;
    bool undone = strcmp(cb_rows_text(rows, 0, 0), "undone") == 0;
    (void)fprintf(cli->out, "import %s is %s; 'claimbase undo %s' %s\n", run,
                  undone ? "undone" : "there again", run, undone ? "puts it back" : "takes it back");
    cb_rows_free(rows);
    return name_doubts(cli, run, err);
}

static const struct cb_option *const person[] = {cb_options_person, NULL};

const struct cb_command cb_command_undo = {
    .name = "undo",
    .summary = "take an import back; once more puts it back",
    .synopsis = "RUN [--by NAME] [--note TEXT]",
    .details = "Nothing is deleted: reports leave the import out, verdicts on its claims stay in the ledger, "
               "and verdicts "
               "that rest on its documents are listed as needs_review. 'list imports' shows the numbers.",
    .options = person,
    .arguments_min = 1,
    .arguments_max = 1,
    .needs = CB_NEEDS_SCHEMA,
    .run = run_undo,
};

/* ---- withdraw */

static enum cb_code run_withdraw(struct cb_cli *cli, struct cb_err *err)
{
    char login[128], seq[24];
    struct cb_target target;
    struct cb_rows *rows = NULL;
    const char *typed = cli->arguments[1], *point = strchr(typed, '.');
    if (point == NULL || point - typed > 18 || strspn(typed, "0123456789") != (size_t)(point - typed) ||
        point == typed || strspn(point + 1, "0123456789") != strlen(point + 1) || point[1] == '\0' ||
        strlen(point + 1) > 8) {
        (void)cb_fail(err, CB_USAGE, "'%s' is no number of evidence", typed);
        cb_hint(err, "'claimbase why %s' shows them: 3.1 is the first piece of event 3", cli->arguments[0]);
        return CB_USAGE;
    }
    enum cb_code code = cb_target_resolve(cli->db, cli->arguments[0], &target, err);
    if (code != CB_OK)
        return code;
    (void)snprintf(seq, sizeof seq, "%.*s", (int)(point - typed), typed);
    const char *const params[] = {target.document_id, seq, point + 1, cb_cli_person(cli, login, sizeof login),
                                  cb_option_text(cli, "note")};
    code = cb_db_one(cli->db, &cb_sql_evidence_withdraw, params, 5, &rows, err);
    if (code == CB_OK)
        (void)fprintf(cli->out, "%s  evidence %s withdrawn; the claim is %s and needs review\n",
                      cb_rows_text(rows, 0, 0), typed, cb_rows_text(rows, 0, 2));
    cb_rows_free(rows);
    return code;
}

const struct cb_command cb_command_withdraw = {
    .name = "withdraw",
    .summary = "say that a piece of evidence no longer holds",
    .synopsis = "CLAIM EVIDENCE --note TEXT [--by NAME]",
    .details = "EVIDENCE is its number in the ledger, 3.1, as 'why CLAIM' shows it. The evidence stays on "
               "record; the verdict "
               "shows as needs_review until somebody re-opens the claim.",
    .options = person,
    .arguments_min = 2,
    .arguments_max = 2,
    .needs = CB_NEEDS_SCHEMA,
    .run = run_withdraw,
};

/* ---- retract */

static enum cb_code run_retract(struct cb_cli *cli, struct cb_err *err)
{
    char login[128], document[CB_UUID_TEXT_SIZE];
    bool restore = cb_option_flag(cli, "restore");
    enum cb_code code = cb_document_resolve(cli->db, cli->arguments[0], document, err);
    if (code != CB_OK)
        return code;
    const char *const params[] = {document, restore ? "restored" : "retracted",
                                  cb_cli_person(cli, login, sizeof login), cb_option_text(cli, "note")};
    code = cb_db_run(cli->db, &cb_sql_document_retract, params, 4, NULL, err);
    if (code == CB_OK)
        (void)fprintf(cli->out, "document %.8s is %s\n", document,
                      restore ? "no longer retracted" : "retracted");
    return code;
}

static const struct cb_option retract_options[] = {
    {.name = "restore", .kind = CB_OPTION_FLAG, .help = "say that it is not retracted after all"},
    {.name = NULL},
};
static const struct cb_option *const for_retract[] = {retract_options, cb_options_person, NULL};

const struct cb_command cb_command_retract = {
    .name = "retract",
    .summary = "record that a document was withdrawn by its publisher",
    .synopsis = "DOCUMENT --note TEXT [--by NAME] [--restore]",
    .details = "The text and its claims stay. Verdicts on its claims, and verdicts that rest on it, show as "
               "needs_review.",
    .options = for_retract,
    .arguments_min = 1,
    .arguments_max = 1,
    .needs = CB_NEEDS_SCHEMA,
    .run = run_retract,
};
