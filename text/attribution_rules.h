/* The rules, by what they look at. Each returns true when it added a draft. */
#ifndef CB_TEXT_ATTRIBUTION_RULES_H
#define CB_TEXT_ATTRIBUTION_RULES_H

#include "text/attribution_span.h"

/* What the rules know of a verb before they look for its content. */
struct cb_frame {
    const struct cb_cue_word *word;
    int32_t head;
    struct cb_piece cue, source;
    int32_t source_head; /* CB_NO_TOKEN without a source */
    bool passive;
    bool guessed;  /* the source stands beside the cue, the tree does not say so */
    bool relative; /* the source is "who", "which", or stands before the relative clause */
};

/* Fills the draft's cue and source. */
struct cb_draft *cb_rule_draft(struct cb_drafts *drafts, const struct cb_frame *frame,
                               enum cb_draft_rule rule, float score);
void cb_rule_content(struct cb_draft *draft, struct cb_piece piece);

/* text/attribution_rule_quotes.c: direct speech, the cue beside, between or inside quotation marks; and
 * clauses before or around the cue ("…, she said, …"). */
bool cb_rule_colon(const struct cb_page *page, const struct cb_frame *frame, struct cb_drafts *drafts);
bool cb_rule_parenthesis(const struct cb_page *page, const struct cb_frame *frame, struct cb_drafts *drafts);
bool cb_rule_quote_after(const struct cb_page *page, const struct cb_frame *frame, struct cb_drafts *drafts);
bool cb_rule_island(const struct cb_page *page, const struct cb_frame *frame, struct cb_drafts *drafts);

/* A cue inside quotation marks says nothing beyond them: cuts its content there. */
void cb_rules_settle(const struct cb_page *page, struct cb_drafts *drafts);

/* text/attribution_rule_nouns.c */
bool cb_rule_noun(const struct cb_page *page, int32_t head, struct cb_drafts *drafts);
bool cb_rule_adjective(const struct cb_page *page, int32_t head, struct cb_drafts *drafts);
bool cb_rule_according(const struct cb_page *page, int32_t at, struct cb_drafts *drafts);

/* text/attribution_rule_heads.c: the line that begins with token `first`. */
bool cb_rule_headline(const struct cb_page *page, int32_t first, struct cb_drafts *drafts);

/* "…, crew say" at the end of a headline; *cue is then the token of the verb, which needs no other rule. */
bool cb_rule_headline_end(const struct cb_page *page, int32_t first, int32_t *cue, struct cb_drafts *drafts);

/* "…, the newspaper X wrote." at the end of any sentence, unless a draft from `from` on, the sentence's
 * first, has that cue already. */
void cb_rule_end(const struct cb_page *page, int32_t first, size_t from, struct cb_drafts *drafts);

/* The colon behind a label at the head of a line that is nobody's ("BREAKING:"; in a headline a topic or a
 * place too); CB_NO_TOKEN without one. */
int32_t cb_label_end(const struct cb_page *page, int32_t first);

/* text/attribution_settle.c: the last look at a draft, the labeller's too. */
void cb_draft_settle(const struct cb_page *page, struct cb_draft *draft);

#endif
