/* claimbase verify: does what is stored still fit together? */
#include "base/text_file.h"
#include "cli/checkpoint_key.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "report/verify.h"

#include <string.h>

struct verify_run {
    struct cb_cli *cli;
    struct cb_sink *sink; /* NULL: text */
    bool begun;
    char first[1024]; /* the first thing that is wrong */
};

static enum cb_code take_problem(void *context, const struct cb_problem *problem, struct cb_err *err)
{
    struct verify_run *run = context;
    if (run->first[0] == '\0')
        (void)snprintf(run->first, sizeof run->first, "%s", problem->detail);
    if (run->sink == NULL) {
        (void)fprintf(run->cli->out, "%-14s %s\n", problem->kind, problem->detail);
        return CB_OK;
    }
    const struct cb_cell cells[] = {
        {problem->kind, strlen(problem->kind)},
        {problem->subject, strlen(problem->subject)},
        {problem->detail, strlen(problem->detail)},
    };
    return cb_sink_row(run->sink, cells, err);
}

static enum cb_code open_sink(struct verify_run *run, struct cb_err *err)
{
    static const struct cb_column columns[] = {{"kind", CB_TYPE_TEXT, CB_TYPE_TEXT},
                                               {"subject", CB_TYPE_TEXT, CB_TYPE_TEXT},
                                               {"detail", CB_TYPE_TEXT, CB_TYPE_TEXT}};
    if (strcmp(cb_option_text(run->cli, "format"), "text") == 0)
        return CB_OK;
    struct cb_sink_options options = cb_cli_sink_options(run->cli, "verify");
    enum cb_code code = cb_sink_new(&options, &run->sink, err);
    return code == CB_OK ? cb_sink_begin(run->sink, columns, sizeof columns / sizeof *columns, err) : code;
}

static enum cb_code open_verifier(struct cb_cli *cli, struct cb_note_key **key, struct cb_err *err)
{
    const char *text = cb_option_text(cli, "verifier");
    return text != NULL ? cb_note_key_parse(text, key, err) : cb_checkpoint_key(cli, false, key, err);
}

static enum cb_code check_checkpoint(struct cb_cli *cli, const struct cb_verify_options *options,
                                     struct cb_verify_report *report, struct cb_err *err)
{
    const char *path = cb_option_text(cli, "checkpoint");
    struct cb_note_key *key = NULL;
    struct cb_checkpoint checkpoint;
    struct cb_buffer text;
    bool checked = false;
    cb_buffer_init(&text, CB_NOTE_MAX);
    enum cb_code code = open_verifier(cli, &key, err);
    if (code == CB_OK)
        code = cb_read_file(path, &text, err);
    if (code == CB_OK) {
        code = cb_checkpoint_read(cb_buffer_text(&text), text.len, key, &checkpoint, &checked, err);
        if (code != CB_OK)
            cb_prefix(err, "%s", path);
    }
    if (code == CB_OK && !checked)
        cb_message(
            cli,
            "the signature of the checkpoint was not checked: no key for it; give --verifier NAME+HASH+KEY");
    if (code == CB_OK)
        code = cb_verify_checkpoint(cli->db, &checkpoint, options, report, err);
    cb_buffer_release(&text);
    cb_note_key_free(key);
    return code;
}

static void print_summary(struct cb_cli *cli, const struct cb_verify_report *report)
{
    int64_t exact = report->claims - report->moved - report->ambiguous - report->orphan;
    cb_message(
        cli,
        "%lld document%s (%lld sealed), %lld sentence%s, %lld claim%s: anchors %lld exact, %lld moved, %lld "
        "ambiguous, %lld orphan",
        (long long)report->documents, cb_plural(report->documents), (long long)report->sealed,
        (long long)report->sentences, cb_plural(report->sentences), (long long)report->claims,
        cb_plural(report->claims), (long long)exact, (long long)report->moved, (long long)report->ambiguous,
        (long long)report->orphan);
    cb_message(cli, "%lld chain%s, %lld event%s, %lld piece%s of evidence", (long long)report->chains,
               cb_plural(report->chains), (long long)report->events, cb_plural(report->events),
               (long long)report->evidence, cb_plural(report->evidence));
    if (cb_option_given(cli, "checkpoint"))
        cb_message(cli, "%lld entr%s that the checkpoint covers", (long long)report->leaves,
                   report->leaves == 1 ? "y" : "ies");
    if (report->problems == 0)
        cb_message(cli, "everything holds");
    else
        cb_message(cli, "%lld problem%s", (long long)report->problems, cb_plural(report->problems));
}

static enum cb_code run_verify(struct cb_cli *cli, struct cb_err *err)
{
    struct verify_run run = {.cli = cli};
    struct cb_verify_report report = {0};
    const struct cb_verify_options options = {.problem = take_problem, .context = &run};
    enum cb_code code = open_sink(&run, err);
    if (code == CB_OK)
        code = cb_verify(cli->db, &options, &report, err);
    if (code == CB_OK && cb_option_given(cli, "checkpoint"))
        code = check_checkpoint(cli, &options, &report, err);
    if (code == CB_OK && run.sink != NULL)
        code = cb_sink_end(run.sink, NULL, err);
    cb_sink_free(run.sink);
    if (code != CB_OK)
        return code;
    print_summary(cli, &report);
    return report.problems == 0 ? CB_OK : cb_fail(err, CB_INTEGRITY, "the first thing wrong: %s", run.first);
}

static const struct cb_option own_options[] = {
    {.name = "checkpoint",
     .kind = CB_OPTION_TEXT,
     .value = "FILE",
     .help = "also prove that nothing which this checkpoint covers has changed or vanished"},
    {.name = "verifier",
     .kind = CB_OPTION_TEXT,
     .value = "NAME+HASH+KEY",
     .help = "the public key of the checkpoint, as 'checkpoint' printed it; else that of --key"},
    CB_OPTION_FORMAT("text|table|csv|json", "text"),
    {.name = NULL},
};
static const struct cb_option *const options[] = {own_options, cb_options_key, NULL};

const struct cb_command cb_command_verify = {
    .name = "verify",
    .summary = "recompute every anchor, hash and chain; name what does not hold",
    .synopsis = "[--checkpoint FILE] [--verifier NAME+HASH+KEY]",
    .details = "Everything is computed anew from the rows. Exit code 10 when something does not hold; the "
               "first thing "
               "wrong is named. Without a checkpoint that is kept elsewhere, nobody can tell when the newest "
               "events of "
               "a chain, or everything, were removed by somebody who owns the database.",
    .options = options,
    .needs = CB_NEEDS_SCHEMA,
    .run = run_verify,
};
