/* Any bytes through the readers: what they hand on is clean UTF-8, and nothing but a reject comes of the
 * rest. Built once for all kinds; the seed files of a kind lead to its reader. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "importer/reader.h"
#include "text/unicode.h"

enum { DOCUMENT_MAX = 1 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum cb_code take_document(void *context, const struct cb_input_document *document, struct cb_err *err)
{
    (void)context, (void)err;
    if (document->text_len == 0 || document->text[document->text_len] != '\0' ||
        cb_utf8_valid_until(document->text, document->text_len) != document->text_len)
        abort();
    return CB_OK;
}

static enum cb_code take_reject(void *context, const struct cb_input_reject *reject, struct cb_err *err)
{
    (void)context, (void)err;
    if (reject->reason == NULL || reject->reason[0] == '\0')
        abort();
    return CB_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct cb_input_options options = {.document = take_document, .reject = take_reject};
    struct cb_intake intake = {.options = &options, .document_max = DOCUMENT_MAX};
    struct cb_stream_memory memory = {.bytes = (const char *)data, .len = size};
    struct cb_stream stream;
    const struct cb_entry entry = {.path = "input", .url = "https://a.example/2019/03/15/x"};
    cb_stream_init(&stream, cb_stream_fill_memory, &memory);
    if (cb_read_entry(&intake, &entry, &stream, NULL) != CB_OK)
        abort();
    return 0;
}
