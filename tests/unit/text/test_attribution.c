#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "text/attribution.h"
#include "text/sentence.h"

enum { WANTED_MAX = 3, TEXT_MAX = 2048 };
static const size_t arena_max = (size_t)256 * 1024 * 1024;

/* What must be found; NULL source: none is expected; content pieces divided by " | ". */
struct wanted {
    const char *source, *cue, *content;
};

struct example {
    const char *text;
    struct wanted wanted[WANTED_MAX];
};

static const struct example examples[] = {
    /* quotations: behind, before, around the cue */
    {"Ann Lind said, “The bridge will stay closed.”",
     {{"Ann Lind", "said", "“The bridge will stay closed.”"}}},
    {"“The bridge will stay closed,” the mayor said.",
     {{"the mayor", "said", "“The bridge will stay closed,”"}}},
    {"\"The bridge will stay closed,\" said Ann Lind, the mayor of Oslo.",
     {{"Ann Lind, the mayor of Oslo", "said", "\"The bridge will stay closed,\""}}},
    {"“The bridge,” Lind said, “will stay closed.”",
     {{"Lind", "said", "“The bridge,” | “will stay closed.”"}}},
    {"“It is old,” Lind said. “We will repair it.”",
     {{"Lind", "said", "“It is old,” | “We will repair it.”"}}},
    {"''It is old,'' the head of the harbour office, Ann Lind, said.",
     {{"the head of the harbour office, Ann Lind,", "said", "''It is old,''"}}},
    {"Lind told reporters: “It is old.”", {{"Lind", NULL, "“It is old.”"}}},
    /* a speech over paragraphs */
    {"Lind said: “The first day was long and cold.\n\n“The second day was longer.”",
     {{"Lind", "said:", "“The first day was long and cold. | “The second day was longer.”"}}},
    /* clauses: behind, before, around */
    {"The ministry said that two ships had left the harbour.",
     {{"The ministry", "said", "that two ships had left the harbour"}}},
    {"The mayor says the bridge is safe.", {{"The mayor", "says", "the bridge is safe"}}},
    {"Two ships have left the harbour, the ministry said.",
     {{"the ministry", "said", "Two ships have left the harbour"}}},
    {"The ships, Lind said, have left the harbour.", {{"Lind", "said", "The ships | have left the harbour"}}},
    {"Lind told the newspaper on Monday that the bridge was safe.",
     {{"Lind", "told", "that the bridge was safe"}}},
    /* according to */
    {"According to the ministry, two ships have left.",
     {{"the ministry", "According to", "two ships have left"}}},
    {"Two ships have left the harbour, according to the port authority.",
     {{"the port authority", "according to", "Two ships have left the harbour"}}},
    /* questions, wishes, other verbs */
    {"“Who will pay for the bridge?” asked Lind.", {{"Lind", "asked", "“Who will pay for the bridge?”"}}},
    {"The mayor called for an inquiry.", {{"The mayor", "called for", "an inquiry"}}},
    {"The mayor urged the council to close the bridge.",
     {{"The mayor", "urged", "the council to close the bridge"}}},
    {"The union criticized the plan.", {{"The union", "criticized", "the plan"}}},
    /* the cue inside the marks, dashes as separators: rough translations */
    {"“The bridge is safe and will stay so, – assured the mayor. – We have tested every beam of it.”",
     {{"the mayor", "assured", "“The bridge is safe and will stay so | We have tested every beam of it.”"}}},
    {"“The bridge is safe and will stay so, he said. We have tested every beam of it.”",
     {{"he", "said", "“The bridge is safe and will stay so | We have tested every beam of it.”"}}},
};

struct bench {
    struct cb_syntax_model *syntax;
    struct cb_attribution_model *model, *rules;
    struct cb_arena arena;
};

static int set_up(void **state)
{
    static struct bench bench;
    struct cb_err err;
    size_t len;
    const void *bytes = cb_syntax_model_bytes(&len);
    assert_int_equal(cb_syntax_model_new(bytes, len, &bench.syntax, &err), CB_OK);
    bytes = cb_attribution_model_bytes(&len);
    assert_int_equal(cb_attribution_model_new(bytes, len, &bench.model, &err), CB_OK);
    assert_int_equal(cb_attribution_model_new(NULL, 0, &bench.rules, &err), CB_OK);
    cb_arena_init(&bench.arena, arena_max);
    *state = &bench;
    return 0;
}

static int tear_down(void **state)
{
    struct bench *bench = *state;
    cb_syntax_model_free(bench->syntax);
    cb_attribution_model_free(bench->model);
    cb_attribution_model_free(bench->rules);
    cb_arena_release(&bench->arena);
    return 0;
}

static void read_text(struct bench *bench, const char *text, bool parse, struct cb_reading *r)
{
    struct cb_err err;
    struct cb_sentence *sentences;
    size_t len = strlen(text);
    cb_arena_reset(&bench->arena);
    *r = (struct cb_reading){.text = text, .len = len};
    assert_int_equal(cb_sentences_find(text, len, "en", &bench->arena, &sentences, &r->sentence_count, &err),
                     CB_OK);
    struct cb_token *tokens = cb_arena_array(&bench->arena, len + 1, sizeof *tokens);
    struct cb_node *nodes = cb_arena_array(&bench->arena, len + 1, sizeof *nodes);
    uint32_t *first = cb_arena_array(&bench->arena, r->sentence_count + 1, sizeof *first);
    bool *parsed = cb_arena_array(&bench->arena, r->sentence_count + 1, sizeof *parsed);
    for (size_t i = 0; i < r->sentence_count; i++) {
        struct cb_token *own;
        size_t count;
        assert_int_equal(cb_tokenize(text, sentences[i].span, &bench->arena, &own, &count, &err), CB_OK);
        memcpy(tokens + r->token_count, own, count * sizeof *own);
        first[i] = (uint32_t)r->token_count;
        struct cb_node *at = nodes + r->token_count;
        assert_int_equal(cb_tag(bench->syntax, text, own, count, &bench->arena, at, &err), CB_OK);
        if (parse)
            assert_int_equal(cb_parse(bench->syntax, text, own, count, &bench->arena, at, &err), CB_OK);
        parsed[i] = parse && count <= CB_PARSE_MAX;
        r->token_count += count;
    }
    first[r->sentence_count] = (uint32_t)r->token_count;
    r->sentences = sentences;
    r->tokens = tokens;
    r->nodes = nodes;
    r->first_token = first;
    r->parsed = parsed;
}

static const struct cb_attribution_found *find(struct bench *bench, const struct cb_attribution_model *model,
                                               const struct cb_reading *r, size_t *count)
{
    struct cb_err err;
    const struct cb_attribution_found *found;
    assert_int_equal(cb_attributions_find(model, r, &bench->arena, &found, count, &err), CB_OK);
    return found;
}

static bool is_text(const char *text, struct cb_span span, const char *want)
{
    return strlen(want) == span.end - span.start &&
           memcmp(text + span.start, want, span.end - span.start) == 0;
}

static void join(const char *text, const struct cb_attribution_found *found, char *out)
{
    *out = '\0';
    for (size_t i = 0; i < found->content_count; i++) {
        if (i > 0)
            strcat(out, " | ");
        strncat(out, text + found->content[i].start, found->content[i].end - found->content[i].start);
    }
}

static bool matches(const char *text, const struct cb_attribution_found *found, const struct wanted *wanted)
{
    char content[TEXT_MAX];
    join(text, found, content);
    return (wanted->source == NULL || (found->has_source && is_text(text, found->source, wanted->source))) &&
           (wanted->cue == NULL || (found->has_cue && is_text(text, found->cue, wanted->cue))) &&
           strcmp(content, wanted->content) == 0;
}

static void check_examples(struct bench *bench, const struct cb_attribution_model *model)
{
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        struct cb_reading reading;
        size_t count;
        read_text(bench, examples[i].text, true, &reading);
        const struct cb_attribution_found *found = find(bench, model, &reading, &count);
        for (size_t w = 0; w < WANTED_MAX && examples[i].wanted[w].content != NULL; w++) {
            bool seen = false;
            for (size_t k = 0; k < count; k++)
                seen = seen || matches(examples[i].text, &found[k], &examples[i].wanted[w]);
            if (seen)
                continue;
            wrong++;
            print_message("%s\n", examples[i].text);
            for (size_t k = 0; k < count; k++) {
                char content[TEXT_MAX];
                join(examples[i].text, &found[k], content);
                print_message("   %.*s: %.*s: %s\n", (int)(found[k].source.end - found[k].source.start),
                              examples[i].text + found[k].source.start,
                              (int)(found[k].cue.end - found[k].cue.start),
                              examples[i].text + found[k].cue.start, content);
            }
        }
    }
    assert_int_equal(wrong, 0);
}

static void each_rule_finds_its_pattern(void **state)
{
    struct bench *bench = *state;
    check_examples(bench, bench->rules);
}

static void the_labeller_keeps_what_is_plain(void **state)
{
    struct bench *bench = *state;
    check_examples(bench, bench->model);
}

static void what_stands_under_a_preposition_does_not_speak(void **state)
{
    static const char text[] = "In a call with the Ferry Post, Halvorsen warned that the gate would fail.";
    struct bench *bench = *state;
    struct cb_reading reading;
    size_t count;
    read_text(bench, text, true, &reading);
    const struct cb_attribution_found *found = find(bench, bench->model, &reading, &count);
    assert_int_equal(count, 1);
    assert_true(found->has_source && is_text(text, found->source, "Halvorsen"));
}

static void modality_and_kind(void **state)
{
    static const struct {
        const char *text;
        enum cb_modality modality;
        enum cb_claim_kind kind;
    } cases[] = {
        {"The mayor said that the bridge was safe.", CB_STATED, CB_CLAIM_INDIRECT},
        {"The mayor denied that the bridge was closed.", CB_DENIED, CB_CLAIM_INDIRECT},
        {"The mayor did not say that the bridge was closed.", CB_DENIED, CB_CLAIM_INDIRECT},
        {"The mayor may have said that the bridge was closed.", CB_HEDGED, CB_CLAIM_INDIRECT},
        {"The mayor called for an inquiry.", CB_WISH, CB_CLAIM_INDIRECT},
        {"“Who will pay for it?” the mayor asked.", CB_QUESTION, CB_CLAIM_DIRECT},
        {"The mayor said that the bridge was “as safe as a house”.", CB_STATED, CB_CLAIM_MIXED},
    };
    struct bench *bench = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct cb_reading reading;
        size_t count;
        read_text(bench, cases[i].text, true, &reading);
        const struct cb_attribution_found *found = find(bench, bench->model, &reading, &count);
        print_message("%s\n", cases[i].text);
        assert_true(count >= 1);
        assert_int_equal(found[0].modality, cases[i].modality);
        assert_int_equal(found[0].kind, cases[i].kind);
        assert_int_equal(found[0].outer, -1);
    }
}

static void nested_attributions_know_their_outer(void **state)
{
    struct bench *bench = *state;
    const char *text = "The radio reported that Lind said that the bridge was safe.";
    struct cb_reading reading;
    size_t count;
    read_text(bench, text, true, &reading);
    const struct cb_attribution_found *found = find(bench, bench->rules, &reading, &count);
    assert_int_equal(count, 2);
    assert_true(is_text(text, found[0].source, "The radio"));
    assert_int_equal(found[0].outer, -1);
    assert_true(is_text(text, found[1].source, "Lind"));
    assert_int_equal(found[1].outer, 0);
}

static void nothing_without_words(void **state)
{
    struct bench *bench = *state;
    static const char *const texts[] = {"", "\n\n", "7.5", "“”", "Ships sail.", "said"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct cb_reading reading;
        size_t count;
        read_text(bench, texts[i], true, &reading);
        find(bench, bench->model, &reading, &count);
        assert_int_equal(count, 0);
    }
}

/* A sentence without a tree still gives its quotations. */
static void quotations_need_no_tree(void **state)
{
    struct bench *bench = *state;
    const char *text = "“The bridge will stay closed,” the mayor said.";
    struct cb_reading reading;
    size_t count;
    read_text(bench, text, false, &reading);
    const struct cb_attribution_found *found = find(bench, bench->rules, &reading, &count);
    assert_int_equal(count, 1);
    assert_true(is_text(text, found[0].content[0], "“The bridge will stay closed,”"));
}

static void only_some_sentences_are_worth_a_tree(void **state)
{
    struct bench *bench = *state;
    static const struct {
        const char *text;
        bool may;
    } cases[] = {{"The mayor said it was safe.", true},
                 {"According to Lind, it rains.", true},
                 {"“Rain,” wrote Lind.", true},
                 {"The bridge opened in 1931.", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct cb_reading r;
        read_text(bench, cases[i].text, false, &r);
        assert_int_equal(cb_attribution_may_hold(bench->model, r.text, r.tokens, r.nodes, r.token_count),
                         cases[i].may);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_rule_finds_its_pattern),
        cmocka_unit_test(the_labeller_keeps_what_is_plain),
        cmocka_unit_test(what_stands_under_a_preposition_does_not_speak),
        cmocka_unit_test(modality_and_kind),
        cmocka_unit_test(nested_attributions_know_their_outer),
        cmocka_unit_test(nothing_without_words),
        cmocka_unit_test(quotations_need_no_tree),
        cmocka_unit_test(only_some_sentences_are_worth_a_tree),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
