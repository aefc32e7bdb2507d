/* A page of any bytes: an article in clean UTF-8 with what the page says of itself, or a reason. */
#include "tests/fuzz/reading.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The first byte chooses what was declared from outside, and how many bytes come at a time. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const types[] = {NULL,
                                        NULL,
                                        "text/html; charset=windows-1251",
                                        "text/html;charset=\"utf-8\"",
                                        "text/html; charset=utf-16le",
                                        "text/html; charset=gb18030",
                                        "text/html; charset=koi8-r",
                                        "text/html; charset=no-such-thing"};
    if (size == 0)
        return 0;
    const struct cb_entry entry = {.path = "input",
                                   .url = "https://lund.example/2019/03/15/x",
                                   .media_type = types[data[0] % (sizeof types / sizeof *types)]};
    fuzz_read(&cb_reader_html, &entry, data + 1, size - 1, data[0] >= 128 ? 1024 * 1024 : data[0]);
    return 0;
}
