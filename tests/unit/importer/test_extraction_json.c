#include "importer/extraction_json.h"
#include "text/unicode.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

struct fixture {
    struct cb_extractor *extractor;
    struct cb_arena arena;
    struct cb_buffer out;
    struct cb_err err;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    cb_arena_init(&f->arena, (size_t)64 << 20);
    cb_buffer_init(&f->out, (size_t)64 << 20);
    assert_int_equal(cb_extractor_new(&f->extractor, &f->err), CB_OK);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    cb_extractor_free(f->extractor);
    cb_buffer_release(&f->out);
    cb_arena_release(&f->arena);
    free(f);
    return 0;
}

static const char article[] = "Löschzug zu spät – chief\n\n"
                              "The fire chief, Zoë Müller, told Reuters that 30–40 cars had burned. “Nobody "
                              "was hurt, and the street is "
                              "closed,” she said.\n";

/* The article's line, parsed by a JSON library that is not ours. */
static json_t *written(struct fixture *f, const char *text, const struct cb_extraction **x)
{
    struct cb_input_document document = {.path = "a \"b\".txt", .text = text, .text_len = strlen(text)};
    assert_int_equal(cb_extract(f->extractor, text, strlen(text), NULL, &f->arena, x, &f->err), CB_OK);
    assert_int_equal(cb_extraction_json_write(&document, *x, &f->out, NULL, &f->err), CB_OK);
    assert_int_equal(f->out.data[f->out.len - 1], '\n');
    assert_null(memchr(f->out.data, '\n', f->out.len - 1));
    json_error_t error;
    json_t *root = json_loadb(f->out.data, f->out.len, 0, &error);
    if (root == NULL)
        fail_msg("%s", error.text);
    return root;
}

static void offsets_are_code_points(void **state)
{
    struct fixture *f = *state;
    const struct cb_extraction *x;
    json_t *root = written(f, article, &x), *claim;
    size_t i;
    assert_string_equal(json_string_value(json_object_get(root, "text")), article);
    assert_string_equal(json_string_value(json_object_get(root, "path")), "a \"b\".txt");
    assert_int_equal(json_string_length(json_object_get(root, "sha256")), 64);
    assert_true(json_is_null(json_object_get(root, "published")));
    const json_t *claims = json_object_get(root, "claims");
    assert_int_equal(json_array_size(claims), x->claim_count);
    assert_true(x->claim_count >= 3);
    struct cb_code_points map;
    assert_int_equal(cb_code_points_make(article, strlen(article), &f->arena, &map, &f->err), CB_OK);
    json_array_foreach(claims, i, claim)
    {
        json_int_t start = json_integer_value(json_object_get(claim, "start"));
        assert_int_equal(cb_code_points_byte(&map, (uint32_t)start), x->claims[i].span.start);
    }
    json_decref(root);
}

static void what_is_written_reads_back(void **state)
{
    struct fixture *f = *state;
    const struct cb_extraction *x, *y;
    json_decref(written(f, article, &x));
    assert_int_equal(cb_extraction_json_read(f->out.data, f->out.len - 1, article, strlen(article), &f->arena,
                                             &y, &f->err),
                     CB_OK);
    assert_int_equal(y->sentence_count, x->sentence_count);
    assert_int_equal(y->claim_count, x->claim_count);
    assert_int_equal(y->speaker_count, x->speaker_count);
    assert_int_equal(y->link_count, x->link_count);
    for (size_t i = 0; i < x->claim_count; i++) {
        const struct cb_claim *a = &x->claims[i], *b = &y->claims[i];
        assert_memory_equal(&a->span, &b->span, sizeof a->span);
        assert_string_equal(a->text, b->text);
        assert_int_equal(a->kind, b->kind);
        assert_int_equal(a->modality, b->modality);
        assert_int_equal(a->sentence, b->sentence);
        assert_int_equal(a->speaker, b->speaker);
        assert_int_equal(a->has_attribution, b->has_attribution);
        if (a->has_attribution) {
            assert_memory_equal(&a->attribution.source, &b->attribution.source, sizeof a->attribution.source);
            assert_int_equal(a->attribution.content_count, b->attribution.content_count);
        }
        assert_int_equal(a->quantity_count, b->quantity_count);
        for (size_t q = 0; q < a->quantity_count; q++)
            assert_true(a->quantities[q].low == b->quantities[q].low);
    }
    for (size_t i = 0; i < x->speaker_count; i++) {
        assert_string_equal(x->speakers[i].name, y->speakers[i].name);
        assert_int_equal(x->speakers[i].kind, y->speakers[i].kind);
    }
}

/* Two claims of one quotation share an attribution, which stands in the file once. */
static void an_attribution_is_written_once(void **state)
{
    struct fixture *f = *state;
    const struct cb_extraction *x;
    json_t *root = written(f, "“The mill burned. The mine was flooded,” Ann Lee said.\n", &x), *claim;
    size_t i, own = 0, shared = 0;
    json_array_foreach(json_object_get(root, "claims"), i, claim)
    {
        own += json_is_object(json_object_get(claim, "attribution"));
        shared += json_is_integer(json_object_get(claim, "attribution_of"));
    }
    assert_int_equal(own, 1);
    assert_int_equal(shared, 1);
    json_decref(root);
}

static void odd_bytes_are_escaped(void **state)
{
    struct fixture *f = *state;
    static const char odd[] = "a\"b\\c\n\t\x01\x7F\xC2\x80é";
    cb_json_add_string(&f->out, odd, sizeof odd - 1);
    json_t *back = json_loadb(f->out.data, f->out.len, JSON_DECODE_ANY, NULL);
    assert_non_null(back);
    assert_string_equal(json_string_value(back), odd);
    json_decref(back);
    cb_buffer_clear(&f->out);
    cb_json_add_string(&f->out, NULL, 0);
    assert_string_equal(cb_buffer_text(&f->out), "null");
}

static void check_refused(struct fixture *f, const char *line, const char *reason)
{
    static const char text[] = "Ann Lee said it rained.";
    const struct cb_extraction *x;
    struct cb_err err = {0};
    assert_int_equal(cb_extraction_json_read(line, strlen(line), text, strlen(text), &f->arena, &x, &err),
                     CB_INPUT);
    if (strstr(err.message, reason) == NULL)
        fail_msg("'%s' does not say '%s'", err.message, reason);
}

static void what_is_wrong_is_named(void **state)
{
    struct fixture *f = *state;
    check_refused(f, "", "not JSON");
    check_refused(f, "{", "not JSON");
    check_refused(f, "[]", "not a JSON object");
    check_refused(f, "{}", "'claims' is not an array");
    check_refused(f, "{\"claims\":[3]}", "claims[0]: it is not an object");
    check_refused(f, "{\"claims\":[{}]}", "'start' and 'end'");
    check_refused(f, "{\"claims\":[{\"start\":0,\"end\":24}]}", "not in the text");
    check_refused(f, "{\"claims\":[{\"start\":5,\"end\":4}]}", "not in the text");
    check_refused(f, "{\"claims\":[{\"start\":-1,\"end\":4}]}", "not in the text");
    check_refused(f, "{\"claims\":[{\"start\":4,\"end\":4}]}", "empty");
    check_refused(f, "{\"claims\":[{\"start\":0.5,\"end\":4}]}", "whole numbers");
    check_refused(f, "{\"claims\":[{\"start\":0,\"end\":4,\"kind\":\"poem\"}]}", "'kind'");
    check_refused(f, "{\"claims\":[{\"start\":0,\"end\":4,\"checkworthy\":2}]}", "between 0 and 1");
    check_refused(f, "{\"claims\":[{\"start\":0,\"end\":4,\"speaker\":7}]}", "'speaker' is not a string");
    check_refused(f, "{\"claims\":[{\"start\":0,\"end\":4,\"attribution\":{}}]}",
                  "claims[0].attribution: 'content'");
    check_refused(f, "{\"claims\":[{\"start\":0,\"end\":4,\"attribution_of\":0}]}", "attribution_of");
    check_refused(f,
                  "{\"claims\":[{\"start\":0,\"end\":4,\"attribution\":{\"content\":[{\"start\":5,\"end\":9},"
                  "{\"start\":8,\"end\":12}]}}]}",
                  "in order");
    check_refused(f,
                  "{\"claims\":[{\"start\":0,\"end\":4,\"quantities\":[{\"start\":0,\"end\":1,\"low\":2,"
                  "\"high\":1}]}]}",
                  "'low' is greater");
    check_refused(f, "{\"text\":\"other\",\"claims\":[]}", "'text' is not the document's");
    check_refused(f, "{\"sentences\":[{\"start\":0,\"end\":9},{\"start\":4,\"end\":12}],\"claims\":[]}",
                  "sentences[1]");
    check_refused(f, "{\"speakers\":[{}],\"claims\":[]}", "speakers[0]: it has no name");
    check_refused(f, "{\"links\":[{\"start\":0,\"end\":3}],\"claims\":[]}", "links[0]: it has no target");
}

static void little_is_enough(void **state)
{
    struct fixture *f = *state;
    static const char text[] = " Ann Lee said it rained.\n";
    static const char line[] =
        "{\"claims\":[{\"start\":14,\"end\":23,\"speaker\":\"Ann Lee\",\"unknown\":[1,2]},"
        "{\"start\":1,\"end\":8,\"speaker\":\"Ann Lee\"}]}";
    const struct cb_extraction *x;
    assert_int_equal(cb_extraction_json_read(line, strlen(line), text, strlen(text), &f->arena, &x, &f->err),
                     CB_OK);
    assert_int_equal(x->sentence_count, 1);
    assert_int_equal(x->sentences[0].span.start, 1);
    assert_int_equal(x->claim_count, 2);
    assert_string_equal(x->claims[0].text, "it rained");
    assert_int_equal(x->speaker_count, 1);
    assert_int_equal(x->claims[1].speaker, 0);
    assert_string_equal(x->speakers[0].key, "ann lee");
    assert_string_equal(x->language, "en");
}

static void a_full_buffer_is_an_error(void **state)
{
    struct fixture *f = *state;
    const struct cb_extraction *x;
    struct cb_buffer small;
    struct cb_input_document document = {.path = "p", .text = article, .text_len = strlen(article)};
    cb_buffer_init(&small, 100);
    assert_int_equal(cb_extract(f->extractor, article, strlen(article), NULL, &f->arena, &x, &f->err), CB_OK);
    assert_int_equal(cb_extraction_json_write(&document, x, &small, NULL, &f->err), CB_LIMIT);
    cb_buffer_release(&small);
}

struct pieces {
    struct cb_buffer all;
    size_t count, largest, refused_from;
};

static enum cb_code take_piece(void *context, const char *bytes, size_t len, struct cb_err *err)
{
    struct pieces *p = context;
    if (p->count == p->refused_from)
        return cb_fail(err, CB_FAILED, "the disk is full");
    cb_buffer_add(&p->all, bytes, len);
    p->count++;
    p->largest = len > p->largest ? len : p->largest;
    return CB_OK;
}

/* A long document is handed on in pieces that together are the line that is made without them. */
static void pieces_make_up_the_line(void **state)
{
    struct fixture *f = *state;
    const struct cb_extraction *x;
    struct cb_buffer text, whole, small;
    struct pieces pieces = {.refused_from = SIZE_MAX};
    struct cb_json_sink sink = {take_piece, &pieces};
    cb_buffer_init(&text, 1 << 24);
    cb_buffer_init(&whole, 1 << 24);
    cb_buffer_init(&small, 1 << 18);
    cb_buffer_init(&pieces.all, 1 << 24);
    while (text.len < 300000)
        cb_buffer_add_text(&text, article);
    struct cb_input_document document = {.path = "p", .text = text.data, .text_len = text.len};
    assert_int_equal(cb_extract(f->extractor, text.data, text.len, NULL, &f->arena, &x, &f->err), CB_OK);
    assert_int_equal(cb_extraction_json_write(&document, x, &whole, NULL, &f->err), CB_OK);
    assert_int_equal(cb_extraction_json_write(&document, x, &small, &sink, &f->err), CB_OK);
    assert_true(pieces.count > 10 && pieces.largest < 1 << 18);
    assert_int_equal(small.len, 0);
    assert_int_equal(pieces.all.len, whole.len);
    assert_memory_equal(pieces.all.data, whole.data, whole.len);
    pieces.refused_from = pieces.count + 2;
    assert_int_equal(cb_extraction_json_write(&document, x, &small, &sink, &f->err), CB_FAILED);
    cb_buffer_release(&text);
    cb_buffer_release(&whole);
    cb_buffer_release(&small);
    cb_buffer_release(&pieces.all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(pieces_make_up_the_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(offsets_are_code_points, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_written_reads_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_attribution_is_written_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(odd_bytes_are_escaped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_wrong_is_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(little_is_enough, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_full_buffer_is_an_error, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
