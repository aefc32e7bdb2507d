/* Any bytes through sentences, tokens, tags, trees and attributions: every span stays inside the text,
 * content is in order and apart, the outer attribution is another one. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "text/attribution.h"
#include "text/sentence.h"
#include "text/unicode.h"

enum { ARENA_MAX = 512 * 1024 * 1024 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

struct models {
    struct cb_syntax_model *syntax;
    struct cb_attribution_model *attribution;
};

/* Loaded once; the fuzzer never ends in any other way than by a signal. */
static const struct models *load(void)
{
    static struct models models;
    if (models.syntax == NULL) {
        size_t len;
        const void *bytes = cb_syntax_model_bytes(&len);
        require(cb_syntax_model_new(bytes, len, &models.syntax, NULL) == CB_OK);
        bytes = cb_attribution_model_bytes(&len);
        require(cb_attribution_model_new(bytes, len, &models.attribution, NULL) == CB_OK);
    }
    return &models;
}

static void read_sentence(const struct models *models, struct cb_reading *r, size_t sentence,
                          struct cb_token *tokens, struct cb_node *nodes, uint32_t *first, bool *parsed,
                          struct cb_arena *arena)
{
    struct cb_token *own;
    size_t count;
    require(cb_tokenize(r->text, r->sentences[sentence].span, arena, &own, &count, NULL) == CB_OK);
    memcpy(tokens + r->token_count, own, count * sizeof *own);
    first[sentence] = (uint32_t)r->token_count;
    struct cb_node *at = nodes + r->token_count;
    require(cb_tag(models->syntax, r->text, own, count, arena, at, NULL) == CB_OK);
    parsed[sentence] =
        count <= CB_PARSE_MAX && cb_attribution_may_hold(models->attribution, r->text, own, at, count);
    if (parsed[sentence])
        require(cb_parse(models->syntax, r->text, own, count, arena, at, NULL) == CB_OK);
    r->token_count += count;
}

static void check(const struct cb_attribution_found *found, size_t count, size_t len)
{
    for (size_t i = 0; i < count; i++) {
        const struct cb_attribution_found *f = &found[i];
        uint32_t at = 0;
        require(f->content_count > 0 && f->confidence >= 0 && f->confidence <= 1);
        require(f->outer >= -1 && f->outer < (int32_t)count && f->outer != (int32_t)i);
        require(!f->has_source || (f->source.start < f->source.end && f->source.end <= len));
        require(!f->has_cue || (f->cue.start < f->cue.end && f->cue.end <= len));
        for (size_t p = 0; p < f->content_count; p++) {
            require(f->content[p].start >= at && f->content[p].start < f->content[p].end);
            at = f->content[p].end;
            require(at <= len);
        }
    }
}

static void read_text(const char *text, size_t len, struct cb_arena *arena)
{
    struct cb_reading r = {.text = text, .len = len};
    struct cb_sentence *sentences;
    const struct cb_attribution_found *found;
    size_t count;
    require(cb_sentences_find(text, len, "en", arena, &sentences, &r.sentence_count, NULL) == CB_OK);
    r.sentences = sentences;
    struct cb_token *tokens = cb_arena_array(arena, len + 1, sizeof *tokens);
    struct cb_node *nodes = cb_arena_array(arena, len + 1, sizeof *nodes);
    uint32_t *first = cb_arena_array(arena, r.sentence_count + 1, sizeof *first);
    bool *parsed = cb_arena_array(arena, r.sentence_count + 1, sizeof *parsed);
    require(tokens != NULL && nodes != NULL && first != NULL && parsed != NULL);
    for (size_t i = 0; i < r.sentence_count; i++)
        read_sentence(load(), &r, i, tokens, nodes, first, parsed, arena);
    first[r.sentence_count] = (uint32_t)r.token_count;
    r.tokens = tokens;
    r.nodes = nodes;
    r.first_token = first;
    r.parsed = parsed;
    require(cb_attributions_find(load()->attribution, &r, arena, &found, &count, NULL) == CB_OK);
    check(found, count, len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cb_buffer text;
    struct cb_arena arena;
    if (size == 0)
        return 0;
    cb_buffer_init(&text, 1 << 20);
    cb_arena_init(&arena, ARENA_MAX);
    if (cb_utf8_clean((const char *)data, size, &text, NULL) == CB_OK)
        read_text(cb_buffer_text(&text), text.len, &arena);
    cb_arena_release(&arena);
    cb_buffer_release(&text);
    return 0;
}
