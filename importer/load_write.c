/* One batch, one transaction. */
#include "db_queries.h"
#include "importer/loader.h"

#include <stdio.h>
#include <string.h>

static enum cb_code copy_rejects(struct cb_loader *loader, struct cb_job_list list,
                                 struct cb_load_counts *counts, struct cb_err *err)
{
    struct cb_copy *copy = NULL;
    size_t rejected = 0;
    for (size_t i = 0; i < list.count; i++)
        rejected += list.jobs[i]->state == CB_JOB_REJECTED;
    if (rejected == 0)
        return CB_OK;
    enum cb_code code = cb_copy_begin(loader->db, &cb_sql_copy_rejected_row, 6, &copy, err);
    if (code != CB_OK)
        return code;
    for (size_t i = 0; i < list.count; i++) {
        const struct cb_job *job = list.jobs[i];
        if (job->state != CB_JOB_REJECTED)
            continue;
        cb_copy_row(copy);
        cb_copy_int8(copy, loader->run_id);
        cb_copy_int8(copy, loader->rejected_no + ++counts->rejected);
        cb_copy_string(copy, job->in.path);
        if (job->line > 0)
            cb_copy_int8(copy, job->line);
        else
            cb_copy_null(copy);
        cb_copy_string(copy, job->why.message);
        cb_copy_text(copy, job->content, job->content_len);
    }
    return cb_copy_end(copy, NULL, err);
}

static enum cb_code append_statuses(struct cb_loader *loader, struct cb_job_list list, struct cb_err *err)
{
    enum cb_code code = CB_OK;
    for (size_t i = 0; i < list.count && code == CB_OK; i++) {
        const struct cb_job *job = list.jobs[i];
        if (!cb_job_is_new(job) || job->status == NULL || strcmp(job->status, "unverified") == 0)
            continue;
        char id[37];
        struct cb_rows *rows = NULL;
        cb_uuid_text(&job->id, id);
        const char *const params[] = {id, job->status, loader->options->actor, job->note, job->evidence};
        code = cb_db_one(loader->db, &cb_sql_claim_status_append, params, 5, &rows, err);
        cb_rows_free(rows);
    }
    return code;
}

/* The documents whose text alone was stored before. */
static enum cb_code complete_bare(struct cb_loader *loader, struct cb_job_list list, struct cb_err *err)
{
    enum cb_code code = CB_OK;
    for (size_t i = 0; i < list.count && code == CB_OK; i++) {
        const struct cb_job *job = list.jobs[i];
        char id[37];
        if (job->state != CB_JOB_BARE)
            continue;
        cb_uuid_text(&job->id, id);
        const char *const params[] = {id, job->title, job->byline, job->language,
                                      loader->options->method_version};
        code = cb_db_run(loader->db, &cb_sql_document_complete, params, 5, NULL, err);
    }
    return code;
}

static enum cb_code add_to_run(struct cb_loader *loader, const struct cb_load_counts *counts,
                               struct cb_err *err)
{
    const int64_t numbers[] = {loader->run_id,    counts->documents_new, counts->documents_known,
                               counts->sentences, counts->claims,        counts->rejected};
    char text[6][24];
    const char *params[6];
    for (size_t i = 0; i < 6; i++) {
        (void)snprintf(text[i], sizeof text[i], "%lld", (long long)numbers[i]);
        params[i] = text[i];
    }
    return cb_db_run(loader->db, &cb_sql_import_run_add, params, 6, NULL, err);
}

/* What a batch adds to the counts besides the rows that COPY counts. */
static void count_states(struct cb_job_list list, struct cb_load_counts *counts)
{
    for (size_t i = 0; i < list.count; i++) {
        const struct cb_job *job = list.jobs[i];
        bool known = job->is_document && (job->state == CB_JOB_KNOWN || job->state == CB_JOB_BARE);
        counts->documents_known += known;
        if (known && job->undone_run > 0) {
            counts->documents_undone++;
            counts->undone_run = job->undone_run;
        }
        counts->documents_completed += job->state == CB_JOB_BARE;
        counts->revisions += cb_job_is_new(job) && job->revision_of != NULL;
        counts->unknown_source += cb_job_is_new(job) && job->source_unknown;
    }
}

void cb_load_counts_add(struct cb_load_counts *to, const struct cb_load_counts *from)
{
    to->documents_new += from->documents_new;
    to->documents_known += from->documents_known;
    to->documents_completed += from->documents_completed;
    to->documents_undone += from->documents_undone;
    to->undone_run = from->undone_run > 0 ? from->undone_run : to->undone_run;
    to->sentences += from->sentences;
    to->claims += from->claims;
    to->attributions += from->attributions;
    to->quantities += from->quantities;
    to->links += from->links;
    to->revisions += from->revisions;
    to->unknown_source += from->unknown_source;
    to->rejected += from->rejected;
}

static enum cb_code write_jobs(struct cb_batch *batch, struct cb_job_list list, struct cb_err *err)
{
    struct cb_loader *loader = batch->loader;
    struct cb_load_counts counts = {0};
    size_t fresh = 0;
    for (size_t i = 0; i < list.count; i++)
        fresh += cb_job_has_rows(list.jobs[i]);
    enum cb_code code = cb_db_begin(loader->db, err);
    if (code == CB_OK && fresh > 0)
        code = cb_batch_speakers(batch, list, err);
    if (code == CB_OK && fresh > 0)
        code = cb_batch_copy(loader, list, &counts, err);
    if (code == CB_OK)
        code = complete_bare(loader, list, err);
    if (code == CB_OK)
        code = append_statuses(loader, list, err);
    if (code == CB_OK)
        code = copy_rejects(loader, list, &counts, err);
    count_states(list, &counts);
    if (code == CB_OK)
        code = add_to_run(loader, &counts, err);
    if (code == CB_OK)
        code = cb_db_commit(loader->db, err);
    if (code != CB_OK) {
        cb_db_rollback(loader->db);
        return code;
    }
    loader->rejected_no += counts.rejected;
    cb_load_counts_add(&batch->counts, &counts);
    return CB_OK;
}

/* In a dry run nothing is written, so what would be is counted. */
static void count_jobs(struct cb_batch *batch, struct cb_job_list list)
{
    const struct cb_loader *loader = batch->loader;
    struct cb_load_counts counts = {0};
    count_states(list, &counts);
    for (size_t i = 0; i < list.count; i++) {
        const struct cb_job *job = list.jobs[i];
        counts.rejected += job->state == CB_JOB_REJECTED;
        if (!cb_job_has_rows(job))
            continue;
        counts.documents_new += cb_job_is_new(job);
        counts.sentences += (int64_t)job->rows.sentence_count;
        counts.claims += (int64_t)job->rows.claim_count;
        counts.attributions += (int64_t)job->rows.attribution_count;
        counts.quantities += (int64_t)job->rows.quantity_count;
        counts.links += (int64_t)job->rows.link_count +
                        (loader->options->origin != NULL && cb_job_is_new(job)) + (job->revision_of != NULL);
    }
    cb_load_counts_add(&batch->counts, &counts);
}

/* The server's answer when it is the rows that it refuses, not us: the SQLSTATE classes of bad data,
 * constraints, limits, and of the ledger's rules. */
static bool is_about_rows(enum cb_code code, const struct cb_err *err)
{
    static const char *const classes[] = {"22", "23", "40", "54", "CB"};
    if (code == CB_OK || err->sqlstate[0] == '\0')
        return false;
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (strncmp(err->sqlstate, classes[i], 2) == 0)
            return true;
    return false;
}

/* After the whole batch was refused: each job in a transaction of its own, so that the one that is to blame
 * is found, and the others are stored. */
static enum cb_code write_one_by_one(struct cb_batch *batch, struct cb_err *err)
{
    enum cb_code code = cb_batch_mark_stored(batch, err);
    for (size_t i = 0; i < batch->count && code == CB_OK; i++) {
        struct cb_err why = {0};
        const struct cb_job_list one = {&batch->jobs[i], 1};
        code = write_jobs(batch, one, &why);
        if (is_about_rows(code, &why) && cb_job_has_rows(batch->jobs[i])) {
            batch->jobs[i]->why = why;
            batch->jobs[i]->state = CB_JOB_REJECTED;
            code = write_jobs(batch, one, err);
        } else if (code != CB_OK && err != NULL) {
            *err = why;
        }
    }
    return code;
}

enum cb_code cb_batch_write(struct cb_batch *batch, struct cb_err *err)
{
    const struct cb_job_list all = {batch->jobs, batch->count};
    for (size_t i = 0; i < batch->count; i++) {
        const struct cb_job *job = batch->jobs[i];
        if (cb_job_has_rows(job) && job->why.code != CB_OK) {
            if (err != NULL)
                *err = job->why;
            return job->why.code;
        }
    }
    enum cb_code code = cb_batch_find_revisions(batch, err);
    if (code != CB_OK)
        return code;
    if (batch->loader->options->dry_run) {
        count_jobs(batch, all);
        return CB_OK;
    }
    struct cb_err why = {0};
    code = write_jobs(batch, all, &why);
    if (is_about_rows(code, &why))
        return write_one_by_one(batch, err);
    if (code != CB_OK && err != NULL)
        *err = why;
    return code;
}
