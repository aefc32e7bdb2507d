/* A model file of any bytes is refused, or reads a sentence without harm. The checksum is made right first,
 * else hardly any input would get past it. */
#include "text/syntax_model.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void use(const struct cb_syntax_model *model, struct cb_arena *arena)
{
    static const char text[] = "\"The minister (of state) said 12 officials, not 8, had left,\" she wrote.";
    struct cb_token *tokens;
    struct cb_node nodes[64];
    size_t count;
    struct cb_span all = {0, sizeof text - 1};
    if (cb_tokenize(text, all, arena, &tokens, &count, NULL) != CB_OK || count > 64)
        abort();
    if (cb_tag(model, text, tokens, count, arena, nodes, NULL) != CB_OK ||
        cb_parse(model, text, tokens, count, arena, nodes, NULL) != CB_OK)
        abort();
    for (size_t i = 0; i < count; i++) {
        if (nodes[i].head >= (int)count || nodes[i].tag >= CB_TAG_COUNT || nodes[i].relation >= CB_REL_COUNT)
            abort();
    }
}

/* The input overwrites the head of the embedded model, or, when its first byte is odd, is the whole file. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t len;
    const void *embedded = cb_syntax_model_bytes(&len);
    if (size < 9)
        return 0;
    bool alone = (data[0] & 1) != 0;
    size_t at = 0;
    memcpy(&at, data + 1, 4);
    data += 8;
    size -= 8;
    if (alone)
        len = size;
    unsigned char *bytes = aligned_alloc(64, (len + 64) / 64 * 64);
    if (bytes == NULL)
        return 0;
    if (!alone) {
        memcpy(bytes, embedded, len);
        at = (data[-1] & 1) != 0 ? 0 : at % len;
        size = size < len - at ? size : len - at;
    } else {
        at = 0;
    }
    memcpy(bytes + at, data, size);
    if (len >= sizeof(struct cb_syntax_header)) {
        uint64_t sum = cb_syntax_checksum(bytes, len);
        memcpy(bytes + offsetof(struct cb_syntax_header, checksum), &sum, sizeof sum);
    }
    struct cb_syntax_model *model = NULL;
    struct cb_arena arena;
    cb_arena_init(&arena, 1 << 20);
    if (cb_syntax_model_new(bytes, len, &model, NULL) == CB_OK)
        use(model, &arena);
    cb_syntax_model_free(model);
    cb_arena_release(&arena);
    free(bytes);
    return 0;
}
