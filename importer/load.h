/* From documents to the tables. One loader is one run of import: it takes documents from the readers, works
 * them out on several threads, and one connection writes them, in the order in which they came, many to a
 * transaction. A transaction has whole documents only, so that a run which was killed is finished by
 * running it again: what is stored is known and passed over. */
#ifndef CB_IMPORTER_LOAD_H
#define CB_IMPORTER_LOAD_H

#include "db/db.h"
#include "importer/input.h"
#include "text/extract.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cb_loader;

enum cb_load_kind {
    CB_LOAD_ARTICLES,
    CB_LOAD_CLAIMS,
    CB_LOAD_DOCUMENTS,
    CB_LOAD_SENTENCES,
    CB_LOAD_ATTRIBUTIONS,
    CB_LOAD_LINKS,
    CB_LOAD_CLAIMREVIEW,
};

/* documents = documents_new + documents_known + rejected documents; the others count what was stored (in a
 * dry run: what would be). */
struct cb_load_counts {
    int64_t run_id; /* 0 in a dry run, and when nothing could be read at all; told by cb_loader_end */
    int64_t documents, documents_new, documents_known;
    int64_t documents_completed; /* of the known ones: had only their text stored until now */
    int64_t documents_undone;    /* of the known ones: reports leave them out, as their import was undone */
    int64_t undone_run;          /* the last of these imports, or 0 */
    int64_t sentences, claims, attributions, quantities, links;
    int64_t rows_known; /* rows of --sentences, --attributions, --links that were there already */
    int64_t revisions;  /* documents whose address had another text before */
    int64_t rejected;
    int64_t unknown_source; /* new documents whose source nobody told */
    int64_t bytes;          /* of text read */
    int64_t bytes_read;     /* of files, as they are on disk */
    int64_t bytes_done;     /* of these, what is stored: reading is some batches ahead */
};

/* Works out one document; `worker` (below `jobs`) never runs twice at a time. *out may live in `arena` or
 * until the worker's next call. */
typedef enum cb_code cb_load_extract(void *context, unsigned worker, const struct cb_input_document *document,
                                     struct cb_arena *arena, const struct cb_extraction **out,
                                     struct cb_err *err);

struct cb_load_options {
    enum cb_load_kind kind;
    const char *source;    /* of every document, or NULL: as the document tells */
    const char *url;       /* of the one document that is imported, or NULL */
    const char *published; /* ISO 8601, or NULL */
    const char *origin;    /* what all of it comes from: a name or an address, or NULL */
    const char *actor;     /* who imports */
    const char *program_version, *method_version;
    const char *const *arguments; /* kept with the run */
    size_t argument_count;
    unsigned batch;           /* documents of one transaction, 1 to 512; 0: 512 */
    unsigned jobs;            /* threads, at least 1 */
    bool dry_run;             /* the database is read, not written */
    bool strict;              /* the first reject ends the run */
    cb_load_extract *extract; /* NULL: documents are stored without sentences and claims */
    void *extract_context;
    void (*progress)(void *context, const struct cb_load_counts *counts);  /* now and then; may be NULL */
    void (*rejected)(void *context, const struct cb_input_reject *reject); /* each one; may be NULL */
    void *callback_context;
    bool (*stop)(void); /* asked between documents; true ends the run with CB_INTERRUPTED; may be NULL */
};

/* A claim that came in a list. NULL is not given. With a verdict, `url` is where the verdict is explained:
 * its evidence, and not the address of the claim, which would prove itself. */
struct cb_input_claim {
    const char *path;
    int64_t line;
    const char *external_id, *text, *title, *speaker;
    const char *date; /* ISO 8601 */
    const char *source, *url, *status, *note;
    const char *row; /* as it stands in the file, for rejected_row */
    size_t row_len;
    const void *raw; /* the record to keep with the claim, or NULL */
    size_t raw_len;
    const char *media_type; /* NULL: "text/csv" */
};

/* Options and what they point to are borrowed until cb_loader_free. The run is recorded in the
 * database when it first has something to store. */
CB_CHECKED enum cb_code cb_loader_begin(struct cb_db *db, const struct cb_load_options *options,
                                        struct cb_loader **out, struct cb_err *err);

/* Reads a path, folder, address or "-" (importer/input.h) and takes its documents. */
CB_CHECKED enum cb_code cb_loader_path(struct cb_loader *loader, const char *path, struct cb_err *err);

CB_CHECKED enum cb_code cb_loader_document(struct cb_loader *loader, const struct cb_input_document *document,
                                           struct cb_err *err);
CB_CHECKED enum cb_code cb_loader_claim(struct cb_loader *loader, const struct cb_input_claim *claim,
                                        struct cb_err *err);
CB_CHECKED enum cb_code cb_loader_reject(struct cb_loader *loader, const struct cb_input_reject *reject,
                                         struct cb_err *err);

/* Writes what is left and closes the run: as done, or, when `result` is an error, as failed; what is written
 * stays. Returns `result` when it is an error, CB_REJECTED when something was rejected. The counts are
 * filled in every case. */
CB_CHECKED enum cb_code cb_loader_end(struct cb_loader *loader, enum cb_code result,
                                      struct cb_load_counts *counts, struct cb_err *err);
void cb_loader_free(struct cb_loader *loader); /* NULL is fine */

#endif
