#include "base/text_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <unistd.h>

static char path[] = "/tmp/claimbase text file XXXXXX";

static int make_file(void **state)
{
    (void)state;
    int fd = mkstemp(path);
    if (fd < 0 || write(fd, "0123456789", 10) != 10)
        return -1;
    return close(fd);
}

static int remove_file(void **state)
{
    (void)state;
    return unlink(path);
}

static void test_reads_whole(void **state)
{
    (void)state;
    struct cb_buffer buffer;
    struct cb_err err = {0};
    cb_buffer_init(&buffer, 10); /* just as long */
    assert_int_equal(cb_read_file(path, &buffer, &err), CB_OK);
    assert_string_equal(cb_buffer_text(&buffer), "0123456789");
    cb_buffer_release(&buffer);
}

static void test_too_long_is_told(void **state)
{
    (void)state;
    struct cb_buffer buffer;
    struct cb_err err = {0};
    cb_buffer_init(&buffer, 9);
    assert_int_equal(cb_read_file(path, &buffer, &err), CB_LIMIT);
    assert_non_null(strstr(err.message, path));
    cb_buffer_release(&buffer);
}

static void test_what_is_no_file(void **state)
{
    (void)state;
    struct cb_buffer buffer;
    struct cb_err err = {0};
    cb_buffer_init(&buffer, 100);
    assert_int_equal(cb_read_file("/nowhere/at/all", &buffer, &err), CB_INPUT);
    assert_non_null(strstr(err.message, "'/nowhere/at/all'"));
    assert_int_equal(cb_read_file("/tmp", &buffer, &err), CB_INPUT);
    assert_non_null(strstr(err.message, "folder"));
    cb_buffer_release(&buffer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads_whole),
        cmocka_unit_test(test_too_long_is_told),
        cmocka_unit_test(test_what_is_no_file),
    };
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
