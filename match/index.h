/* The index of claims in the database: inside match/ only. */
#ifndef CB_MATCH_INDEX_H
#define CB_MATCH_INDEX_H

#include "base/buffer.h"
#include "db/db.h"
#include "match/posting.h"
#include "match/terms.h"

typedef void cb_progress(void *context, const char *stage, int64_t done, int64_t total);

struct cb_index_state {
    int64_t ordinals; /* one more than the greatest that was given */
    int64_t claims;
    double words;    /* mean number of terms of a claim with its title */
    int64_t changes; /* goes up with every transaction that indexes or matches */
};

/* Gives every claim that is not indexed its place, in transactions of its own; throws an index of another
 * method away first, and with it what was matched. `progress` may be NULL. */
CB_CHECKED enum cb_code cb_index_refresh(struct cb_db *db, struct cb_matcher *matcher, cb_progress *progress,
                                         void *context, int64_t *indexed, struct cb_err *err);

/* Runs a statement that gathers statistics of the tables that matching fills, when they are this role's to
 * gather; others leave them to autovacuum. */
CB_CHECKED enum cb_code cb_gather_statistics(struct cb_db *db, const struct cb_sql *sql, struct cb_err *err);

CB_CHECKED enum cb_code cb_index_state(struct cb_db *db, struct cb_index_state *out, struct cb_err *err);

/* Reads the lists of these terms, or all lists. */
CB_CHECKED enum cb_code cb_index_load(struct cb_db *db, const int32_t *terms, size_t count,
                                      struct cb_postings *out, struct cb_err *err);
CB_CHECKED enum cb_code cb_index_load_all(struct cb_db *db, struct cb_postings *out, struct cb_err *err);

/* A profile of what the database holds: a text over CB_CLAIM_TEXT_MAX is cut there, not refused. */
CB_CHECKED enum cb_code cb_stored_profile(struct cb_matcher *matcher, const char *text, const char *published,
                                          struct cb_arena *arena, const struct cb_profile **out,
                                          struct cb_err *err);

/* Numbers as the server's array text: "{1,-2}". Appends. */
void cb_array_text(struct cb_buffer *out, const int64_t *items, size_t count);
void cb_array_text32(struct cb_buffer *out, const int32_t *items, size_t count);

#endif
