/* For tests of readers: bytes in memory go through cb_read_entry, what comes out is written down as text. */
#ifndef CB_TESTS_IMPORTER_READING_H
#define CB_TESTS_IMPORTER_READING_H

#include "importer/reader.h"

#include <stdbool.h>
#include <stddef.h>

struct reading {
    char log[65536]; /* "+ path|text" a document, "- path:line: reason" a reject */
    size_t documents, rejects;
    /* of the last document, "" for NULL */
    char text[65536], title[512], byline[256], published[64], modified[64], url[512], site[128], language[32],
        source[64], external_id[64], retrieved[64], media_type[128], raw[4096];
    bool has_title;
};

/* Reads, with a maximum for a document (0: the usual one); returns cb_read_entry's code. */
enum cb_code read_bytes(struct reading *reading, const char *path, const void *bytes, size_t len, size_t max);
/* The same with what is known from outside. */
enum cb_code read_entry(struct reading *reading, const struct cb_entry *entry, const void *bytes, size_t len,
                        size_t max);
/* cb_input_read on a path or address. */
enum cb_code read_path(struct reading *reading, const char *path);

/* Packs `bytes` as one gzip member into to[0..size); returns the length. */
size_t pack(const void *bytes, size_t len, char *to, size_t size);

#endif
