/* Any valid UTF-8 gets a part of speech for each token, whatever the length of the sentence. */
#include "tests/fuzz/embedded.h"
#include "text/tags.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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
    with_embedded_model(data, size, tag);
    return 0;
}
