/* claimbase source: how reliable a source is, whose it is, what else it is called; with history. */
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/person.h"

#include "db_queries.h"

static enum cb_code change(struct cb_cli *cli, const char *field, const char *value, struct cb_err *err)
{
    char login[128];
    struct cb_rows *rows = NULL;
    const char *const params[] = {cli->arguments[0], field, value[0] != '\0' ? value : NULL,
                                  cb_cli_person(cli, login, sizeof login), cb_option_text(cli, "note")};
    enum cb_code code = cb_db_one(cli->db, &cb_sql_source_change, params, 5, &rows, err);
    if (code == CB_OK)
        (void)fprintf(cli->out, "%s  %s: %s → %s\n", cli->arguments[0], field,
                      cb_rows_is_null(rows, 0, 1) ? "not set" : cb_rows_text(rows, 0, 1),
                      value[0] != '\0' ? value : "not set");
    cb_rows_free(rows);
    return code;
}

/* All changes of one command, or none. */
static enum cb_code run_set(struct cb_cli *cli, struct cb_err *err)
{
    static const char *const fields[] = {"reliability", "owner", "affiliation", "domain"};
    size_t aliases = 0, changes = 0;
    const char *const *alias = cb_option_list(cli, "alias", &aliases);
    enum cb_code code = cb_db_begin(cli->db, err);
    for (size_t i = 0; code == CB_OK && i < sizeof fields / sizeof *fields; i++) {
        if (!cb_option_given(cli, fields[i]))
            continue;
        code = change(cli, fields[i], cb_option_text(cli, fields[i]), err);
        changes++;
    }
    for (size_t i = 0; code == CB_OK && i < aliases; i++, changes++)
        code = change(cli, "alias", alias[i], err);
    if (code == CB_OK && changes == 0)
        code = cb_fail(err, CB_USAGE,
                       "nothing to set: give --reliability, --owner, --affiliation, --domain or --alias");
    if (code == CB_OK)
        code = cb_db_commit(cli->db, err);
    if (code != CB_OK)
        cb_db_rollback(cli->db);
    return code;
}

static enum cb_code run_history(struct cb_cli *cli, struct cb_err *err)
{
    size_t rows = 0;
    const char *const params[] = {cli->arguments[0]};
    enum cb_code code = cb_cli_print_query(cli, &cb_sql_source_history, params, 1, "Source", &rows, err);
    if (code == CB_OK && rows == 0)
        cb_message(cli, "nobody has said anything about it yet");
    return code;
}

static const struct cb_option set_options[] = {
    {.name = "reliability",
     .kind = CB_OPTION_CHOICE,
     .value = "A-F",
     .choices = "A|B|C|D|E|F",
     .help = "Admiralty letter: A completely, B usually, C fairly, D not usually reliable, E unreliable, F "
             "not judged"},
    {.name = "owner", .kind = CB_OPTION_TEXT, .value = "NAME", .help = "who owns it; empty unsets"},
    {.name = "affiliation",
     .kind = CB_OPTION_TEXT,
     .value = "NAME",
     .help = "to whom it belongs otherwise; empty unsets"},
    {.name = "domain", .kind = CB_OPTION_TEXT, .value = "HOST", .help = "its site; empty unsets"},
    {.name = "alias",
     .kind = CB_OPTION_LIST,
     .value = "NAME",
     .help = "another name of it; may be given many times"},
    {.name = NULL},
};
static const struct cb_option *const for_set[] = {set_options, cb_options_person, NULL};
static const struct cb_option *const for_history[] = {cb_options_output, NULL};

static const struct cb_command command_set = {
    .name = "set",
    .summary = "say how reliable a source is, whose it is, what else it is called",
    .synopsis = "NAME [--reliability A-F] [--owner NAME] [--affiliation NAME] [--domain HOST] [--alias "
                "NAME]… [--by NAME] "
                "[--note TEXT]",
    .details = "What was said before is kept. A verdict that rests on a document of a source which is judged "
               "worse now shows "
               "as needs_review.",
    .options = for_set,
    .arguments_min = 1,
    .arguments_max = 1,
    .needs = CB_NEEDS_SCHEMA,
    .run = run_set,
};
static const struct cb_command command_history = {
    .name = "history",
    .summary = "what was said about a source, by whom and when",
    .synopsis = "NAME",
    .options = for_history,
    .arguments_min = 1,
    .arguments_max = 1,
    .needs = CB_NEEDS_SCHEMA,
    .run = run_history,
};
static const struct cb_command *const subcommands[] = {&command_set, &command_history, NULL};

const struct cb_command cb_command_source = {
    .name = "source",
    .summary = "judge a source: reliability, owner, aliases, with history",
    .synopsis = "set|history",
    .subcommands = subcommands,
};
