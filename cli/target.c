#include "cli/target.h"

#include <stdio.h>
#include <string.h>

enum cb_code cb_target_resolve(struct cb_db *db, const char *typed, struct cb_target *out, struct cb_err *err)
{
    struct cb_claim_key key;
    struct cb_err no_claim = {0};
    *out = (struct cb_target){0};
    enum cb_code code = cb_claim_resolve(db, typed, &key, &no_claim);
    if (code == CB_OK) {
        out->is_claim = true;
        out->claim_no = key.claim_no;
        (void)snprintf(out->document_id, sizeof out->document_id, "%s", key.document_id);
        (void)snprintf(out->claim_text, sizeof out->claim_text, "%d", (int)key.claim_no);
        return CB_OK;
    }
    if (code == CB_NOT_FOUND && strchr(typed, '.') == NULL)
        return cb_document_resolve(db, typed, out->document_id, err);
    struct cb_err no_document = {0};
    if (code == CB_NOT_FOUND && cb_document_resolve(db, typed, out->document_id, &no_document) == CB_OK)
        return CB_OK;
    if (err != NULL)
        *err = no_claim;
    return code;
}
