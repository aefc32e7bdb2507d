/* SHA-256 (FIPS 180-4) through libcrypto. */
#ifndef CB_BASE_HASH_H
#define CB_BASE_HASH_H

#include "base/error.h"

#include <stddef.h>

enum { CB_SHA256_SIZE = 32, CB_SHA256_HEX_SIZE = 65 };

struct cb_sha256 {
    unsigned char bytes[CB_SHA256_SIZE];
};

/* One piece of what is hashed: borrowed bytes. */
struct cb_bytes {
    const void *data;
    size_t len;
};

CB_CHECKED enum cb_code cb_sha256(const void *data, size_t len, struct cb_sha256 *out, struct cb_err *err);

/* The hash of `count` fields, each preceded by its length as eight bytes, high
 * byte first, so that ("ab","c") and ("a","bc") differ. A NULL field (data NULL)
 * counts as the length 2^64-1 and no bytes. */
CB_CHECKED enum cb_code cb_sha256_fields(const struct cb_bytes *fields, size_t count, struct cb_sha256 *out,
                                         struct cb_err *err);

/* 64 lower-case hexadecimal digits and a NUL. */
void cb_sha256_hex(const struct cb_sha256 *hash, char out[CB_SHA256_HEX_SIZE]);

#endif
