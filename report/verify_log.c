/* The log under the checkpoints: its root, and what became of what it covers. */
#include "db_queries.h"
#include "report/verify_state.h"

#include <stdio.h>
#include <string.h>

enum { LEAF_NO, SUBJECT, SEQ, LEAF_HASH, TEXT_SHA256, SEAL, HASH, DOCUMENT_THERE, EVENT_THERE };

struct log_walk {
    struct cb_verifier *verifier; /* NULL: only the root is wanted */
    struct cb_merkle tree;
    int64_t next; /* the number of the leaf that should come */
};

static void add_field(struct cb_buffer *out, const void *data, size_t len, bool null)
{
    uint64_t size = null ? UINT64_MAX : len;
    for (int shift = 56; shift >= 0; shift -= 8)
        cb_buffer_add_char(out, (char)(unsigned char)(size >> shift));
    if (!null)
        cb_buffer_add(out, data, len);
}

static void add_hash(struct cb_buffer *out, const struct cb_rows *rows, size_t column)
{
    struct cb_sha256 hash = {{0}};
    bool null = cb_rows_is_null(rows, 0, column) || !cb_hash_from_hex(cb_rows_text(rows, 0, column), &hash);
    add_field(out, hash.bytes, CB_SHA256_SIZE, null);
}

/* The leaf of what is there now (claimbase.document_leaf, claimbase.head_leaf). */
static enum cb_code leaf_of(const struct cb_rows *rows, struct cb_sha256 *leaf, struct cb_err *err)
{
    struct cb_buffer data;
    bool head = !cb_rows_is_null(rows, 0, SEQ);
    const char *kind = head ? "head" : "document";
    cb_buffer_init(&data, 4096);
    cb_buffer_add_char(&data, '\0');
    add_field(&data, kind, strlen(kind), false);
    add_field(&data, cb_rows_text(rows, 0, SUBJECT), cb_rows_length(rows, 0, SUBJECT), false);
    if (head) {
        add_field(&data, cb_rows_text(rows, 0, SEQ), cb_rows_length(rows, 0, SEQ), false);
        add_hash(&data, rows, HASH);
    } else {
        add_hash(&data, rows, TEXT_SHA256);
        add_hash(&data, rows, SEAL);
    }
    enum cb_code code = cb_buffer_status(&data, "a leaf", err);
    if (code == CB_OK)
        code = cb_sha256(data.data, data.len, leaf, err);
    cb_buffer_release(&data);
    return code;
}

static enum cb_code check_leaf(struct log_walk *walk, const struct cb_rows *rows,
                               const struct cb_sha256 *leaf, struct cb_err *err)
{
    char stored[CB_SHA256_HEX_SIZE], subject[64];
    bool head = !cb_rows_is_null(rows, 0, SEQ);
    bool there = cb_rows_bool(rows, 0, head ? EVENT_THERE : DOCUMENT_THERE);
    cb_sha256_hex(leaf, stored);
    walk->verifier->report->leaves++;
    if (there && strcmp(stored, cb_rows_text(rows, 0, LEAF_HASH)) == 0)
        return CB_OK;
    (void)snprintf(subject, sizeof subject, "%.8s", cb_rows_text(rows, 0, SUBJECT));
    if (head)
        return cb_problem(walk->verifier, "checkpoint", subject, err,
                          "event %s of document %s, which a checkpoint covers, %s",
                          cb_rows_text(rows, 0, SEQ), subject, there ? "has changed" : "has vanished");
    return cb_problem(walk->verifier, "checkpoint", subject, err,
                      "document %s, which a checkpoint covers, %s", subject,
                      there ? "has changed" : "has vanished");
}

static enum cb_code take_leaf(void *context, const struct cb_rows *rows, struct cb_err *err)
{
    struct log_walk *walk = context;
    struct cb_sha256 leaf;
    if (cb_rows_count(rows) == 0)
        return CB_OK;
    enum cb_code code = CB_OK;
    if (cb_rows_int(rows, 0, LEAF_NO) != walk->next && walk->verifier != NULL)
        code = cb_problem(walk->verifier, "checkpoint", "log", err, "leaf %lld of the log is missing",
                          (long long)walk->next);
    walk->next = cb_rows_int(rows, 0, LEAF_NO) + 1;
    if (code == CB_OK)
        code = leaf_of(rows, &leaf, err);
    if (code == CB_OK && walk->verifier != NULL)
        code = check_leaf(walk, rows, &leaf, err);
    return code == CB_OK ? cb_merkle_add(&walk->tree, &leaf, err) : code;
}

static enum cb_code walk_log(struct cb_db *db, struct log_walk *walk, uint64_t size, struct cb_sha256 *root,
                             struct cb_err *err)
{
    char number[24];
    const char *const params[] = {number};
    (void)snprintf(number, sizeof number, "%llu", (unsigned long long)size);
    cb_merkle_init(&walk->tree);
    enum cb_code code = cb_db_stream(db, &cb_sql_verify_leaves, params, 1, take_leaf, walk, err);
    return code == CB_OK ? cb_merkle_root(&walk->tree, root, err) : code;
}

enum cb_code cb_log_extend(struct cb_db *db, uint64_t *size, struct cb_sha256 *root, struct cb_err *err)
{
    struct cb_rows *rows = NULL;
    struct log_walk walk = {0};
    enum cb_code code = cb_db_one(db, &cb_sql_log_extend, NULL, 0, &rows, err);
    if (code != CB_OK)
        return code;
    *size = (uint64_t)cb_rows_int(rows, 0, 0);
    cb_rows_free(rows);
    return walk_log(db, &walk, *size, root, err);
}

enum cb_code cb_verify_checkpoint(struct cb_db *db, const struct cb_checkpoint *checkpoint,
                                  const struct cb_verify_options *options, struct cb_verify_report *report,
                                  struct cb_err *err)
{
    struct cb_verifier verifier = {.db = db, .options = options, .report = report};
    struct log_walk walk = {.verifier = &verifier};
    struct cb_sha256 root;
    int64_t problems = report->problems;
    enum cb_code code = walk_log(db, &walk, checkpoint->size, &root, err);
    if (code == CB_OK && walk.tree.size < checkpoint->size)
        code = cb_problem(&verifier, "checkpoint", "log", err,
                          "the checkpoint covers %llu entries, the log has only %llu of them left",
                          (unsigned long long)checkpoint->size, (unsigned long long)walk.tree.size);
    bool same = code == CB_OK && memcmp(root.bytes, checkpoint->root.bytes, CB_SHA256_SIZE) == 0;
    if (code == CB_OK && !same && report->problems == problems)
        code = cb_problem(&verifier, "checkpoint", "log", err,
                          "the root over %llu entries is not that of the checkpoint: history was rewritten",
                          (unsigned long long)checkpoint->size);
    return code;
}
