#include "match/quantities.h"

#include <math.h>
#include <string.h>

/* How far a rounded number may lie from the exact one, and an estimate from another. */
#define ROUNDING_EXACT  0.03
#define ROUNDING_APPROX 0.12
#define SPREAD_MAX      0.35

enum { QUANTITIES_MAX = 64 };

static bool same_text(const char *a, const char *b)
{
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

static bool other_text(const char *a, const char *b)
{
    return a != NULL && b != NULL && strcmp(a, b) != 0;
}

static int significant_digits(double value)
{
    for (int digits = 1; digits < 12; digits++) {
        double scale = pow(10.0, digits - 1 - floor(log10(fabs(value))));
        if (fabs(round(value * scale) / scale - value) <= 1e-9 * fabs(value)) {
            return digits;
        }
    }
    return 12;
}

static bool is_rounded(double x, double y, double tolerance)
{
    if (x <= 0 || y <= 0 || fabs(x - y) > tolerance * fmax(x, y)) {
        return false;
    }
    int dx = significant_digits(x), dy = significant_digits(y);
    double coarse = dx < dy ? x : y, fine = dx < dy ? y : x;
    double scale = pow(10.0, (dx < dy ? dx : dy) - 1 - floor(log10(coarse)));
    return dx != dy && fabs(round(fine * scale) / scale - coarse) <= 1e-9 * coarse;
}

static double middle(const struct cb_quantity *q)
{
    if (!isfinite(q->high)) {
        return q->low;
    }
    if (!isfinite(q->low) || (q->approx != NULL && q->low <= 0)) {
        return q->high;
    }
    return (q->low + q->high) / 2;
}

static bool near(double x, double y)
{
    return fabs(x - y) <= 1e-6 * fmax(fabs(x), fabs(y));
}

static bool same_bounds(const struct cb_quantity *a, const struct cb_quantity *b)
{
    return (near(a->low, b->low) || a->low == b->low) && (near(a->high, b->high) || a->high == b->high);
}

static enum cb_quantity_verdict compare_bounds(const struct cb_quantity *a, const struct cb_quantity *b)
{
    double x = middle(a), y = middle(b);
    bool estimate = a->approx != NULL || b->approx != NULL || a->low < a->high || b->low < b->high;
    if (same_bounds(a, b) || near(x, y)) {
        return CB_QUANTITIES_SAME;
    }
    if (is_rounded(x, y, estimate ? ROUNDING_APPROX : ROUNDING_EXACT)) {
        return CB_QUANTITIES_ROUNDED;
    }
    if (estimate) {
        bool overlap = a->low <= b->high && b->low <= a->high;
        bool both = (a->approx != NULL || a->low < a->high) && (b->approx != NULL || b->low < b->high);
        if (overlap || (both && fabs(x - y) <= SPREAD_MAX * fmax(fabs(x), fabs(y)))) {
            return CB_QUANTITIES_SPREAD;
        }
    }
    return CB_QUANTITIES_DIFFER;
}

/* "2015-11" and "2015-11-18" go together, and so does "XXXX-11-18": no year is known. Times of day are apart. */
static enum cb_quantity_verdict compare_dates(const struct cb_quantity *a, const struct cb_quantity *b)
{
    if (a->date == NULL || b->date == NULL)
        return CB_QUANTITIES_APART;
    for (size_t i = 0; a->date[i] != '\0' && b->date[i] != '\0'; i++) {
        if (a->date[i] != b->date[i] && a->date[i] != 'X' && b->date[i] != 'X')
            return CB_QUANTITIES_DIFFER;
    }
    return CB_QUANTITIES_SAME;
}

enum cb_quantity_verdict cb_quantity_compare(const struct cb_quantity *a, const struct cb_quantity *b)
{
    if (a->kind == CB_QUANTITY_DATE || b->kind == CB_QUANTITY_DATE) {
        return a->kind == b->kind ? compare_dates(a, b) : CB_QUANTITIES_APART;
    }
    enum cb_quantity_verdict verdict = compare_bounds(a, b);
    if (a->kind == CB_QUANTITY_SHARE || b->kind == CB_QUANTITY_SHARE) {
        return a->kind == b->kind ? verdict : CB_QUANTITIES_APART;
    }
    if (verdict == CB_QUANTITIES_SAME) {
        return other_text(a->unit, b->unit) ? CB_QUANTITIES_OTHER_UNIT : CB_QUANTITIES_SAME;
    }
    if (a->kind != b->kind && (a->unit == NULL) == (b->unit == NULL)) {
        return CB_QUANTITIES_APART;
    }
    if (other_text(a->unit, b->unit) || other_text(a->period, b->period)) {
        return CB_QUANTITIES_APART;
    }
    if ((a->unit == NULL) != (b->unit == NULL) && !same_text(a->counted, b->counted)) {
        return CB_QUANTITIES_APART;
    }
    return verdict;
}

/* The content word next to the quantity on one side; -1: none. */
static int32_t neighbour(const struct cb_profile *p, struct cb_span span, bool after)
{
    int32_t before = -1;
    for (size_t i = 0; i < p->word_count; i++) {
        const struct cb_word *word = &p->words[i];
        if (word->flags & (CB_WORD_STOP | CB_WORD_NUMBER)) {
            continue;
        }
        if (word->span.end <= span.start) {
            before = (int32_t)i;
        } else if (word->span.start >= span.end) {
            return after ? (int32_t)i : before;
        }
    }
    return after ? -1 : before;
}

/* Whether the two count the same thing: the same noun or unit, or the words beside them answer to each other.
 */
static bool same_thing(const struct cb_profile *a, const struct cb_profile *b,
                       const struct cb_alignment *alignment, const struct cb_quantity *x,
                       const struct cb_quantity *y)
{
    if (x->kind == CB_QUANTITY_DATE || same_text(x->counted, y->counted)) {
        return true;
    }
    /* two nouns that are counted must themselves answer to each other */
    for (int after = x->counted != NULL && y->counted != NULL; after < 2; after++) {
        int32_t i = neighbour(a, x->span, after != 0), j = neighbour(b, y->span, after != 0);
        if (i >= 0 && j >= 0 && alignment->a_to_b[i] == j) {
            return true;
        }
    }
    return false;
}

static void count_verdict(const struct cb_quantity *x, enum cb_quantity_verdict verdict,
                          struct cb_quantity_match *out)
{
    switch (verdict) {
    case CB_QUANTITIES_SAME:
        out->same++;
        break;
    case CB_QUANTITIES_ROUNDED:
        out->rounded++;
        break;
    case CB_QUANTITIES_SPREAD:
        out->spread++;
        break;
    case CB_QUANTITIES_OTHER_UNIT:
        out->other_unit++;
        break;
    case CB_QUANTITIES_DIFFER:
        if (x->kind == CB_QUANTITY_DATE) {
            out->dates_differ++;
        } else if (x->kind == CB_QUANTITY_DURATION) {
            out->durations_differ++;
        } else {
            out->differ++;
        }
        break;
    case CB_QUANTITIES_APART:
        break;
    }
}

static bool counts_alone(const struct cb_quantity *q)
{
    return q->kind != CB_QUANTITY_DATE && q->kind != CB_QUANTITY_LABEL && q->kind != CB_QUANTITY_ORDINAL;
}

void cb_quantities_match(const struct cb_profile *a, const struct cb_profile *b,
                         const struct cb_alignment *alignment, struct cb_quantity_match *out)
{
    static const enum cb_quantity_verdict order[] = {CB_QUANTITIES_SAME, CB_QUANTITIES_ROUNDED,
                                                     CB_QUANTITIES_SPREAD, CB_QUANTITIES_OTHER_UNIT,
                                                     CB_QUANTITIES_DIFFER};
    bool used_a[QUANTITIES_MAX] = {false}, used_b[QUANTITIES_MAX] = {false};
    size_t na = a->quantity_count < QUANTITIES_MAX ? a->quantity_count : QUANTITIES_MAX;
    size_t nb = b->quantity_count < QUANTITIES_MAX ? b->quantity_count : QUANTITIES_MAX;
    *out = (struct cb_quantity_match){0};
    for (size_t rank = 0; rank < sizeof order / sizeof order[0]; rank++) {
        for (size_t i = 0; i < na; i++) {
            for (size_t j = 0; j < nb && !used_a[i]; j++) {
                const struct cb_quantity *x = &a->quantities[i], *y = &b->quantities[j];
                if (used_b[j] || cb_quantity_compare(x, y) != order[rank] ||
                    (order[rank] != CB_QUANTITIES_SAME && !same_thing(a, b, alignment, x, y))) {
                    continue;
                }
                count_verdict(x, order[rank], out);
                used_a[i] = used_b[j] = true;
            }
        }
    }
    for (size_t i = 0; i < na; i++) {
        out->only_a += !used_a[i] && counts_alone(&a->quantities[i]);
    }
    for (size_t j = 0; j < nb; j++) {
        out->only_b += !used_b[j] && counts_alone(&b->quantities[j]);
    }
}
