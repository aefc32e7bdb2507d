/* The weights of the logistic models, from match/data/weights.tsv. Inside match/ only. */
#ifndef CB_MATCH_MODEL_H
#define CB_MATCH_MODEL_H

#include "base/error.h"
#include "match/features.h"

enum cb_model {
    CB_MODEL_SCORE,      /* how alike: fitted to graded similarity */
    CB_MODEL_AGREE,      /* is one claim */
    CB_MODEL_CONTRADICT, /* can't both be so */
    CB_MODEL_COUNT
};

struct cb_models {
    double weight[CB_MODEL_COUNT][CB_FEATURE_COUNT];
};

/* Reads a table whose head names the columns ("feature", then the models), with a line for each
 * feature. CB_INTEGRITY when a feature is missing, unknown or twice there. */
CB_CHECKED enum cb_code cb_models_load(const char *table, struct cb_models *out, struct cb_err *err);

/* 1 / (1 + exp(-w·x)). */
double cb_model_value(const struct cb_models *models, enum cb_model model, const double *features);

#endif
