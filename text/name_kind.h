/* Whether a name is a person's, an organisation's or a place's: by its words and by what stands beside it. */
#ifndef CB_TEXT_NAME_KIND_H
#define CB_TEXT_NAME_KIND_H

#include "text/name_find.h"

/* Fills the flags of `parts` and its gender; its name and title are known. The range is the sentence. */
void cb_name_classify(const struct cb_reading *reading, struct cb_token_range range,
                      struct cb_name_parts *parts);

#endif
