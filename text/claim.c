#include "text/claim.h"

#include "base/array.h"
#include "text/checkworthy.h"
#include "text/claim_choice.h"
#include "text/furniture.h"
#include "text/quote_source.h"

#include <stdlib.h>
#include <string.h>

enum { MARK_COVERED = 1 /* belongs to an attribution */, MARK_INNER = 2 /* to one inside another */ };
enum {
    CLAIMS_MAX = CB_TEXT_MAX / 2,
    PIECES_MAX = 4,
    FRAME_WORDS_MAX = 2,
    QUOTE_WORDS_MIN = 3,
    REPORTED_WORDS_MIN = 4,
    APPOSITION_WORDS_MIN = 5,
    TEXT_WORDS_MIN = 2,
    UNREAD_WORDS_MIN = 4,
    OWN_WORDS_MIN = 5,
    RELATIVE_WORDS_MIN = 4,
    CUES_MAX = 16
};

/* A proposition: one range of tokens, or two to four round a "he said". */
struct piece {
    struct cb_token_range ranges[PIECES_MAX];
    size_t count;
    uint32_t sentence;
};

struct finder {
    const struct cb_claim_sources *in;
    const struct cb_reading *r;
    struct cb_arena *scratch, *arena;
    struct cb_reference_list *references;
    struct cb_claim_list *list;
    uint8_t *marks; /* one a token: MARK_… */
    bool *used;     /* one an attribution: makes claims */
    /* of a transcript, one a sentence: the reference whose turn it is, or -1; the turn, or NULL */
    int32_t *turn_of;
    const struct cb_turn **turn_at;
};

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

/* ---- text of a claim ---- */

/* The pieces' words joined by single blanks. */
static const char *claim_text(struct finder *f, const struct piece *piece, size_t *len)
{
    size_t size = 1, n = 0;
    for (size_t p = 0; p < piece->count; p++) {
        struct cb_span span = cb_range_span(f->r, piece->ranges[p]);
        size += span.end - span.start + 1;
    }
    char *text = cb_arena_alloc(f->arena, size);
    if (text == NULL)
        return NULL;
    for (size_t p = 0; p < piece->count; p++) {
        struct cb_span span = cb_range_span(f->r, piece->ranges[p]);
        if (n > 0)
            text[n++] = ' ';
        for (uint32_t i = span.start; i < span.end; i++) {
            char c = f->r->text[i];
            bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
            if (blank && n > 0 && text[n - 1] == ' ')
                continue;
            text[n++] = blank ? ' ' : c;
        }
    }
    *len = n;
    return text;
}

/* The sentence's quantities that lie in the piece: part of the sentence's array, or a copy for two pieces. */
static bool claim_quantities(struct finder *f, const struct piece *piece, struct cb_claim *claim)
{
    const struct cb_sentence_quantities *all = &f->in->quantities[piece->sentence];
    if (all->count == 0)
        return true;
    struct cb_quantity *found = cb_arena_array(f->arena, all->count, sizeof *found);
    if (found == NULL)
        return false;
    for (size_t q = 0; q < all->count; q++) {
        for (size_t p = 0; p < piece->count; p++) {
            struct cb_span span = cb_range_span(f->r, piece->ranges[p]);
            if (all->items[q].span.start >= span.start && all->items[q].span.end <= span.end)
                found[claim->quantity_count++] = all->items[q];
        }
    }
    claim->quantities = found;
    return true;
}

static enum cb_code add_claim(struct finder *f, const struct piece *piece, const struct cb_claim_draft *base,
                              struct cb_err *err)
{
    struct cb_claim_draft draft = *base;
    struct cb_claim *claim = &draft.claim;
    size_t len = 0;
    const struct cb_sentence *sentence = &f->r->sentences[piece->sentence];
    claim->span.start = cb_range_span(f->r, piece->ranges[0]).start;
    claim->span.end = cb_range_span(f->r, piece->ranges[piece->count - 1]).end;
    claim->sentence = f->in->first_sentence + piece->sentence;
    claim->text = claim_text(f, piece, &len);
    if (claim->text == NULL || !claim_quantities(f, piece, claim))
        return cb_no_memory(err);
    bool heading = sentence->kind == CB_SENTENCE_HEADING && f->turn_of[piece->sentence] < 0;
    struct cb_claim_features features = cb_claim_features_of(
        f->r, piece->ranges, piece->count, claim->quantities, claim->quantity_count, heading);
    if (claim->modality == CB_STATED || claim->modality == CB_HEDGED) {
        enum cb_modality own = cb_claim_modality(&features);
        if (own != CB_STATED)
            claim->modality = own;
    }
    claim->checkworthy = cb_claim_checkworthy(&features, claim->modality);
    void *items = f->list->items;
    enum cb_code code = cb_array_reserve(&items, &f->list->capacity, f->list->count + 1,
                                         sizeof *f->list->items, CLAIMS_MAX, "claims", err);
    f->list->items = items;
    if (code == CB_OK)
        f->list->items[f->list->count++] = draft;
    return code;
}

/* ---- claims of attributions ---- */

static void mark(struct finder *f, uint8_t what, uint32_t sentence, struct cb_span span)
{
    struct cb_token_range range = cb_span_tokens(f->r, sentence, span);
    for (uint32_t i = range.start; i < range.end; i++)
        f->marks[i] |= what;
}

/* Marks the source, cue and contents of an attribution. */
static void mark_attribution(struct finder *f, uint8_t what, const struct cb_attribution_found *a)
{
    if (a->has_source)
        mark(f, what, a->sentence, a->source);
    if (a->has_cue)
        mark(f, what, a->sentence, a->cue);
    for (size_t c = 0; c < a->content_count; c++) {
        uint32_t s = cb_sentence_at(f->r->sentences, f->r->sentence_count, a->content[c].start);
        for (; s < f->r->sentence_count && f->r->sentences[s].span.start < a->content[c].end; s++)
            mark(f, what, s, a->content[c]);
    }
}

/* "A …,” he said, “… b": the second piece goes on with the first one's sentence. */
static bool continues(const struct cb_reading *r, const struct piece *before, const struct piece *next)
{
    if (before->count == PIECES_MAX || before->sentence != next->sentence)
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

static bool quantity_begins(const struct finder *f, uint32_t sentence, uint32_t token)
{
    const struct cb_sentence_quantities *all = &f->in->quantities[sentence];
    for (size_t q = 0; q < all->count; q++) {
        if (all->items[q].span.start == f->r->tokens[token].span.start)
            return true;
    }
    return false;
}

/* "that …" → "…", unless it is what the clause is about: "that is a miracle". The tagger takes some numbers
 * for verbs ("that eight cars …"). */
static struct cb_token_range without_that(const struct finder *f, uint32_t sentence,
                                          struct cb_token_range range)
{
    const struct cb_reading *r = f->r;
    if (range.start + 2 < range.end && cb_token_is(r, range.start, "that") &&
        (r->nodes[range.start].tag == CB_TAG_IN || !cb_tag_is_verb(r->nodes[range.start + 1].tag) ||
         quantity_begins(f, sentence, range.start + 1))) {
        range.start++;
        range = cb_clause_trim(r, range);
    }
    return range;
}

/* Does the reported inner attribution leave next to nothing of the clause? "Rogachev said …" */
static bool is_only_frame(const struct finder *f, struct cb_token_range range)
{
    unsigned left = 0, inner = 0;
    for (uint32_t i = range.start; i < range.end; i++) {
        if (!cb_token_is_word(f->r, i))
            continue;
        if ((f->marks[i] & MARK_INNER) != 0)
            inner++;
        else
            left++;
    }
    return inner > 0 && left <= FRAME_WORDS_MAX;
}

/* One more sentence's part of a content, cut into clauses; the first clause may continue *open. */
static enum cb_code add_part(struct finder *f, uint32_t sentence, struct cb_token_range range,
                             bool may_continue, struct piece *open, const struct cb_claim_draft *base,
                             struct cb_err *err)
{
    struct cb_token_range clauses[CB_CLAUSES_MAX];
    size_t count = cb_clauses_split(f->r, sentence, range, clauses);
    for (size_t c = 0; c < count; c++) {
        struct cb_token_range clause = without_that(f, sentence, clauses[c]);
        struct piece next = {.ranges = {clause}, .count = 1, .sentence = sentence};
        if (clause.start >= clause.end || (base->through < 0 && is_only_frame(f, clause)))
            continue;
        if (c == 0 && may_continue && open->count > 0 && continues(f->r, open, &next)) {
            open->ranges[open->count++] = clause;
            continue;
        }
        enum cb_code code = open->count > 0 ? add_claim(f, open, base, err) : CB_OK;
        if (code != CB_OK)
            return code;
        next.ranges[0] = cb_clause_without_frame(f->r, clause);
        *open = next;
    }
    return CB_OK;
}

/* A content that is no clause ("denied any collusion", "urged him to go") says something only together with
 * its source and cue: the claim is then the clause from the first of them to the last. */
static bool whole_clause(const struct finder *f, const struct cb_attribution_found *a, struct piece *out)
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
    *out = (struct piece){.ranges = {range}, .count = 1, .sentence = a->sentence};
    return range.start < range.end;
}

/* "…, according to Ann Lee, head of the union": what stands behind the source without a verb says who she is.
 */
static bool describes_source(const struct finder *f, const struct cb_attribution_found *a,
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

/* What somebody wants, plans or calls something has no clause of its own ("hopes to ask him ten questions"):
 * then the claim is the clause of which that verb is the head. */
static bool attitude_clause(const struct finder *f, const struct cb_attribution_found *a, struct piece *out)
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
        *out = (struct piece){.ranges = {clauses[c]}, .count = 1, .sentence = a->sentence};
        return cb_clause_top(f->r, a->sentence, clauses[c]) == cue && cb_clause_has_verb(f->r, clauses[c]);
    }
    return false;
}

/* "It is understood that …": the subject stands for what follows. */
static bool is_lone_it(const struct finder *f, const struct cb_attribution_found *a, size_t content)
{
    if (content + 1 >= a->content_count || !a->has_cue || a->content[content].end > a->cue.start)
        return false;
    struct cb_token_range range = cb_span_tokens(f->r, a->sentence, a->content[content]);
    return range.end - range.start == 1 && cb_token_is(f->r, range.start, "it");
}

static enum cb_code read_contents(struct finder *f, const struct cb_attribution_found *a,
                                  const struct cb_claim_draft *base, struct cb_err *err)
{
    struct piece open = {.count = 0};
    if (attitude_clause(f, a, &open) || whole_clause(f, a, &open)) {
        struct cb_claim_draft whole = *base;
        if (whole.claim.modality ==
            CB_DENIED) /* the denial stands in its words: "the firm declined to say" */
            whole.claim.modality = CB_STATED;
        return add_claim(f, &open, &whole, err);
    }
    for (size_t c = 0; c < a->content_count; c++) {
        struct cb_span span = a->content[c];
        if ((c > 0 && describes_source(f, a, span)) || is_lone_it(f, a, c))
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
    return open.count > 0 ? add_claim(f, &open, base, err) : CB_OK;
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
static enum cb_code read_attribution(struct finder *f, size_t index, struct cb_err *err)
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
    return read_contents(f, a, &base, err);
}

/* ---- claims of the text itself ---- */

static bool is_covered(const struct finder *f, struct cb_token_range range)
{
    for (uint32_t i = range.start; i < range.end; i++) {
        if ((f->marks[i] & MARK_COVERED) != 0)
            return true;
    }
    return false;
}

/* ---- quotations that no attribution holds ---- */

/* Paragraphs' first tokens, and one more. */
static uint32_t *paragraph_starts(struct finder *f, size_t *count)
{
    uint32_t *first = cb_arena_array(f->scratch, f->r->sentence_count + 2, sizeof *first);
    *count = 0;
    for (uint32_t s = 0; first != NULL && s < f->r->sentence_count; s++) {
        if (s == 0 || f->r->sentences[s].paragraph != f->r->sentences[s - 1].paragraph)
            first[(*count)++] = f->r->first_token[s];
    }
    if (first != NULL)
        first[*count] = (uint32_t)f->r->token_count;
    return first;
}

/* Speech, not a title or a word in scare quotes: it holds a whole sentence, or somebody is said to say it. */
static bool is_speech(const struct finder *f, const struct cb_quote *quote, uint32_t sentence,
                      bool has_source)
{
    struct cb_token_range words = {quote->first, quote->last + 1}, all = cb_sentence_tokens(f->r, sentence);
    for (uint32_t i = words.start; i < words.end; i++) {
        if (cb_token_is_word(f->r, i) && (f->marks[i] & MARK_COVERED) != 0)
            return false;
    }
    if (!cb_clause_has_verb(f->r, words) || quote->words < QUOTE_WORDS_MIN)
        return false;
    bool whole = cb_clause_trim(f->r, all).start >= words.start && quote->last + 2 >= all.end;
    return has_source || whole || (quote->last >= all.end && cb_clause_trim(f->r, all).start >= words.start);
}

/* Adds the claims of what was found without an attribution: `range` said by `found`, which is NULL when
 * nobody is named. */
static enum cb_code add_spoken(struct finder *f, enum cb_claim_kind kind, struct cb_token_range range,
                               uint32_t sentence, const struct cb_quote_source *found, struct cb_err *err)
{
    struct cb_attribution_found a = {
        .kind = kind, .sentence = sentence, .source_token = -1, .cue_token = -1, .outer = -1};
    struct cb_reference reference = {.kind = CB_REFERENCE_NONE, .outer = -1};
    struct cb_span *content = cb_arena_array(f->arena, 2, sizeof *content);
    if (content == NULL)
        return cb_no_memory(err);
    a.content = content;
    if (kind == CB_CLAIM_INDIRECT)
        range = cb_clause_trim(f->r, range); /* a full stop is no part of what was said */
    bool broken = found != NULL && found->gap.end > found->gap.start;
    if (broken && found->gap.start > range.start)
        content[a.content_count++] =
            cb_range_span(f->r, (struct cb_token_range){range.start, found->gap.start});
    if (broken && found->gap.end < range.end &&
        cb_clause_words(f->r, (struct cb_token_range){found->gap.end, range.end}) > 0)
        content[a.content_count++] = cb_range_span(f->r, (struct cb_token_range){found->gap.end, range.end});
    if (!broken)
        content[a.content_count++] = cb_range_span(f->r, range);
    reference.at = content[0].start;
    if (found != NULL) {
        a.sentence = found->sentence;
        a.has_source = a.has_cue = true;
        a.source = cb_range_span(f->r, found->source);
        a.cue = cb_range_span(f->r, found->cue);
        cb_reference_read(f->r, found->sentence, a.source, -1, &reference);
    }
    reference.sentence = f->in->first_sentence + a.sentence;
    reference.paragraph = f->r->sentences[a.sentence].paragraph;
    reference.direct = kind == CB_CLAIM_DIRECT && f->r->sentences[sentence].kind != CB_SENTENCE_HEADING;
    int32_t index;
    enum cb_code code = cb_reference_list_add(f->references, &reference, &index, err);
    if (code != CB_OK)
        return code;
    mark_attribution(f, MARK_COVERED, &a);
    struct cb_claim_draft base = {.claim = {.kind = kind,
                                            .speaker = index,
                                            .has_attribution = found != NULL,
                                            .attribution = {.has_source = a.has_source,
                                                            .has_cue = a.has_cue,
                                                            .source = a.source,
                                                            .cue = a.cue,
                                                            .content = content,
                                                            .content_count = a.content_count}},
                                  .through = -1};
    return read_contents(f, &a, &base, err);
}

static enum cb_code read_quote(struct finder *f, const struct cb_quote *quote, struct cb_err *err)
{
    struct cb_quote_source found;
    uint32_t first =
        cb_sentence_at(f->r->sentences, f->r->sentence_count, f->r->tokens[quote->first].span.start);
    bool has_source = cb_quote_source_find(f->r, quote, &found);
    if (first >= f->r->sentence_count || !is_speech(f, quote, first, has_source))
        return CB_OK;
    return add_spoken(f, CB_CLAIM_DIRECT, (struct cb_token_range){quote->first, quote->last + 1}, first,
                      has_source ? &found : NULL, err);
}

static enum cb_code read_quotes(struct finder *f, struct cb_err *err)
{
    struct cb_quotes quotes;
    size_t paragraphs;
    const uint32_t *first = paragraph_starts(f, &paragraphs);
    if (first == NULL)
        return cb_no_memory(err);
    enum cb_code code = cb_quotes_pair(f->r->text, f->r->tokens, f->r->token_count, first, paragraphs,
                                       f->scratch, &quotes, err);
    for (size_t q = 0; q < quotes.count && code == CB_OK; q++)
        code = read_quote(f, &quotes.items[q], err);
    return code;
}

/* ---- the text's own voice ---- */

/* A proposition has a verb, or reads as one without (a headline: "Three dead in crash" has none and stays
 * out). */
static bool is_proposition(const struct finder *f, struct cb_token_range range)
{
    size_t words = cb_clause_words(f->r, range);
    return words >= TEXT_WORDS_MIN &&
           (cb_clause_has_verb(f->r, range) || (f->in->whole_sentences && words >= UNREAD_WORDS_MIN));
}

/* A covered clause with a verb of its own, outside what the attributions in it hold, is a claim of the text:
 * what hangs below that verb and says who said what ("…, saying that …") is left out at its edges. */
static bool own_part(const struct finder *f, uint32_t sentence, struct cb_token_range clause,
                     struct piece *out)
{
    struct cb_token_range parts[CB_OWN_PARTS_MAX];
    if (!f->r->parsed[sentence] || f->in->whole_sentences)
        return false;
    uint32_t cues[CUES_MAX];
    size_t cue_count = 0;
    for (size_t a = 0; a < f->in->attribution_count && cue_count < CUES_MAX; a++) {
        int32_t cue = f->in->attributions[a].cue_token;
        if (f->used[a] && cue >= (int32_t)clause.start && cue < (int32_t)clause.end)
            cues[cue_count++] = (uint32_t)cue;
    }
    uint32_t top = cb_clause_top(f->r, sentence, clause);
    bool quoted = f->in->in_quote[clause.start] && (f->marks[clause.start] & MARK_COVERED) != 0;
    if (cue_count == 0 || quoted || top >= clause.end || (f->marks[top] & MARK_COVERED) != 0)
        return false;
    size_t count = cb_clause_without(f->r, sentence, clause, cues, cue_count, parts);
    size_t words = 0, covered = 0;
    *out = (struct piece){.count = count, .sentence = sentence};
    bool verb = false;
    for (size_t p = 0; p < count; p++) {
        out->ranges[p] = parts[p];
        verb |= cb_clause_has_verb(f->r, parts[p]);
        for (uint32_t i = parts[p].start; i < parts[p].end; i++) {
            words += cb_token_is_word(f->r, i);
            covered += cb_token_is_word(f->r, i) && (f->marks[i] & MARK_COVERED) != 0;
        }
    }
    return count > 0 && verb && words >= OWN_WORDS_MIN && covered * 2 <= words;
}

/* "The bridge was unsafe, Lee said, adding that …": what stands before the frame is said too, when only what
 * stands behind it was found. */
static enum cb_code add_first_statement(struct finder *f, uint32_t sentence, struct cb_err *err)
{
    struct cb_token_range whole = cb_sentence_tokens(f->r, sentence);
    struct cb_quote_source found;
    struct cb_token_range begin = {whole.start, whole.start + 2 < whole.end ? whole.start + 2 : whole.end};
    if (f->in->whole_sentences || is_covered(f, begin) || !is_covered(f, whole) ||
        !cb_statement_source_find(f->r, sentence, &found) || found.gap.start <= whole.start)
        return CB_OK;
    struct cb_token_range first = cb_clause_trim(f->r, (struct cb_token_range){whole.start, found.gap.start});
    if (first.start >= first.end || is_covered(f, first) || is_covered(f, found.cue) ||
        !cb_clause_has_verb(f->r, first))
        return CB_OK;
    found.gap = (struct cb_token_range){0, 0};
    return add_spoken(f, CB_CLAIM_INDIRECT, first, sentence, &found, err);
}

/* "Insurers put the damage at $3bn": who reckons so is the source, and the claim is the whole clause. */
static bool reckons(const struct finder *f, uint32_t sentence, struct cb_token_range clause,
                    struct cb_quote_source *found, struct cb_token_range *content)
{
    const struct cb_sentence_quantities *q = &f->in->quantities[sentence];
    return !f->in->whole_sentences && !f->in->in_quote[clause.start] &&
           cb_estimate_source_find(f->r, sentence, clause, q->items, q->count, found, content) &&
           !cb_clause_has_verb(f->r, *content);
}

/* A clause of the text's own; a relative clause inside it about its subject is a claim beside the rest. */
static enum cb_code add_own(struct finder *f, const struct piece *piece, const struct cb_claim_draft *base,
                            struct cb_err *err)
{
    struct cb_relative found;
    if (piece->count != 1 || !cb_clause_relative(f->r, piece->ranges[0], RELATIVE_WORDS_MIN, &found))
        return add_claim(f, piece, base, err);
    struct piece part = {.ranges = {found.subject, found.relative}, .count = 2, .sentence = piece->sentence};
    enum cb_code code = add_claim(f, &part, base, err);
    part.ranges[1] = found.rest;
    return code == CB_OK ? add_claim(f, &part, base, err) : code;
}

static enum cb_code read_sentence(struct finder *f, uint32_t sentence, struct cb_err *err)
{
    struct cb_token_range clauses[CB_CLAUSES_MAX], whole = cb_sentence_tokens(f->r, sentence);
    struct cb_quote_source found;
    if (!f->in->whole_sentences && !is_covered(f, whole) && cb_statement_source_find(f->r, sentence, &found))
        return add_spoken(f, CB_CLAIM_INDIRECT, whole, sentence, &found, err);
    if (cb_is_furniture(f->r, whole))
        return CB_OK;
    enum cb_code code = add_first_statement(f, sentence, err);
    if (code != CB_OK)
        return code;
    size_t count = cb_clauses_split(f->r, sentence, whole, clauses);
    for (size_t c = 0; c < count; c++) {
        if (cb_is_furniture(f->r, clauses[c]))
            continue;
        struct cb_token_range content;
        if (!is_covered(f, clauses[c]) && reckons(f, sentence, clauses[c], &found, &content)) {
            code = add_spoken(f, CB_CLAIM_INDIRECT, content, sentence, &found, err);
            if (code != CB_OK)
                return code;
            continue;
        }
        struct piece piece = {
            .ranges = {cb_clause_without_frame(f->r, clauses[c])}, .count = 1, .sentence = sentence};
        struct cb_claim_draft base = {.claim = {.kind = CB_CLAIM_ASSERTION, .speaker = CB_NO_SPEAKER},
                                      .through = -1};
        if (is_covered(f, clauses[c]) ? !own_part(f, sentence, clauses[c], &piece)
                                      : !is_proposition(f, clauses[c]))
            continue;
        code = add_own(f, &piece, &base, err);
        if (code != CB_OK)
            return code;
    }
    return CB_OK;
}

/* "Nicole Ramos, an attorney with the group": who she is, is a claim too, and the text's own. */
static enum cb_code read_appositions(struct finder *f, struct cb_err *err)
{
    struct cb_claim_draft base = {.claim = {.kind = CB_CLAIM_ASSERTION, .speaker = CB_NO_SPEAKER},
                                  .through = -1};
    for (size_t n = 0; n < f->in->name_count; n++) {
        const struct cb_name *name = &f->in->names[n];
        struct piece piece = {
            .ranges = {name->apposition}, .count = 1, .sentence = name->sentence - f->in->first_sentence};
        if (name->in_quote || f->turn_of[piece.sentence] >= 0 ||
            cb_clause_words(f->r, name->apposition) < APPOSITION_WORDS_MIN)
            continue;
        enum cb_code code = add_claim(f, &piece, &base, err);
        if (code != CB_OK)
            return code;
    }
    return CB_OK;
}

/* ---- turns of a transcript ---- */

/* The turn's part in this reading: its first sentence and the one behind it, from the reading's first. */
static bool turn_here(const struct finder *f, const struct cb_turn *turn, uint32_t *first, uint32_t *end)
{
    uint32_t from = f->in->first_sentence, to = from + (uint32_t)f->r->sentence_count;
    *first = (turn->first > from ? turn->first : from) - from;
    *end = (turn->end < to ? turn->end : to) - from;
    return turn->first < to && turn->end > from;
}

/* All words of a turn are its speaker's, as in a quotation: of what was found in them only what another is
 * said to have said makes claims, through him. */
static void keep_reported(struct finder *f, const struct cb_turn *turn, size_t index)
{
    const struct cb_attribution_found *a = &f->in->attributions[index];
    const struct cb_reference *reference = &f->references->items[f->in->reference_of[index]];
    bool label = (a->has_source && a->source.start < turn->content.start) ||
                 (a->has_cue && a->cue.start < turn->content.start);
    bool other = a->has_source && reference->kind != CB_REFERENCE_I && reference->kind != CB_REFERENCE_NONE;
    bool said = a->cue_token >= 0 && cb_token_is_saying(f->r, (uint32_t)a->cue_token);
    bool outer = a->outer < 0 || f->used[a->outer];
    f->used[index] = f->used[index] && !label && other && said && outer;
}

static enum cb_code begin_turn(struct finder *f, const struct cb_turn *turn, uint32_t first, uint32_t end,
                               struct cb_err *err)
{
    struct cb_reference reference = {.kind = CB_REFERENCE_NONE, .outer = -1};
    bool here = f->in->first_sentence + first == turn->first;
    int32_t index;
    if (turn->named && here)
        cb_reference_read(f->r, first, turn->label, -1, &reference);
    reference.at = turn->label.start;
    reference.outer = -1;
    reference.direct = turn->named;
    reference.sentence = f->in->first_sentence + first;
    reference.paragraph = f->r->sentences[first].paragraph;
    enum cb_code code = cb_reference_list_add(f->references, &reference, &index, err);
    for (uint32_t s = first; s < end && code == CB_OK; s++) {
        f->turn_of[s] = index;
        f->turn_at[s] = turn;
        for (uint32_t i = f->r->first_token[s]; i < f->r->first_token[s + 1]; i++)
            f->marks[i] |= MARK_COVERED;
    }
    return code;
}

static enum cb_code begin_turns(struct finder *f, struct cb_err *err)
{
    uint32_t first, end;
    enum cb_code code = CB_OK;
    for (uint32_t s = 0; s < f->r->sentence_count; s++) {
        f->turn_of[s] = -1;
        f->turn_at[s] = NULL;
    }
    for (size_t t = 0; t < f->in->turn_count && code == CB_OK; t++) {
        if (turn_here(f, &f->in->turns[t], &first, &end))
            code = begin_turn(f, &f->in->turns[t], first, end, err);
    }
    for (size_t a = 0; a < f->in->attribution_count && code == CB_OK; a++) {
        const struct cb_turn *turn = f->turn_at[f->in->attributions[a].sentence];
        if (turn != NULL)
            keep_reported(f, turn, a);
    }
    return code;
}

/* The claims of what the turn's speaker says himself. */
static enum cb_code read_turns(struct finder *f, struct cb_err *err)
{
    uint32_t first, end;
    enum cb_code code = CB_OK;
    for (size_t t = 0; t < f->in->turn_count && code == CB_OK; t++) {
        const struct cb_turn *turn = &f->in->turns[t];
        if (!turn_here(f, turn, &first, &end))
            continue;
        bool here = f->in->first_sentence + first == turn->first;
        struct cb_span *content = cb_arena_array(f->arena, 1, sizeof *content);
        if (content == NULL)
            return cb_no_memory(err);
        *content = (struct cb_span){here ? turn->content.start : f->r->sentences[first].span.start,
                                    f->r->sentences[end - 1].span.end};
        struct cb_token_range words = cb_span_tokens(f->r, first, *content);
        if (words.start < words.end) /* no blanks before the first word */
            content->start = f->r->tokens[words.start].span.start;
        struct cb_attribution_found a = {.kind = CB_CLAIM_DIRECT,
                                         .sentence = first,
                                         .content = content,
                                         .content_count = 1,
                                         .source_token = -1,
                                         .cue_token = -1,
                                         .outer = -1};
        struct cb_claim_draft base = {.claim = {.kind = CB_CLAIM_DIRECT,
                                                .speaker = f->turn_of[first],
                                                .has_attribution = true,
                                                .attribution = {.has_source = here,
                                                                .has_cue = here,
                                                                .source = turn->label,
                                                                .cue = {turn->label.end, turn->label.end + 1},
                                                                .content = content,
                                                                .content_count = 1}},
                                      .through = -1};
        code = read_contents(f, &a, &base, err);
    }
    return code;
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
        a->has_attribution != b->has_attribution)
        return false;
    return !a->has_attribution || (a->attribution.has_source == b->attribution.has_source &&
                                   a->attribution.source.start == b->attribution.source.start &&
                                   a->attribution.content[0].start == b->attribution.content[0].start);
}

/* One proposition of one source counts once, however many cues lead to it. */
static void drop_repeated(struct cb_claim_list *list, size_t from)
{
    size_t kept = from;
    for (size_t i = from; i < list->count; i++) {
        if (kept > from && is_same_claim(&list->items[kept - 1].claim, &list->items[i].claim))
            continue;
        list->items[kept++] = list->items[i];
    }
    list->count = kept;
}

enum cb_code cb_claims_find(const struct cb_claim_sources *sources, struct cb_arena *scratch,
                            struct cb_arena *arena, struct cb_reference_list *references,
                            struct cb_claim_list *list, struct cb_err *err)
{
    struct finder f = {.in = sources,
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
    enum cb_code code = begin_turns(&f, err);
    if (code != CB_OK)
        return code;
    for (size_t a = 0; a < sources->attribution_count; a++) {
        bool inner = sources->attributions[a].outer >= 0 || f.turn_of[sources->attributions[a].sentence] >= 0;
        references->items[sources->reference_of[a]].quiet = !used[a] || inner;
        if (used[a])
            mark_attribution(&f, inner ? MARK_INNER : MARK_COVERED, &sources->attributions[a]);
    }
    for (size_t a = 0; a < sources->attribution_count && code == CB_OK; a++)
        code = used[a] ? read_attribution(&f, a, err) : CB_OK;
    if (code == CB_OK && !sources->whole_sentences)
        code = read_quotes(&f, err);
    if (code == CB_OK)
        code = read_turns(&f, err);
    if (code == CB_OK)
        code = read_appositions(&f, err);
    for (uint32_t s = 0; s < sources->reading->sentence_count && code == CB_OK; s++)
        code = read_sentence(&f, s, err);
    if (code == CB_OK && list->count > before)
        qsort(list->items + before, list->count - before, sizeof *list->items, by_place);
    if (code == CB_OK)
        drop_repeated(list, before);
    return code;
}
