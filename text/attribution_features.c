#include "text/attribution_features.h"

#include <string.h>

/* Tokens beside a cue that are labelled for it, at most: longer sentences are lists or noise. */
enum { ROLE_WINDOW = 160 };

/* A hashed feature; `template` tells apart equal values of different meaning. Distinct odd factors keep small
 * numbers apart, the last step spreads them over the upper bits, of which `bits` count. */
static inline uint32_t feature(unsigned bits, uint32_t template, uint32_t a, uint32_t b, uint32_t d)
{
    uint32_t h = a * 0x9E3779B1U + b * 0x85EBCA6BU + d * 0xC2B2AE35U + template * 0x27D4EB2FU;
    h = (h ^ h >> 15) * 0x2C1B3C6DU;
    return h >> (32 - bits);
}

/* Used in functions that have `out`, where the next feature goes, and `bits`. */
#define ADD(template, a, b, d) (*out++ = feature(bits, template, a, b, d))

static const struct cb_atom edge = {
    .cue_over = CB_NO_TOKEN, .cue_left = CB_NO_TOKEN, .cue_right = CB_NO_TOKEN};

static const struct cb_atom *atom_at(const struct cb_sheet *sheet, int32_t token)
{
    return token >= 0 && (size_t)token < sheet->page->reading->token_count ? &sheet->atoms[token] : &edge;
}

static uint32_t bucket(int32_t distance)
{
    static const int32_t limits[] = {0, 1, 2, 3, 5, 8, 12, 18, 30, 60};
    uint32_t b = 0;
    while (b < sizeof limits / sizeof *limits && distance > limits[b])
        b++;
    return b;
}

static uint32_t hash_word(const char *text, uint32_t start, uint32_t end)
{
    uint32_t h = 2166136261U;
    for (uint32_t at = start; at < end; at++) {
        unsigned char c = (unsigned char)text[at];
        h = (h ^ (c >= 'A' && c <= 'Z' ? c + 32U : c >= '0' && c <= '9' ? '0' : c)) * 16777619U;
    }
    return h;
}

static void make_atom(const struct cb_page *page, int32_t i, struct cb_atom *atom)
{
    const struct cb_token *token = &page->reading->tokens[i];
    const struct cb_cue_word *word = page->words[i];
    uint32_t start = token->span.start, end = token->span.end;
    *atom = edge;
    atom->word = hash_word(page->reading->text, start, end);
    atom->suffix = hash_word(page->reading->text, end - start > 3 ? end - 3 : start, end);
    atom->lexeme = word != NULL ? hash_word(word->lemma, 0, word->len) : atom->word;
    atom->tag = (uint8_t)cb_page_tag(page, i);
    atom->relation = (uint8_t)cb_page_relation(page, i);
    atom->shape = (uint8_t)(token->kind | (token->flags & (CB_TOKEN_UPPER | CB_TOKEN_ALL_CAPS)) << 3);
    if (word != NULL)
        atom->kind = (uint16_t)(1 + word->strength + 4 * word->part + 16 * (word->classes & 0x7FF));
    int32_t quote = page->quotes.at[i];
    if (quote >= 0) {
        const struct cb_quote *q = &page->quotes.items[quote];
        atom->quote = (uint8_t)(q->first == (uint32_t)i ? 1 : q->last == (uint32_t)i && q->closed ? 3 : 2);
        if (q->words < 4 && !q->stopped)
            atom->quote = (uint8_t)(atom->quote + 3);
    }
}

static bool is_cue_verb(const struct cb_page *page, int32_t token)
{
    return token >= 0 && page->words[token] != NULL && page->words[token]->part != CB_CUE_NOUN &&
           page->words[token]->strength >= 2;
}

static void link_cues(const struct cb_page *page, struct cb_atom *atoms, uint32_t first, uint32_t end)
{
    int32_t seen = CB_NO_TOKEN;
    for (uint32_t i = first; i < end; i++) {
        atoms[i].cue_left = seen;
        if (is_cue_verb(page, (int32_t)i))
            seen = (int32_t)i;
        int32_t below = (int32_t)i, up = page->heads[i];
        for (unsigned steps = 0; up >= 0 && steps < 24 && !is_cue_verb(page, up); steps++) {
            below = up;
            up = page->heads[up];
        }
        if (up >= 0 && is_cue_verb(page, up)) {
            atoms[i].cue_over = up;
            atoms[i].branch = (uint8_t)cb_page_relation(page, below);
        }
    }
    seen = CB_NO_TOKEN;
    for (uint32_t i = end; i-- > first;) {
        atoms[i].cue_right = seen;
        if (is_cue_verb(page, (int32_t)i))
            seen = (int32_t)i;
    }
}

/* The largest subtree that begins and the largest that ends at each token. */
static void link_phrases(const struct cb_page *page, struct cb_atom *atoms, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        struct cb_atom *left = &atoms[page->left[i]], *right = &atoms[page->right[i]];
        int32_t size = page->right[i] - page->left[i];
        uint8_t steps = (uint8_t)(1 + bucket(size));
        atoms[i].hangs_right = page->heads[i] > (int32_t)i;
        if (page->heads[i] < 0)
            continue;
        if (steps > left->opens_size) {
            left->opens_size = steps;
            left->opens = (uint8_t)cb_page_relation(page, (int32_t)i);
        }
        if (steps > right->closes_size) {
            right->closes_size = steps;
            right->closes = (uint8_t)cb_page_relation(page, (int32_t)i);
        }
    }
}

/* Writes what a draft makes of its tokens; better drafts come later and win. */
static void paint(struct cb_atom *atoms, struct cb_piece piece, unsigned label, const struct cb_draft *draft)
{
    for (int32_t i = piece.first; i >= 0 && i <= piece.last; i++) {
        atoms[i].label = (uint8_t)(label + (i > piece.first));
        atoms[i].rule = (uint8_t)(draft->rule + 32 * (unsigned)(draft->score * 5));
    }
}

static void paint_drafts(const struct cb_drafts *drafts, struct cb_atom *atoms)
{
    static const float levels[] = {0.0F, 0.45F, 0.7F, 2.0F};
    for (size_t level = 0; level + 1 < sizeof levels / sizeof *levels; level++) {
        for (size_t k = 0; k < drafts->count; k++) {
            const struct cb_draft *draft = &drafts->items[k];
            if (draft->score < levels[level] || draft->score >= levels[level + 1])
                continue;
            for (unsigned p = 0; p < draft->pieces; p++)
                paint(atoms, draft->content[p], CB_SPAN_CONTENT_BEGIN, draft);
            paint(atoms, draft->source, CB_SPAN_SOURCE_BEGIN, draft);
            paint(atoms, draft->cue, CB_SPAN_CUE_BEGIN, draft);
        }
    }
}

enum cb_code cb_sheet_make(const struct cb_page *page, const struct cb_drafts *drafts, struct cb_arena *arena,
                           struct cb_sheet *out, struct cb_err *err)
{
    size_t n = page->reading->token_count + 1;
    struct cb_sheet sheet = {.page = page, .drafts = drafts};
    sheet.atoms = cb_arena_array(arena, n, sizeof *sheet.atoms);
    sheet.marginals = cb_arena_array(arena, n, sizeof *sheet.marginals);
    if (sheet.atoms == NULL || sheet.marginals == NULL)
        return cb_no_memory(err);
    for (size_t i = 0; i + 1 < n; i++)
        make_atom(page, (int32_t)i, &sheet.atoms[i]);
    for (size_t s = 0; s < page->reading->sentence_count; s++) {
        uint32_t first = page->reading->first_token[s], end = page->reading->first_token[s + 1];
        link_cues(page, sheet.atoms, first, end);
        link_phrases(page, sheet.atoms, first, end);
    }
    paint_drafts(drafts, sheet.atoms);
    *out = sheet;
    return CB_OK;
}

/* Word, tag and mark of the token and its neighbours. */
static inline uint32_t *add_surroundings(const struct cb_sheet *sheet, int32_t i, unsigned bits,
                                         uint32_t *restrict out)
{
    const struct cb_atom *a = atom_at(sheet, i), *b1 = atom_at(sheet, i - 1), *b2 = atom_at(sheet, i - 2),
                         *n1 = atom_at(sheet, i + 1), *n2 = atom_at(sheet, i + 2);
    ADD(1, a->word, 0, 0);
    ADD(2, b1->word, 0, 0);
    ADD(3, n1->word, 0, 0);
    ADD(4, b2->word, 0, 0);
    ADD(5, n2->word, 0, 0);
    ADD(6, b1->word, a->word, 0);
    ADD(7, a->word, n1->word, 0);
    ADD(8, a->tag, 0, 0);
    ADD(9, b1->tag, 0, 0);
    ADD(10, n1->tag, 0, 0);
    ADD(11, b1->tag, a->tag, 0);
    ADD(12, a->tag, n1->tag, 0);
    ADD(13, b2->tag, b1->tag, a->tag);
    ADD(14, a->tag, n1->tag, n2->tag);
    ADD(15, b1->tag, a->tag, n1->tag);
    ADD(16, a->suffix, 0, 0);
    ADD(17, a->shape, 0, 0);
    ADD(18, a->quote, 0, 0);
    ADD(19, b1->quote, a->quote, n1->quote);
    ADD(20, a->quote, a->tag, 0);
    return out;
}

static inline uint32_t *add_tree(const struct cb_sheet *sheet, int32_t i, unsigned bits,
                                 uint32_t *restrict out)
{
    const struct cb_atom *a = atom_at(sheet, i);
    int32_t head = sheet->page->heads[i];
    const struct cb_atom *h = atom_at(sheet, head);
    const struct cb_atom *g = atom_at(sheet, head >= 0 ? sheet->page->heads[head] : head);
    uint32_t side = head < i;
    ADD(30, a->relation, side, 0);
    ADD(31, a->relation, a->tag, side);
    ADD(32, a->relation, h->tag, side);
    ADD(33, a->relation, h->lexeme, side);
    ADD(34, a->relation, h->kind, side);
    ADD(36, a->relation, h->relation, g->kind);
    const struct cb_atom *over = atom_at(sheet, a->cue_over);
    side = a->cue_over < i;
    ADD(37, a->branch, over->kind, side);
    ADD(38, a->branch, over->lexeme, side);
    ADD(39, a->branch, side, a->cue_over < 0);
    ADD(40, a->branch, atom_at(sheet, i - 1)->branch, atom_at(sheet, i + 1)->branch);
    ADD(41, a->kind, 0, 0);
    ADD(42, a->kind, a->tag, a->relation);
    ADD(43, a->lexeme, a->tag, 0);
    ADD(44, atom_at(sheet, i - 1)->kind, 0, 0);
    ADD(45, atom_at(sheet, i + 1)->kind, 0, 0);
    ADD(46, atom_at(sheet, i - 1)->kind, a->tag, 0);
    ADD(47, a->tag, atom_at(sheet, i + 1)->kind, 0);
    ADD(48, atom_at(sheet, a->cue_left)->kind, bucket(i - a->cue_left), a->cue_left < 0);
    ADD(49, atom_at(sheet, a->cue_right)->kind, bucket(a->cue_right - i), a->cue_right < 0);
    return out;
}

/* Can a phrase end before the token, can one begin with it? `extra` tells apart who asks. */
static inline uint32_t *add_phrases(const struct cb_sheet *sheet, int32_t i, uint32_t extra, unsigned bits,
                                    uint32_t *restrict out)
{
    const struct cb_atom *a = atom_at(sheet, i), *b = atom_at(sheet, i - 1), *n = atom_at(sheet, i + 1);
    ADD(90, a->opens, b->closes, extra);
    ADD(91, a->opens_size, b->closes_size, extra);
    ADD(92, b->hangs_right, a->hangs_right, extra);
    ADD(93, a->closes, n->opens, extra);
    ADD(94, a->closes_size, n->opens_size, extra);
    ADD(95, a->opens, a->tag, extra);
    ADD(96, b->hangs_right, b->tag, a->tag);
    ADD(97, a->opens, a->opens_size, extra);
    ADD(98, b->closes, b->closes_size, extra);
    return out;
}

static inline uint32_t *add_rules(const struct cb_sheet *sheet, int32_t i, unsigned bits,
                                  uint32_t *restrict out)
{
    const struct cb_atom *a = atom_at(sheet, i), *b = atom_at(sheet, i - 1), *n = atom_at(sheet, i + 1);
    ADD(61, b->label, a->label, n->label);
    ADD(62, a->label, a->rule, 0);
    ADD(63, a->label, a->tag, n->tag);
    ADD(64, a->label, a->lexeme, 0);
    ADD(65, a->label, a->quote, 0);
    ADD(66, a->label, a->relation, 0);
    ADD(68, a->label, n->label, n->word);
    ADD(69, b->label, a->label, b->word);
    ADD(70, a->label, a->kind, 0);
    return out;
}

static inline uint32_t *add_place(const struct cb_sheet *sheet, int32_t i, unsigned bits,
                                  uint32_t *restrict out)
{
    const struct cb_page *page = sheet->page;
    uint32_t s = page->sentence_of[i];
    int32_t first = cb_page_first(page, i), last = cb_page_last(page, i);
    bool begins =
        s == 0 || page->reading->sentences[s - 1].paragraph != page->reading->sentences[s].paragraph;
    ADD(80, i == first, begins, s == 0);
    ADD(81, bucket(last - i), 0, 0);
    ADD(82, bucket(last - i), atom_at(sheet, i)->tag, atom_at(sheet, i)->quote);
    ADD(83, page->reading->sentences[s].kind, 0, 0);
    return out;
}

size_t cb_features_span(const struct cb_sheet *sheet, int32_t token, unsigned bits, uint32_t *out)
{
    const uint32_t *begin = out;
    out = add_surroundings(sheet, token, bits, out);
    out = add_tree(sheet, token, bits, out);
    out = add_phrases(sheet, token, 0, bits, out);
    out = add_rules(sheet, token, bits, out);
    out = add_place(sheet, token, bits, out);
    return (size_t)(out - begin);
}

static uint32_t level(float probability)
{
    return probability < 0.02F   ? 0
           : probability < 0.1F  ? 1
           : probability < 0.25F ? 2
           : probability < 0.5F  ? 3
           : probability < 0.75F ? 4
           : probability < 0.93F ? 5
                                 : 6;
}

static float at_least(const float *m, unsigned begin)
{
    return m[begin] + m[begin + 1];
}

/* How sure the first labeller is of a role over a stretch: the mean. */
static float mean_of(const struct cb_sheet *sheet, struct cb_piece piece, unsigned begin)
{
    float sum = 0;
    if (piece.first < 0)
        return 0;
    for (int32_t i = piece.first; i <= piece.last; i++)
        sum += at_least(sheet->marginals[i], begin);
    return sum / (float)(piece.last - piece.first + 1);
}

size_t cb_features_cue(const struct cb_sheet *sheet, const struct cb_candidate *candidate, unsigned bits,
                       uint32_t *out)
{
    const uint32_t *begin = out;
    const struct cb_draft *draft = candidate->draft;
    const struct cb_page *page = sheet->page;
    const struct cb_atom *a = atom_at(sheet, candidate->head), *first = atom_at(sheet, candidate->cue.first),
                         *after = atom_at(sheet, candidate->cue.last + 1),
                         *before = atom_at(sheet, candidate->cue.first - 1);
    uint32_t sure = level(candidate->span_score), rule = draft != NULL ? draft->rule : CB_RULE_LABELLER;
    uint32_t source = 0, content = 0;
    if (draft != NULL) {
        source = draft->source_head < 0 ? 7 : level(mean_of(sheet, draft->source, CB_SPAN_SOURCE_BEGIN));
        content = level(mean_of(sheet, draft->content[0], CB_SPAN_CONTENT_BEGIN));
    }
    uint32_t nested = level(at_least(sheet->marginals[candidate->head], CB_SPAN_CONTENT_BEGIN));
    ADD(100, sure, 0, 0);
    ADD(101, rule, sure, 0);
    ADD(102, rule, a->kind, 0);
    ADD(103, rule, a->lexeme, 0);
    ADD(104, a->lexeme, 0, 0);
    ADD(105, a->kind, 0, 0);
    ADD(106, a->tag, a->relation, 0);
    ADD(107, a->tag, rule, 0);
    ADD(108, a->relation, rule, 0);
    ADD(109, source, content, sure);
    ADD(110, source, rule, 0);
    ADD(111, content, rule, 0);
    ADD(112, nested, sure, a->quote);
    ADD(113, a->quote, rule, 0);
    ADD(114, nested, rule, 0);
    ADD(115, after->word, 0, 0);
    ADD(116, after->tag, a->tag, 0);
    ADD(117, before->tag, a->tag, 0);
    ADD(118, before->word, 0, 0);
    ADD(119, first->word, 0, 0);
    ADD(120, first->tag, a->tag, a->relation);
    ADD(121, a->suffix, a->tag, 0);
    ADD(122, 0, 0, 0);
    ADD(123, a->label, 0, 0);
    int32_t subject = draft != NULL ? draft->source_head : CB_NO_TOKEN;
    ADD(124, atom_at(sheet, subject)->tag, rule, 0);
    ADD(125, atom_at(sheet, subject)->word, 0, 0);
    ADD(126, atom_at(sheet, subject)->tag, a->lexeme, 0);
    const struct cb_atom *head = atom_at(sheet, page->heads[candidate->head]);
    ADD(127, a->relation, head->kind, 0);
    ADD(128, a->relation, head->lexeme, 0);
    ADD(129, atom_at(sheet, a->cue_over)->kind, a->branch, 0);
    ADD(130, draft != NULL ? (uint32_t)(draft->score * 10) : 11, 0, 0);
    ADD(131, draft != NULL ? draft->pieces : 0, rule, 0);
    if (draft != NULL) {
        const struct cb_atom *opens = atom_at(sheet, draft->content[0].first);
        int32_t long_as = draft->content[0].last - draft->content[0].first;
        ADD(132, opens->word, rule, 0);
        ADD(133, opens->tag, rule, 0);
        ADD(134, bucket(long_as), rule, 0);
        ADD(135, opens->quote, rule, 0);
        ADD(136, opens->relation, a->kind, 0);
    }
    return (size_t)(out - begin);
}

/* The branch of the cue's head that a token hangs in, and how deep: relation, or how it hangs above. */
static uint32_t path_to(const struct cb_page *page, int32_t head, int32_t token, uint32_t *depth)
{
    int32_t below = token, up = token;
    *depth = 0;
    if (page->sentence_of[token] != page->sentence_of[head])
        return 200;
    for (unsigned steps = 0; up >= 0 && steps < 40; steps++) {
        if (up == head)
            return up == token ? 201 : cb_page_relation(page, below);
        below = up;
        up = page->heads[up];
        ++*depth;
    }
    *depth = 0;
    /* above the cue: which ancestor of the cue is also above the token */
    up = page->heads[head];
    for (uint32_t steps = 1; up >= 0 && steps < 6; steps++) {
        if (page->left[up] <= token && token <= page->right[up])
            return 100 + steps + (up == token ? 10 : 0);
        up = page->heads[up];
    }
    return 202;
}

/* What a rule's draft of this cue makes of a token. */
static uint32_t role_in(const struct cb_draft *draft, int32_t token)
{
    if (draft == NULL)
        return 9;
    if (token >= draft->source.first && token <= draft->source.last)
        return token == draft->source.first ? 1 : token == draft->source.last ? 3 : 2;
    for (unsigned p = 0; p < draft->pieces; p++) {
        if (token >= draft->content[p].first && token <= draft->content[p].last)
            return token == draft->content[p].first ? 4 : token == draft->content[p].last ? 6 : 5;
    }
    return 0;
}

/* The stretch between cue and token: marks and other cues in it. */
static uint32_t between(const struct cb_sheet *sheet, const struct cb_candidate *candidate, int32_t token)
{
    const struct cb_atom *a = atom_at(sheet, token);
    uint32_t seen = 0;
    if (token > candidate->cue.last)
        seen = a->cue_left > candidate->cue.last ? 1 : 0;
    else if (token < candidate->cue.first)
        seen = a->cue_right >= 0 && a->cue_right < candidate->cue.first ? 2 : 0;
    return seen + (atom_at(sheet, candidate->head)->quote > 0 ? 4 : 0);
}

size_t cb_features_role(const struct cb_sheet *sheet, const struct cb_candidate *candidate, int32_t token,
                        unsigned bits, uint32_t *out)
{
    const uint32_t *begin = out;
    const struct cb_page *page = sheet->page;
    const struct cb_atom *a = atom_at(sheet, token), *b = atom_at(sheet, token - 1),
                         *n = atom_at(sheet, token + 1);
    const struct cb_atom *cue = atom_at(sheet, candidate->head);
    int32_t distance = token < candidate->cue.first  ? candidate->cue.first - token
                       : token > candidate->cue.last ? token - candidate->cue.last
                                                     : 0;
    uint32_t side = token < candidate->cue.first ? 0 : token > candidate->cue.last ? 1 : 2, depth;
    bool same = page->sentence_of[token] == page->sentence_of[candidate->head];
    uint32_t place = side + (same ? 0 : 3);
    uint32_t path = path_to(page, candidate->head, token, &depth);
    uint32_t role = role_in(candidate->draft, token), before = role_in(candidate->draft, token - 1),
             next = role_in(candidate->draft, token + 1);
    uint32_t rule = candidate->draft != NULL ? candidate->draft->rule : CB_RULE_LABELLER;
    uint32_t middle = between(sheet, candidate, token);
    const float *m = sheet->marginals[token];
    uint32_t s = level(at_least(m, CB_SPAN_SOURCE_BEGIN)), q = level(at_least(m, CB_SPAN_CONTENT_BEGIN)),
             k = level(at_least(m, CB_SPAN_CUE_BEGIN)), sb = level(m[CB_SPAN_SOURCE_BEGIN]),
             qb = level(m[CB_SPAN_CONTENT_BEGIN]);
    out = add_surroundings(sheet, token, bits, out);
    out = add_place(sheet, token, bits, out);
    out = add_phrases(sheet, token, place, bits, out);
    ADD(200, place, bucket(distance), 0);
    ADD(201, place, path, depth > 3 ? 4 : depth);
    ADD(202, path, cue->kind, side);
    ADD(203, path, cue->lexeme, side);
    ADD(205, place, a->tag, b->tag);
    ADD(206, place, a->tag, n->tag);
    ADD(207, place, a->quote, b->quote);
    ADD(208, place, a->word, 0);
    ADD(209, place, n->word, 0);
    ADD(210, role, rule, 0);
    ADD(211, before, role, next);
    ADD(212, role, place, bucket(distance));
    ADD(213, role, a->tag, n->tag);
    ADD(214, role, next, n->word);
    ADD(215, before, role, a->word);
    ADD(216, before, role, b->word);
    ADD(217, role, a->quote, n->quote);
    ADD(218, role, path, 0);
    ADD(219, s, place, sb);
    ADD(220, q, place, qb);
    ADD(221, k, place, 0);
    ADD(222, s, q, role);
    ADD(223, sb, qb, role);
    ADD(224, q, role, middle);
    ADD(225, s, role, bucket(distance));
    ADD(226, middle, place, a->quote);
    ADD(227, middle, path, 0);
    ADD(228, level(at_least(sheet->marginals[token > 0 ? token - 1 : 0], CB_SPAN_CONTENT_BEGIN)), q, role);
    ADD(229, a->label, role, 0);
    ADD(230, b->label, a->label, role);
    ADD(232, a->relation, path, 0);
    ADD(233, atom_at(sheet, candidate->cue.last + 1)->word, place, a->quote);
    ADD(234, distance == 1, place, a->tag);
    ADD(235, distance == 1, cue->lexeme, side);
    return (size_t)(out - begin);
}

void cb_candidate_window(const struct cb_sheet *sheet, struct cb_candidate *candidate)
{
    const struct cb_page *page = sheet->page;
    const struct cb_reading *r = page->reading;
    int32_t first = cb_page_first(page, candidate->cue.first), last = cb_page_last(page, candidate->cue.last);
    uint32_t paragraph = r->sentences[page->sentence_of[candidate->cue.first]].paragraph;
    /* a quotation that begins in an earlier sentence and ends here, or the one that follows */
    for (int32_t i = first; i < first + 3 && i <= last; i++) {
        int32_t quote = page->quotes.at[i];
        if (quote >= 0 && (int32_t)page->quotes.items[quote].first < first)
            first = cb_page_first(page, (int32_t)page->quotes.items[quote].first);
    }
    for (unsigned more = 0; more < 2 && (size_t)last + 1 < r->token_count; more++) {
        int32_t quote = page->quotes.at[last];
        if (quote >= 0 && (int32_t)page->quotes.items[quote].last > last)
            last = (int32_t)page->quotes.items[quote].last;
        else if (r->sentences[page->sentence_of[last + 1]].paragraph == paragraph &&
                 page->quotes.at[last + 1] >= 0)
            last = (int32_t)page->quotes.items[page->quotes.at[last + 1]].last;
        else
            break;
        last = cb_page_last(page, last);
    }
    if (candidate->cue.first - first > ROLE_WINDOW)
        first = candidate->cue.first - ROLE_WINDOW;
    if (last - candidate->cue.last > ROLE_WINDOW)
        last = candidate->cue.last + ROLE_WINDOW;
    candidate->window = (struct cb_piece){first, last};
}

static float cue_marginal(const struct cb_sheet *sheet, int32_t token)
{
    return at_least(sheet->marginals[token], CB_SPAN_CUE_BEGIN);
}

static int32_t head_of(const struct cb_page *page, struct cb_piece piece)
{
    for (int32_t i = piece.last; i >= piece.first; i--) {
        if (page->words[i] != NULL)
            return i;
    }
    for (int32_t i = piece.last; i >= piece.first; i--) {
        if (cb_tag_is_verb((uint8_t)cb_page_tag(page, i)))
            return i;
    }
    return piece.last;
}

static void add_candidate(const struct cb_sheet *sheet, struct cb_candidate *candidate, struct cb_piece cue,
                          const struct cb_draft *draft)
{
    *candidate = (struct cb_candidate){.cue = cue, .draft = draft};
    candidate->head = draft != NULL ? draft->cue_head : head_of(sheet->page, cue);
    for (int32_t i = cue.first; i <= cue.last; i++) {
        float here = cue_marginal(sheet, i);
        if (here > candidate->span_score)
            candidate->span_score = here;
    }
    cb_candidate_window(sheet, candidate);
}

/* The cue that the first labeller sees at `token`: up to where it begins another or stops. */
static struct cb_piece labelled_cue(const struct cb_sheet *sheet, int32_t token)
{
    struct cb_piece cue = {token, token};
    int32_t last = cb_page_last(sheet->page, token);
    while (cue.last < last && cue.last - token < 12 && cue_marginal(sheet, cue.last + 1) >= 0.3F &&
           sheet->marginals[cue.last + 1][CB_SPAN_CUE_BEGIN] < sheet->marginals[cue.last + 1][CB_SPAN_CUE])
        cue.last++;
    return cue;
}

enum cb_code cb_candidates_find(const struct cb_sheet *sheet, struct cb_arena *arena,
                                struct cb_candidate **out, size_t *count, struct cb_err *err)
{
    size_t n = sheet->page->reading->token_count, seen = 0, most = sheet->drafts->count + 1;
    for (size_t i = 0; i < n; i++)
        most += cue_marginal(sheet, (int32_t)i) >= 0.3F;
    struct cb_candidate *list = cb_arena_array(arena, most, sizeof *list);
    uint8_t *taken = cb_arena_array(arena, n + 1, 1);
    if (list == NULL || taken == NULL)
        return cb_no_memory(err);
    for (size_t k = 0; k < sheet->drafts->count; k++) {
        const struct cb_draft *draft = &sheet->drafts->items[k];
        if (draft->cue.first < 0)
            continue;
        for (int32_t i = draft->cue.first; i <= draft->cue.last; i++)
            taken[i] = 1;
        add_candidate(sheet, &list[seen++], draft->cue, draft);
    }
    for (size_t i = 0; i < n; i++) {
        if (taken[i] != 0 || cue_marginal(sheet, (int32_t)i) < 0.3F)
            continue;
        struct cb_piece cue = labelled_cue(sheet, (int32_t)i);
        bool touches = false;
        for (int32_t t = cue.first; t <= cue.last; t++)
            touches = touches || taken[t] != 0;
        if (!touches)
            add_candidate(sheet, &list[seen++], cue, NULL);
        i = (size_t)cue.last;
    }
    *out = list;
    *count = seen;
    return CB_OK;
}
