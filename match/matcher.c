#include "match/matcher.h"

#include "match/lexicon.h"
#include "match/terms.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>

enum {
    FOLD_MAX = 4 * CB_CLAIM_TEXT_MAX,
    ARENA_MAX = 64 * 1024 * 1024,
    WORD_PLACES = 2048,
    OPPOSITE_PLACES = 1024,
};

static struct cb_hash_entry *place_of(const struct cb_hash_table *table, int32_t key)
{
    for (size_t i = cb_table_place(key) & table->mask;; i = (i + 1) & table->mask) {
        struct cb_hash_entry *entry = &table->entries[i];
        if (entry->value == 0 || entry->key == key)
            return entry;
    }
}

static bool table_init(struct cb_hash_table *table, size_t places)
{
    table->entries = calloc(places, sizeof *table->entries);
    table->mask = places - 1;
    return table->entries != NULL;
}

static void table_put(struct cb_hash_table *table, int32_t key, uint32_t value)
{
    struct cb_hash_entry *entry = place_of(table, key);
    entry->key = key;
    entry->value = value;
}

unsigned cb_word_flags(const struct cb_matcher *matcher, int32_t folded)
{
    uint32_t value = place_of(&matcher->words, folded)->value;
    return value == 0 ? 0 : value - 1;
}

static int by_value(const void *a, const void *b)
{
    const int32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

bool cb_stem_opposed(const struct cb_matcher *matcher, int32_t stem)
{
    return place_of(&matcher->opposed, stem)->value != 0;
}

enum cb_opposition cb_opposition(const struct cb_matcher *matcher, int32_t stem_a, int32_t stem_b)
{
    int32_t pair = cb_pair_hash(stem_a, stem_b);
    const struct cb_hash_entry *own = place_of(&matcher->opposites, pair);
    if (own->value != 0)
        return (enum cb_opposition)own->value;
    bool found = bsearch(&pair, cb_antonym_pairs, cb_antonym_pair_count, sizeof pair, by_value) != NULL;
    return found ? CB_NEAR_ANTONYMS : CB_NOT_OPPOSED;
}

const char *cb_stem(struct cb_matcher *matcher, const char *folded, size_t len, size_t *out_len)
{
    int32_t key = cb_hash32(folded, len);
    for (uint32_t at = cb_table_place(key);; at++) {
        const struct cb_irregular *form = &cb_irregular_places[at & cb_irregular_mask];
        if (form->stem == NULL)
            break;
        if (form->key == key) {
            *out_len = strlen(form->stem);
            return form->stem;
        }
    }
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

static void load_pairs(struct cb_matcher *matcher, const char *const pairs[][2],
                       enum cb_opposition opposition)
{
    for (size_t i = 0; pairs[i][0] != NULL; i++) {
        int32_t a = stem_of(matcher, pairs[i][0]), b = stem_of(matcher, pairs[i][1]);
        table_put(&matcher->opposites, cb_pair_hash(a, b), opposition);
        table_put(&matcher->opposed, a, 1);
        table_put(&matcher->opposed, b, 1);
    }
}

static void load_words(struct cb_matcher *matcher)
{
    for (const struct cb_word_list *list = cb_word_lists; list->words != NULL; list++) {
        for (const char *at = list->words, *end; (end = strchr(at, ' ')) != NULL; at = end + 1) {
            int32_t key = cb_hash32(at, (size_t)(end - at));
            table_put(&matcher->words, key, (cb_word_flags(matcher, key) | list->flags) + 1);
        }
    }
    load_pairs(matcher, cb_antonyms, CB_ANTONYMS);
    load_pairs(matcher, cb_counterparts, CB_COUNTERPARTS);
}

enum cb_code cb_matcher_new(struct cb_matcher **out, struct cb_err *err)
{
    *out = NULL;
    struct cb_matcher *matcher = calloc(1, sizeof *matcher);
    if (matcher == NULL)
        return cb_no_memory(err);
    enum cb_code code;
    cb_buffer_init(&matcher->fold, FOLD_MAX);
    cb_arena_init(&matcher->arena, ARENA_MAX);
    matcher->stemmer = sb_stemmer_new("english", "UTF_8");
    if (matcher->stemmer == NULL || !table_init(&matcher->words, WORD_PLACES) ||
        !table_init(&matcher->opposites, OPPOSITE_PLACES) ||
        !table_init(&matcher->opposed, OPPOSITE_PLACES)) {
        code = cb_no_memory(err);
        goto done;
    }
    load_words(matcher);
    code = cb_aliases_load(&matcher->aliases, cb_aliases_text, err);
    if (code == CB_OK)
        code = cb_models_load(cb_weights_text, &matcher->models, err);
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
    if (matcher == NULL)
        return;
    if (matcher->stemmer != NULL)
        sb_stemmer_delete(matcher->stemmer);
    free(matcher->words.entries);
    free(matcher->opposites.entries);
    free(matcher->opposed.entries);
    cb_aliases_release(&matcher->aliases);
    cb_buffer_release(&matcher->fold);
    cb_arena_release(&matcher->arena);
    free(matcher);
}
