/* What a page says of itself and to its reader, beside the text: "Read more: …", "Follow us on …",
 * "Photo by …". */
#ifndef CB_TEXT_FURNITURE_H
#define CB_TEXT_FURNITURE_H

#include "text/grammar.h"

/* Do the tokens begin as such a line does, or are they nothing but "it is understood"? */
bool cb_is_furniture(const struct cb_reading *reading, struct cb_token_range range);

#endif
