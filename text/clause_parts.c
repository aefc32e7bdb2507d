#include "text/clause_parts.h"

#include "text/clause.h"
#include "text/clause_cut.h"

static bool add_range(const struct cb_clause_cut *c, struct cb_clause_part *part, uint32_t start,
                      uint32_t end)
{
    struct cb_token_range range = cb_clause_trim(c->r, (struct cb_token_range){start, end});
    if (range.start >= range.end)
        return true;
    if (part->count == CB_PART_RANGES_MAX)
        return false;
    part->ranges[part->count++] = range;
    return true;
}

static size_t words_of(const struct cb_clause_cut *c, const struct cb_clause_part *part)
{
    size_t words = 0;
    for (size_t i = 0; i < part->count; i++)
        words += cb_clause_words(c->r, part->ranges[i]);
    return words;
}

static bool hangs_on(const struct cb_clause_cut *c, uint32_t i, uint32_t verb)
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
static uint32_t next_predicate(const struct cb_clause_cut *c, uint32_t at, uint32_t end, uint32_t *verb)
{
    const struct cb_reading *r = c->r;
    unsigned other = 0;
    for (uint32_t i = at; i + 2 < end; i++) {
        if (r->tokens[i].kind == CB_TOKEN_QUOTE_OPEN)
            i = cb_cut_closing_quote(c, i);
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
static bool add_main(const struct cb_clause_cut *c, struct cb_clause_part *part, uint32_t from, uint32_t to)
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

/* "touch on his businesses and his talks with Lee": the second object of a preposition right behind the verb;
 * its conjunction, `end` without one. */
static uint32_t second_object(const struct cb_clause_cut *c, uint32_t verb, uint32_t end)
{
    enum { LOOK = 12, WORDS_MIN = 3 };
    const struct cb_reading *r = c->r;
    if (verb + 4 >= end || r->nodes[verb + 1].tag != CB_TAG_IN ||
        cb_token_is_one(r, verb + 1, "between|by|as|than|that"))
        return end;
    for (uint32_t i = verb + 2; i + WORDS_MIN < end && i < verb + LOOK; i++) {
        uint8_t tag = r->nodes[i].tag, next = r->nodes[i + 1].tag;
        if (tag == CB_TAG_CC && cb_token_is(r, i, "and"))
            return (next == CB_TAG_PRP_POSS || next == CB_TAG_DT) && i - verb > 2 ? i : end;
        if (cb_tag_is_verb(tag) || tag == CB_TAG_IN || cb_cut_is_seam(r, i) || cb_token_is(r, i, "both"))
            return end;
    }
    return end;
}

static size_t add_second_object(const struct cb_clause_cut *c, struct cb_clause_part *core,
                                struct cb_clause_part *part)
{
    struct cb_token_range *last = &core->ranges[core->count - 1];
    uint32_t at = core->verb >= last->start && core->verb < last->end
                      ? second_object(c, core->verb, last->end)
                      : last->end;
    if (at >= last->end)
        return 0;
    *part = *core;
    part->kind = CB_PART_PREDICATE;
    part->ranges[part->count - 1].end = core->verb + 2;
    bool fits = add_range(c, part, at + 1, last->end);
    if (fits)
        last->end = at;
    return fits;
}

/* The core and what its subject is said to do besides. */
static size_t add_core(const struct cb_clause_cut *c, struct cb_clause_part parts[CB_PARTS_MAX])
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
    if (count == 1)
        count += add_second_object(c, &parts[0], &parts[1]);
    return count;
}

/* The noun phrase that ends before the mark before `at`. */
static struct cb_token_range antecedent(const struct cb_clause_cut *c, uint32_t at)
{
    const struct cb_reading *r = c->r;
    uint32_t end = at;
    while (end > c->range.start && (cb_cut_is_seam(r, end - 1) || cb_token_is_quote(r, end - 1)))
        end--;
    if (end > c->range.start + 2 && r->nodes[end - 1].tag == CB_TAG_CD && cb_cut_is_seam(r, end - 2))
        end -= 2; /* "Ann Lee, 30, who …" */
    if (end == c->range.start || !cb_cut_is_noun_like(r, end - 1) || r->nodes[end - 1].tag == CB_TAG_PRP)
        return (struct cb_token_range){0, 0};
    if (c->subject.end > 0 && end <= c->subject.end && end > c->subject.start)
        return (struct cb_token_range){c->subject.start, end};
    return cb_cut_phrase_before(r, c->range.start, end);
}

/* "Ann Lee, a lawyer with the union, who …" is about Lee: where the apposition begins; else where the
 * relative clause does. */
static uint32_t described_at(const struct cb_clause_cut *c, const struct cb_segment *s)
{
    const struct cb_reading *r = c->r;
    size_t k = (size_t)(s - c->seg);
    if (k < 2 || !cb_token_is(r, s->body, "who"))
        return s->start;
    const struct cb_segment *before = &c->seg[k - 1];
    uint32_t name = c->seg[k - 2].end;
    bool apposition = before->kind == CB_SEGMENT_MORE && cb_cut_begins_phrase(r, before->start) &&
                      r->nodes[before->start].tag != CB_TAG_NNP &&
                      cb_cut_main_verb_in(r, before->start, before->end) >= before->end;
    return apposition && r->nodes[name - 1].tag == CB_TAG_NNP ? before->start : s->start;
}

/* "the raids in Syria, which …", "the crash in Sinai, Egypt, which …" are about the raids and the crash. */
static bool is_unclear(const struct cb_clause_cut *c, const struct cb_segment *s, struct cb_token_range about)
{
    const struct cb_reading *r = c->r;
    if (!cb_token_is(r, s->body, "which") || about.start == c->range.start)
        return false;
    for (uint32_t i = about.start; i < about.end; i++) {
        if (r->nodes[i].tag != CB_TAG_NNP && r->nodes[i].tag != CB_TAG_NNPS)
            return false;
    }
    return cb_token_is_one(r, about.start - 1, "in|at|of|from|on|,");
}

static bool relative_part(const struct cb_clause_cut *c, const struct cb_segment *s, uint32_t end,
                          struct cb_clause_part *part)
{
    const struct cb_reading *r = c->r;
    struct cb_token_range about = antecedent(c, described_at(c, s));
    uint32_t verb = s->body + 1;
    while (verb < end && r->nodes[verb].tag == CB_TAG_RB)
        verb++;
    if (about.end == 0 || verb >= end || is_unclear(c, s, about))
        return false;
    bool subject =
        cb_token_is_one(r, s->body, "who|which") &&
        (cb_token_is_finite(r, verb) || r->nodes[verb].tag == CB_TAG_VB || !cb_cut_begins_phrase(r, verb));
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

/* ", showing that the mill was sold", ", meaning they leave": what is shown is said of the world, not of the
 * subject. */
static struct cb_token_range shown_by(const struct cb_reading *r, uint32_t at, uint32_t end)
{
    static const char verbs[] =
        "showing|demonstrating|proving|meaning|suggesting|indicating|confirming|revealing";
    uint32_t start = at + 1;
    if (!cb_token_is_one(r, at, verbs))
        return (struct cb_token_range){0, 0};
    bool that = start < end && cb_token_is(r, start, "that");
    start += that;
    bool clause = that || cb_cut_verb_of_clause(r, start, end) < end;
    return clause ? (struct cb_token_range){start, end} : (struct cb_token_range){0, 0};
}

/* The subject is the sentence's; behind a relative clause what that one is about. */
static bool participle_part(const struct cb_clause_cut *c, size_t k, uint32_t end,
                            struct cb_clause_part *part)
{
    struct cb_token_range subject = c->subject, shown = shown_by(c->r, c->seg[k].body, end);
    size_t before = k;
    if (shown.end > shown.start)
        return add_range(c, part, shown.start, shown.end);
    while (before > 0 && c->seg[before - 1].kind == CB_SEGMENT_MORE && !c->main[before - 1])
        before--;
    enum cb_segment_kind owner = before > 0 ? c->seg[before - 1].kind : CB_SEGMENT_MORE;
    if (owner == CB_SEGMENT_RELATIVE)
        subject = antecedent(c, c->seg[before - 1].start);
    else if (owner == CB_SEGMENT_ADVERBIAL)
        return false; /* its subject can be that one's */
    else if (c->r->nodes[c->seg[k].body].tag == CB_TAG_VBN &&
             !cb_token_is_one(c->r, c->seg[k].body,
                              "worried|concerned|convinced|determined|joined|accompanied"))
        subject = antecedent(c, c->seg[k].start); /* "the group, named after …" */
    bool pronoun = subject.end == subject.start + 1 && c->r->nodes[subject.start].tag == CB_TAG_PRP;
    return subject.end > subject.start && !pronoun && subject.end <= c->seg[k].start &&
           add_range(c, part, subject.start, subject.end) && add_range(c, part, c->seg[k].body, end);
}

/* "as he did before", "while they are away" say nothing alone. */
static bool says_enough(const struct cb_clause_cut *c, uint32_t start, uint32_t verb, uint32_t end)
{
    enum { SHORT = 5 };
    if (start > 0 && cb_token_is(c->r, start - 1, "as") && c->r->nodes[start].tag == CB_TAG_PRP &&
        !cb_cut_is_past(c->r, verb))
        return false; /* "as we say here" */
    if (c->r->nodes[start].tag == CB_TAG_PRP && !cb_cut_is_past(c->r, verb))
        start++;
    bool full = cb_cut_is_past(c->r, verb) && !cb_token_is_one(c->r, verb, "did|was|were|had");
    return full || cb_clause_words(c->r, (struct cb_token_range){start, end}) >= SHORT;
}

/* What hangs on the core, with all that belongs to it up to the next piece. */
static bool subordinate_part(const struct cb_clause_cut *c, size_t k, struct cb_clause_part *part)
{
    const struct cb_segment *s = &c->seg[k];
    size_t last = k;
    while (last + 1 < c->count && !c->main[last + 1] &&
           (c->seg[last + 1].kind == CB_SEGMENT_MORE || c->seg[last + 1].kind == CB_SEGMENT_CONDITION))
        last++;
    uint32_t end = c->seg[last].end;
    *part = (struct cb_clause_part){.verb = s->body};
    switch (s->kind) {
    case CB_SEGMENT_RELATIVE:
        part->kind = CB_PART_RELATIVE;
        return relative_part(c, s, end, part);
    case CB_SEGMENT_PARTICIPLE:
        part->kind = CB_PART_PARTICIPLE;
        return participle_part(c, k, end, part);
    case CB_SEGMENT_ADVERBIAL:
        part->kind = CB_PART_ADVERBIAL;
        part->verb = cb_cut_verb_of_clause(c->r, s->body, end);
        return part->verb < end && says_enough(c, s->body, part->verb, end) &&
               add_range(c, part, s->body, end);
    default:
        return false;
    }
}

size_t cb_clause_parts(const struct cb_reading *reading, uint32_t sentence, struct cb_token_range range,
                       struct cb_clause_part parts[CB_PARTS_MAX])
{
    struct cb_clause_cut c;
    if (!cb_clause_cut(reading, sentence, range, &c))
        return 0;
    size_t count = add_core(&c, parts);
    for (size_t k = 0; count > 0 && k < c.count && count < CB_PARTS_MAX; k++) {
        if (!c.main[k] && subordinate_part(&c, k, &parts[count]) && words_of(&c, &parts[count]) > 0)
            count++;
    }
    return count;
}
