/* What a worker does with one document. */
#include "db/seal.h"
#include "importer/loader.h"

#include <string.h>

/* The title as a line, without the blanks round it. */
static const char *title_of(const char *text, struct cb_span span, struct cb_arena *arena)
{
    const char *start = text + span.start, *end = text + span.end;
    while (start < end && strchr(" \t\n", *start) != NULL)
        start++;
    while (end > start && strchr(" \t\n", end[-1]) != NULL)
        end--;
    return start < end ? cb_arena_copy(arena, start, (size_t)(end - start)) : NULL;
}

static const char *copy_text(const char *text, struct cb_arena *arena)
{
    return text != NULL ? cb_arena_copy(arena, text, strlen(text)) : NULL;
}

static enum cb_code work_article(struct cb_loader *loader, unsigned worker, struct cb_job *job,
                                 struct cb_arena *arena)
{
    const struct cb_input_document *in = &job->in;
    struct cb_arena *scratch = &loader->scratch[worker];
    const struct cb_extraction *found = NULL;
    cb_arena_reset(scratch);
    enum cb_code code =
        loader->options->extract(loader->options->extract_context, worker, in, scratch, &found, &job->why);
    if (code != CB_OK)
        return code;
    job->title = in->title != NULL ? in->title : title_of(in->text, found->title, arena);
    job->byline = in->byline != NULL ? in->byline : copy_text(found->byline, arena);
    job->language = in->language != NULL ? in->language : copy_text(found->language, arena);
    return cb_record_from_extraction(found, in->text, in->text_len, job->source->name, &job->id, arena,
                                     &job->rows, &job->why);
}

static enum cb_code seal(struct cb_job *job)
{
    struct cb_seal seal;
    cb_seal_init(&seal);
    for (size_t i = 0; i < job->rows.sentence_count; i++) {
        const struct cb_record_sentence *row = &job->rows.sentences[i];
        cb_seal_sentence(&seal, (int32_t)i + 1, row->paragraph_no, row->range.start, row->range.end);
    }
    for (size_t i = 0; i < job->rows.claim_count; i++) {
        const struct cb_record_claim *row = &job->rows.claims[i];
        cb_seal_claim(&seal, (int32_t)i + 1, row->sentence_no, row->range.start, row->range.end, row->text);
    }
    job->sealed = true;
    return cb_seal_end(&seal, &job->seal, &job->why);
}

void cb_job_work(void *context, unsigned worker, struct cb_task *task)
{
    struct cb_loader *loader = context;
    struct cb_job *job = (struct cb_job *)task; /* its first member */
    struct cb_arena *arena = &job->batch->results[worker];
    enum cb_code code = job->is_claim ? cb_record_from_claim(job->in.text, job->in.text_len, job->speaker,
                                                             job->in.published, arena, &job->rows, &job->why)
                                      : work_article(loader, worker, job, arena);
    if (code == CB_OK)
        code = seal(job);
    (void)code; /* it stands in job->why; what it means for the job is the writer's to say */
}
