/* Which of the attributions found are somebody's words, and so make claims. */
#ifndef CB_TEXT_CLAIM_CHOICE_H
#define CB_TEXT_CLAIM_CHOICE_H

#include "text/claim.h"

/* makes[i]: whether attribution i makes claims. Not so for: a source that cannot speak ("the jets" that
 * mean); words inside somebody else's quotation; an inner attribution that is no saying or no clause; a
 * reading at odds with quotation marks, or with a sentence that plainly ends with its source. */
void cb_attributions_choose(const struct cb_claim_sources *sources,
                            const struct cb_reference_list *references, bool *makes);

#endif
