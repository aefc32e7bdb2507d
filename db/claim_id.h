/* From what people type to the keys of the tables.
 *
 * A document is named by the beginning of its id ("3f2a9b1c", dashes may be left out), its address, or its
 * external id; a claim by its document and its number ("3f2a9b1c.12"), or by the external id of a claim that
 * came in a list. Any beginning that fits only one will do. */
#ifndef CB_DB_CLAIM_ID_H
#define CB_DB_CLAIM_ID_H

#include "db/copy.h"
#include "db/db.h"

enum { CB_UUID_TEXT_SIZE = 37, CB_CLAIM_REF_SIZE = 48 };

struct cb_claim_key {
    char document_id[CB_UUID_TEXT_SIZE]; /* as the server prints it */
    int32_t claim_no;
};

/* CB_NOT_FOUND when nothing fits, or when several do (the hint then names some of them). */
CB_CHECKED enum cb_code cb_claim_resolve(struct cb_db *db, const char *typed, struct cb_claim_key *out,
                                         struct cb_err *err);
CB_CHECKED enum cb_code cb_document_resolve(struct cb_db *db, const char *typed,
                                            char document_id[CB_UUID_TEXT_SIZE], struct cb_err *err);

/* The server's text of a uuid as bytes; false when it is none. */
CB_CHECKED bool cb_uuid_parse(const char *text, struct cb_uuid *out);

/* "3f2a9b1c.12", as claimbase.claim_ref gives it. */
void cb_claim_ref(const char *document_id, int32_t claim_no, char out[CB_CLAIM_REF_SIZE]);

#endif
