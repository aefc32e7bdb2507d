/* How well a stored claim answers a query. Pure. */
#ifndef CB_MATCH_RANK_H
#define CB_MATCH_RANK_H

#include "match/posting.h"
#include "match/terms.h"

/* Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009); idf is never
 * negative (the "+ 1" of Lucene). */
double cb_bm25_idf(double claims_with_term, double claims);

/* What a term gives to claims of each length; a term in words and title counts twice. `mean_words` is the
 * mean length of a claim. Divided by (k1 + 1), so that a term in a claim of mean length gives about its idf.
 */
void cb_bm25_gain(double idf, double mean_words, struct cb_gain *out);

struct cb_rank_input {
    const struct cb_profile *query, *text;
    double bm25; /* the sum over the query's terms, over the sum of their idf */
};

/* 0 … 1. */
double cb_rank(const struct cb_rank_input *input);

/* Moves the `enough` best of the items to the front, in no order, and returns their number. `compare` puts
 * the better one first and never says that two are equal. */
size_t cb_select_best(void *items, size_t count, size_t size, size_t enough,
                      int (*compare)(const void *a, const void *b));

#endif
