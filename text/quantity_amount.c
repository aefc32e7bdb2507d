/* Numbers with all that belongs to them: approximator, range, unit, noun; and lengths of time. */
#include "text/quantity_reader.h"

#include <math.h>
#include <string.h>
#include <strings.h>

/* How many tokens before `at` are the words of the approximator. */
static size_t approx_length(const struct cb_quantity_reader *r, size_t at, const char *words)
{
    size_t count = 1, n = 0;
    for (const char *p = words; *p != '\0'; p++)
        count += *p == ' ';
    if (count > at)
        return 0;
    for (const char *p = words; *p != '\0'; n++) {
        const char *blank = strchr(p, ' ');
        size_t len = blank == NULL ? strlen(p) : (size_t)(blank - p);
        size_t token = at - count + n;
        if (cb_token_length(r, token) != len || strncasecmp(cb_token_text(r, token), p, len) != 0)
            return 0;
        p += len + (blank != NULL);
    }
    return count;
}

static void apply_bound(struct cb_quantity *q, enum cb_approx_bound bound)
{
    if (bound == CB_APPROX_LEAST)
        q->high = q->kind == CB_QUANTITY_SHARE && q->low <= 1 ? 1 : INFINITY;
    else if (bound == CB_APPROX_MOST && q->low > 0)
        q->low = 0;
    q->number = NULL;
}

size_t cb_quantity_take_approx(const struct cb_quantity_reader *r, size_t first, struct cb_quantity *q)
{
    size_t floor = r->found_count == 0 ? 0 : r->found[r->found_count - 1].span.end;
    for (const struct cb_approx *a = cb_approximators; a->words != NULL; a++) {
        size_t n = approx_length(r, first, a->words);
        if (n == 0 || r->tokens[first - n].span.start < floor)
            continue;
        if (a->canon == NULL)
            return first;
        q->approx = a->canon;
        apply_bound(q, a->bound);
        return first - n;
    }
    return first;
}

/* "or so", "or more", "plus", "+" behind a number. */
static size_t take_trailing(const struct cb_quantity_reader *r, size_t at, struct cb_quantity *q)
{
    size_t n = cb_is_word(r, at, "or") ? 1 : 0;
    if (n == 1 && cb_is_word(r, at + 1, "so")) {
        q->approx = "about";
        q->number = NULL;
        return 2;
    }
    if (n == 1 && (cb_is_word(r, at + 1, "more") || cb_is_word(r, at + 1, "over"))) {
        q->approx = "at least";
        apply_bound(q, CB_APPROX_LEAST);
        return 2;
    }
    if (n == 1 && (cb_is_word(r, at + 1, "less") || cb_is_word(r, at + 1, "fewer"))) {
        q->approx = "at most";
        apply_bound(q, CB_APPROX_MOST);
        return 2;
    }
    if ((cb_is_mark(r, at, "+") && cb_is_glued(r, at)) || cb_is_word(r, at, "plus")) {
        q->approx = "over";
        apply_bound(q, CB_APPROX_LEAST);
        return 1;
    }
    return 0;
}

static void set_bounds(const struct cb_quantity_reader *r, struct cb_quantity *q,
                       const struct cb_number *number)
{
    q->low = number->low.value;
    q->high = number->high.value;
    q->number = q->low == q->high ? cb_decimal_text(number->low, r->arena) : NULL;
    if (number->many)
        q->approx = number->factor > 0 ? "many" : NULL;
}

/* "m" right behind digits: millions of money, or of what follows in the plural; else metres. */
static bool is_million(const struct cb_quantity_reader *r, size_t behind, bool money)
{
    size_t after;
    return money || cb_counted_noun(r, behind, false, &after) != NULL ||
           (cb_classes(r, behind) & (CB_LEX_CURRENCY | CB_LEX_UNIT)) != 0;
}

static void resolve_short(const struct cb_quantity_reader *r, size_t behind, bool money,
                          struct cb_number *number)
{
    if (number->short_form == NULL)
        return;
    if ((number->short_form->classes & CB_LEX_UNIT) && !is_million(r, behind, money))
        return;
    number->low = number->high = cb_decimal_times(number->low, number->short_form->value);
    number->factor *= number->short_form->value;
    number->magnitude = true;
    number->short_form = NULL;
}

/* The second number of a range borrows its magnitude to the first: "40-50 thousand". */
static void share_magnitude(struct cb_number *first, const struct cb_number *second)
{
    if (first->magnitude || !second->magnitude || second->factor <= 1)
        return;
    if (first->low.value * second->factor <= second->low.value)
        first->low = first->high = cb_decimal_times(first->low, second->factor);
}

/* "rose from 5 to 10" is two numbers, not a range. */
static bool is_change(const struct cb_quantity_reader *r, size_t at)
{
    for (size_t back = 1; back <= 8 && back <= at; back++) {
        if (cb_is_word(r, at - back, "from"))
            return true;
    }
    return false;
}

/* What joins two numbers to a range, at `at`; 0: nothing does. */
static size_t range_joint(const struct cb_quantity_reader *r, size_t first, size_t at, bool between)
{
    if (between)
        return cb_is_word(r, at, "and") || cb_is_word(r, at, "to") ? 1 : 0;
    if (cb_is_dash(r, at))
        return cb_is_glued(r, at) == cb_is_glued(r, at + 1) ? 1 : 0;
    if (cb_is_word(r, at, "to"))
        return is_change(r, first) ? 0 : 1;
    return cb_is_word(r, at, "or") ? 1 : 0;
}

struct amount {
    struct cb_number low, high;
    const char *currency;
    bool ranged;
};

/* The second half of a range behind the first, which ends before `at`; returns the tokens taken. */
static size_t read_range(const struct cb_quantity_reader *r, size_t first, size_t at, bool between,
                         struct amount *a)
{
    struct cb_number high;
    size_t percent = cb_is_mark(r, at, "%") || (cb_classes(r, at) & CB_LEX_PERCENT) ? 1 : 0;
    size_t joint = range_joint(r, first, at + percent, between);
    size_t next = at + percent + joint;
    if (joint == 0 || a->low.many)
        return 0;
    bool alternative = cb_is_word(r, next - 1, "or");
    bool sign = next < r->count && cb_currency_of(cb_token_text(r, next), cb_token_length(r, next)) != NULL;
    if (sign != (a->currency != NULL) && sign)
        return 0;
    next += sign;
    if ((cb_classes(r, next) & CB_LEX_MANY) || cb_is_word(r, next, "a"))
        return 0;
    size_t n = cb_read_number(r, next, &high);
    if (n == 0)
        return 0;
    resolve_short(r, next + n, a->currency != NULL, &high);
    struct cb_number low = a->low;
    share_magnitude(&low, &high);
    if (cb_is_mark(r, next - 1, "-") && high.low.value > 100 * low.low.value && !high.magnitude)
        return 0; /* "3-5213" is no range */
    if (low.low.value >= high.low.value || (alternative && high.low.value > 2.5 * low.low.value))
        return 0;
    if (percent > 0 && !cb_is_mark(r, next + n, "%") && !(cb_classes(r, next + n) & CB_LEX_PERCENT))
        return 0;
    a->low = low;
    a->high = high;
    a->ranged = true;
    return next + n - at;
}

/* "one" is often a pronoun: it counts only before a noun. */
static bool is_pronoun_one(const struct cb_quantity_reader *r, size_t at)
{
    static const char *const before[] = {"no",   "the",   "this",    "that", "any",  "every", "some",
                                         "each", "which", "another", "only", "good", "last",  "first"};
    if (!cb_is_word(r, at, "one"))
        return false;
    if (cb_is_mark(r, at + 1, "-") || cb_is_word(r, at + 1, "or"))
        return false;
    for (size_t i = 0; at > 0 && i < sizeof before / sizeof *before; i++) {
        if (cb_is_word(r, at - 1, before[i]))
            return true;
    }
    const char *counted;
    if (cb_read_part_of(r, at + 1, 1, &counted) > 0)
        return false; /* "one of the three bridges" */
    unsigned classes = cb_classes(r, at + 1);
    return at + 1 >= r->count || r->tokens[at + 1].kind != CB_TOKEN_WORD || (classes & CB_LEX_FUNCTION) ||
           (r->tokens[at + 1].flags & CB_TOKEN_UPPER);
}

static void scale_share(struct cb_quantity *q, const struct amount *a, const struct cb_quantity_reader *r)
{
    if (q->kind != CB_QUANTITY_SHARE)
        return;
    struct cb_decimal low = a->low.low, high = a->ranged ? a->high.low : a->low.high;
    if (low.exact && high.exact) {
        low = cb_decimal_make(low.mantissa, low.exponent - 2);
        high = cb_decimal_make(high.mantissa, high.exponent - 2);
        q->number = a->ranged ? NULL : cb_decimal_text(low, r->arena);
        q->low = low.value;
        q->high = high.value;
    } else {
        q->low = low.value / 100;
        q->high = high.value / 100;
    }
}

/* Unit, noun and "a day" behind the number; returns where the span ends. */
static size_t read_behind(const struct cb_quantity_reader *r, size_t at, const struct amount *a,
                          struct cb_quantity *q)
{
    const struct cb_number *last = a->ranged ? &a->high : &a->low;
    size_t n = 0, behind = at;
    const char *per;
    bool is_time;
    if (last->short_form != NULL && (last->short_form->classes & CB_LEX_UNIT)) {
        q->kind = CB_QUANTITY_MEASURE; /* "5m": metres */
        q->unit = last->short_form->canon;
        return at;
    }
    if ((last->many || (last->magnitude && a->currency == NULL)) &&
        cb_is_word(r, at, "of")) { /* "40 millions of dollars" too */
        n = cb_read_unit(r, at + 1, true, q);
        if (n == 0)
            q->counted = cb_counted_noun(r, at + 1, false, &behind);
        if (q->counted == NULL && n == 0)
            q->counted = cb_counted_of(r, at);
        return n > 0 ? at + 1 + n : at;
    }
    if (a->currency != NULL) {
        q->kind = CB_QUANTITY_MONEY;
        q->unit = a->currency;
        n = cb_classes(r, at) & CB_LEX_CURRENCY ? 1 : 0; /* "$5 million dollars" */
        size_t m = cb_read_per(r, at + n, &per, &is_time);
        if (m > 0 && is_time)
            q->period = cb_join(r, "per", " ", per);
        else if (m > 0)
            q->unit = cb_join(r, q->unit, "/", per);
        return at + n + m;
    }
    n = cb_read_unit(r, at, last->magnitude, q);
    if (n > 0)
        return at + n;
    n = cb_read_part_of(r, at, q->low, &q->counted);
    if (n > 0)
        return at + n;
    q->counted = cb_counted_noun(r, at, q->low == 1 && q->high == 1, &behind);
    if (q->counted == NULL && cb_is_word(r, at, "of"))
        q->counted = cb_counted_of(r, at);
    if (cb_read_per(r, behind, &per, &is_time) > 0)
        q->period = cb_join(r, "per", " ", per);
    return at;
}

/* "a year ago", "two weeks earlier" make a date of a duration. */
static size_t read_ago(const struct cb_quantity_reader *r, size_t at, struct cb_quantity *q)
{
    struct cb_date date;
    if (q->kind != CB_QUANTITY_DURATION || !cb_is_word(r, at, "ago"))
        return 0;
    const char *unit = q->unit;
    bool exact = q->low == q->high && q->low == floor(q->low);
    if (exact && cb_date_away(r, -q->low, unit, &date)) {
        cb_set_date(r, q, date);
    } else {
        q->low = q->high = 0;
    }
    q->kind = CB_QUANTITY_DATE;
    q->unit = q->number = NULL;
    return 1;
}

const char *cb_quantity_scope_text(const struct cb_quantity_reader *r, size_t first, size_t behind)
{
    size_t start = r->tokens[first].span.start, len = r->tokens[behind - 1].span.end - start, out = 0;
    char *copy = cb_arena_copy(r->arena, r->text + start, len);
    if (copy == NULL)
        return NULL;
    for (size_t i = 0; i < len; i++) {
        char c = copy[i] == '\n' || copy[i] == '\t' ? ' ' : copy[i];
        if (c == ' ' && out > 0 && copy[out - 1] == ' ')
            continue;
        copy[out++] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    copy[out] = '\0';
    if (strncmp(copy, "one ", 4) == 0) { /* "one year ago" is "a year ago" */
        copy += 2;
        copy[0] = 'a';
        copy[1] = ' ';
    }
    return copy;
}

/* "Ann Lind, 34, said": an age. */
static bool is_age(const struct cb_quantity_reader *r, size_t at)
{
    int value = cb_read_plain(r, at, 1, 3);
    return value > 0 && value < 120 && at >= 2 && cb_is_mark(r, at - 1, ",") && cb_is_mark(r, at + 1, ",") &&
           r->tokens[at - 2].kind == CB_TOKEN_WORD && (r->tokens[at - 2].flags & CB_TOKEN_UPPER) &&
           !(cb_classes(r, at - 2) & (CB_LEX_MONTH | CB_LEX_WEEKDAY));
}

/* A number with all that belongs to it. Returns the token behind, or 0. */
size_t cb_read_amount(struct cb_quantity_reader *r, size_t at)
{
    struct amount a = {0};
    struct cb_quantity q = {.kind = CB_QUANTITY_COUNT};
    size_t first = at;
    bool between = cb_is_word(r, at, "between");
    at += between;
    if (at < r->count)
        a.currency = cb_currency_of(cb_token_text(r, at), cb_token_length(r, at));
    at += a.currency != NULL;
    size_t n = is_pronoun_one(r, at) ? 0 : cb_read_number(r, at, &a.low);
    if (n == 0)
        return 0;
    resolve_short(r, at + n, a.currency != NULL, &a.low);
    at += n;
    at += read_range(r, first, at, between, &a);
    if (between && !a.ranged)
        return 0;
    set_bounds(r, &q, &a.low);
    if (a.ranged) {
        q.high = a.high.high.value;
        q.number = NULL;
    }
    if (is_age(r, first)) {
        q.kind = CB_QUANTITY_DURATION;
        q.unit = "year";
        cb_quantity_add(r, first, at, &q);
        return at;
    }
    size_t trailing = take_trailing(r, at, &q);
    at += trailing;
    at = read_behind(r, at, &a, &q);
    scale_share(&q, &a, r);
    if (trailing == 0 && q.kind != CB_QUANTITY_COUNT)
        at += take_trailing(r, at, &q);
    size_t ago = read_ago(r, at, &q);
    if (a.low.many)
        q.approx = "many";
    size_t start = cb_quantity_take_approx(r, first, &q);
    if (ago > 0) {
        q.period = cb_quantity_scope_text(r, first, at + 1);
        if (q.date == NULL)
            q.low = q.high = 0;
        at += ago;
    }
    cb_quantity_add(r, start, at, &q);
    return at;
}

/* Words before "a year" that make it a length of time. */
static bool lasts(const struct cb_quantity_reader *r, size_t at)
{
    static const char *const words[] = {"for",   "over",   "about",  "within", "than",  "lasting", "lasted",
                                        "least", "nearly", "almost", "took",   "takes", "around",  "just",
                                        "after", "under",  "some",   "only",   "in"};
    for (size_t i = 0; at > 0 && i < sizeof words / sizeof *words; i++) {
        if (cb_is_word(r, at - 1, words[i]))
            return true;
    }
    return false;
}

/* "a year", "an hour", "a few days", "several weeks", with "ago". */
size_t cb_read_article_time(struct cb_quantity_reader *r, size_t at)
{
    struct cb_quantity q = {.kind = CB_QUANTITY_DURATION, .low = 1, .high = 1, .number = "1"};
    bool article = cb_is_word(r, at, "a") || cb_is_word(r, at, "an");
    size_t unit = at + 1;
    bool few =
        (article && cb_is_word(r, at + 1, "few")) || cb_is_word(r, at, "several") || cb_is_word(r, at, "few");
    bool couple = article && cb_is_word(r, at + 1, "couple");
    bool half = cb_is_word(r, at, "half") && (cb_is_word(r, at + 1, "an") || cb_is_word(r, at + 1, "a"));
    if (!article && !few && !half)
        return 0;
    if (few || couple || half)
        unit = at + (article || half ? 2 : 1) + (couple && cb_is_word(r, at + 2, "of") ? 1 : 0);
    if (!(cb_classes(r, unit) & CB_LEX_TIME) || cb_is_word(r, unit, "second"))
        return 0;
    if (few || couple) {
        q.low = 2;
        q.high = couple ? 3 : INFINITY;
        q.approx = couple ? "about" : "few";
        q.number = NULL;
    } else if (half) {
        q.low = q.high = 0.5;
        q.number = "0.5";
    }
    q.unit = r->lexemes[unit]->canon;
    size_t behind = unit + 1;
    bool and_half = article && !few && !couple && cb_is_word(r, behind, "and") &&
                    cb_is_word(r, behind + 1, "a") && cb_is_word(r, behind + 2, "half");
    if (and_half) {
        q.low = q.high = 1.5;
        q.number = "1.5";
        behind += 3;
    }
    size_t ago = read_ago(r, behind, &q);
    if (ago == 0 && !few && !couple && !half && !and_half && !lasts(r, at))
        return 0;
    size_t start = cb_quantity_take_approx(r, at, &q);
    if (ago > 0)
        q.period = cb_quantity_scope_text(r, at, behind + 1);
    cb_quantity_add(r, start, behind + ago, &q);
    return behind + ago;
}

/* "the past few days", "the last three months": a length of time that ends now. */
size_t cb_read_past(struct cb_quantity_reader *r, size_t at)
{
    struct cb_quantity q = {.kind = CB_QUANTITY_DURATION};
    struct cb_number number;
    if (!cb_is_word(r, at, "past") && !cb_is_word(r, at, "last") && !cb_is_word(r, at, "next") &&
        !cb_is_word(r, at, "recent") && !cb_is_word(r, at, "coming"))
        return 0;
    size_t n = cb_read_number(r, at + 1, &number);
    size_t unit = at + 1 + n;
    if (n > 0 && !number.many) {
        q.low = q.high = number.low.value;
        q.number = cb_decimal_text(number.low, r->arena);
    } else if (cb_is_word(r, at + 1, "few") || cb_is_word(r, at + 1, "several")) {
        unit = at + 2;
        q.low = 2;
        q.high = INFINITY;
        q.approx = "few";
    } else if (n == 0 && cb_is_word(r, at, "past")) {
        q.low = q.high = 1; /* "the past week" */
    } else if (n == 0 && (cb_classes(r, unit) & CB_LEX_TIME) &&
               cb_is_plural(cb_token_text(r, unit), cb_token_length(r, unit))) {
        q.low = 2; /* "recent days" */
        q.high = INFINITY;
        q.approx = "few";
    } else {
        return 0;
    }
    if (!(cb_classes(r, unit) & CB_LEX_TIME))
        return 0;
    q.unit = r->lexemes[unit]->canon;
    q.period = cb_is_word(r, at, "next") || cb_is_word(r, at, "coming") ? "coming" : "past";
    cb_quantity_add(r, at, unit + 1, &q);
    return unit + 1;
}
