#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void test_grows_and_ends_with_nul(void **state)
{
    (void)state;
    struct cb_buffer buffer;
    struct cb_err err = {0};
    cb_buffer_init(&buffer, 100000);
    assert_string_equal(cb_buffer_text(&buffer), "");
    for (int i = 0; i < 10000; i++)
        cb_buffer_add_char(&buffer, 'x');
    cb_buffer_printf(&buffer, "%d of %s", 5, "6");
    assert_int_equal(cb_buffer_status(&buffer, "test", &err), CB_OK);
    assert_int_equal(buffer.len, 10006);
    assert_string_equal(buffer.data + 10000, "5 of 6");
    cb_buffer_release(&buffer);
}

static void test_over_the_maximum_keeps_what_it_had(void **state)
{
    (void)state;
    struct cb_buffer buffer;
    struct cb_err err = {0};
    cb_buffer_init(&buffer, 8);
    cb_buffer_add_text(&buffer, "12345678");
    assert_false(buffer.failed);
    cb_buffer_add_char(&buffer, '9');
    cb_buffer_add(&buffer, "", 0);
    assert_true(buffer.failed);
    assert_string_equal(cb_buffer_text(&buffer), "12345678");
    assert_int_equal(cb_buffer_status(&buffer, "the answer", &err), CB_LIMIT);
    assert_non_null(strstr(err.message, "the answer"));
    cb_buffer_clear(&buffer);
    cb_buffer_add_text(&buffer, "again");
    assert_int_equal(cb_buffer_status(&buffer, "the answer", &err), CB_OK);
    cb_buffer_release(&buffer);
}

static void test_printf_at_the_edge(void **state)
{
    (void)state;
    struct cb_buffer buffer;
    cb_buffer_init(&buffer, 4);
    cb_buffer_printf(&buffer, "%s", "1234");
    assert_false(buffer.failed);
    cb_buffer_printf(&buffer, "%s", "5");
    assert_true(buffer.failed);
    assert_string_equal(cb_buffer_text(&buffer), "1234");
    cb_buffer_release(&buffer);
}

static void test_take_hands_over(void **state)
{
    (void)state;
    struct cb_buffer buffer;
    size_t len = 0;
    cb_buffer_init(&buffer, 100);
    cb_buffer_add_text(&buffer, "mine");
    char *taken = cb_buffer_take(&buffer, &len);
    assert_string_equal(taken, "mine");
    assert_int_equal(len, 4);
    assert_int_equal(buffer.len, 0);
    free(taken);
    taken = cb_buffer_take(&buffer, &len);
    assert_string_equal(taken, "");
    free(taken);
    cb_buffer_release(&buffer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grows_and_ends_with_nul),
        cmocka_unit_test(test_over_the_maximum_keeps_what_it_had),
        cmocka_unit_test(test_printf_at_the_edge),
        cmocka_unit_test(test_take_hands_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
