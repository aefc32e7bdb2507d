/* Inside the parser: its state and its features, which the trainer needs too. */
#ifndef CB_TEXT_SYNTAX_PARSE_H
#define CB_TEXT_SYNTAX_PARSE_H

#include "text/syntax_words.h"

enum { CB_ARC_FEATURES = 72, CB_RELATION_FEATURES = 28 };

/* "No such word"; as a relation: none yet. */
enum { CB_NO_WORD = -1, CB_NO_RELATION = CB_REL_COUNT };

/* A word of the sentence and what hangs on it so far. */
struct cb_parse_word {
    uint32_t word, tag; /* hashes */
    uint8_t tag_number, relation;
    uint8_t left_count, right_count;          /* dependents on each side, up to 255 */
    int16_t head, left, left2, right, right2; /* indices; left is the outermost, left2 the one before */
    uint64_t left_set, right_set;             /* relations of the dependents */
};

/* The words of the sentence and, behind them, the root. */
struct cb_parse {
    int n; /* words without the root; the root is n */
    int front;
    int depth;
    int16_t stack[CB_PARSE_MAX + 1];
    struct cb_parse_word words[CB_PARSE_MAX + 1];
};

/* count ≤ CB_PARSE_MAX */
void cb_parse_begin(struct cb_parse *parse, const char *text, const struct cb_token *tokens,
                    const struct cb_node *nodes, size_t count);

static inline bool cb_parse_done(const struct cb_parse *parse)
{
    return parse->front == parse->n && parse->depth == 0;
}

/* Bit a: action a is allowed; at least one is until the parse is done. */
unsigned cb_parse_allowed(const struct cb_parse *parse);

/* Makes the step; an arc is made without a relation, its dependent is returned, else CB_NO_WORD. */
int cb_parse_step(struct cb_parse *parse, enum cb_action action);

/* Names the arc from the word's head to the word. */
void cb_parse_label(struct cb_parse *parse, int word, unsigned relation);

void cb_arc_features(const struct cb_parse *parse, uint32_t out[CB_ARC_FEATURES]);
void cb_relation_features(const struct cb_parse *parse, int word, uint32_t out[CB_RELATION_FEATURES]);

/* One root: the first word that hangs on it; the others hang on that. */
void cb_parse_one_root(struct cb_parse *parse);

#endif
