/* Where something stands in a text. Inside text/ all offsets are bytes into
 * valid UTF-8, end exclusive; what leaves the program counts Unicode code points
 * (DESIGN: W3C Web Annotation), by way of text/unicode.h's map. */
#ifndef CB_TEXT_SPAN_H
#define CB_TEXT_SPAN_H

#include <stdint.h>

struct cb_span {
    uint32_t start, end; /* bytes, end exclusive */
};

enum { CB_TEXT_MAX = 64 * 1024 * 1024 }; /* bytes of one document */

#endif
