/* How wide text is on a terminal, and where it may be broken. Uses the locale of the calling thread
 * (LC_CTYPE), which must be a UTF-8 one. */
#ifndef CB_REPORT_WIDTH_H
#define CB_REPORT_WIDTH_H

#include "base/buffer.h"

#include <stddef.h>

/* Columns of the widest line; a character that can't be shown counts four, as it is printed "\x1b". */
size_t cb_text_width(const char *text, size_t len);

/* Adds the text to *out with line ends put in between words, so that no line is wider than `width` columns; a
 * word that is wider is broken. */
void cb_text_wrap(const char *text, size_t len, size_t width, struct cb_buffer *out);

#endif
