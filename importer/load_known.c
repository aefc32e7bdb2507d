/* What is stored already: by id, and by address with another text. */
#include "base/buffer.h"
#include "db/array_literal.h"
#include "db_queries.h"
#include "importer/loader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PARAM_MAX = 64 * 1024 * 1024 };

bool cb_job_is_new(const struct cb_job *job)
{
    return job->is_document && job->state == CB_JOB_NEW;
}

bool cb_job_has_rows(const struct cb_job *job)
{
    return cb_job_is_new(job) || (job->is_document && job->state == CB_JOB_BARE);
}

static bool same_id(const struct cb_uuid *a, const struct cb_uuid *b)
{
    return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

static size_t first_slot(const struct cb_uuid *id)
{
    return (size_t)(id->bytes[0] << 8 | id->bytes[1]) % CB_ID_SLOTS; /* a hash as it is */
}

/* The one job of the batch that brings this document, or NULL. */
static struct cb_job *in_batch(const struct cb_batch *batch, const struct cb_uuid *id)
{
    for (size_t s = first_slot(id); batch->ids[s] != 0; s = (s + 1) % CB_ID_SLOTS) {
        struct cb_job *job = batch->jobs[batch->ids[s] - 1];
        if (cb_job_has_rows(job) && same_id(&job->id, id))
            return job;
    }
    return NULL;
}

static void note_id(struct cb_batch *batch, size_t at)
{
    size_t s = first_slot(&batch->jobs[at]->id);
    while (batch->ids[s] != 0)
        s = (s + 1) % CB_ID_SLOTS;
    batch->ids[s] = (uint16_t)(at + 1);
}

/* A document that came before in this run and is not written yet. */
static void mark_repeated(struct cb_batch *batch)
{
    const struct cb_loader *loader = batch->loader;
    for (size_t i = 0; i < batch->count; i++) {
        struct cb_job *job = batch->jobs[i];
        if (!cb_job_is_new(job))
            continue;
        bool repeated = in_batch(batch, &job->id) != NULL;
        for (size_t b = 0; b < loader->working && !repeated; b++) {
            const struct cb_batch *before = loader->batches[(loader->first + b) % CB_BATCHES];
            repeated = in_batch(before, &job->id) != NULL;
        }
        if (repeated)
            job->state = CB_JOB_KNOWN;
        else
            note_id(batch, i);
    }
}

/* 32 hexadecimal digits to 16 bytes. */
static bool read_uuid(const char *hex, struct cb_uuid *out)
{
    for (size_t i = 0; i < sizeof out->bytes; i++) {
        char digits[3] = {hex[2 * i], hex[2 * i] != '\0' ? hex[2 * i + 1] : '\0', '\0'}, *end;
        out->bytes[i] = (unsigned char)strtoul(digits, &end, 16);
        if (end != digits + 2)
            return false;
    }
    return true;
}

/* Stored; when only its text is, and this run looks for claims, it is worked out now. */
static void mark(struct cb_job *job, bool bare, int64_t last_link, int64_t undone_run)
{
    bool reads = job->batch->loader->options->extract != NULL && !job->is_claim;
    job->state = bare && reads ? CB_JOB_BARE : CB_JOB_KNOWN;
    job->last_link = (int32_t)last_link;
    job->undone_run = undone_run;
}

enum cb_code cb_batch_mark_stored(struct cb_batch *batch, struct cb_err *err)
{
    struct cb_buffer ids;
    struct cb_rows *rows = NULL;
    char text[37];
    cb_buffer_init(&ids, PARAM_MAX);
    cb_array_literal_begin(&ids);
    for (size_t i = 0; i < batch->count; i++)
        if (cb_job_has_rows(batch->jobs[i])) {
            cb_uuid_text(&batch->jobs[i]->id, text);
            cb_array_literal_add(&ids, text);
        }
    cb_array_literal_end(&ids);
    const char *const params[] = {cb_buffer_text(&ids)};
    enum cb_code code = cb_buffer_status(&ids, "document ids", err);
    if (code == CB_OK && ids.len > 2)
        code = cb_db_run(batch->loader->db, &cb_sql_document_known, params, 1, &rows, err);
    for (size_t r = 0; code == CB_OK && rows != NULL && r < cb_rows_count(rows); r++) {
        struct cb_uuid id;
        struct cb_job *job = read_uuid(cb_rows_text(rows, r, 0), &id) ? in_batch(batch, &id) : NULL;
        if (job != NULL)
            mark(job, cb_rows_bool(rows, r, 1), cb_rows_int(rows, r, 2), cb_rows_int(rows, r, 3));
    }
    cb_rows_free(rows);
    cb_buffer_release(&ids);
    return code;
}

enum cb_code cb_batch_mark_known(struct cb_batch *batch, struct cb_err *err)
{
    mark_repeated(batch);
    return cb_batch_mark_stored(batch, err);
}

static bool has_address(const struct cb_job *job)
{
    return cb_job_is_new(job) &&
           (job->is_claim ? job->in.external_id != NULL : job->in.url != NULL || job->in.external_id != NULL);
}

static bool same_text(const struct cb_job *a, const struct cb_job *b)
{
    return memcmp(a->text_sha256.bytes, b->text_sha256.bytes, CB_SHA256_SIZE) == 0;
}

/* A claim's row is known by its source and external id: one page may hold several claims. An article is known
 * by its address. */
static bool same_address(const struct cb_job *a, const struct cb_job *b)
{
    if (!a->is_claim && a->in.url != NULL)
        return b->in.url != NULL && strcmp(a->in.url, b->in.url) == 0;
    return a->source == b->source && b->in.external_id != NULL && (b->is_claim || b->in.url == NULL) &&
           strcmp(a->in.external_id, b->in.external_id) == 0;
}

/* The last one before in the same batch. */
static const struct cb_job *revised_in_batch(const struct cb_batch *batch, size_t at)
{
    const struct cb_job *job = batch->jobs[at];
    for (size_t i = at; i-- > 0;)
        if (has_address(batch->jobs[i]) && same_address(job, batch->jobs[i]) &&
            !same_text(job, batch->jobs[i]))
            return batch->jobs[i];
    return NULL;
}

/* The parameters of document_revised.sql. */
struct question {
    struct cb_buffer no, url, source, external;
};

static void ask(struct question *question, size_t no, const struct cb_job *job)
{
    char number[24];
    (void)snprintf(number, sizeof number, "%zu", no);
    cb_array_literal_add(&question->no, number);
    cb_array_literal_add(&question->url, job->is_claim ? NULL : job->in.url);
    (void)snprintf(number, sizeof number, "%lld", (long long)job->source->id);
    cb_array_literal_add(&question->source, number);
    cb_array_literal_add(&question->external, job->in.external_id);
}

static enum cb_code read_answer(struct cb_batch *batch, const struct cb_rows *rows, struct cb_err *err)
{
    for (size_t r = 0; r < cb_rows_count(rows); r++) {
        struct cb_job *job = batch->jobs[cb_rows_int(rows, r, 0)];
        char hex[CB_SHA256_HEX_SIZE];
        cb_sha256_hex(&job->text_sha256, hex);
        if (strcmp(hex, cb_rows_text(rows, r, 2)) == 0)
            continue;
        struct cb_uuid *id = cb_arena_alloc(&batch->input, sizeof *id);
        if (id == NULL)
            return cb_no_memory(err);
        if (read_uuid(cb_rows_text(rows, r, 1), id))
            job->revision_of = id;
    }
    return CB_OK;
}

static enum cb_code ask_server(struct cb_batch *batch, struct question *question, const char *kind,
                               struct cb_err *err)
{
    struct cb_buffer *const buffers[] = {&question->no, &question->url, &question->source,
                                         &question->external};
    enum cb_code code = CB_OK;
    for (size_t i = 0; i < 4 && code == CB_OK; i++) {
        cb_array_literal_end(buffers[i]);
        code = cb_buffer_status(buffers[i], "addresses", err);
    }
    struct cb_rows *rows = NULL;
    const char *const params[] = {cb_buffer_text(&question->no), cb_buffer_text(&question->url),
                                  cb_buffer_text(&question->source), cb_buffer_text(&question->external),
                                  kind};
    if (code == CB_OK)
        code = cb_db_run(batch->loader->db, &cb_sql_document_revised, params, 5, &rows, err);
    if (code == CB_OK)
        code = read_answer(batch, rows, err);
    cb_rows_free(rows);
    return code;
}

enum cb_code cb_batch_find_revisions(struct cb_batch *batch, struct cb_err *err)
{
    struct question question;
    struct cb_buffer *const buffers[] = {&question.no, &question.url, &question.source, &question.external};
    for (size_t i = 0; i < 4; i++) {
        cb_buffer_init(buffers[i], PARAM_MAX);
        cb_array_literal_begin(buffers[i]);
    }
    bool claims = false, any = false;
    for (size_t i = 0; i < batch->count; i++) {
        struct cb_job *job = batch->jobs[i];
        if (!has_address(job))
            continue;
        const struct cb_job *before = revised_in_batch(batch, i);
        if (before != NULL) {
            job->revision_of = &before->id;
            continue;
        }
        ask(&question, i, job);
        any = true;
        claims = job->is_claim;
    }
    enum cb_code code = any ? ask_server(batch, &question, claims ? "claim_record" : "article", err) : CB_OK;
    for (size_t i = 0; i < 4; i++)
        cb_buffer_release(buffers[i]);
    return code;
}
