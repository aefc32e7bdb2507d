/* Writing a claim down: its words, quantities and score. */
#include "base/array.h"
#include "text/checkworthy.h"
#include "text/claim_finder.h"
#include "text/sentence_scan.h"

enum { CLAIMS_MAX = CB_TEXT_MAX / 2 };

/* The pieces' words joined by single blanks. */
static const char *claim_text(struct cb_claim_finder *f, const struct cb_claim_piece *piece, size_t *len)
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
static bool claim_quantities(struct cb_claim_finder *f, const struct cb_claim_piece *piece,
                             struct cb_claim *claim)
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

struct cb_token_range cb_claim_behind_dateline(const struct cb_claim_finder *f, uint32_t sentence,
                                               struct cb_token_range range)
{
    const struct cb_reading *r = f->r;
    if (r->sentences[sentence].kind != CB_SENTENCE_BODY || range.start >= range.end ||
        range.start > r->first_token[sentence] + 1)
        return range;
    struct cb_span span = cb_range_span(r, cb_sentence_tokens(r, sentence));
    size_t body = cb_dateline_lead_end(r->text, span.start, span.end);
    while (body > span.start && range.start < range.end && r->tokens[range.start].span.start < body)
        range.start++;
    return range;
}

enum cb_code cb_claim_add(struct cb_claim_finder *f, const struct cb_claim_piece *piece,
                          const struct cb_claim_draft *base, struct cb_err *err)
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
