#include "text/syntax.h"
#include "text/syntax_model.h"
#include "text/tags.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Everything that is known of one sentence. */
struct read {
    struct cb_syntax_model *model;
    struct cb_arena arena;
    const char *text;
    struct cb_token *tokens;
    struct cb_node *nodes;
    size_t count;
};

static void read_text(struct read *r, const char *text)
{
    struct cb_err err = {0};
    size_t len;
    const void *bytes = cb_syntax_model_bytes(&len);
    memset(r, 0, sizeof *r);
    r->text = text;
    cb_arena_init(&r->arena, (size_t)256 << 20);
    assert_int_equal(cb_syntax_model_new(bytes, len, &r->model, &err), CB_OK);
    struct cb_span span = {0, (uint32_t)strlen(text)};
    assert_int_equal(cb_tokenize(text, span, &r->arena, &r->tokens, &r->count, &err), CB_OK);
    r->nodes = cb_arena_array(&r->arena, r->count + 1, sizeof *r->nodes);
    assert_non_null(r->nodes);
    assert_int_equal(cb_tag(r->model, text, r->tokens, r->count, &r->arena, r->nodes, &err), CB_OK);
    assert_int_equal(cb_parse(r->model, text, r->tokens, r->count, &r->arena, r->nodes, &err), CB_OK);
}

static void release(struct read *r)
{
    cb_syntax_model_free(r->model);
    cb_arena_release(&r->arena);
}

static size_t find(const struct read *r, const char *word)
{
    for (size_t i = 0; i < r->count; i++) {
        size_t len = r->tokens[i].span.end - r->tokens[i].span.start;
        if (len == strlen(word) && memcmp(r->text + r->tokens[i].span.start, word, len) == 0)
            return i;
    }
    fail_msg("no token '%s'", word);
    return 0;
}

static void expect_tag(const struct read *r, const char *word, const char *tag)
{
    assert_string_equal(cb_tag_name(r->nodes[find(r, word)].tag), tag);
}

static void expect_arc(const struct read *r, const char *word, const char *relation, const char *head)
{
    const struct cb_node *node = &r->nodes[find(r, word)];
    assert_string_equal(cb_relation_name(node->relation), relation);
    if (head == NULL)
        assert_int_equal(node->head, -1);
    else
        assert_int_equal(node->head, (int)find(r, head));
}

/* One root, heads inside the sentence, no cycle. */
static void expect_tree(const struct cb_node *nodes, size_t count)
{
    size_t roots = 0;
    for (size_t i = 0; i < count; i++) {
        size_t at = i, steps = 0;
        assert_true(nodes[i].tag < CB_TAG_COUNT);
        assert_true(nodes[i].relation < CB_REL_COUNT);
        assert_true((nodes[i].head == -1) == (nodes[i].relation == CB_REL_ROOT));
        roots += nodes[i].head == -1;
        while (nodes[at].head >= 0) {
            at = (size_t)nodes[at].head;
            assert_true(at < count);
            assert_true(steps++ <= count);
        }
    }
    assert_int_equal(roots, count > 0);
}

static void names_and_numbers(void **state)
{
    (void)state;
    for (uint8_t t = 0; t < CB_TAG_COUNT; t++)
        assert_int_equal(cb_tag_number(cb_tag_name(t)), t);
    for (uint8_t r = 0; r < CB_REL_COUNT; r++)
        assert_int_equal(cb_relation_number(cb_relation_name(r)), r);
    assert_int_equal(cb_tag_number("NONE"), -1);
    assert_int_equal(cb_relation_number(""), -1);
    assert_string_equal(cb_tag_name(CB_TAG_COUNT), "?");
    assert_string_equal(cb_relation_name(255), "?");
    assert_string_equal(cb_tag_name(CB_TAG_PRP_POSS), "PRP$");
    assert_string_equal(cb_relation_name(CB_REL_NSUBJ_PASS), "nsubj:pass");
    assert_true(cb_tag_is_verb(CB_TAG_VBD) && cb_tag_is_verb(CB_TAG_MD) && !cb_tag_is_verb(CB_TAG_WDT));
    assert_true(cb_tag_is_noun(CB_TAG_NN) && cb_tag_is_noun(CB_TAG_NNPS) && !cb_tag_is_noun(CB_TAG_PDT));
    assert_true(cb_tag_is_punct(CB_TAG_COMMA) && cb_tag_is_punct(CB_TAG_RRB) && !cb_tag_is_punct(CB_TAG_ADD));
}

static void tags_of_a_sentence(void **state)
{
    struct read r;
    (void)state;
    read_text(&r, "The minister said on Friday that three of her officials had not seen the old report.");
    expect_tag(&r, "The", "DT");
    expect_tag(&r, "minister", "NN");
    expect_tag(&r, "said", "VBD");
    expect_tag(&r, "Friday", "NNP");
    expect_tag(&r, "three", "CD");
    expect_tag(&r, "her", "PRP$");
    expect_tag(&r, "officials", "NNS");
    expect_tag(&r, "seen", "VBN");
    expect_tag(&r, "old", "JJ");
    expect_tag(&r, ".", ".");
    release(&r);
}

static void tree_of_a_sentence(void **state)
{
    struct read r;
    (void)state;
    read_text(&r, "The minister said that her officials had read the old report.");
    expect_arc(&r, "minister", "nsubj", "said");
    expect_arc(&r, "said", "root", NULL);
    expect_arc(&r, "that", "mark", "read");
    expect_arc(&r, "officials", "nsubj", "read");
    expect_arc(&r, "her", "nmod:poss", "officials");
    expect_arc(&r, "had", "aux", "read");
    expect_arc(&r, "read", "ccomp", "said");
    expect_arc(&r, "report", "obj", "read");
    expect_arc(&r, "old", "amod", "report");
    expect_tree(r.nodes, r.count);
    release(&r);
}

static void quotes_of_any_kind_are_equal(void **state)
{
    static const char *const texts[] = {
        "\"We will leave tomorrow,\" the captain said.",
        "\xE2\x80\x9CWe will leave tomorrow,\xE2\x80\x9D the captain said.",
        "\xC2\xABWe will leave tomorrow,\xC2\xBB the captain said.",
        "''We will leave tomorrow,'' the captain said.",
    };
    struct read first, other;
    (void)state;
    read_text(&first, texts[0]);
    expect_arc(&first, "captain", "nsubj", "said");
    assert_int_equal(first.nodes[0].tag, CB_TAG_QUOTE_OPEN);
    for (size_t i = 1; i < sizeof texts / sizeof *texts; i++) {
        read_text(&other, texts[i]);
        assert_int_equal(first.count, other.count);
        assert_memory_equal(first.nodes, other.nodes, first.count * sizeof *first.nodes);
        release(&other);
    }
    release(&first);
}

static void capitals_of_headlines(void **state)
{
    struct read r;
    (void)state;
    read_text(&r, "Minister Says Officials Have Read the Old Report");
    expect_tag(&r, "Says", "VBZ");
    expect_tag(&r, "Officials", "NNS");
    expect_tag(&r, "Old", "JJ");
    release(&r);
    read_text(&r, "THE MINISTER SAID THAT THREE OFFICIALS HAD READ THE OLD REPORT.");
    expect_tag(&r, "SAID", "VBD");
    expect_tag(&r, "OFFICIALS", "NNS");
    expect_tag(&r, "OLD", "JJ");
    release(&r);
}

static void no_words(void **state)
{
    struct read r;
    (void)state;
    read_text(&r, "");
    assert_int_equal(r.count, 0);
    release(&r);
    read_text(&r, "!");
    expect_arc(&r, "!", "root", NULL);
    release(&r);
}

static char *repeated(const char *piece, size_t times)
{
    size_t len = strlen(piece);
    char *text = calloc(times * len + 1, 1);
    assert_non_null(text);
    for (size_t i = 0; i < times; i++)
        memcpy(text + i * len, piece, len);
    return text;
}

static void long_sentences(void **state)
{
    static const size_t words[] = {CB_PARSE_MAX - 1, CB_PARSE_MAX, CB_PARSE_MAX + 1, 100000};
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char *text = repeated("report ", words[i]);
        struct read r;
        read_text(&r, text);
        assert_int_equal(r.count, words[i]);
        if (words[i] > CB_PARSE_MAX) {
            for (size_t k = 1; k < r.count; k++)
                assert_int_equal(r.nodes[k].head, 0);
            assert_int_equal(r.nodes[1].relation, CB_REL_DEP);
        }
        if (words[i] <= CB_PARSE_MAX + 1)
            expect_tree(r.nodes, r.count);
        release(&r);
        free(text);
    }
}

/* Whatever the words are, the heads are a tree. */
static void any_words_make_a_tree(void **state)
{
    static const char *const words[] = {"the",
                                        "said",
                                        "that",
                                        "\"",
                                        "'",
                                        "of",
                                        "who",
                                        "Mr.",
                                        "42",
                                        "runs",
                                        ",",
                                        "(",
                                        ")",
                                        "-",
                                        "was",
                                        "to",
                                        "http://example.org",
                                        "and",
                                        "report",
                                        "\xC3\x9C",
                                        "\xD0\x9C\xD0\xB8\xD1\x80",
                                        ".",
                                        "!",
                                        "not",
                                        "'s",
                                        "green",
                                        ":",
                                        "why"};
    uint64_t seed = 88172645463325252u;
    (void)state;
    for (int round = 0; round < 400; round++) {
        char text[2048];
        size_t at = 0;
        for (int i = 0; i < 1 + round % 90; i++) {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            at += (size_t)snprintf(text + at, sizeof text - at, "%s ",
                                   words[seed % (sizeof words / sizeof *words)]);
        }
        struct read r;
        read_text(&r, text);
        expect_tree(r.nodes, r.count);
        release(&r);
    }
}

static unsigned char *model_copy(size_t *len)
{
    const void *bytes = cb_syntax_model_bytes(len);
    unsigned char *copy = aligned_alloc(64, (*len + 63) / 64 * 64);
    assert_non_null(copy);
    memcpy(copy, bytes, *len);
    return copy;
}

static void expect_refused(const unsigned char *bytes, size_t len)
{
    struct cb_syntax_model *model = NULL;
    struct cb_err err = {0};
    assert_int_equal(cb_syntax_model_new(bytes, len, &model, &err), CB_INPUT);
    assert_null(model);
    assert_true(strncmp(err.message, "syntax model: ", 14) == 0);
}

static void truncated_models(void **state)
{
    size_t len;
    unsigned char *copy = model_copy(&len);
    (void)state;
    for (size_t cut = 0; cut < 512; cut++)
        expect_refused(copy, cut);
    for (size_t cut = 1; cut < len; cut = cut * 3 + 1)
        expect_refused(copy, len - cut);
    expect_refused(copy + 1, len - 1);
    free(copy);
}

static void damaged_models(void **state)
{
    size_t len;
    unsigned char *copy = model_copy(&len);
    (void)state;
    for (size_t at = 0; at < sizeof(struct cb_syntax_header); at++) {
        copy[at] ^= 0x41;
        expect_refused(copy, len);
        copy[at] ^= 0x41;
    }
    for (size_t at = sizeof(struct cb_syntax_header) + 64; at < len; at = at * 2 + 1) {
        copy[at] ^= 1;
        expect_refused(copy, len);
        copy[at] ^= 1;
    }
    free(copy);
}

/* Damage that the checksum does not see, because it was made anew. */
static void lying_models(void **state)
{
    size_t len;
    unsigned char *copy = model_copy(&len);
    struct cb_syntax_header *header = (struct cb_syntax_header *)(void *)copy, good = *header;
    (void)state;
    for (size_t i = 0; i < CB_SECTION_COUNT; i++) {
        static const uint32_t sizes[] = {0, 1, 7, 48, 4096, UINT32_MAX};
        for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
            if (i <= CB_SECTION_LEXICON && sizes[k] == 4096)
                continue; /* a smaller table is a valid one */
            header->sections[i].bytes = sizes[k];
            header->checksum = cb_syntax_checksum(copy, len);
            expect_refused(copy, len);
            *header = good;
        }
        header->sections[i].offset = UINT32_MAX - 63;
        header->checksum = cb_syntax_checksum(copy, len);
        expect_refused(copy, len);
        *header = good;
    }
    header->beam_width = CB_BEAM_MAX + 1;
    header->checksum = cb_syntax_checksum(copy, len);
    expect_refused(copy, len);
    *header = good;
    static const enum cb_syntax_section checked[] = {CB_SECTION_DICTIONARY, CB_SECTION_LEXICON,
                                                     CB_SECTION_TAG_SETS, CB_SECTION_RELATION_SETS};
    for (size_t i = 0; i < sizeof checked / sizeof *checked; i++) {
        unsigned char *table = copy + good.sections[checked[i]].offset;
        size_t bytes = good.sections[checked[i]].bytes;
        memset(table, 0xFF, bytes);
        header->checksum = cb_syntax_checksum(copy, len);
        expect_refused(copy, len);
        memset(table, 0, bytes);
        header->checksum = cb_syntax_checksum(copy, len);
        /* an empty dictionary or lexicon knows no word, and that is all */
        if (checked[i] != CB_SECTION_DICTIONARY && checked[i] != CB_SECTION_LEXICON)
            expect_refused(copy, len);
        *header = good;
        memcpy(table, (const unsigned char *)cb_syntax_model_bytes(&len) + good.sections[checked[i]].offset,
               bytes);
    }
    free(copy);
}

static uint32_t next(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return cb_mix(*state);
}

/* Labels scored sixteen at a time, or one by one, are scored as the format says: for all byte values, any
 * number of features, sets of few and of many labels. */
static void labels_are_scored_as_the_format_says(void **state)
{
    (void)state;
    enum { BITS = 6, SHIFT = 32 - BITS };
    int8_t *cells = malloc((size_t)CB_LINE << BITS);
    uint32_t random = 7;
    assert_non_null(cells);
    for (unsigned round = 0; round < 2000; round++) {
        uint32_t features[CB_LABEL_FEATURES_MAX];
        size_t count = next(&random) % CB_LABEL_FEATURES_MAX + 1;
        uint64_t set = (uint64_t)next(&random) << 32 | next(&random);
        for (unsigned few = round % 4; few > 0; few--)
            set &= (uint64_t)next(&random) << 32 | next(&random);
        set |= UINT64_C(1) << next(&random) % CB_LINE;
        for (size_t i = 0; i < (size_t)CB_LINE << BITS; i++)
            cells[i] = round % 3 == 0 ? -128 : (int8_t)(next(&random) & 0xFF);
        for (size_t i = 0; i < count; i++)
            features[i] = next(&random);
        int best = -1;
        int32_t best_score = 0;
        for (unsigned label = 0; label < CB_LINE; label++) {
            int32_t score = 0;
            for (size_t i = 0; i < count; i++)
                score += cb_weight(cells[cb_cell(features[i], SHIFT, label)]);
            if ((set >> label & 1) != 0 && (best < 0 || score > best_score)) {
                best = (int)label;
                best_score = score;
            }
        }
        assert_int_equal(cb_best_label(cells, SHIFT, features, count, set), best);
    }
    free(cells);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_and_numbers),     cmocka_unit_test(tags_of_a_sentence),
        cmocka_unit_test(tree_of_a_sentence),    cmocka_unit_test(quotes_of_any_kind_are_equal),
        cmocka_unit_test(capitals_of_headlines), cmocka_unit_test(no_words),
        cmocka_unit_test(long_sentences),        cmocka_unit_test(any_words_make_a_tree),
        cmocka_unit_test(truncated_models),      cmocka_unit_test(damaged_models),
        cmocka_unit_test(lying_models),          cmocka_unit_test(labels_are_scored_as_the_format_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
