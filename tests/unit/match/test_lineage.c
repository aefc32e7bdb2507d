/* Where documents come from in the end. */
#include "match/lineage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
    struct cb_arena arena;
    struct cb_lineage lineage;
};

static void make(struct fixture *f, size_t documents, struct cb_step *steps, size_t count)
{
    struct cb_err err = {0};
    cb_arena_init(&f->arena, 16 * 1024 * 1024);
    cb_steps_sort(steps, count);
    assert_int_equal(cb_lineage_make(documents, steps, count, &f->arena, &f->lineage, &err), CB_OK);
}

static size_t origins(struct fixture *f, unsigned document, struct cb_origin **out)
{
    struct cb_err err = {0};
    size_t count = 0;
    assert_int_equal(cb_lineage_origins(&f->lineage, document, &f->arena, out, &count, &err), CB_OK);
    return count;
}

/* 0 copies 1, which credits an interview; 2 credits the same interview, and quotes somebody besides. */
static void test_credits_meet(void **state)
{
    (void)state;
    struct fixture f;
    struct cb_origin *o;
    struct cb_step steps[] = {
        {0, 1, NULL, false, "the same text"},
        {1, CB_NO_DOCUMENT, "interview|herald|ann lee", false, "told the Herald"},
        {2, CB_NO_DOCUMENT, "name|radio", true, "said on the radio"},
        {2, CB_NO_DOCUMENT, "interview|herald|ann lee", false, "in an interview"},
    };
    make(&f, 4, steps, 4);
    assert_int_equal(origins(&f, 0, &o), 1);
    assert_string_equal(o[0].origin, "interview|herald|ann lee");
    assert_string_equal(o[0].reason, "the same text");
    assert_int_equal(origins(&f, 2, &o), 1);
    assert_string_equal(o[0].origin, "interview|herald|ann lee");
    assert_int_equal(origins(&f, 3, &o), 0); /* unknown is unknown */
    cb_arena_release(&f.arena);
}

static void test_the_root_is_its_own_origin_when_others_come_from_it(void **state)
{
    (void)state;
    struct fixture f;
    struct cb_origin *o;
    struct cb_step steps[] = {{2, 1, NULL, false, "b"}, {1, 0, NULL, false, "a"}};
    make(&f, 3, steps, 2);
    for (unsigned d = 0; d < 3; d++) {
        assert_int_equal(origins(&f, d, &o), 1);
        assert_int_equal(o[0].document, 0);
    }
    assert_string_equal(o[0].reason, "b");
    cb_arena_release(&f.arena);
}

static void test_a_circle_begins_with_its_least_document(void **state)
{
    (void)state;
    struct fixture f;
    struct cb_origin *o;
    struct cb_step steps[] = {{2, 1, NULL, false, "x"}, {1, 3, NULL, false, "y"}, {3, 2, NULL, false, "z"}};
    make(&f, 4, steps, 3);
    for (unsigned d = 1; d < 4; d++) {
        assert_int_equal(origins(&f, d, &o), 1);
        assert_int_equal(o[0].document, 1);
    }
    cb_arena_release(&f.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_credits_meet),
        cmocka_unit_test(test_the_root_is_its_own_origin_when_others_come_from_it),
        cmocka_unit_test(test_a_circle_begins_with_its_least_document),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
