#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "match/pair.h"

static struct cb_comparison compare(struct cb_matcher *matcher, const char *a, const char *b)
{
    struct cb_comparison out;
    struct cb_err err;
    assert_int_equal(cb_compare(matcher, a, strlen(a), b, strlen(b), &out, &err), CB_OK);
    return out;
}

static int setup(void **state)
{
    struct cb_err err;
    struct cb_matcher *matcher;
    assert_int_equal(cb_matcher_new(&matcher, &err), CB_OK);
    *state = matcher;
    return 0;
}

static int teardown(void **state)
{
    cb_matcher_free(*state);
    return 0;
}

struct example {
    const char *a, *b;
    enum cb_match_relation relation;
    int reason; /* that must be given, or -1 */
};

static const struct example examples[] = {
    {"The dam at Orla holds 8,000 tonnes of silt.", "The dam at Orla holds 8 thousand tonnes of silt",
     CB_AGREES, CB_REASON_SAME_QUANTITY},
    {"There were almost 8,000 military flights", "Was made almost 8 thousand sorties", CB_AGREES,
     CB_REASON_SAME_QUANTITY},
    {"Islamic State fighters left the town of Hit on Monday", "ISIL fighters left the town of Hit on Monday",
     CB_AGREES, -1},
    {"The company will pay 21% of the costs", "The company will pay 21 percent of the costs", CB_AGREES,
     CB_REASON_SAME_QUANTITY},
    {"The ferry carried 340 passengers to Kiel", "The ferry carried 430 passengers to Kiel", CB_CONTRADICTS,
     CB_REASON_DIFFERENT_QUANTITY},
    {"The council of Graz has banned cars from the old town",
     "The council of Graz has not banned cars from the old town", CB_CONTRADICTS, CB_REASON_NEGATED},
    {"Exports of steel rose sharply in the spring", "Exports of steel fell sharply in the spring",
     CB_CONTRADICTS, CB_REASON_ANTONYM},
    {"Minister Lind said the bridge is safe for trucks", "Minister Berg said the bridge is safe for trucks",
     CB_RELATED, CB_REASON_DIFFERENT_SUBJECT},
    {"Orlaline denied that any fault had been reported", "No fault was reported to us", CB_AGREES, -1},
    {"Orlaline contradicts the report that the captain has announced a fault",
     "The captain had reported a fault", CB_CONTRADICTS, CB_REASON_DENIED},
    {"Three people were killed when the old dam of Orla broke", "The old dam has broken in Orla", CB_RELATED,
     CB_REASON_ONLY_ASIDE},
    {"When the old dam of Orla broke, three people were killed", "Three people were killed", CB_AGREES,
     CB_REASON_SAME_QUANTITY},
    {"The bridge is safe for trucks", "A choir of nuns recorded an album of sea shanties", CB_UNRELATED, -1},
};

static void relations_are_found(void **state)
{
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        const struct example *e = &examples[i];
        struct cb_comparison c = compare(*state, e->a, e->b);
        if (c.relation != e->relation || (e->reason >= 0 && !(c.reasons >> e->reason & 1U)))
            fail_msg("'%s' and '%s' are %s", e->a, e->b, cb_match_relation_name(c.relation));
    }
}

static void order_does_not_matter(void **state)
{
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        struct cb_comparison x = compare(*state, examples[i].a, examples[i].b);
        struct cb_comparison y = compare(*state, examples[i].b, examples[i].a);
        assert_int_equal(x.relation, y.relation);
        assert_int_equal(x.reasons, y.reasons);
        assert_memory_equal(&x.score, &y.score, sizeof x.score);
        assert_memory_equal(&x.agreement, &y.agreement, sizeof x.agreement);
    }
}

static void the_same_is_the_same(void **state)
{
    struct cb_comparison c = compare(*state, "Rain fell on Tuesday in Oslo.", "rain fell on Tuesday in OSLO");
    assert_int_equal(c.relation, CB_AGREES);
    assert_true(c.reasons >> CB_REASON_SAME_WORDS & 1U);
    assert_true(c.score >= 1 && c.agreement >= 1);
}

static void empty_and_odd_claims_are_compared(void **state)
{
    assert_int_equal(compare(*state, "", "The bridge is safe").relation, CB_UNRELATED);
    (void)compare(*state, "", "");
    (void)compare(*state, "?", "!");
    (void)compare(*state, "42", "the of and");
}

static void bad_claims_are_refused(void **state)
{
    struct cb_comparison out;
    struct cb_err err;
    assert_int_equal(cb_compare(*state, "a\xff", 2, "b", 1, &out, &err), CB_INPUT);
    assert_non_null(strstr(err.message, "byte 1"));
    size_t len = CB_CLAIM_TEXT_MAX + 1;
    char *longest = malloc(len);
    assert_non_null(longest);
    for (size_t i = 0; i < len; i++)
        longest[i] = i % 5 == 4 ? ' ' : (char)('a' + i % 23);
    assert_int_equal(cb_compare(*state, longest, len, "b", 1, &out, &err), CB_LIMIT);
    assert_int_equal(cb_compare(*state, longest, len - 1, longest, 2000, &out, &err), CB_OK);
    free(longest);
}

static void context_moves_a_pair(void **state)
{
    (void)state;
    struct cb_comparison pair = {.relation = CB_RELATED, .score = 0.5, .agreement = 0.3, .shared = 3}, out;
    struct cb_pair_context far = {.cover = 0.3, .info = 1, .lead_min = -0.3, .lead_max = -0.1};
    struct cb_pair_context near = {.cover = 0.8,
                                   .dice = 0.6,
                                   .info = 2.5,
                                   .words = 2,
                                   .lead_min = 0.1,
                                   .lead_max = 0.2,
                                   .neighbour = 0.5};
    cb_decide(&pair, &far, &out);
    assert_int_equal(out.relation, CB_RELATED);
    assert_true(out.agreement < 0.1);
    cb_decide(&pair, &near, &out);
    assert_int_equal(out.relation, CB_AGREES);
    assert_true(out.reasons >> CB_REASON_MUTUAL_BEST & 1U);
    assert_true(out.reasons >> CB_REASON_NEIGHBOURS_MATCH & 1U);
    double alone = out.agreement;
    assert_false(out.reasons >> CB_REASON_SHARED_ORIGIN & 1U);
    near.shared_origin = true;
    cb_decide(&pair, &near, &out);
    assert_true(out.reasons >> CB_REASON_SHARED_ORIGIN & 1U);
    near.other_speaker = true;
    near.shared_origin = false;
    cb_decide(&pair, &near, &out);
    assert_true(out.agreement < alone);
    near.lead_max = near.lead_min = -0.01; /* each has a better counterpart elsewhere */
    cb_decide(&pair, &near, &out);
    assert_int_equal(out.relation, CB_RELATED);
    near.lead_max = near.lead_min = 0.1;
    pair.reasons = 1U << CB_REASON_DIFFERENT_SUBJECT;
    cb_decide(&pair, &near, &out);
    assert_int_equal(out.relation, CB_RELATED);
    pair.reasons = 1U << CB_REASON_DIFFERENT_QUANTITY;
    pair.relation = CB_CONTRADICTS;
    cb_decide(&pair, &near, &out);
    assert_int_equal(out.relation, CB_CONTRADICTS);
    near.dice = near.neighbour = 0.3; /* more likely than not one claim, but for the quantity: not enough */
    cb_decide(&pair, &near, &out);
    assert_true(out.agreement > CB_AGREES_MIN && out.agreement < CB_BOND_AGREEMENT);
    assert_int_equal(out.relation, CB_RELATED);
}

static void all_reasons_have_names(void **state)
{
    (void)state;
    for (int i = 0; i < CB_REASON_COUNT; i++) {
        const char *name = cb_reason_name((enum cb_reason)i);
        assert_non_null(name);
        assert_int_equal(strspn(name, "abcdefghijklmnopqrstuvwxyz_"), strlen(name));
        for (int j = 0; j < i; j++)
            assert_string_not_equal(name, cb_reason_name((enum cb_reason)j));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(relations_are_found),    cmocka_unit_test(order_does_not_matter),
        cmocka_unit_test(the_same_is_the_same),   cmocka_unit_test(empty_and_odd_claims_are_compared),
        cmocka_unit_test(bad_claims_are_refused), cmocka_unit_test(context_moves_a_pair),
        cmocka_unit_test(all_reasons_have_names),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
