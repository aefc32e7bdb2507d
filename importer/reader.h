/* What the readers share. A reader knows one kind of content: `sniff` looks at the first bytes, `read`
 * hands documents on. A new one is a file of its own and an entry of the table in input.c. */
#ifndef CB_IMPORTER_READER_H
#define CB_IMPORTER_READER_H

#include "importer/input.h"
#include "importer/stream.h"

enum {
    CB_SNIFF_MAX = 4096,      /* bytes that `sniff` sees */
    CB_CONTAINER_DEPTH = 4,   /* a page in a WARC in a gzip is 2 */
    CB_FOLDER_DEPTH = 256,    /* folders in folders */
    CB_REJECT_CONTENT = 65536 /* bytes of a bad row that are kept */
};

/* One call of cb_input_read. */
struct cb_intake {
    const struct cb_input_options *options;
    size_t document_max;
    unsigned depth; /* containers around the entry that is read */
    bool stopped;   /* a sink gave an error, which goes to the caller as it is */
};

/* One thing to read and what is known of it from outside: its name on disk or in its container, the
 * headers it came with. NULL is unknown. */
struct cb_entry {
    const char *path;
    const char *url;
    const char *retrieved;  /* ISO 8601 */
    const char *media_type; /* as declared: "text/html; charset=koi8-r" */
    int64_t line;           /* of the record in its container, 0: none */
    const char *head;       /* the HTTP headers it came with, kept before the raw bytes; NULL: none */
    size_t head_len;
};

struct cb_reader {
    const char *name; /* "plain text" */
    bool (*sniff)(const struct cb_entry *entry, const char *bytes, size_t len);
    /* An error with stopped unset and the code CB_INPUT or CB_LIMIT is about this entry alone: it is
     * rejected with the message (which does not name the file) and the reading goes on. */
    enum cb_code (*read)(struct cb_intake *intake, const struct cb_entry *entry, struct cb_stream *stream,
                         struct cb_err *err);
};

extern const struct cb_reader cb_reader_gzip;
extern const struct cb_reader cb_reader_warc;
extern const struct cb_reader cb_reader_json_lines;
extern const struct cb_reader cb_reader_foreign; /* no article: rejected, with what it is */
extern const struct cb_reader cb_reader_html;
extern const struct cb_reader cb_reader_markdown;
extern const struct cb_reader cb_reader_text;

/* Chooses the reader by content and reads one entry; used by containers for what is inside them. */
CB_CHECKED enum cb_code cb_read_entry(struct cb_intake *intake, const struct cb_entry *entry,
                                      struct cb_stream *stream, struct cb_err *err);

/* Reads a folder's files by name, deep (walk.c); cb_read_path reads each. */
CB_CHECKED enum cb_code cb_read_folder(struct cb_intake *intake, const char *path, struct cb_err *err);

/* Reads a file or a folder's file; anything else is a reject. */
CB_CHECKED enum cb_code cb_read_path(struct cb_intake *intake, const char *path, struct cb_err *err);

/* Whether there is more than blanks and marks that can't be seen. */
bool cb_has_words(const char *text, size_t len);

/* The sinks, as readers call them. A document without words is CB_INPUT. */
CB_CHECKED enum cb_code cb_intake_document(struct cb_intake *intake, const struct cb_input_document *document,
                                           struct cb_err *err);
CB_CHECKED enum cb_code cb_intake_reject(struct cb_intake *intake, const struct cb_input_reject *reject,
                                         struct cb_err *err);

/* True when an error of this code is about one entry only, so that the reading can go on. */
bool cb_intake_may_go_on(const struct cb_intake *intake, enum cb_code code);

#endif
