/* Posting lists, sums over them, BM25, and the choice of the best. */
#include "match/posting.h"
#include "match/rank.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void test_pack_and_unpack(void **state)
{
    (void)state;
    struct cb_posting posting = {.offset = 65535, .in_title = true, .words = 500, .level = 77};
    struct cb_posting back = cb_posting_unpack(cb_posting_pack(posting));
    assert_int_equal(back.offset, 65535);
    assert_false(back.in_text);
    assert_true(back.in_title);
    assert_int_equal(back.words, CB_POSTING_WORDS_MAX);
    assert_int_equal(back.level, 77);
}

static void test_a_level_is_never_above_its_weight(void **state)
{
    (void)state;
    for (double weight = 0.5; weight < 5000; weight *= 1.01)
        assert_true(cb_level_weight(cb_weight_level(weight)) <= weight);
}

static void test_lists_and_sums(void **state)
{
    (void)state;
    struct cb_arena arena;
    struct cb_postings postings;
    struct cb_tally tally;
    struct cb_err err = {0};
    struct cb_gain gain = {0};
    cb_arena_init(&arena, 16 * 1024 * 1024);
    assert_int_equal(cb_postings_init(&postings, &arena, &err), CB_OK);
    assert_int_equal(cb_tally_init(&tally, 200000, &err), CB_OK);
    /* ordinal 5 in the text; ordinal 65536 + 7 in the text */
    assert_int_equal(cb_postings_add(&postings, 42, 0, "\5\0\0\x40", 4, &err), CB_OK);
    assert_int_equal(cb_postings_add(&postings, 42, 1, "\7\0\0\x40", 4, &err), CB_OK);
    assert_int_equal(cb_postings_add(&postings, 43, 1, "\7\0\0\x40", 4, &err), CB_OK);
    assert_null(cb_postings_find(&postings, 44));
    for (size_t i = 0; i <= CB_POSTING_WORDS_MAX; i++)
        gain.of[CB_IN_TEXT][i] = 2.0F;
    cb_tally_add(&tally, cb_postings_find(&postings, 43), &gain);
    cb_tally_meet(&tally, cb_postings_find(&postings, 42), 2.0F, 200000, -1); /* only who was met */
    assert_int_equal(tally.touched_count, 1);
    assert_true(tally.cells[65543].sum > 3.9F && tally.cells[5].sum <= 0);
    cb_tally_clear(&tally);
    assert_true(tally.cells[65543].sum <= 0);
    cb_tally_meet(&tally, cb_postings_find(&postings, 42), 2.0F, 65543, 127); /* the end is not met */
    assert_int_equal(tally.touched_count, 1);
    assert_int_equal(tally.touched[0], 5);
    cb_tally_clear(&tally);
    assert_int_equal(cb_postings_add(&postings, 1, 0, "\5\0\0", 3, &err), CB_INTEGRITY);
    cb_tally_release(&tally);
    cb_postings_release(&postings);
    cb_arena_release(&arena);
}

static void test_bm25(void **state)
{
    (void)state;
    struct cb_gain gain;
    assert_true(cb_bm25_idf(1, 1000) > cb_bm25_idf(100, 1000));
    assert_true(cb_bm25_idf(1000, 1000) > 0);
    cb_bm25_gain(2.0, 10, &gain);
    assert_true(gain.of[CB_IN_TEXT][5] > gain.of[CB_IN_TEXT][20]);
    assert_true(gain.of[CB_IN_BOTH][10] > gain.of[CB_IN_TEXT][10]);
}

static int ascending(const void *a, const void *b)
{
    const int *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void test_select_best(void **state)
{
    (void)state;
    for (size_t enough = 1; enough <= 97; enough += 6) {
        int items[97];
        for (int i = 0; i < 97; i++)
            items[i] = i * 31 % 97;
        assert_int_equal(cb_select_best(items, 97, sizeof *items, enough, ascending), enough);
        for (size_t i = 0; i < enough; i++)
            assert_true(items[i] < (int)enough);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pack_and_unpack), cmocka_unit_test(test_a_level_is_never_above_its_weight),
        cmocka_unit_test(test_lists_and_sums),  cmocka_unit_test(test_bm25),
        cmocka_unit_test(test_select_best),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
