#include "base/array.h"
#include "base/buffer.h"
#include "db/claim_id.h"
#include "db/copy.h"
#include "db_queries.h"
#include "match/derive.h"
#include "match/lineage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MIB ((size_t)1024 * 1024)

enum {
    STEPS_MAX = 50 * 1000 * 1000,
    AROUND_MAX = 5000,
    ROUNDS_MAX = 1000,
    DOCUMENTS_MAX = 100 * 1000 * 1000
};
#define ARENA_MAX (2048 * MIB)
#define WALK_MAX  (1024 * MIB)
#define PARAM_MAX (256 * MIB)

struct id {
    char text[CB_UUID_TEXT_SIZE];
};

/* A step by ids, before all documents are known. */
struct raw_step {
    struct id from, to; /* `to` is empty when `origin` names it */
    const char *origin, *reason;
    bool quotes;
};

struct tracing {
    struct cb_db *db;
    bool all;
    struct cb_arena arena, walk;
    struct id *documents; /* ascending and unique up to `sorted` */
    size_t count, sorted, capacity;
    struct raw_step *steps;
    size_t step_count, step_capacity;
};

static int compare_ids(const void *a, const void *b)
{
    const struct id *x = a, *y = b;
    return strcmp(x->text, y->text);
}

static uint32_t find_document(const struct tracing *t, const char *text)
{
    struct id key;
    (void)snprintf(key.text, sizeof key.text, "%s", text);
    const struct id *found =
        t->sorted == 0 ? NULL : bsearch(&key, t->documents, t->sorted, sizeof *t->documents, compare_ids);
    return found == NULL ? CB_NO_DOCUMENT : (uint32_t)(found - t->documents);
}

static enum cb_code add_document(struct tracing *t, const char *text, struct cb_err *err)
{
    void *items = t->documents;
    enum cb_code code = cb_array_reserve(&items, &t->capacity, t->count + 1, sizeof *t->documents,
                                         DOCUMENTS_MAX, "documents with origins", err);
    if (code != CB_OK)
        return code;
    t->documents = items;
    (void)snprintf(t->documents[t->count++].text, sizeof t->documents->text, "%s", text);
    return CB_OK;
}

static void sort_documents(struct tracing *t)
{
    size_t unique = 0;
    if (t->count > 1)
        qsort(t->documents, t->count, sizeof *t->documents, compare_ids);
    for (size_t i = 0; i < t->count; i++)
        if (unique == 0 || compare_ids(&t->documents[unique - 1], &t->documents[i]) != 0)
            t->documents[unique++] = t->documents[i];
    t->count = t->sorted = unique;
}

/* The new documents from `from` on as an array. */
static void ids_array(const struct id *ids, size_t count, struct cb_buffer *out)
{
    cb_buffer_clear(out);
    for (size_t i = 0; i < count; i++)
        cb_buffer_printf(out, "%c%s", i > 0 ? ',' : '{', ids[i].text);
    cb_buffer_add_text(out, count > 0 ? "}" : "{}");
}

/* ------------------------------------------------------------------ reading the steps */

/* "derived from 3f2a9b1c: …, stated by Mary Smith" */
static const char *reason_of(struct tracing *t, const char *kind, const char *to, const char *reason,
                             const char *stated_by)
{
    static const struct {
        const char *kind, *words;
    } names[] = {
        {"derived_from", "derived from"},      {"primary_source", "first said in"},
        {"republication", "republished from"}, {"revision_of", "a revision of"},
        {"quotation", "quoted from"},          {"same_text", "nearly the text of"},
        {"same_address", "at the address of"},
    };
    const char *words = "linked to";
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(kind, names[i].kind) == 0)
            words = names[i].words;
    char text[1024];
    bool person = strcmp(stated_by, "program") != 0;
    int len = snprintf(text, sizeof text, "%s %.8s: %s%s%s", words, to, reason, person ? ", stated by " : "",
                       person ? stated_by : "");
    return len < 0 ? NULL : cb_arena_copy(&t->arena, text, strlen(text));
}

static enum cb_code add_step(struct tracing *t, const struct raw_step *step, struct cb_err *err)
{
    void *items = t->steps;
    enum cb_code code = cb_array_reserve(&items, &t->step_capacity, t->step_count + 1, sizeof *t->steps,
                                         STEPS_MAX, "links of documents", err);
    if (code == CB_OK && step->reason == NULL)
        code = cb_no_memory(err);
    if (code != CB_OK)
        return code;
    t->steps = items;
    t->steps[t->step_count++] = *step;
    return CB_OK;
}

/* Columns: document, target, kind, reason, stated by. */
static enum cb_code take_edge(void *context, const struct cb_rows *rows, struct cb_err *err)
{
    struct tracing *t = context;
    if (cb_rows_count(rows) == 0)
        return CB_OK;
    struct raw_step step = {.quotes = strcmp(cb_rows_text(rows, 0, 2), "quotation") == 0};
    (void)snprintf(step.from.text, sizeof step.from.text, "%s", cb_rows_text(rows, 0, 0));
    (void)snprintf(step.to.text, sizeof step.to.text, "%s", cb_rows_text(rows, 0, 1));
    step.reason = reason_of(t, cb_rows_text(rows, 0, 2), step.to.text, cb_rows_text(rows, 0, 3),
                            cb_rows_text(rows, 0, 4));
    enum cb_code code = add_step(t, &step, err);
    if (code == CB_OK)
        code = add_document(t, step.from.text, err);
    return code == CB_OK ? add_document(t, step.to.text, err) : code;
}

/* Columns: document, origin, kind, reason, stated by. */
static enum cb_code take_credit(void *context, const struct cb_rows *rows, struct cb_err *err)
{
    struct tracing *t = context;
    if (cb_rows_count(rows) == 0)
        return CB_OK;
    struct raw_step step = {.quotes = strcmp(cb_rows_text(rows, 0, 2), "quotation") == 0};
    (void)snprintf(step.from.text, sizeof step.from.text, "%s", cb_rows_text(rows, 0, 0));
    step.origin = cb_arena_copy(&t->arena, cb_rows_text(rows, 0, 1), cb_rows_length(rows, 0, 1));
    const char *person = cb_rows_text(rows, 0, 4);
    char text[1024];
    bool stated = strcmp(person, "program") != 0;
    (void)snprintf(text, sizeof text, "%s%s%s", cb_rows_text(rows, 0, 3), stated ? ", stated by " : "",
                   stated ? person : "");
    step.reason = step.origin == NULL ? NULL : cb_arena_copy(&t->arena, text, strlen(text));
    enum cb_code code = add_step(t, &step, err);
    return code == CB_OK ? add_document(t, step.from.text, err) : code;
}

/* Documents reached by the steps of the last round; each round asks only for those that are new. */
static enum cb_code read_around(struct tracing *t, struct cb_err *err)
{
    struct cb_buffer ids;
    struct id *known = NULL;
    size_t known_count = 0, rounds = 0;
    enum cb_code code = CB_OK;
    cb_buffer_init(&ids, PARAM_MAX);
    sort_documents(t);
    for (size_t fresh = t->count; fresh > 0 && code == CB_OK && rounds < ROUNDS_MAX; rounds++) {
        cb_buffer_clear(&ids);
        fresh = 0;
        for (size_t i = 0; i < t->count; i++)
            if (known_count == 0 ||
                bsearch(&t->documents[i], known, known_count, sizeof *known, compare_ids) == NULL)
                cb_buffer_printf(&ids, "%c%s", fresh++ > 0 ? ',' : '{', t->documents[i].text);
        cb_buffer_add_text(&ids, "}");
        if (fresh == 0)
            break;
        free(known);
        known_count = t->count;
        known = malloc(known_count * sizeof *known + 1);
        if (known == NULL)
            code = cb_no_memory(err);
        else
            memcpy(known, t->documents, known_count * sizeof *known);
        const char *params[] = {cb_buffer_text(&ids)};
        if (code == CB_OK)
            code = cb_buffer_status(&ids, "the list of documents", err);
        if (code == CB_OK)
            code = cb_db_stream(t->db, &cb_sql_origin_edges, params, 1, take_edge, t, err);
        if (code == CB_OK)
            code = cb_db_stream(t->db, &cb_sql_origin_credits, params, 1, take_credit, t, err);
        sort_documents(t);
    }
    free(known);
    cb_buffer_release(&ids);
    return code;
}

static enum cb_code read_all(struct tracing *t, struct cb_err *err)
{
    const char *params[] = {NULL};
    enum cb_code code = cb_db_stream(t->db, &cb_sql_origin_edges, params, 1, take_edge, t, err);
    if (code == CB_OK)
        code = cb_db_stream(t->db, &cb_sql_origin_credits, params, 1, take_credit, t, err);
    sort_documents(t);
    return code;
}

/* ------------------------------------------------------------------ writing */

static enum cb_code make_lineage(struct tracing *t, struct cb_lineage *out, struct cb_err *err)
{
    struct cb_step *steps = cb_arena_array(&t->arena, t->step_count + 1, sizeof *steps);
    if (steps == NULL)
        return cb_no_memory(err);
    for (size_t i = 0; i < t->step_count; i++) {
        const struct raw_step *raw = &t->steps[i];
        steps[i] = (struct cb_step){
            .from = find_document(t, raw->from.text),
            .to = *raw->to.text != '\0' ? find_document(t, raw->to.text) : CB_NO_DOCUMENT,
            .origin = raw->origin,
            .quotes = raw->quotes,
            .reason = raw->reason,
        };
    }
    cb_steps_sort(steps, t->step_count);
    return cb_lineage_make(t->count, steps, t->step_count, &t->arena, out, err);
}

static void put_origin(const struct tracing *t, struct cb_copy *copy, const struct cb_uuid *id,
                       const struct cb_origin *origin)
{
    char name[64];
    if (origin->document != CB_NO_DOCUMENT)
        (void)snprintf(name, sizeof name, "document|%s", t->documents[origin->document].text);
    cb_copy_row(copy);
    cb_copy_uuid(copy, id);
    cb_copy_string(copy, origin->document != CB_NO_DOCUMENT ? name : origin->origin);
    cb_copy_bool(copy, true);
    cb_copy_string(copy, origin->reason != NULL ? origin->reason
                                                : "others come from it; nothing before it is recorded");
}

static enum cb_code write_origins(struct tracing *t, const struct cb_lineage *lineage, struct cb_err *err)
{
    struct cb_copy *copy = NULL;
    enum cb_code code = cb_copy_begin(t->db, &cb_sql_origin_copy, 4, &copy, err);
    if (code != CB_OK)
        return code;
    for (uint32_t d = 0; d < t->count && code == CB_OK; d++) {
        struct cb_origin *origins = NULL;
        struct cb_uuid id;
        size_t count = 0;
        cb_arena_reset(&t->walk);
        code = cb_lineage_origins(lineage, d, &t->walk, &origins, &count, err);
        if (code == CB_OK && !cb_uuid_parse(t->documents[d].text, &id))
            code = cb_fail(err, CB_FAILED, "the server gave a document id that is none");
        for (size_t i = 0; i < count && code == CB_OK; i++)
            put_origin(t, copy, &id, &origins[i]);
    }
    if (code == CB_OK)
        return cb_copy_end(copy, NULL, err);
    cb_copy_abort(copy);
    return code;
}

static enum cb_code trace(struct tracing *t, int64_t *documents, struct cb_err *err)
{
    struct cb_lineage lineage;
    struct cb_buffer ids;
    struct cb_rows *rows = NULL;
    cb_buffer_init(&ids, PARAM_MAX);
    enum cb_code code = t->all ? read_all(t, err) : read_around(t, err);
    if (code == CB_OK)
        code = make_lineage(t, &lineage, err);
    ids_array(t->documents, t->count, &ids);
    const char *params[] = {t->all ? NULL : cb_buffer_text(&ids)};
    if (code == CB_OK)
        code = cb_buffer_status(&ids, "the list of documents", err);
    if (code == CB_OK)
        code = cb_db_run(t->db, &cb_sql_origin_forget, params, 1, NULL, err);
    if (code == CB_OK)
        code = write_origins(t, &lineage, err);
    if (code == CB_OK)
        code = cb_db_run(t->db, &cb_sql_origin_unknown, params, 1, &rows, err);
    if (code == CB_OK && documents != NULL)
        *documents = t->all ? (int64_t)t->count + cb_rows_affected(rows) : (int64_t)t->count;
    cb_rows_free(rows);
    cb_buffer_release(&ids);
    return code;
}

static void init_tracing(struct tracing *t, struct cb_db *db, bool all)
{
    *t = (struct tracing){.db = db, .all = all};
    cb_arena_init(&t->arena, ARENA_MAX);
    cb_arena_init(&t->walk, WALK_MAX);
}

static void release_tracing(struct tracing *t)
{
    cb_arena_release(&t->arena);
    cb_arena_release(&t->walk);
    free(t->documents);
    free(t->steps);
}

enum cb_code cb_origins(struct cb_db *db, int64_t *documents, struct cb_err *err)
{
    struct tracing t;
    init_tracing(&t, db, true);
    if (documents != NULL)
        *documents = 0;
    enum cb_code code = trace(&t, documents, err);
    release_tracing(&t);
    return code;
}

enum cb_code cb_origins_around(struct cb_db *db, const char *document_id, struct cb_err *err)
{
    struct tracing t;
    init_tracing(&t, db, false);
    enum cb_code code = add_document(&t, document_id, err);
    if (code == CB_OK)
        code = trace(&t, NULL, err);
    release_tracing(&t);
    return code;
}

enum cb_code cb_origins_of_due(struct cb_db *db, int64_t *documents, struct cb_err *err)
{
    struct tracing t;
    struct cb_rows *rows = NULL;
    *documents = 0;
    enum cb_code code = cb_db_run(db, &cb_sql_match_due_matched, NULL, 0, &rows, err);
    size_t count = code == CB_OK ? cb_rows_count(rows) : 0;
    init_tracing(&t, db, count > AROUND_MAX);
    for (size_t i = 0; i < count && code == CB_OK && !t.all; i++)
        code = add_document(&t, cb_rows_text(rows, i, 0), err);
    cb_rows_free(rows);
    if (code == CB_OK && count > 0)
        code = trace(&t, documents, err);
    release_tracing(&t);
    return code;
}
