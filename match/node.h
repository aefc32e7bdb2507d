/* Claims by their keys, alone and in lists for the server: inside match/ only. */
#ifndef CB_MATCH_NODE_H
#define CB_MATCH_NODE_H

#include "db/copy.h"
#include "db/db.h"

struct cb_node {
    struct cb_uuid document;
    int32_t claim_no;
};

struct cb_nodes {
    struct cb_node *items; /* freed by the owner */
    size_t count, capacity;
};

/* The order of the keys, which is the server's. For qsort and bsearch. */
int cb_node_compare(const void *a, const void *b);

/* Ascending, each once. */
void cb_nodes_sort(struct cb_nodes *nodes);

/* The place of the key among the first `count` nodes, which are sorted; SIZE_MAX when it is not there. */
size_t cb_nodes_find(const struct cb_nodes *nodes, size_t count, const struct cb_node *key);

CB_CHECKED enum cb_code cb_nodes_add(struct cb_nodes *nodes, const struct cb_node *node, struct cb_err *err);

/* Two columns of a row: the document's id, the claim's number. */
CB_CHECKED enum cb_code cb_node_read(const struct cb_rows *rows, size_t row, size_t column,
                                     struct cb_node *out, struct cb_err *err);

/* Runs a statement whose parameters are `lists` lists of claims, each as an array of ids and one of numbers.
 * With a sink the rows are streamed to it; else *rows, which may be NULL, gets them. */
enum { CB_NODE_LISTS_MAX = 2 };
CB_CHECKED enum cb_code cb_nodes_run(struct cb_db *db, const struct cb_sql *sql,
                                     const struct cb_nodes *const *nodes, size_t lists, struct cb_rows **rows,
                                     cb_row_sink *sink, void *context, struct cb_err *err);

#endif
