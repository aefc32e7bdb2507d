/* The database in the forms of others. Everything is streamed: memory does not grow with the database. Rows
 * come in a fixed order, so that the same database gives the same bytes. */
#ifndef CB_REPORT_EXPORT_H
#define CB_REPORT_EXPORT_H

#include "db/db.h"

#include <stdio.h>

struct cb_export {
    struct cb_db *db;
    FILE *out;
    const char *base;      /* what addresses of claims and documents begin with; NULL: "urn:claimbase:" */
    const char *publisher; /* of the reviews, or NULL: who gave the verdict */
};

/* *count, which may not be NULL, is how many records were written. CB_FAILED when `out` took not all. */

/* schema.org ClaimReview, a JSON array with one review for each claim that has a verdict. */
CB_CHECKED enum cb_code cb_export_claimreview(const struct cb_export *export, size_t *count,
                                              struct cb_err *err);

/* W3C Web Annotation: an AnnotationPage with one annotation for each claim (offsets in code points). */
CB_CHECKED enum cb_code cb_export_annotations(const struct cb_export *export, size_t *count,
                                              struct cb_err *err);

/* W3C PROV-JSON (member submission of 2013), a bundle for each import. */
CB_CHECKED enum cb_code cb_export_prov(const struct cb_export *export, size_t *count, struct cb_err *err);

/* The whole database as JSON Lines: a head, each row of each table as {"table", "row"}, and an end with the
 * number of rows and the SHA-256 of all lines before it. importer/database.h reads it. */
CB_CHECKED enum cb_code cb_export_database(const struct cb_export *export, size_t *count, struct cb_err *err);

/* The report views as CSV files in `folder`, which is made when it is not there, each with its metadata
 * (CSV on the Web: <view>.csv-metadata.json). *count is the number of files. `out` is not used. */
CB_CHECKED enum cb_code cb_export_csv(const struct cb_export *export, const char *folder, size_t *count,
                                      struct cb_err *err);

#endif
