/* --by and --note, for the commands by which people say something. */
#ifndef CB_CLI_PERSON_H
#define CB_CLI_PERSON_H

#include "cli/command.h"

extern const struct cb_option cb_options_person[];

/* --by, else the login name, which is written into `login`. */
const char *cb_cli_person(const struct cb_cli *cli, char *login, size_t size);

#endif
