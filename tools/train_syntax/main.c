/* Trains text/model/syntax.model from a treebank: docs/models.md. */
#include "evaluate.h"
#include "train.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: train_syntax [options] FOLDER MODEL\n"
    "Trains on FOLDER/*train.conllu[.gz], measures on FOLDER/*dev.conllu[.gz].\n"
    "  --measure         no training: measure MODEL\n"
    "  --details         a table by relation too\n"
    "  --words           every word too, as in the treebank and as found\n"
    "  --wordnet FOLDER  parts of speech of rare words from WordNet's files\n"
    "  --tag-only        no parser\n"
    "  --tag-bits N  --arc-bits N  --early-bits N  --late-bits N  --mark-bits N\n"
    "  --tag-rounds N  --fold-rounds N  --parse-rounds N  --beam-rounds N  --beam-width N\n"
    "  --folds N  --runs N\n"
    "  --dictionary-min N  --margin N  --run-width N  --run-narrow N\n";

struct job {
    struct settings settings;
    const char *folder, *model, *wordnet;
    bool measure, tag_only, details, words;
    struct treebank train, dev;
};

static enum cb_code read_part(const char *folder, const char *part, struct treebank *out, struct cb_err *err)
{
    static const char *const endings[] = {"conllu", "conllu.gz"};
    char path[4096];
    for (size_t i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/ewt_%s.%s", folder, part, endings[i]);
        FILE *file = fopen(path, "rb");
        if (file == NULL)
            continue;
        fclose(file);
        return treebank_read(path, out, err);
    }
    return cb_fail(err, CB_INPUT, "no ewt_%s.conllu or .conllu.gz in '%s'", part, folder);
}

static enum cb_code load(const unsigned char *bytes, size_t len, struct cb_syntax_model **out,
                         struct cb_err *err)
{
    return cb_syntax_model_new(bytes, len, out, err);
}

static enum cb_code report(const unsigned char *bytes, size_t len, struct job *job, struct cb_err *err)
{
    struct cb_syntax_model *model = NULL;
    struct figures f = {0}, raw = {0};
    enum cb_code code = load(bytes, len, &model, err);
    if (code == CB_OK)
        code = evaluate(model, &job->dev, &f, err);
    if (code == CB_OK)
        code = evaluate_text(model, &job->dev, &raw, err);
    cb_syntax_model_free(model);
    if (code != CB_OK || f.words == 0)
        return code;
    double n = (double)f.words;
    printf("XPOS %.2f UAS %.2f LAS %.2f | %zu words, model %.2f MB, tagging %.0f, parsing %.0f, both %.0f "
           "words a second\n",
           100 * (double)f.tags / n, 100 * (double)f.heads / n, 100 * (double)f.relations / n, f.words,
           (double)len / 1e6, n / f.tag_seconds, n / f.parse_seconds, n / (f.tag_seconds + f.parse_seconds));
    n = (double)raw.words;
    printf("from text: XPOS %.2f UAS %.2f LAS %.2f\n", 100 * (double)raw.tags / n,
           100 * (double)raw.heads / n, 100 * (double)raw.relations / n);
    if (job->details)
        print_details(&job->dev);
    if (job->words)
        print_words(&job->dev, stdout);
    return CB_OK;
}

/* The parser must learn from tags as bad as it will see: each part is tagged by a tagger that has not
 * seen it. */
static enum cb_code tag_folds(struct job *job, struct cb_err *err)
{
    enum cb_code code = CB_OK;
    size_t folds = job->settings.folds;
    for (size_t skip = 0; skip < folds && code == CB_OK; skip++) {
        struct tag_training training = {0};
        struct cb_syntax_model *model = NULL;
        unsigned char *bytes = NULL;
        size_t len = 0;
        struct treebank part = {0};
        code = train_tagger(&job->train, (struct fold){folds, skip}, &job->settings,
                            job->settings.fold_rounds, &training, err);
        if (code == CB_OK)
            code = model_write(&training, NULL, &job->settings, &bytes, &len, err);
        if (code == CB_OK)
            code = load(bytes, len, &model, err);
        for (size_t i = skip; i < job->train.count && code == CB_OK; i += folds) {
            part.sentences = &job->train.sentences[i];
            part.count = 1;
            code = tag_all(model, &part, err);
        }
        cb_syntax_model_free(model);
        free(bytes);
        tag_training_release(&training);
    }
    return code;
}

static enum cb_code save(const char *path, const unsigned char *bytes, size_t len, struct cb_err *err)
{
    FILE *file = fopen(path, "wb");
    if (file == NULL)
        return cb_fail(err, CB_INPUT, "can't write '%s'", path);
    bool written = fwrite(bytes, 1, len, file) == len;
    written = fclose(file) == 0 && written;
    return written ? CB_OK : cb_fail(err, CB_INPUT, "can't write all of '%s'", path);
}

static enum cb_code train(struct job *job, struct cb_err *err)
{
    struct tag_training tags = {0};
    struct parse_training *parse = calloc(1, sizeof *parse);
    unsigned char *bytes = NULL;
    size_t len = 0;
    if (parse == NULL)
        return cb_no_memory(err);
    enum cb_code code = read_part(job->folder, "train", &job->train, err);
    if (code == CB_OK)
        code = train_tagger(&job->train, (struct fold){0, 0}, &job->settings, job->settings.tag_rounds, &tags,
                            err);
    if (code == CB_OK)
        code = model_write(&tags, NULL, &job->settings, &bytes, &len, err);
    if (code == CB_OK)
        code = report(bytes, len, job, err);
    if (code == CB_OK && !job->tag_only)
        code = tag_folds(job, err);
    if (code == CB_OK && !job->tag_only)
        code = train_parser(&job->train, &job->settings, parse, err);
    if (code == CB_OK && !job->tag_only) {
        free(bytes);
        bytes = NULL;
        code = model_write(&tags, parse, &job->settings, &bytes, &len, err);
    }
    if (code == CB_OK)
        code = report(bytes, len, job, err);
    if (code == CB_OK)
        code = save(job->model, bytes, len, err);
    free(bytes);
    tag_training_release(&tags);
    parse_training_release(parse);
    free(parse);
    return code;
}

static enum cb_code measure(struct job *job, struct cb_err *err)
{
    enum { MODEL_MAX = 64 << 20 };
    unsigned char *bytes = aligned_alloc(64, MODEL_MAX);
    FILE *file = fopen(job->model, "rb");
    enum cb_code code = bytes == NULL ? cb_no_memory(err) : CB_OK;
    if (code == CB_OK && file == NULL)
        code = cb_fail(err, CB_INPUT, "can't open '%s'", job->model);
    if (code == CB_OK)
        code = report(bytes, fread(bytes, 1, MODEL_MAX, file), job, err);
    if (file != NULL)
        fclose(file);
    free(bytes);
    return code;
}

static bool read_options(int argc, char **argv, struct job *job)
{
    struct settings *s = &job->settings;
    struct {
        const char *name;
        unsigned *value;
    } numbers[] = {{"tag-bits", &s->tag_bits},
                   {"arc-bits", &s->arc_bits},
                   {"early-bits", &s->early_bits},
                   {"late-bits", &s->late_bits},
                   {"mark-bits", &s->mark_bits},
                   {"tag-rounds", &s->tag_rounds},
                   {"fold-rounds", &s->fold_rounds},
                   {"parse-rounds", &s->parse_rounds},
                   {"beam-rounds", &s->beam_rounds},
                   {"beam-width", &s->beam_width},
                   {"folds", &s->folds},
                   {"dictionary-min", &s->dictionary_min},
                   {"runs", &s->runs},
                   {"margin", &s->margin},
                   {"run-width", &s->run_width},
                   {"run-narrow", &s->run_narrow}};
    enum { COUNT = sizeof numbers / sizeof *numbers };
    struct option options[COUNT + 6] = {{0}};
    for (int i = 0; i < COUNT; i++)
        options[i] = (struct option){numbers[i].name, required_argument, NULL, 256 + i};
    options[COUNT] = (struct option){"measure", no_argument, NULL, 'm'};
    options[COUNT + 1] = (struct option){"tag-only", no_argument, NULL, 't'};
    options[COUNT + 2] = (struct option){"details", no_argument, NULL, 'd'};
    options[COUNT + 4] = (struct option){"wordnet", required_argument, NULL, 'n'};
    options[COUNT + 3] = (struct option){"words", no_argument, NULL, 'w'};
    for (int c; (c = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (c >= 256)
            *numbers[c - 256].value = (unsigned)strtoul(optarg, NULL, 10);
        else if (c == 'm')
            job->measure = true;
        else if (c == 't')
            job->tag_only = true;
        else if (c == 'd')
            job->details = true;
        else if (c == 'n')
            job->wordnet = optarg;
        else if (c == 'w')
            job->words = true;
        else
            return false;
    }
    if (optind + 2 != argc)
        return false;
    job->folder = argv[optind];
    job->model = argv[optind + 1];
    return true;
}

int main(int argc, char **argv)
{
    struct cb_err err = {0};
    struct job job = {.settings = {.tag_bits = 14,
                                   .arc_bits = 18,
                                   .early_bits = 13,
                                   .late_bits = 14,
                                   .mark_bits = 16,
                                   .tag_rounds = 10,
                                   .fold_rounds = 6,
                                   .parse_rounds = 10,
                                   .beam_rounds = 0,
                                   .beam_width = 6,
                                   .runs = 1,
                                   .folds = 5,
                                   .dictionary_min = 6,
                                   .margin = 3,
                                   .run_width = 1,
                                   .run_narrow = 120}};
    if (!read_options(argc, argv, &job)) {
        fputs(usage, stderr);
        return CB_USAGE;
    }
    enum cb_code code = read_part(job.folder, "dev", &job.dev, &err);
    uint32_t none = 0;
    struct lexicon lexicon = {&none, 0}; /* one free place: no words */
    job.settings.lexicon = &lexicon;
    if (code == CB_OK && job.wordnet != NULL)
        code = lexicon_make(job.wordnet, &lexicon.entries, &lexicon.mask, &err);
    if (code == CB_OK)
        code = job.measure ? measure(&job, &err) : train(&job, &err);
    if (lexicon.entries != &none)
        free(lexicon.entries);
    treebank_release(&job.train);
    treebank_release(&job.dev);
    if (code != CB_OK)
        fprintf(stderr, "train_syntax: %s\n", err.message);
    return (int)code;
}
