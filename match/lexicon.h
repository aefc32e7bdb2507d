/* Small closed word lists of English: function words, negation, denial, number words, antonyms. */
#ifndef CB_MATCH_LEXICON_H
#define CB_MATCH_LEXICON_H

struct cb_word_list {
    unsigned flags;    /* of match/terms.h; a word may stand in several lists */
    const char *words; /* folded, each followed by a blank; NULL ends the table */
};
extern const struct cb_word_list cb_word_lists[];

/* Pairs of words, not stems; {NULL, NULL} ends the table. */
extern const char *const cb_antonyms[][2];
extern const char *const cb_counterparts[][2];

#endif
