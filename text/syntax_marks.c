#include "text/syntax_marks.h"

/* Brackets and quotation marks that belong together. */
static void find_partners(struct cb_marks *m)
{
    int16_t open[CB_PARSE_MAX];
    int depth = 0;
    for (size_t i = 0; i < m->count; i++) {
        unsigned tag = m->nodes[i].tag;
        m->partner[i] = -1;
        if (tag == CB_TAG_LRB || tag == CB_TAG_QUOTE_OPEN)
            open[depth++] = (int16_t)i;
        if (tag != CB_TAG_RRB && tag != CB_TAG_QUOTE_CLOSE)
            continue;
        unsigned wanted = tag == CB_TAG_RRB ? CB_TAG_LRB : CB_TAG_QUOTE_OPEN;
        for (int k = depth - 1; k >= 0; k--) {
            if (m->nodes[open[k]].tag != wanted)
                continue;
            m->partner[i] = open[k];
            m->partner[open[k]] = (int16_t)i;
            depth = k;
            break;
        }
    }
}

static void find_reach(struct cb_marks *m)
{
    const struct cb_parse_word *words = m->parse->words;
    for (int i = 0; i < m->parse->n; i++)
        m->first[i] = m->last[i] = (int16_t)i;
    for (int i = 0; i < m->parse->n; i++) {
        for (int at = words[i].head; at != m->parse->n && (m->first[at] > i || m->last[at] < i);
             at = words[at].head) {
            if (m->first[at] > i)
                m->first[at] = (int16_t)i;
            if (m->last[at] < i)
                m->last[at] = (int16_t)i;
        }
    }
}

void cb_marks_begin(struct cb_marks *m, const struct cb_parse *parse, const char *text,
                    const struct cb_token *tokens, const struct cb_node *nodes, size_t count)
{
    int word = 0;
    m->parse = parse;
    m->text = text;
    m->tokens = tokens;
    m->nodes = nodes;
    m->count = count;
    for (size_t i = 0; i < count; i++) {
        m->gap[i] = (int16_t)word;
        if (parse->words[word].token == (int)i)
            word++;
    }
    find_partners(m);
    find_reach(m);
}

bool cb_marks_has(const struct cb_marks *m, size_t token)
{
    return m->parse->words[m->gap[token]].token != (int)token;
}

size_t cb_mark_candidates(const struct cb_marks *m, size_t token, int16_t out[CB_MARK_CANDIDATES])
{
    int gap = m->gap[token], n = m->parse->n;
    size_t count = 0;
    for (int at = gap - 1; at >= 0 && at < gap && count < CB_MARK_CANDIDATES / 2;
         at = m->parse->words[at].head)
        out[count++] = (int16_t)at;
    for (int at = gap; at >= gap && at < n && count < CB_MARK_CANDIDATES; at = m->parse->words[at].head)
        out[count++] = (int16_t)at;
    return count;
}

static bool is_mark(const struct cb_marks *m, int token, unsigned tag)
{
    return token >= 0 && token < (int)m->count && m->nodes[token].tag == tag;
}

/* Where the head of the word stands, seen from the mark: 0 same side, 1 other side, 2 the word is the root.
 */
static unsigned crossing(const struct cb_marks *m, int gap, int word)
{
    int head = m->parse->words[word].head;
    if (head == m->parse->n)
        return 2;
    return (word < gap) != (head < gap);
}

/* 0 no partner, 1 outside the pair, 2 inside, 3 inside with its head outside. */
static unsigned place_in_pair(const struct cb_marks *m, size_t token, int word)
{
    int partner = m->partner[token];
    if (partner < 0)
        return 0;
    int from = m->gap[token], to = m->gap[partner], head = m->parse->words[word].head;
    if (from > to) {
        int kept = from;
        from = to;
        to = kept;
    }
    if (word < from || word >= to)
        return 1;
    return head < from || head >= to ? 3 : 2;
}

void cb_mark_features(const struct cb_marks *m, size_t token, int word, uint32_t out[CB_MARK_FEATURES])
{
    const struct cb_parse_word *words = m->parse->words, *w = &words[word];
    int gap = m->gap[token];
    unsigned tag = m->nodes[token].tag, left = word < gap, cross = crossing(m, gap, word);
    unsigned neighbour = left ? word == gap - 1 : word == gap;
    unsigned last = gap == m->parse->n, first = gap == 0;
    /* the unit that the word heads has such a mark at its other end too */
    int far = left ? words[m->first[word]].token - 1 : words[m->last[word]].token + 1;
    unsigned paired = is_mark(m, far, tag), reaches = left ? m->last[word] == gap - 1 : m->first[word] == gap;
    unsigned far_end = left ? m->first[word] == 0 : m->last[word] == m->parse->n - 1;
    uint32_t mark = cb_mix(tag + 0x500u), key = cb_word_key(m->text, &m->tokens[token]);
    uint32_t place = left | cross << 1 | neighbour << 3 | last << 4 | first << 5 | paired << 6 |
                     reaches << 7 | far_end << 8 | place_in_pair(m, token, word) << 9;
    uint32_t relation = cb_mix(w->relation + 0x600u), side = left | cross << 1;
    const struct cb_parse_word *other =
        left ? &words[gap < m->parse->n ? gap : m->parse->n] : &words[gap > 0 ? gap - 1 : m->parse->n];
    const struct cb_parse_word *head = &words[w->head];
    size_t n = 0;
#define FEATURE(value) out[n] = cb_mix((value) + 0x632BE5ABu * (uint32_t)(n + 1)), n++
    FEATURE(mark ^ side);
    FEATURE(mark ^ cb_turn(place, 12));
    FEATURE(mark ^ cb_turn(place, 12) ^ relation);
    FEATURE(mark ^ cb_turn(place, 12) ^ w->tag);
    FEATURE(key ^ cb_turn(place, 12));
    FEATURE(mark ^ relation ^ side);
    FEATURE(mark ^ relation ^ side ^ cb_turn(w->tag, 7));
    FEATURE(mark ^ w->tag ^ cb_turn(side, 5));
    FEATURE(mark ^ w->word ^ cb_turn(side, 5));
    FEATURE(mark ^ w->tag ^ cb_turn(head->tag, 7) ^ cb_turn(side, 5));
    FEATURE(mark ^ relation ^ cb_turn(head->relation + 1u, 20) ^ side);
    FEATURE(mark ^ w->tag ^ cb_turn(other->tag, 7) ^ cb_turn(side, 5));
    FEATURE(mark ^ relation ^ cb_turn(other->tag, 7) ^ cb_turn(side, 5));
    FEATURE(mark ^ relation ^ cb_turn(other->word, 7) ^ cb_turn(side, 5));
    FEATURE(mark ^ relation ^ cb_turn(other->relation + 1u, 20) ^ cb_turn(place, 12));
    FEATURE(mark ^ cb_turn(w->before, 3) ^ cb_turn(place, 12));
#undef FEATURE
}

static int best_candidate(const struct cb_syntax_model *model, const struct cb_marks *m, size_t token)
{
    int16_t candidates[CB_MARK_CANDIDATES];
    uint32_t features[CB_MARK_FEATURES];
    size_t count = cb_mark_candidates(m, token, candidates), best = 0;
    int32_t best_score = INT32_MIN;
    for (size_t i = 0; i < count && count > 1; i++) {
        int32_t score = 0;
        cb_mark_features(m, token, candidates[i], features);
        for (size_t k = 0; k < CB_MARK_FEATURES; k++)
            score += cb_weight(model->mark_cells[features[k] >> model->mark_shift]);
        if (score > best_score) {
            best_score = score;
            best = i;
        }
    }
    return candidates[best];
}

void cb_marks_attach(const struct cb_syntax_model *model, const struct cb_parse *parse, const char *text,
                     const struct cb_token *tokens, size_t count, struct cb_node *nodes)
{
    struct cb_marks marks;
    cb_marks_begin(&marks, parse, text, tokens, nodes, count);
    for (size_t i = 0; i < count; i++) {
        if (!cb_marks_has(&marks, i))
            continue;
        nodes[i].head = parse->words[best_candidate(model, &marks, i)].token;
        nodes[i].relation = CB_REL_PUNCT;
    }
}
