/* Training of what is decided on finished trees: the relations and the heads of punctuation. The trees are as
 * bad as those that the parser will make, because each was made by a parser that had not seen its sentence.
 */
#include "train_parse.h"

/* Heads of the treebank as words of the parse; those of words that hang on a mark, as tags are guessed, on
 * the first of its heads that is a word. */
void trainer_begin(struct parse_trainer *t, const struct gold_sentence *s)
{
    int word_of[CB_PARSE_MAX];
    const struct cb_parse *p = &t->parse;
    t->sentence = s;
    cb_parse_begin(&t->parse, s->text, s->tokens, s->nodes, s->count);
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

static uint64_t relations_between(const struct parse_trainer *t, bool late, int head, int word)
{
    const struct cb_parse_word *words = t->parse.words;
    return t->out->relation_sets[late][cb_relation_set_index(words[head].tag_number, words[word].tag_number,
                                                             word < head)];
}

void learn_relation(struct parse_trainer *t, struct weights *weights, const uint32_t *features, size_t count,
                    int head, int word)
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

void learn_tree(struct parse_trainer *t)
{
    const struct gold_sentence *s = t->sentence;
    learn_late(t);
    cb_marks_begin(&t->marks, &t->parse, s->text, s->tokens, s->nodes, s->count);
    for (size_t i = 0; i < s->count; i++) {
        if (cb_marks_has(&t->marks, i))
            learn_mark(t, i);
    }
}
