/* Posting lists: which claims have a term. Pure.
 *
 * A claim is named by its ordinal, a dense number that it got when it was indexed. 65,536 ordinals make a
 * block; a posting is 32 bits: the ordinal within the block (16), whether the term stands in the claim's
 * words and in the title of its record (2), and how long the claim is, as the number of terms (7) and as a
 * level of the sum of their weights (7). */
#ifndef CB_MATCH_POSTING_H
#define CB_MATCH_POSTING_H

#include "base/arena.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    CB_BLOCK_BITS = 16,
    CB_BLOCK_SIZE = 1 << CB_BLOCK_BITS,
    CB_POSTING_BYTES = 4,
    CB_POSTING_WORDS_MAX = 127
};

struct cb_posting {
    uint32_t offset;        /* ordinal within the block */
    bool in_text, in_title; /* at least one */
    unsigned words;         /* of text and title; CB_POSTING_WORDS_MAX and more are one */
    unsigned level;         /* of the text's weight */
};

uint32_t cb_posting_pack(struct cb_posting posting);
struct cb_posting cb_posting_unpack(uint32_t packed);

/* Levels of weight stand 6% apart; a level's weight is never above the weight it was made from. */
enum { CB_WEIGHT_LEVELS = 128 };
unsigned cb_weight_level(double weight);
double cb_level_weight(unsigned level);

/* The list of one term in one block. */
struct cb_posting_list {
    uint32_t block;
    uint32_t count;
    bool ascending;        /* by offset, as ordinals are given out; else every posting has to be looked at */
    const uint32_t *items; /* packed */
};

/* All lists of a term. `claims` is how many claims have it. */
struct cb_term_lists {
    int32_t term;
    uint32_t list_count;
    uint32_t claims;
    struct cb_posting_list *lists;
};

/* A table of lists by term. */
struct cb_postings {
    struct cb_arena *arena; /* borrowed: the lists live there */
    struct cb_term_lists **places;
    size_t mask, count;
};

CB_CHECKED enum cb_code cb_postings_init(struct cb_postings *postings, struct cb_arena *arena,
                                         struct cb_err *err);
void cb_postings_release(struct cb_postings *postings);

/* NULL when no claim has it (or it was not loaded). */
const struct cb_term_lists *cb_postings_find(const struct cb_postings *postings, int32_t term);

/* Adds one list, given as it is stored: four bytes a posting, low byte first. CB_INTEGRITY when it is
 * damaged. */
CB_CHECKED enum cb_code cb_postings_add(struct cb_postings *postings, int32_t term, uint32_t block,
                                        const void *stored, size_t len, struct cb_err *err);

/* What one claim has gathered: side by side, because they are wanted together and stand far apart in memory
 * from claim to claim. */
struct cb_tally_cell {
    float sum;
    uint32_t last; /* the posting that met the claim first */
};

/* Sums over the claims that a query meets. */
struct cb_tally {
    struct cb_tally_cell *cells; /* by ordinal */
    /* A bit for each ordinal that was met: most postings are of claims that were not and shall not
     * be, and the cells do not fit where the bits do, near the processor. */
    uint64_t *met;
    uint32_t *touched; /* ordinals met, in order of first meeting */
    size_t touched_count, size;
};

/* `size` is one more than the greatest ordinal. */
CB_CHECKED enum cb_code cb_tally_init(struct cb_tally *tally, size_t size, struct cb_err *err);
void cb_tally_release(struct cb_tally *tally);
void cb_tally_clear(struct cb_tally *tally); /* costs as much as was touched */

enum cb_posting_field { CB_IN_TEXT, CB_IN_TITLE, CB_IN_BOTH, CB_POSTING_FIELDS };

/* What a posting adds to the sum of its claim, by where the term stands and how many terms the claim has.
 * What adds nothing is not met. */
struct cb_gain {
    float of[CB_POSTING_FIELDS][CB_POSTING_WORDS_MAX + 1];
};

/* Adds the gains of a term's claims. */
void cb_tally_add(struct cb_tally *tally, const struct cb_term_lists *lists, const struct cb_gain *gain);

/* Adds `weight` for each claim below `until` that has the term in its words; a claim that was not met before
 * is met only when its level is at most `level_max` (-1: none is). */
void cb_tally_meet(struct cb_tally *tally, const struct cb_term_lists *lists, float weight, uint32_t until,
                   int level_max);

#endif
