/* Inside the sentence splitter: languages other than English, by ICU's rules for their locale. */
#ifndef CB_TEXT_SENTENCE_ICU_H
#define CB_TEXT_SENTENCE_ICU_H

#include "base/error.h"

#include <stddef.h>

struct cb_sentence_icu;

/* For a BCP 47 tag; one ICU does not know gets the root rules. The caller frees it. */
CB_CHECKED enum cb_code cb_sentence_icu_new(const char *language, struct cb_sentence_icu **out,
                                            struct cb_err *err);
void cb_sentence_icu_free(struct cb_sentence_icu *icu);

/* Sets the paragraph text[start..end) that the next calls walk. */
CB_CHECKED enum cb_code cb_sentence_icu_set(struct cb_sentence_icu *icu, const char *text, size_t start,
                                            size_t end, struct cb_err *err);

/* End of the sentence that begins where the last one ended; the paragraph's end at last. */
size_t cb_sentence_icu_next(struct cb_sentence_icu *icu);

#endif
