#include "tests/unit/text/extracting.h"
#include "text/front_matter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void title_byline_dateline(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e, "Ferry sinks off Norland\nBy Ann Lee and Bob Ray\n\n"
                     "OSLO, March 3 (AP) - A ferry sank on Monday with 40 people on board.\n");
    assert_int_equal(e.x->title.start, 0);
    assert_int_equal(e.x->title.end, strlen("Ferry sinks off Norland"));
    assert_string_equal(e.x->byline, "Ann Lee and Bob Ray");
    assert_string_equal(e.x->dateline, "OSLO, March 3");
    assert_string_equal(e.x->language, "en");
    extract_release(&e);
}

static void a_sentence_is_no_title(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e, "A ferry sank on Monday.\n\nNobody was hurt, the police said.\n");
    assert_int_equal(e.x->title.end, 0);
    extract_release(&e);
    extract_with(&e, "A ferry sank on Monday.\nNobody was hurt.\n",
                 &(struct cb_extract_options){.has_title = true});
    assert_int_equal(e.x->title.end, strlen("A ferry sank on Monday."));
    extract_release(&e);
}

static void language_is_found_out(void **state)
{
    (void)state;
    static const char *const texts[][2] = {
        {"Die Brücke ist nicht sicher und der Fluss steigt, sagte die Polizei auf einer Pressekonferenz.",
         "de"},
        {"Le pont n'est pas sûr, et la police est dans les rues pour les gens du quartier.", "fr"},
        {"Мост не безопасен, сказала полиция в пятницу.", "ru"},
        {"橋は安全ではないと警察は金曜日に述べました。", "ja"},
        {"The bridge is not safe, the police said.", "en"},
        {"", "en"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_string_equal(cb_language_guess(texts[i][0], strlen(texts[i][0])), texts[i][1]);
}

static void other_languages_give_whole_sentences(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(
        &e, "Die Brücke ist nicht sicher und der Fluss steigt. Die Schule ist zu und das Dorf ist leer.\n");
    assert_string_equal(e.x->language, "de");
    assert_int_equal(e.x->claim_count, 2);
    assert_string_equal(e.x->claims[0].text, "Die Brücke ist nicht sicher und der Fluss steigt");
    extract_release(&e);
}

static void segment_only_finds_no_claims(void **state)
{
    (void)state;
    struct extracted e;
    extract_with(&e, "Two men died. One was saved.\n", &(struct cb_extract_options){.segment_only = true});
    assert_int_equal(e.x->sentence_count, 2);
    assert_int_equal(e.x->claim_count, 0);
    extract_release(&e);
}

static void empty_and_blank_texts(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "\n", "   \n\n\t ", ".", "\"", "“", "((((", "\xC2\xA0"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct extracted e;
        extract_text(&e, texts[i]);
        assert_int_equal(e.x->claim_count, 0);
        extract_release(&e);
    }
}

static void bad_bytes_and_too_long_a_text_are_errors(void **state)
{
    (void)state;
    struct cb_extractor *extractor;
    struct cb_arena arena;
    struct cb_err err = {0};
    const struct cb_extraction *x;
    cb_arena_init(&arena, (size_t)1 << 20);
    assert_int_equal(cb_extractor_new(&extractor, &err), CB_OK);
    assert_int_equal(cb_extract(extractor, "ab\xFF", 3, NULL, &arena, &x, &err), CB_INPUT);
    assert_non_null(strstr(err.message, "byte 2"));
    assert_int_equal(cb_extract(extractor, "", (size_t)CB_TEXT_MAX + 1, NULL, &arena, &x, &err), CB_LIMIT);
    cb_extractor_free(extractor);
    cb_arena_release(&arena);
}

static char *repeated(const char *unit, size_t times, size_t *len)
{
    size_t one = strlen(unit);
    char *text = malloc(one * times + 1);
    assert_non_null(text);
    for (size_t i = 0; i < times; i++)
        memcpy(text + i * one, unit, one);
    text[one * times] = '\0';
    *len = one * times;
    return text;
}

/* A text of many blocks gives the same as its parts would, and names carry over from block to block. */
static void a_long_text_is_read_in_blocks(void **state)
{
    (void)state;
    static const char head[] = "Mayor Ingrid Solberg spoke on Monday.\n\n";
    static const char unit[] = "Solberg said that 40 boats had left the port.\n\n";
    size_t len, times = 12000;
    char *body = repeated(unit, times, &len);
    char *text = malloc(sizeof head + len);
    assert_non_null(text);
    memcpy(text, head, sizeof head - 1);
    memcpy(text + sizeof head - 1, body, len + 1);
    struct extracted e;
    extract_text(&e, text);
    assert_int_equal(e.x->claim_count, times + 1);
    const struct cb_claim *last = &e.x->claims[e.x->claim_count - 1];
    assert_string_equal(last->text, "40 boats had left the port");
    assert_string_equal(e.x->speakers[last->speaker].name, "Ingrid Solberg");
    assert_int_equal(last->sentence, e.x->sentence_count - 1);
    extract_release(&e);
    free(body);
    free(text);
}

/* One line without any end of a sentence, and one without blanks. */
static void endless_lines(void **state)
{
    (void)state;
    static const char *const units[] = {"word ", "x", "\"", "Ann said ", "(", "a, ", "He said, \"yes\" ",
                                        "…"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t len;
        char *text = repeated(units[i], 600000 / strlen(units[i]), &len);
        struct extracted e;
        extract_text(&e, text);
        for (size_t c = 0; c < e.x->claim_count; c++)
            assert_true(e.x->claims[c].span.end <= len);
        extract_release(&e);
        free(text);
    }
}

static void spans_and_texts_agree(void **state)
{
    (void)state;
    struct extracted e;
    extract_text(&e,
                 "Café owner Zoë Brontë said that 30 cafés\nhad closed. “We sold the house,” she said.\n");
    assert_true(e.x->claim_count >= 2);
    for (size_t i = 0; i < e.x->claim_count; i++) {
        const struct cb_claim *claim = &e.x->claims[i];
        assert_true(claim->span.start < claim->span.end);
        assert_int_equal((unsigned char)e.text[claim->span.start] & 0xC0,
                         (unsigned char)e.text[claim->span.start] < 0x80
                             ? (unsigned char)e.text[claim->span.start] & 0xC0
                             : 0xC0);
        assert_null(strchr(claim->text, '\n'));
    }
    assert_non_null(claim_of(&e, "30 cafés had closed"));
    extract_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(title_byline_dateline),
        cmocka_unit_test(a_sentence_is_no_title),
        cmocka_unit_test(language_is_found_out),
        cmocka_unit_test(other_languages_give_whole_sentences),
        cmocka_unit_test(segment_only_finds_no_claims),
        cmocka_unit_test(empty_and_blank_texts),
        cmocka_unit_test(bad_bytes_and_too_long_a_text_are_errors),
        cmocka_unit_test(a_long_text_is_read_in_blocks),
        cmocka_unit_test(endless_lines),
        cmocka_unit_test(spans_and_texts_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
