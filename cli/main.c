/* The program: finds the command, parses its options, opens what it needs, runs it, prints its error. */
#include "cli/commands.h"
#include "cli/help.h"
#include "cli/options.h"
#include "db/migrate.h"

#include <errno.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t stop_requested; /* the one thing a signal can reach */

static void on_stop(int signal_number)
{
    (void)signal_number;
    stop_requested = 1;
}

void cb_catch_stop_signals(void)
{
    struct sigaction action = {0};
    action.sa_handler = on_stop;
    action.sa_flags = (int)SA_RESETHAND; /* the second one kills */
    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
}

bool cb_stop_requested(void)
{
    return stop_requested != 0;
}

void cb_login_name(char *out, size_t size)
{
    const struct passwd *entry = getpwuid(getuid());
    (void)snprintf(out, size, "%s", entry != NULL && entry->pw_name[0] != '\0' ? entry->pw_name : "unknown");
}

/* Control characters of foreign text must not reach the terminal. */
static void print_masked(FILE *out, const char *text)
{
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        (void)fputc((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f ? '?' : c, out);
    }
}

void cb_print_error(const struct cb_cli *cli, const struct cb_err *err)
{
    (void)fputs("claimbase: ", cli->messages);
    print_masked(cli->messages, err->message[0] != '\0' ? err->message : "failed");
    (void)fputc('\n', cli->messages);
    if (err->hint[0] != '\0') {
        (void)fputs("hint: ", cli->messages);
        print_masked(cli->messages, err->hint);
        (void)fputc('\n', cli->messages);
    }
}

void cb_message(const struct cb_cli *cli, const char *format, ...)
{
    if (cb_option_flag(cli, "quiet"))
        return;
    char line[2048];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(line, sizeof line, format, args);
    va_end(args);
    print_masked(cli->messages, line);
    (void)fputc('\n', cli->messages);
}

const char *cb_plural(int64_t count)
{
    return count == 1 ? "" : "s";
}

static void print_notice(void *context, const char *text)
{
    cb_message(context, "%s", text);
}

const char *cb_cli_dsn(const struct cb_cli *cli)
{
    const char *dsn = cb_option_text(cli, "dsn");
    if (dsn == NULL)
        dsn = getenv("CLAIMBASE_DSN");
    return dsn != NULL && dsn[0] != '\0' ? dsn : NULL;
}

/* A first use makes the schema, a use after an upgrade brings it up: the person is told. A role that may
 * not even look at the migrations (the reader) can't bring anything up: it goes on with what is there. */
static enum cb_code bring_schema_up(struct cb_cli *cli, struct cb_err *err)
{
    bool current = false;
    enum cb_code code = cb_schema_check(cli->db, &current, err);
    if (code != CB_OK && strcmp(err->sqlstate, "42501") == 0) {
        cb_err_clear(err);
        return CB_OK;
    }
    if (code != CB_OK || current)
        return code;
    struct cb_migrate_report report = {0};
    code = cb_migrate(cli->db, &report, err);
    if (code == CB_OK && report.after > report.before)
        cb_message(cli, report.before == 0 ? "made the tables in the new database"
                                           : "brought the tables up to this version of the program");
    return code;
}

enum cb_code cb_cli_open(struct cb_cli *cli, enum cb_needs needs, struct cb_err *err)
{
    if (needs == CB_NEEDS_NOTHING)
        return CB_OK;
    if (cli->db == NULL) {
        char name[64];
        (void)snprintf(name, sizeof name, "claimbase %s", cli->command->name);
        struct cb_db_options options = {
            .dsn = cb_cli_dsn(cli),
            .application_name = name,
            .notice = print_notice,
            .notice_context = cli,
        };
        enum cb_code code = cb_db_open(&options, &cli->db, err);
        if (code != CB_OK)
            return code;
    }
    return needs == CB_NEEDS_SCHEMA ? bring_schema_up(cli, err) : CB_OK;
}

/* What a full disk or a closed pipe did to standard output must not pass for success. */
static enum cb_code close_output(FILE *out, enum cb_code code, struct cb_err *err)
{
    bool failed = ferror(out) != 0;
    errno = 0;
    failed = fflush(out) != 0 || failed;
    if (failed && code == CB_OK)
        code = cb_fail(err, CB_FAILED, "can't write to standard output: %s",
                       errno != 0 ? strerror(errno) : "write error");
    return code;
}

static enum cb_code run_command(struct cb_cli *cli, const struct cb_command *parent, int argc, char **argv,
                                struct cb_err *err)
{
    struct cb_values values;
    int first = 0;
    char called[64];
    (void)snprintf(called, sizeof called, "%s%s%s", parent != NULL ? parent->name : "",
                   parent != NULL ? " " : "", cli->command->name);
    enum cb_code code = cb_options_parse(cli->command, called, argc, argv, &values, &first, err);
    cli->values = &values;
    if (code == CB_OK && cb_option_flag(cli, "help")) {
        cb_help_command(cli->out, parent, cli->command);
    } else if (code == CB_OK) {
        cli->arguments = argv + first;
        cli->argument_count = argc - first;
        code = cb_cli_open(cli, cli->command->needs, err);
        if (code == CB_OK)
            code = cli->command->run(cli, err);
        cb_db_close(cli->db);
        cli->db = NULL;
    }
    code = close_output(cli->out, code, err);
    cb_values_release(&values);
    cli->values = NULL;
    return code;
}

static enum cb_code unknown(const struct cb_command *const *commands, const char *what, const char *name,
                            const char *help, struct cb_err *err)
{
    const struct cb_command *near = cb_command_near(commands, name);
    (void)cb_fail(err, CB_USAGE, "unknown %s '%s'", what, name);
    cb_hint(err, "%s%s%s%s lists them", near != NULL ? "did you mean '" : "", near != NULL ? near->name : "",
            near != NULL ? "'? " : "", help);
    return CB_USAGE;
}

/* An option stands where the command should. */
static enum cb_code misplaced_option(const char *option, struct cb_err *err)
{
    int len = (int)strcspn(option, "="); /* its value may be a password */
    (void)cb_fail(err, CB_USAGE, "the option '%.*s' stands before the command", len, option);
    cb_hint(err, "options go behind the command: claimbase COMMAND %.*s%s", len, option,
            option[len] == '=' ? "=..." : " ...");
    return CB_USAGE;
}

static enum cb_code dispatch(struct cb_cli *cli, int argc, char **argv, struct cb_err *err)
{
    if (argc < 2) {
        cb_help_overview(cli->messages);
        return cb_fail(err, CB_USAGE, "no command given");
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        cb_help_overview(cli->out);
        return close_output(cli->out, CB_OK, err);
    }
    if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0) {
        (void)fprintf(cli->out, "claimbase %s\n", CLAIMBASE_VERSION);
        return close_output(cli->out, CB_OK, err);
    }
    const struct cb_command *command = cb_command_find(cb_commands, argv[1]);
    if (command == NULL && argv[1][0] == '-')
        return misplaced_option(argv[1], err);
    if (command == NULL)
        return unknown(cb_commands, "command", argv[1], "claimbase --help", err);
    const struct cb_command *parent = NULL;
    int skip = 1;
    if (command->subcommands != NULL) {
        bool help = argc < 3 || strcmp(argv[2], "--help") == 0 || strcmp(argv[2], "-h") == 0;
        if (help) {
            cb_help_command(argc < 3 ? cli->messages : cli->out, NULL, command);
            return argc < 3 ? cb_fail(err, CB_USAGE, "'%s' needs a word that says what to do", command->name)
                            : close_output(cli->out, CB_OK, err);
        }
        parent = command;
        command = cb_command_find(parent->subcommands, argv[2]);
        if (command == NULL) {
            char lists[64];
            (void)snprintf(lists, sizeof lists, "claimbase %s --help", parent->name);
            return unknown(parent->subcommands, parent->name, argv[2], lists, err);
        }
        skip = 2;
    }
    cli->command = command;
    return run_command(cli, parent, argc - skip, argv + skip, err);
}

int main(int argc, char **argv)
{
    const char *no_color = getenv("NO_COLOR");
    struct cb_cli cli = {.out = stdout, .messages = stderr};
    cli.out_is_terminal = isatty(STDOUT_FILENO) == 1;
    cli.messages_are_terminal = isatty(STDERR_FILENO) == 1;
    cli.color = cli.out_is_terminal && (no_color == NULL || no_color[0] == '\0');
    struct cb_err err = {0};
    enum cb_code code = dispatch(&cli, argc, argv, &err);
    if (code != CB_OK && err.message[0] != '\0')
        cb_print_error(&cli, &err);
    return (int)code;
}
