/* What stands before an article's first sentence: title, byline, dateline; and its language. */
#ifndef CB_TEXT_FRONT_MATTER_H
#define CB_TEXT_FRONT_MATTER_H

#include "text/extract.h"

struct cb_front_matter {
    struct cb_span title;    /* empty when there is none */
    struct cb_span byline;   /* the names behind "By", or empty */
    struct cb_span dateline; /* "MOSCOW, November 20", or empty */
    size_t sentences;        /* so many sentences at the beginning hold nothing but title and byline */
};

/* The title is the first line when `has_title`, else when it looks like one: short, without a full stop at
 * its end or in title case, and text follows. */
struct cb_front_matter cb_front_matter_find(const char *text, size_t len, const struct cb_sentence *sentences,
                                            size_t count, bool has_title);

/* BCP 47, from script and commonest words of the text's beginning; "en" when nothing plainly speaks against.
 */
const char *cb_language_guess(const char *text, size_t len);

#endif
