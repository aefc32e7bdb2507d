#include "tests/unit/text/extracting.h"
#include "text/source_link.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void check_link(const struct extracted *e, const char *target, enum cb_link_kind kind,
                       const char *speaker)
{
    const struct cb_source_link *link = link_to(e, target);
    if (link == NULL)
        fail_msg("no link to '%s'", target);
    assert_int_equal(link->kind, kind);
    if (speaker == NULL) {
        assert_int_equal(link->speaker, CB_NO_SPEAKER);
    } else {
        assert_true(link->speaker >= 0);
        assert_string_equal(e->x->speakers[link->speaker].name, speaker);
    }
    /* the words that say so hold the target, and lie in the sentence named */
    size_t len = link->span.end - link->span.start;
    char words[512];
    assert_true(len < sizeof words);
    memcpy(words, e->text + link->span.start, len);
    words[len] = '\0';
    assert_non_null(strstr(words, target));
    assert_true(e->x->sentences[link->sentence].span.start <= link->span.start);
    assert_true(e->x->sentences[link->sentence].span.end >= link->span.end);
}

static void interview_with_a_newspaper(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e,
                 "The dam is safe, the engineer Olaf Brun said in an interview with the newspaper Dagbok.\n");
    check_link(&e, "Dagbok", CB_LINK_PRIMARY_SOURCE, "Olaf Brun");
    assert_string_equal(link_to(&e, "Dagbok")->what, "interview");
    extract_release(&e);
}

static void told_an_agency(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e, "Defence Minister Olaf Brun told Reuters that the ship had left the port.\n");
    check_link(&e, "Reuters", CB_LINK_QUOTATION, "Olaf Brun");
    const struct cb_claim *claim = claim_with(&e, "the ship had left");
    assert_non_null(claim);
    assert_string_equal(claim->attribution.via, "Reuters");
    extract_release(&e);
}

static void an_unknown_outlet_counts_when_the_text_calls_it_one(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e, "Mayor Ann Lee told Fjordbladet that the road was open.\n\n"
                     "Lee spoke in an interview with the Fjordbladet newspaper on Friday.\n\n"
                     "Lee told Parliament that the road was new.\n");
    check_link(&e, "Fjordbladet", CB_LINK_QUOTATION, "Ann Lee");
    assert_null(link_to(&e, "Parliament"));
    extract_release(&e);
}

static void agency_copy_and_reports(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e, "OSLO (AP) - A ferry sank on Monday.\n\n"
                     "The captain was arrested, according to The Moscow Times.\n\n"
                     "This article first appeared in the Valley Gazette.\n\n"
                     "CNN reported that 12 people were missing.\n");
    check_link(&e, "AP", CB_LINK_REPUBLICATION, NULL);
    assert_non_null(link_to(&e, "Moscow Times") != NULL ? link_to(&e, "Moscow Times")
                                                        : link_to(&e, "The Moscow Times"));
    assert_int_equal(link_to(&e, "Valley Gazette")->kind, CB_LINK_REPUBLICATION);
    assert_int_equal(link_to(&e, "CNN")->kind, CB_LINK_DERIVED_FROM);
    extract_release(&e);
}

static void an_interview_of_a_person_is_no_outlet(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(
        &e,
        "The interview with Prime Minister John Hale lasted an hour. He told Congress that taxes fell.\n");
    assert_int_equal(e.x->link_count, 0);
    extract_release(&e);
}

static void outlets_that_only_their_names_tell(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e, "The bridge at Orm is closed\n\n"
                     "“The bolts were loose,” the engineer Olaf Brun told Harbour Wire.\n\n"
                     "Mayor Ann Lee told the Daily Compass that two piers had cracks.\n\n"
                     "“We will rebuild the bridge,” Lee told the Kingdom Observer.\n\n"
                     "Lee told the Bulletin that the bridge was old.\n");
    check_link(&e, "Harbour Wire", CB_LINK_QUOTATION, "Olaf Brun");
    assert_string_equal(claim_with(&e, "The bolts were loose")->attribution.via, "Harbour Wire");
    check_link(&e, "Daily Compass", CB_LINK_QUOTATION, "Ann Lee");
    check_link(&e, "Kingdom Observer", CB_LINK_QUOTATION, "Ann Lee");
    check_link(&e, "Bulletin", CB_LINK_QUOTATION, "Ann Lee");
    extract_release(&e);
}

static void said_to_an_outlet(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e,
                 "The minister declared Tuesday that the bridge would open, to the news agency Nordvik.\n\n"
                 "The mayor confirmed to Radio Orm that the road was closed.\n\n"
                 "The agency NRC reported that the dam was old.\n\n"
                 "A clerk said he had sold the shares to the newspaper Fremtid.\n");
    check_link(&e, "Nordvik", CB_LINK_QUOTATION, "minister");
    check_link(&e, "Radio Orm", CB_LINK_QUOTATION, "mayor");
    check_link(&e, "NRC", CB_LINK_DERIVED_FROM, "NRC");
    assert_null(link_to(&e, "Fremtid"));
    extract_release(&e);
}

/* A list of hearers may be as long as a sentence: the verb is looked for so far only. */
static void a_hearer_is_near_the_verb(void **state)
{
    (void)state;
    enum { NAMES_NEAR = 20, NAMES_FAR = 300 };
    static const size_t names[] = {NAMES_NEAR, NAMES_FAR};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct extracted e;
        char text[4096] = "The minister declared it on Tuesday";
        for (size_t n = 0; n < names[i]; n++)
            strcat(text, ", to her");
        strcat(text, ", to the news agency Nordvik.\n");
        extract_text(&e, text);
        assert_int_equal(link_to(&e, "Nordvik") != NULL, names[i] == NAMES_NEAR);
        extract_release(&e);
    }
}

static void persons_and_courts_are_no_outlets(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e,
                 "Mayor Ann Lee told Emily Post that the road was open. She told reporters that it was new. "
                 "She told the court that she had no money. The heat is over, according to the Environment "
                 "Agency.\n");
    assert_int_equal(e.x->link_count, 0);
    extract_release(&e);
}

static void any_agency_of_a_dateline(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e, "VARNHOLM (Coastal Line) - A ferry sank on Monday.\n");
    check_link(&e, "Coastal Line", CB_LINK_REPUBLICATION, NULL);
    extract_release(&e);
    extract_text(&e, "OSTVIK (NCA) – A ferry sank on Monday.\n");
    check_link(&e, "NCA", CB_LINK_REPUBLICATION, NULL);
    extract_release(&e);
    extract_text(&e, "OSTVIK (NCA) – A ferry sank on Monday, police said.\n");
    check_link(&e, "NCA", CB_LINK_REPUBLICATION, NULL);
    assert_int_equal(link_to(&e, "NCA")->span.end - link_to(&e, "NCA")->span.start, strlen("(NCA)"));
    extract_release(&e);
    extract_text(&e, "Ostvik (NCA) - A ferry sank on Monday, police said.\n");
    check_link(&e, "NCA", CB_LINK_REPUBLICATION, NULL);
    extract_release(&e);
    extract_text(&e, "OSTVIK (NCA/Reuters) – A ferry sank on Monday.\n");
    check_link(&e, "NCA", CB_LINK_REPUBLICATION, NULL);
    extract_release(&e);
}

static void a_photo_credit_is_no_agency_copy(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e, "The bridge over the Orm was closed on Monday. (Reuters/Jan Brand)\n\n"
                     "The bridge over the Orm (Reuters/Jan Brand)\n\n"
                     "Photo: the bridge on Monday (Reuters)\n\n"
                     "PORTLAND (Maine) - A ship sank on Monday.\n");
    assert_int_equal(e.x->link_count, 0);
    extract_release(&e);
}

static void outlet_names(void **state)
{
    (void)state;
    static const char *const yes[] = {"Reuters",
                                      "The Guardian",
                                      "AP",
                                      "New York Times",
                                      "Radio Nord",
                                      "Al Jazeera",
                                      "YouTube",
                                      "ABC",
                                      "Fox News",
                                      "Sky News",
                                      "The Economist",
                                      "Coastal Wire",
                                      "Daily Compass",
                                      "Fars News Agency",
                                      "TV Nord"};
    static const char *const no[] = {"Congress",           "Times",      "Ann Lee", "The", "",
                                     "Environment Agency", "Emily Post", "Wire"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        if (!cb_is_outlet_name(yes[i], strlen(yes[i])))
            fail_msg("%s", yes[i]);
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        assert_false(cb_is_outlet_name(no[i], strlen(no[i])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(interview_with_a_newspaper),
        cmocka_unit_test(told_an_agency),
        cmocka_unit_test(an_unknown_outlet_counts_when_the_text_calls_it_one),
        cmocka_unit_test(agency_copy_and_reports),
        cmocka_unit_test(an_interview_of_a_person_is_no_outlet),
        cmocka_unit_test(outlets_that_only_their_names_tell),
        cmocka_unit_test(said_to_an_outlet),
        cmocka_unit_test(a_hearer_is_near_the_verb),
        cmocka_unit_test(persons_and_courts_are_no_outlets),
        cmocka_unit_test(any_agency_of_a_dateline),
        cmocka_unit_test(a_photo_credit_is_no_agency_copy),
        cmocka_unit_test(outlet_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
