#include "text/claim.h"

#include "text/claim_choice.h"
#include "text/claim_finder.h"

#include <stdlib.h>
#include <string.h>

enum { FRAME_WORDS_MAX = 2, REPORTED_WORDS_MIN = 4 };

void cb_claim_list_release(struct cb_claim_list *list)
{
    free(list->items);
    *list = (struct cb_claim_list){0};
}

void cb_quoted_tokens(const struct cb_reading *r, uint8_t *out)
{
    bool inside = false;
    for (uint32_t s = 0; s < r->sentence_count; s++) {
        if (s > 0 && r->sentences[s].paragraph != r->sentences[s - 1].paragraph)
            inside = false;
        for (uint32_t i = r->first_token[s]; i < r->first_token[s + 1]; i++) {
            if (cb_token_is_quote(r, i))
                inside = r->tokens[i].kind == CB_TOKEN_QUOTE_OPEN;
            out[i] = inside;
        }
    }
}

/* ---- claims of attributions ---- */

static void mark(struct cb_claim_finder *f, uint8_t what, uint32_t sentence, struct cb_span span)
{
    struct cb_token_range range = cb_span_tokens(f->r, sentence, span);
    for (uint32_t i = range.start; i < range.end; i++)
        f->marks[i] |= what;
}

/* Marks the source, cue and contents of an attribution. */
void cb_claim_mark(struct cb_claim_finder *f, uint8_t what, const struct cb_attribution_found *a)
{
    uint8_t said = what | (what == CB_MARK_COVERED ? CB_MARK_SAID : 0);
    if (a->has_source)
        mark(f, what, a->sentence, a->source);
    if (a->has_cue)
        mark(f, said, a->sentence, a->cue);
    for (size_t c = 0; c < a->content_count; c++) {
        uint32_t s = cb_sentence_at(f->r->sentences, f->r->sentence_count, a->content[c].start);
        for (; s < f->r->sentence_count && f->r->sentences[s].span.start < a->content[c].end; s++)
            mark(f, said, s, a->content[c]);
    }
}

/* "A …,” he said, “… b": the second piece goes on with the first one's sentence. */
static bool continues(const struct cb_reading *r, const struct cb_claim_piece *before,
                      const struct cb_claim_piece *next)
{
    if (before->count == CB_CLAIM_PIECES || before->sentence != next->sentence)
        return false;
    uint32_t last = before->ranges[before->count - 1].end, first = next->ranges[0].start;
    if (first <= last || cb_token_is_char(r, last, ';'))
        return false;
    bool upper = (r->tokens[first].flags & CB_TOKEN_UPPER) != 0, beside = true;
    for (uint32_t i = last; i < first; i++) { /* a stop right behind the first piece, or behind the frame */
        bool stop = cb_token_is_one(r, i, ".|?|!");
        beside &= r->tokens[i].kind == CB_TOKEN_PUNCT || r->tokens[i].kind == CB_TOKEN_QUOTE_CLOSE;
        if (stop && (beside || upper))
            return false;
    }
    return true;
}

static bool quantity_begins(const struct cb_claim_finder *f, uint32_t sentence, uint32_t token)
{
    const struct cb_sentence_quantities *all = &f->in->quantities[sentence];
    for (size_t q = 0; q < all->count; q++) {
        if (all->items[q].span.start == f->r->tokens[token].span.start)
            return true;
    }
    return false;
}

/* "on Monday in the council that the mill was closed": when and where it was said is no part of it. */
static struct cb_token_range behind_occasion(const struct cb_reading *r, struct cb_token_range range)
{
    enum { OCCASION_TOKENS_MAX = 10 };
    if (range.start >= range.end || r->nodes[range.start].tag != CB_TAG_IN)
        return range;
    for (uint32_t i = range.start; i + 3 < range.end && i - range.start < OCCASION_TOKENS_MAX; i++) {
        if (cb_token_is(r, i, "that") && r->nodes[i].tag == CB_TAG_IN && i > range.start) {
            struct cb_token_range behind = cb_clause_trim(r, (struct cb_token_range){i + 1, range.end});
            return cb_clause_has_verb(r, behind) ? behind : range;
        }
        if (cb_tag_is_verb(r->nodes[i].tag) || r->nodes[i].tag == CB_TAG_WDT || cb_token_is_char(r, i, ','))
            return range;
    }
    return range;
}

/* "that …" → "…", unless it is what the clause is about: "that is a miracle". The tagger takes some numbers
 * for verbs ("that eight cars …"). */
static struct cb_token_range without_that(const struct cb_claim_finder *f, uint32_t sentence,
                                          struct cb_token_range range)
{
    const struct cb_reading *r = f->r;
    if (range.start + 2 < range.end && cb_token_is(r, range.start, "that") &&
        (r->nodes[range.start].tag == CB_TAG_IN || !cb_tag_is_verb(r->nodes[range.start + 1].tag) ||
         cb_clause_is_inverted(r, range) || quantity_begins(f, sentence, range.start + 1))) {
        range.start++;
        range = cb_clause_trim(r, range);
    }
    return behind_occasion(r, range);
}

/* Does the reported inner attribution leave next to nothing of the clause? "Rogachev said …" */
static bool is_only_frame(const struct cb_claim_finder *f, struct cb_token_range range)
{
    unsigned left = 0, inner = 0;
    for (uint32_t i = range.start; i < range.end; i++) {
        if (!cb_token_is_word(f->r, i))
            continue;
        if ((f->marks[i] & CB_MARK_INNER) != 0)
            inner++;
        else
            left++;
    }
    return inner > 0 && left <= FRAME_WORDS_MAX;
}

/* "questions for the president": nobody is known to say what the text tells itself. A bare "for" as a cue is
 * too little to tell. */
static bool names_nobody(const struct cb_claim_finder *f, uint32_t sentence,
                         const struct cb_claim_draft *base)
{
    const struct cb_attribution *a = &base->claim.attribution;
    if (base->claim.kind != CB_CLAIM_INDIRECT || !a->has_cue || a->has_source)
        return false;
    struct cb_token_range cue = cb_span_tokens(f->r, sentence, a->cue);
    return cue.start < cue.end && f->r->nodes[cue.start].tag != CB_TAG_IN;
}

/* What was said, with the statements inside it: `inside` is the base of what hangs on its core. */
static enum cb_code add_said(struct cb_claim_finder *f, struct cb_claim_piece *piece,
                             const struct cb_claim_draft *base, const struct cb_claim_draft *inside,
                             struct cb_err *err)
{
    if (base->claim.kind != CB_CLAIM_DIRECT &&
        cb_claim_complete(f, piece, base->claim.attribution.has_source) &&
        names_nobody(f, piece->sentence, base))
        return CB_OK;
    return cb_claim_add_parts(f, piece, base, inside, err);
}

/* "The owners | have warned against | the sale": only the cue stands between, and what is before has no verb.
 */
static bool is_broken_by_verb(const struct cb_claim_finder *f, const struct cb_claim_piece *open,
                              struct cb_token_range next, const struct cb_claim_draft *base)
{
    struct cb_token_range before = open->ranges[open->count - 1];
    const struct cb_span *cue = &base->claim.attribution.cue;
    if (base->claim.kind == CB_CLAIM_DIRECT || !base->claim.attribution.has_cue ||
        cb_clause_has_verb(f->r, before))
        return false;
    struct cb_token_range between = cb_clause_trim(f->r, (struct cb_token_range){before.end, next.start});
    struct cb_span span = cb_range_span(f->r, between);
    return between.start < between.end && span.start <= cue->end && cue->start <= span.end &&
           between.end - between.start <= 4 && !cb_token_is_char(f->r, before.end, ',');
}

/* One more sentence's part of a content, cut into clauses; the first clause may continue *open. */
static enum cb_code add_part(struct cb_claim_finder *f, uint32_t sentence, struct cb_token_range range,
                             bool may_continue, struct cb_claim_piece *open,
                             const struct cb_claim_draft *base, struct cb_err *err)
{
    struct cb_token_range clauses[CB_CLAUSES_MAX];
    range = cb_claim_behind_dateline(f, sentence, range);
    size_t count = cb_clauses_split(f->r, sentence, range, clauses);
    for (size_t c = 0; c < count; c++) {
        struct cb_token_range clause = without_that(f, sentence, clauses[c]);
        struct cb_claim_piece next = {.ranges = {clause}, .count = 1, .sentence = sentence};
        if (clause.start >= clause.end || (base->through < 0 && is_only_frame(f, clause)))
            continue;
        if (c == 0 && may_continue && open->count > 0 && continues(f->r, open, &next)) {
            if (is_broken_by_verb(f, open, clause, base))
                open->ranges[open->count - 1].end = clause.end;
            else
                open->ranges[open->count++] = clause;
            continue;
        }
        enum cb_code code = open->count > 0 ? add_said(f, open, base, base, err) : CB_OK;
        if (code != CB_OK)
            return code;
        next.ranges[0] = cb_clause_without_frame(f->r, clause);
        *open = next;
    }
    return CB_OK;
}

/* A content that is no clause ("denied any collusion", "urged him to go") says something only together with
 * its source and cue: the claim is then the clause from the first of them to the last. */
static bool whole_clause(const struct cb_claim_finder *f, const struct cb_attribution_found *a,
                         struct cb_claim_piece *out)
{
    struct cb_span span = a->content[0];
    if (a->content_count != 1 || !a->has_cue || a->kind == CB_CLAIM_DIRECT)
        return false;
    struct cb_token_range content = cb_span_tokens(f->r, a->sentence, span);
    if (content.start >= content.end || cb_clause_has_verb(f->r, content))
        return false;
    bool reported =
        a->cue_token >= 0 && cb_token_is_one(f->r, (uint32_t)a->cue_token,
                                             "said|says|say|told|according|added|noted|stated|stressed");
    if (reported && cb_clause_words(f->r, content) > REPORTED_WORDS_MIN)
        return false;
    const struct cb_span *parts[] = {&a->cue, a->has_source ? &a->source : &a->cue};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        span.start = parts[i]->start < span.start ? parts[i]->start : span.start;
        span.end = parts[i]->end > span.end ? parts[i]->end : span.end;
    }
    struct cb_token_range range = cb_clause_trim(f->r, cb_span_tokens(f->r, a->sentence, span));
    *out = (struct cb_claim_piece){.ranges = {range}, .count = 1, .sentence = a->sentence};
    return range.start < range.end;
}

/* "…, according to Ann Lee, head of the union": what stands behind the source without a verb says who she is.
 */
static bool describes_source(const struct cb_claim_finder *f, const struct cb_attribution_found *a,
                             struct cb_span content)
{
    if (!a->has_source || !a->has_cue || a->cue.end > a->source.start || content.start < a->source.end)
        return false;
    struct cb_token_range source = cb_span_tokens(f->r, a->sentence, a->source);
    struct cb_token_range range = cb_clause_trim(f->r, cb_span_tokens(f->r, a->sentence, content));
    if (range.start >= range.end || range.start != source.end + 1 || !cb_token_is_char(f->r, source.end, ','))
        return false;
    uint8_t tag = f->r->nodes[range.start].tag;
    return (cb_tag_is_noun(tag) || tag == CB_TAG_DT) && !cb_clause_has_verb(f->r, range);
}

/* A quotation with a verb in it, outside of what the attribution holds, is another claim. */
static bool has_quoted_verb(const struct cb_claim_finder *f, const struct cb_attribution_found *a,
                            struct cb_token_range range)
{
    for (uint32_t i = range.start; i < range.end; i++) {
        bool other = f->in->in_quote[i] && cb_token_is_finite(f->r, i);
        for (size_t c = 0; c < a->content_count && other; c++)
            other = f->r->tokens[i].span.start < a->content[c].start ||
                    f->r->tokens[i].span.end > a->content[c].end;
        if (other)
            return true;
    }
    return false;
}

/* What somebody wants, plans or calls something has no clause of its own ("hopes to ask him ten questions"):
 * then the claim is the clause of which that verb is the head. */
static bool attitude_clause(const struct cb_claim_finder *f, const struct cb_attribution_found *a,
                            struct cb_claim_piece *out)
{
    struct cb_token_range clauses[CB_CLAUSES_MAX];
    if (a->kind == CB_CLAIM_DIRECT || a->cue_token < 0 || a->outer >= 0 || !f->r->parsed[a->sentence] ||
        cb_token_is_saying(f->r, (uint32_t)a->cue_token))
        return false;
    uint32_t cue = (uint32_t)a->cue_token;
    for (size_t c = 0; c < a->content_count; c++) {
        struct cb_token_range content = cb_span_tokens(f->r, a->sentence, a->content[c]);
        if (content.start >= content.end || cb_clause_is_full(f->r, a->sentence, content))
            return false;
    }
    size_t count = cb_clauses_split(f->r, a->sentence, cb_sentence_tokens(f->r, a->sentence), clauses);
    for (size_t c = 0; c < count; c++) {
        if (cue < clauses[c].start || cue >= clauses[c].end)
            continue;
        if (!f->in->in_quote[cue] && has_quoted_verb(f, a, clauses[c]))
            return false;
        *out = (struct cb_claim_piece){.ranges = {clauses[c]}, .count = 1, .sentence = a->sentence};
        return cb_clause_top(f->r, a->sentence, clauses[c]) == cue && cb_clause_has_verb(f->r, clauses[c]);
    }
    return false;
}

/* "It is understood that …": the subject stands for what follows. */
static bool is_lone_it(const struct cb_claim_finder *f, const struct cb_attribution_found *a, size_t content)
{
    if (content + 1 >= a->content_count || !a->has_cue || a->content[content].end > a->cue.start)
        return false;
    struct cb_token_range range = cb_span_tokens(f->r, a->sentence, a->content[content]);
    return range.end - range.start == 1 && cb_token_is(f->r, range.start, "it");
}

enum cb_code cb_claim_read_contents(struct cb_claim_finder *f, const struct cb_attribution_found *a,
                                    const struct cb_claim_draft *base, struct cb_err *err)
{
    struct cb_claim_piece open = {.count = 0};
    if (attitude_clause(f, a, &open) || whole_clause(f, a, &open)) {
        struct cb_claim_draft whole = *base;
        if (whole.claim.modality ==
            CB_DENIED) /* the denial stands in its words: "the firm declined to say" */
            whole.claim.modality = CB_STATED;
        struct cb_claim_draft own = {.claim = {.kind = CB_CLAIM_ASSERTION, .speaker = CB_NO_SPEAKER},
                                     .through = -1};
        return add_said(f, &open, &whole, &own, err);
    }
    for (size_t c = 0; c < a->content_count; c++) {
        struct cb_span span = a->content[c];
        bool in_source = a->has_source && span.start >= a->source.start && span.end <= a->source.end;
        if ((c > 0 && (describes_source(f, a, span) || in_source)) || is_lone_it(f, a, c))
            continue;
        uint32_t s = cb_sentence_at(f->r->sentences, f->r->sentence_count, span.start);
        bool first = true;
        for (; s < f->r->sentence_count && f->r->sentences[s].span.start < span.end; s++) {
            struct cb_token_range range = cb_span_tokens(f->r, s, span);
            enum cb_code code = add_part(f, s, range, first, &open, base, err);
            if (code != CB_OK)
                return code;
            first = false;
        }
    }
    return open.count > 0 ? add_said(f, &open, base, base, err) : CB_OK;
}

/* The outermost attribution that holds this one. */
static size_t outermost(const struct cb_claim_sources *in, size_t index)
{
    for (unsigned steps = 0; steps < 16 && in->attributions[index].outer >= 0; steps++)
        index = (size_t)in->attributions[index].outer;
    return index;
}

/* All propositions of one attribution. What one reports of another's words ("RT reported that Rogachev said
 * …") is the other's claim, through the one; its spans are those of the whole. */
static enum cb_code read_attribution(struct cb_claim_finder *f, size_t index, struct cb_err *err)
{
    const struct cb_attribution_found *a = &f->in->attributions[index];
    size_t top = outermost(f->in, index);
    const struct cb_attribution_found *shown = &f->in->attributions[top];
    struct cb_claim_draft base = {.claim = {.kind = a->kind,
                                            .modality = a->modality,
                                            .speaker = f->in->reference_of[index],
                                            .has_attribution = true,
                                            .attribution = {.has_source = shown->has_source,
                                                            .has_cue = shown->has_cue,
                                                            .source = shown->source,
                                                            .cue = shown->cue,
                                                            .content_count = shown->content_count}},
                                  .through =
                                      top != index ? f->in->reference_of[top] : f->turn_of[a->sentence]};
    struct cb_span *content = cb_arena_array(f->arena, shown->content_count, sizeof *content);
    if (content == NULL)
        return cb_no_memory(err);
    memcpy(content, shown->content, shown->content_count * sizeof *content);
    base.claim.attribution.content = content;
    return cb_claim_read_contents(f, a, &base, err);
}

static int by_place(const void *a, const void *b)
{
    const struct cb_claim *x = &((const struct cb_claim_draft *)a)->claim;
    const struct cb_claim *y = &((const struct cb_claim_draft *)b)->claim;
    if (x->span.start != y->span.start)
        return x->span.start < y->span.start ? -1 : 1;
    if (x->span.end != y->span.end)
        return x->span.end > y->span.end ? -1 : 1; /* the longer one, that holds the other, first */
    return x->speaker < y->speaker ? -1 : x->speaker > y->speaker;
}

static bool is_same_claim(const struct cb_claim *a, const struct cb_claim *b)
{
    if (a->span.start != b->span.start || a->span.end != b->span.end ||
        a->has_attribution != b->has_attribution || strcmp(a->text, b->text) != 0)
        return false;
    return !a->has_attribution || (a->attribution.has_source == b->attribution.has_source &&
                                   a->attribution.source.start == b->attribution.source.start &&
                                   a->attribution.content[0].start == b->attribution.content[0].start);
}

/* Nearly the same bytes and as many words of them. */
static bool is_nearly(const struct cb_claim *a, const struct cb_claim *b)
{
    uint32_t start = a->span.start > b->span.start ? a->span.start : b->span.start;
    uint32_t end = a->span.end < b->span.end ? a->span.end : b->span.end;
    uint32_t from = a->span.start < b->span.start ? a->span.start : b->span.start;
    uint32_t to = a->span.end > b->span.end ? a->span.end : b->span.end;
    size_t x = strlen(a->text), y = strlen(b->text), most = x > y ? x : y, least = x > y ? y : x;
    return start < end && (end - start) * 10 >= (to - from) * 9 && least * 10 >= most * 9;
}

/* What the text says itself of which somebody is known to say nearly the same words, or which it says twice:
 * `at` is dropped for one of the sentence's others. */
static bool is_said_already(const struct cb_claim_list *list, size_t from, size_t at)
{
    const struct cb_claim *claim = &list->items[at].claim;
    enum { NEAR = 12 };
    if (claim->has_attribution)
        return false;
    for (size_t i = at > from + NEAR ? at - NEAR : from; i < list->count && i < at + NEAR; i++) {
        const struct cb_claim *other = &list->items[i].claim;
        if (i != at && other->sentence == claim->sentence && is_nearly(other, claim) &&
            (other->has_attribution || i < at))
            return true;
    }
    return false;
}

/* One proposition of one source counts once, however many cues lead to it. */
static void drop_repeated(struct cb_claim_list *list, size_t from)
{
    size_t kept = from;
    for (size_t i = from; i < list->count; i++) {
        const struct cb_claim *claim = &list->items[i].claim;
        bool repeated = false;
        for (size_t k = kept;
             k > from && list->items[k - 1].claim.span.start == claim->span.start && !repeated; k--)
            repeated = is_same_claim(&list->items[k - 1].claim, claim);
        if (!repeated)
            list->items[kept++] = list->items[i];
    }
    list->count = kept;
}

/* From the end, so that what a claim is compared with before it still stands. */
static void drop_nearly_same(struct cb_claim_list *list, size_t from)
{
    for (size_t i = list->count; i > from; i--) {
        if (!is_said_already(list, from, i - 1))
            continue;
        memmove(&list->items[i - 1], &list->items[i], (list->count - i) * sizeof *list->items);
        list->count--;
    }
}

enum cb_code cb_claims_find(const struct cb_claim_sources *sources, struct cb_arena *scratch,
                            struct cb_arena *arena, struct cb_reference_list *references,
                            struct cb_claim_list *list, struct cb_err *err)
{
    struct cb_claim_finder f = {.in = sources,
                                .r = sources->reading,
                                .scratch = scratch,
                                .arena = arena,
                                .references = references,
                                .list = list};
    size_t before = list->count;
    f.marks = cb_arena_alloc(scratch, sources->reading->token_count + 1);
    bool *used = cb_arena_array(scratch, sources->attribution_count + 1, sizeof *used);
    f.turn_of = cb_arena_array(scratch, sources->reading->sentence_count + 1, sizeof *f.turn_of);
    f.turn_at = cb_arena_array(scratch, sources->reading->sentence_count + 1, sizeof *f.turn_at);
    if (f.marks == NULL || used == NULL || f.turn_of == NULL || f.turn_at == NULL)
        return cb_no_memory(err);
    cb_attributions_choose(sources, references, used);
    f.used = used;
    enum cb_code code = cb_claim_begin_turns(&f, err);
    if (code != CB_OK)
        return code;
    for (size_t a = 0; a < sources->attribution_count; a++) {
        bool inner = sources->attributions[a].outer >= 0 || f.turn_of[sources->attributions[a].sentence] >= 0;
        references->items[sources->reference_of[a]].quiet = !used[a] || inner;
        if (used[a])
            cb_claim_mark(&f, inner ? CB_MARK_INNER : CB_MARK_COVERED, &sources->attributions[a]);
    }
    for (size_t a = 0; a < sources->attribution_count && code == CB_OK; a++)
        code = used[a] ? read_attribution(&f, a, err) : CB_OK;
    if (code == CB_OK && !sources->whole_sentences)
        code = cb_claim_read_quotes(&f, err);
    if (code == CB_OK)
        code = cb_claim_read_turns(&f, err);
    if (code == CB_OK)
        code = cb_claim_read_appositions(&f, err);
    for (uint32_t s = 0; s < sources->reading->sentence_count && code == CB_OK; s++)
        code = cb_claim_read_own(&f, s, err);
    if (code == CB_OK && list->count > before)
        qsort(list->items + before, list->count - before, sizeof *list->items, by_place);
    if (code == CB_OK)
        drop_repeated(list, before);
    if (code == CB_OK)
        drop_nearly_same(list, before);
    return code;
}
