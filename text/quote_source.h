/* The speaker of a quotation that no attribution holds: a verb of saying right behind or before it. */
#ifndef CB_TEXT_QUOTE_SOURCE_H
#define CB_TEXT_QUOTE_SOURCE_H

#include "text/grammar.h"
#include "text/quotes.h"

struct cb_quote_source {
    struct cb_token_range source, cue; /* of one sentence */
    uint32_t sentence;
    struct cb_token_range
        gap; /* the words inside the marks that are not the speaker's: "…, he said. – …"; or empty */
};

/* “…,” said Ann Lee of the union. / “…,” the head of the union, Ann Lee, said / Lee added: “…” / “…, – said
 * the diplomat. – …” False when nothing of the kind stands beside the quotation. */
bool cb_quote_source_find(const struct cb_reading *reading, const struct cb_quote *quote,
                          struct cb_quote_source *out);

/* "Oil rose by a third, said Ann Lee.", "…, so the mayor.": a sentence without quotation marks that ends with
 * its source. gap holds what is not content. */
bool cb_statement_source_find(const struct cb_reading *reading, uint32_t sentence,
                              struct cb_quote_source *out);

/* "Insurers put the damage at $3bn": a clause whose verb says what somebody reckons, with one of the
 * sentence's quantities behind "at". *content is what stands behind the verb. */
bool cb_estimate_source_find(const struct cb_reading *reading, uint32_t sentence,
                             struct cb_token_range clause, const struct cb_quantity *quantities,
                             size_t quantity_count, struct cb_quote_source *out,
                             struct cb_token_range *content);

/* The words before a cue that can be its subject, for a cue that came without one. */
bool cb_subject_before(const struct cb_reading *reading, uint32_t sentence, struct cb_span cue,
                       struct cb_span *source);

/* Is token i the "to" of a hearer who passes it on: "to the news agency X", "to reporters", "to Reuters"? */
bool cb_hearer_begins(const struct cb_reading *reading, uint32_t i, uint32_t end);

/* Is token i a form of a verb of saying? */
bool cb_token_is_saying(const struct cb_reading *reading, uint32_t i);

#endif
