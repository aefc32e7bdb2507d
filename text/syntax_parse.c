/* The parser's steps: arc-eager (Nivre, "An Efficient Algorithm for Projective Dependency Parsing",
 * IWPT 2003) with the root behind the last word (Ballesteros and Nivre, "Going to the Roots of Dependency
 * Parsing", CL 2013). */
#include "text/syntax_parse.h"

static uint32_t tag_hash(unsigned tag)
{
    return cb_mix(tag + 0x3001u);
}

void cb_parse_begin(struct cb_parse *parse, const char *text, const struct cb_token *tokens,
                    const struct cb_node *nodes, size_t count)
{
    parse->n = (int)count;
    parse->front = 0;
    parse->depth = 0;
    for (size_t i = 0; i <= count; i++) {
        unsigned tag = i < count ? nodes[i].tag : CB_TAG_COUNT;
        parse->words[i] = (struct cb_parse_word){
            .word = i < count ? cb_word_key(text, &tokens[i]) : 0x5BD1E995u,
            .tag = tag_hash(tag),
            .tag_number = (uint8_t)tag,
            .relation = CB_NO_RELATION,
            .head = CB_NO_WORD,
            .left = CB_NO_WORD,
            .left2 = CB_NO_WORD,
            .right = CB_NO_WORD,
            .right2 = CB_NO_WORD,
        };
    }
}

unsigned cb_parse_allowed(const struct cb_parse *parse)
{
    bool at_root = parse->front == parse->n;
    if (parse->depth == 0)
        return 1u << CB_SHIFT;
    bool has_head = parse->words[parse->stack[parse->depth - 1]].head != CB_NO_WORD;
    if (at_root)
        return has_head ? 1u << CB_REDUCE : 1u << CB_LEFT;
    return 1u << CB_SHIFT | 1u << CB_RIGHT | (has_head ? 1u << CB_REDUCE : 1u << CB_LEFT);
}

static uint8_t one_more(uint8_t count)
{
    return count < UINT8_MAX ? (uint8_t)(count + 1) : count;
}

static void attach(struct cb_parse *parse, int head, int word)
{
    struct cb_parse_word *h = &parse->words[head];
    parse->words[word].head = (int16_t)head;
    if (word < head) {
        h->left2 = h->left;
        h->left = (int16_t)word;
        h->left_count = one_more(h->left_count);
    } else {
        h->right2 = h->right;
        h->right = (int16_t)word;
        h->right_count = one_more(h->right_count);
    }
}

int cb_parse_step(struct cb_parse *parse, enum cb_action action)
{
    int dependent = CB_NO_WORD;
    switch (action) {
    case CB_LEFT:
        dependent = parse->stack[--parse->depth];
        attach(parse, parse->front, dependent);
        break;
    case CB_REDUCE:
        parse->depth--;
        break;
    case CB_RIGHT:
        dependent = parse->front;
        attach(parse, parse->stack[parse->depth - 1], dependent);
        parse->stack[parse->depth++] = (int16_t)parse->front++;
        break;
    default:
        parse->stack[parse->depth++] = (int16_t)parse->front++;
        break;
    }
    return dependent;
}

void cb_parse_label(struct cb_parse *parse, int word, unsigned relation)
{
    struct cb_parse_word *w = &parse->words[word], *head = &parse->words[w->head];
    w->relation = (uint8_t)relation;
    if (word < w->head)
        head->left_set |= UINT64_C(1) << relation;
    else
        head->right_set |= UINT64_C(1) << relation;
}

void cb_parse_one_root(struct cb_parse *parse)
{
    int first = CB_NO_WORD;
    for (int i = 0; i < parse->n; i++) {
        if (parse->words[i].head != parse->n)
            continue;
        if (first == CB_NO_WORD)
            first = i;
        else
            parse->words[i].head = (int16_t)first;
    }
}

static enum cb_code flat(struct cb_node *nodes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        nodes[i].head = i == 0 ? -1 : 0;
        nodes[i].relation = i == 0 ? CB_REL_ROOT : CB_REL_DEP;
    }
    return CB_OK;
}

static enum cb_action best_action(const struct cb_syntax_model *model, const uint32_t *features,
                                  unsigned allowed)
{
    int32_t scores[CB_ACTION_COUNT] = {0};
    int best = CB_ACTION_COUNT;
    for (size_t i = 0; i < CB_ARC_FEATURES; i++) {
        const int8_t *row = model->arc_rows + (size_t)(features[i] >> model->arc_shift) * CB_ACTION_COUNT;
        for (int a = 0; a < CB_ACTION_COUNT; a++)
            scores[a] += cb_weight(row[a]);
    }
    for (int a = 0; a < CB_ACTION_COUNT; a++) {
        if ((allowed >> a & 1) != 0 && (best == CB_ACTION_COUNT || scores[a] > scores[best]))
            best = a;
    }
    return (enum cb_action)best;
}

static unsigned relation_of(const struct cb_syntax_model *model, const int8_t *cells, uint32_t shift,
                            const struct cb_parse *parse, int word)
{
    uint32_t features[CB_RELATION_FEATURES];
    const struct cb_parse_word *w = &parse->words[word], *head = &parse->words[w->head];
    uint64_t set =
        model->relation_sets[cb_relation_set_index(head->tag_number, w->tag_number, word < w->head)];
    if ((set & (set - 1)) == 0)
        return (unsigned)__builtin_ctzll(set);
    cb_relation_features(parse, word, features);
    return cb_best_label(cells, shift, features, CB_RELATION_FEATURES, set);
}

static void make_tree(const struct cb_syntax_model *model, struct cb_parse *parse)
{
    uint32_t features[CB_ARC_FEATURES];
    while (!cb_parse_done(parse)) {
        unsigned allowed = cb_parse_allowed(parse);
        enum cb_action action = (enum cb_action)__builtin_ctz(allowed);
        if ((allowed & (allowed - 1)) != 0) {
            cb_arc_features(parse, features);
            action = best_action(model, features, allowed);
        }
        int word = cb_parse_step(parse, action);
        if (word != CB_NO_WORD)
            cb_parse_label(parse, word,
                           relation_of(model, model->early_cells, model->early_shift, parse, word));
    }
}

enum cb_code cb_parse(const struct cb_syntax_model *model, const char *text, const struct cb_token *tokens,
                      size_t count, struct cb_arena *scratch, struct cb_node *nodes, struct cb_err *err)
{
    struct cb_parse parse;
    (void)scratch; /* the state of the longest sentence is small enough for the stack */
    (void)err;
    if (count > CB_PARSE_MAX)
        return flat(nodes, count);
    cb_parse_begin(&parse, text, tokens, nodes, count);
    make_tree(model, &parse);
    cb_parse_one_root(&parse);
    for (size_t i = 0; i < count; i++) {
        int head = parse.words[i].head;
        nodes[i].head = head == parse.n ? -1 : (int16_t)head;
        nodes[i].relation = head == parse.n ? CB_REL_ROOT
                                            : (uint8_t)relation_of(model, model->late_cells,
                                                                   model->late_shift, &parse, (int)i);
    }
    return CB_OK;
}
