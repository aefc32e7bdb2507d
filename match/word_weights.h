/* How common words are in general text: the file word_weights.tsv, embedded at build time.
 * Lines of stem, tab, hundredths of -ln(share of documents); made by tools/fit_match/word_weights. */
#ifndef CB_MATCH_WORD_WEIGHTS_H
#define CB_MATCH_WORD_WEIGHTS_H

extern const char cb_word_weights[];

#endif
