/* Dates: absolute, relative to the day of publication, and times of day. */
#include "text/quantity_reader.h"

#include <math.h>
#include <string.h>

/* A date without a year that lies further ahead than this is of the year before: days. */
enum { AHEAD_MAX = 120 };

void cb_set_date(const struct cb_quantity_reader *r, struct cb_quantity *q, struct cb_date date)
{
    char text[CB_DATE_SIZE];
    q->kind = CB_QUANTITY_DATE;
    q->low = q->high = 0;
    if (!cb_date_is_valid(date) || (date.year == 0 && date.month == 0))
        return;
    int len = cb_date_format(date, text);
    q->date = cb_arena_copy(r->arena, text, (size_t)len);
    if (date.year == 0)
        return;
    int first_month = date.month == 0 ? 1 : date.month, last_month = date.month == 0 ? 12 : date.month;
    int last_day = date.day > 0 ? date.day : cb_month_length(date.year, last_month);
    q->low = date.year * 10000.0 + first_month * 100 + (date.day > 0 ? date.day : 1);
    q->high = date.year * 10000.0 + last_month * 100 + last_day;
}

/* Months are written large; so are their abbreviations. */
static int month_at(const struct cb_quantity_reader *r, size_t at)
{
    if (!(cb_classes(r, at) & CB_LEX_MONTH) || !(r->tokens[at].flags & CB_TOKEN_UPPER))
        return 0;
    return (int)cb_lexeme_value(r, at);
}

static int day_at(const struct cb_quantity_reader *r, size_t at)
{
    double ordinal;
    int day = cb_read_plain(r, at, 1, 2);
    if (day < 0 && cb_is_number_token(r, at) && cb_read_ordinal(r, at, &ordinal) == 1)
        day = ordinal <= 31 ? (int)ordinal : -1;
    return day >= 1 && day <= 31 ? day : 0;
}

static int year_at(const struct cb_quantity_reader *r, size_t at)
{
    int year = cb_read_plain(r, at, 4, 4);
    return year >= 1000 && year <= 2199 ? year : 0;
}

/* ", 2015" or " 2015" behind a day or month */
static size_t read_year(const struct cb_quantity_reader *r, size_t at, int *year)
{
    size_t comma = cb_is_mark(r, at, ",") ? 1 : 0;
    *year = year_at(r, at + comma);
    return *year > 0 ? comma + 1 : 0;
}

/* The year of a day or month that stands without one: the nearest to the publication. */
static void guess_year(const struct cb_quantity_reader *r, struct cb_date *date)
{
    if (!r->has_published || r->published.month == 0)
        return;
    struct cb_date mine = *date, today = r->published;
    mine.year = today.year;
    mine.day = mine.day > 0 ? mine.day : 1;
    today.day = today.day > 0 ? today.day : 1;
    long ahead = cb_days_from_date(mine) - cb_days_from_date(today);
    date->year = today.year - (ahead > AHEAD_MAX ? 1 : 0) + (ahead < AHEAD_MAX - 365 ? 1 : 0);
}

static void set_day(const struct cb_quantity_reader *r, struct cb_quantity *q, int year, int month, int day)
{
    struct cb_date date = {.year = year, .month = month, .day = day};
    if (year == 0)
        guess_year(r, &date);
    cb_set_date(r, q, date);
}

/* "18 November 2015", "18th of November" */
static size_t read_day_month(const struct cb_quantity_reader *r, size_t at, struct cb_quantity *q)
{
    int day = day_at(r, at), year;
    if (day == 0 && (cb_classes(r, at) & CB_LEX_ORDINAL) && cb_is_word(r, at + 1, "of"))
        day = (int)cb_lexeme_value(r, at); /* "the third of May" */
    if (day == 0)
        return 0;
    size_t month_token = at + 1 + (cb_is_word(r, at + 1, "of") ? 1 : 0);
    int month = month_at(r, month_token);
    if (month == 0)
        return 0;
    size_t n = month_token + 1 - at;
    n += read_year(r, at + n, &year);
    set_day(r, q, year, month, day);
    return n;
}

/* Words before a month that make "May" and "March" months. */
static bool month_follows(const struct cb_quantity_reader *r, size_t at)
{
    static const char *const words[] = {"in",      "since",  "of",    "by",   "until", "till", "from",
                                        "during",  "last",   "next",  "this", "early", "late", "mid",
                                        "through", "before", "after", "to",   "and"};
    for (size_t i = 0; at > 0 && i < sizeof words / sizeof *words; i++) {
        if (cb_is_word(r, at - 1, words[i]))
            return true;
    }
    return false;
}

/* "November 18, 2015", "November 2015", "November" */
static size_t read_month(const struct cb_quantity_reader *r, size_t at, struct cb_quantity *q)
{
    int month = month_at(r, at), year;
    if (month == 0)
        return 0;
    int day = day_at(r, at + 1);
    if (day > 0 && !cb_is_mark(r, at + 2, "%") &&
        !(cb_classes(r, at + 2) & (CB_LEX_MAGNITUDE | CB_LEX_PERCENT))) {
        size_t n = 2 + read_year(r, at + 2, &year);
        set_day(r, q, year, month, day);
        return n;
    }
    year = year_at(r, at + 1);
    if (year == 0 && cb_is_word(r, at + 1, "of"))
        year = year_at(r, at + 2);
    if (year > 0) {
        cb_set_date(r, q, (struct cb_date){.year = year, .month = month});
        return cb_is_word(r, at + 1, "of") ? 3 : 2;
    }
    bool verb = (cb_classes(r, at) & CB_LEX_FUNCTION) != 0 || month == 3 || cb_token_length(r, at) <= 3;
    if (verb && !month_follows(r, at))
        return 0;
    set_day(r, q, 0, month, 0);
    return 1;
}

/* "2015-11-18", "18/11/2015", "18.11.2015" in one token */
static size_t read_numeric(const struct cb_quantity_reader *r, size_t at, struct cb_quantity *q)
{
    int part[3] = {0};
    size_t digits[3] = {0}, n = 0;
    const char *s = cb_token_text(r, at);
    size_t len = cb_token_length(r, at);
    if (!cb_is_number_token(r, at) || len < 8 || len > 10)
        return 0;
    for (size_t i = 0; i < len; i++) {
        if (s[i] >= '0' && s[i] <= '9') {
            if (++digits[n] > 4)
                return 0;
            part[n] = part[n] * 10 + (s[i] - '0');
        } else if ((s[i] != '-' && s[i] != '/' && s[i] != '.') || ++n > 2) {
            return 0;
        }
    }
    struct cb_date date = {0};
    if (n == 2 && digits[0] == 4)
        date = (struct cb_date){part[0], part[1], part[2]};
    else if (n == 2 && digits[2] == 4 && digits[0] <= 2 && digits[1] <= 2 &&
             (part[0] > 12 || memchr(s, '.', len) != NULL))
        date = (struct cb_date){part[2], part[1], part[0]};
    else if (n == 2 && digits[2] == 4 && digits[0] <= 2 && digits[1] <= 2 && part[1] > 12)
        date = (struct cb_date){part[2], part[0], part[1]};
    else if (n == 2 && digits[2] == 4 && digits[0] <= 2 &&
             digits[1] <= 2) /* day or month first? only the year is sure */
        date = (struct cb_date){.year = part[2],
                                .month = part[0] == part[1] ? part[0] : 0,
                                .day = part[0] == part[1] ? part[1] : 0};
    if (date.year == 0 || !cb_date_is_valid(date))
        return 0;
    cb_set_date(r, q, date);
    return 1;
}

/* Words before which, or behind which, four digits are a year. */
static bool is_year_place(const struct cb_quantity_reader *r, size_t at)
{
    static const char *const before[] = {
        "in",     "since",  "of",      "by",     "until",  "till",    "from", "during",
        "before", "after",  "early",   "late",   "mid",    "through", "year", "and",
        "to",     "around", "between", "than",   "for",    "the",     "(",    ",",
        "-",      "summer", "winter",  "spring", "autumn", "fall",    "was",  "\xE2\x80\x93"};
    if (at == 0)
        return true;
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        if (cb_is_word(r, at - 1, before[i]) || cb_is_mark(r, at - 1, before[i]))
            return true;
    }
    return false;
}

/* "his 2013 trip": a thing in the singular is not counted by thousands. */
static bool names_year(const struct cb_quantity_reader *r, size_t at)
{
    size_t behind;
    if (at + 1 >= r->count || r->tokens[at + 1].kind != CB_TOKEN_WORD ||
        (cb_classes(r, at + 1) & CB_LEX_FUNCTION))
        return false;
    bool named = at > 0 && (cb_classes(r, at - 1) & CB_LEX_NAMED) != 0;
    return !named && cb_counted_noun(r, at + 1, false, &behind) == NULL;
}

/* "2015" where a year may stand, and no thing follows that is counted. */
static size_t read_bare_year(const struct cb_quantity_reader *r, size_t at, struct cb_quantity *q)
{
    int year = cb_read_plain(r, at, 4, 4);
    if (year < 1500 || year > 2100 || !(is_year_place(r, at) || names_year(r, at)))
        return 0;
    if (at + 1 < r->count) {
        unsigned next = cb_classes(r, at + 1);
        if (next & (CB_LEX_MAGNITUDE | CB_LEX_UNIT | CB_LEX_TIME | CB_LEX_PERCENT | CB_LEX_CURRENCY))
            return 0;
        /* "in 2015 people fled" is a year, "of 2015 people" is not */
        const struct cb_token *token = &r->tokens[at + 1];
        bool noun = token->kind == CB_TOKEN_WORD && !(next & CB_LEX_FUNCTION) &&
                    !(token->flags & CB_TOKEN_UPPER) &&
                    cb_is_plural(cb_token_text(r, at + 1), cb_token_length(r, at + 1));
        if (noun && at > 0 && !cb_is_word(r, at - 1, "in") && !cb_is_word(r, at - 1, "since") &&
            !cb_is_word(r, at - 1, "the"))
            return 0;
    }
    cb_set_date(r, q, (struct cb_date){.year = year});
    return 1;
}

/* "the 1990s", "the '90s": a decade; low and high are its years' bounds */
static size_t read_decade(const struct cb_quantity_reader *r, size_t at, struct cb_quantity *q)
{
    const char *s = cb_token_text(r, at);
    size_t len = cb_token_length(r, at), from = 0, digits = 0;
    int year = 0;
    if (len < 3 || s[len - 1] != 's')
        return 0;
    while (from < len && (s[from] == '\'' || (unsigned char)s[from] >= 0x80))
        from++;
    while (digits < 5 && from + digits < len && s[from + digits] >= '0' && s[from + digits] <= '9')
        year = year * 10 + (s[from + digits++] - '0');
    size_t tail = len - from - digits;
    if ((digits != 4 && digits != 2) || year % 10 != 0 || tail > 4 ||
        (digits == 4 && (year < 1000 || year > 2100)))
        return 0;
    q->kind = CB_QUANTITY_DATE;
    if (digits == 2)
        year += year >= 20 ? 1900 : 2000;
    q->low = year * 10000.0 + 101;
    q->high = (year + 9) * 10000.0 + 1231;
    q->unit = "decade";
    return 1;
}

bool cb_date_away(const struct cb_quantity_reader *r, double amount, const char *unit, struct cb_date *out)
{
    struct cb_date today = r->published;
    int whole = fabs(amount) < 5000 ? (int)amount : 0;
    if (!r->has_published || fabs(amount) >= 5000)
        return false;
    if (strcmp(unit, "year") == 0 || strcmp(unit, "decade") == 0 || strcmp(unit, "century") == 0) {
        int years = whole * (strcmp(unit, "year") == 0 ? 1 : strcmp(unit, "decade") == 0 ? 10 : 100);
        *out = (struct cb_date){.year = today.year + years};
        return out->year > 0;
    }
    if (today.month == 0)
        return false;
    if (strcmp(unit, "month") == 0) {
        *out = cb_date_add_months(today, whole);
        return out->year > 0;
    }
    int days = strcmp(unit, "day") == 0 || strcmp(unit, "night") == 0 ? 1
               : strcmp(unit, "week") == 0                            ? 7
               : strcmp(unit, "fortnight") == 0                       ? 14
                                                                      : 0;
    if (today.day == 0 || days == 0)
        return false;
    *out = cb_date_from_days(cb_days_from_date(today) + (long)whole * days);
    if (days > 1) { /* "two weeks ago" names no day, perhaps a month */
        if (out->day < 7 || out->day > 22)
            return false;
        out->day = 0;
    }
    return out->year > 0;
}

/* Whether the sentence speaks of what is to come: "will meet on Friday". */
static bool is_future(const struct cb_quantity_reader *r, size_t at)
{
    for (size_t back = 1; back <= 10 && back <= at; back++) {
        if (cb_is_word(r, at - back, "will") || cb_is_word(r, at - back, "next") ||
            cb_is_word(r, at - back, "'ll") || cb_is_word(r, at - back, "shall"))
            return true;
        if (cb_is_mark(r, at - back, ";"))
            return false;
    }
    return false;
}

static size_t read_weekday(const struct cb_quantity_reader *r, size_t at, int direction,
                           struct cb_quantity *q)
{
    if (!(cb_classes(r, at) & CB_LEX_WEEKDAY) || !(r->tokens[at].flags & CB_TOKEN_UPPER))
        return 0;
    size_t n = 1;
    q->kind = CB_QUANTITY_DATE;
    if (cb_is_mark(r, at + 1, ",")) { /* "Monday, November 16": the day is told */
        size_t more = read_month(r, at + 2, q);
        if (more == 0)
            more = read_day_month(r, at + 2, q);
        if (more > 1)
            return 2 + more;
        *q = (struct cb_quantity){.kind = CB_QUANTITY_DATE, .period = q->period};
    }
    if (!r->has_published || r->published.day == 0)
        return n;
    long today = cb_days_from_date(r->published);
    int wanted = (int)cb_lexeme_value(r, at);
    int back = (cb_weekday(today) - wanted + 7) % 7;
    long day = today - back;
    if (direction < 0 && back == 0)
        day -= 7;
    if (direction > 0 || (direction == 0 && is_future(r, at)))
        day += 7;
    cb_set_date(r, q, cb_date_from_days(day));
    return n;
}

/* "last year", "this month", "next week", "last Monday", "last November" */
static size_t read_last_next(const struct cb_quantity_reader *r, size_t at, struct cb_quantity *q)
{
    int direction = cb_is_word(r, at, "last")   ? -1
                    : cb_is_word(r, at, "next") ? 1
                    : cb_is_word(r, at, "this") ? 0
                                                : 2;
    struct cb_date date;
    if (direction == 2 || at + 1 >= r->count)
        return 0;
    size_t n = read_weekday(r, at + 1, direction, q);
    if (n > 0)
        return n + 1;
    int month = month_at(r, at + 1);
    if (month > 0) {
        date = (struct cb_date){.month = month};
        if (r->has_published && r->published.month > 0) {
            bool passed = month < r->published.month, same = month == r->published.month;
            date.year = r->published.year;
            if (direction < 0 && !passed)
                date.year--;
            if (direction > 0 && (passed || same))
                date.year++;
        }
        cb_set_date(r, q, date);
        return 2;
    }
    if (!(cb_classes(r, at + 1) & CB_LEX_TIME) ||
        cb_is_plural(cb_token_text(r, at + 1), cb_token_length(r, at + 1)))
        return 0;
    const char *unit = r->lexemes[at + 1]->canon;
    if (strcmp(unit, "second") == 0 || strcmp(unit, "minute") == 0 || strcmp(unit, "hour") == 0 ||
        strcmp(unit, "decade") == 0 || (strcmp(unit, "day") == 0 && cb_is_word(r, at + 1, "day")) ||
        strcmp(unit, "century") == 0 || strcmp(unit, "quarter") == 0)
        return 0;
    q->kind = CB_QUANTITY_DATE;
    if (cb_date_away(r, direction, unit, &date)) {
        cb_set_date(r, q, date);
    }
    q->period = direction < 0 ? "last" : direction > 0 ? "next" : "this"; /* completed by the caller */
    q->unit = unit;
    return 2;
}

static size_t read_day_word(const struct cb_quantity_reader *r, size_t at, struct cb_quantity *q)
{
    if (!(cb_classes(r, at) & CB_LEX_DAY))
        return 0;
    if (at > 0 && (r->tokens[at].flags & CB_TOKEN_ALL_CAPS) && (r->tokens[at - 1].flags & CB_TOKEN_ALL_CAPS))
        return 0; /* "USA TODAY" */
    struct cb_date date;
    q->kind = CB_QUANTITY_DATE;
    if (cb_date_away(r, cb_lexeme_value(r, at), "day", &date))
        cb_set_date(r, q, date);
    return 1;
}

/* "3 p.m.", "5:30pm", "17:45"; low is hours */
static size_t read_clock(const struct cb_quantity_reader *r, size_t at, struct cb_quantity *q)
{
    const char *s = cb_token_text(r, at);
    size_t len = cb_token_length(r, at), i = 0;
    int hour = 0, minute = 0;
    bool colon = false;
    if (!cb_is_number_token(r, at) || len > 5)
        return 0;
    while (i < len && i < 2 && s[i] >= '0' && s[i] <= '9')
        hour = hour * 10 + (s[i++] - '0');
    if (i > 0 && i + 3 == len && (s[i] == ':' || s[i] == '.') && s[i + 1] >= '0' && s[i + 1] <= '5' &&
        s[i + 2] >= '0' && s[i + 2] <= '9') {
        minute = (s[i + 1] - '0') * 10 + (s[i + 2] - '0');
        colon = s[i] == ':';
        i = len;
    }
    if (i == 0 || i != len || hour > 24)
        return 0;
    bool pm = cb_is_word(r, at + 1, "p.m.") || cb_is_word(r, at + 1, "pm") || cb_is_word(r, at + 1, "p.m");
    bool am = cb_is_word(r, at + 1, "a.m.") || cb_is_word(r, at + 1, "am") || cb_is_word(r, at + 1, "a.m");
    bool oclock = cb_is_word(r, at + 1, "o'clock") || cb_is_word(r, at + 1,
                                                                 "o\xE2\x80\x99"
                                                                 "clock");
    if (!colon && !pm && !am && !oclock)
        return 0;
    if ((pm || am) && hour > 12)
        return 0;
    hour = pm && hour < 12 ? hour + 12 : am && hour == 12 ? 0 : hour;
    q->kind = CB_QUANTITY_DATE;
    q->low = q->high = hour + minute / 60.0;
    q->unit = "clock";
    return pm || am || oclock ? 2 : 1;
}

size_t cb_read_date(const struct cb_quantity_reader *r, size_t at, struct cb_quantity *q)
{
    static size_t (*const readers[])(const struct cb_quantity_reader *, size_t, struct cb_quantity *) = {
        read_numeric, read_day_month, read_month,     read_clock,
        read_decade,  read_bare_year, read_last_next, read_day_word,
    };
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        size_t n = readers[i](r, at, q);
        if (n > 0)
            return n;
        *q = (struct cb_quantity){0};
    }
    size_t n = read_weekday(r, at, 0, q);
    if (n == 0)
        *q = (struct cb_quantity){0};
    return n;
}
