/* Cutting a sentence, or the part of one that somebody said, into its propositions. */
#ifndef CB_TEXT_CLAUSE_H
#define CB_TEXT_CLAUSE_H

#include "text/grammar.h"

enum { CB_CLAUSES_MAX = 16 };

/* Cuts the tokens [range) of one sentence where two full clauses (each with a subject and a verb of its own)
 * stand side by side: joined by a conjunction, a semicolon, an ellipsis, or by nothing but a comma. What is
 * subordinate stays with what it depends on, and so do predicates that share a subject, and a comparison of
 * two times ("a year ago …, now …"). Without a tree only semicolons cut.
 * Returns the number of clauses, at least 1; conjunctions at their beginning and marks at their ends are left
 * out. A sentence with more than CB_CLAUSES_MAX keeps the rest in the last one. */
size_t cb_clauses_split(const struct cb_reading *reading, uint32_t sentence, struct cb_token_range range,
                        struct cb_token_range clauses[CB_CLAUSES_MAX]);

/* Without quotation marks, commas, full stops and dashes at the ends; question marks and brackets stay. */
struct cb_token_range cb_clause_trim(const struct cb_reading *reading, struct cb_token_range range);

/* Without a frame that only says that something is said ("I want to remind you that …", "the fact is that …",
 * "it is clear that …"): the range behind it, or the range itself. */
struct cb_token_range cb_clause_without_frame(const struct cb_reading *reading, struct cb_token_range range);

/* Has it a finite verb, or what stands for one? */
bool cb_clause_has_verb(const struct cb_reading *reading, struct cb_token_range range);

/* The token at the head of the range in the sentence's tree; range.end when the sentence has none. */
uint32_t cb_clause_top(const struct cb_reading *reading, uint32_t sentence, struct cb_token_range range);

/* Is the range, by the tree, a clause with a subject and a finite verb, not a phrase or an infinitive with
 * one somewhere inside? */
bool cb_clause_is_full(const struct cb_reading *reading, uint32_t sentence, struct cb_token_range range);

/* Does it begin "should the river rise", an if without "if", behind a "that" or without? */
bool cb_clause_is_inverted(const struct cb_reading *reading, struct cb_token_range range);

size_t cb_clause_words(const struct cb_reading *reading, struct cb_token_range range);

#endif
