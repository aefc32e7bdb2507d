/* Has this been said, or checked, before? */
#ifndef CB_MATCH_SEARCH_H
#define CB_MATCH_SEARCH_H

#include "base/arena.h"
#include "db/db.h"

#include <stddef.h>

struct cb_search_options {
    size_t limit;       /* results of each query; 0: 10 */
    const char *status; /* only claims in this state, or NULL */
    const char *source; /* only from this source (name), or NULL */
    const char *since;  /* only published at or after (ISO 8601), or NULL */
    /* How many queries will follow: for many the whole index is read into memory once, for few the
     * database is asked. 0: unknown, ask the database. */
    size_t expected;
};

struct cb_search_result {
    const char *claim;       /* "3f2a9b1c.12" */
    const char *external_id; /* of a claim from a list, or NULL */
    const char *text;
    const char *status;
    const char *source;
    const char *speaker;   /* or NULL */
    const char *title;     /* of its document, or NULL */
    const char *url;       /* or NULL */
    const char *published; /* ISO 8601, or NULL */
    const char *modality;  /* "stated", "denied" … */
    double score;          /* 0 … 1, best first */
};

struct cb_searcher;

/* Indexes claims that are not indexed yet (in a transaction of its own), then opens the index. Borrows
 * db until freed. An unknown status or source is CB_NOT_FOUND. */
CB_CHECKED enum cb_code cb_searcher_new(struct cb_db *db, const struct cb_search_options *options,
                                        struct cb_searcher **out, struct cb_err *err);
void cb_searcher_free(struct cb_searcher *searcher);

/* *out and all it points to live in `arena`. A query without a word finds nothing. */
CB_CHECKED enum cb_code cb_search(struct cb_searcher *searcher, const char *text, size_t len,
                                  struct cb_arena *arena, const struct cb_search_result **out, size_t *count,
                                  struct cb_err *err);

#endif
