/* claimbase match: who says the same, who contradicts whom. */
#include "cli/commands.h"

#include "match/match.h"

#include <inttypes.h>
#include <string.h>

/* A line that is written over, while messages go to a terminal. */
struct progress {
    const struct cb_cli *cli;
    bool shown;
};

static void show_progress(void *context, const char *stage, int64_t done, int64_t total)
{
    struct progress *progress = context;
    if (!progress->cli->messages_are_terminal || cb_option_flag(progress->cli, "quiet"))
        return;
    progress->shown = true;
    if (total > 0)
        (void)fprintf(progress->cli->messages, "\r\033[K%s: %" PRId64 " of %" PRId64, stage, done, total);
    else
        (void)fprintf(progress->cli->messages, "\r\033[K%s: %" PRId64, stage, done);
    (void)fflush(progress->cli->messages);
}

static enum cb_code run(struct cb_cli *cli, struct cb_err *err)
{
    struct progress progress = {.cli = cli};
    struct cb_match_options options = {
        .all = cb_option_flag(cli, "all"), .progress = show_progress, .context = &progress};
    struct cb_match_report report;
    enum cb_code code = cb_match_run(cli->db, &options, &report, err);
    if (progress.shown)
        (void)fprintf(cli->messages, "\r\033[K");
    if (code != CB_OK)
        return code;
    (void)fprintf(cli->out,
                  "matched %" PRId64 " claim%s: %" PRId64 " pair%s, %" PRId64 " contradict%s, %" PRId64
                  " %s related\n",
                  report.matched, cb_plural(report.matched), report.agrees,
                  report.agrees == 1 ? " agrees" : "s agree", report.contradicts,
                  report.contradicts == 1 ? "s" : "", report.related, report.related == 1 ? "is" : "are");
    (void)fprintf(cli->out,
                  "clusters made or changed: %" PRId64 "; documents whose origin was looked up: %" PRId64
                  "\n",
                  report.clusters, report.origins);
    if (report.matched > 0 && cli->messages_are_terminal)
        cb_message(cli, "next: claimbase report consistency");
    if (report.conflicts > 0)
        cb_message(cli, "%" PRId64 " merges were held back because somebody said 'not the same'",
                   report.conflicts);
    return CB_OK;
}

static const struct cb_option own_options[] = {
    {.name = "all",
     .letter = 'a',
     .kind = CB_OPTION_FLAG,
     .help = "forget what the program found and look again; what people decided stays"},
    {.name = NULL},
};
static const struct cb_option *const options[] = {own_options, NULL};

const struct cb_command cb_command_match = {
    .name = "match",
    .summary = "find claims that say the same or contradict each other",
    .synopsis = "[--all]",
    .details = "Matches the documents that were imported since the last time against everything that is "
               "stored, and works out clusters and origins. The result does not depend on the order in which "
               "documents came.\n\nRun it again after it was interrupted: it goes on where it stopped.",
    .options = options,
    .needs = CB_NEEDS_SCHEMA,
    .run = run,
};
