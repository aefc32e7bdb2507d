#include "match_tests.h"

static bool has_term(const struct cb_profile *p, int32_t term)
{
    for (size_t i = 0; i < p->term_count; i++) {
        if (p->terms[i] == term)
            return true;
    }
    return false;
}

/* All terms of a are terms of b, and the other way round. */
static bool same_terms(const struct cb_profile *a, const struct cb_profile *b)
{
    return a->term_count == b->term_count &&
           memcmp(a->terms, b->terms, a->term_count * sizeof *a->terms) == 0;
}

static void forms_of_one_thing_are_one_term(void **state)
{
    static const char *const pairs[][2] = {
        {"8,000 flights", "8 thousand flight"},
        {"eight thousand flights", "8000 flights"},
        {"21% of homes", "21 percent of homes"},
        {"a quarter of homes", "25% of homes"},
        {"ISIL left Hit", "Islamic State left Hit"},
        {"US troops", "American troops"},
        {"the U.N. envoy", "the United Nations envoy"},
        {"she took the oath", "she takes the oath"},
        {"two men", "two man"},
        {"the F.T.C. ruled", "the FTC ruled"},
        {"#FloodRelief", "flood relief"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (!same_terms(profile(*state, pairs[i][0]), profile(*state, pairs[i][1])))
            fail_msg("'%s' and '%s' have other terms", pairs[i][0], pairs[i][1]);
    }
}

static void different_things_are_different_terms(void **state)
{
    static const char *const pairs[][2] = {
        {"8,000 flights", "9,000 flights"},
        {"it told us so", "it told US so"},
        {"polish the floor", "Polish floor"},
        {"8 flights", "8% of flights"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_false(same_terms(profile(*state, pairs[i][0]), profile(*state, pairs[i][1])));
}

static void terms_are_sorted_unique_and_without_function_words(void **state)
{
    struct fixture *f = *state;
    const struct cb_profile *p = profile(f, "The mayor of the town and the mayor of the city met the mayors");
    int32_t the = 0, mayor = 0;
    struct cb_err err;
    assert_int_equal(cb_stem_hash(f->matcher, "The", 3, &the, &err), CB_OK);
    assert_int_equal(cb_stem_hash(f->matcher, "Mayors", 6, &mayor, &err), CB_OK);
    assert_false(has_term(p, the));
    assert_true(has_term(p, mayor));
    assert_int_equal(p->term_count, 4); /* mayor town city meet */
    double sum = 0;
    for (size_t i = 0; i < p->term_count; i++) {
        assert_true(i == 0 || p->terms[i - 1] < p->terms[i]);
        sum += (double)p->weights[i];
    }
    assert_true(sum > p->weight - 1e-3 && sum < p->weight + 1e-3);
    for (size_t i = 1; i < p->trigram_count; i++)
        assert_true(p->trigrams[i - 1] < p->trigrams[i]);
}

static void rare_words_weigh_more(void **state)
{
    struct fixture *f = *state;
    static const char *const words[] = {"time", "budget", "turbine", "Xyzzyville"};
    float before = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct cb_err err;
        int32_t stem;
        assert_int_equal(cb_stem_hash(f->matcher, words[i], strlen(words[i]), &stem, &err), CB_OK);
        assert_true(cb_term_weight(f->matcher, stem) > before);
        before = cb_term_weight(f->matcher, stem);
    }
}

static void names_are_marked(void **state)
{
    const struct cb_profile *p = profile(*state, "Farmers near Tarnow met J. Lindqvist on Monday");
    assert_true(word(p, "tarnow")->flags & CB_WORD_NAME);
    assert_true(word(p, "lindqvist")->flags & CB_WORD_NAME);
    assert_false(word(p, "farmer")->flags & CB_WORD_NAME);
    assert_false(word(p, "monday")->flags & CB_WORD_NAME);
    assert_false(word(p, "j.")->flags & CB_WORD_NAME);
    p = profile(*state, "Farmers Near Tarnow Plant New Forest");
    assert_true(p->title_case);
    assert_true(word(p, "tarnow")->flags & CB_WORD_NAME);
    assert_false(word(p, "forest")->flags & CB_WORD_NAME);
}

static void negations_reach_to_the_end_of_their_clause(void **state)
{
    const struct cb_profile *p = profile(*state, "The dam did not break, but the road was flooded");
    assert_int_equal(p->negations, 1);
    assert_true(word(p, "break")->flags & CB_WORD_NEGATED_HEAD);
    assert_false(word(p, "dam")->flags & CB_WORD_NEGATED);
    assert_false(word(p, "road")->flags & CB_WORD_NEGATED);
    assert_true(word(profile(*state, "He refused to sign the bill"), "sign")->flags & CB_WORD_NEGATED);
    assert_int_equal(profile(*state, "He refused the gift")->negations, 0);
    assert_int_equal(profile(*state, "Sales declined to 40 units")->negations, 0);
    assert_int_equal(profile(*state, "Not only farmers vote")->negations, 0);
    assert_int_equal(profile(*state, "The do-not-call list grew")->negations, 0);
    assert_int_equal(profile(*state, "Nurses of Care Without Frontiers came")->negations, 0);
    assert_int_equal(profile(*state, "They live Without a roof")->negations, 1);
    assert_int_equal(profile(*state, "A crowd chanted “No cuts! No closures!” at the gate")->negations, 0);
    assert_int_equal(profile(*state, "No school in the two valleys closed!")->negations, 1);
    assert_int_equal(profile(*state, "No cuts were made, they cried")->negations, 1);
    assert_true(word(profile(*state, "The town no longer floods"), "flood")->flags & CB_WORD_NEGATED_HEAD);
}

static void what_is_denied_is_marked(void **state)
{
    const struct cb_profile *p = profile(*state, "The mayor denied that the bridge is closed");
    assert_true(word(p, "bridg")->flags & CB_WORD_DENIED);
    assert_false(word(p, "mayor")->flags & CB_WORD_DENIED);
    p = profile(*state, "The story of the closed bridge is a hoax");
    assert_true(word(p, "bridg")->flags & CB_WORD_DENIED);
}

static void spans_point_into_the_text(void **state)
{
    const char *text = "“Żółte” boats near Århus: 8 thousand, said the U.N.";
    const struct cb_profile *p = profile(*state, text);
    for (size_t i = 0; i < p->word_count; i++) {
        assert_true(p->words[i].span.start < p->words[i].span.end);
        assert_true(p->words[i].span.end <= strlen(text));
        assert_true(i == 0 || p->words[i - 1].span.start <= p->words[i].span.start);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_of_one_thing_are_one_term),
        cmocka_unit_test(different_things_are_different_terms),
        cmocka_unit_test(terms_are_sorted_unique_and_without_function_words),
        cmocka_unit_test(rare_words_weigh_more),
        cmocka_unit_test(names_are_marked),
        cmocka_unit_test(negations_reach_to_the_end_of_their_clause),
        cmocka_unit_test(what_is_denied_is_marked),
        cmocka_unit_test(spans_point_into_the_text),
    };
    return cmocka_run_group_tests(tests, fixture_new, fixture_free);
}
