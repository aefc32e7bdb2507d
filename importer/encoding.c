#include "importer/encoding.h"

#include "text/unicode.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

/* ICU's confidence (0 to 100) under which a guess is not trusted. */
enum { CONFIDENCE_MIN = 15 };

/* The detector's time grows with the input; the first part tells as much. */
enum { DETECT_MAX = 64 * 1024 };

static void set_name(char encoding[CB_ENCODING_NAME_MAX], const char *name)
{
    (void)snprintf(encoding, CB_ENCODING_NAME_MAX, "%s", name);
}

/* The encoding that a byte-order mark tells, or NULL. UTF-32LE before UTF-16LE: it begins alike. */
static const char *marked_encoding(const char *bytes, size_t len)
{
    static const struct {
        const char *mark;
        size_t len;
        const char *name;
    } marks[] = {{"\xFF\xFE\0\0", 4, "UTF-32LE"},
                 {"\0\0\xFE\xFF", 4, "UTF-32BE"},
                 {"\xEF\xBB\xBF", 3, "UTF-8"},
                 {"\xFF\xFE", 2, "UTF-16LE"},
                 {"\xFE\xFF", 2, "UTF-16BE"}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (len >= marks[i].len && memcmp(bytes, marks[i].mark, marks[i].len) == 0)
            return marks[i].name;
    return NULL;
}

/* UTF-16 without a mark: in text of most languages one byte of many pairs is 0, always on the same side. */
static const char *utf16_by_zeros(const char *bytes, size_t len)
{
    size_t zeros[2] = {0, 0}, seen = len < DETECT_MAX ? len : DETECT_MAX;
    for (size_t i = 0; i < seen; i++)
        zeros[i % 2] += bytes[i] == '\0';
    if (len % 2 != 0 || len < 4)
        return NULL;
    if (zeros[1] > seen / 8 && zeros[0] == 0)
        return "UTF-16LE";
    if (zeros[0] > seen / 8 && zeros[1] == 0)
        return "UTF-16BE";
    return NULL;
}

/* Latin-1 in the wild is windows-1252 (WHATWG Encoding Standard, "Names and labels"). */
static const char *as_practised(const char *name)
{
    static const char *const latin1[] = {"ISO-8859-1", "ISO_8859-1", "latin1", "US-ASCII", "ascii", "l1"};
    for (size_t i = 0; i < sizeof latin1 / sizeof *latin1; i++)
        if (strcasecmp(name, latin1[i]) == 0)
            return "windows-1252";
    return name;
}

/* Converts strictly: a byte that the encoding does not have is CB_INPUT. The result is UTF-8 in *out. */
static enum cb_code convert(const char *bytes, size_t len, const char *name, struct cb_buffer *out,
                            struct cb_err *err)
{
    UErrorCode status = U_ZERO_ERROR;
    UConverter *from = ucnv_open(name, &status), *to = NULL;
    enum cb_code code = CB_OK;
    if (U_SUCCESS(status))
        to = ucnv_open("UTF-8", &status);
    if (U_SUCCESS(status))
        ucnv_setToUCallBack(from, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
    if (U_SUCCESS(status))
        ucnv_setFromUCallBack(to, UCNV_FROM_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
    if (U_FAILURE(status)) {
        code = cb_fail(err, CB_INPUT, "the encoding '%.60s' is not known", name);
        goto done;
    }
    UChar pivot[1024], *pivot_from = pivot, *pivot_to = pivot;
    const char *at = bytes, *end = bytes + len;
    do {
        char piece[4096], *put = piece;
        status = U_ZERO_ERROR;
        ucnv_convertEx(to, from, &put, piece + sizeof piece, &at, end, pivot, &pivot_from, &pivot_to,
                       pivot + sizeof pivot / sizeof *pivot, false, true, &status);
        cb_buffer_add(out, piece, (size_t)(put - piece));
    } while (status == U_BUFFER_OVERFLOW_ERROR && !out->failed);
    if (U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR)
        code = cb_fail(err, CB_INPUT, "not valid %.60s at byte %zu", name, (size_t)(at - bytes));
    else
        code = cb_buffer_status(out, "the text", err);
done:
    ucnv_close(to);
    ucnv_close(from);
    return code;
}

/* From another encoding by way of UTF-8 to clean text. */
static enum cb_code decode_as(const char *bytes, size_t len, const char *name, struct cb_buffer *out,
                              char encoding[CB_ENCODING_NAME_MAX], struct cb_err *err)
{
    struct cb_buffer utf8;
    cb_buffer_init(&utf8, out->max);
    enum cb_code code = convert(bytes, len, name, &utf8, err);
    if (code == CB_OK)
        code = cb_utf8_clean(cb_buffer_text(&utf8), utf8.len, out, err);
    if (code == CB_OK)
        set_name(encoding, name);
    cb_buffer_release(&utf8);
    return code;
}

/* Bytes of what has the form of a UTF-8 sequence at `at`: a lead and the continuations that it asks for, be
 * the code point one that may be or not (a surrogate, an overlong form); 0: none. */
static size_t form_length(const char *bytes, size_t len, size_t at)
{
    unsigned char lead = (unsigned char)bytes[at];
    size_t want = lead >= 0xF0 && lead < 0xF8   ? 4
                  : lead >= 0xE0 && lead < 0xF0 ? 3
                  : lead >= 0xC0 && lead < 0xE0 ? 2
                                                : 0;
    if (want == 0 || want > len - at)
        return 0;
    for (size_t i = 1; i < want; i++)
        if (((unsigned char)bytes[at + i] & 0xC0) != 0x80)
            return 0;
    return want;
}

/* Text that is UTF-8 but for some damage: what has the form of its sequences is far more often seen than
 * bytes that have not (those of a sequence that is cut off count as one), which no other encoding brings
 * about. */
static bool is_damaged_utf8(const char *bytes, size_t len)
{
    size_t formed = 0, odd = 0;
    for (size_t at = 0; at < len;) {
        size_t form = form_length(bytes, len, at);
        formed += form > 0;
        if (form == 0 && (unsigned char)bytes[at] >= 0x80) {
            bool lead = (unsigned char)bytes[at] >= 0xC0;
            odd++;
            for (at++; lead && at < len && ((unsigned char)bytes[at] & 0xC0) == 0x80; at++) {
            }
            continue;
        }
        at += form > 0 ? form : 1;
    }
    return formed > 2 * odd;
}

static enum cb_code decode_by_statistics(const char *bytes, size_t len, struct cb_buffer *out,
                                         char encoding[CB_ENCODING_NAME_MAX], struct cb_err *err)
{
    UErrorCode status = U_ZERO_ERROR;
    UCharsetDetector *detector = ucsdet_open(&status);
    ucsdet_setText(detector, bytes, (int32_t)(len < DETECT_MAX ? len : DETECT_MAX), &status);
    int32_t count = 0;
    const UCharsetMatch **matches = ucsdet_detectAll(detector, &count, &status);
    enum cb_code code = CB_INPUT;
    for (int32_t i = 0; U_SUCCESS(status) && i < count && code == CB_INPUT; i++) {
        if (ucsdet_getConfidence(matches[i], &status) < CONFIDENCE_MIN)
            break;
        const char *name = as_practised(ucsdet_getName(matches[i], &status));
        /* UTF-8 was tried; the guesses for a 7-bit or a zero-filled text are no text */
        if (strncmp(name, "UTF-", 4) != 0)
            code = decode_as(bytes, len, name, out, encoding, err);
    }
    ucsdet_close(detector);
    if (code == CB_INPUT) {
        size_t at = cb_utf8_valid_until(bytes, len);
        code = cb_fail(err, CB_INPUT,
                       "the character encoding can't be told: byte %zu is not UTF-8, and nothing "
                       "else fits",
                       at);
        cb_hint(err, "convert it to UTF-8 first, for example with iconv");
    }
    return code;
}

enum cb_code cb_decode(const char *bytes, size_t len, const char *declared, struct cb_buffer *out,
                       char encoding[CB_ENCODING_NAME_MAX], struct cb_err *err)
{
    const char *marked = marked_encoding(bytes, len);
    if (marked != NULL && strcmp(marked, "UTF-8") != 0) {
        size_t mark = marked[4] == '3' ? 4 : 2;
        return decode_as(bytes + mark, len - mark, marked, out, encoding, err);
    }
    if (marked != NULL || cb_utf8_valid_until(bytes, len) == len) {
        set_name(encoding, "UTF-8");
        return cb_utf8_clean(bytes, len, out, err);
    }
    const char *utf16 = utf16_by_zeros(bytes, len);
    if (utf16 != NULL)
        return decode_as(bytes, len, utf16, out, encoding, err);
    if (declared != NULL && strcasecmp(declared, "UTF-8") != 0 && strcasecmp(declared, "utf8") != 0) {
        enum cb_code code = decode_as(bytes, len, as_practised(declared), out, encoding, err);
        if (code != CB_INPUT)
            return code;
        cb_err_clear(err);
    }
    if (memchr(bytes, '\0', len) != NULL || is_damaged_utf8(bytes, len))
        return cb_utf8_clean(bytes, len, out, err); /* says what is wrong and where */
    return decode_by_statistics(bytes, len, out, encoding, err);
}
