/* Inside the parser: its words, its states and their features, which the trainer needs too.
 *
 * Arc-eager (Nivre, "An Efficient Algorithm for Projective Dependency Parsing", IWPT 2003) with the root
 * behind the last word (Ballesteros and Nivre, "Going to the Roots of Dependency Parsing", CL 2013) and
 * a beam (Zhang and Clark, "A Tale of Two Parsers", EMNLP 2008). Every word is put on the stack once and
 * taken from it once, so that all ways through a sentence of n words have 2n steps.
 *
 * Punctuation is no part of the tree while it is made: the words of the parser are those that are no
 * marks, each knows which marks stand before it, and the marks find their heads on the finished tree
 * (text/syntax_marks.h). */
#ifndef CB_TEXT_SYNTAX_PARSE_H
#define CB_TEXT_SYNTAX_PARSE_H

#include "text/syntax_words.h"

/* Templates by what they look at, so that sums over some of them can be kept. */
enum {
    CB_WORD_FEATURES = 14,  /* the front word and those behind it */
    CB_FRONT_FEATURES = 10, /* the front with its dependents */
    CB_TOP_FEATURES = 30,   /* the top of the stack with its head and dependents */
    CB_PAIR_FEATURES = 22,  /* both */
    CB_ARC_FEATURES = CB_WORD_FEATURES + CB_FRONT_FEATURES + CB_TOP_FEATURES + CB_PAIR_FEATURES,
    CB_EARLY_FEATURES = 14, /* the relation of an arc when it is made */
    CB_LATE_FEATURES = 28,  /* on the finished tree */
};

enum { CB_ARCS_KEPT = 64 };

/* "No such word"; as a relation: none yet. */
enum { CB_NO_WORD = -1, CB_NO_RELATION = CB_REL_COUNT };

struct cb_parse_word {
    uint32_t word, tag; /* hashes */
    uint32_t before;    /* hash of the marks between the last word and this one */
    uint64_t marks;     /* number of marks of each kind before it, in fields (syntax_parse.c) */
    int16_t token;
    uint8_t tag_number;
    /* on the finished tree */
    uint8_t relation; /* as guessed when the arc was made */
    int16_t head, left, left2, right;
    uint64_t left_set, right_set; /* relations of the dependents on each side */
};

/* The words of the sentence and, behind them, the root. Heads and dependents count words, not tokens. */
struct cb_parse {
    int n; /* words without the root; the root is n */
    struct cb_parse_word words[CB_PARSE_MAX + 1];
};

/* Sums of weights for each action over a part of the templates. */
struct cb_part_scores {
    float sums[CB_ACTION_COUNT];
    bool known;
};

/* A word as it stands in a state, with what hangs on it so far. Items do not change: states share them. */
struct cb_item {
    const struct cb_item *below;
    uint64_t left_set, right_set;
    int16_t word, left, left2, right, right2; /* left is the outermost, left2 the one before it */
    uint8_t left_count, right_count;
    uint8_t left_relation, left2_relation, right_relation, right2_relation; /* of those dependents */
    uint8_t relation; /* to its head, which is the item below; CB_NO_RELATION while it has no head */
    struct cb_part_scores as_top, as_front;
};

struct cb_state {
    const struct cb_state *previous;
    const struct cb_item *top; /* NULL: the stack is empty */
    const struct cb_item *front;
    double score;
    uint8_t action;   /* that led here */
    uint8_t relation; /* of the arc it made */
    bool gold;        /* for the trainer */
};

/* Who scores: the model or the trainer. */
struct cb_scorer {
    void (*arcs)(const void *data, const uint32_t *features, size_t count, float out[CB_ACTION_COUNT]);
    /* The arcs of these features are wanted soon. NULL when the scorer does not care. */
    void (*soon)(const void *data, const uint32_t *features, size_t count);
    unsigned (*relation)(const void *data, const uint32_t features[CB_EARLY_FEATURES], uint64_t set);
    const uint64_t *relation_sets;
    const void *data;
};

struct cb_search {
    const struct cb_parse *parse;
    struct cb_scorer scorer;
    size_t width;  /* of the beam, 1 … CB_BEAM_MAX */
    double narrow; /* states so far behind the best are dropped */
    struct cb_state *states;
    struct cb_item *items;
    size_t state_count, item_count;
    struct cb_state *beam[CB_BEAM_MAX]; /* the best first */
    size_t count;
    struct cb_part_scores words[CB_PARSE_MAX + 1]; /* over the templates of each word */
    struct {
        int16_t head, word;
        uint8_t relation;
    } arcs[CB_ARCS_KEPT]; /* whose relations are known */
};

/* count from 1 to CB_PARSE_MAX. In a sentence of marks alone the first one is a word. */
void cb_parse_begin(struct cb_parse *parse, const char *text, const struct cb_token *tokens,
                    const struct cb_node *nodes, size_t count);

/* Heads, dependents and relations from the last state of a way; one root, on which other words that hang on
 * nothing hang too. */
void cb_parse_finish(struct cb_parse *parse, const struct cb_state *last);

/* Dependents from heads and relations. */
void cb_parse_link(struct cb_parse *parse);

/* `extra`: states that the caller will make with cb_search_apply. */
CB_CHECKED enum cb_code cb_search_begin(struct cb_search *search, const struct cb_parse *parse,
                                        const struct cb_scorer *scorer, size_t width, double narrow,
                                        size_t extra, struct cb_err *err);
void cb_search_release(struct cb_search *search);

/* The first state, of which there is one. */
struct cb_state *cb_search_first(struct cb_search *search);

/* One step of all states of the beam. */
void cb_search_step(struct cb_search *search);

/* The state after an action that is allowed; its score is left to the caller. */
struct cb_state *cb_search_apply(struct cb_search *search, const struct cb_state *state,
                                 enum cb_action action);

/* Bit a: action a is allowed; at least one is until front and stack are used up. */
unsigned cb_state_allowed(const struct cb_parse *parse, const struct cb_state *state);

void cb_arc_features(const struct cb_parse *parse, const struct cb_state *state,
                     uint32_t out[CB_ARC_FEATURES]);

/* Sums over all of them, by parts that are kept in the search; the items belong to it. */
void cb_arc_scores(struct cb_search *search, const struct cb_state *state, float out[CB_ACTION_COUNT]);

/* The arc to `word`: without regard to dependents, so that the relation is the same in all states; and on the
 * finished tree. */
void cb_early_features(const struct cb_parse *parse, int head, int word, uint32_t out[CB_EARLY_FEATURES]);
void cb_late_features(const struct cb_parse *parse, int word, uint32_t out[CB_LATE_FEATURES]);

#endif
