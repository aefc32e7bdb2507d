/* Comma-separated values (RFC 4180), read strictly and in bounded memory. libcsv lives in csv.c only.
 *
 * A record that is not well formed (a quote where none may be, a quote that is never closed, a NUL,
 * damaged UTF-8, too long) is handed over as bad, and reading begins anew at the line after its first: a
 * forgotten quote costs one row, not the rest of the file. */
#ifndef CB_IMPORTER_CSV_H
#define CB_IMPORTER_CSV_H

#include "importer/stream.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CB_CSV_FIELDS_MAX = 1024 };

struct cb_csv_field {
    const char *text; /* clean UTF-8, a NUL behind it; a line end inside is as in the file */
    size_t len;
};

/* One record. All is borrowed until the sink returns. */
struct cb_csv_row {
    int64_t line; /* on which it begins, from 1 */
    const struct cb_csv_field *fields;
    size_t count;
    const char *raw; /* the record as it stands in the file, without its last line end */
    size_t raw_len;
    const char *problem; /* NULL, or why it is bad: then it has no fields */
};

/* An error stops the reading and goes back to the caller. */
typedef enum cb_code cb_csv_sink(void *context, const struct cb_csv_row *row, struct cb_err *err);

struct cb_csv_options {
    char delimiter; /* 0: told from the first line: comma, semicolon or tab */
    size_t row_max; /* bytes of one record, 0: CB_TEXT_MAX */
};

/* Reads all records of the stream: a BOM, CRLF and blank lines are passed over, blanks round a field are
 * kept. Bytes that are not UTF-8 from the start are decoded as a whole (importer/encoding.h), up to
 * CB_TEXT_MAX bytes. */
CB_CHECKED enum cb_code cb_csv_read(struct cb_stream *stream, const struct cb_csv_options *options,
                                    cb_csv_sink *sink, void *context, struct cb_err *err);

#endif
