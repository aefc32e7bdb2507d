#include "match_tests.h"

#include "match/features.h"
#include "match/quantities.h"

struct example {
    const char *a, *b;
    enum cb_quantity_verdict verdict;
};

/* The first quantity of each. */
static const struct example examples[] = {
    {"8,000 flights", "eight thousand flights", CB_QUANTITIES_SAME},
    {"25% of homes", "a quarter of homes", CB_QUANTITIES_SAME},
    {"40,000-50,000 barrels", "40-50 thousand barrels", CB_QUANTITIES_SAME},
    {"$2bn in cash", "2 billion dollars in cash", CB_QUANTITIES_SAME},
    {"almost 8,000 flights", "8,000 flights", CB_QUANTITIES_SAME},
    {"7,962 flights", "8,000 flights", CB_QUANTITIES_ROUNDED},
    {"about 90 miles", "150 kilometres", CB_QUANTITIES_ROUNDED},
    {"48 hours", "two days", CB_QUANTITIES_ROUNDED},
    {"some 310 people", "about 330 people", CB_QUANTITIES_SPREAD},
    {"thousands of trucks", "9,000 trucks", CB_QUANTITIES_SPREAD},
    {"thousands of trucks", "12 trucks", CB_QUANTITIES_APART},
    {"8,000 flights", "9,000 flights", CB_QUANTITIES_DIFFER},
    {"almost 8,000 flights", "almost 12,000 flights", CB_QUANTITIES_DIFFER},
    {"7.4% of homes", "4.7% of homes", CB_QUANTITIES_DIFFER},
    {"300 metres", "300 miles", CB_QUANTITIES_OTHER_UNIT},
    {"32 micrograms per litre", "0.032 milligrams per litre", CB_QUANTITIES_ROUNDED},
    {"32 micrograms per litre", "5 milligrams per litre", CB_QUANTITIES_DIFFER},
    {"32 micrograms per litre", "32 milligrams per litre", CB_QUANTITIES_OTHER_UNIT},
    {"32 micrograms per litre", "5 milligrams per day", CB_QUANTITIES_APART},
    {"$2.5 million", "€2.5 million", CB_QUANTITIES_OTHER_UNIT},
    {"5 km", "7 tonnes", CB_QUANTITIES_APART},
    {"30% of homes", "30 homes", CB_QUANTITIES_APART},
    {"18 November 2015", "November 2015", CB_QUANTITIES_SAME},
    {"18 November 2015", "19 November 2015", CB_QUANTITIES_DIFFER},
};

static void first_quantities_are_compared(void **state)
{
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        const struct example *e = &examples[i];
        const struct cb_profile *a = profile(*state, e->a), *b = profile(*state, e->b);
        if (a->quantity_count == 0 || b->quantity_count == 0)
            fail_msg("no quantity in '%s' or '%s'", e->a, e->b);
        enum cb_quantity_verdict there = cb_quantity_compare(&a->quantities[0], &b->quantities[0]);
        enum cb_quantity_verdict back = cb_quantity_compare(&b->quantities[0], &a->quantities[0]);
        if (there != e->verdict || back != e->verdict)
            fail_msg("'%s' and '%s': %d, %d instead of %d", e->a, e->b, (int)there, (int)back,
                     (int)e->verdict);
    }
}

static struct cb_quantity_match match(struct fixture *f, const char *a, const char *b)
{
    struct cb_features features;
    struct cb_err err;
    assert_int_equal(cb_features_make(f->matcher, profile(f, a), profile(f, b), &f->arena, &features, &err),
                     CB_OK);
    return features.quantities;
}

static void only_the_same_thing_is_compared(void **state)
{
    struct cb_quantity_match q =
        match(*state, "The port has 12 cranes and 300 workers", "The port has 300 workers and 15 cranes");
    assert_int_equal(q.same, 1);
    assert_int_equal(q.differ, 1);
    q = match(*state, "The port has 12 cranes", "The port has 300 workers");
    assert_int_equal(q.differ, 0);
    assert_int_equal(q.only_a, 1);
    assert_int_equal(q.only_b, 1);
    q = match(*state, "Almost 8,000 flights were made", "Almost 12,000 sorties were made");
    assert_int_equal(q.differ, 1);
}

static void times_of_one_claim_do_not_contradict_each_other(void **state)
{
    struct cb_quantity_match q =
        match(*state, "A year ago the field gave 30,000 barrels a day, now it gives 45,000 barrels a day",
              "The field gives 45,000 barrels a day, a year ago it gave 30,000 barrels a day");
    assert_int_equal(q.differ, 0);
    assert_true(q.same >= 2);
}

static void weekdays_differ(void **state)
{
    struct cb_quantity_match q = match(*state, "The dam broke on Sunday", "The dam broke on Friday");
    assert_int_equal(q.weekdays_differ, 1);
    q = match(*state, "The dam broke on Sunday", "On Sunday the dam broke");
    assert_int_equal(q.weekdays_differ, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_quantities_are_compared),
        cmocka_unit_test(only_the_same_thing_is_compared),
        cmocka_unit_test(times_of_one_claim_do_not_contradict_each_other),
        cmocka_unit_test(weekdays_differ),
    };
    return cmocka_run_group_tests(tests, fixture_new, fixture_free);
}
