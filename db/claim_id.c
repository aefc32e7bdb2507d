#include "db/claim_id.h"

#include "db_queries.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEX_DIGITS = 32 };

/* Least and greatest id that begin with what was typed. */
struct id_range {
    char least[CB_UUID_TEXT_SIZE], greatest[CB_UUID_TEXT_SIZE];
};

static void write_uuid(const char digits[HEX_DIGITS], char out[CB_UUID_TEXT_SIZE])
{
    size_t n = 0;
    for (size_t i = 0; i < HEX_DIGITS; i++) {
        if (i == 8 || i == 12 || i == 16 || i == 20)
            out[n++] = '-';
        out[n++] = digits[i];
    }
    out[n] = '\0';
}

/* False when text[0..len) is not the beginning of an id. */
static bool range_of(const char *text, size_t len, struct id_range *out)
{
    char digits[HEX_DIGITS];
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '-')
            continue;
        if (!isxdigit((unsigned char)text[i]) || n == HEX_DIGITS)
            return false;
        digits[n++] = (char)tolower((unsigned char)text[i]);
    }
    if (n == 0)
        return false;
    memset(digits + n, '0', HEX_DIGITS - n);
    write_uuid(digits, out->least);
    memset(digits + n, 'f', HEX_DIGITS - n);
    write_uuid(digits, out->greatest);
    return true;
}

/* Names what the rows hold, so that the person can choose. */
static enum cb_code several(const char *what, const char *typed, const struct cb_rows *rows, size_t id_column,
                            struct cb_err *err)
{
    (void)cb_fail(err, CB_NOT_FOUND, "'%s' fits more than one %s", typed, what);
    char list[256] = "";
    size_t used = 0;
    for (size_t i = 0; i < cb_rows_count(rows) && i < 3; i++) {
        int n = snprintf(list + used, sizeof list - used, "%s%s", i > 0 ? ", " : "",
                         cb_rows_text(rows, i, id_column));
        if (n < 0 || (size_t)n >= sizeof list - used)
            break;
        used += (size_t)n;
    }
    cb_hint(err, "give more of the id: %s%s", list, cb_rows_count(rows) > 3 ? ", …" : "");
    return CB_NOT_FOUND;
}

static enum cb_code only_row(const char *what, const char *typed, const struct cb_rows *rows,
                             size_t id_column, struct cb_err *err)
{
    if (cb_rows_count(rows) > 1)
        return several(what, typed, rows, id_column, err);
    if (cb_rows_count(rows) == 1)
        return CB_OK;
    (void)cb_fail(err, CB_NOT_FOUND, "there is no %s '%s'", what, typed);
    return CB_NOT_FOUND;
}

enum cb_code cb_claim_resolve(struct cb_db *db, const char *typed, struct cb_claim_key *out,
                              struct cb_err *err)
{
    *out = (struct cb_claim_key){0};
    const char *dot = strrchr(typed, '.');
    char number[16] = "";
    struct id_range range;
    bool has_id = false;
    if (dot != NULL && dot[1] != '\0' && strlen(dot + 1) <= 9 &&
        strspn(dot + 1, "0123456789") == strlen(dot + 1)) {
        has_id = range_of(typed, (size_t)(dot - typed), &range);
        (void)snprintf(number, sizeof number, "%s", dot + 1);
    }
    const char *params[] = {has_id ? range.least : NULL, has_id ? range.greatest : NULL,
                            has_id ? number : NULL, typed};
    struct cb_rows *rows = NULL;
    enum cb_code code = cb_db_run(db, &cb_sql_claim_resolve, params, 4, &rows, err);
    if (code == CB_OK)
        code = only_row("claim", typed, rows, 2, err);
    if (code == CB_OK) {
        (void)snprintf(out->document_id, sizeof out->document_id, "%s", cb_rows_text(rows, 0, 0));
        out->claim_no = (int32_t)cb_rows_int(rows, 0, 1);
    } else if (code == CB_NOT_FOUND && !has_id && cb_rows_count(rows) == 0) {
        cb_hint(err, "a claim is named like 3f2a9b1c.12: the beginning of its document's id, and its number");
    }
    cb_rows_free(rows);
    return code;
}

enum cb_code cb_document_resolve(struct cb_db *db, const char *typed, char document_id[CB_UUID_TEXT_SIZE],
                                 struct cb_err *err)
{
    document_id[0] = '\0';
    struct id_range range;
    bool has_id = range_of(typed, strlen(typed), &range);
    const char *params[] = {has_id ? range.least : NULL, has_id ? range.greatest : NULL, typed};
    struct cb_rows *rows = NULL;
    enum cb_code code = cb_db_run(db, &cb_sql_document_resolve, params, 3, &rows, err);
    if (code == CB_OK)
        code = only_row("document", typed, rows, 0, err);
    if (code == CB_OK)
        (void)snprintf(document_id, CB_UUID_TEXT_SIZE, "%s", cb_rows_text(rows, 0, 0));
    cb_rows_free(rows);
    return code;
}

bool cb_uuid_parse(const char *text, struct cb_uuid *out)
{
    unsigned char *bytes = out->bytes;
    size_t n = 0;
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '-')
            continue;
        if (!isxdigit((unsigned char)*at) || n == HEX_DIGITS)
            return false;
        unsigned digit =
            (unsigned)(isdigit((unsigned char)*at) ? *at - '0' : tolower((unsigned char)*at) - 'a' + 10);
        bytes[n / 2] = (unsigned char)(n % 2 == 0 ? digit << 4 : bytes[n / 2] | digit);
        n++;
    }
    return n == HEX_DIGITS;
}

void cb_claim_ref(const char *document_id, int32_t claim_no, char out[CB_CLAIM_REF_SIZE])
{
    (void)snprintf(out, CB_CLAIM_REF_SIZE, "%.8s.%d", document_id, claim_no);
}
