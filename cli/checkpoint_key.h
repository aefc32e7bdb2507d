/* The key that signs checkpoints, and where it is kept. */
#ifndef CB_CLI_CHECKPOINT_KEY_H
#define CB_CLI_CHECKPOINT_KEY_H

#include "cli/command.h"
#include "report/tlog.h"

/* --key FILE and --name NAME, for checkpoint and verify. */
extern const struct cb_option cb_options_key[];

/* Opens --key, else checkpoint.pem in the configuration folder ($XDG_CONFIG_HOME/claimbase,
 * ~/.config/claimbase). With `make` it is made, with its folder, when there is none; else *out is NULL then.
 */
CB_CHECKED enum cb_code cb_checkpoint_key(const struct cb_cli *cli, bool make, struct cb_note_key **out,
                                          struct cb_err *err);

#endif
