/* The CSV files that import takes, each with the columns that docs/csv.md describes. */
#ifndef CB_IMPORTER_CSV_ROWS_H
#define CB_IMPORTER_CSV_ROWS_H

#include "base/buffer.h"
#include "importer/load.h"

/* Reads a file of the loader's kind and gives its rows to the loader; bad ones are rejected. `unknown` takes
 * the names of the columns that are passed over; it may be NULL. */
CB_CHECKED enum cb_code cb_load_csv(struct cb_loader *loader, enum cb_load_kind kind, const char *path,
                                    struct cb_buffer *unknown, struct cb_err *err);

#endif
