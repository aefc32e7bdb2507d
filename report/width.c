#include "report/width.h"

#include <string.h>
#include <wchar.h>

enum { ESCAPED_WIDTH = 4 };

void cb_utf8_enter(struct cb_utf8_mode *mode)
{
    mode->utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    mode->before = mode->utf8 != (locale_t)0 ? uselocale(mode->utf8) : (locale_t)0;
}

void cb_utf8_leave(struct cb_utf8_mode *mode)
{
    if (mode->utf8 == (locale_t)0)
        return;
    (void)uselocale(mode->before);
    freelocale(mode->utf8);
}

/* One character: its bytes (at least 1) and its columns. */
static size_t next_character(const char *text, size_t len, size_t *columns)
{
    mbstate_t state;
    memset(&state, 0, sizeof state);
    wchar_t c = 0;
    size_t bytes = mbrtowc(&c, text, len, &state);
    if (bytes == (size_t)-1 || bytes == (size_t)-2 || bytes == 0) {
        *columns = ESCAPED_WIDTH;
        return 1;
    }
    int width = wcwidth(c);
    *columns = width >= 0 ? (size_t)width : ESCAPED_WIDTH * bytes;
    return bytes;
}

static size_t line_width(const char *text, size_t len)
{
    size_t width = 0, columns = 0;
    for (size_t at = 0; at < len;) {
        at += next_character(text + at, len - at, &columns);
        width += columns;
    }
    return width;
}

size_t cb_text_width(const char *text, size_t len)
{
    size_t widest = 0;
    for (size_t at = 0; at <= len;) {
        const char *end = at < len ? memchr(text + at, '\n', len - at) : NULL;
        size_t line = end != NULL ? (size_t)(end - text) - at : len - at;
        size_t width = line_width(text + at, line);
        widest = width > widest ? width : widest;
        at += line + 1;
    }
    return widest;
}

/* How many bytes of the line go into `width` columns, at least one character. */
static size_t bytes_that_fit(const char *text, size_t len, size_t width)
{
    size_t used = 0, columns = 0, at = 0;
    while (at < len) {
        size_t bytes = next_character(text + at, len - at, &columns);
        if (at > 0 && used + columns > width)
            break;
        used += columns;
        at += bytes;
    }
    return at;
}

static void wrap_line(const char *text, size_t len, size_t width, struct cb_buffer *out)
{
    while (len > 0) {
        size_t fit = bytes_that_fit(text, len, width);
        size_t cut = fit;
        if (fit < len && text[fit] != ' ')
            while (cut > 0 && text[cut - 1] != ' ')
                cut--;
        if (cut == 0)
            cut = fit; /* one long word */
        size_t shown = cut;
        while (shown > 0 && cut < len && text[shown - 1] == ' ')
            shown--;
        cb_buffer_add(out, text, shown);
        while (cut < len && text[cut] == ' ')
            cut++;
        text += cut;
        len -= cut;
        if (len > 0)
            cb_buffer_add_char(out, '\n');
    }
}

void cb_text_wrap(const char *text, size_t len, size_t width, struct cb_buffer *out)
{
    for (size_t at = 0; at <= len;) {
        const char *end = at < len ? memchr(text + at, '\n', len - at) : NULL;
        size_t line = end != NULL ? (size_t)(end - text) - at : len - at;
        wrap_line(text + at, line, width > 0 ? width : 1, out);
        at += line + 1;
        if (at <= len)
            cb_buffer_add_char(out, '\n');
    }
}
