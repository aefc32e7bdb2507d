/* What a comparison needs to know, loaded once: inside match/ only. */
#ifndef CB_MATCH_MATCHER_H
#define CB_MATCH_MATCHER_H

#include "base/buffer.h"
#include "match/compare.h"

struct sb_stemmer;

struct cb_hash_entry {
    int32_t key;
    uint32_t value; /* 0: empty place */
};

struct cb_hash_table {
    struct cb_hash_entry *entries;
    size_t mask; /* places - 1 */
};

struct cb_matcher {
    struct sb_stemmer *stemmer;
    struct cb_buffer fold;
    struct cb_hash_table words;    /* folded word → flags + 1 */
    struct cb_hash_table weights;  /* stem → weight in hundredths */
    struct cb_hash_table opposites; /* hash of two stems → 1 */
    struct cb_arena arena;         /* for cb_compare */
};

/* FNV-1a, 32 bits. */
int32_t cb_hash32(const char *bytes, size_t len);

/* 0 when absent. */
uint32_t cb_table_get(const struct cb_hash_table *table, int32_t key);

unsigned cb_word_flags(const struct cb_matcher *matcher, int32_t folded);
bool cb_are_opposites(const struct cb_matcher *matcher, int32_t stem_a, int32_t stem_b);

/* The stem of a folded word; borrowed until the next call. */
const char *cb_stem(struct cb_matcher *matcher, const char *folded, size_t len, size_t *out_len);

#endif
