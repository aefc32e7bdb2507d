/* Trains the labellers of text/attribution.h, and measures.
 *
 *     train_attribution --eval FILE.jsonl [--model FILE] [--half 0|1] [--errors]
 *     train_attribution --train FILE.jsonl --out text/model/attribution.model */
#include "base/text_file.h"
#include "text/attribution_model.h"
#include "tools/train_attribution/corpus.h"
#include "tools/train_attribution/score.h"
#include "tools/train_attribution/train.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MODEL_MAX = 64 * 1024 * 1024 };

struct options {
    const char *eval, *model, *train, *out, *rules;
    int half;
    size_t folds, left_out;
    bool errors;
};

/* How often each rule is right, by the strength of its word: what the rules' scores are fitted to. */
static enum cb_code rules_file(const struct options *options, struct cb_err *err)
{
    struct corpus corpus;
    struct cb_attribution_model *model = NULL;
    size_t found[CB_RULE_COUNT][4] = {0}, right[CB_RULE_COUNT][4] = {0};
    enum cb_code code = corpus_read(options->rules, &corpus, err);
    if (code == CB_OK)
        code = cb_attribution_model_new(NULL, 0, &model, err);
    for (size_t i = 0; i < corpus.count && code == CB_OK; i++) {
        const struct article *article = &corpus.articles[i];
        struct cb_page page;
        struct cb_drafts drafts = {.arena = &corpus.arena};
        if (options->half >= 0 && (int)(i % 2) != options->half)
            continue;
        code = cb_page_make(&article->reading, model->lexicon, &corpus.arena, &page, err);
        if (code != CB_OK)
            break;
        cb_rules_find(&page, 0, (uint32_t)article->reading.sentence_count, &drafts);
        for (size_t k = 0; k < drafts.count; k++) {
            const struct cb_draft *draft = &drafts.items[k];
            const struct cb_cue_word *word = page.words[draft->cue_head];
            size_t strength = word != NULL ? word->strength : 0;
            found[draft->rule][strength]++;
            right[draft->rule][strength] += score_is_right_draft(article, draft);
        }
    }
    for (size_t rule = 0; rule < CB_RULE_COUNT; rule++) {
        for (size_t strength = 0; strength < 4; strength++) {
            if (found[rule][strength] > 0)
                printf("rule %2zu strength %zu: %5zu found, %5.1f %% right\n", rule, strength,
                       found[rule][strength],
                       100.0 * (double)right[rule][strength] / (double)found[rule][strength]);
        }
    }
    cb_attribution_model_free(model);
    corpus_release(&corpus);
    return code;
}

static enum cb_code eval_file(const struct options *options, struct cb_err *err)
{
    struct corpus corpus;
    struct cb_buffer bytes;
    struct cb_attribution_model *model = NULL;
    struct score score = {0};
    struct cb_arena arena;
    cb_buffer_init(&bytes, MODEL_MAX);
    cb_arena_init(&arena, MODEL_MAX * (size_t)8);
    enum cb_code code = corpus_read(options->eval, &corpus, err);
    if (code == CB_OK && options->model != NULL)
        code = cb_read_file(options->model, &bytes, err);
    if (code == CB_OK)
        code = cb_attribution_model_new(bytes.data, bytes.len, &model, err);
    for (size_t i = 0; i < corpus.count && code == CB_OK; i++) {
        const struct cb_attribution_found *found;
        size_t count;
        if (options->half >= 0 && (int)(i % 2) != options->half)
            continue;
        code = cb_attributions_find(model, &corpus.articles[i].reading, &arena, &found, &count, err);
        if (code != CB_OK)
            break;
        score_article(&score, &corpus.articles[i], found, count);
        if (options->errors) {
            printf("===== %s\n", corpus.articles[i].id);
            score_errors(stdout, &corpus.articles[i], found, count);
        }
        cb_arena_reset(&arena);
    }
    if (code == CB_OK)
        score_print(stdout, &score);
    cb_attribution_model_free(model);
    cb_arena_release(&arena);
    cb_buffer_release(&bytes);
    corpus_release(&corpus);
    return code;
}

static enum cb_code write_file(const char *path, const struct cb_buffer *bytes, struct cb_err *err)
{
    FILE *file = fopen(path, "wb");
    if (file == NULL)
        return cb_fail(err, CB_INPUT, "can't write '%s'", path);
    bool written = fwrite(bytes->data, 1, bytes->len, file) == bytes->len;
    if (fclose(file) != 0 || !written)
        return cb_fail(err, CB_INPUT, "can't write '%s'", path);
    return CB_OK;
}

static enum cb_code train_file(const struct options *options, struct cb_err *err)
{
    struct corpus corpus;
    struct cb_buffer bytes;
    cb_buffer_init(&bytes, MODEL_MAX);
    enum cb_code code = corpus_read(options->train, &corpus, err);
    if (code == CB_OK)
        code = train(&corpus, options->folds, options->left_out, &bytes, err);
    if (code == CB_OK)
        code = write_file(options->out, &bytes, err);
    if (code == CB_OK)
        printf("%zu bytes\n", bytes.len);
    cb_buffer_release(&bytes);
    corpus_release(&corpus);
    return code;
}

int main(int argc, char **argv)
{
    static const struct option table[] = {
        {"eval", required_argument, NULL, 'e'},  {"model", required_argument, NULL, 'm'},
        {"half", required_argument, NULL, 'h'},  {"errors", no_argument, NULL, 'x'},
        {"folds", required_argument, NULL, 'f'}, {"left-out", required_argument, NULL, 'l'},
        {"rules", required_argument, NULL, 'r'}, {"train", required_argument, NULL, 't'},
        {"out", required_argument, NULL, 'o'},   {0}};
    struct options options = {.half = -1};
    for (int c; (c = getopt_long(argc, argv, "", table, NULL)) != -1;) {
        switch (c) {
        case 'e':
            options.eval = optarg;
            break;
        case 'm':
            options.model = optarg;
            break;
        case 'r':
            options.rules = optarg;
            break;
        case 'f':
            options.folds = (size_t)atoi(optarg);
            break;
        case 'l':
            options.left_out = (size_t)atoi(optarg);
            break;
        case 'h':
            options.half = atoi(optarg);
            break;
        case 'x':
            options.errors = true;
            break;
        case 't':
            options.train = optarg;
            break;
        case 'o':
            options.out = optarg;
            break;
        default:
            return EXIT_FAILURE;
        }
    }
    struct cb_err err = {0};
    enum cb_code code = CB_USAGE;
    if (options.eval != NULL)
        code = eval_file(&options, &err);
    else if (options.train != NULL && options.out != NULL)
        code = train_file(&options, &err);
    else if (options.rules != NULL)
        code = rules_file(&options, &err);
    else
        fprintf(stderr, "usage: train_attribution --eval FILE [--model FILE] [--half 0|1] [--errors]\n");
    if (code != CB_OK && err.message[0] != '\0')
        fprintf(stderr, "train_attribution: %s\n", err.message);
    return code == CB_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
