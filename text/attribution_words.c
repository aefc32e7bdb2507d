#include "text/attribution_words.h"

#include "text/attribution_lexicon.h"

#include <stdlib.h>
#include <string.h>

enum {
    SLOTS = 4096, /* a power of two, well over the number of lemmas and irregular forms */
    FORM_MAX = 32
};

struct slot {
    struct cb_cue_word word;
    const char *lemma_of; /* an irregular form: its lemma (as long as lemma_len) */
    uint8_t lemma_len;
    bool used;
};

struct cb_cue_lexicon {
    struct slot slots[SLOTS];
};

static const struct {
    const char *word;
    unsigned bit;
} prepositions[] = {
    {"about", CB_PREP_ABOUT},    {"against", CB_PREP_AGAINST}, {"as", CB_PREP_AS},
    {"at", CB_PREP_AT},          {"for", CB_PREP_FOR},         {"from", CB_PREP_FROM},
    {"in", CB_PREP_IN},          {"into", CB_PREP_INTO},       {"of", CB_PREP_OF},
    {"on", CB_PREP_ON},          {"over", CB_PREP_OVER},       {"to", CB_PREP_TO},
    {"with", CB_PREP_WITH},      {"upon", CB_PREP_UPON},       {"toward", CB_PREP_TOWARD},
    {"towards", CB_PREP_TOWARD},
};

unsigned cb_cue_preposition(const char *word, size_t len)
{
    for (size_t i = 0; i < sizeof prepositions / sizeof *prepositions; i++) {
        if (strlen(prepositions[i].word) == len && memcmp(prepositions[i].word, word, len) == 0)
            return prepositions[i].bit;
    }
    return 0;
}

static uint32_t hash(const char *word, size_t len, unsigned part)
{
    uint32_t h = 2166136261U ^ part;
    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)word[i]) * 16777619U;
    return h ^ h >> 15;
}

/* The slot of a word, or the free one where it goes. Parts: enum cb_cue_part, and IRREGULAR. */
enum { IRREGULAR = 3 };

static size_t slot_of(const struct cb_cue_lexicon *lexicon, const char *word, size_t len, unsigned part)
{
    size_t at = hash(word, len, part) % SLOTS;
    for (;;) {
        const struct slot *slot = &lexicon->slots[at];
        if (!slot->used ||
            (slot->word.part == part && slot->word.len == len && memcmp(slot->word.lemma, word, len) == 0))
            return at;
        at = (at + 1) % SLOTS;
    }
}

static unsigned read_prepositions(const char *list, size_t len)
{
    unsigned bits = 0;
    for (size_t at = 0; at < len;) {
        size_t end = at;
        while (end < len && list[end] != ',')
            end++;
        bits |= cb_cue_preposition(list + at, end - at);
        at = end + 1;
    }
    return bits;
}

static void add_group(struct cb_cue_lexicon *lexicon, const struct cb_cue_group *group)
{
    for (const char *at = group->words; *at != '\0';) {
        size_t len = strcspn(at, " "), word = 0;
        while (word < len && at[word] != ':')
            word++;
        struct slot *slot = &lexicon->slots[slot_of(lexicon, at, word, group->part)];
        slot->used = true;
        slot->word.lemma = at;
        slot->word.len = (uint8_t)word;
        slot->word.part = group->part;
        slot->word.classes |= group->classes;
        if (slot->word.strength < group->strength)
            slot->word.strength = group->strength;
        if (word < len)
            slot->word.prepositions |= (uint16_t)read_prepositions(at + word + 1, len - word - 1);
        at += len;
        at += strspn(at, " ");
    }
}

static void add_irregular(struct cb_cue_lexicon *lexicon)
{
    for (const char *at = cb_cue_irregular; *at != '\0';) {
        size_t len = strcspn(at, ","), form = strcspn(at, " ");
        struct slot *slot = &lexicon->slots[slot_of(lexicon, at, form, IRREGULAR)];
        slot->used = true;
        slot->word.lemma = at;
        slot->word.len = (uint8_t)form;
        slot->word.part = IRREGULAR;
        slot->lemma_of = at + form + 1;
        slot->lemma_len = (uint8_t)(len - form - 1);
        at += len;
        at += strspn(at, ",");
    }
}

enum cb_code cb_cue_lexicon_new(struct cb_cue_lexicon **out, struct cb_err *err)
{
    struct cb_cue_lexicon *lexicon = calloc(1, sizeof *lexicon);
    if (lexicon == NULL)
        return cb_no_memory(err);
    for (const struct cb_cue_group *group = cb_cue_groups; group->words != NULL; group++)
        add_group(lexicon, group);
    add_irregular(lexicon);
    *out = lexicon;
    return CB_OK;
}

void cb_cue_lexicon_free(struct cb_cue_lexicon *lexicon)
{
    free(lexicon);
}

static const struct cb_cue_word *look_up(const struct cb_cue_lexicon *lexicon, const char *word, size_t len,
                                         enum cb_cue_part part)
{
    const struct slot *slot = &lexicon->slots[slot_of(lexicon, word, len, part)];
    return slot->used ? &slot->word : NULL;
}

/* word without its last `cut` letters, then `add` behind it. */
static const struct cb_cue_word *with_ending(const struct cb_cue_lexicon *lexicon, const char *word,
                                             size_t len, size_t cut, const char *add, enum cb_cue_part part)
{
    char form[FORM_MAX + 4];
    size_t more = strlen(add);
    if (len < cut + 2)
        return NULL;
    memcpy(form, word, len - cut);
    memcpy(form + len - cut, add, more);
    return look_up(lexicon, form, len - cut + more, part);
}

static bool ends_with(const char *word, size_t len, const char *ending)
{
    size_t n = strlen(ending);
    return len > n && memcmp(word + len - n, ending, n) == 0;
}

/* For "-ed" and "-ing": the bare stem, the stem with e, the stem without its doubled letter. */
static const struct cb_cue_word *without_ending(const struct cb_cue_lexicon *lexicon, const char *word,
                                                size_t len, size_t cut)
{
    const struct cb_cue_word *found = with_ending(lexicon, word, len, cut, "e", CB_CUE_VERB);
    if (found == NULL)
        found = with_ending(lexicon, word, len, cut, "", CB_CUE_VERB);
    if (found == NULL && len > cut + 2 && word[len - cut - 1] == word[len - cut - 2])
        found = with_ending(lexicon, word, len, cut + 1, "", CB_CUE_VERB);
    return found;
}

static const struct cb_cue_word *find_verb(const struct cb_cue_lexicon *lexicon, const char *word, size_t len)
{
    const struct slot *irregular = &lexicon->slots[slot_of(lexicon, word, len, IRREGULAR)];
    if (irregular->used)
        return look_up(lexicon, irregular->lemma_of, irregular->lemma_len, CB_CUE_VERB);
    const struct cb_cue_word *found = NULL;
    if (ends_with(word, len, "ied"))
        found = with_ending(lexicon, word, len, 3, "y", CB_CUE_VERB);
    if (found == NULL && ends_with(word, len, "ed"))
        found = without_ending(lexicon, word, len, 2);
    if (found == NULL && ends_with(word, len, "ing"))
        found = without_ending(lexicon, word, len, 3);
    if (found == NULL && ends_with(word, len, "ies"))
        found = with_ending(lexicon, word, len, 3, "y", CB_CUE_VERB);
    if (found == NULL && ends_with(word, len, "es"))
        found = with_ending(lexicon, word, len, 2, "", CB_CUE_VERB);
    if (found == NULL && ends_with(word, len, "s"))
        found = with_ending(lexicon, word, len, 1, "", CB_CUE_VERB);
    return found != NULL ? found : look_up(lexicon, word, len, CB_CUE_VERB);
}

static const struct cb_cue_word *find_noun(const struct cb_cue_lexicon *lexicon, const char *word, size_t len)
{
    const struct cb_cue_word *found = look_up(lexicon, word, len, CB_CUE_NOUN);
    if (found == NULL && ends_with(word, len, "ies"))
        found = with_ending(lexicon, word, len, 3, "y", CB_CUE_NOUN);
    if (found == NULL && ends_with(word, len, "es"))
        found = with_ending(lexicon, word, len, 2, "", CB_CUE_NOUN);
    if (found == NULL && ends_with(word, len, "s"))
        found = with_ending(lexicon, word, len, 1, "", CB_CUE_NOUN);
    return found;
}

const struct cb_cue_word *cb_cue_word_as(const struct cb_cue_lexicon *lexicon, const char *word, size_t len,
                                         enum cb_cue_part part)
{
    char folded[FORM_MAX];
    if (len < 2 || len >= FORM_MAX)
        return NULL;
    for (size_t i = 0; i < len; i++)
        folded[i] = word[i] >= 'A' && word[i] <= 'Z' ? (char)(word[i] + ('a' - 'A')) : word[i];
    if (part == CB_CUE_VERB)
        return find_verb(lexicon, folded, len);
    if (part == CB_CUE_NOUN)
        return find_noun(lexicon, folded, len);
    return look_up(lexicon, folded, len, CB_CUE_ADJECTIVE);
}

const struct cb_cue_word *cb_cue_word_find(const struct cb_cue_lexicon *lexicon, const char *word, size_t len,
                                           uint8_t tag)
{
    if (tag == CB_TAG_JJ || tag == CB_TAG_VBN) {
        const struct cb_cue_word *found = cb_cue_word_as(lexicon, word, len, CB_CUE_ADJECTIVE);
        if (found != NULL)
            return found;
    }
    if (cb_tag_is_verb(tag) && tag != CB_TAG_MD)
        return cb_cue_word_as(lexicon, word, len, CB_CUE_VERB);
    if (tag == CB_TAG_NN || tag == CB_TAG_NNS)
        return cb_cue_word_as(lexicon, word, len, CB_CUE_NOUN);
    return NULL;
}
