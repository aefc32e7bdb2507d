/* Any bytes as plain text, in an encoding that is declared, marked or guessed. */
#include "tests/fuzz/reading.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The first byte chooses what was declared from outside, and how many bytes come at a time. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const types[] = {NULL,
                                        NULL,
                                        "text/plain; charset=windows-1251",
                                        "text/plain;charset=\"utf-8\"",
                                        "text/plain; charset=utf-16le",
                                        "text/plain; charset=gb18030",
                                        "text/plain; charset=koi8-r",
                                        "text/plain; charset=no-such-thing"};
    if (size == 0)
        return 0;
    const struct cb_entry entry = {.path = "input",
                                   .url = "https://lund.example/2019/03/15/x",
                                   .media_type = types[data[0] % (sizeof types / sizeof *types)]};
    fuzz_read(&cb_reader_text, &entry, data + 1, size - 1, data[0] >= 128 ? 1024 * 1024 : data[0]);
    return 0;
}
