#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "base/buffer.h"
#include "text/calendar.h"
#include "text/quantity.h"

enum { ARENA_MAX = 16 * 1024 * 1024 };

/* a Friday */
static const char published[] = "2019-03-15T09:00:00Z";

static void add_text(struct cb_buffer *out, const char *name, const char *value)
{
    if (value != NULL)
        cb_buffer_printf(out, " %s=%s", name, value);
}

static void describe(struct cb_buffer *out, const char *text, const struct cb_quantity *q)
{
    cb_buffer_printf(out, "[%.*s] %s", (int)(q->span.end - q->span.start), text + q->span.start,
                     cb_quantity_kind_name(q->kind));
    if (q->date == NULL && q->kind != CB_QUANTITY_DATE) {
        cb_buffer_printf(out, " %.6g", q->low);
        if (q->high > q->low)
            cb_buffer_printf(out, "..%.6g", q->high);
    }
    add_text(out, "unit", q->unit);
    add_text(out, "counted", q->counted);
    add_text(out, "approx", q->approx);
    add_text(out, "period", q->period);
    add_text(out, "date", q->date);
}

static void assert_quantities(const char *text, const char *day, const char *want)
{
    struct cb_arena arena;
    struct cb_buffer got;
    struct cb_token *tokens;
    const struct cb_quantity *found;
    size_t count, n;
    struct cb_err err;
    struct cb_span span = {0, (uint32_t)strlen(text)};
    cb_arena_init(&arena, ARENA_MAX);
    cb_buffer_init(&got, 65536);
    assert_int_equal(cb_tokenize(text, span, &arena, &tokens, &count, &err), CB_OK);
    assert_int_equal(cb_quantities_find(text, tokens, count, day, &arena, &found, &n, &err), CB_OK);
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            cb_buffer_add_text(&got, "; ");
        describe(&got, text, &found[i]);
    }
    assert_string_equal(cb_buffer_text(&got), want);
    cb_buffer_release(&got);
    cb_arena_release(&arena);
}

struct example {
    const char *text, *found;
};

static const struct example counts[] = {
    {"nothing to count here", ""},
    {"Almost 7 thousand sheep died", "[Almost 7 thousand] count 7000 counted=sheep approx=almost"},
    {"some 300 NATO supply trucks", "[some 300] count 300 counted=truck approx=some"},
    {"over 90 people", "[over 90] count 90..inf counted=person approx=over"},
    {"no more than 12 boats", "[no more than 12] count 0..12 counted=boat approx=at most"},
    {"between 10 and 20 boats", "[between 10 and 20] count 10..20 counted=boat"},
    {"30-40 thousand barrels a day", "[30-40 thousand barrels a day] measure 30000..40000 unit=barrel/day"},
    {"30,000\xE2\x80\x93"
     "40,000 barrels of oil per day",
     "[30,000\xE2\x80\x93"
     "40,000 barrels of oil per day] measure 30000..40000 unit=barrel/day counted=oil"},
    /* "millions" behind a number, as translated texts have it */
    {"18 millions euro", "[18 millions euro] money 1.8e+07 unit=EUR"},
    {"2 billions dollars", "[2 billions dollars] money 2e+09 unit=USD"},
    {"3 thousands inhabitants", "[3 thousands] count 3000 counted=inhabitant"},
    {"two millions people", "[two millions] count 2e+06 counted=person"},
    {"3,5 millions euros", "[3,5 millions euros] money 3.5e+06 unit=EUR"},
    {"40 millions of dollars", "[40 millions of dollars] money 4e+07 unit=USD"},
    {"$55 billion of tax", "[$55 billion] money 5.5e+10 unit=USD"},
    {"rooms 3,5 and 7", "[3] count 3; [5] count 5; [7] count 7"},
    {"In 2015 thousands of people fled",
     "[2015] date date=2015; [thousands] count 2000..inf counted=person approx=many period=2015"},
    /* a part of so many: what they are in all is no count of its own */
    {"three of the five schools closed", "[three of the five] count 3 counted=school"},
    {"One of the three bridges", "[One of the three] count 1 counted=bridge"},
    {"At least two of its nine sailors",
     "[At least two of its nine] count 2..inf counted=sailor approx=at least"},
    {"ten of 40 workers", "[ten of 40] count 10 counted=worker"},
    {"300 of the mill's 400 workers", "[300 of the mill's 400] count 300 counted=worker"},
    {"all five schools", "[five] count 5 counted=school"},
    {"one of the men", ""},
    {"4 out of 10 pupils", "[4 out of 10] share 0.4 unit=% counted=pupil"},
    {"three or four men", "[three or four] count 3..4 counted=man"},
    {"two hundred and fifty-one ships", "[two hundred and fifty-one] count 251 counted=ship"},
    {"half a dozen cities", "[half a dozen] count 6 counted=city"},
    {"a hundred and six buses", "[a hundred and six] count 106 counted=bus"},
    {"dozens of wounded soldiers", "[dozens] count 24..inf counted=soldier approx=many"},
    {"tens of thousands of refugees", "[tens of thousands] count 20000..inf counted=refugee approx=many"},
    {"2.5 million people", "[2.5 million] count 2.5e+06 counted=person"},
    {"6m voters and 6m of cable", "[6m] count 6e+06 counted=voter; [6m] measure 6 unit=m"},
    {"fell from 90 to 60 flights a week", "[90] count 90; [60] count 60 counted=flight period=per week"},
    {"20 or so houses, 30+ cars",
     "[20 or so] count 20 counted=house approx=about; [30+] count 30..inf counted=car approx=over"},
    {"10 000 boxes, 10\xC2\xA0"
     "500 cans",
     "[10 000] count 10000 counted=box; [10\xC2\xA0"
     "500] count 10500 counted=can"},
    {"one of them, no one, the one", ""},
    {"one soldier was hurt", "[one] count 1 counted=soldier"},
    {"one report says, one oil field burned", "[one] count 1 counted=report; [one] count 1 counted=field"},
    {"He met Roughly 200 of them", "[Roughly 200] count 200 approx=about"},
    {"some 50 of the union's drivers", "[some 50] count 50 counted=driver approx=some"},
    {"done twice", "[twice] count 2 counted=time"},
};

static const struct example measures[] = {
    {"32 micrograms of lead per litre",
     "[32 micrograms of lead per litre] measure 32 unit=\xC2\xB5g/litre counted=lead"},
    {"32 \xC2\xB5g/l", "[32 \xC2\xB5g/l] measure 32 unit=\xC2\xB5g/litre"},
    {"40 micrograms of fine dust per cubic metre",
     "[40 micrograms of fine dust per cubic metre] measure 40 unit=\xC2\xB5g/m3 counted=dust"},
    {"30km away, 2 square miles", "[30km] measure 30 unit=km; [2 square miles] measure 2 unit=mile2"},
    {"5 tonnes of wheat", "[5 tonnes] measure 5 unit=tonne counted=wheat"},
    {"about 15 degrees Celsius", "[about 15 degrees Celsius] measure 15 unit=\xC2\xB0"
                                 "C approx=about"},
    {"up 3.5 percentage points", "[3.5 percentage points] measure 3.5 unit=percentage point"},
    {"$1.2bn, US$2m, \xE2\x82\xAC"
     "5 million a year",
     "[$1.2bn] money 1.2e+09 unit=USD; [US$2m] money 2e+06 unit=USD; [\xE2\x82\xAC"
     "5 million a year] money 5e+06 unit=EUR period=per year"},
    {"$60 a barrel", "[$60 a barrel] money 60 unit=USD/barrel"},
    {"$10-$20, 30 to 40 million euros",
     "[$10-$20] money 10..20 unit=USD; [30 to 40 million euros] money 3e+07..4e+07 unit=EUR"},
    {"8 million rubles", "[8 million rubles] money 8e+06 unit=RUB"},
    {"21% of its territory", "[21%] share 0.21 unit=% counted=territory"},
    {"4-6 per cent", "[4-6 per cent] share 0.04..0.06 unit=%"},
    {"5% to 10%", "[5% to 10%] share 0.05..0.1 unit=%"},
    {"half of Norway, nearly a quarter of voters", "[half] share 0.5 unit=% counted=norway; [nearly a "
                                                   "quarter] share 0.25 unit=% counted=voter approx=almost"},
    {"almost quarter of the time", "[almost quarter] share 0.25 unit=% counted=time approx=almost"},
    {"more than three quarters of voters agree",
     "[more than three quarters] share 0.75..1 unit=% counted=voter approx=over"},
    {"Ann Lind, 34, said", "[34] duration 34 unit=year"},
    {"two-thirds of the seats", "[two-thirds] share 0.666667 unit=% counted=seat"},
    {"one in five women", "[one in five] share 0.2 unit=% counted=woman"},
    {"nine out of ten", "[nine out of ten] share 0.9 unit=%"},
    {"in the third quarter", "[third] ordinal 3 counted=quarter"},
    {"the 21st century, twenty-first place",
     "[21st] ordinal 21 counted=century; [twenty-first] ordinal 21 counted=place"},
    {"2\xC2\xBD hours, two and a half years",
     "[2\xC2\xBD hours] duration 2.5 unit=hour; [two and a half years] duration 2.5 unit=year"},
    {"a 5-year-old girl, 40 years old",
     "[5-year-old] duration 5 unit=year; [40 years old] duration 40 unit=year"},
    {"over the past few days", "[past few days] duration 2..inf unit=day approx=few period=past"},
    {"the last three months", "[last three months] duration 3 unit=month period=past"},
    {"for an hour and a half", "[an hour and a half] duration 1.5 unit=hour"},
    {"500-bed hospital", "[500-bed] count 500 counted=bed"},
};

static const struct example dates[] = {
    {"on 18 November 2015", "[18 November 2015] date date=2015-11-18"},
    {"Nov. 18, 2015", "[Nov. 18, 2015] date date=2015-11-18"},
    {"the third of May", "[third of May] date date=2019-05-03"},
    {"in May 2018, in May", "[May 2018] date date=2018-05; [May] date date=2019-05"},
    {"2015-11-18, 18.11.2015, 25/12/2015, 12/25/2015, 3/4/2015",
     "[2015-11-18] date date=2015-11-18; [18.11.2015] date date=2015-11-18; [25/12/2015] date "
     "date=2015-12-25; "
     "[12/25/2015] date date=2015-12-25; [3/4/2015] date date=2015"},
    {"since 2014", "[2014] date date=2014"},
    {"his 2013 trip, the 2016 vote, 2016 people",
     "[2013] date date=2013; [2016] date date=2016; [2016] count 2016 counted=person"},
    {"the 1990s", "[1990s] date unit=decade"},
    {"March on, they may march", ""},
    {"on Monday", "[Monday] date date=2019-03-11"},
    {"on Friday", "[Friday] date date=2019-03-15"},
    {"last Friday", "[last Friday] date date=2019-03-08"},
    {"they will meet on Tuesday", "[Tuesday] date date=2019-03-19"},
    {"yesterday and tomorrow", "[yesterday] date date=2019-03-14; [tomorrow] date date=2019-03-16"},
    {"two days ago, a year ago", "[two days ago] date period=two days ago date=2019-03-13; [a year ago] date "
                                 "period=a year ago date=2018"},
    {"last year, this month, next year",
     "[last year] date period=last year date=2018; [this month] date period=this month date=2019-03; "
     "[next year] date period=next year date=2020"},
    {"in December", "[December] date date=2018-12"},
    {"at 3 p.m., 17:45", "[3 p.m.] date unit=clock; [17:45] date unit=clock"},
    {"30 February 2015", "[30 February 2015] date"},
};

static const struct example labels[] = {
    {"UN Resolution 2199", "[Resolution 2199] label 2199 counted=resolution"},
    {"an A320 and two F-18 jets", "[A320] label 320; [two] count 2; [F-18] label 18"},
    {"on page 7, see No. 5", "[page 7] label 7 counted=page; [No. 5] label 5"},
    {"Call 555-0137", "[555-0137] label 555"},
    {"the Boeing 777 landed", "[Boeing 777] label 777 counted=boeing"},
    {"id 783492272595750912", "[783492272595750912] label 7.83492e+17"},
    {"#5 on the list", "[#5] label 5"},
};

static const struct example scopes[] = {
    {"A year ago they sold 30 boats, now they sell 90 boats.",
     "[A year ago] date period=a year ago date=2018; [30] count 30 counted=boat period=a year ago; [90] "
     "count 90 "
     "counted=boat period=now"},
    {"It asked 9 people of the 2016 vote.", "[9] count 9 counted=person; [2016] date date=2016"},
    {"In 2014 it made 5 tonnes, but in 2015 it made 9 tonnes.",
     "[2014] date date=2014; [5 tonnes] measure 5 unit=tonne period=2014; [2015] date date=2015; [9 tonnes] "
     "measure 9 "
     "unit=tonne period=2015"},
};

static void run(const struct example *examples, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_quantities(examples[i].text, published, examples[i].found);
}

static void test_counts(void **state)
{
    (void)state;
    run(counts, sizeof counts / sizeof *counts);
}

static void test_measures(void **state)
{
    (void)state;
    run(measures, sizeof measures / sizeof *measures);
}

static void test_dates(void **state)
{
    (void)state;
    run(dates, sizeof dates / sizeof *dates);
    assert_quantities("on 5 May, on Monday, a year ago", NULL,
                      "[5 May] date date=XXXX-05-05; [Monday] date; [a year ago] date period=a year ago");
}

static void test_labels(void **state)
{
    (void)state;
    run(labels, sizeof labels / sizeof *labels);
}

static void test_scopes(void **state)
{
    (void)state;
    run(scopes, sizeof scopes / sizeof *scopes);
}

static const char *number_of(const char *text, struct cb_arena *arena)
{
    struct cb_token *tokens;
    const struct cb_quantity *found;
    size_t count, n;
    struct cb_err err;
    struct cb_span span = {0, (uint32_t)strlen(text)};
    assert_int_equal(cb_tokenize(text, span, arena, &tokens, &count, &err), CB_OK);
    assert_int_equal(cb_quantities_find(text, tokens, count, NULL, arena, &found, &n, &err), CB_OK);
    assert_int_equal(n, 1);
    return found[0].number;
}

/* the number as text is exact decimal, whatever binary fractions do */
static void test_exact(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"4.35 million people", "4350000"}, {"$0.10", "0.1"},      {"21.7%", "0.217"},
        {"1,234,567.89 km", "1234567.89"},  {"0.001 mm", "0.001"}, {"8 thousand", "8000"},
        {"2.005bn", "2005000000"},          {"twelve", "12"},      {"12,345,678,901 cells", "12345678901"},
    };
    struct cb_arena arena;
    cb_arena_init(&arena, ARENA_MAX);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *number = number_of(cases[i][0], &arena);
        assert_non_null(number);
        assert_string_equal(number, cases[i][1]);
    }
    assert_null(number_of("about 12", &arena));
    assert_null(number_of("10-12", &arena));
    cb_arena_release(&arena);
}

static void test_calendar(void **state)
{
    (void)state;
    assert_int_equal(cb_days_from_date((struct cb_date){1970, 1, 1}), 0);
    assert_int_equal(cb_weekday(0), 4);
    for (long day = -400000; day < 400000; day += 37) {
        struct cb_date date = cb_date_from_days(day);
        assert_int_equal(cb_days_from_date(date), day);
        assert_true(cb_date_is_valid(date));
        assert_int_equal(cb_weekday(day + 7), cb_weekday(day));
    }
    struct cb_date date;
    assert_true(cb_date_parse("2016-02-29", &date) && date.day == 29);
    assert_false(cb_date_parse("2015-02-29", &date));
    assert_true(cb_date_parse("2015-11", &date) && date.month == 11 && date.day == 0);
    assert_true(cb_date_parse("2015", &date) && date.month == 0);
    assert_false(cb_date_parse("soon", &date));
    date = cb_date_add_months((struct cb_date){2015, 1, 31}, -1);
    assert_true(date.year == 2014 && date.month == 12 && date.day == 0);
}

/* whatever the tokens: spans in order and inside the text, bounds in order, and no endless loop */
static void test_any(void **state)
{
    (void)state;
    static const char *const words[] = {"a ",
                                        "half ",
                                        "5",
                                        "-",
                                        "million ",
                                        "and ",
                                        "of ",
                                        "10,000 ",
                                        "$",
                                        "% ",
                                        "May ",
                                        "2015 ",
                                        "year ",
                                        "ago ",
                                        "one ",
                                        "to ",
                                        "third ",
                                        "dozens ",
                                        "past ",
                                        "few ",
                                        "between ",
                                        "over ",
                                        "\xC2\xBD ",
                                        ".",
                                        ",",
                                        "1990s ",
                                        "F",
                                        "No. ",
                                        "last ",
                                        "Monday ",
                                        "bn ",
                                        "m ",
                                        "per ",
                                        "cent ",
                                        "99999999999999999999 ",
                                        "1.2.3 ",
                                        "9999999999 ",
                                        "99999999990s ",
                                        "twenty",
                                        "18/11/2015 "};
    uint32_t seed = 5;
    for (int round = 0; round < 20000; round++) {
        char text[512];
        size_t len = 0, count, n, at = 0;
        for (int i = 0; i < round % 24; i++) {
            seed = seed * 1664525u + 1013904223u;
            const char *word = words[(seed >> 16) % (sizeof words / sizeof *words)];
            memcpy(text + len, word, strlen(word));
            len += strlen(word);
        }
        struct cb_arena arena;
        struct cb_token *tokens;
        const struct cb_quantity *found;
        struct cb_err err;
        cb_arena_init(&arena, ARENA_MAX);
        assert_int_equal(cb_tokenize(text, (struct cb_span){0, (uint32_t)len}, &arena, &tokens, &count, &err),
                         CB_OK);
        assert_int_equal(cb_quantities_find(text, tokens, count, published, &arena, &found, &n, &err), CB_OK);
        for (size_t i = 0; i < n; i++) {
            assert_true(found[i].span.start >= at && found[i].span.end > found[i].span.start &&
                        found[i].span.end <= len);
            assert_true(found[i].low <= found[i].high && !isnan(found[i].low));
            at = found[i].span.end;
        }
        cb_arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts),   cmocka_unit_test(test_measures), cmocka_unit_test(test_dates),
        cmocka_unit_test(test_labels),   cmocka_unit_test(test_scopes),   cmocka_unit_test(test_exact),
        cmocka_unit_test(test_calendar), cmocka_unit_test(test_any),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
