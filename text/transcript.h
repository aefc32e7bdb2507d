/* Interviews and debates written as a transcript: "Ann Lee: …", "Q: …". */
#ifndef CB_TEXT_TRANSCRIPT_H
#define CB_TEXT_TRANSCRIPT_H

#include "text/extract.h"

/* What one voice says until the next label. */
struct cb_turn {
    struct cb_span label;   /* without its colon */
    struct cb_span content; /* from behind the colon to the last sentence's end */
    uint32_t first, end;    /* its sentences, `end` not included */
    bool named;             /* "Q", "Answer" name nobody */
};

/* The turns of a text, in order; none unless at least two paragraphs begin with labels of two voices. A
 * label is of up to five words in upper case before a colon, which recurs, or holds a given name or a word
 * for a role; no word that introduces something else ("Note:"), no place and no date. A paragraph without one
 * goes on with the turn before when another label follows. *out lives in the arena. CB_NO_MEMORY, CB_LIMIT.
 */
CB_CHECKED enum cb_code cb_transcript_find(const char *text, const struct cb_sentence *sentences,
                                           size_t count, struct cb_arena *arena, struct cb_turn **out,
                                           size_t *turn_count, struct cb_err *err);

#endif
