/* Growing arrays with a maximum. The owner keeps three fields, by habit named
 * `items`, `count` and `capacity`, and frees `items` with free(). */
#ifndef CB_BASE_ARRAY_H
#define CB_BASE_ARRAY_H

#include "base/error.h"

#include <stddef.h>

/* Makes room for `need` elements of `size` bytes in *items. Over `max` elements:
 * CB_LIMIT, naming `what`. On failure nothing changes. */
CB_CHECKED enum cb_code cb_array_reserve(void **items, size_t *capacity, size_t need, size_t size, size_t max,
                                         const char *what, struct cb_err *err);

#endif
