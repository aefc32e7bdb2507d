/* Evidence as people type it: "[STANCE:]url:https://…", "doc:3f2a9b1c", "claim:3f2a9b1c.12", "file:scan.pdf",
 * or an address alone. */
#ifndef CB_CLI_EVIDENCE_H
#define CB_CLI_EVIDENCE_H

#include "base/buffer.h"
#include "db/db.h"

#include <stddef.h>

enum { CB_EVIDENCE_ITEMS_MAX = 1000, CB_EVIDENCE_FILE_MAX = 256 * 1024 * 1024 };

struct cb_evidence_input {
    const char *const *items; /* as typed */
    size_t count;
    const char *const *archives; /* files: the first is a copy of the first address, and so on */
    size_t archive_count;
    const char *retrieved; /* when the addresses were read (ISO 8601); NULL: now */
};

/* Writes the items as the JSON array that claimbase.append_verification takes. Documents and claims are
 * looked up (CB_NOT_FOUND), files are read and hashed (CB_INPUT). What is no evidence is CB_USAGE. */
CB_CHECKED enum cb_code cb_evidence_json(struct cb_db *db, const struct cb_evidence_input *input,
                                         struct cb_buffer *out, struct cb_err *err);

#endif
