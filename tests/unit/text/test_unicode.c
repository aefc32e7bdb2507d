#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "text/unicode.h"

static void test_valid(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t len, until;
    } cases[] = {
        {"plain", 5, 5},
        {"", 0, 0},
        {"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80", 9, 9},
        {"a\0b", 3, 1},
        {"abcdefgh\0", 9, 8},
        {"abc\0efgh", 8, 3},
        {"x\xC0\xAF", 3, 1},         /* overlong */
        {"x\xE0\x80\x80", 4, 1},     /* overlong */
        {"x\xED\xA0\x80", 4, 1},     /* surrogate */
        {"x\xF4\x90\x80\x80", 5, 1}, /* over U+10FFFF */
        {"abcdefgh\xE2\x82", 10, 8}, /* cut */
        {"\x80", 1, 0},
        {"\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF", 10, 10},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(cb_utf8_valid_until(cases[i].text, cases[i].len), cases[i].until);
}

static void test_walk(void **state)
{
    (void)state;
    const char *text = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\xFF";
    const uint32_t want[] = {'a', 0xE9, 0x20AC, 0x1F600, 0xFFFD};
    const size_t ends[] = {1, 3, 6, 10, 11};
    size_t at = 0;
    for (size_t i = 0; i < 5; i++) {
        uint32_t c;
        size_t before = at;
        at = cb_utf8_next(text, 11, at, &c);
        assert_int_equal(c, want[i]);
        assert_int_equal(at, ends[i]);
        assert_int_equal(cb_utf8_previous(text, at), before);
    }
}

static void test_clean(void **state)
{
    (void)state;
    struct cb_buffer out;
    struct cb_err err;
    cb_buffer_init(&out, 100);
    assert_int_equal(cb_utf8_clean("\xEF\xBB\xBF"
                                   "a\r\nb\rc\n\r\n",
                                   11, &out, &err),
                     CB_OK);
    assert_string_equal(cb_buffer_text(&out), "a\nb\nc\n\n");
    assert_int_equal(cb_utf8_clean("a\r\nb\xFF", 5, &out, &err), CB_INPUT);
    assert_string_equal(err.message, "invalid UTF-8 at byte 4, line 2");
    assert_int_equal(cb_utf8_clean("a\0", 2, &out, &err), CB_INPUT);
    assert_string_equal(err.message, "a NUL byte at byte 1, line 1");
    cb_buffer_release(&out);
    cb_buffer_init(&out, 4);
    assert_int_equal(cb_utf8_clean("12345", 5, &out, &err), CB_LIMIT);
    cb_buffer_release(&out);
}

static void check_map(const char *text, size_t len)
{
    struct cb_arena arena;
    struct cb_code_points map;
    struct cb_err err;
    cb_arena_init(&arena, 1 << 20);
    assert_int_equal(cb_code_points_make(text, len, &arena, &map, &err), CB_OK);
    uint32_t points = 0;
    for (size_t at = 0; at < len;) {
        uint32_t c;
        assert_int_equal(cb_code_points_at(&map, at), points);
        assert_int_equal(cb_code_points_byte(&map, points), at);
        at = cb_utf8_next(text, len, at, &c);
        points++;
    }
    assert_int_equal(cb_code_points_at(&map, len), points);
    assert_int_equal(cb_code_points_byte(&map, points), len);
    assert_int_equal(cb_code_points_byte(&map, points + 9), len);
    assert_int_equal(cb_utf8_count(text, len), points);
    cb_arena_release(&arena);
}

static void test_map(void **state)
{
    (void)state;
    static const char *const pieces[] = {"a", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"};
    char text[1024];
    uint32_t seed = 7;
    for (int round = 0; round < 300; round++) {
        size_t len = 0;
        for (int i = 0; i < round % 250; i++) {
            seed = seed * 1664525u + 1013904223u;
            const char *piece = pieces[round % 3 == 0 ? 0 : (seed >> 20) % 4];
            memcpy(text + len, piece, strlen(piece));
            len += strlen(piece);
        }
        check_map(text, len);
    }
}

static void test_fold(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"Igor BELOV", "igor belov"}, {"  a \t\n b  ", "a b"},
        {"Straße", "strasse"},        {"“Ça va” — d’accord", "\"ça va\" - d'accord"},
        {"e\xCC\x81", "\xC3\xA9"}, /* composed */
        {"\xEF\xAC\x81n", "fin"},  /* ligature */
        {"co\xC2\xADop", "coop"},  /* soft hyphen */
        {"Ελλάς", "ελλάσ"},           {"10\xC2\xA0km", "10 km"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct cb_buffer out;
        struct cb_err err;
        cb_buffer_init(&out, 1000);
        assert_int_equal(cb_fold(cases[i].text, strlen(cases[i].text), &out, &err), CB_OK);
        assert_string_equal(cb_buffer_text(&out), cases[i].want);
        cb_buffer_release(&out);
    }
}

static void test_classes(void **state)
{
    (void)state;
    assert_true(cb_is_letter('a') && cb_is_letter(0x416) && cb_is_letter(0x301) && !cb_is_letter('1'));
    assert_true(cb_is_upper('Z') && cb_is_upper(0x416) && !cb_is_upper('z') && !cb_is_upper(0x436));
    assert_true(cb_is_space(' ') && cb_is_space(0xA0) && cb_is_space('\n') && cb_is_space(0x3000));
    assert_false(cb_is_space('x') || cb_is_space(0x2014));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_valid), cmocka_unit_test(test_walk), cmocka_unit_test(test_clean),
        cmocka_unit_test(test_map),   cmocka_unit_test(test_fold), cmocka_unit_test(test_classes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
