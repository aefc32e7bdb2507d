/* gzip and WARC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "importer/http_message.h"
#include "importer/warc_digest.h"
#include "tests/unit/importer/reading.h"

static struct reading r;

#define PAGE                                                                                                 \
    "<html><head><title>Ferry sinks</title></head><body><p>The ferry sank on Monday, the owner "             \
    "said.</p></body></html>"
#define PAGE_TEXT "Ferry sinks\nThe ferry sank on Monday, the owner said.\n"

static void test_gzip(void **state)
{
    (void)state;
    char packed[4096];
    size_t n = pack("Plain words.", 12, packed, sizeof packed);
    assert_int_equal(read_bytes(&r, "f.gz", packed, n, 0), CB_OK);
    assert_string_equal(r.log, "+ f.gz|Plain words.\n");
    size_t m = n + pack(" And more.", 10, packed + n, sizeof packed - n); /* two members are one stream */
    assert_int_equal(read_bytes(&r, "f.gz", packed, m, 0), CB_OK);
    assert_string_equal(r.log, "+ f.gz|Plain words. And more.\n");
    memset(packed + m, 0, 100); /* padding */
    assert_int_equal(read_bytes(&r, "f.gz", packed, m + 100, 0), CB_OK);
    assert_int_equal(r.documents, 1);
    memcpy(packed + m, "junk", 4);
    assert_int_equal(read_bytes(&r, "f.gz", packed, m + 4, 0), CB_OK);
    assert_int_equal(r.documents, 0);
    assert_non_null(strstr(r.log, "is no gzip data"));
    for (size_t cut = 4; cut < n; cut++) {
        assert_int_equal(read_bytes(&r, "f.gz", packed, cut, 0), CB_OK);
        assert_int_equal(r.rejects, 1);
        assert_non_null(strstr(r.log, "cut off"));
    }
    packed[n / 2] ^= 0x55;
    assert_int_equal(read_bytes(&r, "f.gz", packed, n, 0), CB_OK);
    assert_int_equal(r.rejects, 1);
}

static void test_bomb(void **state)
{
    (void)state;
    size_t size = (size_t)100 << 20, room = (size_t)1 << 20;
    char *zeros = calloc(1, size), *packed = malloc(room);
    assert_non_null(zeros);
    assert_non_null(packed);
    size_t n = pack(zeros, size, packed, room);
    assert_true(n > 0);
    assert_int_equal(read_bytes(&r, "bomb.gz", packed, n, 0), CB_OK);
    assert_string_equal(r.log,
                        "- bomb.gz:0: unpacks to more than 200 times its size: taken for a zip bomb\n");
    free(packed);
    free(zeros);
    /* gzip in gzip in gzip … */
    char a[8192], b[8192];
    size_t len = pack("deep", 4, a, sizeof a);
    for (int i = 0; i < 8; i++) {
        len = pack(a, len, b, sizeof b);
        memcpy(a, b, len);
    }
    assert_int_equal(read_bytes(&r, "deep.gz", a, len, 0), CB_OK);
    assert_string_equal(r.log, "- deep.gz:0: packed more than 4 times\n");
}

static size_t add_record(char *to, const char *type, const char *extra, const char *block, size_t len)
{
    int n =
        sprintf(to,
                "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: <https://lund.example/ferry>\r\nWARC-Date: "
                "2019-03-15T10:00:00Z\r\n%sContent-Length: %zu\r\n\r\n",
                type, extra, len);
    memcpy(to + n, block, len);
    memcpy(to + (size_t)n + len, "\r\n\r\n", 4);
    return (size_t)n + len + 4;
}

#define HTTP(headers, body)                                                                                  \
    "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n" headers "\r\n" body

static void test_warc(void **state)
{
    (void)state;
    static const char plain[] = HTTP("", PAGE), missing[] = "HTTP/1.1 404 Not Found\r\n\r\n" PAGE;
    static const char picture[] = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG";
    static const char chunked[] =
        HTTP("Transfer-Encoding: chunked\r\n",
             "e\r\n<html><body><p\r\n1b;x=y\r\n>In chunks, said the owner.\r\n0\r\n\r\n");
    char warc[16384];
    size_t n = add_record(warc, "warcinfo", "", "software: test\r\n", 16);
    n += add_record(warc + n, "request", "", "GET / HTTP/1.1\r\n\r\n", 18);
    n += add_record(warc + n, "response", "", plain, sizeof plain - 1);
    n += add_record(warc + n, "response", "", missing, sizeof missing - 1);
    n += add_record(warc + n, "response", "", picture, sizeof picture - 1);
    n += add_record(warc + n, "response", "", chunked, sizeof chunked - 1);
    n += add_record(warc + n, "resource", "Content-Type: text/plain\r\n", "Words alone.", 12);
    assert_int_equal(read_bytes(&r, "a.warc", warc, n, 0), CB_OK);
    assert_string_equal(r.log, "+ a.warc#3|" PAGE_TEXT
                               "\n+ a.warc#6|In chunks, said the owner.\n\n+ a.warc#7|Words alone.\n");
    assert_string_equal(r.url, "https://lund.example/ferry");
    assert_string_equal(r.retrieved, "2019-03-15T10:00:00Z");
    for (size_t cut = 1; cut < n; cut += 3) { /* cut anywhere: what was whole is kept, the rest is named */
        assert_int_equal(read_bytes(&r, "a.warc", warc, cut, 0), CB_OK);
        assert_true(r.documents <= 3 && r.rejects <= 1);
    }
    char packed[16384];
    size_t at = pack(warc, 200, packed, sizeof packed);
    at += pack(warc + 200, n - 200, packed + at, sizeof packed - at);
    assert_int_equal(read_bytes(&r, "a.warc.gz", packed, at, 0), CB_OK);
    assert_int_equal(r.documents, 3);
    assert_string_equal(r.raw, "Words alone.");
    assert_int_equal(read_bytes(&r, "a.warc.gz", packed, at - 20, 0), CB_OK);
    assert_int_equal(r.rejects, 1);
    n = add_record(warc, "response", "", plain, sizeof plain - 1);
    assert_int_equal(read_bytes(&r, "a.warc", warc, n, 0), CB_OK);
    assert_string_equal(r.raw, plain); /* the headers are kept with the bytes */
}

/* An address in an old encoding: its bytes as addresses write bytes; a long one is whole. */
static void test_warc_address(void **state)
{
    (void)state;
    static const char plain[] = HTTP("", PAGE);
    char warc[32768], header[4200] = "WARC-Target-URI: <http://lund.example/caf\xE9/\xC3\xA9>\r\n";
    size_t n = add_record(warc, "response", header, plain, sizeof plain - 1);
    assert_int_equal(read_bytes(&r, "a.warc", warc, n, 0), CB_OK);
    assert_string_equal(r.url, "http://lund.example/caf%E9/\xC3\xA9");
    static char whole[400] = "http://lund.example/";
    memset(whole + strlen(whole), 'x', sizeof whole - 1 - strlen(whole));
    (void)snprintf(header, sizeof header, "WARC-Target-URI: %s\r\n", whole);
    n = add_record(warc, "response", header, plain, sizeof plain - 1);
    assert_int_equal(read_bytes(&r, "a.warc", warc, n, 0), CB_OK);
    assert_string_equal(r.url, whole);
}

static void test_warc_damage(void **state)
{
    (void)state;
    static const char plain[] = HTTP("", PAGE);
    char warc[16384];
    size_t n = add_record(warc, "response", "WARC-Payload-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n",
                          plain, sizeof plain - 1);
    n += add_record(warc + n, "response", "", plain, sizeof plain - 1);
    assert_int_equal(read_bytes(&r, "a.warc", warc, n, 0), CB_OK);
    assert_string_equal(r.log, "- a.warc#1:1: the payload's digest does not match: the record was altered or "
                               "damaged\n+ a.warc#2|" PAGE_TEXT "\n");
    n = add_record(warc, "response", "", "no http", 7);
    n += add_record(warc + n, "response", "", plain, sizeof plain - 1);
    assert_int_equal(read_bytes(&r, "a.warc", warc, n, 0), CB_OK);
    assert_string_equal(r.log, "- a.warc#1:1: is no HTTP response\n+ a.warc#2|" PAGE_TEXT "\n");
    assert_int_equal(read_bytes(&r, "a.warc", warc, n, 64), CB_OK); /* records over the maximum */
    assert_int_equal(r.documents, 0);
    assert_non_null(strstr(r.log, "is over the maximum of 64"));
    static const char nonsense[] = "WARC/1.0\r\nContent-Length: -5\r\n\r\n";
    assert_int_equal(read_bytes(&r, "a.warc", nonsense, sizeof nonsense - 1, 0), CB_OK);
    assert_string_equal(r.log, "- a.warc:0: record 1 has no valid Content-Length\n");
    static const char garbage[] = "WARC/1.0\r\nContent-Length: 0\r\n\r\n\r\n\r\nrubbish\r\n";
    assert_int_equal(read_bytes(&r, "a.warc", garbage, sizeof garbage - 1, 0), CB_OK);
    assert_string_equal(r.log, "- a.warc:0: what stands where record 2 should begin is no WARC record\n");
}

static void test_digests(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        enum cb_digest_match match;
    } cases[] = {
        {"sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5", CB_DIGEST_SAME}, /* of "abc" */
        {"sha1:a9993e364706816aba3e25717850c26c9cd0d89d", CB_DIGEST_SAME},
        {"sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE6", CB_DIGEST_DIFFERS},
        {"sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", CB_DIGEST_SAME},
        {"md5:900150983cd24fb0d6963f7d28e17f72", CB_DIGEST_SAME},
        {"md5:900150983cd24fb0d6963f7d28e17f73", CB_DIGEST_DIFFERS},
        {"sha1:short", CB_DIGEST_UNKNOWN},
        {"crc32:352441c2", CB_DIGEST_UNKNOWN},
        {"", CB_DIGEST_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(cb_digest_check(cases[i].label, "abc", 3), cases[i].match);
}

static void test_http(void **state)
{
    (void)state;
    struct cb_http_message message;
    struct cb_buffer out;
    struct cb_err err;
    char packed[512], response[1024], value[32];
    cb_buffer_init(&out, 1000);
    size_t n = pack("packed words", 12, packed, sizeof packed);
    int head = sprintf(response, "HTTP/1.1 200 OK\r\ncontent-encoding:  gzip \r\nX-Long: %s\r\n\r\n",
                       "0123456789012345678901234567890123456789");
    memcpy(response + head, packed, n);
    assert_int_equal(cb_http_split(response, (size_t)head + n, &message, &err), CB_OK);
    assert_int_equal(message.status, 200);
    cb_http_header(&message, "Content-Encoding", value, sizeof value);
    assert_string_equal(value, "gzip");
    cb_http_header(&message, "X-Long", value, sizeof value);
    assert_int_equal(strlen(value), sizeof value - 1);
    cb_http_header(&message, "X-None", value, sizeof value);
    assert_string_equal(value, "");
    assert_int_equal(cb_http_content(&message, &out, &err), CB_OK);
    assert_string_equal(cb_buffer_text(&out), "packed words");
    message.body_len -= 9;
    cb_buffer_clear(&out);
    assert_int_equal(cb_http_content(&message, &out, &err), CB_INPUT);
    static const char *const bad[] = {"", "HTTP/1.1", "HTTP/1.1 200 OK\r\nno end", "HTTP/1.1 2\r\n\r\n",
                                      "FTP/1.1 200 OK\r\n\r\n"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(cb_http_split(bad[i], strlen(bad[i]), &message, &err), CB_INPUT);
    cb_buffer_clear(&out);
    assert_int_equal(cb_http_unchunk("5\r\nab", 5, &out, &err), CB_INPUT);
    assert_int_equal(cb_http_unchunk("FFFFFFFFFFFF\r\nab", 16, &out, &err), CB_INPUT);
    cb_buffer_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gzip),         cmocka_unit_test(test_bomb),
        cmocka_unit_test(test_warc),         cmocka_unit_test(test_warc_damage),
        cmocka_unit_test(test_warc_address), cmocka_unit_test(test_digests),
        cmocka_unit_test(test_http),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
