/* A reading prepared for the search of attributions: trees with global token numbers, the stretch of every
 * subtree, quotations, and what the lexicon knows of each token. Shared by the rules and the features of the
 * labeller; not for others. */
#ifndef CB_TEXT_ATTRIBUTION_PAGE_H
#define CB_TEXT_ATTRIBUTION_PAGE_H

#include "text/attribution_words.h"
#include "text/quotes.h"
#include "text/reading.h"

enum {
    CB_PAGE_WINDOW = 400, /* tokens a rule looks ahead or back at most: keeps long lines linear */
    CB_NO_TOKEN = -1,
};

struct cb_page {
    const struct cb_reading *reading;
    const struct cb_cue_lexicon *lexicon;
    struct cb_quotes quotes;
    const struct cb_cue_word **words; /* one a token, or NULL */
    int32_t *heads;                   /* global; CB_NO_TOKEN for a root */
    int32_t *child, *sibling;         /* first child, next sibling: in the order of the text */
    int32_t *left, *right;            /* first and last token of the subtree */
    uint32_t *sentence_of;            /* one a token */
    uint32_t *paragraph_first;        /* first token of each paragraph, then token_count */
    size_t paragraph_count;
};

CB_CHECKED enum cb_code cb_page_make(const struct cb_reading *reading, const struct cb_cue_lexicon *lexicon,
                                     struct cb_arena *arena, struct cb_page *out, struct cb_err *err);

/* One attribution in tokens, before it becomes bytes. first and last are inclusive; CB_NO_TOKEN for none. */
struct cb_piece {
    int32_t first, last;
};

enum { CB_DRAFT_PIECES = 8 };

/* Which rule made a draft: a feature, and what decides between drafts. */
enum cb_draft_rule {
    CB_RULE_NONE,
    CB_RULE_QUOTE_BEFORE,  /* "…", she said */
    CB_RULE_QUOTE_AFTER,   /* she said, "…" */
    CB_RULE_QUOTE_AROUND,  /* "…", she said, "…" */
    CB_RULE_CLAUSE,        /* she said that … */
    CB_RULE_CLAUSE_BEFORE, /* …, she said */
    CB_RULE_CLAUSE_AROUND, /* …, she said, … */
    CB_RULE_COLON,
    CB_RULE_INFINITIVE,
    CB_RULE_OBJECT,
    CB_RULE_PREPOSITION,
    CB_RULE_PASSIVE,
    CB_RULE_ACCORDING,
    CB_RULE_NOUN,
    CB_RULE_ADJECTIVE,
    CB_RULE_HEADLINE,
    CB_RULE_RELATIVE, /* what she said */
    CB_RULE_INSIDE,   /* the cue stands inside the quotation marks */
    CB_RULE_ADVERB,   /* reportedly */
    CB_RULE_LABELLER, /* not a rule: the labeller's own */
    CB_RULE_COUNT
};

struct cb_draft {
    struct cb_piece cue, source, content[CB_DRAFT_PIECES];
    unsigned pieces;
    int32_t cue_head, source_head;
    enum cb_draft_rule rule;
    float score; /* 0 … 1 */
};

struct cb_drafts {
    struct cb_draft *items;
    size_t count, capacity;
    struct cb_arena *arena;
    bool failed; /* no memory */
};

/* Adds a zeroed draft without cue, source and content; NULL (and failed) when there is no memory. */
struct cb_draft *cb_drafts_add(struct cb_drafts *drafts);

/* All drafts the rules find in the sentences first … end - 1, in the order of their cues. */
void cb_rules_find(const struct cb_page *page, uint32_t first_sentence, uint32_t end_sentence,
                   struct cb_drafts *drafts);

/* Small questions. */
bool cb_page_is(const struct cb_page *page, int32_t token, const char *word); /* any case of ASCII letters */
bool cb_page_any(const struct cb_page *page, int32_t token, const char *const *list); /* ends with NULL */
char cb_page_mark(const struct cb_page *page, int32_t token); /* a mark's first byte, dashes as '-', or 0 */
unsigned cb_page_tag(const struct cb_page *page, int32_t token);
unsigned cb_page_relation(const struct cb_page *page, int32_t token);
int32_t cb_page_first(const struct cb_page *page, int32_t token); /* of its sentence */
int32_t cb_page_last(const struct cb_page *page, int32_t token);  /* of its sentence */
bool cb_page_parsed(const struct cb_page *page, int32_t token);
/* The first child with that relation, or CB_NO_TOKEN. */
int32_t cb_page_child(const struct cb_page *page, int32_t head, enum cb_relation relation);

#endif
