/* Fits the weights of match/data/weights.tsv on labelled pairs of sentences.
 *
 * usage: fit_match [--folds N] [--dump FILE] [--without NAME,NAME] DATA_FOLDER OUTPUT.tsv
 *        fit_match --blank OUTPUT.tsv       a table of zeros, after the features have changed
 *
 * DATA_FOLDER has similarity/NAME.tsv and compare/NAME.tsv as listed in `sets`: a, b, and a score (0 … 5) or
 * a label. Logistic regression with a quadratic penalty, by Newton's method; each set counts by its weight,
 * not by its size. What is printed is measured by cross-validation: pairs with the same first sentence are
 * never apart. */
#include "fit.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const struct fit_set sets[] = {
    {"similarity/headlines_2014.tsv", false, {1.0, 0, 0}},
    {"similarity/headlines_2015.tsv", false, {1.0, 0, 0}},
    {"compare/mrpc_train.tsv", false, {0, 40, 0}},
    {"compare/sick_trial.tsv", false, {0, 2.5, 3}},
    {"compare/emergent_a.tsv", false, {0, 1.5, 3}},
    {"compare/mrpc_train.tsv", true, {0, 4.0, 0.3}},
    {NULL, false, {0}},
};

static void usage(void)
{
    (void)fputs("usage: fit_match [--folds N] [--dump FILE] [--without NAME,NAME] DATA_FOLDER OUTPUT.tsv\n"
                "       fit_match --blank OUTPUT.tsv\n",
                stderr);
    exit(2);
}

static FILE *must_open(const char *path, const char *mode)
{
    FILE *file = fopen(path, mode);
    if (file == NULL) {
        (void)fprintf(stderr, "fit_match: can't open '%s': %s\n", path, strerror(errno));
        exit(1);
    }
    return file;
}

static void must_close(FILE *file, const char *path)
{
    if (ferror(file) || fclose(file) != 0) {
        (void)fprintf(stderr, "fit_match: can't write '%s'\n", path);
        exit(1);
    }
}

static void write_models(const struct cb_models *models, const char *path)
{
    FILE *out = must_open(path, "w");
    (void)fputs("# Weights of the comparison of two claims, made by tools/fit_match: docs/matching.md tells "
                "what they mean.\n"
                "feature\tscore\tagree\tcontradict\n",
                out);
    for (int i = 0; i < CB_FEATURE_COUNT; i++) {
        (void)fprintf(out, "%s\t%.4f\t%.4f\t%.4f\n", cb_feature_name((enum cb_feature)i),
                      models->weight[CB_MODEL_SCORE][i], models->weight[CB_MODEL_AGREE][i],
                      models->weight[CB_MODEL_CONTRADICT][i]);
    }
    must_close(out, path);
}

static void dump(const struct fit_data *data, const char *path)
{
    FILE *out = must_open(path, "w");
    for (size_t i = 0; i < data->count; i++) {
        const struct fit_pair *pair = &data->pairs[i];
        (void)fprintf(out, "%s\t%s\t%s\t%s", sets[pair->set].path, pair->label, pair->a->text, pair->b->text);
        for (int j = 0; j < CB_FEATURE_COUNT; j++)
            (void)fprintf(out, "\t%s=%.3f", cb_feature_name((enum cb_feature)j), pair->features.value[j]);
        (void)fputc('\n', out);
    }
    must_close(out, path);
}

/* Features by name, apart by commas, are nothing to the models: what are they worth? */
static void leave_out(struct fit_data *data, const char *names)
{
    for (const char *at = names, *end; *at != '\0'; at = *end == ',' ? end + 1 : end) {
        bool known = false;
        end = at + strcspn(at, ",");
        for (int i = 0; i < CB_FEATURE_COUNT; i++) {
            const char *name = cb_feature_name((enum cb_feature)i);
            if (strlen(name) != (size_t)(end - at) || memcmp(name, at, strlen(name)) != 0)
                continue;
            known = true;
            for (size_t k = 0; k < data->count; k++)
                data->pairs[k].features.value[i] = data->pairs[k].features.plain[i] = 0;
        }
        if (!known)
            usage();
    }
}

int main(int argc, char **argv)
{
    const char *dump_path = NULL, *without = NULL;
    int folds = 10, at = 1;
    if (argc == 3 && strcmp(argv[1], "--blank") == 0) {
        static const struct cb_models blank;
        write_models(&blank, argv[2]);
        return 0;
    }
    for (; at + 1 < argc && argv[at][0] == '-'; at += 2) {
        if (strcmp(argv[at], "--folds") == 0)
            folds = atoi(argv[at + 1]);
        else if (strcmp(argv[at], "--dump") == 0)
            dump_path = argv[at + 1];
        else if (strcmp(argv[at], "--without") == 0)
            without = argv[at + 1];
        else
            usage();
    }
    if (argc - at != 2 || folds < 2 || folds > 100)
        usage();
    static struct fit_data data;
    fit_read(&data, sets, argv[at]);
    if (without != NULL)
        leave_out(&data, without);
    if (dump_path != NULL)
        dump(&data, dump_path);
    fit_cross_validate(&data, sets, folds);
    struct cb_models models;
    fit_models(&data, sets, -1, folds, &models);
    write_models(&models, argv[at + 1]);
    fit_release(&data);
    return 0;
}
