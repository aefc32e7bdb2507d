/* A group of documents against all that was matched before: inside match/ only. */
#ifndef CB_MATCH_GROUP_H
#define CB_MATCH_GROUP_H

#include "match/posting.h"
#include "match/store.h"

/* One document of the archive that shares words with a document of the group. */
struct cb_counterpart {
    struct cb_stored_document *document;
    struct cb_stored_claim **claims; /* of it, those that pairs name */
    size_t claim_count;
    struct cb_pair_match
        *pairs; /* a: number in the group's document; b: in `claims`, or in the whole document */
    size_t pair_count;
    size_t anchors;
    bool shared_origin, linked;
};

struct cb_group_document {
    struct cb_stored_document *document; /* whole */
    struct cb_counterpart *counterparts;
    size_t counterpart_count;
    int64_t *candidates; /* number of the claim << 32 | ordinal */
    size_t candidate_count, candidate_capacity;
};

struct cb_group_worker {
    struct cb_matcher *matcher;
    struct cb_tally tally;
    struct cb_arena arena, scratch; /* of the group; of a comparison */
    double level_weight[CB_WEIGHT_LEVELS];
};

struct cb_group {
    struct cb_db *db;
    struct cb_store *store;
    const struct cb_postings *postings;
    const unsigned char *due; /* bits by ordinal: claims that were not matched before */
    size_t due_size;          /* ordinals */
    uint32_t meet_until;      /* no claim from this ordinal on may be met; cb_group_match sets it */
    struct cb_group_worker *workers;
    size_t worker_count;
    struct cb_group_document *documents; /* in the order of their ids, their turns set */
    size_t count;
};

/* Fills the counterparts of each document with pairs that are related, agree or contradict. A document of
 * the group meets those before it in the group, and those that are not due. */
CB_CHECKED enum cb_code cb_group_match(struct cb_group *group, struct cb_err *err);

#endif
