/* What the targets share that read with the model in the program. */
#ifndef CB_TESTS_FUZZ_EMBEDDED_H
#define CB_TESTS_FUZZ_EMBEDDED_H

#include "text/syntax.h"
#include "text/unicode.h"

#include <stdlib.h>

typedef void embedded_read(const struct cb_syntax_model *model, const char *text, size_t len,
                           struct cb_arena *arena);

/* Hands the bytes, made valid UTF-8, to `read` with the model, which is loaded once. */
static void with_embedded_model(const uint8_t *data, size_t size, embedded_read *read)
{
    static struct cb_syntax_model *model;
    struct cb_buffer text;
    struct cb_arena arena;
    size_t len;
    const void *bytes = cb_syntax_model_bytes(&len);
    if (model == NULL && cb_syntax_model_new(bytes, len, &model, NULL) != CB_OK)
        abort();
    cb_buffer_init(&text, 1 << 20);
    cb_arena_init(&arena, (size_t)1 << 28);
    if (cb_utf8_clean((const char *)data, size, &text, NULL) == CB_OK)
        read(model, cb_buffer_text(&text), text.len, &arena);
    cb_arena_release(&arena);
    cb_buffer_release(&text);
}

#endif
