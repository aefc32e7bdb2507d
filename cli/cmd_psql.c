/* claimbase psql: PostgreSQL's own shell on this database. */
#include "cli/commands.h"
#include "db/local_server.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum cb_code find_dsn(const struct cb_cli *cli, char *dsn, size_t size, struct cb_err *err)
{
    const char *given = cb_cli_dsn(cli);
    if (given == NULL)
        return cb_server_dsn(NULL, dsn, size, err);
    if (strlen(given) >= size)
        return cb_fail(err, CB_LIMIT, "the DSN is longer than %zu bytes", size - 1);
    memcpy(dsn, given, strlen(given) + 1);
    return CB_OK;
}

/* The program's connection stays open until psql takes its place; exec closes it (libpq's sockets are
 * CLOEXEC). */
static enum cb_code run_psql(struct cb_cli *cli, struct cb_err *err)
{
    char dsn[CB_DSN_MAX];
    enum cb_code code = find_dsn(cli, dsn, sizeof dsn, err);
    if (code != CB_OK)
        return code;
    char **words = calloc((size_t)cli->argument_count + 4, sizeof *words);
    if (words == NULL)
        return cb_no_memory(err);
    static char program[] = "psql", dbname[] = "-d";
    int n = 0;
    words[n++] = program;
    words[n++] = dbname;
    words[n++] = dsn;
    for (int i = 0; i < cli->argument_count; i++)
        words[n++] = cli->arguments[i];
    /* the views are found without their schema's name, unless the person has options of his own */
    (void)setenv("PGOPTIONS", "-c search_path=public,report,claimbase", 0);
    (void)execvp(program, words);
    code = cb_fail(err, CB_EXTERNAL, "can't start psql: %s", strerror(errno));
    cb_hint(err, "it is in Debian's package postgresql-client");
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
