/* The whole reading on any bytes: cleaned text in, every span inside it. */
#include "text/extract.h"
#include "text/unicode.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static struct cb_extractor *extractor;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    struct cb_err err;
    (void)argc;
    (void)argv;
    return cb_extractor_new(&extractor, &err) == CB_OK ? 0 : 1;
}

static void check_span(struct cb_span span, size_t len)
{
    if (span.start > span.end || span.end > len)
        abort();
}

static void check(const struct cb_extraction *x, size_t len)
{
    for (size_t i = 0; i < x->claim_count; i++) {
        const struct cb_claim *claim = &x->claims[i];
        check_span(claim->span, len);
        if (claim->text == NULL || claim->sentence >= x->sentence_count ||
            claim->speaker >= (int)x->speaker_count || !(claim->checkworthy >= 0 && claim->checkworthy <= 1))
            abort();
        for (size_t c = 0; claim->has_attribution && c < claim->attribution.content_count; c++)
            check_span(claim->attribution.content[c], len);
        for (size_t q = 0; q < claim->quantity_count; q++)
            check_span(claim->quantities[q].span, len);
    }
    for (size_t i = 0; i < x->speaker_count; i++) {
        if (x->speakers[i].name == NULL)
            abort();
    }
    for (size_t i = 0; i < x->link_count; i++) {
        check_span(x->links[i].span, len);
        if (x->links[i].target == NULL || x->links[i].sentence >= x->sentence_count)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cb_buffer text;
    struct cb_arena arena;
    const struct cb_extraction *x;
    cb_buffer_init(&text, 1 << 20);
    cb_arena_init(&arena, (size_t)1 << 30);
    if (cb_utf8_clean((const char *)data, size, &text, NULL) == CB_OK &&
        cb_extract(extractor, cb_buffer_text(&text), text.len, NULL, &arena, &x, NULL) == CB_OK)
        check(x, text.len);
    cb_arena_release(&arena);
    cb_buffer_release(&text);
    return 0;
}
