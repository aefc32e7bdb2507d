#include "tests/unit/text/extracting.h"
#include "text/checkworthy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void a_quotation_is_cut_at_sentences(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e, "“There were almost 8,000 flights. The pumps ran all night,” Ann Lee said.\n");
    const struct cb_claim *flights = claim_of(&e, "There were almost 8,000 flights");
    const struct cb_claim *pumps = claim_of(&e, "The pumps ran all night");
    assert_non_null(flights);
    assert_non_null(pumps);
    assert_int_equal(flights->kind, CB_CLAIM_DIRECT);
    assert_int_equal(flights->speaker, pumps->speaker);
    assert_true(flights->has_attribution && pumps->has_attribution);
    assert_int_equal(flights->quantity_count, 1);
    assert_int_equal(pumps->quantity_count, 0);
    extract_release(&e);
}

/* The words of a claim begin behind the place and the agency, and so do its bytes. */
static void a_dateline_is_no_part_of_a_claim(void **state)
{
    (void)state;
    static const char *const leads[] = {"SELLBY, Norway \u2014 ",
                                        "May 9 (UPI) \u2014 ",
                                        "Oslo (AFP) \u2013 ",
                                        "SELLBY -- ",
                                        "(CNN) ",
                                        "SELLBY, N.Y., May 9 (UPI) \u2014 "};
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
        struct extracted e;
        char text[128];
        (void)snprintf(text, sizeof text, "%sThe mill of Sellby was closed on Monday.\n", leads[i]);
        extract_text(&e, text);
        const struct cb_claim *closed = claim_of(&e, "The mill of Sellby was closed on Monday");
        assert_non_null(closed);
        assert_int_equal(closed->span.start, strlen(leads[i]));
        extract_release(&e);
    }
    struct extracted e;
    extract_text(&e,
                 "OSLO \u2014 The mayor said that the mill was closed on Monday, according to Ann Lee.\n");
    assert_null(claim_with(&e, "OSLO"));
    extract_release(&e);
    extract_text(&e, "NATO \u2013 the old alliance \u2013 was founded in 1949.\n");
    assert_non_null(claim_with(&e, "NATO"));
    extract_release(&e);
}

static void clauses_with_subjects_of_their_own_are_two_claims(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e, "The bridge was closed on Monday, and the schools stayed shut for a week.\n");
    assert_non_null(claim_of(&e, "The bridge was closed on Monday"));
    assert_non_null(claim_of(&e, "the schools stayed shut for a week"));
    extract_release(&e);
}

static void a_comma_between_whole_clauses_cuts(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e,
                 "“Was repaired almost 40 bridges, nearly half of the villages had lost their wells, we have "
                 "found no other water,” Ann Lee said.\n");
    assert_non_null(claim_of(&e, "Was repaired almost 40 bridges"));
    assert_non_null(claim_of(&e, "nearly half of the villages had lost their wells"));
    assert_non_null(claim_of(&e, "we have found no other water"));
    extract_release(&e);
    /* … but not a list, nor what is only set off */
    extract_text(
        &e, "The council of Sellby, a town in the north, closed the mill, the school and the old bridge.\n");
    assert_non_null(claim_with(&e, "closed the mill, the school and the old bridge"));
    extract_release(&e);
}

static void a_shared_subject_and_a_comparison_stay_together(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(
        &e, "The council bought the mill and sold it in May. If 30,000 barrels were sold each day a year "
            "ago, now 50,000 barrels are sold.\n");
    assert_non_null(claim_with(&e, "bought the mill and sold it in May"));
    const struct cb_claim *claim = claim_with(&e, "30,000 barrels");
    assert_non_null(claim);
    assert_non_null(strstr(claim->text, "50,000 barrels"));
    extract_release(&e);
}

static void who_somebody_is_is_a_claim(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e, "“The mill was closed in May,” said Ann Lee, a lawyer with the union of Sellby, who has "
                     "lived there since 1990.\n");
    const struct cb_claim *claim = claim_of(&e, "Ann Lee, a lawyer with the union of Sellby");
    assert_non_null(claim);
    assert_int_equal(claim->kind, CB_CLAIM_ASSERTION);
    assert_int_equal(claim->speaker, CB_NO_SPEAKER);
    extract_release(&e);
    extract_text(&e, "Ann Lee, Bob Ray and 12 others left the union of Sellby in May.\n");
    assert_null(claim_of(&e, "Ann Lee, Bob Ray"));
    extract_release(&e);
}

static void what_somebody_wants_is_the_whole_clause(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e, "The union of Sellby hopes to ask the council dozens of questions about the mill.\n");
    const struct cb_claim *claim = claim_with(&e, "dozens of questions");
    assert_non_null(claim);
    assert_string_equal(claim->text,
                        "The union of Sellby hopes to ask the council dozens of questions about the mill");
    extract_release(&e);
}

static void a_clause_beside_what_is_said_is_the_texts_own(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e,
                 "The council closed the old mill in March, saying that the bridge was no longer safe.\n");
    const struct cb_claim *own = claim_of(&e, "The council closed the old mill in March");
    const struct cb_claim *said = claim_of(&e, "the bridge was no longer safe");
    assert_non_null(own);
    assert_int_equal(own->kind, CB_CLAIM_ASSERTION);
    assert_int_equal(own->speaker, CB_NO_SPEAKER);
    assert_non_null(said);
    assert_int_equal(said->kind, CB_CLAIM_INDIRECT);
    extract_release(&e);
    /* but a frame alone says nothing */
    extract_text(&e, "Ann Lee of the union said that the bridge was no longer safe.\n");
    assert_null(claim_with(&e, "Ann Lee"));
    extract_release(&e);
}

static void a_frame_of_saying_is_left_out(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e,
                 "“I want to remind you that the mill was sold in 2012,” Ann Lee said. “The fact is that the "
                 "bridge lost two piers.”\n");
    const struct cb_claim *claim = claim_of(&e, "the mill was sold in 2012");
    assert_non_null(claim);
    assert_int_equal(claim->modality, CB_STATED);
    assert_non_null(claim_of(&e, "the bridge lost two piers"));
    extract_release(&e);
    /* a subject that is a fact is no frame; what need not be is no wish */
    extract_text(&e,
                 "The fact that the mill was sold did not help the town. The boats did not need to wait.\n");
    assert_non_null(claim_with(&e, "The fact that the mill was sold"));
    claim = claim_with(&e, "The boats did not need to wait");
    assert_non_null(claim);
    assert_int_equal(claim->modality, CB_STATED);
    extract_release(&e);
}

static void a_sentence_broken_by_its_frame_is_joined(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e, "“The ship,” Ann Lee said, “was sold to a bank in 2012.”\n");
    const struct cb_claim *claim = claim_with(&e, "was sold to a bank");
    assert_non_null(claim);
    assert_string_equal(claim->text, "The ship was sold to a bank in 2012");
    assert_int_equal(claim->span.start, (int)(strstr(e.text, "The ship") - e.text));
    extract_release(&e);
}

static void that_is_not_part_of_the_claim(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e, "Ann Lee said that the ship was sold in 2012.\n");
    const struct cb_claim *claim = claim_of(&e, "the ship was sold in 2012");
    assert_non_null(claim);
    assert_int_equal(claim->kind, CB_CLAIM_INDIRECT);
    /* but the attribution's content is as annotators mark it */
    assert_int_equal(claim->attribution.content_count, 1);
    assert_memory_equal(e.text + claim->attribution.content[0].start, "that the ship", 13);
    extract_release(&e);
}

static void a_number_behind_that_is_no_verb(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e, "Tom Lee told reporters that six trains had been cancelled.\n");
    assert_non_null(claim_of(&e, "six trains had been cancelled"));
    extract_release(&e);
}

static void what_describes_the_source_is_not_in_the_claim(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e,
                 "The toll could rise further as crews reach villages cut off since Tuesday, according to "
                 "Peter Novak, spokesman for the civil defence agency.\n");
    assert_non_null(
        claim_of(&e, "The toll could rise further as crews reach villages cut off since Tuesday"));
    extract_release(&e);
}

static void a_bare_noun_before_the_cue_is_its_source(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e, "Unions have denied that the strike is about pay.\n");
    assert_non_null(claim_of(&e, "the strike is about pay"));
    assert_string_equal(speaker_of(&e, "the strike"), "Unions");
    extract_release(&e);
}

static void statements_end_with_their_source(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(
        &e, "The gate broke at four, police spokeswoman Karin Moe told the Agency. The water rose by 3 "
            "metres, according to the weather service. It fell again, she said, when the wind turned.\n");
    assert_non_null(claim_of(&e, "The gate broke at four"));
    assert_string_equal(speaker_of(&e, "The gate broke"), "Karin Moe");
    assert_non_null(claim_of(&e, "The water rose by 3 metres"));
    assert_string_equal(speaker_of(&e, "The water rose"), "weather service");
    assert_non_null(claim_of(&e, "It fell again when the wind turned"));
    assert_string_equal(speaker_of(&e, "It fell again"), "Karin Moe");
    extract_release(&e);
}

static void who_puts_a_figure_on_it_is_its_source(void **state)
{
    (void)state;
    static const char *const texts[][3] = {
        {"Insurers put the damage at $3bn.", "Insurers", "Insurers put the damage at $3bn"},
        {"The farmers' union estimated losses at about 12 million pounds.", "farmers' union",
         "The farmers' union estimated losses at about 12 million pounds"},
        {"The agency put the death toll at 42 on Monday.", "agency",
         "The agency put the death toll at 42 on Monday"}};
    struct extracted e;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        extract_text(&e, texts[i][0]);
        const struct cb_claim *claim = claim_of(&e, texts[i][2]);
        assert_non_null(claim);
        assert_int_equal(claim->kind, CB_CLAIM_INDIRECT);
        assert_true(claim->has_attribution && claim->attribution.has_cue);
        assert_string_equal(speaker_of(&e, texts[i][2]), texts[i][1]);
        extract_release(&e);
    }
    static const char *const own[] = {"Ann Lee put the keys at the door.",
                                      "The council put the old mill at 12 Bridge Road up for sale in May.",
                                      "The mill was put at risk by the council in 2014."};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        extract_text(&e, own[i]);
        assert_int_equal(e.x->claim_count, 1);
        assert_int_equal(e.x->claims[0].kind, CB_CLAIM_ASSERTION);
        extract_release(&e);
    }
}

static void adding_gives_a_second_content(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "The bridge was unsafe, Ann Lee said, adding that the pumps had failed twice in 2013.",
        "The bridge was unsafe, Ann Lee said, and added that the pumps had failed twice in 2013.",
        "Ann Lee said the bridge was unsafe, adding that the pumps had failed twice in 2013."};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct extracted e;
        extract_text(&e, texts[i]);
        const struct cb_claim *bridge = claim_with(&e, "bridge was unsafe");
        assert_non_null(bridge);
        assert_int_equal(bridge->kind, CB_CLAIM_INDIRECT);
        assert_null(strstr(bridge->text, "pumps"));
        assert_string_equal(speaker_of(&e, "bridge was unsafe"), "Ann Lee");
        assert_string_equal(speaker_of(&e, "the pumps had failed"), "Ann Lee");
        extract_release(&e);
    }
}

static void a_thing_that_was_spoken_of_notes_nothing(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(
        &e, "Bob Ray told reporters that the mill was sold in 2014, noting that nobody else wanted it.\n");
    assert_string_equal(speaker_of(&e, "nobody else wanted"), "Bob Ray");
    extract_release(&e);
}

static void own_voice_is_an_assertion(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e, "Two men died in the mine on Friday. A view of the harbour.\n");
    const struct cb_claim *claim = claim_with(&e, "Two men died");
    assert_non_null(claim);
    assert_int_equal(claim->kind, CB_CLAIM_ASSERTION);
    assert_int_equal(claim->speaker, CB_NO_SPEAKER);
    assert_false(claim->has_attribution);
    assert_null(claim_with(&e, "A view of the harbour")); /* no verb, no proposition */
    extract_release(&e);
}

static void modalities(void **state)
{
    (void)state;
    static const struct {
        const char *text, *words;
        enum cb_modality modality;
    } cases[] = {
        {"The mill was sold in May.", "mill", CB_STATED},
        {"Ann Lee denied that the mill was sold.", "mill", CB_DENIED},
        {"The mill may be sold in May.", "mill", CB_HEDGED},
        {"Was the mill sold in May?", "mill", CB_QUESTION},
        {"The sale of the mill was a disgrace.", "mill", CB_OPINION},
        {"The council should sell the mill.", "mill", CB_WISH},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct extracted e;
        extract_text(&e, cases[i].text);
        const struct cb_claim *claim = claim_with(&e, cases[i].words);
        assert_non_null(claim);
        assert_string_equal(cb_modality_name(claim->modality), cb_modality_name(cases[i].modality));
        extract_release(&e);
    }
}

static void figures_and_names_are_worth_checking(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e,
                 "Norland exported 40,000 tonnes of steel in 2014. What will you do about it? I think it is "
                 "wonderful. Someone came.\n");
    const struct cb_claim *fact = claim_with(&e, "40,000 tonnes");
    const struct cb_claim *question = claim_with(&e, "What will you do");
    const struct cb_claim *opinion = claim_with(&e, "wonderful");
    const struct cb_claim *thin = claim_with(&e, "Someone came");
    assert_non_null(fact);
    assert_non_null(question);
    assert_non_null(opinion);
    assert_non_null(thin);
    assert_true(fact->checkworthy > 0.8F);
    assert_true(question->checkworthy < 0.2F);
    assert_true(opinion->checkworthy < 0.2F);
    assert_true(thin->checkworthy < fact->checkworthy);
    extract_release(&e);
}

static void what_a_page_says_to_its_reader_is_no_claim(void **state)
{
    (void)state;
    static const char *const lines[] = {"READ MORE: The council closed the mill in 2014 after the flood.",
                                        "Read also: The council sold the bridge in 2013.",
                                        "Follow us on Twitter for the latest news.",
                                        "Click here to read what the council said about the mill.",
                                        "Photo by Ann Lee shows the mill that was closed in 2014.",
                                        "Sign up for our newsletter to get what 2,000 readers get.",
                                        "The story has been updated to include 12 comments.",
                                        "Ann Lee is in Sellby. Follow her on Twitter @annlee.",
                                        "© 2014 The Courier reserves all rights."};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct extracted e;
        extract_text(&e, lines[i]);
        for (size_t c = 0; c < e.x->claim_count; c++)
            assert_string_equal(e.x->claims[c].text, "Ann Lee is in Sellby");
        extract_release(&e);
    }
    /* said by somebody it stays, with a low score; words that begin likewise are facts */
    struct extracted e;
    extract_text(&e, "“Follow us on Twitter for 12 new pictures of Sellby,” Ann Lee said.\n");
    const struct cb_claim *said = claim_with(&e, "Follow us on Twitter");
    assert_non_null(said);
    assert_true(said->checkworthy < 0.2F);
    extract_release(&e);
    extract_text(&e,
                 "The story has been told 12 times in Sellby. Photos by the thousand were lost in May 2014. "
                 "Read sold the mill to the council in 2013.\n");
    assert_non_null(claim_with(&e, "told 12 times"));
    assert_non_null(claim_with(&e, "sold the mill"));
    extract_release(&e);
}

static void it_is_understood_is_left_out(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e, "The mill was closed by the council in May, it is understood.\n");
    assert_non_null(claim_of(&e, "The mill was closed by the council in May"));
    assert_null(claim_with(&e, "understood"));
    extract_release(&e);
    extract_text(&e, "It is understood that the mill was closed by the council in 2014.\n");
    const struct cb_claim *closed = claim_with(&e, "the mill was closed");
    assert_non_null(closed);
    assert_null(strstr(closed->text, "It the"));
    extract_release(&e);
}

static void the_score_is_between_0_and_1(void **state)
{
    (void)state;
    const struct cb_claim_features none = {0}, all = {.words = 20,
                                                      .names = 1000,
                                                      .numbers = 1000,
                                                      .dates = 9,
                                                      .finite = true,
                                                      .past = true,
                                                      .comparison = true};
    assert_true(cb_claim_checkworthy(&none, CB_WISH) >= 0);
    assert_true(cb_claim_checkworthy(&all, CB_STATED) <= 1);
    assert_true(cb_claim_checkworthy(&all, CB_STATED) > cb_claim_checkworthy(&none, CB_STATED));
}

static void claims_come_in_the_order_of_the_text(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e, "One man died. Ann Lee said two men died. “Three men died,” she said. Four men died.\n");
    for (size_t i = 1; i < e.x->claim_count; i++) {
        assert_true(e.x->claims[i - 1].span.start <= e.x->claims[i].span.start);
        assert_true(e.x->claims[i].sentence < e.x->sentence_count);
    }
    assert_int_equal(e.x->claim_count, 4);
    extract_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quotation_is_cut_at_sentences),
        cmocka_unit_test(a_dateline_is_no_part_of_a_claim),
        cmocka_unit_test(clauses_with_subjects_of_their_own_are_two_claims),
        cmocka_unit_test(a_comma_between_whole_clauses_cuts),
        cmocka_unit_test(a_shared_subject_and_a_comparison_stay_together),
        cmocka_unit_test(who_somebody_is_is_a_claim),
        cmocka_unit_test(what_somebody_wants_is_the_whole_clause),
        cmocka_unit_test(a_clause_beside_what_is_said_is_the_texts_own),
        cmocka_unit_test(a_frame_of_saying_is_left_out),
        cmocka_unit_test(a_sentence_broken_by_its_frame_is_joined),
        cmocka_unit_test(that_is_not_part_of_the_claim),
        cmocka_unit_test(a_number_behind_that_is_no_verb),
        cmocka_unit_test(what_describes_the_source_is_not_in_the_claim),
        cmocka_unit_test(a_bare_noun_before_the_cue_is_its_source),
        cmocka_unit_test(statements_end_with_their_source),
        cmocka_unit_test(who_puts_a_figure_on_it_is_its_source),
        cmocka_unit_test(adding_gives_a_second_content),
        cmocka_unit_test(a_thing_that_was_spoken_of_notes_nothing),
        cmocka_unit_test(own_voice_is_an_assertion),
        cmocka_unit_test(modalities),
        cmocka_unit_test(figures_and_names_are_worth_checking),
        cmocka_unit_test(what_a_page_says_to_its_reader_is_no_claim),
        cmocka_unit_test(it_is_understood_is_left_out),
        cmocka_unit_test(the_score_is_between_0_and_1),
        cmocka_unit_test(claims_come_in_the_order_of_the_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
