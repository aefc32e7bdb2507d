#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE ((size_t)64 * 1024)

struct cb_arena_block {
    struct cb_arena_block *next;
    size_t size, used;
    alignas(max_align_t) char data[];
};

void cb_arena_init(struct cb_arena *arena, size_t max)
{
    *arena = (struct cb_arena){.max = max};
}

static void free_from(struct cb_arena_block *block)
{
    while (block != NULL) {
        struct cb_arena_block *next = block->next;
        free(block);
        block = next;
    }
}

void cb_arena_release(struct cb_arena *arena)
{
    free_from(arena->first);
    *arena = (struct cb_arena){.max = arena->max};
}

void cb_arena_reset(struct cb_arena *arena)
{
    if (arena->first == NULL)
        return;
    free_from(arena->first->next);
    arena->first->next = NULL;
    arena->first->used = 0;
    arena->current = arena->first;
    arena->used = 0;
}

static struct cb_arena_block *add_block(struct cb_arena *arena, size_t need)
{
    size_t size = need > BLOCK_SIZE ? need : BLOCK_SIZE;
    struct cb_arena_block *block = malloc(sizeof *block + size);
    if (block == NULL)
        return NULL;
    block->next = NULL;
    block->size = size;
    block->used = 0;
    if (arena->current == NULL)
        arena->first = block;
    else
        arena->current->next = block;
    arena->current = block;
    return block;
}

void *cb_arena_alloc(struct cb_arena *arena, size_t size)
{
    const size_t align = alignof(max_align_t);
    if (size > SIZE_MAX - align)
        return NULL;
    size = (size + align - 1) / align * align;
    if (size == 0)
        size = align;
    if (size > arena->max - arena->used)
        return NULL;
    struct cb_arena_block *block = arena->current;
    if (block == NULL || block->size - block->used < size) {
        block = add_block(arena, size);
        if (block == NULL)
            return NULL;
    }
    void *at = block->data + block->used;
    block->used += size;
    arena->used += size;
    return memset(at, 0, size);
}

void *cb_arena_array(struct cb_arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        return NULL;
    return cb_arena_alloc(arena, count * size);
}

char *cb_arena_copy(struct cb_arena *arena, const char *text, size_t len)
{
    if (len == SIZE_MAX)
        return NULL;
    char *copy = cb_arena_alloc(arena, len + 1);
    if (copy != NULL && len > 0)
        memcpy(copy, text, len);
    return copy;
}
