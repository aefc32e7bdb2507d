#include "base/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void test_grows_to_its_maximum(void **state)
{
    (void)state;
    int *items = NULL;
    size_t capacity = 0;
    struct cb_err err = {0};
    for (int i = 0; i < 1000; i++) {
        void *grown = items;
        assert_int_equal(
            cb_array_reserve(&grown, &capacity, (size_t)i + 1, sizeof *items, 1000, "things", &err), CB_OK);
        items = grown;
        items[i] = i;
    }
    void *same = items;
    assert_int_equal(cb_array_reserve(&same, &capacity, 1001, sizeof *items, 1000, "things", &err), CB_LIMIT);
    assert_ptr_equal(same, items);
    assert_non_null(strstr(err.message, "things"));
    for (int i = 0; i < 1000; i++)
        assert_int_equal(items[i], i);
    free(items);
}

static void test_huge_need_does_not_wrap(void **state)
{
    (void)state;
    void *items = NULL;
    size_t capacity = 0;
    struct cb_err err = {0};
    assert_int_not_equal(cb_array_reserve(&items, &capacity, SIZE_MAX / 4, 8, SIZE_MAX, "things", &err),
                         CB_OK);
    assert_null(items);
    assert_int_equal(capacity, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grows_to_its_maximum),
        cmocka_unit_test(test_huge_need_does_not_wrap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
