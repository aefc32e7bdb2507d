#include "importer/database.h"

#include "base/buffer.h"
#include "base/hash.h"
#include "db_queries.h"
#include "importer/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <jansson.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A row may be a document with its raw bytes in hexadecimal. Rows go to the server in batches of one table.
 */
enum { LINE_MAX_BYTES = 1 << 30, BATCH_ROWS = 1000, BATCH_BYTES = 4 * 1024 * 1024, TABLE_NAME_MAX = 64 };

struct importing {
    struct cb_db *db;
    const char *path;
    int64_t line, rows;
    EVP_MD_CTX *hash;
    char table[TABLE_NAME_MAX]; /* of the batch */
    struct cb_buffer batch;     /* "[{…},{…}" */
    size_t batch_rows;
    bool begun, ended;
};

static enum cb_code bad_line(const struct importing *in, enum cb_code code, const char *why,
                             struct cb_err *err)
{
    return cb_fail(err, code, "'%s', line %" PRId64 ": %s", in->path, in->line, why);
}

static enum cb_code store_batch(struct importing *in, struct cb_err *err)
{
    if (in->batch_rows == 0)
        return CB_OK;
    cb_buffer_add_char(&in->batch, ']');
    enum cb_code code = cb_buffer_status(&in->batch, "a batch of rows", err);
    const char *const params[] = {in->table, cb_buffer_text(&in->batch)};
    struct cb_rows *stored = NULL;
    if (code == CB_OK)
        code = cb_db_one(in->db, &cb_sql_import_rows, params, 2, &stored, err);
    if (code == CB_OK)
        in->rows += cb_rows_int(stored, 0, 0);
    else
        cb_prefix(err, "'%s', before line %" PRId64 ", table '%s'", in->path, in->line, in->table);
    cb_rows_free(stored);
    cb_buffer_clear(&in->batch);
    in->batch_rows = 0;
    return code;
}

/* {"table": …, "row": {…}}: the row is checked by the parse, and handed on in compact form. */
static enum cb_code take_row(struct importing *in, const json_t *record, struct cb_err *err)
{
    const char *table = json_string_value(json_object_get(record, "table"));
    const json_t *row = json_object_get(record, "row");
    if (table == NULL || strlen(table) >= sizeof in->table || !json_is_object(row))
        return bad_line(in, CB_INPUT, "it is no row of a table", err);
    enum cb_code code = CB_OK;
    if (strcmp(table, in->table) != 0 || in->batch_rows == BATCH_ROWS || in->batch.len > BATCH_BYTES)
        code = store_batch(in, err);
    if (code != CB_OK)
        return code;
    (void)snprintf(in->table, sizeof in->table, "%s", table);
    char *text = json_dumps(row, JSON_COMPACT);
    if (text == NULL)
        return cb_no_memory(err);
    cb_buffer_add_char(&in->batch, in->batch_rows == 0 ? '[' : ',');
    cb_buffer_add_text(&in->batch, text);
    free(text);
    in->batch_rows++;
    return cb_buffer_status(&in->batch, "a batch of rows", err);
}

static enum cb_code take_head(struct importing *in, const json_t *record, struct cb_err *err)
{
    struct cb_rows *rows = NULL;
    if (in->begun || json_integer_value(json_object_get(record, "version")) != 1)
        return bad_line(in, CB_INPUT, "it is no export of a database that this program knows", err);
    enum cb_code code = cb_db_one(in->db, &cb_sql_export_version, NULL, 0, &rows, err);
    if (code != CB_OK)
        return code;
    int64_t theirs = json_integer_value(json_object_get(record, "migration"));
    int64_t ours = cb_rows_int(rows, 0, 0);
    cb_rows_free(rows);
    in->begun = true;
    if (theirs == ours)
        return CB_OK;
    (void)cb_fail(err, CB_SCHEMA, "'%s' was written with schema %" PRId64 ", this program has %" PRId64,
                  in->path, theirs, ours);
    cb_hint(err, "export it again with this version of the program, or import it with that one");
    return CB_SCHEMA;
}

static enum cb_code take_end(struct importing *in, const json_t *record, struct cb_err *err)
{
    struct cb_sha256 hash;
    char hex[CB_SHA256_HEX_SIZE];
    const char *told = json_string_value(json_object_get(record, "sha256"));
    if (EVP_DigestFinal_ex(in->hash, hash.bytes, NULL) != 1)
        return cb_fail(err, CB_FAILED, "can't hash '%s'", in->path);
    cb_sha256_hex(&hash, hex);
    in->ended = true;
    enum cb_code code = store_batch(in, err);
    if (code != CB_OK)
        return code;
    if (told == NULL || strcmp(told, hex) != 0)
        return bad_line(in, CB_INTEGRITY,
                        "the SHA-256 of the lines before is another one: the file was changed", err);
    if (json_integer_value(json_object_get(record, "rows")) != in->rows)
        return bad_line(in, CB_INTEGRITY, "the number of rows is another one: the file was changed", err);
    return CB_OK;
}

static enum cb_code take_line(struct importing *in, const struct cb_buffer *line, struct cb_err *err)
{
    json_error_t error;
    if (in->ended)
        return bad_line(in, CB_INTEGRITY, "there is something behind the end", err);
    json_t *record = json_loadb(cb_buffer_text(line), line->len, JSON_REJECT_DUPLICATES, &error);
    const char *what = json_string_value(json_object_get(record, "claimbase"));
    enum cb_code code;
    if (what != NULL && strcmp(what, "end") == 0 && in->begun) {
        code = take_end(in, record, err);
    } else if (EVP_DigestUpdate(in->hash, cb_buffer_text(line), line->len) != 1 ||
               EVP_DigestUpdate(in->hash, "\n", 1) != 1) {
        code = cb_fail(err, CB_FAILED, "can't hash '%s'", in->path);
    } else if (what != NULL && strcmp(what, "database") == 0) {
        code = take_head(in, record, err);
    } else if (record != NULL && in->begun) {
        code = take_row(in, record, err);
    } else {
        code = bad_line(in, CB_INPUT,
                        record == NULL ? error.text : "an export of a database begins otherwise", err);
    }
    json_decref(record);
    return code;
}

static enum cb_code read_lines(struct importing *in, struct cb_stream *stream, struct cb_err *err)
{
    struct cb_buffer line;
    cb_buffer_init(&line, LINE_MAX_BYTES);
    enum cb_code code = CB_OK;
    for (bool found = true; code == CB_OK;) {
        cb_buffer_clear(&line);
        in->line++;
        code = cb_stream_line(stream, &line, &found, err);
        if (code != CB_OK || !found)
            break;
        code = take_line(in, &line, err);
    }
    cb_buffer_release(&line);
    if (code == CB_OK && !in->ended)
        code = bad_line(in, CB_INTEGRITY, "the end is missing: the file was cut off", err);
    return code;
}

static enum cb_code refuse_unless_empty(struct cb_db *db, struct cb_err *err)
{
    struct cb_rows *rows = NULL;
    enum cb_code code = cb_db_one(db, &cb_sql_import_is_empty, NULL, 0, &rows, err);
    if (code == CB_OK && !cb_rows_bool(rows, 0, 0)) {
        code = cb_fail(err, CB_REFUSED, "the database is not empty");
        cb_hint(err, "a whole database is imported into a new one: set CLAIMBASE_HOME or --dsn");
    }
    cb_rows_free(rows);
    return code;
}

static enum cb_code import_in_transaction(struct importing *in, int fd, struct cb_err *err)
{
    struct cb_stream_file file = {.fd = fd};
    struct cb_stream *stream = malloc(sizeof *stream);
    if (stream == NULL)
        return cb_no_memory(err);
    cb_stream_init(stream, cb_stream_fill_file, &file);
    enum cb_code code = cb_db_begin(in->db, err);
    if (code == CB_OK)
        code = refuse_unless_empty(in->db, err);
    if (code == CB_OK)
        code = read_lines(in, stream, err);
    if (code == CB_OK)
        code = cb_db_run(in->db, &cb_sql_import_finish, NULL, 0, NULL, err);
    if (code == CB_OK)
        code = cb_db_commit(in->db, err);
    if (code != CB_OK)
        cb_db_rollback(in->db);
    free(stream);
    return code;
}

enum cb_code cb_import_database(struct cb_db *db, const char *path, int64_t *rows, struct cb_err *err)
{
    struct importing in = {.db = db, .path = path, .hash = EVP_MD_CTX_new()};
    cb_buffer_init(&in.batch, (size_t)LINE_MAX_BYTES);
    bool from_file = strcmp(path, "-") != 0;
    int fd = from_file ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
    enum cb_code code = CB_OK;
    if (fd < 0)
        code = cb_fail(err, CB_INPUT, "can't open '%s': %s", path, strerror(errno));
    else if (in.hash == NULL || EVP_DigestInit_ex(in.hash, EVP_sha256(), NULL) != 1)
        code = cb_no_memory(err);
    if (code == CB_OK)
        code = import_in_transaction(&in, fd, err);
    if (from_file && fd >= 0)
        (void)close(fd);
    EVP_MD_CTX_free(in.hash);
    cb_buffer_release(&in.batch);
    if (rows != NULL)
        *rows = code == CB_OK ? in.rows : 0;
    return code;
}
