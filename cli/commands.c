#include "cli/commands.h"

#include <string.h>

const struct cb_command *const cb_commands[] = {
    &cb_command_sql, &cb_command_psql, &cb_command_db, &cb_command_help, NULL,
};

const struct cb_command *cb_command_find(const struct cb_command *const *commands, const char *name)
{
    for (; *commands != NULL; commands++)
        if (strcmp((*commands)->name, name) == 0)
            return *commands;
    return NULL;
}
