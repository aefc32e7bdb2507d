/* The models say how alike two claims are; the gates say whether a structured difference stands
 * between them. High likeness with a failed gate is a contradiction or a related claim, never agreement. */
#include "match/decide.h"

#include "match/pair.h"

#include <math.h>

/* Differences that can't both be so, when the two speak of the same thing … */
#define CONTRADICTING                                                                                        \
    (1U << CB_REASON_DIFFERENT_QUANTITY | 1U << CB_REASON_UNIT_MISMATCH | 1U << CB_REASON_NEGATED |          \
     1U << CB_REASON_DENIED | 1U << CB_REASON_ANTONYM | 1U << CB_REASON_SWAPPED_ROLES)
/* … and those that leave two claims side by side. */
#define PARTING                                                                                              \
    (1U << CB_REASON_DIFFERENT_SUBJECT | 1U << CB_REASON_DIFFERENT_PERIOD | 1U << CB_REASON_HEDGED |         \
     1U << CB_REASON_DIFFERENT_WORD | 1U << CB_REASON_ONLY_ASIDE)

#define CONTRADICTS_MIN 0.5
#define GATED_MIN       0.75 /* of the agreement without the differences, for a difference to contradict */
#define RELATED_MIN     0.35 /* of the score */
#define NEAR_MISS       0.8  /* covered like this, a small difference is the whole difference */
#define ONLY_THIS       0.95 /* … and like this, nothing else is different */
#define CONTAINED_COVER 0.9
#define CONTAINED_ORDER 0.8
#define CONTAINED_TERMS 3
#define LESS_DETAIL_MIN 0.25 /* between the covers of the two sides */

static uint32_t bit(bool is_so, enum cb_reason reason)
{
    return is_so ? 1U << reason : 0;
}

static uint32_t quantity_reasons(const struct cb_features *f)
{
    const struct cb_quantity_match *q = &f->quantities;
    bool other_day = q->weekdays_differ > 0 && f->plain[CB_F_COVER_MIN] >= ONLY_THIS;
    return bit(q->same > 0, CB_REASON_SAME_QUANTITY) | bit(q->differ > 0, CB_REASON_DIFFERENT_QUANTITY) |
           bit(q->spread > 0, CB_REASON_ESTIMATE_SPREAD) | bit(q->rounded > 0, CB_REASON_ROUNDING) |
           bit(q->other_unit > 0, CB_REASON_UNIT_MISMATCH) |
           bit((q->dates_differ > 0 && q->dates_same == 0) || other_day, CB_REASON_DIFFERENT_PERIOD);
}

static uint32_t find_reasons(const struct cb_profile *a, const struct cb_profile *b,
                             const struct cb_features *f)
{
    const double *v = f->value;
    bool hedged = ((v[CB_F_HEDGE] > 0 || v[CB_F_QUESTION] > 0) && v[CB_F_COVER_MIN] >= NEAR_MISS) ||
                  (v[CB_F_MODAL] > 0 && v[CB_F_COVER_MIN] >= ONLY_THIS);
    bool other_subject = v[CB_F_OTHER_NAME] > 0 || f->alignment.counterparts > 0;
    return quantity_reasons(f) |
           bit(a->folded == b->folded && a->word_count == b->word_count, CB_REASON_SAME_WORDS) |
           bit(v[CB_F_NEGATED_HEAD] > 0 || (v[CB_F_NEGATED_BOTH] > 0 && v[CB_F_COVER_MIN] >= ONLY_THIS),
               CB_REASON_NEGATED) |
           bit(v[CB_F_DENIAL] > 0, CB_REASON_DENIED) | bit(f->alignment.opposites > 0, CB_REASON_ANTONYM) |
           bit(other_subject, CB_REASON_DIFFERENT_SUBJECT) | bit(hedged, CB_REASON_HEDGED) |
           bit(f->other_word, CB_REASON_DIFFERENT_WORD) | bit(f->aside, CB_REASON_ONLY_ASIDE) |
           bit(v[CB_F_SWAPPED] > 0 && v[CB_F_COVER_MIN] >= NEAR_MISS, CB_REASON_SWAPPED_ROLES) |
           bit(v[CB_F_COVER_MAX] - v[CB_F_COVER_MIN] > LESS_DETAIL_MIN, CB_REASON_LESS_DETAIL);
}

/* All content words of one claim stand in the other, in the same order: the other only says more. */
static bool is_contained(const struct cb_profile *a, const struct cb_profile *b, const struct cb_features *f)
{
    size_t shorter = a->term_count < b->term_count ? a->term_count : b->term_count;
    return shorter >= CONTAINED_TERMS && f->value[CB_F_LEFT_COUNT_MIN] <= 0 &&
           f->value[CB_F_COVER_MAX] >= CONTAINED_COVER && f->value[CB_F_ORDER] >= CONTAINED_ORDER;
}

void cb_relation_decide(const struct cb_models *models, const struct cb_profile *a,
                        const struct cb_profile *b, const struct cb_features *features,
                        struct cb_comparison *out)
{
    double contradiction = cb_model_value(models, CB_MODEL_CONTRADICT, features->value);
    out->score = cb_model_value(models, CB_MODEL_SCORE, features->value);
    out->agreement = cb_model_value(models, CB_MODEL_AGREE, features->value);
    out->topic = cb_model_value(models, CB_MODEL_AGREE, features->plain);
    out->cover = features->value[CB_F_COVER_MAX];
    out->shared = features->shared;
    out->reasons = find_reasons(a, b, features);
    if ((out->reasons & 1U << CB_REASON_SAME_WORDS) && !(out->reasons & CONTRADICTING)) {
        out->score = out->agreement = out->topic = out->cover = 1;
        out->relation = CB_AGREES;
        return;
    }
    bool alike = out->agreement >= CB_AGREES_MIN || is_contained(a, b, features);
    if (contradiction >= CONTRADICTS_MIN || (out->topic >= GATED_MIN && (out->reasons & CONTRADICTING)))
        out->relation = CB_CONTRADICTS;
    else if (alike && !(out->reasons & (CONTRADICTING | PARTING)))
        out->relation = CB_AGREES;
    else
        out->relation = alike || out->score >= RELATED_MIN ? CB_RELATED : CB_UNRELATED;
}

/* A logistic model of whether two claims of linked documents are one, fitted on two events told by five
 * outlets each and one interview told twice; docs/quality.md has the figures, each part predicted by the
 * others. Labels name only some of the pairs that agree, so the constant puts the half where a twelfth of the
 * probability lies. */
#define ODDS_ALWAYS        (-7.2)
#define ODDS_SCORE         5.3
#define ODDS_COVER         1.2
#define ODDS_DICE          1.3
#define ODDS_INFO          1.2
#define ODDS_LEAD          1.6
#define ODDS_NEIGHBOUR     2.9
#define LEAD_LEAST         (-0.3)
#define SAME_TOPIC         0.5
#define FAR_AHEAD          0.12
#define FAR_COVER          0.7 /* of the claim that is covered more: half a claim in common is another claim */
#define NEAR_BY            0.45   /* likeness of neighbours that match */
#define ODDS_OTHER_SPEAKER (-0.4) /* by hand: of too few labelled pairs both speakers are known */

static double context_odds(const struct cb_comparison *pair, const struct cb_pair_context *context)
{
    return ODDS_ALWAYS + ODDS_SCORE * pair->score + ODDS_COVER * context->cover + ODDS_INFO * context->info +
           ODDS_DICE * context->dice + ODDS_LEAD * fmax(context->lead_min, LEAD_LEAST) +
           ODDS_NEIGHBOUR * context->neighbour + (context->other_speaker ? ODDS_OTHER_SPEAKER : 0);
}

/* Two claims of one event can't both be so: they are about one thing beyond doubt, or they would be one claim
 * but for another quantity, or what speaks against them is called a contradiction out of context as well. */
static bool contradicts(const struct cb_comparison *pair, bool sure)
{
    const uint32_t amounts = 1U << CB_REASON_DIFFERENT_QUANTITY | 1U << CB_REASON_UNIT_MISMATCH;
    if (pair->relation == CB_CONTRADICTS && pair->topic >= GATED_MIN)
        return true;
    return sure &&
           ((pair->reasons & amounts) || (pair->relation == CB_CONTRADICTS && pair->topic >= SAME_TOPIC));
}

void cb_decide(const struct cb_comparison *pair, const struct cb_pair_context *context,
               struct cb_comparison *out)
{
    /* in its context another word is another wording */
    const uint32_t gates = (CONTRADICTING | PARTING) & ~(1U << CB_REASON_DIFFERENT_WORD);
    *out = *pair;
    if (pair->reasons & 1U << CB_REASON_SAME_WORDS)
        return;
    out->agreement = 1 / (1 + exp(-context_odds(pair, context)));
    out->reasons |= bit(context->shared_origin, CB_REASON_SHARED_ORIGIN) |
                    bit(context->neighbour >= NEAR_BY, CB_REASON_NEIGHBOURS_MATCH) |
                    bit(context->lead_min >= 0, CB_REASON_MUTUAL_BEST);
    bool far_ahead = context->lead_min >= FAR_AHEAD && context->cover >= FAR_COVER;
    bool ahead = out->agreement >= CB_AGREES_MIN ? context->lead_max >= 0 : far_ahead;
    bool alike = ahead && context->words > 0;
    bool sure = alike && (far_ahead || out->agreement >= CB_BOND_AGREEMENT);
    if (contradicts(pair, sure))
        out->relation = CB_CONTRADICTS;
    else if (alike && !(pair->reasons & gates))
        out->relation = CB_AGREES;
    else
        out->relation = alike || pair->score >= RELATED_MIN ? CB_RELATED : CB_UNRELATED;
}
