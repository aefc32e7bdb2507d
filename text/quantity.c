#include "text/quantity.h"

#include "text/quantity_reader.h"

#include <string.h>

void cb_quantity_add(struct cb_quantity_reader *r, size_t first, size_t behind, struct cb_quantity *q)
{
    if (r->found_count == r->found_capacity) {
        size_t grown = r->found_capacity == 0 ? 8 : r->found_capacity * 2;
        struct cb_quantity *moved = cb_arena_array(r->arena, grown, sizeof *moved);
        if (moved == NULL) {
            r->failed = true;
            return;
        }
        if (r->found_count > 0)
            memcpy(moved, r->found, r->found_count * sizeof *moved);
        r->found = moved;
        r->found_capacity = grown;
    }
    q->span = (struct cb_span){r->tokens[first].span.start, r->tokens[behind - 1].span.end};
    r->found[r->found_count++] = *q;
}

/* ------------------------------------------------------------- ordinals and dates */

static size_t read_ordinal(struct cb_quantity_reader *r, size_t at)
{
    struct cb_quantity q = {.kind = CB_QUANTITY_ORDINAL};
    double value;
    size_t n = cb_read_ordinal(r, at, &value), behind;
    if (n == 0 || (cb_is_word(r, at, "second") && cb_is_word(r, at + 1, "ago")))
        return 0;
    q.low = q.high = value;
    q.number = cb_decimal_text(cb_decimal_make((uint64_t)value, 0), r->arena);
    q.counted = cb_counted_noun(r, at + n, true, &behind);
    cb_quantity_add(r, at, at + n, &q);
    return at + n;
}

static size_t read_date(struct cb_quantity_reader *r, size_t at)
{
    struct cb_quantity q = {0};
    size_t n = cb_read_date(r, at, &q);
    if (n == 0)
        return 0;
    if (q.period != NULL) { /* "last year": the scope in the text's own words */
        q.period = cb_quantity_scope_text(r, at, at + n);
        q.unit = NULL;
    }
    cb_quantity_add(r, at, at + n, &q);
    return at + n;
}

/* ------------------------------------------------------------- time scopes */

/* Where a new statement begins inside a sentence. */
static bool divides(const struct cb_quantity_reader *r, size_t at)
{
    return cb_is_mark(r, at, ",") || cb_is_mark(r, at, ";") || cb_is_mark(r, at, ":") || cb_is_dash(r, at) ||
           cb_is_word(r, at, "but") || cb_is_word(r, at, "while") || cb_is_word(r, at, "whereas");
}

/* A date that tells when: "in 2014", not "the 2016 election". */
static bool tells_when(const struct cb_quantity_reader *r, size_t from, size_t to,
                       const struct cb_quantity *date)
{
    static const char *const words[] = {"in", "since", "during", "for", "by", "until", "early", "late", "of"};
    for (size_t i = from; i < to; i++) {
        if (r->tokens[i].span.start != date->span.start)
            continue;
        for (size_t k = 0; i > 0 && k < sizeof words / sizeof *words; k++) {
            if (cb_is_word(r, i - 1, words[k]))
                return true;
        }
        return i == 0;
    }
    return false;
}

/* The time of which the clause around tokens [from, to) speaks: "a year ago", "now", "2014"; NULL: none. */
static const char *scope_of_clause(const struct cb_quantity_reader *r, size_t from, size_t to)
{
    for (size_t i = 0; i < r->found_count; i++) {
        const struct cb_quantity *q = &r->found[i];
        if (q->kind != CB_QUANTITY_DATE || q->span.start < r->tokens[from].span.start ||
            q->span.end > r->tokens[to - 1].span.end)
            continue;
        if (q->period != NULL)
            return q->period;
        if (q->date != NULL && strlen(q->date) <= 7 && q->date[0] != 'X' && tells_when(r, from, to, q))
            return q->date;
    }
    for (size_t i = from; i < to; i++) {
        if (cb_is_word(r, i, "now") || cb_is_word(r, i, "currently") || cb_is_word(r, i, "nowadays"))
            return "now";
    }
    return NULL;
}

/* Gives the quantities of each clause the time of which it speaks. */
static void set_scopes(struct cb_quantity_reader *r)
{
    size_t at = 0, next = 0;
    while (at < r->count && next < r->found_count) {
        size_t end = at;
        while (end < r->count &&
               (!divides(r, end) || (end > at && cb_is_glued(r, end) && cb_is_glued(r, end + 1))))
            end++;
        if (end > at) {
            const char *scope = NULL;
            bool known = false;
            for (; next < r->found_count && r->found[next].span.start < r->tokens[end - 1].span.end; next++) {
                struct cb_quantity *q = &r->found[next];
                if (q->kind == CB_QUANTITY_DATE || q->kind == CB_QUANTITY_LABEL ||
                    q->kind == CB_QUANTITY_ORDINAL || q->period != NULL)
                    continue;
                if (!known)
                    scope = scope_of_clause(r, at, end);
                known = true;
                q->period = scope;
            }
        }
        at = end + 1;
    }
}

/* ------------------------------------------------------------- the walk */

static bool has_digit(const struct cb_quantity_reader *r, size_t at)
{
    const char *s = cb_token_text(r, at);
    for (size_t i = 0; i < cb_token_length(r, at); i++) {
        if (s[i] >= '0' && s[i] <= '9')
            return true;
    }
    return false;
}

/* Whether a quantity may begin here: most tokens are told by one look. */
static bool may_begin(const struct cb_quantity_reader *r, size_t at)
{
    const unsigned openers = CB_LEX_DIGIT | CB_LEX_TENS | CB_LEX_MANY | CB_LEX_ORDINAL | CB_LEX_FRACTION |
                             CB_LEX_MONTH | CB_LEX_WEEKDAY | CB_LEX_DAY | CB_LEX_OPENER;
    switch ((enum cb_token_kind)r->tokens[at].kind) {
    case CB_TOKEN_NUMBER:
        return true;
    case CB_TOKEN_WORD: /* "USD 5" too */
        return (cb_classes(r, at) & openers) != 0 || cb_is_number_token(r, at + 1) || has_digit(r, at);
    case CB_TOKEN_SYMBOL:
        return cb_is_number_token(r, at + 1);
    case CB_TOKEN_PUNCT:
    case CB_TOKEN_QUOTE_OPEN:
    case CB_TOKEN_QUOTE_CLOSE:
    case CB_TOKEN_URL:
        break;
    }
    return false;
}

static size_t read_at(struct cb_quantity_reader *r, size_t at)
{
    struct cb_quantity q = {0};
    size_t behind = cb_read_past(r, at);
    if (behind == 0)
        behind = read_date(r, at);
    if (behind > 0)
        return behind;
    size_t first, n = cb_read_label(r, at, &first, &q);
    bool taken = r->found_count > 0 && r->tokens[first].span.start < r->found[r->found_count - 1].span.end;
    if (n > 0 && !taken) {
        cb_quantity_add(r, first, at + n, &q);
        return at + n;
    }
    q = (struct cb_quantity){0};
    n = cb_read_share(r, at, &q);
    if (n > 0) {
        cb_quantity_add(r, cb_quantity_take_approx(r, at, &q), at + n, &q);
        return at + n;
    }
    behind = cb_read_article_time(r, at);
    if (behind == 0)
        behind = read_ordinal(r, at);
    if (behind == 0)
        behind = cb_read_amount(r, at);
    if (behind == 0 && cb_is_word(r, at, "twice")) {
        q = (struct cb_quantity){
            .kind = CB_QUANTITY_COUNT, .low = 2, .high = 2, .number = "2", .counted = "time"};
        cb_quantity_add(r, at, at + 1, &q);
        behind = at + 1;
    }
    return behind;
}

static enum cb_code look_up(struct cb_quantity_reader *r, struct cb_err *err)
{
    r->lexemes = cb_arena_array(r->arena, r->count, sizeof *r->lexemes);
    if (r->lexemes == NULL)
        return cb_no_memory(err);
    for (size_t i = 0; i < r->count; i++) {
        unsigned kind = r->tokens[i].kind;
        if (kind == CB_TOKEN_WORD || kind == CB_TOKEN_SYMBOL)
            r->lexemes[i] = cb_lexeme_of(cb_token_text(r, i), cb_token_length(r, i));
    }
    return CB_OK;
}

enum cb_code cb_quantities_find(const char *text, const struct cb_token *tokens, size_t count,
                                const char *published, struct cb_arena *arena, const struct cb_quantity **out,
                                size_t *out_count, struct cb_err *err)
{
    struct cb_quantity_reader r = {.text = text, .tokens = tokens, .count = count, .arena = arena};
    *out = NULL;
    *out_count = 0;
    if (count == 0)
        return CB_OK;
    enum cb_code code = look_up(&r, err);
    if (code != CB_OK)
        return code;
    r.has_published = published != NULL && cb_date_parse(published, &r.published);
    for (size_t at = 0; at < count && !r.failed;) {
        size_t behind = may_begin(&r, at) ? read_at(&r, at) : 0;
        at = behind > at ? behind : at + 1;
    }
    if (r.failed)
        return cb_no_memory(err);
    set_scopes(&r);
    *out = r.found;
    *out_count = r.found_count;
    return CB_OK;
}
