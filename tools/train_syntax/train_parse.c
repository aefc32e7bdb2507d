/* Training with the dynamic oracle: the parser walks its own, also wrong, ways, and at each step learns
 * the steps that lose no further arc of the treebank (Goldberg and Nivre, "Training Deterministic Parsers
 * with Non-Deterministic Oracles", TACL 2013). */
#include "text/syntax_parse.h"
#include "train.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct parse_trainer {
    struct parse_training *out;
    uint64_t random;
    bool explore;
    const struct gold_sentence *sentence;
    int heads[CB_PARSE_MAX + 1]; /* of the treebank; the root is n */
    struct cb_parse parse;
    size_t wrong_arcs, wrong_relations, steps;
};

static bool without_head(const struct cb_parse *p, int word)
{
    return p->words[word].head == CB_NO_WORD;
}

/* Dependents of the front that wait on the stack. */
static int waiting_dependents(const struct parse_trainer *t)
{
    const struct cb_parse *p = &t->parse;
    int lost = 0;
    for (int i = 0; i < p->depth; i++)
        lost += without_head(p, p->stack[i]) && t->heads[p->stack[i]] == p->front;
    return lost;
}

static int dependents_ahead(const struct parse_trainer *t, int word)
{
    int lost = 0;
    for (int i = t->parse.front; i < t->parse.n; i++)
        lost += t->heads[i] == word;
    return lost;
}

static bool head_on_stack(const struct parse_trainer *t, int word, int except)
{
    for (int i = 0; i < t->parse.depth; i++) {
        if (t->parse.stack[i] == t->heads[word] && t->parse.stack[i] != except)
            return true;
    }
    return false;
}

/* Arcs of the treebank that can't be reached any more after the step. */
static int cost(const struct parse_trainer *t, enum cb_action action)
{
    const struct cb_parse *p = &t->parse;
    int front = p->front, top = p->depth > 0 ? p->stack[p->depth - 1] : CB_NO_WORD;
    switch (action) {
    case CB_LEFT:
        return (t->heads[top] > front) + dependents_ahead(t, top);
    case CB_REDUCE:
        return dependents_ahead(t, top);
    case CB_RIGHT:
        if (t->heads[front] == top)
            return waiting_dependents(t);
        return (t->heads[front] > front || head_on_stack(t, front, top)) + waiting_dependents(t);
    default:
        return head_on_stack(t, front, CB_NO_WORD) + waiting_dependents(t);
    }
}

static enum cb_action best_of(const struct weights *weights, const uint32_t *features, unsigned allowed)
{
    return (enum cb_action)weights_best(weights, features, CB_ARC_FEATURES, allowed);
}

/* Bits of the allowed steps that cost least. */
static unsigned right_actions(const struct parse_trainer *t, unsigned allowed)
{
    unsigned right = 0;
    int least = INT32_MAX;
    for (unsigned a = 0; a < CB_ACTION_COUNT; a++) {
        if ((allowed >> a & 1) == 0)
            continue;
        int c = cost(t, (enum cb_action)a);
        if (c < least) {
            least = c;
            right = 0;
        }
        if (c == least)
            right |= 1u << a;
    }
    return right;
}

static unsigned learn_relation(struct parse_trainer *t, struct weights *weights, int word)
{
    uint32_t features[CB_RELATION_FEATURES];
    const struct cb_parse *p = &t->parse;
    const struct cb_parse_word *w = &p->words[word], *head = &p->words[w->head];
    uint64_t set =
        t->out->relation_sets[cb_relation_set_index(head->tag_number, w->tag_number, word < w->head)];
    unsigned relation = (unsigned)__builtin_ctzll(set), right = t->sentence->gold[word].relation;
    if ((set & (set - 1)) == 0)
        return relation;
    cb_relation_features(p, word, features);
    relation = weights_best(weights, features, CB_RELATION_FEATURES, set);
    weights->step++;
    if (w->head != t->heads[word])
        return relation;
    t->wrong_relations += relation != right;
    if (relation != right && (set >> right & 1) != 0)
        weights_update(weights, features, CB_RELATION_FEATURES, right, relation);
    return relation;
}

static enum cb_action learn_step(struct parse_trainer *t)
{
    uint32_t features[CB_ARC_FEATURES];
    struct weights *arcs = &t->out->arcs;
    unsigned allowed = cb_parse_allowed(&t->parse);
    if ((allowed & (allowed - 1)) == 0)
        return (enum cb_action)__builtin_ctz(allowed);
    cb_arc_features(&t->parse, features);
    unsigned right = right_actions(t, allowed);
    enum cb_action guess = best_of(arcs, features, allowed), best = best_of(arcs, features, right);
    arcs->step++;
    t->steps++;
    if ((right >> guess & 1) == 0) {
        weights_update(arcs, features, CB_ARC_FEATURES, best, guess);
        t->wrong_arcs++;
    }
    bool follow = t->explore && next_random(&t->random) >> 40 < (UINT64_C(1) << 24) / 10 * 9;
    return follow ? guess : best;
}

static void learn_sentence(struct parse_trainer *t, const struct gold_sentence *s)
{
    t->sentence = s;
    for (size_t i = 0; i < s->count; i++)
        t->heads[i] = s->gold[i].head < 0 ? (int)s->count : s->gold[i].head;
    t->heads[s->count] = CB_NO_WORD;
    cb_parse_begin(&t->parse, s->text, s->tokens, s->nodes, s->count);
    while (!cb_parse_done(&t->parse)) {
        int word = cb_parse_step(&t->parse, learn_step(t));
        if (word != CB_NO_WORD)
            cb_parse_label(&t->parse, word, learn_relation(t, &t->out->early, word));
    }
    cb_parse_one_root(&t->parse);
    for (int i = 0; i < t->parse.n; i++) {
        if (t->parse.words[i].head != t->parse.n)
            learn_relation(t, &t->out->late, i);
    }
}

static void add_relation(struct parse_training *out, unsigned head_tag, unsigned tag, unsigned left,
                         unsigned relation)
{
    out->relation_sets[cb_relation_set_index(head_tag, tag, left)] |= UINT64_C(1) << relation;
}

/* What the treebank has between two tags, as they are and as they are predicted; where it has nothing,
 * what the dependent's tag has with any head. */
static void count_relations(const struct treebank *treebank, struct parse_training *out)
{
    uint64_t of_tag[CB_TAG_COUNT][2] = {{0}};
    for (size_t i = 0; i < treebank->count; i++) {
        const struct gold_sentence *s = &treebank->sentences[i];
        for (size_t k = 0; k < s->count; k++) {
            int head = s->gold[k].head;
            unsigned left = head < 0 || (int)k < head, relation = s->gold[k].relation;
            add_relation(out, head < 0 ? CB_TAG_COUNT : s->gold[head].tag, s->gold[k].tag, left, relation);
            add_relation(out, head < 0 ? CB_TAG_COUNT : s->nodes[head].tag, s->nodes[k].tag, left, relation);
            if (head >= 0)
                of_tag[s->nodes[k].tag][left] |= UINT64_C(1) << relation;
        }
    }
    for (size_t i = 0; i < CB_RELATION_SETS; i++) {
        if (out->relation_sets[i] == 0)
            out->relation_sets[i] = of_tag[i / 2 % CB_TAG_COUNT][i % 2];
        if (out->relation_sets[i] == 0)
            out->relation_sets[i] = UINT64_C(1) << CB_REL_DEP;
    }
}

static void learn_rounds(struct parse_trainer *t, const struct treebank *treebank, size_t *order,
                         unsigned rounds)
{
    for (unsigned round = 0; round < rounds; round++) {
        t->explore = round >= 1;
        t->wrong_arcs = t->wrong_relations = t->steps = 0;
        for (size_t i = treebank->count; i > 1; i--) {
            size_t k = (size_t)(next_random(&t->random) >> 11) % i, kept = order[i - 1];
            order[i - 1] = order[k];
            order[k] = kept;
        }
        for (size_t i = 0; i < treebank->count; i++) {
            const struct gold_sentence *s = &treebank->sentences[order[i]];
            if (s->count <= CB_PARSE_MAX)
                learn_sentence(t, s);
        }
        fprintf(stderr, "parser round %u: %zu of %zu steps wrong, %zu relations wrong\n", round + 1,
                t->wrong_arcs, t->steps, t->wrong_relations);
    }
}

enum cb_code train_parser(const struct treebank *treebank, const struct settings *settings,
                          struct parse_training *out, struct cb_err *err)
{
    memset(out, 0, sizeof *out);
    struct parse_trainer *t = calloc(1, sizeof *t);
    size_t *order = calloc(treebank->count, sizeof *order);
    enum cb_code code = t == NULL || order == NULL ? cb_no_memory(err) : CB_OK;
    if (code == CB_OK)
        code = weights_init(&out->arcs, settings->arc_bits, CB_ACTION_COUNT, err);
    if (code == CB_OK)
        code = weights_init(&out->early, settings->early_bits, CB_LINE, err);
    if (code == CB_OK)
        code = weights_init(&out->late, settings->late_bits, CB_LINE, err);
    if (code == CB_OK) {
        t->out = out;
        t->random = 0x7654321;
        for (size_t i = 0; i < treebank->count; i++)
            order[i] = i;
        count_relations(treebank, out);
        learn_rounds(t, treebank, order, settings->parse_rounds);
    }
    free(order);
    free(t);
    return code;
}

void parse_training_release(struct parse_training *training)
{
    weights_release(&training->arcs);
    weights_release(&training->early);
    weights_release(&training->late);
}
