#include "base/buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void cb_buffer_init(struct cb_buffer *buffer, size_t max)
{
    *buffer = (struct cb_buffer){.max = max};
}

void cb_buffer_release(struct cb_buffer *buffer)
{
    free(buffer->data);
    *buffer = (struct cb_buffer){.max = buffer->max};
}

void cb_buffer_clear(struct cb_buffer *buffer)
{
    buffer->len = 0;
    buffer->failed = false;
    if (buffer->data != NULL)
        buffer->data[0] = '\0';
}

char *cb_buffer_room(struct cb_buffer *buffer, size_t more)
{
    if (buffer->failed)
        return NULL;
    if (more > buffer->max - buffer->len) {
        buffer->failed = true;
        return NULL;
    }
    size_t need = buffer->len + more + 1;
    if (need > buffer->capacity) {
        size_t grown = buffer->capacity < 128 ? 256 : buffer->capacity * 2;
        if (grown < need)
            grown = need;
        char *moved = realloc(buffer->data, grown);
        if (moved == NULL) {
            buffer->failed = true;
            return NULL;
        }
        buffer->data = moved;
        buffer->capacity = grown;
    }
    return buffer->data + buffer->len;
}

void cb_buffer_add(struct cb_buffer *buffer, const char *bytes, size_t len)
{
    char *to = cb_buffer_room(buffer, len);
    if (to == NULL)
        return;
    if (len > 0)
        memcpy(to, bytes, len);
    buffer->len += len;
    buffer->data[buffer->len] = '\0';
}

void cb_buffer_add_text(struct cb_buffer *buffer, const char *text)
{
    cb_buffer_add(buffer, text, strlen(text));
}

void cb_buffer_add_char(struct cb_buffer *buffer, char c)
{
    cb_buffer_add(buffer, &c, 1);
}

void cb_buffer_printf(struct cb_buffer *buffer, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    int need = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *to = need < 0 ? NULL : cb_buffer_room(buffer, (size_t)need);
    if (to != NULL) {
        (void)vsnprintf(to, (size_t)need + 1, format, again);
        buffer->len += (size_t)need;
    } else {
        buffer->failed = true;
    }
    va_end(again);
}

enum cb_code cb_buffer_status(const struct cb_buffer *buffer, const char *what, struct cb_err *err)
{
    if (!buffer->failed)
        return CB_OK;
    return cb_fail(err, CB_LIMIT, "%s: more than %zu bytes, or out of memory", what, buffer->max);
}

char *cb_buffer_take(struct cb_buffer *buffer, size_t *len)
{
    if (buffer->data == NULL)
        cb_buffer_add(buffer, "", 0);
    char *taken = buffer->data;
    if (len != NULL)
        *len = buffer->len;
    *buffer = (struct cb_buffer){.max = buffer->max};
    return taken;
}

const char *cb_buffer_text(const struct cb_buffer *buffer)
{
    return buffer->data == NULL ? "" : buffer->data;
}
