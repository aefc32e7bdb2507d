/* Memory that lives and dies together: everything found in one document.
 * An arena has a maximum; over it, and when the system has no memory, an
 * allocation returns NULL. Nothing is freed singly. */
#ifndef CB_BASE_ARENA_H
#define CB_BASE_ARENA_H

#include <stddef.h>

struct cb_arena_block;

struct cb_arena {
    struct cb_arena_block *first, *current;
    size_t used, max; /* bytes, over all blocks */
};

void cb_arena_init(struct cb_arena *arena, size_t max);
void cb_arena_release(struct cb_arena *arena);

/* Forgets the content but keeps the first block, for the next document. */
void cb_arena_reset(struct cb_arena *arena);

/* Zeroed, aligned for any type; NULL over the maximum or out of memory. */
void *cb_arena_alloc(struct cb_arena *arena, size_t size);
void *cb_arena_array(struct cb_arena *arena, size_t count, size_t size);

/* A copy of `len` bytes with a NUL behind them. */
char *cb_arena_copy(struct cb_arena *arena, const char *text, size_t len);

#endif
