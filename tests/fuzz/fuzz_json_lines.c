/* Any bytes as JSON Lines: a document or a reject for each line. */
#include "tests/fuzz/reading.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct cb_entry entry = {.path = "input"};
    fuzz_read(&cb_reader_json_lines, &entry, data, size, size);
    return 0;
}
