/* A clause cut into the pieces between its marks, and which of them carry its main statement: for
 * text/clause_parts.c and text/clause_nouns.c only. */
#ifndef CB_TEXT_CLAUSE_CUT_H
#define CB_TEXT_CLAUSE_CUT_H

#include "text/grammar.h"

enum { CB_SEGMENTS_MAX = 24 };

/* What a piece between two commas is. */
enum cb_segment_kind {
    CB_SEGMENT_MORE,
    CB_SEGMENT_RELATIVE,
    CB_SEGMENT_PARTICIPLE,
    CB_SEGMENT_LIST,
    CB_SEGMENT_ADVERBIAL,
    CB_SEGMENT_CONDITION
};

struct cb_segment {
    enum cb_segment_kind kind;
    uint32_t start, end; /* without the mark before it; the mark behind it is not in it */
    uint32_t body;       /* where the words behind "after", "which" … begin */
};

struct cb_clause_cut {
    const struct cb_reading *r;
    uint32_t sentence;
    struct cb_token_range range;
    struct cb_segment seg[CB_SEGMENTS_MAX];
    bool main[CB_SEGMENTS_MAX]; /* carries the main statement */
    size_t count;
    uint32_t verb; /* the main verb; range.end without one */
    struct cb_token_range subject;
};

/* False when the clause has no verb that states something, or asks. */
bool cb_clause_cut(const struct cb_reading *reading, uint32_t sentence, struct cb_token_range range,
                   struct cb_clause_cut *out);

/* A noun, a pronoun or a number. */
bool cb_cut_is_noun_like(const struct cb_reading *r, uint32_t i);

/* Can a noun phrase begin with it? */
bool cb_cut_begins_phrase(const struct cb_reading *r, uint32_t i);

/* The mark behind which a new piece begins: a comma, but not between adjectives, or a dash. */
bool cb_cut_is_seam(const struct cb_reading *r, uint32_t i);

bool cb_cut_is_past(const struct cb_reading *r, uint32_t verb);

/* The finite verb of the clause that begins at `at` with its subject; `end` when none follows before the next
 * comma or a word that opens another clause. */
uint32_t cb_cut_verb_of_clause(const struct cb_reading *r, uint32_t at, uint32_t end);

/* Does a verb state something at i, in the piece that begins at `start`? The tagger takes some for
 * infinitives or participles: "the majority relate to …", "the lawyer resigned". */
bool cb_cut_states(const struct cb_reading *r, uint32_t start, uint32_t i);

/* The first verb of the piece that states something outside of clauses about its nouns; `end` without one. */
uint32_t cb_cut_main_verb_in(const struct cb_reading *r, uint32_t start, uint32_t end);

/* The noun phrase that ends before `end`, from `low` on at most. */
struct cb_token_range cb_cut_phrase_before(const struct cb_reading *r, uint32_t low, uint32_t end);

/* The mark that closes the quotation opened at i, inside the clause; i when none does. */
uint32_t cb_cut_closing_quote(const struct cb_clause_cut *c, uint32_t i);

#endif
