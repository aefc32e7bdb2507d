/* The document that rows are added to, as the database has it: kept while rows of one document follow each
 * other. */
#ifndef CB_IMPORTER_STORED_DOCUMENT_H
#define CB_IMPORTER_STORED_DOCUMENT_H

#include "importer/stored.h"

struct cb_stored_claim {
    int32_t claim_no;
    struct cb_record_range range;
    int64_t speaker_id; /* 0: none */
    const char *speaker;
};

/* The open transaction and the document of its last row. */
struct cb_stored {
    struct cb_arena arena;
    char *asked; /* how the row named it; NULL: no document is loaded */
    char id[40];
    const char *text;
    size_t len;
    struct cb_code_points map;
    bool own_sentences; /* imported without extraction: sentences are a person's to give */
    struct cb_record_sentence *sentences;
    size_t sentence_count, sentence_capacity;
    struct cb_stored_claim *claims;
    size_t claim_count, claim_capacity;
    bool changed;                        /* since its seal was made */
    size_t cursor;                       /* byte behind the last row that was found by its words */
    bool open;                           /* a transaction is open */
    size_t rows;                         /* in it */
    struct cb_load_counts added, before; /* by the transaction; by it before its last row */
};

/* Loads the document that `name` means, unless it is loaded. Not found, or several: the reason says so. */
CB_CHECKED enum cb_code cb_stored_find(struct cb_loader *loader, const char *name,
                                       char reason[CB_STORED_REASON_MAX], struct cb_err *err);

/* Makes the seal anew of a document that got sentences or claims. */
CB_CHECKED enum cb_code cb_stored_seal(struct cb_loader *loader, struct cb_err *err);

/* Finds `words` from `from` on, else from the start, as they stand; false when they are not in the text. */
bool cb_stored_locate(const struct cb_stored *stored, const char *words, size_t from, struct cb_span *out);

#endif
