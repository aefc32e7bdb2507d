/* The text's own voice: what no attribution holds. */
#include "text/claim_finder.h"
#include "text/clause_nouns.h"
#include "text/clause_parts.h"
#include "text/furniture.h"

enum { APPOSITION_WORDS_MIN = 5, TEXT_WORDS_MIN = 2, UNREAD_WORDS_MIN = 4 };

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
static bool is_proposition(const struct cb_claim_finder *f, uint32_t sentence, struct cb_token_range range)
{
    size_t words = cb_clause_words(f->r, range);
    struct cb_clause_part parts[CB_PARTS_MAX];
    if (words < TEXT_WORDS_MIN || f->in->whole_sentences)
        return f->in->whole_sentences && words >= UNREAD_WORDS_MIN;
    return cb_clause_has_verb(f->r, range) ||
           (words > UNREAD_WORDS_MIN && cb_clause_parts(f->r, sentence, range, parts) > 0);
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
        if (c > 0 && cb_token_is(f->r, clauses[c].start, "that") &&
            f->r->nodes[clauses[c].start].tag == CB_TAG_IN)
            clauses[c].start++;
        struct cb_claim_piece piece = {
            .ranges = {cb_clause_without_frame(f->r, clauses[c])}, .count = 1, .sentence = sentence};
        struct cb_claim_draft base = {.claim = {.kind = CB_CLAIM_ASSERTION, .speaker = CB_NO_SPEAKER},
                                      .through = -1};
        if (is_covered(f, clauses[c]))
            code = cb_claim_add_uncovered(f, &piece, &base, err);
        else if (is_proposition(f, sentence, clauses[c]))
            code = cb_claim_add_parts(f, &piece, &base, &base, err);
        if (code != CB_OK)
            return code;
    }
    return CB_OK;
}

/* "leader of the Sellby Trust Ann Lee": the role and the name behind it. */
static struct cb_token_range role_and_name(const struct cb_claim_finder *f, uint32_t sentence,
                                           const struct cb_name *name)
{
    struct cb_token_range none = {0, 0};
    if (name->role.end <= name->role.start || name->role.end > name->span.start)
        return none;
    struct cb_token_range role = cb_span_tokens(f->r, sentence, name->role);
    struct cb_token_range bearer = cb_span_tokens(f->r, sentence, name->span);
    bool told = false; /* "Foreign Minister Ray" only names him */
    for (uint32_t i = role.start; i < role.end; i++)
        told |= cb_token_is_one(f->r, i, "of|for|at");
    if (role.start > f->r->first_token[sentence] &&
        cb_token_is_one(f->r, role.start - 1, "the|a|an|his|her|their|its"))
        role.start--;
    return told && role.end == bearer.start ? (struct cb_token_range){role.start, bearer.end} : none;
}

/* "Ann Lee, a lawyer | who has …": read_nouns has the longer one. */
static bool goes_on(const struct cb_claim_finder *f, uint32_t sentence, struct cb_token_range apposition)
{
    struct cb_token_range found[CB_NOUNS_MAX];
    if (apposition.end >= f->r->token_count || !cb_token_is_one(f->r, apposition.end, "who|which|that"))
        return false;
    size_t count = cb_clause_nouns(f->r, sentence, APPOSITION_WORDS_MIN, found);
    for (size_t i = 0; i < count; i++) {
        if (found[i].start == apposition.start && found[i].end > apposition.end)
            return true;
    }
    return false;
}

static enum cb_code read_nouns(struct cb_claim_finder *f, uint32_t sentence, struct cb_err *err)
{
    struct cb_claim_draft base = {.claim = {.kind = CB_CLAIM_ASSERTION, .speaker = CB_NO_SPEAKER},
                                  .through = -1};
    struct cb_token_range found[CB_NOUNS_MAX];
    size_t count = cb_clause_nouns(f->r, sentence, APPOSITION_WORDS_MIN, found);
    enum cb_code code = CB_OK;
    for (size_t i = 0; i < count && code == CB_OK; i++) {
        struct cb_claim_piece piece = {.ranges = {found[i]}, .count = 1, .sentence = sentence};
        if (!f->in->in_quote[found[i].start])
            code = cb_claim_add(f, &piece, &base, err);
    }
    return code;
}

enum cb_code cb_claim_read_appositions(struct cb_claim_finder *f, struct cb_err *err)
{
    struct cb_claim_draft base = {.claim = {.kind = CB_CLAIM_ASSERTION, .speaker = CB_NO_SPEAKER},
                                  .through = -1};
    for (size_t n = 0; n < f->in->name_count; n++) {
        const struct cb_name *name = &f->in->names[n];
        struct cb_claim_piece piece = {
            .ranges = {name->apposition}, .count = 1, .sentence = name->sentence - f->in->first_sentence};
        if (name->in_quote || f->turn_of[piece.sentence] >= 0)
            continue;
        if (piece.ranges[0].end == 0)
            piece.ranges[0] = role_and_name(f, piece.sentence, name);
        if (cb_clause_words(f->r, piece.ranges[0]) < APPOSITION_WORDS_MIN ||
            goes_on(f, piece.sentence, piece.ranges[0]))
            continue;
        enum cb_code code = cb_claim_add(f, &piece, &base, err);
        if (code != CB_OK)
            return code;
    }
    enum cb_code code = CB_OK;
    for (uint32_t s = 0; s < f->r->sentence_count && code == CB_OK && !f->in->whole_sentences; s++) {
        if (f->turn_of[s] < 0 && f->r->sentences[s].kind != CB_SENTENCE_HEADING)
            code = read_nouns(f, s, err);
    }
    return code;
}
