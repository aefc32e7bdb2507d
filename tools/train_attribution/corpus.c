#include "tools/train_attribution/corpus.h"

#include "base/text_file.h"
#include "text/sentence.h"
#include "text/unicode.h"

#include <jansson.h>
#include <string.h>

enum { FILE_MAX = 64 * 1024 * 1024 };
static const size_t arena_max = (size_t)2 * 1024 * 1024 * 1024;

static void read_role(const json_t *list, const struct cb_code_points *map, struct gold_role *role)
{
    size_t i;
    json_t *pair;
    json_array_foreach(list, i, pair)
    {
        if (role->count == GOLD_SPANS)
            return;
        struct cb_span *span = &role->spans[role->count++];
        span->start =
            (uint32_t)cb_code_points_byte(map, (uint32_t)json_integer_value(json_array_get(pair, 0)));
        span->end = (uint32_t)cb_code_points_byte(map, (uint32_t)json_integer_value(json_array_get(pair, 1)));
    }
}

static enum cb_code read_golds(struct article *article, const json_t *list, struct cb_arena *arena,
                               struct cb_err *err)
{
    struct cb_code_points map;
    enum cb_code code = cb_code_points_make(article->reading.text, article->reading.len, arena, &map, err);
    article->golds = cb_arena_array(arena, json_array_size(list) + 1, sizeof *article->golds);
    if (code != CB_OK)
        return code;
    if (article->golds == NULL)
        return cb_no_memory(err);
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item)
    {
        struct gold *gold = &article->golds[article->gold_count++];
        read_role(json_object_get(item, "source"), &map, &gold->source);
        read_role(json_object_get(item, "cue"), &map, &gold->cue);
        read_role(json_object_get(item, "content"), &map, &gold->content);
    }
    return CB_OK;
}

/* All tokens of the text in one array, and a tree for every sentence that may hold an attribution. */
static enum cb_code read_trees(const struct cb_syntax_model *syntax, const struct cb_attribution_model *rules,
                               struct cb_reading *r, struct cb_arena *arena, struct cb_err *err)
{
    struct cb_token *tokens = cb_arena_array(arena, r->len + 1, sizeof *tokens);
    struct cb_node *nodes = cb_arena_array(arena, r->len + 1, sizeof *nodes);
    uint32_t *first = cb_arena_array(arena, r->sentence_count + 1, sizeof *first);
    bool *parsed = cb_arena_array(arena, r->sentence_count + 1, sizeof *parsed);
    if (tokens == NULL || nodes == NULL || first == NULL || parsed == NULL)
        return cb_no_memory(err);
    enum cb_code code = CB_OK;
    size_t total = 0;
    for (size_t i = 0; i < r->sentence_count && code == CB_OK; i++) {
        struct cb_token *own;
        size_t count;
        code = cb_tokenize(r->text, r->sentences[i].span, arena, &own, &count, err);
        if (code != CB_OK)
            break;
        memcpy(tokens + total, own, count * sizeof *own);
        first[i] = (uint32_t)total;
        code = cb_tag(syntax, r->text, tokens + total, count, arena, nodes + total, err);
        bool may =
            code == CB_OK && cb_attribution_may_hold(rules, r->text, tokens + total, nodes + total, count);
        if (may)
            code = cb_parse(syntax, r->text, tokens + total, count, arena, nodes + total, err);
        parsed[i] = may && count <= CB_PARSE_MAX;
        total += count;
    }
    first[r->sentence_count] = (uint32_t)total;
    r->tokens = tokens;
    r->token_count = total;
    r->nodes = nodes;
    r->first_token = first;
    r->parsed = parsed;
    return code;
}

static enum cb_code read_article(const struct cb_syntax_model *syntax,
                                 const struct cb_attribution_model *rules, const json_t *object,
                                 struct article *article, struct cb_arena *arena, struct cb_err *err)
{
    const char *text = json_string_value(json_object_get(object, "text"));
    const char *id = json_string_value(json_object_get(object, "id"));
    if (text == NULL || id == NULL)
        return cb_fail(err, CB_INPUT, "an article without text or id");
    *article =
        (struct article){.id = cb_arena_copy(arena, id, strlen(id)),
                         .reading = {.text = cb_arena_copy(arena, text, strlen(text)), .len = strlen(text)}};
    if (article->id == NULL || article->reading.text == NULL)
        return cb_no_memory(err);
    struct cb_sentence *sentences;
    enum cb_code code = cb_sentences_find(article->reading.text, article->reading.len, "en", arena,
                                          &sentences, &article->reading.sentence_count, err);
    if (code != CB_OK)
        return code;
    article->reading.sentences = sentences;
    code = read_trees(syntax, rules, &article->reading, arena, err);
    if (code == CB_OK)
        code = read_golds(article, json_object_get(object, "attributions"), arena, err);
    return code;
}

static enum cb_code read_lines(const struct cb_syntax_model *syntax, const struct cb_attribution_model *rules,
                               const char *text, struct corpus *corpus, struct cb_err *err)
{
    size_t lines = 1;
    for (const char *c = text; *c != '\0'; c++)
        lines += *c == '\n';
    corpus->articles = cb_arena_array(&corpus->arena, lines, sizeof *corpus->articles);
    if (corpus->articles == NULL)
        return cb_no_memory(err);
    enum cb_code code = CB_OK;
    for (const char *at = text; *at != '\0' && code == CB_OK;) {
        size_t len = strcspn(at, "\n");
        json_error_t error;
        json_t *object = len > 0 ? json_loadb(at, len, 0, &error) : NULL;
        if (len > 0 && object == NULL)
            code = cb_fail(err, CB_INPUT, "line %zu: %s", corpus->count + 1, error.text);
        else if (object != NULL)
            code =
                read_article(syntax, rules, object, &corpus->articles[corpus->count++], &corpus->arena, err);
        json_decref(object);
        at += len;
        at += *at == '\n';
    }
    return code;
}

enum cb_code corpus_read(const char *path, struct corpus *corpus, struct cb_err *err)
{
    struct cb_buffer file;
    struct cb_syntax_model *syntax = NULL;
    struct cb_attribution_model *rules = NULL;
    size_t len;
    *corpus = (struct corpus){0};
    cb_arena_init(&corpus->arena, arena_max);
    cb_buffer_init(&file, FILE_MAX);
    const void *bytes = cb_syntax_model_bytes(&len);
    enum cb_code code = cb_syntax_model_new(bytes, len, &syntax, err);
    if (code == CB_OK)
        code = cb_attribution_model_new(NULL, 0, &rules, err);
    if (code == CB_OK)
        code = cb_read_file(path, &file, err);
    if (code == CB_OK)
        code = read_lines(syntax, rules, cb_buffer_text(&file), corpus, err);
    if (code != CB_OK)
        cb_prefix(err, "%s", path);
    cb_buffer_release(&file);
    cb_syntax_model_free(syntax);
    cb_attribution_model_free(rules);
    return code;
}

void corpus_release(struct corpus *corpus)
{
    cb_arena_release(&corpus->arena);
}
