#include "match/match.h"

#include "base/array.h"
#include "base/buffer.h"
#include "db/claim_id.h"
#include "db/copy.h"
#include "db_queries.h"
#include "match/closure.h"
#include "match/cluster_add.h"
#include "match/derive.h"
#include "match/node.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PARAM_MAX ((size_t)512 * 1024 * 1024)

enum { PAIRS_MAX = 100 * 1000 * 1000, AROUND_MAX = 5000, GATHER_MAX = 3000 };

enum edge_kind { EDGE_REJECTED, EDGE_CONFIRMED, EDGE_APART, EDGE_AGREES };

struct edge {
    struct cb_node a, b;
    enum edge_kind kind;
    float score;
};

/* A claim and the cluster that it is in. */
struct membership {
    struct cb_node claim, cluster;
};

struct clustering {
    struct cb_db *db;
    bool all;
    struct cb_nodes nodes; /* ascending, unique, after cb_nodes_sort */
    struct edge *edges;
    size_t edge_count, edge_capacity;
    struct membership *present; /* as the database has it now */
    size_t present_count, present_capacity;
    int64_t *clusters, *conflicts;
    cb_conflict_sink *sink;
    void *context;
};

/* People's words first, then what stands apart, then agreements, the strongest first; then by key. */
static int compare_edges(const void *a, const void *b)
{
    const struct edge *x = a, *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->score < y->score || x->score > y->score)
        return x->score > y->score ? -1 : 1;
    int order = cb_node_compare(&x->a, &y->a);
    return order != 0 ? order : cb_node_compare(&x->b, &y->b);
}

static enum edge_kind kind_of(const char *relation, bool person)
{
    if (strcmp(relation, "agrees") == 0)
        return person ? EDGE_CONFIRMED : EDGE_AGREES;
    return person ? EDGE_REJECTED : EDGE_APART;
}

static enum cb_code take_edge(void *context, const struct cb_rows *rows, struct cb_err *err)
{
    struct clustering *c = context;
    if (cb_rows_count(rows) == 0)
        return CB_OK;
    struct edge edge = {.kind = kind_of(cb_rows_text(rows, 0, 4), cb_rows_bool(rows, 0, 5)),
                        .score = (float)cb_rows_double(rows, 0, 6)};
    void *items = c->edges;
    enum cb_code code = cb_node_read(rows, 0, 0, &edge.a, err);
    if (code == CB_OK)
        code = cb_node_read(rows, 0, 2, &edge.b, err);
    if (code == CB_OK)
        code = cb_array_reserve(&items, &c->edge_capacity, c->edge_count + 1, sizeof *c->edges, PAIRS_MAX,
                                "pairs in clusters", err);
    if (code != CB_OK)
        return code;
    c->edges = items;
    c->edges[c->edge_count++] = edge;
    if (c->all && (edge.kind == EDGE_AGREES || edge.kind == EDGE_CONFIRMED)) {
        code = cb_nodes_add(&c->nodes, &edge.a, err);
        if (code == CB_OK)
            code = cb_nodes_add(&c->nodes, &edge.b, err);
    }
    return code;
}

static enum cb_code take_present(void *context, const struct cb_rows *rows, struct cb_err *err)
{
    struct clustering *c = context;
    struct membership member;
    if (cb_rows_count(rows) == 0)
        return CB_OK;
    void *items = c->present;
    enum cb_code code = cb_node_read(rows, 0, 0, &member.claim, err);
    if (code == CB_OK)
        code = cb_node_read(rows, 0, 2, &member.cluster, err);
    if (code == CB_OK)
        code = cb_array_reserve(&items, &c->present_capacity, c->present_count + 1, sizeof *c->present,
                                PAIRS_MAX, "claims in clusters", err);
    if (code != CB_OK)
        return code;
    c->present = items;
    c->present[c->present_count++] = member;
    return c->all ? cb_nodes_add(&c->nodes, &member.claim, err) : CB_OK;
}

/* ------------------------------------------------------------------ which claims */

/* Adds the rows' claims that are not there yet; *fresh gets them, emptied before. */
static enum cb_code add_fresh(struct clustering *c, const struct cb_rows *rows, struct cb_nodes *fresh,
                              struct cb_err *err)
{
    size_t total = cb_rows_count(rows);
    enum cb_code code = CB_OK;
    fresh->count = 0;
    for (size_t row = 0; row < total && code == CB_OK; row++) {
        struct cb_node node;
        code = cb_node_read(rows, row, 0, &node, err);
        if (code == CB_OK && cb_nodes_find(&c->nodes, c->nodes.count, &node) == SIZE_MAX)
            code = cb_nodes_add(fresh, &node, err);
    }
    for (size_t i = 0; i < fresh->count && code == CB_OK; i++)
        code = cb_nodes_add(&c->nodes, &fresh->items[i], err);
    cb_nodes_sort(&c->nodes);
    return code;
}

/* From these claims along agreements, and to those that were in their clusters, until there is no more. */
static enum cb_code gather(struct clustering *c, const struct cb_nodes *seeds, struct cb_err *err)
{
    struct cb_nodes fresh = {0};
    enum cb_code code = CB_OK;
    for (size_t i = 0; i < seeds->count && code == CB_OK; i++) {
        code = cb_nodes_add(&fresh, &seeds->items[i], err);
        if (code == CB_OK)
            code = cb_nodes_add(&c->nodes, &seeds->items[i], err);
    }
    cb_nodes_sort(&c->nodes);
    while (code == CB_OK && fresh.count > 0 && c->nodes.count <= GATHER_MAX) {
        struct cb_rows *rows = NULL;
        const struct cb_nodes *const lists[] = {&fresh};
        code = cb_nodes_run(c->db, &cb_sql_cluster_step, lists, 1, &rows, NULL, NULL, err);
        if (code == CB_OK)
            code = add_fresh(c, rows, &fresh, err);
        cb_rows_free(rows);
    }
    free(fresh.items);
    return code;
}

/* ------------------------------------------------------------------ joining */

static void ref_of(const struct cb_node *node, char out[64])
{
    const unsigned char *b = node->document.bytes;
    (void)snprintf(out, 64, "%02x%02x%02x%02x.%" PRId32, b[0], b[1], b[2], b[3], node->claim_no);
}

static enum cb_code report_conflict(struct clustering *c, const struct edge *edge,
                                    const struct cb_block *block, struct cb_err *err)
{
    ++*c->conflicts;
    if (c->sink == NULL)
        return CB_OK;
    struct cb_merge_conflict conflict;
    ref_of(&edge->a, conflict.a);
    ref_of(&edge->b, conflict.b);
    ref_of(&c->nodes.items[block->a], conflict.rejected_a);
    ref_of(&c->nodes.items[block->b], conflict.rejected_b);
    return c->sink(c->context, &conflict, err);
}

/* Edges come sorted. A person's "the same" yields to a person's "not the same" only; what the program found
 * yields to both, and does not join claims that contradict each other. */
static enum cb_code join(struct clustering *c, struct cb_closure *closure, struct cb_err *err)
{
    enum cb_code code = CB_OK;
    size_t rejections = 0;
    for (size_t i = 0; i < c->edge_count && code == CB_OK; i++) {
        const struct edge *edge = &c->edges[i];
        size_t a = cb_nodes_find(&c->nodes, c->nodes.count, &edge->a);
        size_t b = cb_nodes_find(&c->nodes, c->nodes.count, &edge->b);
        if (a == SIZE_MAX || b == SIZE_MAX)
            continue;
        if (edge->kind == EDGE_REJECTED || edge->kind == EDGE_APART) {
            rejections += edge->kind == EDGE_REJECTED;
            if (cb_closure_root(closure, (uint32_t)a) != cb_closure_root(closure, (uint32_t)b))
                code = cb_closure_block(closure, (uint32_t)a, (uint32_t)b, err);
            continue;
        }
        const struct cb_block *block = cb_closure_join(closure, (uint32_t)a, (uint32_t)b);
        /* Rejections were the first blocks. */
        if (block != NULL && (size_t)(block - closure->blocks) < rejections)
            code = report_conflict(c, edge, block, err);
    }
    return code;
}

/* Clusters are named by their least claim: nodes ascend, so that is the first met. names[i] is the cluster of
 * node i, counted from 1; 0: it has no company. */
static enum cb_code name_clusters(struct clustering *c, struct cb_closure *closure, uint32_t *names,
                                  struct cb_err *err)
{
    uint32_t *least = calloc(c->nodes.count + 1, sizeof *least); /* by root, from 1 */
    if (least == NULL)
        return cb_no_memory(err);
    for (uint32_t i = 0; i < c->nodes.count; i++) {
        uint32_t root = cb_closure_root(closure, i);
        names[i] = 0;
        if (closure->size[root] < 2)
            continue;
        if (least[root] == 0) {
            least[root] = i + 1;
            ++*c->clusters;
        }
        names[i] = least[root];
    }
    free(least);
    return CB_OK;
}

/* Finds what is in the database and shall not be; names[i] becomes 0 where it is as it shall be. */
static enum cb_code find_stale(struct clustering *c, uint32_t *names, struct cb_nodes *stale,
                               struct cb_err *err)
{
    enum cb_code code = CB_OK;
    for (size_t i = 0; i < c->present_count && code == CB_OK; i++) {
        const struct membership *member = &c->present[i];
        size_t at = cb_nodes_find(&c->nodes, c->nodes.count, &member->claim);
        if (at == SIZE_MAX)
            continue;
        if (names[at] != 0 && cb_node_compare(&c->nodes.items[names[at] - 1], &member->cluster) == 0)
            names[at] = 0;
        else
            code = cb_nodes_add(stale, &member->claim, err);
    }
    return code;
}

static enum cb_code copy_members(struct clustering *c, const uint32_t *names, struct cb_err *err)
{
    struct cb_copy *copy = NULL;
    enum cb_code code = cb_copy_begin(c->db, &cb_sql_cluster_copy, 4, &copy, err);
    if (code != CB_OK)
        return code;
    for (size_t i = 0; i < c->nodes.count; i++) {
        if (names[i] == 0)
            continue;
        const struct cb_node *name = &c->nodes.items[names[i] - 1];
        cb_copy_row(copy);
        cb_copy_uuid(copy, &c->nodes.items[i].document);
        cb_copy_int4(copy, c->nodes.items[i].claim_no);
        cb_copy_uuid(copy, &name->document);
        cb_copy_int4(copy, name->claim_no);
    }
    return cb_copy_end(copy, NULL, err);
}

/* Only what changed is written. */
static enum cb_code write(struct clustering *c, struct cb_closure *closure, struct cb_err *err)
{
    uint32_t *names = calloc(c->nodes.count + 1, sizeof *names);
    struct cb_nodes stale = {0};
    const struct cb_nodes *const lists[] = {&stale};
    enum cb_code code = names == NULL ? cb_no_memory(err) : name_clusters(c, closure, names, err);
    if (code == CB_OK)
        code = find_stale(c, names, &stale, err);
    if (code == CB_OK && stale.count > 0)
        code = cb_nodes_run(c->db, &cb_sql_cluster_forget, lists, 1, NULL, NULL, NULL, err);
    if (code == CB_OK)
        code = copy_members(c, names, err);
    free(names);
    free(stale.items);
    return code;
}

static enum cb_code load(struct clustering *c, struct cb_err *err)
{
    const struct cb_nodes *const lists[] = {&c->nodes};
    if (!c->all) {
        enum cb_code code = cb_nodes_run(c->db, &cb_sql_cluster_edges, lists, 1, NULL, take_edge, c, err);
        return code != CB_OK
                   ? code
                   : cb_nodes_run(c->db, &cb_sql_cluster_present, lists, 1, NULL, take_present, c, err);
    }
    c->nodes.count = 0;
    enum cb_code code = cb_db_stream(c->db, &cb_sql_cluster_edges_all, NULL, 0, take_edge, c, err);
    if (code == CB_OK)
        code = cb_db_stream(c->db, &cb_sql_cluster_present_all, NULL, 0, take_present, c, err);
    cb_nodes_sort(&c->nodes);
    return code;
}

/* The clusters around these claims (or all) anew, from everything that bears on them. */
static enum cb_code close_around(struct clustering *c, const struct cb_nodes *seeds, struct cb_err *err)
{
    struct cb_closure closure = {0};
    enum cb_code code = CB_OK;
    if (!c->all) {
        code = gather(c, seeds, err);
        /* So much hangs together that to take all of it is quicker than to go on step by step. */
        c->all = code == CB_OK && c->nodes.count > GATHER_MAX;
    }
    if (code == CB_OK && (c->all || c->nodes.count > 0))
        code = load(c, err);
    if (code == CB_OK)
        code = cb_closure_init(&closure, c->nodes.count, err);
    if (code == CB_OK && c->edge_count > 1)
        qsort(c->edges, c->edge_count, sizeof *c->edges, compare_edges);
    if (code == CB_OK)
        code = join(c, &closure, err);
    if (code == CB_OK && c->nodes.count > 0)
        code = write(c, &closure, err);
    cb_closure_release(&closure);
    free(c->nodes.items);
    free(c->edges);
    free(c->present);
    c->nodes = (struct cb_nodes){0};
    c->edges = NULL;
    c->present = NULL;
    c->edge_count = c->edge_capacity = c->present_count = c->present_capacity = 0;
    return code;
}

static enum cb_code read_seeds(struct cb_db *db, const char *documents, struct cb_nodes *seeds,
                               struct cb_err *err)
{
    struct cb_rows *rows = NULL;
    const char *params[] = {documents};
    enum cb_code code = cb_db_run(db, &cb_sql_cluster_seeds, params, 1, &rows, err);
    size_t count = code == CB_OK ? cb_rows_count(rows) : 0;
    for (size_t row = 0; row < count && code == CB_OK; row++) {
        struct cb_node node;
        code = cb_node_read(rows, row, 0, &node, err);
        if (code == CB_OK)
            code = cb_nodes_add(seeds, &node, err);
    }
    cb_rows_free(rows);
    return code;
}

/* What may have been taken back is closed anew. What only came to it is merged, without a look into the
 * clusters that it joins; where that might not be all the truth, it is closed anew, too. */
static enum cb_code cluster(struct clustering *c, const char *documents, struct cb_err *err)
{
    struct cb_nodes seeds = {0};
    enum cb_code code = c->all ? CB_OK : read_seeds(c->db, documents, &seeds, err);
    bool everything = c->all;
    if (code == CB_OK && (everything || seeds.count > 0)) {
        code = close_around(c, &seeds, err);
        everything = c->all;
    }
    seeds.count = 0;
    if (code == CB_OK && !everything)
        code = cb_cluster_add(c->db, documents, &seeds, c->clusters, err);
    if (code == CB_OK && seeds.count > 0)
        code = close_around(c, &seeds, err);
    free(seeds.items);
    return code;
}

/* ------------------------------------------------------------------ doors */

enum cb_code cb_recluster(struct cb_db *db, const char *document_id, int64_t *clusters, int64_t *conflicts,
                          cb_conflict_sink *sink, void *context, struct cb_err *err)
{
    int64_t ignored_clusters = 0, ignored_conflicts = 0;
    struct clustering c = {
        .db = db,
        .all = document_id == NULL,
        .clusters = clusters != NULL ? clusters : &ignored_clusters,
        .conflicts = conflicts != NULL ? conflicts : &ignored_conflicts,
        .sink = sink,
        .context = context,
    };
    char documents[CB_UUID_TEXT_SIZE + 4];
    *c.clusters = *c.conflicts = 0;
    (void)snprintf(documents, sizeof documents, "{%s}", document_id != NULL ? document_id : "");
    return cluster(&c, documents, err);
}

enum cb_code cb_recluster_due(struct cb_db *db, bool all, int64_t *clusters, int64_t *conflicts,
                              struct cb_err *err)
{
    struct clustering c = {.db = db, .all = all, .clusters = clusters, .conflicts = conflicts};
    struct cb_rows *rows = NULL;
    struct cb_buffer documents;
    *clusters = *conflicts = 0;
    cb_buffer_init(&documents, PARAM_MAX);
    enum cb_code code = cb_db_run(db, &cb_sql_match_due_matched, NULL, 0, &rows, err);
    size_t count = code == CB_OK ? cb_rows_count(rows) : 0;
    c.all = all || count > AROUND_MAX;
    for (size_t i = 0; i < count && !c.all; i++)
        cb_buffer_printf(&documents, "%c%s", i > 0 ? ',' : '{', cb_rows_text(rows, i, 0));
    cb_buffer_add_char(&documents, '}');
    cb_rows_free(rows);
    if (code == CB_OK && (count > 0 || all))
        code = cluster(&c, cb_buffer_text(&documents), err);
    cb_buffer_release(&documents);
    return code;
}
