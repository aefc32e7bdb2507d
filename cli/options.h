/* Option parsing: arrays of struct cb_option in, values out. */
#ifndef CB_CLI_OPTIONS_H
#define CB_CLI_OPTIONS_H

#include "cli/command.h"

enum { CB_OPTIONS_MAX = 64, CB_LIST_MAX = 10000 };

struct cb_value {
    const struct cb_option *option;
    const char *text; /* the last one given, or NULL */
    const char **list;
    size_t list_count, list_capacity;
    long integer;
    bool given;
};

struct cb_values {
    struct cb_value items[CB_OPTIONS_MAX];
    size_t count;
};

/* Parses argv[1..argc) for the command, which errors call `called` ("db start"). Reorders argv: what is no
 * option comes last, from *first on. CB_USAGE names what is wrong. With --help nothing else is checked. The
 * texts are borrowed from argv. */
CB_CHECKED enum cb_code cb_options_parse(const struct cb_command *command, const char *called, int argc,
                                         char **argv, struct cb_values *values, int *first,
                                         struct cb_err *err);
void cb_values_release(struct cb_values *values);

/* NULL when the command has no such option. */
const struct cb_value *cb_value_find(const struct cb_values *values, const char *name);

/* A whole decimal number in [min, max]. */
CB_CHECKED enum cb_code cb_parse_integer(const char *text, long min, long max, const char *what, long *out,
                                         struct cb_err *err);

/* Calls `visit` for each option of the command: its own groups, connection, common. */
typedef void cb_option_visit(void *context, const struct cb_option *option);
void cb_options_each(const struct cb_command *command, cb_option_visit *visit, void *context);

#endif
