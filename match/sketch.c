/* Which articles are nearly the same text: sketches and likeness in the database. */
#include "base/buffer.h"
#include "db_queries.h"
#include "match/derive.h"
#include "match/index.h"
#include "match/minhash.h"

#include <stdio.h>
#include <string.h>

enum { BATCH = 200, ARENA_MAX = 1024 * 1024 * 1024, PARAM_MAX = 16 * 1024 * 1024 };

/* Less in common than this is a shared quotation or a footer, not a shared text. */
#define SHARE_KEPT 0.2

/* Raise it when the sketch or the measure changes. */
#define SKETCH_VERSION "1"

static enum cb_code put_likeness(struct cb_db *db, const char *a, double share_a, const char *b,
                                 double share_b, struct cb_err *err)
{
    char first[32], second[32];
    bool swap = strcmp(a, b) > 0;
    (void)snprintf(first, sizeof first, "%.4f", swap ? share_b : share_a);
    (void)snprintf(second, sizeof second, "%.4f", swap ? share_a : share_b);
    const char *params[] = {swap ? b : a, swap ? a : b, first, second};
    return cb_db_run(db, &cb_sql_likeness_put, params, 4, NULL, err);
}

static enum cb_code measure(struct cb_db *db, const char *id, const char *text, size_t len, const char *bands,
                            struct cb_arena *arena, struct cb_err *err)
{
    struct cb_rows *rows = NULL;
    const char *params[] = {id, bands};
    enum cb_code code = cb_db_run(db, &cb_sql_sketch_near, params, 2, &rows, err);
    size_t count = code == CB_OK ? cb_rows_count(rows) : 0;
    for (size_t row = 0; row < count && code == CB_OK; row++) {
        double mine = 0, theirs = 0;
        cb_arena_reset(arena);
        code = cb_shared_runs(text, len, cb_rows_text(rows, row, 1), cb_rows_length(rows, row, 1), arena,
                              &mine, &theirs, err);
        if (code == CB_OK && (mine >= SHARE_KEPT || theirs >= SHARE_KEPT))
            code = put_likeness(db, id, mine, cb_rows_text(rows, row, 0), theirs, err);
    }
    cb_rows_free(rows);
    return code;
}

static enum cb_code sketch_row(struct cb_db *db, const struct cb_rows *rows, size_t row,
                               struct cb_arena *arena, struct cb_err *err)
{
    const char *id = cb_rows_text(rows, row, 0), *text = cb_rows_text(rows, row, 1);
    size_t len = cb_rows_length(rows, row, 1);
    struct cb_sketch sketch;
    struct cb_buffer bands;
    char paragraphs[32];
    cb_buffer_init(&bands, PARAM_MAX);
    cb_arena_reset(arena);
    enum cb_code code = cb_sketch_make(text, len, arena, &sketch, err);
    if (code == CB_OK) {
        cb_array_text(&bands, sketch.bands, sketch.band_count);
        code = cb_buffer_status(&bands, "the sketch of a document", err);
    }
    (void)snprintf(paragraphs, sizeof paragraphs, "%zu", sketch.paragraphs);
    const char *params[] = {id, SKETCH_VERSION, paragraphs, cb_buffer_text(&bands)};
    if (code == CB_OK)
        code = cb_db_run(db, &cb_sql_sketch_put, params, 4, NULL, err);
    if (code == CB_OK && sketch.band_count > 0)
        code = measure(db, id, text, len, cb_buffer_text(&bands), arena, err);
    cb_buffer_release(&bands);
    return code;
}

static enum cb_code sketch_some(struct cb_db *db, struct cb_arena *arena, size_t *done, struct cb_err *err)
{
    char limit[16];
    struct cb_rows *state = NULL, *rows = NULL;
    (void)snprintf(limit, sizeof limit, "%d", BATCH);
    const char *params[] = {SKETCH_VERSION, limit};
    *done = 0;
    enum cb_code code = cb_db_begin(db, err);
    /* Two programs that sketched at once would not see each other's articles. */
    if (code == CB_OK)
        code = cb_db_one(db, &cb_sql_index_state, NULL, 0, &state, err);
    if (code == CB_OK)
        code = cb_db_run(db, &cb_sql_sketch_due, params, 2, &rows, err);
    size_t count = code == CB_OK ? cb_rows_count(rows) : 0;
    for (size_t row = 0; row < count && code == CB_OK; row++)
        code = sketch_row(db, rows, row, arena, err);
    cb_rows_free(rows);
    cb_rows_free(state);
    if (code == CB_OK)
        code = cb_db_commit(db, err);
    if (code != CB_OK)
        cb_db_rollback(db);
    *done = count;
    return code;
}

enum cb_code cb_sketch_refresh(struct cb_db *db, struct cb_err *err)
{
    struct cb_arena arena;
    size_t done = BATCH;
    enum cb_code code = CB_OK;
    cb_arena_init(&arena, ARENA_MAX);
    while (code == CB_OK && done == BATCH)
        code = sketch_some(db, &arena, &done, err);
    cb_arena_release(&arena);
    return code;
}
