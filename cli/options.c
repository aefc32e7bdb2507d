#include "cli/options.h"

#include "base/array.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

const struct cb_option cb_options_common[] = {
    {.name = "quiet", .letter = 'q', .kind = CB_OPTION_FLAG, .help = "print no messages but errors"},
    {.name = "help", .letter = 'h', .kind = CB_OPTION_FLAG, .help = "print this help and do nothing"},
    {.name = NULL},
};

const struct cb_option cb_options_connection[] = {
    {.name = "dsn",
     .kind = CB_OPTION_TEXT,
     .value = "DSN",
     .help = "database to use, a PostgreSQL connection string; else CLAIMBASE_DSN, else the private "
             "server in CLAIMBASE_HOME"},
    {.name = NULL},
};

static void visit_array(const struct cb_option *option, cb_option_visit *visit, void *context)
{
    for (; option->name != NULL; option++)
        visit(context, option);
}

void cb_options_each(const struct cb_command *command, cb_option_visit *visit, void *context)
{
    if (command->options != NULL)
        for (const struct cb_option *const *group = command->options; *group != NULL; group++)
            if (*group != cb_options_common && *group != cb_options_connection)
                visit_array(*group, visit, context);
    bool connects = command->needs != CB_NEEDS_NOTHING;
    if (command->options != NULL)
        for (const struct cb_option *const *group = command->options; *group != NULL; group++)
            connects = connects || *group == cb_options_connection;
    if (connects)
        visit_array(cb_options_connection, visit, context);
    visit_array(cb_options_common, visit, context);
}

static void add_value(void *context, const struct cb_option *option)
{
    struct cb_values *values = context;
    if (values->count < CB_OPTIONS_MAX)
        values->items[values->count++] = (struct cb_value){.option = option};
}

const struct cb_value *cb_value_find(const struct cb_values *values, const char *name)
{
    for (size_t i = 0; i < values->count; i++)
        if (strcmp(values->items[i].option->name, name) == 0)
            return &values->items[i];
    return NULL;
}

enum cb_code cb_parse_integer(const char *text, long min, long max, const char *what, long *out,
                              struct cb_err *err)
{
    char *end = NULL;
    errno = 0;
    long value = strtol(text, &end, 10);
    bool number = text[0] != '\0' && *end == '\0' && text[0] != ' ' && text[0] != '+';
    if (!number)
        return cb_fail(err, CB_USAGE, "%s takes a whole number, not '%s'", what, text);
    if (errno == ERANGE || value < min || value > max)
        return cb_fail(err, CB_USAGE, "%s takes a number from %ld to %ld, not %s", what, min, max, text);
    *out = value;
    return CB_OK;
}

/* Is `text` one of "a|b|c"? */
static bool is_choice(const char *choices, const char *text)
{
    size_t len = strlen(text);
    for (const char *at = choices; *at != '\0';) {
        size_t word = strcspn(at, "|");
        if (word == len && memcmp(at, text, len) == 0)
            return true;
        at += word + (at[word] == '|');
    }
    return false;
}

static enum cb_code set_value(struct cb_value *value, const char *text, struct cb_err *err)
{
    const struct cb_option *option = value->option;
    char what[64];
    (void)snprintf(what, sizeof what, "--%s", option->name);
    value->given = true;
    value->text = text;
    switch (option->kind) {
    case CB_OPTION_INTEGER:
        return cb_parse_integer(text, option->min, option->max, what, &value->integer, err);
    case CB_OPTION_CHOICE:
        if (!is_choice(option->choices, text))
            return cb_fail(err, CB_USAGE, "%s takes %s, not '%s'", what, option->choices, text);
        return CB_OK;
    case CB_OPTION_LIST: {
        void *list = value->list;
        enum cb_code code = cb_array_reserve(&list, &value->list_capacity, value->list_count + 1,
                                             sizeof *value->list, CB_LIST_MAX, what, err);
        value->list = list;
        if (code == CB_OK)
            value->list[value->list_count++] = text;
        return code;
    }
    case CB_OPTION_FLAG:
    case CB_OPTION_TEXT:
        break;
    }
    return CB_OK;
}

/* What getopt wants to know: long[i] stands for values->items[i]. */
struct getopt_table {
    struct option longs[CB_OPTIONS_MAX + 1];
    char shorts[2 * CB_OPTIONS_MAX + 2];
};

/* Codes of long options, beyond every letter. */
enum { LONG_BASE = 1000 };

static void make_table(const struct cb_values *values, struct getopt_table *table)
{
    size_t at = 0;
    table->shorts[at++] = ':';
    for (size_t i = 0; i < values->count; i++) {
        const struct cb_option *option = values->items[i].option;
        int takes = option->kind == CB_OPTION_FLAG ? no_argument : required_argument;
        table->longs[i] = (struct option){option->name, takes, NULL, LONG_BASE + (int)i};
        if (option->letter != 0) {
            table->shorts[at++] = option->letter;
            if (takes == required_argument)
                table->shorts[at++] = ':';
        }
    }
    table->longs[values->count] = (struct option){0};
    table->shorts[at] = '\0';
}

static struct cb_value *value_of(struct cb_values *values, int code)
{
    if (code >= LONG_BASE)
        return &values->items[code - LONG_BASE];
    for (size_t i = 0; i < values->count; i++)
        if (values->items[i].option->letter == (char)code)
            return &values->items[i];
    return NULL;
}

static enum cb_code bad_option(const char *called, int code, const char *word, struct cb_err *err)
{
    if (code == ':')
        (void)cb_fail(err, CB_USAGE, "option '%s' needs a value", word);
    else
        (void)cb_fail(err, CB_USAGE, "unknown or ambiguous option '%s'", word);
    cb_hint(err, "claimbase %s --help lists the options", called);
    return CB_USAGE;
}

static enum cb_code parse_all(const char *called, int argc, char **argv, struct cb_values *values,
                              struct cb_err *err)
{
    struct getopt_table table;
    make_table(values, &table);
    optind = 0; /* GNU: begin anew */
    opterr = 0;
    for (;;) {
        /* a single-letter error is told by optopt, a long one by the word that was read */
        int before = optind < 1 ? 1 : optind;
        int code = getopt_long(argc, argv, table.shorts, table.longs, NULL);
        if (code == -1)
            return CB_OK;
        if (code == '?' || code == ':') {
            char letter[3] = {'-', (char)optopt, '\0'};
            bool is_letter = optopt > 0 && optopt < LONG_BASE && strncmp(argv[optind - 1], "--", 2) != 0;
            const char *word = is_letter ? letter : argv[optind > before ? optind - 1 : before];
            return bad_option(called, code, word, err);
        }
        struct cb_value *value = value_of(values, code);
        enum cb_code result = value == NULL ? CB_OK : set_value(value, optarg, err);
        if (result != CB_OK)
            return result;
    }
}

static enum cb_code check_arguments(const struct cb_command *command, const char *called, int count,
                                    char **arguments, struct cb_err *err)
{
    if (count >= command->arguments_min && (command->arguments_max < 0 || count <= command->arguments_max))
        return CB_OK;
    if (count < command->arguments_min)
        (void)cb_fail(err, CB_USAGE, "'%s' needs %s", called, count == 0 ? "an argument" : "more arguments");
    else
        (void)cb_fail(err, CB_USAGE, "'%s' does not know what to do with '%s'", called,
                      arguments[command->arguments_max]);
    cb_hint(err, "usage: claimbase %s %.*s", called, (int)strcspn(command->synopsis, "\n"),
            command->synopsis);
    return CB_USAGE;
}

enum cb_code cb_options_parse(const struct cb_command *command, const char *called, int argc, char **argv,
                              struct cb_values *values, int *first, struct cb_err *err)
{
    *values = (struct cb_values){0};
    cb_options_each(command, add_value, values);
    enum cb_code code = parse_all(called, argc, argv, values, err);
    *first = optind;
    const struct cb_value *help = cb_value_find(values, "help");
    if (help != NULL && help->given)
        return CB_OK;
    if (code == CB_OK)
        code = check_arguments(command, called, argc - *first, argv + *first, err);
    return code;
}

void cb_values_release(struct cb_values *values)
{
    for (size_t i = 0; i < values->count; i++)
        free(values->items[i].list);
    values->count = 0;
}

bool cb_option_given(const struct cb_cli *cli, const char *name)
{
    const struct cb_value *value = cb_value_find(cli->values, name);
    return value != NULL && value->given;
}

bool cb_option_flag(const struct cb_cli *cli, const char *name)
{
    return cb_option_given(cli, name);
}

const char *cb_option_text(const struct cb_cli *cli, const char *name)
{
    const struct cb_value *value = cb_value_find(cli->values, name);
    if (value == NULL)
        return NULL;
    return value->given ? value->text : value->option->standard;
}

long cb_option_integer(const struct cb_cli *cli, const char *name)
{
    const struct cb_value *value = cb_value_find(cli->values, name);
    if (value == NULL)
        return 0;
    if (value->given)
        return value->integer;
    return value->option->standard == NULL ? 0 : strtol(value->option->standard, NULL, 10);
}

const char *const *cb_option_list(const struct cb_cli *cli, const char *name, size_t *count)
{
    const struct cb_value *value = cb_value_find(cli->values, name);
    *count = value == NULL ? 0 : value->list_count;
    return value == NULL ? NULL : value->list;
}
