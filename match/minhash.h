/* Texts that are nearly the same: MinHash over the paragraphs to find them, runs of words to measure them.
 * Pure.
 *
 * Broder, "On the resemblance and containment of documents" (1997); banding after Leskovec, Rajaraman and
 * Ullman, "Mining of Massive Datasets", ch. 3. */
#ifndef CB_MATCH_MINHASH_H
#define CB_MATCH_MINHASH_H

#include "base/arena.h"
#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

enum {
    CB_SKETCH_HASHES = 16,   /* of a paragraph */
    CB_SKETCH_BAND = 4,      /* hashes of a band: equal in all of them, and two paragraphs meet */
    CB_SKETCH_SHINGLE = 3,   /* words of a shingle */
    CB_PARAGRAPH_WORDS = 12, /* shorter paragraphs (captions, names, "Advertisement") are not sketched */
    CB_RUN_WORDS = 8,        /* words of a run */
    CB_SKETCH_PARAGRAPHS_MAX = 2000,
};

struct cb_sketch {
    size_t paragraphs;    /* that were sketched */
    const int64_t *bands; /* ascending, unique */
    size_t band_count;
};

/* Words are runs of letters and digits, folded to lower case in ASCII; paragraphs end at line breaks.
 * The sketch lives in the arena. Two paragraphs with a Jaccard likeness of .8 share a band with a probability
 * of .88, of .9 with .99, of .3 with .03. */
CB_CHECKED enum cb_code cb_sketch_make(const char *text, size_t len, struct cb_arena *arena,
                                       struct cb_sketch *out, struct cb_err *err);

/* Of the words of each text, the share that stands in a run of CB_RUN_WORDS words which the other text has
 * too; 0 for a text shorter than a run, unless the texts are the same. */
CB_CHECKED enum cb_code cb_shared_runs(const char *a, size_t a_len, const char *b, size_t b_len,
                                       struct cb_arena *arena, double *share_of_a, double *share_of_b,
                                       struct cb_err *err);

#endif
