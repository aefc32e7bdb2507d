#include "importer/warc_digest.h"

#include <openssl/evp.h>
#include <string.h>
#include <strings.h>

/* RFC 4648 base32 in capitals without padding; returns the length. */
static size_t base32(const unsigned char *bytes, size_t len, char *out)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    size_t n = 0;
    unsigned buffer = 0, bits = 0;
    for (size_t i = 0; i < len; i++) {
        buffer = (buffer << 8) | bytes[i];
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            out[n++] = letters[(buffer >> bits) & 31];
        }
        buffer &= 0xFF;
    }
    if (bits > 0)
        out[n++] = letters[(buffer << (5 - bits)) & 31];
    out[n] = '\0';
    return n;
}

static void hex(const unsigned char *bytes, size_t len, char *out)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < len; i++) {
        out[2 * i] = digits[bytes[i] >> 4];
        out[2 * i + 1] = digits[bytes[i] & 15];
    }
    out[2 * len] = '\0';
}

enum cb_digest_match cb_digest_check(const char *labelled, const void *bytes, size_t len)
{
    static const struct {
        const char *label;
        const EVP_MD *(*make)(void);
    } kinds[] = {{"sha1:", EVP_sha1},      {"sha-1:", EVP_sha1},    {"sha256:", EVP_sha256},
                 {"sha-256:", EVP_sha256}, {"sha512:", EVP_sha512}, {"sha-512:", EVP_sha512},
                 {"md5:", EVP_md5}};
    unsigned char digest[EVP_MAX_MD_SIZE];
    char text[2 * EVP_MAX_MD_SIZE + 1];
    unsigned size = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t n = strlen(kinds[i].label);
        if (strncasecmp(labelled, kinds[i].label, n) != 0)
            continue;
        const char *told = labelled + n;
        size_t told_len = strcspn(told, "= \t\r");
        if (EVP_Digest(bytes, len, digest, &size, kinds[i].make(), NULL) != 1)
            return CB_DIGEST_UNKNOWN;
        hex(digest, size, text);
        if (told_len == strlen(text))
            return strncasecmp(text, told, told_len) == 0 ? CB_DIGEST_SAME : CB_DIGEST_DIFFERS;
        size_t b32 = base32(digest, size, text);
        if (told_len != b32)
            return CB_DIGEST_UNKNOWN;
        return strncasecmp(text, told, told_len) == 0 ? CB_DIGEST_SAME : CB_DIGEST_DIFFERS;
    }
    return CB_DIGEST_UNKNOWN;
}
