/* Lists of lower-case words in byte order, searched by halving. */
#ifndef CB_TEXT_WORD_LIST_H
#define CB_TEXT_WORD_LIST_H

#include <stdbool.h>
#include <stddef.h>

enum { CB_LIST_WORD_MAX = 48 }; /* bytes; a longer word is in no list */

/* Lower-cases ASCII letters of `word` into `out` and ends it with a NUL; false when it is empty or too long.
 * ’ becomes '. */
bool cb_word_fold(const char *word, size_t len, char out[CB_LIST_WORD_MAX]);

/* Is the word, folded, in the list? */
bool cb_word_in(const char *const *list, size_t count, const char *word, size_t len);

#define CB_WORD_IN(list, word, len) cb_word_in(list, sizeof(list) / sizeof *(list), word, len)

#endif
