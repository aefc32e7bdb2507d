/* Groups, and pairs that may never meet. */
#include "match/closure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void test_blocks_hold_by_way_of_third_claims(void **state)
{
    (void)state;
    struct cb_closure c;
    struct cb_err err = {0};
    assert_int_equal(cb_closure_init(&c, 6, &err), CB_OK);
    assert_int_equal(cb_closure_block(&c, 0, 3, &err), CB_OK);
    assert_null(cb_closure_join(&c, 0, 1));
    assert_null(cb_closure_join(&c, 2, 3));
    const struct cb_block *block = cb_closure_join(&c, 1, 2);
    assert_non_null(block);
    assert_int_equal(block->a, 0);
    assert_int_equal(block->b, 3);
    assert_null(cb_closure_join(&c, 1, 4));
    assert_null(cb_closure_join(&c, 4, 5));
    assert_int_equal(cb_closure_root(&c, 0), cb_closure_root(&c, 5));
    assert_int_not_equal(cb_closure_root(&c, 0), cb_closure_root(&c, 3));
    assert_non_null(cb_closure_join(&c, 5, 2));
    cb_closure_release(&c);
}

static void test_joining_twice_is_harmless(void **state)
{
    (void)state;
    struct cb_closure c;
    struct cb_err err = {0};
    assert_int_equal(cb_closure_init(&c, 2, &err), CB_OK);
    assert_null(cb_closure_join(&c, 0, 1));
    assert_null(cb_closure_join(&c, 1, 0));
    assert_int_equal(c.size[cb_closure_root(&c, 0)], 2);
    cb_closure_release(&c);
}

/* Many blocks, joined in a chain: each block is found whichever group swallowed the other. */
static void test_chains_of_blocks(void **state)
{
    (void)state;
    enum { MEMBERS = 200 };
    struct cb_closure c;
    struct cb_err err = {0};
    assert_int_equal(cb_closure_init(&c, MEMBERS, &err), CB_OK);
    for (unsigned i = 0; i < MEMBERS / 2; i++)
        assert_int_equal(cb_closure_block(&c, i, MEMBERS - 1 - i, &err), CB_OK);
    for (unsigned i = 1; i < MEMBERS / 2; i++) {
        assert_null(cb_closure_join(&c, 0, i));
        assert_null(cb_closure_join(&c, MEMBERS - 1, MEMBERS - 1 - i));
    }
    for (unsigned i = 0; i < MEMBERS / 2; i++)
        assert_non_null(cb_closure_join(&c, i, MEMBERS / 2 + (i * 7) % (MEMBERS / 2)));
    cb_closure_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blocks_hold_by_way_of_third_claims),
        cmocka_unit_test(test_joining_twice_is_harmless),
        cmocka_unit_test(test_chains_of_blocks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
