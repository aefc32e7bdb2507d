/* The speakers of a batch: one row a key, the same for all documents. */
#include "db/array_literal.h"
#include "db_queries.h"
#include "importer/loader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PARAM_MAX = 256 * 1024 * 1024 };

/* One speaker of one job, and where his id goes. `order` keeps the first that came first. */
struct mention {
    const struct cb_record_speaker *speaker;
    int64_t *id;
    size_t order;
};

struct mentions {
    struct mention *items;
    size_t count;
};

static int by_key(const void *a, const void *b)
{
    const struct mention *x = a, *y = b;
    int order = strcmp(x->speaker->key, y->speaker->key);
    return order != 0 ? order : (x->order > y->order) - (x->order < y->order);
}

/* All mentions, those of one key together. */
static enum cb_code collect(struct cb_batch *batch, struct cb_job_list list, struct mentions *out,
                            struct cb_err *err)
{
    size_t total = 0;
    for (size_t i = 0; i < list.count; i++)
        total += cb_job_has_rows(list.jobs[i]) ? list.jobs[i]->rows.speaker_count : 0;
    out->items = cb_arena_array(&batch->input, total + 1, sizeof *out->items);
    if (out->items == NULL)
        return cb_no_memory(err);
    for (size_t i = 0; i < list.count; i++) {
        struct cb_job *job = list.jobs[i];
        if (!cb_job_has_rows(job))
            continue;
        job->speaker_ids =
            cb_arena_array(&batch->input, job->rows.speaker_count + 1, sizeof *job->speaker_ids);
        if (job->speaker_ids == NULL)
            return cb_no_memory(err);
        for (size_t s = 0; s < job->rows.speaker_count; s++, out->count++)
            out->items[out->count] =
                (struct mention){&job->rows.speakers[s], &job->speaker_ids[s], out->count};
    }
    if (out->count > 1)
        qsort(out->items, out->count, sizeof *out->items, by_key);
    return CB_OK;
}

static bool same_key(const struct mentions *all, size_t a, size_t b)
{
    return strcmp(all->items[a].speaker->key, all->items[b].speaker->key) == 0;
}

/* Of the mentions first … end - 1, which are of one key: the first name, the first role, the first kind that
 * is told. */
static void merge(const struct mentions *all, size_t first, size_t end, const char *merged[4])
{
    const struct cb_record_speaker *head = all->items[first].speaker;
    merged[0] = head->key;
    merged[1] = head->name;
    merged[2] = NULL;
    merged[3] = "unknown";
    for (size_t i = first; i < end; i++) {
        const struct cb_record_speaker *speaker = all->items[i].speaker;
        if (merged[2] == NULL)
            merged[2] = speaker->role;
        if (strcmp(merged[3], "unknown") == 0)
            merged[3] = speaker->kind;
    }
}

static enum cb_code upsert(struct cb_db *db, const struct mentions *all, struct cb_buffer columns[4],
                           struct cb_err *err)
{
    for (size_t c = 0; c < 4; c++)
        cb_array_literal_begin(&columns[c]);
    for (size_t first = 0, end; first < all->count; first = end) {
        const char *merged[4];
        for (end = first + 1; end < all->count && same_key(all, first, end);)
            end++;
        merge(all, first, end, merged);
        for (size_t c = 0; c < 4; c++)
            cb_array_literal_add(&columns[c], merged[c]);
    }
    enum cb_code code = CB_OK;
    const char *params[4];
    for (size_t c = 0; c < 4 && code == CB_OK; c++) {
        cb_array_literal_end(&columns[c]);
        params[c] = cb_buffer_text(&columns[c]);
        code = cb_buffer_status(&columns[c], "speakers", err);
    }
    return code == CB_OK ? cb_db_run(db, &cb_sql_speaker_upsert, params, 4, NULL, err) : code;
}

static int key_against(const void *key, const void *item)
{
    return strcmp(key, ((const struct mention *)item)->speaker->key);
}

static enum cb_code read_ids(struct cb_db *db, const struct mentions *all, const char *keys,
                             struct cb_err *err)
{
    struct cb_rows *rows = NULL;
    enum cb_code code = cb_db_run(db, &cb_sql_speaker_find, &keys, 1, &rows, err);
    for (size_t r = 0; code == CB_OK && r < cb_rows_count(rows); r++) {
        const char *key = cb_rows_text(rows, r, 0);
        const struct mention *found = bsearch(key, all->items, all->count, sizeof *all->items, key_against);
        size_t at = found != NULL ? (size_t)(found - all->items) : all->count;
        while (at > 0 && at < all->count && same_key(all, at, at - 1))
            at--;
        for (; at < all->count && strcmp(all->items[at].speaker->key, key) == 0; at++)
            *all->items[at].id = cb_rows_int(rows, r, 1);
    }
    cb_rows_free(rows);
    return code;
}

static enum cb_code add_aliases(struct cb_db *db, const struct mentions *all, struct cb_buffer *ids,
                                struct cb_buffer *names, struct cb_err *err)
{
    size_t count = 0;
    cb_array_literal_begin(ids);
    cb_array_literal_begin(names);
    for (size_t i = 0; i < all->count; i++)
        for (size_t a = 0; a < all->items[i].speaker->alias_count; a++, count++) {
            char id[24];
            (void)snprintf(id, sizeof id, "%lld", (long long)*all->items[i].id);
            cb_array_literal_add(ids, id);
            cb_array_literal_add(names, all->items[i].speaker->aliases[a]);
        }
    cb_array_literal_end(ids);
    cb_array_literal_end(names);
    enum cb_code code = cb_buffer_status(ids, "aliases", err);
    if (code == CB_OK)
        code = cb_buffer_status(names, "aliases", err);
    const char *const params[] = {cb_buffer_text(ids), cb_buffer_text(names)};
    return code == CB_OK && count > 0 ? cb_db_run(db, &cb_sql_speaker_alias_add, params, 2, NULL, err) : code;
}

enum cb_code cb_batch_speakers(struct cb_batch *batch, struct cb_job_list list, struct cb_err *err)
{
    struct cb_db *db = batch->loader->db;
    struct mentions all = {0};
    struct cb_buffer columns[6];
    for (size_t c = 0; c < 6; c++)
        cb_buffer_init(&columns[c], PARAM_MAX);
    enum cb_code code = collect(batch, list, &all, err);
    if (code == CB_OK && all.count > 0) {
        code = upsert(db, &all, columns, err);
        if (code == CB_OK)
            code = read_ids(db, &all, cb_buffer_text(&columns[0]), err);
        if (code == CB_OK)
            code = add_aliases(db, &all, &columns[4], &columns[5], err);
    }
    for (size_t c = 0; c < 6; c++)
        cb_buffer_release(&columns[c]);
    return code;
}
