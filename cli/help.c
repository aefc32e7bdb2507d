#include "cli/help.h"

#include "cli/commands.h"
#include "cli/options.h"

#include <stdio.h>
#include <string.h>

enum { HELP_WIDTH = 80, OPTION_COLUMN = 28 };

/* Text folded at HELP_WIDTH; the first line goes on at `column`, the others begin at `indent`. A line break
 * of the text stays; a line that begins with a blank is printed as it is. */
static void print_folded(FILE *out, const char *text, int column, int indent)
{
    while (*text != '\0') {
        if (*text == '\n') {
            (void)fprintf(out, "\n%*s", text[1] == '\n' || text[1] == '\0' ? 0 : indent, "");
            column = indent;
            text++;
            continue;
        }
        int word = (int)strcspn(text, " \n");
        if (column > indent && column + word > HELP_WIDTH) {
            (void)fprintf(out, "\n%*s", indent, "");
            column = indent;
        }
        (void)fprintf(out, "%.*s", word, text);
        column += word;
        text += word;
        if (*text == ' ') {
            text++;
            int next = (int)strcspn(text, " \n");
            if (column + 1 + next <= HELP_WIDTH)
                (void)fputc(' ', out);
            column++;
        }
    }
    (void)fputc('\n', out);
}

static void print_option(void *context, const struct cb_option *option)
{
    FILE *out = context;
    char left[96];
    char letter[8] = "    ";
    if (option->letter != 0)
        (void)snprintf(letter, sizeof letter, "-%c, ", option->letter);
    (void)snprintf(left, sizeof left, "  %s--%s%s%s", letter, option->name, option->value != NULL ? " " : "",
                   option->value != NULL ? option->value : "");
    (void)fprintf(out, "%-*s", OPTION_COLUMN, left);
    if (strlen(left) >= OPTION_COLUMN)
        (void)fprintf(out, "\n%*s", OPTION_COLUMN, "");
    char text[512];
    int at = snprintf(text, sizeof text, "%s", option->help);
    if (option->choices != NULL && at > 0 && (size_t)at < sizeof text)
        at += snprintf(text + at, sizeof text - (size_t)at, ": %s", option->choices);
    if (option->standard != NULL && at > 0 && (size_t)at < sizeof text)
        (void)snprintf(text + at, sizeof text - (size_t)at, " (default: %s)", option->standard);
    print_folded(out, text, OPTION_COLUMN, OPTION_COLUMN);
}

/* "usage: claimbase db start", one line for each form of the synopsis. */
static void print_synopsis(FILE *out, const char *lead, const struct cb_command *parent,
                           const struct cb_command *command)
{
    const char *at = command->synopsis;
    do {
        int line = (int)strcspn(at, "\n");
        (void)fprintf(out, "%sclaimbase %s%s%s%s%.*s\n", lead, parent != NULL ? parent->name : "",
                      parent != NULL ? " " : "", command->name, line > 0 ? " " : "", line, at);
        at += line + (at[line] == '\n');
        lead = "       ";
    } while (*at != '\0');
}

/* Names and what they are for; the column is as wide as the longest name. */
static void print_commands(FILE *out, const struct cb_command *const *commands)
{
    int longest = 0;
    for (const struct cb_command *const *c = commands; *c != NULL; c++)
        longest = (int)strlen((*c)->name) > longest ? (int)strlen((*c)->name) : longest;
    for (const struct cb_command *const *c = commands; *c != NULL; c++) {
        (void)fprintf(out, "  %-*s  ", longest, (*c)->name);
        print_folded(out, (*c)->summary, longest + 4, longest + 4);
    }
}

void cb_help_overview(FILE *out)
{
    (void)fputs("claimbase: a fact-check and provenance database\n\n"
                "usage: claimbase COMMAND [ARGUMENT…] [OPTION…]\n\n",
                out);
    print_commands(out, cb_commands);
    (void)fputs("\nclaimbase COMMAND --help tells all about one; --version prints the version.\n"
                "The database: --dsn, else CLAIMBASE_DSN, else a private PostgreSQL in CLAIMBASE_HOME,\n"
                "which is made and started when it is first used.\n",
                out);
}

void cb_help_command(FILE *out, const struct cb_command *parent, const struct cb_command *command)
{
    print_synopsis(out, "usage: ", parent, command);
    (void)fputc('\n', out);
    print_folded(out, command->summary, 0, 0);
    if (command->details != NULL) {
        (void)fputc('\n', out);
        print_folded(out, command->details, 0, 0);
    }
    if (command->subcommands != NULL) {
        (void)fputc('\n', out);
        print_commands(out, command->subcommands);
        (void)fprintf(out, "\nclaimbase %s %s --help tells all about one.\n", command->name,
                      command->subcommands[0]->name);
        return;
    }
    (void)fputs("\noptions:\n", out);
    cb_options_each(command, print_option, out);
}

/* Text for man(7): hyphens and control lines are escaped. */
static void man_text(FILE *out, const char *text)
{
    bool line_start = true;
    for (; *text != '\0'; text++) {
        if (line_start && (*text == '.' || *text == '\''))
            (void)fputs("\\&", out);
        if (*text == '-')
            (void)fputs("\\-", out);
        else if (*text == '\\')
            (void)fputs("\\e", out);
        else if (text[0] == '\n' && text[1] == '\n') {
            (void)fputs("\n.PP", out);
            continue;
        } else
            (void)fputc(*text, out);
        line_start = *text == '\n';
    }
    (void)fputc('\n', out);
}

static void man_option(void *context, const struct cb_option *option)
{
    FILE *out = context;
    (void)fputs(".TP\n.B ", out);
    if (option->letter != 0)
        (void)fprintf(out, "\\-%c, ", option->letter);
    (void)fputs("\\-\\-", out);
    for (const char *c = option->name; *c != '\0'; c++)
        (void)fprintf(out, *c == '-' ? "\\-" : "%c", *c);
    if (option->value != NULL)
        (void)fprintf(out, " \\fI%s\\fR", option->value);
    (void)fputc('\n', out);
    man_text(out, option->help);
    if (option->choices != NULL)
        (void)fprintf(out, "(%s)\n", option->choices);
}

static void man_command(FILE *out, const struct cb_command *parent, const struct cb_command *command)
{
    (void)fprintf(out, ".SS %s%s%s\n.nf\n", parent != NULL ? parent->name : "", parent != NULL ? " " : "",
                  command->name);
    print_synopsis(out, "", parent, command);
    (void)fputs(".fi\n.PP\n", out);
    man_text(out, command->summary);
    if (command->details != NULL) {
        (void)fputs(".PP\n", out);
        man_text(out, command->details);
    }
    if (command->subcommands != NULL) {
        for (const struct cb_command *const *c = command->subcommands; *c != NULL; c++)
            man_command(out, command, *c);
        return;
    }
    cb_options_each(command, man_option, out);
}

void cb_help_man(FILE *out)
{
    (void)fprintf(out,
                  ".TH CLAIMBASE 1 \"\" \"claimbase %s\" \"User Commands\"\n"
                  ".SH NAME\nclaimbase \\- a fact\\-check and provenance database\n"
                  ".SH SYNOPSIS\n.B claimbase\n.I COMMAND\n[\\fIARGUMENT\\fR...] [\\fIOPTION\\fR...]\n"
                  ".SH COMMANDS\n",
                  CLAIMBASE_VERSION);
    for (const struct cb_command *const *c = cb_commands; *c != NULL; c++)
        man_command(out, NULL, *c);
    (void)fputs(
        ".SH ENVIRONMENT\n.TP\n.B CLAIMBASE_DSN\nThe database, a PostgreSQL connection string.\n"
        ".TP\n.B CLAIMBASE_HOME\nWhere the private server lives when no database is named; "
        "the XDG data folder when it is not set.\n"
        ".TP\n.B NO_COLOR\nNo colours when it is set.\n"
        ".SH EXIT STATUS\n.nf\n"
        " 0  done\n 1  failed\n 2  the command line is wrong\n 3  a file can't be read\n"
        " 4  done, but some rows or files were rejected\n 5  the database refused or can't be reached\n"
        " 6  the schema is newer, older or altered\n 7  not found\n 8  refused by a rule\n"
        " 9  somebody else changed it meanwhile\n10  verify found something that does not hold\n"
        "11  a maximum was exceeded\n12  out of memory\n13  an outside program failed\n"
        "14  stopped by a signal\n.fi\n",
        out);
}
