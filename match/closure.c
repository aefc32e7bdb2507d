#include "match/closure.h"

#include "base/array.h"

#include <stdlib.h>

enum { BLOCKS_MAX = 50 * 1000 * 1000 };

enum cb_code cb_closure_init(struct cb_closure *closure, size_t members, struct cb_err *err)
{
    *closure = (struct cb_closure){.count = members};
    if (members >= UINT32_MAX)
        return cb_fail(err, CB_LIMIT, "%zu claims are too many to group", members);
    closure->parent = calloc(members + 1, sizeof *closure->parent);
    closure->size = calloc(members + 1, sizeof *closure->size);
    closure->first_block = calloc(members + 1, sizeof *closure->first_block);
    closure->last_block = calloc(members + 1, sizeof *closure->last_block);
    if (closure->parent == NULL || closure->size == NULL || closure->first_block == NULL ||
        closure->last_block == NULL) {
        cb_closure_release(closure);
        return cb_no_memory(err);
    }
    for (uint32_t i = 0; i < members; i++) {
        closure->parent[i] = i;
        closure->size[i] = 1;
    }
    return CB_OK;
}

void cb_closure_release(struct cb_closure *closure)
{
    free(closure->parent);
    free(closure->size);
    free(closure->first_block);
    free(closure->last_block);
    free(closure->blocks);
    *closure = (struct cb_closure){0};
}

uint32_t cb_closure_root(struct cb_closure *closure, uint32_t member)
{
    while (closure->parent[member] != member) {
        closure->parent[member] = closure->parent[closure->parent[member]];
        member = closure->parent[member];
    }
    return member;
}

/* A block stands in two chains, one for each end. Its place in a chain is 2·index + end + 1. */
static uint32_t *next_of(struct cb_closure *closure, uint32_t place)
{
    struct cb_block *block = &closure->blocks[(place - 1) / 2];
    return (place - 1) % 2 == 0 ? &block->next_a : &block->next_b;
}

static void append(struct cb_closure *closure, uint32_t root, uint32_t first, uint32_t last)
{
    if (first == 0)
        return;
    if (closure->last_block[root] == 0)
        closure->first_block[root] = first;
    else
        *next_of(closure, closure->last_block[root]) = first;
    closure->last_block[root] = last;
}

enum cb_code cb_closure_block(struct cb_closure *closure, uint32_t a, uint32_t b, struct cb_err *err)
{
    void *items = closure->blocks;
    enum cb_code code =
        cb_array_reserve(&items, &closure->block_capacity, closure->block_count + 1, sizeof *closure->blocks,
                         BLOCKS_MAX, "pairs that are kept apart", err);
    if (code != CB_OK)
        return code;
    closure->blocks = items;
    uint32_t place = 2 * (uint32_t)closure->block_count + 1;
    closure->blocks[closure->block_count++] = (struct cb_block){.a = a, .b = b};
    append(closure, cb_closure_root(closure, a), place, place);
    append(closure, cb_closure_root(closure, b), place + 1, place + 1);
    return CB_OK;
}

/* A block whose one end is in `root` (whose chain is walked) and whose other end is in `other`. */
static const struct cb_block *find_block(struct cb_closure *closure, uint32_t root, uint32_t other)
{
    for (uint32_t place = closure->first_block[root]; place != 0; place = *next_of(closure, place)) {
        const struct cb_block *block = &closure->blocks[(place - 1) / 2];
        uint32_t far_end = (place - 1) % 2 == 0 ? block->b : block->a;
        if (cb_closure_root(closure, far_end) == other)
            return block;
    }
    return NULL;
}

const struct cb_block *cb_closure_join(struct cb_closure *closure, uint32_t a, uint32_t b)
{
    uint32_t small = cb_closure_root(closure, a), large = cb_closure_root(closure, b);
    if (small == large)
        return NULL;
    if (closure->size[small] > closure->size[large]) {
        uint32_t swap = small;
        small = large;
        large = swap;
    }
    const struct cb_block *block = find_block(closure, small, large);
    if (block != NULL)
        return block;
    closure->parent[small] = large;
    closure->size[large] += closure->size[small];
    append(closure, large, closure->first_block[small], closure->last_block[small]);
    return NULL;
}
