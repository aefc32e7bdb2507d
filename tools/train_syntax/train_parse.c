/* Training with the dynamic oracle: the parser walks its own, also wrong, ways, and at each step learns
 * the steps that lose no further arc of the treebank (Goldberg and Nivre, "Training Deterministic Parsers
 * with Non-Deterministic Oracles", TACL 2013). */
#include "train_parse.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Dependents of the front that wait on the stack. */
static int waiting_dependents(const struct parse_trainer *t, const struct cb_state *state)
{
    int lost = 0;
    for (const struct cb_item *item = state->top; item != NULL; item = item->below)
        lost += item->relation == CB_NO_RELATION && t->heads[item->word] == state->front->word;
    return lost;
}

static int dependents_ahead(const struct parse_trainer *t, const struct cb_state *state, int word)
{
    int lost = 0;
    for (int i = state->front->word; i < t->parse.n; i++)
        lost += t->heads[i] == word;
    return lost;
}

static bool on_stack(const struct cb_item *top, int word)
{
    for (const struct cb_item *item = top; item != NULL; item = item->below) {
        if (item->word == word)
            return true;
    }
    return false;
}

/* Arcs of the treebank that can't be reached any more after the step. */
static int cost(const struct parse_trainer *t, const struct cb_state *state, enum cb_action action)
{
    int front = state->front->word, top = state->top != NULL ? state->top->word : CB_NO_WORD;
    int head = t->heads[front];
    switch (action) {
    case CB_LEFT:
        return (t->heads[top] > front) + dependents_ahead(t, state, top);
    case CB_REDUCE:
        return dependents_ahead(t, state, top);
    case CB_RIGHT:
        if (head == top)
            return waiting_dependents(t, state);
        return (head > front || on_stack(state->top->below, head)) + waiting_dependents(t, state);
    default:
        return on_stack(state->top, head) + waiting_dependents(t, state);
    }
}

/* Bits of the allowed steps that cost least. */
static unsigned right_actions(const struct parse_trainer *t, const struct cb_state *state, unsigned allowed)
{
    unsigned right = 0;
    int least = INT32_MAX;
    for (unsigned a = 0; a < CB_ACTION_COUNT; a++) {
        if ((allowed >> a & 1) == 0)
            continue;
        int c = cost(t, state, (enum cb_action)a);
        if (c < least) {
            least = c;
            right = 0;
        }
        if (c == least)
            right |= 1u << a;
    }
    return right;
}

/* The scorer of the weights as they are now. */
static void score_arcs(const void *data, const uint32_t *features, size_t count, float out[CB_ACTION_COUNT])
{
    const struct parse_training *training = data;
    for (unsigned a = 0; a < CB_ACTION_COUNT; a++)
        out[a] = weights_score(&training->arcs, features, count, a);
}

static unsigned choose_relation(const void *data, const uint32_t features[CB_EARLY_FEATURES], uint64_t set)
{
    const struct parse_training *training = data;
    return weights_best(&training->early, features, CB_EARLY_FEATURES, set);
}

static void learn_early(struct parse_trainer *t, const struct cb_state *before, enum cb_action action)
{
    uint32_t features[CB_EARLY_FEATURES];
    const struct cb_item *head = action == CB_LEFT ? before->front : before->top;
    const struct cb_item *word = action == CB_LEFT ? before->top : before->front;
    if ((action != CB_LEFT && action != CB_RIGHT) || t->heads[word->word] != head->word ||
        head->word == t->parse.n)
        return;
    cb_early_features(&t->parse, head->word, word->word, features);
    learn_relation(t, &t->out->early, features, CB_EARLY_FEATURES, head->word, word->word);
}

static enum cb_action learn_step(struct parse_trainer *t, const struct cb_state *state)
{
    uint32_t features[CB_ARC_FEATURES];
    struct weights *arcs = &t->out->arcs;
    unsigned allowed = cb_state_allowed(&t->parse, state), best;
    if ((allowed & (allowed - 1)) == 0)
        return (enum cb_action)__builtin_ctz(allowed);
    cb_arc_features(&t->parse, state, features);
    unsigned right = right_actions(t, state, allowed);
    unsigned guess = weights_best(arcs, features, CB_ARC_FEATURES, allowed);
    arcs->step++;
    t->steps++;
    t->wrong += (right >> guess & 1) == 0;
    unsigned rival = weights_rival(arcs, features, CB_ARC_FEATURES, right, allowed & ~right, &best);
    if (rival != best)
        weights_update(arcs, features, CB_ARC_FEATURES, best, rival);
    bool follow = t->explore && next_random(&t->random) >> 40 < (UINT64_C(1) << 24) / 10 * 9;
    return (enum cb_action)(follow ? guess : best);
}

static const struct cb_state *walk_alone(struct parse_trainer *t, struct cb_search *search)
{
    const struct cb_state *state = cb_search_first(search);
    for (int i = 0; i < 2 * t->parse.n; i++) {
        enum cb_action action = learn_step(t, state);
        learn_early(t, state, action);
        state = cb_search_apply(search, state, action);
    }
    return state;
}

/* The way of the treebank, or as near to it as a projective tree comes; where several steps are right, the
 * one that the weights like best. */
static const struct cb_state *gold_step(struct parse_trainer *t, struct cb_search *search,
                                        const struct cb_state *state)
{
    uint32_t features[CB_ARC_FEATURES];
    double score = 0;
    unsigned allowed = cb_state_allowed(&t->parse, state), action = (unsigned)__builtin_ctz(allowed);
    if ((allowed & (allowed - 1)) != 0) {
        cb_arc_features(&t->parse, state, features);
        action = weights_best(&t->out->arcs, features, CB_ARC_FEATURES, right_actions(t, state, allowed));
        score = (double)weights_score(&t->out->arcs, features, CB_ARC_FEATURES, action);
    }
    struct cb_state *next = cb_search_apply(search, state, (enum cb_action)action);
    next->score = state->score + score;
    next->gold = true;
    return next;
}

static void add_way(struct parse_trainer *t, const struct cb_state *last, size_t steps, float change)
{
    uint32_t features[CB_ARC_FEATURES];
    const struct cb_state *at = last;
    for (size_t i = 0; i < steps; i++, at = at->previous) {
        unsigned allowed = cb_state_allowed(&t->parse, at->previous);
        if ((allowed & (allowed - 1)) == 0)
            continue;
        cb_arc_features(&t->parse, at->previous, features);
        weights_add(&t->out->arcs, features, CB_ARC_FEATURES, at->action, change);
    }
}

/* Steps at the end of two ways of equal length that are not common to both from the start. */
static size_t steps_apart(const struct cb_state *a, const struct cb_state *b)
{
    size_t steps = 0, apart = 0;
    for (; a->previous != NULL; a = a->previous, b = b->previous) {
        steps++;
        if (a->action != b->action)
            apart = steps;
    }
    return apart;
}

/* Structured perceptron: where the best wrong way is most ahead of the right one, learn the right one
 * (Huang, Fayong and Guo, "Structured Perceptron with Inexact Search", NAACL 2012: max-violation). */
static const struct cb_state *walk_beam(struct parse_trainer *t, struct cb_search *search)
{
    const struct cb_state *gold = cb_search_first(search), *wrong_end = NULL, *gold_end = NULL;
    double most = 0;
    for (int i = 0; i < 2 * t->parse.n; i++) {
        const struct cb_state *next = gold_step(t, search, gold);
        learn_early(t, gold, (enum cb_action)next->action);
        cb_search_step(search);
        for (size_t k = 0; k < search->count; k++) {
            struct cb_state *s = search->beam[k];
            s->gold = s->previous->gold && s->action == next->action;
        }
        gold = next;
        double ahead = search->beam[0]->score - gold->score;
        if (!search->beam[0]->gold && (wrong_end == NULL || ahead > most)) {
            most = ahead;
            wrong_end = search->beam[0];
            gold_end = gold;
        }
    }
    t->out->arcs.step++;
    t->steps++;
    if (wrong_end != NULL) {
        size_t apart = steps_apart(gold_end, wrong_end);
        t->wrong++;
        add_way(t, gold_end, apart, 1);
        add_way(t, wrong_end, apart, -1);
    }
    return search->beam[0];
}

static enum cb_code learn_sentence(struct parse_trainer *t, const struct gold_sentence *s, struct cb_err *err)
{
    struct cb_search search;
    struct cb_scorer scorer = {.arcs = score_arcs,
                               .relation = choose_relation,
                               .relation_sets = t->out->relation_sets[0],
                               .data = t->out};
    trainer_begin(t, s);
    enum cb_code code =
        cb_search_begin(&search, &t->parse, &scorer, t->width, HUGE_VAL, (size_t)t->parse.n * 2, err);
    if (code != CB_OK)
        return code;
    cb_parse_finish(&t->parse, t->width > 1 ? walk_beam(t, &search) : walk_alone(t, &search));
    cb_search_release(&search);
    learn_tree(t);
    return CB_OK;
}

static void shuffle_order(size_t *order, size_t count, uint64_t *random)
{
    for (size_t i = count; i > 1; i--) {
        size_t k = (size_t)(next_random(random) >> 11) % i, kept = order[i - 1];
        order[i - 1] = order[k];
        order[k] = kept;
    }
}

static enum cb_code learn_round(struct parse_trainer *t, const struct treebank *treebank, size_t *order,
                                struct cb_err *err)
{
    enum cb_code code = CB_OK;
    t->wrong = t->steps = 0;
    shuffle_order(order, treebank->count, &t->random);
    for (size_t i = 0; i < treebank->count && code == CB_OK; i++) {
        const struct gold_sentence *s = &treebank->sentences[order[i]];
        if (s->count <= CB_PARSE_MAX)
            code = learn_sentence(t, s, err);
    }
    return code;
}

/* Alone first, which is fast, then in the beam. */
static enum cb_code learn_rounds(struct parse_trainer *t, const struct treebank *treebank,
                                 const struct settings *settings, size_t *order, struct cb_err *err)
{
    enum cb_code code = CB_OK;
    unsigned rounds = settings->parse_rounds + settings->beam_rounds;
    for (size_t i = 0; i < treebank->count; i++)
        order[i] = i;
    for (unsigned round = 0; round < rounds && code == CB_OK; round++) {
        t->explore = round >= 1;
        t->width = round < settings->parse_rounds ? 1 : settings->beam_width;
        if (round == settings->parse_rounds)
            weights_settle(&t->out->arcs);
        code = learn_round(t, treebank, order, err);
        fprintf(stderr, "parser round %u: %zu of %zu wrong\n", round + 1, t->wrong, t->steps);
    }
    weights_settle(&t->out->arcs);
    weights_settle(&t->out->early);
    return code;
}

/* The mean of several trainings, which differ in the order of the sentences, is better than each, and costs
 * nothing when it is used. */
static enum cb_code learn_runs(struct parse_trainer *t, const struct treebank *treebank,
                               const struct settings *settings, struct cb_err *err)
{
    struct weights arcs = {0}, early = {0};
    enum cb_code code = CB_OK;
    size_t *order = calloc(treebank->count, sizeof *order);
    if (order == NULL)
        code = cb_no_memory(err);
    for (unsigned run = 0; run < settings->runs && code == CB_OK; run++) {
        t->random = 0x7654321 + run;
        code = learn_rounds(t, treebank, settings, order, err);
        if (code == CB_OK)
            code = weights_collect(&t->out->arcs, &arcs, err);
        if (code == CB_OK)
            code = weights_collect(&t->out->early, &early, err);
    }
    free(order);
    weights_mean(&arcs, settings->runs, &t->out->arcs);
    weights_mean(&early, settings->runs, &t->out->early);
    weights_release(&arcs);
    weights_release(&early);
    return code;
}

enum cb_code train_parser(const struct treebank *treebank, const struct settings *settings,
                          struct parse_training *out, struct cb_err *err)
{
    memset(out, 0, sizeof *out);
    struct parse_trainer *t = calloc(1, sizeof *t);
    enum cb_code code = t == NULL ? cb_no_memory(err) : CB_OK;
    if (code == CB_OK)
        code = weights_init(&out->arcs, settings->arc_bits, CB_ACTION_COUNT, settings->margin, err);
    if (code == CB_OK)
        code = weights_init(&out->early, settings->early_bits, CB_LINE, settings->margin, err);
    if (code == CB_OK)
        code = weights_init(&out->late, settings->late_bits, CB_LINE, settings->margin, err);
    if (code == CB_OK)
        code = weights_init(&out->marks, settings->mark_bits, 1, settings->margin, err);
    if (code == CB_OK)
        code = count_relations(treebank, out, err);
    if (code == CB_OK) {
        t->out = out;
        code = learn_runs(t, treebank, settings, err);
    }
    free(t);
    return code;
}

void parse_training_release(struct parse_training *training)
{
    weights_release(&training->arcs);
    weights_release(&training->early);
    weights_release(&training->late);
    weights_release(&training->marks);
}
