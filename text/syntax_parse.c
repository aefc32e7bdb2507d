#include "text/syntax_parse.h"

#include "text/syntax_marks.h"

static uint32_t tag_hash(unsigned tag)
{
    return cb_mix(tag + 0x3001u);
}

/* The field of cb_parse_word.marks that counts marks with this tag; fields are wide enough for
 * CB_PARSE_MAX. */
static unsigned mark_field(unsigned tag)
{
    switch (tag) {
    case CB_TAG_COMMA:
        return 0;
    case CB_TAG_COLON:
        return 10;
    case CB_TAG_QUOTE_OPEN:
    case CB_TAG_QUOTE_CLOSE:
        return 20;
    case CB_TAG_LRB:
    case CB_TAG_RRB:
        return 30;
    case CB_TAG_HYPH:
        return 40;
    default:
        return 50;
    }
}

static void add_word(struct cb_parse *parse, uint32_t key, unsigned tag, size_t token)
{
    parse->words[parse->n] = (struct cb_parse_word){
        .word = key,
        .tag = tag_hash(tag),
        .before = parse->words[parse->n].before,
        .marks = parse->words[parse->n].marks,
        .token = (int16_t)token,
        .tag_number = (uint8_t)tag,
        .relation = CB_NO_RELATION,
        .head = CB_NO_WORD,
        .left = CB_NO_WORD,
        .left2 = CB_NO_WORD,
        .right = CB_NO_WORD,
    };
}

/* The next word begins: no mark stands before it yet. */
static void begin_word(struct cb_parse *parse)
{
    parse->words[parse->n].before = 0;
    parse->words[parse->n].marks = parse->n > 0 ? parse->words[parse->n - 1].marks : 0;
}

void cb_parse_begin(struct cb_parse *parse, const char *text, const struct cb_token *tokens,
                    const struct cb_node *nodes, size_t count)
{
    bool words = false;
    for (size_t i = 0; i < count && !words; i++)
        words = !cb_tag_is_punct(nodes[i].tag);
    parse->n = 0;
    begin_word(parse);
    for (size_t i = 0; i < count; i++) {
        if (cb_tag_is_punct(nodes[i].tag) && (words || i > 0)) {
            struct cb_parse_word *next = &parse->words[parse->n];
            next->before = (next->before ^ (nodes[i].tag + 1u)) * 0x27D4EB2Fu;
            next->marks += UINT64_C(1) << mark_field(nodes[i].tag);
            continue;
        }
        add_word(parse, cb_word_key(text, &tokens[i]), nodes[i].tag, i);
        parse->n++;
        begin_word(parse);
    }
    add_word(parse, 0x5BD1E995u, CB_TAG_COUNT, count);
}

static void one_root(struct cb_parse *parse)
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

void cb_parse_link(struct cb_parse *parse)
{
    struct cb_parse_word *words = parse->words;
    for (int i = 0; i <= parse->n; i++) {
        words[i].left = words[i].left2 = words[i].right = CB_NO_WORD;
        words[i].left_set = words[i].right_set = 0;
    }
    for (int i = parse->n - 1; i >= 0; i--) {
        struct cb_parse_word *head = &words[words[i].head];
        if (words[i].head < i)
            continue;
        head->left2 = head->left;
        head->left = (int16_t)i;
        head->left_set |= UINT64_C(1) << words[i].relation;
    }
    for (int i = 0; i < parse->n; i++) {
        struct cb_parse_word *head = &words[words[i].head];
        if (words[i].head > i)
            continue;
        head->right = (int16_t)i;
        head->right_set |= UINT64_C(1) << words[i].relation;
    }
}

void cb_parse_finish(struct cb_parse *parse, const struct cb_state *last)
{
    for (const struct cb_state *after = last; after->previous != NULL; after = after->previous) {
        const struct cb_state *before = after->previous;
        if (after->action != CB_LEFT && after->action != CB_RIGHT)
            continue;
        bool left = after->action == CB_LEFT;
        struct cb_parse_word *word = &parse->words[left ? before->top->word : before->front->word];
        word->head = left ? before->front->word : before->top->word;
        word->relation = after->relation;
    }
    one_root(parse);
    cb_parse_link(parse);
}

static enum cb_code flat(struct cb_node *nodes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        nodes[i].head = i == 0 ? -1 : 0;
        nodes[i].relation = i == 0 ? CB_REL_ROOT : CB_REL_DEP;
    }
    return CB_OK;
}

static void score_arcs(const void *data, const uint32_t *features, size_t count, float out[CB_ACTION_COUNT])
{
    const struct cb_syntax_model *model = data;
    int32_t sums[CB_ACTION_COUNT];
    cb_sum_rows(model->arc_rows, model->arc_shift, features, count, sums);
    for (int a = 0; a < CB_ACTION_COUNT; a++)
        out[a] = (float)sums[a];
}

static void fetch_arcs(const void *data, const uint32_t *features, size_t count)
{
    const struct cb_syntax_model *model = data;
    for (size_t i = 0; i < count; i++)
        __builtin_prefetch(model->arc_rows + (size_t)(features[i] >> model->arc_shift) * CB_ACTION_COUNT);
}

static unsigned choose_relation(const void *data, const uint32_t features[CB_EARLY_FEATURES], uint64_t set)
{
    const struct cb_syntax_model *model = data;
    return cb_best_label(model->early_cells, model->early_shift, features, CB_EARLY_FEATURES, set);
}

static unsigned late_relation(const struct cb_syntax_model *model, const struct cb_parse *parse, int word)
{
    uint32_t features[CB_LATE_FEATURES];
    const struct cb_parse_word *w = &parse->words[word];
    uint64_t set = model->late_sets[cb_relation_set_index(parse->words[w->head].tag_number, w->tag_number,
                                                          word < w->head)];
    if ((set & (set - 1)) == 0)
        return (unsigned)__builtin_ctzll(set);
    cb_late_features(parse, word, features);
    return cb_best_label(model->late_cells, model->late_shift, features, CB_LATE_FEATURES, set);
}

/* Writes the words' heads and relations as tokens'. */
static void write_words(const struct cb_syntax_model *model, const struct cb_parse *parse,
                        struct cb_node *nodes)
{
    for (int i = 0; i < parse->n; i++) {
        const struct cb_parse_word *w = &parse->words[i];
        struct cb_node *node = &nodes[w->token];
        bool root = w->head == parse->n;
        node->head = root ? -1 : parse->words[w->head].token;
        node->relation = root ? CB_REL_ROOT : (uint8_t)late_relation(model, parse, i);
    }
}

static enum cb_code make_tree(const struct cb_syntax_model *model, struct cb_parse *parse, struct cb_err *err)
{
    struct cb_search search;
    struct cb_scorer scorer = {.arcs = score_arcs,
                               .soon = fetch_arcs,
                               .relation = choose_relation,
                               .relation_sets = model->early_sets,
                               .data = model};
    enum cb_code code =
        cb_search_begin(&search, parse, &scorer, model->beam_width, model->beam_narrow, 0, err);
    for (int i = 0; code == CB_OK && i < 2 * parse->n; i++)
        cb_search_step(&search);
    if (code == CB_OK)
        cb_parse_finish(parse, search.beam[0]);
    cb_search_release(&search);
    return code;
}

enum cb_code cb_parse(const struct cb_syntax_model *model, const char *text, const struct cb_token *tokens,
                      size_t count, struct cb_arena *scratch, struct cb_node *nodes, struct cb_err *err)
{
    struct cb_parse parse;
    (void)scratch; /* what one sentence needs is given back at once */
    if (count > CB_PARSE_MAX)
        return flat(nodes, count);
    if (count == 0)
        return CB_OK;
    cb_parse_begin(&parse, text, tokens, nodes, count);
    enum cb_code code = make_tree(model, &parse, err);
    if (code != CB_OK)
        return code;
    write_words(model, &parse, nodes);
    if ((size_t)parse.n < count)
        cb_marks_attach(model, &parse, text, tokens, count, nodes);
    return CB_OK;
}
