/* What follows from matches and links: inside match/ only. */
#ifndef CB_MATCH_DERIVE_H
#define CB_MATCH_DERIVE_H

#include "match/match.h"

/* Clusters around the documents in match_due that were matched, or all. */
CB_CHECKED enum cb_code cb_recluster_due(struct cb_db *db, bool all, int64_t *clusters, int64_t *conflicts,
                                         struct cb_err *err);

/* Origins of those documents, and of what is linked with them. */
CB_CHECKED enum cb_code cb_origins_of_due(struct cb_db *db, int64_t *documents, struct cb_err *err);

/* Sketches articles that have none, and measures them against those that share a band. In transactions of
 * its own. */
CB_CHECKED enum cb_code cb_sketch_refresh(struct cb_db *db, struct cb_err *err);

#endif
