/* The word lists behind text/attribution_words.h. */
#ifndef CB_TEXT_ATTRIBUTION_LEXICON_H
#define CB_TEXT_ATTRIBUTION_LEXICON_H

#include <stdint.h>

/* Words of one kind, separated by blanks; "call:for,on" lists the prepositions that lead to what is said. */
struct cb_cue_group {
    uint8_t part, strength;
    uint16_t classes;
    const char *words;
};

extern const struct cb_cue_group cb_cue_groups[]; /* ends with words NULL */

/* Irregular forms: pairs "said say", separated by commas. */
extern const char cb_cue_irregular[];

#endif
