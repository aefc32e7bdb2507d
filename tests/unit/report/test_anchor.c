/* Anchors: exact, moved, ambiguous, orphan. */
#include "report/anchor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static enum cb_anchor_state check(const char *text, int64_t start, int64_t end, const char *prefix,
                                  const char *quote, const char *suffix)
{
    struct cb_points points;
    struct cb_err err = {0};
    assert_int_equal(cb_points_init(&points, text, strlen(text), &err), CB_OK);
    const struct cb_anchor anchor = {
        .start = start, .end = end, .quote = quote, .prefix = prefix, .suffix = suffix};
    enum cb_anchor_state state = cb_anchor_check(&points, &anchor);
    cb_points_release(&points);
    return state;
}

static void test_states(void **state)
{
    (void)state;
    const char *text = "Team Alpha won. Team Beta lost. Team Alpha cheered.";
    assert_int_equal(check(text, 0, 10, "", "Team Alpha", " won"), CB_ANCHOR_EXACT);
    assert_int_equal(check(text, 32, 42, "lost. ", "Team Alpha", " cheered"), CB_ANCHOR_EXACT);
    /* the same words, but not those that were meant */
    assert_int_equal(check(text, 0, 10, "lost. ", "Team Alpha", " cheered"), CB_ANCHOR_MOVED);
    assert_int_equal(check(text, 1, 11, "gone ", "Team Alpha", " gone"), CB_ANCHOR_AMBIGUOUS);
    assert_int_equal(check(text, 5, 14, "", "Team Beta", ""), CB_ANCHOR_MOVED);
    assert_int_equal(check(text, 0, 10, "", "Team Gamma", ""), CB_ANCHOR_ORPHAN);
    assert_int_equal(check(text, 0, 1000, "", "Team Alpha", " won"), CB_ANCHOR_MOVED);
    assert_int_equal(check(text, -5, 5, "", "Team Alpha", " won"), CB_ANCHOR_MOVED);
    assert_int_equal(check("", 0, 1, "", "x", ""), CB_ANCHOR_ORPHAN);
}

static void test_code_points(void **state)
{
    (void)state;
    const char *text = "é😀 – 静か ok";
    assert_int_equal(check(text, 5, 7, "– ", "静か", " ok"), CB_ANCHOR_EXACT);
    assert_int_equal(check(text, 8, 10, " ", "ok", ""), CB_ANCHOR_EXACT);
    assert_int_equal(check(text, 6, 8, "– ", "静か", " ok"), CB_ANCHOR_MOVED);
    struct cb_points points;
    struct cb_err err = {0};
    assert_int_equal(cb_points_init(&points, text, strlen(text), &err), CB_OK);
    assert_int_equal(points.count, 10);
    assert_int_equal(cb_points_byte(&points, 1), 2);
    assert_int_equal(cb_points_byte(&points, 10), strlen(text));
    assert_int_equal(cb_points_byte(&points, 99), strlen(text));
    cb_points_release(&points);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_states), cmocka_unit_test(test_code_points)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
