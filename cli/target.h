/* What a person names where a claim or a document will do. */
#ifndef CB_CLI_TARGET_H
#define CB_CLI_TARGET_H

#include "db/claim_id.h"

#include <stdbool.h>

struct cb_target {
    bool is_claim;
    char document_id[CB_UUID_TEXT_SIZE];
    int32_t claim_no;    /* of a claim */
    char claim_text[16]; /* claim_no in digits */
};

/* A claim's id has a point and a number at its end; anything else is tried as a claim (external ids) and then
 * as a document. */
CB_CHECKED enum cb_code cb_target_resolve(struct cb_db *db, const char *typed, struct cb_target *out,
                                          struct cb_err *err);

#endif
