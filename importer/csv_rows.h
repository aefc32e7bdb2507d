/* The CSV files that import takes, each with the columns that docs/csv.md describes. */
#ifndef CB_IMPORTER_CSV_ROWS_H
#define CB_IMPORTER_CSV_ROWS_H

#include "importer/load.h"

/* Reads a file of the loader's kind and gives its rows to the loader; bad ones are rejected. */
CB_CHECKED enum cb_code cb_load_csv(struct cb_loader *loader, enum cb_load_kind kind, const char *path,
                                    struct cb_err *err);

#endif
