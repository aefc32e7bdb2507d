/* What a command of the program is: an entry of the table in commands.c, and a function.
 *
 * To add one: write cli/cmd_<name>.c with a `const struct cb_command cb_command_<name>`, name it in
 * commands.h and commands.c. Help, man page and option parsing come from the entry; tests/cli checks
 * that each command has help and refuses what it does not know.
 *
 * Standard output is for data, standard error for people. A command returns an error, it does not
 * print it: main does, and turns the code into the exit code. */
#ifndef CB_CLI_COMMAND_H
#define CB_CLI_COMMAND_H

#include "base/error.h"
#include "db/db.h"

#include <stdbool.h>
#include <stdio.h>

enum cb_option_kind {
    CB_OPTION_FLAG,
    CB_OPTION_TEXT,    /* the last one given counts */
    CB_OPTION_LIST,    /* may be given many times, all count */
    CB_OPTION_INTEGER, /* between min and max */
    CB_OPTION_CHOICE,  /* one of `choices` */
};

struct cb_option {
    const char *name; /* long name without dashes; NULL ends an array */
    char letter;      /* short name, or 0 */
    enum cb_option_kind kind;
    const char *value;    /* what the help calls the value: "FILE"; NULL for a flag */
    const char *help;     /* one sentence without a full stop */
    const char *choices;  /* "table|csv|json" */
    const char *standard; /* the value when it is not given, or NULL */
    long min, max;
};

enum cb_needs {
    CB_NEEDS_NOTHING, /* runs without a database */
    CB_NEEDS_SERVER,  /* a connection; the schema may be missing */
    CB_NEEDS_SCHEMA,  /* a connection, and the schema of this program: made or brought up when it is not */
};

struct cb_cli;
typedef enum cb_code cb_command_run(struct cb_cli *cli, struct cb_err *err);

struct cb_command {
    const char *name;
    const char *summary;                    /* one line */
    const char *synopsis;                   /* what follows the name; several forms apart by '\n' */
    const char *details;                    /* paragraphs for the help, apart by an empty line; or NULL */
    const struct cb_option *const *options; /* option arrays, NULL ends; may be NULL */
    int arguments_min, arguments_max;       /* max -1: any number */
    enum cb_needs needs;
    cb_command_run *run;
    const struct cb_command *const *subcommands; /* NULL ends; a command with these has no run */
};

struct cb_values; /* of the options; see options.h */

/* What a command gets. All of it is borrowed. */
struct cb_cli {
    const struct cb_command *command;
    const struct cb_values *values;
    char **arguments; /* what is no option */
    int argument_count;
    FILE *out;      /* data */
    FILE *messages; /* for people */
    bool out_is_terminal, messages_are_terminal;
    bool color;       /* out is a terminal and NO_COLOR is not set */
    struct cb_db *db; /* as `needs` says; closed by main */
};

/* Option values by long name, which must be one of the command's. */
bool cb_option_flag(const struct cb_cli *cli, const char *name);
bool cb_option_given(const struct cb_cli *cli, const char *name);
const char *cb_option_text(const struct cb_cli *cli, const char *name); /* or `standard`, or NULL */
long cb_option_integer(const struct cb_cli *cli, const char *name);     /* or `standard`, or 0 */
const char *const *cb_option_list(const struct cb_cli *cli, const char *name, size_t *count);

/* The option arrays that several commands share. */
extern const struct cb_option cb_options_common[];     /* --help, --quiet: every command has them */
extern const struct cb_option cb_options_connection[]; /* --dsn: every command with a need has it */
/* One entry of an array: --format with these choices, the first of them is the standard. */
#define CB_OPTION_FORMAT(choices_, standard_)                                                                \
    {                                                                                                        \
        .name = "format", .letter = 'f', .kind = CB_OPTION_CHOICE, .value = "FORMAT",                        \
        .help = "how to print the result", .choices = (choices_), .standard = (standard_)                    \
    }

/* Opens cli->db for a command that finds out late that it needs one. Harmless when it is open. */
CB_CHECKED enum cb_code cb_cli_open(struct cb_cli *cli, enum cb_needs needs, struct cb_err *err);

/* The --dsn or CLAIMBASE_DSN, NULL when the private local server is meant. */
const char *cb_cli_dsn(const struct cb_cli *cli);

/* A line on standard error, unless --quiet. */
void cb_message(const struct cb_cli *cli, const char *format, ...) CB_PRINTF(2, 3);

/* "s" behind a noun that is counted, "" when there is one. */
const char *cb_plural(int64_t count);

/* An error on standard error in the program's form, for what does not end the command. */
void cb_print_error(const struct cb_cli *cli, const struct cb_err *err);

/* The person at the keyboard: login name of the user, "unknown" when the system does not tell. */
void cb_login_name(char *out, size_t size);

/* From here on the first SIGINT or SIGTERM only makes cb_stop_requested() true; the second one kills. */
void cb_catch_stop_signals(void);
bool cb_stop_requested(void);

#endif
