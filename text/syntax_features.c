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
                                             .right = CB_NO_WORD,
                                             .right2 = CB_NO_WORD};

static const struct cb_parse_word *word_at(const struct cb_parse *parse, int at)
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

/* each template adds its own number, so that equal values of two templates differ */
#define FEATURE(value) out[n] = cb_mix((value) + 0x632BE5ABu * (uint32_t)(n + 1)), n++
#define PAIR(a, b)     FEATURE((a) ^ cb_turn(b, 7))
#define THREE(a, b, c) FEATURE((a) ^ cb_turn(b, 7) ^ cb_turn(c, 15))

void cb_arc_features(const struct cb_parse *parse, uint32_t out[CB_ARC_FEATURES])
{
    int top = parse->depth > 0 ? parse->stack[parse->depth - 1] : CB_NO_WORD;
    int below = parse->depth > 1 ? parse->stack[parse->depth - 2] : CB_NO_WORD;
    const struct cb_parse_word *s = word_at(parse, top), *b = word_at(parse, parse->front);
    const struct cb_parse_word *s1 = word_at(parse, below);
    const struct cb_parse_word *b1 = word_at(parse, parse->front + 1), *b2 = word_at(parse, parse->front + 2);
    const struct cb_parse_word *sh = word_at(parse, s->head), *sh2 = word_at(parse, sh->head);
    const struct cb_parse_word *sl = word_at(parse, s->left), *sl2 = word_at(parse, s->left2);
    const struct cb_parse_word *sr = word_at(parse, s->right), *sr2 = word_at(parse, s->right2);
    const struct cb_parse_word *bl = word_at(parse, b->left), *bl2 = word_at(parse, b->left2);
    uint32_t d = number_hash(distance(top, parse->front));
    uint32_t s_left = number_hash(s->left_count), s_right = number_hash(s->right_count);
    uint32_t b_left = number_hash(b->left_count);
    size_t n = 0;

    /* single words */
    PAIR(s->word, s->tag);
    FEATURE(s->word);
    FEATURE(s->tag);
    PAIR(b->word, b->tag);
    FEATURE(b->word);
    FEATURE(b->tag);
    PAIR(b1->word, b1->tag);
    FEATURE(b1->word);
    FEATURE(b1->tag);
    PAIR(b2->word, b2->tag);
    FEATURE(b2->word);
    FEATURE(b2->tag);
    /* top and front */
    THREE(s->word ^ s->tag, b->word, b->tag);
    PAIR(s->word ^ cb_turn(s->tag, 3), b->word);
    PAIR(s->word, b->word ^ cb_turn(b->tag, 3));
    THREE(s->word, s->tag, b->tag);
    THREE(s->tag, b->word, b->tag);
    PAIR(s->word, b->word);
    PAIR(s->tag, b->tag);
    PAIR(b->tag, b1->tag);
    /* three words */
    THREE(b->tag, b1->tag, b2->tag);
    THREE(s->tag, b->tag, b1->tag);
    THREE(sh->tag, s->tag, b->tag);
    THREE(s->tag, sl->tag, b->tag);
    THREE(s->tag, sr->tag, b->tag);
    THREE(s->tag, b->tag, bl->tag);
    THREE(s1->tag, s->tag, b->tag);
    PAIR(s1->word, b->word);
    /* distance */
    PAIR(s->word, d);
    PAIR(s->tag, d);
    PAIR(b->word, d);
    PAIR(b->tag, d);
    THREE(s->word, b->word, d);
    THREE(s->tag, b->tag, d);
    /* number of dependents */
    PAIR(s->word, s_right);
    PAIR(s->tag, s_right);
    PAIR(s->word, s_left);
    PAIR(s->tag, s_left);
    PAIR(b->word, b_left);
    PAIR(b->tag, b_left);
    /* heads and dependents */
    FEATURE(sh->word);
    FEATURE(sh->tag);
    FEATURE(number_hash(s->relation));
    FEATURE(sl->word);
    FEATURE(sl->tag);
    FEATURE(number_hash(sl->relation));
    FEATURE(sr->word);
    FEATURE(sr->tag);
    FEATURE(number_hash(sr->relation));
    FEATURE(bl->word);
    FEATURE(bl->tag);
    FEATURE(number_hash(bl->relation));
    FEATURE(sh2->word);
    FEATURE(sh2->tag);
    FEATURE(number_hash(sh->relation));
    FEATURE(sl2->word);
    FEATURE(sl2->tag);
    FEATURE(sr2->word);
    FEATURE(sr2->tag);
    FEATURE(bl2->word);
    FEATURE(bl2->tag);
    THREE(s->tag, sl->tag, sl2->tag);
    THREE(s->tag, sr->tag, sr2->tag);
    THREE(s->tag, sh->tag, sh2->tag);
    THREE(b->tag, bl->tag, bl2->tag);
    /* relations of the dependents */
    PAIR(s->word, set_hash(s->right_set));
    PAIR(s->tag, set_hash(s->right_set));
    PAIR(s->word, set_hash(s->left_set));
    PAIR(s->tag, set_hash(s->left_set));
    PAIR(b->word, set_hash(b->left_set));
    PAIR(b->tag, set_hash(b->left_set));
    THREE(s->tag, b->tag, number_hash(s->relation));
}

void cb_relation_features(const struct cb_parse *parse, int word, uint32_t out[CB_RELATION_FEATURES])
{
    const struct cb_parse_word *w = &parse->words[word], *h = &parse->words[w->head];
    const struct cb_parse_word *before = word_at(parse, word - 1), *after = word_at(parse, word + 1);
    const struct cb_parse_word *left = word_at(parse, w->left), *left2 = word_at(parse, w->left2);
    const struct cb_parse_word *right = word_at(parse, w->right), *grand = word_at(parse, h->head);
    const struct cb_parse_word *h_left = word_at(parse, h->left), *h_right = word_at(parse, h->right);
    uint32_t side = number_hash(word < w->head ? 40 : 41), d = number_hash(distance(word, w->head)) ^ side;
    uint32_t h_sets = set_hash(h->left_set) ^ cb_turn(set_hash(h->right_set), 5);
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
    THREE(w->tag, set_hash(w->left_set), h->tag ^ side);
    THREE(w->word, set_hash(w->left_set), side);
    THREE(w->tag, set_hash(h->left_set), h->tag ^ side);
    THREE(w->tag, h_sets, h->tag ^ side);
    THREE(w->tag, grand->tag, h->tag ^ side);
    THREE(w->tag, number_hash(h->relation), h->tag ^ side);
    THREE(w->tag, h_left->tag, h->tag ^ side);
    THREE(w->tag, h_right->tag, h->tag ^ side);
    PAIR(h->word ^ side, h_sets ^ w->tag);
}
