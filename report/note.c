/* Signed notes (c2sp.org/signed-note) and checkpoints (c2sp.org/tlog-checkpoint) with Ed25519 of libcrypto.
 */
#include "report/tlog.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    PUBLIC_SIZE = 32,
    SIGNATURE_SIZE = 64,
    ID_SIZE = 4,
    ALGORITHM = 1, /* Ed25519 */
    KEY_NAME_MAX = 200,
};

struct cb_note_key {
    EVP_PKEY *key;
    char name[KEY_NAME_MAX + 1];
    unsigned char public_key[PUBLIC_SIZE];
    unsigned char id[ID_SIZE];
};

void cb_note_key_free(struct cb_note_key *key)
{
    if (key == NULL)
        return;
    EVP_PKEY_free(key->key);
    free(key);
}

static enum cb_code crypto_failed(const char *what, struct cb_err *err)
{
    return cb_fail(err, CB_FAILED, "libcrypto failed to %s", what);
}

/* The first four bytes of SHA-256(name || LF || algorithm || public key). */
static enum cb_code finish_key(struct cb_note_key *key, const char *name, struct cb_err *err)
{
    size_t len = strlen(name), size = PUBLIC_SIZE;
    if (len == 0 || len > KEY_NAME_MAX || strpbrk(name, "+ \n\t") != NULL)
        return cb_fail(err, CB_USAGE, "a key can't be named '%s': no blanks, no +, at most %d bytes", name,
                       (int)KEY_NAME_MAX);
    memcpy(key->name, name, len + 1);
    if (EVP_PKEY_get_raw_public_key(key->key, key->public_key, &size) != 1 || size != PUBLIC_SIZE)
        return cb_fail(err, CB_INPUT, "the key is no Ed25519 key");
    unsigned char data[KEY_NAME_MAX + 2 + PUBLIC_SIZE];
    memcpy(data, name, len);
    data[len] = '\n';
    data[len + 1] = ALGORITHM;
    memcpy(data + len + 2, key->public_key, PUBLIC_SIZE);
    struct cb_sha256 hash;
    enum cb_code code = cb_sha256(data, len + 2 + PUBLIC_SIZE, &hash, err);
    memcpy(key->id, hash.bytes, ID_SIZE);
    return code;
}

/* Written under another name first, so that two programs at once end with one key. */
static enum cb_code make_key(const char *path, struct cb_err *err)
{
    char draft[4200];
    if (snprintf(draft, sizeof draft, "%s.%ld", path, (long)getpid()) >= (int)sizeof draft)
        return cb_fail(err, CB_LIMIT, "the path of the key is too long");
    EVP_PKEY *made = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
    int fd = made != NULL ? open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR) : -1;
    FILE *file = fd >= 0 ? fdopen(fd, "w") : NULL;
    enum cb_code code = CB_OK;
    if (made == NULL)
        code = crypto_failed("make a key", err);
    else if (file == NULL)
        code = cb_fail(err, CB_INPUT, "can't make the key '%s': %s", path, strerror(errno));
    else if (PEM_write_PrivateKey(file, made, NULL, NULL, 0, NULL, NULL) != 1 || fflush(file) != 0)
        code = cb_fail(err, CB_INPUT, "can't write the key '%s'", path);
    else if (link(draft, path) != 0 && errno != EEXIST)
        code = cb_fail(err, CB_INPUT, "can't make the key '%s': %s", path, strerror(errno));
    if (file != NULL)
        (void)fclose(file);
    else if (fd >= 0)
        (void)close(fd);
    (void)unlink(draft);
    EVP_PKEY_free(made);
    return code;
}

enum cb_code cb_note_key_open(const char *path, const char *name, bool make, struct cb_note_key **out,
                              struct cb_err *err)
{
    *out = NULL;
    enum cb_code code = CB_OK;
    if (make && access(path, F_OK) != 0)
        code = make_key(path, err);
    if (code != CB_OK)
        return code;
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return cb_fail(err, CB_INPUT, "can't open the key '%s': %s", path, strerror(errno));
    struct cb_note_key *key = calloc(1, sizeof *key);
    if (key == NULL)
        code = cb_no_memory(err);
    else if ((key->key = PEM_read_PrivateKey(file, NULL, NULL, NULL)) == NULL)
        code = cb_fail(err, CB_INPUT, "'%s' holds no private key", path);
    else
        code = finish_key(key, name, err);
    (void)fclose(file);
    if (code == CB_OK)
        *out = key;
    else
        cb_note_key_free(key);
    return code;
}

static void add_base64(struct cb_buffer *out, const unsigned char *bytes, size_t len)
{
    char text[4 * ((KEY_NAME_MAX + 2 + PUBLIC_SIZE + SIGNATURE_SIZE) / 3 + 1) + 1];
    int written = EVP_EncodeBlock((unsigned char *)text, bytes, (int)len);
    cb_buffer_add(out, text, (size_t)written);
}

/* Exactly `size` bytes, or false. */
static bool read_base64(const char *text, size_t len, unsigned char *out, size_t size)
{
    unsigned char bytes[256];
    if (len % 4 != 0 || len == 0 || len / 4 * 3 > sizeof bytes)
        return false;
    int read = EVP_DecodeBlock(bytes, (const unsigned char *)text, (int)len);
    size_t padding = (size_t)(text[len - 1] == '=') + (size_t)(text[len - 2] == '=');
    if (read < 0 || (size_t)read - padding != size)
        return false;
    memcpy(out, bytes, size);
    return true;
}

void cb_note_key_verifier(const struct cb_note_key *key, struct cb_buffer *out)
{
    unsigned char data[1 + PUBLIC_SIZE] = {ALGORITHM};
    memcpy(data + 1, key->public_key, PUBLIC_SIZE);
    cb_buffer_printf(out, "%s+%02x%02x%02x%02x+", key->name, key->id[0], key->id[1], key->id[2], key->id[3]);
    add_base64(out, data, sizeof data);
}

enum cb_code cb_note_key_parse(const char *text, struct cb_note_key **out, struct cb_err *err)
{
    *out = NULL;
    const char *first = strchr(text, '+'), *second = first != NULL ? strchr(first + 1, '+') : NULL;
    unsigned char data[1 + PUBLIC_SIZE];
    char name[KEY_NAME_MAX + 1], id[2 * ID_SIZE + 1];
    if (second == NULL || second - first != 2 * ID_SIZE + 1 || first - text > KEY_NAME_MAX ||
        !read_base64(second + 1, strlen(second + 1), data, sizeof data) || data[0] != ALGORITHM) {
        (void)cb_fail(err, CB_USAGE, "'%s' is no verifier key", text);
        cb_hint(err, "it is the line name+hash+key that 'claimbase checkpoint' prints");
        return CB_USAGE;
    }
    memcpy(name, text, (size_t)(first - text));
    name[first - text] = '\0';
    struct cb_note_key *key = calloc(1, sizeof *key);
    if (key == NULL)
        return cb_no_memory(err);
    key->key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, data + 1, PUBLIC_SIZE);
    enum cb_code code =
        key->key != NULL ? finish_key(key, name, err) : crypto_failed("read the verifier key", err);
    (void)snprintf(id, sizeof id, "%02x%02x%02x%02x", key->id[0], key->id[1], key->id[2], key->id[3]);
    if (code == CB_OK && strncmp(id, first + 1, 2 * ID_SIZE) != 0)
        code = cb_fail(err, CB_USAGE, "the verifier key's hash does not fit its name and key");
    if (code == CB_OK)
        *out = key;
    else
        cb_note_key_free(key);
    return code;
}

static enum cb_code sign(const struct cb_note_key *key, const struct cb_buffer *body,
                         unsigned char *signature, struct cb_err *err)
{
    size_t size = SIGNATURE_SIZE;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool signed_ =
        context != NULL && EVP_DigestSignInit(context, NULL, NULL, NULL, key->key) == 1 &&
        EVP_DigestSign(context, signature, &size, (const unsigned char *)body->data, body->len) == 1;
    EVP_MD_CTX_free(context);
    return signed_ ? CB_OK : crypto_failed("sign the checkpoint", err);
}

enum cb_code cb_checkpoint_write(const struct cb_checkpoint *checkpoint, const struct cb_note_key *key,
                                 struct cb_buffer *out, struct cb_err *err)
{
    unsigned char signature[ID_SIZE + SIGNATURE_SIZE];
    cb_buffer_printf(out, "%s\n%llu\n", checkpoint->origin, (unsigned long long)checkpoint->size);
    add_base64(out, checkpoint->root.bytes, CB_SHA256_SIZE);
    cb_buffer_printf(out, "\n%s", checkpoint->extension);
    enum cb_code code = cb_buffer_status(out, "the checkpoint", err);
    if (code == CB_OK)
        code = sign(key, out, signature + ID_SIZE, err);
    if (code != CB_OK)
        return code;
    memcpy(signature, key->id, ID_SIZE);
    cb_buffer_printf(out, "\n\xe2\x80\x94 %s ", key->name);
    add_base64(out, signature, sizeof signature);
    cb_buffer_add_char(out, '\n');
    return cb_buffer_status(out, "the checkpoint", err);
}

/* A line of the signatures: "— name base64". True when it is of this key; *right tells whether it holds. */
static bool check_line(const struct cb_note_key *key, const char *line, size_t len, const char *body,
                       size_t body_len, bool *right)
{
    static const char dash[] = "\xe2\x80\x94 ";
    unsigned char blob[ID_SIZE + SIGNATURE_SIZE];
    size_t name_len = strlen(key->name), start = sizeof dash - 1 + name_len + 1;
    if (len <= start || memcmp(line, dash, sizeof dash - 1) != 0 ||
        memcmp(line + sizeof dash - 1, key->name, name_len) != 0 || line[start - 1] != ' ' ||
        !read_base64(line + start, len - start, blob, sizeof blob) || memcmp(blob, key->id, ID_SIZE) != 0)
        return false;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    *right =
        context != NULL && EVP_DigestVerifyInit(context, NULL, NULL, NULL, key->key) == 1 &&
        EVP_DigestVerify(context, blob + ID_SIZE, SIGNATURE_SIZE, (const unsigned char *)body, body_len) == 1;
    EVP_MD_CTX_free(context);
    return true;
}

static enum cb_code check_signatures(const char *text, size_t len, size_t body_len,
                                     const struct cb_note_key *key, bool *checked, struct cb_err *err)
{
    for (size_t at = body_len + 1; at < len;) {
        const char *end = memchr(text + at, '\n', len - at);
        size_t line = end != NULL ? (size_t)(end - (text + at)) : len - at;
        bool right = false;
        if (check_line(key, text + at, line, text, body_len, &right)) {
            if (!right)
                return cb_fail(err, CB_INTEGRITY, "the signature of '%s' under the checkpoint is wrong",
                               key->name);
            *checked = true;
        }
        at += line + 1;
    }
    return CB_OK;
}

/* The next line of the body; false when there is none. */
static bool next_line(const char *text, size_t len, size_t *at, const char **line, size_t *line_len)
{
    const char *end = *at < len ? memchr(text + *at, '\n', len - *at) : NULL;
    if (end == NULL)
        return false;
    *line = text + *at;
    *line_len = (size_t)(end - *line);
    *at += *line_len + 1;
    return true;
}

static bool parse_body(const char *text, size_t len, struct cb_checkpoint *out)
{
    size_t at = 0, n = 0;
    const char *line = NULL;
    if (!next_line(text, len, &at, &line, &n) || n == 0 || n >= sizeof out->origin)
        return false;
    memcpy(out->origin, line, n);
    out->origin[n] = '\0';
    if (!next_line(text, len, &at, &line, &n) || n == 0 || n > 18 || strspn(line, "0123456789") != n)
        return false;
    out->size = strtoull(line, NULL, 10);
    if (!next_line(text, len, &at, &line, &n) || !read_base64(line, n, out->root.bytes, CB_SHA256_SIZE))
        return false;
    n = len - at;
    if (n >= sizeof out->extension)
        return false;
    memcpy(out->extension, text + at, n);
    out->extension[n] = '\0';
    return true;
}

enum cb_code cb_checkpoint_read(const char *text, size_t len, const struct cb_note_key *key,
                                struct cb_checkpoint *out, bool *checked, struct cb_err *err)
{
    *checked = false;
    *out = (struct cb_checkpoint){0};
    size_t body = 0; /* up to and with the LF before the empty line */
    while (body + 1 < len && !(text[body] == '\n' && text[body + 1] == '\n'))
        body++;
    if (body + 1 >= len || !parse_body(text, body + 1, out))
        return cb_fail(err, CB_INPUT, "the file is no checkpoint");
    return key != NULL ? check_signatures(text, len, body + 1, key, checked, err) : CB_OK;
}
