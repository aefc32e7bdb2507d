#include "db/array_literal.h"

#include <string.h>

void cb_array_literal_begin(struct cb_buffer *out)
{
    cb_buffer_add_char(out, '{');
}

void cb_array_literal_add(struct cb_buffer *out, const char *item)
{
    if (out->len > 0 && out->data[out->len - 1] != '{')
        cb_buffer_add_char(out, ',');
    if (item == NULL) {
        cb_buffer_add_text(out, "NULL");
        return;
    }
    cb_buffer_add_char(out, '"');
    while (*item != '\0') {
        size_t plain = strcspn(item, "\"\\");
        cb_buffer_add(out, item, plain);
        item += plain;
        if (*item != '\0') {
            cb_buffer_add_char(out, '\\');
            cb_buffer_add_char(out, *item++);
        }
    }
    cb_buffer_add_char(out, '"');
}

void cb_array_literal_end(struct cb_buffer *out)
{
    cb_buffer_add_char(out, '}');
}

void cb_array_literal(struct cb_buffer *out, const char *const *items, size_t count)
{
    cb_array_literal_begin(out);
    for (size_t i = 0; i < count; i++)
        cb_array_literal_add(out, items[i]);
    cb_array_literal_end(out);
}
