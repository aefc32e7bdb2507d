#include "base/array.h"

#include <stdint.h>
#include <stdlib.h>

enum cb_code cb_array_reserve(void **items, size_t *capacity, size_t need, size_t size, size_t max,
                              const char *what, struct cb_err *err)
{
    if (need <= *capacity)
        return CB_OK;
    if (need > max)
        return cb_fail(err, CB_LIMIT, "more than %zu %s", max, what);
    size_t grown = *capacity < 8 ? 16 : *capacity * 2;
    if (grown < need)
        grown = need;
    if (grown > max)
        grown = max;
    if (grown > SIZE_MAX / size)
        return cb_no_memory(err);
    void *moved = realloc(*items, grown * size);
    if (moved == NULL)
        return cb_no_memory(err);
    *items = moved;
    *capacity = grown;
    return CB_OK;
}
