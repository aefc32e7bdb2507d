/* Any bytes as the answer of an outside extractor: refused with a reason, or an extraction whose every span
 * lies in the text, which can be written and, so written, be read again. What stands before the first NUL is
 * the document's text, what stands behind it the answer. */
#include "importer/extraction_json.h"
#include "tests/fuzz/reading.h"
#include "text/unicode.h"

#include <string.h>

enum { ARENA_MAX = 256 * 1024 * 1024 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_span(struct cb_span span, size_t len)
{
    fuzz_require(span.start < span.end && span.end <= len);
}

static void check_claim(const struct cb_extraction *x, const struct cb_claim *claim, size_t len)
{
    check_span(claim->span, len);
    fuzz_require(claim->text != NULL && claim->text[0] != '\0');
    fuzz_require(claim->sentence < x->sentence_count);
    fuzz_require(claim->speaker >= CB_NO_SPEAKER && claim->speaker < (int)x->speaker_count);
    fuzz_require(claim->checkworthy >= 0 && claim->checkworthy <= 1);
    if (claim->has_attribution) {
        fuzz_require(claim->attribution.content_count > 0);
        for (size_t i = 0; i < claim->attribution.content_count; i++)
            check_span(claim->attribution.content[i], len);
        if (claim->attribution.has_source)
            check_span(claim->attribution.source, len);
        if (claim->attribution.has_cue)
            check_span(claim->attribution.cue, len);
    }
    for (size_t i = 0; i < claim->quantity_count; i++)
        check_span(claim->quantities[i].span, len);
}

static void check(const struct cb_extraction *x, size_t len)
{
    fuzz_require(x->title.start <= x->title.end && x->title.end <= len && x->language != NULL);
    for (size_t i = 0; i < x->sentence_count; i++) {
        check_span(x->sentences[i].span, len);
        fuzz_require(i == 0 || x->sentences[i].span.start >= x->sentences[i - 1].span.end);
    }
    for (size_t i = 0; i < x->speaker_count; i++)
        fuzz_require_clean(x->speakers[i].name, strlen(x->speakers[i].name));
    for (size_t i = 0; i < x->claim_count; i++)
        check_claim(x, &x->claims[i], len);
    for (size_t i = 0; i < x->link_count; i++) {
        check_span(x->links[i].span, len);
        fuzz_require(x->links[i].target != NULL && x->links[i].sentence < x->sentence_count);
        fuzz_require(x->links[i].speaker >= CB_NO_SPEAKER && x->links[i].speaker < (int)x->speaker_count);
    }
}

static void write_and_read(const struct cb_extraction *x, const char *text, size_t len,
                           struct cb_arena *arena)
{
    const struct cb_input_document document = {.path = "input", .text = text, .text_len = len};
    const struct cb_extraction *again;
    struct cb_buffer line;
    cb_buffer_init(&line, 64 * 1024 * 1024);
    fuzz_require(cb_extraction_json_write(&document, x, &line, NULL, NULL) == CB_OK);
    fuzz_require(cb_extraction_json_read(cb_buffer_text(&line), line.len, text, len, arena, &again, NULL) ==
                 CB_OK);
    fuzz_require(again->claim_count == x->claim_count && again->sentence_count == x->sentence_count &&
                 again->speaker_count == x->speaker_count && again->link_count == x->link_count);
    check(again, len);
    cb_buffer_release(&line);
}

static void read_answer(const char *line, size_t line_len, const char *text, size_t len)
{
    const struct cb_extraction *x;
    struct cb_arena arena;
    struct cb_err err = {0};
    cb_arena_init(&arena, ARENA_MAX);
    enum cb_code code = cb_extraction_json_read(line, line_len, text, len, &arena, &x, &err);
    fuzz_require(code == CB_OK || ((code == CB_INPUT || code == CB_LIMIT) && err.message[0] != '\0'));
    if (code == CB_OK) {
        check(x, len);
        write_and_read(x, text, len, &arena);
    }
    cb_arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *nul = size > 0 ? memchr(data, 0, size) : NULL;
    struct cb_buffer text;
    if (nul == NULL)
        return 0;
    cb_buffer_init(&text, 1 << 20);
    size_t head = (size_t)(nul - data);
    if (cb_utf8_clean((const char *)data, head, &text, NULL) == CB_OK && text.len > 0)
        read_answer((const char *)nul + 1, size - head - 1, cb_buffer_text(&text), text.len);
    cb_buffer_release(&text);
    return 0;
}
