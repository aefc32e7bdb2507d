#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "importer/csv.h"

/* A stream that gives `chunk` bytes at a time. */
struct chunks {
    const char *bytes;
    size_t len, chunk;
};

static enum cb_code fill_chunk(void *context, char *to, size_t room, size_t *got, struct cb_err *err)
{
    (void)err;
    struct chunks *chunks = context;
    size_t n = chunks->len < chunks->chunk ? chunks->len : chunks->chunk;
    n = n < room ? n : room;
    memcpy(to, chunks->bytes, n);
    chunks->bytes += n;
    chunks->len -= n;
    *got = n;
    return CB_OK;
}

struct log {
    char text[16384];
    size_t stop_after, rows;
};

static void add(struct log *log, const char *text)
{
    size_t len = strlen(log->text);
    (void)snprintf(log->text + len, sizeof log->text - len, "%s", text);
}

static enum cb_code take_row(void *context, const struct cb_csv_row *row, struct cb_err *err)
{
    struct log *log = context;
    char line[32];
    (void)snprintf(line, sizeof line, "%lld:", (long long)row->line);
    add(log, line);
    for (size_t i = 0; i < row->count; i++) {
        assert_int_equal(strlen(row->fields[i].text), row->fields[i].len);
        add(log, "[");
        add(log, row->fields[i].text);
        add(log, "]");
    }
    if (row->problem != NULL) {
        char raw[256];
        (void)snprintf(raw, sizeof raw, "%.*s", (int)row->raw_len, row->raw);
        add(log, " ! ");
        add(log, row->problem);
        add(log, " <");
        add(log, raw);
        add(log, ">");
    }
    add(log, "\n");
    log->rows++;
    return log->rows == log->stop_after ? cb_fail(err, CB_DATABASE, "stop") : CB_OK;
}

static enum cb_code read_chunks(const char *bytes, size_t len, size_t chunk, size_t row_max, struct log *log,
                                struct cb_err *err)
{
    struct chunks chunks = {bytes, len, chunk};
    struct cb_stream stream;
    const struct cb_csv_options options = {.row_max = row_max};
    size_t stop_after = log->stop_after;
    *log = (struct log){.stop_after = stop_after};
    cb_stream_init(&stream, fill_chunk, &chunks);
    return cb_csv_read(&stream, &options, take_row, log, err);
}

static const struct {
    const char *bytes;
    size_t len, row_max;
    const char *want;
} cases[] = {
#define CASE(bytes, want)                                                                                    \
    {                                                                                                        \
        bytes, sizeof(bytes) - 1, 0, want                                                                    \
    }
    CASE("", ""),
    CASE("a,b\n1,2\n", "1:[a][b]\n2:[1][2]\n"),
    CASE("a,b\r\n1,2", "1:[a][b]\n2:[1][2]\n"),
    CASE("\xEF\xBB\xBF"
         "a,b\n1,\n",
         "1:[a][b]\n2:[1][]\n"),
    CASE("a\n\n \t\n\r\nb\n", "1:[a]\n5:[b]\n"),
    CASE("a, b ,c\n", "1:[a][ b ][c]\n"),
    CASE("\"a\",\"\",\"say \"\"so\"\"\"\r\n", "1:[a][][say \"so\"]\n"),
    CASE("\"one\ntwo\r\n\nfour\",x\nnext\n", "1:[one\ntwo\r\n\nfour][x]\n5:[next]\n"),
    CASE("a;b,c;d\n1;2;3\n", "1:[a][b,c][d]\n2:[1][2][3]\n"),
    CASE("a\tb\n1,5\t2\n", "1:[a][b]\n2:[1,5][2]\n"),
    CASE("na\xC3\xAFve,\xE2\x82\xAC\n", "1:[na\xC3\xAFve][\xE2\x82\xAC]\n"),
    /* bad rows cost themselves only */
    CASE("a,b\n1,x\"y\n2,z\n",
         "1:[a][b]\n2: ! a quote inside a field that does not begin with one, byte 4 <1,x\"y>\n3:[2][z]\n"),
    CASE("a\n\"x\"y\nz\n", "1:[a]\n2: ! text after the closing quote, byte 4 <\"x\"y>\n3:[z]\n"),
    CASE("a,b\n1,\"open\n2,x\n3,y\n", "1:[a][b]\n2: ! an unclosed quote: it is open at the end of the file "
                                      "<1,\"open>\n3:[2][x]\n4:[3][y]\n"),
    CASE("a,b\n1,\"open\n2,\"x\"\n3,y\n",
         "1:[a][b]\n2: ! an unclosed quote: the next one, on line 3, is followed by text <1,\"open>\n"
         "3:[2][x]\n4:[3][y]\n"),
    CASE("\"", "1: ! an unclosed quote: it is open at the end of the file <\">\n"),
    CASE("a\nb\0c\nd\n", "1:[a]\n2: ! a NUL byte, byte 2 of the row <b>\n3:[d]\n"),
    CASE("first line of text\nb\xFF"
         "c\nd\n",
         "1:[first line of text]\n2:[b\xC3\xBF"
         "c]\n3:[d]\n"),
    /* Latin-1 and UTF-16, as spreadsheets write them */
    CASE("\xFF\xFE"
         "a\0\t\0b\0\r\0\n\0"
         "1\0\t\0\xE9\0",
         "1:[a][b]\n2:[1][\xC3\xA9]\n"),
#undef CASE
    {"a\n123456789\nb\n", 14, 8, "1:[a]\n2: ! more than 8 bytes <123456789>\n3:[b]\n"},
    {"a\n\"4\n\n\n\n\n\n\n\n\nb\n", 15, 8,
     "1:[a]\n2: ! an unclosed quote: the row has no end within 8 bytes <\"4>\n11:[b]\n"},
};

static void test_every_chunk_size(void **state)
{
    (void)state;
    static struct log log;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t chunk = 1; chunk <= cases[i].len + 1; chunk++) {
            struct cb_err err = {0};
            assert_int_equal(read_chunks(cases[i].bytes, cases[i].len, chunk, cases[i].row_max, &log, &err),
                             CB_OK);
            assert_string_equal(log.text, cases[i].want);
        }
}

static void test_damaged_utf8_far_in(void **state)
{
    (void)state;
    static struct log log;
    struct cb_err err = {0};
    enum { ROWS = 10000, WIDTH = 8 };
    char *bytes = malloc(ROWS * WIDTH + 1);
    assert_non_null(bytes);
    for (size_t i = 0; i < ROWS; i++)
        (void)snprintf(bytes + i * WIDTH, WIDTH + 1, "%06d\n ", (int)i);
    for (size_t i = 0; i < ROWS; i++)
        bytes[i * WIDTH + 7] = '\n'; /* a blank line behind each */
    bytes[9000 * WIDTH + 2] = '\xC3';
    bytes[9000 * WIDTH + 3] = '\x28';
    assert_int_equal(read_chunks(bytes, ROWS * WIDTH, 4096, 0, &log, &err), CB_OK);
    assert_int_equal(log.rows, ROWS);
    free(bytes);
}

/* A line without end is given up at the maximum, in bounded memory, and reading goes on behind it. */
static void test_huge_line(void **state)
{
    (void)state;
    static struct log log;
    struct cb_err err = {0};
    size_t len = (size_t)64 << 20;
    char *bytes = malloc(len);
    assert_non_null(bytes);
    memset(bytes, 'x', len);
    memcpy(bytes, "head\n", 5);
    memcpy(bytes + len - 6, "\ntail\n", 6);
    assert_int_equal(read_chunks(bytes, len, 1 << 20, 1 << 20, &log, &err), CB_OK);
    free(bytes);
    assert_int_equal(log.rows, 3);
    assert_non_null(strstr(log.text, "1:[head]\n2: ! more than 1048576 bytes"));
    assert_non_null(strstr(log.text, "3:[tail]\n"));
}

static void test_many_fields(void **state)
{
    (void)state;
    static struct log log;
    struct cb_err err = {0};
    char bytes[2 * CB_CSV_FIELDS_MAX + 16];
    memset(bytes, ',', sizeof bytes);
    memcpy(bytes, "a\n", 2);
    memcpy(bytes + sizeof bytes - 3, "\nb\n", 3);
    assert_int_equal(read_chunks(bytes, sizeof bytes, 64, 0, &log, &err), CB_OK);
    assert_int_equal(log.rows, 3);
    assert_non_null(strstr(log.text, "2: ! too many fields"));
    assert_non_null(strstr(log.text, "3:[b]\n"));
}

static void test_sink_stops(void **state)
{
    (void)state;
    static struct log log = {.stop_after = 2};
    struct cb_err err = {0};
    assert_int_equal(read_chunks("a\nb\nc\n", 6, 6, 0, &log, &err), CB_DATABASE);
    assert_string_equal(log.text, "1:[a]\n2:[b]\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_chunk_size), cmocka_unit_test(test_damaged_utf8_far_in),
        cmocka_unit_test(test_huge_line),        cmocka_unit_test(test_many_fields),
        cmocka_unit_test(test_sink_stops),
    };
    return cmocka_run_group_tests_name("importer/csv", tests, NULL, NULL);
}
