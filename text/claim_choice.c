#include "text/claim_choice.h"

#include "text/furniture.h"
#include "text/quote_source.h"

enum { SIDE_WORDS_MIN = 3 };

struct chooser {
    const struct cb_claim_sources *in;
    const struct cb_reading *r;
    const struct cb_reference_list *references;
    /* the plain source of the sentence that was asked for last: sentences can hold many attributions */
    uint32_t sentence;
    bool has_statement;
    struct cb_quote_source statement;
};

/* Does the cue say that somebody spoke, not only that he thought, wanted or saw? */
static bool is_saying(const struct cb_reading *r, const struct cb_attribution_found *a)
{
    if (!a->has_cue)
        return false;
    struct cb_token_range range = cb_span_tokens(r, a->sentence, a->cue);
    for (uint32_t i = range.start; i < range.end; i++) {
        if (cb_token_is_saying(r, i) || cb_token_is_one(r, i, "according|:"))
            return true;
    }
    return false;
}

/* What one reports of another's mind. */
static bool is_belief(const struct cb_reading *r, const struct cb_attribution_found *a)
{
    return a->cue_token >= 0 &&
           cb_token_is_one(r, (uint32_t)a->cue_token,
                           "believe|believes|believed|think|thinks|thought|expects|expected|fears|feared|"
                           "suspects|suspected|considers|considered|estimates|estimated|assumes|assumed");
}

static bool has_clause(const struct chooser *f, const struct cb_attribution_found *a)
{
    for (size_t c = 0; c < a->content_count; c++) {
        uint32_t s = cb_sentence_at(f->r->sentences, f->r->sentence_count, a->content[c].start);
        if (s < f->r->sentence_count && cb_clause_has_verb(f->r, cb_span_tokens(f->r, s, a->content[c])))
            return true;
    }
    return false;
}

/* A source with a sentence in quotation marks in it is misread: the quotation is what was said. */
static bool holds_quotation(const struct chooser *f, const struct cb_attribution_found *a)
{
    struct cb_token_range range = cb_span_tokens(f->r, a->sentence, a->source);
    unsigned quoted = 0;
    bool verb = false;
    for (uint32_t i = range.start; i < range.end; i++) {
        quoted += f->in->in_quote[i] && cb_token_is_word(f->r, i);
        verb |= f->in->in_quote[i] && cb_token_is_finite(f->r, i);
    }
    return quoted > 3 && verb;
}

/* Can its source speak? Persons, organisations and groups can; anything with a noun ("the poll", "the
 * letter") can say, but not want, need or fear. */
static bool has_voice(const struct chooser *f, size_t index)
{
    const struct cb_attribution_found *a = &f->in->attributions[index];
    const struct cb_reference *reference = &f->references->items[f->in->reference_of[index]];
    if (a->has_source && holds_quotation(f, a))
        return false;
    if (reference->kind != CB_REFERENCE_GROUP || reference->speaker_kind != CB_SPEAKER_UNKNOWN)
        return true;
    return is_saying(f->r, a) && a->source_token >= 0 && cb_tag_is_noun(f->r->nodes[a->source_token].tag);
}

/* Words inside somebody's quotation are his, whatever they report; but for "…, he said. …" inside the marks,
 * as some agencies write. */
static bool is_inside_quote(const struct chooser *f, size_t index)
{
    const struct cb_attribution_found *a = &f->in->attributions[index];
    const struct cb_reference *reference = &f->references->items[f->in->reference_of[index]];
    bool third = reference->kind == CB_REFERENCE_HE || reference->kind == CB_REFERENCE_DESCRIPTION;
    if (a->cue_token < 0 ||
        (third && a->kind == CB_CLAIM_DIRECT && is_saying(f->r, a) && a->content[0].start < a->cue.start))
        return false;
    return f->in->in_quote[a->cue_token] && (a->source_token < 0 || f->in->in_quote[a->source_token]);
}

static bool mostly(struct cb_span part, struct cb_span whole)
{
    uint32_t start = part.start > whole.start ? part.start : whole.start;
    uint32_t end = part.end < whole.end ? part.end : whole.end;
    return end > start && (end - start) * 2 >= whole.end - whole.start;
}

/* Do the contents hold most of that side of the sentence? An empty side is held. */
static bool holds_side(const struct chooser *f, const struct cb_attribution_found *a,
                       struct cb_token_range side)
{
    side = cb_range_trim(f->r, side);
    if (cb_clause_words(f->r, side) < SIDE_WORDS_MIN)
        return true;
    for (size_t c = 0; c < a->content_count; c++) {
        if (mostly(a->content[c], cb_range_span(f->r, side)))
            return true;
    }
    return false;
}

/* A sentence that plainly has its source at the end or set off by commas ("…, the police said.", "…, she
 * said, …") is read so, whatever else was found for that verb. */
static bool is_overruled(struct chooser *f, const struct cb_attribution_found *a)
{
    struct cb_token_range all = cb_sentence_tokens(f->r, a->sentence);
    if (!a->has_cue)
        return false;
    if (f->sentence != a->sentence) {
        f->sentence = a->sentence;
        f->has_statement = cb_statement_source_find(f->r, a->sentence, &f->statement);
    }
    if (!f->has_statement)
        return false;
    const struct cb_quote_source found = f->statement;
    struct cb_span cue = cb_range_span(f->r, found.cue), source = cb_range_span(f->r, found.source);
    if (!(a->cue.start < cue.end && cue.start < a->cue.end))
        return false;
    bool leads = cb_range_trim(f->r, all).start == found.gap.start;
    if (leads && found.gap.end < all.end && a->content[0].start > f->r->tokens[found.gap.end].span.end)
        return true; /* "According to Lee, the union …": nothing between them may get lost */
    return !(a->has_source && mostly(a->source, source) && mostly(source, a->source)) ||
           !holds_side(f, a, (struct cb_token_range){all.start, found.gap.start}) ||
           !holds_side(f, a, (struct cb_token_range){found.gap.end, all.end});
}

/* Is the source a part of a quotation of which the cue is none? */
static bool is_quoted_word(const struct chooser *f, const struct cb_attribution_found *a)
{
    if (a->source_token < 0 || a->cue_token < 0 || !a->has_source)
        return false;
    struct cb_token_range range = cb_span_tokens(f->r, a->sentence, a->source);
    return f->in->in_quote[a->source_token] && !f->in->in_quote[a->cue_token] &&
           range.end < f->r->token_count && f->in->in_quote[range.end] && cb_token_is_word(f->r, range.end);
}

/* "The plan covers the harbour, including the pier, a project Lee has praised": a verb that is none of saying
 * does not come behind what it is about, with a source of several phrases between. */
static bool is_far_fetched(const struct chooser *f, const struct cb_attribution_found *a)
{
    if (!a->has_source || a->cue_token < 0 || is_saying(f->r, a) || a->content[0].end > a->source.start ||
        a->kind != CB_CLAIM_INDIRECT)
        return false;
    struct cb_token_range source = cb_span_tokens(f->r, a->sentence, a->source);
    for (uint32_t i = source.start; i < source.end; i++) {
        if (cb_token_is_char(f->r, i, ','))
            return true;
    }
    return false;
}

/* Does a content begin in the middle of a quotation that the cue stands outside of? Quotations are said
 * whole. */
static bool cuts_quotation(const struct chooser *f, const struct cb_attribution_found *a)
{
    if (a->cue_token < 0 || f->in->in_quote[a->cue_token])
        return false;
    for (size_t c = 0; c < a->content_count; c++) {
        uint32_t s = cb_sentence_at(f->r->sentences, f->r->sentence_count, a->content[c].start);
        if (s >= f->r->sentence_count)
            continue;
        struct cb_token_range range = cb_span_tokens(f->r, s, a->content[c]);
        if (range.start > 0 && range.start < range.end && f->in->in_quote[range.start] &&
            f->in->in_quote[range.start - 1] && cb_token_is_word(f->r, range.start - 1))
            return true;
    }
    return false;
}

/* `makes` is known of the attributions before it, among which is the one that it is inside of. */
static bool makes_claims(struct chooser *f, size_t index, const bool *makes)
{
    const struct cb_attribution_found *a = &f->in->attributions[index];
    if (a->outer >= 0 && !makes[a->outer])
        return false;
    if (!a->has_source && cb_is_furniture(f->r, cb_sentence_tokens(f->r, a->sentence)))
        return false; /* "Read also: …" */
    if (!has_voice(f, index) || is_quoted_word(f, a) || is_far_fetched(f, a) || cuts_quotation(f, a) ||
        is_overruled(f, a))
        return false;
    if (a->outer < 0)
        return !is_inside_quote(f, index);
    const struct cb_reference *reference = &f->references->items[f->in->reference_of[index]];
    bool named = reference->kind == CB_REFERENCE_NAME || reference->speaker_kind == CB_SPEAKER_ORGANISATION;
    return (is_saying(f->r, a) || (named && is_belief(f->r, a))) && has_clause(f, a);
}

void cb_attributions_choose(const struct cb_claim_sources *sources,
                            const struct cb_reference_list *references, bool *makes)
{
    struct chooser f = {
        .in = sources, .r = sources->reading, .references = references, .sentence = UINT32_MAX};
    for (size_t i = 0; i < sources->attribution_count; i++)
        makes[i] = makes_claims(&f, i, makes);
}
