/* The reader of gzip (RFC 1952): unpacks, and reads what is inside. Several members in a row, as WARC files
 * have them, are one stream. */
#include "importer/reader.h"

#include <string.h>
#include <zlib.h>

enum {
    PIECE = 16 * 1024,
    /* A bomb is told by its ratio: text packs to a tenth, the worst of deflate is 1032. Below the threshold
     * nothing can go wrong. */
    RATIO_MAX = 200,
    RATIO_FROM = 16 * 1024 * 1024
};

struct unpacker {
    struct cb_stream *packed;
    z_stream z;
    char piece[PIECE];
    bool inside; /* of a member */
    bool ended;
};

static enum cb_code more_input(struct unpacker *u, struct cb_err *err)
{
    size_t got = 0;
    enum cb_code code = cb_stream_read(u->packed, u->piece, sizeof u->piece, &got, err);
    u->z.next_in = (Bytef *)u->piece;
    u->z.avail_in = (uInt)got;
    return code;
}

/* At the end of a member: another one, zero padding, or the end. */
static enum cb_code next_member(struct unpacker *u, struct cb_err *err)
{
    for (;;) {
        if (u->z.avail_in == 0) {
            enum cb_code code = more_input(u, err);
            if (code != CB_OK)
                return code;
        }
        if (u->z.avail_in == 0) {
            u->ended = true;
            return CB_OK;
        }
        if (*u->z.next_in != 0)
            break;
        u->z.next_in++;
        u->z.avail_in--;
    }
    if (*u->z.next_in != 0x1F)
        return cb_fail(err, CB_INPUT, "what follows the gzip data at byte %zu is no gzip data",
                       u->packed->taken - u->z.avail_in);
    if (inflateReset(&u->z) != Z_OK)
        return cb_fail(err, CB_FAILED, "zlib can't begin anew");
    u->inside = true;
    return CB_OK;
}

static enum cb_code check_ratio(const struct unpacker *u, size_t out, struct cb_err *err)
{
    if (out > (size_t)RATIO_FROM && out / RATIO_MAX > u->packed->taken)
        return cb_fail(err, CB_LIMIT, "unpacks to more than %d times its size: taken for a zip bomb",
                       RATIO_MAX);
    return CB_OK;
}

static enum cb_code fill_unpacked(void *context, char *to, size_t room, size_t *got, struct cb_err *err)
{
    struct unpacker *u = context;
    enum cb_code code = CB_OK;
    *got = 0;
    while (code == CB_OK && *got == 0 && !u->ended) {
        if (!u->inside) {
            code = next_member(u, err);
            continue;
        }
        if (u->z.avail_in == 0)
            code = more_input(u, err);
        if (code != CB_OK)
            break;
        if (u->z.avail_in == 0)
            return cb_fail(err, CB_INPUT, "the gzip data is cut off at byte %zu", u->packed->taken);
        u->z.next_out = (Bytef *)to;
        u->z.avail_out = (uInt)room;
        int result = inflate(&u->z, Z_NO_FLUSH);
        *got = room - u->z.avail_out;
        if (result == Z_STREAM_END)
            u->inside = false;
        else if (result != Z_OK && result != Z_BUF_ERROR)
            code =
                cb_fail(err, CB_INPUT, "damaged gzip data near byte %zu: %s",
                        u->packed->taken - u->z.avail_in, u->z.msg != NULL ? u->z.msg : "no more is known");
    }
    return code;
}

/* Counts what came out, over all members. */
struct limited {
    struct unpacker unpacker;
    size_t out;
};

static enum cb_code fill_limited(void *context, char *to, size_t room, size_t *got, struct cb_err *err)
{
    struct limited *l = context;
    enum cb_code code = fill_unpacked(&l->unpacker, to, room, got, err);
    l->out += *got;
    return code != CB_OK ? code : check_ratio(&l->unpacker, l->out, err);
}

static bool sniff_gzip(const struct cb_entry *entry, const char *bytes, size_t len)
{
    (void)entry;
    return len >= 3 && memcmp(bytes, "\x1F\x8B\x08", 3) == 0;
}

static enum cb_code read_gzip(struct cb_intake *intake, const struct cb_entry *entry,
                              struct cb_stream *stream, struct cb_err *err)
{
    enum { GZIP_ONLY = 16 }; /* zlib: no other header is taken */
    struct limited l = {.unpacker = {.packed = stream, .inside = true}};
    struct cb_stream unpacked;
    struct cb_entry inner = *entry;
    inner.media_type = NULL; /* it told of the packed bytes */
    if (inflateInit2(&l.unpacker.z, MAX_WBITS + GZIP_ONLY) != Z_OK)
        return cb_no_memory(err);
    cb_stream_init(&unpacked, fill_limited, &l);
    enum cb_code code = cb_read_entry(intake, &inner, &unpacked, err);
    (void)inflateEnd(&l.unpacker.z);
    return code;
}

const struct cb_reader cb_reader_gzip = {"gzip", sniff_gzip, read_gzip};
