#include "tests/unit/text/extracting.h"
#include "text/role_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define CHECK_SPEAKER(e, words, name)                                                                        \
    do {                                                                                                     \
        assert_non_null(speaker_of(e, words));                                                               \
        assert_string_equal(speaker_of(e, words), name);                                                     \
    } while (0)

static const char harbour[] =
    "Harbour fees to rise\n\n"
    "The head of the harbour office, Marta Olsen, said on Monday that fees would rise by 12 percent.\n\n"
    "“Nobody will lose a berth,” Olsen said. “The quay was rebuilt in 2019.”\n\n"
    "She added that 40 boats had left the port since May.\n\n"
    "Finance Minister Erik Dahl told reporters that the state had paid for the quay. “We paid 3 million "
    "crowns,” he said.\n\n"
    "The minister said the money came from the oil fund.\n";

static void surname_pronoun_and_office_are_one_person(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e, harbour);
    CHECK_SPEAKER(&e, "fees would rise", "Marta Olsen");
    CHECK_SPEAKER(&e, "Nobody will lose", "Marta Olsen");
    CHECK_SPEAKER(&e, "The quay was rebuilt", "Marta Olsen");
    CHECK_SPEAKER(&e, "40 boats had left", "Marta Olsen");
    CHECK_SPEAKER(&e, "the state had paid", "Erik Dahl");
    CHECK_SPEAKER(&e, "We paid 3 million", "Erik Dahl");
    CHECK_SPEAKER(&e, "came from the oil fund", "Erik Dahl");
    extract_release(&e);
}

static void speaker_has_role_kind_key_and_aliases(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e, harbour);
    const struct cb_speaker *olsen = speaker_named(&e, "Marta Olsen");
    assert_non_null(olsen);
    assert_int_equal(olsen->kind, CB_SPEAKER_PERSON);
    assert_string_equal(olsen->role, "head of the harbour office");
    assert_string_equal(olsen->key, "marta olsen");
    assert_int_equal(olsen->alias_count, 1);
    assert_string_equal(olsen->aliases[0], "Olsen");
    const struct cb_speaker *dahl = speaker_named(&e, "Erik Dahl");
    assert_non_null(dahl);
    assert_string_equal(dahl->role, "Finance Minister");
    extract_release(&e);
}

static void gender_tells_he_from_she(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e,
                 "John Miller met Susan Clarke on Friday. She said the bridge was safe. He said the bridge "
                 "was closed for two years.\n");
    CHECK_SPEAKER(&e, "the bridge was safe", "Susan Clarke");
    CHECK_SPEAKER(&e, "the bridge was closed", "John Miller");
    extract_release(&e);
}

static void description_finds_the_fitting_role(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(
        &e, "Ambassador Peter Novak said that the talks began in March. The lawyer Anna Weiss said that 20 "
            "witnesses had been heard. The diplomat said that the talks would end in June. The attorney "
            "said that two witnesses had died.\n");
    CHECK_SPEAKER(&e, "the talks began", "Peter Novak");
    CHECK_SPEAKER(&e, "20 witnesses", "Anna Weiss");
    CHECK_SPEAKER(&e, "the talks would end", "Peter Novak");
    CHECK_SPEAKER(&e, "two witnesses had died", "Anna Weiss");
    extract_release(&e);
}

static void description_may_come_before_the_name(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(
        &e, "Dam was cracked for a year\n\n"
            "The head of the water board told the Valley Herald that the dam had been cracked for a year.\n\n"
            "Ingrid Solberg said that the board had asked for 5 million euros.\n");
    CHECK_SPEAKER(&e, "the dam had been cracked", "Ingrid Solberg");
    CHECK_SPEAKER(&e, "the board had asked", "Ingrid Solberg");
    extract_release(&e);
}

static void organisations_and_groups_speak_too(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e,
                 "Norland's General Staff said that 30 tanks had been lost. The Interior Ministry said that "
                 "12 people were arrested. The ministry said that all were released. Officials said that the "
                 "road was open.\n");
    CHECK_SPEAKER(&e, "30 tanks", "Norland's General Staff");
    assert_int_equal(speaker_named(&e, "Norland's General Staff")->kind, CB_SPEAKER_ORGANISATION);
    CHECK_SPEAKER(&e, "12 people were arrested", "Interior Ministry");
    CHECK_SPEAKER(&e, "all were released", "Interior Ministry");
    CHECK_SPEAKER(&e, "the road was open", "Officials");
    assert_int_equal(speaker_named(&e, "Officials")->kind, CB_SPEAKER_GROUP);
    assert_null(speaker_named(&e, "Officials")->key);
    extract_release(&e);
}

static void aliases_that_the_text_gives_are_one_speaker(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e,
                 "The North Coast Agency (NCA) said that the ferry sank at noon. The NCA said that 14 people "
                 "were rescued.\n");
    CHECK_SPEAKER(&e, "the ferry sank", "North Coast Agency");
    CHECK_SPEAKER(&e, "14 people were rescued", "North Coast Agency");
    extract_release(&e);
}

static void namesakes_stay_apart(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e, "Paul Berg said that the mine was flooded. Laura Berg said that the mine was dry.\n");
    CHECK_SPEAKER(&e, "the mine was flooded", "Paul Berg");
    CHECK_SPEAKER(&e, "the mine was dry", "Laura Berg");
    extract_release(&e);
}

static void unnamed_source_is_not_the_last_person(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e,
                 "Mayor Tom Reed said that the school would close. A witness said that smoke came from the "
                 "roof.\n");
    CHECK_SPEAKER(&e, "smoke came", "witness");
    assert_null(speaker_named(&e, "witness")->key);
    extract_release(&e);
}

static void pronoun_goes_on_with_a_speaker_without_name(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e, "Derek Plum, the head of the council, said in May that the budget was closed.\n\n"
                     "A spokesman for the council said the bins were full. He said 12 lorries would come.\n\n"
                     "The Green Alliance said the dam was cracked.\n\n"
                     "The river rose 2 metres, the state weather service said in a statement. It was the "
                     "highest level since 1911, it added.\n\n"
                     "A woman from Halden who asked not to be named said she had ten minutes. “They came "
                     "with boats at four,” she said.\n");
    assert_memory_equal(speaker_of(&e, "12 lorries"), "spokesman", 9);
    CHECK_SPEAKER(&e, "highest level", "state weather service");
    CHECK_SPEAKER(&e, "They came", "woman from Halden");
    extract_release(&e);
}

static void quotation_goes_on_with_its_speaker(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e, "“The river rose by two metres,” said Karin Moe, a farmer. “It took the bridge.”\n\n"
                     "“Then it took the mill. We lost 300 sheep.”\n");
    CHECK_SPEAKER(&e, "The river rose", "Karin Moe");
    CHECK_SPEAKER(&e, "It took the bridge", "Karin Moe");
    CHECK_SPEAKER(&e, "We lost 300 sheep", "Karin Moe");
    extract_release(&e);
}

static void frame_inside_the_marks(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e, "Deputy minister Ivan Petrov gave a briefing on Friday.\n\n"
                     "“The pipeline is safe, – assured the official. – It was checked in May”.\n");
    CHECK_SPEAKER(&e, "The pipeline is safe", "Ivan Petrov");
    CHECK_SPEAKER(&e, "It was checked in May", "Ivan Petrov");
    assert_null(claim_with(&e, "assured"));
    extract_release(&e);
}

static void whose_statement_it_is(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e, "Governor Helen Marsh spoke on Sunday.\n\n"
                     "\"Let me be clear about this,\" Marsh's statement read. \"The border is closed.\"\n");
    CHECK_SPEAKER(&e, "Let me be clear", "Helen Marsh");
    extract_release(&e);
}

/* The lists are searched by halving: each word must find itself. */
static void word_lists_are_in_order(void **state)
{
    (void)state;
    static const char *const roles[] = {"academic", "official", "spokeswoman", "writer", "minister", "head"};
    static const char *const organisations[] = {"academy", "ministry", "times", "who", "council"};
    bool plural;
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        assert_non_null(cb_role_word_find(roles[i], strlen(roles[i]), &plural));
    for (size_t i = 0; i < sizeof organisations / sizeof *organisations; i++)
        assert_true(cb_is_organisation_word(organisations[i], strlen(organisations[i])));
    assert_non_null(cb_role_word_find("Secretaries", 11, &plural));
    assert_true(plural);
    assert_non_null(cb_role_word_find("spokesmen", 9, &plural));
    assert_true(plural);
    assert_non_null(cb_role_word_find("Sen.", 4, &plural));
    assert_null(cb_role_word_find("table", 5, &plural));
    assert_int_equal(cb_given_name_gender("Ingrid", 6), CB_GENDER_FEMALE);
    assert_int_equal(cb_given_name_gender("Erik", 4), CB_GENDER_MALE);
    assert_true(cb_is_place("Russia", 6));
    assert_true(cb_is_demonym("french", 6));
    assert_true(cb_is_calendar_word("Nov.", 4));
}

static void a_name_before_an_organisations_noun_is_its_name(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(
        &e, "The Ormsund island council said the school would close. The Orm valley teachers' union said it "
            "would strike. A local council said nothing had changed. The Varnholm mayor said the cost was "
            "high.\n");
    CHECK_SPEAKER(&e, "the school would close", "Ormsund island council");
    CHECK_SPEAKER(&e, "it would strike", "Orm valley teachers' union");
    CHECK_SPEAKER(&e, "the cost was high", "Varnholm mayor");
    assert_int_equal(speaker_named(&e, "Ormsund island council")->kind, CB_SPEAKER_ORGANISATION);
    assert_string_equal(speaker_named(&e, "Ormsund island council")->key, "ormsund island council");
    assert_null(speaker_named(&e, "local council")->key);
    extract_release(&e);
}

static void check_kind(const struct extracted *e, const char *name, enum cb_speaker_kind kind)
{
    const struct cb_speaker *speaker = speaker_named(e, name);
    if (speaker == NULL)
        fail_msg("no speaker '%s'", name);
    assert_int_equal(speaker->kind, kind);
}

static void companies_are_no_persons(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(
        &e,
        "Tarn Water said the pipe was repaired. Harbour Wire said the mayor had lied. Ostra said the price "
        "would rise. Ostra, which makes cement, has 40 workers. The owner Mara Lines said the ship was "
        "safe. Sundby, a maker of bolts, said the bolts were sound. Emil Lines said he was cold.\n");
    check_kind(&e, "Tarn Water", CB_SPEAKER_ORGANISATION);
    check_kind(&e, "Harbour Wire", CB_SPEAKER_ORGANISATION);
    check_kind(&e, "Ostra", CB_SPEAKER_ORGANISATION);
    check_kind(&e, "Mara Lines", CB_SPEAKER_ORGANISATION);
    check_kind(&e, "Sundby", CB_SPEAKER_ORGANISATION);
    check_kind(&e, "Emil Lines", CB_SPEAKER_PERSON);
    extract_release(&e);
    extract_text(&e, "Brightfield said the loss was small. The company said it would hire 40 people.\n");
    CHECK_SPEAKER(&e, "it would hire", "Brightfield");
    check_kind(&e, "Brightfield", CB_SPEAKER_ORGANISATION);
    extract_release(&e);
    extract_text(&e, "The company, Sundby, said it would pay. The Tarn Water company said it was safe.\n");
    check_kind(&e, "Sundby", CB_SPEAKER_ORGANISATION);
    CHECK_SPEAKER(&e, "it was safe", "Tarn Water");
    extract_release(&e);
}

static void one_company_under_several_names(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(
        &e,
        "Northline said the engine had failed. The operator Northline, which runs six ferries, said the "
        "crew was trained. Northline Ferries said that it would pay. Ostvik Water said the pipes were "
        "whole. A ship sank near Ostvik. Ostvik said it had no crane. Jon Hansen said he was sorry. Hansen "
        "said he was late. Hansen Ferries said it was early.\n");
    CHECK_SPEAKER(&e, "the engine had failed", "Northline Ferries");
    CHECK_SPEAKER(&e, "the crew was trained", "Northline Ferries");
    CHECK_SPEAKER(&e, "it would pay", "Northline Ferries");
    check_kind(&e, "Northline Ferries", CB_SPEAKER_ORGANISATION);
    assert_int_equal(speaker_named(&e, "Northline Ferries")->alias_count, 1);
    CHECK_SPEAKER(&e, "the pipes were whole", "Ostvik Water");
    CHECK_SPEAKER(&e, "it had no crane", "Ostvik");
    CHECK_SPEAKER(&e, "he was late", "Jon Hansen");
    CHECK_SPEAKER(&e, "it was early", "Hansen Ferries");
    extract_release(&e);
}

static void months_are_nobody(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(
        &e, "The minister resigned later in March amid reports that he had lied about the loan. The firm was "
            "sold in May after reports that it had lost money.\n");
    CHECK_SPEAKER(&e, "he had lied", "");
    assert_null(speaker_named(&e, "March amid"));
    CHECK_SPEAKER(&e, "it had lost money", "");
    extract_release(&e);
}

static void the_sources_last_words_belong_to_it(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(
        &e, "He had no part in the deal, according to the mayor's two lawyers. The fire was no accident, "
            "according to the company's records.\n");
    CHECK_SPEAKER(&e, "He had no part in the deal", "mayor's two lawyers");
    const struct cb_claim *claim = claim_of(&e, "He had no part in the deal");
    assert_non_null(claim);
    struct cb_span source = claim->attribution.source;
    assert_memory_equal(e.text + source.start, "the mayor's two lawyers", source.end - source.start);
    assert_int_equal(claim->attribution.content_count, 1);
    assert_non_null(claim_of(&e, "The fire was no accident"));
    extract_release(&e);
}

static void hearers_are_no_part_of_what_is_said(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(
        &e, "A spokesman for Tarn Water told the Morning Herald that two of its nine pumps had failed. "
            "Residents had warned of cracks, the newspaper Nordlys wrote. (Reporting by Anna Lee; editing by "
            "Jon Ray)\n");
    assert_non_null(claim_of(&e, "two of its nine pumps had failed"));
    CHECK_SPEAKER(&e, "Residents had warned", "Nordlys");
    assert_non_null(link_to(&e, "Nordlys"));
    assert_null(speaker_named(&e, "Anna Lee"));
    extract_release(&e);
    extract_text(
        &e,
        "The minister said to the newspaper Dagen that one of the two exits had been locked. Moen told her "
        "colleague Anna Lee that smoke had filled the tunnel. Reuters and the Tarn Observer reported that "
        "the mill was sold.\n");
    assert_non_null(claim_of(&e, "one of the two exits had been locked"));
    assert_non_null(claim_of(&e, "smoke had filled the tunnel"));
    CHECK_SPEAKER(&e, "the mill was sold", "Reuters and the Tarn Observer");
    extract_release(&e);
}

static void given_names_that_are_small_words(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(
        &e, "The harbour master, Jan Okafor, said the light was out. The chief executive, Per Holm, said the "
            "pumps were old. Mr Will Hale said the road was closed. On Jan 5 Okafor said it was cold.\n");
    CHECK_SPEAKER(&e, "the light was out", "Jan Okafor");
    CHECK_SPEAKER(&e, "the pumps were old", "Per Holm");
    CHECK_SPEAKER(&e, "the road was closed", "Will Hale");
    CHECK_SPEAKER(&e, "it was cold", "Jan Okafor");
    extract_release(&e);
}

static void so_and_inverted_sources(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e, "The gate was not closed in time, so Okafor. The water rose by two metres, so the "
                     "mayor. The tunnel, so Okafor, was checked in April. The dam "
                     "broke at night, so they fled. The road was closed, so Okafor walked.\n\n"
                     "The pier is unsafe, declared the engineer to the news agency Nordvik.\n");
    CHECK_SPEAKER(&e, "The gate was not closed", "Okafor");
    CHECK_SPEAKER(&e, "The water rose", "mayor");
    CHECK_SPEAKER(&e, "The tunnel was checked in April", "Okafor");
    CHECK_SPEAKER(&e, "The dam broke", "");
    CHECK_SPEAKER(&e, "The road was closed", "");
    CHECK_SPEAKER(&e, "The pier is unsafe", "engineer");
    assert_string_equal(claim_with(&e, "The pier is unsafe")->attribution.via, "Nordvik");
    extract_release(&e);
}

struct headline {
    const char *line, *words, *speaker; /* speaker "": nobody */
};

/* A headline over a text that names the people and places in it. */
static void check_headlines(const struct headline *headlines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct extracted e;
        char text[512];
        snprintf(text, sizeof text,
                 "%s\n\nThe bridge at Varnholm was closed on Monday. Ann Lee, the mayor of Varnholm, asked "
                 "for help.\n",
                 headlines[i].line);
        extract_text(&e, text);
        const char *speaker = speaker_of(&e, headlines[i].words);
        bool nobody =
            *headlines[i].speaker == '\0' && speaker == NULL; /* a headline without a verb makes no claim */
        if (!nobody && (speaker == NULL || strcmp(speaker, headlines[i].speaker) != 0))
            fail_msg("%s: %s", headlines[i].line, speaker == NULL ? "no claim" : speaker);
        assert_null(speaker_named(&e, "BREAKING"));
        extract_release(&e);
    }
}

static void labels_that_are_nobody(void **state)
{
    (void)state;
    static const struct headline headlines[] = {
        {"Bridge collapse: 14 hurt as pier breaks away", "14 hurt", ""},
        {"Cost of living: prices rise by a tenth", "prices rise", ""},
        {"Varnholm: river breaks through the gate", "river breaks", ""},
        {"BREAKING: Driver reported a fault, crew say", "Driver reported a fault", "crew"},
        {"EXCLUSIVE: Bolts had been loose for years, engineers say", "Bolts had been loose", "engineers"},
        {"UPDATE: Minister says dam is safe", "dam is safe", "Minister"},
        {"LIVE: Minister knew of cracks, report finds", "Minister knew of cracks", "report"},
        {"UPDATE 2: Tunnel fire kills six, says rescue service", "kills six", "rescue service"},
        {"EXCLUSIVE - Mill sold for a song, documents show", "Mill sold", "documents"},
        {"Government sources: pier was unsafe for years", "pier was unsafe", "Government sources"},
        {"Sources: mayor will resign on Monday", "mayor will resign", "Sources"},
        {"Latest poll: most voters want a new bridge", "most voters want", "Latest poll"},
    };
    check_headlines(headlines, sizeof headlines / sizeof *headlines);
}

static void labels_that_speak(void **state)
{
    (void)state;
    static const struct headline headlines[] = {
        {"Mayor Lee: we will rebuild the bridge", "we will rebuild", "Ann Lee"},
        {"Lee: dam was safe", "dam was safe", "Ann Lee"},
        {"Police: 3 dead in crash on bridge", "3 dead", "Police"},
        {"Experts: bridge was weak", "bridge was weak", "Experts"},
        {"Bridge was unsafe for years: report", "Bridge was unsafe", "report"},
        {"BREAKING: Bridge will be closed: mayor", "Bridge will be closed", "mayor"},
    };
    check_headlines(headlines, sizeof headlines / sizeof *headlines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(surname_pronoun_and_office_are_one_person),
        cmocka_unit_test(speaker_has_role_kind_key_and_aliases),
        cmocka_unit_test(gender_tells_he_from_she),
        cmocka_unit_test(description_finds_the_fitting_role),
        cmocka_unit_test(description_may_come_before_the_name),
        cmocka_unit_test(organisations_and_groups_speak_too),
        cmocka_unit_test(aliases_that_the_text_gives_are_one_speaker),
        cmocka_unit_test(namesakes_stay_apart),
        cmocka_unit_test(unnamed_source_is_not_the_last_person),
        cmocka_unit_test(pronoun_goes_on_with_a_speaker_without_name),
        cmocka_unit_test(quotation_goes_on_with_its_speaker),
        cmocka_unit_test(frame_inside_the_marks),
        cmocka_unit_test(whose_statement_it_is),
        cmocka_unit_test(word_lists_are_in_order),
        cmocka_unit_test(labels_that_are_nobody),
        cmocka_unit_test(labels_that_speak),
        cmocka_unit_test(a_name_before_an_organisations_noun_is_its_name),
        cmocka_unit_test(months_are_nobody),
        cmocka_unit_test(the_sources_last_words_belong_to_it),
        cmocka_unit_test(so_and_inverted_sources),
        cmocka_unit_test(companies_are_no_persons),
        cmocka_unit_test(one_company_under_several_names),
        cmocka_unit_test(hearers_are_no_part_of_what_is_said),
        cmocka_unit_test(given_names_that_are_small_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
