#include "match/document_pair.h"

#include "match/local.h"
#include "match/parts.h"

#include <math.h>
#include <string.h>

enum {
    /* More cells than this are not compared: two books. Their candidates are. */
    CELLS_MAX = 4 * 1000 * 1000,
    CLAIM_TERMS = 3,
    SHORT_TERMS = 2, /* enough in linked documents, when nothing else is said */
    NEAR = 2,        /* how far a neighbour's counterpart may be */
};

/* Out of context two claims of an archive need this much in common to agree: the model of agreement was
 * fitted on pairs about one thing, and says little of pairs that are about two. */
#define AGREES_SCORE 0.5

#define SHORT_DICE 0.9

/* Of cb_comparison.topic: about one thing, but for a "not". */
#define ONE_THING 0.75

/* Among thousands of claims many share a name and a "not": without much else in common they are about two
 * things, and neither contradict each other nor are worth a row as related. */
#define KEPT_SCORE 0.5

#define SPEAKS_AGAINST                                                                                       \
    (1U << CB_REASON_DIFFERENT_QUANTITY | 1U << CB_REASON_UNIT_MISMATCH | 1U << CB_REASON_NEGATED |          \
     1U << CB_REASON_DENIED | 1U << CB_REASON_ANTONYM | 1U << CB_REASON_SWAPPED_ROLES |                      \
     1U << CB_REASON_DIFFERENT_PERIOD)

/* ------------------------------------------------------------------ how a thing is said */

static bool denies(const struct cb_pair_claim *claim)
{
    return claim->said == CB_SAID_DENIED || claim->profile->denials > 0;
}

/* "He denied that X" against "X", and "did X?" against "X": the words are the same, the claims are not. Where
 * both deny, in so many words or by whoever reports them, they are one again. */
static void weigh_saying(const struct cb_pair_claim *a, const struct cb_pair_claim *b, enum cb_said said_a,
                         enum cb_said said_b, struct cb_comparison *c)
{
    if (said_a == said_b || c->relation != CB_AGREES || (denies(a) && denies(b)))
        return;
    if (said_a == CB_SAID_DENIED || said_b == CB_SAID_DENIED) {
        bool other_asks = said_a == CB_SAID_ASKED || said_b == CB_SAID_ASKED;
        c->relation = other_asks ? CB_RELATED : CB_CONTRADICTS;
        c->reasons |= 1U << CB_REASON_DENIED;
    } else {
        c->relation = CB_RELATED;
        c->reasons |= 1U << CB_REASON_HEDGED;
    }
}

/* "He denied that the brakes had failed" and "The brakes did not fail" are one claim: the denial round the
 * one is the "not" in the other. Takes the gate back; true when it did. */
static bool cancel_denial(const struct cb_pair_claim *a, const struct cb_pair_claim *b,
                          struct cb_comparison *c)
{
    if ((a->said == CB_SAID_DENIED) == (b->said == CB_SAID_DENIED) ||
        !(c->reasons & 1U << CB_REASON_NEGATED) || a->profile->denials > 0 || b->profile->denials > 0)
        return false;
    c->reasons &= ~(1U << CB_REASON_NEGATED);
    if (c->relation == CB_CONTRADICTS)
        c->relation = c->topic >= ONE_THING ? CB_AGREES : CB_RELATED;
    return true;
}

/* The gates see only the words: the denial of one may stand in its words, that of the other around them. */
static void drop_denial(const struct cb_pair_claim *a, const struct cb_pair_claim *b, struct cb_comparison *c)
{
    if (!(c->reasons & 1U << CB_REASON_DENIED) || !denies(a) || !denies(b))
        return;
    c->reasons &= ~(1U << CB_REASON_DENIED);
    c->relation = c->relation == CB_CONTRADICTS ? CB_RELATED : c->relation;
}

/* Two reports of one event often differ in whether they put a thing as somebody's wish ("he wants to ask") or
 * as said ("he will ask"); what is asked or denied stays apart. */
static enum cb_said said_in_context(enum cb_said said)
{
    return said == CB_SAID_WISHED ? CB_SAID_STATED : said;
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
    if (code == CB_OK && !cancel_denial(a, b, out))
        weigh_saying(a, b, a->said, b->said, out);
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

struct cell {
    struct cb_comparison comparison;
    float likeness, cover, dice, info;
    unsigned words;
    bool denial_cancelled; /* by a "not" of the other claim */
};

/* The best counterpart of a claim, and the best one in another sentence than that. */
struct best {
    float first, second;
    int64_t sentence; /* of the first */
};

/* The sentences of a side, in the order of the text. */
struct order {
    uint32_t *rank; /* by claim */
    size_t count;   /* of sentences */
};

struct grid {
    const struct cb_pair_side *a, *b;
    struct cb_local local;
    struct cell *cells;           /* a->count rows of b->count */
    struct best *best_a, *best_b; /* of each row and column */
    struct order order_a, order_b;
    float *sentences; /* order_a.count rows of order_b.count: of the claims that are most alike */
};

static struct cell *cell_at(const struct grid *g, size_t i, size_t j)
{
    return &g->cells[i * g->b->count + j];
}

static float *sentences_at(const struct grid *g, size_t a, size_t b)
{
    return &g->sentences[a * g->order_b.count + b];
}

/* Words, words that are rare in the two documents, and how much of the shorter one stands in the other. */
static double likeness(double score, const struct cb_local_share *share)
{
    return 0.4 * score + 0.3 * share->dice + 0.3 * share->cover;
}

/* Claims whose sentence is not known are sentences of their own. */
static int64_t sentence_of(const struct cb_pair_side *side, size_t i)
{
    return side->claims[i].sentence > 0 ? side->claims[i].sentence : -1 - (int64_t)i;
}

static void meet(struct best *best, float value, int64_t sentence)
{
    if (value > best->first) {
        if (sentence != best->sentence)
            best->second = best->first;
        best->first = value;
        best->sentence = sentence;
    } else if (sentence != best->sentence && value > best->second) {
        best->second = value;
    }
}

static double lead(const struct best *best, float value, int64_t sentence)
{
    return (double)value - (double)(sentence == best->sentence ? best->second : best->first);
}

static enum cb_code fill_cell(const struct cb_matcher *matcher, const struct grid *g, size_t i, size_t j,
                              struct cb_arena *scratch, struct cb_err *err)
{
    const struct cb_pair_claim *a = &g->a->claims[i], *b = &g->b->claims[j];
    struct cell *cell = cell_at(g, i, j);
    struct cb_local_share share;
    cell->comparison = (struct cb_comparison){.relation = CB_UNRELATED};
    bool enough = says_enough(a->profile, b->profile);
    if (!enough && (a->profile->term_count < SHORT_TERMS || b->profile->term_count < SHORT_TERMS))
        return CB_OK;
    cb_arena_reset(scratch);
    enum cb_code code = cb_compare_weighed(matcher, a->profile, b->profile, g->local.a[i], g->local.b[j],
                                           scratch, &cell->comparison, &share, err);
    if (code != CB_OK)
        return code;
    if (!enough && share.dice < SHORT_DICE) {
        cell->comparison = (struct cb_comparison){.relation = CB_UNRELATED};
        return CB_OK;
    }
    cell->denial_cancelled = cancel_denial(a, b, &cell->comparison);
    drop_denial(a, b, &cell->comparison);
    cell->likeness = (float)likeness(cell->comparison.score, &share);
    cell->cover = (float)share.cover;
    cell->dice = (float)share.dice;
    cell->info = (float)share.info;
    cell->words = share.words;
    return CB_OK;
}

static enum cb_code fill(const struct cb_matcher *matcher, struct grid *g, struct cb_arena *scratch,
                         struct cb_err *err)
{
    for (size_t i = 0; i < g->a->count; i++) {
        for (size_t j = 0; j < g->b->count; j++) {
            enum cb_code code = fill_cell(matcher, g, i, j, scratch, err);
            if (code != CB_OK)
                return code;
            float likeness = cell_at(g, i, j)->likeness;
            float *sentences = sentences_at(g, g->order_a.rank[i], g->order_b.rank[j]);
            meet(&g->best_a[i], likeness, sentence_of(g->b, j));
            meet(&g->best_b[j], likeness, sentence_of(g->a, i));
            *sentences = fmaxf(*sentences, likeness);
        }
    }
    return CB_OK;
}

/* How alike a sentence shortly before the two (direction -1), or shortly after them (1), is to another such
 * one: by their claims that are most alike. Parts of the two sentences themselves are no neighbours. */
static double neighbour_likeness(const struct grid *g, size_t i, size_t j, int direction)
{
    size_t a = g->order_a.rank[i], b = g->order_b.rank[j];
    double best = 0;
    for (size_t da = 1; da <= NEAR; da++) {
        for (size_t db = 1; db <= NEAR; db++) {
            bool outside = direction < 0 ? (da > a || db > b)
                                         : (a + da >= g->order_a.count || b + db >= g->order_b.count);
            if (!outside)
                best = fmax(best, (double)*sentences_at(g, direction < 0 ? a - da : a + da,
                                                        direction < 0 ? b - db : b + db));
        }
    }
    return best;
}

/* The context speaks for the two, but not by much. Below a half it is the lead over all others that does. */
static bool is_uncertain(const struct cb_comparison *c)
{
    return c->agreement >= CB_AGREES_MIN && c->agreement < CB_BOND_AGREEMENT;
}

static void decide(const struct grid *g, size_t i, size_t j, bool shared_origin, struct cb_comparison *out)
{
    const struct cell *c = cell_at(g, i, j);
    const struct cb_pair_claim *a = &g->a->claims[i], *b = &g->b->claims[j];
    double lead_a = lead(&g->best_a[i], c->likeness, sentence_of(g->b, j));
    double lead_b = lead(&g->best_b[j], c->likeness, sentence_of(g->a, i));
    *out = c->comparison;
    if (c->likeness <= 0)
        return;
    const struct cb_pair_context context = {
        .cover = (double)c->cover,
        .dice = (double)c->dice,
        .info = (double)c->info,
        .words = c->words,
        .lead_min = fmin(lead_a, lead_b),
        .lead_max = fmax(lead_a, lead_b),
        .other_speaker = a->speaker_id != 0 && b->speaker_id != 0 && a->speaker_id != b->speaker_id,
        .shared_origin = shared_origin,
        .neighbour = fmax(neighbour_likeness(g, i, j, -1), neighbour_likeness(g, i, j, 1)),
    };
    cb_decide(&c->comparison, &context, out);
    note_speakers(a, b, out);
    if (!c->denial_cancelled)
        weigh_saying(a, b, said_in_context(a->said), said_in_context(b->said), out);
    bool uncertain = is_uncertain(out);
    if (out->relation == CB_CONTRADICTS && uncertain && c->comparison.relation != CB_CONTRADICTS)
        out->relation = CB_RELATED;
    if (out->relation != CB_AGREES || (out->reasons & 1U << CB_REASON_SAME_WORDS))
        return;
    out->reasons |= (context.lead_min < 0 ? 1U << CB_REASON_NEARER_ELSEWHERE : 0) |
                    (uncertain ? 1U << CB_REASON_UNCERTAIN : 0);
}

static bool put_in_order(const struct cb_pair_side *side, struct cb_arena *arena, struct order *out)
{
    out->rank = cb_arena_array(arena, side->count + 1, sizeof *out->rank);
    for (size_t i = 0; out->rank != NULL && i < side->count; i++) {
        out->count += i == 0 || sentence_of(side, i) != sentence_of(side, i - 1);
        out->rank[i] = (uint32_t)(out->count - 1);
    }
    return out->rank != NULL;
}

static bool make_grid(struct grid *g, struct cb_arena *arena)
{
    size_t a = g->a->count, b = g->b->count;
    g->cells = cb_arena_array(arena, a * b, sizeof *g->cells);
    g->best_a = cb_arena_array(arena, a, sizeof *g->best_a);
    g->best_b = cb_arena_array(arena, b, sizeof *g->best_b);
    if (g->cells == NULL || g->best_a == NULL || g->best_b == NULL ||
        !put_in_order(g->a, arena, &g->order_a) || !put_in_order(g->b, arena, &g->order_b))
        return false;
    g->sentences = cb_arena_array(arena, g->order_a.count * g->order_b.count, sizeof *g->sentences);
    return g->sentences != NULL;
}

enum cb_code cb_pair_align(const struct cb_matcher *matcher, const struct cb_pair_side *a,
                           const struct cb_pair_side *b, bool shared_origin, struct cb_arena *arena,
                           struct cb_arena *scratch, struct cb_pair_match **out, size_t *count,
                           struct cb_err *err)
{
    struct grid g = {.a = a, .b = b};
    *out = NULL;
    *count = 0;
    struct cb_pair_match *found = cb_arena_array(arena, a->count * b->count, sizeof *found);
    if (found == NULL || !make_grid(&g, arena))
        return cb_fail(err, CB_LIMIT, "two documents of %zu and %zu claims are too long to be aligned",
                       a->count, b->count);
    enum cb_code code = cb_local_weigh(a, b, arena, &g.local, err);
    if (code == CB_OK)
        code = fill(matcher, &g, scratch, err);
    if (code != CB_OK)
        return code;
    for (size_t i = 0; i < a->count; i++) {
        for (size_t j = 0; j < b->count; j++) {
            struct cb_pair_match *match = &found[*count];
            decide(&g, i, j, shared_origin, &match->comparison);
            if (match->comparison.relation == CB_UNRELATED)
                continue;
            match->a = (uint32_t)i;
            match->b = (uint32_t)j;
            ++*count;
        }
    }
    cb_parts_mark(a, b, found, *count);
    *out = found;
    return CB_OK;
}

bool cb_match_is_kept(const struct cb_comparison *comparison)
{
    return comparison->relation == CB_AGREES ||
           (comparison->relation != CB_UNRELATED && comparison->score >= KEPT_SCORE);
}
