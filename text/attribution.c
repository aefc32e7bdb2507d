#include "text/attribution.h"

#include "text/attribution_model.h"
#include "text/attribution_rules.h"

#include <stdlib.h>
#include <string.h>

/* Drafts below are not worth telling. Fitted on the training articles (docs/quality.md). */
static const float least_score = 0.2F;

/* text/model/attribution.S */
extern const unsigned char cb_attribution_model_data[], cb_attribution_model_data_end[];

const void *cb_attribution_model_bytes(size_t *len)
{
    *len = (size_t)(cb_attribution_model_data_end - cb_attribution_model_data);
    return cb_attribution_model_data;
}

enum cb_code cb_attribution_model_new(const void *bytes, size_t len, struct cb_attribution_model **out,
                                      struct cb_err *err)
{
    struct cb_attribution_model *model = calloc(1, sizeof *model);
    if (model == NULL)
        return cb_no_memory(err);
    size_t spans = 0, cues = 0, roles = 0;
    enum cb_code code = cb_cue_lexicon_new(&model->lexicon, err);
    if (code == CB_OK && len > 0) {
        code = cb_labeller_load(&model->spans, bytes, len, &spans, err);
        if (code == CB_OK)
            code = cb_labeller_load(&model->cues, (const uint8_t *)bytes + spans, len - spans, &cues, err);
        if (code == CB_OK)
            code = cb_labeller_load(&model->roles, (const uint8_t *)bytes + spans + cues, len - spans - cues,
                                    &roles, err);
        model->has_labellers = code == CB_OK;
    }
    if (code == CB_OK)
        *out = model;
    else
        cb_attribution_model_free(model);
    return code;
}

void cb_attribution_model_free(struct cb_attribution_model *model)
{
    if (model == NULL)
        return;
    cb_labeller_release(&model->spans);
    cb_labeller_release(&model->cues);
    cb_labeller_release(&model->roles);
    cb_cue_lexicon_free(model->lexicon);
    free(model);
}

bool cb_attribution_may_hold(const struct cb_attribution_model *model, const char *text,
                             const struct cb_token *tokens, const struct cb_node *nodes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct cb_span span = tokens[i].span;
        if (tokens[i].kind == CB_TOKEN_QUOTE_OPEN || tokens[i].kind == CB_TOKEN_QUOTE_CLOSE)
            return true;
        const struct cb_cue_word *word =
            tokens[i].kind == CB_TOKEN_WORD
                ? cb_cue_word_find(model->lexicon, text + span.start, span.end - span.start, nodes[i].tag)
                : NULL;
        if (word != NULL && word->strength >= 2)
            return true;
        if (nodes[i].tag == CB_TAG_VBG && span.end - span.start == 9 &&
            strncmp(text + span.start + 1, "ccording", 8) == 0)
            return true;
    }
    return false;
}

static struct cb_span bytes_of(const struct cb_reading *reading, struct cb_piece piece)
{
    return (struct cb_span){reading->tokens[piece.first].span.start, reading->tokens[piece.last].span.end};
}

static bool is_before(const struct cb_draft *a, const struct cb_draft *b)
{
    if (a->content[0].first != b->content[0].first)
        return a->content[0].first < b->content[0].first;
    if (a->content[a->pieces - 1].last != b->content[b->pieces - 1].last)
        return a->content[a->pieces - 1].last > b->content[b->pieces - 1].last; /* the outer one first */
    return a->cue.first < b->cue.first;
}

static int compare_drafts(const void *a, const void *b)
{
    return is_before(a, b) ? -1 : is_before(b, a);
}

static int compare_pieces(const void *a, const void *b)
{
    const struct cb_piece *x = a, *y = b;
    return (x->first > y->first) - (x->first < y->first);
}

/* Pieces in order and disjoint, without the tokens of source and cue. */
static void tidy(struct cb_draft *draft)
{
    qsort(draft->content, draft->pieces, sizeof *draft->content, compare_pieces);
    unsigned kept = 0;
    for (unsigned i = 0; i < draft->pieces; i++) {
        struct cb_piece piece = draft->content[i];
        if (kept > 0 && piece.first <= draft->content[kept - 1].last)
            piece.first = draft->content[kept - 1].last + 1;
        if (draft->cue.first >= 0 && piece.first <= draft->cue.last && piece.last >= draft->cue.first) {
            if (piece.first < draft->cue.first)
                piece.last = draft->cue.first - 1;
            else
                piece.first = draft->cue.last + 1;
        }
        if (piece.first <= piece.last)
            draft->content[kept++] = piece;
    }
    draft->pieces = kept;
}

static bool piece_holds(struct cb_piece outer, struct cb_piece inner)
{
    return inner.first < 0 || (outer.first <= inner.first && inner.last <= outer.last);
}

static bool holds(const struct cb_draft *outer, const struct cb_draft *inner)
{
    for (unsigned i = 0; i < outer->pieces; i++) {
        if (inner->cue.first >= 0 && piece_holds(outer->content[i], inner->cue))
            return true;
    }
    return false;
}

static enum cb_claim_kind kind_of(const struct cb_page *page, const struct cb_draft *draft)
{
    bool all = true, some = false;
    for (unsigned i = 0; i < draft->pieces; i++) {
        const struct cb_piece *piece = &draft->content[i];
        for (int32_t t = piece->first; t <= piece->last; t++) {
            bool quoted = page->quotes.at[t] >= 0 && !(page->quotes.items[page->quotes.at[t]].single &&
                                                       page->quotes.items[page->quotes.at[t]].words < 4);
            some = some || quoted;
            all = all && (quoted || cb_page_mark(page, t) != 0);
        }
    }
    return some && all ? CB_CLAIM_DIRECT : some ? CB_CLAIM_MIXED : CB_CLAIM_INDIRECT;
}

static bool cue_has(const struct cb_page *page, const struct cb_draft *draft, const char *const *words)
{
    for (int32_t t = draft->cue.first; t <= draft->cue.last && t >= 0; t++) {
        if (cb_page_any(page, t, words))
            return true;
    }
    return false;
}

static enum cb_modality modality_of(const struct cb_page *page, const struct cb_draft *draft)
{
    static const char *const negations[] = {"not",      "n't",      "n’t",      "never",   "no",
                                            "neither",  "nor",      "refused",  "refuses", "refuse",
                                            "declined", "declines", "refusing", NULL};
    static const char *const hedges[] = {"may",       "might",      "could",    "would",   "reportedly",
                                         "allegedly", "apparently", "appeared", "appears", "seemed",
                                         "seems",     "perhaps",    NULL};
    const struct cb_cue_word *word = draft->cue_head >= 0 ? page->words[draft->cue_head] : NULL;
    unsigned classes = word != NULL ? word->classes : 0;
    if ((classes & CB_CUE_DENY) != 0 || cue_has(page, draft, negations))
        return CB_DENIED;
    if (cue_has(page, draft, hedges))
        return CB_HEDGED;
    int32_t last = draft->cue_head >= 0 ? cb_page_last(page, draft->cue_head) : -1;
    bool asks = last > draft->cue_head && cb_page_mark(page, last) == '?' && page->quotes.at[last] < 0 &&
                draft->content[draft->pieces - 1].last < last && draft->cue.first < draft->content[0].first;
    if ((classes & CB_CUE_QUESTION) != 0 || asks)
        return CB_QUESTION;
    if ((classes & CB_CUE_SAY) == 0 && (classes & (CB_CUE_WANT | CB_CUE_ASK)) != 0)
        return CB_WISH;
    if ((classes & CB_CUE_HEDGE) != 0)
        return CB_HEDGED;
    if ((classes & CB_CUE_SAY) == 0 && (classes & (CB_CUE_THINK | CB_CUE_LIKE)) != 0)
        return CB_OPINION;
    return CB_STATED;
}

static enum cb_code make_found(const struct cb_page *page, const struct cb_draft *draft,
                               struct cb_arena *arena, struct cb_attribution_found *out, struct cb_err *err)
{
    const struct cb_reading *reading = page->reading;
    struct cb_span *content = cb_arena_array(arena, draft->pieces, sizeof *content);
    if (content == NULL)
        return cb_no_memory(err);
    for (unsigned i = 0; i < draft->pieces; i++)
        content[i] = bytes_of(reading, draft->content[i]);
    int32_t anchor = draft->cue_head >= 0 ? draft->cue_head : draft->content[0].first;
    *out = (struct cb_attribution_found){.has_source = draft->source_head >= 0,
                                         .has_cue = draft->cue_head >= 0,
                                         .content = content,
                                         .content_count = draft->pieces,
                                         .kind = kind_of(page, draft),
                                         .modality = modality_of(page, draft),
                                         .sentence = page->sentence_of[anchor],
                                         .source_token = draft->source_head,
                                         .cue_token = draft->cue_head,
                                         .outer = -1,
                                         .confidence = draft->score};
    if (out->has_source)
        out->source = bytes_of(reading, draft->source);
    if (out->has_cue)
        out->cue = bytes_of(reading, draft->cue);
    return CB_OK;
}

/* For each draft the smallest one before it that holds it whole; `open` are those still not ended. */
static void find_outer(const struct cb_draft *drafts, size_t count, int32_t *open,
                       struct cb_attribution_found *found)
{
    enum { OPEN_MAX = 32 };
    size_t opened = 0;
    for (size_t i = 0; i < count; i++) {
        size_t kept = 0;
        for (size_t k = 0; k < opened; k++) {
            const struct cb_draft *other = &drafts[open[k]];
            if (other->content[other->pieces - 1].last >= drafts[i].content[0].first)
                open[kept++] = open[k];
        }
        opened = kept;
        for (size_t k = opened; k-- > 0 && found[i].outer < 0;) {
            if (holds(&drafts[open[k]], &drafts[i]))
                found[i].outer = open[k];
        }
        if (opened == OPEN_MAX)
            memmove(open, open + 1, --opened * sizeof *open);
        open[opened++] = (int32_t)i;
    }
}

static size_t tokens_in(const struct cb_draft *draft, const struct cb_draft *within)
{
    size_t sum = 0;
    for (unsigned i = 0; i < draft->pieces; i++) {
        if (within == NULL)
            sum += (size_t)(draft->content[i].last - draft->content[i].first + 1);
        for (unsigned k = 0; within != NULL && k < within->pieces; k++) {
            int32_t first = draft->content[i].first > within->content[k].first ? draft->content[i].first
                                                                               : within->content[k].first;
            int32_t last = draft->content[i].last < within->content[k].last ? draft->content[i].last
                                                                            : within->content[k].last;
            sum += last >= first ? (size_t)(last - first + 1) : 0;
        }
    }
    return sum;
}

static int32_t begin_of(const struct cb_draft *draft)
{
    return draft->source.first >= 0 && draft->source.first < draft->cue.first &&
                   draft->cue.first - draft->source.last <= 3
               ? draft->source.first
               : draft->cue.first;
}

/* Ends a draft's content before `token`, and what joins the two clauses: "…, and", "…, ". */
static void end_before(const struct cb_page *page, struct cb_draft *draft, int32_t token)
{
    unsigned kept = 0;
    while (token > 0 && (cb_page_mark(page, token - 1) == ',' || cb_page_tag(page, token - 1) == CB_TAG_CC))
        token--;
    for (unsigned i = 0; i < draft->pieces; i++) {
        struct cb_piece piece = draft->content[i];
        if (piece.last >= token)
            piece.last = token - 1;
        if (piece.first <= piece.last)
            draft->content[kept++] = piece;
    }
    draft->pieces = kept;
}

/* "called it old and called for a new one": the second cue stands in what the first seems to say, but its
 * source does not, and a comma or a conjunction stands before it. */
static bool is_sibling(const struct cb_page *page, const struct cb_draft *outer, const struct cb_draft *inner)
{
    int32_t before = inner->cue.first - 1;
    if (inner->cue.first < outer->cue.last || inner->source.first < 0 ||
        inner->source.first > outer->cue.first)
        return false;
    return cb_page_mark(page, before) == ',' || cb_page_tag(page, before) == CB_TAG_CC;
}

/* Is the cue the last word of a heading? */
static bool is_headline_end(const struct cb_page *page, const struct cb_draft *draft)
{
    uint32_t sentence = page->sentence_of[draft->cue.first >= 0 ? draft->cue.first : 0];
    return draft->cue.first > 0 && page->reading->sentences[sentence].kind == CB_SENTENCE_HEADING &&
           draft->cue.last == cb_page_last(page, draft->cue.last);
}

/* "Driver reported a fault, crew say": the frame at the end takes the headline, and what another cue in it
 * has without a verb of its own is a part of that. */
static void settle_headline(const struct cb_page *page, const struct cb_draft *outer, struct cb_draft *inner)
{
    bool clause = false;
    if (outer->source.first < inner->cue.first)
        return;
    end_before(page, inner, outer->source.first);
    for (unsigned i = 0; i < inner->pieces; i++) {
        for (int32_t t = inner->content[i].first; t <= inner->content[i].last; t++)
            clause = clause || cb_tag_is_verb((uint8_t)cb_page_tag(page, t));
    }
    if (!clause)
        inner->score = 0;
}

/* Two drafts of which one holds the cue of the other: nested, or a wrong end. */
static void part(const struct cb_page *page, struct cb_draft *outer, struct cb_draft *inner)
{
    bool mutual = holds(inner, outer);
    if (is_headline_end(page, outer))
        settle_headline(page, outer, inner);
    else if (mutual && inner->cue.first > outer->cue.last) {
        end_before(page, outer, begin_of(inner)); /* "they believe …, sources said" */
    } else if (mutual) {
        end_before(page, inner, begin_of(outer));
    } else if (is_sibling(page, outer, inner)) {
        end_before(page, outer, inner->cue.first);
    } else if (tokens_in(inner, outer) * 2 < tokens_in(inner, NULL)) {
        struct cb_draft *loser = inner->score >= outer->score ? outer : inner;
        loser->score = 0;
    }
    if (inner->pieces == 1 && inner->source.first >= 0 && piece_holds(inner->source, inner->content[0]))
        inner->score = 0; /* nothing but its source is left */
    if (outer->pieces == 0)
        outer->score = 0;
    if (inner->pieces == 0)
        inner->score = 0;
}

/* Neighbours only: drafts come in the order of their contents. */
static void part_crossing(const struct cb_page *page, struct cb_draft *drafts, size_t count)
{
    enum { NEIGHBOURS = 8 };
    for (size_t i = 0; i < count; i++) {
        for (size_t k = i + 1; k < count && k <= i + NEIGHBOURS && drafts[i].score > 0; k++) {
            if (drafts[k].score <= 0)
                continue;
            if (holds(&drafts[i], &drafts[k]))
                part(page, &drafts[i], &drafts[k]);
            else if (holds(&drafts[k], &drafts[i]))
                part(page, &drafts[k], &drafts[i]);
        }
    }
}

/* "Unions have denied that …": a noun right before an active cue, read as a content of its own while the
 * cue has no source, is the source. */
static void take_source(const struct cb_page *page, struct cb_draft *draft)
{
    static const char *const passive[] = {"be", "been", "being", "is", "are", "was", "were", NULL};
    if (draft->source_head >= 0 || draft->pieces < 2 || draft->content[0].last + 1 != draft->cue.first ||
        draft->content[0].first != draft->content[0].last || draft->content[1].first <= draft->cue.last ||
        cue_has(page, draft, passive) || !cb_tag_is_noun((uint8_t)cb_page_tag(page, draft->content[0].first)))
        return;
    draft->source = draft->content[0];
    draft->source_head = draft->source.last;
    draft->pieces--;
    memmove(draft->content, draft->content + 1, draft->pieces * sizeof *draft->content);
}

static size_t select_drafts(const struct cb_page *page, struct cb_drafts *drafts)
{
    size_t kept = 0;
    for (size_t i = 0; i < drafts->count; i++) {
        struct cb_draft *draft = &drafts->items[i];
        if (draft->score >= least_score)
            cb_draft_settle(page, draft);
        if (draft->score < least_score)
            continue;
        tidy(draft);
        take_source(page, draft);
        if (draft->pieces > 0)
            drafts->items[kept++] = *draft;
    }
    drafts->count = kept;
    if (kept > 0)
        qsort(drafts->items, kept, sizeof *drafts->items, compare_drafts);
    part_crossing(page, drafts->items, kept);
    size_t left = 0;
    for (size_t i = 0; i < kept; i++) {
        if (drafts->items[i].score > 0)
            drafts->items[left++] = drafts->items[i];
    }
    drafts->count = left;
    return left;
}

enum cb_code cb_attributions_find(const struct cb_attribution_model *model, const struct cb_reading *reading,
                                  struct cb_arena *arena, const struct cb_attribution_found **out,
                                  size_t *count, struct cb_err *err)
{
    struct cb_page page;
    enum cb_code code = cb_page_make(reading, model->lexicon, arena, &page, err);
    if (code != CB_OK)
        return code;
    struct cb_drafts drafts = {.arena = arena};
    cb_rules_find(&page, 0, (uint32_t)reading->sentence_count, &drafts);
    if (drafts.failed)
        return cb_no_memory(err);
    if (model->has_labellers) {
        struct cb_sheet sheet;
        struct cb_drafts labelled = {.arena = arena};
        code = cb_sheet_make(&page, &drafts, arena, &sheet, err);
        if (code == CB_OK) {
            cb_label_spans(&model->spans, &sheet);
            code = cb_label_drafts(model, &sheet, arena, &labelled, err);
        }
        if (code != CB_OK)
            return code;
        drafts = labelled;
    }
    size_t n = select_drafts(&page, &drafts);
    struct cb_attribution_found *found = cb_arena_array(arena, n + 1, sizeof *found);
    int32_t open[33];
    if (found == NULL)
        return cb_no_memory(err);
    for (size_t i = 0; i < n && code == CB_OK; i++)
        code = make_found(&page, &drafts.items[i], arena, &found[i], err);
    if (code != CB_OK)
        return code;
    find_outer(drafts.items, n, open, found);
    *out = found;
    *count = n;
    return CB_OK;
}
