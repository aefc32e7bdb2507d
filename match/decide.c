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
    (1U << CB_REASON_DIFFERENT_SUBJECT | 1U << CB_REASON_DIFFERENT_PERIOD | 1U << CB_REASON_HEDGED)

#define AGREES_MIN      0.5
#define CONTRADICTS_MIN 0.5
#define RELATED_MIN     0.35 /* of the score */
#define POLARITY_MIN    0.3  /* of the common words under a "not" of one side only */
#define LESS_DETAIL_MIN 0.25 /* between the covers of the two sides */

static uint32_t bit(bool is_so, enum cb_reason reason)
{
    return is_so ? 1U << reason : 0;
}

static uint32_t quantity_reasons(const struct cb_quantity_match *q)
{
    return bit(q->same > 0, CB_REASON_SAME_QUANTITY) | bit(q->differ > 0, CB_REASON_DIFFERENT_QUANTITY) |
           bit(q->spread > 0, CB_REASON_ESTIMATE_SPREAD) | bit(q->rounded > 0, CB_REASON_ROUNDING) |
           bit(q->other_unit > 0, CB_REASON_UNIT_MISMATCH) |
           bit(q->dates_differ > 0 || q->durations_differ > 0, CB_REASON_DIFFERENT_PERIOD);
}

static uint32_t find_reasons(const struct cb_profile *a, const struct cb_profile *b,
                             const struct cb_features *f)
{
    const double *v = f->value;
    bool other_subject = (f->names_left_a > 0 && f->names_left_b > 0) || f->alignment.counterparts > 0;
    return quantity_reasons(&f->quantities) |
           bit(a->folded == b->folded && a->word_count == b->word_count, CB_REASON_SAME_WORDS) |
           bit(v[CB_F_NEGATION] > 0 && v[CB_F_POLARITY] >= POLARITY_MIN, CB_REASON_NEGATED) |
           bit(v[CB_F_DENIAL] > 0, CB_REASON_DENIED) | bit(f->alignment.opposites > 0, CB_REASON_ANTONYM) |
           bit(other_subject, CB_REASON_DIFFERENT_SUBJECT) |
           bit(v[CB_F_HEDGE] > 0 || v[CB_F_QUESTION] > 0, CB_REASON_HEDGED) |
           bit(v[CB_F_SWAPPED] > 0, CB_REASON_SWAPPED_ROLES) |
           bit(v[CB_F_COVER_MAX] - v[CB_F_COVER_MIN] > LESS_DETAIL_MIN, CB_REASON_LESS_DETAIL);
}

void cb_relation_decide(const struct cb_models *models, const struct cb_profile *a,
                        const struct cb_profile *b, const struct cb_features *features,
                        struct cb_comparison *out)
{
    double contradiction = cb_model_value(models, CB_MODEL_CONTRADICT, features->value);
    out->score = cb_model_value(models, CB_MODEL_SCORE, features->value);
    out->agreement = cb_model_value(models, CB_MODEL_AGREE, features->value);
    out->reasons = find_reasons(a, b, features);
    if (out->reasons & 1U << CB_REASON_SAME_WORDS) {
        out->score = out->agreement = 1;
        out->relation = CB_AGREES;
        return;
    }
    bool alike = out->agreement >= AGREES_MIN;
    if (contradiction >= CONTRADICTS_MIN || (alike && (out->reasons & CONTRADICTING)))
        out->relation = CB_CONTRADICTS;
    else if (alike && !(out->reasons & PARTING))
        out->relation = CB_AGREES;
    else
        out->relation = alike || out->score >= RELATED_MIN ? CB_RELATED : CB_UNRELATED;
}
