/* What a comparison needs to know, loaded once: inside match/ only. */
#ifndef CB_MATCH_MATCHER_H
#define CB_MATCH_MATCHER_H

#include "base/buffer.h"
#include "match/aliases.h"
#include "match/compare.h"
#include "match/model.h"
#include "match/tables.h"

struct sb_stemmer;

/* A small open table from a hash to flags, or of pairs of stems. */
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
    struct cb_hash_table words;     /* folded word → flags + 1 */
    struct cb_hash_table opposites; /* hash of two stems → enum cb_opposition */
    struct cb_hash_table opposed;   /* stems that stand there → 1 */
    struct cb_aliases aliases;
    struct cb_models models;
    struct cb_arena arena; /* for cb_compare */
};

unsigned cb_word_flags(const struct cb_matcher *matcher, int32_t folded);

/* What the tables know of a stem, or NULL. */
const struct cb_term_entry *cb_term_find(int32_t stem);

enum cb_opposition {
    CB_NOT_OPPOSED,
    CB_NEAR_ANTONYMS, /* by the thesaurus, which has many that do not exclude each other */
    CB_ANTONYMS,      /* by the program's own list: both can't be so */
    CB_COUNTERPARTS,  /* man – woman: another subject */
};
/* The stem stands in one of the program's own lists of opposites. */
bool cb_stem_opposed(const struct cb_matcher *matcher, int32_t stem);
enum cb_opposition cb_opposition(const struct cb_matcher *matcher, int32_t stem_a, int32_t stem_b);

/* How near two different stems are in the thesaurus: 1 synonyms … 0 strangers. Either may be NULL. */
float cb_kinship(const struct cb_term_entry *a, const struct cb_term_entry *b);

/* The stem of a folded word, by way of its dictionary form when it is irregular ("took" → "take");
 * borrowed until the next call. */
const char *cb_stem(struct cb_matcher *matcher, const char *folded, size_t len, size_t *out_len);

#endif
