/* The text's own voice: what no attribution holds. */
#include "text/claim_finder.h"
#include "text/furniture.h"

enum {
    APPOSITION_WORDS_MIN = 5,
    TEXT_WORDS_MIN = 2,
    UNREAD_WORDS_MIN = 4,
    OWN_WORDS_MIN = 5,
    RELATIVE_WORDS_MIN = 4,
    CUES_MAX = 16
};

static bool is_covered(const struct cb_claim_finder *f, struct cb_token_range range)
{
    for (uint32_t i = range.start; i < range.end; i++) {
        if ((f->marks[i] & CB_MARK_COVERED) != 0)
            return true;
    }
    return false;
}

/* A proposition has a verb, or reads as one without (a headline: "Three dead in crash" has none and stays
 * out). */
static bool is_proposition(const struct cb_claim_finder *f, struct cb_token_range range)
{
    size_t words = cb_clause_words(f->r, range);
    return words >= TEXT_WORDS_MIN &&
           (cb_clause_has_verb(f->r, range) || (f->in->whole_sentences && words >= UNREAD_WORDS_MIN));
}

/* A covered clause with a verb of its own, outside what the attributions in it hold, is a claim of the text:
 * what hangs below that verb and says who said what ("…, saying that …") is left out at its edges. */
static bool own_part(const struct cb_claim_finder *f, uint32_t sentence, struct cb_token_range clause,
                     struct cb_claim_piece *out)
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
    bool quoted = f->in->in_quote[clause.start] && (f->marks[clause.start] & CB_MARK_COVERED) != 0;
    if (cue_count == 0 || quoted || top >= clause.end || (f->marks[top] & CB_MARK_COVERED) != 0)
        return false;
    size_t count = cb_clause_without(f->r, sentence, clause, cues, cue_count, parts);
    size_t words = 0, covered = 0;
    *out = (struct cb_claim_piece){.count = count, .sentence = sentence};
    bool verb = false;
    for (size_t p = 0; p < count; p++) {
        out->ranges[p] = parts[p];
        verb |= cb_clause_has_verb(f->r, parts[p]);
        for (uint32_t i = parts[p].start; i < parts[p].end; i++) {
            words += cb_token_is_word(f->r, i);
            covered += cb_token_is_word(f->r, i) && (f->marks[i] & CB_MARK_COVERED) != 0;
        }
    }
    return count > 0 && verb && words >= OWN_WORDS_MIN && covered * 2 <= words;
}

/* "The bridge was unsafe, Lee said, adding that …": what stands before the frame is said too, when only what
 * stands behind it was found. */
static enum cb_code add_first_statement(struct cb_claim_finder *f, uint32_t sentence, struct cb_err *err)
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
    return cb_claim_add_spoken(f, CB_CLAIM_INDIRECT, first, sentence, &found, err);
}

/* "Insurers put the damage at $3bn": who reckons so is the source, and the claim is the whole clause. */
static bool reckons(const struct cb_claim_finder *f, uint32_t sentence, struct cb_token_range clause,
                    struct cb_quote_source *found, struct cb_token_range *content)
{
    const struct cb_sentence_quantities *q = &f->in->quantities[sentence];
    return !f->in->whole_sentences && !f->in->in_quote[clause.start] &&
           cb_estimate_source_find(f->r, sentence, clause, q->items, q->count, found, content) &&
           !cb_clause_has_verb(f->r, *content);
}

/* A clause of the text's own; a relative clause inside it about its subject is a claim beside the rest. */
static enum cb_code add_own(struct cb_claim_finder *f, const struct cb_claim_piece *piece,
                            const struct cb_claim_draft *base, struct cb_err *err)
{
    struct cb_relative found;
    if (piece->count != 1 || !cb_clause_relative(f->r, piece->ranges[0], RELATIVE_WORDS_MIN, &found))
        return cb_claim_add(f, piece, base, err);
    struct cb_claim_piece part = {
        .ranges = {found.subject, found.relative}, .count = 2, .sentence = piece->sentence};
    enum cb_code code = cb_claim_add(f, &part, base, err);
    part.ranges[1] = found.rest;
    return code == CB_OK ? cb_claim_add(f, &part, base, err) : code;
}

enum cb_code cb_claim_read_own(struct cb_claim_finder *f, uint32_t sentence, struct cb_err *err)
{
    struct cb_token_range clauses[CB_CLAUSES_MAX], whole = cb_sentence_tokens(f->r, sentence);
    struct cb_quote_source found;
    if (!f->in->whole_sentences && !is_covered(f, whole) && cb_statement_source_find(f->r, sentence, &found))
        return cb_claim_add_spoken(f, CB_CLAIM_INDIRECT, whole, sentence, &found, err);
    if (cb_is_furniture(f->r, whole))
        return CB_OK;
    enum cb_code code = add_first_statement(f, sentence, err);
    if (code != CB_OK)
        return code;
    whole = cb_claim_behind_dateline(f, sentence, whole);
    size_t count = cb_clauses_split(f->r, sentence, whole, clauses);
    for (size_t c = 0; c < count; c++) {
        if (cb_is_furniture(f->r, clauses[c]))
            continue;
        struct cb_token_range content;
        if (!is_covered(f, clauses[c]) && reckons(f, sentence, clauses[c], &found, &content)) {
            code = cb_claim_add_spoken(f, CB_CLAIM_INDIRECT, content, sentence, &found, err);
            if (code != CB_OK)
                return code;
            continue;
        }
        struct cb_claim_piece piece = {
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

enum cb_code cb_claim_read_appositions(struct cb_claim_finder *f, struct cb_err *err)
{
    struct cb_claim_draft base = {.claim = {.kind = CB_CLAIM_ASSERTION, .speaker = CB_NO_SPEAKER},
                                  .through = -1};
    for (size_t n = 0; n < f->in->name_count; n++) {
        const struct cb_name *name = &f->in->names[n];
        struct cb_claim_piece piece = {
            .ranges = {name->apposition}, .count = 1, .sentence = name->sentence - f->in->first_sentence};
        if (name->in_quote || f->turn_of[piece.sentence] >= 0 ||
            cb_clause_words(f->r, name->apposition) < APPOSITION_WORDS_MIN)
            continue;
        enum cb_code code = cb_claim_add(f, &piece, &base, err);
        if (code != CB_OK)
            return code;
    }
    return CB_OK;
}
