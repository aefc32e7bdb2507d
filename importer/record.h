/* A document as the rows that the tables hold: numbers from 1, offsets in code points. */
#ifndef CB_IMPORTER_RECORD_H
#define CB_IMPORTER_RECORD_H

#include "base/arena.h"
#include "base/error.h"
#include "db/copy.h"
#include "text/extract.h"
#include "text/unicode.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CB_ANCHOR_CONTEXT = 32 }; /* code points of prefix and suffix (W3C TextQuoteSelector) */

struct cb_record_range {
    int32_t start, end; /* code points, end exclusive; start == end: none */
};

struct cb_record_sentence {
    struct cb_record_range range;
    int32_t paragraph_no;
    enum cb_sentence_kind kind;
};

struct cb_record_claim {
    struct cb_record_range range;
    int32_t sentence_no;
    enum cb_claim_kind kind;
    enum cb_modality modality;
    struct cb_span quote, prefix, suffix; /* bytes of the text */
    const char *text;                     /* NULL: the quote */
    int32_t speaker;                      /* index, or CB_NO_SPEAKER */
    float checkworthy;
};

struct cb_record_attribution {
    int32_t claim_no, attribution_no;
    const char *role; /* "speaker", "via" */
    int32_t speaker;
    const char *name;
    struct cb_record_range source, cue;
    const int32_t *content; /* starts and ends alternate */
    size_t content_count;
};

struct cb_record_quantity {
    int32_t claim_no, quantity_no;
    struct cb_record_range range;
    enum cb_quantity_kind kind;
    bool has_bounds;
    double low, high;
    const char *unit, *counted, *approx, *period, *date;
};

struct cb_record_speaker {
    const char *key, *name, *role, *kind;
    const char *const *aliases;
    size_t alias_count;
};

struct cb_record_link {
    const char *kind; /* as in document_link.kind */
    const struct cb_uuid *target;
    const char *target_url, *target_name, *origin_key;
    int32_t sentence_no; /* 0: none */
    struct cb_record_range range;
    const char *stated_by, *reason;
};

struct cb_record_rows {
    const struct cb_record_sentence *sentences;
    size_t sentence_count;
    const struct cb_record_claim *claims;
    size_t claim_count;
    const struct cb_record_attribution *attributions;
    size_t attribution_count;
    const struct cb_record_quantity *quantities;
    size_t quantity_count;
    const struct cb_record_speaker *speakers;
    size_t speaker_count;
    const struct cb_record_link *links;
    size_t link_count;
};

/* What was found in `text`, as rows in `arena`; nothing points into `found` afterwards. `document` makes the
 * keys of speakers that have no identity beyond their document. `source` is who published the text: when it
 * calls itself by a part of its name ("told the Courier" in the Varnholm Courier), the whole name is taken.
 */
CB_CHECKED enum cb_code cb_record_from_extraction(const struct cb_extraction *found, const char *text,
                                                  size_t len, const char *source,
                                                  const struct cb_uuid *document, struct cb_arena *arena,
                                                  struct cb_record_rows *out, struct cb_err *err);

/* The rows of a claim that came in a list: its text is one sentence and one claim, said by `speaker` (or
 * NULL). Quantities are those that stand in it; `published` (ISO 8601, or NULL) dates them. */
CB_CHECKED enum cb_code cb_record_from_claim(const char *text, size_t len, const char *speaker,
                                             const char *published, struct cb_arena *arena,
                                             struct cb_record_rows *out, struct cb_err *err);

/* The row of one quantity; its strings stay borrowed. */
void cb_record_quantity_fill(struct cb_record_quantity *row, const struct cb_quantity *found,
                             int32_t claim_no, int32_t quantity_no, const struct cb_code_points *map);

/* "interview|kommersant|ilya rogachev": what it is, where, whose; parts that are not known stay empty.
 * NULL when there is no memory. */
const char *cb_origin_key(const char *what, const char *target, const char *speaker, struct cb_arena *arena);

/* The folded form of a name, by which a speaker is known everywhere. NULL when there is no memory. */
const char *cb_name_key(const char *name, struct cb_arena *arena);

/* "3f2a9b1c-…" of 36 characters and a NUL. */
void cb_uuid_text(const struct cb_uuid *uuid, char out[37]);

#endif
