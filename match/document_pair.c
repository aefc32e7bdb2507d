#include "match/document_pair.h"

#include <math.h>
#include <string.h>

enum {
    /* More cells than this are not compared: two books. Their candidates are. */
    CELLS_MAX = 4 * 1000 * 1000,
    NEAR = 2, /* how far a neighbour's counterpart may be */
};

/* ------------------------------------------------------------------ how a thing is said */

/* "He denied that X" against "X", and "did X?" against "X": the words are the same, the claims are not. */
static void weigh_saying(enum cb_said a, enum cb_said b, struct cb_comparison *c)
{
    if (a == b)
        return;
    if ((a == CB_SAID_DENIED || b == CB_SAID_DENIED) && c->relation == CB_AGREES) {
        bool other_asks = a == CB_SAID_ASKED || b == CB_SAID_ASKED;
        c->relation = other_asks ? CB_RELATED : CB_CONTRADICTS;
        c->reasons |= 1U << CB_REASON_DENIED;
    } else if (c->relation == CB_AGREES) {
        c->relation = CB_RELATED;
        c->reasons |= 1U << CB_REASON_HEDGED;
    }
}

static void speakers(const struct cb_pair_claim *a, const struct cb_pair_claim *b,
                     struct cb_pair_context *out)
{
    bool known = a->speaker_id != 0 && b->speaker_id != 0;
    out->same_speaker = known && a->speaker_id == b->speaker_id;
    out->other_speaker = known && a->speaker_id != b->speaker_id;
}

static bool is_certain(const struct cb_comparison *c)
{
    return c->relation == CB_AGREES && c->agreement >= CB_CERTAIN;
}

/* ------------------------------------------------------------------ documents that are not linked */

static enum cb_code compare_cell(const struct cb_matcher *matcher, const struct cb_pair_claim *a,
                                 const struct cb_pair_claim *b, struct cb_arena *scratch,
                                 struct cb_comparison *out, struct cb_err *err)
{
    cb_arena_reset(scratch);
    enum cb_code code = cb_compare_profiles(matcher, a->profile, b->profile, scratch, out, err);
    if (code == CB_OK)
        weigh_saying(a->said, b->said, out);
    return code;
}

enum cb_code cb_pair_compare(const struct cb_matcher *matcher, const struct cb_pair_side *a,
                             const struct cb_pair_side *b, struct cb_pair_match *pairs, size_t count,
                             struct cb_arena *scratch, struct cb_err *err)
{
    enum cb_code code = CB_OK;
    for (size_t i = 0; i < count && code == CB_OK; i++)
        code = compare_cell(matcher, &a->claims[pairs[i].a], &b->claims[pairs[i].b], scratch,
                            &pairs[i].comparison, err);
    return code;
}

/* A claim that is stated twice in one document is one piece of evidence: the smaller count of the two sides.
 */
size_t cb_pair_certain(const struct cb_pair_match *pairs, size_t count)
{
    size_t on_a = 0, on_b = 0;
    for (size_t i = 0; i < count; i++) {
        if (!is_certain(&pairs[i].comparison))
            continue;
        bool seen_a = false, seen_b = false;
        for (size_t k = 0; k < i; k++) {
            if (is_certain(&pairs[k].comparison)) {
                seen_a |= pairs[k].a == pairs[i].a;
                seen_b |= pairs[k].b == pairs[i].b;
            }
        }
        on_a += !seen_a;
        on_b += !seen_b;
    }
    return on_a < on_b ? on_a : on_b;
}

bool cb_pair_linked(size_t certain, bool shared_origin, size_t claims_a, size_t claims_b)
{
    if (claims_a < CB_LINKED_CLAIMS || claims_b < CB_LINKED_CLAIMS || claims_a * claims_b > CELLS_MAX)
        return false;
    return certain >= (shared_origin ? (size_t)CB_LINKED_CERTAIN_SHARED : (size_t)CB_LINKED_CERTAIN);
}

void cb_pair_decide(const struct cb_pair_side *a, const struct cb_pair_side *b, struct cb_pair_match *pairs,
                    size_t count, bool shared_origin)
{
    size_t certain = cb_pair_certain(pairs, count);
    for (size_t i = 0; i < count; i++) {
        struct cb_comparison *c = &pairs[i].comparison;
        struct cb_pair_context context = {.shared_origin = shared_origin};
        context.certain = (unsigned)(certain - (is_certain(c) && certain > 0 ? 1 : 0));
        speakers(&a->claims[pairs[i].a], &b->claims[pairs[i].b], &context);
        cb_decide(c, &context, c);
    }
}

/* ------------------------------------------------------------------ documents that are linked */

struct grid {
    const struct cb_pair_side *a, *b;
    struct cb_comparison *cells; /* a->count rows of b->count */
    double *best_a, *best_b;     /* the greatest agreement of each row and column */
};

static struct cb_comparison *cell(const struct grid *g, size_t i, size_t j)
{
    return &g->cells[i * g->b->count + j];
}

static enum cb_code fill(const struct cb_matcher *matcher, struct grid *g, struct cb_arena *scratch,
                         struct cb_err *err)
{
    for (size_t i = 0; i < g->a->count; i++) {
        for (size_t j = 0; j < g->b->count; j++) {
            struct cb_comparison *c = cell(g, i, j);
            enum cb_code code = compare_cell(matcher, &g->a->claims[i], &g->b->claims[j], scratch, c, err);
            if (code != CB_OK)
                return code;
            g->best_a[i] = fmax(g->best_a[i], c->agreement);
            g->best_b[j] = fmax(g->best_b[j], c->agreement);
        }
    }
    return CB_OK;
}

/* Does a claim shortly before (direction -1) or after (1) match one shortly before or after the counterpart?
 */
static bool neighbour_matches(const struct grid *g, size_t i, size_t j, int direction)
{
    for (size_t di = 1; di <= NEAR; di++) {
        for (size_t dj = 1; dj <= NEAR; dj++) {
            if (direction < 0 ? (di > i || dj > j) : (i + di >= g->a->count || j + dj >= g->b->count))
                continue;
            if (is_certain(direction < 0 ? cell(g, i - di, j - dj) : cell(g, i + di, j + dj)))
                return true;
        }
    }
    return false;
}

static size_t count_certain(const struct grid *g)
{
    size_t rows = 0, columns = 0;
    for (size_t i = 0; i < g->a->count; i++) {
        bool any = false;
        for (size_t j = 0; j < g->b->count && !any; j++)
            any = is_certain(cell(g, i, j));
        rows += any;
    }
    for (size_t j = 0; j < g->b->count; j++) {
        bool any = false;
        for (size_t i = 0; i < g->a->count && !any; i++)
            any = is_certain(cell(g, i, j));
        columns += any;
    }
    return rows < columns ? rows : columns;
}

static void decide(const struct grid *g, size_t i, size_t j, size_t certain, bool shared_origin,
                   struct cb_comparison *out)
{
    const struct cb_comparison *c = cell(g, i, j);
    struct cb_pair_context context = {
        .shared_origin = shared_origin,
        .mutual_best = c->agreement > 0 && c->agreement >= g->best_a[i] && c->agreement >= g->best_b[j],
        .certain = (unsigned)(certain - (is_certain(c) && certain > 0 ? 1 : 0)),
        .neighbours = (unsigned)neighbour_matches(g, i, j, -1) + (unsigned)neighbour_matches(g, i, j, 1),
    };
    speakers(&g->a->claims[i], &g->b->claims[j], &context);
    cb_decide(c, &context, out);
}

enum cb_code cb_pair_align(const struct cb_matcher *matcher, const struct cb_pair_side *a,
                           const struct cb_pair_side *b, bool shared_origin, struct cb_arena *arena,
                           struct cb_arena *scratch, struct cb_pair_match **out, size_t *count,
                           struct cb_err *err)
{
    struct grid g = {.a = a, .b = b};
    *out = NULL;
    *count = 0;
    g.cells = cb_arena_array(arena, a->count * b->count, sizeof *g.cells);
    g.best_a = cb_arena_array(arena, a->count, sizeof *g.best_a);
    g.best_b = cb_arena_array(arena, b->count, sizeof *g.best_b);
    struct cb_pair_match *found = cb_arena_array(arena, a->count * b->count, sizeof *found);
    if (g.cells == NULL || g.best_a == NULL || g.best_b == NULL || found == NULL)
        return cb_fail(err, CB_LIMIT, "two documents of %zu and %zu claims are too long to be aligned",
                       a->count, b->count);
    enum cb_code code = fill(matcher, &g, scratch, err);
    if (code != CB_OK)
        return code;
    size_t certain = count_certain(&g);
    for (size_t i = 0; i < a->count; i++) {
        for (size_t j = 0; j < b->count; j++) {
            struct cb_pair_match *match = &found[*count];
            decide(&g, i, j, certain, shared_origin, &match->comparison);
            if (match->comparison.relation == CB_UNRELATED)
                continue;
            match->a = (uint32_t)i;
            match->b = (uint32_t)j;
            ++*count;
        }
    }
    *out = found;
    return CB_OK;
}
