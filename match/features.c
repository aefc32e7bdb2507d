#include "match/features.h"

#include "match/align.h"
#include "match/differences.h"
#include "match/matcher.h"
#include "match/quantities.h"

#include <math.h>
#include <string.h>

/* Longer claims are not run through the quadratic subsequence. */
enum { ORDER_MAX = 512 };

/* A word that weighs less is common to too many claims. */
#define SHARED_WEIGHT 7.5F
/* Content words up to which one other word makes another claim; in longer ones it is mostly style. */
#define SHORT_CLAIM 8
/* Words in common, outside of what is denied, that are more than the name of who denies. */
#define DENIER_WORDS 4

static const char *const names[CB_FEATURE_COUNT] = {
    [CB_F_BIAS] = "bias",
    [CB_F_COVER_MIN] = "cover_min",
    [CB_F_COVER_MAX] = "cover_max",
    [CB_F_COVER_MIN_SQUARED] = "cover_min_squared",
    [CB_F_COVER_MAX_SQUARED] = "cover_max_squared",
    [CB_F_TERM_DICE] = "term_dice",
    [CB_F_ALL_WORDS] = "all_words",
    [CB_F_CONTENT_MIN] = "content_min",
    [CB_F_CONTENT_MAX] = "content_max",
    [CB_F_TRIGRAM] = "trigram",
    [CB_F_BIGRAM] = "bigram",
    [CB_F_BIGRAM_MAX] = "bigram_max",
    [CB_F_THREE_WORDS] = "three_words",
    [CB_F_LENGTH] = "length",
    [CB_F_LENGTH_GAP] = "length_gap",
    [CB_F_WORDS] = "words",
    [CB_F_ORDER] = "order",
    [CB_F_QUANTITY_SAME] = "quantity_same",
    [CB_F_QUANTITY_DIFFERS] = "quantity_differs",
    [CB_F_QUANTITY_MISSING] = "quantity_missing",
    [CB_F_DATE_DIFFERS] = "date_differs",
    [CB_F_NAMED] = "named",
    [CB_F_NAME_SHARED] = "name_shared",
    [CB_F_NAME_MISSING_MIN] = "name_missing_min",
    [CB_F_NAME_MISSING_MAX] = "name_missing_max",
    [CB_F_OTHER_NAME] = "other_name",
    [CB_F_NEGATION] = "negation",
    [CB_F_POLARITY] = "polarity",
    [CB_F_NEGATED_HEAD] = "negated_head",
    [CB_F_NEGATED_BOTH] = "negated_both",
    [CB_F_DENIAL] = "denial",
    [CB_F_HEDGE] = "hedge",
    [CB_F_MODAL] = "modal",
    [CB_F_QUESTION] = "question",
    [CB_F_LEFT_COUNT_MIN] = "left_count_min",
    [CB_F_LEFT_COUNT_MAX] = "left_count_max",
    [CB_F_OPPOSITES] = "opposites",
    [CB_F_NEAR_OPPOSITES] = "near_opposites",
    [CB_F_COUNTERPARTS] = "counterparts",
    [CB_F_SWAPPED] = "swapped",
    [CB_F_NEGATION_COVER] = "negation_cover",
    [CB_F_POLARITY_COVER] = "polarity_cover",
    [CB_F_DENIAL_COVER] = "denial_cover",
    [CB_F_OPPOSITES_COVER] = "opposites_cover",
    [CB_F_NAMED_COVER_MIN] = "named_cover_min",
    [CB_F_NAMED_COVER_MAX] = "named_cover_max",
    [CB_F_NAMED_ALL_WORDS] = "named_all_words",
    [CB_F_NAMED_LEFT] = "named_left",
    [CB_F_NAMED_TRIGRAM] = "named_trigram",
    [CB_F_NAMED_BIGRAM] = "named_bigram",
    [CB_F_NAMED_LENGTH] = "named_length",
};

const char *cb_feature_name(enum cb_feature feature)
{
    return (unsigned)feature < CB_FEATURE_COUNT ? names[feature] : "?";
}

static double ratio(double part, double whole)
{
    return whole > 0 ? part / whole : 0.0;
}

double cb_term_dice(const struct cb_profile *a, const struct cb_profile *b)
{
    double shared = 0;
    for (size_t i = 0, j = 0; i < a->term_count && j < b->term_count;) {
        if (a->terms[i] < b->terms[j]) {
            i++;
        } else if (a->terms[i] > b->terms[j]) {
            j++;
        } else {
            shared += (double)a->weights[i];
            i++;
            j++;
        }
    }
    return ratio(2 * shared, a->weight + b->weight);
}

static double trigram_dice(const struct cb_profile *a, const struct cb_profile *b)
{
    size_t shared = 0;
    for (size_t i = 0, j = 0; i < a->trigram_count && j < b->trigram_count;) {
        uint32_t x = a->trigrams[i], y = b->trigrams[j];
        shared += x == y;
        i += x <= y;
        j += y <= x;
    }
    return ratio(2.0 * (double)shared, (double)(a->trigram_count + b->trigram_count));
}

struct side {
    double cover, left;         /* share of weight with a counterpart; heaviest word without one */
    double content, left_count; /* content words, and those without one */
    double names, missing;      /* names, and those without a counterpart */
    double aligned, words;
    unsigned shared; /* content words of some weight with a counterpart */
};

static struct side measure_side(const struct cb_profile *p, const int32_t *to, const float *like)
{
    struct side s = {0};
    double weight = 0, covered = 0;
    for (size_t i = 0; i < p->word_count; i++) {
        const struct cb_word *word = &p->words[i];
        double w = (double)word->weight;
        s.words += 1;
        s.aligned += to[i] >= 0;
        if (word->flags & CB_WORD_STOP)
            continue;
        s.content += 1;
        s.shared += to[i] >= 0 && word->weight >= SHARED_WEIGHT;
        weight += w;
        covered += w * (double)like[i];
        if (to[i] < 0) {
            s.left_count += 1;
        }
        if (word->flags & CB_WORD_NAME) {
            s.names += 1;
            s.missing += to[i] < 0;
        }
    }
    s.cover = ratio(covered, weight);
    return s;
}

static bool is_cancelled(const struct cb_alignment *alignment, size_t i)
{
    for (unsigned k = 0; k < alignment->cancelled_count; k++) {
        if (alignment->cancelled[k] == (int32_t)i)
            return true;
    }
    return false;
}

/* Only one side negates it, and the other does not deny it: "denied that X" says "not X". */
static bool polarity_differs(unsigned x, unsigned y)
{
    unsigned other = x & CB_WORD_NEGATED ? y : x;
    return ((x ^ y) & CB_WORD_NEGATED) && !(other & CB_WORD_DENIED);
}

/* Of the weight of the content words that answer to each other, the share that only one side negates. *head:
 * the very word that is negated on one side stands un-negated on the other. */
static double polarity(const struct cb_profile *a, const struct cb_profile *b,
                       const struct cb_alignment *alignment, bool *head)
{
    const int32_t *a_to_b = alignment->a_to_b;
    double both = 0, apart = 0;
    for (size_t i = 0; i < a->word_count; i++) {
        if (a_to_b[i] < 0 || (a->words[i].flags & CB_WORD_STOP))
            continue;
        double w = (double)a->words[i].weight;
        unsigned x = a->words[i].flags, y = b->words[a_to_b[i]].flags;
        both += w;
        if (polarity_differs(x, y) && !is_cancelled(alignment, i)) {
            apart += w;
            *head |= ((x | y) & CB_WORD_NEGATED_HEAD) != 0;
        }
    }
    return ratio(apart, both);
}

/* Neighbours that stay neighbours, in runs of two and of three. */
static void run_features(const struct cb_profile *a, const struct cb_profile *b, const int32_t *a_to_b,
                         double *v)
{
    double twos = 0, threes = 0, pairs = (double)(a->word_count + b->word_count) - 2.0;
    double shorter = fmin((double)a->word_count, (double)b->word_count);
    bool before = false;
    for (size_t i = 0; i + 1 < a->word_count; i++) {
        bool run = a_to_b[i] >= 0 && a_to_b[i + 1] == a_to_b[i] + 1;
        twos += run;
        threes += run && before;
        before = run;
    }
    v[CB_F_BIGRAM] = pairs > 0 ? 2.0 * twos / pairs : 0.0;
    v[CB_F_BIGRAM_MAX] = shorter > 1 ? twos / (shorter - 1) : 0.0;
    v[CB_F_THREE_WORDS] = pairs > 2 ? 2.0 * threes / (pairs - 2) : 0.0;
}

/* The longest run of aligned words that stand in the same order (longest increasing subsequence). */
static double order(const struct cb_profile *a, const struct cb_profile *b, const int32_t *a_to_b)
{
    int32_t tails[ORDER_MAX];
    size_t len = 0;
    for (size_t i = 0; i < a->word_count; i++) {
        if (a_to_b[i] < 0) {
            continue;
        }
        size_t at = len;
        while (at > 0 && tails[at - 1] >= a_to_b[i]) {
            at--;
        }
        if (at < ORDER_MAX) {
            tails[at] = a_to_b[i];
            len = at == len ? len + 1 : len;
        }
    }
    size_t shorter = a->word_count < b->word_count ? a->word_count : b->word_count;
    return fmin(1.0, ratio((double)len, (double)shorter));
}

static void quantity_features(const struct cb_quantity_match *q, double *value)
{
    double near = (double)(q->same + q->rounded + q->spread), only = (double)(q->only_a + q->only_b);
    double all = near + (double)(q->differ + q->other_unit);
    value[CB_F_QUANTITY_SAME] = ratio(near, all + only);
    value[CB_F_QUANTITY_DIFFERS] = q->differ + q->other_unit > 0 ? 1.0 : 0.0;
    value[CB_F_QUANTITY_MISSING] = only / (1.0 + all + only);
    value[CB_F_DATE_DIFFERS] = q->dates_differ > 0 && q->dates_same == 0 ? 1.0 : 0.0;
}

static void word_features(const struct side *x, const struct side *y, double *v)
{
    double missing_x = ratio(x->missing, x->names), missing_y = ratio(y->missing, y->names);
    v[CB_F_BIAS] = 1.0;
    v[CB_F_COVER_MIN] = fmin(x->cover, y->cover);
    v[CB_F_COVER_MAX] = fmax(x->cover, y->cover);
    v[CB_F_COVER_MIN_SQUARED] = v[CB_F_COVER_MIN] * v[CB_F_COVER_MIN];
    v[CB_F_COVER_MAX_SQUARED] = v[CB_F_COVER_MAX] * v[CB_F_COVER_MAX];
    v[CB_F_ALL_WORDS] = ratio(x->aligned + y->aligned, x->words + y->words);
    double content_x = ratio(x->content - x->left_count, x->content);
    double content_y = ratio(y->content - y->left_count, y->content);
    v[CB_F_CONTENT_MIN] = fmin(content_x, content_y);
    v[CB_F_CONTENT_MAX] = fmax(content_x, content_y);
    v[CB_F_LENGTH_GAP] = fmin(fabs(x->words - y->words) / 10, 2);
    v[CB_F_LENGTH] = ratio(fmin(x->words, y->words), fmax(x->words, y->words));
    v[CB_F_WORDS] = log(1 + (x->words + y->words) / 2) / 4;
    v[CB_F_NAME_SHARED] = ratio(x->names + y->names - x->missing - y->missing, x->names + y->names);
    v[CB_F_NAME_MISSING_MIN] = fmin(missing_x, missing_y);
    v[CB_F_NAME_MISSING_MAX] = fmax(missing_x, missing_y);
    v[CB_F_LEFT_COUNT_MIN] = fmin(fmin(x->left_count, y->left_count), 12) / 6;
    v[CB_F_LEFT_COUNT_MAX] = fmin(fmax(x->left_count, y->left_count), 12) / 6;
}

/* Who denies is the same, and what is denied stands nowhere in the other: two statements of one person. */
static bool denies_another(const struct cb_profile *p, const int32_t *to)
{
    unsigned denied = 0, others = 0;
    for (size_t i = 0; i < p->word_count; i++) {
        if (to[i] < 0 || (p->words[i].flags & CB_WORD_STOP))
            continue;
        if (p->words[i].flags & CB_WORD_DENIED)
            denied++;
        else
            others++;
    }
    return p->denials > 0 && denied == 0 && others >= DENIER_WORDS;
}

static double one_sided(unsigned a, unsigned b)
{
    return (a > 0) != (b > 0) ? 1.0 : 0.0;
}

static void stance_features(const struct cb_profile *a, const struct cb_profile *b,
                            const struct cb_alignment *alignment, double *v)
{
    bool head = false, both = (a->negations > 0 || a->denials > 0) && (b->negations > 0 || b->denials > 0);
    v[CB_F_NEGATION] = both || alignment->cancelled_count > 0 ? 0.0 : one_sided(a->negations, b->negations);
    v[CB_F_POLARITY] = polarity(a, b, alignment, &head);
    v[CB_F_NEGATED_HEAD] = head && !both ? 1.0 : 0.0;
    v[CB_F_NEGATED_BOTH] = head && both ? 1.0 : 0.0;
    bool another = denies_another(a, alignment->a_to_b) || denies_another(b, alignment->b_to_a);
    v[CB_F_DENIAL] = both || another ? 0.0 : one_sided(a->denials, b->denials);
    v[CB_F_HEDGE] = one_sided(a->hedges, b->hedges);
    v[CB_F_MODAL] = one_sided(a->modals, b->modals);
    v[CB_F_QUESTION] = one_sided(a->question, b->question);
    v[CB_F_OPPOSITES] = alignment->opposites > 0 ? 1.0 : 0.0;
    v[CB_F_NEAR_OPPOSITES] = alignment->near_opposites > 0 ? 1.0 : 0.0;
    v[CB_F_COUNTERPARTS] = alignment->counterparts > 0 ? 1.0 : 0.0;
}

static void product_features(double *v)
{
    double max = v[CB_F_COVER_MAX];
    v[CB_F_NEGATION_COVER] = v[CB_F_NEGATION] * max;
    v[CB_F_POLARITY_COVER] = v[CB_F_POLARITY] * max;
    v[CB_F_DENIAL_COVER] = v[CB_F_DENIAL] * max;
    v[CB_F_OPPOSITES_COVER] = v[CB_F_OPPOSITES] * max;
    v[CB_F_NAMED_COVER_MIN] = v[CB_F_NAMED] * v[CB_F_COVER_MIN];
    v[CB_F_NAMED_COVER_MAX] = v[CB_F_NAMED] * max;
    v[CB_F_NAMED_ALL_WORDS] = v[CB_F_NAMED] * v[CB_F_ALL_WORDS];
    v[CB_F_NAMED_TRIGRAM] = v[CB_F_NAMED] * v[CB_F_TRIGRAM];
    v[CB_F_NAMED_BIGRAM] = v[CB_F_NAMED] * v[CB_F_BIGRAM];
    v[CB_F_NAMED_LENGTH] = v[CB_F_NAMED] * v[CB_F_LENGTH];
    v[CB_F_NAMED_LEFT] = v[CB_F_NAMED] * v[CB_F_LEFT_COUNT_MIN];
}

/* One order for both, so that ties in the alignment fall the same way. */
static bool stands_first(const struct cb_profile *a, const struct cb_profile *b)
{
    if (a->folded != b->folded)
        return a->folded < b->folded;
    if (a->len != b->len)
        return a->len < b->len;
    return memcmp(a->text, b->text, a->len) <= 0;
}

/* Everything that comes from words alone. */
static void all_word_features(const struct cb_profile *a, const struct cb_profile *b,
                              const struct cb_alignment *al, double *v, struct side *x, struct side *y)
{
    *x = measure_side(a, al->a_to_b, al->a_like);
    *y = measure_side(b, al->b_to_a, al->b_like);
    word_features(x, y, v);
    run_features(a, b, al->a_to_b, v);
    v[CB_F_ORDER] = order(a, b, al->a_to_b);
}

/* As if what differs did not: are the two about one thing? */
static bool plain_features(const struct cb_profile *a, const struct cb_profile *b,
                           const struct cb_differences *differences, struct cb_arena *arena,
                           struct cb_features *out)
{
    struct cb_alignment bridged = out->alignment;
    struct side x, y;
    double *v = out->plain;
    memcpy(v, out->value, sizeof out->plain);
    if (differences->count > 0) {
        if (!cb_differences_bridge(a, b, differences, &bridged, arena))
            return false;
        all_word_features(a, b, &bridged, v, &x, &y);
    }
    static const enum cb_feature dropped[] = {
        CB_F_NEGATED_BOTH, CB_F_QUANTITY_DIFFERS, CB_F_DATE_DIFFERS,   CB_F_OTHER_NAME,   CB_F_NEGATION,
        CB_F_NEGATED_HEAD, CB_F_POLARITY,         CB_F_DENIAL,         CB_F_MODAL,        CB_F_HEDGE,
        CB_F_QUESTION,     CB_F_OPPOSITES,        CB_F_NEAR_OPPOSITES, CB_F_COUNTERPARTS, CB_F_SWAPPED};
    for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
        v[dropped[i]] = 0;
    product_features(v);
    return true;
}

static void swap_sides(struct cb_features *features)
{
    struct cb_alignment *al = &features->alignment, t = *al;
    al->a_to_b = t.b_to_a;
    al->b_to_a = t.a_to_b;
    al->a_like = t.b_like;
    al->b_like = t.a_like;
    unsigned only = features->quantities.only_a;
    features->quantities.only_a = features->quantities.only_b;
    features->quantities.only_b = only;
}

enum cb_code cb_features_make(const struct cb_matcher *matcher, const struct cb_profile *a,
                              const struct cb_profile *b, struct cb_arena *arena, struct cb_features *out,
                              struct cb_err *err)
{
    bool swap = !stands_first(a, b);
    const struct cb_profile *first = swap ? b : a, *second = swap ? a : b;
    struct cb_alignment *al = &out->alignment;
    struct cb_differences near, differences;
    struct side x, y;
    double *v = out->value;
    *out = (struct cb_features){0};
    near.count = differences.count = 0;
    enum cb_code code = cb_align(matcher, first, second, arena, al, &differences, err);
    if (code != CB_OK)
        return code;
    cb_quantities_match(first, second, al, &out->quantities, &near, &differences);
    if (near.count > 0 && !cb_differences_bridge(first, second, &near, al, arena))
        return cb_no_memory(err);
    all_word_features(first, second, al, v, &x, &y);
    v[CB_F_TERM_DICE] = cb_term_dice(a, b);
    v[CB_F_TRIGRAM] = trigram_dice(a, b);
    out->shared = x.shared < y.shared ? x.shared : y.shared;
    quantity_features(&out->quantities, v);
    v[CB_F_NAMED] = fmin(x.names + y.names + (double)(a->quantity_count + b->quantity_count), 8) / 8;
    stance_features(first, second, al, v);
    v[CB_F_SWAPPED] = cb_roles_swapped(first, second, al->a_to_b) ? 1.0 : 0.0;
    /* where much else differs, so may the name */
    double left_x = x.left_count - x.missing, left_y = y.left_count - y.missing;
    if (fmin(left_x, left_y) <= 1 && fmax(left_x, left_y) <= 2)
        v[CB_F_OTHER_NAME] = cb_other_names(first, second, al, &differences) > 0 ? 1.0 : 0.0;
    out->aside = cb_answers_aside(first, al->a_to_b) || cb_answers_aside(second, al->b_to_a);
    out->other_word =
        fmin(x.content, y.content) <= SHORT_CLAIM && cb_other_word(first, second, al, &differences);
    cb_nobody_differs(first, second, al, &differences);
    product_features(v);
    if (!plain_features(first, second, &differences, arena, out))
        return cb_no_memory(err);
    if (swap)
        swap_sides(out);
    return CB_OK;
}
