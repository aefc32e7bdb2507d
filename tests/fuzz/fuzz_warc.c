/* Any bytes as a web archive: pages in its records, their chunks and packing undone, digests checked. The
 * first byte tells how many bytes come at a time. */
#include "tests/fuzz/reading.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct cb_entry entry = {.path = "input"};
    if (size == 0)
        return 0;
    fuzz_read(&cb_reader_warc, &entry, data + 1, size - 1, data[0] >= 128 ? 1024 * 1024 : data[0]);
    return 0;
}
