/* Claims of the database in memory, while a run of matching needs them: inside match/ only. */
#ifndef CB_MATCH_STORE_H
#define CB_MATCH_STORE_H

#include "db/claim_id.h"
#include "match/document_pair.h"

enum { CB_WORKERS_MAX = 8 };

struct cb_stored_document;

struct cb_stored_claim {
    uint32_t ordinal;
    int32_t claim_no;
    struct cb_stored_document *document;
    const char *text, *published; /* published may be NULL */
    struct cb_pair_claim claim;   /* its profile is NULL until cb_store_profile made it */
    bool queued;                  /* its profile is about to be made */
    struct cb_stored_claim *next; /* of the document, in no order */
};

struct cb_stored_document {
    char id[CB_UUID_TEXT_SIZE];
    struct cb_stored_claim *first;
    struct cb_stored_claim **claims; /* by number, when whole */
    size_t count;                    /* loaded so far */
    bool whole;
    uint32_t turn;       /* its place in the group that is being matched, from 1; 0: not in it */
    const char **tokens; /* of its lineage, ascending; NULL until cb_store_lineage read them */
    size_t token_count;
};

struct cb_store {
    struct cb_arena arena;
    struct cb_arena profiles[CB_WORKERS_MAX]; /* one a worker */
    struct cb_stored_claim **by_ordinal;      /* hash table */
    struct cb_stored_document **by_id;        /* hash table */
    size_t claim_mask, claim_count, document_mask, document_count;
};

CB_CHECKED enum cb_code cb_store_init(struct cb_store *store, struct cb_err *err);
void cb_store_release(struct cb_store *store);
/* Between groups: drops profiles, and then texts, when they take too much room. */
CB_CHECKED enum cb_code cb_store_trim(struct cb_store *store, struct cb_err *err);

/* NULL when it was not loaded, or is gone from the database. */
struct cb_stored_claim *cb_store_find(const struct cb_store *store, uint32_t ordinal);
struct cb_stored_document *cb_store_document(const struct cb_store *store, const char *id);

/* Loads all claims at once, for a run that needs most of them; to be done first. */
CB_CHECKED enum cb_code cb_store_load_all(struct cb_store *store, struct cb_db *db, struct cb_err *err);

/* Loads what is not there yet. */
CB_CHECKED enum cb_code cb_store_load_claims(struct cb_store *store, struct cb_db *db,
                                             const int64_t *ordinals, size_t count, struct cb_err *err);
CB_CHECKED enum cb_code cb_store_load_documents(struct cb_store *store, struct cb_db *db,
                                                const char *const *ids, size_t count, struct cb_err *err);
CB_CHECKED enum cb_code cb_store_load_lineage(struct cb_store *store, struct cb_db *db,
                                              struct cb_stored_document *const *documents, size_t count,
                                              struct cb_err *err);
bool cb_store_shared_origin(const struct cb_stored_document *a, const struct cb_stored_document *b);

/* Makes the claim's profile in the worker's arena. Workers may run at once, on different claims. */
CB_CHECKED enum cb_code cb_store_profile(struct cb_store *store, size_t worker, struct cb_matcher *matcher,
                                         struct cb_stored_claim *claim, struct cb_err *err);

#endif
