/* For the targets of the readers: bytes go to one reader, what it hands on is looked at. */
#ifndef CB_TESTS_FUZZ_READING_H
#define CB_TESTS_FUZZ_READING_H

#include "importer/reader.h"

#include <stddef.h>
#include <stdint.h>

/* What a document may hold, and what a page may come to, in a target. */
enum { FUZZ_DOCUMENT_MAX = 1 << 20 };

/* Ends the program as a finding when it does not hold. */
void fuzz_require(bool holds);

/* Clean UTF-8 of `len` bytes with a NUL behind it. */
void fuzz_require_clean(const char *text, size_t len);

/* What every reader must keep: a text that is clean and not empty, names without a NUL, dates that are ISO
 * 8601; a reject has a reason. Context: anything. */
cb_document_sink fuzz_document;
cb_reject_sink fuzz_reject;

/* Reads the bytes in pieces of 1 + `piece` bytes, as `entry` says. The reader may refuse them (CB_INPUT,
 * CB_LIMIT) with a reason; nothing else may come of them. */
void fuzz_read(const struct cb_reader *reader, const struct cb_entry *entry, const uint8_t *data, size_t size,
               size_t piece);

/* Writes the bytes where a path leads to them, for code that opens files itself; the same path each time. */
const char *fuzz_file(const uint8_t *data, size_t size);

#endif
