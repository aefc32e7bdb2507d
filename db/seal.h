/* The seal of a document: SHA-256 over the places of its sentences and claims, stored with it. Who moves an
 * offset later, directly in the database, breaks it. claimbase.document_seal (migrations/0003) computes the
 * same. */
#ifndef CB_DB_SEAL_H
#define CB_DB_SEAL_H

#include "base/buffer.h"
#include "base/hash.h"

#include <stdint.h>

struct cb_seal {
    struct cb_buffer bytes;
};

void cb_seal_init(struct cb_seal *seal);
/* All sentences in order, then all claims in order. */
void cb_seal_sentence(struct cb_seal *seal, int32_t sentence_no, int32_t paragraph_no, int32_t start,
                      int32_t end);
/* `text` is claim.text: NULL when the claim is its quote. */
void cb_seal_claim(struct cb_seal *seal, int32_t claim_no, int32_t sentence_no, int32_t start, int32_t end,
                   const char *text);
/* Computes it and releases the seal, in every case. */
CB_CHECKED enum cb_code cb_seal_end(struct cb_seal *seal, struct cb_sha256 *out, struct cb_err *err);

#endif
