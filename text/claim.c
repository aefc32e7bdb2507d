#include "text/claim.h"

#include "base/array.h"
#include "text/checkworthy.h"

#include <stdlib.h>
#include <string.h>

enum {
    CLAIMS_MAX = CB_TEXT_MAX / 2,
    PIECES_MAX = 4,
    SENTENCES_A_CONTENT_MAX = 400,
    TEXT_WORDS_MIN = 2,
    UNREAD_WORDS_MIN = 4
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
    uint8_t *covered; /* one a token: belongs to an attribution */
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

static enum cb_code add_claim(struct finder *f, const struct piece *piece, const struct cb_claim *base,
                              struct cb_err *err)
{
    struct cb_claim claim = *base;
    size_t len = 0;
    const struct cb_sentence *sentence = &f->r->sentences[piece->sentence];
    claim.span.start = cb_range_span(f->r, piece->ranges[0]).start;
    claim.span.end = cb_range_span(f->r, piece->ranges[piece->count - 1]).end;
    claim.sentence = f->in->first_sentence + piece->sentence;
    claim.text = claim_text(f, piece, &len);
    if (claim.text == NULL || !claim_quantities(f, piece, &claim))
        return cb_no_memory(err);
    struct cb_claim_features features =
        cb_claim_features_of(f->r, piece->ranges, piece->count, claim.quantities, claim.quantity_count,
                             sentence->kind == CB_SENTENCE_HEADING);
    if (claim.modality == CB_STATED || claim.modality == CB_HEDGED) {
        enum cb_modality own = cb_claim_modality(&features);
        if (own != CB_STATED)
            claim.modality = own;
    }
    claim.checkworthy = cb_claim_checkworthy(&features, claim.modality);
    void *items = f->list->items;
    enum cb_code code = cb_array_reserve(&items, &f->list->capacity, f->list->count + 1,
                                         sizeof *f->list->items, CLAIMS_MAX, "claims", err);
    f->list->items = items;
    if (code == CB_OK)
        f->list->items[f->list->count++] = claim;
    return code;
}

/* ---- claims of attributions ---- */

static void cover(struct finder *f, uint32_t sentence, struct cb_span span)
{
    struct cb_token_range range = cb_span_tokens(f->r, sentence, span);
    for (uint32_t i = range.start; i < range.end; i++)
        f->covered[i] = 1;
}

/* Does a sentence end in the text between two tokens: a stop, or the sentence itself? */
static bool sentence_ends_between(const struct cb_reading *r, uint32_t last, uint32_t next)
{
    for (uint32_t i = last; i < next; i++) {
        if (i > last && r->tokens[i].kind != CB_TOKEN_PUNCT && r->tokens[i].kind != CB_TOKEN_QUOTE_CLOSE)
            break;
        if (cb_token_is_one(r, i, ".|?|!"))
            return true;
    }
    return false;
}

/* "A …,” he said, “… b": the second piece goes on with the first one's sentence. */
static bool continues(const struct cb_reading *r, const struct piece *before, const struct piece *next)
{
    if (before->count == PIECES_MAX || before->sentence != next->sentence)
        return false;
    uint32_t last = before->ranges[before->count - 1].end, first = next->ranges[0].start;
    return first > last && !sentence_ends_between(r, last, first) && !cb_token_is_char(r, last, ';');
}

/* One more sentence's part of a content, cut into clauses; the first clause may continue *open. */
static enum cb_code add_part(struct finder *f, uint32_t sentence, struct cb_token_range range,
                             bool may_continue, struct piece *open, const struct cb_claim *base,
                             struct cb_err *err)
{
    struct cb_token_range clauses[CB_CLAUSES_MAX];
    size_t count = cb_clauses_split(f->r, sentence, range, clauses);
    for (size_t c = 0; c < count; c++) {
        struct piece next = {.ranges = {clauses[c]}, .count = 1, .sentence = sentence};
        if (clauses[c].start >= clauses[c].end)
            continue;
        if (c == 0 && may_continue && open->count > 0 && continues(f->r, open, &next)) {
            open->ranges[open->count++] = clauses[c];
            continue;
        }
        enum cb_code code = open->count > 0 ? add_claim(f, open, base, err) : CB_OK;
        if (code != CB_OK)
            return code;
        *open = next;
    }
    return CB_OK;
}

/* All propositions of one attribution's contents. */
static enum cb_code read_attribution(struct finder *f, size_t index, struct cb_err *err)
{
    const struct cb_attribution_found *a = &f->in->attributions[index];
    struct cb_claim base = {.kind = a->kind,
                            .modality = a->modality,
                            .speaker = f->in->reference_of[index],
                            .has_attribution = true,
                            .attribution = {.has_source = a->has_source,
                                            .has_cue = a->has_cue,
                                            .source = a->source,
                                            .cue = a->cue,
                                            .content_count = a->content_count}};
    struct cb_span *content = cb_arena_array(f->arena, a->content_count, sizeof *content);
    if (content == NULL)
        return cb_no_memory(err);
    memcpy(content, a->content, a->content_count * sizeof *content);
    base.attribution.content = content;
    if (a->has_source)
        cover(f, a->sentence, a->source);
    if (a->has_cue)
        cover(f, a->sentence, a->cue);
    struct piece open = {.count = 0};
    for (size_t c = 0; c < a->content_count; c++) {
        struct cb_span span = a->content[c];
        uint32_t s = cb_sentence_at(f->r->sentences, f->r->sentence_count, span.start);
        bool first = true;
        for (unsigned n = 0; n < SENTENCES_A_CONTENT_MAX && s < f->r->sentence_count &&
                             f->r->sentences[s].span.start < span.end;
             n++, s++) {
            cover(f, s, span);
            struct cb_token_range range = cb_span_tokens(f->r, s, span);
            enum cb_code code = add_part(f, s, range, first, &open, &base, err);
            if (code != CB_OK)
                return code;
            first = false;
        }
    }
    return open.count > 0 ? add_claim(f, &open, &base, err) : CB_OK;
}

/* ---- claims of the text itself ---- */

static bool is_covered(const struct finder *f, struct cb_token_range range)
{
    for (uint32_t i = range.start; i < range.end; i++) {
        if (f->covered[i])
            return true;
    }
    return false;
}

/* Are all its words inside quotation marks? */
static bool is_quoted(const struct finder *f, struct cb_token_range range)
{
    unsigned words = 0;
    for (uint32_t i = range.start; i < range.end; i++) {
        if (!cb_token_is_word(f->r, i))
            continue;
        if (!f->in->in_quote[i])
            return false;
        words++;
    }
    return words > 0;
}

/* A quotation that no attribution holds: it goes on with the last speaker's words, if anybody's. */
static enum cb_code quote_without_cue(struct finder *f, uint32_t sentence, struct cb_token_range range,
                                      struct cb_claim *base, struct cb_err *err)
{
    const struct cb_sentence *s = &f->r->sentences[sentence];
    struct cb_reference reference = {.kind = CB_REFERENCE_NONE,
                                     .sentence = f->in->first_sentence + sentence,
                                     .paragraph = s->paragraph,
                                     .at = f->r->tokens[range.start].span.start,
                                     .outer = -1,
                                     .direct = s->kind != CB_SENTENCE_HEADING};
    int32_t index = 0;
    enum cb_code code = cb_reference_list_add(f->references, &reference, &index, err);
    base->kind = CB_CLAIM_DIRECT;
    base->speaker = index;
    return code;
}

/* A proposition has a verb, or reads as one without (a headline: "Three dead in crash" has none and stays
 * out). */
static bool is_proposition(const struct finder *f, struct cb_token_range range)
{
    size_t words = cb_clause_words(f->r, range);
    return words >= TEXT_WORDS_MIN &&
           (cb_clause_has_verb(f->r, range) || (f->in->whole_sentences && words >= UNREAD_WORDS_MIN));
}

static enum cb_code read_sentence(struct finder *f, uint32_t sentence, struct cb_err *err)
{
    struct cb_token_range clauses[CB_CLAUSES_MAX], whole = cb_sentence_tokens(f->r, sentence);
    size_t count = cb_clauses_split(f->r, sentence, whole, clauses);
    for (size_t c = 0; c < count; c++) {
        struct piece piece = {.ranges = {clauses[c]}, .count = 1, .sentence = sentence};
        struct cb_claim base = {.kind = CB_CLAIM_ASSERTION, .speaker = CB_NO_SPEAKER};
        if (is_covered(f, clauses[c]) || !is_proposition(f, clauses[c]))
            continue;
        enum cb_code code = CB_OK;
        if (is_quoted(f, clauses[c]))
            code = quote_without_cue(f, sentence, clauses[c], &base, err);
        if (code == CB_OK)
            code = add_claim(f, &piece, &base, err);
        if (code != CB_OK)
            return code;
    }
    return CB_OK;
}

static int by_place(const void *a, const void *b)
{
    const struct cb_claim *x = a, *y = b;
    if (x->span.start != y->span.start)
        return x->span.start < y->span.start ? -1 : 1;
    if (x->span.end != y->span.end)
        return x->span.end > y->span.end ? -1 : 1; /* the longer one, that holds the other, first */
    return x->speaker < y->speaker ? -1 : x->speaker > y->speaker;
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
    f.covered = cb_arena_alloc(scratch, sources->reading->token_count + 1);
    if (f.covered == NULL)
        return cb_no_memory(err);
    enum cb_code code = CB_OK;
    for (size_t a = 0; a < sources->attribution_count && code == CB_OK; a++)
        code = read_attribution(&f, a, err);
    for (uint32_t s = 0; s < sources->reading->sentence_count && code == CB_OK; s++)
        code = read_sentence(&f, s, err);
    if (code == CB_OK && list->count > before)
        qsort(list->items + before, list->count - before, sizeof *list->items, by_place);
    return code;
}
