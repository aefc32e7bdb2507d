#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "text/sentence.h"

enum { ARENA_MAX = 64 * 1024 * 1024 };

struct example {
    const char *text, *sentences; /* sentences between vertical bars; "||" where a paragraph begins */
};

static void assert_split(const char *text, const char *language, const char *want)
{
    struct cb_arena arena;
    struct cb_buffer got;
    struct cb_sentence *sentences;
    size_t count;
    struct cb_err err;
    cb_arena_init(&arena, ARENA_MAX);
    cb_buffer_init(&got, 65536);
    assert_int_equal(cb_sentences_find(text, strlen(text), language, &arena, &sentences, &count, &err),
                     CB_OK);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            cb_buffer_add_text(&got, sentences[i].paragraph == sentences[i - 1].paragraph ? "|" : "||");
        cb_buffer_add(&got, text + sentences[i].span.start, sentences[i].span.end - sentences[i].span.start);
    }
    assert_string_equal(cb_buffer_text(&got), want);
    cb_buffer_release(&got);
    cb_arena_release(&arena);
}

static const struct example plain[] = {
    {"", ""},
    {" \n\n ", ""},
    {"The ferry left. It was late! Was it full? Yes.", "The ferry left.|It was late!|Was it full?|Yes."},
    {"No stop at all", "No stop at all"},
    {"Dr. Lind and Gen. Berg met Mrs. Ek. They spoke.", "Dr. Lind and Gen. Berg met Mrs. Ek.|They spoke."},
    {"Prices, e.g. of salt, rose vs. last year.", "Prices, e.g. of salt, rose vs. last year."},
    {"She chairs Norsk Salt Inc. The firm is small.", "She chairs Norsk Salt Inc.|The firm is small."},
    {"She chairs Norsk Salt Inc. in Oslo.", "She chairs Norsk Salt Inc. in Oslo."},
    {"He left the U.S. Senate. He moved to the U.S. However, he came back.",
     "He left the U.S. Senate.|He moved to the U.S.|However, he came back."},
    {"J. K. Berg met H. Lind. K. Ek was away.", "J. K. Berg met H. Lind.|K. Ek was away."},
    {"It broke at 5 p.m. Nobody saw it.", "It broke at 5 p.m.|Nobody saw it."},
    {"At 5 p.m. Ms. Ek rang.", "At 5 p.m. Ms. Ek rang."},
    {"It rose 3.5 percent to $4.20. That was all.", "It rose 3.5 percent to $4.20.|That was all."},
    {"See No. 5 on p. 12. No. We did not.", "See No. 5 on p. 12.|No.|We did not."},
    {"On Nov. 20 it rained. In Dec. it froze.", "On Nov. 20 it rained.|In Dec. it froze."},
    {"It was 2015. 20 people came.", "It was 2015.|20 people came."},
    {"so it went. then it stopped. why? nobody knows", "so it went.|then it stopped.|why?|nobody knows"},
    {"The dog (born c. 1990) barked.", "The dog (born c. 1990) barked."},
    {"Fish, salt, etc. The list is long.", "Fish, salt, etc.|The list is long."},
    {"It ended.Then it began.", "It ended.|Then it began."},
    {"Use node.js or Mail.Ru today.", "Use node.js or Mail.Ru today."},
    {"We sued Yahoo! in court. Stop! now", "We sued Yahoo! in court.|Stop!|now"},
};

static const struct example quotes[] = {
    {"\"It is over.\" She left.", "\"It is over.\"|She left."},
    {"\"It is over,\" she said. \"Go.\"", "\"It is over,\" she said.|\"Go.\""},
    {"“Is it over?” Lind asked. “Yes.”", "“Is it over?” Lind asked.|“Yes.”"},
    {"“Is it over?” The crowd left.", "“Is it over?”|The crowd left."},
    {"‘It is done.’ «It is done.» „Es ist.“ End.", "‘It is done.’|«It is done.»|„Es ist.“|End."},
    {"'This is it.' he said.", "'This is it.' he said."},
    {"It froze (see below). It thawed. (It rained.) Then sun.",
     "It froze (see below).|It thawed.|(It rained.)|Then sun."},
    {"The hall (It was cold.) was full.", "The hall (It was cold.) was full."},
    {"It is known.[3][4] It is proven. [12] It holds.", "It is known.[3][4]|It is proven. [12]|It holds."},
    {"Well ... maybe. And then... Nothing.", "Well ... maybe.|And then...|Nothing."},
    {"It went on… Then it stopped…", "It went on…|Then it stopped…"},
    {"It went on . . . and on. . . . It ended.", "It went on . . . and on.|. . . It ended."},
    {"What?! No!!! Fine :) ok. :) Bye", "What?!|No!!!|Fine :) ok. :)|Bye"},
};

static const struct example news[] = {
    {"OSLO, November 20. The ferry sank.", "OSLO, November 20.|The ferry sank."},
    {"OSLO, 20 Nov. 2015. /NTB/. The ferry sank.", "OSLO, 20 Nov. 2015. /NTB/.|The ferry sank."},
    {"OSLO (NTB) - The ferry sank.", "OSLO (NTB) -|The ferry sank."},
    {"OSLO, Norway (NTB) — The ferry sank.", "OSLO, Norway (NTB) —|The ferry sank."},
    {"NATO, said Mr. Lind, is here.", "NATO, said Mr. Lind, is here."},
    {"Ferry sinks off Oslo\n\nThe ferry sank.\nNobody died.",
     "Ferry sinks off Oslo||The ferry sank.||Nobody died."},
    {"Sunk! https://example.org/a.b?c=d. More at www.example.org. @lind was there.",
     "Sunk!|https://example.org/a.b?c=d.|More at www.example.org.|@lind was there."},
    {"1) Buy salt 2) Sell fish 3) Rest", "1) Buy salt|2) Sell fish|3) Rest"},
    {"1. Buy salt. Then\n2. Sell fish.\n\nRest", "1. Buy salt.|Then||2. Sell fish.||Rest"},
    {"• Buy salt • Sell fish", "• Buy salt|• Sell fish"},
    {"a) Buy salt b) Sell fish", "a) Buy salt|b) Sell fish"},
    {"A. Lind met B. Berg and C. Ek.", "A. Lind met B. Berg and C. Ek."},
    {"IV. Results\nWe won.", "IV. Results||We won."},
    {"Write to ann.lee@example.org. Now.", "Write to ann.lee@example.org.|Now."},
};

static void run(const struct example *examples, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_split(examples[i].text, NULL, examples[i].sentences);
}

static void test_plain(void **state)
{
    (void)state;
    run(plain, sizeof plain / sizeof *plain);
}

static void test_quotes(void **state)
{
    (void)state;
    run(quotes, sizeof quotes / sizeof *quotes);
}

static void test_news(void **state)
{
    (void)state;
    run(news, sizeof news / sizeof *news);
}

/* lines that were broken at a width go together; lines that end where they like do not */
static void test_wrapped(void **state)
{
    (void)state;
    assert_split("The ferry left the old harbour at noon with\n"
                 "forty people on board. It was night, and\n"
                 "the sea was rough, so that the captain\n"
                 "turned back.\n\nNobody was hurt.",
                 "en",
                 "The ferry left the old harbour at noon with\n"
                 "forty people on board.|It was night, and\n"
                 "the sea was rough, so that the captain\n"
                 "turned back.||Nobody was hurt.");
    assert_split(
        "The council met for a long session on Monday evening\nShort line\nAnother line of some length here",
        "en",
        "The council met for a long session on Monday evening||Short line||"
        "Another line of some length here");
}

static void test_languages(void **state)
{
    (void)state;
    assert_split("Am 20. November kam Dr. Lind. Er blieb.", "de", "Am 20. November kam Dr. Lind.|Er blieb.");
    assert_split("Il est parti. M. J. Verne est resté ! Vraiment ?", "fr",
                 "Il est parti.|M. J. Verne est resté !|Vraiment ?");
    assert_split("他来了。她走了！", "zh", "他来了。|她走了！");
    assert_split("Он пришёл. Она ушла.", "ru", "Он пришёл.|Она ушла.");
    assert_split("یہ ہے۔ وہ ہے۔", "ur", "یہ ہے۔|وہ ہے۔");
    assert_split("One. Two.", "xx-nonsense-tag-that-is-no-language", "One.|Two.");
}

static void test_kinds(void **state)
{
    (void)state;
    static const char text[] = "Ferry sinks\n\nThe ferry sank.\n- one\n- two\n– No, he said.\n3. three\nEnd";
    static const enum cb_sentence_kind want[] = {
        CB_SENTENCE_HEADING, CB_SENTENCE_BODY,      CB_SENTENCE_LIST_ITEM, CB_SENTENCE_LIST_ITEM,
        CB_SENTENCE_BODY,    CB_SENTENCE_LIST_ITEM, CB_SENTENCE_BODY};
    struct cb_arena arena;
    struct cb_sentence *sentences;
    size_t count;
    struct cb_err err;
    cb_arena_init(&arena, ARENA_MAX);
    assert_int_equal(cb_sentences_find(text, strlen(text), "en", &arena, &sentences, &count, &err), CB_OK);
    assert_int_equal(count, sizeof want / sizeof *want);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(sentences[i].kind, want[i]);
    cb_arena_release(&arena);
}

/* whatever the text: in order, not empty, no blanks at the ends, and every other byte is in a sentence */
static void test_cover(void **state)
{
    (void)state;
    char text[1024];
    uint32_t seed = 11;
    for (int round = 0; round < 3000; round++) {
        static const char *const pieces[] = {"a",   "B",  ".",    " ",      "\n",       "!", "?", "\"", "…",
                                             "1",   ")",  "(",    "[",      "•",        "-", "’", "“",  "A.",
                                             "Mr.", ". ", "i.e.", "OSLO, ", "\xC2\xA0", ":", "T"};
        size_t len = 0, at = 0, count;
        for (int i = 0; i < round % 120; i++) {
            seed = seed * 1664525u + 1013904223u;
            const char *piece = pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)];
            memcpy(text + len, piece, strlen(piece));
            len += strlen(piece);
        }
        text[len] = '\0';
        struct cb_arena arena;
        struct cb_sentence *sentences;
        struct cb_err err;
        cb_arena_init(&arena, ARENA_MAX);
        assert_int_equal(
            cb_sentences_find(text, len, round % 7 == 0 ? "de" : "en", &arena, &sentences, &count, &err),
            CB_OK);
        for (size_t i = 0; i <= count; i++) {
            size_t until = i < count ? sentences[i].span.start : len;
            for (; at < until; at++)
                assert_true(strchr(" \n\xC2\xA0", text[at]) != NULL);
            if (i < count) {
                assert_true(sentences[i].span.end > sentences[i].span.start);
                at = sentences[i].span.end;
                assert_true(text[at - 1] != ' ' && text[at - 1] != '\n');
            }
        }
        cb_arena_release(&arena);
    }
}

static void test_limits(void **state)
{
    (void)state;
    struct cb_arena arena;
    struct cb_sentence *sentences;
    size_t count, len = (size_t)4 << 20;
    struct cb_err err;
    char *text = malloc(len);
    assert_non_null(text);
    cb_arena_init(&arena, 4096);
    for (size_t i = 0; i < len; i++)
        text[i] = i % 3 == 0 ? 'A' : i % 3 == 1 ? '.' : ' ';
    assert_int_equal(cb_sentences_find(text, len, "en", &arena, &sentences, &count, &err), CB_NO_MEMORY);
    assert_int_equal(cb_sentences_find(text, (size_t)CB_TEXT_MAX + 1, "en", &arena, &sentences, &count, &err),
                     CB_LIMIT);
    cb_arena_release(&arena);
    cb_arena_init(&arena, ARENA_MAX); /* one line of four megabytes */
    assert_int_equal(cb_sentences_find(text, len, "en", &arena, &sentences, &count, &err), CB_OK);
    assert_true(count > 0);
    cb_arena_release(&arena);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),   cmocka_unit_test(test_quotes),    cmocka_unit_test(test_news),
        cmocka_unit_test(test_wrapped), cmocka_unit_test(test_languages), cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_cover),   cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
