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
    if (code != CB_NOT_FOUND) {
        *err = no_claim;
        return code;
    }
    code = cb_document_resolve(db, typed, out->document_id, err);
    if (code != CB_NOT_FOUND)
        return code;
    const char *point = strrchr(typed, '.');
    bool looks_like_claim =
        point != NULL && point[1] != '\0' && strspn(point + 1, "0123456789") == strlen(point + 1);
    if (looks_like_claim) {
        *err = no_claim;
    } else if (err->hint[0] == '\0') { /* else several documents fit, and the hint names them */
        code = cb_fail(err, CB_NOT_FOUND, "there is neither a document nor a claim '%s'", typed);
        cb_hint(
            err,
            "a document is named by the beginning of its id, its address or its external id, a claim like "
            "3f2a9b1c.12: claimbase list documents");
    }
    return code;
}
