/* The parser's search: states, steps, beam. */
#include "text/syntax_parse.h"

#include <stdlib.h>
#include <string.h>

/* A step makes at most so many new items. */
enum { ITEMS_A_STEP = 3 };

static struct cb_item *new_item(struct cb_search *search)
{
    return &search->items[search->item_count++];
}

static struct cb_item *changed(struct cb_search *search, const struct cb_item *item)
{
    struct cb_item *copy = new_item(search);
    *copy = *item;
    copy->as_top.known = copy->as_front.known = false;
    return copy;
}

static const struct cb_item *front_item(struct cb_search *search, int word)
{
    struct cb_item *item = new_item(search);
    *item = (struct cb_item){.word = (int16_t)word,
                             .left = CB_NO_WORD,
                             .left2 = CB_NO_WORD,
                             .right = CB_NO_WORD,
                             .right2 = CB_NO_WORD,
                             .left_relation = CB_NO_RELATION,
                             .left2_relation = CB_NO_RELATION,
                             .right_relation = CB_NO_RELATION,
                             .right2_relation = CB_NO_RELATION,
                             .relation = CB_NO_RELATION};
    return item;
}

enum cb_code cb_search_begin(struct cb_search *search, const struct cb_parse *parse,
                             const struct cb_scorer *scorer, size_t width, double narrow, size_t extra,
                             struct cb_err *err)
{
    size_t states = 2 * (size_t)parse->n * width + 1 + extra;
    search->parse = parse;
    search->scorer = *scorer;
    search->width = width;
    search->narrow = narrow;
    search->state_count = search->item_count = search->count = 0;
    for (int i = 0; i <= parse->n; i++)
        search->words[i].known = false;
    for (size_t i = 0; i < CB_ARCS_KEPT; i++)
        search->arcs[i].head = CB_NO_WORD;
    search->states = malloc(states * sizeof *search->states);
    search->items = malloc(states * ITEMS_A_STEP * sizeof *search->items);
    if (search->states == NULL || search->items == NULL) {
        cb_search_release(search);
        return cb_no_memory(err);
    }
    struct cb_state *first = &search->states[search->state_count++];
    *first = (struct cb_state){.front = front_item(search, 0), .gold = true};
    search->beam[search->count++] = first;
    return CB_OK;
}

void cb_search_release(struct cb_search *search)
{
    free(search->states);
    free(search->items);
    search->states = NULL;
    search->items = NULL;
}

struct cb_state *cb_search_first(struct cb_search *search)
{
    return &search->states[0];
}

unsigned cb_state_allowed(const struct cb_parse *parse, const struct cb_state *state)
{
    if (state->top == NULL)
        return 1u << CB_SHIFT;
    unsigned pop = state->top->relation != CB_NO_RELATION ? 1u << CB_REDUCE : 1u << CB_LEFT;
    return state->front->word == parse->n ? pop : pop | 1u << CB_SHIFT | 1u << CB_RIGHT;
}

static uint8_t one_more(uint8_t count)
{
    return count < UINT8_MAX ? (uint8_t)(count + 1) : count;
}

/* The same arc is made in several states: its relation is kept. */
static uint8_t relation_of(struct cb_search *search, int head, int word)
{
    uint32_t features[CB_EARLY_FEATURES];
    const struct cb_parse_word *words = search->parse->words;
    uint64_t set = search->scorer.relation_sets[cb_relation_set_index(words[head].tag_number,
                                                                      words[word].tag_number, word < head)];
    size_t place = ((size_t)head * 7 + (size_t)word) % CB_ARCS_KEPT;
    if ((set & (set - 1)) == 0)
        return (uint8_t)__builtin_ctzll(set);
    if (search->arcs[place].head != head || search->arcs[place].word != word) {
        cb_early_features(search->parse, head, word, features);
        search->arcs[place].relation = (uint8_t)search->scorer.relation(search->scorer.data, features, set);
        search->arcs[place].head = (int16_t)head;
        search->arcs[place].word = (int16_t)word;
    }
    return search->arcs[place].relation;
}

static void go_left(struct cb_search *search, const struct cb_state *state, struct cb_state *next)
{
    const struct cb_item *word = state->top;
    struct cb_item *head = changed(search, state->front);
    next->relation = relation_of(search, state->front->word, word->word);
    head->left2 = head->left;
    head->left2_relation = head->left_relation;
    head->left = word->word;
    head->left_relation = next->relation;
    head->left_count = one_more(head->left_count);
    head->left_set |= UINT64_C(1) << next->relation;
    next->front = head;
    next->top = word->below;
}

static void go_right(struct cb_search *search, const struct cb_state *state, struct cb_state *next)
{
    struct cb_item *head = changed(search, state->top), *word = changed(search, state->front);
    next->relation = relation_of(search, state->top->word, state->front->word);
    head->right2 = head->right;
    head->right2_relation = head->right_relation;
    head->right = state->front->word;
    head->right_relation = next->relation;
    head->right_count = one_more(head->right_count);
    head->right_set |= UINT64_C(1) << next->relation;
    word->below = head;
    word->relation = next->relation;
    next->top = word;
    next->front = front_item(search, word->word + 1);
}

static void shift(struct cb_search *search, const struct cb_state *state, struct cb_state *next)
{
    struct cb_item *word = changed(search, state->front);
    word->below = state->top;
    next->top = word;
    next->front = front_item(search, word->word + 1);
}

struct cb_state *cb_search_apply(struct cb_search *search, const struct cb_state *state,
                                 enum cb_action action)
{
    struct cb_state *next = &search->states[search->state_count++];
    *next = (struct cb_state){.previous = state,
                              .top = state->top,
                              .front = state->front,
                              .action = (uint8_t)action,
                              .relation = CB_NO_RELATION};
    switch (action) {
    case CB_LEFT:
        go_left(search, state, next);
        break;
    case CB_RIGHT:
        go_right(search, state, next);
        break;
    case CB_REDUCE:
        next->top = state->top->below;
        break;
    default:
        shift(search, state, next);
        break;
    }
    return next;
}

/* A step that one of the states could make. */
struct choice {
    const struct cb_state *state;
    double score;
    enum cb_action action;
};

/* The best choices so far, the best first; of equals the earlier one. */
static size_t add_choice(struct choice *choices, size_t count, size_t width, const struct choice *choice)
{
    if (count == width && choices[count - 1].score >= choice->score)
        return count;
    size_t at = count < width ? count++ : count - 1;
    for (; at > 0 && choices[at - 1].score < choice->score; at--)
        choices[at] = choices[at - 1];
    choices[at] = *choice;
    return count;
}

void cb_search_step(struct cb_search *search)
{
    struct choice choices[CB_BEAM_MAX];
    size_t count = 0;
    for (size_t i = 0; i < search->count; i++) {
        const struct cb_state *state = search->beam[i];
        float scores[CB_ACTION_COUNT] = {0};
        unsigned allowed = cb_state_allowed(search->parse, state);
        if ((allowed & (allowed - 1)) != 0)
            cb_arc_scores(search, state, scores);
        for (unsigned a = 0; a < CB_ACTION_COUNT; a++) {
            struct choice choice = {state, state->score + (double)scores[a], (enum cb_action)a};
            if ((allowed >> a & 1) != 0)
                count = add_choice(choices, count, search->width, &choice);
        }
    }
    search->count = 0;
    for (size_t i = 0; i < count && choices[i].score >= choices[0].score - search->narrow; i++) {
        struct cb_state *next = cb_search_apply(search, choices[i].state, choices[i].action);
        next->score = choices[i].score;
        search->beam[search->count++] = next;
    }
}
