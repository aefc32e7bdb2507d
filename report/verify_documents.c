/* Texts, ids, seals, and the anchor of every claim. */
#include "db/claim_id.h"
#include "db/seal.h"
#include "db_queries.h"
#include "report/anchor.h"
#include "report/verify_state.h"

#include <stdio.h>
#include <string.h>

#define BATCH "64" /* documents that are held at a time, with their claims */

enum { ID, KIND, SOURCE, URL, EXTERNAL_ID, TEXT, TEXT_SHA256, SEAL, RAW_RIGHT };
enum { S_DOCUMENT, S_NO, S_PARAGRAPH, S_START, S_END };
enum { C_DOCUMENT, C_NO, C_SENTENCE, C_START, C_END, C_QUOTE, C_PREFIX, C_SUFFIX, C_TEXT };

struct batch {
    struct cb_verifier *verifier;
    struct cb_rows *documents, *sentences, *claims;
    size_t next_sentence, next_claim; /* where the rows of the present document begin */
};

static bool is_hash(const char *hex, const struct cb_sha256 *hash)
{
    char right[CB_SHA256_HEX_SIZE];
    cb_sha256_hex(hash, right);
    return strcmp(hex, right) == 0;
}

/* The id is made of the source, the address (or external id) and the text (document.document_id's comment).
 */
static enum cb_code check_id(struct batch *batch, size_t row, const char *ref, struct cb_err *err)
{
    const struct cb_rows *rows = batch->documents;
    bool is_claim = strcmp(cb_rows_text(rows, row, KIND), "claim_record") == 0;
    size_t first = is_claim ? EXTERNAL_ID : URL, second = is_claim ? URL : EXTERNAL_ID;
    size_t address = cb_rows_is_null(rows, row, first) ? second : first;
    const struct cb_bytes fields[] = {
        {cb_rows_text(rows, row, SOURCE), cb_rows_length(rows, row, SOURCE)},
        {cb_rows_is_null(rows, row, address) ? NULL : cb_rows_text(rows, row, address),
         cb_rows_length(rows, row, address)},
        {cb_rows_text(rows, row, TEXT), cb_rows_length(rows, row, TEXT)},
    };
    struct cb_sha256 hash;
    enum cb_code code = cb_sha256_fields(fields, 3, &hash, err);
    if (code != CB_OK)
        return code;
    hash.bytes[6] = (unsigned char)((hash.bytes[6] & 0x0f) | 0x80);
    hash.bytes[8] = (unsigned char)((hash.bytes[8] & 0x3f) | 0x80);
    char hex[CB_SHA256_HEX_SIZE], id[33];
    size_t n = 0;
    cb_sha256_hex(&hash, hex);
    for (const char *at = cb_rows_text(rows, row, ID); *at != '\0' && n < 32; at++)
        if (*at != '-')
            id[n++] = *at;
    id[n] = '\0';
    if (strncmp(hex, id, 32) == 0)
        return CB_OK;
    return cb_problem(batch->verifier, "document_id", ref, err,
                      "the id of document %s does not fit its source, address and text", ref);
}

static enum cb_code check_text(struct batch *batch, size_t row, const char *ref, struct cb_err *err)
{
    const struct cb_rows *rows = batch->documents;
    struct cb_sha256 hash;
    enum cb_code code = cb_sha256(cb_rows_text(rows, row, TEXT), cb_rows_length(rows, row, TEXT), &hash, err);
    if (code == CB_OK && !is_hash(cb_rows_text(rows, row, TEXT_SHA256), &hash))
        return cb_problem(batch->verifier, "document_text", ref, err,
                          "the text of document %s is not the one that was stored", ref);
    if (code == CB_OK && !cb_rows_is_null(rows, row, RAW_RIGHT) && !cb_rows_bool(rows, row, RAW_RIGHT))
        code = cb_problem(batch->verifier, "document_raw", ref, err,
                          "the raw bytes of document %s are not those that were stored", ref);
    return code == CB_OK ? check_id(batch, row, ref, err) : code;
}

/* Sentences lie in the text, one after the other, without blanks round them. Returns the number of the first
 * that does not, 0 when all do. */
static long first_bad_sentence(const struct batch *batch, const struct cb_points *points, const char *id)
{
    int64_t before = 0;
    for (size_t row = batch->next_sentence; row < cb_rows_count(batch->sentences); row++) {
        if (strcmp(cb_rows_text(batch->sentences, row, S_DOCUMENT), id) != 0)
            break;
        int64_t start = cb_rows_int(batch->sentences, row, S_START),
                end = cb_rows_int(batch->sentences, row, S_END);
        bool good = start >= before && start < end && (uint64_t)end <= points->count;
        if (good) {
            const char *text = points->text + cb_points_byte(points, start);
            const char *last = points->text + cb_points_byte(points, end) - 1;
            good = strchr(" \n\t", *text) == NULL && strchr(" \n\t", *last) == NULL;
        }
        if (!good)
            return (long)cb_rows_int(batch->sentences, row, S_NO);
        before = end;
    }
    return 0;
}

static enum cb_code check_sentences(struct batch *batch, size_t row, const struct cb_points *points,
                                    const char *ref, struct cb_seal *seal, struct cb_err *err)
{
    const char *id = cb_rows_text(batch->documents, row, ID);
    long bad = first_bad_sentence(batch, points, id);
    while (batch->next_sentence < cb_rows_count(batch->sentences) &&
           strcmp(cb_rows_text(batch->sentences, batch->next_sentence, S_DOCUMENT), id) == 0) {
        size_t at = batch->next_sentence++;
        cb_seal_sentence(seal, (int32_t)cb_rows_int(batch->sentences, at, S_NO),
                         (int32_t)cb_rows_int(batch->sentences, at, S_PARAGRAPH),
                         (int32_t)cb_rows_int(batch->sentences, at, S_START),
                         (int32_t)cb_rows_int(batch->sentences, at, S_END));
        batch->verifier->report->sentences++;
    }
    if (bad == 0)
        return CB_OK;
    return cb_problem(batch->verifier, "sentence", ref, err,
                      "sentence %ld of document %s does not lie where it should", bad, ref);
}

static enum cb_code check_claim(struct batch *batch, size_t row, const struct cb_points *points,
                                struct cb_err *err)
{
    const struct cb_rows *rows = batch->claims;
    const struct cb_anchor anchor = {
        .start = cb_rows_int(rows, row, C_START),
        .end = cb_rows_int(rows, row, C_END),
        .quote = cb_rows_text(rows, row, C_QUOTE),
        .prefix = cb_rows_text(rows, row, C_PREFIX),
        .suffix = cb_rows_text(rows, row, C_SUFFIX),
    };
    struct cb_verify_report *report = batch->verifier->report;
    enum cb_anchor_state state = cb_anchor_check(points, &anchor);
    report->claims++;
    report->moved += state == CB_ANCHOR_MOVED;
    report->ambiguous += state == CB_ANCHOR_AMBIGUOUS;
    report->orphan += state == CB_ANCHOR_ORPHAN;
    if (state == CB_ANCHOR_EXACT)
        return CB_OK;
    char ref[CB_CLAIM_REF_SIZE];
    cb_claim_ref(cb_rows_text(rows, row, C_DOCUMENT), (int32_t)cb_rows_int(rows, row, C_NO), ref);
    return cb_problem(batch->verifier, "anchor", ref, err,
                      "the anchor of claim %s is %s: its quote is not where it was found", ref,
                      cb_anchor_state_name(state));
}

static enum cb_code check_claims(struct batch *batch, size_t row, const struct cb_points *points,
                                 struct cb_seal *seal, struct cb_err *err)
{
    const char *id = cb_rows_text(batch->documents, row, ID);
    while (batch->next_claim < cb_rows_count(batch->claims) &&
           strcmp(cb_rows_text(batch->claims, batch->next_claim, C_DOCUMENT), id) == 0) {
        size_t at = batch->next_claim++;
        cb_seal_claim(
            seal, (int32_t)cb_rows_int(batch->claims, at, C_NO),
            (int32_t)cb_rows_int(batch->claims, at, C_SENTENCE),
            (int32_t)cb_rows_int(batch->claims, at, C_START), (int32_t)cb_rows_int(batch->claims, at, C_END),
            cb_rows_is_null(batch->claims, at, C_TEXT) ? NULL : cb_rows_text(batch->claims, at, C_TEXT));
        enum cb_code code = check_claim(batch, at, points, err);
        if (code != CB_OK)
            return code;
    }
    return CB_OK;
}

static enum cb_code check_document(struct batch *batch, size_t row, struct cb_err *err)
{
    const struct cb_rows *rows = batch->documents;
    char ref[9];
    struct cb_points points = {0};
    struct cb_seal seal;
    struct cb_sha256 sealed;
    size_t before = batch->next_sentence + batch->next_claim;
    (void)snprintf(ref, sizeof ref, "%.8s", cb_rows_text(rows, row, ID));
    cb_seal_init(&seal);
    batch->verifier->report->documents++;
    enum cb_code code = check_text(batch, row, ref, err);
    if (code == CB_OK)
        code = cb_points_init(&points, cb_rows_text(rows, row, TEXT), cb_rows_length(rows, row, TEXT), err);
    if (code == CB_OK)
        code = check_sentences(batch, row, &points, ref, &seal, err);
    if (code == CB_OK)
        code = check_claims(batch, row, &points, &seal, err);
    cb_points_release(&points);
    enum cb_code ended = cb_seal_end(&seal, &sealed, code == CB_OK ? err : NULL);
    code = code == CB_OK ? ended : code;
    if (code != CB_OK)
        return code;
    if (cb_rows_is_null(rows, row, SEAL)) /* a text in which nothing was looked for has none */
        return batch->next_sentence + batch->next_claim == before
                   ? CB_OK
                   : cb_problem(batch->verifier, "seal", ref, err,
                                "document %s has sentences or claims, but its seal is missing", ref);
    batch->verifier->report->sealed++;
    if (!is_hash(cb_rows_text(rows, row, SEAL), &sealed))
        code = cb_problem(
            batch->verifier, "seal", ref, err,
            "the seal of document %s is broken: its sentences or claims are not those that were stored", ref);
    return code;
}

static enum cb_code check_batch(struct batch *batch, struct cb_err *err)
{
    size_t count = cb_rows_count(batch->documents);
    const char *const range[] = {cb_rows_text(batch->documents, 0, ID),
                                 cb_rows_text(batch->documents, count - 1, ID)};
    enum cb_code code =
        cb_db_run(batch->verifier->db, &cb_sql_verify_sentences, range, 2, &batch->sentences, err);
    if (code == CB_OK)
        code = cb_db_run(batch->verifier->db, &cb_sql_verify_claims, range, 2, &batch->claims, err);
    for (size_t row = 0; row < count && code == CB_OK; row++)
        code = check_document(batch, row, err);
    cb_rows_free(batch->sentences);
    cb_rows_free(batch->claims);
    return code;
}

enum cb_code cb_verify_documents(struct cb_verifier *verifier, struct cb_err *err)
{
    char last[CB_UUID_TEXT_SIZE] = "";
    for (;;) {
        const char *const params[] = {last[0] != '\0' ? last : NULL, BATCH};
        struct batch batch = {.verifier = verifier};
        enum cb_code code =
            cb_db_run(verifier->db, &cb_sql_verify_documents, params, 2, &batch.documents, err);
        if (code != CB_OK)
            return code;
        size_t count = cb_rows_count(batch.documents);
        if (count > 0) {
            (void)snprintf(last, sizeof last, "%s", cb_rows_text(batch.documents, count - 1, ID));
            code = check_batch(&batch, err);
        }
        cb_rows_free(batch.documents);
        if (verifier->options->progress != NULL)
            verifier->options->progress(verifier->options->progress_context, verifier->report->documents, 0);
        if (code != CB_OK || count == 0)
            return code;
    }
}
