#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "importer/iso_time.h"

static void test_times(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t seconds, micro;
    } cases[] = {
        {"1970-01-01", 0, 0},
        {"2015-11-18", 1447804800, 0},
        {"20151118", 1447804800, 0},
        {"2015-11-18T10:30", 1447842600, 0},
        {"2015-11-18 10:30:05", 1447842605, 0},
        {"2015-11-18T10:30:05.25Z", 1447842605, 250000},
        {"2015-11-18T10:30:05,123456789Z", 1447842605, 123456},
        {"2015-11-18T10:30:05+03:00", 1447831805, 0},
        {"2015-11-18T10:30:05-0530", 1447862405, 0},
        {"20151118T103005Z", 1447842605, 0},
        {"2015-11-18T24:00:00Z", 1447891200, 0},
        {"  2016-02-29  ", 1456704000, 0},
        {"1900-03-01", -2203891200, 0},
        {"1969-12-31T23:59:59.5Z", -1, 500000},
        {"0001-01-01", -62135596800, 0},
        {"9999-12-31", 253402214400, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t got = 0;
        assert_true(cb_iso_time(cases[i].text, &got));
        assert_int_equal(got, cases[i].seconds * 1000000 + cases[i].micro);
    }
}

static void test_no_times(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",
        "yesterday",
        "2015",
        "2015-11",
        "2015-13-01",
        "2015-02-29",
        "1900-02-29",
        "2015-11-31",
        "2015-00-10",
        "18.11.2015",
        "11/18/2015",
        "2015-11-18T",
        "2015-11-1",
        "2015-1118",
        "0000-01-01",
        "2015-11-18T25:00",
        "2015-11-18T10:60",
        "2015-11-18T10:30+",
        "2015-11-18x",
        "2015-11-18T10:30:05.Z",
        "2015-11-18T10:30 CET",
        "2015-11-18T24:00:01Z",
        "-2015-11-18",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t got = 0;
        if (cb_iso_time(cases[i], &got))
            fail_msg("'%s' is taken for a time", cases[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_times), cmocka_unit_test(test_no_times)};
    return cmocka_run_group_tests_name("importer/iso_time", tests, NULL, NULL);
}
