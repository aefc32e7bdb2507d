/* Checkpoints: a Merkle tree over the log (RFC 6962), and a signed note about it (C2SP tlog-checkpoint,
 * signed-note, Ed25519). */
#ifndef CB_REPORT_TLOG_H
#define CB_REPORT_TLOG_H

#include "base/buffer.h"
#include "base/hash.h"

#include <stdbool.h>
#include <stdint.h>

enum { CB_TLOG_LEVELS = 63, CB_NOTE_MAX = 64 * 1024 };

/* The root of a tree that grows leaf by leaf; holds nothing to release. */
struct cb_merkle {
    struct cb_sha256 full[CB_TLOG_LEVELS]; /* roots of the complete subtrees, the largest first */
    uint64_t size;
    unsigned count;
};

void cb_merkle_init(struct cb_merkle *tree);
/* `leaf` is the leaf's hash, SHA-256(0x00 || data). */
CB_CHECKED enum cb_code cb_merkle_add(struct cb_merkle *tree, const struct cb_sha256 *leaf,
                                      struct cb_err *err);
CB_CHECKED enum cb_code cb_merkle_root(const struct cb_merkle *tree, struct cb_sha256 *root,
                                       struct cb_err *err);

struct cb_checkpoint {
    char origin[256];
    uint64_t size;
    struct cb_sha256 root;
    char extension[1024]; /* further lines, each ended by LF; may be empty */
};

/* The signing key in `path` (PEM); made, readable by its owner only, when there is none. The key's name goes
 * into the signature. */
struct cb_note_key;
CB_CHECKED enum cb_code cb_note_key_open(const char *path, const char *name, bool make,
                                         struct cb_note_key **out, struct cb_err *err);
/* From "name+hash+key", as cb_note_key_verifier writes it. Can only check. */
CB_CHECKED enum cb_code cb_note_key_parse(const char *text, struct cb_note_key **out, struct cb_err *err);
void cb_note_key_free(struct cb_note_key *key); /* NULL is fine */
void cb_note_key_verifier(const struct cb_note_key *key, struct cb_buffer *out);

/* The checkpoint as text with its signature line. */
CB_CHECKED enum cb_code cb_checkpoint_write(const struct cb_checkpoint *checkpoint,
                                            const struct cb_note_key *key, struct cb_buffer *out,
                                            struct cb_err *err);
/* Reads it (CB_INPUT when it is none). *checked tells whether a signature of `key`, which may be NULL, was
 * found and is right; a wrong one of that key is CB_INTEGRITY. */
CB_CHECKED enum cb_code cb_checkpoint_read(const char *text, size_t len, const struct cb_note_key *key,
                                           struct cb_checkpoint *out, bool *checked, struct cb_err *err);

#endif
