#include "text/syntax_lexicon.h"

#include "text/syntax_words.h"

#include <string.h>

enum { LONGEST = 40, SHORTEST_STEM = 2 };

/* Endings with what stands in their place in the stem; the first one whose stem is known counts. */
static const struct {
    const char *ending, *instead;
    unsigned classes; /* that the stem must have */
} endings[] = {
    {"ies", "y", CB_CLASS_NOUN | CB_CLASS_VERB},
    {"es", "", CB_CLASS_NOUN | CB_CLASS_VERB},
    {"s", "", CB_CLASS_NOUN | CB_CLASS_VERB},
    {"ied", "y", CB_CLASS_VERB},
    {"ed", "", CB_CLASS_VERB},
    {"ed", "e", CB_CLASS_VERB},
    {"ing", "", CB_CLASS_VERB},
    {"ing", "e", CB_CLASS_VERB},
    {"ly", "", CB_CLASS_ADJECTIVE},
    {"er", "", CB_CLASS_ADJECTIVE},
    {"er", "e", CB_CLASS_ADJECTIVE},
    {"est", "", CB_CLASS_ADJECTIVE},
    {"est", "e", CB_CLASS_ADJECTIVE},
};

size_t cb_lexicon_find(const uint32_t *lexicon, uint32_t mask, uint32_t key)
{
    uint32_t at = (key * 0x9E3779B1u) & mask;
    while (lexicon[at] != 0 && (lexicon[at] ^ key) >> 8 != 0)
        at = (at + 1) & mask;
    return at;
}

static unsigned classes_of(const struct cb_syntax_model *model, const char *word, size_t len)
{
    struct cb_token token = {.span = {0, (uint32_t)len}, .kind = CB_TOKEN_WORD};
    uint32_t key = cb_word_key(word, &token);
    return model->lexicon[cb_lexicon_find(model->lexicon, model->lexicon_mask, key)] & 0xFF;
}

/* The stem without its ending; "stopped" loses one p. */
static unsigned stem_classes(const struct cb_syntax_model *model, const char *word, size_t len, size_t i)
{
    char stem[LONGEST + 2];
    size_t cut = strlen(endings[i].ending), kept = len - cut, more = strlen(endings[i].instead);
    memcpy(stem, word, kept);
    memcpy(stem + kept, endings[i].instead, more);
    unsigned classes = classes_of(model, stem, kept + more);
    if ((classes & endings[i].classes) == 0 && cut > 1 && more == 0 && kept > SHORTEST_STEM &&
        stem[kept - 1] == stem[kept - 2])
        classes = classes_of(model, stem, kept - 1);
    return classes & endings[i].classes;
}

uint32_t cb_lexicon_look(const struct cb_syntax_model *model, const char *text, const struct cb_token *token)
{
    size_t len = token->span.end - token->span.start;
    const char *word = text + token->span.start;
    if (token->kind != CB_TOKEN_WORD || len > LONGEST)
        return 0;
    uint32_t found = classes_of(model, word, len);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t cut = strlen(endings[i].ending);
        if (len < cut + SHORTEST_STEM)
            continue;
        size_t k = 0;
        while (k < cut && (word[len - cut + k] | 0x20) == endings[i].ending[k])
            k++;
        if (k < cut)
            continue;
        unsigned classes = stem_classes(model, word, len, i);
        if (classes != 0)
            return found | (uint32_t)(i + 1) << 8 | classes << 16;
    }
    return found;
}
