/* From words to numbers: a hash table in an arena. Keys are borrowed. */
#ifndef CB_TEXT_WORD_MAP_H
#define CB_TEXT_WORD_MAP_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

struct cb_word_map_slot {
    const char *word; /* NULL: free */
    uint32_t len, value;
};

struct cb_word_map {
    struct cb_arena *arena;
    struct cb_word_map_slot *slots;
    size_t count, size; /* size is a power of two, or 0 */
};

#define CB_WORD_NONE UINT32_MAX

void cb_word_map_init(struct cb_word_map *map, struct cb_arena *arena);

/* The word's number, or CB_WORD_NONE. */
uint32_t cb_word_map_get(const struct cb_word_map *map, const char *word, size_t len);

/* Sets the word's number; false when the arena is full. */
bool cb_word_map_put(struct cb_word_map *map, const char *word, size_t len, uint32_t value);

#endif
