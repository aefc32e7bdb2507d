#include "importer/load.h"

#include "base/array.h"
#include "db/array_literal.h"
#include "db_queries.h"
#include "importer/iso_time.h"
#include "importer/loader.h"
#include "importer/stored.h"
#include "text/unicode.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *const kind_names[] = {"articles",     "claims", "documents",  "sentences",
                                         "attributions", "links",  "claimreview"};

/* What is no UTF-8 (a file's name, a bad row) is kept with a U+FFFD for each bad byte. */
static void add_mended(struct cb_buffer *out, const char *text, size_t len)
{
    for (size_t at = 0; at < len;) {
        uint32_t c;
        size_t next = cb_utf8_next(text, len, at, &c);
        bool bad = c == 0xFFFD || c == 0;
        cb_buffer_add(out, bad ? "\xEF\xBF\xBD" : text + at, bad ? 3 : next - at);
        at = next;
    }
}

/* ------------------------------------------------------------------ the run */

/* The run is recorded when it first has something to store, so that an input which can't even be opened
 * leaves none behind. */
enum cb_code cb_loader_begin_run(struct cb_loader *loader, struct cb_err *err)
{
    const struct cb_load_options *options = loader->options;
    if (options->dry_run || loader->run_id > 0)
        return CB_OK;
    struct timespec now;
    char seconds[40];
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    (void)snprintf(seconds, sizeof seconds, "%.3f",
                   (double)(now.tv_sec - loader->begun.tv_sec) +
                       (double)(now.tv_nsec - loader->begun.tv_nsec) / 1e9);
    struct cb_buffer given, arguments;
    struct cb_rows *rows = NULL;
    cb_buffer_init(&given, 16 * 1024 * 1024);
    cb_buffer_init(&arguments, (size_t)48 * 1024 * 1024);
    cb_array_literal(&given, options->arguments, options->argument_count);
    add_mended(&arguments, cb_buffer_text(&given), given.len);
    const char *const params[] = {options->actor,
                                  options->program_version,
                                  options->extract != NULL ? options->method_version : "none",
                                  kind_names[options->kind],
                                  cb_buffer_text(&arguments),
                                  seconds};
    enum cb_code code = cb_buffer_status(&given, "the arguments", err);
    if (code == CB_OK)
        code = cb_buffer_status(&arguments, "the arguments", err);
    if (code == CB_OK)
        code = cb_db_one(loader->db, &cb_sql_import_run_begin, params, 6, &rows, err);
    if (code == CB_OK)
        loader->run_id = cb_rows_int(rows, 0, 0);
    cb_rows_free(rows);
    cb_buffer_release(&arguments);
    cb_buffer_release(&given);
    return code;
}

static struct cb_batch *new_batch(struct cb_loader *loader)
{
    struct cb_batch *batch = calloc(1, sizeof *batch);
    if (batch == NULL)
        return NULL;
    batch->loader = loader;
    batch->results = calloc(loader->workers, sizeof *batch->results);
    if (batch->results == NULL) {
        free(batch);
        return NULL;
    }
    cb_arena_init(&batch->input, CB_BATCH_ARENA_MAX);
    for (unsigned i = 0; i < loader->workers; i++)
        cb_arena_init(&batch->results[i], CB_BATCH_ARENA_MAX);
    return batch;
}

static void free_batch(struct cb_batch *batch, unsigned workers)
{
    if (batch == NULL)
        return;
    for (unsigned i = 0; i < workers; i++)
        cb_arena_release(&batch->results[i]);
    free(batch->results);
    cb_arena_release(&batch->input);
    free(batch);
}

static enum cb_code make_origin_key(struct cb_loader *loader, struct cb_err *err)
{
    struct cb_arena arena;
    if (loader->options->origin == NULL)
        return CB_OK;
    cb_arena_init(&arena, (size_t)1 << 20);
    const char *key = cb_origin_key("stated", loader->options->origin, NULL, &arena);
    loader->origin_key = key != NULL ? strdup(key) : NULL;
    cb_arena_release(&arena);
    return loader->origin_key != NULL ? CB_OK : cb_no_memory(err);
}

/* On the writer: waits for the workers, and writes. */
static void write_batch(void *context, unsigned worker, struct cb_task *task)
{
    (void)worker;
    struct cb_loader *loader = context;
    struct cb_batch *batch = (struct cb_batch *)task; /* its first member */
    for (size_t i = 0; i < batch->count; i++)
        if (batch->jobs[i]->submitted)
            cb_pool_wait(loader->pool, &batch->jobs[i]->task);
    (void)pthread_mutex_lock(&loader->db_lock);
    for (size_t i = 0; i < batch->count; i++)
        if (batch->jobs[i]->why.code == CB_INPUT || batch->jobs[i]->why.code == CB_LIMIT)
            batch->jobs[i]->state = CB_JOB_REJECTED;
    if (!loader->write_ended) {
        batch->written = cb_loader_begin_run(loader, &batch->failed) == CB_OK &&
                         cb_batch_write(batch, &batch->failed) == CB_OK;
        loader->write_ended = !batch->written || (loader->options->strict && batch->counts.rejected > 0);
    }
    (void)pthread_mutex_unlock(&loader->db_lock);
}

/* Batches that nobody began to write are left. The writer ends first: it waits for the workers. */
static void stop_threads(struct cb_loader *loader)
{
    cb_pool_free(loader->writer);
    cb_pool_free(loader->pool);
    loader->writer = loader->pool = NULL;
}

enum cb_code cb_loader_begin(struct cb_db *db, const struct cb_load_options *options, struct cb_loader **out,
                             struct cb_err *err)
{
    struct cb_loader *loader = calloc(1, sizeof *loader);
    *out = loader;
    if (loader == NULL)
        return cb_no_memory(err);
    loader->db = db;
    (void)clock_gettime(CLOCK_MONOTONIC, &loader->begun);
    (void)pthread_mutex_init(&loader->db_lock, NULL);
    loader->options = options;
    loader->workers = options->jobs > 0 ? options->jobs : 1;
    loader->batch_jobs =
        options->batch > 0 && options->batch < CB_BATCH_JOBS ? options->batch : CB_BATCH_JOBS;
    loader->scratch = calloc(loader->workers, sizeof *loader->scratch);
    enum cb_code code = loader->scratch == NULL ? cb_no_memory(err) : CB_OK;
    for (unsigned i = 0; code == CB_OK && i < loader->workers; i++)
        cb_arena_init(&loader->scratch[i], 4 * CB_BATCH_ARENA_MAX);
    for (size_t i = 0; code == CB_OK && i < CB_BATCHES; i++) {
        loader->batches[i] = new_batch(loader);
        code = loader->batches[i] == NULL ? cb_no_memory(err) : CB_OK;
    }
    loader->open = loader->batches[0];
    if (code == CB_OK)
        code = make_origin_key(loader, err);
    if (code == CB_OK)
        code = cb_pool_new(loader->workers, (size_t)CB_BATCHES * CB_BATCH_JOBS, cb_job_work, loader,
                           &loader->pool, err);
    if (code == CB_OK)
        code = cb_pool_new(1, CB_BATCHES, write_batch, loader, &loader->writer, err);
    if (code == CB_OK)
        code = cb_db_run(db, &cb_sql_import_session, NULL, 0, NULL, err);
    if (code != CB_OK) {
        cb_loader_free(loader);
        *out = NULL;
    }
    return code;
}

void cb_loader_free(struct cb_loader *loader)
{
    if (loader == NULL)
        return;
    stop_threads(loader);
    for (size_t i = 0; i < CB_BATCHES; i++)
        free_batch(loader->batches[i], loader->workers);
    for (unsigned i = 0; loader->scratch != NULL && i < loader->workers; i++)
        cb_arena_release(&loader->scratch[i]);
    free(loader->scratch);
    cb_load_sources_free(loader);
    free(loader->origin_key);
    cb_stored_free(loader->stored);
    (void)pthread_mutex_destroy(&loader->db_lock);
    free(loader);
}

/* ------------------------------------------------------------------ batches */

static void reset_batch(struct cb_batch *batch)
{
    cb_arena_reset(&batch->input);
    for (unsigned i = 0; i < batch->loader->workers; i++)
        cb_arena_reset(&batch->results[i]);
    batch->count = batch->bytes = 0;
    memset(batch->ids, 0, sizeof batch->ids);
    batch->counts = (struct cb_load_counts){0};
    batch->written = false;
    cb_err_clear(&batch->failed);
}

/* Takes over what became of the oldest batch, which the writer is done with. */
static enum cb_code take_over(struct cb_loader *loader, struct cb_err *err)
{
    struct cb_batch *batch = loader->batches[loader->first];
    loader->first = (loader->first + 1) % CB_BATCHES;
    loader->working--;
    enum cb_code code = batch->failed.code;
    int64_t rejected = batch->counts.rejected;
    if (code != CB_OK && err != NULL)
        *err = batch->failed;
    cb_load_counts_add(&loader->counts, &batch->counts);
    loader->counts.bytes_done = batch->read_to;
    for (size_t i = 0; i < batch->count && loader->options->rejected != NULL && batch->written; i++) {
        const struct cb_job *job = batch->jobs[i];
        const struct cb_input_reject reject = {.path = job->in.path,
                                               .line = job->line,
                                               .reason = job->why.message,
                                               .content = job->content,
                                               .content_len = job->content_len};
        if (job->state == CB_JOB_REJECTED)
            loader->options->rejected(loader->options->callback_context, &reject);
    }
    reset_batch(batch);
    if (code == CB_OK && loader->options->progress != NULL)
        loader->options->progress(loader->options->callback_context, &loader->counts);
    if (code == CB_OK && loader->options->strict && rejected > 0)
        code = cb_fail(err, CB_REJECTED, "stopped at the first reject");
    return code;
}

/* Waits until the oldest batch is written. */
static enum cb_code finish_batch(struct cb_loader *loader, struct cb_err *err)
{
    cb_pool_wait(loader->writer, &loader->batches[loader->first]->task);
    return take_over(loader, err);
}

/* Once the writer has ended: a run that was stopped counts what was written meanwhile, too. */
static void take_over_rest(struct cb_loader *loader)
{
    struct cb_err ignored = {0};
    while (loader->working > 0 && loader->batches[loader->first]->task.done)
        (void)take_over(loader, &ignored);
}

/* Rows for stored documents hold a transaction open from row to row: what is rejected in between is written
 * at once. */
static bool is_due(const struct cb_loader *loader)
{
    return loader->working == CB_BATCHES || loader->options->kind == CB_LOAD_SENTENCES ||
           loader->options->kind == CB_LOAD_ATTRIBUTIONS || loader->options->kind == CB_LOAD_LINKS ||
           cb_pool_is_done(loader->writer, &loader->batches[loader->first]->task);
}

/* Gives the open batch to the workers and the writer; opens the next. */
static enum cb_code dispatch(struct cb_loader *loader, struct cb_err *err)
{
    struct cb_batch *batch = loader->open;
    (void)pthread_mutex_lock(&loader->db_lock);
    enum cb_code code = cb_stored_flush(loader, err);
    if (code == CB_OK)
        code = cb_batch_mark_known(batch, err);
    (void)pthread_mutex_unlock(&loader->db_lock);
    if (code != CB_OK)
        return code;
    for (size_t i = 0; i < batch->count; i++) {
        struct cb_job *job = batch->jobs[i];
        job->submitted = cb_job_has_rows(job) && (job->is_claim || loader->options->extract != NULL);
        if (job->submitted)
            cb_pool_submit(loader->pool, &job->task);
    }
    batch->read_to = loader->counts.bytes_read;
    cb_pool_submit(loader->writer, &batch->task);
    loader->working++;
    while (code == CB_OK && loader->working > 0 && is_due(loader))
        code = finish_batch(loader, err);
    loader->open = loader->batches[(loader->first + loader->working) % CB_BATCHES];
    return code;
}

/* A new job of the open batch, or NULL without memory. */
static struct cb_job *add_job(struct cb_loader *loader, int64_t line)
{
    struct cb_batch *batch = loader->open;
    struct cb_job *job = cb_arena_alloc(&batch->input, sizeof *job);
    if (job != NULL) {
        job->batch = batch;
        job->line = line;
        batch->jobs[batch->count++] = job;
    }
    return job;
}

static enum cb_code close_when_full(struct cb_loader *loader, struct cb_err *err)
{
    const struct cb_batch *batch = loader->open;
    bool full = batch->count >= loader->batch_jobs || batch->bytes >= CB_BATCH_BYTES;
    return full ? dispatch(loader, err) : CB_OK;
}

/* ------------------------------------------------------------------ documents */

/* Copies what the reader lends; `failed` gathers the lack of memory. */
struct keeper {
    struct cb_arena *arena;
    bool failed;
};

static const char *keep_damaged(struct keeper *keeper, const char *text, size_t len)
{
    struct cb_buffer whole;
    cb_buffer_init(&whole, 3 * len);
    add_mended(&whole, text, len);
    const char *copy = whole.failed ? NULL : cb_arena_copy(keeper->arena, cb_buffer_text(&whole), whole.len);
    cb_buffer_release(&whole);
    return copy;
}

static const char *keep_bytes(struct keeper *keeper, const char *text, size_t len)
{
    const char *copy = cb_utf8_valid_until(text, len) == len ? cb_arena_copy(keeper->arena, text, len)
                                                             : keep_damaged(keeper, text, len);
    keeper->failed = keeper->failed || copy == NULL;
    return copy;
}

static const char *keep(struct keeper *keeper, const char *text)
{
    return text != NULL && text[0] != '\0' ? keep_bytes(keeper, text, strlen(text)) : NULL;
}

static void keep_content(struct keeper *keeper, const char *content, size_t len, struct cb_job *job)
{
    job->content = content != NULL ? keep_bytes(keeper, content, len) : NULL;
    job->content_len = job->content != NULL ? strlen(job->content) : 0;
}

static void keep_document(struct keeper *keeper, const struct cb_input_document *in,
                          const struct cb_load_options *options, struct cb_job *job)
{
    struct cb_input_document *to = &job->in;
    *to = (struct cb_input_document){
        .path = keep(keeper, in->path),
        .text = cb_arena_copy(keeper->arena, in->text, in->text_len),
        .text_len = in->text_len,
        .has_title = in->has_title,
        .title = keep(keeper, in->title),
        .byline = keep(keeper, in->byline),
        .published = keep(keeper, options->published != NULL ? options->published : in->published),
        .modified = keep(keeper, in->modified),
        .retrieved = keep(keeper, in->retrieved),
        .url = keep(keeper, options->url != NULL ? options->url : in->url),
        .site_name = keep(keeper, in->site_name),
        .source = keep(keeper, options->source != NULL ? options->source : in->source),
        .language = keep(keeper, in->language),
        .external_id = keep(keeper, in->external_id),
        .media_type = keep(keeper, in->media_type != NULL ? in->media_type : "text/plain"),
    };
    job->raw_is_text =
        in->raw != NULL && in->raw_len == in->text_len && memcmp(in->raw, in->text, in->raw_len) == 0;
    if (in->raw != NULL && !job->raw_is_text) {
        to->raw = cb_arena_copy(keeper->arena, in->raw, in->raw_len);
        to->raw_len = in->raw_len;
    }
    keeper->failed =
        keeper->failed || to->text == NULL || (in->raw != NULL && !job->raw_is_text && to->raw == NULL);
    job->title = to->title;
    job->byline = to->byline;
    job->language = to->language;
}

/* The source: told by the user or the record, by the site's domain, by the site's name, by the domain itself;
 * else it is "unknown", which the summary says. */
static enum cb_code find_source(struct cb_loader *loader, struct cb_job *job, struct cb_err *err)
{
    const struct cb_input_document *in = &job->in;
    if (in->source != NULL)
        return cb_load_source_find(loader, in->source, NULL, &job->source, err);
    const char *host = cb_url_host(in->url, &job->batch->input);
    const char *name = in->site_name != NULL ? in->site_name : host;
    job->source_unknown = name == NULL;
    return cb_load_source_find(loader, name != NULL ? name : "unknown", host, &job->source, err);
}

/* As the comment of document.document_id says. A claim of a list goes by its external id first: several may
 * stand on one page. */
static enum cb_code make_id(struct cb_job *job, struct cb_err *err)
{
    const struct cb_input_document *in = &job->in;
    const char *first = job->is_claim ? in->external_id : in->url;
    const char *second = job->is_claim ? in->url : in->external_id;
    const char *address = first != NULL ? first : second;
    const struct cb_bytes fields[] = {{job->source->name, strlen(job->source->name)},
                                      {address, address != NULL ? strlen(address) : 0},
                                      {in->text, in->text_len}};
    struct cb_sha256 hash;
    enum cb_code code = cb_sha256_fields(fields, 3, &hash, err);
    memcpy(job->id.bytes, hash.bytes, sizeof job->id.bytes);
    job->id.bytes[6] = (unsigned char)((job->id.bytes[6] & 0x0f) | 0x80);
    job->id.bytes[8] = (unsigned char)((job->id.bytes[8] & 0x3f) | 0x80);
    if (code == CB_OK)
        code = cb_sha256(in->text, in->text_len, &job->text_sha256, err);
    if (code == CB_OK && in->raw != NULL)
        code = cb_sha256(in->raw, in->raw_len, &job->raw_sha256, err);
    return code;
}

static enum cb_code take(struct cb_loader *loader, struct cb_job *job, const struct keeper *keeper,
                         struct cb_err *err)
{
    const struct cb_input_document *in = &job->in;
    enum cb_code code = keeper->failed ? cb_no_memory(err) : find_source(loader, job, err);
    if (code == CB_OK)
        code = make_id(job, err);
    if (code != CB_OK)
        return code;
    job->is_document = true;
    job->has_published = in->published != NULL && cb_iso_time(in->published, &job->published);
    job->has_modified = in->modified != NULL && cb_iso_time(in->modified, &job->modified);
    job->has_retrieved = in->retrieved != NULL && cb_iso_time(in->retrieved, &job->retrieved);
    job->batch->bytes += in->text_len + in->raw_len;
    loader->counts.documents++;
    loader->counts.bytes += (int64_t)in->text_len;
    if (loader->options->progress != NULL)
        loader->options->progress(loader->options->callback_context, &loader->counts);
    return close_when_full(loader, err);
}

enum cb_code cb_loader_may_go_on(const struct cb_loader *loader, struct cb_err *err)
{
    if (loader->options->stop != NULL && loader->options->stop())
        return cb_fail(err, CB_INTERRUPTED,
                       "stopped; what is stored stays, and the same import again goes on from there");
    return CB_OK;
}

static enum cb_code may_take(struct cb_loader *loader, struct cb_err *err)
{
    enum cb_code code = cb_loader_may_go_on(loader, err);
    if (code != CB_OK)
        return code;
    if (loader->options->url != NULL && loader->counts.documents > 0)
        return cb_fail(err, CB_USAGE, "--url is the address of one document, but there are more");
    return CB_OK;
}

enum cb_code cb_loader_document(struct cb_loader *loader, const struct cb_input_document *document,
                                struct cb_err *err)
{
    enum cb_code code = may_take(loader, err);
    if (code != CB_OK)
        return code;
    struct cb_job *job = add_job(loader, 0);
    if (job == NULL)
        return cb_no_memory(err);
    struct keeper keeper = {&loader->open->input, false};
    keep_document(&keeper, document, loader->options, job);
    return take(loader, job, &keeper, err);
}

static bool is_verdict(const char *status)
{
    return status != NULL && strcmp(status, "unverified") != 0 && strcmp(status, "in_review") != 0;
}

enum cb_code cb_loader_claim(struct cb_loader *loader, const struct cb_input_claim *claim, struct cb_err *err)
{
    enum cb_code code = may_take(loader, err);
    if (code != CB_OK)
        return code;
    struct cb_job *job = add_job(loader, claim->line);
    if (job == NULL)
        return cb_no_memory(err);
    const struct cb_input_document document = {
        .path = claim->path,
        .text = claim->text,
        .text_len = strlen(claim->text),
        .title = claim->title,
        .published = claim->date,
        .url = is_verdict(claim->status) ? NULL : claim->url,
        .source = claim->source,
        .external_id = claim->external_id,
        .media_type = claim->media_type != NULL ? claim->media_type : "text/csv",
        .raw = claim->raw,
        .raw_len = claim->raw_len,
    };
    struct keeper keeper = {&loader->open->input, false};
    keep_document(&keeper, &document, loader->options, job);
    job->is_claim = true;
    job->speaker = keep(&keeper, claim->speaker);
    job->status = keep(&keeper, claim->status);
    job->note = keep(&keeper, claim->note);
    job->evidence = is_verdict(claim->status) ? keep(&keeper, claim->url) : NULL;
    keep_content(&keeper, claim->row, claim->row_len, job);
    return take(loader, job, &keeper, err);
}

enum cb_code cb_loader_reject(struct cb_loader *loader, const struct cb_input_reject *reject,
                              struct cb_err *err)
{
    struct cb_job *job = add_job(loader, reject->line);
    if (job == NULL)
        return cb_no_memory(err);
    struct keeper keeper = {&loader->open->input, false};
    job->state = CB_JOB_REJECTED;
    job->in.path = keep(&keeper, reject->path);
    (void)cb_fail(&job->why, CB_INPUT, "%s", reject->reason);
    keep_content(&keeper, reject->content, reject->content_len, job);
    if (keeper.failed)
        return cb_no_memory(err);
    job->batch->bytes += reject->content_len;
    if (loader->options->strict) {
        enum cb_code code = cb_fail(err, CB_REJECTED, "'%s': %s", reject->path, reject->reason);
        if (reject->line > 0)
            (void)cb_fail(err, code, "'%s', line %lld: %s", reject->path, (long long)reject->line,
                          reject->reason);
        return code;
    }
    return close_when_full(loader, err);
}

/* ------------------------------------------------------------------ the ends */

static enum cb_code sink_document(void *context, const struct cb_input_document *document, struct cb_err *err)
{
    return cb_loader_document(context, document, err);
}

static enum cb_code sink_reject(void *context, const struct cb_input_reject *reject, struct cb_err *err)
{
    return cb_loader_reject(context, reject, err);
}

int64_t *cb_loader_bytes_read(struct cb_loader *loader)
{
    return &loader->counts.bytes_read;
}

enum cb_code cb_loader_path(struct cb_loader *loader, const char *path, struct cb_err *err)
{
    const struct cb_input_options options = {.document = sink_document,
                                             .reject = sink_reject,
                                             .context = loader,
                                             .bytes_read = &loader->counts.bytes_read};
    return cb_input_read(path, &options, err);
}

static enum cb_code end_run(struct cb_loader *loader, const char *state, struct cb_err *err)
{
    char id[24];
    (void)snprintf(id, sizeof id, "%lld", (long long)loader->run_id);
    const char *const params[] = {id, state};
    enum cb_code code = cb_db_run(loader->db, &cb_sql_import_session_end, NULL, 0, NULL, err);
    if (code == CB_OK && loader->run_id > 0)
        code = cb_db_run(loader->db, &cb_sql_import_run_end, params, 2, NULL, err);
    return code;
}

/* After a bulk load: until the planner has seen the rows, a report over all of them may take minutes. The run
 * is whole without it, so nothing that goes wrong here is an error. */
static void gather_statistics(struct cb_loader *loader)
{
    struct cb_rows *rows = NULL;
    struct cb_err ignored = {0};
    char documents[24], claims[24];
    const int64_t found = loader->counts.sentences + loader->counts.claims;
    (void)snprintf(documents, sizeof documents, "%lld", (long long)loader->counts.documents_new);
    (void)snprintf(claims, sizeof claims, "%lld", (long long)found);
    const char *const params[] = {documents, claims};
    if (loader->options->dry_run || loader->counts.documents_new + found == 0 ||
        cb_db_one(loader->db, &cb_sql_import_grown, params, 2, &rows, &ignored) != CB_OK)
        return;
    enum cb_code code = CB_OK;
    if (cb_rows_bool(rows, 0, 0))
        code = cb_db_run(loader->db, &cb_sql_import_analyze_documents, NULL, 0, NULL, &ignored);
    if (code == CB_OK && cb_rows_bool(rows, 0, 1))
        code = cb_db_run(loader->db, &cb_sql_import_analyze_claims, NULL, 0, NULL, &ignored);
    cb_rows_free(rows);
}

enum cb_code cb_loader_end(struct cb_loader *loader, enum cb_code result, struct cb_load_counts *counts,
                           struct cb_err *err)
{
    enum cb_code code = result;
    /* with --strict what came before the reject is stored, like the reject itself */
    if (code == CB_OK || code == CB_REJECTED) {
        struct cb_err why = {0};
        enum cb_code written = cb_stored_flush(loader, &why);
        if (written == CB_OK && loader->open->count > 0)
            written = dispatch(loader, &why);
        while (written == CB_OK && loader->working > 0)
            written = finish_batch(loader, &why);
        if (written != CB_OK && (code == CB_OK || written != CB_REJECTED)) {
            code = written;
            if (err != NULL)
                *err = why;
        }
    }
    stop_threads(loader);
    take_over_rest(loader);
    cb_db_rollback(loader->db); /* nothing is open unless something failed */
    struct cb_err ended = {0};
    if (code == CB_OK) /* of one that found nothing at all */
        code = cb_loader_begin_run(loader, err);
    if (end_run(loader, code == CB_OK ? "done" : "failed", &ended) != CB_OK && code == CB_OK) {
        code = ended.code;
        if (err != NULL)
            *err = ended;
    }
    loader->counts.run_id = loader->run_id;
    *counts = loader->counts;
    if (code == CB_OK)
        gather_statistics(loader);
    if (code == CB_OK && loader->counts.rejected > 0)
        code = CB_REJECTED;
    return code;
}
