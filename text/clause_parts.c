#include "text/clause_parts.h"

#include "text/clause.h"

enum { SEGMENTS_MAX = 24, SUBJECT_TOKENS_MAX = 14, ANTECEDENT_TOKENS_MAX = 12, CLAUSE_LOOK_MAX = 16 };

/* What a piece between two commas is. */
enum segment_kind { SEG_MORE, SEG_RELATIVE, SEG_PARTICIPLE, SEG_LIST, SEG_ADVERBIAL, SEG_CONDITION };

struct segment {
    enum segment_kind kind;
    uint32_t start, end; /* without the mark before it; the mark behind it is not in it */
    uint32_t body;       /* where the words behind "after", "which" … begin */
};

struct cutter {
    const struct cb_reading *r;
    uint32_t sentence;
    struct cb_token_range range;
    struct segment seg[SEGMENTS_MAX];
    bool main[SEGMENTS_MAX]; /* carries the main statement */
    size_t count;
    uint32_t verb; /* the main verb; range.end without one */
    struct cb_token_range subject;
};

static bool is_noun_like(const struct cb_reading *r, uint32_t i)
{
    uint8_t tag = r->nodes[i].tag;
    return cb_tag_is_noun(tag) || tag == CB_TAG_PRP || tag == CB_TAG_CD || tag == CB_TAG_EX;
}

static bool begins_phrase(const struct cb_reading *r, uint32_t i)
{
    uint8_t tag = r->nodes[i].tag;
    return is_noun_like(r, i) || tag == CB_TAG_DT || tag == CB_TAG_PRP_POSS || tag == CB_TAG_JJ ||
           tag == CB_TAG_JJR || tag == CB_TAG_JJS || tag == CB_TAG_PDT;
}

/* The finite verb of the clause that begins at `at` with its subject; `end` when none follows before the next
 * comma or a word that opens another clause. */
static uint32_t verb_of_clause(const struct cb_reading *r, uint32_t at, uint32_t end)
{
    bool noun = false;
    if (at >= end || !begins_phrase(r, at))
        return end;
    for (uint32_t i = at; i < end && i - at < CLAUSE_LOOK_MAX; i++) {
        uint8_t tag = r->nodes[i].tag;
        if (cb_token_is_finite(r, i))
            return noun ? i : end;
        if (tag == CB_TAG_WP || tag == CB_TAG_WDT || tag == CB_TAG_WRB || tag == CB_TAG_TO ||
            tag == CB_TAG_COLON || tag == CB_TAG_COMMA)
            return end;
        if (tag == CB_TAG_CC && i + 1 < end && !begins_phrase(r, i + 1))
            return end;
        if (i > at && tag == CB_TAG_PRP && cb_tag_is_noun(r->nodes[i - 1].tag) &&
            cb_token_is_one(r, i, "he|she|they|it|we|i|you"))
            return end; /* "as the reason he left" */
        noun |= is_noun_like(r, i) || tag == CB_TAG_DT;
    }
    return end;
}

static bool is_past(const struct cb_reading *r, uint32_t verb)
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
    uint32_t verb = verb_of_clause(r, body, end);
    if (verb >= end) /* its verb can stand behind the next comma: "when the mayor, joined by …, left" */
        return body < end && begins_phrase(r, body) && cb_token_is_one(r, at, "when|because|although|while")
                   ? body
                   : 0;
    if ((cb_token_is(r, at, "when") || (cb_token_is(r, at, "while") && r->nodes[body].tag == CB_TAG_PRP)) &&
        !is_past(r, verb))
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

/* What begins at the segment's first word? */
static void classify(const struct cutter *c, struct segment *s)
{
    const struct cb_reading *r = c->r;
    uint32_t i = s->start;
    bool condition = false;
    s->kind = SEG_MORE;
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
        if (is_relative_word(r, k)) {
            s->kind = SEG_RELATIVE;
            s->body = k == i ? k : i;
            return;
        }
        if (cb_tag_is_verb(r->nodes[k].tag))
            break;
    }
    tag = r->nodes[i].tag;
    if ((tag == CB_TAG_VBG && cb_token_is(r, i, "including")) ||
        (cb_token_is(r, i, "such") && cb_token_is(r, i + 1, "as"))) {
        s->kind = SEG_LIST;
        return;
    }
    uint32_t body = adverbial_body(r, i, s->end, &condition);
    if (body > 0) {
        s->kind = condition ? SEG_CONDITION : SEG_ADVERBIAL;
        s->body = body;
        return;
    }
    uint8_t next = r->nodes[i + 1].tag;
    if ((tag == CB_TAG_VBG &&
         !cb_token_is_one(r, i, "according|following|regarding|concerning|during|depending")) ||
        (tag == CB_TAG_VBN && (next == CB_TAG_IN || next == CB_TAG_TO || cb_token_is(r, i + 1, "that")) &&
         s->start > c->range.start)) {
        s->kind = SEG_PARTICIPLE;
        s->body = i;
    }
}

/* The mark behind which a new piece begins; marks between figures and inside quotations or brackets are none.
 */
static bool is_seam(const struct cb_reading *r, uint32_t i)
{
    if (cb_token_is_word(r, i))
        return false;
    if (i > 0 && i + 1 < r->token_count && r->nodes[i - 1].tag == CB_TAG_JJ &&
        (r->nodes[i + 1].tag == CB_TAG_JJ || r->nodes[i + 1].tag == CB_TAG_VBG))
        return false; /* "a long, hard road" */
    return cb_token_is_one(r, i, ",|\xE2\x80\x93|\xE2\x80\x94|\xE2\x80\x95|--");
}

static void add_segment(struct cutter *c, uint32_t start, uint32_t end)
{
    if (start >= end || c->count == SEGMENTS_MAX)
        return;
    struct segment *s = &c->seg[c->count++];
    *s = (struct segment){.start = start, .end = end};
    classify(c, s);
}

static uint32_t closing_quote(const struct cutter *c, uint32_t i)
{
    for (uint32_t k = i + 1; k < c->range.end; k++) {
        if (c->r->tokens[k].kind == CB_TOKEN_QUOTE_CLOSE)
            return k;
    }
    return i;
}

/* Cuts at the marks, and where "as", "after" … open a clause without one. */
static void find_segments(struct cutter *c)
{
    uint32_t start = c->range.start;
    int depth = 0;
    bool finite = false;
    for (uint32_t i = c->range.start; i < c->range.end && c->count + 2 < SEGMENTS_MAX; i++) {
        if (c->r->tokens[i].kind == CB_TOKEN_QUOTE_OPEN)
            i = closing_quote(c, i);
        if (!cb_token_is_word(c->r, i))
            depth += (cb_token_is_one(c->r, i, "(|[") ? 1 : 0) - (cb_token_is_one(c->r, i, ")|]") ? 1 : 0);
        if (depth > 0)
            continue;
        finite |= cb_token_is_finite(c->r, i);
        bool condition;
        if (is_seam(c->r, i)) {
            add_segment(c, start, i);
            start = i + 1;
        } else if (finite && i > start && adverbial_body(c->r, i, c->range.end, &condition) > 0 &&
                   !condition && !is_bound(c->r, start, i)) {
            add_segment(c, start, i);
            start = i;
        }
    }
    add_segment(c, start, c->range.end);
}

/* ---- the main statement ---- */

static bool opens_predicate(const struct cutter *c, const struct segment *s)
{
    uint32_t i = s->start;
    while (i < s->end && c->r->nodes[i].tag == CB_TAG_RB)
        i++;
    return i < s->end && (cb_token_is_finite(c->r, i) || c->r->nodes[i].tag == CB_TAG_VB);
}

/* The verb of a subject that was broken off by a relative clause: "The report, which …, deals with …". The
 * tagger takes it for a noun or a participle at times. */
static bool resumes_with_verb(const struct cutter *c, size_t k)
{
    const struct segment *s = &c->seg[k];
    const struct cb_reading *r = c->r;
    uint8_t tag = r->nodes[s->start].tag;
    if (s->start + 1 >= s->end || (tag != CB_TAG_VBN && tag != CB_TAG_NNS))
        return false;
    if (tag == CB_TAG_NNS && r->nodes[s->start + 1].tag != CB_TAG_IN)
        return false;
    for (size_t n = k + 1; n < c->count; n++) {
        if (c->seg[n].kind == SEG_MORE && opens_predicate(c, &c->seg[n]))
            return false;
    }
    return true;
}

/* Does a verb state something here? The tagger takes some for infinitives or participles: "the majority
 * relate to …", "the lawyer resigned". */
static bool states(const struct cb_reading *r, uint32_t start, uint32_t i)
{
    uint8_t tag = r->nodes[i].tag;
    if (cb_token_is_finite(r, i))
        return true;
    if (i > start && i + 1 < r->token_count && r->nodes[i + 1].tag == CB_TAG_IN && tag != CB_TAG_VBG &&
        cb_token_is_one(r, i, "center|centre|focus|range|hinge|revolve"))
        return r->nodes[i - 1].tag != CB_TAG_DT;
    if (i == start || !is_noun_like(r, i - 1))
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

static uint32_t main_verb_in(const struct cb_reading *r, uint32_t start, uint32_t end)
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
                          !begins_phrase(r, i + 1) && r->nodes[i + 1].tag != CB_TAG_RB;
            restricted = !direct;
            i += direct;
        } else if (states(r, start, i) && !restricted)
            return i;
        else if (states(r, start, i))
            restricted = false;
    }
    return end;
}

static bool begins_main(const struct cutter *c, size_t k)
{
    const struct segment *s = &c->seg[k];
    if (!begins_phrase(c->r, s->start) && c->r->nodes[s->start].tag != CB_TAG_RB)
        return false;
    if (main_verb_in(c->r, s->start, s->end) < s->end)
        return true;
    for (size_t n = k + 1; n < c->count; n++) { /* "…, the lawyer, who …, left" */
        if (c->seg[n].kind == SEG_MORE && opens_predicate(c, &c->seg[n]))
            return true;
    }
    return false;
}

/* "Mr. Ray, a retired general who …, left": what stands between the subject and its verb. */
static bool is_apposition(const struct cutter *c, size_t k)
{
    const struct segment *s = &c->seg[k];
    return k > 0 && k + 1 < c->count && c->verb >= c->range.end && c->main[k - 1] &&
           begins_phrase(c->r, s->start) && s->end - s->start >= 3 &&
           main_verb_in(c->r, s->start, s->end) >= s->end && c->seg[k + 1].kind == SEG_MORE &&
           opens_predicate(c, &c->seg[k + 1]);
}

/* Marks the pieces that carry the main statement and finds its verb. */
static void find_main(struct cutter *c)
{
    bool begun = false, owned = true; /* owned: what follows belongs to the main statement */
    enum segment_kind owner = SEG_MORE;
    c->verb = c->range.end;
    for (size_t k = 0; k < c->count; k++) {
        const struct segment *s = &c->seg[k];
        bool have = c->verb < c->range.end;
        if (!have && !owned && begun && owner == SEG_RELATIVE && resumes_with_verb(c, k)) {
            c->seg[k].kind = SEG_MORE;
            c->main[k] = owned = true;
            c->verb = s->start;
            continue;
        }
        bool resumes = begun && opens_predicate(c, s) && (!have || owner == SEG_RELATIVE);
        if (s->kind == SEG_MORE && !owned)
            owned = resumes || (!begun && begins_main(c, k));
        else if (s->kind == SEG_MORE && is_apposition(c, k)) {
            c->main[k] = false;
            owned = false;
            continue;
        } else if (s->kind != SEG_MORE && s->kind != SEG_CONDITION) {
            owned = false;
            owner = s->kind;
        }
        c->main[k] = owned;
        begun |= owned && s->kind == SEG_MORE;
        if (!owned || have || s->kind == SEG_CONDITION)
            continue;
        uint32_t verb = opens_predicate(c, s) && begun && k > 0 && !c->main[k - 1] ? s->start : s->end;
        while (verb < s->end && c->r->nodes[verb].tag == CB_TAG_RB)
            verb++;
        if (verb >= s->end)
            verb = main_verb_in(c->r, s->start, s->end);
        if (verb < s->end)
            c->verb = verb;
    }
}

static struct cb_token_range phrase_at(const struct cutter *c, uint32_t start, uint32_t end)
{
    const struct cb_reading *r = c->r;
    while (start < end && (r->nodes[start].tag == CB_TAG_CC || r->nodes[start].tag == CB_TAG_RB))
        start++;
    while (end > start && r->nodes[end - 1].tag == CB_TAG_RB)
        end--;
    bool noun = false;
    for (uint32_t i = start; i < end; i++)
        noun |= is_noun_like(r, i) || r->nodes[i].tag == CB_TAG_DT || r->nodes[i].tag == CB_TAG_JJ;
    if (start >= end || end - start > SUBJECT_TOKENS_MAX || !noun || !begins_phrase(r, start) ||
        r->nodes[start].tag == CB_TAG_EX)
        return (struct cb_token_range){0, 0};
    return (struct cb_token_range){start, end};
}

/* The subject: before the verb in its piece, else the first main piece. */
static void find_subject(struct cutter *c)
{
    c->subject = (struct cb_token_range){0, 0};
    for (size_t k = 0; k < c->count; k++) {
        const struct segment *s = &c->seg[k];
        if (!c->main[k] || s->kind != SEG_MORE || c->verb < s->start)
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

/* ---- writing the parts ---- */

static bool add_range(const struct cutter *c, struct cb_clause_part *part, uint32_t start, uint32_t end)
{
    struct cb_token_range range = cb_clause_trim(c->r, (struct cb_token_range){start, end});
    if (range.start >= range.end)
        return true;
    if (part->count == CB_PART_RANGES_MAX)
        return false;
    part->ranges[part->count++] = range;
    return true;
}

static size_t words_of(const struct cutter *c, const struct cb_clause_part *part)
{
    size_t words = 0;
    for (size_t i = 0; i < part->count; i++)
        words += cb_clause_words(c->r, part->ranges[i]);
    return words;
}

static bool hangs_on(const struct cutter *c, uint32_t i, uint32_t verb)
{
    const struct cb_reading *r = c->r;
    if (!r->parsed[c->sentence])
        return false;
    uint32_t first = r->first_token[c->sentence];
    uint32_t pair[2] = {i, verb};
    for (unsigned n = 0; n < 2; n++) { /* "has left": the tree's head is the participle */
        uint8_t relation = r->nodes[pair[n]].relation;
        int head = r->nodes[pair[n]].head;
        if (head >= 0 && (relation == CB_REL_AUX || relation == CB_REL_AUX_PASS || relation == CB_REL_COP))
            pair[n] = first + (uint32_t)head;
    }
    int head = r->nodes[pair[0]].head;
    return head >= 0 && first + (uint32_t)head == pair[1] && r->nodes[pair[0]].relation == CB_REL_CONJ;
}

/* The next "and has …" behind `at` that goes on with the main subject: the conjunction; `end` without one. */
static uint32_t next_predicate(const struct cutter *c, uint32_t at, uint32_t end, uint32_t *verb)
{
    const struct cb_reading *r = c->r;
    unsigned other = 0;
    for (uint32_t i = at; i + 2 < end; i++) {
        if (r->tokens[i].kind == CB_TOKEN_QUOTE_OPEN)
            i = closing_quote(c, i);
        other += cb_token_is_finite(r, i);
        if (r->nodes[i].tag != CB_TAG_CC || !cb_token_is_one(r, i, "and|but|or"))
            continue;
        uint32_t v = i + 1;
        while (v < end && r->nodes[v].tag == CB_TAG_RB)
            v++;
        if (v < end && cb_token_is_finite(r, v) && (other == 0 || hangs_on(c, v, c->verb))) {
            *verb = v;
            return i;
        }
    }
    return end;
}

/* The main pieces from `from` up to `to`. */
static bool add_main(const struct cutter *c, struct cb_clause_part *part, uint32_t from, uint32_t to)
{
    for (size_t k = 0; k < c->count; k++) {
        size_t last = k;
        if (!c->main[k])
            continue;
        while (last + 1 < c->count && c->main[last + 1])
            last++;
        uint32_t start = c->seg[k].start > from ? c->seg[k].start : from;
        uint32_t end = c->seg[last].end < to ? c->seg[last].end : to;
        if (start < end && !add_range(c, part, start, end))
            return false;
        k = last;
    }
    return part->count > 0;
}

/* The core and what its subject is said to do besides. */
static size_t add_core(const struct cutter *c, struct cb_clause_part parts[CB_PARTS_MAX])
{
    size_t count = 0;
    uint32_t begin = c->range.start, verb = c->verb;
    while (begin < c->range.end && count < CB_PARTS_MAX / 2) {
        uint32_t next_verb = 0;
        uint32_t end =
            c->subject.end > 0 ? next_predicate(c, verb + 1, c->range.end, &next_verb) : c->range.end;
        struct cb_clause_part *part = &parts[count];
        *part = (struct cb_clause_part){.kind = count == 0 ? CB_PART_CORE : CB_PART_PREDICATE, .verb = verb};
        if (count > 0)
            (void)add_range(c, part, c->subject.start, c->subject.end);
        if (!add_main(c, part, begin, end))
            return count;
        count++;
        begin = end < c->range.end ? end + 1 : end;
        verb = next_verb;
    }
    return count;
}

/* The noun phrase that ends before the mark before `at`. */
static struct cb_token_range antecedent(const struct cutter *c, uint32_t at)
{
    const struct cb_reading *r = c->r;
    uint32_t end = at, start;
    while (end > c->range.start && (is_seam(r, end - 1) || cb_token_is_quote(r, end - 1)))
        end--;
    if (end > c->range.start + 2 && r->nodes[end - 1].tag == CB_TAG_CD && is_seam(r, end - 2))
        end -= 2; /* "Ann Lee, 30, who …" */
    if (end == c->range.start || !is_noun_like(r, end - 1) || r->nodes[end - 1].tag == CB_TAG_PRP)
        return (struct cb_token_range){0, 0};
    if (c->subject.end > 0 && end <= c->subject.end && end > c->subject.start)
        return (struct cb_token_range){c->subject.start, end};
    for (start = end; start > c->range.start && end - start < ANTECEDENT_TOKENS_MAX; start--) {
        uint8_t tag = r->nodes[start - 1].tag;
        bool of = cb_token_is_one(r, start - 1, "of|and") && start - 1 > c->range.start &&
                  is_noun_like(r, start - 2) && (tag != CB_TAG_CC || r->nodes[end - 1].tag == CB_TAG_NNS);
        if (!cb_tag_is_noun(tag) && tag != CB_TAG_CD && tag != CB_TAG_JJ && tag != CB_TAG_JJS &&
            tag != CB_TAG_DT && tag != CB_TAG_PRP_POSS && tag != CB_TAG_POS && tag != CB_TAG_HYPH && !of &&
            !(tag == CB_TAG_VBN && start < end))
            break;
        if ((tag == CB_TAG_DT || tag == CB_TAG_PRP_POSS) &&
            !(start > c->range.start + 1 && cb_token_is(r, start - 2, "of")))
            return (struct cb_token_range){start - 1, end};
    }
    while (start < end && r->nodes[start].tag == CB_TAG_POS)
        start++;
    if (start < end && r->nodes[start].tag == CB_TAG_HYPH && start > c->range.start)
        start--; /* "so-called" */
    return (struct cb_token_range){start, end};
}

/* "Ann Lee, a lawyer with the union, who …" is about Lee: where the apposition begins; else where the
 * relative clause does. */
static uint32_t described_at(const struct cutter *c, const struct segment *s)
{
    const struct cb_reading *r = c->r;
    size_t k = (size_t)(s - c->seg);
    if (k < 2 || !cb_token_is(r, s->body, "who"))
        return s->start;
    const struct segment *before = &c->seg[k - 1];
    uint32_t name = c->seg[k - 2].end;
    bool apposition = before->kind == SEG_MORE && begins_phrase(r, before->start) &&
                      r->nodes[before->start].tag != CB_TAG_NNP &&
                      main_verb_in(r, before->start, before->end) >= before->end;
    return apposition && r->nodes[name - 1].tag == CB_TAG_NNP ? before->start : s->start;
}

static bool relative_part(const struct cutter *c, const struct segment *s, uint32_t end,
                          struct cb_clause_part *part)
{
    const struct cb_reading *r = c->r;
    struct cb_token_range about = antecedent(c, described_at(c, s));
    uint32_t verb = s->body + 1;
    while (verb < end && r->nodes[verb].tag == CB_TAG_RB)
        verb++;
    if (about.end == 0 || verb >= end)
        return false;
    bool subject =
        cb_token_is_one(r, s->body, "who|which") &&
        (cb_token_is_finite(r, verb) || r->nodes[verb].tag == CB_TAG_VB || !begins_phrase(r, verb));
    bool beside = (r->tokens[s->body + 1].flags & CB_TOKEN_SPACE_BEFORE) != 0; /* "who's" would leave "'s" */
    if (subject && beside) {
        part->verb = verb;
        return add_range(c, part, about.start, about.end) && add_range(c, part, s->body + 1, end);
    }
    for (verb = s->body + 1; verb < end && !cb_token_is_finite(r, verb); verb++)
        continue;
    part->verb = verb;
    return verb < end && add_range(c, part, about.start, end);
}

/* The subject is the sentence's; behind a relative clause what that one is about. */
static bool participle_part(const struct cutter *c, size_t k, uint32_t end, struct cb_clause_part *part)
{
    struct cb_token_range subject = c->subject;
    size_t before = k;
    while (before > 0 && c->seg[before - 1].kind == SEG_MORE && !c->main[before - 1])
        before--;
    enum segment_kind owner = before > 0 ? c->seg[before - 1].kind : SEG_MORE;
    if (owner == SEG_RELATIVE)
        subject = antecedent(c, c->seg[before - 1].start);
    else if (owner == SEG_ADVERBIAL)
        return false; /* its subject can be that one's */
    else if (c->r->nodes[c->seg[k].body].tag == CB_TAG_VBN &&
             !cb_token_is_one(c->r, c->seg[k].body,
                              "worried|concerned|convinced|determined|joined|accompanied"))
        subject = antecedent(c, c->seg[k].start); /* "the group, named after …" */
    return subject.end > subject.start && subject.end <= c->seg[k].start &&
           add_range(c, part, subject.start, subject.end) && add_range(c, part, c->seg[k].body, end);
}

/* "as he did before", "while they are away" say nothing alone. */
static bool says_enough(const struct cutter *c, uint32_t start, uint32_t verb, uint32_t end)
{
    enum { SHORT = 5 };
    if (c->r->nodes[start].tag == CB_TAG_PRP && !is_past(c->r, verb))
        start++;
    bool full = is_past(c->r, verb) && !cb_token_is_one(c->r, verb, "did|was|were|had");
    return full || cb_clause_words(c->r, (struct cb_token_range){start, end}) >= SHORT;
}

/* What hangs on the core, with all that belongs to it up to the next piece. */
static bool subordinate_part(const struct cutter *c, size_t k, struct cb_clause_part *part)
{
    const struct segment *s = &c->seg[k];
    size_t last = k;
    while (last + 1 < c->count && !c->main[last + 1] &&
           (c->seg[last + 1].kind == SEG_MORE || c->seg[last + 1].kind == SEG_CONDITION))
        last++;
    uint32_t end = c->seg[last].end;
    *part = (struct cb_clause_part){.verb = s->body};
    switch (s->kind) {
    case SEG_RELATIVE:
        part->kind = CB_PART_RELATIVE;
        return relative_part(c, s, end, part);
    case SEG_PARTICIPLE:
        part->kind = CB_PART_PARTICIPLE;
        return participle_part(c, k, end, part);
    case SEG_ADVERBIAL:
        part->kind = CB_PART_ADVERBIAL;
        part->verb = verb_of_clause(c->r, s->body, end);
        return part->verb < end && says_enough(c, s->body, part->verb, end) &&
               add_range(c, part, s->body, end);
    default:
        return false;
    }
}

static bool is_question_word(const struct cb_reading *r, uint32_t i)
{
    uint8_t tag = r->nodes[i].tag;
    return tag == CB_TAG_WP || tag == CB_TAG_WP_POSS || (tag == CB_TAG_WRB && !cb_token_is(r, i, "when"));
}

size_t cb_clause_parts(const struct cb_reading *reading, uint32_t sentence, struct cb_token_range range,
                       struct cb_clause_part parts[CB_PARTS_MAX])
{
    struct cutter c = {.r = reading, .sentence = sentence, .range = range};
    if (range.start >= range.end || is_question_word(reading, range.start))
        return 0;
    find_segments(&c);
    bool whether = reading->nodes[range.start].tag == CB_TAG_IN &&
                   cb_token_is_one(reading, range.start, "as|that|whether");
    if (whether && c.count > 1 && c.seg[0].kind == SEG_MORE && c.seg[1].kind != SEG_MORE)
        return 0; /* a piece of a sentence: "as experts, including Lee, have said" */
    find_main(&c);
    if (c.verb >= range.end)
        return 0;
    find_subject(&c);
    size_t count = add_core(&c, parts);
    for (size_t k = 0; count > 0 && k < c.count && count < CB_PARTS_MAX; k++) {
        if (!c.main[k] && subordinate_part(&c, k, &parts[count]) && words_of(&c, &parts[count]) > 0)
            count++;
    }
    return count;
}
