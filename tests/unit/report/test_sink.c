/* Results as tables, CSV, JSON Lines and HTML. */
#include "report/sink.h"
#include "report/width.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct cb_column columns[] = {
    {"name", CB_TYPE_TEXT, CB_TYPE_TEXT},  {"n", CB_TYPE_NUMBER, CB_TYPE_TEXT},
    {"sure", CB_TYPE_BOOL, CB_TYPE_TEXT},  {"at", CB_TYPE_TIME, CB_TYPE_TEXT},
    {"list", CB_TYPE_ARRAY, CB_TYPE_TEXT}, {"doc", CB_TYPE_JSON, CB_TYPE_TEXT},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static struct cb_cell cell(const char *text)
{
    return (struct cb_cell){.text = text, .len = text != NULL ? strlen(text) : 0};
}

/* The result of one row in a format. */
static char *render(const struct cb_sink_options *given, const struct cb_column *heads, size_t count,
                    const struct cb_cell *cells, size_t rows)
{
    char *text = NULL;
    size_t len = 0, told = 0;
    struct cb_err err = {0};
    struct cb_sink *sink = NULL;
    struct cb_sink_options options = *given;
    options.out = open_memstream(&text, &len);
    assert_non_null(options.out);
    assert_int_equal(cb_sink_new(&options, &sink, &err), CB_OK);
    assert_int_equal(cb_sink_begin(sink, heads, count, &err), CB_OK);
    for (size_t i = 0; i < rows; i++)
        assert_int_equal(cb_sink_row(sink, cells + i * count, &err), CB_OK);
    assert_int_equal(cb_sink_end(sink, &told, &err), CB_OK);
    assert_int_equal(told, rows);
    cb_sink_free(sink);
    assert_int_equal(fclose(options.out), 0);
    return text;
}

static char *render_row(enum cb_format format, const char *const texts[COLUMNS])
{
    struct cb_cell cells[COLUMNS];
    for (size_t i = 0; i < COLUMNS; i++)
        cells[i] = cell(texts[i]);
    const struct cb_sink_options options = {.format = format, .title = "T & T"};
    return render(&options, columns, COLUMNS, cells, 1);
}

static const char *const row[COLUMNS] = {
    "a \"b\", c\n\x1b[31m", "1.50", "t", "2024-05-01 10:00:00.5+00", "{x,\"y, z\",NULL}", "{\"k\":\n[1]}"};
static const char *const nulls[COLUMNS] = {NULL, NULL, NULL, NULL, NULL, NULL};

static void expect(enum cb_format format, const char *const texts[COLUMNS], const char *expected)
{
    char *text = render_row(format, texts);
    assert_string_equal(text, expected);
    free(text);
}

static void test_csv(void **state)
{
    (void)state;
    expect(CB_FORMAT_CSV, row,
           "name,n,sure,at,list,doc\n\"a \"\"b\"\", c\n\x1b[31m\",1.50,t,2024-05-01 "
           "10:00:00.5+00,\"{x,\"\"y, z\"\",NULL}\","
           "\"{\"\"k\"\":\n[1]}\"\n");
    expect(CB_FORMAT_CSV, nulls, "name,n,sure,at,list,doc\n,,,,,\n");
    static const char *const blanks[COLUMNS] = {"", " x", "f", NULL, "{}", "{}"};
    expect(CB_FORMAT_CSV, blanks, "name,n,sure,at,list,doc\n\"\",\" x\",f,,{},{}\n");
}

static void test_json(void **state)
{
    (void)state;
    expect(CB_FORMAT_JSON, row,
           "{\"name\":\"a \\\"b\\\", "
           "c\\n\\u001b[31m\",\"n\":1.50,\"sure\":true,\"at\":\"2024-05-01T10:00:00.5Z\","
           "\"list\":[\"x\",\"y, z\",null],\"doc\":{\"k\": [1]}}\n");
    expect(CB_FORMAT_JSON, nulls,
           "{\"name\":null,\"n\":null,\"sure\":null,\"at\":null,\"list\":null,\"doc\":null}\n");
    static const char *const odd[COLUMNS] = {"\\", "NaN", "f", "infinity", "{{a,b},{c,d}}", "null"};
    expect(CB_FORMAT_JSON, odd,
           "{\"name\":\"\\\\\",\"n\":\"NaN\",\"sure\":false,\"at\":\"infinity\",\"list\":[[\"a\",\"b\"],["
           "\"c\",\"d\"]],\"doc\":null}\n");
}

static void test_json_keys_differ(void **state)
{
    (void)state;
    const struct cb_column same[] = {{"x", CB_TYPE_NUMBER, CB_TYPE_TEXT},
                                     {"x", CB_TYPE_NUMBER, CB_TYPE_TEXT}};
    const struct cb_cell cells[] = {{"1", 1}, {"2", 1}};
    const struct cb_sink_options options = {.format = CB_FORMAT_JSON};
    char *text = render(&options, same, 2, cells, 1);
    assert_string_equal(text, "{\"x\":1,\"x_2\":2}\n");
    free(text);
}

static void test_html_is_escaped(void **state)
{
    (void)state;
    static const char *const nasty[COLUMNS] = {"<script>alert('x')</script>", "1", "t", NULL, "{}", "{}"};
    char *text = render_row(CB_FORMAT_HTML, nasty);
    assert_null(strstr(text, "<script"));
    assert_non_null(strstr(text, "&lt;script&gt;alert(&#39;x&#39;)"));
    assert_non_null(strstr(text, "<title>T &amp; T</title>"));
    free(text);
    text = render_row(CB_FORMAT_HTML, row);
    assert_non_null(strstr(text, "<td>yes</td><td>2024-05-01 10:00:00</td><td>x; y, z; </td>"));
    free(text);
}

static void test_table_is_plain(void **state)
{
    (void)state;
    char *text = render_row(CB_FORMAT_TABLE, row);
    assert_null(strchr(text, '\x1b'));
    assert_non_null(strstr(text, "2024-05-01 10:00:00"));
    assert_non_null(strstr(text, "x; y, z"));
    assert_non_null(strstr(text, "yes"));
    free(text);
}

/* Columns of the widest line. The text here has no wide characters but CJK ones, two columns each. */
static size_t widest(const char *text)
{
    size_t best = 0, now = 0;
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        now = c == '\n' ? 0 : now + ((c & 0xC0) != 0x80) + (c >= 0xE3 && c <= 0xED);
        best = now > best ? now : best;
    }
    return best;
}

static void test_table_fits_the_terminal(void **state)
{
    (void)state;
    const struct cb_column two[] = {{"id", CB_TYPE_TEXT, CB_TYPE_TEXT}, {"text", CB_TYPE_TEXT, CB_TYPE_TEXT}};
    const char *words = "Überall ist Ruhe, sagte die 市長の報道官 am Mittwoch, und niemand hat etwas anderes "
                        "gehört oder gesehen seither";
    const struct cb_cell cells[] = {{"3f2a9b1c.12", 11}, cell(words)};
    for (size_t width = 40; width <= 120; width += 20) {
        const struct cb_sink_options options = {.terminal = true, .width = width};
        char *text = render(&options, two, 2, cells, 1);
        if (widest(text) > width)
            fail_msg("width %zu: %s", width, text);
        assert_non_null(strstr(text, "市長の報道官"));
        free(text);
    }
    /* a pipe gets whole lines */
    const struct cb_sink_options pipe = {.width = 40};
    char *text = render(&pipe, two, 2, cells, 1);
    assert_non_null(strstr(text, words));
    free(text);
}

/* "contradicted," is no "contradicted" and a comma on the next line. */
static void test_table_breaks_no_words(void **state)
{
    (void)state;
    static const char *const heads[] = {"source", "text", "status", "reasons"};
    struct cb_column four[4];
    for (size_t i = 0; i < 4; i++)
        four[i] = (struct cb_column){heads[i], CB_TYPE_TEXT, CB_TYPE_TEXT};
    const struct cb_cell cells[] = {
        cell("The Coastal Wire of Port Ellery"),
        cell("The ship left the island at 5:40 and struck a sandbank two kilometres from the harbour"),
        cell("unverified"),
        cell("contradicted, different_quantity, repeated by 6 sources"),
    };
    for (size_t width = 75; width <= 140; width++) {
        const struct cb_sink_options options = {.terminal = true, .width = width};
        char *text = render(&options, four, 4, cells, 1);
        if (widest(text) > width || strstr(text, "contradicted,") == NULL ||
            strstr(text, "different_quantity,") == NULL)
            fail_msg("width %zu: %s", width, text);
        free(text);
    }
}

/* Neither of two long texts is left the narrowest column, and the ids of a match are not broken. */
static void test_two_long_texts_share(void **state)
{
    (void)state;
    static const char *const heads[] = {"match", "a_source", "a_text", "b_source", "b_text"};
    struct cb_column five[5];
    for (size_t i = 0; i < 5; i++)
        five[i] = (struct cb_column){heads[i], CB_TYPE_TEXT, CB_TYPE_TEXT};
    static const char text[] =
        "The ship left the island at 5:40 and struck a sandbank two kilometres from the "
        "harbour of the town";
    const struct cb_cell cells[] = {
        cell("1b4a3315.132~59a017d3.127"),
        cell("The Coastal Wire of Port Ellery"),
        cell(text),
        cell("The Daily Ledger of Port Ellery"),
        cell(text),
    };
    const struct cb_sink_options options = {.terminal = true, .width = 140};
    char *shown = render(&options, five, 5, cells, 1);
    const char *first = strstr(shown, "The ship left the island at 5:40");
    assert_non_null(first);
    assert_non_null(strstr(first + 1, "The ship left the island at 5:40"));
    assert_non_null(strstr(shown, "1b4a3315.132~59a017d3.127"));
    assert_true(widest(shown) <= 140);
    free(shown);
}

static void test_lists_and_days_are_plain(void **state)
{
    (void)state;
    const struct cb_column three[] = {{"plain", CB_TYPE_ARRAY, CB_TYPE_TEXT},
                                      {"commas", CB_TYPE_ARRAY, CB_TYPE_TEXT},
                                      {"at", CB_TYPE_TIME, CB_TYPE_TEXT}};
    const struct cb_cell cells[] = {cell("{one,two}"), cell("{\"report, AP\",two}"),
                                    cell("2024-03-13T00:00:00Z")};
    const struct cb_sink_options options = {.width = 80};
    char *text = render(&options, three, 3, cells, 1);
    assert_non_null(strstr(text, "one, two "));
    assert_non_null(strstr(text, "report, AP; two "));
    assert_non_null(strstr(text, "2024-03-13\n"));
    free(text);
}

/* In a program that never set its locale too. */
static void test_quotation_marks_are_one_column(void **state)
{
    (void)state;
    struct cb_utf8_mode mode;
    struct cb_buffer out;
    cb_buffer_init(&out, 1024);
    cb_utf8_enter(&mode);
    cb_text_wrap("“eight b” c", strlen("“eight b” c"), 9, &out);
    assert_int_equal(cb_text_width("“市”", strlen("“市”")), 4);
    cb_utf8_leave(&mode);
    assert_string_equal(cb_buffer_text(&out), "“eight b”\nc");
    cb_buffer_release(&out);
}

static void test_too_many_columns_become_blocks(void **state)
{
    (void)state;
    struct cb_column many[12];
    struct cb_cell cells[12];
    for (size_t i = 0; i < 12; i++) {
        many[i] = (struct cb_column){"a_long_column_name", CB_TYPE_TEXT, CB_TYPE_TEXT};
        cells[i] = cell("a value of some length");
    }
    const struct cb_sink_options options = {.terminal = true, .width = 80};
    char *text = render(&options, many, 12, cells, 1);
    assert_true(widest(text) <= 80);
    assert_non_null(strstr(text, "a_long_column_name  a value of some length\n"));
    free(text);
}

static void test_table_has_a_limit(void **state)
{
    (void)state;
    struct cb_err err = {0};
    struct cb_sink *sink = NULL;
    const struct cb_column one[] = {{"x", CB_TYPE_TEXT, CB_TYPE_TEXT}};
    const struct cb_cell cells[] = {{"y", 1}};
    char *text = NULL;
    size_t len = 0;
    const struct cb_sink_options options = {.out = open_memstream(&text, &len)};
    assert_int_equal(cb_sink_new(&options, &sink, &err), CB_OK);
    assert_int_equal(cb_sink_begin(sink, one, 1, &err), CB_OK);
    assert_int_equal(cb_sink_begin(sink, one, 1, &err), CB_FAILED);
    enum cb_code code = CB_OK;
    for (size_t i = 0; i <= CB_TABLE_ROWS_MAX && code == CB_OK; i++)
        code = cb_sink_row(sink, cells, &err);
    assert_int_equal(code, CB_LIMIT);
    assert_non_null(strstr(err.hint, "csv"));
    cb_sink_free(sink);
    assert_int_equal(fclose(options.out), 0);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csv),
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_json_keys_differ),
        cmocka_unit_test(test_html_is_escaped),
        cmocka_unit_test(test_table_is_plain),
        cmocka_unit_test(test_table_fits_the_terminal),
        cmocka_unit_test(test_table_breaks_no_words),
        cmocka_unit_test(test_two_long_texts_share),
        cmocka_unit_test(test_lists_and_days_are_plain),
        cmocka_unit_test(test_quotation_marks_are_one_column),
        cmocka_unit_test(test_too_many_columns_become_blocks),
        cmocka_unit_test(test_table_has_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
