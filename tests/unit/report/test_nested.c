/* Claims of one statement that are parts of one another: which of them is shown. */
#include "report/nested.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct cb_said said(const char *document, int64_t start, int64_t end, const char *text)
{
    return (struct cb_said){.document = document, .start = start, .end = end, .text = text};
}

/* For each claim the place of the one that is shown for it, "-" for itself. */
static void expect_shown(struct cb_said *claims, size_t count, size_t shown, const char *expected)
{
    char places[64] = "";
    assert_int_equal(cb_said_nest(claims, count), shown);
    for (size_t i = 0; i < count; i++) {
        char place[24] = "-";
        if (claims[i].shown_as != NULL)
            (void)snprintf(place, sizeof place, "%d", (int)(claims[i].shown_as - claims));
        (void)strcat(places, place);
    }
    assert_string_equal(places, expected);
}

static void test_the_main_part_stands_for_the_whole(void **state)
{
    (void)state;
    struct cb_said claims[] = {
        said("a", 0, 60, "The ferry, which was built in 1931, ran aground on Friday"),
        said("a", 0, 60, "The ferry ran aground on Friday"),
        said("b", 0, 60, "The ferry ran aground on Friday"),
    };
    expect_shown(claims, 3, 2, "1--");
}

static void test_an_aside_does_not(void **state)
{
    (void)state;
    struct cb_said claims[] = {
        said("a", 0, 90,
             "Ann Lee, the harbour's pilot, said that the ferry had run aground on Friday at six"),
        said("a", 0, 28, "Ann Lee, the harbour's pilot"),
    };
    expect_shown(claims, 2, 1, "-0");
}

static void test_both_halves_are_shown(void **state)
{
    (void)state;
    struct cb_said claims[] = {
        said("a", 0, 80, "“The bridge is closed and the ferry does not run”, she said"),
        said("a", 0, 80, "The bridge is closed and the ferry"),
        said("a", 25, 80, "the ferry does not run"),
    };
    expect_shown(claims, 3, 2, "1--");
}

static void test_the_aside_of_an_aside_leads_to_what_is_shown(void **state)
{
    (void)state;
    struct cb_said claims[] = {
        said("a", 0, 99, "one two three four five six seven eight nine ten"),
        said("a", 0, 99, "one two three four five"),
        said("a", 0, 99, "ONE TWO"),
        said("a", 0, 99, "one two three four five"),
    };
    expect_shown(claims, 4, 1, "1-11");
}

static void test_places_and_words_count(void **state)
{
    (void)state;
    struct cb_said apart[] = {said("a", 0, 20, "The ferry ran aground"),
                              said("a", 50, 70, "The ferry ran aground")};
    expect_shown(apart, 2, 2, "--");
    struct cb_said others[] = {said("a", 0, 20, "The ferry ran aground"),
                               said("a", 0, 30, "The aground ran ferry here")};
    expect_shown(others, 2, 2, "--");
    struct cb_said marks[] = {said("a", 0, 20, "The ‘ferry’ ran—aground"),
                              said("a", 0, 20, "the ferry ran aground")};
    expect_shown(marks, 2, 1, "-0");
    struct cb_said none[] = {said("a", 0, 20, "…"), said("a", 0, 20, "")};
    expect_shown(none, 2, 2, "--");
    expect_shown(none, 0, 0, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_main_part_stands_for_the_whole),
        cmocka_unit_test(test_an_aside_does_not),
        cmocka_unit_test(test_both_halves_are_shown),
        cmocka_unit_test(test_the_aside_of_an_aside_leads_to_what_is_shown),
        cmocka_unit_test(test_places_and_words_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
