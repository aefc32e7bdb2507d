/* A CSV file with a header row, as values by column. */
#ifndef CB_IMPORTER_CSV_TABLE_H
#define CB_IMPORTER_CSV_TABLE_H

#include "base/buffer.h"
#include "importer/input.h"

enum { CB_CSV_COLUMNS_MAX = 32 };

/* Columns are found by name, whatever their order and case, "_", "-" and blank alike; what is not named here
 * is passed over. */
struct cb_csv_column {
    const char *names; /* the name, then others that are taken for it: "external_id|id" */
    bool required;     /* the file must have it, and no row may leave it empty */
    bool verbatim;     /* blanks at its ends are kept */
};

struct cb_csv_record {
    const char *path;
    int64_t line;
    const char *const *values; /* one a column; NULL: not there or empty. Clean UTF-8, LF line ends */
    const char *raw;           /* the row as it stands in the file */
    size_t raw_len;
};

typedef enum cb_code cb_csv_record_sink(void *context, const struct cb_csv_record *record,
                                        struct cb_err *err);

struct cb_csv_table {
    const struct cb_csv_column *columns;
    size_t column_count;
    cb_csv_record_sink *record;
    cb_reject_sink *reject; /* rows that are malformed, too short, too long, or lack what is required */
    void *context;
    int64_t *bytes_read; /* grows while the file is read; may be NULL */
    struct cb_buffer
        *unknown; /* takes the names of the columns that are passed over, ", " between; may be NULL */
};

/* Reads a file ("-" is standard input). A file that can't be read, or whose header lacks a required column or
 * has one twice, is CB_INPUT. */
CB_CHECKED enum cb_code cb_csv_table_read(const char *path, const struct cb_csv_table *table,
                                          struct cb_err *err);

#endif
