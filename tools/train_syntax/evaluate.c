#include "evaluate.h"

#include <string.h>
#include <time.h>

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

enum cb_code tag_all(const struct cb_syntax_model *model, struct treebank *treebank, struct cb_err *err)
{
    enum cb_code code = CB_OK;
    struct cb_arena scratch;
    cb_arena_init(&scratch, 1 << 24);
    for (size_t i = 0; i < treebank->count && code == CB_OK; i++) {
        struct gold_sentence *s = &treebank->sentences[i];
        cb_arena_reset(&scratch);
        code = cb_tag(model, s->text, s->tokens, s->count, &scratch, s->nodes, err);
    }
    cb_arena_release(&scratch);
    return code;
}

static enum cb_code parse_all(const struct cb_syntax_model *model, struct treebank *treebank,
                              struct cb_err *err)
{
    enum cb_code code = CB_OK;
    struct cb_arena scratch;
    cb_arena_init(&scratch, 1 << 24);
    for (size_t i = 0; i < treebank->count && code == CB_OK; i++) {
        struct gold_sentence *s = &treebank->sentences[i];
        cb_arena_reset(&scratch);
        code = cb_parse(model, s->text, s->tokens, s->count, &scratch, s->nodes, err);
    }
    cb_arena_release(&scratch);
    return code;
}

enum cb_code evaluate(const struct cb_syntax_model *model, struct treebank *treebank, struct figures *out,
                      struct cb_err *err)
{
    *out = (struct figures){0};
    double start = seconds();
    enum cb_code code = tag_all(model, treebank, err);
    out->tag_seconds = seconds() - start;
    if (code == CB_OK)
        code = parse_all(model, treebank, err);
    out->parse_seconds = seconds() - start - out->tag_seconds;
    for (size_t i = 0; i < treebank->count && code == CB_OK; i++) {
        const struct gold_sentence *s = &treebank->sentences[i];
        for (size_t k = 0; k < s->count; k++) {
            bool head = s->nodes[k].head == s->gold[k].head;
            out->words++;
            out->tags += s->nodes[k].tag == s->gold[k].tag;
            out->heads += head;
            out->relations += head && s->nodes[k].relation == s->gold[k].relation;
        }
    }
    return code;
}

/* The number of the token with this span, or -1. */
static int token_at(const struct cb_token *tokens, size_t count, struct cb_span span)
{
    for (size_t i = 0; i < count; i++) {
        if (tokens[i].span.start == span.start && tokens[i].span.end == span.end)
            return (int)i;
    }
    return -1;
}

static void compare_texts(const struct gold_sentence *s, const struct cb_token *tokens,
                          const struct cb_node *nodes, size_t count, struct figures *out)
{
    for (size_t k = 0; k < s->count; k++) {
        const struct cb_node *gold = &s->gold[k];
        int at = token_at(tokens, count, s->tokens[k].span);
        if (at < 0)
            continue;
        int head = gold->head < 0 ? -1 : token_at(tokens, count, s->tokens[gold->head].span);
        bool same = nodes[at].head == head && (gold->head < 0 || head >= 0);
        out->tags += nodes[at].tag == gold->tag;
        out->heads += same;
        out->relations += same && nodes[at].relation == gold->relation;
    }
}

static enum cb_code read_sentence(const struct cb_syntax_model *model, const struct gold_sentence *s,
                                  struct cb_arena *arena, size_t *both, struct figures *out,
                                  struct cb_err *err)
{
    struct cb_token *tokens = NULL;
    struct cb_node *nodes = NULL;
    size_t count = 0;
    struct cb_span all = {0, (uint32_t)strlen(s->text)};
    enum cb_code code = cb_tokenize(s->text, all, arena, &tokens, &count, err);
    if (code == CB_OK)
        nodes = cb_arena_array(arena, count + 1, sizeof *nodes);
    if (code == CB_OK && nodes == NULL)
        code = cb_no_memory(err);
    if (code == CB_OK)
        code = cb_tag(model, s->text, tokens, count, arena, nodes, err);
    if (code == CB_OK)
        code = cb_parse(model, s->text, tokens, count, arena, nodes, err);
    if (code == CB_OK)
        compare_texts(s, tokens, nodes, count, out);
    *both += s->count + count;
    return code;
}

enum cb_code evaluate_text(const struct cb_syntax_model *model, const struct treebank *treebank,
                           struct figures *out, struct cb_err *err)
{
    enum cb_code code = CB_OK;
    struct cb_arena arena;
    size_t both = 0;
    *out = (struct figures){0};
    cb_arena_init(&arena, 1 << 24);
    for (size_t i = 0; i < treebank->count && code == CB_OK; i++) {
        cb_arena_reset(&arena);
        code = read_sentence(model, &treebank->sentences[i], &arena, &both, out, err);
    }
    cb_arena_release(&arena);
    out->words = both / 2;
    return code;
}

void print_details(const struct treebank *treebank)
{
    struct {
        size_t words, heads, relations, guessed;
    } of[CB_REL_COUNT] = {{0}};
    for (size_t i = 0; i < treebank->count; i++) {
        const struct gold_sentence *s = &treebank->sentences[i];
        for (size_t k = 0; k < s->count; k++) {
            bool head = s->nodes[k].head == s->gold[k].head;
            unsigned relation = s->gold[k].relation;
            of[relation].words++;
            of[relation].heads += head;
            of[relation].relations += head && s->nodes[k].relation == relation;
            of[s->nodes[k].relation].guessed++;
        }
    }
    printf("%-14s %6s %6s %6s %6s\n", "relation", "words", "found", "head", "both");
    for (unsigned r = 0; r < CB_REL_COUNT; r++) {
        if (of[r].words == 0)
            continue;
        double n = (double)of[r].words / 100;
        printf("%-14s %6zu %6zu %6.1f %6.1f\n", cb_relation_name((uint8_t)r), of[r].words, of[r].guessed,
               (double)of[r].heads / n, (double)of[r].relations / n);
    }
}

void print_words(const struct treebank *treebank, FILE *out)
{
    for (size_t i = 0; i < treebank->count; i++) {
        const struct gold_sentence *s = &treebank->sentences[i];
        for (size_t k = 0; k < s->count; k++) {
            const struct cb_node *gold = &s->gold[k], *node = &s->nodes[k];
            struct cb_span span = s->tokens[k].span;
            fprintf(out, "%zu\t%.*s\t%s\t%s\t%d\t%d\t%s\t%s\n", k + 1, (int)(span.end - span.start),
                    s->text + span.start, cb_tag_name(gold->tag), cb_tag_name(node->tag), gold->head + 1,
                    node->head + 1, cb_relation_name(gold->relation), cb_relation_name(node->relation));
        }
        fputc('\n', out);
    }
}
