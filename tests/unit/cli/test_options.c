#include "cli/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct cb_option own[] = {
    {.name = "limit",
     .letter = 'l',
     .kind = CB_OPTION_INTEGER,
     .value = "N",
     .help = "how many",
     .standard = "10",
     .min = 1,
     .max = 100},
    {.name = "evidence", .kind = CB_OPTION_LIST, .value = "E", .help = "many times"},
    {.name = "note", .kind = CB_OPTION_TEXT, .value = "TEXT", .help = "a note"},
    CB_OPTION_FORMAT("table|csv|json", "table"),
    {.name = NULL},
};
static const struct cb_option *const groups[] = {own, NULL};
static const struct cb_command command = {
    .name = "thing",
    .summary = "a command",
    .synopsis = "A [B]",
    .options = groups,
    .arguments_min = 1,
    .arguments_max = 2,
};

struct parsed {
    struct cb_values values;
    struct cb_err err;
    enum cb_code code;
    char *words[16];
    int first, count;
    struct cb_cli cli;
};

/* `line` is cut at its blanks. */
static void parse(struct parsed *parsed, char *line)
{
    *parsed = (struct parsed){.count = 1};
    parsed->words[0] = line; /* the command's name; nobody reads it */
    char *rest = NULL;
    for (char *word = strtok_r(line, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest))
        parsed->words[parsed->count++] = word;
    parsed->code = cb_options_parse(&command, "thing", parsed->count, parsed->words, &parsed->values,
                                    &parsed->first, &parsed->err);
    parsed->cli.values = &parsed->values;
}

static void test_values_of_all_kinds(void **state)
{
    (void)state;
    struct parsed p;
    char line[] = "x --evidence one -l 7 y --evidence=two --note n --format json";
    parse(&p, line);
    assert_int_equal(p.code, CB_OK);
    assert_int_equal(p.count - p.first, 2);
    assert_string_equal(p.words[p.first], "x");
    assert_string_equal(p.words[p.first + 1], "y");
    assert_int_equal(cb_option_integer(&p.cli, "limit"), 7);
    assert_string_equal(cb_option_text(&p.cli, "note"), "n");
    assert_string_equal(cb_option_text(&p.cli, "format"), "json");
    size_t count = 0;
    const char *const *list = cb_option_list(&p.cli, "evidence", &count);
    assert_int_equal(count, 2);
    assert_string_equal(list[1], "two");
    assert_false(cb_option_flag(&p.cli, "quiet"));
    cb_values_release(&p.values);
}

static void test_standards(void **state)
{
    (void)state;
    struct parsed p;
    char line[] = "x";
    parse(&p, line);
    assert_int_equal(p.code, CB_OK);
    assert_int_equal(cb_option_integer(&p.cli, "limit"), 10);
    assert_string_equal(cb_option_text(&p.cli, "format"), "table");
    assert_null(cb_option_text(&p.cli, "note"));
    assert_false(cb_option_given(&p.cli, "limit"));
    cb_values_release(&p.values);
}

static void refuses(const char *text, const char *word)
{
    struct parsed p;
    char line[128];
    (void)snprintf(line, sizeof line, "%s", text);
    parse(&p, line);
    assert_int_equal(p.code, CB_USAGE);
    if (strstr(p.err.message, word) == NULL)
        fail_msg("'%s' does not name '%s'", p.err.message, word);
    cb_values_release(&p.values);
}

static void test_what_is_wrong_is_named(void **state)
{
    (void)state;
    refuses("x --bogus", "--bogus");
    refuses("x -z", "-z");
    refuses("x y --note", "--note");
    refuses("x y -l", "-l");
    refuses("x --limit seven", "seven");
    refuses("x --limit 0", "from 1 to 100");
    refuses("x --limit 99999999999999999999", "from 1 to 100");
    refuses("x --limit 5x", "5x");
    refuses("x --format xml", "table|csv|json");
    refuses("x --format tab", "tab");
    refuses("", "argument");
    refuses("x y z", "'z'");
}

static void test_help_wins(void **state)
{
    (void)state;
    struct parsed p;
    char line[] = "--help";
    parse(&p, line);
    assert_int_equal(p.code, CB_OK);
    assert_true(cb_option_flag(&p.cli, "help"));
    cb_values_release(&p.values);
}

static void test_two_dashes_end_the_options(void **state)
{
    (void)state;
    struct parsed p;
    char line[] = "-- --note";
    parse(&p, line);
    assert_int_equal(p.code, CB_OK);
    assert_string_equal(p.words[p.first], "--note");
    assert_null(cb_option_text(&p.cli, "note"));
    cb_values_release(&p.values);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_of_all_kinds),        cmocka_unit_test(test_standards),
        cmocka_unit_test(test_what_is_wrong_is_named),     cmocka_unit_test(test_help_wins),
        cmocka_unit_test(test_two_dashes_end_the_options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
