#include "text/syntax_tag.h"
#include "train.h"

#include <stdlib.h>
#include <string.h>

enum { SENTENCE_MAX = 2000 };

struct tag_trainer {
    struct tag_training *out;
    struct cb_syntax_model model; /* for its dictionary alone */
    uint64_t random;
    struct cb_word words[SENTENCE_MAX + 4]; /* two empty ones on each side */
    size_t wrong, seen;
};

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* Words that headlines leave in lower case. */
static bool is_small_word(const char *word, size_t len)
{
    static const char *const words[] = {"a",   "an", "the", "of", "in", "to", "for",
                                        "and", "or", "on",  "at", "by", "as", "but"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strlen(words[i]) == len && memcmp(words[i], word, len) == 0)
            return true;
    }
    return false;
}

static void recase(struct gold_sentence *s, enum cb_casing casing)
{
    for (size_t i = 0; i < s->count; i++) {
        char *word = s->text + s->tokens[i].span.start;
        size_t len = s->tokens[i].span.end - s->tokens[i].span.start;
        if (casing == CB_CASING_TITLE) {
            if (i == 0 || !is_small_word(word, len))
                word[0] = word[0] == '\'' ? word[0] : upper(word[0]);
            continue;
        }
        for (size_t k = 0; k < len; k++)
            word[k] = casing == CB_CASING_UPPER ? upper(word[k]) : lower(word[k]);
    }
}

/* One sentence in eight is read in other letters, so that headlines are tagged well. */
static enum cb_casing choose_casing(struct tag_trainer *t)
{
    switch (next_random(&t->random) >> 32 & 31) {
    case 0:
    case 1:
        return CB_CASING_TITLE;
    case 2:
        return CB_CASING_UPPER;
    case 3:
        return CB_CASING_LOWER;
    default:
        return CB_CASING_NORMAL;
    }
}

static void learn_sentence(struct tag_trainer *t, const struct gold_sentence *s)
{
    struct weights *weights = &t->out->weights;
    enum cb_casing casing = cb_sentence_casing(s->text, s->tokens, s->count);
    unsigned before = CB_TAG_COUNT, before2 = CB_TAG_COUNT;
    for (size_t i = 0; i < s->count + 4; i++)
        t->words[i] = cb_no_word;
    for (size_t i = 0; i < s->count; i++) {
        cb_word_make(s->text, &s->tokens[i], casing, i == 0, &t->words[i + 2]);
        cb_word_look_up(&t->model, s->text, &s->tokens[i], &t->words[i + 2]);
    }
    for (size_t i = 0; i < s->count; i++) {
        const struct cb_word *w = &t->words[i + 2];
        uint32_t features[CB_TAG_FEATURES];
        struct cb_tag_context context = {w - 2, w - 1, w, w + 1, w + 2, before2, before};
        unsigned tag = (unsigned)__builtin_ctzll(w->set), right = s->gold[i].tag;
        if ((w->set & (w->set - 1)) != 0) {
            cb_tag_features(&context, features);
            tag = weights_best(weights, features, CB_TAG_FEATURES, w->set);
            weights->step++;
            if ((w->set >> right & 1) != 0) {
                unsigned best, rival = weights_rival(weights, features, CB_TAG_FEATURES, UINT64_C(1) << right,
                                                     w->set & ~(UINT64_C(1) << right), &best);
                if (rival != right)
                    weights_update(weights, features, CB_TAG_FEATURES, right, rival);
            }
        }
        t->wrong += tag != right;
        t->seen++;
        before2 = before;
        before = tag;
    }
}

static enum cb_code learn_in_letters(struct tag_trainer *t, const struct gold_sentence *s, struct cb_err *err)
{
    enum cb_casing casing = choose_casing(t);
    if (casing == CB_CASING_NORMAL) {
        learn_sentence(t, s);
        return CB_OK;
    }
    struct gold_sentence copy = *s;
    copy.text = strdup(s->text);
    copy.tokens = malloc(s->count * sizeof *s->tokens);
    enum cb_code code = CB_NO_MEMORY;
    if (copy.text != NULL && copy.tokens != NULL) {
        memcpy(copy.tokens, s->tokens, s->count * sizeof *s->tokens);
        recase(&copy, casing);
        code = treebank_look(&copy, err);
        if (code == CB_OK)
            learn_sentence(t, &copy);
    }
    free(copy.text);
    free(copy.tokens);
    return code == CB_NO_MEMORY ? cb_no_memory(err) : code;
}

static void shuffle(size_t *order, size_t count, uint64_t *random)
{
    for (size_t i = count; i > 1; i--) {
        size_t k = (size_t)(next_random(random) >> 11) % i, kept = order[i - 1];
        order[i - 1] = order[k];
        order[k] = kept;
    }
}

static enum cb_code learn_rounds(struct tag_trainer *t, const struct treebank *treebank, struct fold fold,
                                 unsigned rounds, struct cb_err *err)
{
    enum cb_code code = CB_OK;
    size_t *order = calloc(treebank->count, sizeof *order);
    if (order == NULL)
        return cb_no_memory(err);
    for (size_t i = 0; i < treebank->count; i++)
        order[i] = i;
    for (unsigned round = 0; round < rounds && code == CB_OK; round++) {
        shuffle(order, treebank->count, &t->random);
        for (size_t i = 0; i < treebank->count && code == CB_OK; i++) {
            const struct gold_sentence *s = &treebank->sentences[order[i]];
            if (fold_has(fold, order[i]) && s->count <= SENTENCE_MAX)
                code = learn_in_letters(t, s, err);
        }
    }
    free(order);
    return code;
}

enum cb_code train_tagger(const struct treebank *treebank, struct fold fold, const struct settings *settings,
                          unsigned rounds, struct tag_training *out, struct cb_err *err)
{
    *out = (struct tag_training){0};
    struct tag_trainer *t = calloc(1, sizeof *t);
    if (t == NULL)
        return cb_no_memory(err);
    t->out = out;
    t->random = 0x1234567;
    enum cb_code code = weights_init(&out->weights, settings->tag_bits, CB_LINE, settings->margin, err);
    if (code == CB_OK)
        code = dictionary_make(treebank, fold, settings->dictionary_min, &out->dictionary, err);
    if (code == CB_OK) {
        t->model.dictionary = out->dictionary.entries;
        t->model.dictionary_mask = out->dictionary.mask;
        t->model.tag_sets = out->dictionary.sets;
        t->model.lexicon = settings->lexicon->entries;
        t->model.lexicon_mask = settings->lexicon->mask;
        code = learn_rounds(t, treebank, fold, rounds, err);
    }
    free(t);
    return code;
}

void tag_training_release(struct tag_training *training)
{
    weights_release(&training->weights);
    dictionary_release(&training->dictionary);
}
