/* Reading a whole file, with a maximum and an error that names it. */
#ifndef CB_BASE_TEXT_FILE_H
#define CB_BASE_TEXT_FILE_H

#include "base/buffer.h"

/* Appends the bytes of `path` ("-" is standard input) to *out, whose max is the
 * limit: a longer file is CB_LIMIT, one that can't be read CB_INPUT. */
CB_CHECKED enum cb_code cb_read_file(const char *path, struct cb_buffer *out, struct cb_err *err);

#endif
