#include "evaluate.h"

#include <time.h>

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
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
