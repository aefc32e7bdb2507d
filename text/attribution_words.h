/* Words that carry an attribution: verbs of saying, thinking, wanting, showing; nouns and adjectives of
 * the same kind. From general knowledge of English, not from a corpus; entries are lemmas. */
#ifndef CB_TEXT_ATTRIBUTION_WORDS_H
#define CB_TEXT_ATTRIBUTION_WORDS_H

#include "base/error.h"
#include "text/tags.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum cb_cue_class {
    CB_CUE_SAY = 1 << 0,   /* takes a clause or a quotation */
    CB_CUE_TELL = 1 << 1,  /* the hearer is its object: "told reporters that" */
    CB_CUE_THINK = 1 << 2, /* takes a clause: believe, know, expect */
    CB_CUE_WANT = 1 << 3,  /* an infinitive of its own subject: plan, vow, refuse */
    CB_CUE_ASK = 1 << 4,   /* somebody else is to do it: urge, call on, order */
    CB_CUE_TALK = 1 << 5,  /* what is talked of is its object: criticise, describe, support */
    CB_CUE_SHOW = 1 << 6,  /* things can do it too: show, find, suggest */
    CB_CUE_QUOTE = 1 << 7, /* introduces quotations: joke, shout, tweet */
    CB_CUE_NAME = 1 << 8,  /* object and what it is called: call, label, describe as */
    CB_CUE_LIKE = 1 << 9,  /* attitude: like, hate, fear */
    CB_CUE_DENY = 1 << 10,
    CB_CUE_QUESTION = 1 << 11,
    CB_CUE_HEDGE = 1 << 12,
    CB_CUE_RULE = 1 << 13, /* acts of law: rule, ban, approve, forbid */
    CB_CUE_CLASSES = 14,
};

enum cb_cue_part { CB_CUE_VERB, CB_CUE_NOUN, CB_CUE_ADJECTIVE };

struct cb_cue_word {
    const char *lemma;
    uint8_t len;
    uint8_t part;     /* enum cb_cue_part */
    uint8_t strength; /* 1 now and then a cue, 2 often, 3 nearly always */
    uint16_t classes;
    uint16_t prepositions; /* that lead to what is said: bits of enum cb_cue_preposition */
};

enum cb_cue_preposition {
    CB_PREP_ABOUT = 1 << 0,
    CB_PREP_AGAINST = 1 << 1,
    CB_PREP_AS = 1 << 2,
    CB_PREP_AT = 1 << 3,
    CB_PREP_FOR = 1 << 4,
    CB_PREP_FROM = 1 << 5,
    CB_PREP_IN = 1 << 6,
    CB_PREP_INTO = 1 << 7,
    CB_PREP_OF = 1 << 8,
    CB_PREP_ON = 1 << 9,
    CB_PREP_OVER = 1 << 10,
    CB_PREP_TO = 1 << 11,
    CB_PREP_WITH = 1 << 12,
    CB_PREP_UPON = 1 << 13,
    CB_PREP_TOWARD = 1 << 14,
};

struct cb_cue_lexicon;

CB_CHECKED enum cb_code cb_cue_lexicon_new(struct cb_cue_lexicon **out, struct cb_err *err);
void cb_cue_lexicon_free(struct cb_cue_lexicon *lexicon);

/* The entry of an inflected form, in any case of letters ("Told" finds "tell"); NULL when there is none.
 * The tag decides between verb, noun and adjective. */
const struct cb_cue_word *cb_cue_word_find(const struct cb_cue_lexicon *lexicon, const char *word, size_t len,
                                           uint8_t tag);

/* The same for one part of speech, whatever the tagger thinks. */
const struct cb_cue_word *cb_cue_word_as(const struct cb_cue_lexicon *lexicon, const char *word, size_t len,
                                         enum cb_cue_part part);

/* The bit of a preposition ("about"), or 0. */
unsigned cb_cue_preposition(const char *word, size_t len);

#endif
