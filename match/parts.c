#include "match/parts.h"

/* Alike as this, two claims are one as wholes, whatever their parts. */
#define WHOLE_SCORE 0.8

/* The words of one stand in the other, in order. */
static bool holds(const struct cb_profile *whole, const struct cb_profile *part)
{
    size_t at = 0;
    for (size_t i = 0; i < whole->word_count && at < part->word_count; i++)
        at += whole->words[i].stem == part->words[at].stem;
    return at == part->word_count;
}

static bool has(const struct cb_pair_match *pair, enum cb_reason reason)
{
    return (pair->comparison.reasons & 1U << reason) != 0;
}

static bool is_whole(const struct cb_pair_match *pair)
{
    return has(pair, CB_REASON_SAME_WORDS) || pair->comparison.score >= WHOLE_SCORE;
}

static bool one_sentence(const struct cb_pair_claim *x, const struct cb_pair_claim *y)
{
    return x->sentence > 0 && x->sentence == y->sentence;
}

static bool is_part(const struct cb_pair_side *a, const struct cb_pair_side *b,
                    const struct cb_pair_match *part, const struct cb_pair_match *whole)
{
    const struct cb_pair_claim *pa = &a->claims[part->a], *pb = &b->claims[part->b];
    const struct cb_pair_claim *wa = &a->claims[whole->a], *wb = &b->claims[whole->b];
    if (!one_sentence(pa, wa) || !one_sentence(pb, wb))
        return false;
    size_t words = wa->profile->word_count + wb->profile->word_count;
    return pa->profile->word_count + pb->profile->word_count < words && holds(wa->profile, pa->profile) &&
           holds(wb->profile, pb->profile);
}

/* Each the nearest of the other, or the very words. */
static bool is_sure(const struct cb_pair_match *pair)
{
    return pair->comparison.relation == CB_AGREES &&
           (has(pair, CB_REASON_MUTUAL_BEST) || has(pair, CB_REASON_SAME_WORDS));
}

void cb_parts_mark(const struct cb_pair_side *a, const struct cb_pair_side *b, struct cb_pair_match *pairs,
                   size_t count)
{
    for (size_t begin = 0, end; begin < count; begin = end) { /* the pairs of one sentence of a */
        const struct cb_pair_claim *first = &a->claims[pairs[begin].a];
        for (end = begin + 1; end < count && one_sentence(first, &a->claims[pairs[end].a]); end++)
            ;
        for (size_t i = begin; i < end; i++) {
            struct cb_comparison *whole = &pairs[i].comparison;
            if (whole->relation != CB_AGREES || is_whole(&pairs[i]))
                continue;
            for (size_t k = begin; k < end; k++)
                if (k != i && is_sure(&pairs[k]) && is_part(a, b, &pairs[k], &pairs[i]))
                    whole->reasons |= 1U << CB_REASON_PARTS_AGREE;
        }
    }
}
