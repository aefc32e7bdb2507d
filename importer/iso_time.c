#include "importer/iso_time.h"

#include <stddef.h>
#include <string.h>

/* `digits` digits at *at, moved behind them; -1 when there are fewer. */
static int number(const char **at, int digits)
{
    int value = 0;
    for (int i = 0; i < digits; i++) {
        if ((*at)[i] < '0' || (*at)[i] > '9')
            return -1;
        value = 10 * value + ((*at)[i] - '0');
    }
    *at += digits;
    return value;
}

static bool skip(const char **at, char c)
{
    if (**at != c)
        return false;
    (*at)++;
    return true;
}

/* Days from 1970-01-01 in the proleptic Gregorian calendar (Hinnant, "chrono-compatible low-level date
 * algorithms"). */
static int64_t days_from_civil(int64_t year, int month, int day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400, of_era = year - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    return era * 146097 + day_of_era - 719468;
}

static bool read_date(const char **at, int64_t *days)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = number(at, 4);
    bool dashes = skip(at, '-');
    int month = number(at, 2);
    if (dashes && !skip(at, '-'))
        return false;
    int day = number(at, 2);
    if (year < 1 || month < 1 || month > 12 || day < 1)
        return false;
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    if (day > lengths[month - 1] + (month == 2 && leap ? 1 : 0))
        return false;
    *days = days_from_civil(year, month, day);
    return true;
}

/* "10:30", "10:30:05.25", "103005": microseconds of the day. */
static bool read_clock(const char **at, int64_t *micro)
{
    int hour = number(at, 2);
    bool colons = skip(at, ':');
    int minute = number(at, 2), second = 0;
    if (colons ? skip(at, ':') : (**at >= '0' && **at <= '9'))
        second = number(at, 2);
    if (hour < 0 || hour > 24 || minute < 0 || minute > 59 || second < 0 || second > 60)
        return false;
    int64_t fraction = 0, unit = 100000;
    if (skip(at, '.') || skip(at, ',')) {
        if (**at < '0' || **at > '9')
            return false;
        for (; **at >= '0' && **at <= '9'; (*at)++, unit /= 10)
            fraction += unit * (**at - '0');
    }
    *micro = ((int64_t)hour * 3600 + minute * 60 + second) * 1000000 + fraction;
    return *micro <= INT64_C(86400000000);
}

/* "Z", "+03:00", "-0500", "+03", or nothing: seconds east of Greenwich. */
static bool read_zone(const char **at, int *east)
{
    *east = 0;
    (void)skip(at, ' ');
    if (skip(at, 'Z') || skip(at, 'z') || **at == '\0')
        return true;
    int sign = **at == '-' ? -1 : 1;
    if (!skip(at, '+') && !skip(at, '-'))
        return false;
    int hours = number(at, 2), minutes = 0;
    if (skip(at, ':') || **at != '\0')
        minutes = number(at, 2);
    if (hours < 0 || hours > 15 || minutes < 0 || minutes > 59)
        return false;
    *east = sign * (hours * 3600 + minutes * 60);
    return true;
}

bool cb_iso_time(const char *text, int64_t *unix_microseconds)
{
    int64_t days, micro = 0;
    int east = 0;
    const char *at = text + strspn(text, " ");
    if (!read_date(&at, &days))
        return false;
    if (*at == 'T' || *at == 't' || *at == ' ') {
        const char *clock = at + 1;
        bool only_blanks = *at == ' ' && clock[strspn(clock, " ")] == '\0';
        if (!only_blanks && (at = clock, !read_clock(&at, &micro) || !read_zone(&at, &east)))
            return false;
    }
    if (at[strspn(at, " ")] != '\0')
        return false;
    *unix_microseconds = days * INT64_C(86400000000) + micro - (int64_t)east * 1000000;
    return true;
}
