/* Quantities are compared only when they count the same thing: the same noun or unit, or words beside them
 * that answer to each other. */
#include "match/quantities.h"

#include <math.h>
#include <string.h>

/* How far a rounded number may lie from the exact one, and an estimate from another. */
#define ROUNDING_EXACT  0.03
#define ROUNDING_APPROX 0.12
#define ESTIMATE_MAX    0.08 /* one of the two is an estimate */
#define SPREAD_MAX      0.2  /* both are */
#define VAGUE_REACH     50.0 /* "thousands" may be a hundred thousand */
#define CONVERSION      0.06 /* "90 miles", "150 kilometres" */

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
        if (fabs(round(value * scale) / scale - value) <= 1e-9 * fabs(value))
            return digits;
    }
    return 12;
}

/* Is the number with fewer digits the other one, rounded to as many? */
static bool is_rounded(double x, double y, double tolerance)
{
    if (x <= 0 || y <= 0 || fabs(x - y) > tolerance * fmax(x, y))
        return false;
    int dx = significant_digits(x), dy = significant_digits(y);
    double coarse = dx < dy ? x : y, fine = dx < dy ? y : x;
    double scale = pow(10.0, (dx < dy ? dx : dy) - 1 - floor(log10(coarse)));
    return dx != dy && fabs(round(fine * scale) / scale - coarse) <= 1e-9 * coarse;
}

static double middle(const struct cb_quantity *q)
{
    if (!isfinite(q->high))
        return q->low;
    if (!isfinite(q->low) || (q->approx != NULL && q->low <= 0))
        return q->high;
    return (q->low + q->high) / 2;
}

static bool within(double x, double y, double share)
{
    return fabs(x - y) <= share * fmax(fabs(x), fabs(y));
}

static bool same_bound(double x, double y)
{
    return (isinf(x) && isinf(y)) || within(x, y, 1e-6);
}

static bool is_estimate(const struct cb_quantity *q)
{
    return q->approx != NULL || q->low < q->high;
}

/* "few", "thousands": a floor, and no number to disagree with. */
static bool is_vague(const struct cb_quantity *q)
{
    return q->approx != NULL && !isfinite(q->high) &&
           (strcmp(q->approx, "few") == 0 || strcmp(q->approx, "many") == 0);
}

static enum cb_quantity_verdict compare_vague(const struct cb_quantity *vague,
                                              const struct cb_quantity *other)
{
    double x = middle(other);
    return x >= vague->low && x <= vague->low * VAGUE_REACH ? CB_QUANTITIES_SPREAD : CB_QUANTITIES_APART;
}

static enum cb_quantity_verdict compare_bounds(const struct cb_quantity *a, const struct cb_quantity *b)
{
    double x = middle(a), y = middle(b);
    bool one = is_estimate(a) || is_estimate(b), both = is_estimate(a) && is_estimate(b);
    if ((same_bound(a->low, b->low) && same_bound(a->high, b->high)) || within(x, y, 1e-6))
        return CB_QUANTITIES_SAME;
    if (is_vague(a) || is_vague(b))
        return is_vague(a) ? compare_vague(a, b) : compare_vague(b, a);
    if (is_rounded(x, y, one ? ROUNDING_APPROX : ROUNDING_EXACT))
        return CB_QUANTITIES_ROUNDED;
    bool bounded = isfinite(a->low) && isfinite(a->high) && isfinite(b->low) && isfinite(b->high);
    bool overlap = bounded && a->low <= b->high && b->low <= a->high;
    if (one && (overlap || within(x, y, both ? SPREAD_MAX : ESTIMATE_MAX)))
        return CB_QUANTITIES_SPREAD;
    return CB_QUANTITIES_DIFFER;
}

/* "2015-11" and "2015-11-18" go together, and so does "XXXX-11-18": no year is known. Times of day are apart.
 */
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

struct unit {
    const char *name, *base;
    double factor; /* of the base in one unit */
};

/* "µg/litre" by its first part; *rest is what follows, "/litre" or "". */
static const struct unit *find_unit(const char *name, const char **rest)
{
    static const struct unit units[] = {
        {"km", "m", 1000},       {"m", "m", 1},           {"cm", "m", 0.01},
        {"mm", "m", 0.001},      {"mile", "m", 1609.34},  {"foot", "m", 0.3048},
        {"inch", "m", 0.0254},   {"yard", "m", 0.9144},   {"kg", "g", 1000},
        {"g", "g", 1},           {"mg", "g", 0.001},      {"µg", "g", 1e-6},
        {"tonne", "g", 1e6},     {"ton", "g", 1e6},       {"pound", "g", 453.6},
        {"ounce", "g", 28.35},   {"hectare", "m2", 1e4},  {"acre", "m2", 4046.9},
        {"litre", "l", 1},       {"gallon", "l", 3.785},  {"ml", "l", 0.001},
        {"dl", "l", 0.1},        {"second", "s", 1},      {"minute", "s", 60},
        {"hour", "s", 3600},     {"day", "s", 86400},     {"week", "s", 604800},
        {"month", "s", 2629800}, {"year", "s", 31557600}, {"decade", "s", 315576000},
    };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t len = strlen(units[i].name);
        if (strncmp(units[i].name, name, len) == 0 && (name[len] == '\0' || name[len] == '/')) {
            *rest = name + len;
            return &units[i];
        }
    }
    return NULL;
}

/* "per day", not "a year ago". */
static bool is_rate(const char *period)
{
    return period != NULL && strncmp(period, "per ", 4) == 0;
}

/* "USD" and "USD/share": one leaves out what the other says. */
static bool is_part_of(const char *whole, const char *part)
{
    size_t len = strlen(part);
    return strncmp(whole, part, len) == 0 && whole[len] == '/';
}

/* Two units: one measure in both, the number alone in both, or things apart. */
static enum cb_quantity_verdict compare_units(const struct cb_quantity *a, const struct cb_quantity *b)
{
    const char *per_a = "", *per_b = "";
    const struct unit *x = find_unit(a->unit, &per_a), *y = find_unit(b->unit, &per_b);
    bool same_number = compare_bounds(a, b) == CB_QUANTITIES_SAME;
    if (x != NULL && y != NULL && strcmp(x->base, y->base) == 0 && strcmp(per_a, per_b) == 0) {
        double tolerance = is_estimate(a) || is_estimate(b) ? 2 * CONVERSION : CONVERSION;
        if (within(middle(a) * x->factor, middle(b) * y->factor, tolerance))
            return CB_QUANTITIES_ROUNDED;
        return same_number ? CB_QUANTITIES_OTHER_UNIT : CB_QUANTITIES_DIFFER;
    }
    return same_number ? CB_QUANTITIES_OTHER_UNIT : CB_QUANTITIES_APART;
}

/* "90 million kroner" – "90 million pounds": a noun that is counted on one side, a measure on the other. */
static bool counts_other(const struct cb_quantity *count, const struct cb_quantity *measure)
{
    return count->unit == NULL && measure->unit != NULL && count->counted != NULL &&
           !same_text(count->counted, measure->counted) && measure->counted == NULL;
}

enum cb_quantity_verdict cb_quantity_compare(const struct cb_quantity *a, const struct cb_quantity *b)
{
    if (a->kind == CB_QUANTITY_DATE || b->kind == CB_QUANTITY_DATE)
        return a->kind == b->kind ? compare_dates(a, b) : CB_QUANTITIES_APART;
    if (a->kind == CB_QUANTITY_SHARE || b->kind == CB_QUANTITY_SHARE)
        return a->kind == b->kind ? compare_bounds(a, b) : CB_QUANTITIES_APART;
    if (other_text(a->unit, b->unit) && !is_part_of(a->unit, b->unit) && !is_part_of(b->unit, a->unit))
        return compare_units(a, b);
    enum cb_quantity_verdict verdict = compare_bounds(a, b);
    if (verdict == CB_QUANTITIES_SAME && (counts_other(a, b) || counts_other(b, a)))
        return CB_QUANTITIES_OTHER_UNIT;
    if (verdict == CB_QUANTITIES_SAME)
        return is_rate(a->period) && is_rate(b->period) && other_text(a->period, b->period)
                   ? CB_QUANTITIES_OTHER_UNIT
                   : verdict;
    if (other_text(a->period, b->period) || (a->kind != b->kind && (a->unit == NULL) == (b->unit == NULL)) ||
        ((a->unit == NULL) != (b->unit == NULL) && !same_text(a->counted, b->counted)))
        return CB_QUANTITIES_APART;
    return verdict;
}

/* The content word next to the quantity on one side; -1: none. */
static int32_t neighbour(const struct cb_profile *p, struct cb_span span, bool after)
{
    int32_t before = -1;
    for (size_t i = 0; i < p->word_count; i++) {
        const struct cb_word *word = &p->words[i];
        if (word->flags & (CB_WORD_STOP | CB_WORD_NUMBER))
            continue;
        if (word->span.end <= span.start)
            before = (int32_t)i;
        else if (word->span.start >= span.end)
            return after ? (int32_t)i : before;
    }
    return after ? -1 : before;
}

/* Whether the two count the same thing. */
static bool same_thing(const struct cb_profile *a, const struct cb_profile *b,
                       const struct cb_alignment *alignment, const struct cb_quantity *x,
                       const struct cb_quantity *y)
{
    if (x->kind == CB_QUANTITY_DATE || same_text(x->counted, y->counted))
        return true;
    /* two nouns that are counted must themselves answer to each other */
    for (int after = x->counted != NULL && y->counted != NULL; after < 2; after++) {
        int32_t i = neighbour(a, x->span, after != 0), j = neighbour(b, y->span, after != 0);
        if ((i >= 0 && j >= 0 && alignment->a_to_b[i] == j) || (i < 0 && j < 0 && after))
            return true;
    }
    return false;
}

static void count_verdict(const struct cb_quantity *x, enum cb_quantity_verdict verdict,
                          struct cb_quantity_match *out)
{
    switch (verdict) {
    case CB_QUANTITIES_SAME:
        out->same++;
        out->dates_same += x->kind == CB_QUANTITY_DATE;
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
        if (x->kind == CB_QUANTITY_DATE)
            out->dates_differ++;
        else
            out->differ++;
        break;
    case CB_QUANTITIES_APART:
        break;
    }
}

static bool counts_alone(const struct cb_quantity *q)
{
    return q->kind != CB_QUANTITY_DATE && q->kind != CB_QUANTITY_LABEL && q->kind != CB_QUANTITY_ORDINAL;
}

static unsigned count_unused(const struct cb_profile *p, const bool *used, size_t count)
{
    unsigned unused = 0;
    for (size_t i = 0; i < count; i++)
        unused += !used[i] && counts_alone(&p->quantities[i]);
    return unused;
}

static size_t quantities_used(const struct cb_profile *p)
{
    return p->quantity_count < QUANTITIES_MAX ? p->quantity_count : QUANTITIES_MAX;
}

static bool is_weekday(const struct cb_word *word)
{
    static const char *const days[] = {"sunday",   "monday", "tuesday", "wednesday",
                                       "thursday", "friday", "saturday"};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        if (strcmp(word->text, days[i]) == 0)
            return true;
    }
    return false;
}

/* Days of the week whose date is not known: one on each side, and they are not the same. */
static void match_weekdays(const struct cb_profile *a, const struct cb_profile *b,
                           const struct cb_alignment *alignment, struct cb_quantity_match *out,
                           struct cb_differences *differences)
{
    for (size_t i = 0; i < a->word_count; i++) {
        if (alignment->a_to_b[i] >= 0 || !is_weekday(&a->words[i]))
            continue;
        for (size_t j = 0; j < b->word_count; j++) {
            if (alignment->b_to_a[j] >= 0 || !is_weekday(&b->words[j]))
                continue;
            out->weekdays_differ++;
            cb_difference_add(differences, i, j);
        }
    }
}

void cb_quantities_match(const struct cb_profile *a, const struct cb_profile *b,
                         const struct cb_alignment *alignment, struct cb_quantity_match *out,
                         struct cb_differences *near, struct cb_differences *differences)
{
    static const enum cb_quantity_verdict order[] = {CB_QUANTITIES_SAME, CB_QUANTITIES_ROUNDED,
                                                     CB_QUANTITIES_SPREAD, CB_QUANTITIES_OTHER_UNIT,
                                                     CB_QUANTITIES_DIFFER};
    bool used_a[QUANTITIES_MAX] = {false}, used_b[QUANTITIES_MAX] = {false};
    size_t na = quantities_used(a), nb = quantities_used(b), left = na < nb ? na : nb;
    *out = (struct cb_quantity_match){0};
    for (size_t rank = 0; rank < sizeof order / sizeof order[0] && left > 0; rank++) {
        for (size_t i = 0; i < na; i++) {
            for (size_t j = 0; j < nb && !used_a[i]; j++) {
                const struct cb_quantity *x = &a->quantities[i], *y = &b->quantities[j];
                if (used_b[j] || cb_quantity_compare(x, y) != order[rank] ||
                    (order[rank] != CB_QUANTITIES_SAME && !same_thing(a, b, alignment, x, y)))
                    continue;
                count_verdict(x, order[rank], out);
                used_a[i] = used_b[j] = true;
                left--;
                if (order[rank] != CB_QUANTITIES_SAME)
                    cb_quantity_differs(a, b, x->span, y->span,
                                        order[rank] == CB_QUANTITIES_ROUNDED ||
                                                order[rank] == CB_QUANTITIES_SPREAD
                                            ? near
                                            : differences);
            }
        }
    }
    match_weekdays(a, b, alignment, out, differences);
    out->only_a = count_unused(a, used_a, na);
    out->only_b = count_unused(b, used_b, nb);
}
