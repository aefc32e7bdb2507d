#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "text/quotes.h"

enum { ARENA_MAX = 16 * 1024 * 1024, PARAGRAPHS_MAX = 8 };

struct example {
    const char *text;
    const char *quotes[5]; /* NULL ends */
};

/* Tokenizes line by line (a line is a paragraph) and pairs. */
static struct cb_quotes pair(const char *text, struct cb_arena *arena, struct cb_token **tokens)
{
    struct cb_err err;
    struct cb_quotes quotes;
    uint32_t first[PARAGRAPHS_MAX + 1] = {0};
    size_t count = 0, paragraphs = 0;
    *tokens = cb_arena_array(arena, strlen(text) + 1, sizeof **tokens);
    assert_non_null(*tokens);
    for (uint32_t at = 0; text[at] != '\0' && paragraphs < PARAGRAPHS_MAX;) {
        struct cb_token *own;
        size_t n, len = strcspn(text + at, "\n");
        struct cb_span span = {at, at + (uint32_t)len};
        assert_int_equal(cb_tokenize(text, span, arena, &own, &n, &err), CB_OK);
        memcpy(*tokens + count, own, n * sizeof *own);
        first[paragraphs++] = (uint32_t)count;
        count += n;
        at += (uint32_t)len + (text[at + len] == '\n');
    }
    first[paragraphs] = (uint32_t)count;
    assert_int_equal(cb_quotes_pair(text, *tokens, count, first, paragraphs, arena, &quotes, &err), CB_OK);
    return quotes;
}

static const struct example examples[] = {
    {"She said “we leave” and left.", {"“we leave”"}},
    {"\"We leave,\" she said. \"Now.\"", {"\"We leave,\"", "\"Now.\""}},
    {"''We leave,'' she said.", {"''We leave,''"}},
    {"«We leave», she said.", {"«We leave»"}},
    {"„Wir gehen“, sagte sie.", {"„Wir gehen“"}},
    {"‘We leave,’ she said.", {"‘We leave,’"}},
    /* an apostrophe is no mark */
    {"The drivers' union and Lind's son.", {NULL}},
    {"It's the '90s, isn't it?", {NULL}},
    /* marks inside marks */
    {"“They call it ‘progress’ here,” he said.", {"“They call it ‘progress’ here,”"}},
    {"“Everyone who met the “small” threat knows”, he said.",
     {"“Everyone who met the “small” threat knows”"}},
    /* a mark that is never closed ends with its paragraph */
    {"“The first day was long.\n“The second was longer,” she said.",
     {"“The first day was long.", "“The second was longer,”"}},
    {"He asked: \"why?\nNobody knew.", {"\"why?"}},
};

static void each_style_is_paired(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        struct cb_arena arena;
        struct cb_token *tokens;
        cb_arena_init(&arena, ARENA_MAX);
        struct cb_quotes quotes = pair(examples[i].text, &arena, &tokens);
        size_t wanted = 0;
        while (examples[i].quotes[wanted] != NULL)
            wanted++;
        if (quotes.count != wanted)
            print_message("%s: %zu quotations\n", examples[i].text, quotes.count);
        assert_int_equal(quotes.count, wanted);
        for (size_t q = 0; q < quotes.count; q++) {
            uint32_t start = tokens[quotes.items[q].first].span.start;
            uint32_t end = tokens[quotes.items[q].last].span.end;
            assert_int_equal(end - start, strlen(examples[i].quotes[q]));
            assert_memory_equal(examples[i].text + start, examples[i].quotes[q], end - start);
            assert_int_equal(quotes.at[quotes.items[q].first], q);
            assert_int_equal(quotes.at[quotes.items[q].last], q);
        }
        cb_arena_release(&arena);
    }
}

static void a_speech_goes_on_over_paragraphs(void **state)
{
    (void)state;
    struct cb_arena arena;
    struct cb_token *tokens;
    cb_arena_init(&arena, ARENA_MAX);
    struct cb_quotes quotes = pair("“One day.\n“Two days.\n“Three,” she said.", &arena, &tokens);
    assert_int_equal(quotes.count, 3);
    assert_true(quotes.items[0].continues && !quotes.items[0].continued && !quotes.items[0].closed);
    assert_true(quotes.items[1].continues && quotes.items[1].continued);
    assert_true(!quotes.items[2].continues && quotes.items[2].continued && quotes.items[2].closed);
    assert_true(quotes.items[2].stopped);
    assert_int_equal(quotes.items[1].words, 2);
    cb_arena_release(&arena);
}

static void nothing_to_pair(void **state)
{
    (void)state;
    struct cb_arena arena;
    struct cb_quotes quotes;
    struct cb_err err;
    uint32_t first[1] = {0};
    cb_arena_init(&arena, ARENA_MAX);
    assert_int_equal(cb_quotes_pair("", NULL, 0, first, 0, &arena, &quotes, &err), CB_OK);
    assert_int_equal(quotes.count, 0);
    cb_arena_release(&arena);
    cb_arena_init(&arena, 16);
    assert_int_equal(cb_quotes_pair("", NULL, 0, first, 0, &arena, &quotes, &err), CB_NO_MEMORY);
    cb_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_style_is_paired),
        cmocka_unit_test(a_speech_goes_on_over_paragraphs),
        cmocka_unit_test(nothing_to_pair),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
