/* Matching what is stored: index, candidates, relations, clusters, origins. */
#ifndef CB_MATCH_MATCH_H
#define CB_MATCH_MATCH_H

#include "db/db.h"

#include <stdbool.h>
#include <stdint.h>

struct cb_match_options {
    bool all; /* forget all matches of the program and look again; people's decisions stay */
    /* Called now and then with what is done and what there is to do; may be NULL. */
    void (*progress)(void *context, const char *stage, int64_t done, int64_t total);
    void *context;
};

struct cb_match_report {
    int64_t indexed;                      /* claims whose terms were computed */
    int64_t matched;                      /* claims that were matched against all others */
    int64_t agrees, contradicts, related; /* pairs written by this run */
    int64_t clusters;                     /* clusters that were made or changed */
    int64_t conflicts;                    /* merges that were held back by a person's "not the same" */
    int64_t origins;                      /* documents whose origins were worked out */
};

/* Indexes and matches what is new, then brings origins and clusters up to date. In transactions of its
 * own: a run that is stopped leaves whole documents behind, and the next run goes on. The same claims in
 * any order of import end with the same matches. */
CB_CHECKED enum cb_code cb_match_run(struct cb_db *db, const struct cb_match_options *options,
                                     struct cb_match_report *report, struct cb_err *err);

/* A merge that did not happen: `a` and `b` would have joined two clusters in which a person
 * said of one pair that they are not the same. Ids are as report views print them. */
struct cb_merge_conflict {
    char a[64], b[64]; /* the agreeing pair */
    char rejected_a[64], rejected_b[64];
};
typedef enum cb_code cb_conflict_sink(void *context, const struct cb_merge_conflict *conflict,
                                      struct cb_err *err);

/* Recomputes the clusters around claims of one document (uuid as text; NULL: all), after a
 * person's confirm, reject or undo. `sink` may be NULL. Runs inside the caller's transaction. */
CB_CHECKED enum cb_code cb_recluster(struct cb_db *db, const char *document_id, int64_t *clusters,
                                     int64_t *conflicts, cb_conflict_sink *sink, void *context,
                                     struct cb_err *err);

/* Works out the origins of all documents anew, after an import or `link`. Runs inside the
 * caller's transaction; *documents, which may be NULL, counts those whose origins changed. */
CB_CHECKED enum cb_code cb_origins(struct cb_db *db, int64_t *documents, struct cb_err *err);

/* The same for one document (uuid as text) and those that are linked with it, directly or not. */
CB_CHECKED enum cb_code cb_origins_around(struct cb_db *db, const char *document_id, struct cb_err *err);

#endif
