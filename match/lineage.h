/* Where documents come from in the end, given where each says it comes from. Pure. */
#ifndef CB_MATCH_LINEAGE_H
#define CB_MATCH_LINEAGE_H

#include "base/arena.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CB_NO_DOCUMENT UINT32_MAX

/* One step: from a document to another one, or to something outside that has a name. */
struct cb_step {
    uint32_t from, to; /* documents; `to` is CB_NO_DOCUMENT when `origin` names it */
    const char *origin;
    bool quotes; /* only a quotation: counts when the document says nothing stronger of itself */
    const char *reason;
};

struct cb_lineage {
    size_t documents;
    const struct cb_step *steps; /* sorted by cb_steps_sort */
    size_t step_count;
    const size_t *first;   /* of each document's steps; documents + 1 numbers */
    const bool *has_heirs; /* others come from it */
};

/* An end of the way. Either `origin` or the document `document` is where it begins. */
struct cb_origin {
    uint32_t document; /* CB_NO_DOCUMENT when `origin` names it */
    const char *origin;
    const char *reason; /* of the first step there; NULL: the document itself, no step */
    uint32_t via;       /* the document of the first step, or CB_NO_DOCUMENT */
};

void cb_steps_sort(struct cb_step *steps, size_t count);

/* The steps must be sorted, and stay where they are. */
CB_CHECKED enum cb_code cb_lineage_make(size_t documents, const struct cb_step *steps, size_t count,
                                        struct cb_arena *arena, struct cb_lineage *out, struct cb_err *err);

/* The origins behind a document, each once. A document that comes from nowhere and from which others come is
 * its own origin; one with neither has none: its lineage is unknown. Documents that come from each other in a
 * circle begin with the least of them. */
CB_CHECKED enum cb_code cb_lineage_origins(const struct cb_lineage *lineage, uint32_t document,
                                           struct cb_arena *arena, struct cb_origin **out, size_t *count,
                                           struct cb_err *err);

#endif
