/* Fractions and odds: parts of a whole. */
#include "text/quantity_reader.h"

static void set_share(struct cb_quantity *q, double low, double high)
{
    q->kind = CB_QUANTITY_SHARE;
    q->low = low;
    q->high = high;
    q->unit = "%";
}

/* What a fraction is of: "half of Syria", "half the country". */
static void share_of(const struct cb_quantity_reader *r, size_t behind, struct cb_quantity *q)
{
    if (cb_is_word(r, behind, "of"))
        q->counted = cb_counted_of(r, behind);
}

static double part_of(const struct cb_quantity_reader *r, size_t at)
{
    double value = cb_lexeme_value(r, at);
    return cb_classes(r, at) & CB_LEX_ORDINAL ? 1 / value : value;
}

/* "quarter" and "third" are shares only before "of", "the", a mark or the end. */
static bool is_part(const struct cb_quantity_reader *r, size_t at)
{
    if (!(cb_classes(r, at) & CB_LEX_FRACTION) || cb_is_word(r, at, "second"))
        return false;
    return at + 1 >= r->count || cb_is_word(r, at + 1, "of") || cb_is_word(r, at + 1, "the") ||
           (cb_classes(r, at + 1) & CB_LEX_FUNCTION) || r->tokens[at + 1].kind == CB_TOKEN_PUNCT ||
           r->tokens[at + 1].kind == CB_TOKEN_QUOTE_CLOSE;
}

/* "half", "a quarter", "two-thirds", "three quarters", "quarter of" */
static size_t read_fraction(const struct cb_quantity_reader *r, size_t at, struct cb_quantity *q)
{
    uint64_t parts = 1;
    size_t n = 0;
    bool ordinal = false;
    if (cb_is_word(r, at, "half")) {
        if (cb_is_word(r, at + 1, "a") || cb_is_word(r, at + 1, "an") || cb_is_dash(r, at + 1) ||
            (at > 0 && (cb_is_word(r, at - 1, "first") || cb_is_word(r, at - 1, "second") ||
                        cb_is_word(r, at - 1, "a"))))
            return 0;
        set_share(q, 0.5, 0.5);
        share_of(r, at + 1, q);
        return 1;
    }
    if (cb_is_word(r, at, "a") || cb_is_word(r, at, "one")) {
        n = 1;
    } else if ((cb_classes(r, at) & CB_LEX_DIGIT) && cb_lexeme_value(r, at) >= 2) {
        parts = (uint64_t)cb_lexeme_value(r, at);
        n = 1;
    }
    if (n == 1 && cb_is_mark(r, at + 1, "-"))
        n = 2;
    size_t noun = at + n;
    ordinal = (cb_classes(r, noun) & CB_LEX_ORDINAL) != 0;
    bool plural = (cb_classes(r, noun) & CB_LEX_FRACTION) &&
                  cb_is_plural(cb_token_text(r, noun), cb_token_length(r, noun));
    if (n == 0 && !cb_is_word(r, noun + 1, "of"))
        return 0; /* "third" alone is an ordinal, "the quarter" a time */
    if (n == 0 && (plural || ordinal || (noun > 0 && (cb_classes(r, noun - 1) & CB_LEX_ORDINAL)) ||
                   cb_read_plain(r, noun + 2, 4, 4) > 0 || (noun > 0 && cb_is_word(r, noun - 1, "last"))))
        return 0;
    if (!is_part(r, noun) || plural != (parts > 1))
        return 0;
    double share = (double)parts * part_of(r, noun);
    if (share > 1)
        return 0;
    set_share(q, share, share);
    share_of(r, noun + 1, q);
    return noun + 1 - at;
}

/* "one in five", "nine out of ten" */
static size_t read_odds(const struct cb_quantity_reader *r, size_t at, struct cb_quantity *q)
{
    struct cb_number part, whole;
    size_t n = cb_read_number(r, at, &part);
    if (n == 0 || part.many || part.low.value < 1)
        return 0;
    size_t word = at + n;
    bool in = cb_is_word(r, word, "in");
    word += in ? 1 : cb_is_word(r, word, "out") && cb_is_word(r, word + 1, "of") ? 2 : 0;
    if (word == at + n)
        return 0;
    size_t m = cb_read_number(r, word, &whole);
    if (m == 0 || whole.many || whole.low.value <= part.low.value || whole.low.value > 1e6)
        return 0;
    /* "one in five", but not "12 in 20 attacks" */
    if (in && (whole.low.value > 1000 || !(cb_classes(r, at) & CB_LEX_DIGIT)))
        return 0;
    size_t behind;
    q->counted = cb_counted_noun(r, word + m, false, &behind);
    set_share(q, part.low.value / whole.low.value, part.low.value / whole.low.value);
    return word + m - at;
}

/* The number and its noun of which "of" at `of` takes a part: "of the five schools", "of its 12 boats". */
size_t cb_read_part_of(const struct cb_quantity_reader *r, size_t of, double part, const char **counted)
{
    static const char *const owners[] = {"the", "its", "their", "his", "her", "our", "these", "those", "all"};
    struct cb_number whole;
    size_t at = of + 1, behind;
    if (!cb_is_word(r, of, "of"))
        return 0;
    for (size_t i = 0; i < sizeof owners / sizeof *owners; i++) {
        if (cb_is_word(r, at, owners[i])) {
            at++;
            break;
        }
    }
    if (at > of + 1 && (cb_is_word(r, at + 1, "'s") || cb_is_word(r, at + 1, "\xE2\x80\x99s")))
        at += 2; /* "of the mill's 400 workers" */
    size_t n = cb_read_number(r, at, &whole);
    if (n == 0 || whole.many || whole.short_form != NULL || whole.low.value < part || whole.low.value < 2 ||
        cb_is_mark(r, at + n, "%") ||
        (cb_classes(r, at + n) & (CB_LEX_PERCENT | CB_LEX_CURRENCY | CB_LEX_MONTH)))
        return 0;
    *counted = cb_counted_noun(r, at + n, false, &behind);
    if (*counted == NULL && at == of + 1)
        return 0; /* "nine of 10" alone: no things are named */
    return at + n - of;
}

/* "1/2" in one token */
static size_t read_slashed(const struct cb_quantity_reader *r, size_t at, struct cb_quantity *q)
{
    const char *s = cb_token_text(r, at);
    size_t len = cb_token_length(r, at);
    if (!cb_is_number_token(r, at) || len != 3 || s[1] != '/' || s[0] < '1' || s[0] > '9' || s[2] <= s[0] ||
        s[2] > '9')
        return 0;
    set_share(q, (double)(s[0] - '0') / (s[2] - '0'), (double)(s[0] - '0') / (s[2] - '0'));
    share_of(r, at + 1, q);
    return 1;
}

size_t cb_read_share(const struct cb_quantity_reader *r, size_t at, struct cb_quantity *q)
{
    static size_t (*const readers[])(const struct cb_quantity_reader *, size_t,
                                     struct cb_quantity *) = {read_fraction, read_odds, read_slashed};
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        size_t n = readers[i](r, at, q);
        if (n > 0)
            return n;
        *q = (struct cb_quantity){0};
    }
    return 0;
}
