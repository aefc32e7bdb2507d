#include "tests/unit/text/extracting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const char interview[] = "Flood interview\n\n"
                                "Interviewer: How many homes were lost in May?\n\n"
                                "Ann Lee: We lost 40 homes in May. The mayor said the old bridge was closed "
                                "in 1990.\n\n"
                                "I think the council was wrong.\n\n"
                                "Interviewer: Did you call them?\n\n"
                                "LEE: Yes, we called the council 12 times.\n\n"
                                "The pumps ran all night.\n\n"
                                "Interviewer: Was anybody hurt?\n\n"
                                "Lee: Two neighbours broke their legs.\n\n"
                                "The council has met every week since the flood.\n";

static void a_label_says_who_speaks(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e, interview);
    const struct cb_claim *homes = claim_of(&e, "We lost 40 homes in May");
    assert_non_null(homes);
    assert_int_equal(homes->kind, CB_CLAIM_DIRECT);
    assert_true(homes->has_attribution && homes->attribution.has_source);
    assert_memory_equal(e.text + homes->attribution.source.start, "Ann Lee", strlen("Ann Lee"));
    assert_string_equal(speaker_of(&e, "40 homes"), "Ann Lee");
    assert_string_equal(speaker_of(&e, "12 times"), "Ann Lee");
    assert_string_equal(speaker_of(&e, "Two neighbours"), "Ann Lee");
    const struct cb_claim *asked = claim_with(&e, "How many homes");
    assert_non_null(asked);
    assert_int_equal(asked->modality, CB_QUESTION);
    assert_string_equal(speaker_of(&e, "How many homes"), "Interviewer");
    assert_null(claim_with(&e, "Interviewer"));
    assert_null(claim_with(&e, "Lee:"));
    extract_release(&e);
}

static void a_turn_goes_on_to_the_next_label(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e, interview);
    assert_string_equal(speaker_of(&e, "the council was wrong"), "Ann Lee");
    assert_string_equal(speaker_of(&e, "The pumps ran"), "Ann Lee");
    /* what stands behind the last turn is the text's own */
    const struct cb_claim *own = claim_with(&e, "has met every week");
    assert_non_null(own);
    assert_int_equal(own->kind, CB_CLAIM_ASSERTION);
    assert_int_equal(own->speaker, CB_NO_SPEAKER);
    extract_release(&e);
}

static void what_another_said_is_his_through_the_speaker(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e, interview);
    const struct cb_claim *bridge = claim_of(&e, "the old bridge was closed in 1990");
    assert_non_null(bridge);
    assert_string_equal(speaker_of(&e, "the old bridge"), "mayor");
    assert_non_null(bridge->attribution.via);
    assert_string_equal(bridge->attribution.via, "Ann Lee");
    extract_release(&e);
}

static void q_and_a_name_nobody(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e, "Q: Who closed the mill in Sellby?\n\nA: The council closed the mill in 2014.\n");
    const struct cb_claim *asked = claim_with(&e, "Who closed the mill");
    const struct cb_claim *closed = claim_of(&e, "The council closed the mill in 2014");
    assert_non_null(asked);
    assert_non_null(closed);
    assert_int_equal(asked->modality, CB_QUESTION);
    assert_int_equal(closed->kind, CB_CLAIM_DIRECT);
    assert_int_equal(closed->speaker, CB_NO_SPEAKER);
    extract_release(&e);
}

static void other_colons_are_no_labels(void **state)
{
    (void)state;
    static const char *const texts[] = {
        /* one label alone, notes, places, times, addresses, one voice only */
        "Ann Lee: The mill was closed in May.\n\nThe bridge was closed in June by the council.\n",
        "Note: The mill was closed in May.\n\nUpdate: The mill was opened again in June.\n",
        "WASHINGTON: The mill was closed in May.\n\nLONDON: The mill was sold to a bank in June.\n",
        "At 10:30 the mill was closed in May.\n\nBy 11:45 the mill was empty again.\n",
        "http://example.org/mill: The mill was closed in May.\n\nhttps://example.org: The mill was sold.\n",
        "Claim: The mill was closed in May.\n\nVerdict: The mill was closed in June.\n",
        "Ann Lee: The mill was closed in May.\n\nAnn Lee: The mill was sold in June.\n",
        "- Ann Lee: The mill was closed in May.\n- Bob Ray: The mill was sold in June.\n",
        "Sellby Mill: The mill was closed in May.\n\nThe Old Bridge: The bridge was sold in June.\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct extracted e;
        extract_text(&e, texts[i]);
        const struct cb_claim *claim = claim_with(&e, "The mill was");
        if (claim == NULL)
            claim = claim_with(&e, "the mill was");
        assert_non_null(claim);
        for (size_t c = 0; c < e.x->claim_count; c++)
            assert_int_not_equal(e.x->claims[c].kind, CB_CLAIM_DIRECT);
        extract_release(&e);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_label_says_who_speaks),
        cmocka_unit_test(a_turn_goes_on_to_the_next_label),
        cmocka_unit_test(what_another_said_is_his_through_the_speaker),
        cmocka_unit_test(q_and_a_name_nobody),
        cmocka_unit_test(other_colons_are_no_labels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
