#include "match/model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int find_feature(const char *name, size_t len)
{
    for (int i = 0; i < CB_FEATURE_COUNT; i++) {
        const char *known = cb_feature_name((enum cb_feature)i);
        if (strlen(known) == len && memcmp(known, name, len) == 0)
            return i;
    }
    return -1;
}

static enum cb_code read_line(const char *line, const char *end, int number, struct cb_models *out,
                              bool seen[CB_FEATURE_COUNT], struct cb_err *err)
{
    const char *tab = memchr(line, '\t', (size_t)(end - line));
    int feature = tab == NULL ? -1 : find_feature(line, (size_t)(tab - line));
    if (feature < 0 || seen[feature])
        return cb_fail(err, CB_INTEGRITY, "the table of match weights has no new feature in line %d", number);
    seen[feature] = true;
    for (int model = 0; model < CB_MODEL_COUNT; model++) {
        char *after;
        double value = strtod(tab + 1, &after);
        bool last = model + 1 == CB_MODEL_COUNT;
        if (after == tab + 1 || after > end || *after != (last ? '\n' : '\t') || !isfinite(value))
            return cb_fail(err, CB_INTEGRITY, "the table of match weights has no number in line %d", number);
        out->weight[model][feature] = value;
        tab = after;
    }
    return CB_OK;
}

enum cb_code cb_models_load(const char *table, struct cb_models *out, struct cb_err *err)
{
    bool seen[CB_FEATURE_COUNT] = {false};
    int number = 0, features = 0;
    for (const char *line = table, *end; *line != '\0'; line = end + 1) {
        number++;
        end = strchr(line, '\n');
        if (end == NULL)
            return cb_fail(err, CB_INTEGRITY, "the table of match weights ends in line %d", number);
        if (*line == '#' || strncmp(line, "feature\t", strlen("feature\t")) == 0)
            continue;
        enum cb_code code = read_line(line, end, number, out, seen, err);
        if (code != CB_OK)
            return code;
        features++;
    }
    if (features != CB_FEATURE_COUNT)
        return cb_fail(err, CB_INTEGRITY, "the table of match weights has %d features instead of %d",
                       features, CB_FEATURE_COUNT);
    return CB_OK;
}

double cb_model_value(const struct cb_models *models, enum cb_model model, const double *features)
{
    double sum = 0;
    for (int i = 0; i < CB_FEATURE_COUNT; i++)
        sum += models->weight[model][i] * features[i];
    return 1 / (1 + exp(-sum));
}
