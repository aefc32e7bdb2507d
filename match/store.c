#include "match/store.h"

#include "base/buffer.h"
#include "db_queries.h"
#include "match/index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MIB ((size_t)1024 * 1024)

enum { PLACES_FIRST = 1 << 12, ASK_MAX = 20000, LISTS_MAX = 3 };

/* The store is trimmed above FULL; a single group may take it up to the arenas' own maximum. */
#define ARENA_MAX     (2048 * MIB)
#define TEXTS_FULL    (512 * MIB)
#define PROFILES_FULL (512 * MIB)
#define PARAM_MAX     (64 * MIB)

/* ------------------------------------------------------------------ the two tables */

static size_t spread(uint32_t key)
{
    uint32_t at = key * 2654435769U;
    return at ^ at >> 16;
}

static uint32_t id_hash(const char *id)
{
    uint32_t hash = 2166136261U;
    for (; *id != '\0'; id++)
        hash = (hash ^ (unsigned char)*id) * 16777619U;
    return hash;
}

static size_t claim_place(const struct cb_store *store, uint32_t ordinal)
{
    size_t place = spread(ordinal) & store->claim_mask;
    while (store->by_ordinal[place] != NULL && store->by_ordinal[place]->ordinal != ordinal)
        place = (place + 1) & store->claim_mask;
    return place;
}

static size_t document_place(const struct cb_store *store, const char *id)
{
    size_t place = spread(id_hash(id)) & store->document_mask;
    while (store->by_id[place] != NULL && strcmp(store->by_id[place]->id, id) != 0)
        place = (place + 1) & store->document_mask;
    return place;
}

struct cb_stored_claim *cb_store_find(const struct cb_store *store, uint32_t ordinal)
{
    return store->by_ordinal[claim_place(store, ordinal)];
}

struct cb_stored_document *cb_store_document(const struct cb_store *store, const char *id)
{
    return store->by_id[document_place(store, id)];
}

static enum cb_code grow_claims(struct cb_store *store, struct cb_err *err)
{
    struct cb_store larger = *store;
    larger.claim_mask = 2 * store->claim_mask + 1;
    larger.by_ordinal = calloc(larger.claim_mask + 1, sizeof(*larger.by_ordinal));
    if (larger.by_ordinal == NULL)
        return cb_no_memory(err);
    for (size_t i = 0; i <= store->claim_mask; i++)
        if (store->by_ordinal[i] != NULL)
            larger.by_ordinal[claim_place(&larger, store->by_ordinal[i]->ordinal)] = store->by_ordinal[i];
    free(store->by_ordinal);
    store->by_ordinal = larger.by_ordinal;
    store->claim_mask = larger.claim_mask;
    return CB_OK;
}

static enum cb_code grow_documents(struct cb_store *store, struct cb_err *err)
{
    struct cb_store larger = *store;
    larger.document_mask = 2 * store->document_mask + 1;
    larger.by_id = calloc(larger.document_mask + 1, sizeof(*larger.by_id));
    if (larger.by_id == NULL)
        return cb_no_memory(err);
    for (size_t i = 0; i <= store->document_mask; i++)
        if (store->by_id[i] != NULL)
            larger.by_id[document_place(&larger, store->by_id[i]->id)] = store->by_id[i];
    free(store->by_id);
    store->by_id = larger.by_id;
    store->document_mask = larger.document_mask;
    return CB_OK;
}

/* ------------------------------------------------------------------ life */

enum cb_code cb_store_init(struct cb_store *store, struct cb_err *err)
{
    *store = (struct cb_store){.claim_mask = PLACES_FIRST - 1, .document_mask = PLACES_FIRST - 1};
    cb_arena_init(&store->arena, ARENA_MAX);
    for (size_t i = 0; i < CB_WORKERS_MAX; i++)
        cb_arena_init(&store->profiles[i], ARENA_MAX);
    store->by_ordinal = calloc(PLACES_FIRST, sizeof(*store->by_ordinal));
    store->by_id = calloc(PLACES_FIRST, sizeof(*store->by_id));
    if (store->by_ordinal != NULL && store->by_id != NULL)
        return CB_OK;
    cb_store_release(store);
    return cb_no_memory(err);
}

void cb_store_release(struct cb_store *store)
{
    cb_arena_release(&store->arena);
    for (size_t i = 0; i < CB_WORKERS_MAX; i++)
        cb_arena_release(&store->profiles[i]);
    free(store->by_ordinal);
    free(store->by_id);
    store->by_ordinal = NULL;
    store->by_id = NULL;
}

static void drop_profiles(struct cb_store *store)
{
    for (size_t i = 0; i <= store->claim_mask; i++)
        if (store->by_ordinal[i] != NULL)
            store->by_ordinal[i]->claim.profile = NULL;
    for (size_t i = 0; i < CB_WORKERS_MAX; i++)
        cb_arena_reset(&store->profiles[i]);
}

enum cb_code cb_store_trim(struct cb_store *store, struct cb_err *err)
{
    size_t profiles = 0;
    for (size_t i = 0; i < CB_WORKERS_MAX; i++)
        profiles += store->profiles[i].used;
    if (store->arena.used > TEXTS_FULL) {
        cb_store_release(store);
        return cb_store_init(store, err);
    }
    if (profiles > PROFILES_FULL)
        drop_profiles(store);
    return CB_OK;
}

/* ------------------------------------------------------------------ loading */

/* "He asked whether X" still says what X is; a question that stands as one does not. */
static enum cb_said said_by_name(const char *modality, const char *text)
{
    if (strcmp(modality, "denied") == 0)
        return CB_SAID_DENIED;
    if (strcmp(modality, "question") == 0)
        return strchr(text, '?') != NULL ? CB_SAID_ASKED : CB_SAID_STATED;
    return strcmp(modality, "wish") == 0 ? CB_SAID_WISHED : CB_SAID_STATED;
}

static enum cb_code document_of(struct cb_store *store, const char *id, struct cb_stored_document **out,
                                struct cb_err *err)
{
    *out = cb_store_document(store, id);
    if (*out != NULL)
        return CB_OK;
    if (2 * store->document_count > store->document_mask) {
        enum cb_code code = grow_documents(store, err);
        if (code != CB_OK)
            return code;
    }
    struct cb_stored_document *document = cb_arena_alloc(&store->arena, sizeof *document);
    if (document == NULL)
        return cb_fail(err, CB_LIMIT,
                       "the claims to be matched do not fit into the memory set apart for them");
    (void)snprintf(document->id, sizeof document->id, "%s", id);
    store->by_id[document_place(store, id)] = document;
    store->document_count++;
    *out = document;
    return CB_OK;
}

static enum cb_code add_claim(struct cb_store *store, const struct cb_rows *rows, size_t row,
                              struct cb_err *err)
{
    enum { ORDINAL, DOCUMENT, NUMBER, TEXT, SPEAKER, MODALITY, PUBLISHED, SENTENCE };
    uint32_t ordinal = (uint32_t)cb_rows_int(rows, row, ORDINAL);
    if (cb_store_find(store, ordinal) != NULL)
        return CB_OK;
    struct cb_stored_document *document = NULL;
    enum cb_code code = document_of(store, cb_rows_text(rows, row, DOCUMENT), &document, err);
    if (code == CB_OK && 2 * store->claim_count > store->claim_mask)
        code = grow_claims(store, err);
    if (code != CB_OK)
        return code;
    struct cb_stored_claim *claim = cb_arena_alloc(&store->arena, sizeof *claim);
    char *text = cb_arena_copy(&store->arena, cb_rows_text(rows, row, TEXT), cb_rows_length(rows, row, TEXT));
    char *published = cb_arena_copy(&store->arena, cb_rows_text(rows, row, PUBLISHED),
                                    cb_rows_length(rows, row, PUBLISHED));
    if (claim == NULL || text == NULL || published == NULL)
        return cb_fail(err, CB_LIMIT,
                       "the claims to be matched do not fit into the memory set apart for them");
    *claim = (struct cb_stored_claim){
        .ordinal = ordinal,
        .claim_no = (int32_t)cb_rows_int(rows, row, NUMBER),
        .document = document,
        .text = text,
        .published = *published != '\0' ? published : NULL,
        .claim = {.speaker_id = cb_rows_int(rows, row, SPEAKER),
                  .said = said_by_name(cb_rows_text(rows, row, MODALITY), text),
                  .sentence = (int32_t)cb_rows_int(rows, row, SENTENCE)},
        .next = document->first,
    };
    document->first = claim;
    document->count++;
    store->by_ordinal[claim_place(store, ordinal)] = claim;
    store->claim_count++;
    return CB_OK;
}

static enum cb_code load(struct cb_store *store, struct cb_db *db, const struct cb_sql *sql,
                         const struct cb_buffer *lists, size_t count, struct cb_err *err)
{
    struct cb_rows *rows = NULL;
    const char *params[LISTS_MAX];
    enum cb_code code = CB_OK;
    for (size_t i = 0; i < count && code == CB_OK; i++) {
        params[i] = cb_buffer_text(&lists[i]);
        code = cb_buffer_status(&lists[i], "the list of claims", err);
    }
    if (code == CB_OK)
        code = cb_db_run(db, sql, params, count, &rows, err);
    size_t total = code == CB_OK ? cb_rows_count(rows) : 0;
    for (size_t row = 0; row < total && code == CB_OK; row++)
        code = add_claim(store, rows, row, err);
    cb_rows_free(rows);
    return code;
}

/* Rows of match_claims_by_ordinal as an array a column. */
static void place_arrays(const struct cb_rows *rows, struct cb_buffer lists[LISTS_MAX])
{
    size_t count = cb_rows_count(rows);
    for (size_t column = 0; column < LISTS_MAX; column++) {
        cb_buffer_clear(&lists[column]);
        cb_buffer_add_char(&lists[column], '{');
        for (size_t row = 0; row < count; row++)
            cb_buffer_printf(&lists[column], "%s%s", row > 0 ? "," : "", cb_rows_text(rows, row, column));
        cb_buffer_add_char(&lists[column], '}');
    }
}

/* In two steps: the planner has to know how many rows it joins. */
static enum cb_code load_piece(struct cb_store *store, struct cb_db *db, const int64_t *ordinals,
                               size_t count, struct cb_buffer lists[LISTS_MAX], struct cb_err *err)
{
    struct cb_rows *places = NULL;
    cb_buffer_clear(&lists[0]);
    cb_array_text(&lists[0], ordinals, count);
    const char *params[] = {cb_buffer_text(&lists[0])};
    enum cb_code code = cb_buffer_status(&lists[0], "the list of claims", err);
    if (code == CB_OK)
        code = cb_db_run(db, &cb_sql_match_claims_by_ordinal, params, 1, &places, err);
    if (code == CB_OK) {
        place_arrays(places, lists);
        code = load(store, db, &cb_sql_match_claims_by_place, lists, LISTS_MAX, err);
    }
    cb_rows_free(places);
    return code;
}

enum cb_code cb_store_load_claims(struct cb_store *store, struct cb_db *db, const int64_t *ordinals,
                                  size_t count, struct cb_err *err)
{
    struct cb_buffer lists[LISTS_MAX];
    enum cb_code code = CB_OK;
    for (size_t i = 0; i < LISTS_MAX; i++)
        cb_buffer_init(&lists[i], PARAM_MAX);
    for (size_t at = 0; at < count && code == CB_OK; at += ASK_MAX)
        code = load_piece(store, db, ordinals + at, count - at < ASK_MAX ? count - at : ASK_MAX, lists, err);
    for (size_t i = 0; i < LISTS_MAX; i++)
        cb_buffer_release(&lists[i]);
    return code;
}

static int by_number(const void *a, const void *b)
{
    const struct cb_stored_claim *const *x = a, *const *y = b;
    return ((*x)->claim_no > (*y)->claim_no) - ((*x)->claim_no < (*y)->claim_no);
}

static enum cb_code make_whole(struct cb_store *store, struct cb_stored_document *document,
                               struct cb_err *err)
{
    size_t count = 0;
    document->claims = cb_arena_array(&store->arena, document->count + 1, sizeof(*document->claims));
    if (document->claims == NULL)
        return cb_no_memory(err);
    for (struct cb_stored_claim *claim = document->first; claim != NULL; claim = claim->next)
        document->claims[count++] = claim;
    qsort(document->claims, count, sizeof(*document->claims), by_number);
    document->whole = true;
    return CB_OK;
}

static enum cb_code take_claim(void *context, const struct cb_rows *row, struct cb_err *err)
{
    return cb_rows_count(row) > 0 ? add_claim(context, row, 0, err) : CB_OK;
}

enum cb_code cb_store_load_all(struct cb_store *store, struct cb_db *db, struct cb_err *err)
{
    enum cb_code code = cb_db_stream(db, &cb_sql_match_claims_all, NULL, 0, take_claim, store, err);
    for (size_t i = 0; i <= store->document_mask && code == CB_OK; i++)
        if (store->by_id[i] != NULL && !store->by_id[i]->whole)
            code = make_whole(store, store->by_id[i], err);
    return code;
}

/* Ids as an array; those of documents that are whole already are left out. */
static size_t ids_array(const struct cb_store *store, const char *const *ids, size_t count,
                        struct cb_buffer *out)
{
    size_t written = 0;
    cb_buffer_add_char(out, '{');
    for (size_t i = 0; i < count; i++) {
        const struct cb_stored_document *document = store != NULL ? cb_store_document(store, ids[i]) : NULL;
        if (document == NULL || !document->whole)
            cb_buffer_printf(out, "%s%s", written++ > 0 ? "," : "", ids[i]);
    }
    cb_buffer_add_char(out, '}');
    return written;
}

enum cb_code cb_store_load_documents(struct cb_store *store, struct cb_db *db, const char *const *ids,
                                     size_t count, struct cb_err *err)
{
    struct cb_buffer list;
    enum cb_code code = CB_OK;
    cb_buffer_init(&list, PARAM_MAX);
    if (ids_array(store, ids, count, &list) > 0)
        code = load(store, db, &cb_sql_match_claims_by_document, &list, 1, err);
    for (size_t i = 0; i < count && code == CB_OK; i++) {
        struct cb_stored_document *document = cb_store_document(store, ids[i]);
        if (document != NULL && !document->whole)
            code = make_whole(store, document, err);
    }
    cb_buffer_release(&list);
    return code;
}

/* ------------------------------------------------------------------ lineage */

/* Rows come by document, tokens ascending. */
static enum cb_code take_tokens(struct cb_store *store, const struct cb_rows *rows, size_t from, size_t until,
                                struct cb_err *err)
{
    struct cb_stored_document *document = cb_store_document(store, cb_rows_text(rows, from, 0));
    if (document == NULL || document->tokens != NULL)
        return CB_OK;
    const char **tokens = cb_arena_array(&store->arena, until - from, sizeof *tokens);
    if (tokens == NULL)
        return cb_no_memory(err);
    for (size_t row = from; row < until; row++) {
        tokens[row - from] =
            cb_arena_copy(&store->arena, cb_rows_text(rows, row, 1), cb_rows_length(rows, row, 1));
        if (tokens[row - from] == NULL)
            return cb_no_memory(err);
    }
    document->tokens = tokens;
    document->token_count = until - from;
    return CB_OK;
}

enum cb_code cb_store_load_lineage(struct cb_store *store, struct cb_db *db,
                                   struct cb_stored_document *const *documents, size_t count,
                                   struct cb_err *err)
{
    struct cb_buffer list;
    struct cb_rows *rows = NULL;
    size_t asked = 0;
    cb_buffer_init(&list, PARAM_MAX);
    for (size_t i = 0; i < count; i++)
        if (documents[i]->tokens == NULL)
            cb_buffer_printf(&list, "%s%s", asked++ > 0 ? "," : "{", documents[i]->id);
    cb_buffer_add_text(&list, asked > 0 ? "}" : "{}");
    const char *params[] = {cb_buffer_text(&list)};
    enum cb_code code = cb_buffer_status(&list, "the list of documents", err);
    if (code == CB_OK && asked > 0)
        code = cb_db_run(db, &cb_sql_match_lineage, params, 1, &rows, err);
    size_t total = rows != NULL ? cb_rows_count(rows) : 0;
    for (size_t at = 0, end; at < total && code == CB_OK; at = end) {
        for (end = at + 1; end < total && strcmp(cb_rows_text(rows, at, 0), cb_rows_text(rows, end, 0)) == 0;
             end++)
            ;
        code = take_tokens(store, rows, at, end, err);
    }
    cb_rows_free(rows);
    cb_buffer_release(&list);
    return code;
}

/* Equal, or credits of one kind to one outlet of which one names no speaker: "kinterview|kommersant|". */
static bool tokens_meet(const char *a, const char *b)
{
    size_t la = strlen(a), lb = strlen(b), shorter = la < lb ? la : lb;
    if (strncmp(a, b, shorter) != 0)
        return false;
    return la == lb || (*a == 'k' && shorter > 0 && a[shorter - 1] == '|');
}

bool cb_store_shared_origin(const struct cb_stored_document *a, const struct cb_stored_document *b)
{
    for (size_t i = 0; i < a->token_count; i++)
        for (size_t j = 0; j < b->token_count; j++)
            if (tokens_meet(a->tokens[i], b->tokens[j]))
                return true;
    return false;
}

enum cb_code cb_store_profile(struct cb_store *store, size_t worker, struct cb_matcher *matcher,
                              struct cb_stored_claim *claim, struct cb_err *err)
{
    if (claim->claim.profile != NULL)
        return CB_OK;
    return cb_stored_profile(matcher, claim->text, claim->published, &store->profiles[worker],
                             &claim->claim.profile, err);
}
