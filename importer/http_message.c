#include "importer/http_message.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

static const char *find_bytes(const char *bytes, size_t len, const char *what)
{
    size_t n = strlen(what);
    for (size_t at = 0; at + n <= len; at++) {
        const char *found = memchr(bytes + at, what[0], len - at);
        if (found == NULL)
            return NULL;
        at = (size_t)(found - bytes);
        if (at + n <= len && memcmp(found, what, n) == 0)
            return found;
    }
    return NULL;
}

enum cb_code cb_http_split(const char *bytes, size_t len, struct cb_http_message *out, struct cb_err *err)
{
    *out = (struct cb_http_message){.head = bytes};
    if (len < 12 || memcmp(bytes, "HTTP/", 5) != 0)
        return cb_fail(err, CB_INPUT, "is no HTTP response");
    const char *blank = memchr(bytes, ' ', 12);
    for (const char *p = blank == NULL ? bytes : blank + 1;
         p < bytes + len && *p >= '0' && *p <= '9' && out->status < 1000; p++)
        out->status = out->status * 10 + (*p - '0');
    const char *crlf = find_bytes(bytes, len, "\r\n\r\n"), *lf = find_bytes(bytes, len, "\n\n");
    const char *end = crlf != NULL && (lf == NULL || crlf < lf) ? crlf + 4 : lf != NULL ? lf + 2 : NULL;
    if (end == NULL || out->status < 100)
        return cb_fail(err, CB_INPUT, "is an HTTP response without an end of its headers");
    out->head_len = (size_t)(end - bytes);
    out->body = end;
    out->body_len = len - out->head_len;
    return CB_OK;
}

void cb_http_header(const struct cb_http_message *message, const char *name, char *out, size_t size)
{
    size_t n = strlen(name);
    out[0] = '\0';
    if (message->head == NULL)
        return; /* a body alone */
    const char *at = message->head, *end = message->head + message->head_len;
    while (at < end) {
        const char *lf = memchr(at, '\n', (size_t)(end - at));
        const char *line_end = lf == NULL ? end : lf;
        if ((size_t)(line_end - at) > n && strncasecmp(at, name, n) == 0 && at[n] == ':') {
            const char *value = at + n + 1;
            while (value < line_end && (*value == ' ' || *value == '\t'))
                value++;
            while (line_end > value && (line_end[-1] == '\r' || line_end[-1] == ' '))
                line_end--;
            size_t len = (size_t)(line_end - value) < size - 1 ? (size_t)(line_end - value) : size - 1;
            memcpy(out, value, len);
            out[len] = '\0';
            return;
        }
        at = lf == NULL ? end : lf + 1;
    }
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'                     ? c - '0'
           : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
                                                    : -1;
}

enum cb_code cb_http_unchunk(const char *body, size_t len, struct cb_buffer *out, struct cb_err *err)
{
    size_t at = 0;
    for (;;) {
        uint64_t size = 0;
        size_t digits = 0;
        for (; at < len && hex_digit(body[at]) >= 0 && digits < 12; at++, digits++)
            size = size * 16 + (uint64_t)hex_digit(body[at]);
        const char *lf = digits == 0 ? NULL : memchr(body + at, '\n', len - at);
        if (lf == NULL)
            return cb_fail(err, CB_INPUT, "a chunk of the HTTP response at byte %zu is damaged", at);
        at = (size_t)(lf - body) + 1;
        if (size == 0)
            return cb_buffer_status(out, "the HTTP response", err);
        if (size > len - at)
            return cb_fail(err, CB_INPUT, "a chunk of the HTTP response at byte %zu is cut off", at);
        if (size > out->max - out->len)
            return cb_fail(err, CB_LIMIT, "larger than %zu bytes", out->max);
        cb_buffer_add(out, body + at, (size_t)size);
        at += (size_t)size;
        while (at < len && (body[at] == '\r' || body[at] == '\n'))
            at++;
    }
}

/* `raw`: deflate without zlib's header, as some servers send it. */
static enum cb_code inflate_all(const char *bytes, size_t len, bool raw, struct cb_buffer *out,
                                struct cb_err *err)
{
    enum { ANY_HEADER = 32, PIECE = 16384 };
    z_stream z = {.next_in = (Bytef *)(uintptr_t)bytes, .avail_in = (uInt)len};
    enum cb_code code = CB_OK;
    int result = Z_OK;
    if (inflateInit2(&z, raw ? -MAX_WBITS : MAX_WBITS + ANY_HEADER) != Z_OK)
        return cb_no_memory(err);
    while (code == CB_OK && result != Z_STREAM_END) {
        char piece[PIECE];
        z.next_out = (Bytef *)piece;
        z.avail_out = PIECE;
        result = inflate(&z, Z_NO_FLUSH);
        if (result != Z_OK && result != Z_STREAM_END)
            code = cb_fail(err, CB_INPUT, "the packed HTTP content is damaged or cut off");
        else if (PIECE - z.avail_out > out->max - out->len)
            code = cb_fail(err, CB_LIMIT, "larger than %zu bytes", out->max);
        else
            cb_buffer_add(out, piece, PIECE - z.avail_out);
    }
    (void)inflateEnd(&z);
    return code != CB_OK ? code : cb_buffer_status(out, "the HTTP content", err);
}

static enum cb_code unpack(const char *bytes, size_t len, const char *encoding, struct cb_buffer *out,
                           struct cb_err *err)
{
    bool gzip = len >= 2 && memcmp(bytes, "\x1F\x8B", 2) == 0;
    bool zlib = len >= 2 && (unsigned char)bytes[0] == 0x78;
    bool told_gzip = strcasecmp(encoding, "gzip") == 0 || strcasecmp(encoding, "x-gzip") == 0;
    /* some archives keep the header and unpack the content */
    if (encoding[0] == '\0' || strcasecmp(encoding, "identity") == 0 || len == 0 || (told_gzip && !gzip)) {
        cb_buffer_add(out, bytes, len);
        return cb_buffer_status(out, "the HTTP content", err);
    }
    if (told_gzip || strcasecmp(encoding, "deflate") == 0)
        return inflate_all(bytes, len, !gzip && !zlib, out, err);
    return cb_fail(err, CB_INPUT, "the content encoding '%.40s' is not known", encoding);
}

enum cb_code cb_http_content(const struct cb_http_message *message, struct cb_buffer *out, struct cb_err *err)
{
    char transfer[64], encoding[64];
    struct cb_buffer plain;
    cb_http_header(message, "Transfer-Encoding", transfer, sizeof transfer);
    cb_http_header(message, "Content-Encoding", encoding, sizeof encoding);
    cb_buffer_init(&plain, out->max);
    enum cb_code code = CB_OK;
    bool chunked =
        strcasecmp(transfer, "chunked") == 0 && message->body_len > 0 && hex_digit(message->body[0]) >= 0;
    if (chunked) {
        code = cb_http_unchunk(message->body, message->body_len, &plain, err);
        if (code == CB_INPUT && plain.len == 0) { /* kept without its chunks */
            chunked = false;
            code = CB_OK;
        }
    }
    if (code == CB_OK)
        code = unpack(chunked ? cb_buffer_text(&plain) : message->body,
                      chunked ? plain.len : message->body_len, encoding, out, err);
    cb_buffer_release(&plain);
    return code;
}
