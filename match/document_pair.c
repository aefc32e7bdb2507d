#include "match/document_pair.h"

#include <math.h>
#include <string.h>

enum {
    /* More cells than this are not compared: two books. Their candidates are. */
    CELLS_MAX = 4 * 1000 * 1000,
    CLAIM_TERMS = 3,
    NEAR = 2, /* how far a neighbour's counterpart may be */
};

/* Context finds what is said in other words; it does not make one claim of two that share no content. */
#define CONTEXT_SCORE 0.25
#define PART_SCORE    0.6
/* What context has to make of a pair before it may agree although the model alone calls it related. */
#define PROMOTED_SHARED    3 /* content words, a quantity counts as one */
#define PROMOTED_AGREEMENT 0.2

/* Out of context two claims of an archive need this much in common to agree: the model of agreement was
 * fitted on pairs about one thing, and says little of pairs that are about two. */
#define AGREES_SCORE 0.5

/* Among thousands of claims many share a name and a "not": without much else in common they are about two
 * things, and neither contradict each other nor are worth a row as related. */
#define KEPT_SCORE 0.5

#define SPEAKS_AGAINST                                                                                       \
    (1U << CB_REASON_DIFFERENT_QUANTITY | 1U << CB_REASON_UNIT_MISMATCH | 1U << CB_REASON_NEGATED |          \
     1U << CB_REASON_DENIED | 1U << CB_REASON_ANTONYM | 1U << CB_REASON_SWAPPED_ROLES |                      \
     1U << CB_REASON_DIFFERENT_PERIOD)

#define PARTS (1U << CB_REASON_DIFFERENT_SUBJECT | 1U << CB_REASON_HEDGED)

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

/* Much alike, and nothing in it speaks against: a fixed point in the alignment of two documents. */
static bool is_anchor(const struct cb_comparison *c)
{
    return (c->relation == CB_AGREES || c->relation == CB_RELATED) && c->score >= CB_ANCHOR_SCORE &&
           (c->reasons & SPEAKS_AGAINST) == 0;
}

/* ------------------------------------------------------------------ documents that are not linked */

static void want_score(struct cb_comparison *c)
{
    if (c->relation == CB_AGREES && c->score < AGREES_SCORE)
        c->relation = CB_RELATED;
}

/* A bare name or two words say too little to be the same as anything but themselves. */
static bool says_enough(const struct cb_profile *a, const struct cb_profile *b)
{
    return (a->term_count >= CLAIM_TERMS && b->term_count >= CLAIM_TERMS) ||
           (a->folded == b->folded && a->word_count == b->word_count);
}

static enum cb_code compare_cell(const struct cb_matcher *matcher, const struct cb_pair_claim *a,
                                 const struct cb_pair_claim *b, struct cb_arena *scratch,
                                 struct cb_comparison *out, struct cb_err *err)
{
    *out = (struct cb_comparison){.relation = CB_UNRELATED};
    if (!says_enough(a->profile, b->profile))
        return CB_OK;
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
size_t cb_pair_anchors(const struct cb_pair_match *pairs, size_t count)
{
    size_t on_a = 0, on_b = 0;
    for (size_t i = 0; i < count; i++) {
        if (!is_anchor(&pairs[i].comparison))
            continue;
        bool seen_a = false, seen_b = false;
        for (size_t k = 0; k < i; k++) {
            if (is_anchor(&pairs[k].comparison)) {
                seen_a |= pairs[k].a == pairs[i].a;
                seen_b |= pairs[k].b == pairs[i].b;
            }
        }
        on_a += !seen_a;
        on_b += !seen_b;
    }
    return on_a < on_b ? on_a : on_b;
}

bool cb_pair_linked(size_t anchors, bool shared_origin, size_t claims_a, size_t claims_b)
{
    if (claims_a < CB_LINKED_CLAIMS || claims_b < CB_LINKED_CLAIMS || claims_a * claims_b > CELLS_MAX)
        return false;
    return anchors >= (shared_origin ? (size_t)CB_LINKED_ANCHORS_SHARED : (size_t)CB_LINKED_ANCHORS);
}

/* The same words by two speakers are two attributions of one claim: who said it is told, and decides nothing.
 */
static void note_speakers(const struct cb_pair_claim *a, const struct cb_pair_claim *b,
                          struct cb_comparison *c)
{
    if (a->speaker_id != 0 && a->speaker_id == b->speaker_id)
        c->reasons |= 1U << CB_REASON_SAME_SPEAKER;
}

void cb_pair_decide(const struct cb_pair_side *a, const struct cb_pair_side *b, struct cb_pair_match *pairs,
                    size_t count)
{
    for (size_t i = 0; i < count; i++) {
        note_speakers(&a->claims[pairs[i].a], &b->claims[pairs[i].b], &pairs[i].comparison);
        want_score(&pairs[i].comparison);
    }
}

/* ------------------------------------------------------------------ documents that are linked */

struct grid {
    const struct cb_pair_side *a, *b;
    struct cb_comparison *cells; /* a->count rows of b->count */
    double *best_a, *best_b;     /* the greatest score of each row and column */
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
            g->best_a[i] = fmax(g->best_a[i], c->score);
            g->best_b[j] = fmax(g->best_b[j], c->score);
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
            if (is_anchor(direction < 0 ? cell(g, i - di, j - dj) : cell(g, i + di, j + dj)))
                return true;
        }
    }
    return false;
}

static size_t count_anchors(const struct grid *g)
{
    size_t rows = 0, columns = 0;
    for (size_t i = 0; i < g->a->count; i++) {
        bool any = false;
        for (size_t j = 0; j < g->b->count && !any; j++)
            any = is_anchor(cell(g, i, j));
        rows += any;
    }
    for (size_t j = 0; j < g->b->count; j++) {
        bool any = false;
        for (size_t i = 0; i < g->a->count && !any; i++)
            any = is_anchor(cell(g, i, j));
        columns += any;
    }
    return rows < columns ? rows : columns;
}

/* In linked documents, of claims for which nothing better is found: one says more than the other, or says it
 * in other words, and nothing in it speaks against. */
static void promote(struct cb_comparison *c)
{
    if (c->relation == CB_RELATED && (c->reasons & (SPEAKS_AGAINST | PARTS)) == 0)
        c->relation = CB_AGREES;
}

static void decide(const struct grid *g, size_t i, size_t j, size_t anchors, bool shared_origin,
                   struct cb_comparison *out)
{
    const struct cb_comparison *c = cell(g, i, j);
    const struct cb_pair_claim *a = &g->a->claims[i], *b = &g->b->claims[j];
    *out = *c;
    note_speakers(a, b, out);
    bool best_of_a = c->score >= g->best_a[i], best_of_b = c->score >= g->best_b[j];
    if (c->score < CONTEXT_SCORE || !best_of_a || !best_of_b) {
        want_score(out);
        /* The best there is for one of them: a part of what the other says. */
        if ((best_of_a || best_of_b) && c->score >= PART_SCORE)
            promote(out);
        return;
    }
    bool known = a->speaker_id != 0 && b->speaker_id != 0;
    const struct cb_pair_context context = {
        .same_speaker = known && a->speaker_id == b->speaker_id,
        .other_speaker = known && a->speaker_id != b->speaker_id,
        .shared_origin = shared_origin,
        .mutual_best = true,
        .certain = (unsigned)(anchors - (is_anchor(c) && anchors > 0 ? 1 : 0)),
        .neighbours = (unsigned)neighbour_matches(g, i, j, -1) + (unsigned)neighbour_matches(g, i, j, 1),
    };
    cb_decide(c, &context, out);
    bool same_quantity = (c->reasons & 1U << CB_REASON_SAME_QUANTITY) != 0;
    if (c->score >= CB_ANCHOR_SCORE && out->agreement >= PROMOTED_AGREEMENT &&
        c->shared + same_quantity >= PROMOTED_SHARED)
        promote(out);
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
    size_t anchors = count_anchors(&g);
    for (size_t i = 0; i < a->count; i++) {
        for (size_t j = 0; j < b->count; j++) {
            struct cb_pair_match *match = &found[*count];
            decide(&g, i, j, anchors, shared_origin, &match->comparison);
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

bool cb_match_is_kept(const struct cb_comparison *comparison)
{
    return comparison->relation == CB_AGREES ||
           (comparison->relation != CB_UNRELATED && comparison->score >= KEPT_SCORE);
}
