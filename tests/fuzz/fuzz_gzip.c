/* Any bytes as gzip, and what is packed in it. */
#include "tests/fuzz/reading.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct cb_entry entry = {.path = "input"};
    fuzz_read(&cb_reader_gzip, &entry, data, size, size);
    return 0;
}
