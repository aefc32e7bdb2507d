/* Does what is stored still fit together? Every anchor, every hash and every chain, computed anew from the
 * rows themselves; what the database says about itself is not believed. */
#ifndef CB_REPORT_VERIFY_H
#define CB_REPORT_VERIFY_H

#include "db/db.h"
#include "report/tlog.h"

struct cb_problem {
    const char *kind;    /* "document_text", "chain", … */
    const char *subject; /* the document, claim or event, as people name it */
    const char *detail;  /* one sentence */
};
typedef enum cb_code cb_problem_sink(void *context, const struct cb_problem *problem, struct cb_err *err);

struct cb_verify_options {
    cb_problem_sink *problem; /* gets what is wrong, as it is found */
    void *context;
    void (*progress)(void *context, int64_t documents, int64_t events); /* may be NULL */
    void *progress_context;
};

struct cb_verify_report {
    int64_t documents, sealed, sentences;
    int64_t claims, moved, ambiguous, orphan; /* the other anchors are exact */
    int64_t chains, events, evidence;
    int64_t leaves; /* of a checkpoint that were checked */
    int64_t problems;
};

/* Documents and anchors, the ledger, links; in one snapshot, a transaction of its own. What does not hold is
 * given to the sink and counted; the return value is an error only when the check itself failed. */
CB_CHECKED enum cb_code cb_verify(struct cb_db *db, const struct cb_verify_options *options,
                                  struct cb_verify_report *report, struct cb_err *err);

/* Proves that nothing which the checkpoint covers has changed or vanished. Adds to the report. */
CB_CHECKED enum cb_code cb_verify_checkpoint(struct cb_db *db, const struct cb_checkpoint *checkpoint,
                                             const struct cb_verify_options *options,
                                             struct cb_verify_report *report, struct cb_err *err);

/* Extends the log to all that is stored and gives its size and root. In the caller's transaction. */
CB_CHECKED enum cb_code cb_log_extend(struct cb_db *db, uint64_t *size, struct cb_sha256 *root,
                                      struct cb_err *err);

#endif
