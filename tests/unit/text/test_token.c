#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "text/token.h"

enum { ARENA_MAX = 16 * 1024 * 1024 };

struct example {
    const char *text, *tokens; /* tokens between vertical bars */
};

static const struct example examples[] = {
    {"They don't know.", "They|do|n't|know|."},
    {"It can’t last", "It|ca|n’t|last"},
    {"She'd've gone", "She|'d|'ve|gone"},
    {"We cannot stay", "We|can|not|stay"},
    {"Norway's fleet", "Norway|'s|fleet"},
    {"the drivers' union", "the|drivers|'|union"},
    {"O'Hara of Qa'im", "O'Hara|of|Qa'im"},
    {"EU-led talks", "EU|-|led|talks"},
    {"a co-worker and an ex-judge", "a|co-worker|and|an|ex-judge"},
    {"a 40-year-old F-18", "a|40|-|year|-|old|F|-|18"},
    {"40,000-50,000 barrels", "40,000|-|50,000|barrels"},
    {"Call 555-0137 or 212-555-0137.", "Call|555-0137|or|212-555-0137|."},
    {"on 2015-11-18 at 5:30pm", "on|2015-11-18|at|5:30|pm"},
    {"$1.5bn, US$2m or €3", "$|1.5|bn|,|US$|2|m|or|€|3"},
    {"21% of 30km", "21|%|of|30|km"},
    {"the 21st, the 1990s, the 80's", "the|21st|,|the|1990s|,|the|80's"},
    {"Mr. Lind of the U.S. Senate", "Mr.|Lind|of|the|U.S.|Senate"},
    {"at 5 p.m. in Oslo.", "at|5|p.m.|in|Oslo|."},
    {"No. 5, but no. Really.", "No.|5|,|but|no|.|Really|."},
    {"J. K. Berg, Ph.D., spoke", "J.|K.|Berg|,|Ph.D.|,|spoke"},
    {"See https://example.org/a?b=c, or (www.example.org).",
     "See|https://example.org/a?b=c|,|or|(|www.example.org|)|."},
    {"Write to ann.lee@example.org.", "Write|to|ann.lee@example.org|."},
    {"example.org/page is down", "example.org/page|is|down"},
    {"End.Next one", "End|.|Next|one"},
    {"@lind said #storm", "@lind|said|#storm"},
    {"Really?! Yes... no… --", "Really|?!|Yes|...|no|…|--"},
    {"AT&T and R&D", "AT&T|and|R&D"},
    {"either/or, w/o", "either|/|or|,|w/o"},
    {"fine :) then", "fine|:)|then"},
    {"Żółć naïve", "Żółć|naïve"},
    {"2½ hours at -5°C", "2½|hours|at|-|5|°C"},
    {"'tis the '90s", "'tis|the|'90s"},
};

static void tokenize(const char *text, struct cb_arena *arena, struct cb_token **tokens, size_t *count)
{
    struct cb_err err;
    struct cb_span span = {0, (uint32_t)strlen(text)};
    assert_int_equal(cb_tokenize(text, span, arena, tokens, count, &err), CB_OK);
}

static void test_examples(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        struct cb_arena arena;
        struct cb_buffer got;
        struct cb_token *tokens;
        size_t count;
        cb_arena_init(&arena, ARENA_MAX);
        cb_buffer_init(&got, 4096);
        tokenize(examples[i].text, &arena, &tokens, &count);
        for (size_t k = 0; k < count; k++) {
            if (k > 0)
                cb_buffer_add_char(&got, '|');
            cb_buffer_add(&got, examples[i].text + tokens[k].span.start,
                          tokens[k].span.end - tokens[k].span.start);
        }
        assert_string_equal(cb_buffer_text(&got), examples[i].tokens);
        cb_buffer_release(&got);
        cb_arena_release(&arena);
    }
}

/* O and C for open and close, in order */
static void assert_quotes(const char *text, const char *want)
{
    struct cb_arena arena;
    struct cb_token *tokens;
    size_t count, n = 0;
    char got[32] = "";
    cb_arena_init(&arena, ARENA_MAX);
    tokenize(text, &arena, &tokens, &count);
    for (size_t k = 0; k < count && n + 1 < sizeof got; k++) {
        if (tokens[k].kind == CB_TOKEN_QUOTE_OPEN)
            got[n++] = 'O';
        if (tokens[k].kind == CB_TOKEN_QUOTE_CLOSE)
            got[n++] = 'C';
    }
    assert_string_equal(got, want);
    cb_arena_release(&arena);
}

static void test_quotes(void **state)
{
    (void)state;
    assert_quotes("\"We go,\" he said. \"Now.\"", "OCOC");
    assert_quotes("“We go,” he said. ‘Now.’", "OCOC");
    assert_quotes("„Wir gehen“, sagte er.", "OC");
    assert_quotes("« Nous partons », dit-il.", "OC");
    assert_quotes("'We go,' he said.", "OC");
    assert_quotes("(\"no\")", "OC");
    assert_quotes("the boys' day", "");
    assert_quotes("He said \" hello \" twice", "OC");
    assert_quotes("``Go,'' he said", "OC");
}

static void test_flags(void **state)
{
    (void)state;
    struct cb_arena arena;
    struct cb_token *tokens;
    size_t count;
    cb_arena_init(&arena, ARENA_MAX);
    tokenize("NATO met Ann\nin a Élan hall.", &arena, &tokens, &count);
    assert_int_equal(count, 8);
    assert_int_equal(tokens[0].flags,
                     CB_TOKEN_UPPER | CB_TOKEN_ALL_CAPS | CB_TOKEN_SPACE_BEFORE | CB_TOKEN_LINE_BEFORE);
    assert_int_equal(tokens[1].flags, CB_TOKEN_SPACE_BEFORE);
    assert_int_equal(tokens[2].flags, CB_TOKEN_UPPER | CB_TOKEN_SPACE_BEFORE);
    assert_int_equal(tokens[3].flags, CB_TOKEN_SPACE_BEFORE | CB_TOKEN_LINE_BEFORE);
    assert_int_equal(tokens[5].flags, CB_TOKEN_UPPER | CB_TOKEN_SPACE_BEFORE);
    assert_int_equal(tokens[7].flags, 0);
    cb_arena_release(&arena);
}

/* every byte that is no blank is in exactly one token, whatever the text */
static void test_cover(void **state)
{
    (void)state;
    char text[2048];
    uint32_t seed = 1;
    for (int round = 0; round < 500; round++) {
        static const char letters[] = "aZ'.-&@$ \n1,/:\"`#()!?_s t%";
        size_t len = (size_t)(round % 200);
        for (size_t i = 0; i < len; i++) {
            seed = seed * 1664525u + 1013904223u;
            text[i] = letters[(seed >> 16) % (sizeof letters - 1)];
        }
        text[len] = '\0';
        struct cb_arena arena;
        struct cb_token *tokens;
        size_t count, at = 0;
        cb_arena_init(&arena, ARENA_MAX);
        tokenize(text, &arena, &tokens, &count);
        for (size_t k = 0; k < count; k++) {
            for (; at < tokens[k].span.start; at++)
                assert_true(text[at] == ' ' || text[at] == '\n');
            assert_true(tokens[k].span.end > at);
            at = tokens[k].span.end;
        }
        for (; at < len; at++)
            assert_true(text[at] == ' ' || text[at] == '\n');
        cb_arena_release(&arena);
    }
}

static void test_no_memory(void **state)
{
    (void)state;
    struct cb_arena arena;
    struct cb_token *tokens;
    size_t count;
    struct cb_err err;
    cb_arena_init(&arena, 64);
    struct cb_span span = {0, 44};
    assert_int_equal(
        cb_tokenize("a b c d e f g h i j k l m n o p q r s t u v ", span, &arena, &tokens, &count, &err),
        CB_NO_MEMORY);
    cb_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_examples), cmocka_unit_test(test_quotes),    cmocka_unit_test(test_flags),
        cmocka_unit_test(test_cover),    cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
