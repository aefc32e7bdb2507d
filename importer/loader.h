/* What the files of the loader share. Nobody outside them includes it. */
#ifndef CB_IMPORTER_LOADER_H
#define CB_IMPORTER_LOADER_H

#include "base/arena.h"
#include "importer/load.h"
#include "importer/pool.h"
#include "importer/record.h"

#include <pthread.h>
#include <time.h>

enum {
    CB_BATCH_JOBS = 512,              /* documents of one transaction … */
    CB_BATCH_BYTES = 4 * 1024 * 1024, /* … and bytes of their text, over which a batch is full */
    CB_BATCHES = 4,                   /* one is read, two are worked out, one is written */
    CB_ID_SLOTS = 2 * CB_BATCH_JOBS,
    CB_SOURCES_MAX = 1000 * 1000,
};

/* 1 GiB over the rows of a batch: far more than a batch of texts of the greatest size needs. */
#define CB_BATCH_ARENA_MAX ((size_t)1 << 30)

struct cb_load_source {
    const char *asked, *domain; /* what it was looked up by */
    char *name;                 /* what it is called */
    int64_t id;                 /* 0 in a dry run, when it is not there yet */
};

enum cb_job_state {
    CB_JOB_NEW,
    CB_JOB_BARE,     /* its text is stored, nothing was looked for in it yet */
    CB_JOB_KNOWN,    /* stored already, or earlier in this run */
    CB_JOB_REJECTED, /* `why` says why */
};

/* One document or reject. All strings live in the batch's arenas. */
struct cb_job {
    struct cb_task task;
    enum cb_job_state state;
    bool is_document; /* else it came as a reject */
    bool is_claim;
    bool submitted;
    struct cb_input_document in;
    const char *speaker, *status, *note; /* of a claim */
    const char *evidence;                /* the address that the status rests on */
    const struct cb_load_source *source;
    bool source_unknown;
    struct cb_uuid id;
    struct cb_sha256 text_sha256, raw_sha256;
    bool raw_is_text; /* the bytes as read are the text: not kept twice */
    int64_t published, modified, retrieved;
    bool has_published, has_modified, has_retrieved;
    struct cb_record_rows rows;
    struct cb_sha256 seal;                 /* of rows (db/seal.h) */
    bool sealed;                           /* false when nothing was looked for in the text */
    int64_t *speaker_ids;                  /* of rows.speakers, found when the batch is written */
    const char *language, *title, *byline; /* as found in the text, when the reader knew none */
    const struct cb_uuid *revision_of;
    int32_t last_link;  /* of a bare document */
    int64_t undone_run; /* of a known document: the import that brought it, when that was undone; or 0 */
    int64_t line;
    const char *content; /* of a reject */
    size_t content_len;
    struct cb_err why;
    struct cb_batch *batch;
};

struct cb_batch {
    struct cb_task task; /* to write it */
    struct cb_loader *loader;
    struct cb_arena input;    /* of the thread that reads and writes */
    struct cb_arena *results; /* one a worker */
    struct cb_job *jobs[CB_BATCH_JOBS];
    size_t count, bytes;
    int64_t read_to;           /* bytes_read when it was full */
    uint16_t ids[CB_ID_SLOTS]; /* where the job with an id is, counted from 1: by the id's first bytes */
    /* what became of it, for the thread that reads */
    struct cb_load_counts counts;
    bool written;
    struct cb_err failed;
};

struct cb_stored; /* stored.h: rows for documents that are stored already */

/* Three kinds of threads: the caller's reads, works out ids and asks what is known; `pool` finds sentences
 * and claims; `writer` is one thread that writes the batches in their order, while the next is read. What is
 * no batch's belongs to the caller's thread, but for what is said below. */
struct cb_loader {
    struct cb_db *db;
    pthread_mutex_t db_lock; /* held for whatever the connection is used for while `writer` lives */
    const struct cb_load_options *options;
    struct timespec begun;
    struct cb_load_counts counts; /* as far as batches were taken over from the writer */
    struct cb_pool *pool, *writer;
    unsigned workers;
    size_t batch_jobs;        /* of a full batch */
    struct cb_arena *scratch; /* one a worker */
    /* A ring: batches[first] … are with the workers and the writer, `open` is being filled. */
    struct cb_batch *batches[CB_BATCHES];
    size_t first, working;
    struct cb_batch *open;
    struct cb_load_source **sources; /* each on its own, so that jobs can point at it */
    size_t source_count, source_capacity;
    uint32_t *source_slots; /* numbers of sources, from 1, by what they were looked up by; a power of two */
    size_t source_slot_count;
    int64_t run_id;      /* the writer's: 0 until there is something to store */
    int64_t rejected_no; /* the writer's: the last one of the run */
    bool write_ended; /* the writer's: nothing is written behind a batch that failed or, with --strict, has a
                         reject */
    char *origin_key; /* of options->origin, or NULL */
    struct cb_stored *stored;
};

/* load_job.c: on a worker: works out the rows of a new document. */
void cb_job_work(void *loader, unsigned worker, struct cb_task *task);

/* load_source.c: the row of the source, made when there is none (not in a dry run). `domain` may be NULL.
 * Borrowed from the loader. */
CB_CHECKED enum cb_code cb_load_source_find(struct cb_loader *loader, const char *name, const char *domain,
                                            const struct cb_load_source **out, struct cb_err *err);
void cb_load_sources_free(struct cb_loader *loader);
/* The host of an address without "www.", or NULL. */
const char *cb_url_host(const char *url, struct cb_arena *arena);

/* load_known.c: marks the jobs that are stored already, finds those which revise an older text. */
CB_CHECKED enum cb_code cb_batch_mark_known(struct cb_batch *batch, struct cb_err *err);
/* Only what is stored: asked again, because another program may have stored some. */
CB_CHECKED enum cb_code cb_batch_mark_stored(struct cb_batch *batch, struct cb_err *err);
CB_CHECKED enum cb_code cb_batch_find_revisions(struct cb_batch *batch, struct cb_err *err);

/* load_write.c: writes a batch whose jobs are worked out, in one transaction; a document that the server
 * refuses is rejected alone. Adds to the batch's counts. */
CB_CHECKED enum cb_code cb_batch_write(struct cb_batch *batch, struct cb_err *err);
void cb_load_counts_add(struct cb_load_counts *to, const struct cb_load_counts *from);

/* The jobs of a batch that one transaction takes. */
struct cb_job_list {
    struct cb_job *const *jobs;
    size_t count;
};

/* load_speaker.c: rows for the speakers of the new jobs; fills their speaker_ids. */
CB_CHECKED enum cb_code cb_batch_speakers(struct cb_batch *batch, struct cb_job_list list,
                                          struct cb_err *err);

/* load_copy.c: the COPYs of the new jobs. Adds what was copied to the counts. */
CB_CHECKED enum cb_code cb_batch_copy(struct cb_loader *loader, struct cb_job_list list,
                                      struct cb_load_counts *counts, struct cb_err *err);

/* load.c: records the run, once. */
CB_CHECKED enum cb_code cb_loader_begin_run(struct cb_loader *loader, struct cb_err *err);

/* load.c: where the bytes of files are counted. */
int64_t *cb_loader_bytes_read(struct cb_loader *loader);

/* load.c: CB_INTERRUPTED when the run is to stop. */
CB_CHECKED enum cb_code cb_loader_may_go_on(const struct cb_loader *loader, struct cb_err *err);

/* It is not stored yet; or it is, but its sentences and claims are not: either brings rows. */
bool cb_job_is_new(const struct cb_job *job);
bool cb_job_has_rows(const struct cb_job *job);

#endif
