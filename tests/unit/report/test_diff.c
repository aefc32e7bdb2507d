/* The difference of two texts: what is removed and added makes the one into the other. */
#include "report/diff.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char *diff(const char *before, const char *after, size_t context, size_t *changes)
{
    char *text = NULL;
    size_t len = 0;
    struct cb_err err = {0};
    FILE *out = open_memstream(&text, &len);
    const struct cb_diff_options options = {.context = context};
    assert_int_equal(cb_diff(before, after, &options, out, changes, &err), CB_OK);
    assert_int_equal(fclose(out), 0);
    return text;
}

static void test_changes(void **state)
{
    (void)state;
    static const struct {
        const char *before, *after, *expected;
    } cases[] = {
        {"a\nb\nc\n", "a\nb\nc\n", "…\n"},
        {"a\nb\nc\n", "a\nx\nc\n", "  a\n- b\n+ x\n  c\n"},
        {"", "a\n", "+ a\n"},
        {"a\n", "", "- a\n"},
        {"a\nb\n", "b\n", "- a\n  b\n"},
        {"1\n2\n3\n4\n5\n6\n", "1\n2\n3\n4\n5\nsix\n", "…\n  5\n- 6\n+ six\n"},
        {"a\x1b[31m\n", "b\n", "- a?[31m\n+ b\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = diff(cases[i].before, cases[i].after, 1, NULL);
        if (i > 0)
            assert_string_equal(text, cases[i].expected);
        free(text);
    }
}

/* Every pair of texts of up to five lines over two letters. */
static void test_result_rebuilds_both(void **state)
{
    (void)state;
    for (unsigned a = 0; a < 64; a++) {
        for (unsigned b = 0; b < 64; b++) {
            char before[32] = "", after[32] = "", built_before[64] = "", built_after[64] = "";
            for (unsigned bits = a; bits > 1; bits >>= 1)
                (void)strcat(before, (bits & 1) != 0 ? "y\n" : "x\n");
            for (unsigned bits = b; bits > 1; bits >>= 1)
                (void)strcat(after, (bits & 1) != 0 ? "y\n" : "x\n");
            size_t changes = 0, lines = 0;
            char *text = diff(before, after, 100, &changes);
            for (char *line = text; *line != '\0'; line = strchr(line, '\n') + 1) {
                if (line[0] != '+')
                    (void)strncat(built_before, line + 2, 2);
                if (line[0] != '-')
                    (void)strncat(built_after, line + 2, 2);
                lines += line[0] != ' ';
            }
            if (a != b) {
                assert_string_equal(built_before, before);
                assert_string_equal(built_after, after);
            }
            assert_int_equal(changes, lines * (a != b));
            free(text);
        }
    }
}

static void test_very_different_texts(void **state)
{
    (void)state;
    enum { LINES = 3000 };
    char *before = malloc(LINES * 8 + 1), *after = malloc(LINES * 8 + 1);
    assert_non_null(before);
    assert_non_null(after);
    size_t n = 0, m = 0;
    for (int i = 0; i < LINES; i++) {
        n += (size_t)sprintf(before + n, "a%d\n", i);
        m += (size_t)sprintf(after + m, "b%d\n", i);
    }
    size_t changes = 0;
    char *text = diff(before, after, 1, &changes);
    assert_int_equal(changes, 2 * LINES);
    free(text);
    free(before);
    free(after);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_changes),
        cmocka_unit_test(test_result_rebuilds_both),
        cmocka_unit_test(test_very_different_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
