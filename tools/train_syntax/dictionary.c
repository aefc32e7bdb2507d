#include "text/syntax_words.h"
#include "train.h"

#include <stdlib.h>

/* Words with fewer occurrences have not shown all that they can be. */
enum { SELDOM = 100 };

enum { PLACES = 1 << 17 };

struct count {
    uint32_t key, total;
    uint64_t tags;
    uint32_t of[CB_TAG_COUNT];
};

static struct count *count_of(struct count *counts, uint32_t key)
{
    uint32_t at = (key * 0x9E3779B1u) & (PLACES - 1);
    while (counts[at].key != 0 && counts[at].key != key)
        at = (at + 1) & (PLACES - 1);
    counts[at].key = key;
    return &counts[at];
}

static void add(struct count *counts, uint32_t key, unsigned tag)
{
    struct count *count = count_of(counts, key);
    count->total++;
    count->of[tag]++;
}

static void count_words(const struct treebank *treebank, struct fold fold, struct count *counts)
{
    for (size_t i = 0; i < treebank->count; i++) {
        const struct gold_sentence *s = &treebank->sentences[i];
        if (!fold_has(fold, i))
            continue;
        enum cb_casing casing = cb_sentence_casing(s->text, s->tokens, s->count);
        for (size_t k = 0; k < s->count; k++) {
            struct cb_word word;
            cb_word_make(s->text, &s->tokens[k], casing, k == 0, &word);
            uint32_t key = cb_dictionary_key(&word);
            add(counts, key, s->gold[k].tag);
            if (key != word.key) /* as in a headline, where capitals tell nothing */
                add(counts, word.key, s->gold[k].tag);
        }
    }
}

/* What a word can be that the treebank has too seldom to show it: X may also be Y. */
static const struct {
    uint8_t tag, other;
} kin[] = {
    {CB_TAG_NN, CB_TAG_NNP},   {CB_TAG_NN, CB_TAG_VB},    {CB_TAG_NN, CB_TAG_JJ},    {CB_TAG_NNP, CB_TAG_NN},
    {CB_TAG_NNP, CB_TAG_JJ},   {CB_TAG_NNS, CB_TAG_VBZ},  {CB_TAG_NNS, CB_TAG_NNPS}, {CB_TAG_VBZ, CB_TAG_NNS},
    {CB_TAG_NNPS, CB_TAG_NNS}, {CB_TAG_NNPS, CB_TAG_NNP}, {CB_TAG_VB, CB_TAG_VBP},   {CB_TAG_VB, CB_TAG_NN},
    {CB_TAG_VBP, CB_TAG_VB},   {CB_TAG_VBD, CB_TAG_VBN},  {CB_TAG_VBN, CB_TAG_VBD},  {CB_TAG_VBN, CB_TAG_JJ},
    {CB_TAG_VBD, CB_TAG_JJ},   {CB_TAG_VBG, CB_TAG_NN},   {CB_TAG_VBG, CB_TAG_JJ},   {CB_TAG_JJ, CB_TAG_NN},
    {CB_TAG_JJ, CB_TAG_NNP},
};

static uint64_t with_kin(uint64_t tags)
{
    uint64_t more = tags;
    for (size_t i = 0; i < sizeof kin / sizeof *kin; i++) {
        if ((tags >> kin[i].tag & 1) != 0)
            more |= UINT64_C(1) << kin[i].other;
    }
    return more;
}

/* A tag that is one slip in 500 of a common word is left out. */
static uint64_t tags_of(const struct count *count)
{
    uint64_t tags = 0;
    for (unsigned t = 0; t < CB_TAG_COUNT; t++) {
        if (count->of[t] * 500 > count->total)
            tags |= UINT64_C(1) << t;
    }
    return count->total < SELDOM ? with_kin(tags) : tags;
}

/* Unknown words can be what rare words are. */
static uint64_t tags_of_rare(const struct count *counts, unsigned min)
{
    uint64_t tags = 0;
    unsigned of[CB_TAG_COUNT] = {0};
    for (size_t i = 0; i < PLACES; i++) {
        if (counts[i].total == 0 || counts[i].total >= min)
            continue;
        for (unsigned t = 0; t < CB_TAG_COUNT; t++)
            of[t] += counts[i].of[t];
    }
    for (unsigned t = 0; t < CB_TAG_COUNT; t++) {
        if (of[t] > 2)
            tags |= UINT64_C(1) << t;
    }
    return tags != 0 ? tags : UINT64_C(1) << CB_TAG_NN;
}

static uint32_t set_number(struct dictionary *dictionary, uint64_t tags)
{
    for (size_t i = 1; i < dictionary->set_count; i++) {
        if (dictionary->sets[i] == tags)
            return (uint32_t)i;
    }
    dictionary->sets[dictionary->set_count] = tags;
    return (uint32_t)dictionary->set_count++;
}

static enum cb_code fill(const struct count *counts, unsigned min, struct dictionary *out, struct cb_err *err)
{
    size_t words = 0, places = 2;
    for (size_t i = 0; i < PLACES; i++)
        words += counts[i].total >= min;
    while (places * 2 < words * 3)
        places *= 2;
    out->entries = calloc(places, sizeof *out->entries);
    out->sets = calloc(words + 1, sizeof *out->sets);
    out->mask = (uint32_t)(places - 1);
    if (out->entries == NULL || out->sets == NULL)
        return cb_no_memory(err);
    out->sets[0] = tags_of_rare(counts, min);
    out->set_count = 1;
    for (size_t i = 0; i < PLACES; i++) {
        if (counts[i].total < min || counts[i].key == 0)
            continue;
        size_t at = cb_dictionary_find(out->entries, out->mask, counts[i].key);
        out->entries[at] = (struct cb_dictionary_entry){counts[i].key, set_number(out, tags_of(&counts[i]))};
    }
    return CB_OK;
}

enum cb_code dictionary_make(const struct treebank *treebank, struct fold fold, unsigned min,
                             struct dictionary *out, struct cb_err *err)
{
    *out = (struct dictionary){0};
    struct count *counts = calloc(PLACES, sizeof *counts);
    if (counts == NULL)
        return cb_no_memory(err);
    count_words(treebank, fold, counts);
    enum cb_code code = fill(counts, min, out, err);
    free(counts);
    return code;
}

void dictionary_release(struct dictionary *dictionary)
{
    free(dictionary->entries);
    free(dictionary->sets);
}
