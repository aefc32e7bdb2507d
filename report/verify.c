#include "report/verify.h"

#include "db_queries.h"
#include "report/verify_state.h"

#include <stdio.h>
#include <string.h>

enum cb_code cb_problem(struct cb_verifier *verifier, const char *kind, const char *subject,
                        struct cb_err *err, const char *format, ...)
{
    char detail[1024];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(detail, sizeof detail, format, args);
    va_end(args);
    const struct cb_problem problem = {.kind = kind, .subject = subject, .detail = detail};
    verifier->report->problems++;
    return verifier->options->problem(verifier->options->context, &problem, err);
}

static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool cb_hash_from_hex(const char *hex, struct cb_sha256 *out)
{
    if (strlen(hex) != 2 * CB_SHA256_SIZE)
        return false;
    for (size_t i = 0; i < CB_SHA256_SIZE; i++) {
        int high = digit_of(hex[2 * i]), low = digit_of(hex[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        out->bytes[i] = (unsigned char)(high * 16 + low);
    }
    return true;
}

static enum cb_code take_dangling(void *context, const struct cb_rows *rows, struct cb_err *err)
{
    struct cb_verifier *verifier = context;
    for (size_t row = 0; row < cb_rows_count(rows); row++) {
        enum cb_code code = cb_problem(verifier, "link", "", err, "%s", cb_rows_text(rows, row, 0));
        if (code != CB_OK)
            return code;
    }
    return CB_OK;
}

enum cb_code cb_verify(struct cb_db *db, const struct cb_verify_options *options,
                       struct cb_verify_report *report, struct cb_err *err)
{
    struct cb_verifier verifier = {.db = db, .options = options, .report = report};
    enum cb_code code = cb_db_begin(db, err);
    if (code == CB_OK)
        code = cb_db_run(db, &cb_sql_verify_snapshot, NULL, 0, NULL, err);
    if (code == CB_OK)
        code = cb_verify_documents(&verifier, err);
    if (code == CB_OK)
        code = cb_verify_ledger(&verifier, err);
    if (code == CB_OK)
        code = cb_db_stream(db, &cb_sql_verify_dangling, NULL, 0, take_dangling, &verifier, err);
    cb_db_rollback(db); /* nothing was written */
    return code;
}
