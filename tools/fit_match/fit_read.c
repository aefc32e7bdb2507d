#include "fit.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_SIZE = 256 * 1024, ARENA_MAX = 1024 * 1024 * 1024 };

static void die(const char *what, const char *name)
{
    (void)fprintf(stderr, "fit_match: %s '%s'\n", what, name);
    exit(1);
}

static struct fit_pair *next_pair(struct fit_data *data)
{
    if (data->count == data->capacity) {
        data->capacity = data->capacity == 0 ? 1024 : data->capacity * 2;
        data->pairs = realloc(data->pairs, data->capacity * sizeof *data->pairs);
        if (data->pairs == NULL)
            die("no memory for", "the pairs");
    }
    data->pairs[data->count] = (struct fit_pair){0};
    return &data->pairs[data->count++];
}

static const struct cb_profile *profile_of(struct fit_data *data, const char *text)
{
    const struct cb_profile *out;
    struct cb_err err;
    const char *copy = cb_arena_copy(&data->arena, text, strlen(text));
    if (copy == NULL)
        die("no memory for", text);
    if (cb_profile_make(data->matcher, copy, strlen(copy), NULL, &data->arena, &out, &err) != CB_OK)
        die(err.message, text);
    return out;
}

static void add_pair(struct fit_data *data, int set, char *line)
{
    char *b = strchr(line, '\t'), *label = b == NULL ? NULL : strchr(b + 1, '\t'), *end;
    struct cb_err err;
    if (label == NULL)
        die("too few columns in", line);
    *b++ = '\0';
    *label++ = '\0';
    label[strcspn(label, "\n")] = '\0';
    struct fit_pair *pair = next_pair(data);
    pair->a = profile_of(data, line);
    pair->b = profile_of(data, b);
    pair->label = cb_arena_copy(&data->arena, label, strlen(label));
    pair->set = set;
    pair->group = (uint32_t)cb_hash32(line, strlen(line)) * 2654435769U >> 8;
    pair->score = strtod(label, &end) / 5;
    if (end == label)
        pair->score = -1;
    if (cb_features_make(data->matcher, pair->a, pair->b, &data->arena, &pair->features, &err) != CB_OK)
        die(err.message, line);
}

/* The second sentences move on by some lines; the label is nobody's any more. */
static void shuffle(struct fit_data *data, int set)
{
    enum { MOVE = 37 };
    struct cb_err err;
    size_t first = 0, count;
    while (data->pairs[first].set != set)
        first++;
    count = data->count - first;
    for (size_t i = 0; i < count; i++) {
        struct fit_pair *pair = &data->pairs[first + i];
        const struct cb_profile *b = i + MOVE < count ? pair[MOVE].b : data->pairs[first].a;
        pair->b = b;
        pair->label = "unrelated";
        if (pair->a->folded != b->folded &&
            cb_features_make(data->matcher, pair->a, b, &data->arena, &pair->features, &err) != CB_OK)
            die(err.message, b->text);
    }
}

void fit_read(struct fit_data *data, const struct fit_set *sets, const char *folder)
{
    struct cb_err err;
    char *line = malloc(LINE_SIZE), path[4096];
    cb_arena_init(&data->arena, ARENA_MAX);
    if (line == NULL || cb_matcher_new(&data->matcher, &err) != CB_OK)
        die("can't begin:", err.message);
    for (int set = 0; sets[set].path != NULL; set++) {
        if (snprintf(path, sizeof path, "%s/%s", folder, sets[set].path) >= (int)sizeof path)
            die("too long a path", folder);
        FILE *file = fopen(path, "r");
        if (file == NULL)
            die(strerror(errno), path);
        while (fgets(line, LINE_SIZE, file) != NULL)
            add_pair(data, set, line);
        if (sets[set].shuffled)
            shuffle(data, set);
        if (ferror(file) || fclose(file) != 0)
            die("can't read", path);
    }
    free(line);
}

void fit_release(struct fit_data *data)
{
    free(data->pairs);
    cb_matcher_free(data->matcher);
    cb_arena_release(&data->arena);
}
