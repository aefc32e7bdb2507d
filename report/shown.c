#include "report/shown.h"

#include "report/pg_array.h"

#include <string.h>

/* {a,b} is "a, b" for people; where an item has a comma of its own, "a; b, c". */
static void put_array(struct cb_buffer *out, const struct cb_cell *cell)
{
    const char *between = memmem(cell->text, cell->len, ", ", 2) != NULL ? "; " : ", ";
    struct cb_array_reader reader;
    struct cb_buffer item;
    cb_array_reader_init(&reader, cell->text, cell->len);
    cb_buffer_init(&item, out->max);
    size_t items = 0, depth = 0;
    for (;;) {
        enum cb_array_token token = cb_array_next(&reader, &item);
        if (token == CB_ARRAY_END)
            break;
        if (items > 0 && token != CB_ARRAY_CLOSE)
            cb_buffer_add_text(out, between);
        if (token == CB_ARRAY_OPEN && depth++ > 0)
            cb_buffer_add_char(out, '(');
        else if (token == CB_ARRAY_CLOSE && --depth > 0)
            cb_buffer_add_char(out, ')');
        else if (token == CB_ARRAY_ITEM || token == CB_ARRAY_NULL)
            cb_buffer_add(out, cb_buffer_text(&item), token == CB_ARRAY_ITEM ? item.len : 0);
        items = token == CB_ARRAY_OPEN ? 0 : items + 1;
    }
    cb_buffer_release(&item);
}

/* "2024-05-01 10:00:00.123456+00" to the second, a midnight (in ISO's form too) as the day; all our times are
 * UTC. */
static size_t shown_time(const char *text, size_t len)
{
    if (len == 20 && memcmp(text + 10, "T00:00:00Z", 10) == 0)
        return 10;
    if (len < 19 || text[10] != ' ' || memcmp(text + len - 3, "+00", 3) != 0)
        return len;
    return memcmp(text + 11, "00:00:00", 8) == 0 ? 10 : 19;
}

void cb_show_cell(const struct cb_column *column, const struct cb_cell *cell, struct cb_buffer *out)
{
    if (cell->text == NULL)
        return;
    switch (column->type) {
    case CB_TYPE_TIME:
        cb_buffer_add(out, cell->text, shown_time(cell->text, cell->len));
        break;
    case CB_TYPE_BOOL:
        cb_buffer_add_text(out, cell->text[0] == 't' ? "yes" : "no");
        break;
    case CB_TYPE_ARRAY:
        put_array(out, cell);
        break;
    case CB_TYPE_TEXT:
    case CB_TYPE_NUMBER:
    case CB_TYPE_JSON:
    case CB_TYPE_BYTES:
        cb_buffer_add(out, cell->text, cell->len);
        break;
    }
}
