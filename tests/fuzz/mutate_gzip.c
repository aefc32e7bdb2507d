/* A mutation seldom leaves a checksum right, so most are made to what is packed, which is packed again (as
 * libFuzzer's documentation has it for compressed inputs). */
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <zlib.h>

enum { PLAIN_MAX = 1 << 16, GZIP = 16 };

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);

/* The length of what was unpacked, cut at PLAIN_MAX; 0: it is no gzip. */
static size_t unpack(const uint8_t *data, size_t size, uint8_t plain[PLAIN_MAX])
{
    z_stream z = {.next_in = (Bytef *)(uintptr_t)data,
                  .avail_in = (uInt)size,
                  .next_out = plain,
                  .avail_out = PLAIN_MAX};
    if (inflateInit2(&z, MAX_WBITS + GZIP) != Z_OK)
        return 0;
    int result = inflate(&z, Z_FINISH);
    (void)inflateEnd(&z);
    return result == Z_STREAM_END ? PLAIN_MAX - z.avail_out : 0;
}

static size_t pack(const uint8_t *plain, size_t len, uint8_t *to, size_t room)
{
    z_stream z = {
        .next_in = (Bytef *)(uintptr_t)plain, .avail_in = (uInt)len, .next_out = to, .avail_out = (uInt)room};
    if (deflateInit2(&z, Z_BEST_SPEED, Z_DEFLATED, MAX_WBITS + GZIP, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return 0;
    int result = deflate(&z, Z_FINISH);
    (void)deflateEnd(&z);
    return result == Z_STREAM_END ? room - z.avail_out : 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed)
{
    static uint8_t plain[PLAIN_MAX];
    size_t len = seed % 4 == 0 ? 0 : unpack(data, size, plain);
    if (len == 0)
        return LLVMFuzzerMutate(data, size, max_size);
    len = LLVMFuzzerMutate(plain, len, PLAIN_MAX);
    if (seed % 8 == 1) { /* a gzip in a gzip */
        static uint8_t again[PLAIN_MAX];
        size_t packed = pack(plain, len, again, sizeof again);
        len = packed > 0 ? packed : len;
        memcpy(plain, packed > 0 ? again : plain, packed);
    }
    size_t packed = pack(plain, len, data, max_size);
    return packed > 0 ? packed : LLVMFuzzerMutate(data, size, max_size);
}
