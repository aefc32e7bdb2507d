/* Dates as pages write them. */
#include "importer/html_dom.h"
#include "importer/iso_time.h"
#include "text/calendar.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Nothing on the web is older; what lies far ahead is no date of publication. */
enum { YEAR_MIN = 1990, YEAR_MAX = 2100, ISO_MAX = 40 };

/* The first letters by which a month's name is known, in English, German, French, Spanish, Italian,
 * Portuguese, Dutch, Polish, Czech, Swedish and Russian. Longer ones first where one begins another. */
static const struct {
    const char *letters;
    int month;
} months[] = {
    {"january", 1},
    {"januar", 1},
    {"j\xC3\xA4nner", 1},
    {"janvier", 1},
    {"janeiro", 1},
    {"jan", 1},
    {"enero", 1},
    {"gennaio", 1},
    {"stycz", 1},
    {"leden", 1},
    {"ledna", 1},
    {"\xD1\x8F\xD0\xBD\xD0\xB2", 1},
    {"feb", 2},
    {"f\xC3\xA9v", 2},
    {"fev", 2},
    {"luty", 2},
    {"lutego", 2},
    {"\xC3\xBAnor", 2},
    {"\xD1\x84\xD0\xB5\xD0\xB2\xD1\x80", 2},
    {"mar", 3},
    {"m\xC3\xA4r", 3},
    {"maart", 3},
    {"b\xC5\x99"
     "ez",
     3},
    {"\xD0\xBC\xD0\xB0\xD1\x80\xD1\x82", 3},
    {"apr", 4},
    {"avril", 4},
    {"avr", 4},
    {"abr", 4},
    {"kwie", 4},
    {"dub", 4},
    {"\xD0\xB0\xD0\xBF\xD1\x80", 4},
    {"may", 5},
    {"mai", 5},
    {"mei", 5},
    {"mag", 5},
    {"maj", 5},
    {"kv\xC4\x9Bt", 5},
    {"\xD0\xBC\xD0\xB0\xD1\x8F", 5},
    {"\xD0\xBC\xD0\xB0\xD0\xB9", 5},
    {"june", 6},
    {"juni", 6},
    {"juin", 6},
    {"junho", 6},
    {"jun", 6},
    {"giu", 6},
    {"czerw", 6},
    {"\xC4\x8D"
     "ervenec",
     7},
    {"\xC4\x8D"
     "erven",
     6},
    {"\xC4\x8D"
     "ervna",
     6},
    {"\xD0\xB8\xD1\x8E\xD0\xBD", 6},
    {"july", 7},
    {"juli", 7},
    {"juillet", 7},
    {"julho", 7},
    {"jul", 7},
    {"lug", 7},
    {"lip", 7},
    {"\xD0\xB8\xD1\x8E\xD0\xBB", 7},
    {"aug", 8},
    {"ao\xC3\xBB", 8},
    {"ago", 8},
    {"aout", 8},
    {"sierp", 8},
    {"srp", 8},
    {"\xD0\xB0\xD0\xB2\xD0\xB3", 8},
    {"sep", 9},
    {"set", 9},
    {"wrze", 9},
    {"z\xC3\xA1\xC5\x99", 9},
    {"\xD1\x81\xD0\xB5\xD0\xBD", 9},
    {"oct", 10},
    {"okt", 10},
    {"ott", 10},
    {"out", 10},
    {"pa\xC5\xBA"
     "d",
     10},
    {"\xC5\x99\xC3\xADj", 10},
    {"\xD0\xBE\xD0\xBA\xD1\x82", 10},
    {"nov", 11},
    {"listopad", 11},
    {"\xD0\xBD\xD0\xBE\xD1\x8F", 11},
    {"dec", 12},
    {"dez", 12},
    {"d\xC3\xA9"
     "c",
     12},
    {"dic", 12},
    {"grud", 12},
    {"pros", 12},
    {"\xD0\xB4\xD0\xB5\xD0\xBA", 12},
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_sane(struct cb_date date)
{
    return date.year >= YEAR_MIN && date.year <= YEAR_MAX && date.month > 0 && date.day > 0 &&
           cb_date_is_valid(date);
}

static const char *format(struct cb_date date, struct cb_arena *arena)
{
    char out[CB_DATE_SIZE];
    if (!is_sane(date))
        return NULL;
    int len = cb_date_format(date, out);
    return cb_arena_copy(arena, out, (size_t)len);
}

static int number(const char **at, const char *end, int digits_max)
{
    int value = 0, digits = 0;
    while (*at < end && digits < digits_max && is_digit(**at)) {
        value = value * 10 + (*(*at)++ - '0');
        digits++;
    }
    return digits == 0 ? -1 : value;
}

/* Whether `at` begins with a month's name; moves behind its letters. */
static int month_name(const char **at, const char *end)
{
    for (size_t i = 0; i < sizeof months / sizeof *months; i++) {
        size_t n = strlen(months[i].letters);
        if ((size_t)(end - *at) < n || strncasecmp(*at, months[i].letters, n) != 0)
            continue;
        *at += n;
        while (*at < end && ((**at | 0x20) >= 'a' && (**at | 0x20) <= 'z'))
            ++*at;
        while (*at < end && (unsigned char)**at >= 0x80)
            ++*at;
        return months[i].month;
    }
    return 0;
}

static void skip(const char **at, const char *end, const char *set)
{
    while (*at < end && **at != '\0' && strchr(set, **at) != NULL)
        ++*at;
}

/* "2015-11-18T10:30:00+03:00", "2015-11-18", "20151118T1030": with its time when that is whole. */
static const char *read_iso(const char *at, const char *end, struct cb_arena *arena)
{
    char text[ISO_MAX];
    const char *p = at;
    struct cb_date date = {.year = number(&p, end, 4)};
    bool dashed = p < end && (*p == '-' || *p == '/' || *p == '.');
    p += dashed;
    date.month = number(&p, end, 2);
    p += dashed && p < end && (*p == '-' || *p == '/' || *p == '.');
    date.day = number(&p, end, 2);
    if (p - at < 8 || (p < end && is_digit(*p)) || !is_sane(date))
        return NULL;
    size_t len = 0;
    while (len + 1 < sizeof text && at + len < end && strchr("0123456789-:.TZ+ ", at[len]) != NULL &&
           at[len] != '\0') {
        text[len] = at[len];
        len++;
    }
    while (len > 0 && text[len - 1] == ' ')
        len--;
    text[len] = '\0';
    int64_t when;
    if (len > 10 && cb_iso_time(text, &when))
        return cb_arena_copy(arena, text, len);
    return format(date, arena);
}

/* "18.11.2015", "18/11/2015", "18-11-2015"; month first when only that can be. */
static const char *read_digits(const char *at, const char *end, struct cb_arena *arena)
{
    const char *p = at;
    int first = number(&p, end, 2);
    if (first < 0 || p >= end || strchr("./-", *p) == NULL)
        return NULL;
    char separator = *p++;
    skip(&p, end, " ");
    int second = number(&p, end, 2);
    if (second < 0 || p >= end || *p != separator)
        return NULL;
    p++;
    skip(&p, end, " ");
    const char *year_at = p;
    struct cb_date date = {.year = number(&p, end, 4), .month = second, .day = first};
    if (p - year_at == 2)
        date.year += 2000;
    else if (p - year_at != 4)
        return NULL;
    if (p < end && is_digit(*p))
        return NULL;
    if (second > 12 && first <= 12) {
        date.month = first;
        date.day = second;
    }
    return format(date, arena);
}

static void skip_ordinal(const char **at, const char *end)
{
    static const char *const endings[] = {"st", "nd", "rd", "th", "er", "\xC2\xBA", "\xC2\xAA"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (end - *at > 2 && strncasecmp(*at, endings[i], 2) == 0) {
            *at += 2;
            return;
        }
    }
}

/* "18 November 2015", "18. Nov 2015", "18 de noviembre de 2015", "le 18 novembre 2015" */
static const char *read_day_first(const char *at, const char *end, struct cb_arena *arena)
{
    const char *p = at;
    struct cb_date date = {.day = number(&p, end, 2)};
    if (date.day < 1)
        return NULL;
    skip_ordinal(&p, end);
    skip(&p, end, ". \xC2\xA0-");
    if (end - p > 3 && strncasecmp(p, "of ", 3) == 0)
        p += 3;
    date.month = month_name(&p, end);
    if (date.month == 0)
        return NULL;
    skip(&p, end, "., -\xC2\xA0");
    if (end - p > 3 && (strncasecmp(p, "de ", 3) == 0 || strncasecmp(p, "del", 3) == 0))
        p += 3;
    skip(&p, end, " l");
    date.year = number(&p, end, 4);
    return p < end && is_digit(*p) ? NULL : format(date, arena);
}

/* "November 18, 2015", "Nov. 18th 2015" */
static const char *read_month_first(const char *at, const char *end, struct cb_arena *arena)
{
    const char *p = at;
    struct cb_date date = {.month = month_name(&p, end)};
    if (date.month == 0)
        return NULL;
    skip(&p, end, ". \xC2\xA0");
    date.day = number(&p, end, 2);
    if (date.day < 1)
        return NULL;
    skip(&p, end, "stndrh, .\xC2\xA0");
    date.year = number(&p, end, 4);
    return p < end && is_digit(*p) ? NULL : format(date, arena);
}

const char *cb_page_date(const char *text, size_t len, struct cb_arena *arena)
{
    const char *end = text + len;
    bool inside = false; /* a word or number that began before */
    for (const char *at = text; at < end; at++) {
        const char *found = NULL;
        bool letter = (*at | 0x20) >= 'a' && (*at | 0x20) <= 'z';
        if (!inside && is_digit(*at)) {
            found = read_iso(at, end, arena);
            if (found == NULL)
                found = read_digits(at, end, arena);
            if (found == NULL)
                found = read_day_first(at, end, arena);
        } else if (!inside && (letter || (unsigned char)*at >= 0xC2)) {
            found = read_month_first(at, end, arena);
        }
        if (found != NULL)
            return found;
        inside = letter || is_digit(*at) || (unsigned char)*at >= 0x80;
    }
    return NULL;
}

const char *cb_address_date(const char *url, struct cb_arena *arena)
{
    for (const char *p = url; p != NULL && (p = strchr(p, '/')) != NULL;) {
        const char *at = ++p, *end = p + strlen(p);
        struct cb_date date = {.year = number(&at, end, 4)};
        if (at - p != 4 || at >= end || (*at != '/' && *at != '-' && *at != '_'))
            continue;
        char separator = *at++;
        date.month = number(&at, end, 2);
        if (date.month < 1 || at >= end || *at != separator)
            continue;
        at++;
        date.day = number(&at, end, 2);
        if (at < end && is_digit(*at))
            continue;
        const char *found = format(date, arena);
        if (found != NULL)
            return found;
    }
    return NULL;
}
