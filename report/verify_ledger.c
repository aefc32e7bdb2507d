/* The ledger: every hash computed anew from the rows, every chain walked. */
#include "db/claim_id.h"
#include "db_queries.h"
#include "report/verify_state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Columns of verify_events.sql. */
enum {
    DOCUMENT,
    SEQ,
    CLAIM_NO,
    EVENT,
    FROM_STATUS,
    TO_STATUS,
    ACTOR,
    AT,
    NOTE,
    CREDIBILITY,
    CIRCULAR,
    SECOND_REQUIRED,
    FOUND,
    ABOUT_SEQ,
    ABOUT_EVIDENCE,
    CLAIM_DIGEST,
    EVIDENCE_DIGEST,
    RECORDED_BY,
    PREV_HASH,
    HASH,
    PREV_SEQ,
    CLAIM_START,
    CLAIM_END,
    CLAIM_QUOTE,
    CLAIM_TEXT,
    EVIDENCE_FIRST, /* the columns of the evidence, in the order of their hash */
    EVIDENCE_COLUMNS = 11,
};
enum { EVIDENCE_AT = 4, EVIDENCE_SHA256 = 8 }; /* those that are bytes */

enum { EVIDENCE_MAX = 256 * 1024 * 1024, FIELD_MAX = 1 << 30 };

/* The event that is being read: its evidence comes in rows of its own. */
struct ledger {
    struct cb_verifier *verifier;
    char document[CB_UUID_TEXT_SIZE];
    int64_t seq;                     /* 0: none yet */
    char hash[CB_SHA256_HEX_SIZE];   /* as stored with the event */
    char ref[CB_CLAIM_REF_SIZE];     /* of its claim */
    char digest[CB_SHA256_HEX_SIZE]; /* of its evidence, as stored */
    struct cb_buffer evidence;       /* the fields of its evidence so far */
    int64_t seq_before;              /* of the event before it in the chain */
    char hash_before[CB_SHA256_HEX_SIZE];
};

static enum cb_code ledger_problem(struct ledger *ledger, const char *kind, struct cb_err *err,
                                   const char *what)
{
    char subject[128];
    (void)snprintf(subject, sizeof subject, "%.8s event %lld", ledger->document, (long long)ledger->seq);
    return cb_problem(ledger->verifier, kind, subject, err, "event %lld of document %.8s (claim %s): %s",
                      (long long)ledger->seq, ledger->document, ledger->ref, what);
}

static int nibble(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : 0;
}

/* A field as it is hashed (base/hash.h): eight bytes of length, then the bytes. Columns of bytes come as hex
 * digits. */
static void add_field(struct cb_buffer *out, const struct cb_rows *rows, size_t column, bool hex)
{
    bool null = cb_rows_is_null(rows, 0, column);
    uint64_t len = null  ? UINT64_MAX
                   : hex ? cb_rows_length(rows, 0, column) / 2
                         : cb_rows_length(rows, 0, column);
    for (int shift = 56; shift >= 0; shift -= 8)
        cb_buffer_add_char(out, (char)(unsigned char)(len >> shift));
    const char *text = cb_rows_text(rows, 0, column);
    if (null)
        return;
    if (!hex) {
        cb_buffer_add(out, text, (size_t)len);
        return;
    }
    for (size_t i = 0; i < len; i++)
        cb_buffer_add_char(out, (char)(unsigned char)(nibble(text[2 * i]) * 16 + nibble(text[2 * i + 1])));
}

static void add_constant(struct cb_buffer *out, const char *text)
{
    size_t len = strlen(text);
    for (int shift = 56; shift >= 0; shift -= 8)
        cb_buffer_add_char(out, (char)(unsigned char)((uint64_t)len >> shift));
    cb_buffer_add(out, text, len);
}

/* Is this the hash of the bytes? Releases them. */
static enum cb_code hash_is(struct cb_buffer *bytes, const char *hex, bool *right, struct cb_err *err)
{
    struct cb_sha256 hash;
    char computed[CB_SHA256_HEX_SIZE];
    enum cb_code code = cb_buffer_status(bytes, "an event", err);
    if (code == CB_OK)
        code = cb_sha256(cb_buffer_text(bytes), bytes->len, &hash, err);
    if (code == CB_OK) {
        cb_sha256_hex(&hash, computed);
        *right = strcmp(computed, hex) == 0;
    }
    cb_buffer_release(bytes);
    return code;
}

static enum cb_code check_hash(struct ledger *ledger, const struct cb_rows *rows, struct cb_err *err)
{
    static const struct {
        int column;
        bool hex;
    } hashed[] = {
        {DOCUMENT, false},       {SEQ, false},         {CLAIM_NO, false},       {EVENT, false},
        {FROM_STATUS, false},    {TO_STATUS, false},   {ACTOR, false},          {AT, true},
        {NOTE, false},           {CREDIBILITY, false}, {CIRCULAR, false},       {SECOND_REQUIRED, false},
        {FOUND, false},          {ABOUT_SEQ, false},   {ABOUT_EVIDENCE, false}, {CLAIM_DIGEST, true},
        {EVIDENCE_DIGEST, true}, {RECORDED_BY, false}, {PREV_HASH, true},
    };
    struct cb_buffer bytes;
    bool right = false;
    cb_buffer_init(&bytes, FIELD_MAX);
    add_constant(&bytes, "claimbase verification 1");
    for (size_t i = 0; i < sizeof hashed / sizeof *hashed; i++)
        add_field(&bytes, rows, (size_t)hashed[i].column, hashed[i].hex);
    enum cb_code code = hash_is(&bytes, cb_rows_text(rows, 0, HASH), &right, err);
    return code != CB_OK || right ? code
                                  : ledger_problem(ledger, "hash", err, "its hash does not fit what it says");
}

/* The words that were judged, against the words that are there. */
static enum cb_code check_claim(struct ledger *ledger, const struct cb_rows *rows, struct cb_err *err)
{
    struct cb_buffer bytes;
    bool right = false;
    if (cb_rows_is_null(rows, 0, CLAIM_QUOTE))
        return ledger_problem(ledger, "claim", err, "the claim that it judges is not there");
    cb_buffer_init(&bytes, FIELD_MAX);
    add_field(&bytes, rows, CLAIM_START, false);
    add_field(&bytes, rows, CLAIM_END, false);
    add_field(&bytes, rows, CLAIM_QUOTE, false);
    add_field(&bytes, rows, CLAIM_TEXT, false);
    enum cb_code code = hash_is(&bytes, cb_rows_text(rows, 0, CLAIM_DIGEST), &right, err);
    return code != CB_OK || right
               ? code
               : ledger_problem(ledger, "claim", err, "the claim is not the one that was judged");
}

static enum cb_code check_chain(struct ledger *ledger, const struct cb_rows *rows, struct cb_err *err)
{
    const char *before = cb_rows_text(rows, 0, PREV_HASH);
    if (ledger->seq != ledger->seq_before + 1) {
        char what[128];
        (void)snprintf(what, sizeof what, "event %lld before it is missing",
                       (long long)(ledger->seq_before + 1));
        return ledger_problem(ledger, "chain", err, what);
    }
    if (strcmp(before, ledger->hash_before) != 0)
        return ledger_problem(ledger, "chain", err, "it does not name the event before it");
    bool first = ledger->seq == 1;
    if (first != cb_rows_is_null(rows, 0, PREV_SEQ) ||
        (!first && cb_rows_int(rows, 0, PREV_SEQ) != ledger->seq - 1))
        return ledger_problem(ledger, "chain", err, "its place in the chain is wrong");
    return CB_OK;
}

/* All evidence of the event has been read. */
static enum cb_code finish_event(struct ledger *ledger, struct cb_err *err)
{
    bool right = false;
    if (ledger->seq == 0)
        return CB_OK;
    enum cb_code code = hash_is(&ledger->evidence, ledger->digest, &right, err);
    cb_buffer_init(&ledger->evidence, EVIDENCE_MAX);
    if (code == CB_OK && !right)
        code = ledger_problem(ledger, "evidence", err, "its evidence is not what was given");
    ledger->seq_before = ledger->seq;
    (void)snprintf(ledger->hash_before, sizeof ledger->hash_before, "%s", ledger->hash);
    return code;
}

static enum cb_code begin_event(struct ledger *ledger, const struct cb_rows *rows, struct cb_err *err)
{
    struct cb_verify_report *report = ledger->verifier->report;
    if (strcmp(ledger->document, cb_rows_text(rows, 0, DOCUMENT)) != 0) {
        (void)snprintf(ledger->document, sizeof ledger->document, "%s", cb_rows_text(rows, 0, DOCUMENT));
        ledger->seq_before = 0;
        ledger->hash_before[0] = '\0';
        report->chains++;
    }
    ledger->seq = cb_rows_int(rows, 0, SEQ);
    (void)snprintf(ledger->hash, sizeof ledger->hash, "%s", cb_rows_text(rows, 0, HASH));
    (void)snprintf(ledger->digest, sizeof ledger->digest, "%s", cb_rows_text(rows, 0, EVIDENCE_DIGEST));
    cb_claim_ref(ledger->document, (int32_t)cb_rows_int(rows, 0, CLAIM_NO), ledger->ref);
    report->events++;
    enum cb_code code = check_chain(ledger, rows, err);
    if (code == CB_OK)
        code = check_hash(ledger, rows, err);
    return code == CB_OK ? check_claim(ledger, rows, err) : code;
}

static enum cb_code take_row(void *context, const struct cb_rows *rows, struct cb_err *err)
{
    struct ledger *ledger = context;
    enum cb_code code = CB_OK;
    if (cb_rows_count(rows) == 0)
        return CB_OK;
    if (ledger->seq == 0 || strcmp(ledger->document, cb_rows_text(rows, 0, DOCUMENT)) != 0 ||
        ledger->seq != cb_rows_int(rows, 0, SEQ)) {
        code = finish_event(ledger, err);
        if (code == CB_OK)
            code = begin_event(ledger, rows, err);
    }
    if (code != CB_OK || cb_rows_is_null(rows, 0, EVIDENCE_FIRST))
        return code;
    ledger->verifier->report->evidence++;
    for (size_t i = 0; i < EVIDENCE_COLUMNS; i++)
        add_field(&ledger->evidence, rows, EVIDENCE_FIRST + i, i == EVIDENCE_AT || i == EVIDENCE_SHA256);
    return CB_OK;
}

enum cb_code cb_verify_ledger(struct cb_verifier *verifier, struct cb_err *err)
{
    struct ledger ledger = {.verifier = verifier};
    cb_buffer_init(&ledger.evidence, EVIDENCE_MAX);
    enum cb_code code = cb_db_stream(verifier->db, &cb_sql_verify_events, NULL, 0, take_row, &ledger, err);
    if (code == CB_OK)
        code = finish_event(&ledger, err);
    cb_buffer_release(&ledger.evidence);
    return code;
}
