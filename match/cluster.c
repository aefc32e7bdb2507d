#include "match/match.h"

#include "base/array.h"
#include "base/buffer.h"
#include "db/claim_id.h"
#include "db/copy.h"
#include "db_queries.h"
#include "match/closure.h"
#include "match/derive.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MIB ((size_t)1024 * 1024)

enum { CLAIMS_MAX = 100 * 1000 * 1000, AROUND_MAX = 5000, GATHER_MAX = 3000 };
#define PARAM_MAX (512 * MIB)

/* A claim by its key; the order is the order of the keys. */
struct node {
    struct cb_uuid document;
    int32_t claim_no;
};

enum edge_kind { EDGE_REJECTED, EDGE_CONFIRMED, EDGE_APART, EDGE_AGREES };

struct edge {
    struct node a, b;
    enum edge_kind kind;
    float score;
};

struct clustering {
    struct cb_db *db;
    bool all;
    struct node *nodes; /* ascending, unique, after sort_nodes */
    size_t node_count, node_capacity;
    struct edge *edges;
    size_t edge_count, edge_capacity;
    int64_t *clusters, *conflicts;
    cb_conflict_sink *sink;
    void *context;
};

static int compare_nodes(const void *a, const void *b)
{
    const struct node *x = a, *y = b;
    int order = memcmp(x->document.bytes, y->document.bytes, sizeof x->document.bytes);
    return order != 0 ? order : (x->claim_no > y->claim_no) - (x->claim_no < y->claim_no);
}

/* People's words first, then what stands apart, then agreements, the strongest first; then by key. */
static int compare_edges(const void *a, const void *b)
{
    const struct edge *x = a, *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->score < y->score || x->score > y->score)
        return x->score > y->score ? -1 : 1;
    int order = compare_nodes(&x->a, &y->a);
    return order != 0 ? order : compare_nodes(&x->b, &y->b);
}

static void sort_nodes(struct clustering *c)
{
    size_t unique = 0;
    if (c->node_count > 1)
        qsort(c->nodes, c->node_count, sizeof *c->nodes, compare_nodes);
    for (size_t i = 0; i < c->node_count; i++)
        if (unique == 0 || compare_nodes(&c->nodes[unique - 1], &c->nodes[i]) != 0)
            c->nodes[unique++] = c->nodes[i];
    c->node_count = unique;
}

/* SIZE_MAX when the claim is not among the nodes. */
static size_t find_node(const struct clustering *c, const struct node *key)
{
    const struct node *found =
        c->node_count == 0 ? NULL : bsearch(key, c->nodes, c->node_count, sizeof *c->nodes, compare_nodes);
    return found == NULL ? SIZE_MAX : (size_t)(found - c->nodes);
}

static enum cb_code read_node(const struct cb_rows *rows, size_t row, size_t column, struct node *out,
                              struct cb_err *err)
{
    if (!cb_uuid_parse(cb_rows_text(rows, row, column), &out->document))
        return cb_fail(err, CB_FAILED, "the server gave a document id that is none");
    out->claim_no = (int32_t)cb_rows_int(rows, row, column + 1);
    return CB_OK;
}

static enum cb_code add_node(struct clustering *c, const struct node *node, struct cb_err *err)
{
    void *items = c->nodes;
    enum cb_code code = cb_array_reserve(&items, &c->node_capacity, c->node_count + 1, sizeof *c->nodes,
                                         CLAIMS_MAX, "claims in clusters", err);
    if (code != CB_OK)
        return code;
    c->nodes = items;
    c->nodes[c->node_count++] = *node;
    return CB_OK;
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
    enum cb_code code = read_node(rows, 0, 0, &edge.a, err);
    if (code == CB_OK)
        code = read_node(rows, 0, 2, &edge.b, err);
    if (code == CB_OK)
        code = cb_array_reserve(&items, &c->edge_capacity, c->edge_count + 1, sizeof *c->edges, CLAIMS_MAX,
                                "pairs in clusters", err);
    if (code != CB_OK)
        return code;
    c->edges = items;
    c->edges[c->edge_count++] = edge;
    if (c->all && (edge.kind == EDGE_AGREES || edge.kind == EDGE_CONFIRMED)) {
        code = add_node(c, &edge.a, err);
        if (code == CB_OK)
            code = add_node(c, &edge.b, err);
    }
    return code;
}

/* ------------------------------------------------------------------ which claims */

static void write_uuid(struct cb_buffer *out, const struct cb_uuid *id)
{
    for (size_t i = 0; i < sizeof id->bytes; i++)
        cb_buffer_printf(out, "%02x", id->bytes[i]);
}

/* nodes[0..count) as two arrays of the server's. */
static void node_arrays(const struct node *nodes, size_t count, struct cb_buffer *ids,
                        struct cb_buffer *numbers)
{
    cb_buffer_clear(ids);
    cb_buffer_clear(numbers);
    for (size_t i = 0; i < count; i++) {
        cb_buffer_add_char(ids, i > 0 ? ',' : '{');
        write_uuid(ids, &nodes[i].document);
        cb_buffer_printf(numbers, "%c%" PRId32, i > 0 ? ',' : '{', nodes[i].claim_no);
    }
    cb_buffer_add_text(ids, count > 0 ? "}" : "{}");
    cb_buffer_add_text(numbers, count > 0 ? "}" : "{}");
}

static enum cb_code run_on_nodes(struct clustering *c, const struct cb_sql *sql, const struct node *nodes,
                                 size_t count, struct cb_rows **rows, cb_row_sink *sink, struct cb_err *err)
{
    struct cb_buffer ids, numbers;
    cb_buffer_init(&ids, PARAM_MAX);
    cb_buffer_init(&numbers, PARAM_MAX);
    node_arrays(nodes, count, &ids, &numbers);
    enum cb_code code = cb_buffer_status(&ids, "the list of claims", err);
    if (code == CB_OK)
        code = cb_buffer_status(&numbers, "the list of claims", err);
    const char *params[] = {cb_buffer_text(&ids), cb_buffer_text(&numbers)};
    if (code == CB_OK)
        code = sink != NULL ? cb_db_stream(c->db, sql, params, 2, sink, c, err)
                            : cb_db_run(c->db, sql, params, 2, rows, err);
    cb_buffer_release(&ids);
    cb_buffer_release(&numbers);
    return code;
}

/* Adds the rows' claims that are not there yet; *fresh gets them, for the caller to free. */
static enum cb_code add_fresh(struct clustering *c, const struct cb_rows *rows, struct node **fresh,
                              size_t *count, struct cb_err *err)
{
    size_t known = c->node_count, total = cb_rows_count(rows);
    *count = 0;
    *fresh = calloc(total + 1, sizeof **fresh);
    enum cb_code code = *fresh == NULL ? cb_no_memory(err) : CB_OK;
    for (size_t row = 0; row < total && code == CB_OK; row++) {
        struct node node;
        code = read_node(rows, row, 0, &node, err);
        c->node_count = known; /* only these are sorted */
        if (code == CB_OK && find_node(c, &node) == SIZE_MAX)
            (*fresh)[(*count)++] = node;
    }
    c->node_count = known;
    for (size_t i = 0; i < *count && code == CB_OK; i++)
        code = add_node(c, &(*fresh)[i], err);
    sort_nodes(c);
    return code;
}

/* From the documents' claims along agreements, and to those that were in their clusters, until there is no
 * more. */
static enum cb_code gather(struct clustering *c, const char *documents, struct cb_err *err)
{
    struct cb_rows *rows = NULL;
    struct node *fresh = NULL;
    size_t count = 0;
    const char *params[] = {documents};
    enum cb_code code = cb_db_run(c->db, &cb_sql_cluster_seeds, params, 1, &rows, err);
    if (code == CB_OK)
        code = add_fresh(c, rows, &fresh, &count, err);
    cb_rows_free(rows);
    while (code == CB_OK && count > 0 && c->node_count <= GATHER_MAX) {
        struct node *before = fresh;
        rows = NULL;
        fresh = NULL;
        code = run_on_nodes(c, &cb_sql_cluster_step, before, count, &rows, NULL, err);
        free(before);
        if (code == CB_OK)
            code = add_fresh(c, rows, &fresh, &count, err);
        cb_rows_free(rows);
    }
    free(fresh);
    return code;
}

/* ------------------------------------------------------------------ joining */

static void ref_of(const struct node *node, char out[64])
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
    ref_of(&c->nodes[block->a], conflict.rejected_a);
    ref_of(&c->nodes[block->b], conflict.rejected_b);
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
        size_t a = find_node(c, &edge->a), b = find_node(c, &edge->b);
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

/* Clusters are named by their least claim: nodes ascend, so that is the first met. */
static enum cb_code write(struct clustering *c, struct cb_closure *closure, struct cb_err *err)
{
    uint32_t *least = calloc(c->node_count + 1, sizeof *least); /* by root, from 1 */
    struct cb_copy *copy = NULL;
    if (least == NULL)
        return cb_no_memory(err);
    enum cb_code code = cb_copy_begin(c->db, &cb_sql_cluster_copy, 4, &copy, err);
    for (uint32_t i = 0; i < c->node_count && code == CB_OK; i++) {
        uint32_t root = cb_closure_root(closure, i);
        if (closure->size[root] < 2)
            continue;
        if (least[root] == 0) {
            least[root] = i + 1;
            ++*c->clusters;
        }
        const struct node *name = &c->nodes[least[root] - 1];
        cb_copy_row(copy);
        cb_copy_uuid(copy, &c->nodes[i].document);
        cb_copy_int4(copy, c->nodes[i].claim_no);
        cb_copy_uuid(copy, &name->document);
        cb_copy_int4(copy, name->claim_no);
    }
    if (code == CB_OK)
        code = cb_copy_end(copy, NULL, err);
    free(least);
    return code;
}

static enum cb_code cluster(struct clustering *c, const char *documents, struct cb_err *err)
{
    struct cb_closure closure = {0};
    enum cb_code code = CB_OK;
    if (!c->all) {
        code = gather(c, documents, err);
        /* So much hangs together that to take all of it is quicker than to go on step by step. */
        c->all = code == CB_OK && c->node_count > GATHER_MAX;
        c->node_count = c->all ? 0 : c->node_count;
    }
    if (code == CB_OK && c->all) {
        code = cb_db_stream(c->db, &cb_sql_cluster_edges_all, NULL, 0, take_edge, c, err);
        sort_nodes(c);
        if (code == CB_OK)
            code = cb_db_run(c->db, &cb_sql_cluster_forget_all, NULL, 0, NULL, err);
    } else if (code == CB_OK) {
        if (c->node_count > 0)
            code = run_on_nodes(c, &cb_sql_cluster_edges, c->nodes, c->node_count, NULL, take_edge, err);
        if (code == CB_OK && c->node_count > 0)
            code = run_on_nodes(c, &cb_sql_cluster_forget, c->nodes, c->node_count, NULL, NULL, err);
    }
    if (code == CB_OK)
        code = cb_closure_init(&closure, c->node_count, err);
    if (code == CB_OK && c->edge_count > 1)
        qsort(c->edges, c->edge_count, sizeof *c->edges, compare_edges);
    if (code == CB_OK)
        code = join(c, &closure, err);
    if (code == CB_OK)
        code = write(c, &closure, err);
    cb_closure_release(&closure);
    free(c->nodes);
    free(c->edges);
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
