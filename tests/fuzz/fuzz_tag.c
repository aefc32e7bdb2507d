/* Any valid UTF-8 gets a part of speech for each token, whatever the length of the sentence. */
#include "text/syntax.h"
#include "text/tags.h"
#include "text/unicode.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct cb_syntax_model *embedded(void)
{
    size_t len;
    struct cb_syntax_model *model = NULL;
    const void *bytes = cb_syntax_model_bytes(&len);
    if (cb_syntax_model_new(bytes, len, &model, NULL) != CB_OK)
        abort();
    return model;
}

static void tag(const struct cb_syntax_model *model, const char *text, size_t len, struct cb_arena *arena)
{
    struct cb_token *tokens;
    size_t count, at = 0;
    if (cb_tokenize(text, (struct cb_span){0, (uint32_t)len}, arena, &tokens, &count, NULL) != CB_OK)
        abort();
    struct cb_node *nodes = cb_arena_array(arena, count + 1, sizeof *nodes);
    if (nodes == NULL || cb_tag(model, text, tokens, count, arena, nodes, NULL) != CB_OK)
        abort();
    for (size_t i = 0; i < count; i++) {
        if (nodes[i].tag >= CB_TAG_COUNT || tokens[i].span.start < at ||
            tokens[i].span.end <= tokens[i].span.start || tokens[i].span.end > len)
            abort();
        at = tokens[i].span.end;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct cb_syntax_model *model;
    struct cb_buffer text;
    struct cb_arena arena;
    if (model == NULL)
        model = embedded();
    cb_buffer_init(&text, 1 << 20);
    cb_arena_init(&arena, (size_t)1 << 28);
    if (cb_utf8_clean((const char *)data, size, &text, NULL) == CB_OK)
        tag(model, cb_buffer_text(&text), text.len, &arena);
    cb_arena_release(&arena);
    cb_buffer_release(&text);
    return 0;
}
