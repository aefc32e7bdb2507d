#include "cli/commands.h"

#include <string.h>

/* One a line, so that branches merge. */
const struct cb_command *const cb_commands[] = {
    /* clang-format off */
    &cb_command_import,
    &cb_command_extract,
    &cb_command_compare,
    &cb_command_match,
    &cb_command_search,
    &cb_command_confirm,
    &cb_command_reject,
    &cb_command_link,
    &cb_command_mark,
    &cb_command_report,
    &cb_command_list,
    &cb_command_show,
    &cb_command_why,
    &cb_command_history,
    &cb_command_source,
    &cb_command_speaker,
    &cb_command_withdraw,
    &cb_command_retract,
    &cb_command_undo,
    &cb_command_verify,
    &cb_command_checkpoint,
    &cb_command_export,
    &cb_command_sql,
    &cb_command_psql,
    &cb_command_db,
    &cb_command_help,
    NULL,
    /* clang-format on */
};

const struct cb_command *cb_command_find(const struct cb_command *const *commands, const char *name)
{
    for (; *commands != NULL; commands++)
        if (strcmp((*commands)->name, name) == 0)
            return *commands;
    return NULL;
}
