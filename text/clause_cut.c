#include "text/clause_cut.h"

#include "text/quote_source.h"

#include <string.h>

enum { SUBJECT_TOKENS_MAX = 14, CLAUSE_LOOK_MAX = 16 };

bool cb_cut_is_noun_like(const struct cb_reading *r, uint32_t i)
{
    uint8_t tag = r->nodes[i].tag;
    return cb_tag_is_noun(tag) || tag == CB_TAG_PRP || tag == CB_TAG_CD || tag == CB_TAG_EX;
}

bool cb_cut_begins_phrase(const struct cb_reading *r, uint32_t i)
{
    uint8_t tag = r->nodes[i].tag;
    return cb_cut_is_noun_like(r, i) || tag == CB_TAG_DT || tag == CB_TAG_PRP_POSS || tag == CB_TAG_JJ ||
           tag == CB_TAG_JJR || tag == CB_TAG_JJS || tag == CB_TAG_PDT;
}

uint32_t cb_cut_verb_of_clause(const struct cb_reading *r, uint32_t at, uint32_t end)
{
    bool noun = false;
    if (at >= end || !cb_cut_begins_phrase(r, at))
        return end;
    for (uint32_t i = at; i < end && i - at < CLAUSE_LOOK_MAX; i++) {
        uint8_t tag = r->nodes[i].tag;
        if (cb_token_is_finite(r, i))
            return noun ? i : end;
        if (tag == CB_TAG_WP || tag == CB_TAG_WDT || tag == CB_TAG_WRB || tag == CB_TAG_TO ||
            tag == CB_TAG_COLON || tag == CB_TAG_COMMA)
            return end;
        if (tag == CB_TAG_CC && i + 1 < end && !cb_cut_begins_phrase(r, i + 1))
            return end;
        if (i > at && tag == CB_TAG_PRP && cb_tag_is_noun(r->nodes[i - 1].tag) &&
            cb_token_is_one(r, i, "he|she|they|it|we|i|you"))
            return end; /* "as the reason he left" */
        noun |= cb_cut_is_noun_like(r, i) || tag == CB_TAG_DT;
    }
    return end;
}

bool cb_cut_is_past(const struct cb_reading *r, uint32_t verb)
{
    return r->nodes[verb].tag == CB_TAG_VBD;
}

/* "after", "as", "because" … with a clause behind: where that clause begins; 0 when it is none, or a
 * condition. */
static uint32_t adverbial_body(const struct cb_reading *r, uint32_t at, uint32_t end, bool *condition)
{
    uint8_t tag = r->nodes[at].tag;
    if (tag != CB_TAG_IN && tag != CB_TAG_WRB && tag != CB_TAG_RB)
        return 0;
    *condition =
        cb_token_is_one(r, at, "if|unless|until|once|before|whether|whenever|wherever|lest|provided");
    if (!*condition &&
        !cb_token_is_one(r, at, "as|after|because|although|though|while|since|when|whereas|even"))
        return 0;
    uint32_t body = at + 1;
    if (cb_token_is(r, at, "even")) {
        if (body >= end || !cb_token_is_one(r, body, "as|though|after"))
            return 0;
        body++;
    }
    uint32_t verb = cb_cut_verb_of_clause(r, body, end);
    if (verb >= end) /* its verb can stand behind the next comma: "when the mayor, joined by …, left" */
        return body < end && cb_cut_begins_phrase(r, body) &&
                       cb_token_is_one(r, at, "when|because|although|while")
                   ? body
                   : 0;
    if ((cb_token_is(r, at, "when") || (cb_token_is(r, at, "while") && r->nodes[body].tag == CB_TAG_PRP)) &&
        !cb_cut_is_past(r, verb))
        *condition = true;
    return body;
}

/* "such as", "as rich as", "just when": no clause of its own begins there. */
static bool is_bound(const struct cb_reading *r, uint32_t start, uint32_t i)
{
    uint8_t tag = r->nodes[i - 1].tag;
    if (tag == CB_TAG_RB || tag == CB_TAG_CC || tag == CB_TAG_IN || tag == CB_TAG_WRB ||
        cb_tag_is_verb(tag) || cb_token_is_one(r, i - 1, "such|same"))
        return true;
    enum { COMPARED_TOKENS_MAX = 10 };
    for (uint32_t k = i; cb_token_is(r, i, "as") && k > start && i - k < COMPARED_TOKENS_MAX; k--) {
        tag = r->nodes[k].tag;
        if (k < i && cb_token_is_one(r, k - 1, "as|so|such") && (tag == CB_TAG_RB || tag == CB_TAG_JJ))
            return true;
    }
    return false;
}

static bool is_relative_word(const struct cb_reading *r, uint32_t i)
{
    uint8_t tag = r->nodes[i].tag;
    return (tag == CB_TAG_WP || tag == CB_TAG_WDT || tag == CB_TAG_WP_POSS) &&
           cb_token_is_one(r, i, "who|which|whose|whom");
}

static bool has_infinitive(const struct cb_reading *r, const struct cb_segment *s)
{
    for (uint32_t i = s->start + 1; i + 1 < s->end; i++) {
        if (r->nodes[i].tag == CB_TAG_TO && r->nodes[i + 1].tag == CB_TAG_VB)
            return true;
    }
    return false;
}

/* What begins at the segment's first word? */
static void classify(const struct cb_clause_cut *c, struct cb_segment *s)
{
    const struct cb_reading *r = c->r;
    uint32_t i = s->start;
    bool condition = false;
    s->kind = CB_SEGMENT_MORE;
    s->body = s->start;
    if (i + 1 >= s->end)
        return;
    uint8_t tag = r->nodes[i].tag;
    if (tag == CB_TAG_CC) {
        i++;
        if (!is_relative_word(r, i))
            return;
    }
    if (r->nodes[i].tag == CB_TAG_RB && i + 2 < s->end && !cb_token_is(r, i, "even"))
        i++;
    for (uint32_t k = i; k < s->end && k < i + 3; k++) { /* "who", "many of whom", "in which" */
        if (is_relative_word(r, k) && (k == i || r->nodes[k - 1].tag == CB_TAG_IN)) {
            s->kind = CB_SEGMENT_RELATIVE;
            s->body = k == i ? k : i;
            return;
        }
        if (cb_tag_is_verb(r->nodes[k].tag))
            break;
    }
    tag = r->nodes[i].tag;
    if (i > c->range.start && cb_token_is_finite(r, i) && cb_token_is_saying(r, i) &&
        r->nodes[i + 1].tag == CB_TAG_NNP) {
        s->kind = CB_SEGMENT_LIST; /* "…, said Ann Lee" */
        return;
    }
    if ((tag == CB_TAG_VBG && cb_token_is(r, i, "including")) ||
        (cb_token_is(r, i, "such") && cb_token_is(r, i + 1, "as")) ||
        (cb_token_is(r, i, "as") && cb_token_is(r, i + 1, "part"))) {
        s->kind = CB_SEGMENT_LIST;
        return;
    }
    if (tag == CB_TAG_TO && c->count > 0 && r->nodes[i + 1].tag == CB_TAG_VB &&
        has_infinitive(r, &c->seg[c->count - 1])) {
        s->kind = CB_SEGMENT_LIST; /* "to learn more, to see the list and to …" */
        return;
    }
    uint32_t body = adverbial_body(r, i, s->end, &condition);
    if (body > 0) {
        s->kind = condition ? CB_SEGMENT_CONDITION : CB_SEGMENT_ADVERBIAL;
        s->body = body;
        return;
    }
    uint8_t next = r->nodes[i + 1].tag;
    if ((tag == CB_TAG_VBG &&
         !cb_token_is_one(r, i, "according|following|regarding|concerning|during|depending")) ||
        (tag == CB_TAG_VBN && (next == CB_TAG_IN || next == CB_TAG_TO || cb_token_is(r, i + 1, "that")))) {
        s->kind = CB_SEGMENT_PARTICIPLE;
        s->body = i;
    }
}

/* The mark behind which a new piece begins; marks between figures and inside quotations or brackets are none.
 */
bool cb_cut_is_seam(const struct cb_reading *r, uint32_t i)
{
    if (cb_token_is_word(r, i))
        return false;
    if (i > 0 && i + 1 < r->token_count && r->nodes[i - 1].tag == CB_TAG_JJ &&
        (r->nodes[i + 1].tag == CB_TAG_JJ || r->nodes[i + 1].tag == CB_TAG_VBG))
        return false; /* "a long, hard road" */
    return cb_token_is_one(r, i, ",|\xE2\x80\x93|\xE2\x80\x94|\xE2\x80\x95|--");
}

static void add_segment(struct cb_clause_cut *c, uint32_t start, uint32_t end)
{
    if (start >= end || c->count == CB_SEGMENTS_MAX)
        return;
    struct cb_segment *s = &c->seg[c->count];
    *s = (struct cb_segment){.start = start, .end = end};
    classify(c, s);
    c->count++;
}

uint32_t cb_cut_closing_quote(const struct cb_clause_cut *c, uint32_t i)
{
    for (uint32_t k = i + 1; k < c->range.end; k++) {
        if (c->r->tokens[k].kind == CB_TOKEN_QUOTE_CLOSE)
            return k;
    }
    return i;
}

static bool next_is_finite(const struct cb_reading *r, uint32_t i, uint32_t end)
{
    while (i < end && r->nodes[i].tag == CB_TAG_RB)
        i++;
    return i < end && cb_token_is_finite(r, i);
}

/* Cuts at the marks, and where "as", "after" … open a clause without one. */
static void find_segments(struct cb_clause_cut *c)
{
    uint32_t start = c->range.start;
    int depth = 0;
    bool finite = false, limb = false;
    for (uint32_t i = c->range.start; i < c->range.end && c->count + 2 < CB_SEGMENTS_MAX; i++) {
        if (c->r->tokens[i].kind == CB_TOKEN_QUOTE_OPEN)
            i = cb_cut_closing_quote(c, i);
        if (!cb_token_is_word(c->r, i))
            depth += (cb_token_is_one(c->r, i, "(|[") ? 1 : 0) - (cb_token_is_one(c->r, i, ")|]") ? 1 : 0);
        if (depth > 0)
            continue;
        finite |= cb_token_is_finite(c->r, i);
        bool condition;
        if (cb_cut_is_seam(c->r, i)) {
            add_segment(c, start, i);
            start = i + 1;
        } else if (finite && i > start && i + 3 < c->range.end && cb_token_is(c->r, i, "as") &&
                   cb_token_is(c->r, i + 1, "part") && cb_token_is(c->r, i + 2, "of")) {
            add_segment(c, start, i); /* "as part of his inquiry": the core goes without */
            start = i;
            limb = true;
        } else if (limb && c->r->nodes[i].tag == CB_TAG_CC && next_is_finite(c->r, i + 1, c->range.end)) {
            add_segment(c, start, i);
            start = i;
            limb = false;
        } else if (finite && i > start && adverbial_body(c->r, i, c->range.end, &condition) > 0 &&
                   !condition && !is_bound(c->r, start, i)) {
            add_segment(c, start, i);
            start = i;
        }
    }
    add_segment(c, start, c->range.end);
}

/* ---- the main statement ---- */

static bool opens_predicate(const struct cb_clause_cut *c, const struct cb_segment *s)
{
    uint32_t i = s->start;
    if (s->end - i > 2 && c->r->nodes[i].tag == CB_TAG_CC)
        i++;
    while (i < s->end && c->r->nodes[i].tag == CB_TAG_RB)
        i++;
    return i < s->end && (cb_token_is_finite(c->r, i) || c->r->nodes[i].tag == CB_TAG_VB);
}

/* The verb of a subject that was broken off by a relative clause: "The report, which …, deals with …". The
 * tagger takes it for a noun or a participle at times. */
static bool resumes_with_verb(const struct cb_clause_cut *c, size_t k)
{
    if (k == 0)
        return false;
    const struct cb_segment *s = &c->seg[k];
    const struct cb_reading *r = c->r;
    uint8_t tag = r->nodes[s->start].tag;
    if (s->start + 1 >= s->end || (tag != CB_TAG_VBN && tag != CB_TAG_NNS))
        return false;
    if (tag == CB_TAG_NNS && r->nodes[s->start + 1].tag != CB_TAG_IN)
        return false;
    for (size_t n = k + 1; n < c->count; n++) {
        if (c->seg[n].kind == CB_SEGMENT_MORE && opens_predicate(c, &c->seg[n]))
            return false;
    }
    return true;
}

/* "IS" is a group, not a verb. */
static bool is_acronym(const struct cb_reading *r, uint32_t i)
{
    const char *text = cb_token_text(r, i);
    return cb_token_len(r, i) > 1 && text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'A' && text[1] <= 'Z';
}

bool cb_cut_states(const struct cb_reading *r, uint32_t start, uint32_t i)
{
    uint8_t tag = r->nodes[i].tag;
    if (cb_token_is_finite(r, i))
        return !is_acronym(r, i);
    if (i > start && i + 1 < r->token_count && r->nodes[i + 1].tag == CB_TAG_IN && tag != CB_TAG_VBG &&
        cb_token_is_one(r, i, "center|centre|focus|range|hinge|revolve"))
        return r->nodes[i - 1].tag != CB_TAG_DT;
    if (i == start || !cb_cut_is_noun_like(r, i - 1))
        return false;
    return tag == CB_TAG_VB ||
           (tag == CB_TAG_VBN && r->nodes[i + 1 < r->token_count ? i + 1 : i].tag != CB_TAG_IN);
}

/* Does a clause about the noun before begin here, with a pronoun or without: "people who …", "the list he …"?
 */
static bool opens_restriction(const struct cb_reading *r, uint32_t start, uint32_t i)
{
    uint8_t tag = r->nodes[i].tag;
    if (tag == CB_TAG_WP || tag == CB_TAG_WDT || tag == CB_TAG_WP_POSS || tag == CB_TAG_WRB)
        return true;
    bool noun = i > start && cb_tag_is_noun(r->nodes[i - 1].tag);
    return noun && (tag == CB_TAG_PRP || tag == CB_TAG_IN) &&
           (cb_token_is(r, i, "that") || cb_token_is_one(r, i, "he|she|they|it|we|i|you"));
}

uint32_t cb_cut_main_verb_in(const struct cb_reading *r, uint32_t start, uint32_t end)
{
    bool restricted = false;
    for (uint32_t i = start; i < end; i++) {
        if (r->tokens[i].kind == CB_TOKEN_QUOTE_OPEN && i > start) {
            while (i < end && r->tokens[i].kind != CB_TOKEN_QUOTE_CLOSE)
                i++;
            continue;
        }
        if (opens_restriction(r, start, i)) { /* "who asks": whatever stands behind it is its verb */
            bool direct = cb_token_is_one(r, i, "who|which|that") && i > start && i + 1 < end &&
                          !cb_cut_begins_phrase(r, i + 1) && r->nodes[i + 1].tag != CB_TAG_RB;
            restricted = !direct;
            i += direct;
        } else if (cb_cut_states(r, start, i) && !restricted)
            return i;
        else if (cb_cut_states(r, start, i))
            restricted = false;
    }
    return end;
}

/* For clauses without any: a participle behind a noun, and what is taken for an adjective between two nouns:
 * "the couples exchanged rings". */
static uint32_t mistaken_verb_in(const struct cb_reading *r, uint32_t start, uint32_t end)
{
    for (uint32_t i = start + 1; i + 1 < end; i++) {
        uint8_t tag = r->nodes[i].tag, next = r->nodes[i + 1].tag;
        uint32_t len = cb_token_len(r, i);
        if (cb_cut_is_seam(r, i) || r->tokens[i].kind == CB_TOKEN_QUOTE_OPEN)
            break;
        if (!cb_tag_is_noun(r->nodes[i - 1].tag))
            continue;
        bool past = tag == CB_TAG_JJ && len > 4 && memcmp(cb_token_text(r, i) + len - 2, "ed", 2) == 0;
        if ((tag == CB_TAG_VBN && !cb_token_is(r, i + 1, "by")) ||
            (past && (cb_tag_is_noun(next) || next == CB_TAG_DT || next == CB_TAG_PRP_POSS)))
            return i;
    }
    return end;
}

static bool begins_main(const struct cb_clause_cut *c, size_t k)
{
    const struct cb_segment *s = &c->seg[k];
    if (!cb_cut_begins_phrase(c->r, s->start) && c->r->nodes[s->start].tag != CB_TAG_RB)
        return false;
    if (cb_cut_main_verb_in(c->r, s->start, s->end) < s->end)
        return true;
    for (size_t n = k + 1; n < c->count; n++) { /* "…, the lawyer, who …, left" */
        if (c->seg[n].kind == CB_SEGMENT_MORE && opens_predicate(c, &c->seg[n]))
            return true;
    }
    return false;
}

/* "Mr. Ray, a retired general who …, left": what stands between the subject and its verb. */
static bool is_apposition(const struct cb_clause_cut *c, size_t k)
{
    const struct cb_segment *s = &c->seg[k];
    return k > 0 && k + 1 < c->count && c->verb >= c->range.end && c->main[k - 1] &&
           cb_cut_begins_phrase(c->r, s->start) && s->end - s->start >= 3 &&
           cb_cut_main_verb_in(c->r, s->start, s->end) >= s->end && c->seg[k + 1].kind == CB_SEGMENT_MORE &&
           opens_predicate(c, &c->seg[k + 1]);
}

/* Marks the pieces that carry the main statement and finds its verb. */
static void find_main(struct cb_clause_cut *c)
{
    bool begun = false, owned = true; /* owned: what follows belongs to the main statement */
    enum cb_segment_kind owner = CB_SEGMENT_MORE;
    c->verb = c->range.end;
    for (size_t k = 0; k < c->count; k++) {
        const struct cb_segment *s = &c->seg[k];
        bool have = c->verb < c->range.end;
        if (!have && begun && resumes_with_verb(c, k)) {
            c->seg[k].kind = CB_SEGMENT_MORE;
            c->main[k] = owned = true;
            c->verb = s->start;
            continue;
        }
        bool resumes = begun && opens_predicate(c, s) &&
                       (!have || owner == CB_SEGMENT_LIST ||
                        (owner == CB_SEGMENT_RELATIVE && c->r->nodes[s->start].tag != CB_TAG_CC));
        if (s->kind == CB_SEGMENT_MORE && !owned)
            owned = resumes || (!begun && begins_main(c, k));
        else if (s->kind == CB_SEGMENT_MORE && is_apposition(c, k)) {
            c->main[k] = false;
            owned = false;
            continue;
        } else if (s->kind != CB_SEGMENT_MORE && s->kind != CB_SEGMENT_CONDITION) {
            owned = false;
            owner = s->kind;
        }
        c->main[k] = owned;
        begun |= owned && s->kind == CB_SEGMENT_MORE;
        if (!owned || have || s->kind == CB_SEGMENT_CONDITION)
            continue;
        uint32_t verb = opens_predicate(c, s) && begun && k > 0 && !c->main[k - 1] ? s->start : s->end;
        while (verb < s->end && c->r->nodes[verb].tag == CB_TAG_RB)
            verb++;
        if (verb >= s->end)
            verb = cb_cut_main_verb_in(c->r, s->start, s->end);
        if (verb < s->end)
            c->verb = verb;
    }
}

static struct cb_token_range phrase_at(const struct cb_clause_cut *c, uint32_t start, uint32_t end)
{
    const struct cb_reading *r = c->r;
    while (start < end && (r->nodes[start].tag == CB_TAG_CC || r->nodes[start].tag == CB_TAG_RB))
        start++;
    while (end > start && r->nodes[end - 1].tag == CB_TAG_RB)
        end--;
    bool noun = false;
    for (uint32_t i = start; i < end; i++)
        noun |= cb_cut_is_noun_like(r, i) || r->nodes[i].tag == CB_TAG_DT || r->nodes[i].tag == CB_TAG_JJ;
    if (start >= end || end - start > SUBJECT_TOKENS_MAX || !noun || !cb_cut_begins_phrase(r, start) ||
        r->nodes[start].tag == CB_TAG_EX)
        return (struct cb_token_range){0, 0};
    return (struct cb_token_range){start, end};
}

/* The subject: before the verb in its piece, else the first main piece. */
static void find_subject(struct cb_clause_cut *c)
{
    c->subject = (struct cb_token_range){0, 0};
    for (size_t k = 0; k < c->count; k++) {
        const struct cb_segment *s = &c->seg[k];
        if (!c->main[k] || s->kind != CB_SEGMENT_MORE || c->verb < s->start)
            continue;
        uint32_t end = c->verb < s->end ? c->verb : s->end;
        struct cb_token_range found = phrase_at(c, s->start, end);
        if (c->verb < s->end && found.end == 0 && c->subject.end > 0)
            return; /* the piece begins with the verb: the subject stood before */
        if (found.end > 0 && (c->subject.end == 0 || c->verb < s->end))
            c->subject = found;
        if (c->verb < s->end)
            return;
    }
    c->subject = (struct cb_token_range){0, 0};
}

static bool is_question_word(const struct cb_reading *r, uint32_t i)
{
    uint8_t tag = r->nodes[i].tag;
    return tag == CB_TAG_WP || tag == CB_TAG_WP_POSS || (tag == CB_TAG_WRB && !cb_token_is(r, i, "when"));
}

bool cb_clause_cut(const struct cb_reading *reading, uint32_t sentence, struct cb_token_range range,
                   struct cb_clause_cut *out)
{
    *out = (struct cb_clause_cut){.r = reading, .sentence = sentence, .range = range};
    if (range.start >= range.end || is_question_word(reading, range.start))
        return false;
    find_segments(out);
    bool whether = reading->nodes[range.start].tag == CB_TAG_IN &&
                   cb_token_is_one(reading, range.start, "as|that|whether");
    if (whether && out->count > 1 && out->seg[0].kind == CB_SEGMENT_MORE &&
        out->seg[1].kind != CB_SEGMENT_MORE)
        return false; /* a piece of a sentence: "as experts, including Lee, have said" */
    find_main(out);
    for (size_t k = 0; k < out->count && out->verb >= range.end; k++) {
        uint32_t verb =
            out->main[k] ? mistaken_verb_in(reading, out->seg[k].start, out->seg[k].end) : range.end;
        out->verb = out->main[k] && verb < out->seg[k].end ? verb : range.end;
    }
    if (out->verb >= range.end)
        return false;
    find_subject(out);
    return true;
}

/* A participle before a noun, not a verb: "the main organizing group", "so-called carried interest". */
static bool is_modifier(const struct cb_reading *r, uint32_t low, uint32_t i)
{
    uint8_t tag = i > low ? r->nodes[i - 1].tag : CB_TAG_COMMA;
    return tag == CB_TAG_DT || tag == CB_TAG_JJ || tag == CB_TAG_PRP_POSS || tag == CB_TAG_POS ||
           tag == CB_TAG_HYPH || tag == CB_TAG_VBN;
}

struct cb_token_range cb_cut_phrase_before(const struct cb_reading *r, uint32_t low, uint32_t end)
{
    enum { ANTECEDENT_TOKENS_MAX = 12 };
    uint32_t start;
    for (start = end; start > low && end - start < ANTECEDENT_TOKENS_MAX; start--) {
        uint8_t tag = r->nodes[start - 1].tag;
        bool of = cb_token_is_one(r, start - 1, "of|and") && start - 1 > low &&
                  cb_cut_is_noun_like(r, start - 2) &&
                  (tag != CB_TAG_CC || r->nodes[end - 1].tag == CB_TAG_NNS);
        if (!cb_tag_is_noun(tag) && tag != CB_TAG_CD && tag != CB_TAG_JJ && tag != CB_TAG_JJS &&
            tag != CB_TAG_DT && tag != CB_TAG_PRP_POSS && tag != CB_TAG_POS && tag != CB_TAG_HYPH && !of &&
            !((tag == CB_TAG_VBN || tag == CB_TAG_VBG) && start < end && is_modifier(r, low, start - 1)))
            break;
        if ((tag == CB_TAG_DT || tag == CB_TAG_PRP_POSS) &&
            !(start > low + 1 && cb_token_is(r, start - 2, "of")))
            return (struct cb_token_range){start - 1, end};
    }
    while (start < end && r->nodes[start].tag == CB_TAG_POS)
        start++;
    if (start < end && r->nodes[start].tag == CB_TAG_HYPH && start > low)
        start--; /* "so-called" */
    return (struct cb_token_range){start, end};
}
