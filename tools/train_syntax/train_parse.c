/* Training with the dynamic oracle: the parser walks its own, also wrong, ways, and at each step learns
 * the steps that lose no further arc of the treebank (Goldberg and Nivre, "Training Deterministic Parsers
 * with Non-Deterministic Oracles", TACL 2013). */
#include "text/syntax_marks.h"
#include "train.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How rare a relation may be between two tags: early they are many arcs, late one a word. */
enum { EARLY_PARTS = 30, LATE_PARTS = 5000 };

struct parse_trainer {
    struct parse_training *out;
    uint64_t random;
    bool explore;
    size_t width; /* of the beam */
    const struct gold_sentence *sentence;
    int heads[CB_PARSE_MAX + 1]; /* of the treebank; the root is n */
    struct cb_parse parse;
    struct cb_marks marks;
    size_t wrong_arcs, wrong_relations, steps;
};

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

static uint64_t relations_between(const struct parse_trainer *t, bool late, int head, int word)
{
    const struct cb_parse_word *words = t->parse.words;
    return t->out->relation_sets[late][cb_relation_set_index(words[head].tag_number, words[word].tag_number,
                                                             word < head)];
}

/* Both classifiers of relations learn only from arcs that are right. */
static void learn_relation(struct parse_trainer *t, struct weights *weights, const uint32_t *features,
                           size_t count, int head, int word)
{
    uint64_t set = relations_between(t, weights == &t->out->late, head, word);
    unsigned right = t->sentence->gold[t->parse.words[word].token].relation, best;
    weights->step++;
    if ((set & (set - 1)) == 0 || (set >> right & 1) == 0)
        return;
    unsigned rival =
        weights_rival(weights, features, count, UINT64_C(1) << right, set & ~(UINT64_C(1) << right), &best);
    if (rival != right)
        weights_update(weights, features, count, right, rival);
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
    t->wrong_arcs += (right >> guess & 1) == 0;
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
        t->wrong_arcs++;
        add_way(t, gold_end, apart, 1);
        add_way(t, wrong_end, apart, -1);
    }
    return search->beam[0];
}

/* Heads of the treebank as words of the parse; those of words that hang on a mark, as tags are guessed, on
 * the first of its heads that is a word. */
static void find_heads(struct parse_trainer *t, const struct gold_sentence *s)
{
    int word_of[CB_PARSE_MAX];
    const struct cb_parse *p = &t->parse;
    for (size_t i = 0; i < s->count; i++)
        word_of[i] = CB_NO_WORD;
    for (int i = 0; i < p->n; i++)
        word_of[p->words[i].token] = i;
    for (int i = 0; i < p->n; i++) {
        int head = s->gold[p->words[i].token].head;
        while (head >= 0 && word_of[head] == CB_NO_WORD)
            head = s->gold[head].head;
        t->heads[i] = head < 0 ? p->n : word_of[head];
    }
    t->heads[p->n] = CB_NO_WORD;
}

static size_t best_candidate(const struct parse_trainer *t, size_t token, const int16_t *candidates,
                             size_t count)
{
    uint32_t features[CB_MARK_FEATURES];
    size_t best = 0;
    float best_score = 0;
    for (size_t i = 0; i < count; i++) {
        cb_mark_features(&t->marks, token, candidates[i], features);
        float score = weights_score(&t->out->marks, features, CB_MARK_FEATURES, 0);
        if (i == 0 || score > best_score) {
            best_score = score;
            best = i;
        }
    }
    return best;
}

static void learn_mark(struct parse_trainer *t, size_t token)
{
    const struct gold_sentence *s = t->sentence;
    int16_t candidates[CB_MARK_CANDIDATES];
    uint32_t features[CB_MARK_FEATURES];
    size_t count = cb_mark_candidates(&t->marks, token, candidates);
    size_t best = best_candidate(t, token, candidates, count);
    t->out->marks.step++;
    if (t->parse.words[candidates[best]].token == s->gold[token].head)
        return;
    for (size_t i = 0; i < count; i++) {
        if (t->parse.words[candidates[i]].token != s->gold[token].head)
            continue;
        cb_mark_features(&t->marks, token, candidates[i], features);
        weights_add(&t->out->marks, features, CB_MARK_FEATURES, 0, 1);
        cb_mark_features(&t->marks, token, candidates[best], features);
        weights_add(&t->out->marks, features, CB_MARK_FEATURES, 0, -1);
    }
}

static void learn_late(struct parse_trainer *t)
{
    const struct cb_parse_word *words = t->parse.words;
    uint32_t features[CB_LATE_FEATURES];
    for (int i = 0; i < t->parse.n; i++) {
        if (words[i].head == t->parse.n || words[i].head != t->heads[i])
            continue;
        cb_late_features(&t->parse, i, features);
        learn_relation(t, &t->out->late, features, CB_LATE_FEATURES, words[i].head, i);
    }
}

static enum cb_code learn_sentence(struct parse_trainer *t, const struct gold_sentence *s, struct cb_err *err)
{
    struct cb_search search;
    struct cb_scorer scorer = {score_arcs, choose_relation, t->out->relation_sets[0], t->out};
    t->sentence = s;
    cb_parse_begin(&t->parse, s->text, s->tokens, s->nodes, s->count);
    find_heads(t, s);
    enum cb_code code =
        cb_search_begin(&search, &t->parse, &scorer, t->width, HUGE_VAL, (size_t)t->parse.n * 2, err);
    if (code != CB_OK)
        return code;
    const struct cb_state *last = t->width > 1 ? walk_beam(t, &search) : walk_alone(t, &search);
    cb_parse_finish(&t->parse, last);
    cb_search_release(&search);
    learn_late(t);
    cb_marks_begin(&t->marks, &t->parse, s->text, s->tokens, s->nodes, s->count);
    for (size_t i = 0; i < s->count; i++) {
        if (cb_marks_has(&t->marks, i))
            learn_mark(t, i);
    }
    return CB_OK;
}

/* How often each relation stands between two tags. */
struct relation_counts {
    unsigned of[CB_PAIRS_OF_TAGS][CB_REL_COUNT], of_tag[CB_TAG_COUNT][2][CB_REL_COUNT];
};

static void count_sentence(const struct gold_sentence *s, struct relation_counts *counts)
{
    for (size_t k = 0; k < s->count; k++) {
        int head = s->gold[k].head;
        unsigned left = head < 0 || (int)k < head, relation = s->gold[k].relation, tag = s->nodes[k].tag;
        unsigned gold_head = head < 0 ? CB_TAG_COUNT : s->gold[head].tag;
        unsigned head_tag = head < 0 ? CB_TAG_COUNT : s->nodes[head].tag;
        counts->of[cb_relation_set_index(gold_head, s->gold[k].tag, left)][relation]++;
        counts->of[cb_relation_set_index(head_tag, tag, left)][relation]++;
        if (head >= 0)
            counts->of_tag[tag][left][relation]++;
    }
}

/* Relations that make up one part in `parts` of the counts or more. */
static uint64_t usual_relations(const unsigned counts[CB_REL_COUNT], unsigned parts)
{
    unsigned total = 0;
    uint64_t set = 0;
    for (unsigned r = 0; r < CB_REL_COUNT; r++)
        total += counts[r];
    for (unsigned r = 0; r < CB_REL_COUNT; r++) {
        if (counts[r] > 0 && counts[r] * parts >= total)
            set |= UINT64_C(1) << r;
    }
    return set;
}

/* What the treebank has between two tags, as they are and as they are predicted; where it has nothing,
 * what the dependent's tag has with any head. */
static enum cb_code count_relations(const struct treebank *treebank, struct parse_training *out,
                                    struct cb_err *err)
{
    struct relation_counts *counts = calloc(1, sizeof *counts);
    if (counts == NULL)
        return cb_no_memory(err);
    for (size_t i = 0; i < treebank->count; i++)
        count_sentence(&treebank->sentences[i], counts);
    for (size_t i = 0; i < (size_t)2 * CB_PAIRS_OF_TAGS; i++) {
        size_t late = i / CB_PAIRS_OF_TAGS, pair = i % CB_PAIRS_OF_TAGS;
        unsigned parts = late ? LATE_PARTS : EARLY_PARTS;
        uint64_t *set = &out->relation_sets[late][pair];
        *set = usual_relations(counts->of[pair], parts);
        if (*set == 0)
            *set = usual_relations(counts->of_tag[pair / 2 % CB_TAG_COUNT][pair % 2], parts);
        if (*set == 0)
            *set = UINT64_C(1) << CB_REL_DEP;
    }
    free(counts);
    return CB_OK;
}

static enum cb_code learn_round(struct parse_trainer *t, const struct treebank *treebank, size_t *order,
                                struct cb_err *err)
{
    enum cb_code code = CB_OK;
    t->wrong_arcs = t->wrong_relations = t->steps = 0;
    for (size_t i = treebank->count; i > 1; i--) {
        size_t k = (size_t)(next_random(&t->random) >> 11) % i, kept = order[i - 1];
        order[i - 1] = order[k];
        order[k] = kept;
    }
    for (size_t i = 0; i < treebank->count && code == CB_OK; i++) {
        const struct gold_sentence *s = &treebank->sentences[order[i]];
        if (s->count <= CB_PARSE_MAX)
            code = learn_sentence(t, s, err);
    }
    return code;
}

/* Alone first, which is fast, then in the beam. */
static enum cb_code learn_rounds(struct parse_trainer *t, const struct treebank *treebank, size_t *order,
                                 const struct settings *settings, struct cb_err *err)
{
    enum cb_code code = CB_OK;
    unsigned rounds = settings->parse_rounds + settings->beam_rounds;
    for (unsigned round = 0; round < rounds && code == CB_OK; round++) {
        t->explore = round >= 1;
        t->width = round < settings->parse_rounds ? 1 : settings->beam_width;
        if (round == settings->parse_rounds)
            weights_settle(&t->out->arcs);
        code = learn_round(t, treebank, order, err);
        fprintf(stderr, "parser round %u: %zu of %zu wrong\n", round + 1, t->wrong_arcs, t->steps);
    }
    return code;
}

enum cb_code train_parser(const struct treebank *treebank, const struct settings *settings,
                          struct parse_training *out, struct cb_err *err)
{
    memset(out, 0, sizeof *out);
    struct parse_trainer *t = calloc(1, sizeof *t);
    size_t *order = calloc(treebank->count, sizeof *order);
    enum cb_code code = t == NULL || order == NULL ? cb_no_memory(err) : CB_OK;
    if (code == CB_OK)
        code = weights_init(&out->arcs, settings->arc_bits, CB_ACTION_COUNT, settings->margin, err);
    if (code == CB_OK)
        code = weights_init(&out->early, settings->early_bits, CB_LINE, settings->margin, err);
    if (code == CB_OK)
        code = weights_init(&out->late, settings->late_bits, CB_LINE, settings->margin, err);
    if (code == CB_OK)
        code = weights_init(&out->marks, settings->mark_bits, 1, settings->margin, err);
    if (code == CB_OK) {
        t->out = out;
        t->random = 0x7654321;
        for (size_t i = 0; i < treebank->count; i++)
            order[i] = i;
        code = count_relations(treebank, out, err);
    }
    if (code == CB_OK)
        code = learn_rounds(t, treebank, order, settings, err);
    free(order);
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
