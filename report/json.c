/* JSON Lines: one object a row, keyed by column, with the types that the columns have. */
#include "base/buffer.h"
#include "report/pg_array.h"
#include "report/sink_kind.h"

#include <stdlib.h>
#include <string.h>

enum { ITEM_MAX = 1 << 30 }; /* the server's own limit of a value */

void cb_json_string(FILE *out, const char *text, size_t len)
{
    static const char hex[] = "0123456789abcdef";
    if (text == NULL) {
        (void)fputs("null", out);
        return;
    }
    (void)fputc('"', out);
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '"' || c == '\\') {
            (void)fputc('\\', out);
            (void)fputc(c, out);
        } else if (c == '\n') {
            (void)fputs("\\n", out);
        } else if (c == '\t') {
            (void)fputs("\\t", out);
        } else if (c < 0x20 || c == 0x7f) {
            (void)fprintf(out, "\\u00%c%c", hex[c >> 4], hex[c & 15]);
        } else {
            (void)fputc(c, out);
        }
    }
    (void)fputc('"', out);
}

/* NaN and Infinity are numbers of the server but not of JSON: they become strings. */
static void put_number(FILE *out, const char *text, size_t len)
{
    bool plain = len > 0;
    for (size_t i = 0; i < len; i++)
        plain = plain && strchr("0123456789+-.eE", text[i]) != NULL;
    if (plain)
        (void)fwrite(text, 1, len, out);
    else
        cb_json_string(out, text, len);
}

/* The server's own form, "2024-05-01 10:00:00+00", as ISO 8601 has it. */
static void put_time(FILE *out, const char *text, size_t len)
{
    char iso[64];
    if (len < 19 || len >= sizeof iso - 1 || text[10] != ' ') {
        cb_json_string(out, text, len);
        return;
    }
    memcpy(iso, text, len);
    iso[10] = 'T';
    if (memcmp(text + len - 3, "+00", 3) == 0) {
        iso[len - 3] = 'Z';
        len -= 2;
    }
    cb_json_string(out, iso, len);
}

/* A JSON value may hold line ends between its parts (never inside a string). */
static void put_json(FILE *out, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        (void)fputc(text[i] == '\n' || text[i] == '\r' ? ' ' : (unsigned char)text[i], out);
}

static void put_plain(FILE *out, enum cb_type type, const char *text, size_t len)
{
    switch (type) {
    case CB_TYPE_NUMBER:
        put_number(out, text, len);
        break;
    case CB_TYPE_BOOL:
        (void)fputs(len > 0 && text[0] == 't' ? "true" : "false", out);
        break;
    case CB_TYPE_JSON:
        put_json(out, text, len);
        break;
    case CB_TYPE_TIME:
        put_time(out, text, len);
        break;
    case CB_TYPE_TEXT:
    case CB_TYPE_BYTES:
    case CB_TYPE_ARRAY:
        cb_json_string(out, text, len);
        break;
    }
}

static void put_array(FILE *out, enum cb_type element, const char *text, size_t len, struct cb_buffer *item)
{
    struct cb_array_reader reader;
    cb_array_reader_init(&reader, text, len);
    bool first = true;
    for (;;) {
        enum cb_array_token token = cb_array_next(&reader, item);
        if (token == CB_ARRAY_END)
            return;
        if (!first && token != CB_ARRAY_CLOSE)
            (void)fputc(',', out);
        first = token == CB_ARRAY_OPEN;
        if (token == CB_ARRAY_OPEN)
            (void)fputc('[', out);
        else if (token == CB_ARRAY_CLOSE)
            (void)fputc(']', out);
        else if (token == CB_ARRAY_NULL)
            (void)fputs("null", out);
        else
            put_plain(out, element, cb_buffer_text(item), item->len);
    }
}

/* Two columns of one name would be one key: the second gets a number. */
static enum cb_code begin(struct cb_sink *sink, struct cb_err *err)
{
    for (size_t i = 1; i < sink->column_count; i++) {
        size_t same = 1;
        for (size_t j = 0; j < i; j++)
            same += strcmp(sink->columns[j].name, sink->columns[i].name) == 0;
        if (same == 1)
            continue;
        size_t size = strlen(sink->names[i]) + 16;
        char *name = malloc(size);
        if (name == NULL)
            return cb_no_memory(err);
        (void)snprintf(name, size, "%s_%zu", sink->names[i], same);
        free(sink->names[i]);
        sink->names[i] = name;
        sink->columns[i].name = name;
    }
    return CB_OK;
}

static enum cb_code row(struct cb_sink *sink, const struct cb_cell *cells, struct cb_err *err)
{
    FILE *out = sink->options.out;
    struct cb_buffer item;
    cb_buffer_init(&item, ITEM_MAX);
    (void)fputc('{', out);
    for (size_t i = 0; i < sink->column_count; i++) {
        const struct cb_column *column = &sink->columns[i];
        if (i > 0)
            (void)fputc(',', out);
        cb_json_string(out, column->name, strlen(column->name));
        (void)fputc(':', out);
        if (cells[i].text == NULL)
            (void)fputs("null", out);
        else if (column->type == CB_TYPE_ARRAY)
            put_array(out, column->element, cells[i].text, cells[i].len, &item);
        else
            put_plain(out, column->type, cells[i].text, cells[i].len);
    }
    (void)fputs("}\n", out);
    enum cb_code code = cb_buffer_status(&item, "an element of an array", err);
    cb_buffer_release(&item);
    return code;
}

static enum cb_code end(struct cb_sink *sink, struct cb_err *err)
{
    (void)sink;
    (void)err;
    return CB_OK;
}

static void release(struct cb_sink *sink)
{
    (void)sink;
}

const struct cb_sink_kind cb_sink_json = {begin, row, end, release};
