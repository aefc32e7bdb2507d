/* From bytes in any character encoding to the clean UTF-8 of text/unicode.h. */
#ifndef CB_IMPORTER_ENCODING_H
#define CB_IMPORTER_ENCODING_H

#include "base/buffer.h"

#include <stddef.h>

enum { CB_ENCODING_NAME_MAX = 64 };

/* Appends `bytes` to *out as clean UTF-8 (no BOM, LF line ends). In this order: a byte-order mark; what is
 * valid UTF-8; `declared` (a charset's name from a header or a page, or NULL), when the bytes fit it; UTF-16
 * by its zero bytes; ICU's detection by statistics. `encoding` receives the name of what was found ("UTF-8",
 * "windows-1251"). Text that can't be made out (binary, a NUL, damaged UTF-8, nothing fits) is CB_INPUT and
 * says where and why; CB_LIMIT over the buffer's maximum. */
CB_CHECKED enum cb_code cb_decode(const char *bytes, size_t len, const char *declared, struct cb_buffer *out,
                                  char encoding[CB_ENCODING_NAME_MAX], struct cb_err *err);

#endif
