/* Any valid UTF-8 is tokenized, tagged and parsed into a tree. */
#include "tests/fuzz/embedded.h"
#include "text/tags.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_tree(const struct cb_node *nodes, size_t count)
{
    size_t roots = 0;
    for (size_t i = 0; i < count; i++) {
        size_t at = i, steps = 0;
        if (nodes[i].tag >= CB_TAG_COUNT || nodes[i].relation >= CB_REL_COUNT)
            abort();
        roots += nodes[i].head < 0;
        while (nodes[at].head >= 0) {
            at = (size_t)nodes[at].head;
            if (at >= count || steps++ > count)
                abort();
        }
    }
    if (roots != (count > 0))
        abort();
}

static void read_text(const struct cb_syntax_model *model, const char *text, size_t len,
                      struct cb_arena *arena)
{
    struct cb_token *tokens;
    size_t count;
    if (cb_tokenize(text, (struct cb_span){0, (uint32_t)len}, arena, &tokens, &count, NULL) != CB_OK)
        return;
    struct cb_node *nodes = cb_arena_array(arena, count + 1, sizeof *nodes);
    if (nodes == NULL)
        return;
    if (cb_tag(model, text, tokens, count, arena, nodes, NULL) != CB_OK ||
        cb_parse(model, text, tokens, count, arena, nodes, NULL) != CB_OK)
        abort();
    check_tree(nodes, count < CB_PARSE_MAX ? count : 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    with_embedded_model(data, size, read_text);
    return 0;
}
