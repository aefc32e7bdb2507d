#include "text/claim_finder.h"

enum { QUOTE_WORDS_MIN = 3 };

/* ---- quotations that no attribution holds ---- */

/* Paragraphs' first tokens, and one more. */
static uint32_t *paragraph_starts(struct cb_claim_finder *f, size_t *count)
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
static bool is_speech(const struct cb_claim_finder *f, const struct cb_quote *quote, uint32_t sentence,
                      bool has_source)
{
    struct cb_token_range words = {quote->first, quote->last + 1}, all = cb_sentence_tokens(f->r, sentence);
    for (uint32_t i = words.start; i < words.end; i++) {
        if (cb_token_is_word(f->r, i) && (f->marks[i] & CB_MARK_COVERED) != 0)
            return false;
    }
    if (!cb_clause_has_verb(f->r, words) || quote->words < QUOTE_WORDS_MIN)
        return false;
    bool whole = cb_clause_trim(f->r, all).start >= words.start && quote->last + 2 >= all.end;
    return has_source || whole || (quote->last >= all.end && cb_clause_trim(f->r, all).start >= words.start);
}

enum cb_code cb_claim_add_spoken(struct cb_claim_finder *f, enum cb_claim_kind kind,
                                 struct cb_token_range range, uint32_t sentence,
                                 const struct cb_quote_source *found, struct cb_err *err)
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
    cb_claim_mark(f, CB_MARK_COVERED, &a);
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
    return cb_claim_read_contents(f, &a, &base, err);
}

static enum cb_code read_quote(struct cb_claim_finder *f, const struct cb_quote *quote, struct cb_err *err)
{
    struct cb_quote_source found;
    uint32_t first =
        cb_sentence_at(f->r->sentences, f->r->sentence_count, f->r->tokens[quote->first].span.start);
    bool has_source = cb_quote_source_find(f->r, quote, &found);
    if (first >= f->r->sentence_count || !is_speech(f, quote, first, has_source))
        return CB_OK;
    return cb_claim_add_spoken(f, CB_CLAIM_DIRECT, (struct cb_token_range){quote->first, quote->last + 1},
                               first, has_source ? &found : NULL, err);
}

enum cb_code cb_claim_read_quotes(struct cb_claim_finder *f, struct cb_err *err)
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

/* ---- turns of a transcript ---- */

/* The turn's part in this reading: its first sentence and the one behind it, from the reading's first. */
static bool turn_here(const struct cb_claim_finder *f, const struct cb_turn *turn, uint32_t *first,
                      uint32_t *end)
{
    uint32_t from = f->in->first_sentence, to = from + (uint32_t)f->r->sentence_count;
    *first = (turn->first > from ? turn->first : from) - from;
    *end = (turn->end < to ? turn->end : to) - from;
    return turn->first < to && turn->end > from;
}

/* All words of a turn are its speaker's, as in a quotation: of what was found in them only what another is
 * said to have said makes claims, through him. */
static void keep_reported(struct cb_claim_finder *f, const struct cb_turn *turn, size_t index)
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

static enum cb_code begin_turn(struct cb_claim_finder *f, const struct cb_turn *turn, uint32_t first,
                               uint32_t end, struct cb_err *err)
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
            f->marks[i] |= CB_MARK_COVERED | CB_MARK_SAID;
    }
    return code;
}

enum cb_code cb_claim_begin_turns(struct cb_claim_finder *f, struct cb_err *err)
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
enum cb_code cb_claim_read_turns(struct cb_claim_finder *f, struct cb_err *err)
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
        code = cb_claim_read_contents(f, &a, &base, err);
    }
    return code;
}
