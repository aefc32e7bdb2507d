/* The dateline at the head of a paragraph. */
#include "text/abbreviation.h"
#include "text/sentence_scan.h"
#include "text/unicode.h"

#include <string.h>

/* A dateline is short; further than this nobody looks. Bytes. */
enum { DATELINE_MAX = 96, AGENCY_MAX = 32 };

static bool is_upper_ascii(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_alnum_ascii(char c)
{
    return is_upper_ascii(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* The place: words of capitals ("MOSCOW", "NEW YORK", "SÃO PAULO"), two letters at least. */
static size_t place_end(const char *text, size_t at, size_t limit)
{
    size_t letters = 0, end = at;
    while (at < limit) {
        uint32_t c;
        size_t next = cb_utf8_next(text, limit, at, &c);
        if (cb_is_letter(c)) {
            if (!cb_is_upper(c))
                return 0;
            letters++;
            end = next;
        } else if (c != ' ' && c != '-' && c != '\'' && c != '/' && c != 0x2019) {
            break;
        }
        at = next;
    }
    return letters >= 3 ? end : 0;
}

static size_t month_end(const char *text, size_t at, size_t limit)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    size_t end = at;
    while (end < limit && is_alnum_ascii(text[end]))
        end++;
    for (size_t i = 0; i < sizeof months / sizeof *months; i++) {
        if (strlen(months[i]) == end - at && memcmp(months[i], text + at, end - at) == 0)
            return end;
    }
    if (cb_abbreviation_of(text + at, end - at) == CB_ABBR_DATE)
        return end < limit && text[end] == '.' ? end + 1 : end;
    return 0;
}

static size_t day_end(const char *text, size_t at, size_t limit)
{
    size_t end = at;
    while (end < limit && end - at < 3 && text[end] >= '0' && text[end] <= '9')
        end++;
    return end > at && end - at < 3 ? end : 0;
}

/* "November 20" or "20 November", with a year or without. */
static size_t date_end(const char *text, size_t at, size_t limit)
{
    size_t day = day_end(text, at, limit), end = 0;
    if (day > 0 && day < limit && text[day] == ' ')
        end = month_end(text, day + 1, limit);
    size_t month = month_end(text, at, limit);
    if (month > 0 && month < limit && text[month] == ' ')
        end = day_end(text, month + 1, limit);
    if (end == 0)
        return 0;
    size_t year = end;
    while (year < limit && (text[year] == ',' || text[year] == ' '))
        year++;
    if (limit - year >= 4 && (memcmp(text + year, "20", 2) == 0 || memcmp(text + year, "19", 2) == 0))
        end = year + 4;
    return end;
}

/* "(AP)", "/TASS/" behind blanks; or `at`. */
static size_t agency_end(const char *text, size_t at, size_t limit)
{
    size_t p = at;
    while (p < limit && text[p] == ' ')
        p++;
    if (p >= limit || (text[p] != '(' && text[p] != '/') || p + 1 >= limit || !is_upper_ascii(text[p + 1]))
        return at;
    char close = text[p] == '(' ? ')' : '/';
    size_t q = p + 1;
    while (q < limit && q - p < AGENCY_MAX &&
           (is_alnum_ascii(text[q]) || text[q] == ' ' || text[q] == '-' || (unsigned char)text[q] >= 0x80 ||
            (text[q] == '/' && close == ')'))) /* "(AFP/Reuters)" */
        q++;
    return q < limit && text[q] == close ? q + 1 : at;
}

/* Behind "-", "--", "–" or "—" with blanks around it; or 0. */
static size_t dash_end(const char *text, size_t at, size_t end)
{
    size_t p = at;
    while (p < end && text[p] == ' ')
        p++;
    size_t first = p;
    while (p < end) {
        uint32_t c;
        size_t next = cb_utf8_next(text, end, p, &c);
        if (c != '-' && !(c >= 0x2012 && c <= 0x2015))
            break;
        p = next;
    }
    return p > first && p < end && text[p] == ' ' ? p : 0;
}

size_t cb_dateline_end(const char *text, size_t start, size_t end)
{
    if (start >= end || (!is_upper_ascii(text[start]) && (unsigned char)text[start] < 0x80) ||
        (start > 0 && text[start - 1] != '\n'))
        return start;
    size_t limit = end - start > DATELINE_MAX ? start + DATELINE_MAX : end;
    size_t place = place_end(text, start, limit);
    if (place == 0)
        return start;
    size_t at = place, date = 0;
    if (at + 1 < limit && text[at] == ',' && text[at + 1] == ' ') {
        date = date_end(text, at + 2, limit);
        if (date == 0) { /* "AUSTIN, Texas (AP) -" */
            size_t p = at + 2;
            while (p < limit && (is_alnum_ascii(text[p]) || text[p] == '.'))
                p++;
            at = p;
        } else {
            at = date;
        }
    }
    size_t agency = agency_end(text, at, limit);
    if (date > 0 && at < limit && text[at] == '.' && at + 1 < limit && text[at + 1] == ' ') {
        agency = agency_end(text, at + 1, limit);
        if (agency == at + 1)
            return at + 1;
        return agency < limit && text[agency] == '.' ? agency + 1 : agency;
    }
    size_t dash = agency > at || date > 0 ? dash_end(text, agency, end) : 0;
    if (dash > 0)
        return dash;
    if (date > 0 && agency > at && agency < limit && text[agency] == '.')
        return agency + 1;
    return start;
}

/* One to four words of letters that begin in upper case ("Washington", "New York"); `at` when none does. */
static size_t capital_words_end(const char *text, size_t at, size_t limit)
{
    size_t end = at;
    for (unsigned words = 0; words < 4 && at < limit; words++) {
        uint32_t c;
        size_t p = cb_utf8_next(text, limit, at, &c);
        if (!cb_is_upper(c))
            break;
        while (p < limit) {
            size_t next = cb_utf8_next(text, limit, p, &c);
            if (!cb_is_letter(c) && c != '.' && c != '-' && c != '\'')
                break;
            p = next;
        }
        end = p;
        at = p < limit && text[p] == ' ' ? p + 1 : limit;
    }
    return end;
}

/* The place before a dash, with a state or country and a date behind commas. *plain: in capitals, which needs
 * no agency to be a dateline. */
static size_t lead_place_end(const char *text, size_t start, size_t limit, bool *plain)
{
    size_t end = capital_words_end(text, start, limit);
    *plain = end > start && place_end(text, start, end) == end;
    for (unsigned parts = 0; parts < 2 && end > start && end + 1 < limit; parts++) {
        if (text[end] != ',' || text[end + 1] != ' ')
            break;
        size_t date = date_end(text, end + 2, limit);
        size_t state = date > 0 ? date : capital_words_end(text, end + 2, limit);
        end = state > end + 2 ? state : end;
    }
    return end;
}

static size_t skip_blanks(const char *text, size_t at, size_t end)
{
    while (at < end && (text[at] == ' ' || text[at] == '\n'))
        at++;
    return at;
}

/* Does a sentence begin here, with a capital, a figure or a quotation mark? */
static bool sentence_begins(const char *text, size_t at, size_t end)
{
    uint32_t c;
    if (at >= end)
        return false;
    cb_utf8_next(text, end, at, &c);
    return cb_is_upper(c) || (c >= '0' && c <= '9') || c == '"' || c == 0x201C || c == 0x2018;
}

size_t cb_dateline_lead_end(const char *text, size_t start, size_t end)
{
    if (start >= end || (start > 0 && text[start - 1] != '\n'))
        return start;
    size_t limit = end - start > DATELINE_MAX ? start + DATELINE_MAX : end;
    bool plain = false;
    size_t date = date_end(text, start, limit);
    size_t at = date > 0 ? date : lead_place_end(text, start, limit, &plain);
    size_t agency = agency_end(text, at, limit);
    size_t dash = plain || agency > at ? dash_end(text, agency, end) : 0;
    size_t body = dash > 0 ? dash : at == start ? agency : cb_dateline_end(text, start, end);
    body = skip_blanks(text, body, end);
    return body > start && sentence_begins(text, body, end) ? body : start;
}
