#include "match/lineage.h"

#include <stdlib.h>
#include <string.h>

static int compare_steps(const void *a, const void *b)
{
    const struct cb_step *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->quotes != y->quotes)
        return x->quotes ? 1 : -1;
    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    int order = x->to == CB_NO_DOCUMENT ? strcmp(x->origin, y->origin) : 0;
    return order != 0 ? order : strcmp(x->reason, y->reason);
}

void cb_steps_sort(struct cb_step *steps, size_t count)
{
    if (count > 1)
        qsort(steps, count, sizeof *steps, compare_steps);
}

enum cb_code cb_lineage_make(size_t documents, const struct cb_step *steps, size_t count,
                             struct cb_arena *arena, struct cb_lineage *out, struct cb_err *err)
{
    size_t *first = cb_arena_array(arena, documents + 1, sizeof *first);
    bool *has_heirs = cb_arena_array(arena, documents + 1, sizeof *has_heirs);
    if (first == NULL || has_heirs == NULL)
        return cb_no_memory(err);
    size_t at = 0;
    for (size_t d = 0; d <= documents; d++) {
        while (at < count && steps[at].from < d)
            at++;
        first[d] = at;
    }
    for (size_t i = 0; i < count; i++)
        if (steps[i].to != CB_NO_DOCUMENT)
            has_heirs[steps[i].to] = true;
    *out = (struct cb_lineage){documents, steps, count, first, has_heirs};
    return CB_OK;
}

/* A document on the way, with the first step that led to it. */
struct stop {
    uint32_t document;
    const struct cb_step *first_step;
};

struct walk {
    const struct cb_lineage *lineage;
    bool *seen;
    struct stop *stops;
    size_t stop_count;
    struct cb_origin *found;
    size_t found_count;
};

static void add_origin(struct walk *w, uint32_t document, const char *origin,
                       const struct cb_step *first_step)
{
    for (size_t i = 0; i < w->found_count; i++) {
        const struct cb_origin *o = &w->found[i];
        if (o->document == document && (document != CB_NO_DOCUMENT || strcmp(o->origin, origin) == 0))
            return;
    }
    w->found[w->found_count++] = (struct cb_origin){
        .document = document,
        .origin = origin,
        .reason = first_step != NULL ? first_step->reason : NULL,
        .via = first_step != NULL ? first_step->to : CB_NO_DOCUMENT,
    };
}

/* A document's steps; what merely quotes is left out beside stronger ones (which are sorted first). */
static size_t steps_of(const struct cb_lineage *lineage, uint32_t document, const struct cb_step **out)
{
    const struct cb_step *steps = lineage->steps + lineage->first[document];
    size_t count = lineage->first[document + 1] - lineage->first[document];
    *out = steps;
    if (count == 0 || steps[0].quotes)
        return count;
    size_t strong = 0;
    while (strong < count && !steps[strong].quotes)
        strong++;
    return strong;
}

static void visit(struct walk *w, size_t at)
{
    struct stop stop = w->stops[at];
    const struct cb_step *steps;
    size_t count = steps_of(w->lineage, stop.document, &steps);
    if (count == 0 && stop.first_step != NULL)
        add_origin(w, stop.document, NULL, stop.first_step);
    for (size_t i = 0; i < count; i++) {
        const struct cb_step *first_step = stop.first_step != NULL ? stop.first_step : &steps[i];
        if (steps[i].to == CB_NO_DOCUMENT) {
            add_origin(w, CB_NO_DOCUMENT, steps[i].origin, first_step);
        } else if (!w->seen[steps[i].to]) {
            w->seen[steps[i].to] = true;
            w->stops[w->stop_count++] = (struct stop){steps[i].to, first_step};
        }
    }
}

/* Nothing was found at the ends: there are none, the way goes in a circle, or has not begun. */
static void end_of_no_way(struct walk *w, uint32_t document)
{
    uint32_t least = document;
    const struct cb_step *first_step = NULL;
    for (size_t i = 0; i < w->stop_count; i++) {
        if (w->stops[i].document < least) {
            least = w->stops[i].document;
            first_step = w->stops[i].first_step;
        }
    }
    if (w->stop_count > 1 || w->lineage->has_heirs[document])
        add_origin(w, least, NULL, first_step);
}

enum cb_code cb_lineage_origins(const struct cb_lineage *lineage, uint32_t document, struct cb_arena *arena,
                                struct cb_origin **out, size_t *count, struct cb_err *err)
{
    struct walk w = {.lineage = lineage};
    w.seen = cb_arena_array(arena, lineage->documents, sizeof *w.seen);
    w.stops = cb_arena_array(arena, lineage->documents, sizeof *w.stops);
    w.found = cb_arena_array(arena, lineage->documents + lineage->step_count + 1, sizeof *w.found);
    if (w.seen == NULL || w.stops == NULL || w.found == NULL)
        return cb_no_memory(err);
    w.seen[document] = true;
    w.stops[w.stop_count++] = (struct stop){document, NULL};
    for (size_t at = 0; at < w.stop_count; at++)
        visit(&w, at);
    if (w.found_count == 0)
        end_of_no_way(&w, document);
    *out = w.found;
    *count = w.found_count;
    return CB_OK;
}
