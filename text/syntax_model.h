/* Inside the tagger and parser: the model's tables and how a feature finds its place in them.
 *
 * All three classifiers are linear with hashed features (Weinberger et al., "Feature Hashing for Large
 * Scale Multitask Learning", ICML 2009): a feature is a 32-bit number, its upper bits say where its
 * weights stand, and two features that meet there share them, in training too. A weight is one byte c
 * and counts c * |c|, so that small weights are fine and large ones still fit.
 * The file's format is in docs/models.md. */
#ifndef CB_TEXT_SYNTAX_MODEL_H
#define CB_TEXT_SYNTAX_MODEL_H

#include "base/error.h"
#include "text/syntax.h"
#include "text/tags.h"

#include <stddef.h>
#include <stdint.h>

enum { CB_SYNTAX_VERSION = 5 };

enum cb_action { CB_SHIFT, CB_LEFT, CB_RIGHT, CB_REDUCE, CB_ACTION_COUNT };

enum { CB_BEAM_MAX = 16 };

/* Cells of one line: the tags or relations of one feature. Two bits of the feature turn the line's four
 * blocks, so that lines that meet in one place do not meet with the same labels; within a block the labels
 * stand in order, sixteen to be scored together. */
enum { CB_LINE = 64, CB_BLOCK = 16 };

/* An entry of the dictionary: a word as cb_word_key sees it. */
struct cb_dictionary_entry {
    uint32_t key; /* 0: the place is free */
    uint32_t set; /* index in tag_sets */
};

struct cb_syntax_model {
    const int8_t *tag_cells;                /* lines of CB_LINE */
    const int8_t *arc_rows;                 /* rows of CB_ACTION_COUNT */
    const int8_t *early_cells, *late_cells; /* relations: when the arc is made, on the finished tree */
    const int8_t *mark_cells;               /* heads of punctuation, one weight a feature */
    uint32_t tag_shift, arc_shift, early_shift, late_shift,
        mark_shift;                               /* 32 - log2 of the number of lines or rows */
    const struct cb_dictionary_entry *dictionary; /* open addressing, linear probing */
    uint32_t dictionary_mask;
    uint32_t beam_width, beam_narrow;
    const uint64_t *tag_sets; /* bit t: tag t is possible; set 0 is that of unknown words */
    uint32_t tag_set_count;
    const uint32_t *lexicon; /* syntax_lexicon.h; open addressing, linear probing */
    uint32_t lexicon_mask;
    const uint64_t *early_sets,
        *late_sets; /* [head's tag or CB_TAG_COUNT][dependent's tag][dependent is left] */
};

/* Two tables: few and usual relations for arcs when they are made, all for the finished tree. */
enum { CB_PAIRS_OF_TAGS = (CB_TAG_COUNT + 1) * CB_TAG_COUNT * 2 };

static inline size_t cb_relation_set_index(unsigned head_tag, unsigned tag, unsigned left)
{
    return ((size_t)head_tag * CB_TAG_COUNT + tag) * 2 + left;
}

/* Spreads a value over all 32 bits; odd multipliers lose nothing. */
static inline uint32_t cb_mix(uint32_t value)
{
    value *= 0x9E3779B1u;
    value ^= value >> 15;
    return value * 0x85EBCA77u;
}

static inline uint32_t cb_turn(uint32_t value, unsigned bits)
{
    return value << bits | value >> (32 - bits);
}

/* The line of `feature`, an index in cells; the place of a label is this ^ label. */
static inline uint32_t cb_line(uint32_t feature, uint32_t shift)
{
    return (feature >> shift) << 6 | (feature & (CB_LINE - CB_BLOCK));
}

static inline size_t cb_cell(uint32_t feature, uint32_t shift, unsigned label)
{
    return cb_line(feature, shift) ^ label;
}

static inline int32_t cb_weight(int8_t code)
{
    return code * (code < 0 ? -code : code);
}

enum { CB_LABEL_FEATURES_MAX = 40 };

/* The label of `set` (not empty) with the best sum of weights, the lowest number among equals;
 * `count` is CB_LABEL_FEATURES_MAX or less. */
unsigned cb_best_label(const int8_t *cells, uint32_t shift, const uint32_t *features, size_t count,
                       uint64_t set);

/* The sums of the features' rows; a sum of 1,000 features fits. */
void cb_sum_rows(const int8_t *rows, uint32_t shift, const uint32_t *features, size_t count,
                 int32_t sums[CB_ACTION_COUNT]);

/* A free place or the place of the key. The table has free places. */
size_t cb_dictionary_find(const struct cb_dictionary_entry *entries, uint32_t mask, uint32_t key);

/* The format, for the program that writes it. */
enum cb_syntax_section {
    CB_SECTION_TAG_CELLS,
    CB_SECTION_ARC_ROWS,
    CB_SECTION_EARLY_CELLS,
    CB_SECTION_LATE_CELLS,
    CB_SECTION_MARK_CELLS,
    CB_SECTION_DICTIONARY,
    CB_SECTION_LEXICON,
    CB_SECTION_TAG_SETS,
    CB_SECTION_RELATION_SETS,
    CB_SECTION_COUNT
};

struct cb_syntax_header {
    char magic[8];                 /* CB_SYNTAX_MAGIC */
    uint32_t version;              /* CB_SYNTAX_VERSION */
    uint32_t tag_count, rel_count; /* CB_TAG_COUNT, CB_REL_COUNT */
    uint32_t beam_width;           /* states, 1 … CB_BEAM_MAX */
    uint32_t beam_narrow;          /* states so far behind the best are dropped, as a sum of weights */
    uint32_t section_count;        /* CB_SECTION_COUNT */
    uint64_t checksum;             /* cb_syntax_checksum */
    struct {
        uint32_t offset, bytes; /* from the file's first byte, a multiple of 64 */
    } sections[CB_SECTION_COUNT];
};

#define CB_SYNTAX_MAGIC "cbsyntax"

/* Of a whole file that has at least a header; the checksum it holds does not count. */
uint64_t cb_syntax_checksum(const unsigned char *file, size_t len);

#endif
