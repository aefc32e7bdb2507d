#include "base/hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void test_known_answers(void **state)
{
    (void)state;
    /* FIPS 180-4, examples of one and of no block */
    struct cb_sha256 hash;
    struct cb_err err = {0};
    char hex[CB_SHA256_HEX_SIZE];
    assert_int_equal(cb_sha256("abc", 3, &hash, &err), CB_OK);
    cb_sha256_hex(&hash, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_int_equal(cb_sha256("", 0, &hash, &err), CB_OK);
    cb_sha256_hex(&hash, hex);
    assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static struct cb_sha256 of(const struct cb_bytes *fields, size_t count)
{
    struct cb_sha256 hash;
    struct cb_err err = {0};
    assert_int_equal(cb_sha256_fields(fields, count, &hash, &err), CB_OK);
    return hash;
}

static void test_fields_do_not_run_together(void **state)
{
    (void)state;
    const struct cb_bytes one[] = {{"ab", 2}, {"c", 1}};
    const struct cb_bytes two[] = {{"a", 1}, {"bc", 2}};
    const struct cb_bytes empty[] = {{"ab", 2}, {"", 0}};
    const struct cb_bytes null[] = {{"ab", 2}, {NULL, 0}};
    struct cb_sha256 a = of(one, 2);
    struct cb_sha256 b = of(two, 2);
    struct cb_sha256 c = of(empty, 2);
    struct cb_sha256 d = of(null, 2);
    struct cb_sha256 e = of(one, 2);
    assert_memory_not_equal(&a, &b, sizeof a);
    assert_memory_not_equal(&c, &d, sizeof c);
    assert_memory_equal(&a, &e, sizeof a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_answers),
        cmocka_unit_test(test_fields_do_not_run_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
