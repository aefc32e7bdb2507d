/* What the files of verify share. Nobody outside them includes it. */
#ifndef CB_REPORT_VERIFY_STATE_H
#define CB_REPORT_VERIFY_STATE_H

#include "report/verify.h"

struct cb_verifier {
    struct cb_db *db;
    const struct cb_verify_options *options;
    struct cb_verify_report *report;
};

/* Counts the problem and gives it to the sink. */
CB_CHECKED enum cb_code cb_problem(struct cb_verifier *verifier, const char *kind, const char *subject,
                                   struct cb_err *err, const char *format, ...) CB_PRINTF(5, 6);

CB_CHECKED enum cb_code cb_verify_documents(struct cb_verifier *verifier, struct cb_err *err);
CB_CHECKED enum cb_code cb_verify_ledger(struct cb_verifier *verifier, struct cb_err *err);

/* The bytes that `hex` writes; false when they are not exactly those of a hash. */
bool cb_hash_from_hex(const char *hex, struct cb_sha256 *out);

#endif
