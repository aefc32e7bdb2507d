/* Claims of one statement that are parts of one another. A sentence is read whole and in its parts, and what
 * it says once must not stand twice in a report. */
#ifndef CB_REPORT_NESTED_H
#define CB_REPORT_NESTED_H

#include "report/consistency.h"

/* Sets `shown_as` of each claim of a position: of claims of one document whose places overlap and of which
 * one has all words of the other, in their order, only the shorter is shown; of two with the same words, the
 * first. Claims of a document stand together in `said`. Returns how many are shown. */
size_t cb_said_nest(struct cb_said *said, size_t count);

#endif
