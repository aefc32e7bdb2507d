#include "report/pg_array.h"

#include <string.h>

void cb_array_reader_init(struct cb_array_reader *reader, const char *text, size_t len)
{
    *reader = (struct cb_array_reader){.text = text, .len = len};
    if (len > 0 && text[0] == '[') { /* "[0:2]={…}": bounds other than from 1 */
        const char *equals = memchr(text, '=', len);
        reader->at = equals != NULL ? (size_t)(equals - text) + 1 : len;
    }
}

static void read_quoted(struct cb_array_reader *reader, struct cb_buffer *item)
{
    for (reader->at++; reader->at < reader->len && reader->text[reader->at] != '"'; reader->at++) {
        if (reader->text[reader->at] == '\\' && reader->at + 1 < reader->len)
            reader->at++;
        cb_buffer_add_char(item, reader->text[reader->at]);
    }
    reader->at++;
}

enum cb_array_token cb_array_next(struct cb_array_reader *reader, struct cb_buffer *item)
{
    cb_buffer_clear(item);
    while (reader->at < reader->len && (reader->text[reader->at] == ',' || reader->text[reader->at] == ' '))
        reader->at++;
    if (reader->at >= reader->len)
        return CB_ARRAY_END;
    switch (reader->text[reader->at]) {
    case '{':
        reader->at++;
        return CB_ARRAY_OPEN;
    case '}':
        reader->at++;
        return CB_ARRAY_CLOSE;
    case '"':
        read_quoted(reader, item);
        return CB_ARRAY_ITEM;
    default:
        break;
    }
    for (; reader->at < reader->len; reader->at++) {
        char c = reader->text[reader->at];
        if (c == ',' || c == '}' || c == '{')
            break;
        if (c == '\\' && reader->at + 1 < reader->len)
            c = reader->text[++reader->at];
        cb_buffer_add_char(item, c);
    }
    return strcmp(cb_buffer_text(item), "NULL") == 0 ? CB_ARRAY_NULL : CB_ARRAY_ITEM;
}
