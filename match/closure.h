/* Groups that grow by joining pairs, where some pairs may never meet: disjoint sets with blocks. Pure. */
#ifndef CB_MATCH_CLOSURE_H
#define CB_MATCH_CLOSURE_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cb_block {
    uint32_t a, b;           /* members that must not meet */
    uint32_t next_a, next_b; /* the next block of the group of a, of b; 0 ends */
};

struct cb_closure {
    uint32_t *parent, *size;
    uint32_t *first_block, *last_block; /* by root: its chain of blocks, counted from 1 */
    struct cb_block *blocks;
    size_t count, block_count, block_capacity;
};

CB_CHECKED enum cb_code cb_closure_init(struct cb_closure *closure, size_t members, struct cb_err *err);
void cb_closure_release(struct cb_closure *closure);

/* Before any join: a and b (not the same) must stay apart. */
CB_CHECKED enum cb_code cb_closure_block(struct cb_closure *closure, uint32_t a, uint32_t b,
                                         struct cb_err *err);

/* Joins the groups of a and b. NULL when they are one now; else the block that forbids it, borrowed. */
const struct cb_block *cb_closure_join(struct cb_closure *closure, uint32_t a, uint32_t b);

/* The same for two members exactly when they are in one group. */
uint32_t cb_closure_root(struct cb_closure *closure, uint32_t member);

#endif
