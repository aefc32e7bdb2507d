#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void test_fills_and_returns(void **state)
{
    (void)state;
    struct cb_err err = {0};
    assert_int_equal(cb_fail(&err, CB_INPUT, "can't read '%s'", "a.txt"), CB_INPUT);
    assert_int_equal(err.code, CB_INPUT);
    assert_string_equal(err.message, "can't read 'a.txt'");
    cb_hint(&err, "try %d", 2);
    assert_string_equal(err.hint, "try 2");
    cb_prefix(&err, "line %d", 7);
    assert_string_equal(err.message, "line 7: can't read 'a.txt'");
    assert_int_equal(cb_fail(&err, CB_LIMIT, "other"), CB_LIMIT);
    assert_string_equal(err.hint, "");
    cb_err_clear(&err);
    assert_int_equal(err.code, CB_OK);
}

static void test_nobody_asks(void **state)
{
    (void)state;
    assert_int_equal(cb_fail(NULL, CB_FAILED, "unheard"), CB_FAILED);
    cb_hint(NULL, "unheard");
    cb_prefix(NULL, "unheard");
}

static void test_long_message_is_cut_at_a_code_point(void **state)
{
    (void)state;
    struct cb_err err = {0};
    char text[3000] = "x";
    for (size_t i = 1; i + 2 < sizeof text; i += 2)
        memcpy(text + i, "é", 3);
    (void)cb_fail(&err, CB_FAILED, "%s", text);
    size_t len = strlen(err.message);
    assert_true(len < sizeof err.message && len > sizeof err.message - 4);
    assert_memory_equal(err.message + len - 2, "é", 2);
    cb_prefix(&err, "%s", "where");
    assert_memory_equal(err.message, "where: xé", 10);
    assert_true(strlen(err.message) < sizeof err.message);
}

static void test_control_characters_are_masked(void **state)
{
    (void)state;
    struct cb_err err = {0};
    (void)cb_fail(&err, CB_INPUT, "file '%s'", "a\033[31mb\x7f");
    assert_string_equal(err.message, "file 'a?[31mb?'");
}

/* What is put into a message may be the name of a file in another encoding, or a value cut in a letter. */
static void test_message_is_always_utf8(void **state)
{
    (void)state;
    struct cb_err err = {0};
    (void)cb_fail(&err, CB_INPUT, "'%s' has %.2s, that is %s", "caf\xE9", "a\xC3\xA9",
                  "caf\xC3\xA9 \xF0\x9F\x98\x80");
    assert_string_equal(err.message, "'caf?' has a?, that is caf\xC3\xA9 \xF0\x9F\x98\x80");
    (void)cb_fail(&err, CB_INPUT, "%s", "\xC0\xAF \xED\xA0\x80 \xF4\x90\x80\x80 \xE2\x82 \xFF");
    assert_string_equal(err.message, "?? ??? ???? ?? ?");
    cb_hint(&err, "%.1s", "\xC3\xA9");
    assert_string_equal(err.hint, "?");
}

/* The codes are the program's exit codes: they may be added to, not changed. */
static void test_codes_are_never_renumbered(void **state)
{
    (void)state;
    const int codes[] = {CB_OK,        CB_FAILED, CB_USAGE,     CB_INPUT,    CB_REJECTED,
                         CB_DATABASE,  CB_SCHEMA, CB_NOT_FOUND, CB_REFUSED,  CB_CONFLICT,
                         CB_INTEGRITY, CB_LIMIT,  CB_NO_MEMORY, CB_EXTERNAL, CB_INTERRUPTED};
    for (int i = 0; i < (int)(sizeof codes / sizeof codes[0]); i++)
        assert_int_equal(codes[i], i);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fills_and_returns),
        cmocka_unit_test(test_nobody_asks),
        cmocka_unit_test(test_long_message_is_cut_at_a_code_point),
        cmocka_unit_test(test_control_characters_are_masked),
        cmocka_unit_test(test_message_is_always_utf8),
        cmocka_unit_test(test_codes_are_never_renumbered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
