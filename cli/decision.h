/* What confirm and reject share: a person's word on a pair of claims. */
#ifndef CB_CLI_DECISION_H
#define CB_CLI_DECISION_H

#include "cli/command.h"

/* Records "confirm" or "reject", or with --undo takes the last decision back, for the pair that the
 * command line names, and brings the clusters up to date: all or nothing. */
CB_CHECKED enum cb_code cb_decision_run(struct cb_cli *cli, const char *decision, struct cb_err *err);

/* --by, --note, --undo */
extern const struct cb_option cb_options_decision[];

#endif
