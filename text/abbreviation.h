/* English abbreviations that carry a full stop, and what usually follows each. */
#ifndef CB_TEXT_ABBREVIATION_H
#define CB_TEXT_ABBREVIATION_H

#include <stddef.h>

enum cb_abbreviation {
    CB_ABBR_NONE,
    CB_ABBR_TITLE,    /* before a name: Mr. Gen. St.: never ends a sentence */
    CB_ABBR_INNER,    /* goes on: e.g. vs. cf.: never ends a sentence */
    CB_ABBR_NUMBERED, /* before a number: No. p. Fig.; without one it is a plain word */
    CB_ABBR_DATE,     /* months and weekdays: may end a sentence, not before a number */
    CB_ABBR_END,      /* behind a name or number, and often last: Inc. Jr. etc. a.m. */
};

/* The class of text[0..len), given without its full stop ("Mr", "a.m"); case matters only where
 * a word of the language would be taken for an abbreviation ("no", "sat", "gen"). */
enum cb_abbreviation cb_abbreviation_of(const char *text, size_t len);

#endif
