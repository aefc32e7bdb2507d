#include "text/attribution_model.h"

#include <string.h>

/* How much of a candidate's score comes from the rule that found it; the rest is the labeller's. The training
 * articles are few and of one kind, the rules' scores know other verbs. docs/quality.md has the measurements.
 */
static const float rule_share = 0.6F;
static const float least_cue = 0.47F;

/* A paragraph without any word of the lexicon, quotation or colon holds no attribution: not worth labelling.
 */
static bool is_worth(const struct cb_page *page, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        const struct cb_cue_word *word = page->words[i];
        if ((word != NULL && word->strength >= 2) || page->quotes.at[i] >= 0 ||
            cb_page_mark(page, (int32_t)i) == ':' || cb_page_is(page, (int32_t)i, "according"))
            return true;
    }
    return false;
}

static void mark_outside(const struct cb_sheet *sheet, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        sheet->marginals[i][CB_SPAN_OUTSIDE] = 1;
}

void cb_label_spans(const struct cb_labeller *spans, const struct cb_sheet *sheet)
{
    const struct cb_page *page = sheet->page;
    float scores[CB_CHUNK_MAX][CB_LABELS_MAX];
    uint32_t features[CB_FEATURES_MAX];
    for (size_t p = 0; p < page->paragraph_count; p++) {
        uint32_t end = page->paragraph_first[p + 1];
        if (!is_worth(page, page->paragraph_first[p], end)) {
            mark_outside(sheet, page->paragraph_first[p], end);
            continue;
        }
        for (uint32_t first = page->paragraph_first[p]; first < end;) {
            uint32_t last = end - first > CB_CHUNK_MAX ? first + CB_CHUNK_MAX : end;
            for (uint32_t i = first; i < last; i++) {
                size_t count = cb_features_span(sheet, (int32_t)i, spans->bits, features);
                cb_labeller_score(spans, features, count, scores[i - first]);
            }
            cb_labeller_marginals(spans, scores, last - first, sheet->marginals + first);
            first = last;
        }
    }
}

float cb_label_cue(const struct cb_labeller *cues, const struct cb_sheet *sheet,
                   const struct cb_candidate *candidate)
{
    float scores[1][CB_LABELS_MAX], marginals[1][CB_LABELS_MAX];
    uint32_t features[CB_FEATURES_MAX];
    size_t count = cb_features_cue(sheet, candidate, cues->bits, features);
    cb_labeller_score(cues, features, count, scores[0]);
    cb_labeller_marginals(cues, scores, 1, marginals);
    return marginals[0][CB_CUE_REAL];
}

/* The stretch of labels begin, begin + 1, … that holds `at`. */
static int32_t run_end(const uint8_t *labels, int32_t at, int32_t count, unsigned inside)
{
    while (at + 1 < count && labels[at + 1] == inside)
        at++;
    return at;
}

/* Reads source and content out of the labels; of several sources the one nearest the cue. */
static void read_labels(struct cb_draft *draft, const struct cb_candidate *candidate, const uint8_t *labels)
{
    int32_t base = candidate->window.first, count = candidate->window.last - base + 1, nearest = INT32_MAX;
    for (int32_t i = 0; i < count; i++) {
        bool source = labels[i] == CB_ROLE_SOURCE_BEGIN;
        if (!source && labels[i] != CB_ROLE_CONTENT_BEGIN)
            continue;
        int32_t end = run_end(labels, i, count, source ? CB_ROLE_SOURCE : CB_ROLE_CONTENT);
        struct cb_piece piece = {base + i, base + end};
        int32_t distance =
            piece.first > draft->cue.last ? piece.first - draft->cue.last : draft->cue.first - piece.last;
        if (source && distance < nearest) {
            nearest = distance;
            draft->source = piece;
        } else if (!source && draft->pieces < CB_DRAFT_PIECES) {
            draft->content[draft->pieces++] = piece;
        }
        i = end;
    }
}

static int32_t head_of_piece(const struct cb_page *page, struct cb_piece piece)
{
    for (int32_t i = piece.first; i >= 0 && i <= piece.last; i++) {
        int32_t head = page->heads[i];
        if (cb_page_mark(page, i) == 0 && (head < piece.first || head > piece.last))
            return i;
    }
    return piece.last;
}

static enum cb_code label_roles(const struct cb_labeller *roles, const struct cb_sheet *sheet,
                                const struct cb_candidate *candidate, struct cb_arena *arena,
                                struct cb_draft *draft, struct cb_err *err)
{
    float scores[2 * CB_CHUNK_MAX][CB_LABELS_MAX];
    uint8_t labels[2 * CB_CHUNK_MAX];
    uint32_t features[CB_FEATURES_MAX];
    int32_t first = candidate->window.first, count = candidate->window.last - first + 1;
    if (count > 2 * CB_CHUNK_MAX)
        count = 2 * CB_CHUNK_MAX;
    for (int32_t i = 0; i < count; i++) {
        size_t n = cb_features_role(sheet, candidate, first + i, roles->bits, features);
        cb_labeller_score(roles, features, n, scores[i]);
        if (first + i >= candidate->cue.first && first + i <= candidate->cue.last)
            scores[i][CB_ROLE_OUTSIDE] += 50.0F;
    }
    enum cb_code code =
        cb_labeller_decode(roles, (const float(*)[CB_LABELS_MAX])scores, (size_t)count, arena, labels, err);
    if (code == CB_OK)
        read_labels(draft, candidate, labels);
    return code;
}

bool cb_is_quotation(const struct cb_draft *rule)
{
    return rule->rule == CB_RULE_QUOTE_BEFORE || rule->rule == CB_RULE_QUOTE_AFTER ||
           rule->rule == CB_RULE_QUOTE_AROUND || rule->rule == CB_RULE_INSIDE;
}

/* Are the spans of this rule's draft better than the labeller's? Measured, rule by rule. */
static bool rule_is_sure(const struct cb_page *page, const struct cb_draft *rule)
{
    const struct cb_cue_word *word = page->words[rule->cue_head];
    bool saying = word != NULL && word->strength == 3 && (word->classes & CB_CUE_SAY) != 0;
    switch (rule->rule) {
    case CB_RULE_QUOTE_BEFORE:
    case CB_RULE_QUOTE_AFTER:
    case CB_RULE_QUOTE_AROUND:
    case CB_RULE_INSIDE:
        return true;
    case CB_RULE_COLON:
    case CB_RULE_CLAUSE:
    case CB_RULE_CLAUSE_BEFORE:
    case CB_RULE_CLAUSE_AROUND:
        return saying;
    case CB_RULE_ACCORDING:
    case CB_RULE_HEADLINE:
        return true;
    default:
        return false;
    }
}

static void join_rule(const struct cb_page *page, const struct cb_draft *rule, struct cb_draft *draft)
{
    if (draft->pieces == 0 || rule_is_sure(page, rule)) {
        memcpy(draft->content, rule->content, sizeof draft->content);
        draft->pieces = rule->pieces;
    }
    bool inside = draft->source.first >= rule->source.first && draft->source.last <= rule->source.last;
    if (draft->source.first < 0 || cb_is_quotation(rule) || (rule->rule == CB_RULE_HEADLINE && !inside))
        draft->source = rule->source;
}

/* "In an interview with the Courier, Halvorsen said": what stands under a preposition before the comma is no
 * part of who speaks. */
static struct cb_piece behind_preposition(const struct cb_page *page, struct cb_piece source,
                                          struct cb_piece cue)
{
    int32_t before = source.first - 1;
    unsigned tag = before >= 0 ? cb_page_tag(page, before) : CB_TAG_CC;
    if ((tag != CB_TAG_IN && tag != CB_TAG_TO) || cue.first <= source.last)
        return source;
    int32_t comma = source.first;
    while (comma < source.last && cb_page_mark(page, comma) != ',')
        comma++;
    unsigned next = comma < source.last ? cb_page_tag(page, comma + 1) : CB_TAG_CC;
    bool speaks = next == CB_TAG_NNP || next == CB_TAG_PRP;
    return speaks ? (struct cb_piece){comma + 1, source.last} : source;
}

enum cb_code cb_label_drafts(const struct cb_attribution_model *model, const struct cb_sheet *sheet,
                             struct cb_arena *arena, struct cb_drafts *out, struct cb_err *err)
{
    struct cb_candidate *candidates;
    size_t count;
    enum cb_code code = cb_candidates_find(sheet, arena, &candidates, &count, err);
    for (size_t i = 0; i < count && code == CB_OK; i++) {
        float sure = cb_label_cue(&model->cues, sheet, &candidates[i]);
        const struct cb_draft *rule = candidates[i].draft;
        if (rule != NULL)
            sure = (1 - rule_share) * sure + rule_share * rule->score;
        if (sure < least_cue)
            continue;
        struct cb_draft *draft = cb_drafts_add(out);
        if (draft == NULL)
            return cb_no_memory(err);
        draft->cue = candidates[i].cue;
        draft->cue_head = candidates[i].head;
        draft->rule = CB_RULE_LABELLER;
        draft->score = sure;
        if (rule == NULL || !cb_is_quotation(rule)) /* quotation marks know better */
            code = label_roles(&model->roles, sheet, &candidates[i], arena, draft, err);
        if (rule != NULL)
            join_rule(sheet->page, rule, draft);
        draft->source = behind_preposition(sheet->page, draft->source, draft->cue);
        if (draft->source.first >= 0)
            draft->source_head = head_of_piece(sheet->page, draft->source);
        if (draft->pieces == 0)
            out->count--;
    }
    return code;
}
