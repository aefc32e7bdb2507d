/* F1 of source, cue, content and whole attributions, counted as for PolNeAR: sets of spans within an
 * article; a whole attribution is right when its content overlaps by half or more of the union and its
 * source overlaps (an empty source in gold matches any). Nested attributions are not counted. */
#ifndef CB_TRAIN_ATTRIBUTION_SCORE_H
#define CB_TRAIN_ATTRIBUTION_SCORE_H

#include "text/attribution_page.h"
#include "tools/train_attribution/corpus.h"

#include <stdio.h>

struct tally {
    size_t right, found, gold, gold_right;
};

struct score {
    struct tally exact[3], overlap[3]; /* source, cue, content */
    struct tally whole, saying;
};

void score_article(struct score *score, const struct article *article,
                   const struct cb_attribution_found *found, size_t count);
void score_print(FILE *out, const struct score *score);

/* Prints what was missed and what was wrong, one line each. */
void score_errors(FILE *out, const struct article *article, const struct cb_attribution_found *found,
                  size_t count);

/* Is the draft right as a whole for some gold one? */
bool score_is_right_draft(const struct article *article, const struct cb_draft *draft);

#endif
