/* Numbers that only name something. */
#include "text/quantity_reader.h"

static void set_label(const struct cb_quantity_reader *r, size_t at, struct cb_quantity *q)
{
    const char *s = cb_token_text(r, at);
    size_t len = cb_token_length(r, at);
    double value = 0;
    bool digits = false;
    for (size_t i = 0; i < len && (!digits || (s[i] >= '0' && s[i] <= '9')); i++) {
        if (s[i] >= '0' && s[i] <= '9' && value < 1e30) {
            digits = true;
            value = value * 10 + (s[i] - '0');
        }
    }
    q->kind = CB_QUANTITY_LABEL;
    q->low = q->high = value;
}

/* "A321", "G20": large letters and digits in one word */
static bool is_coded_word(const struct cb_quantity_reader *r, size_t at)
{
    const char *s = cb_token_text(r, at);
    size_t len = cb_token_length(r, at);
    bool digit = false;
    if (r->tokens[at].kind != CB_TOKEN_WORD || len < 2 || len > 12 || s[0] < 'A' || s[0] > 'Z')
        return false;
    for (size_t i = 0; i < len; i++)
        digit = digit || (s[i] >= '0' && s[i] <= '9');
    return digit;
}

/* A telephone number ("555-0137"), a long identifier, a version ("2.0.1"). */
static bool is_code(const struct cb_quantity_reader *r, size_t at)
{
    enum { AMOUNT_DIGITS = 13 }; /* nobody writes a longer number without separators */
    const char *s = cb_token_text(r, at);
    size_t len = cb_token_length(r, at), digits = 0, hyphens = 0;
    for (size_t i = 0; i < len; i++) {
        digits += s[i] >= '0' && s[i] <= '9';
        hyphens += s[i] == '-';
    }
    return (digits == len && len > AMOUNT_DIGITS) || (hyphens > 0 && hyphens + digits == len);
}

bool cb_counts_something(const struct cb_quantity_reader *r, size_t at)
{
    unsigned classes = cb_classes(r, at);
    if (at >= r->count)
        return false;
    if (cb_is_mark(r, at, "%") || (classes & (CB_LEX_MAGNITUDE | CB_LEX_SHORT | CB_LEX_UNIT | CB_LEX_TIME |
                                              CB_LEX_PERCENT | CB_LEX_CURRENCY | CB_LEX_MONTH)))
        return true;
    size_t behind;
    const char *noun = cb_counted_noun(r, at, false, &behind);
    return noun != NULL || cb_is_mark(r, at, "-");
}

size_t cb_read_label(const struct cb_quantity_reader *r, size_t at, size_t *first, struct cb_quantity *q)
{
    *first = at;
    if (is_coded_word(r, at)) {
        set_label(r, at, q);
        return 1;
    }
    if (cb_is_number_token(r, at) && is_code(r, at)) {
        set_label(r, at, q);
        return 1;
    }
    if (!cb_is_number_token(r, at) || at == 0)
        return 0;
    const struct cb_token *before = &r->tokens[at - 1];
    if (at >= 2 && cb_is_mark(r, at - 1, "-") && cb_is_glued(r, at - 1) && cb_is_glued(r, at) &&
        r->tokens[at - 2].kind == CB_TOKEN_WORD && (r->tokens[at - 2].flags & CB_TOKEN_UPPER)) {
        set_label(r, at, q);
        *first = at - 2;
        return 1;
    }
    if (cb_is_mark(r, at - 1, "#") && cb_is_glued(r, at)) {
        set_label(r, at, q);
        *first = at - 1;
        return 1;
    }
    if (cb_read_plain(r, at, 1, 7) < 0 || before->kind != CB_TOKEN_WORD || cb_counts_something(r, at + 1))
        return 0;
    unsigned classes = cb_classes(r, at - 1);
    bool number_sign =
        cb_is_mark(r, at - 1, "No.") || cb_is_mark(r, at - 1, "Nos.") || cb_is_mark(r, at - 1, "no.");
    bool named = (classes & CB_LEX_NAMED) && (!(classes & CB_LEX_FUNCTION) || number_sign);
    bool name = at >= 2 && (before->flags & CB_TOKEN_UPPER) && cb_token_length(r, at - 1) > 1 && classes == 0;
    struct cb_quantity ignored = {0};
    if (name && cb_quantity_take_approx(r, at, &ignored) < at)
        name = false; /* "Roughly 200" */
    if (!named && !name && !number_sign)
        return 0;
    set_label(r, at, q);
    q->counted = named && !number_sign
                     ? cb_singular(cb_token_text(r, at - 1), cb_token_length(r, at - 1), r->arena)
                     : NULL;
    *first = at - 1;
    return 1;
}
