/* From bytes on disk (or standard input, or an address) to documents: the readers. A reader is chosen by
 * content, not by name. Knows nothing of the database; libcsv, libxml2, libcurl and zlib stay inside
 * importer/. */
#ifndef CB_IMPORTER_INPUT_H
#define CB_IMPORTER_INPUT_H

#include "base/arena.h"
#include "base/error.h"
#include "base/hash.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One document as it was read. Everything is borrowed from the reader: valid until the sink returns.
 * What is not known is NULL, never invented. */
struct cb_input_document {
    const char *path; /* as the user named it; a member of an archive is "file.warc.gz#2" */
    const char *text; /* clean UTF-8 (text/unicode.h): no BOM, LF only; paragraphs apart by LF */
    size_t text_len;
    bool has_title;    /* the first line of `text` is the title */
    const char *title; /* from the page or record; NULL: the extraction may find one */
    const char *byline;
    const char *published; /* ISO 8601 */
    const char *modified;  /* ISO 8601 */
    const char *retrieved; /* ISO 8601 */
    const char *url;       /* canonical when the page gives one */
    const char *site_name;
    const char *source;      /* a record that names its own source, or NULL */
    const char *language;    /* BCP 47 */
    const char *external_id; /* of a record */
    const char *media_type;  /* "text/plain", "text/html" … */
    const void *raw;         /* the bytes as fetched */
    size_t raw_len;
};

struct cb_input_reject {
    const char *path;
    int64_t line; /* where the row or record began; 0: the whole file */
    const char *reason;
    const char *content; /* the row itself, or NULL */
    size_t content_len;
};

/* A sink that returns an error stops the reading; the error goes back to the caller. */
typedef enum cb_code cb_document_sink(void *context, const struct cb_input_document *document,
                                      struct cb_err *err);
typedef enum cb_code cb_reject_sink(void *context, const struct cb_input_reject *reject, struct cb_err *err);

struct cb_input_options {
    size_t document_max; /* bytes of one document, 0: CB_TEXT_MAX */
    cb_document_sink *document;
    cb_reject_sink *reject; /* what is bad goes here and reading goes on */
    void *context;
    int64_t *bytes_read; /* of files, as they are on disk: grows while they are read; may be NULL */
};

/* Reads a file, a folder (its files by name, deep, without following links in circles), a URL
 * (http, https), or "-" (standard input). Only what stops everything is an error: bad files go to the
 * reject sink. A path that does not exist is a reject that names it. */
CB_CHECKED enum cb_code cb_input_read(const char *path, const struct cb_input_options *options,
                                      struct cb_err *err);

/* Adds the files at `path` and their bytes on disk: what a reading of it would go through. What can't be
 * looked at, or is no file or folder, counts nothing. */
void cb_input_measure(const char *path, int64_t *files, int64_t *bytes);

#endif
