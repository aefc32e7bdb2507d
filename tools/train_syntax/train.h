/* Training of the tagger and the parser. */
#ifndef TRAIN_SYNTAX_TRAIN_H
#define TRAIN_SYNTAX_TRAIN_H

#include "learn.h"
#include "treebank.h"

struct settings {
    unsigned tag_bits, arc_bits, early_bits, late_bits, mark_bits; /* log2 of the number of lines or rows */
    unsigned tag_rounds, fold_rounds, parse_rounds, beam_rounds, beam_width, folds, runs;
    const struct lexicon *lexicon;
    unsigned margin;                /* a right answer that is ahead by less is learned again */
    unsigned run_width, run_narrow; /* the beam of the finished model; narrow in weights */
    unsigned dictionary_min;        /* occurrences from which the tags of a word are closed */
};

struct dictionary {
    struct cb_dictionary_entry *entries; /* mask + 1 */
    uint32_t mask;
    uint64_t *sets;
    size_t set_count;
};

/* Words and their classes from the folder of WordNet; the caller frees *out, of *mask + 1 entries. */
CB_CHECKED enum cb_code lexicon_make(const char *folder, uint32_t **out, uint32_t *mask, struct cb_err *err);

struct lexicon {
    uint32_t *entries; /* mask + 1 */
    uint32_t mask;
};

struct tag_training {
    struct weights weights;
    struct dictionary dictionary;
};

struct parse_training {
    struct weights arcs, early, late, marks;
    uint64_t relation_sets[2][CB_PAIRS_OF_TAGS]; /* early, late */
};

/* Sentences whose number modulo `folds` is `skip` are left out; folds 0 leaves none out. */
struct fold {
    size_t folds, skip;
};

static inline bool fold_has(struct fold fold, size_t i)
{
    return fold.folds == 0 || i % fold.folds != fold.skip;
}

CB_CHECKED enum cb_code dictionary_make(const struct treebank *treebank, struct fold fold, unsigned min,
                                        struct dictionary *out, struct cb_err *err);
void dictionary_release(struct dictionary *dictionary);

CB_CHECKED enum cb_code train_tagger(const struct treebank *treebank, struct fold fold,
                                     const struct settings *settings, unsigned rounds,
                                     struct tag_training *out, struct cb_err *err);
void tag_training_release(struct tag_training *training);

/* The nodes of all sentences have tags as predicted. */
CB_CHECKED enum cb_code train_parser(const struct treebank *treebank, const struct settings *settings,
                                     struct parse_training *out, struct cb_err *err);
void parse_training_release(struct parse_training *training);

/* The file's bytes, which the caller frees. parse may be NULL: a model that only tags. */
CB_CHECKED enum cb_code model_write(const struct tag_training *tags, const struct parse_training *parse,
                                    const struct settings *settings, unsigned char **bytes, size_t *len,
                                    struct cb_err *err);

#endif
