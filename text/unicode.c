#include "text/unicode.h"

#include "text/span.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* Eight bytes at once; the compiler makes one load of it. */
static uint64_t load8(const char *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return word;
}

static bool all_ascii8(const char *at)
{
    return (load8(at) & UINT64_C(0x8080808080808080)) == 0;
}

/* Length of the well-formed sequence at text[at], 0 when there is none: table 3-7 of the Unicode
 * Standard (no overlong forms, no surrogates, nothing over U+10FFFF). */
static size_t sequence_length(const char *text, size_t len, size_t at)
{
    const unsigned char *s = (const unsigned char *)text + at;
    size_t left = len - at;
    if (s[0] < 0x80)
        return 1;
    if (s[0] < 0xC2 || s[0] > 0xF4)
        return 0;
    size_t need = s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : 4;
    if (left < need)
        return 0;
    unsigned char low = 0x80, high = 0xBF;
    switch (s[0]) {
    case 0xE0:
        low = 0xA0;
        break;
    case 0xED:
        high = 0x9F;
        break;
    case 0xF0:
        low = 0x90;
        break;
    case 0xF4:
        high = 0x8F;
        break;
    default:
        break;
    }
    if (s[1] < low || s[1] > high)
        return 0;
    for (size_t i = 2; i < need; i++) {
        if ((s[i] & 0xC0) != 0x80)
            return 0;
    }
    return need;
}

size_t cb_utf8_next(const char *text, size_t len, size_t at, uint32_t *code_point)
{
    const unsigned char *s = (const unsigned char *)text + at;
    if (s[0] < 0x80) {
        *code_point = s[0];
        return at + 1;
    }
    size_t n = sequence_length(text, len, at);
    switch (n) {
    case 2:
        *code_point = ((uint32_t)(s[0] & 0x1F) << 6) | (uint32_t)(s[1] & 0x3F);
        return at + 2;
    case 3:
        *code_point =
            ((uint32_t)(s[0] & 0x0F) << 12) | ((uint32_t)(s[1] & 0x3F) << 6) | (uint32_t)(s[2] & 0x3F);
        return at + 3;
    case 4:
        *code_point = ((uint32_t)(s[0] & 0x07) << 18) | ((uint32_t)(s[1] & 0x3F) << 12) |
                      ((uint32_t)(s[2] & 0x3F) << 6) | (uint32_t)(s[3] & 0x3F);
        return at + 4;
    default:
        *code_point = 0xFFFD;
        return at + 1;
    }
}

size_t cb_utf8_previous(const char *text, size_t at)
{
    size_t start = at - 1;
    for (int i = 0; i < 3 && start > 0 && is_continuation(text[start]); i++)
        start--;
    return start;
}

size_t cb_utf8_valid_until(const char *text, size_t len)
{
    size_t at = 0;
    while (at < len) {
        if (len - at >= 8 && all_ascii8(text + at) && memchr(text + at, '\0', 8) == NULL) {
            at += 8;
            continue;
        }
        if (text[at] == '\0')
            return at;
        size_t n = sequence_length(text, len, at);
        if (n == 0)
            return at;
        at += n;
    }
    return len;
}

static size_t line_of(const char *text, size_t at)
{
    size_t line = 1;
    for (size_t i = 0; i < at; i++) {
        if (text[i] == '\n' || (text[i] == '\r' && text[i + 1] != '\n'))
            line++;
    }
    return line;
}

enum cb_code cb_utf8_clean(const char *text, size_t len, struct cb_buffer *out, struct cb_err *err)
{
    size_t bad = cb_utf8_valid_until(text, len);
    if (bad < len)
        return cb_fail(err, CB_INPUT, "%s at byte %zu, line %zu",
                       text[bad] == '\0' ? "a NUL byte" : "invalid UTF-8", bad, line_of(text, bad));
    size_t at = len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (at < len) {
        const char *cr = memchr(text + at, '\r', len - at);
        size_t end = cr == NULL ? len : (size_t)(cr - text);
        cb_buffer_add(out, text + at, end - at);
        at = end;
        if (at < len) {
            cb_buffer_add_char(out, '\n');
            at++;
            if (at < len && text[at] == '\n')
                at++;
        }
    }
    return cb_buffer_status(out, "text", err);
}

size_t cb_utf8_count(const char *text, size_t len)
{
    size_t count = 0, at = 0;
    /* a continuation byte is 10xxxxxx: bit 7 set and bit 6 not */
    for (; at + 8 <= len; at += 8) {
        uint64_t word = load8(text + at);
        uint64_t continuations = (word >> 7) & (~word >> 6) & UINT64_C(0x0101010101010101);
        count += 8 - (size_t)((continuations * UINT64_C(0x0101010101010101)) >> 56);
    }
    for (; at < len; at++)
        count += !is_continuation(text[at]);
    return count;
}

enum { MARK_EVERY = 64 };

enum cb_code cb_code_points_make(const char *text, size_t len, struct cb_arena *arena,
                                 struct cb_code_points *out, struct cb_err *err)
{
    *out = (struct cb_code_points){.text = text, .len = len};
    if (len > CB_TEXT_MAX)
        return cb_fail(err, CB_LIMIT, "a text of %zu bytes: the maximum is %d", len, CB_TEXT_MAX);
    if (cb_utf8_count(text, len) == len)
        return CB_OK;
    size_t count = len / MARK_EVERY + 1;
    uint32_t *marks = cb_arena_array(arena, count, sizeof *marks);
    if (marks == NULL)
        return cb_no_memory(err);
    for (size_t i = 1; i < count; i++)
        marks[i] = marks[i - 1] + (uint32_t)cb_utf8_count(text + (i - 1) * MARK_EVERY, MARK_EVERY);
    out->marks = marks;
    return CB_OK;
}

uint32_t cb_code_points_at(const struct cb_code_points *map, size_t byte)
{
    if (byte > map->len)
        byte = map->len;
    if (map->marks == NULL)
        return (uint32_t)byte;
    size_t mark = byte / MARK_EVERY;
    return map->marks[mark] +
           (uint32_t)cb_utf8_count(map->text + mark * MARK_EVERY, byte - mark * MARK_EVERY);
}

size_t cb_code_points_byte(const struct cb_code_points *map, uint32_t code_point)
{
    if (map->marks == NULL)
        return code_point < map->len ? code_point : map->len;
    size_t low = 0, high = map->len / MARK_EVERY;
    while (low < high) {
        size_t middle = low + (high - low + 1) / 2;
        if (map->marks[middle] <= code_point)
            low = middle;
        else
            high = middle - 1;
    }
    size_t at = low * MARK_EVERY;
    uint32_t seen = map->marks[low];
    /* the mark may stand inside a code point that began before it */
    while (at < map->len && is_continuation(map->text[at]))
        at++;
    while (at < map->len && seen < code_point) {
        at++;
        while (at < map->len && is_continuation(map->text[at]))
            at++;
        seen++;
    }
    return at;
}

/* Quotes, dashes and blanks are compared without their dress. */
static uint32_t plain(uint32_t c)
{
    switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2039:
    case 0x203A:
    case 0x2032:
    case '`':
    case 0x00B4:
    case 0x02BC:
        return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x00AB:
    case 0x00BB:
    case 0x2033:
        return '"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
        return '-';
    default:
        return cb_is_space(c) ? ' ' : c;
    }
}

static void fold_into(const char *text, size_t len, bool lower, struct cb_buffer *out)
{
    bool blank = false, first = true;
    for (size_t at = 0; at < len;) {
        uint32_t c;
        size_t start = at;
        at = cb_utf8_next(text, len, at, &c);
        uint32_t p = plain(c);
        if (p == ' ') {
            blank = !first;
            continue;
        }
        if (blank)
            cb_buffer_add_char(out, ' ');
        blank = first = false;
        if (p >= 0x80)
            cb_buffer_add(out, text + start, at - start);
        else
            cb_buffer_add_char(out, (char)(lower && p >= 'A' && p <= 'Z' ? p + ('a' - 'A') : p));
    }
}

/* NFKC_Casefold of the whole text: full case folding, compatibility forms and invisible
 * characters resolved in one pass (Unicode Standard, section 3.13). */
static enum cb_code fold_unicode(const char *text, size_t len, struct cb_buffer *out, struct cb_err *err)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar *wide = NULL, *folded = NULL;
    char *narrow = NULL;
    enum cb_code code = CB_NO_MEMORY;
    const UNormalizer2 *form = unorm2_getNFKCCasefoldInstance(&status);
    if (U_FAILURE(status))
        return cb_fail(err, CB_FAILED, "ICU: %s", u_errorName(status));
    int32_t wide_len = 0, folded_len = 0, narrow_len = 0;
    /* one code point can fold into at most 18; what is longer than the room is asked for again */
    wide = malloc((len + 1) * sizeof *wide);
    if (wide == NULL)
        goto done;
    u_strFromUTF8(wide, (int32_t)len + 1, &wide_len, text, (int32_t)len, &status);
    folded_len = unorm2_normalize(form, wide, wide_len, NULL, 0, &status);
    status = status == U_BUFFER_OVERFLOW_ERROR ? U_ZERO_ERROR : status;
    folded = malloc(((size_t)folded_len + 1) * sizeof *folded);
    narrow = malloc((size_t)folded_len * 3 + 1);
    if (folded == NULL || narrow == NULL)
        goto done;
    folded_len = unorm2_normalize(form, wide, wide_len, folded, folded_len + 1, &status);
    u_strToUTF8(narrow, folded_len * 3 + 1, &narrow_len, folded, folded_len, &status);
    if (U_FAILURE(status)) {
        code = cb_fail(err, CB_INPUT, "can't fold the text: %s", u_errorName(status));
        goto done;
    }
    fold_into(narrow, (size_t)narrow_len, false, out);
    code = CB_OK;
done:
    free(narrow);
    free(folded);
    free(wide);
    return code == CB_NO_MEMORY ? cb_no_memory(err) : code;
}

enum cb_code cb_fold(const char *text, size_t len, struct cb_buffer *out, struct cb_err *err)
{
    if (len > CB_TEXT_MAX)
        return cb_fail(err, CB_LIMIT, "a text of %zu bytes: the maximum is %d", len, CB_TEXT_MAX);
    bool ascii = true;
    for (size_t at = 0; ascii && at < len; at++)
        ascii = (unsigned char)text[at] < 0x80;
    if (ascii) {
        fold_into(text, len, true, out);
    } else {
        enum cb_code code = fold_unicode(text, len, out, err);
        if (code != CB_OK)
            return code;
    }
    return cb_buffer_status(out, "folded text", err);
}

bool cb_is_letter(uint32_t c)
{
    if (c < 0x80)
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    return (U_GET_GC_MASK((UChar32)c) & (U_GC_L_MASK | U_GC_M_MASK)) != 0;
}

bool cb_is_upper(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z';
    return (U_GET_GC_MASK((UChar32)c) & (U_GC_LU_MASK | U_GC_LT_MASK)) != 0;
}

bool cb_is_space(uint32_t c)
{
    if (c < 0x80)
        return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1C && c <= 0x1F);
    return c == 0x85 || c == 0x200B || c == 0xFEFF || u_isUWhiteSpace((UChar32)c);
}
