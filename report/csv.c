/* CSV after RFC 4180, with LF as other Unix programs write it. NULL is nothing, an empty text is "". */
#include "report/sink_kind.h"

#include <string.h>

static bool needs_quotes(const char *text, size_t len)
{
    if (len == 0 || text[0] == ' ' || text[len - 1] == ' ')
        return true;
    for (size_t i = 0; i < len; i++)
        if (text[i] == ',' || text[i] == '"' || text[i] == '\n' || text[i] == '\r')
            return true;
    return false;
}

static void put_field(FILE *out, const char *text, size_t len)
{
    if (text == NULL)
        return;
    if (!needs_quotes(text, len)) {
        (void)fwrite(text, 1, len, out);
        return;
    }
    (void)fputc('"', out);
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '"')
            (void)fputc('"', out);
        (void)fputc((unsigned char)text[i], out);
    }
    (void)fputc('"', out);
}

static enum cb_code begin(struct cb_sink *sink, struct cb_err *err)
{
    (void)err;
    FILE *out = sink->options.out;
    for (size_t i = 0; i < sink->column_count; i++) {
        if (i > 0)
            (void)fputc(',', out);
        put_field(out, sink->columns[i].name, strlen(sink->columns[i].name));
    }
    if (sink->column_count > 0)
        (void)fputc('\n', out);
    return CB_OK;
}

static enum cb_code row(struct cb_sink *sink, const struct cb_cell *cells, struct cb_err *err)
{
    (void)err;
    FILE *out = sink->options.out;
    for (size_t i = 0; i < sink->column_count; i++) {
        if (i > 0)
            (void)fputc(',', out);
        /* a line of one empty field would be an empty line, which readers leave out */
        if (sink->column_count == 1 && cells[i].text == NULL)
            put_field(out, "", 0);
        else
            put_field(out, cells[i].text, cells[i].len);
    }
    (void)fputc('\n', out);
    return CB_OK;
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

const struct cb_sink_kind cb_sink_csv = {begin, row, end, release};
