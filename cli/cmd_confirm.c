/* claimbase confirm: these two claims are what the program says they are. */
#include "cli/commands.h"
#include "cli/decision.h"

static enum cb_code run(struct cb_cli *cli, struct cb_err *err)
{
    return cb_decision_run(cli, "confirm", err);
}

static const struct cb_option own_options[] = {
    {.name = "as",
     .kind = CB_OPTION_CHOICE,
     .value = "RELATION",
     .help = "the relation that holds, when it is another one than the program found, or it found none",
     .choices = "agrees|contradicts|related"},
    {.name = NULL},
};
static const struct cb_option *const options[] = {own_options, cb_options_decision, NULL};

const struct cb_command cb_command_confirm = {
    .name = "confirm",
    .summary = "say that a match is right",
    .synopsis = "MATCH [--as RELATION] [--by NAME] [--note TEXT]\nMATCH --undo",
    .details =
        "MATCH is a match as the reports print it (3f2a9b1c.12~77d01e2f.3), two claims, or one claim that "
        "has only one match. A pair that the program did not find is taken as agreeing, unless --as "
        "says otherwise.\n\nWhat a person decides stays when everything is matched anew.",
    .options = options,
    .arguments_min = 1,
    .arguments_max = 2,
    .needs = CB_NEEDS_SCHEMA,
    .run = run,
};
