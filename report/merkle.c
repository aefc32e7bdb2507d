/* RFC 6962, section 2.1: a node is SHA-256(0x01 || left || right); the left subtree of a tree of n leaves has
 * the largest power of two below n. */
#include "report/tlog.h"

#include <string.h>

void cb_merkle_init(struct cb_merkle *tree)
{
    tree->size = 0;
    tree->count = 0;
}

static enum cb_code join(const struct cb_sha256 *left, const struct cb_sha256 *right, struct cb_sha256 *out,
                         struct cb_err *err)
{
    unsigned char data[1 + 2 * CB_SHA256_SIZE] = {1};
    memcpy(data + 1, left->bytes, CB_SHA256_SIZE);
    memcpy(data + 1 + CB_SHA256_SIZE, right->bytes, CB_SHA256_SIZE);
    return cb_sha256(data, sizeof data, out, err);
}

/* Like counting in binary: two subtrees of one size become one. */
enum cb_code cb_merkle_add(struct cb_merkle *tree, const struct cb_sha256 *leaf, struct cb_err *err)
{
    struct cb_sha256 node = *leaf;
    for (uint64_t bits = tree->size; (bits & 1) == 1; bits >>= 1) {
        enum cb_code code = join(&tree->full[tree->count - 1], &node, &node, err);
        if (code != CB_OK)
            return code;
        tree->count--;
    }
    if (tree->count == CB_TLOG_LEVELS)
        return cb_fail(err, CB_LIMIT, "the log is full");
    tree->full[tree->count++] = node;
    tree->size++;
    return CB_OK;
}

enum cb_code cb_merkle_root(const struct cb_merkle *tree, struct cb_sha256 *root, struct cb_err *err)
{
    if (tree->count == 0)
        return cb_sha256("", 0, root, err);
    struct cb_sha256 node = tree->full[tree->count - 1];
    enum cb_code code = CB_OK;
    for (unsigned i = tree->count - 1; i > 0 && code == CB_OK; i--)
        code = join(&tree->full[i - 1], &node, &node, err);
    *root = node;
    return code;
}
