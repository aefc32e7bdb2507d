/* Word tables in read-only memory, made at build time by tools/match_tables from match/data/:
 * weights of stems, the thesaurus, antonyms, irregular forms. Loading costs nothing. */
#ifndef CB_MATCH_TABLES_H
#define CB_MATCH_TABLES_H

#include <stddef.h>
#include <stdint.h>

/* What is known of a stem. A concept is number·4 + rank of the sense (0 usual … 2 rare); a kin is
 * number·4 + enum cb_kin. Both ascending. */
struct cb_term_entry {
    int32_t key;       /* hash of the stem */
    uint32_t concepts; /* where its concepts begin in cb_concepts; its kin follow them */
    uint16_t weight;   /* hundredths of -ln of its relative frequency; 0: empty place */
    uint8_t own, kin;  /* how many */
    uint8_t opposed;   /* stands in cb_antonym_pairs */
};

enum cb_kin { CB_KIN_DERIVED, CB_KIN_PARENT, CB_KIN_SIMILAR, CB_KIN_GRANDPARENT };

/* Open hash tables: the place of a key is cb_table_place(key) and, while taken by another, the next. */
extern const struct cb_term_entry cb_term_places[];
extern const uint32_t cb_term_mask; /* places - 1 */
extern const uint32_t cb_concepts[];

struct cb_irregular {
    int32_t key;      /* hash of the folded form */
    const char *stem; /* of its dictionary form; NULL: empty place */
};
extern const struct cb_irregular cb_irregular_places[];
extern const uint32_t cb_irregular_mask;

/* Hashes of pairs of stems (cb_pair_hash), ascending. */
extern const int32_t cb_antonym_pairs[];
extern const size_t cb_antonym_pair_count;

/* match/data/weights.tsv and match/data/aliases.tsv as they are. */
extern const char cb_weights_text[];
extern const char cb_aliases_text[];

static inline uint32_t cb_table_place(int32_t key)
{
    uint32_t at = (uint32_t)key * 2654435769U;
    return at ^ (at >> 16);
}

/* FNV-1a, 32 bits. */
static inline int32_t cb_hash32(const char *bytes, size_t len)
{
    uint32_t hash = 2166136261U;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * 16777619U;
    return (int32_t)hash;
}

/* The same for (a, b) and (b, a). */
static inline int32_t cb_pair_hash(int32_t a, int32_t b)
{
    uint32_t low = (uint32_t)(a < b ? a : b), high = (uint32_t)(a < b ? b : a);
    return (int32_t)((low * 2654435761U) ^ (high + 0x9E3779B9U + (low << 6) + (low >> 2)));
}

#endif
