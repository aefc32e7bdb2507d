/* How wide text is on a terminal, and where it may be broken. Uses the locale of the calling thread
 * (LC_CTYPE), which must be a UTF-8 one: cb_utf8_enter. */
#ifndef CB_REPORT_WIDTH_H
#define CB_REPORT_WIDTH_H

#include "base/buffer.h"

#include <locale.h>
#include <stddef.h>

/* Characters are measured, and drawn by libsmartcols, as UTF-8 between _enter and _leave, whatever the locale
 * of the program is. For the calling thread. */
struct cb_utf8_mode {
    locale_t utf8, before;
};
void cb_utf8_enter(struct cb_utf8_mode *mode);
void cb_utf8_leave(struct cb_utf8_mode *mode);

/* Columns of the widest line; a character that can't be shown counts four, as it is printed "\x1b". */
size_t cb_text_width(const char *text, size_t len);

/* Adds the text to *out with line ends put in between words, so that no line is wider than `width` columns; a
 * word that is wider is broken. */
void cb_text_wrap(const char *text, size_t len, size_t width, struct cb_buffer *out);

#endif
