#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void test_zeroed_and_aligned(void **state)
{
    (void)state;
    struct cb_arena arena;
    cb_arena_init(&arena, 1 << 20);
    for (size_t size = 0; size < 200; size++) {
        unsigned char *at = cb_arena_alloc(&arena, size);
        assert_non_null(at);
        assert_int_equal((uintptr_t)at % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(at[i], 0);
        memset(at, 0xFF, size);
    }
    cb_arena_release(&arena);
}

static void test_zeroed_again_after_reset(void **state)
{
    (void)state;
    struct cb_arena arena;
    cb_arena_init(&arena, 1 << 20);
    memset(cb_arena_alloc(&arena, 1000), 0xFF, 1000);
    cb_arena_reset(&arena);
    assert_int_equal(arena.used, 0);
    const unsigned char *at = cb_arena_alloc(&arena, 1000);
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(at[i], 0);
    cb_arena_release(&arena);
}

static void test_maximum_holds(void **state)
{
    (void)state;
    struct cb_arena arena;
    cb_arena_init(&arena, 1000);
    assert_non_null(cb_arena_alloc(&arena, 800));
    assert_null(cb_arena_alloc(&arena, 400));
    assert_non_null(cb_arena_alloc(&arena, 100));
    cb_arena_release(&arena);
}

static void test_huge_counts_do_not_wrap(void **state)
{
    (void)state;
    struct cb_arena arena;
    cb_arena_init(&arena, SIZE_MAX);
    assert_null(cb_arena_array(&arena, SIZE_MAX / 2, 16));
    assert_null(cb_arena_alloc(&arena, SIZE_MAX));
    assert_null(cb_arena_copy(&arena, "x", SIZE_MAX));
    cb_arena_release(&arena);
}

static void test_copy_ends_with_nul(void **state)
{
    (void)state;
    struct cb_arena arena;
    cb_arena_init(&arena, 1 << 20);
    assert_string_equal(cb_arena_copy(&arena, "claims and more", 6), "claims");
    assert_string_equal(cb_arena_copy(&arena, "", 0), "");
    cb_arena_release(&arena);
}

static void test_larger_than_a_block(void **state)
{
    (void)state;
    struct cb_arena arena;
    cb_arena_init(&arena, 1 << 24);
    char *small = cb_arena_copy(&arena, "small", 5);
    char *large = cb_arena_alloc(&arena, 1 << 20);
    assert_non_null(large);
    large[(1 << 20) - 1] = 'x';
    assert_string_equal(small, "small");
    cb_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_zeroed_and_aligned), cmocka_unit_test(test_zeroed_again_after_reset),
        cmocka_unit_test(test_maximum_holds),      cmocka_unit_test(test_huge_counts_do_not_wrap),
        cmocka_unit_test(test_copy_ends_with_nul), cmocka_unit_test(test_larger_than_a_block),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
