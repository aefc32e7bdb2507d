/* Any bytes through sentences, tokens and quantities: spans stay in order and inside the text. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "text/quantity.h"
#include "text/sentence.h"
#include "text/unicode.h"

enum { ARENA_MAX = 64 * 1024 * 1024 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_quantities(const char *text, struct cb_span sentence, struct cb_arena *arena)
{
    struct cb_token *tokens;
    const struct cb_quantity *found;
    size_t count, n, at = sentence.start;
    require(cb_tokenize(text, sentence, arena, &tokens, &count, NULL) == CB_OK);
    require(cb_quantities_find(text, tokens, count, "2020-02-29", arena, &found, &n, NULL) == CB_OK);
    for (size_t i = 0; i < n; i++) {
        require(found[i].span.start >= at && found[i].span.end > found[i].span.start &&
                found[i].span.end <= sentence.end && found[i].low <= found[i].high);
        at = found[i].span.end;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const languages[] = {"en", "de", "fr", "zh"};
    struct cb_buffer text;
    struct cb_arena arena;
    struct cb_sentence *sentences;
    size_t count, at = 0;
    if (size == 0)
        return 0;
    cb_buffer_init(&text, 1 << 20);
    cb_arena_init(&arena, ARENA_MAX);
    if (cb_utf8_clean((const char *)data + 1, size - 1, &text, NULL) == CB_OK) {
        const char *bytes = cb_buffer_text(&text);
        require(cb_sentences_find(bytes, text.len, languages[data[0] % 4], &arena, &sentences, &count,
                                  NULL) == CB_OK);
        for (size_t i = 0; i < count; i++) {
            require(sentences[i].span.start >= at && sentences[i].span.end > sentences[i].span.start &&
                    sentences[i].span.end <= text.len);
            at = sentences[i].span.end;
            check_quantities(bytes, sentences[i].span, &arena);
        }
    }
    cb_arena_release(&arena);
    cb_buffer_release(&text);
    return 0;
}
