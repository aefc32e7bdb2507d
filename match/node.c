#include "match/node.h"

#include "base/array.h"
#include "base/buffer.h"
#include "db/claim_id.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define PARAM_MAX ((size_t)512 * 1024 * 1024)

enum { NODES_MAX = 100 * 1000 * 1000 };

int cb_node_compare(const void *a, const void *b)
{
    const struct cb_node *x = a, *y = b;
    int order = memcmp(x->document.bytes, y->document.bytes, sizeof x->document.bytes);
    return order != 0 ? order : (x->claim_no > y->claim_no) - (x->claim_no < y->claim_no);
}

void cb_nodes_sort(struct cb_nodes *nodes)
{
    size_t unique = 0;
    if (nodes->count > 1)
        qsort(nodes->items, nodes->count, sizeof *nodes->items, cb_node_compare);
    for (size_t i = 0; i < nodes->count; i++)
        if (unique == 0 || cb_node_compare(&nodes->items[unique - 1], &nodes->items[i]) != 0)
            nodes->items[unique++] = nodes->items[i];
    nodes->count = unique;
}

size_t cb_nodes_find(const struct cb_nodes *nodes, size_t count, const struct cb_node *key)
{
    const struct cb_node *found =
        count == 0 ? NULL : bsearch(key, nodes->items, count, sizeof *nodes->items, cb_node_compare);
    return found == NULL ? SIZE_MAX : (size_t)(found - nodes->items);
}

enum cb_code cb_nodes_add(struct cb_nodes *nodes, const struct cb_node *node, struct cb_err *err)
{
    void *items = nodes->items;
    enum cb_code code = cb_array_reserve(&items, &nodes->capacity, nodes->count + 1, sizeof *nodes->items,
                                         NODES_MAX, "claims in clusters", err);
    if (code != CB_OK)
        return code;
    nodes->items = items;
    nodes->items[nodes->count++] = *node;
    return CB_OK;
}

enum cb_code cb_node_read(const struct cb_rows *rows, size_t row, size_t column, struct cb_node *out,
                          struct cb_err *err)
{
    if (!cb_uuid_parse(cb_rows_text(rows, row, column), &out->document))
        return cb_fail(err, CB_FAILED, "the server gave a document id that is none");
    out->claim_no = (int32_t)cb_rows_int(rows, row, column + 1);
    return CB_OK;
}

static void write_uuid(struct cb_buffer *out, const struct cb_uuid *id)
{
    static const char digits[] = "0123456789abcdef";
    char hex[2 * sizeof id->bytes];
    for (size_t i = 0; i < sizeof id->bytes; i++) {
        hex[2 * i] = digits[id->bytes[i] >> 4];
        hex[2 * i + 1] = digits[id->bytes[i] & 15];
    }
    cb_buffer_add(out, hex, sizeof hex);
}

static void write_arrays(const struct cb_nodes *nodes, struct cb_buffer *ids, struct cb_buffer *numbers)
{
    for (size_t i = 0; i < nodes->count; i++) {
        cb_buffer_add_char(ids, i > 0 ? ',' : '{');
        write_uuid(ids, &nodes->items[i].document);
        cb_buffer_printf(numbers, "%c%" PRId32, i > 0 ? ',' : '{', nodes->items[i].claim_no);
    }
    cb_buffer_add_text(ids, nodes->count > 0 ? "}" : "{}");
    cb_buffer_add_text(numbers, nodes->count > 0 ? "}" : "{}");
}

enum cb_code cb_nodes_run(struct cb_db *db, const struct cb_sql *sql, const struct cb_nodes *const *nodes,
                          size_t lists, struct cb_rows **rows, cb_row_sink *sink, void *context,
                          struct cb_err *err)
{
    struct cb_buffer arrays[2 * CB_NODE_LISTS_MAX];
    const char *params[2 * CB_NODE_LISTS_MAX];
    enum cb_code code = CB_OK;
    for (size_t i = 0; i < 2 * lists; i++)
        cb_buffer_init(&arrays[i], PARAM_MAX);
    for (size_t i = 0; i < lists; i++)
        write_arrays(nodes[i], &arrays[2 * i], &arrays[2 * i + 1]);
    for (size_t i = 0; i < 2 * lists && code == CB_OK; i++) {
        params[i] = cb_buffer_text(&arrays[i]);
        code = cb_buffer_status(&arrays[i], "the list of claims", err);
    }
    if (code == CB_OK)
        code = sink != NULL ? cb_db_stream(db, sql, params, 2 * lists, sink, context, err)
                            : cb_db_run(db, sql, params, 2 * lists, rows, err);
    for (size_t i = 0; i < 2 * lists; i++)
        cb_buffer_release(&arrays[i]);
    return code;
}
