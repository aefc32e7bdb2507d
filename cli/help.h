/* Help and man page, made from the command table. */
#ifndef CB_CLI_HELP_H
#define CB_CLI_HELP_H

#include "cli/command.h"

/* The overview: all commands, a line each. */
void cb_help_overview(FILE *out);

/* One command, or one subcommand (parent not NULL). */
void cb_help_command(FILE *out, const struct cb_command *parent, const struct cb_command *command);

/* The manual page, in man(7) form. */
void cb_help_man(FILE *out);

#endif
