/* What the search for claims shares between what an attribution holds (claim.c), what is spoken without one
 * (claim_spoken.c: quotations, turns of a transcript), the text's own voice (claim_own.c) and the writing of
 * claims (claim_write.c). For these only. */
#ifndef CB_TEXT_CLAIM_FINDER_H
#define CB_TEXT_CLAIM_FINDER_H

#include "text/claim.h"
#include "text/quote_source.h"

enum { CB_CLAIM_PIECES = 4 };

enum {
    CB_MARK_COVERED = 1, /* belongs to an attribution */
    CB_MARK_INNER = 2,   /* to one inside another */
    CB_MARK_SAID = 4     /* to the cue or content of an attribution, not to its source alone */
};

/* A proposition: one range of tokens, or two to four round a "he said". */
struct cb_claim_piece {
    struct cb_token_range ranges[CB_CLAIM_PIECES];
    size_t count;
    uint32_t sentence;
};

struct cb_claim_finder {
    const struct cb_claim_sources *in;
    const struct cb_reading *r;
    struct cb_arena *scratch, *arena;
    struct cb_reference_list *references;
    struct cb_claim_list *list;
    uint8_t *marks; /* one a token: CB_MARK_… */
    bool *used;     /* one an attribution: makes claims */
    /* of a transcript, one a sentence: the reference whose turn it is, or -1; the turn, or NULL */
    int32_t *turn_of;
    const struct cb_turn **turn_at;
};

/* The range without the sentence's dateline, when it begins with it. */
struct cb_token_range cb_claim_behind_dateline(const struct cb_claim_finder *f, uint32_t sentence,
                                               struct cb_token_range range);

/* Adds one claim; `base` is all but its words. CB_LIMIT when there are too many claims or no memory. */
CB_CHECKED enum cb_code cb_claim_add(struct cb_claim_finder *f, const struct cb_claim_piece *piece,
                                     const struct cb_claim_draft *base, struct cb_err *err);

/* Adds a proposition and the statements inside it (text/clause_parts.h), `whole` is its base, `inside` that
 * of what hangs on its core. */
CB_CHECKED enum cb_code cb_claim_add_parts(struct cb_claim_finder *f, const struct cb_claim_piece *piece,
                                           const struct cb_claim_draft *whole,
                                           const struct cb_claim_draft *inside, struct cb_err *err);

/* "has denied it", "who had left", "to stay": makes a piece without a subject or verb of its own the
 * statement of its sentence that holds it, where there is one not much longer. True when that is the text's
 * own statement, which is read for itself, and the piece ("questions for the president") says nothing.
 * `sourced`: somebody is named who says it; a "which" is then taken for the source. */
bool cb_claim_complete(const struct cb_claim_finder *f, struct cb_claim_piece *piece, bool sourced);

/* Adds those statements of a clause of the text's own of which the verb stands outside of all attributions.
 */
CB_CHECKED enum cb_code cb_claim_add_uncovered(struct cb_claim_finder *f, const struct cb_claim_piece *piece,
                                               const struct cb_claim_draft *base, struct cb_err *err);

/* Marks the tokens of an attribution's spans. */
void cb_claim_mark(struct cb_claim_finder *f, uint8_t what, const struct cb_attribution_found *a);

/* Adds the propositions of an attribution's contents; `base` is what all of them share. CB_LIMIT when there
 * are too many claims or no memory. */
CB_CHECKED enum cb_code cb_claim_read_contents(struct cb_claim_finder *f,
                                               const struct cb_attribution_found *a,
                                               const struct cb_claim_draft *base, struct cb_err *err);

/* Adds the claims of what was found without an attribution: `range` said by `found`, which is NULL when
 * nobody is named. */
CB_CHECKED enum cb_code cb_claim_add_spoken(struct cb_claim_finder *f, enum cb_claim_kind kind,
                                            struct cb_token_range range, uint32_t sentence,
                                            const struct cb_quote_source *found, struct cb_err *err);

/* The quotations that no attribution holds. */
CB_CHECKED enum cb_code cb_claim_read_quotes(struct cb_claim_finder *f, struct cb_err *err);

/* A transcript: begin tells which sentences are whose turn, before anything else is read; read adds the
 * claims of what each turn's speaker says himself. */
CB_CHECKED enum cb_code cb_claim_begin_turns(struct cb_claim_finder *f, struct cb_err *err);
CB_CHECKED enum cb_code cb_claim_read_turns(struct cb_claim_finder *f, struct cb_err *err);

/* What the text says itself in a sentence, outside of what attributions hold. */
CB_CHECKED enum cb_code cb_claim_read_own(struct cb_claim_finder *f, uint32_t sentence, struct cb_err *err);

/* "Nicole Ramos, an attorney with the group": who she is, is a claim too, and the text's own. */
CB_CHECKED enum cb_code cb_claim_read_appositions(struct cb_claim_finder *f, struct cb_err *err);

#endif
