/* claimbase reject: these two claims are not the same. */
#include "cli/commands.h"
#include "cli/decision.h"

static enum cb_code run(struct cb_cli *cli, struct cb_err *err)
{
    return cb_decision_run(cli, "reject", err);
}

static const struct cb_option *const options[] = {cb_options_decision, NULL};

const struct cb_command cb_command_reject = {
    .name = "reject",
    .summary = "say that two claims are not the same",
    .synopsis = "MATCH [--by NAME] [--note TEXT]\nMATCH --undo",
    .details =
        "MATCH is a match as the reports print it (3f2a9b1c.12~77d01e2f.3), two claims, or one claim that "
        "has only one match. The two never stand in one cluster again, not by way of third claims "
        "either, until the decision is taken back.",
    .options = options,
    .arguments_min = 1,
    .arguments_max = 2,
    .needs = CB_NEEDS_SCHEMA,
    .run = run,
};
