/* What the sources agree on, and what they don't: the model behind `report consistency`.
 *
 * A position is a group of claims that say the same (or one claim that others contradict). Positions that
 * contradict each other, directly or over others, are one topic. */
#ifndef CB_REPORT_CONSISTENCY_H
#define CB_REPORT_CONSISTENCY_H

#include "base/arena.h"
#include "db/db.h"
#include "report/sink.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CB_CONSISTENCY_CLAIMS_MAX = 200 * 1000 }; /* kept in memory, because topics are put together here */

struct cb_said { /* one claim of a position */
    const char *claim, *document, *source, *title, *speaker, *kind, *status, *published, *url, *quantities,
        *text, *modality;
    /* NULL where not known: title, speaker, published, url, quantities */
    int64_t start, end; /* in the document's text, in code points */
    const struct cb_said
        *shown_as; /* its part or its whole that stands for it (report/nested.h); NULL: itself */
};

struct cb_behind {      /* one origin of a position */
    const char *origin; /* its key: the same wherever it stands behind something */
    const char *name;   /* for people: "interview, Kommersant, Ilya Rogachev" */
    const char *reason;
    const char *source; /* of an origin that is a document, else NULL */
    bool known;
    int64_t documents; /* of the position that come from it */
};

struct cb_position {
    const char *cluster;
    const struct cb_said *said;
    size_t said_count, shown_count; /* shown: without those that another stands for */
    const struct cb_behind *behind;
    size_t behind_count;
    int64_t documents, sources, origins, unknown_origins;
};

struct cb_clash { /* one contradicting pair */
    const char *a_claim, *b_claim, *a_source, *b_source, *a_text, *b_text, *a_quantity, *b_quantity, *type,
        *reasons, *decided_by;
};

struct cb_topic {
    const struct cb_position *const *positions; /* the best supported first */
    size_t position_count;
    const struct cb_clash *clashes;
    size_t clash_count; /* 0: agreement */
    int64_t documents, sources, origins, unknown_origins;
};

struct cb_consistency {
    const struct cb_topic *topics; /* contradictions first, then by how many origins and documents */
    size_t topic_count, contradicted;
    int64_t documents, sources, origins, unknown_origins; /* of all positions together */
};

/* Reads the report views (claimbase.as_of holds). `source`, or NULL: only topics in which it speaks. All is
 * in `arena`. CB_LIMIT over CB_CONSISTENCY_CLAIMS_MAX claims. */
CB_CHECKED enum cb_code cb_consistency_read(struct cb_db *db, const char *source, struct cb_arena *arena,
                                            struct cb_consistency *out, struct cb_err *err);

/* The report in any format: text blocks for people (CB_FORMAT_TABLE), a page, one object a topic, or a CSV
 * row a claim. */
CB_CHECKED enum cb_code cb_consistency_print(const struct cb_consistency *report,
                                             const struct cb_sink_options *options, struct cb_err *err);

/* What must not be lost when a claim is quoted: " denies" behind the name of who is `spoken` of, ", denied"
 * where nobody is named, " (question)" and so on; nothing for what is stated. */
void cb_modality_words(FILE *out, const char *modality, bool spoken);

#endif
