/* The text form of PostgreSQL's arrays. */
#include "report/pg_array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* The tokens as a string: "(" ")" for braces, "[item]", "-" for NULL. */
static void tokens(const char *text, char *out)
{
    struct cb_array_reader reader;
    struct cb_buffer item;
    cb_buffer_init(&item, 1024);
    cb_array_reader_init(&reader, text, strlen(text));
    out[0] = '\0';
    for (;;) {
        switch (cb_array_next(&reader, &item)) {
        case CB_ARRAY_OPEN:
            (void)strcat(out, "(");
            break;
        case CB_ARRAY_CLOSE:
            (void)strcat(out, ")");
            break;
        case CB_ARRAY_NULL:
            (void)strcat(out, "-");
            break;
        case CB_ARRAY_ITEM:
            (void)strcat(out, "[");
            (void)strcat(out, cb_buffer_text(&item));
            (void)strcat(out, "]");
            break;
        case CB_ARRAY_END:
            cb_buffer_release(&item);
            return;
        }
    }
}

static void test_arrays(void **state)
{
    (void)state;
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"{}", "()"},
        {"{a,b}", "([a][b])"},
        {"{NULL,\"NULL\",null}", "(-[NULL][null])"},
        {"{\"a,b\",\"c\\\"d\\\\e\",\"{}\"}", "([a,b][c\"d\\e][{}])"},
        {"{{1,2},{3,4}}", "(([1][2])([3][4]))"},
        {"[0:1]={x,y}", "([x][y])"},
        {"{\"\"}", "([])"},
        {"", ""},
        {"{\"open", "([open]"},
        {"{a\\", "([a\\]"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[256];
        tokens(cases[i].text, out);
        /* the quoted NULL is a text, which the reader tells by its quotes */
        assert_string_equal(out, cases[i].expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_arrays)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
