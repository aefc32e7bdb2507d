/* The words of a claim in the form in which claims are compared and indexed: folded, stemmed, hashed,
 * weighed.
 *
 * Numbers are terms of their value, so that "8,000", "8 thousand" and "eight thousand" meet; a share is
 * a term of its fraction ("a quarter", "25%"). Function words carry a flag and stay out of `terms`. */
#ifndef CB_MATCH_TERMS_H
#define CB_MATCH_TERMS_H

#include "match/compare.h"
#include "text/quantity.h"
#include "text/token.h"

enum {
    CB_WORD_STOP = 1,
    CB_WORD_NUMBER = 2,         /* stands for a whole quantity */
    CB_WORD_NAME = 4,           /* written as a name */
    CB_WORD_NEGATION = 8,       /* not, no, never, without */
    CB_WORD_DENIAL = 16,        /* false, hoax, denies, debunked */
    CB_WORD_HEDGE = 32,         /* may, reportedly, rumour */
    CB_WORD_SCALE = 64,         /* thousand, dozen, half: part of a number */
    CB_WORD_FIRST = 128,        /* first word of a sentence */
    CB_WORD_CLAUSE = 256,       /* a clause boundary stands before it */
    CB_WORD_PERSON = 512,       /* he, them, who: stands for somebody */
    CB_WORD_UPPER = 1024,       /* begins with a capital */
    CB_WORD_CAPITALS = 2048,    /* all in capitals */
    CB_WORD_NEGATED = 4096,     /* in the reach of a "not" of its clause */
    CB_WORD_NEGATED_HEAD = 128, /* … and the first content word there */
    CB_WORD_MODAL = 8192,       /* may, might, could */
    CB_WORD_DENIED = 65536,     /* what a denial denies */
    CB_WORD_OPPOSED = 32768,    /* has an opposite somewhere */
    CB_WORD_BEFORE_TO = 16384,  /* a negation only when "to" follows: refuse, fail */
};

struct cb_term_entry; /* of match/tables.h */

struct cb_word {
    int32_t stem;  /* hash of the stem */
    int32_t whole; /* hash of the folded word */
    float weight;  /* how much it tells: -ln of its relative frequency in news and web text */
    uint32_t flags;
    struct cb_span span;
    const char *text;                  /* the stem, NUL-ended */
    const struct cb_term_entry *entry; /* what the tables know of the stem, or NULL */
};

struct cb_profile {
    const char *text;
    size_t len;
    const struct cb_word *words; /* in order */
    size_t word_count;
    /* Unique terms of content words, ascending, with their weights. */
    const int32_t *terms;
    const float *weights;
    size_t term_count;
    double weight;            /* sum of weights */
    const uint32_t *trigrams; /* hashed character trigrams of the folded words, ascending, unique */
    size_t trigram_count;
    const struct cb_quantity *quantities;
    size_t quantity_count;
    unsigned negations, denials, hedges, modals; /* words of that kind */
    uint32_t folded;                             /* hash of the folded words in order */
    bool question;                               /* ends in a question mark */
    bool title_case; /* most words begin with a capital: capitals say nothing about names */
};

/* The weight of a hashed stem in general text; a stem that is not in the table weighs the most. */
float cb_term_weight(const struct cb_matcher *matcher, int32_t stem);

/* A profile in the arena; borrows `text`. `published` (ISO 8601, or NULL) is for relative dates. */
CB_CHECKED enum cb_code cb_profile_make(struct cb_matcher *matcher, const char *text, size_t len,
                                        const char *published, struct cb_arena *arena,
                                        const struct cb_profile **out, struct cb_err *err);

/* The hash of one word's stem, as in profiles; for aliases and tests. */
CB_CHECKED enum cb_code cb_stem_hash(struct cb_matcher *matcher, const char *word, size_t len, int32_t *out,
                                     struct cb_err *err);

#endif
