/* Inside the parser: where punctuation hangs. A mark stands in a gap between two words; its head is a word
 * from which no arc has to cross another, that is, one of those passed on the way up from the gap's
 * neighbours. A linear ranker chooses among them. */
#ifndef CB_TEXT_SYNTAX_MARKS_H
#define CB_TEXT_SYNTAX_MARKS_H

#include "text/syntax_parse.h"

enum { CB_MARK_FEATURES = 16, CB_MARK_CANDIDATES = 24 };

/* The marks of a sentence, and how far each word's dependents reach. */
struct cb_marks {
    const struct cb_parse *parse;
    const char *text;
    const struct cb_token *tokens;
    const struct cb_node *nodes;
    size_t count;                    /* tokens */
    int16_t gap[CB_PARSE_MAX];       /* of each token: words before it */
    int16_t partner[CB_PARSE_MAX];   /* token of the other bracket or quotation mark, -1 without one */
    int16_t first[CB_PARSE_MAX + 1]; /* first and last word below each word, itself with it */
    int16_t last[CB_PARSE_MAX + 1];
};

/* All borrowed. The parse is finished. */
void cb_marks_begin(struct cb_marks *marks, const struct cb_parse *parse, const char *text,
                    const struct cb_token *tokens, const struct cb_node *nodes, size_t count);

/* Is the token a mark, not a word of the parse? */
bool cb_marks_has(const struct cb_marks *marks, size_t token);

/* Words that can be the head of the mark, at least one. */
size_t cb_mark_candidates(const struct cb_marks *marks, size_t token, int16_t out[CB_MARK_CANDIDATES]);

void cb_mark_features(const struct cb_marks *marks, size_t token, int word, uint32_t out[CB_MARK_FEATURES]);

/* Sets head and relation of the tokens that are marks; the words have theirs. */
void cb_marks_attach(const struct cb_syntax_model *model, const struct cb_parse *parse, const char *text,
                     const struct cb_token *tokens, size_t count, struct cb_node *nodes);

#endif
