/* A whole database from the JSON Lines that report/export.h writes. */
#ifndef CB_IMPORTER_DATABASE_H
#define CB_IMPORTER_DATABASE_H

#include "db/db.h"

/* Reads `path` ("-" is standard input) into a database that holds nothing yet, in one transaction: all of it
 * or nothing. CB_REFUSED when the database is not empty, CB_SCHEMA when the export is of another schema,
 * CB_INTEGRITY when the number of rows or the SHA-256 at its end is wrong or the end is missing, CB_INPUT
 * when a line can't be read; the message names the line. *rows, which may be NULL, is how many were stored.
 */
CB_CHECKED enum cb_code cb_import_database(struct cb_db *db, const char *path, int64_t *rows,
                                           struct cb_err *err);

#endif
