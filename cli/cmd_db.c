/* claimbase db start|stop|status|migrate|backup|init-roles|distribute: the server and the schema. */
#include "cli/commands.h"
#include "db/client_program.h"
#include "db/local_server.h"
#include "db/migrate.h"
#include "db_queries.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static enum cb_code only_local(const struct cb_cli *cli, struct cb_err *err)
{
    if (cb_cli_dsn(cli) == NULL)
        return CB_OK;
    (void)cb_fail(err, CB_USAGE, "'db %s' is for the private local server, but a DSN is given",
                  cli->command->name);
    cb_hint(err, "leave out --dsn and unset CLAIMBASE_DSN");
    return CB_USAGE;
}

static enum cb_code print_status(const struct cb_cli *cli, struct cb_err *err)
{
    static const char *const states[] = {"not made yet", "stopped", "running",
                                         "killed; the next command starts it"};
    struct cb_server_status status;
    enum cb_code code = cb_server_status(NULL, &status, err);
    if (code != CB_OK)
        return code;
    (void)fprintf(cli->out, "state   %s\nhome    %s\n", states[status.state], status.home);
    if (status.state != CB_SERVER_ABSENT)
        (void)fprintf(cli->out, "server  PostgreSQL %s\nsocket  %s\n", status.version, status.socket);
    if (status.pid != 0)
        (void)fprintf(cli->out, "process %ld\n", status.pid);
    return CB_OK;
}

static enum cb_code run_start(struct cb_cli *cli, struct cb_err *err)
{
    enum cb_code code = only_local(cli, err);
    if (code == CB_OK)
        code = cb_cli_open(cli, CB_NEEDS_SCHEMA, err);
    return code == CB_OK ? print_status(cli, err) : code;
}

static enum cb_code run_stop(struct cb_cli *cli, struct cb_err *err)
{
    enum cb_code code = only_local(cli, err);
    if (code == CB_OK)
        code = cb_server_stop(NULL, err);
    if (code == CB_OK)
        cb_message(cli, "the local server is stopped");
    return code;
}

static enum cb_code run_status(struct cb_cli *cli, struct cb_err *err)
{
    if (cb_cli_dsn(cli) == NULL)
        return print_status(cli, err);
    enum cb_code code = cb_cli_open(cli, CB_NEEDS_SERVER, err);
    if (code == CB_OK)
        (void)fprintf(cli->out, "state   running\nserver  the one of the DSN\n");
    return code;
}

static enum cb_code run_migrate(struct cb_cli *cli, struct cb_err *err)
{
    struct cb_migrate_report report = {0};
    enum cb_code code = cb_migrate(cli->db, &report, err);
    if (code != CB_OK)
        return code;
    if (report.after == report.before)
        (void)fprintf(cli->out, "the schema is up to date (migration %d)\n", report.after);
    else
        (void)fprintf(cli->out, "migrated from %d to %d\n", report.before, report.after);
    return CB_OK;
}

/* What is done, and on plain PostgreSQL that nothing is, comes as notices of the server. */
static enum cb_code run_distribute(struct cb_cli *cli, struct cb_err *err)
{
    return cb_db_run(cli->db, &cb_sql_distribute, NULL, 0, NULL, err);
}

/* pg_dump knows how to write a whole database down; a copy appears under its name only when it is whole. */
static enum cb_code run_backup(struct cb_cli *cli, struct cb_err *err)
{
    const char *to = cli->arguments[0];
    char half[4096];
    int len = snprintf(half, sizeof half, "%s.part", to);
    if (len < 0 || (size_t)len >= sizeof half)
        return cb_fail(err, CB_LIMIT, "the name '%s' is too long", to);
    const char *const argv[] = {"pg_dump", "--format=custom", "--no-password", "--file", half, NULL};
    int status = 0;
    enum cb_code code = cb_client_run(cb_cli_dsn(cli), argv, &status, err);
    if (code == CB_OK && status != 0)
        code = cb_fail(err, CB_EXTERNAL, "pg_dump failed with exit code %d", status);
    if (code == CB_OK && rename(half, to) != 0)
        code = cb_fail(err, CB_INPUT, "can't name the backup '%s': %s", to, strerror(errno));
    if (code != CB_OK) {
        (void)remove(half);
        return code;
    }
    cb_message(cli, "the database is in '%s'; pg_restore brings it back", to);
    return CB_OK;
}

static enum cb_code run_init_roles(struct cb_cli *cli, struct cb_err *err)
{
    struct cb_rows *rows = NULL;
    enum cb_code code = cb_db_run(cli->db, &cb_sql_init_roles, NULL, 0, &rows, err);
    for (size_t i = 0; code == CB_OK && i < cb_rows_count(rows); i++)
        (void)fprintf(cli->out, "%s\n", cb_rows_text(rows, i, 0));
    cb_rows_free(rows);
    return code;
}

static const struct cb_option *const local_options[] = {cb_options_connection, NULL};

static const struct cb_command command_start = {
    .name = "start",
    .summary = "start the private server, making it when there is none",
    .synopsis = "",
    .options = local_options,
    .run = run_start,
};
static const struct cb_command command_stop = {
    .name = "stop",
    .summary = "stop the private server",
    .synopsis = "",
    .options = local_options,
    .run = run_stop,
};
static const struct cb_command command_status = {
    .name = "status",
    .summary = "tell whether the server runs, and where it lives; starts nothing",
    .synopsis = "",
    .options = local_options,
    .run = run_status,
};
static const struct cb_command command_migrate = {
    .name = "migrate",
    .summary = "bring the tables of the database up to this version of the program",
    .synopsis = "",
    .needs = CB_NEEDS_SERVER,
    .run = run_migrate,
};

static const struct cb_command command_backup = {
    .name = "backup",
    .summary = "write the whole database into a file, by pg_dump",
    .synopsis = "FILE",
    .details = "The file is in pg_dump's custom format. To bring it back:\n"
               "  claimbase db start, then pg_restore --clean --if-exists --dbname=DSN FILE",
    .arguments_min = 1,
    .arguments_max = 1,
    .needs = CB_NEEDS_SCHEMA,
    .run = run_backup,
};

static const struct cb_command command_init_roles = {
    .name = "init-roles",
    .summary = "make the roles claimbase_reader, claimbase_checker, claimbase_admin and grant what they need",
    .synopsis = "",
    .details =
        "The reader sees the schema report and nothing else. The checker may import, match and mark, and can "
        "neither change nor delete what was recorded. Safe to repeat, and to be repeated after an upgrade.",
    .needs = CB_NEEDS_SCHEMA,
    .run = run_init_roles,
};

static const struct cb_command command_distribute = {
    .name = "distribute",
    .summary = "spread the tables over the nodes of a Citus cluster",
    .synopsis = "",
    .details =
        "One extra step after the extension citus was created in the database; safe to repeat. On plain "
        "PostgreSQL it does nothing and says so.",
    .needs = CB_NEEDS_SCHEMA,
    .run = run_distribute,
};

static const struct cb_command *const subcommands[] = {
    &command_backup, &command_distribute, &command_init_roles, &command_migrate,
    &command_start,  &command_status,     &command_stop,       NULL,
};

const struct cb_command cb_command_db = {
    .name = "db",
    .summary = "the database: start, stop, status, migrate, backup, roles, distribute",
    .synopsis = "start|stop|status|migrate|backup|init-roles|distribute",
    .subcommands = subcommands,
};
