/* Binary COPY, format of the PostgreSQL manual, "COPY", section "Binary Format": all numbers have the high
 * byte first. */
#include "db/copy.h"

#include "db/session.h"

#include <stdlib.h>
#include <string.h>

enum { PIECE_SIZE = 64 * 1024 };

/* The server's limit of one field (MaxAllocSize). */
static const size_t field_max = 0x3fffffff;

/* 2000-01-01, from which timestamptz counts, in microseconds of the Unix era. */
static const int64_t epoch_2000 = INT64_C(946684800) * 1000000;

enum { OID_INT4 = 23, OID_TEXT = 25, RANGE_LOWER_INCLUSIVE = 0x02 };

struct cb_copy {
    struct cb_db *db;
    const char *name;
    size_t columns;
    size_t column; /* of the row that is being written; columns: the row is whole */
    int64_t rows;
    enum cb_code code; /* the first error; nothing is written after it */
    struct cb_err err;
    size_t used;
    char piece[PIECE_SIZE];
};

static void flush(struct cb_copy *copy)
{
    if (copy->code == CB_OK && copy->used > 0 &&
        PQputCopyData(copy->db->conn, copy->piece, (int)copy->used) != 1)
        copy->code = cb_pg_error(copy->db, NULL, copy->name, CB_AUTHOR_PROGRAM, &copy->err);
    copy->used = 0;
}

static void put(struct cb_copy *copy, const void *data, size_t len)
{
    const char *bytes = data;
    while (len > 0 && copy->code == CB_OK) {
        size_t room = PIECE_SIZE - copy->used, part = len < room ? len : room;
        memcpy(copy->piece + copy->used, bytes, part);
        copy->used += part;
        bytes += part;
        len -= part;
        if (copy->used == PIECE_SIZE)
            flush(copy);
    }
}

/* The low `size` bytes of the number, the high one first. */
static void put_number(struct cb_copy *copy, uint64_t value, size_t size)
{
    unsigned char bytes[8];
    for (size_t i = 0; i < size; i++)
        bytes[i] = (unsigned char)(value >> (8 * (size - 1 - i)));
    put(copy, bytes, size);
}

static void put_int4(struct cb_copy *copy, int32_t value)
{
    put_number(copy, (uint32_t)value, 4);
}

static bool row_is_whole(struct cb_copy *copy)
{
    if (copy->code == CB_OK && copy->column != copy->columns)
        copy->code = cb_fail(&copy->err, CB_FAILED, "statement '%s': row %lld has %zu columns instead of %zu",
                             copy->name, (long long)copy->rows, copy->column, copy->columns);
    return copy->code == CB_OK;
}

static bool may_follow(struct cb_copy *copy)
{
    if (copy->code == CB_OK && copy->column == copy->columns)
        copy->code = cb_fail(&copy->err, CB_FAILED, "statement '%s': a column too many in row %lld",
                             copy->name, (long long)copy->rows);
    return copy->code == CB_OK;
}

/* Starts a field of `len` bytes; false when its content must not follow. */
static bool field(struct cb_copy *copy, size_t len)
{
    if (may_follow(copy) && len > field_max)
        copy->code = cb_fail(&copy->err, CB_LIMIT, "statement '%s': a value of row %lld has %zu bytes",
                             copy->name, (long long)copy->rows, len);
    if (copy->code != CB_OK)
        return false;
    copy->column++;
    put_int4(copy, (int32_t)len);
    return true;
}

void cb_copy_row(struct cb_copy *copy)
{
    if (!row_is_whole(copy))
        return;
    copy->rows++;
    copy->column = 0;
    put_number(copy, copy->columns, 2);
}

void cb_copy_null(struct cb_copy *copy)
{
    if (may_follow(copy)) {
        copy->column++;
        put_int4(copy, -1);
    }
}

void cb_copy_bytes(struct cb_copy *copy, const void *data, size_t len)
{
    if (data == NULL)
        cb_copy_null(copy);
    else if (field(copy, len))
        put(copy, data, len);
}

void cb_copy_text(struct cb_copy *copy, const char *text, size_t len)
{
    cb_copy_bytes(copy, text, len);
}

void cb_copy_string(struct cb_copy *copy, const char *text)
{
    cb_copy_bytes(copy, text, text != NULL ? strlen(text) : 0);
}

static void number_field(struct cb_copy *copy, uint64_t value, size_t size)
{
    if (field(copy, size))
        put_number(copy, value, size);
}

void cb_copy_int2(struct cb_copy *copy, int16_t value)
{
    number_field(copy, (uint16_t)value, 2);
}

void cb_copy_int4(struct cb_copy *copy, int32_t value)
{
    number_field(copy, (uint32_t)value, 4);
}

void cb_copy_int8(struct cb_copy *copy, int64_t value)
{
    number_field(copy, (uint64_t)value, 8);
}

void cb_copy_float4(struct cb_copy *copy, float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    number_field(copy, bits, 4);
}

void cb_copy_float8(struct cb_copy *copy, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    number_field(copy, bits, 8);
}

void cb_copy_bool(struct cb_copy *copy, bool value)
{
    number_field(copy, value ? 1 : 0, 1);
}

void cb_copy_uuid(struct cb_copy *copy, const struct cb_uuid *value)
{
    cb_copy_bytes(copy, value != NULL ? value->bytes : NULL, sizeof value->bytes);
}

void cb_copy_time(struct cb_copy *copy, int64_t unix_microseconds)
{
    if (unix_microseconds < INT64_MIN + epoch_2000) {
        if (copy->code == CB_OK)
            copy->code = cb_fail(&copy->err, CB_LIMIT, "statement '%s': a time of row %lld is out of range",
                                 copy->name, (long long)copy->rows);
        return;
    }
    cb_copy_int8(copy, unix_microseconds - epoch_2000);
}

/* The head of an array of one dimension that counts from 1; an empty array has no dimension. */
static void put_array_head(struct cb_copy *copy, size_t count, bool has_null, int32_t element_oid)
{
    put_int4(copy, count > 0 ? 1 : 0);
    put_int4(copy, has_null ? 1 : 0);
    put_int4(copy, element_oid);
    if (count > 0) {
        put_int4(copy, (int32_t)count);
        put_int4(copy, 1);
    }
}

static size_t array_head_size(size_t count)
{
    return count > 0 ? 20 : 12;
}

/* A field of `count` pieces of at least `each` bytes must not overflow when its size is summed up. */
static size_t sum_or_too_much(size_t head, size_t count, size_t each)
{
    return count > field_max / each ? field_max + 1 : head + count * each;
}

void cb_copy_text_array(struct cb_copy *copy, const char *const *items, size_t count)
{
    size_t size = sum_or_too_much(array_head_size(count), count, 4);
    bool has_null = false;
    for (size_t i = 0; i < count && size <= field_max; i++) {
        if (items[i] == NULL)
            has_null = true;
        else
            size += strlen(items[i]);
    }
    if (!field(copy, size))
        return;
    put_array_head(copy, count, has_null, OID_TEXT);
    for (size_t i = 0; i < count; i++) {
        if (items[i] == NULL) {
            put_int4(copy, -1);
            continue;
        }
        size_t len = strlen(items[i]);
        put_int4(copy, (int32_t)len);
        put(copy, items[i], len);
    }
}

void cb_copy_int4_array(struct cb_copy *copy, const int32_t *items, size_t count)
{
    if (!field(copy, sum_or_too_much(array_head_size(count), count, 8)))
        return;
    put_array_head(copy, count, false, OID_INT4);
    for (size_t i = 0; i < count; i++) {
        put_int4(copy, 4);
        put_int4(copy, items[i]);
    }
}

/* Each range: its size, the flags, and both bounds with their sizes. */
void cb_copy_int4_multirange(struct cb_copy *copy, const int32_t *bounds, size_t count)
{
    enum { RANGE_SIZE = 1 + 4 + 4 + 4 + 4 };
    if (!field(copy, sum_or_too_much(4, count, 4 + RANGE_SIZE)))
        return;
    put_int4(copy, (int32_t)count);
    for (size_t i = 0; i < count; i++) {
        put_int4(copy, RANGE_SIZE);
        put_number(copy, RANGE_LOWER_INCLUSIVE, 1);
        put_int4(copy, 4);
        put_int4(copy, bounds[2 * i]);
        put_int4(copy, 4);
        put_int4(copy, bounds[2 * i + 1]);
    }
}

/* Reads what the server says at the end of the COPY. */
static enum cb_code drain(struct cb_copy *copy, int64_t *rows, struct cb_err *err)
{
    enum cb_code code = CB_OK;
    PGresult *result = NULL;
    bool answered = false;
    while ((result = PQgetResult(copy->db->conn)) != NULL) {
        answered = true;
        if (PQresultStatus(result) == PGRES_COMMAND_OK)
            *rows = strtoll(PQcmdTuples(result), NULL, 10);
        else if (code == CB_OK)
            code = cb_pg_error(copy->db, result, copy->name, CB_AUTHOR_PROGRAM, err);
        bool again = PQresultStatus(result) == PGRES_COPY_IN;
        PQclear(result);
        if (again || PQstatus(copy->db->conn) == CONNECTION_BAD)
            break;
    }
    if (!answered)
        code = cb_pg_error(copy->db, NULL, copy->name, CB_AUTHOR_PROGRAM, err);
    return code;
}

enum cb_code cb_copy_begin(struct cb_db *db, const struct cb_sql *sql, size_t columns, struct cb_copy **out,
                           struct cb_err *err)
{
    *out = NULL;
    enum cb_code code = cb_pg_free_to_run(db, sql->name, err);
    if (code != CB_OK)
        return code;
    struct cb_copy *copy = calloc(1, sizeof *copy);
    if (copy == NULL)
        return cb_no_memory(err);
    copy->db = db;
    copy->name = sql->name;
    copy->columns = columns;
    copy->column = columns; /* a row before the first would be whole */
    PGresult *result = PQexecParams(db->conn, sql->text, 0, NULL, NULL, NULL, NULL, 0);
    bool open = PQresultStatus(result) == PGRES_COPY_IN;
    if (!open) {
        code = PQresultStatus(result) == PGRES_FATAL_ERROR || result == NULL
                   ? cb_pg_error(db, result, sql->name, CB_AUTHOR_PROGRAM, err)
                   : cb_fail(err, CB_FAILED, "statement '%s' is no COPY FROM STDIN", sql->name);
    } else if (PQbinaryTuples(result) == 0 || (size_t)PQnfields(result) != columns) {
        code = cb_fail(err, CB_FAILED, "statement '%s' is no binary COPY of %zu columns", sql->name, columns);
    }
    PQclear(result);
    if (code != CB_OK) {
        if (open)
            cb_copy_abort(copy);
        else
            free(copy);
        return code;
    }
    db->busy = "a COPY";
    put(copy, "PGCOPY\n\377\r\n\0", 11);
    put_int4(copy, 0); /* flags */
    put_int4(copy, 0); /* no header extension */
    *out = copy;
    return CB_OK;
}

enum cb_code cb_copy_end(struct cb_copy *copy, int64_t *rows, struct cb_err *err)
{
    int64_t taken = 0;
    struct cb_err local = {0};
    if (row_is_whole(copy)) {
        put_number(copy, 0xffff, 2);
        flush(copy);
    }
    PGconn *conn = copy->db->conn;
    enum cb_code first = copy->code;
    const char *give_up = first != CB_OK ? "the program gave it up" : NULL;
    enum cb_code code = PQputCopyEnd(conn, give_up) == 1
                            ? drain(copy, &taken, &local)
                            : cb_pg_error(copy->db, NULL, copy->name, CB_AUTHOR_PROGRAM, &local);
    if (first != CB_OK) {
        code = first;
        local = copy->err;
    }
    if (code != CB_OK && err != NULL)
        *err = local;
    if (rows != NULL)
        *rows = code == CB_OK ? taken : 0;
    copy->db->busy = NULL;
    free(copy);
    return code;
}

void cb_copy_abort(struct cb_copy *copy)
{
    if (copy == NULL)
        return;
    int64_t rows = 0;
    if (PQputCopyEnd(copy->db->conn, "the program gave it up") == 1)
        (void)drain(copy, &rows, NULL); /* the error is what was asked for */
    copy->db->busy = NULL;
    free(copy);
}
