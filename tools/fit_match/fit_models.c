#include "fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { N = CB_FEATURE_COUNT, ROUNDS = 25 };

/* Of the squared weights (but the bias), in units of one pair out of a hundred. */
#define PENALTY 0.02

/* What the model should say of the pair: 0 … 1, or -1 when the pair has nothing to teach it. */
static double target(const struct fit_pair *pair, enum cb_model model)
{
    bool graded = pair->score >= 0;
    switch (model) {
    case CB_MODEL_SCORE:
        return graded ? pair->score : -1;
    case CB_MODEL_AGREE:
        return graded ? -1 : strcmp(pair->label, "agrees") == 0 || strcmp(pair->label, "same") == 0;
    case CB_MODEL_CONTRADICT:
        return graded ? -1 : strcmp(pair->label, "contradicts") == 0;
    case CB_MODEL_COUNT:
        break;
    }
    return -1;
}

static bool is_held_out(const struct fit_pair *pair, int without, int folds)
{
    return without >= 0 && pair->group % (unsigned)folds == (unsigned)without;
}

/* Solves h·x = g by Cholesky's method; h is symmetric and positive, and is overwritten. */
static void solve(double h[N][N], double g[N], double x[N])
{
    for (int i = 0; i < N; i++) {
        for (int j = 0; j <= i; j++) {
            double sum = h[i][j];
            for (int k = 0; k < j; k++)
                sum -= h[i][k] * h[j][k];
            h[i][j] = i == j ? sqrt(sum > 1e-12 ? sum : 1e-12) : sum / h[j][j];
        }
    }
    for (int i = 0; i < N; i++) {
        x[i] = g[i];
        for (int k = 0; k < i; k++)
            x[i] -= h[i][k] * x[k];
        x[i] /= h[i][i];
    }
    for (int i = N - 1; i >= 0; i--) {
        for (int k = i + 1; k < N; k++)
            x[i] -= h[k][i] * x[k];
        x[i] /= h[i][i];
    }
}

static void fit_one(const struct fit_data *data, const struct fit_set *sets, enum cb_model model, int without,
                    int folds, double w[N])
{
    double in_set[64] = {0};
    memset(w, 0, N * sizeof *w);
    for (size_t i = 0; i < data->count; i++)
        in_set[data->pairs[i].set] += !is_held_out(&data->pairs[i], without, folds);
    for (int round = 0; round < ROUNDS; round++) {
        static double h[N][N];
        double g[N] = {0}, step[N];
        memset(h, 0, sizeof h);
        for (size_t i = 0; i < data->count; i++) {
            const struct fit_pair *pair = &data->pairs[i];
            double t = target(pair, model), share = sets[pair->set].weight[model], sum = 0;
            if (t < 0 || share <= 0 || is_held_out(pair, without, folds))
                continue;
            share *= 100 / in_set[pair->set];
            for (int j = 0; j < N; j++)
                sum += w[j] * pair->features.value[j];
            double p = 1 / (1 + exp(-sum)), spread = fmax(p * (1 - p), 1e-6) * share;
            for (int j = 0; j < N; j++) {
                g[j] += share * (t - p) * pair->features.value[j];
                for (int k = 0; k <= j; k++)
                    h[j][k] += spread * pair->features.value[j] * pair->features.value[k];
            }
        }
        for (int j = 0; j < N; j++) {
            double penalty = j == CB_F_BIAS ? 1e-6 : PENALTY * 10;
            g[j] -= penalty * w[j];
            h[j][j] += penalty;
            for (int k = j + 1; k < N; k++)
                h[j][k] = 0;
        }
        solve(h, g, step);
        for (int j = 0; j < N; j++)
            w[j] += step[j];
    }
}

void fit_models(const struct fit_data *data, const struct fit_set *sets, int without, int folds,
                struct cb_models *out)
{
    for (int model = 0; model < CB_MODEL_COUNT; model++)
        fit_one(data, sets, (enum cb_model)model, without, folds, out->weight[model]);
}

struct tally {
    size_t pairs, right, said[3], is[3], both[3]; /* agrees, contradicts, other */
    double x, y, xx, yy, xy;
};

static int class_of(const char *label)
{
    if (strcmp(label, "agrees") == 0 || strcmp(label, "same") == 0)
        return 0;
    return strcmp(label, "contradicts") == 0 ? 1 : 2;
}

static void count_pair(struct tally *t, const struct fit_pair *pair, const struct cb_comparison *c)
{
    static const int class_of_relation[] = {2, 2, 1, 0};
    t->pairs++;
    if (pair->score >= 0) {
        t->x += c->score;
        t->y += pair->score;
        t->xx += c->score * c->score;
        t->yy += pair->score * pair->score;
        t->xy += c->score * pair->score;
        return;
    }
    int is = class_of(pair->label), said = class_of_relation[c->relation];
    t->is[is]++;
    t->said[said]++;
    t->both[is] += is == said;
    t->right += is == said;
}

static void print_tally(const char *path, struct tally *t)
{
    static const char *const names[] = {"agrees", "contradicts", "other"};
    double n = (double)t->pairs, macro = 0;
    int classes = 0;
    if (t->xx > 0) {
        double top = n * t->xy - t->x * t->y;
        double pearson = top / sqrt((n * t->xx - t->x * t->x) * (n * t->yy - t->y * t->y));
        (void)printf("%-36s Pearson %.3f\n", path, pearson);
        return;
    }
    if (t->is[1] == 0) { /* a set without contradictions: what is called one is "other" there */
        t->said[2] += t->said[1];
        t->right = t->both[0];
        t->both[2] = t->said[2] - (t->is[0] - t->both[0]);
        t->right += t->both[2];
    }
    (void)printf("%-36s accuracy %.3f", path, (double)t->right / n);
    for (int i = 0; i < 3; i++) {
        if (t->is[i] == 0)
            continue;
        double p = (double)t->both[i] / fmax(1, (double)t->said[i]),
               r = (double)t->both[i] / (double)t->is[i];
        double f = p + r > 0 ? 2 * p * r / (p + r) : 0;
        macro += f;
        classes++;
        (void)printf("; %s P %.3f R %.3f F1 %.3f", names[i], p, r, f);
    }
    (void)printf("; macro F1 %.3f\n", macro / fmax(1, classes));
}

void fit_cross_validate(const struct fit_data *data, const struct fit_set *sets, int folds)
{
    struct tally tallies[64] = {{0}};
    for (int fold = 0; fold < folds; fold++) {
        struct cb_models models;
        fit_models(data, sets, fold, folds, &models);
        for (size_t i = 0; i < data->count; i++) {
            const struct fit_pair *pair = &data->pairs[i];
            struct cb_comparison c;
            if (!is_held_out(pair, fold, folds))
                continue;
            cb_relation_decide(&models, pair->a, pair->b, &pair->features, &c);
            count_pair(&tallies[pair->set], pair, &c);
        }
    }
    for (int set = 0; sets[set].path != NULL; set++)
        print_tally(sets[set].shuffled ? "the same, shuffled" : sets[set].path, &tallies[set]);
}
