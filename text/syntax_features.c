/* What the parser looks at. The templates for arcs are those of Zhang and Nivre, "Transition-based
 * Dependency Parsing with Rich Non-local Features", ACL 2011. */
#include "text/syntax_parse.h"

static const struct cb_parse_word no_word = {.word = 0x7FEB352Du,
                                             .tag = 0x846CA68Bu,
                                             .tag_number = CB_TAG_COUNT,
                                             .relation = CB_NO_RELATION,
                                             .head = CB_NO_WORD,
                                             .left = CB_NO_WORD,
                                             .left2 = CB_NO_WORD,
                                             .right = CB_NO_WORD};

static const struct cb_item no_item = {.word = CB_NO_WORD,
                                       .left = CB_NO_WORD,
                                       .left2 = CB_NO_WORD,
                                       .right = CB_NO_WORD,
                                       .right2 = CB_NO_WORD,
                                       .left_relation = CB_NO_RELATION,
                                       .left2_relation = CB_NO_RELATION,
                                       .right_relation = CB_NO_RELATION,
                                       .right2_relation = CB_NO_RELATION,
                                       .relation = CB_NO_RELATION};

static inline const struct cb_parse_word *word_at(const struct cb_parse *parse, int at)
{
    return at < 0 || at > parse->n ? &no_word : &parse->words[at];
}

static uint32_t number_hash(unsigned number)
{
    return (number + 0x71u) * 0xC2B2AE35u;
}

static uint32_t set_hash(uint64_t set)
{
    set *= UINT64_C(0x9E3779B97F4A7C15);
    return (uint32_t)(set >> 32);
}

static unsigned distance(int from, int to)
{
    int d = to > from ? to - from : from - to;
    return d < 6 ? (unsigned)d : d < 11 ? 6 : 7;
}

/* Kinds of marks between two words: commas as none, one or more, the others as there or not. */
static uint32_t marks_between(const struct cb_parse_word *from, const struct cb_parse_word *to)
{
    uint64_t between = to->marks - from->marks, commas = between & 0x3FF;
    uint32_t kinds = commas > 2 ? 2 : (uint32_t)commas;
    for (unsigned field = 10; field < 60; field += 10)
        kinds = kinds << 1 | ((between >> field & 0x3FF) != 0);
    return number_hash(kinds + 0x100u);
}

/* Each template adds its own number, so that equal values of two templates differ; `first` is the number of
 * those before the function. */
#define FEATURE(value) out[n] = cb_mix((value) + 0x632BE5ABu * (uint32_t)(first + n + 1)), n++
#define PAIR(a, b)     FEATURE((a) ^ cb_turn(b, 7))
#define THREE(a, b, c) FEATURE((a) ^ cb_turn(b, 7) ^ cb_turn(c, 15))

/* The item on which this one hangs. */
static const struct cb_item *head_of(const struct cb_item *item)
{
    return item->relation != CB_NO_RELATION ? item->below : &no_item;
}

/* Templates of the front and what follows: known for each word of the sentence. */
static size_t word_features(const struct cb_parse *parse, int word, uint32_t *out)
{
    const struct cb_parse_word *b = word_at(parse, word);
    const struct cb_parse_word *b1 = word_at(parse, word + 1), *b2 = word_at(parse, word + 2);
    const size_t first = 0;
    size_t n = 0;
    PAIR(b->word, b->tag);
    FEATURE(b->word);
    FEATURE(b->tag);
    PAIR(b1->word, b1->tag);
    FEATURE(b1->word);
    FEATURE(b1->tag);
    PAIR(b2->word, b2->tag);
    FEATURE(b2->word);
    FEATURE(b2->tag);
    PAIR(b->tag, b1->tag);
    THREE(b->tag, b1->tag, b2->tag);
    PAIR(b->word, b->before);
    THREE(b->tag, b1->tag, b1->before);
    THREE(b->before, b1->before, b->tag);
    return n;
}

/* Templates of the front and its dependents. */
static size_t front_features(const struct cb_parse *parse, const struct cb_item *front, uint32_t *out)
{
    const struct cb_parse_word *b = word_at(parse, front->word);
    const struct cb_parse_word *bl = word_at(parse, front->left), *bl2 = word_at(parse, front->left2);
    uint32_t b_left = number_hash(front->left_count), set = set_hash(front->left_set);
    const size_t first = CB_WORD_FEATURES;
    size_t n = 0;
    PAIR(b->word, b_left);
    PAIR(b->tag, b_left);
    FEATURE(bl->word);
    FEATURE(bl->tag);
    FEATURE(number_hash(front->left_relation));
    FEATURE(bl2->word);
    FEATURE(bl2->tag);
    THREE(b->tag, bl->tag, bl2->tag);
    PAIR(b->word, set);
    PAIR(b->tag, set);
    return n;
}

/* Templates of the top of the stack, its head and its dependents. */
static size_t top_features(const struct cb_parse *parse, const struct cb_item *top, uint32_t *out)
{
    const struct cb_item *top_head = head_of(top), *top_head2 = head_of(top_head);
    const struct cb_parse_word *s = word_at(parse, top->word);
    const struct cb_parse_word *sh = word_at(parse, top_head->word), *sh2 = word_at(parse, top_head2->word);
    const struct cb_parse_word *sl = word_at(parse, top->left), *sl2 = word_at(parse, top->left2);
    const struct cb_parse_word *sr = word_at(parse, top->right), *sr2 = word_at(parse, top->right2);
    uint32_t s_left = number_hash(top->left_count), s_right = number_hash(top->right_count);
    uint32_t left_set = set_hash(top->left_set), right_set = set_hash(top->right_set);
    const size_t first = CB_WORD_FEATURES + CB_FRONT_FEATURES;
    size_t n = 0;
    PAIR(s->word, s->tag);
    FEATURE(s->word);
    FEATURE(s->tag);
    PAIR(s->word, s_right);
    PAIR(s->tag, s_right);
    PAIR(s->word, s_left);
    PAIR(s->tag, s_left);
    FEATURE(sh->word);
    FEATURE(sh->tag);
    FEATURE(number_hash(top->relation));
    FEATURE(sl->word);
    FEATURE(sl->tag);
    FEATURE(number_hash(top->left_relation));
    FEATURE(sr->word);
    FEATURE(sr->tag);
    FEATURE(number_hash(top->right_relation));
    FEATURE(sh2->word);
    FEATURE(sh2->tag);
    FEATURE(number_hash(top_head->relation));
    FEATURE(sl2->word);
    FEATURE(sl2->tag);
    FEATURE(sr2->word);
    FEATURE(sr2->tag);
    THREE(s->tag, sl->tag, sl2->tag);
    THREE(s->tag, sr->tag, sr2->tag);
    THREE(s->tag, sh->tag, sh2->tag);
    PAIR(s->word, right_set);
    PAIR(s->tag, right_set);
    PAIR(s->word, left_set);
    PAIR(s->tag, left_set);
    return n;
}

/* Templates of top and front together. */
static size_t pair_features(const struct cb_parse *parse, const struct cb_item *top,
                            const struct cb_item *front, uint32_t *out)
{
    const struct cb_parse_word *s = word_at(parse, top->word), *b = word_at(parse, front->word);
    const struct cb_parse_word *s1 = word_at(parse, top->below != NULL ? top->below->word : CB_NO_WORD);
    const struct cb_parse_word *b1 = word_at(parse, front->word + 1);
    const struct cb_parse_word *sh = word_at(parse, head_of(top)->word), *sl = word_at(parse, top->left);
    const struct cb_parse_word *sr = word_at(parse, top->right), *bl = word_at(parse, front->left);
    uint32_t d = number_hash(distance(top->word, front->word)), between = marks_between(s, b);
    const size_t first = CB_WORD_FEATURES + CB_FRONT_FEATURES + CB_TOP_FEATURES;
    size_t n = 0;
    THREE(s->word, s->tag, b->tag);
    THREE(s->tag, b->word, b->tag);
    PAIR(s->word, b->word);
    PAIR(s->tag, b->tag);
    THREE(s->tag, b->tag, b1->tag);
    THREE(sh->tag, s->tag, b->tag);
    THREE(s->tag, sl->tag, b->tag);
    THREE(s->tag, sr->tag, b->tag);
    THREE(s->tag, b->tag, bl->tag);
    THREE(s1->tag, s->tag, b->tag);
    PAIR(s1->word, b->word);
    PAIR(s->word, d);
    PAIR(s->tag, d);
    PAIR(b->word, d);
    PAIR(b->tag, d);
    THREE(s->tag, b->tag, d);
    THREE(s->tag, b->tag, number_hash(top->relation));
    PAIR(s->tag, between);
    PAIR(b->tag, between);
    THREE(s->tag, b->tag, between);
    PAIR(s->word, between);
    THREE(s->tag, s->before, b->tag);
    return n;
}

void cb_arc_features(const struct cb_parse *parse, const struct cb_state *state,
                     uint32_t out[CB_ARC_FEATURES])
{
    size_t n = word_features(parse, state->front->word, out);
    n += front_features(parse, state->front, out + n);
    n += top_features(parse, state->top, out + n);
    pair_features(parse, state->top, state->front, out + n);
}

/* Features whose sum is wanted. */
struct part {
    struct cb_part_scores *scores;
    const uint32_t *features;
    size_t count;
};

static void add_part(const struct cb_scorer *scorer, struct part *parts, size_t *n,
                     struct cb_part_scores *scores, const uint32_t *features, size_t count)
{
    if (scorer->soon != NULL)
        scorer->soon(scorer->data, features, count);
    parts[(*n)++] = (struct part){scores, features, count};
}

/* First all features, then the sums: the rows stand anywhere in the model and need time to come. */
void cb_arc_scores(struct cb_search *search, const struct cb_state *state, float out[CB_ACTION_COUNT])
{
    uint32_t features[CB_ARC_FEATURES], *at = features;
    const struct cb_parse *parse = search->parse;
    const struct cb_scorer *scorer = &search->scorer;
    struct cb_item *front = &search->items[state->front - search->items];
    struct cb_item *top = &search->items[state->top - search->items];
    struct cb_part_scores *word = &search->words[front->word], pair;
    struct part parts[4];
    size_t n = 0, count = pair_features(parse, top, front, at);
    add_part(scorer, parts, &n, &pair, at, count);
    at += count;
    if (!top->as_top.known) {
        count = top_features(parse, top, at);
        add_part(scorer, parts, &n, &top->as_top, at, count);
        at += count;
    }
    if (!front->as_front.known) {
        count = front_features(parse, front, at);
        add_part(scorer, parts, &n, &front->as_front, at, count);
        at += count;
    }
    if (!word->known)
        add_part(scorer, parts, &n, word, at, word_features(parse, front->word, at));
    for (size_t i = 0; i < n; i++) {
        scorer->arcs(scorer->data, parts[i].features, parts[i].count, parts[i].scores->sums);
        parts[i].scores->known = true;
    }
    for (size_t a = 0; a < CB_ACTION_COUNT; a++)
        out[a] = pair.sums[a] + word->sums[a] + front->as_front.sums[a] + top->as_top.sums[a];
}

/* An arc, as far as is known. */
struct arc {
    int word, head;
    int left, left2, right, grand, head_left, head_right; /* dependents, and the head's head */
    uint32_t left_set, head_left_set, head_right_set;     /* hashes */
    unsigned head_relation;
};

static void relation_features(const struct cb_parse *parse, const struct arc *arc,
                              uint32_t out[CB_LATE_FEATURES])
{
    const struct cb_parse_word *w = &parse->words[arc->word], *h = &parse->words[arc->head];
    const struct cb_parse_word *before = word_at(parse, arc->word - 1),
                               *after = word_at(parse, arc->word + 1);
    const struct cb_parse_word *left = word_at(parse, arc->left), *left2 = word_at(parse, arc->left2);
    const struct cb_parse_word *right = word_at(parse, arc->right), *grand = word_at(parse, arc->grand);
    const struct cb_parse_word *h_left = word_at(parse, arc->head_left);
    const struct cb_parse_word *h_right = word_at(parse, arc->head_right);
    uint32_t side = number_hash(arc->word < arc->head ? 40 : 41);
    uint32_t d = number_hash(distance(arc->word, arc->head)) ^ side;
    uint32_t h_sets = arc->head_left_set ^ cb_turn(arc->head_right_set, 5);
    const size_t first = 0;
    size_t n = 0;

    PAIR(w->word, side);
    PAIR(w->tag, side);
    PAIR(h->word, side);
    PAIR(h->tag, side);
    THREE(w->word, h->word, side);
    THREE(w->word, h->tag, side);
    THREE(w->tag, h->word, side);
    THREE(w->tag, h->tag, side);
    THREE(w->tag, h->tag, d);
    PAIR(w->word, d);
    THREE(w->tag, before->tag, h->tag ^ side);
    THREE(w->tag, after->tag, h->tag ^ side);
    THREE(w->tag, left->word, h->tag ^ side);
    THREE(w->tag, left->tag, h->tag ^ side);
    THREE(w->tag, left->word, h->word ^ side);
    THREE(w->word, left->word, side);
    THREE(w->tag, left2->word, left->tag);
    THREE(w->tag, right->tag, h->tag ^ side);
    THREE(w->tag, right->word, side);
    THREE(w->tag, arc->left_set, h->tag ^ side);
    THREE(w->word, arc->left_set, side);
    THREE(w->tag, arc->head_left_set, h->tag ^ side);
    THREE(w->tag, h_sets, h->tag ^ side);
    THREE(w->tag, grand->tag, h->tag ^ side);
    THREE(w->tag, number_hash(arc->head_relation), h->tag ^ side);
    THREE(w->tag, h_left->tag, h->tag ^ side);
    THREE(w->tag, h_right->tag, h->tag ^ side);
    PAIR(h->word ^ side, h_sets ^ w->tag);
}

void cb_early_features(const struct cb_parse *parse, int head, int word, uint32_t out[CB_EARLY_FEATURES])
{
    const struct cb_parse_word *w = &parse->words[word], *h = &parse->words[head];
    const struct cb_parse_word *before = word_at(parse, word - 1), *after = word_at(parse, word + 1);
    const struct cb_parse_word *h_before = word_at(parse, head - 1), *h_after = word_at(parse, head + 1);
    uint32_t side = number_hash(word < head ? 40 : 41), d = number_hash(distance(word, head)) ^ side;
    uint32_t between = word < head ? marks_between(w, h) : marks_between(h, w);
    const size_t first = 0;
    size_t n = 0;
    PAIR(w->word, side);
    PAIR(h->word, side);
    THREE(w->word, h->word, side);
    THREE(w->word, h->tag, side);
    THREE(w->tag, h->word, side);
    THREE(w->tag, h->tag, d);
    PAIR(w->word, d);
    THREE(w->tag, before->tag, h->tag ^ side);
    THREE(w->tag, after->tag, h->tag ^ side);
    THREE(w->tag, h_before->tag, h->tag ^ side);
    THREE(w->tag, h_after->tag, h->tag ^ side);
    THREE(w->tag, before->word, h->tag ^ side);
    THREE(w->tag, h->tag, between ^ side);
    THREE(w->word, before->tag, side);
}

void cb_late_features(const struct cb_parse *parse, int word, uint32_t out[CB_LATE_FEATURES])
{
    const struct cb_parse_word *w = &parse->words[word], *h = &parse->words[w->head];
    const struct arc arc = {
        .word = word,
        .head = w->head,
        .left = w->left,
        .left2 = w->left2,
        .right = w->right,
        .grand = h->head,
        .head_left = h->left,
        .head_right = h->right,
        .left_set = set_hash(w->left_set),
        .head_left_set = set_hash(h->left_set),
        .head_right_set = set_hash(h->right_set),
        .head_relation = h->relation,
    };
    relation_features(parse, &arc, out);
}
