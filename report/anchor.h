/* Is a claim still where it was found? (W3C Web Annotation: TextPositionSelector and TextQuoteSelector.) */
#ifndef CB_REPORT_ANCHOR_H
#define CB_REPORT_ANCHOR_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A text with the byte offset of each code point. */
struct cb_points {
    const char *text; /* borrowed, UTF-8 */
    size_t len;       /* bytes */
    size_t *at;       /* of code point i; at[count] is len. NULL for a text of single bytes */
    size_t count;     /* code points */
};

CB_CHECKED enum cb_code cb_points_init(struct cb_points *points, const char *text, size_t len,
                                       struct cb_err *err);
void cb_points_release(struct cb_points *points);
/* The byte offset of a code point; len when it is beyond the end. */
size_t cb_points_byte(const struct cb_points *points, int64_t point);

enum cb_anchor_state {
    CB_ANCHOR_EXACT,     /* the quote stands at its place, between its prefix and suffix */
    CB_ANCHOR_MOVED,     /* it stands at one other place */
    CB_ANCHOR_AMBIGUOUS, /* it stands at several other places */
    CB_ANCHOR_ORPHAN,    /* it stands nowhere */
};

struct cb_anchor {
    int64_t start, end; /* code points, end exclusive */
    const char *quote, *prefix, *suffix;
};

/* Where it is not exact, the quote with its surroundings is looked for first, then the quote alone. */
enum cb_anchor_state cb_anchor_check(const struct cb_points *points, const struct cb_anchor *anchor);

const char *cb_anchor_state_name(enum cb_anchor_state state);

#endif
