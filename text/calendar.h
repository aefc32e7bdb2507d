/* Days of the Gregorian calendar, and dates as ISO 8601 text. */
#ifndef CB_TEXT_CALENDAR_H
#define CB_TEXT_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>

struct cb_date {
    int year;  /* 0: not known */
    int month; /* 1 … 12, or 0: not known */
    int day;   /* 1 … 31, or 0: not known */
};

/* Days since 1970-01-01, and back (H. Hinnant's algorithms, for any year from 1 on). */
long cb_days_from_date(struct cb_date date);
struct cb_date cb_date_from_days(long days);

/* 1 (Monday) … 7 (Sunday), as ISO 8601 counts. */
int cb_weekday(long days);

int cb_month_length(int year, int month);

/* Whether the known parts are a real date. */
bool cb_date_is_valid(struct cb_date date);

/* Moves by whole months; the day becomes unknown. */
struct cb_date cb_date_add_months(struct cb_date date, int months);

/* The date at the head of ISO 8601 text ("2015-11-18T10:00:00Z", "2015-11", "2015"); false when there is
 * none. */
bool cb_date_parse(const char *text, struct cb_date *out);

/* "2015-11-18", "2015-11", "2015", or "XXXX-11-18" (ISO 8601-2) when the year is not known; returns the
 * length. */
enum { CB_DATE_SIZE = 16 };
int cb_date_format(struct cb_date date, char out[CB_DATE_SIZE]);

#endif
