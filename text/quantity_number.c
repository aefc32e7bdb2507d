/* Numbers in digits and in words. */
#include "text/quantity_reader.h"

#include "text/unicode.h"

#include <math.h>
#include <string.h>
#include <unicode/uchar.h>

static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
enum { POWER_MAX = sizeof powers / sizeof *powers - 1 };

struct cb_decimal cb_decimal_make(uint64_t mantissa, int exponent)
{
    struct cb_decimal d = {.mantissa = mantissa, .exponent = exponent, .exact = true};
    while (d.exponent < 0 && d.mantissa % 10 == 0 && d.mantissa > 0) {
        d.mantissa /= 10;
        d.exponent++;
    }
    if (d.exponent < -POWER_MAX || d.exponent > POWER_MAX) {
        d.exact = false;
        d.value = (double)mantissa * pow(10, exponent);
    } else {
        d.value = d.exponent < 0 ? (double)d.mantissa / powers[-d.exponent]
                                 : (double)d.mantissa * powers[d.exponent];
    }
    return d;
}

struct cb_decimal cb_decimal_times(struct cb_decimal a, double factor)
{
    int exponent = 0;
    double rest = factor;
    while (rest >= 10 && fmod(rest, 10) == 0) {
        rest /= 10;
        exponent++;
    }
    if (a.exact && rest == floor(rest) && rest < 1000 && a.mantissa < UINT64_MAX / 1000)
        return cb_decimal_make(a.mantissa * (uint64_t)rest, a.exponent + exponent);
    a.value *= factor;
    a.exact = false;
    return a;
}

const char *cb_decimal_text(struct cb_decimal decimal, struct cb_arena *arena)
{
    char digits[24], out[64];
    size_t n = 0, len = 0;
    uint64_t rest = decimal.mantissa;
    if (!decimal.exact)
        return NULL;
    do {
        digits[n++] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    size_t fraction = decimal.exponent < 0 ? (size_t)-decimal.exponent : 0;
    while (n <= fraction)
        digits[n++] = '0';
    for (size_t i = n; i-- > 0;) {
        out[len++] = digits[i];
        if (i == fraction && fraction > 0)
            out[len++] = '.';
    }
    for (int i = 0; i < decimal.exponent; i++)
        out[len++] = '0';
    return cb_arena_copy(arena, out, len);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The value of "½" and its like; -1 when c is no fraction. */
static double vulgar_fraction(const char *text, size_t len)
{
    uint32_t c;
    if (cb_utf8_next(text, len, 0, &c) != len || c < 0x80)
        return -1;
    double value = u_getNumericValue((UChar32)c);
    return value > 0 && value < 1 ? value : -1;
}

/* The separators of "1,234,567": one to three digits, then groups of three. */
static bool is_grouped(const char *s, size_t len, char separator)
{
    size_t group = 0;
    bool any = false;
    for (size_t i = 0; i < len; i++) {
        if (s[i] == separator) {
            if (any ? group != 3 : group == 0 || group > 3)
                return false;
            any = true;
            group = 0;
        } else if (is_digit(s[i])) {
            group++;
        } else {
            return false;
        }
    }
    return any && group == 3;
}

static bool decimal_of(const char *s, size_t len, struct cb_decimal *out)
{
    uint64_t mantissa = 0;
    int exponent = 0;
    bool point = false, commas = false;
    size_t integer = 0;
    while (integer < len && s[integer] != '.')
        integer++;
    size_t dots = 0;
    for (size_t i = 0; i < len; i++) {
        commas = commas || s[i] == ',';
        dots += s[i] == '.';
    }
    bool grouped = commas ? is_grouped(s, integer, ',') : dots > 1 && is_grouped(s, len, '.');
    if ((dots > 1 && !grouped) || (commas && !grouped && dots > 0))
        return false;
    for (size_t i = 0; i < len; i++) {
        if (is_digit(s[i])) {
            if (mantissa > (UINT64_MAX - 9) / 10)
                return false;
            mantissa = mantissa * 10 + (uint64_t)(s[i] - '0');
            exponent -= point;
        } else if ((s[i] == '.' && dots == 1) || (s[i] == ',' && !grouped)) {
            if (point)
                return false;
            point = true;
        } else if (s[i] != ',' && s[i] != '.') {
            return false;
        }
    }
    *out = cb_decimal_make(mantissa, exponent);
    return true;
}

bool cb_read_digits(const struct cb_quantity_reader *r, size_t at, struct cb_decimal *out)
{
    if (!cb_is_number_token(r, at))
        return false;
    const char *s = cb_token_text(r, at);
    size_t len = cb_token_length(r, at), plain = 0;
    while (plain < len && (is_digit(s[plain]) || s[plain] == '.' || s[plain] == ','))
        plain++;
    if (plain == len)
        return decimal_of(s, len, out);
    double fraction = vulgar_fraction(s + plain, len - plain);
    if (fraction < 0)
        return false;
    *out = cb_decimal_make(0, 0);
    if (plain > 0 && !decimal_of(s, plain, out))
        return false;
    double hundredths = fraction * 1000;
    if (hundredths == floor(hundredths) && out->exponent >= 0)
        *out = cb_decimal_make((uint64_t)(out->value * 1000 + hundredths), -3);
    else
        *out = (struct cb_decimal){.value = out->value + fraction};
    return true;
}

int cb_read_plain(const struct cb_quantity_reader *r, size_t at, size_t min, size_t max)
{
    size_t len = cb_token_length(r, at);
    int value = 0;
    if (!cb_is_number_token(r, at) || len < min || len > max)
        return -1;
    for (size_t i = 0; i < len; i++) {
        char c = cb_token_text(r, at)[i];
        if (!is_digit(c))
            return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

/* "and" inside a number: "two hundred and fifty" */
static bool joins_number(const struct cb_quantity_reader *r, size_t at)
{
    return cb_is_word(r, at, "and") && (cb_classes(r, at + 1) & (CB_LEX_DIGIT | CB_LEX_TENS)) != 0;
}

/* Tens and ones: "twenty-five", "seven". */
static size_t read_below_hundred(const struct cb_quantity_reader *r, size_t at, uint64_t *out)
{
    unsigned classes = cb_classes(r, at);
    if (classes & CB_LEX_DIGIT) {
        *out = (uint64_t)cb_lexeme_value(r, at);
        return 1;
    }
    if (!(classes & CB_LEX_TENS))
        return 0;
    *out = (uint64_t)cb_lexeme_value(r, at);
    size_t next = at + 1 + (cb_is_mark(r, at + 1, "-") ? 1 : 0);
    if ((cb_classes(r, next) & CB_LEX_DIGIT) && cb_lexeme_value(r, next) > 0 &&
        cb_lexeme_value(r, next) < 10) {
        *out += (uint64_t)cb_lexeme_value(r, next);
        return next + 1 - at;
    }
    return 1;
}

/* "millions" behind another number says what "million" does: "18 millions euro", as translated texts have it.
 * A year before it is none: "in 2015 thousands of people fled". */
static bool is_plural_magnitude(const struct cb_quantity_reader *r, size_t at, double before)
{
    const double least = 100;
    bool year = before >= 1000 && before <= 2100 && before == floor(before);
    return (cb_classes(r, at) & CB_LEX_MANY) != 0 && cb_lexeme_value(r, at) >= least && !year;
}

/* A number in words, from "seven" to "two million three hundred thousand and five". */
static size_t read_words(const struct cb_quantity_reader *r, size_t start, struct cb_number *out)
{
    const double limit = 1e15;
    double total = 0, current = 0;
    size_t at = start;
    bool any = false, after_magnitude = false;
    for (;;) {
        uint64_t small = 0;
        if (after_magnitude && joins_number(r, at))
            at++;
        size_t n = any && !after_magnitude ? 0 : read_below_hundred(r, at, &small);
        if (n > 0) {
            current += (double)small;
            at += n;
            any = true;
            after_magnitude = false;
        } else if (any &&
                   ((cb_classes(r, at) & CB_LEX_MAGNITUDE) || is_plural_magnitude(r, at, total + current))) {
            double magnitude = cb_lexeme_value(r, at);
            out->magnitude = true;
            if (magnitude > 100) {
                total += (current > 0 ? current : 1) * magnitude;
                current = 0;
            } else {
                current *= magnitude;
            }
            at++;
            after_magnitude = true;
        } else {
            break;
        }
        if (total > limit || current > limit)
            return 0;
    }
    if (!any)
        return 0;
    out->low = out->high = cb_decimal_make((uint64_t)(total + current), 0);
    return at - start;
}

/* Magnitudes behind digits: "8 thousand", "1.2bn", "5k", "2 hundred thousand". */
static size_t read_magnitudes(const struct cb_quantity_reader *r, size_t at, struct cb_number *out)
{
    size_t start = at;
    if ((cb_classes(r, at) & CB_LEX_SHORT) && (cb_is_glued(r, at) || cb_token_length(r, at) > 1)) {
        out->short_form = r->lexemes[at];
        return 1; /* the caller decides what "m" is */
    }
    while ((cb_classes(r, at) & CB_LEX_MAGNITUDE) || is_plural_magnitude(r, at, out->low.value)) {
        out->low = out->high = cb_decimal_times(out->low, cb_lexeme_value(r, at));
        out->factor *= cb_lexeme_value(r, at);
        out->magnitude = true;
        at++;
    }
    return at - start;
}

/* "3,5 millions": a comma for the point, which only a magnitude behind it tells from a list. */
static size_t read_decimal_comma(const struct cb_quantity_reader *r, size_t at, struct cb_number *out)
{
    int tenths = cb_read_plain(r, at + 1, 1, 2);
    bool magnitude =
        (cb_classes(r, at + 2) & CB_LEX_MAGNITUDE) != 0 || is_plural_magnitude(r, at + 2, out->low.value);
    if (tenths < 0 || !cb_is_mark(r, at, ",") || !cb_is_glued(r, at) || !cb_is_glued(r, at + 1) ||
        !magnitude || cb_is_glued(r, at + 2) || out->low.exponent != 0 || out->low.mantissa > 999)
        return 0;
    bool two = cb_token_length(r, at + 1) == 2;
    uint64_t scale = two ? 100 : 10;
    out->low = cb_decimal_make(out->low.mantissa * scale + (uint64_t)tenths, two ? -2 : -1);
    return 2;
}

static size_t read_digit_number(const struct cb_quantity_reader *r, size_t at, struct cb_number *out)
{
    if (!cb_read_digits(r, at, &out->low))
        return 0;
    size_t start = at++;
    out->digits = true;
    at += read_decimal_comma(r, at, out);
    /* "10 000": groups of three apart by a no-break space, or "000" */
    while (cb_read_plain(r, at, 3, 3) >= 0 && at > start && cb_read_plain(r, start, 1, 3) > 0 &&
           out->low.exponent == 0) {
        const char *before = r->text + r->tokens[at].span.start - 1;
        if (cb_is_glued(r, at) || (*before == ' ' && memcmp(cb_token_text(r, at), "000", 3) != 0))
            break;
        out->low = cb_decimal_make(out->low.mantissa * 1000 + (uint64_t)cb_read_plain(r, at, 3, 3), 0);
        at++;
    }
    out->high = out->low;
    return at + read_magnitudes(r, at, out) - start;
}

/* "a hundred", "a dozen", "half a million", "half a dozen". */
static size_t read_article_number(const struct cb_quantity_reader *r, size_t at, struct cb_number *out)
{
    size_t start = at;
    bool half = cb_is_word(r, at, "half");
    at += half;
    if (!cb_is_word(r, at, "a") || !(cb_classes(r, at + 1) & CB_LEX_MAGNITUDE))
        return 0;
    out->low = half ? cb_decimal_make(5, -1) : cb_decimal_make(1, 0);
    out->low = out->high = cb_decimal_times(out->low, cb_lexeme_value(r, at + 1));
    out->magnitude = true;
    at += 2 + read_magnitudes(r, at + 2, out);
    uint64_t small = 0;
    if (joins_number(r, at) && !half) {
        size_t n = read_below_hundred(r, at + 1, &small);
        out->low = out->high = cb_decimal_make((uint64_t)out->low.value + small, 0);
        at += 1 + n;
    }
    return at - start;
}

/* "dozens", "thousands", "tens of thousands", "hundreds of millions". */
static size_t read_many(const struct cb_quantity_reader *r, size_t at, struct cb_number *out)
{
    if (!(cb_classes(r, at) & CB_LEX_MANY))
        return 0;
    double value = cb_lexeme_value(r, at);
    size_t n = 1;
    if (cb_is_word(r, at + 1, "of") && (cb_classes(r, at + 2) & CB_LEX_MANY) &&
        cb_lexeme_value(r, at + 2) >= 1000) {
        value *= cb_lexeme_value(r, at + 2);
        n = 3;
    } else if (cb_is_word(r, at, "tens") || cb_is_word(r, at, "scores")) {
        return 0; /* "tens" alone is seldom a number */
    }
    out->low = cb_decimal_make((uint64_t)(2 * value), 0);
    out->high = (struct cb_decimal){.value = INFINITY};
    out->many = out->magnitude = true;
    return n;
}

/* "and a half" behind a number or a unit */
static size_t read_and_half(const struct cb_quantity_reader *r, size_t at, struct cb_number *out)
{
    if (!cb_is_word(r, at, "and") || !cb_is_word(r, at + 1, "a") || !cb_is_word(r, at + 2, "half"))
        return 0;
    out->low = out->high = cb_decimal_make(out->low.mantissa * 10 + 5, out->low.exponent - 1);
    return 3;
}

size_t cb_read_number(const struct cb_quantity_reader *r, size_t at, struct cb_number *out)
{
    *out = (struct cb_number){.factor = 1};
    if (at >= r->count)
        return 0;
    size_t n = read_digit_number(r, at, out);
    if (n == 0)
        n = read_words(r, at, out);
    if (n == 0)
        n = read_article_number(r, at, out);
    if (n == 0)
        return read_many(r, at, out);
    if (!out->magnitude && out->low.exact && out->low.exponent == 0 && out->low.mantissa < 1000) {
        size_t half = read_and_half(r, at + n, out);
        if (half > 0)
            n += half + read_magnitudes(r, at + n + half, out);
    }
    return n;
}

size_t cb_read_ordinal(const struct cb_quantity_reader *r, size_t at, double *out)
{
    unsigned classes = cb_classes(r, at);
    if (classes & CB_LEX_ORDINAL) {
        *out = cb_lexeme_value(r, at);
        return 1;
    }
    if ((classes & CB_LEX_TENS) && cb_is_mark(r, at + 1, "-") && (cb_classes(r, at + 2) & CB_LEX_ORDINAL)) {
        *out = cb_lexeme_value(r, at) + cb_lexeme_value(r, at + 2);
        return 3;
    }
    if (!cb_is_number_token(r, at))
        return 0;
    const char *s = cb_token_text(r, at);
    size_t len = cb_token_length(r, at), digits = 0;
    double value = 0;
    while (digits < len && digits < 6 && is_digit(s[digits]))
        value = value * 10 + (s[digits++] - '0');
    if (digits == 0 || len != digits + 2 ||
        (memcmp(s + digits, "st", 2) != 0 && memcmp(s + digits, "nd", 2) != 0 &&
         memcmp(s + digits, "rd", 2) != 0 && memcmp(s + digits, "th", 2) != 0))
        return 0;
    *out = value;
    return 1;
}
