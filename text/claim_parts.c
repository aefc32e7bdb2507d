/* The statements inside a long one, each a claim of its own. */
#include "text/claim_finder.h"
#include "text/clause_parts.h"

enum { PART_WORDS_MIN = 4, COMPLETED_WORDS_MAX = 20 };

static size_t piece_words(const struct cb_claim_finder *f, const struct cb_claim_piece *piece)
{
    size_t words = 0;
    for (size_t p = 0; p < piece->count; p++)
        words += cb_clause_words(f->r, piece->ranges[p]);
    return words;
}

static struct cb_claim_piece piece_of(const struct cb_clause_part *part, uint32_t sentence)
{
    struct cb_claim_piece piece = {.count = part->count, .sentence = sentence};
    for (size_t p = 0; p < part->count; p++)
        piece.ranges[p] = part->ranges[p];
    return piece;
}

/* Does its verb stand outside of all attributions, and says none? */
static bool is_free(const struct cb_claim_finder *f, const struct cb_clause_part *part)
{
    bool says = cb_token_is_saying(f->r, part->verb) ||
                cb_token_is_one(f->r, part->verb, "saying|vowing|telling|calling|warning|insisting|arguing");
    return (f->marks[part->verb] & CB_MARK_SAID) == 0 &&
           !(says && (part->kind != CB_PART_PARTICIPLE || f->r->nodes[part->verb].tag == CB_TAG_VBG));
}

/* "…, Lee said: …": the words before are hers, though only those behind were found. */
static bool names_source(const struct cb_reading *r, struct cb_token_range range)
{
    for (uint32_t i = range.start + 1; i < range.end; i++) {
        if (!cb_token_is_finite(r, i) || !cb_token_is_saying(r, i))
            continue;
        uint32_t k = i;
        while (k > range.start && (cb_tag_is_noun(r->nodes[k - 1].tag) || r->nodes[k - 1].tag == CB_TAG_PRP ||
                                   r->nodes[k - 1].tag == CB_TAG_DT))
            k--;
        bool ends = i + 1 >= range.end || !cb_token_is_word(r, i + 1) ||
                    (k == i && r->nodes[i + 1].tag == CB_TAG_NNP);
        if (ends && k > range.start && (cb_token_is_char(r, k - 1, ',') || cb_token_is_quote(r, k - 1)))
            return true;
    }
    return false;
}

static bool holds(const struct cb_clause_part *part, struct cb_token_range range)
{
    for (size_t i = 0; i < part->count; i++) {
        if (part->ranges[i].start <= range.start && range.end <= part->ranges[i].end)
            return true;
    }
    return false;
}

enum lack { LACKS_NOTHING, LACKS_SUBJECT, LACKS_VERB };

/* What keeps the words from being a statement? The tagger takes some verbs for participles: those count. */
static enum lack lack_of(const struct cb_reading *r, struct cb_token_range range, bool sourced)
{
    enum { TINY = 3 };
    uint32_t i = range.start;
    uint8_t first = r->nodes[i].tag;
    bool tiny = cb_clause_words(r, range) <= TINY;
    if ((tiny && (first == CB_TAG_WRB || first == CB_TAG_WP || first == CB_TAG_VBG)) || /* "when he did" */
        (cb_token_is(r, i, "if") && i > 0 && cb_token_is_char(r, i - 1, ',')) || /* ", if there are any, …" */
        (!sourced && cb_token_is(r, i, "which")))
        return LACKS_SUBJECT;
    while (i < range.end && r->nodes[i].tag == CB_TAG_RB)
        i++;
    if (i < range.end &&
        (cb_token_is_finite(r, i) || r->nodes[i].tag == CB_TAG_TO || cb_token_is(r, i, "who")))
        return LACKS_SUBJECT;
    for (i = range.start; i < range.end; i++) {
        uint8_t tag = r->nodes[i].tag;
        bool bare = tag == CB_TAG_VB && i > range.start && r->nodes[i - 1].tag != CB_TAG_TO;
        if (cb_token_is_finite(r, i) || tag == CB_TAG_VBN || bare)
            return LACKS_NOTHING;
    }
    return LACKS_VERB;
}

/* "said that claim was false": right behind the verb of saying nothing is missing, whatever the tags. */
static bool follows_saying(const struct cb_reading *r, uint32_t start)
{
    if (start > 0 && cb_token_is(r, start - 1, "that"))
        start--;
    return start > 0 && cb_token_is_finite(r, start - 1) && cb_token_is_saying(r, start - 1);
}

bool cb_claim_complete(const struct cb_claim_finder *f, struct cb_claim_piece *piece, bool sourced)
{
    struct cb_token_range clauses[CB_CLAUSES_MAX], range = piece->ranges[0];
    enum lack lack =
        piece->count == 1 && !f->in->whole_sentences ? lack_of(f->r, range, sourced) : LACKS_NOTHING;
    if (lack == LACKS_NOTHING || follows_saying(f->r, range.start))
        return false;
    size_t most = cb_clause_words(f->r, range) + COMPLETED_WORDS_MAX;
    bool relative = cb_token_is_one(f->r, range.start, "who|which");
    size_t count =
        cb_clauses_split(f->r, piece->sentence, cb_sentence_tokens(f->r, piece->sentence), clauses);
    for (size_t c = 0; c < count; c++) {
        struct cb_clause_part parts[CB_PARTS_MAX];
        size_t found = cb_clause_parts(f->r, piece->sentence,
                                       cb_claim_behind_dateline(f, piece->sentence, clauses[c]), parts);
        for (size_t p = found; p > 0; p--) { /* what hangs on the core before the core */
            struct cb_claim_piece whole = piece_of(&parts[p - 1], piece->sentence);
            struct cb_token_range words = {range.start + relative, range.end};
            if (!holds(&parts[p - 1], words) || piece_words(f, &whole) > most)
                continue;
            *piece = whole;
            return lack == LACKS_VERB && is_free(f, &parts[p - 1]);
        }
        bool inside = clauses[c].start <= range.start && range.end <= clauses[c].end;
        if (inside && found > 0 && cb_clause_words(f->r, clauses[c]) <= most) {
            piece->ranges[0] = clauses[c]; /* it reaches over more than one of them */
            return false;
        }
    }
    return false;
}

/* Nearly all words of the whole: not worth a claim beside it. */
static bool is_nearly(size_t part, size_t whole)
{
    return part * 10 >= whole * 9;
}

enum cb_code cb_claim_add_parts(struct cb_claim_finder *f, const struct cb_claim_piece *piece,
                                const struct cb_claim_draft *whole, const struct cb_claim_draft *inside,
                                struct cb_err *err)
{
    struct cb_clause_part parts[CB_PARTS_MAX];
    size_t count = 0, all = piece_words(f, piece);
    if (piece->count == 1 && all > PART_WORDS_MIN && !f->in->whole_sentences)
        count = cb_clause_parts(f->r, piece->sentence, piece->ranges[0], parts);
    enum cb_code code = cb_claim_add(f, piece, whole, err);
    for (size_t p = 0; p < count && code == CB_OK; p++) {
        struct cb_claim_piece part = piece_of(&parts[p], piece->sentence);
        size_t words = piece_words(f, &part);
        bool own = parts[p].kind == CB_PART_CORE || parts[p].kind == CB_PART_PREDICATE;
        if (words >= PART_WORDS_MIN && !is_nearly(words, all))
            code = cb_claim_add(f, &part, own ? whole : inside, err);
    }
    return code;
}

/* Words outside of all attributions, more than a conjunction and an adverb? */
static bool has_own_words(const struct cb_claim_finder *f, const struct cb_claim_piece *piece)
{
    enum { OWN_WORDS_MIN = 2 };
    size_t words = 0;
    for (uint32_t i = piece->ranges[0].start; i < piece->ranges[0].end && words < OWN_WORDS_MIN; i++)
        words += cb_token_is_word(f->r, i) && (f->marks[i] & CB_MARK_SAID) == 0;
    return words >= OWN_WORDS_MIN;
}

enum cb_code cb_claim_add_uncovered(struct cb_claim_finder *f, const struct cb_claim_piece *piece,
                                    const struct cb_claim_draft *base, struct cb_err *err)
{
    struct cb_clause_part parts[CB_PARTS_MAX];
    enum cb_code code = CB_OK;
    size_t count =
        has_own_words(f, piece) ? cb_clause_parts(f->r, piece->sentence, piece->ranges[0], parts) : 0;
    bool sourced = count > 0 && names_source(f->r, piece->ranges[0]);
    for (size_t p = 0; p < count && code == CB_OK; p++) {
        struct cb_claim_piece part = piece_of(&parts[p], piece->sentence);
        if (sourced && parts[p].kind != CB_PART_RELATIVE)
            continue;
        bool said = parts[p].kind != CB_PART_CORE && parts[p].kind != CB_PART_RELATIVE &&
                    !is_free(f, &parts[0]) && parts[p].ranges[0].start > parts[0].verb;
        if (!said && is_free(f, &parts[p]) && piece_words(f, &part) >= PART_WORDS_MIN)
            code = cb_claim_add(f, &part, base, err);
    }
    return code;
}
