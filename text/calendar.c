#include "text/calendar.h"

#include <stdio.h>

long cb_days_from_date(struct cb_date date)
{
    long y = date.year - (date.month <= 2 ? 1 : 0);
    long era = (y >= 0 ? y : y - 399) / 400;
    long year_of_era = y - era * 400;
    long day_of_year = (153L * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
    long day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

struct cb_date cb_date_from_days(long days)
{
    long z = days + 719468;
    long era = (z >= 0 ? z : z - 146096) / 146097;
    long day_of_era = z - era * 146097;
    long year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    long day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    long mp = (5 * day_of_year + 2) / 153;
    struct cb_date date = {.day = (int)(day_of_year - (153 * mp + 2) / 5 + 1),
                           .month = (int)(mp < 10 ? mp + 3 : mp - 9)};
    date.year = (int)(year_of_era + era * 400 + (date.month <= 2 ? 1 : 0));
    return date;
}

int cb_weekday(long days)
{
    long remainder = (days + 3) % 7; /* 1970-01-01 was a Thursday */
    return (int)(remainder < 0 ? remainder + 7 : remainder) + 1;
}

int cb_month_length(int year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (month < 1 || month > 12)
        return 0;
    return lengths[month - 1] + (month == 2 && leap ? 1 : 0);
}

bool cb_date_is_valid(struct cb_date date)
{
    int year = date.year == 0 ? 2000 : date.year; /* 29 February of some year */
    if (date.year < 0 || date.year > 9999 || date.month < 0 || date.month > 12)
        return false;
    if (date.month == 0)
        return date.day == 0;
    return date.day >= 0 && date.day <= cb_month_length(year, date.month);
}

struct cb_date cb_date_add_months(struct cb_date date, int months)
{
    int count = date.year * 12 + (date.month - 1) + months;
    return (struct cb_date){.year = count / 12, .month = count % 12 + 1};
}

static const char *number_at(const char *text, int digits, int *out)
{
    *out = 0;
    for (int i = 0; i < digits; i++, text++) {
        if (*text < '0' || *text > '9')
            return NULL;
        *out = *out * 10 + (*text - '0');
    }
    return *text >= '0' && *text <= '9' ? NULL : text;
}

bool cb_date_parse(const char *text, struct cb_date *out)
{
    struct cb_date date = {0};
    const char *p = number_at(text, 4, &date.year), *q;
    if (p == NULL || date.year == 0)
        return false;
    if (*p == '-' && (q = number_at(p + 1, 2, &date.month)) != NULL) {
        p = q;
        if (*p == '-' && number_at(p + 1, 2, &date.day) == NULL)
            date.day = 0;
    } else {
        date.month = 0;
    }
    *out = date;
    return cb_date_is_valid(date);
}

int cb_date_format(struct cb_date date, char out[CB_DATE_SIZE])
{
    char year[8] = "XXXX";
    if (date.year > 0 && date.year <= 9999)
        snprintf(year, sizeof year, "%04d", date.year);
    if (date.month <= 0 || date.month > 12)
        return snprintf(out, CB_DATE_SIZE, "%s", year);
    if (date.day <= 0 || date.day > 31)
        return snprintf(out, CB_DATE_SIZE, "%s-%02d", year, date.month);
    return snprintf(out, CB_DATE_SIZE, "%s-%02d-%02d", year, date.month, date.day);
}
