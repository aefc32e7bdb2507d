#include "base/error.h"

#include <stdio.h>
#include <string.h>

/* Bytes of the UTF-8 sequence that stands at `text`, which a NUL ends; 0: none does. Surrogates, overlong
 * forms and what is beyond U+10FFFF are none. */
static size_t sequence_length(const unsigned char *text)
{
    if (text[0] < 0x80)
        return 1;
    size_t want = text[0] >= 0xF0 ? 4 : text[0] >= 0xE0 ? 3 : 2;
    unsigned char low = text[0] == 0xE0 ? 0xA0 : text[0] == 0xF0 ? 0x90 : 0x80;
    unsigned char high = text[0] == 0xED ? 0x9F : text[0] == 0xF4 ? 0x8F : 0xBF;
    if (text[0] < 0xC2 || text[0] > 0xF4 || text[1] < low || text[1] > high)
        return 0;
    for (size_t i = 2; i < want; i++) /* the NUL is no such byte: it is not passed */
        if ((text[i] & 0xC0) != 0x80)
            return 0;
    return want;
}

/* A message is UTF-8 whatever was put into it: a name from a disk, a value that a "%.60s" cut in the middle
 * of a letter. Each byte that belongs to no letter becomes a question mark. */
static void mask_damage(char *text)
{
    for (size_t at = 0; text[at] != '\0';) {
        size_t len = sequence_length((const unsigned char *)text + at);
        if (len == 0)
            text[at] = '?';
        at += len > 0 ? len : 1;
    }
}

/* vsnprintf cuts at a byte; take the rest of a half code point away too. */
static void cut_at_code_point(char *text)
{
    size_t len = strlen(text);
    size_t at = len;
    while (at > 0 && ((unsigned char)text[at - 1] & 0xC0) == 0x80)
        at--;
    if (at == 0)
        return;
    unsigned char lead = (unsigned char)text[at - 1];
    size_t want = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (len - (at - 1) < want)
        text[at - 1] = '\0';
}

/* Messages go to terminals: a control character from an input must not act there. */
static void mask_controls(char *text)
{
    for (; *text != '\0'; text++)
        if (((unsigned char)*text < 0x20 && *text != '\n' && *text != '\t') || *text == 0x7F)
            *text = '?';
}

static void format_into(char *to, size_t size, const char *format, va_list args) CB_PRINTF(3, 0);
static void format_into(char *to, size_t size, const char *format, va_list args)
{
    int wrote = vsnprintf(to, size, format, args);
    if (wrote < 0)
        to[0] = '\0';
    else if ((size_t)wrote >= size)
        cut_at_code_point(to);
    mask_controls(to);
    mask_damage(to);
}

enum cb_code cb_vfail(struct cb_err *err, enum cb_code code, const char *format, va_list args)
{
    if (err != NULL) {
        err->code = code;
        err->hint[0] = '\0';
        err->sqlstate[0] = '\0';
        format_into(err->message, sizeof err->message, format, args);
    }
    return code;
}

enum cb_code cb_fail(struct cb_err *err, enum cb_code code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    cb_vfail(err, code, format, args);
    va_end(args);
    return code;
}

void cb_hint(struct cb_err *err, const char *format, ...)
{
    if (err == NULL)
        return;
    va_list args;
    va_start(args, format);
    format_into(err->hint, sizeof err->hint, format, args);
    va_end(args);
}

void cb_prefix(struct cb_err *err, const char *format, ...)
{
    if (err == NULL)
        return;
    char context[sizeof err->message];
    va_list args;
    va_start(args, format);
    format_into(context, sizeof context, format, args);
    va_end(args);
    size_t used = strlen(context);
    if (used + 2 >= sizeof err->message)
        return;
    memmove(err->message + used + 2, err->message, sizeof err->message - used - 2);
    memcpy(err->message, context, used);
    memcpy(err->message + used, ": ", 2);
    err->message[sizeof err->message - 1] = '\0';
    cut_at_code_point(err->message);
}

enum cb_code cb_no_memory(struct cb_err *err)
{
    return cb_fail(err, CB_NO_MEMORY, "out of memory");
}

void cb_err_clear(struct cb_err *err)
{
    memset(err, 0, sizeof *err);
}
