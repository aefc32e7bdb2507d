/* claimbase help [COMMAND [SUBCOMMAND]], and the source of the man page. */
#include "cli/commands.h"
#include "cli/help.h"

static enum cb_code run(struct cb_cli *cli, struct cb_err *err)
{
    if (cb_option_flag(cli, "man")) {
        cb_help_man(cli->out);
        return CB_OK;
    }
    if (cli->argument_count == 0) {
        cb_help_overview(cli->out);
        return CB_OK;
    }
    const struct cb_command *parent = NULL;
    const struct cb_command *command = cb_command_find(cb_commands, cli->arguments[0]);
    if (command != NULL && cli->argument_count == 2) {
        parent = command;
        command =
            parent->subcommands == NULL ? NULL : cb_command_find(parent->subcommands, cli->arguments[1]);
    }
    if (command == NULL)
        return cb_fail(err, CB_USAGE, "unknown command '%s%s%s'", cli->arguments[0],
                       cli->argument_count == 2 ? " " : "",
                       cli->argument_count == 2 ? cli->arguments[1] : "");
    cb_help_command(cli->out, parent, command);
    return CB_OK;
}

static const struct cb_option own_options[] = {
    {.name = "man", .kind = CB_OPTION_FLAG, .help = "print the manual page, in the form man reads"},
    {.name = NULL},
};

static const struct cb_option *const options[] = {own_options, NULL};

const struct cb_command cb_command_help = {
    .name = "help",
    .summary = "help on all commands, or on one",
    .synopsis = "[COMMAND [SUBCOMMAND]] [--man]",
    .options = options,
    .arguments_max = 2,
    .run = run,
};
