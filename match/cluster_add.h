/* Claims that only got company: inside match/ only. */
#ifndef CB_MATCH_CLUSTER_ADD_H
#define CB_MATCH_CLUSTER_ADD_H

#include "match/node.h"

/* Merges the claims of these documents (an array of the server's) that are in no cluster with what agrees
 * with them. Clusters are not read: a claim joins one, or two become one, by their names; only when two
 * become one, what keeps the smaller apart from others is looked for. Where a contradiction or a person's
 * word stands between two that would meet, nothing is done: *left gets the claims that led there, for a
 * closure from all that bears on it. *clusters goes up by those that were made or changed.
 *
 * The rest is what that closure would give, too. It takes edges one after another and leaves out those that
 * would join two groups with a block between them. Let U be what the new edges connect, with no block between
 * any two of U. Groups with the new edges are never smaller than without, so an edge that was left out is
 * left out again; and an edge that was taken lies in one former cluster, so in U or untouched, where nothing
 * blocks it. So U becomes one cluster and all others stay. */
CB_CHECKED enum cb_code cb_cluster_add(struct cb_db *db, const char *documents, struct cb_nodes *left,
                                       int64_t *clusters, struct cb_err *err);

#endif
