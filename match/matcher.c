#include "match/matcher.h"

#include "match/lexicon.h"
#include "match/terms.h"
#include "match/word_weights.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>

enum {
    FOLD_MAX = 4 * CB_CLAIM_TEXT_MAX,
    ARENA_MAX = 64 * 1024 * 1024,
    WORD_PLACES = 2048,
    WEIGHT_PLACES = 32768,
    OPPOSITE_PLACES = 1024,
};

/* A stem that the table does not have is rarer than its last line. */
#define UNKNOWN_WEIGHT 11.5F

int32_t cb_hash32(const char *bytes, size_t len)
{
    uint32_t hash = 2166136261U;
    for (size_t i = 0; i < len; i++) {
        hash = (hash ^ (unsigned char)bytes[i]) * 16777619U;
    }
    int32_t out;
    memcpy(&out, &hash, sizeof out);
    return out;
}

static struct cb_hash_entry *table_place(const struct cb_hash_table *table, int32_t key)
{
    uint32_t at = (uint32_t)key * 2654435769U;
    for (size_t i = (at ^ (at >> 16)) & table->mask;; i = (i + 1) & table->mask) {
        struct cb_hash_entry *entry = &table->entries[i];
        if (entry->value == 0 || entry->key == key) {
            return entry;
        }
    }
}

uint32_t cb_table_get(const struct cb_hash_table *table, int32_t key)
{
    return table_place(table, key)->value;
}

static bool table_init(struct cb_hash_table *table, size_t places)
{
    table->entries = calloc(places, sizeof *table->entries);
    table->mask = places - 1;
    return table->entries != NULL;
}

static void table_put(struct cb_hash_table *table, int32_t key, uint32_t value)
{
    struct cb_hash_entry *entry = table_place(table, key);
    entry->key = key;
    entry->value = value;
}

unsigned cb_word_flags(const struct cb_matcher *matcher, int32_t folded)
{
    uint32_t value = cb_table_get(&matcher->words, folded);
    return value == 0 ? 0 : value - 1;
}

float cb_term_weight(const struct cb_matcher *matcher, int32_t stem)
{
    uint32_t value = cb_table_get(&matcher->weights, stem);
    return value == 0 ? UNKNOWN_WEIGHT : (float)value / 100.0F;
}

static int32_t pair_hash(int32_t a, int32_t b)
{
    int32_t pair[2] = {a < b ? a : b, a < b ? b : a};
    char bytes[sizeof pair];
    memcpy(bytes, pair, sizeof pair);
    return cb_hash32(bytes, sizeof bytes);
}

bool cb_are_opposites(const struct cb_matcher *matcher, int32_t stem_a, int32_t stem_b)
{
    return cb_table_get(&matcher->opposites, pair_hash(stem_a, stem_b)) != 0;
}

const char *cb_stem(struct cb_matcher *matcher, const char *folded, size_t len, size_t *out_len)
{
    const sb_symbol *stem = sb_stemmer_stem(matcher->stemmer, (const sb_symbol *)folded, (int)len);
    *out_len = stem == NULL ? len : (size_t)sb_stemmer_length(matcher->stemmer);
    return stem == NULL ? folded : (const char *)stem;
}

static int32_t stem_of(struct cb_matcher *matcher, const char *word)
{
    size_t len;
    const char *stem = cb_stem(matcher, word, strlen(word), &len);
    return cb_hash32(stem, len);
}

static void load_words(struct cb_matcher *matcher)
{
    for (const struct cb_word_list *list = cb_word_lists; list->words != NULL; list++) {
        for (const char *at = list->words, *end; (end = strchr(at, ' ')) != NULL; at = end + 1) {
            int32_t key = cb_hash32(at, (size_t)(end - at));
            table_put(&matcher->words, key, (cb_word_flags(matcher, key) | list->flags) + 1);
        }
    }
    for (size_t i = 0; cb_antonyms[i][0] != NULL; i++) {
        int32_t a = stem_of(matcher, cb_antonyms[i][0]), b = stem_of(matcher, cb_antonyms[i][1]);
        table_put(&matcher->opposites, pair_hash(a, b), 1);
    }
}

/* Lines of "stem<TAB>hundredths". */
static enum cb_code load_weights(struct cb_matcher *matcher, struct cb_err *err)
{
    const char *at = cb_word_weights;
    size_t count = 0;
    while (*at != '\0') {
        const char *tab = strchr(at, '\t');
        char *end = NULL;
        unsigned long value = tab == NULL ? 0 : strtoul(tab + 1, &end, 10);
        if (value == 0 || value > 10000 || *end != '\n' || ++count > WEIGHT_PLACES / 2) {
            return cb_fail(err, CB_INTEGRITY, "the table of word weights is damaged at entry %zu", count);
        }
        table_put(&matcher->weights, cb_hash32(at, (size_t)(tab - at)), (uint32_t)value);
        at = end + 1;
    }
    return CB_OK;
}

enum cb_code cb_matcher_new(struct cb_matcher **out, struct cb_err *err)
{
    *out = NULL;
    struct cb_matcher *matcher = calloc(1, sizeof *matcher);
    if (matcher == NULL) {
        return cb_no_memory(err);
    }
    enum cb_code code;
    cb_buffer_init(&matcher->fold, FOLD_MAX);
    cb_arena_init(&matcher->arena, ARENA_MAX);
    matcher->stemmer = sb_stemmer_new("english", "UTF_8");
    if (matcher->stemmer == NULL || !table_init(&matcher->words, WORD_PLACES) ||
        !table_init(&matcher->weights, WEIGHT_PLACES) || !table_init(&matcher->opposites, OPPOSITE_PLACES)) {
        code = cb_no_memory(err);
        goto done;
    }
    load_words(matcher);
    code = load_weights(matcher, err);
done:
    if (code != CB_OK) {
        cb_matcher_free(matcher);
        return code;
    }
    *out = matcher;
    return CB_OK;
}

void cb_matcher_free(struct cb_matcher *matcher)
{
    if (matcher == NULL) {
        return;
    }
    if (matcher->stemmer != NULL) {
        sb_stemmer_delete(matcher->stemmer);
    }
    free(matcher->words.entries);
    free(matcher->weights.entries);
    free(matcher->opposites.entries);
    cb_buffer_release(&matcher->fold);
    cb_arena_release(&matcher->arena);
    free(matcher);
}
