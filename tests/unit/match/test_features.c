#include "match_tests.h"

#include "match/differences.h"
#include "match/features.h"
#include "match/matcher.h"
#include "match/model.h"

static struct cb_features features(struct fixture *f, const char *a, const char *b)
{
    struct cb_features out;
    struct cb_err err;
    assert_int_equal(cb_features_make(f->matcher, profile(f, a), profile(f, b), &f->arena, &out, &err),
                     CB_OK);
    return out;
}

/* Does the first word of a with this stem answer to the first word of b with that one? */
static bool answers(struct fixture *f, const char *a, const char *x, const char *b, const char *y)
{
    const struct cb_profile *p = profile(f, a), *q = profile(f, b);
    struct cb_features out;
    struct cb_err err;
    assert_int_equal(cb_features_make(f->matcher, p, q, &f->arena, &out, &err), CB_OK);
    ptrdiff_t i = word(p, x) - p->words, j = word(q, y) - q->words;
    return out.alignment.a_to_b[i] == j && out.alignment.b_to_a[j] == i;
}

static void words_answer_to_each_other(void **state)
{
    assert_true(answers(*state, "The flight was long", "flight", "The sortie was long", "sorti"));
    assert_true(
        answers(*state, "The soldiers left Moqtada", "moqtada", "The soldiers left Muqtada", "muqtada"));
    assert_true(answers(*state, "Timothy Wolde won", "timothi", "Tim Wolde won", "tim"));
    assert_true(answers(*state, "People died", "die", "People were killed", "kill"));
    assert_true(answers(*state, "They destroyed it", "destroy", "The destruction was great", "destruct"));
    assert_false(answers(*state, "The ship sank", "ship", "The tank burned", "tank"));
}

static void one_word_answers_to_several(void **state)
{
    struct cb_features f = features(*state, "An airstrike hit the port", "Air strikes hit the port");
    assert_true(f.value[CB_F_COVER_MIN] > 0.99);
    f = features(*state, "The OECD report came out",
                 "The Organisation for Economic Cooperation and Development report came out");
    assert_true(f.value[CB_F_NAME_MISSING_MAX] < 0.5);
}

static void both_orders_give_the_same(void **state)
{
    static const char *const claims[] = {"The ferry carried 340 passengers from Oslo to Kiel",
                                         "430 people sailed from Kiel to Oslo on the ferry",
                                         "No ferry sailed", "",
                                         "Islamic State fighters did not leave Hit in 2015"};
    size_t count = sizeof claims / sizeof *claims;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < count; j++) {
            struct cb_features x = features(*state, claims[i], claims[j]),
                               y = features(*state, claims[j], claims[i]);
            for (int k = 0; k < CB_FEATURE_COUNT; k++) {
                assert_memory_equal(&x.value[k], &y.value[k], sizeof(double));
                assert_memory_equal(&x.plain[k], &y.plain[k], sizeof(double));
            }
        }
    }
}

static void values_stay_in_their_range(void **state)
{
    struct cb_features f =
        features(*state, "a b c d e f g", "The 12 wolves of Tarnow did not eat 7,000 sheep.");
    for (int k = 0; k < CB_FEATURE_COUNT; k++)
        assert_true(f.value[k] >= 0 && f.value[k] <= 2.5);
    f = features(*state, "The wolves of Tarnow ate 40 sheep", "The wolves of Tarnow ate 40 sheep");
    assert_true(f.value[CB_F_COVER_MIN] > 0.999 && f.value[CB_F_TERM_DICE] > 0.999);
    assert_true(f.value[CB_F_TRIGRAM] > 0.999 && f.value[CB_F_ORDER] > 0.999);
}

static void structured_differences_are_found(void **state)
{
    assert_true(features(*state, "Prices rose in May", "Prices fell in May").alignment.opposites > 0);
    assert_true(features(*state, "The shop is not open", "The shop is closed").alignment.opposites == 0);
    assert_true(features(*state, "A man won the race", "A woman won the race").alignment.counterparts > 0);
    assert_true(
        features(*state, "The ferry left Oslo early", "The ferry left Kiel early").value[CB_F_OTHER_NAME] >
        0);
    assert_true(features(*state, "Volkov beat Ramirez", "Ramirez beat Volkov").value[CB_F_SWAPPED] > 0);
    assert_true(features(*state, "Volkov beat Ramirez", "Ramirez was beaten by Volkov").value[CB_F_SWAPPED] <=
                0);
    assert_true(
        features(*state, "He flew from Oslo to Kiel", "He flew from Kiel to Oslo").value[CB_F_SWAPPED] > 0);
    assert_true(features(*state, "They lost 18 ships", "They lost 18 tanks").other_word);
    assert_false(features(*state, "They lost 18 ships", "They lost 18 vessels").other_word);
}

static void differences_are_bridged_in_the_plain_features(void **state)
{
    struct cb_features f = features(*state, "The ferry carried 340 people", "The ferry carried 430 people");
    assert_true(f.value[CB_F_COVER_MIN] < 0.8);
    assert_true(f.plain[CB_F_COVER_MIN] > 0.99);
    assert_true(f.plain[CB_F_QUANTITY_DIFFERS] <= 0 && f.value[CB_F_QUANTITY_DIFFERS] > 0);
    f = features(*state, "Nobody died in the flood", "Three people died in the flood");
    assert_true(f.plain[CB_F_COVER_MIN] > 0.99);
}

static void damaged_tables_are_refused(void **state)
{
    struct cb_models models;
    struct cb_aliases aliases = {0};
    struct cb_err err;
    (void)state;
    assert_int_equal(cb_models_load("feature\tscore\tagree\tcontradict\nbias\t1\t2\t3\n", &models, &err),
                     CB_INTEGRITY);
    assert_int_equal(cb_models_load("no_such_thing\t1\t2\t3\n", &models, &err), CB_INTEGRITY);
    assert_int_equal(cb_models_load("bias\t1\t2\n", &models, &err), CB_INTEGRITY);
    assert_int_equal(cb_models_load("bias\t1\tnan\t3\n", &models, &err), CB_INTEGRITY);
    assert_int_equal(cb_models_load("bias\t1\t2\t3", &models, &err), CB_INTEGRITY);
    assert_int_equal(cb_models_load(cb_weights_text, &models, &err), CB_OK);
    assert_int_equal(cb_aliases_load(&aliases, "name without forms\n", &err), CB_INTEGRITY);
    cb_aliases_release(&aliases);
    assert_int_equal(cb_aliases_load(&aliases, "name\tone||two\n", &err), CB_INTEGRITY);
    cb_aliases_release(&aliases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_answer_to_each_other),
        cmocka_unit_test(one_word_answers_to_several),
        cmocka_unit_test(both_orders_give_the_same),
        cmocka_unit_test(values_stay_in_their_range),
        cmocka_unit_test(structured_differences_are_found),
        cmocka_unit_test(differences_are_bridged_in_the_plain_features),
        cmocka_unit_test(damaged_tables_are_refused),
    };
    return cmocka_run_group_tests(tests, fixture_new, fixture_free);
}
