/* The text form of PostgreSQL's arrays: {a,"b c",NULL,{1,2}} (manual, "Array Input and Output Syntax"). */
#ifndef CB_REPORT_PG_ARRAY_H
#define CB_REPORT_PG_ARRAY_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stddef.h>

enum cb_array_token { CB_ARRAY_OPEN, CB_ARRAY_CLOSE, CB_ARRAY_ITEM, CB_ARRAY_NULL, CB_ARRAY_END };

/* A walk through one array; the text is borrowed. */
struct cb_array_reader {
    const char *text;
    size_t len, at;
};

void cb_array_reader_init(struct cb_array_reader *reader, const char *text, size_t len);

/* The next token; for CB_ARRAY_ITEM its text, without quotes and escapes, is put into *item. What is no array
 * at all gives CB_ARRAY_END. */
enum cb_array_token cb_array_next(struct cb_array_reader *reader, struct cb_buffer *item);

#endif
