#include "match_tests.h"

#include "match/document_pair.h"
#include "match/local.h"

enum { MAX = 16 };

struct told {
    const char *text;
    enum cb_said said;
    int32_t sentence;
};

struct side {
    struct cb_pair_claim claims[MAX];
    struct cb_pair_side side;
};

static void tell(struct fixture *f, const struct told *told, size_t count, struct side *out)
{
    for (size_t i = 0; i < count; i++)
        out->claims[i] = (struct cb_pair_claim){
            .profile = profile(f, told[i].text), .said = told[i].said, .sentence = told[i].sentence};
    out->side = (struct cb_pair_side){out->claims, count};
}

/* What the two sides say to each other; relations[i][j]. */
static void align(struct fixture *f, const struct cb_pair_side *a, const struct cb_pair_side *b,
                  struct cb_comparison relations[MAX][MAX])
{
    struct cb_arena scratch;
    struct cb_pair_match *found = NULL;
    struct cb_err err;
    size_t count = 0;
    cb_arena_init(&scratch, (size_t)16 * 1024 * 1024);
    assert_int_equal(cb_pair_align(f->matcher, a, b, false, &f->arena, &scratch, &found, &count, &err),
                     CB_OK);
    memset(relations, 0, MAX * sizeof *relations);
    for (size_t i = 0; i < count; i++)
        relations[found[i].a][found[i].b] = found[i].comparison;
    cb_arena_release(&scratch);
}

/* A ferry on a lake, told by two papers. */
static const struct told harbour[] = {
    {"The Lake Orla ferry ran aground on a sandbank near Brede on Friday", CB_SAID_STATED, 1},
    {"Divers searched the hull of the ferry for leaks through the night", CB_SAID_STATED, 2},
    {"The Lake Orla ferry is twenty years old and was repaired last winter", CB_SAID_STATED, 3},
    {"The captain denied that he had been drinking whisky before the accident", CB_SAID_STATED, 4},
    {"The mayor wants the ferry line to be replaced by a bridge", CB_SAID_WISHED, 5},
    {"Some 140 passengers were taken off the ferry in fishing boats", CB_SAID_STATED, 6},
    {"Anna Lindqvist of the ferry company thanked the fishermen", CB_SAID_STATED, 7},
};
static const struct told gazette[] = {
    {"A sandbank off Brede stopped the Lake Orla ferry on Friday, which ran aground", CB_SAID_STATED, 1},
    {"All night long divers looked for leaks in its hull", CB_SAID_STATED, 2},
    {"The Lake Orla ferry company did not answer questions", CB_SAID_STATED, 3},
    {"he had been drinking whisky before the accident", CB_SAID_DENIED, 4},
    {"A bridge should replace the ferry line, in the mayor's view", CB_SAID_STATED, 5},
    {"Fishing boats took some 210 passengers off the ferry", CB_SAID_STATED, 6},
    {"The next annual meeting will be led by Anna Lindqvist", CB_SAID_STATED, 7},
};
enum { TOLD = sizeof harbour / sizeof *harbour };

static void two_papers(struct fixture *f, struct cb_comparison relations[MAX][MAX])
{
    struct side a, b;
    tell(f, harbour, TOLD, &a);
    tell(f, gazette, TOLD, &b);
    align(f, &a.side, &b.side, relations);
}

static void other_words_agree_in_context(void **state)
{
    struct cb_comparison relations[MAX][MAX];
    two_papers(*state, relations);
    assert_int_equal(relations[0][0].relation, CB_AGREES);
    assert_int_equal(relations[1][1].relation, CB_AGREES);
    assert_true(relations[1][1].reasons >> CB_REASON_MUTUAL_BEST & 1U);
}

static void words_of_the_whole_event_tell_nothing(void **state)
{
    struct cb_comparison relations[MAX][MAX];
    two_papers(*state, relations);
    for (size_t i = 0; i < TOLD; i++)
        for (size_t j = 0; j < TOLD; j++)
            if (i != j)
                assert_int_not_equal(relations[i][j].relation, CB_AGREES);
    assert_int_not_equal(relations[2][2].relation, CB_AGREES);
}

/* Two papers whose other claims have nothing in common: what the first ones say to each other. */
static enum cb_match_relation relation_of_two(struct fixture *f, const char *first, const char *second)
{
    const struct told one[] = {{first, CB_SAID_STATED, 1}, {"The harbour is closed", CB_SAID_STATED, 2}};
    const struct told two[] = {{second, CB_SAID_STATED, 1}, {"Rain fell all week", CB_SAID_STATED, 2}};
    struct cb_comparison relations[MAX][MAX];
    struct side a, b;
    tell(f, one, 2, &a);
    tell(f, two, 2, &b);
    align(f, &a.side, &b.side, relations);
    return relations[0][0].relation;
}

static void assert_two_claims(struct fixture *f, const char *first, const char *second)
{
    assert_int_not_equal(relation_of_two(f, first, second), CB_AGREES);
}

static void a_name_in_common_is_not_enough(void **state)
{
    struct cb_comparison relations[MAX][MAX];
    two_papers(*state, relations);
    assert_int_not_equal(relations[6][6].relation, CB_AGREES);
    assert_two_claims(*state, "Peter Brandt will speak", "Peter Brandt rejected the accusation");
}

static void nor_are_an_office_and_a_day(void **state)
{
    assert_two_claims(*state, "Its chairman, Peter Brandt, is to speak to the town on Thursday evening",
                      "Peter Brandt, the chairman of the council, rejected the accusation on Thursday");
}

/* Where a claim says who somebody is, the role is what it says. */
static void who_somebody_is_is_told_by_the_role(void **state)
{
    assert_int_equal(relation_of_two(*state, "Nora Quist, a lawyer with the fishing union",
                                     "Nora Quist, an attorney of the union"),
                     CB_AGREES);
    assert_two_claims(*state, "Nora Quist, a lawyer with the fishing union",
                      "Nora Quist, who left on Friday");
}

/* At the head of a sentence any word has a capital; elsewhere in the two papers it is written as a name. */
static void a_name_at_the_head_is_a_name(void **state)
{
    struct fixture *f = *state;
    static const struct told one[] = {{"Stone saw the harbour master", CB_SAID_STATED, 1},
                                      {"It was said by Peter Stone", CB_SAID_STATED, 2}};
    static const struct told two[] = {{"Stone walls are old", CB_SAID_STATED, 1}};
    struct side a, b;
    struct cb_local local;
    struct cb_err err;
    tell(f, one, 2, &a);
    tell(f, two, 1, &b);
    assert_int_equal(cb_local_weigh(&a.side, &b.side, &f->arena, &local, &err), CB_OK);
    assert_true(local.a[0][0].naming);
    assert_false(local.a[0][1].naming);
    a.side.count = 1;
    assert_int_equal(cb_local_weigh(&a.side, &b.side, &f->arena, &local, &err), CB_OK);
    assert_false(local.a[0][0].naming);
}

static void half_a_claim_in_common_is_another_claim(void **state)
{
    assert_two_claims(*state, "The sea ran into the old town",
                      "Many people left their homes in the old town");
}

static void two_denials_do_not_contradict(void **state)
{
    struct cb_comparison relations[MAX][MAX];
    two_papers(*state, relations);
    assert_int_equal(relations[3][3].relation, CB_AGREES);
    static const struct told stated[] = {
        {"The captain had been drinking whisky before the accident", CB_SAID_STATED, 1},
        {"Divers searched the hull of the ferry for leaks", CB_SAID_STATED, 2}};
    struct side a, b;
    tell(*state, stated, 2, &a);
    tell(*state, gazette, TOLD, &b);
    align(*state, &a.side, &b.side, relations);
    assert_int_equal(relations[0][3].relation, CB_CONTRADICTS);
    assert_true(relations[0][3].reasons >> CB_REASON_DENIED & 1U);
}

/* The denial round the one is the "not" in the other. */
static void a_denial_is_a_not(void **state)
{
    static const struct told denied[] = {
        {"the captain had been drinking whisky before the accident", CB_SAID_DENIED, 1},
        {"Divers searched the hull of the ferry for leaks", CB_SAID_STATED, 2}};
    static const struct told negated[] = {
        {"The captain had not been drinking whisky before the accident", CB_SAID_STATED, 1},
        {"Nobody lives on the island", CB_SAID_STATED, 2}};
    static const struct told double_denied[] = {
        {"the captain had not been drinking whisky before the accident", CB_SAID_DENIED, 1},
        {"Nobody lives on the island", CB_SAID_STATED, 2}};
    struct side a, b;
    struct cb_comparison relations[MAX][MAX];
    struct cb_pair_match first = {.a = 0, .b = 0};
    struct cb_err err;
    tell(*state, denied, 2, &a);
    tell(*state, negated, 2, &b);
    align(*state, &a.side, &b.side, relations);
    assert_int_equal(relations[0][0].relation, CB_AGREES);
    struct fixture *f = *state;
    struct cb_arena scratch;
    cb_arena_init(&scratch, (size_t)16 * 1024 * 1024);
    assert_int_equal(cb_pair_compare(f->matcher, &a.side, &b.side, &first, 1, &scratch, &err), CB_OK);
    cb_arena_release(&scratch);
    assert_int_equal(first.comparison.relation, CB_AGREES);
    tell(*state, double_denied, 2, &b);
    align(*state, &a.side, &b.side, relations);
    assert_int_not_equal(relations[0][0].relation, CB_AGREES);
}

static void a_wish_answers_to_what_is_wished(void **state)
{
    struct cb_comparison relations[MAX][MAX];
    two_papers(*state, relations);
    assert_int_equal(relations[4][4].relation, CB_AGREES);
}

static void another_number_contradicts(void **state)
{
    struct cb_comparison relations[MAX][MAX];
    two_papers(*state, relations);
    assert_int_equal(relations[5][5].relation, CB_CONTRADICTS);
    assert_true(relations[5][5].reasons >> CB_REASON_DIFFERENT_QUANTITY & 1U);
}

/* A part of a sentence is a claim beside the whole: neither takes the counterpart from the other. */
static void claims_of_one_sentence_do_not_compete(void **state)
{
    static const struct told parts[] = {
        {"The ferry ran aground on a sandbank near Brede", CB_SAID_STATED, 1},
        {"The ferry ran aground on a sandbank near Brede after the rudder broke", CB_SAID_STATED, 1},
        {"Nobody lives on the island", CB_SAID_STATED, 2},
    };
    struct side a, b;
    struct cb_comparison relations[MAX][MAX];
    tell(*state, parts, 3, &a);
    tell(*state, gazette, TOLD, &b);
    align(*state, &a.side, &b.side, relations);
    assert_int_equal(relations[0][0].relation, CB_AGREES);
    assert_int_equal(relations[1][0].relation, CB_AGREES);
    assert_true(relations[0][0].reasons >> CB_REASON_MUTUAL_BEST & 1U);
    assert_true(relations[1][0].reasons >> CB_REASON_MUTUAL_BEST & 1U);
}

static bool says(const struct cb_comparison *c, enum cb_reason reason)
{
    return (c->reasons & 1U << reason) != 0;
}

/* Two long sentences agree because they share a fact that is a claim of both: the facts agree as wholes. */
static void sentences_agree_in_their_parts(void **state)
{
    static const struct told one[] = {
        {"The old mill in Sellby closed in May after a fire in its boiler house", CB_SAID_STATED, 1},
        {"The old mill in Sellby closed in May", CB_SAID_STATED, 1},
        {"The council met on Friday", CB_SAID_STATED, 2},
        {"Trams will run every ten minutes from autumn", CB_SAID_STATED, 3},
        {"Nobody knows who painted the chapel", CB_SAID_STATED, 4},
    };
    static const struct told two[] = {
        {"The old mill in Sellby closed in May, as its owner had foretold", CB_SAID_STATED, 1},
        {"The old mill in Sellby closed in May", CB_SAID_STATED, 1},
        {"A storm is near", CB_SAID_STATED, 2},
        {"Two goals in the last minute decided the match", CB_SAID_STATED, 3},
        {"Her novel was printed twice", CB_SAID_STATED, 4},
    };
    struct side a, b;
    struct cb_comparison relations[MAX][MAX];
    tell(*state, one, 5, &a);
    tell(*state, two, 5, &b);
    align(*state, &a.side, &b.side, relations);
    assert_int_equal(relations[1][1].relation, CB_AGREES);
    assert_false(says(&relations[1][1], CB_REASON_PARTS_AGREE));
    assert_int_equal(relations[0][0].relation, CB_AGREES);
    assert_true(says(&relations[0][0], CB_REASON_PARTS_AGREE));
    a.claims[1].sentence = 9; /* another sentence says it: no part of the first one */
    align(*state, &a.side, &b.side, relations);
    assert_false(says(&relations[0][0], CB_REASON_PARTS_AGREE));
}

/* Both agree, but only one of them is the nearest. */
static void a_nearer_counterpart_is_told(void **state)
{
    struct side a, b;
    struct cb_comparison relations[MAX][MAX];
    tell(*state, harbour, TOLD, &a);
    tell(*state, gazette, TOLD, &b);
    b.claims[2].profile =
        profile(*state, "The Lake Orla ferry, on its way to Brede on Friday, ran aground on a sandbank");
    align(*state, &a.side, &b.side, relations);
    assert_int_equal(relations[0][2].relation, CB_AGREES);
    assert_false(says(&relations[0][2], CB_REASON_NEARER_ELSEWHERE));
    assert_int_equal(relations[0][0].relation, CB_AGREES);
    assert_true(says(&relations[0][0], CB_REASON_NEARER_ELSEWHERE));
}

static void the_sides_may_be_swapped(void **state)
{
    struct side a, b;
    struct cb_comparison one[MAX][MAX], other[MAX][MAX];
    tell(*state, harbour, TOLD, &a);
    tell(*state, gazette, TOLD, &b);
    align(*state, &a.side, &b.side, one);
    align(*state, &b.side, &a.side, other);
    for (size_t i = 0; i < TOLD; i++)
        for (size_t j = 0; j < TOLD; j++) {
            assert_int_equal(one[i][j].relation, other[j][i].relation);
            assert_int_equal(one[i][j].reasons, other[j][i].reasons);
            assert_memory_equal(&one[i][j].agreement, &other[j][i].agreement, sizeof(double));
        }
}

static float weight(const struct side *s, const struct cb_local_word *const *words, size_t claim,
                    const char *stem)
{
    return words[claim][word(s->claims[claim].profile, stem) - s->claims[claim].profile->words].weight;
}

static void a_word_weighs_what_it_tells_there(void **state)
{
    struct fixture *f = *state;
    struct side a, b;
    struct cb_local local;
    struct cb_err err;
    tell(f, harbour, TOLD, &a);
    tell(f, gazette, TOLD, &b);
    assert_int_equal(cb_local_weigh(&a.side, &b.side, &f->arena, &local, &err), CB_OK);
    assert_true(weight(&a, local.a, 0, "sandbank") > 3 * weight(&a, local.a, 0, "ferri"));
    assert_float_equal(weight(&a, local.a, 0, "sandbank"), weight(&b, local.b, 0, "sandbank"), 1e-6);
    assert_float_equal(weight(&a, local.a, 0, "the"), 0, 0);
    struct cb_pair_side none = {a.claims, 0};
    assert_int_equal(cb_local_weigh(&none, &none, &f->arena, &local, &err), CB_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_words_agree_in_context),
        cmocka_unit_test(words_of_the_whole_event_tell_nothing),
        cmocka_unit_test(a_name_in_common_is_not_enough),
        cmocka_unit_test(nor_are_an_office_and_a_day),
        cmocka_unit_test(who_somebody_is_is_told_by_the_role),
        cmocka_unit_test(a_name_at_the_head_is_a_name),
        cmocka_unit_test(half_a_claim_in_common_is_another_claim),
        cmocka_unit_test(two_denials_do_not_contradict),
        cmocka_unit_test(a_denial_is_a_not),
        cmocka_unit_test(a_wish_answers_to_what_is_wished),
        cmocka_unit_test(another_number_contradicts),
        cmocka_unit_test(claims_of_one_sentence_do_not_compete),
        cmocka_unit_test(sentences_agree_in_their_parts),
        cmocka_unit_test(a_nearer_counterpart_is_told),
        cmocka_unit_test(the_sides_may_be_swapped),
        cmocka_unit_test(a_word_weighs_what_it_tells_there),
    };
    return cmocka_run_group_tests(tests, fixture_new, fixture_free);
}
