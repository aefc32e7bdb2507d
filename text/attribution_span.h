/* Where the parts of an attribution begin and end on the tree. Used by the rules. */
#ifndef CB_TEXT_ATTRIBUTION_SPAN_H
#define CB_TEXT_ATTRIBUTION_SPAN_H

#include "text/attribution_page.h"

/* The verb group of h: auxiliaries, adverbs and negation before it, particle and weekday behind it, and the
 * verbs of a chain before it ("went on to explain", "refused to say"). */
struct cb_piece cb_span_verb_group(const struct cb_page *page, int32_t h);

/* True when h only helps another verb to a cue: "went" of "went on to explain". */
bool cb_span_is_chained(const struct cb_page *page, int32_t h);

bool cb_span_is_passive(const struct cb_page *page, int32_t h);

/* The head of the subject: its own, or that of the verb it hangs on; CB_NO_TOKEN when there is none. */
int32_t cb_span_subject(const struct cb_page *page, int32_t h);

/* The "by" phrase's noun of a passive, or CB_NO_TOKEN. */
int32_t cb_span_agent(const struct cb_page *page, int32_t h);

/* The whole phrase of a source: titles, appositions and "who …" in, incidental clauses out. */
struct cb_piece cb_span_source(const struct cb_page *page, int32_t head, struct cb_piece cue);

/* From `first` to where the content of cue h ends; `through` is the last token that the tree gives it. A
 * clause mostly runs on to the end of the sentence, a phrase ends where the tree says. */
struct cb_piece cb_span_clause(const struct cb_page *page, int32_t h, int32_t first, int32_t through);
struct cb_piece cb_span_phrase(const struct cb_page *page, int32_t h, int32_t first, int32_t through);

/* The last token of h's clause: of the sentence, or of the subordinate clause it stands in. */
int32_t cb_span_clause_end(const struct cb_page *page, int32_t h);

/* Without punctuation at its ends, except closing quotation marks and brackets that belong to it. */
struct cb_piece cb_span_trim(const struct cb_page *page, struct cb_piece piece);

/* The preposition of a noun's phrase ("about" of "about the plan"), or CB_NO_TOKEN. */
int32_t cb_span_case(const struct cb_page *page, int32_t noun);

#endif
