#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "importer/stream.h"

/* Memory that comes `chunk` bytes at a time. */
struct chunks {
    struct cb_stream_memory memory;
    size_t chunk;
};

static enum cb_code fill(void *context, char *to, size_t room, size_t *got, struct cb_err *err)
{
    struct chunks *chunks = context;
    return cb_stream_fill_memory(&chunks->memory, to, room < chunks->chunk ? room : chunks->chunk, got, err);
}

static void test_peek_and_read(void **state)
{
    (void)state;
    enum { LEN = 100000 };
    char *bytes = malloc(LEN);
    char *back = malloc(LEN + 1);
    static struct cb_stream stream;
    struct cb_err err = {0};
    assert_true(bytes != NULL && back != NULL);
    for (size_t i = 0; i < LEN; i++)
        bytes[i] = (char)(i * 31 % 251);
    for (size_t chunk = 1; chunk < 70000; chunk = chunk * 3 + 1) {
        struct chunks chunks = {{bytes, LEN}, chunk};
        const char *seen;
        size_t len, got, at = 0;
        cb_stream_init(&stream, fill, &chunks);
        do {
            size_t want = at % CB_STREAM_WINDOW + 1;
            assert_int_equal(cb_stream_peek(&stream, want, &seen, &len, &err), CB_OK);
            assert_true(len >= want || at + len == LEN);
            assert_memory_equal(seen, bytes + at, len);
            assert_int_equal(
                cb_stream_read(&stream, back + at, 977 < LEN - at ? 977 : LEN - at + 1, &got, &err), CB_OK);
            at += got;
            assert_int_equal(stream.taken, at);
        } while (got > 0);
        assert_int_equal(at, LEN);
        assert_memory_equal(back, bytes, LEN);
    }
    free(back);
    free(bytes);
}

static void test_lines(void **state)
{
    (void)state;
    static const char text[] = "one\n\nthree is long\r\nlast";
    static struct cb_stream stream;
    struct cb_err err = {0};
    for (size_t chunk = 1; chunk <= sizeof text; chunk++) {
        struct chunks chunks = {{text, sizeof text - 1}, chunk};
        static const char *const want[] = {"one", "", "three is long\r", "last"};
        struct cb_buffer line;
        bool found;
        cb_buffer_init(&line, 100);
        cb_stream_init(&stream, fill, &chunks);
        for (size_t i = 0; i < 4; i++) {
            cb_buffer_clear(&line);
            assert_int_equal(cb_stream_line(&stream, &line, &found, &err), CB_OK);
            assert_true(found);
            assert_string_equal(cb_buffer_text(&line), want[i]);
        }
        assert_int_equal(cb_stream_line(&stream, &line, &found, &err), CB_OK);
        assert_false(found);
        cb_buffer_release(&line);
    }
}

static void test_long_line_is_passed_over(void **state)
{
    (void)state;
    static const char text[] = "short\nthis one is too long\nshort again\n";
    static struct cb_stream stream;
    struct cb_err err = {0};
    struct chunks chunks = {{text, sizeof text - 1}, 5};
    struct cb_buffer line;
    bool found;
    cb_buffer_init(&line, 12);
    cb_stream_init(&stream, fill, &chunks);
    assert_int_equal(cb_stream_line(&stream, &line, &found, &err), CB_OK);
    cb_buffer_clear(&line);
    assert_int_equal(cb_stream_line(&stream, &line, &found, &err), CB_LIMIT);
    assert_int_equal(cb_stream_skip_line(&stream, &err), CB_OK);
    cb_buffer_clear(&line);
    assert_int_equal(cb_stream_line(&stream, &line, &found, &err), CB_OK);
    assert_string_equal(cb_buffer_text(&line), "short again");
    cb_buffer_release(&line);
}

static void test_all_has_a_limit(void **state)
{
    (void)state;
    static struct cb_stream stream;
    struct cb_err err = {0};
    struct cb_buffer out;
    struct chunks chunks = {{"0123456789", 10}, 3};
    cb_buffer_init(&out, 10);
    cb_stream_init(&stream, fill, &chunks);
    assert_int_equal(cb_stream_read_all(&stream, &out, &err), CB_OK);
    assert_string_equal(cb_buffer_text(&out), "0123456789");
    cb_buffer_release(&out);
    cb_buffer_init(&out, 9);
    chunks = (struct chunks){{"0123456789", 10}, 3};
    cb_stream_init(&stream, fill, &chunks);
    assert_int_equal(cb_stream_read_all(&stream, &out, &err), CB_LIMIT);
    cb_buffer_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_peek_and_read), cmocka_unit_test(test_lines),
                                       cmocka_unit_test(test_long_line_is_passed_over),
                                       cmocka_unit_test(test_all_has_a_limit)};
    return cmocka_run_group_tests_name("importer/stream", tests, NULL, NULL);
}
