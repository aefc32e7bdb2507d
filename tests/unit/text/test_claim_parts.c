/* Several claims in one sentence: its core, its predicates, relatives, participles and the facts in its
 * nouns. */
#include "tests/unit/text/extracting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void a_relative_clause_about_the_subject_is_a_claim(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e, "Bob Ray, who had sold the old mill in 2013, left the town of Sellby in May.\n");
    const struct cb_claim *sold = claim_of(&e, "Bob Ray had sold the old mill in 2013");
    const struct cb_claim *left = claim_of(&e, "Bob Ray left the town of Sellby in May");
    assert_non_null(sold);
    assert_non_null(left);
    assert_int_equal(e.x->claim_count, 3); /* and the whole */
    assert_int_equal(sold->quantity_count, 1);
    assert_int_equal(left->quantity_count, 1);
    assert_true(sold->span.end < left->span.end);
    extract_release(&e);
    /* an object's, or one that is no more than a word or two, stays */
    extract_text(
        &e,
        "The town thanked Bob Ray, who had sold the old mill. The mill, which was old, was sold in May.\n");
    assert_non_null(claim_with(&e, "thanked Bob Ray, who had sold the old mill"));
    assert_non_null(claim_with(&e, "The mill, which was old, was sold"));
    extract_release(&e);
    extract_text(
        &e, "The cost of the mill, which was built by the council in 1990, was paid by the town in May.\n");
    assert_non_null(claim_with(&e, "The cost of the mill, which was built"));
    extract_release(&e);
}

/* The claim with these words, and whose it is: NULL for the text's own voice. */
static void assert_claim(const struct extracted *e, const char *text, const char *speaker)
{
    const struct cb_claim *claim = claim_of(e, text);
    if (claim == NULL)
        fail_msg("no claim: %s", text);
    if (speaker == NULL)
        assert_int_equal(claim->kind, CB_CLAIM_ASSERTION);
    else
        assert_string_equal(e->x->speakers[claim->speaker].name, speaker);
}

/* What hangs on the main statement of a long sentence is a claim of its own, and so is the main one alone. */
static void a_long_sentence_holds_several_claims(void **state)
{
    (void)state;
    static const struct {
        const char *text, *claims[4];
    } cases[] = {
        {"The council of Sellby bought the old mill, which had stood empty for years.",
         {"The council of Sellby bought the old mill", "the old mill had stood empty for years"}},
        {"The town thanked the engineers, who had worked through the night, for the repair of the bridge.",
         {"the engineers had worked through the night, for the repair of the bridge"}},
        {"The owners closed the mill in March, leaving the town without an employer.",
         {"The owners closed the mill in March", "The owners leaving the town without an employer"}},
        {"The ferry stayed in Sellby for a week as the storm battered the whole coast of Norway.",
         {"The ferry stayed in Sellby for a week", "the storm battered the whole coast of Norway"}},
        {"Because the storm battered the coast, the ferry stayed in Sellby for a week.",
         {"the storm battered the coast", "the ferry stayed in Sellby for a week"}},
        {"The mayor opened the new bridge in May and served the town for ten years.",
         {"The mayor opened the new bridge in May", "The mayor served the town for ten years"}},
        {"Four men, including the mayor of Sellby, have pleaded guilty to fraud.",
         {"Four men have pleaded guilty to fraud"}},
        {"The council gave a list of names to the owners as part of its inquiry and paid for the repair of "
         "the bridge.",
         {"The council gave a list of names to the owners", "The council paid for the repair of the bridge"}},

        {"The 90 miners, many of whom were from Sellby, spent the night below the ground.",
         {"The 90 miners, many of whom were from Sellby", "The 90 miners spent the night below the ground"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct extracted e;
        char text[160];
        (void)snprintf(text, sizeof text, "%s\n", cases[i].text);
        extract_text(&e, text);
        for (size_t c = 0; c < 4 && cases[i].claims[c] != NULL; c++)
            assert_claim(&e, cases[i].claims[c], NULL);
        extract_release(&e);
    }
}

/* "the raids in Bergen, which …" are not known to be about Bergen, and a pronoun carries no participle. */
static void an_unclear_noun_makes_no_claim(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e,
                 "The council ended the old raids in Bergen, which had cost more than the town could pay.\n");
    assert_null(claim_with(&e, "Bergen had cost"));
    extract_release(&e);
    extract_text(&e, "In May he left the town for the coast, leaving the workers without an employer.\n");
    assert_null(claim_with(&e, "he leaving"));
    extract_release(&e);
}

/* Without its condition a statement would say something else, and a comparison is none. */
static void conditions_and_comparisons_stay(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "The ferry will stay in the port of Sellby if the river rises above the bridge.\n",
        "The ferry stays in the port of Sellby until the river falls below the bridge.\n",
        "The workers must leave the mill of Sellby when the siren sounds three times.\n",
        "The council has never paid as much for a bridge as the town wants for this one.\n",
        "The council cited the storm as the reason it closed the bridge for a week.\n",

    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct extracted e;
        extract_text(&e, texts[i]);
        assert_int_equal(e.x->claim_count, 1);
        extract_release(&e);
    }
}

static void what_somebody_said_holds_several_claims_too(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e,
                 "Ann Lee said that the council had bought the old mill after the owners left the town.\n");
    assert_claim(&e, "the council had bought the old mill", "Ann Lee");
    assert_claim(&e, "the owners left the town", "Ann Lee");
    extract_release(&e);
    extract_text(&e, "“The council bought the old mill, which had stood empty for years,” Ann Lee said.\n");
    assert_claim(&e, "The council bought the old mill", "Ann Lee");
    assert_claim(&e, "the old mill had stood empty for years", "Ann Lee");
    extract_release(&e);
}

/* An attribution somewhere inside does not take the main statement with it. */
static void the_main_statement_is_kept_beside_what_is_said(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e, "The council obtained a list of members it said the union had read to the owners.\n");
    assert_claim(&e, "The council obtained a list of members it said the union had read to the owners", NULL);
    extract_release(&e);
    extract_text(&e,
                 "Bob Ray, who had urged the owners to sell the mill, was even more wary after the vote.\n");
    assert_claim(&e, "Bob Ray was even more wary after the vote", NULL);
    assert_claim(&e, "Bob Ray had urged the owners to sell the mill", "Bob Ray");
    extract_release(&e);
    extract_text(&e, "The council came back to the bridge on Monday, saying that it would be closed.\n");
    assert_claim(&e, "The council came back to the bridge on Monday", NULL);
    extract_release(&e);
    /* nor does the phrase that names the source */
    extract_text(
        &e,
        "Mr. Ray's new lawyer in the dispute and his longtime friend, Robert W. Lee, met with Mr. Moore last "
        "week and said he was trying to learn whether the council would be fair.\n");
    assert_non_null(claim_with(&e, "Robert W. Lee, met with Mr. Moore last week"));
    extract_release(&e);
    /* what is said is not the text's own */
    extract_text(&e, "The bridge of Sellby will stay closed for a month, Ann Lee said.\n");
    assert_int_equal(e.x->claim_count, 1);
    assert_claim(&e, "The bridge of Sellby will stay closed for a month", "Ann Lee");
    extract_release(&e);
}

/* "has denied any part in it" and "questions for the mayor" say nothing alone. */
static void a_fragment_is_completed_or_left_out(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e,
                 "Bob Ray has praised the plan of the council and has repeatedly denied any part in it.\n");
    assert_claim(&e, "Bob Ray has repeatedly denied any part in it", "Bob Ray");
    assert_null(claim_of(&e, "has repeatedly denied any part in it"));
    extract_release(&e);
    extract_text(&e,
                 "Ann Lee warned that should the river rise again, the bridge would have to be closed.\n");
    assert_claim(&e, "should the river rise again, the bridge would have to be closed", "Ann Lee");
    extract_release(&e);
    extract_text(&e, "Ann Lee said on the radio last week that the bridge would stay closed for a month.\n");
    assert_claim(&e, "the bridge would stay closed for a month", "Ann Lee");
    extract_release(&e);
    extract_text(&e, "The council obtained a list of possible questions for the mayor.\n");
    assert_claim(&e, "The council obtained a list of possible questions for the mayor", NULL);
    assert_int_equal(e.x->claim_count, 1);
    extract_release(&e);
}

/* Who somebody is, and what was done with something, told beside a noun. */
static void noun_phrases_tell_facts(void **state)
{
    (void)state;
    static const struct {
        const char *text, *claim;
    } cases[] = {
        {"The council met members of the Sellby Trust, the group that runs the old mill.",
         "Sellby Trust, the group that runs the old mill"},
        {"The mill was sold by the owners of the trust's main competitor, a firm from Oslo.", NULL},
        {"The council heard the trust's new lawyer, Ann Lee, on the costs of the repair.",
         "the trust's new lawyer, Ann Lee"},
        {"The plan will cost too much, the head of the Sellby workers Bob Ray said on Monday.",
         "the head of the Sellby workers Bob Ray"},
        {"The paper printed a list of names obtained by a member of the council.",
         "a list of names obtained by a member of the council"},
        {"On Monday, the council of the town closed the bridge, the mill and the school.", NULL},
        {"The mayor thanked Ann Lee, the council and the workers of the mill.", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct extracted e;
        char text[160];
        (void)snprintf(text, sizeof text, "%s\n", cases[i].text);
        extract_text(&e, text);
        if (cases[i].claim != NULL)
            assert_claim(&e, cases[i].claim, NULL);
        else
            assert_int_equal(e.x->claim_count, 1);
        extract_release(&e);
    }
}

/* The tagger takes some verbs for participles or adjectives; a subject may be far from its verb. */
static void mistaken_verbs_and_long_subjects(void **state)
{
    (void)state;
    static const struct {
        const char *text, *claim;
    } cases[] = {
        {"On a platform above the harbour and the beach, four young couples exchanged rings in a short "
         "ceremony.",
         "four young couples exchanged rings"},
        {"Joined by the workers of the mill, the members of the council gathered in the park on Sunday.",
         "the members of the council gathered in the park on Sunday"},
        {"The report on the bridge, which was printed by the council on Monday, deals with the costs of the "
         "repair.",
         "The report on the bridge deals with the costs of the repair"},
        {"People who request a permit for the harbour must be referred to an officer of the council.",
         "People who request a permit for the harbour must be referred to an officer of the council"},
        {"The plans touch on the mayor's houses and his talks with the owners of the mill.",
         "The plans touch on the mayor's houses"},
        {"The plans touch on the mayor's houses and his talks with the owners of the mill.",
         "The plans touch on his talks with the owners of the mill"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct extracted e;
        char text[160];
        (void)snprintf(text, sizeof text, "%s\n", cases[i].text);
        extract_text(&e, text);
        if (claim_with(&e, cases[i].claim) == NULL && claim_of(&e, cases[i].claim) == NULL)
            fail_msg("no claim: %s", cases[i].claim);
        extract_release(&e);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_relative_clause_about_the_subject_is_a_claim),
        cmocka_unit_test(a_long_sentence_holds_several_claims),
        cmocka_unit_test(an_unclear_noun_makes_no_claim),
        cmocka_unit_test(conditions_and_comparisons_stay),
        cmocka_unit_test(what_somebody_said_holds_several_claims_too),
        cmocka_unit_test(the_main_statement_is_kept_beside_what_is_said),
        cmocka_unit_test(a_fragment_is_completed_or_left_out),
        cmocka_unit_test(noun_phrases_tell_facts),
        cmocka_unit_test(mistaken_verbs_and_long_subjects),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
