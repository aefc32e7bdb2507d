/* Parts of fit_match: reading pairs, fitting, measuring. A tool: errors end the program. */
#ifndef CB_TOOLS_FIT_H
#define CB_TOOLS_FIT_H

#include "match/decide.h"
#include "match/matcher.h"

#include <stdio.h>

struct fit_set {
    const char *path;
    bool shuffled; /* each first sentence with the second one of another line: pairs that have nothing in
                      common */
    double weight[CB_MODEL_COUNT]; /* how much the set counts for each model; 0: not used */
};

struct fit_pair {
    const struct cb_profile *a, *b;
    const char *label;
    double score; /* 0 … 1, or -1 when the set has labels */
    int set;
    uint32_t group; /* hash of the first sentence: one group is never cut by a fold */
    struct cb_features features;
};

struct fit_data {
    struct cb_matcher *matcher;
    struct cb_arena arena;
    struct fit_pair *pairs;
    size_t count, capacity;
};

void fit_read(struct fit_data *data, const struct fit_set *sets, const char *folder);
void fit_release(struct fit_data *data);

/* Fits all models on all pairs but those of fold `without` (-1: on all). */
void fit_models(const struct fit_data *data, const struct fit_set *sets, int without, int folds,
                struct cb_models *out);

/* Prints, for each set, what models fitted on the other folds make of it. */
void fit_cross_validate(const struct fit_data *data, const struct fit_set *sets, int folds);

#endif
