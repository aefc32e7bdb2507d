#include "match/features.h"

#include "match/align.h"
#include "match/matcher.h"
#include "match/quantities.h"

#include <math.h>
#include <stdlib.h>

/* Longer claims are not run through the quadratic subsequence. */
enum { ORDER_MAX = 512 };

static const char *const names[CB_FEATURE_COUNT] = {
    [CB_F_BIAS] = "bias",
    [CB_F_COVER_MIN] = "cover_min",
    [CB_F_COVER_MAX] = "cover_max",
    [CB_F_COVER_MIN_SQUARED] = "cover_min_squared",
    [CB_F_TERM_DICE] = "term_dice",
    [CB_F_ALL_WORDS] = "all_words",
    [CB_F_TRIGRAM] = "trigram",
    [CB_F_BIGRAM] = "bigram",
    [CB_F_LENGTH] = "length",
    [CB_F_ORDER] = "order",
    [CB_F_QUANTITY_SAME] = "quantity_same",
    [CB_F_QUANTITY_DIFFERS] = "quantity_differs",
    [CB_F_QUANTITY_MISSING] = "quantity_missing",
    [CB_F_NAME_SHARED] = "name_shared",
    [CB_F_NAME_MISSING] = "name_missing",
    [CB_F_NEGATION] = "negation",
    [CB_F_DENIAL] = "denial",
    [CB_F_LEFT_MIN] = "left_min",
    [CB_F_LEFT_MAX] = "left_max",
    [CB_F_OPPOSITES] = "opposites",
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
    double cover, left;     /* share of weight with a counterpart; heaviest word without one */
    double names, missing;  /* names, and those without a counterpart */
    double aligned, words;
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
        if (word->flags & CB_WORD_STOP) {
            continue;
        }
        weight += w;
        covered += w * (double)like[i];
        if (to[i] < 0) {
            s.left = fmax(s.left, w);
        }
        if ((word->flags & CB_WORD_NAME) && !p->title_case) {
            s.names += 1;
            s.missing += to[i] < 0;
        }
    }
    s.cover = ratio(covered, weight);
    return s;
}

static double bigram_dice(const struct cb_profile *a, const struct cb_profile *b, const int32_t *a_to_b)
{
    size_t shared = 0;
    for (size_t i = 0; i + 1 < a->word_count; i++) {
        shared += a_to_b[i] >= 0 && a_to_b[i + 1] == a_to_b[i] + 1;
    }
    double pairs = (double)(a->word_count + b->word_count) - 2.0;
    return pairs > 0 ? 2.0 * (double)shared / pairs : 0.0;
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

static void quantity_features(const struct cb_profile *a, const struct cb_profile *b,
                              const struct cb_alignment *alignment, double *value)
{
    struct cb_quantity_match q;
    cb_quantities_match(a, b, alignment, &q);
    double near = (double)(q.same + q.rounded + q.spread);
    double all = (double)(q.same + q.rounded + q.spread + q.differ + q.other_unit);
    value[CB_F_QUANTITY_SAME] = ratio(near, all + (double)(q.only_a + q.only_b));
    value[CB_F_QUANTITY_DIFFERS] = q.differ + q.other_unit > 0 ? 1.0 : 0.0;
    value[CB_F_QUANTITY_MISSING] = (double)(q.only_a + q.only_b) / (1.0 + all + (double)(q.only_a + q.only_b));
}

enum cb_code cb_features_make(const struct cb_matcher *matcher, const struct cb_profile *a,
                              const struct cb_profile *b, struct cb_arena *arena, struct cb_features *out,
                              struct cb_err *err)
{
    /* One order for both, so that ties in the alignment fall the same way. */
    bool swap = a->folded > b->folded;
    const struct cb_profile *first = swap ? b : a, *second = swap ? a : b;
    struct cb_alignment alignment;
    enum cb_code code = cb_align(matcher, first, second, arena, &alignment, err);
    if (code != CB_OK) {
        return code;
    }
    double *v = out->value;
    struct side x = measure_side(first, alignment.a_to_b, alignment.a_like);
    struct side y = measure_side(second, alignment.b_to_a, alignment.b_like);
    v[CB_F_BIAS] = 1.0;
    v[CB_F_COVER_MIN] = fmin(x.cover, y.cover);
    v[CB_F_COVER_MAX] = fmax(x.cover, y.cover);
    v[CB_F_COVER_MIN_SQUARED] = v[CB_F_COVER_MIN] * v[CB_F_COVER_MIN];
    v[CB_F_TERM_DICE] = cb_term_dice(a, b);
    v[CB_F_ALL_WORDS] = ratio(x.aligned + y.aligned, x.words + y.words);
    v[CB_F_TRIGRAM] = trigram_dice(a, b);
    v[CB_F_BIGRAM] = bigram_dice(first, second, alignment.a_to_b);
    v[CB_F_LENGTH] = ratio(fmin(x.words, y.words), fmax(x.words, y.words));
    v[CB_F_ORDER] = order(first, second, alignment.a_to_b);
    quantity_features(first, second, &alignment, v);
    v[CB_F_NAME_SHARED] = ratio(x.names + y.names - x.missing - y.missing, x.names + y.names);
    v[CB_F_NAME_MISSING] = ratio(x.missing + y.missing, x.names + y.names);
    v[CB_F_NEGATION] = (a->negations > 0) != (b->negations > 0) ? 1.0 : 0.0;
    v[CB_F_DENIAL] = (a->denials > 0) != (b->denials > 0) ? 1.0 : 0.0;
    v[CB_F_LEFT_MIN] = fmin(x.left, y.left) / 10.0;
    v[CB_F_LEFT_MAX] = fmax(x.left, y.left) / 10.0;
    v[CB_F_OPPOSITES] = alignment.opposites > 0 ? 1.0 : 0.0;
    if (swap) {
        out->alignment = (struct cb_alignment){alignment.b_to_a, alignment.a_to_b, alignment.b_like,
                                               alignment.a_like, alignment.opposites};
    } else {
        out->alignment = alignment;
    }
    return CB_OK;
}
