#include "match/cluster_add.h"

#include "base/array.h"
#include "db/copy.h"
#include "db_queries.h"
#include "match/closure.h"

#include <stdlib.h>

enum { LINKS_MAX = 50 * 1000 * 1000 };

/* Two parts that agree, or that may have to be kept apart. A part is a claim without company or a cluster. */
struct link {
    struct cb_node a, b;
    bool agrees;
};

/* What is known of a part, by its place among the names. */
struct part {
    bool added;     /* one of the documents' claims */
    bool clustered; /* the name of a cluster */
    int64_t claims; /* in it, when it is not added and shall meet another such */
};

struct adding {
    struct cb_db *db;
    struct cb_nodes names; /* of the parts, ascending */
    struct part *parts;
    struct link *links;
    size_t link_count, link_capacity;
    struct cb_nodes added, clustered; /* with repetitions */
    struct cb_closure closure;
    bool *barred; /* by root: something may have to be kept apart in it */
};

/* ------------------------------------------------------------------ reading */

static enum cb_code add_link(struct adding *adding, const struct link *link, struct cb_err *err)
{
    void *items = adding->links;
    enum cb_code code = cb_array_reserve(&items, &adding->link_capacity, adding->link_count + 1,
                                         sizeof *adding->links, LINKS_MAX, "pairs of new claims", err);
    if (code != CB_OK)
        return code;
    adding->links = items;
    adding->links[adding->link_count++] = *link;
    return CB_OK;
}

static enum cb_code take_link(void *context, const struct cb_rows *rows, struct cb_err *err)
{
    struct adding *adding = context;
    struct link link;
    if (cb_rows_count(rows) == 0)
        return CB_OK;
    link.agrees = cb_rows_bool(rows, 0, 4);
    enum cb_code code = cb_node_read(rows, 0, 0, &link.a, err);
    if (code == CB_OK)
        code = cb_node_read(rows, 0, 2, &link.b, err);
    if (code == CB_OK)
        code = add_link(adding, &link, err);
    if (code == CB_OK)
        code = cb_nodes_add(&adding->added, &link.a, err);
    if (code == CB_OK && cb_rows_bool(rows, 0, 5))
        code = cb_nodes_add(&adding->clustered, &link.b, err);
    if (code == CB_OK)
        code = cb_nodes_add(&adding->names, &link.a, err);
    return code == CB_OK ? cb_nodes_add(&adding->names, &link.b, err) : code;
}

static uint32_t place_of(const struct adding *adding, const struct cb_node *name)
{
    return (uint32_t)cb_nodes_find(&adding->names, adding->names.count, name);
}

static uint32_t root_of(struct adding *adding, const struct cb_node *name)
{
    return cb_closure_root(&adding->closure, place_of(adding, name));
}

static enum cb_code read_links(struct adding *adding, const char *documents, struct cb_err *err)
{
    const char *params[] = {documents};
    enum cb_code code = cb_db_stream(adding->db, &cb_sql_cluster_fresh, params, 1, take_link, adding, err);
    cb_nodes_sort(&adding->names);
    adding->parts = calloc(adding->names.count + 1, sizeof *adding->parts);
    adding->barred = calloc(adding->names.count + 1, sizeof *adding->barred);
    if (code == CB_OK && (adding->parts == NULL || adding->barred == NULL))
        code = cb_no_memory(err);
    if (code == CB_OK)
        code = cb_closure_init(&adding->closure, adding->names.count, err);
    if (code != CB_OK)
        return code;
    for (size_t i = 0; i < adding->added.count; i++)
        adding->parts[place_of(adding, &adding->added.items[i])].added = true;
    for (size_t i = 0; i < adding->clustered.count; i++)
        adding->parts[place_of(adding, &adding->clustered.items[i])].clustered = true;
    for (size_t i = 0; i < adding->link_count; i++)
        if (adding->links[i].agrees)
            (void)cb_closure_join(&adding->closure, place_of(adding, &adding->links[i].a),
                                  place_of(adding, &adding->links[i].b));
    return CB_OK;
}

/* ------------------------------------------------------------------ what stands between */

static void bar_links(struct adding *adding)
{
    for (size_t i = 0; i < adding->link_count; i++) {
        const struct link *link = &adding->links[i];
        uint32_t root = root_of(adding, &link->a);
        if (!link->agrees && root == root_of(adding, &link->b))
            adding->barred[root] = true;
    }
}

/* Rows of cluster_apart: a name, and the name of what may have to be kept apart from it. */
static enum cb_code take_apart(void *context, const struct cb_rows *rows, struct cb_err *err)
{
    struct adding *adding = context;
    struct cb_node name, other;
    if (cb_rows_count(rows) == 0)
        return CB_OK;
    enum cb_code code = cb_node_read(rows, 0, 0, &name, err);
    if (code == CB_OK)
        code = cb_node_read(rows, 0, 2, &other, err);
    if (code != CB_OK || cb_node_compare(&name, &other) == 0)
        return code;
    size_t at = cb_nodes_find(&adding->names, adding->names.count, &other);
    uint32_t root = root_of(adding, &name);
    if (at != SIZE_MAX && cb_closure_root(&adding->closure, (uint32_t)at) == root)
        adding->barred[root] = true;
    return CB_OK;
}

static enum cb_code take_size(void *context, const struct cb_rows *rows, struct cb_err *err)
{
    struct adding *adding = context;
    struct cb_node name;
    if (cb_rows_count(rows) == 0)
        return CB_OK;
    enum cb_code code = cb_node_read(rows, 0, 0, &name, err);
    if (code == CB_OK)
        adding->parts[place_of(adding, &name)].claims = cb_rows_int(rows, 0, 2);
    return code;
}

/* Parts that were there before and meet others that were, all or but the largest of each group. */
static enum cb_code list_meeting(struct adding *adding, bool largest_too, struct cb_nodes *out,
                                 struct cb_err *err)
{
    size_t count = adding->names.count;
    uint32_t *largest = calloc(count + 1, sizeof *largest); /* by root, from 1 */
    uint32_t *former = calloc(count + 1, sizeof *former);   /* by root: how many */
    enum cb_code code = largest == NULL || former == NULL ? cb_no_memory(err) : CB_OK;
    out->count = 0;
    for (uint32_t i = 0; i < count && code == CB_OK; i++) {
        uint32_t root = cb_closure_root(&adding->closure, i);
        if (adding->parts[i].added)
            continue;
        former[root]++;
        if (largest[root] == 0 || adding->parts[i].claims > adding->parts[largest[root] - 1].claims)
            largest[root] = i + 1;
    }
    for (uint32_t i = 0; i < count && code == CB_OK; i++) {
        uint32_t root = cb_closure_root(&adding->closure, i);
        if (!adding->parts[i].added && former[root] > 1 && !adding->barred[root] &&
            (largest_too || largest[root] != i + 1))
            code = cb_nodes_add(out, &adding->names.items[i], err);
    }
    free(largest);
    free(former);
    return code;
}

/* Former clusters and single claims that become one: does something keep them apart? Asked of all but the
 * largest. */
static enum cb_code bar_former(struct adding *adding, struct cb_err *err)
{
    struct cb_nodes meeting = {0};
    const struct cb_nodes *const lists[] = {&meeting};
    enum cb_code code = list_meeting(adding, true, &meeting, err);
    if (code == CB_OK && meeting.count > 0) {
        code = cb_nodes_run(adding->db, &cb_sql_cluster_sizes, lists, 1, NULL, take_size, adding, err);
        if (code == CB_OK)
            code = list_meeting(adding, false, &meeting, err);
        if (code == CB_OK)
            code = cb_nodes_run(adding->db, &cb_sql_cluster_apart, lists, 1, NULL, take_apart, adding, err);
    }
    free(meeting.items);
    return code;
}

/* ------------------------------------------------------------------ writing */

/* Groups are named by their least claim, which is their least name. A cluster gets another name only when a
 * claim came that is less than all of its own: ids are as good as drawn, so that is rare for a large one. */
static enum cb_code write(struct adding *adding, struct cb_nodes *left, int64_t *clusters, struct cb_err *err)
{
    size_t count = adding->names.count;
    struct cb_nodes old_names = {0}, new_names = {0};
    struct cb_copy *copy = NULL;
    uint32_t *least = calloc(count + 1, sizeof *least); /* by root, from 1 */
    enum cb_code code = least == NULL ? cb_no_memory(err) : CB_OK;
    if (code == CB_OK)
        code = cb_copy_begin(adding->db, &cb_sql_cluster_copy, 4, &copy, err);
    for (uint32_t i = 0; i < count && code == CB_OK; i++) {
        const struct cb_node *node = &adding->names.items[i];
        uint32_t root = cb_closure_root(&adding->closure, i);
        if (adding->closure.size[root] < 2)
            continue;
        if (adding->barred[root]) {
            code = adding->parts[i].added ? cb_nodes_add(left, node, err) : CB_OK;
            continue;
        }
        if (least[root] == 0) {
            least[root] = i + 1;
            ++*clusters;
        }
        const struct cb_node *name = &adding->names.items[least[root] - 1];
        if (!adding->parts[i].clustered) {
            cb_copy_row(copy);
            cb_copy_uuid(copy, &node->document);
            cb_copy_int4(copy, node->claim_no);
            cb_copy_uuid(copy, &name->document);
            cb_copy_int4(copy, name->claim_no);
        } else if (name != node) {
            code = cb_nodes_add(&old_names, node, err);
            if (code == CB_OK)
                code = cb_nodes_add(&new_names, name, err);
        }
    }
    if (code == CB_OK)
        code = cb_copy_end(copy, NULL, err);
    else if (copy != NULL)
        cb_copy_abort(copy);
    const struct cb_nodes *const lists[] = {&old_names, &new_names};
    if (code == CB_OK && old_names.count > 0)
        code = cb_nodes_run(adding->db, &cb_sql_cluster_rename, lists, 2, NULL, NULL, NULL, err);
    free(old_names.items);
    free(new_names.items);
    free(least);
    return code;
}

enum cb_code cb_cluster_add(struct cb_db *db, const char *documents, struct cb_nodes *left, int64_t *clusters,
                            struct cb_err *err)
{
    struct adding adding = {.db = db};
    enum cb_code code = read_links(&adding, documents, err);
    if (code == CB_OK) {
        bar_links(&adding);
        code = bar_former(&adding, err);
    }
    if (code == CB_OK && adding.link_count > 0)
        code = write(&adding, left, clusters, err);
    cb_closure_release(&adding.closure);
    free(adding.names.items);
    free(adding.parts);
    free(adding.links);
    free(adding.added.items);
    free(adding.clustered.items);
    free(adding.barred);
    return code;
}
