#include "base/hash.h"

#include <openssl/evp.h>
#include <stdint.h>

enum cb_code cb_sha256(const void *data, size_t len, struct cb_sha256 *out, struct cb_err *err)
{
    if (EVP_Digest(data, len, out->bytes, NULL, EVP_sha256(), NULL) != 1)
        return cb_fail(err, CB_FAILED, "libcrypto could not compute a SHA-256");
    return CB_OK;
}

static int add_field(EVP_MD_CTX *context, const struct cb_bytes *field)
{
    uint64_t len = field->data == NULL ? UINT64_MAX : field->len;
    unsigned char head[8];
    for (int i = 0; i < 8; i++)
        head[i] = (unsigned char)(len >> (56 - 8 * i));
    if (EVP_DigestUpdate(context, head, sizeof head) != 1)
        return 0;
    return field->data == NULL || EVP_DigestUpdate(context, field->data, field->len) == 1;
}

enum cb_code cb_sha256_fields(const struct cb_bytes *fields, size_t count, struct cb_sha256 *out,
                              struct cb_err *err)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (context == NULL)
        return cb_no_memory(err);
    int good = EVP_DigestInit_ex(context, EVP_sha256(), NULL) == 1;
    for (size_t i = 0; good && i < count; i++)
        good = add_field(context, &fields[i]);
    good = good && EVP_DigestFinal_ex(context, out->bytes, NULL) == 1;
    EVP_MD_CTX_free(context);
    return good ? CB_OK : cb_fail(err, CB_FAILED, "libcrypto could not compute a SHA-256");
}

void cb_sha256_hex(const struct cb_sha256 *hash, char out[CB_SHA256_HEX_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    for (int i = 0; i < CB_SHA256_SIZE; i++) {
        out[2 * i] = digits[hash->bytes[i] >> 4];
        out[2 * i + 1] = digits[hash->bytes[i] & 15];
    }
    out[CB_SHA256_HEX_SIZE - 1] = '\0';
}
