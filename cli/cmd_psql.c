/* claimbase psql: PostgreSQL's own shell on this database. */
#include "cli/commands.h"
#include "db/client_program.h"

#include <stdlib.h>

/* The program's connection stays open until psql takes its place; exec closes it (libpq's sockets are
 * CLOEXEC). */
static enum cb_code run_psql(struct cb_cli *cli, struct cb_err *err)
{
    const char **words = calloc((size_t)cli->argument_count + 2, sizeof *words);
    if (words == NULL)
        return cb_no_memory(err);
    words[0] = "psql";
    for (int i = 0; i < cli->argument_count; i++)
        words[i + 1] = cli->arguments[i];
    /* the views are found without their schema's name, unless the person has options of his own */
    (void)setenv("PGOPTIONS", "-c search_path=public,report,claimbase", 0);
    enum cb_code code = cb_client_become(cb_cli_dsn(cli), words, err);
    free(words);
    return code;
}

const struct cb_command cb_command_psql = {
    .name = "psql",
    .summary = "open psql, PostgreSQL's own shell, on the database",
    .synopsis = "[-- PSQL-OPTION…]",
    .details = "What follows -- goes to psql: claimbase psql -- -c 'SELECT count(*) FROM claims'",
    .arguments_max = -1,
    .needs = CB_NEEDS_SCHEMA,
    .run = run_psql,
};
