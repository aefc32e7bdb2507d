/* Trains the labellers of text/attribution.h, and measures.
 *
 *     train_attribution --eval FILE.jsonl [--model FILE] [--half 0|1] [--errors]
 *     train_attribution --train FILE.jsonl --out text/model/attribution.model */
#include "base/text_file.h"
#include "tools/train_attribution/corpus.h"
#include "tools/train_attribution/score.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MODEL_MAX = 64 * 1024 * 1024 };

struct options {
    const char *eval, *model, *train, *out;
    int half;
    bool errors;
};

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

int main(int argc, char **argv)
{
    static const struct option table[] = {{"eval", required_argument, NULL, 'e'},
                                          {"model", required_argument, NULL, 'm'},
                                          {"half", required_argument, NULL, 'h'},
                                          {"errors", no_argument, NULL, 'x'},
                                          {"train", required_argument, NULL, 't'},
                                          {"out", required_argument, NULL, 'o'},
                                          {0}};
    struct options options = {.half = -1};
    for (int c; (c = getopt_long(argc, argv, "", table, NULL)) != -1;) {
        switch (c) {
        case 'e':
            options.eval = optarg;
            break;
        case 'm':
            options.model = optarg;
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
    else
        fprintf(stderr, "usage: train_attribution --eval FILE [--model FILE] [--half 0|1] [--errors]\n");
    if (code != CB_OK && err.message[0] != '\0')
        fprintf(stderr, "train_attribution: %s\n", err.message);
    return code == CB_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
