#include "text/word_map.h"

#include <string.h>

void cb_word_map_init(struct cb_word_map *map, struct cb_arena *arena)
{
    *map = (struct cb_word_map){.arena = arena};
}

/* FNV-1a, 64 bits, folded. */
static size_t hash(const char *word, size_t len)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)word[i]) * 1099511628211u;
    return (size_t)(h ^ (h >> 32));
}

static struct cb_word_map_slot *slot_of(const struct cb_word_map *map, const char *word, size_t len)
{
    size_t mask = map->size - 1;
    for (size_t at = hash(word, len) & mask;; at = (at + 1) & mask) {
        struct cb_word_map_slot *slot = &map->slots[at];
        if (slot->word == NULL || (slot->len == len && memcmp(slot->word, word, len) == 0))
            return slot;
    }
}

uint32_t cb_word_map_get(const struct cb_word_map *map, const char *word, size_t len)
{
    if (map->size == 0)
        return CB_WORD_NONE;
    const struct cb_word_map_slot *slot = slot_of(map, word, len);
    return slot->word == NULL ? CB_WORD_NONE : slot->value;
}

static bool grow(struct cb_word_map *map)
{
    struct cb_word_map grown = {.arena = map->arena, .size = map->size == 0 ? 64 : map->size * 2};
    grown.slots = cb_arena_array(map->arena, grown.size, sizeof *grown.slots);
    if (grown.slots == NULL)
        return false;
    for (size_t i = 0; i < map->size; i++) {
        if (map->slots[i].word != NULL)
            *slot_of(&grown, map->slots[i].word, map->slots[i].len) = map->slots[i];
    }
    grown.count = map->count;
    *map = grown;
    return true;
}

bool cb_word_map_put(struct cb_word_map *map, const char *word, size_t len, uint32_t value)
{
    if (map->count * 2 >= map->size && !grow(map))
        return false;
    struct cb_word_map_slot *slot = slot_of(map, word, len);
    if (slot->word == NULL) {
        *slot = (struct cb_word_map_slot){.word = word, .len = (uint32_t)len};
        map->count++;
    }
    slot->value = value;
    return true;
}
