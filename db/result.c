/* Rows: thin reading over libpq's results. Type numbers are PostgreSQL's fixed OIDs (pg_type.dat). */
#include "db/session.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    Oid oid, array_oid;
    enum cb_type type;
} known_types[] = {
    {16, 1000, CB_TYPE_BOOL},     /* bool */
    {17, 1001, CB_TYPE_BYTES},    /* bytea */
    {20, 1016, CB_TYPE_NUMBER},   /* int8 */
    {21, 1005, CB_TYPE_NUMBER},   /* int2 */
    {23, 1007, CB_TYPE_NUMBER},   /* int4 */
    {26, 1028, CB_TYPE_NUMBER},   /* oid */
    {700, 1021, CB_TYPE_NUMBER},  /* float4 */
    {701, 1022, CB_TYPE_NUMBER},  /* float8 */
    {1700, 1231, CB_TYPE_NUMBER}, /* numeric */
    {114, 199, CB_TYPE_JSON},     /* json */
    {3802, 3807, CB_TYPE_JSON},   /* jsonb */
    {1082, 1182, CB_TYPE_TIME},   /* date */
    {1083, 1183, CB_TYPE_TIME},   /* time */
    {1114, 1115, CB_TYPE_TIME},   /* timestamp */
    {1184, 1185, CB_TYPE_TIME},   /* timestamptz */
    {1266, 1270, CB_TYPE_TIME},   /* timetz */
    {18, 1002, CB_TYPE_TEXT},     /* "char" */
    {19, 1003, CB_TYPE_TEXT},     /* name */
    {25, 1009, CB_TYPE_TEXT},     /* text */
    {1042, 1014, CB_TYPE_TEXT},   /* char(n) */
    {1043, 1015, CB_TYPE_TEXT},   /* varchar */
    {1186, 1187, CB_TYPE_TEXT},   /* interval */
    {2950, 2951, CB_TYPE_TEXT},   /* uuid */
    {3904, 3905, CB_TYPE_TEXT},   /* int4range */
    {4451, 6150, CB_TYPE_TEXT},   /* int4multirange */
};

size_t cb_rows_count(const struct cb_rows *rows)
{
    return (size_t)PQntuples(rows->result);
}

size_t cb_rows_columns(const struct cb_rows *rows)
{
    return (size_t)PQnfields(rows->result);
}

const char *cb_rows_column_name(const struct cb_rows *rows, size_t column)
{
    const char *name = PQfname(rows->result, (int)column);
    return name != NULL ? name : "";
}

enum cb_type cb_rows_column_type(const struct cb_rows *rows, size_t column)
{
    Oid oid = PQftype(rows->result, (int)column);
    for (size_t i = 0; i < sizeof known_types / sizeof *known_types; i++) {
        if (known_types[i].oid == oid)
            return known_types[i].type;
        if (known_types[i].array_oid == oid)
            return CB_TYPE_ARRAY;
    }
    return CB_TYPE_TEXT;
}

enum cb_type cb_rows_element_type(const struct cb_rows *rows, size_t column)
{
    Oid oid = PQftype(rows->result, (int)column);
    for (size_t i = 0; i < sizeof known_types / sizeof *known_types; i++)
        if (known_types[i].array_oid == oid)
            return known_types[i].type;
    return CB_TYPE_TEXT;
}

bool cb_rows_is_null(const struct cb_rows *rows, size_t row, size_t column)
{
    return PQgetisnull(rows->result, (int)row, (int)column) != 0;
}

const char *cb_rows_text(const struct cb_rows *rows, size_t row, size_t column)
{
    const char *text = PQgetvalue(rows->result, (int)row, (int)column);
    return text != NULL ? text : "";
}

size_t cb_rows_length(const struct cb_rows *rows, size_t row, size_t column)
{
    return (size_t)PQgetlength(rows->result, (int)row, (int)column);
}

int64_t cb_rows_int(const struct cb_rows *rows, size_t row, size_t column)
{
    return strtoll(cb_rows_text(rows, row, column), NULL, 10);
}

/* The high byte first, in two's complement. */
int64_t cb_rows_binary_int(const struct cb_rows *rows, size_t row, size_t column)
{
    const unsigned char *bytes = (const unsigned char *)cb_rows_text(rows, row, column);
    size_t len = cb_rows_length(rows, row, column);
    uint64_t value = len > 0 && (bytes[0] & 0x80) != 0 ? UINT64_MAX : 0;
    for (size_t i = 0; i < len; i++)
        value = value << 8 | bytes[i];
    return (int64_t)value;
}

/* The server writes a decimal point whatever the program's locale is. */
double cb_rows_double(const struct cb_rows *rows, size_t row, size_t column)
{
    const char *text = cb_rows_text(rows, row, column);
    locale_t plain = newlocale(LC_NUMERIC_MASK, "C", (locale_t)0);
    if (plain == (locale_t)0)
        return strtod(text, NULL);
    double value = strtod_l(text, NULL, plain);
    freelocale(plain);
    return value;
}

bool cb_rows_bool(const struct cb_rows *rows, size_t row, size_t column)
{
    return cb_rows_text(rows, row, column)[0] == 't';
}

int64_t cb_rows_affected(const struct cb_rows *rows)
{
    return strtoll(PQcmdTuples(rows->result), NULL, 10);
}

void cb_rows_free(struct cb_rows *rows)
{
    if (rows == NULL)
        return;
    PQclear(rows->result);
    free(rows);
}
