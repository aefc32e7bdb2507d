/* What the words and numbers of other people's ratings mean here. */
#include "base/array.h"
#include "importer/claimreview.h"
#include "importer/csv_table.h"
#include "text/unicode.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { RATINGS_MAX = 100000, RATING_BYTES_MAX = 1000 };

struct entry {
    char *rating; /* folded */
    const char *status;
};

struct cb_rating_map {
    struct entry *items;
    size_t count, capacity;
};

static const char *const statuses[] = {"verified",     "refuted",    "disputed",
                                       "unverifiable", "unverified", "in_review"};

/* The words that fact-checkers use, folded. A rating is looked up whole. */
static const struct {
    const char *status, *ratings;
} usual[] = {
    {"verified",
     "true|mostly true|correct|accurate|mostly accurate|mostly correct|largely true|largely accurate|"
     "confirmed|verified|supported|fact|factual|yes|legit|legitimate|genuine|real|correct attribution"},
    {"refuted",
     "false|mostly false|pants on fire|fake|fake news|hoax|incorrect|mostly "
     "incorrect|inaccurate|wrong|untrue|"
     "not true|debunked|fabricated|altered|altered photo|altered video|manipulated|manipulated "
     "media|doctored|"
     "refuted|no|myth|scam|conspiracy theory|baseless|misattributed|incorrectly attributed|largely false|"
     "four pinocchios|bogus|fiction"},
    {"disputed", "mixture|mixed|half true|partly true|partly false|partially true|partially false|misleading|"
                 "missing context|lacks context|out of context|needs "
                 "context|exaggerated|overstated|disputed|distorts the facts|"
                 "cherry picks|spins the facts|decontextualized|miscaptioned|mostly misleading|one "
                 "pinocchio|two pinocchios|"
                 "three pinocchios|satire|contested|imprecise|half-true"},
    {"unverifiable",
     "unproven|unverifiable|unverified|unsupported|no evidence|insufficient evidence|unsubstantiated|"
     "inconclusive|not enough information|undetermined|unknown|research in progress|cannot be verified"},
};

static bool fold(const char *text, struct cb_buffer *out)
{
    cb_buffer_init(out, RATING_BYTES_MAX);
    if (cb_fold(text, strlen(text), out, NULL) != CB_OK)
        return false;
    while (out->len > 0 && strchr(".!", out->data[out->len - 1]) != NULL)
        out->data[--out->len] = '\0';
    return true;
}

static bool in_list(const char *list, const char *word)
{
    size_t len = strlen(word);
    for (const char *at = list; *at != '\0';) {
        size_t item = strcspn(at, "|");
        if (item == len && memcmp(at, word, len) == 0)
            return true;
        at += item + (at[item] == '|');
    }
    return false;
}

static const char *by_words(const struct cb_rating_map *map, const char *name)
{
    struct cb_buffer folded;
    const char *status = NULL;
    if (fold(name, &folded)) {
        const char *word = cb_buffer_text(&folded);
        for (size_t i = 0; map != NULL && i < map->count && status == NULL; i++)
            if (strcmp(map->items[i].rating, word) == 0)
                status = map->items[i].status;
        for (size_t i = 0; i < sizeof usual / sizeof *usual && status == NULL; i++)
            if (in_list(usual[i].ratings, word))
                status = usual[i].status;
    }
    cb_buffer_release(&folded);
    return status;
}

const char *cb_rating_status(const struct cb_rating_map *map, const struct cb_rating *rating)
{
    const double best_part = 0.8, worst_part = 0.2;
    const char *status = rating->name != NULL ? by_words(map, rating->name) : NULL;
    if (status != NULL || !rating->has_value || !(fabs(rating->best - rating->worst) > 0))
        return status;
    /* -1 and 0 on a scale from 1 are the usual ways to say "no rating" */
    double place = (rating->value - rating->worst) / (rating->best - rating->worst);
    if (!(place >= 0 && place <= 1))
        return NULL;
    return place >= best_part ? "verified" : place <= worst_part ? "refuted" : "disputed";
}

/* ------------------------------------------------------------------ a map of one's own */

enum { COLUMN_RATING, COLUMN_STATUS };

static const struct cb_csv_column columns[] = {
    [COLUMN_RATING] = {.names = "rating|alternatename|textualrating", .required = true},
    [COLUMN_STATUS] = {.names = "status", .required = true},
};

static const char *known_status(const char *name)
{
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        if (strcmp(statuses[i], name) == 0)
            return statuses[i];
    return NULL;
}

static enum cb_code take_row(void *context, const struct cb_csv_record *record, struct cb_err *err)
{
    struct cb_rating_map *map = context;
    const char *status = known_status(record->values[COLUMN_STATUS]);
    if (status == NULL)
        return cb_fail(err, CB_INPUT, "'%s', line %lld: there is no status '%s'", record->path,
                       (long long)record->line, record->values[COLUMN_STATUS]);
    void *items = map->items;
    enum cb_code code = cb_array_reserve(&items, &map->capacity, map->count + 1, sizeof *map->items,
                                         RATINGS_MAX, "ratings", err);
    map->items = items;
    if (code != CB_OK)
        return code;
    struct cb_buffer folded;
    bool good = fold(record->values[COLUMN_RATING], &folded);
    char *word = good ? strdup(cb_buffer_text(&folded)) : NULL;
    cb_buffer_release(&folded);
    if (word == NULL)
        return cb_fail(err, CB_INPUT, "'%s', line %lld: the rating is too long", record->path,
                       (long long)record->line);
    map->items[map->count++] = (struct entry){word, status};
    return CB_OK;
}

/* A map that is wrong somewhere would misjudge silently: nothing of it is used. */
static enum cb_code refuse_row(void *context, const struct cb_input_reject *reject, struct cb_err *err)
{
    (void)context;
    return cb_fail(err, CB_INPUT, "'%s', line %lld: %s", reject->path, (long long)reject->line,
                   reject->reason);
}

enum cb_code cb_rating_map_read(const char *path, struct cb_rating_map **out, struct cb_err *err)
{
    *out = NULL;
    struct cb_rating_map *map = calloc(1, sizeof *map);
    if (map == NULL)
        return cb_no_memory(err);
    const struct cb_csv_table table = {
        .columns = columns,
        .column_count = sizeof columns / sizeof *columns,
        .record = take_row,
        .reject = refuse_row,
        .context = map,
    };
    enum cb_code code = cb_csv_table_read(path, &table, err);
    if (code != CB_OK) {
        cb_rating_map_free(map);
        return code;
    }
    *out = map;
    return CB_OK;
}

void cb_rating_map_free(struct cb_rating_map *map)
{
    if (map == NULL)
        return;
    for (size_t i = 0; i < map->count; i++)
        free(map->items[i].rating);
    free(map->items);
    free(map);
}
