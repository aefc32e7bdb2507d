/* ISO 8601 points in time, as pages and records give them. */
#ifndef CB_IMPORTER_ISO_TIME_H
#define CB_IMPORTER_ISO_TIME_H

#include <stdbool.h>
#include <stdint.h>

/* "2015-11-18", "2015-11-18T10:30", "2015-11-18 10:30:05.25+03:00", "20151118T103005Z": microseconds of the
 * Unix era. A time without a zone, and the midnight of a date alone, count as UTC. False for anything
 * else, also for a day that the calendar does not have. */
bool cb_iso_time(const char *text, int64_t *unix_microseconds);

#endif
