#include "match/match.h"

#include "base/buffer.h"
#include "db/copy.h"
#include "db_queries.h"
#include "match/derive.h"
#include "match/group.h"
#include "match/index.h"
#include "match/workers.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MIB ((size_t)1024 * 1024)

enum {
    GROUP_DOCUMENTS = 1000,
    GROUP_CLAIMS = 3000,
    /* From so many due claims, or this share of all, the whole index is read at once. */
    WHOLE_FROM = 20000,
    WHOLE_SHARE = 10,
    STORE_WHOLE_MAX = 1500000, /* claims whose texts are then read at once, too */
    ANALYZE_FROM = 5000,       /* matched claims after which the planner is told */
};

#define LISTS_ARENA_MAX  (4096 * MIB)
#define WORKER_ARENA_MAX (2048 * MIB)
#define SCRATCH_MAX      (64 * MIB)
#define PARAM_MAX        (64 * MIB)

struct run {
    struct cb_db *db;
    const struct cb_match_options *options;
    struct cb_match_report *report;
    struct cb_index_state state;
    struct cb_matcher *matchers[CB_WORKERS_MAX];
    struct cb_group_worker workers[CB_WORKERS_MAX];
    size_t worker_count;
    struct cb_store store;
    struct cb_arena lists; /* of the index */
    struct cb_postings postings;
    bool whole; /* all lists are in memory */
    unsigned char *due;
    size_t due_count;
    int64_t due_documents, done_documents;
    char last[CB_UUID_TEXT_SIZE]; /* the last document that was matched */
};

static void tell(const struct run *run, const char *stage, int64_t done, int64_t total)
{
    if (run->options->progress != NULL)
        run->options->progress(run->options->context, stage, done, total);
}

/* ------------------------------------------------------------------ opening */

static enum cb_code take_due(void *context, const struct cb_rows *row, struct cb_err *err)
{
    struct run *run = context;
    (void)err;
    size_t ordinal = cb_rows_count(row) > 0 ? (size_t)cb_rows_int(row, 0, 0) : SIZE_MAX;
    if (ordinal < (size_t)run->state.ordinals) {
        run->due[ordinal / 8] = (unsigned char)(run->due[ordinal / 8] | 1U << ordinal % 8);
        run->due_count++;
    }
    return CB_OK;
}

/* What is due, and the index, as they are now; again when another program changed them. */
static enum cb_code load_state(struct run *run, struct cb_err *err)
{
    enum cb_code code = cb_index_state(run->db, &run->state, err);
    if (code != CB_OK)
        return code;
    size_t ordinals = (size_t)run->state.ordinals;
    free(run->due);
    run->due = calloc(ordinals / 8 + 1, 1);
    run->due_count = 0;
    if (run->due == NULL)
        return cb_no_memory(err);
    code = cb_db_stream(run->db, &cb_sql_match_due_ordinals, NULL, 0, take_due, run, err);
    for (size_t i = 0; i < run->worker_count && code == CB_OK; i++) {
        cb_tally_release(&run->workers[i].tally);
        code = cb_tally_init(&run->workers[i].tally, ordinals, err);
    }
    if (code != CB_OK)
        return code;
    cb_postings_release(&run->postings);
    cb_arena_reset(&run->lists);
    code = cb_postings_init(&run->postings, &run->lists, err);
    run->whole = run->due_count >= WHOLE_FROM || run->due_count * WHOLE_SHARE >= ordinals;
    if (code == CB_OK)
        code = cb_db_run(run->db, run->whole ? &cb_sql_match_session_many : &cb_sql_match_session_few, NULL,
                         0, NULL, err);
    if (code == CB_OK && run->whole && run->due_count > 0)
        code = cb_index_load_all(run->db, &run->postings, err);
    if (code == CB_OK && run->whole && run->due_count > 0 && ordinals <= STORE_WHOLE_MAX)
        code = cb_store_load_all(&run->store, run->db, err);
    return code;
}

static enum cb_code open_run(struct run *run, struct cb_err *err)
{
    run->worker_count = cb_workers_count(CB_WORKERS_MAX);
    cb_arena_init(&run->lists, LISTS_ARENA_MAX);
    enum cb_code code = cb_store_init(&run->store, err);
    for (size_t i = 0; i < run->worker_count && code == CB_OK; i++) {
        code = cb_matcher_new(&run->matchers[i], err);
        run->workers[i].matcher = run->matchers[i];
        cb_arena_init(&run->workers[i].arena, WORKER_ARENA_MAX);
        cb_arena_init(&run->workers[i].scratch, SCRATCH_MAX);
    }
    return code;
}

static void close_run(struct run *run)
{
    for (size_t i = 0; i < run->worker_count; i++) {
        cb_matcher_free(run->matchers[i]);
        cb_tally_release(&run->workers[i].tally);
        cb_arena_release(&run->workers[i].arena);
        cb_arena_release(&run->workers[i].scratch);
    }
    cb_store_release(&run->store);
    cb_postings_release(&run->postings);
    cb_arena_release(&run->lists);
    free(run->due);
}

/* ------------------------------------------------------------------ writing a group */

static void put_end(struct cb_copy *copy, const struct cb_stored_claim *claim)
{
    struct cb_uuid id;
    if (!cb_uuid_parse(claim->document->id, &id))
        cb_copy_null(copy); /* refused by the column: an id the server gave is one */
    else
        cb_copy_uuid(copy, &id);
    cb_copy_int4(copy, claim->claim_no);
}

static void count_match(struct cb_match_report *report, enum cb_match_relation relation)
{
    report->agrees += relation == CB_AGREES;
    report->contradicts += relation == CB_CONTRADICTS;
    report->related += relation == CB_RELATED;
}

/* The least claim first: by document, as the server orders ids, which is the order of their text. */
static void put_match(struct cb_copy *copy, const struct cb_stored_claim *a, const struct cb_stored_claim *b,
                      const struct cb_comparison *comparison)
{
    const char *reasons[CB_REASON_COUNT];
    size_t count = 0;
    for (unsigned i = 0; i < CB_REASON_COUNT; i++)
        if (comparison->reasons >> i & 1U)
            reasons[count++] = cb_reason_name((enum cb_reason)i);
    bool swap = strcmp(a->document->id, b->document->id) > 0;
    cb_copy_row(copy);
    put_end(copy, swap ? b : a);
    put_end(copy, swap ? a : b);
    cb_copy_string(copy, cb_match_relation_name(comparison->relation));
    cb_copy_float4(copy, (float)comparison->score);
    cb_copy_text_array(copy, reasons, count);
    cb_copy_string(copy, cb_match_method());
    cb_copy_string(copy, cb_match_method_version());
}

static void put_document(struct cb_copy *copy, const struct cb_group_document *d,
                         struct cb_match_report *report)
{
    for (size_t k = 0; k < d->counterpart_count; k++) {
        const struct cb_counterpart *c = &d->counterparts[k];
        for (size_t i = 0; i < c->pair_count; i++) {
            const struct cb_pair_match *pair = &c->pairs[i];
            if (!cb_match_is_kept(&pair->comparison))
                continue;
            put_match(copy, d->document->claims[pair->a], c->claims[pair->b], &pair->comparison);
            count_match(report, pair->comparison.relation);
        }
    }
}

static enum cb_code write_matches(struct run *run, const struct cb_group *group, struct cb_err *err)
{
    struct cb_copy *copy = NULL;
    enum cb_code code = cb_copy_begin(run->db, &cb_sql_match_copy, 9, &copy, err);
    if (code != CB_OK)
        return code;
    for (size_t i = 0; i < group->count; i++)
        put_document(copy, &group->documents[i], run->report);
    return cb_copy_end(copy, NULL, err);
}

/* ------------------------------------------------------------------ one group */

static enum cb_code load_lists(struct run *run, const struct cb_group *group, struct cb_err *err)
{
    if (run->whole)
        return CB_OK;
    struct cb_buffer terms;
    cb_buffer_init(&terms, PARAM_MAX);
    size_t count = 0;
    enum cb_code code = CB_OK;
    for (size_t i = 0; i < group->count && code == CB_OK; i++) {
        const struct cb_stored_document *document = group->documents[i].document;
        for (size_t k = 0; k < document->count && code == CB_OK; k++) {
            struct cb_stored_claim *claim = document->claims[k];
            code = cb_store_profile(&run->store, 0, run->matchers[0], claim, err);
            if (code != CB_OK)
                break;
            const struct cb_profile *profile = claim->claim.profile;
            cb_buffer_add(&terms, (const char *)profile->terms, profile->term_count * sizeof *profile->terms);
            count += profile->term_count;
        }
    }
    if (code == CB_OK)
        code = cb_buffer_status(&terms, "the terms of a group", err);
    cb_postings_release(&run->postings);
    cb_arena_reset(&run->lists);
    if (code == CB_OK)
        code = cb_postings_init(&run->postings, &run->lists, err);
    int32_t *items = code == CB_OK ? malloc(count * sizeof *items + 1) : NULL;
    if (code == CB_OK && items == NULL)
        code = cb_no_memory(err);
    if (code == CB_OK) {
        memcpy(items, terms.len > 0 ? terms.data : "", count * sizeof *items);
        code = cb_index_load(run->db, items, count, &run->postings, err);
    }
    free(items);
    cb_buffer_release(&terms);
    return code;
}

static void mark_done(struct run *run, const struct cb_group *group)
{
    for (size_t i = 0; i < group->count; i++) {
        struct cb_stored_document *document = group->documents[i].document;
        document->turn = 0;
        for (size_t k = 0; k < document->count; k++) {
            uint32_t ordinal = document->claims[k]->ordinal;
            if (ordinal < (size_t)run->state.ordinals)
                run->due[ordinal / 8] = (unsigned char)(run->due[ordinal / 8] & ~(1U << ordinal % 8));
        }
    }
}

/* The ids of the group as an array of the server's. */
static void add_ids(struct cb_buffer *out, const struct cb_rows *rows, size_t count)
{
    cb_buffer_add_char(out, '{');
    for (size_t i = 0; i < count; i++)
        cb_buffer_printf(out, "%s%s", i > 0 ? "," : "", cb_rows_text(rows, i, 0));
    cb_buffer_add_char(out, '}');
}

/* Loads the next documents: as many of the rows as make a group. */
static enum cb_code make_group(struct run *run, const struct cb_rows *rows, struct cb_group *group,
                               size_t *taken, struct cb_err *err)
{
    size_t count = cb_rows_count(rows), claims = 0;
    const char **ids = calloc(count + 1, sizeof *ids);
    group->documents = calloc(count + 1, sizeof *group->documents);
    *taken = 0;
    enum cb_code code = ids != NULL && group->documents != NULL ? CB_OK : cb_no_memory(err);
    while (code == CB_OK && *taken < count && claims < GROUP_CLAIMS) {
        /* In pieces, so that a thousand long articles are not read for the sake of the first few. */
        size_t piece = count - *taken < GROUP_DOCUMENTS / 10 ? count - *taken : GROUP_DOCUMENTS / 10;
        for (size_t i = 0; i < piece; i++)
            ids[i] = cb_rows_text(rows, *taken + i, 0);
        code = cb_store_load_documents(&run->store, run->db, ids, piece, err);
        for (size_t i = 0; i < piece && code == CB_OK; i++) {
            struct cb_stored_document *document = cb_store_document(&run->store, ids[i]);
            if (document == NULL)
                continue; /* its claims are gone */
            claims += document->count;
            document->turn = (uint32_t)group->count + 1;
            group->documents[group->count++].document = document;
        }
        *taken += piece;
    }
    free(ids);
    return code;
}

static void free_group(struct cb_group *group)
{
    for (size_t i = 0; group->documents != NULL && i < group->count; i++)
        free(group->documents[i].candidates);
    free(group->documents);
}

/* Matches and writes what the first *taken rows name; inside a transaction that holds the index. */
static enum cb_code match_rows(struct run *run, const struct cb_rows *rows, size_t *taken, struct cb_err *err)
{
    struct cb_group group = {
        .db = run->db,
        .store = &run->store,
        .postings = &run->postings,
        .due = run->due,
        .due_size = (size_t)run->state.ordinals,
        .workers = run->workers,
        .worker_count = run->worker_count,
    };
    struct cb_buffer ids;
    cb_buffer_init(&ids, PARAM_MAX);
    enum cb_code code = make_group(run, rows, &group, taken, err);
    if (code == CB_OK)
        code = load_lists(run, &group, err);
    if (code == CB_OK)
        code = cb_group_match(&group, err);
    add_ids(&ids, rows, *taken);
    const char *params[] = {cb_buffer_text(&ids)};
    if (code == CB_OK)
        code = cb_buffer_status(&ids, "the ids of a group", err);
    if (code == CB_OK)
        code = cb_db_run(run->db, &cb_sql_match_forget_documents, params, 1, NULL, err);
    if (code == CB_OK)
        code = cb_db_run(run->db, &cb_sql_match_forget_others, params, 1, NULL, err);
    if (code == CB_OK)
        code = write_matches(run, &group, err);
    if (code == CB_OK)
        code = cb_db_run(run->db, &cb_sql_match_due_done, params, 1, NULL, err);
    if (code == CB_OK) {
        mark_done(run, &group);
        for (size_t i = 0; i < group.count; i++)
            run->report->matched += (int64_t)group.documents[i].document->count;
        run->done_documents += (int64_t)*taken;
        (void)snprintf(run->last, sizeof run->last, "%s", cb_rows_text(rows, *taken - 1, 0));
    }
    free_group(&group);
    cb_buffer_release(&ids);
    return code;
}

/* One group in a transaction of its own; *more is false when nothing is left, as far as is known. */
static enum cb_code match_group(struct run *run, bool *more, struct cb_err *err)
{
    struct cb_rows *state = NULL, *rows = NULL;
    size_t taken = 0;
    char limit[16];
    (void)snprintf(limit, sizeof limit, "%d", GROUP_DOCUMENTS);
    enum cb_code code = cb_db_begin(run->db, err);
    if (code == CB_OK)
        code = cb_db_one(run->db, &cb_sql_index_state, NULL, 0, &state, err);
    if (code == CB_OK && cb_rows_int(state, 0, 4) != run->state.changes) {
        code = load_state(run, err);
        *run->last = '\0';
    }
    const char *params[] = {*run->last != '\0' ? run->last : NULL, limit};
    if (code == CB_OK)
        code = cb_db_run(run->db, &cb_sql_match_due_documents, params, 2, &rows, err);
    size_t count = code == CB_OK ? cb_rows_count(rows) : 0;
    if (count > 0)
        code = match_rows(run, rows, &taken, err);
    if (count > 0 && code == CB_OK)
        code = cb_db_run(run->db, &cb_sql_match_state_changed, NULL, 0, NULL, err);
    if (code == CB_OK)
        code = cb_db_commit(run->db, err);
    if (code == CB_OK && count > 0)
        run->state.changes++;
    *more = code == CB_OK && (taken < count || count == GROUP_DOCUMENTS);
    cb_rows_free(rows);
    cb_rows_free(state);
    if (code != CB_OK)
        cb_db_rollback(run->db);
    return code;
}

static enum cb_code match_all(struct run *run, struct cb_err *err)
{
    struct cb_rows *rows = NULL;
    enum cb_code code = cb_db_one(run->db, &cb_sql_match_due_count, NULL, 0, &rows, err);
    run->due_documents = code == CB_OK ? cb_rows_int(rows, 0, 0) : 0;
    cb_rows_free(rows);
    bool more = run->due_documents > 0;
    if (code == CB_OK && more)
        code = load_state(run, err);
    while (code == CB_OK && more) {
        code = match_group(run, &more, err);
        tell(run, "matching", run->done_documents, run->due_documents);
        if (code == CB_OK && more)
            code = cb_store_trim(&run->store, err);
    }
    return code;
}

/* ------------------------------------------------------------------ the whole run */

static enum cb_code forget_all(struct cb_db *db, struct cb_err *err)
{
    static const struct cb_sql *const steps[] = {&cb_sql_match_forget, &cb_sql_match_due_all,
                                                 &cb_sql_match_state_changed};
    struct cb_rows *state = NULL;
    enum cb_code code = cb_db_begin(db, err);
    if (code == CB_OK)
        code = cb_db_one(db, &cb_sql_index_state, NULL, 0, &state, err);
    for (size_t i = 0; i < sizeof steps / sizeof *steps && code == CB_OK; i++)
        code = cb_db_run(db, steps[i], NULL, 0, NULL, err);
    cb_rows_free(state);
    if (code == CB_OK)
        code = cb_db_commit(db, err);
    if (code != CB_OK)
        cb_db_rollback(db);
    return code;
}

/* Origins and clusters around what was matched, in one transaction: with it the run is complete. */
static enum cb_code derive(struct run *run, struct cb_err *err)
{
    struct cb_match_report *report = run->report;
    struct cb_rows *state = NULL;
    tell(run, "origins and clusters", 0, 0);
    enum cb_code code = cb_db_begin(run->db, err);
    if (code == CB_OK)
        code = cb_db_one(run->db, &cb_sql_index_state, NULL, 0, &state, err);
    if (code == CB_OK)
        code = cb_origins_of_due(run->db, &report->origins, err);
    if (code == CB_OK)
        code = cb_recluster_due(run->db, run->options->all, &report->clusters, &report->conflicts, err);
    if (code == CB_OK)
        code = cb_db_run(run->db, &cb_sql_match_due_derived, NULL, 0, NULL, err);
    if (code == CB_OK)
        code = cb_db_run(run->db, &cb_sql_match_durable, NULL, 0, NULL, err);
    cb_rows_free(state);
    if (code == CB_OK)
        code = cb_db_commit(run->db, err);
    if (code != CB_OK)
        cb_db_rollback(run->db);
    return code;
}

static void tell_indexing(void *context, const char *stage, int64_t done, int64_t total)
{
    tell(context, stage, done, total);
}

/* Without it reports take tables that were just filled for empty ones. */
static enum cb_code tell_planner(struct cb_db *db, struct cb_err *err)
{
    enum cb_code code = cb_gather_statistics(db, &cb_sql_match_vacuum, err);
    return code == CB_OK ? cb_gather_statistics(db, &cb_sql_match_analyze, err) : code;
}

enum cb_code cb_match_run(struct cb_db *db, const struct cb_match_options *options,
                          struct cb_match_report *report, struct cb_err *err)
{
    static const struct cb_match_options none = {0};
    struct run *run = calloc(1, sizeof *run);
    if (run == NULL)
        return cb_no_memory(err);
    *report = (struct cb_match_report){0};
    run->db = db;
    run->options = options != NULL ? options : &none;
    run->report = report;
    enum cb_code code = open_run(run, err);
    if (code == CB_OK)
        code = cb_db_run(db, &cb_sql_match_session, NULL, 0, NULL, err);
    if (code == CB_OK)
        code = cb_index_refresh(db, run->matchers[0], tell_indexing, run, &report->indexed, err);
    if (code == CB_OK && run->options->all)
        code = forget_all(db, err);
    if (code == CB_OK && report->indexed < WHOLE_FROM && !run->options->all)
        code = cb_db_run(db, &cb_sql_match_session_few, NULL, 0, NULL, err);
    if (code == CB_OK)
        code = cb_sketch_refresh(db, err);
    if (code == CB_OK)
        code = match_all(run, err);
    if (code == CB_OK)
        code = derive(run, err);
    enum cb_code ended = cb_db_run(db, &cb_sql_match_session_end, NULL, 0, NULL, code == CB_OK ? err : NULL);
    if (code == CB_OK)
        code = ended;
    if (code == CB_OK && report->matched >= ANALYZE_FROM)
        code = tell_planner(db, err);
    close_run(run);
    free(run);
    return code;
}
