#include "match/index.h"

#include "base/array.h"
#include "base/buffer.h"
#include "db/claim_id.h"
#include "db/copy.h"
#include "db_queries.h"
#include "text/unicode.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    BATCH = 50000,      /* claims of one transaction, more or less */
    BATCH_FIRST = 2000, /* documents of the first one, before it is known how many claims they have */
    BATCH_LEAST = 500,  /* documents */
    BATCH_POSTINGS_MAX = 64 * 1024 * 1024,
    PARAM_MAX = 512 * 1024 * 1024,
    ANALYZE_FROM = 5000, /* new claims */
    AHEAD_MAX = 10000,   /* terms of a batch: with more, most lists are near each other */
    ORDER_FROM = 20000,  /* new claims, and … */
    ORDER_SHARE = 16,    /* … at least this part of all: ordering costs as much as there is */
    PROFILE_ARENA = 64 * 1024 * 1024,
};

/* One term of one claim on its way into a list. */
struct entry {
    int32_t term;
    uint32_t ordinal;
    uint32_t packed;
};

struct batch {
    struct cb_matcher *matcher;
    struct cb_arena arena; /* of one claim */
    struct entry *entries;
    size_t count, capacity;
    int64_t next_ordinal, words;
    char last_document[CB_UUID_TEXT_SIZE]; /* of the run: the next batch follows it. Empty: none was yet. */
    size_t documents;                      /* how many the next batch takes */
};

/* ------------------------------------------------------------------ small things */

void cb_array_text(struct cb_buffer *out, const int64_t *items, size_t count)
{
    cb_buffer_add_char(out, '{');
    for (size_t i = 0; i < count; i++)
        cb_buffer_printf(out, "%s%" PRId64, i > 0 ? "," : "", items[i]);
    cb_buffer_add_char(out, '}');
}

void cb_array_text32(struct cb_buffer *out, const int32_t *items, size_t count)
{
    cb_buffer_add_char(out, '{');
    for (size_t i = 0; i < count; i++)
        cb_buffer_printf(out, "%s%" PRId32, i > 0 ? "," : "", items[i]);
    cb_buffer_add_char(out, '}');
}

enum cb_code cb_stored_profile(struct cb_matcher *matcher, const char *text, const char *published,
                               struct cb_arena *arena, const struct cb_profile **out, struct cb_err *err)
{
    size_t len = strlen(text);
    if (len > CB_CLAIM_TEXT_MAX)
        len = cb_utf8_previous(text, CB_CLAIM_TEXT_MAX + 1);
    if (published != NULL && *published == '\0')
        published = NULL;
    return cb_profile_make(matcher, text, len, published, arena, out, err);
}

enum cb_code cb_index_state(struct cb_db *db, struct cb_index_state *out, struct cb_err *err)
{
    struct cb_rows *rows = NULL;
    enum cb_code code = cb_db_one(db, &cb_sql_index_read_state, NULL, 0, &rows, err);
    if (code == CB_OK) {
        out->ordinals = cb_rows_int(rows, 0, 1);
        out->claims = cb_rows_int(rows, 0, 2);
        out->changes = cb_rows_int(rows, 0, 4);
        out->words = out->claims > 0 ? cb_rows_double(rows, 0, 3) / (double)out->claims : 1.0;
    }
    cb_rows_free(rows);
    return code;
}

/* ------------------------------------------------------------------ adding claims */

static enum cb_code add_entry(struct batch *batch, int32_t term, uint32_t packed, struct cb_err *err)
{
    void *items = batch->entries;
    enum cb_code code = cb_array_reserve(&items, &batch->capacity, batch->count + 1, sizeof *batch->entries,
                                         BATCH_POSTINGS_MAX, "terms of a batch", err);
    if (code != CB_OK)
        return code;
    batch->entries = items;
    batch->entries[batch->count++] = (struct entry){term, (uint32_t)batch->next_ordinal, packed};
    return CB_OK;
}

/* The terms of text and title, both ascending, become one list. */
static enum cb_code add_claim(struct batch *batch, const struct cb_profile *text,
                              const struct cb_profile *title, struct cb_err *err)
{
    size_t titles = title != NULL ? title->term_count : 0;
    struct cb_posting posting = {
        .offset = (uint32_t)batch->next_ordinal,
        .words = (unsigned)(text->term_count + titles > CB_POSTING_WORDS_MAX ? CB_POSTING_WORDS_MAX
                                                                             : text->term_count + titles),
        .level = cb_weight_level(text->weight),
    };
    enum cb_code code = CB_OK;
    size_t i = 0, j = 0;
    while (code == CB_OK && (i < text->term_count || j < titles)) {
        bool from_text = i < text->term_count && (j == titles || text->terms[i] <= title->terms[j]);
        bool from_title = j < titles && (i == text->term_count || title->terms[j] <= text->terms[i]);
        int32_t term = from_text ? text->terms[i] : title->terms[j];
        posting.in_text = from_text;
        posting.in_title = from_title;
        i += from_text;
        j += from_title;
        code = add_entry(batch, term, cb_posting_pack(posting), err);
    }
    batch->words += posting.words;
    batch->next_ordinal++;
    return code;
}

static enum cb_code copy_claim(struct batch *batch, struct cb_copy *copy, const struct cb_rows *rows,
                               size_t row, struct cb_err *err)
{
    enum { DOCUMENT, NUMBER, TEXT, TITLE, PUBLISHED };
    const struct cb_profile *text = NULL, *title = NULL;
    struct cb_uuid id;
    cb_arena_reset(&batch->arena);
    const char *published = cb_rows_text(rows, row, PUBLISHED);
    enum cb_code code = cb_stored_profile(batch->matcher, cb_rows_text(rows, row, TEXT), published,
                                          &batch->arena, &text, err);
    if (code == CB_OK && !cb_rows_is_null(rows, row, TITLE))
        code = cb_stored_profile(batch->matcher, cb_rows_text(rows, row, TITLE), published, &batch->arena,
                                 &title, err);
    if (code == CB_OK && !cb_uuid_parse(cb_rows_text(rows, row, DOCUMENT), &id))
        code = cb_fail(err, CB_FAILED, "the server gave a document id that is none");
    if (code != CB_OK)
        return code;
    cb_copy_row(copy);
    cb_copy_uuid(copy, &id);
    cb_copy_int4(copy, (int32_t)cb_rows_int(rows, row, NUMBER));
    cb_copy_string(copy, cb_match_method_version());
    cb_copy_int4_array(copy, text->terms, text->term_count);
    cb_copy_int8(copy, batch->next_ordinal);
    return add_claim(batch, text, title, err);
}

static int by_term(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->term != y->term)
        return x->term < y->term ? -1 : 1;
    return (x->ordinal > y->ordinal) - (x->ordinal < y->ordinal);
}

static void add_hex(struct cb_buffer *out, uint32_t packed)
{
    static const char digits[] = "0123456789abcdef";
    char hex[2 * CB_POSTING_BYTES];
    for (size_t i = 0; i < CB_POSTING_BYTES; i++, packed >>= 8) {
        hex[2 * i] = digits[packed >> 4 & 15];
        hex[2 * i + 1] = digits[packed & 15];
    }
    cb_buffer_add(out, hex, sizeof hex);
}

/* The batch as four arrays, one element a list. */
static void fill_arrays(const struct batch *batch, struct cb_buffer arrays[4])
{
    for (size_t at = 0, end; at < batch->count; at = end) {
        const struct entry *first = &batch->entries[at];
        const char *separator = at > 0 ? "," : "{";
        cb_buffer_printf(&arrays[0], "%s%" PRId32, separator, first->term);
        cb_buffer_printf(&arrays[1], "%s%" PRIu32, separator, first->ordinal >> CB_BLOCK_BITS);
        cb_buffer_add_text(&arrays[3], separator);
        for (end = at; end < batch->count && batch->entries[end].term == first->term &&
                       batch->entries[end].ordinal >> CB_BLOCK_BITS == first->ordinal >> CB_BLOCK_BITS;
             end++)
            add_hex(&arrays[3], batch->entries[end].packed);
        cb_buffer_printf(&arrays[2], "%s%zu", separator, end - at);
    }
    for (size_t i = 0; i < 4; i++)
        cb_buffer_add_text(&arrays[i], batch->count > 0 ? "}" : "{}");
}

/* A few lists lie far apart, and are looked up one by one when they grow: so all are asked for before. */
static enum cb_code read_ahead(struct cb_db *db, const struct batch *batch, const struct cb_buffer *terms,
                               struct cb_err *err)
{
    char first[16], last[16];
    uint32_t least = UINT32_MAX, greatest = 0;
    for (size_t i = 0; i < batch->count; i++) {
        uint32_t block = batch->entries[i].ordinal >> CB_BLOCK_BITS;
        least = block < least ? block : least;
        greatest = block > greatest ? block : greatest;
    }
    (void)snprintf(first, sizeof first, "%" PRIu32, least);
    (void)snprintf(last, sizeof last, "%" PRIu32, greatest);
    const char *params[] = {cb_buffer_text(terms), first, last};
    return cb_db_run(db, &cb_sql_index_lists_ahead, params, 3, NULL, err);
}

static enum cb_code write_lists(struct cb_db *db, struct batch *batch, struct cb_err *err)
{
    struct cb_buffer arrays[4];
    enum cb_code code = CB_OK;
    qsort(batch->entries, batch->count, sizeof *batch->entries, by_term);
    for (size_t i = 0; i < 4; i++)
        cb_buffer_init(&arrays[i], PARAM_MAX);
    fill_arrays(batch, arrays);
    for (size_t i = 0; i < 4 && code == CB_OK; i++)
        code = cb_buffer_status(&arrays[i], "the lists of a batch", err);
    if (code == CB_OK && batch->count > 0 && batch->count <= AHEAD_MAX)
        code = read_ahead(db, batch, &arrays[0], err);
    if (code == CB_OK) {
        const char *params[] = {cb_buffer_text(&arrays[0]), cb_buffer_text(&arrays[1]),
                                cb_buffer_text(&arrays[2]), cb_buffer_text(&arrays[3])};
        code = cb_db_run(db, &cb_sql_index_add_blocks, params, 4, NULL, err);
    }
    for (size_t i = 0; i < 4; i++)
        cb_buffer_release(&arrays[i]);
    return code;
}

static enum cb_code write_claims(struct cb_db *db, struct batch *batch, const struct cb_rows *rows,
                                 struct cb_err *err)
{
    struct cb_copy *copy = NULL;
    enum cb_code code = cb_copy_begin(db, &cb_sql_index_copy_terms, 5, &copy, err);
    if (code != CB_OK)
        return code;
    for (size_t row = 0; row < cb_rows_count(rows) && code == CB_OK; row++)
        code = copy_claim(batch, copy, rows, row, err);
    if (code != CB_OK)
        cb_copy_abort(copy);
    else
        code = cb_copy_end(copy, NULL, err);
    return code;
}

static enum cb_code write_batch(struct cb_db *db, struct batch *batch, const struct cb_rows *rows,
                                struct cb_err *err)
{
    char claims[32], words[32], first[32], last[32];
    batch->count = 0;
    batch->words = 0;
    (void)snprintf(first, sizeof first, "%" PRId64, batch->next_ordinal);
    (void)snprintf(last, sizeof last, "%" PRId64, batch->next_ordinal + (int64_t)cb_rows_count(rows) - 1);
    enum cb_code code = write_claims(db, batch, rows, err);
    if (code == CB_OK)
        code = write_lists(db, batch, err);
    if (code == CB_OK) {
        const char *params[] = {first, last};
        code = cb_db_run(db, &cb_sql_match_due_add, params, 2, NULL, err);
    }
    if (code != CB_OK)
        return code;
    (void)snprintf(claims, sizeof claims, "%zu", cb_rows_count(rows));
    (void)snprintf(words, sizeof words, "%" PRId64, batch->words);
    const char *params[] = {claims, words};
    return cb_db_run(db, &cb_sql_index_add_state, params, 2, NULL, err);
}

/* An index of another method can not be added to. */
static enum cb_code forget(struct cb_db *db, struct cb_err *err)
{
    const char *params[] = {cb_match_method_version()};
    enum cb_code code = cb_db_run(db, &cb_sql_index_forget_terms, NULL, 0, NULL, err);
    if (code == CB_OK)
        code = cb_db_run(db, &cb_sql_index_forget_blocks, NULL, 0, NULL, err);
    if (code == CB_OK)
        code = cb_db_run(db, &cb_sql_index_forget_runs, NULL, 0, NULL, err);
    if (code == CB_OK)
        code = cb_db_run(db, &cb_sql_match_forget, NULL, 0, NULL, err);
    if (code == CB_OK)
        code = cb_db_run(db, &cb_sql_match_due_forget, NULL, 0, NULL, err);
    if (code == CB_OK)
        code = cb_db_run(db, &cb_sql_index_reset_state, params, 1, NULL, err);
    return code;
}

/* Takes the row of the index for this transaction, and the next free ordinal. */
static enum cb_code hold_index(struct cb_db *db, struct batch *batch, struct cb_err *err)
{
    struct cb_rows *rows = NULL;
    enum cb_code code = cb_db_one(db, &cb_sql_index_state, NULL, 0, &rows, err);
    batch->next_ordinal = 0;
    if (code == CB_OK) {
        if (strcmp(cb_rows_text(rows, 0, 0), cb_match_method_version()) != 0) {
            *batch->last_document = '\0'; /* nothing is indexed any more */
            code = forget(db, err);
        } else {
            batch->next_ordinal = cb_rows_int(rows, 0, 1);
        }
    }
    cb_rows_free(rows);
    return code;
}

/* The claims that are due in the next documents of a run; *last tells that no document follows. */
static enum cb_code read_due(struct cb_db *db, struct batch *batch, const char *run_id,
                             struct cb_rows **claims, bool *last, struct cb_err *err)
{
    char limit[32];
    struct cb_rows *documents = NULL;
    struct cb_buffer ids;
    const char *run[] = {run_id, *batch->last_document != '\0' ? batch->last_document : NULL, limit};
    (void)snprintf(limit, sizeof limit, "%zu", batch->documents);
    cb_buffer_init(&ids, PARAM_MAX);
    enum cb_code code = cb_db_run(db, &cb_sql_index_documents_due, run, 3, &documents, err);
    size_t count = code == CB_OK ? cb_rows_count(documents) : 0;
    *last = count < batch->documents;
    for (size_t i = 0; i < count; i++)
        cb_buffer_printf(&ids, "%c%s", i > 0 ? ',' : '{', cb_rows_text(documents, i, 0));
    cb_buffer_add_text(&ids, count > 0 ? "}" : "{}");
    const char *params[] = {cb_buffer_text(&ids)};
    if (code == CB_OK)
        code = cb_buffer_status(&ids, "the list of documents", err);
    if (code == CB_OK)
        code = cb_db_run(db, &cb_sql_index_claims_due, params, 1, claims, err);
    if (code == CB_OK && count > 0) {
        size_t due = cb_rows_count(*claims), next = due == 0 ? BATCH : count * BATCH / due;
        batch->documents = next < BATCH_LEAST ? BATCH_LEAST : next > BATCH ? BATCH : next;
        (void)snprintf(batch->last_document, sizeof batch->last_document, "%s",
                       cb_rows_text(documents, count - 1, 0));
    }
    cb_rows_free(documents);
    cb_buffer_release(&ids);
    return code;
}

/* One batch of a run; *last tells whether it was the last one. */
static enum cb_code index_some(struct cb_db *db, struct batch *batch, const char *run_id, size_t *added,
                               bool *last, struct cb_err *err)
{
    struct cb_rows *rows = NULL;
    *added = 0;
    enum cb_code code = cb_db_begin(db, err);
    if (code == CB_OK)
        code = hold_index(db, batch, err);
    if (code == CB_OK)
        code = read_due(db, batch, run_id, &rows, last, err);
    if (code == CB_OK)
        *added = cb_rows_count(rows);
    if (code == CB_OK && batch->next_ordinal > INT32_MAX - (int64_t)*added)
        code = cb_fail(err, CB_LIMIT, "the index has no more ordinals to give");
    if (code == CB_OK && *added > 0)
        code = write_batch(db, batch, rows, err);
    cb_rows_free(rows);
    if (code == CB_OK)
        code = cb_db_commit(db, err);
    if (code != CB_OK)
        cb_db_rollback(db);
    return code;
}

static enum cb_code index_run(struct cb_db *db, struct batch *batch, const char *run_id, bool finished,
                              cb_progress *progress, void *context, int64_t *indexed, struct cb_err *err)
{
    size_t added = 0;
    bool last = false;
    *batch->last_document = '\0';
    batch->documents = BATCH_FIRST;
    while (!last) {
        enum cb_code code = index_some(db, batch, run_id, &added, &last, err);
        if (code != CB_OK)
            return code;
        *indexed += (int64_t)added;
        if (progress != NULL && added > 0)
            progress(context, "indexing", *indexed, 0);
    }
    const char *params[] = {run_id};
    return finished ? cb_db_run(db, &cb_sql_index_run_done, params, 1, NULL, err) : CB_OK;
}

/* Throws a stale index away before anything is read from it. */
static enum cb_code check_version(struct cb_db *db, struct batch *batch, struct cb_err *err)
{
    struct cb_rows *rows = NULL;
    enum cb_code code = cb_db_one(db, &cb_sql_index_read_state, NULL, 0, &rows, err);
    bool stale = code == CB_OK && strcmp(cb_rows_text(rows, 0, 0), cb_match_method_version()) != 0;
    cb_rows_free(rows);
    if (!stale)
        return code;
    code = cb_db_begin(db, err);
    if (code == CB_OK)
        code = hold_index(db, batch, err);
    if (code == CB_OK)
        code = cb_db_commit(db, err);
    if (code != CB_OK)
        cb_db_rollback(db);
    return code;
}

/* Are the tables that matching fills this role's to gather statistics of, and to order? */
static enum cb_code is_owner(struct cb_db *db, bool *owner, struct cb_err *err)
{
    struct cb_rows *rows = NULL;
    enum cb_code code = cb_db_one(db, &cb_sql_match_owned, NULL, 0, &rows, err);
    *owner = code == CB_OK && cb_rows_bool(rows, 0, 0);
    cb_rows_free(rows);
    return code;
}

enum cb_code cb_gather_statistics(struct cb_db *db, const struct cb_sql *sql, struct cb_err *err)
{
    bool owner = false;
    enum cb_code code = is_owner(db, &owner, err);
    return owner ? cb_db_run(db, sql, NULL, 0, NULL, err) : code;
}

/* Nothing but speed depends on the order: when somebody holds the table, or may only gather statistics of it,
 * it stays as it is. */
static bool is_excuse(const struct cb_err *err)
{
    return strcmp(err->sqlstate, "55P03") == 0 /* lock not available */ ||
           strcmp(err->sqlstate, "42501") == 0 /* insufficient privilege */;
}

/* Each batch writes its lists behind those of the batch before: a term's lie on a page of its own for each
 * batch that ever was. In order they lie on one or two. */
static enum cb_code order_lists(struct cb_db *db, struct cb_err *err)
{
    struct cb_err refusal = {0};
    bool owner = false;
    enum cb_code code = is_owner(db, &owner, err);
    if (code != CB_OK || !owner)
        return code;
    code = cb_db_begin(db, &refusal);
    if (code == CB_OK)
        code = cb_db_run(db, &cb_sql_index_order_wait, NULL, 0, NULL, &refusal);
    if (code == CB_OK)
        code = cb_db_run(db, &cb_sql_index_order_lists, NULL, 0, NULL, &refusal);
    if (code == CB_OK)
        code = cb_db_commit(db, &refusal);
    if (code == CB_OK)
        return CB_OK;
    cb_db_rollback(db);
    if (is_excuse(&refusal))
        return CB_OK;
    if (err != NULL)
        *err = refusal;
    return code;
}

enum cb_code cb_index_refresh(struct cb_db *db, struct cb_matcher *matcher, cb_progress *progress,
                              void *context, int64_t *indexed, struct cb_err *err)
{
    struct batch batch = {.matcher = matcher};
    struct cb_rows *runs = NULL;
    cb_arena_init(&batch.arena, PROFILE_ARENA);
    *indexed = 0;
    enum cb_code code = check_version(db, &batch, err);
    if (code == CB_OK)
        code = cb_db_run(db, &cb_sql_index_runs_due, NULL, 0, &runs, err);
    size_t count = code == CB_OK ? cb_rows_count(runs) : 0;
    for (size_t i = 0; i < count && code == CB_OK; i++)
        code = index_run(db, &batch, cb_rows_text(runs, i, 0), cb_rows_bool(runs, i, 1), progress, context,
                         indexed, err);
    /* Without it the planner takes a table that was just filled for an empty one. */
    if (code == CB_OK && *indexed >= ANALYZE_FROM)
        code = cb_gather_statistics(db, &cb_sql_index_analyze, err);
    if (code == CB_OK && *indexed >= ORDER_FROM && *indexed * ORDER_SHARE >= batch.next_ordinal)
        code = order_lists(db, err);
    cb_rows_free(runs);
    cb_arena_release(&batch.arena);
    free(batch.entries);
    return code;
}

/* ------------------------------------------------------------------ reading lists */

static enum cb_code take_list(void *context, const struct cb_rows *row, struct cb_err *err)
{
    struct cb_postings *postings = context;
    if (cb_rows_count(row) == 0)
        return CB_OK;
    return cb_postings_add(postings, (int32_t)cb_rows_binary_int(row, 0, 0),
                           (uint32_t)cb_rows_binary_int(row, 0, 1), cb_rows_text(row, 0, 2),
                           cb_rows_length(row, 0, 2), err);
}

enum cb_code cb_index_load(struct cb_db *db, const int32_t *terms, size_t count, struct cb_postings *out,
                           struct cb_err *err)
{
    struct cb_buffer list;
    cb_buffer_init(&list, PARAM_MAX);
    cb_array_text32(&list, terms, count);
    enum cb_code code = cb_buffer_status(&list, "the list of terms", err);
    const char *params[] = {cb_buffer_text(&list)};
    if (code == CB_OK)
        code = cb_db_stream_binary(db, &cb_sql_index_lists, params, 1, take_list, out, err);
    cb_buffer_release(&list);
    return code;
}

enum cb_code cb_index_load_all(struct cb_db *db, struct cb_postings *out, struct cb_err *err)
{
    return cb_db_stream_binary(db, &cb_sql_index_all_lists, NULL, 0, take_list, out, err);
}
