/* The facts that noun phrases tell: who somebody is, what was done with something. */
#ifndef CB_TEXT_CLAUSE_NOUNS_H
#define CB_TEXT_CLAUSE_NOUNS_H

#include "text/grammar.h"

enum { CB_NOUNS_MAX = 8 };

/* In the tokens of one sentence: "the Sellby Trust, a group that runs the mill"; "the trust's lawyer, Ann
 * Lee"; "the list obtained by the council on Monday" (a participle behind a noun, six words or more). `least`
 * is the number of words of an apposition with its name. Quotations are left out. Returns how many. */
size_t cb_clause_nouns(const struct cb_reading *reading, uint32_t sentence, size_t least,
                       struct cb_token_range found[CB_NOUNS_MAX]);

#endif
