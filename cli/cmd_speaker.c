/* claimbase speaker: two names, one person; or not. */
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/person.h"

#include "db_queries.h"

#include <string.h>

/* By number or by name; the number as text goes into `id`. */
static enum cb_code find(struct cb_cli *cli, const char *typed, char id[24], struct cb_err *err)
{
    struct cb_rows *rows = NULL;
    bool number = typed[0] != '\0' && strspn(typed, "0123456789") == strlen(typed) && strlen(typed) < 19;
    const char *const params[] = {number ? typed : NULL, typed};
    enum cb_code code = cb_db_run(cli->db, &cb_sql_speaker_lookup, params, 2, &rows, err);
    size_t count = code == CB_OK ? cb_rows_count(rows) : 0;
    if (code == CB_OK && count == 0) {
        code = cb_fail(err, CB_NOT_FOUND, "there is no speaker '%s'", typed);
        cb_hint(err, "claimbase list speakers");
    } else if (code == CB_OK && count > 1) {
        code = cb_fail(err, CB_NOT_FOUND, "'%s' is the name of several speakers", typed);
        cb_hint(err, "give the number: %s, %s%s", cb_rows_text(rows, 0, 0), cb_rows_text(rows, 1, 0),
                count > 2 ? ", …" : "");
    } else if (code == CB_OK) {
        (void)snprintf(id, 24, "%s", cb_rows_text(rows, 0, 0));
    }
    cb_rows_free(rows);
    return code;
}

static enum cb_code run_merge(struct cb_cli *cli, struct cb_err *err)
{
    char one[24], other[24], login[128];
    enum cb_code code = find(cli, cli->arguments[0], one, err);
    if (code == CB_OK)
        code = find(cli, cli->arguments[1], other, err);
    if (code != CB_OK)
        return code;
    const char *const params[] = {one, other, cb_cli_person(cli, login, sizeof login),
                                  cb_option_text(cli, "note")};
    code = cb_db_run(cli->db, &cb_sql_speaker_merge, params, 4, NULL, err);
    if (code == CB_OK)
        (void)fprintf(cli->out, "speaker %s is %s now; 'claimbase speaker split %s' takes them apart\n", one,
                      other, one);
    return code;
}

static enum cb_code run_split(struct cb_cli *cli, struct cb_err *err)
{
    char id[24], login[128];
    enum cb_code code = find(cli, cli->arguments[0], id, err);
    if (code != CB_OK)
        return code;
    const char *const params[] = {id, cb_cli_person(cli, login, sizeof login), cb_option_text(cli, "note")};
    code = cb_db_run(cli->db, &cb_sql_speaker_split, params, 3, NULL, err);
    if (code == CB_OK)
        (void)fprintf(cli->out, "speaker %s stands alone again\n", id);
    return code;
}

static enum cb_code run_history(struct cb_cli *cli, struct cb_err *err)
{
    char id[24];
    enum cb_code code = find(cli, cli->arguments[0], id, err);
    if (code != CB_OK)
        return code;
    const char *const params[] = {id};
    return cb_cli_print_or_none(cli, &cb_sql_speaker_history, params, 1, "Speaker", err);
}

static const struct cb_option *const person[] = {cb_options_person, NULL};
static const struct cb_option *const output[] = {cb_options_output, NULL};

static const struct cb_command command_merge = {
    .name = "merge",
    .summary = "say that two speakers are one: the first is shown as the second",
    .synopsis = "SPEAKER INTO [--by NAME] [--note TEXT]",
    .options = person,
    .arguments_min = 2,
    .arguments_max = 2,
    .needs = CB_NEEDS_SCHEMA,
    .run = run_merge,
};
static const struct cb_command command_split = {
    .name = "split",
    .summary = "take a merged speaker apart again, without loss",
    .synopsis = "SPEAKER [--by NAME] [--note TEXT]",
    .options = person,
    .arguments_min = 1,
    .arguments_max = 1,
    .needs = CB_NEEDS_SCHEMA,
    .run = run_split,
};
static const struct cb_command command_history = {
    .name = "history",
    .summary = "merges and splits of a speaker",
    .synopsis = "SPEAKER",
    .options = output,
    .arguments_min = 1,
    .arguments_max = 1,
    .needs = CB_NEEDS_SCHEMA,
    .run = run_history,
};
static const struct cb_command *const subcommands[] = {&command_merge, &command_split, &command_history,
                                                       NULL};

const struct cb_command cb_command_speaker = {
    .name = "speaker",
    .summary = "merge two speakers who are one, or take them apart",
    .synopsis = "merge|split|history",
    .details = "A speaker is named by the number that 'list speakers' shows, or by a name that only one has.",
    .subcommands = subcommands,
};
