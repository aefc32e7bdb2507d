/* The rows of a batch on their way into the tables: one COPY a table, parents first. */
#include "db_queries.h"
#include "importer/loader.h"

#include <string.h>

/* What one table's COPY needs. */
struct copier {
    struct cb_loader *loader;
    struct cb_copy *copy;
    const char *method_version;
};

typedef void copy_rows(struct copier *copier, const struct cb_job *job);
typedef size_t count_rows(const struct cb_loader *loader, const struct cb_job *job);

static void copy_time(struct cb_copy *copy, bool given, int64_t time)
{
    if (given)
        cb_copy_time(copy, time);
    else
        cb_copy_null(copy);
}

/* Start and end, or two NULLs. */
static void copy_range(struct cb_copy *copy, struct cb_record_range range)
{
    if (range.start < range.end) {
        cb_copy_int4(copy, range.start);
        cb_copy_int4(copy, range.end);
    } else {
        cb_copy_null(copy);
        cb_copy_null(copy);
    }
}

static void copy_speaker(struct cb_copy *copy, const struct cb_job *job, int32_t speaker)
{
    if (speaker == CB_NO_SPEAKER)
        cb_copy_null(copy);
    else
        cb_copy_int8(copy, job->speaker_ids[speaker]);
}

/* Raw bytes that are the text itself are not stored twice: their hash tells. */
static void copy_raw(struct cb_copy *copy, const struct cb_job *job)
{
    const struct cb_input_document *in = &job->in;
    cb_copy_bytes(copy, in->raw, in->raw_len);
    if (in->raw != NULL)
        cb_copy_bytes(copy, job->raw_sha256.bytes, CB_SHA256_SIZE);
    else if (job->raw_is_text)
        cb_copy_bytes(copy, job->text_sha256.bytes, CB_SHA256_SIZE);
    else
        cb_copy_null(copy);
    cb_copy_string(copy, in->path != NULL && strcmp(in->path, "-") != 0 ? in->path : NULL);
}

static void copy_document(struct copier *copier, const struct cb_job *job)
{
    struct cb_copy *copy = copier->copy;
    const struct cb_input_document *in = &job->in;
    if (!cb_job_is_new(job))
        return; /* it is there already */
    cb_copy_row(copy);
    cb_copy_uuid(copy, &job->id);
    cb_copy_int8(copy, job->source->id);
    cb_copy_int8(copy, copier->loader->run_id);
    cb_copy_string(copy, job->is_claim ? "claim_record" : "article");
    cb_copy_string(copy, in->external_id);
    cb_copy_string(copy, in->url);
    cb_copy_string(copy, job->title);
    cb_copy_string(copy, job->byline);
    cb_copy_string(copy, in->site_name);
    cb_copy_string(copy, job->language);
    copy_time(copy, job->has_published, job->published);
    copy_time(copy, job->has_modified, job->modified);
    copy_time(copy, job->has_retrieved, job->retrieved);
    cb_copy_string(copy, in->media_type);
    cb_copy_text(copy, in->text, in->text_len);
    cb_copy_bytes(copy, job->text_sha256.bytes, CB_SHA256_SIZE);
    copy_raw(copy, job);
    cb_copy_string(copy, copier->method_version);
    cb_copy_bytes(copy, job->sealed ? job->seal.bytes : NULL, CB_SHA256_SIZE);
}

static void copy_one_link(struct copier *copier, const struct cb_job *job, int32_t number,
                          const struct cb_record_link *link)
{
    struct cb_copy *copy = copier->copy;
    cb_copy_row(copy);
    cb_copy_uuid(copy, &job->id);
    cb_copy_int4(copy, number);
    cb_copy_string(copy, link->kind);
    cb_copy_uuid(copy, link->target);
    cb_copy_string(copy, link->target_url);
    cb_copy_string(copy, link->target_name);
    cb_copy_string(copy, link->origin_key);
    if (link->sentence_no > 0)
        cb_copy_int4(copy, link->sentence_no);
    else
        cb_copy_null(copy);
    copy_range(copy, link->range);
    cb_copy_string(copy, link->stated_by);
    cb_copy_string(copy, link->reason);
}

static void copy_links(struct copier *copier, const struct cb_job *job)
{
    const struct cb_load_options *options = copier->loader->options;
    int32_t number = job->last_link;
    for (size_t i = 0; i < job->rows.link_count; i++)
        copy_one_link(copier, job, ++number, &job->rows.links[i]);
    if (options->origin != NULL && cb_job_is_new(job)) {
        bool is_url = strstr(options->origin, "://") != NULL;
        const struct cb_record_link link = {.kind = "derived_from",
                                            .target_url = is_url ? options->origin : NULL,
                                            .target_name = is_url ? NULL : options->origin,
                                            .origin_key = copier->loader->origin_key,
                                            .stated_by = options->actor,
                                            .reason = "stated at the import"};
        copy_one_link(copier, job, ++number, &link);
    }
    if (job->revision_of != NULL) {
        const struct cb_record_link link = {.kind = "revision_of",
                                            .target = job->revision_of,
                                            .target_url = job->is_claim ? NULL : job->in.url,
                                            .stated_by = "program",
                                            .reason = "another text at the same address"};
        copy_one_link(copier, job, ++number, &link);
    }
}

static void copy_sentences(struct copier *copier, const struct cb_job *job)
{
    static const char *const kinds[] = {"body", "heading", "list_item"};
    struct cb_copy *copy = copier->copy;
    for (size_t i = 0; i < job->rows.sentence_count; i++) {
        const struct cb_record_sentence *row = &job->rows.sentences[i];
        cb_copy_row(copy);
        cb_copy_uuid(copy, &job->id);
        cb_copy_int4(copy, (int32_t)i + 1);
        cb_copy_int4(copy, row->paragraph_no);
        cb_copy_string(copy, kinds[row->kind]);
        cb_copy_int4(copy, row->range.start);
        cb_copy_int4(copy, row->range.end);
    }
}

static void copy_span(struct cb_copy *copy, const struct cb_job *job, struct cb_span span)
{
    cb_copy_text(copy, job->in.text + span.start, span.end - span.start);
}

static void copy_claims(struct copier *copier, const struct cb_job *job)
{
    struct cb_copy *copy = copier->copy;
    for (size_t i = 0; i < job->rows.claim_count; i++) {
        const struct cb_record_claim *row = &job->rows.claims[i];
        cb_copy_row(copy);
        cb_copy_uuid(copy, &job->id);
        cb_copy_int4(copy, (int32_t)i + 1);
        cb_copy_int4(copy, row->sentence_no);
        cb_copy_string(copy, cb_claim_kind_name(row->kind));
        cb_copy_string(copy, cb_modality_name(row->modality));
        cb_copy_int4(copy, row->range.start);
        cb_copy_int4(copy, row->range.end);
        copy_span(copy, job, row->quote);
        copy_span(copy, job, row->prefix);
        copy_span(copy, job, row->suffix);
        cb_copy_string(copy, row->text);
        copy_speaker(copy, job, row->speaker);
        cb_copy_float4(copy, row->checkworthy);
    }
}

static void copy_attributions(struct copier *copier, const struct cb_job *job)
{
    struct cb_copy *copy = copier->copy;
    for (size_t i = 0; i < job->rows.attribution_count; i++) {
        const struct cb_record_attribution *row = &job->rows.attributions[i];
        cb_copy_row(copy);
        cb_copy_uuid(copy, &job->id);
        cb_copy_int4(copy, row->claim_no);
        cb_copy_int4(copy, row->attribution_no);
        cb_copy_string(copy, row->role);
        copy_speaker(copy, job, row->speaker);
        cb_copy_string(copy, row->name);
        copy_range(copy, row->source);
        copy_range(copy, row->cue);
        if (row->content_count > 0)
            cb_copy_int4_multirange(copy, row->content, row->content_count);
        else
            cb_copy_null(copy);
    }
}

static void copy_quantities(struct copier *copier, const struct cb_job *job)
{
    struct cb_copy *copy = copier->copy;
    for (size_t i = 0; i < job->rows.quantity_count; i++) {
        const struct cb_record_quantity *row = &job->rows.quantities[i];
        cb_copy_row(copy);
        cb_copy_uuid(copy, &job->id);
        cb_copy_int4(copy, row->claim_no);
        cb_copy_int4(copy, row->quantity_no);
        cb_copy_string(copy, cb_quantity_kind_name(row->kind));
        cb_copy_int4(copy, row->range.start);
        cb_copy_int4(copy, row->range.end);
        if (row->has_bounds) {
            cb_copy_float8(copy, row->low);
            cb_copy_float8(copy, row->high);
        } else {
            cb_copy_null(copy);
            cb_copy_null(copy);
        }
        cb_copy_string(copy, row->unit);
        cb_copy_string(copy, row->counted);
        cb_copy_string(copy, row->approx);
        cb_copy_string(copy, row->period);
        cb_copy_string(copy, row->date);
    }
}

/* How many rows of a table a document brings: a COPY of none is not begun. */
static size_t one(const struct cb_loader *loader, const struct cb_job *job)
{
    (void)loader;
    return cb_job_is_new(job) ? 1 : 0;
}

static size_t sentence_rows(const struct cb_loader *loader, const struct cb_job *job)
{
    (void)loader;
    return job->rows.sentence_count;
}

static size_t claim_rows(const struct cb_loader *loader, const struct cb_job *job)
{
    (void)loader;
    return job->rows.claim_count;
}

static size_t attribution_rows(const struct cb_loader *loader, const struct cb_job *job)
{
    (void)loader;
    return job->rows.attribution_count;
}

static size_t quantity_rows(const struct cb_loader *loader, const struct cb_job *job)
{
    (void)loader;
    return job->rows.quantity_count;
}

static size_t link_rows(const struct cb_loader *loader, const struct cb_job *job)
{
    return job->rows.link_count + (loader->options->origin != NULL && cb_job_is_new(job)) +
           (job->revision_of != NULL);
}

static bool has_rows(const struct cb_loader *loader, struct cb_job_list list, count_rows *count)
{
    for (size_t i = 0; i < list.count; i++)
        if (cb_job_has_rows(list.jobs[i]) && count(loader, list.jobs[i]) > 0)
            return true;
    return false;
}

enum cb_code cb_batch_copy(struct cb_loader *loader, struct cb_job_list list, struct cb_load_counts *counts,
                           struct cb_err *err)
{
    const struct {
        const struct cb_sql *sql;
        size_t columns;
        copy_rows *rows;
        count_rows *count_of;
        int64_t *count;
    } tables[] = {
        {&cb_sql_copy_document, 21, copy_document, one, &counts->documents_new},
        {&cb_sql_copy_sentence, 6, copy_sentences, sentence_rows, &counts->sentences},
        {&cb_sql_copy_claim, 13, copy_claims, claim_rows, &counts->claims},
        {&cb_sql_copy_attribution, 11, copy_attributions, attribution_rows, &counts->attributions},
        {&cb_sql_copy_quantity, 13, copy_quantities, quantity_rows, &counts->quantities},
        {&cb_sql_copy_document_link, 12, copy_links, link_rows, &counts->links},
    };
    struct copier copier = {
        .loader = loader,
        .method_version = loader->options->extract != NULL ? loader->options->method_version : "none",
    };
    enum cb_code code = CB_OK;
    for (size_t t = 0; t < sizeof tables / sizeof *tables && code == CB_OK; t++) {
        int64_t copied = 0;
        if (!has_rows(loader, list, tables[t].count_of))
            continue;
        code = cb_copy_begin(loader->db, tables[t].sql, tables[t].columns, &copier.copy, err);
        if (code != CB_OK)
            break;
        for (size_t i = 0; i < list.count; i++)
            if (cb_job_has_rows(list.jobs[i]))
                tables[t].rows(&copier, list.jobs[i]);
        code = cb_copy_end(copier.copy, &copied, err);
        *tables[t].count += copied;
    }
    return code;
}
