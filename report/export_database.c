/* The whole database as JSON Lines, from one moment of it. */
#include "base/hash.h"
#include "db_queries.h"
#include "report/export.h"
#include "report/sink.h"

#include <errno.h>
#include <openssl/evp.h>
#include <string.h>

/* Lines go out and into the hash alike. */
struct writer {
    FILE *out;
    EVP_MD_CTX *hash;
    const char *table;
    size_t rows;
    bool failed;
};

static void put(struct writer *writer, const char *text, size_t len)
{
    writer->failed = writer->failed || fwrite(text, 1, len, writer->out) != len ||
                     EVP_DigestUpdate(writer->hash, text, len) != 1;
}

static void put_text(struct writer *writer, const char *text)
{
    put(writer, text, strlen(text));
}

static enum cb_code check_written(const struct writer *writer, struct cb_err *err)
{
    if (!writer->failed)
        return CB_OK;
    return cb_fail(err, CB_FAILED, "can't write the export: %s", strerror(errno));
}

static enum cb_code add_row(void *context, const struct cb_rows *row, struct cb_err *err)
{
    struct writer *writer = context;
    if (cb_rows_count(row) == 0)
        return CB_OK;
    put_text(writer, "{\"table\": \"");
    put_text(writer, writer->table);
    put_text(writer, "\", \"row\": ");
    put(writer, cb_rows_text(row, 0, 0), cb_rows_length(row, 0, 0));
    put_text(writer, "}\n");
    writer->rows++;
    return check_written(writer, err);
}

static enum cb_code write_head(struct writer *writer, struct cb_db *db, struct cb_err *err)
{
    struct cb_rows *rows = NULL;
    enum cb_code code = cb_db_one(db, &cb_sql_export_version, NULL, 0, &rows, err);
    if (code != CB_OK)
        return code;
    put_text(writer, "{\"claimbase\": \"database\", \"version\": 1, \"migration\": ");
    put_text(writer, cb_rows_text(rows, 0, 0));
    put_text(writer, "}\n");
    cb_rows_free(rows);
    return check_written(writer, err);
}

static enum cb_code write_end(struct writer *writer, struct cb_err *err)
{
    struct cb_sha256 hash;
    char hex[CB_SHA256_HEX_SIZE];
    if (EVP_DigestFinal_ex(writer->hash, hash.bytes, NULL) != 1)
        return cb_fail(err, CB_FAILED, "can't hash the export");
    cb_sha256_hex(&hash, hex);
    (void)fprintf(writer->out, "{\"claimbase\": \"end\", \"rows\": %zu, \"sha256\": \"%s\"}\n", writer->rows,
                  hex);
    writer->failed = fflush(writer->out) != 0 || ferror(writer->out) != 0;
    return check_written(writer, err);
}

static enum cb_code write_all(struct writer *writer, struct cb_db *db, struct cb_err *err)
{
    struct cb_rows *tables = NULL;
    enum cb_code code = cb_db_run(db, &cb_sql_export_snapshot, NULL, 0, NULL, err);
    if (code == CB_OK)
        code = write_head(writer, db, err);
    if (code == CB_OK)
        code = cb_db_run(db, &cb_sql_export_tables, NULL, 0, &tables, err);
    for (size_t i = 0; code == CB_OK && i < cb_rows_count(tables); i++) {
        writer->table = cb_rows_text(tables, i, 0);
        const char *const params[] = {writer->table};
        code = cb_db_stream(db, &cb_sql_export_rows, params, 1, add_row, writer, err);
    }
    cb_rows_free(tables);
    return code == CB_OK ? write_end(writer, err) : code;
}

enum cb_code cb_export_database(const struct cb_export *export, size_t *count, struct cb_err *err)
{
    struct writer writer = {.out = export->out, .hash = EVP_MD_CTX_new()};
    if (writer.hash == NULL)
        return cb_no_memory(err);
    enum cb_code code = EVP_DigestInit_ex(writer.hash, EVP_sha256(), NULL) == 1
                            ? cb_db_begin(export->db, err)
                            : cb_fail(err, CB_FAILED, "can't hash the export");
    if (code == CB_OK) {
        code = write_all(&writer, export->db, err);
        cb_db_rollback(export->db); /* it was read only */
    }
    EVP_MD_CTX_free(writer.hash);
    *count = writer.rows;
    return code;
}
