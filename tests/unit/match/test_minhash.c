/* Texts that are nearly the same. */
#include "match/minhash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const char original[] = "The harbour office closed the north gate on Monday evening after the water "
                               "had risen by two metres in a day.\n"
                               "A spokeswoman said the pumps would run through the night and that nobody had "
                               "to leave the old town so far.";
static const char edited[] = "The harbour office closed the north gate on Monday evening after the water had "
                             "risen by two metres in a day.\n"
                             "Fishermen on the other bank were less calm and carried their nets up to the "
                             "church before it was dark again.";
static const char other[] = "Parliament will vote in spring on a new law about the pay of nurses, which "
                            "unions have asked for since March.";

static size_t shared_bands(const struct cb_sketch *a, const struct cb_sketch *b)
{
    size_t shared = 0;
    for (size_t i = 0; i < a->band_count; i++)
        for (size_t j = 0; j < b->band_count; j++)
            shared += a->bands[i] == b->bands[j];
    return shared;
}

static void test_copied_paragraphs_meet(void **state)
{
    (void)state;
    struct cb_arena arena;
    struct cb_err err = {0};
    struct cb_sketch a, b, c;
    cb_arena_init(&arena, 64 * 1024 * 1024);
    assert_int_equal(cb_sketch_make(original, strlen(original), &arena, &a, &err), CB_OK);
    assert_int_equal(cb_sketch_make(edited, strlen(edited), &arena, &b, &err), CB_OK);
    assert_int_equal(cb_sketch_make(other, strlen(other), &arena, &c, &err), CB_OK);
    assert_int_equal(a.paragraphs, 2);
    assert_int_equal(shared_bands(&a, &b), CB_SKETCH_HASHES / CB_SKETCH_BAND);
    assert_int_equal(shared_bands(&a, &c), 0);
    cb_arena_release(&arena);
}

static void test_shares(void **state)
{
    (void)state;
    struct cb_arena arena;
    struct cb_err err = {0};
    double mine, theirs;
    cb_arena_init(&arena, 64 * 1024 * 1024);
    assert_int_equal(
        cb_shared_runs(original, strlen(original), edited, strlen(edited), &arena, &mine, &theirs, &err),
        CB_OK);
    assert_true(mine > 0.4 && mine < 0.6 && theirs > 0.4 && theirs < 0.6);
    assert_int_equal(
        cb_shared_runs(original, strlen(original), other, strlen(other), &arena, &mine, &theirs, &err),
        CB_OK);
    assert_true(mine <= 0 && theirs <= 0);
    assert_int_equal(cb_shared_runs("Two words", 9, "two WORDS.", 10, &arena, &mine, &theirs, &err), CB_OK);
    assert_true(mine >= 1 && theirs >= 1);
    assert_int_equal(cb_shared_runs("", 0, original, strlen(original), &arena, &mine, &theirs, &err), CB_OK);
    assert_true(mine <= 0 && theirs <= 0);
    cb_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_copied_paragraphs_meet),
        cmocka_unit_test(test_shares),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
