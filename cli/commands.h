/* The commands of the program. */
#ifndef CB_CLI_COMMANDS_H
#define CB_CLI_COMMANDS_H

#include "cli/command.h"

/* In the order of the help; NULL ends. */
extern const struct cb_command *const cb_commands[];

extern const struct cb_command cb_command_compare;
extern const struct cb_command cb_command_confirm;
extern const struct cb_command cb_command_db;
extern const struct cb_command cb_command_extract;
extern const struct cb_command cb_command_help;
extern const struct cb_command cb_command_export;
extern const struct cb_command cb_command_import;
extern const struct cb_command cb_command_checkpoint;
extern const struct cb_command cb_command_history;
extern const struct cb_command cb_command_list;
extern const struct cb_command cb_command_link;
extern const struct cb_command cb_command_mark;
extern const struct cb_command cb_command_match;
extern const struct cb_command cb_command_psql;
extern const struct cb_command cb_command_report;
extern const struct cb_command cb_command_reject;
extern const struct cb_command cb_command_search;
extern const struct cb_command cb_command_show;
extern const struct cb_command cb_command_retract;
extern const struct cb_command cb_command_source;
extern const struct cb_command cb_command_speaker;
extern const struct cb_command cb_command_sql;
extern const struct cb_command cb_command_undo;
extern const struct cb_command cb_command_verify;
extern const struct cb_command cb_command_why;
extern const struct cb_command cb_command_withdraw;

/* NULL when there is none of that name. */
/* The command whose name differs least from a mistyped one, by at most two letters; NULL: none does. */
const struct cb_command *cb_command_near(const struct cb_command *const *commands, const char *name);

const struct cb_command *cb_command_find(const struct cb_command *const *commands, const char *name);

#endif
