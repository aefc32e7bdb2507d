/* The statements inside one clause: its main one, and those that hang on it. */
#ifndef CB_TEXT_CLAUSE_PARTS_H
#define CB_TEXT_CLAUSE_PARTS_H

#include "text/grammar.h"

enum { CB_PARTS_MAX = 8, CB_PART_RANGES_MAX = 4 };

enum cb_part_kind {
    CB_PART_CORE,       /* the main statement without what hangs on it */
    CB_PART_PREDICATE,  /* one more predicate of its subject */
    CB_PART_PARTICIPLE, /* ", calling it …", with the subject */
    CB_PART_RELATIVE,   /* ", which …", with the noun it is about */
    CB_PART_ADVERBIAL,  /* what stands behind "after", "as", "because" … */
};

struct cb_clause_part {
    enum cb_part_kind kind;
    struct cb_token_range ranges[CB_PART_RANGES_MAX]; /* in order, disjoint */
    size_t count;
    uint32_t verb; /* the token that states it */
};

/* Finds them by tags and marks, which hold where trees of long sentences are wrong: a clause is cut at commas
 * and dashes outside quotation marks and brackets, and before "as", "after" … with a subject and a verb
 * behind it. The pieces that carry the subject and its verb are the core. Conditions ("if", "unless",
 * "until", a general "when") stay in it, because without them it would say something else. Returns the number
 * of parts; the first one is the core, even when it is the whole clause; 0 when the clause has no verb that
 * states something. */
size_t cb_clause_parts(const struct cb_reading *reading, uint32_t sentence, struct cb_token_range range,
                       struct cb_clause_part parts[CB_PARTS_MAX]);

#endif
