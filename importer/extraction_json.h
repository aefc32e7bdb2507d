/* The JSON line of `claimbase extract` (docs/extract.md): a document and what was found in it, offsets in
 * Unicode code points. Written by the program, and read again from an outside extractor. */
#ifndef CB_IMPORTER_EXTRACTION_JSON_H
#define CB_IMPORTER_EXTRACTION_JSON_H

#include "base/buffer.h"
#include "importer/input.h"
#include "text/extract.h"

/* Where a line goes piece by piece. */
struct cb_json_sink {
    enum cb_code (*write)(void *context, const char *bytes, size_t len, struct cb_err *err);
    void *context;
};

/* Appends one line, its LF included, to *out. `extraction` must be of the document's text. With a sink, *out
 * must be empty, is handed on whenever it holds some tens of kilobytes, and is empty again at the end; what
 * is wrong with the document is told before anything is written. Without one (NULL) the whole line is in
 * *out. CB_LIMIT when *out is full, or the sink's error. */
CB_CHECKED enum cb_code cb_extraction_json_write(const struct cb_input_document *document,
                                                 const struct cb_extraction *extraction,
                                                 struct cb_buffer *out, const struct cb_json_sink *sink,
                                                 struct cb_err *err);

/* Appends the line that an outside extractor gets: {"id","path","text","title",…}. */
CB_CHECKED enum cb_code cb_document_json_write(const struct cb_input_document *document, size_t id,
                                               struct cb_buffer *out, struct cb_err *err);

/* Reads one line of that format; unknown keys are passed over. The offsets refer to `text` (`len` bytes of
 * valid UTF-8, borrowed); a "text" in the line must be the same. Every span is checked: whole, in order,
 * inside the text. Missing parts are made up for: no "sentences" is one a claim's span. *out lives in
 * `arena`. CB_INPUT names what is wrong ("claims[3].attribution.cue: …"). */
CB_CHECKED enum cb_code cb_extraction_json_read(const char *line, size_t line_len, const char *text,
                                                size_t len, struct cb_arena *arena,
                                                const struct cb_extraction **out, struct cb_err *err);

/* A JSON string with its quotation marks; NULL is null. */
void cb_json_add_string(struct cb_buffer *out, const char *text, size_t len);

#endif
