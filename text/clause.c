#include "text/clause.h"

#include "text/quote_source.h"

#include <string.h>

enum { CLAUSE_WORDS_MIN = 3 };

static bool is_loose_mark(const struct cb_reading *r, uint32_t i, bool at_start)
{
    if (cb_token_is_quote(r, i))
        return true;
    if (r->tokens[i].kind != CB_TOKEN_PUNCT)
        return false;
    if (cb_token_is_one(r, i, ",|;|:|.|-|--|---|–|—|―|…|...|•|*|·"))
        return true;
    return at_start ? cb_token_is_one(r, i, ")|]|?|!|/") : cb_token_is_one(r, i, "(|[|/");
}

/* A mark whose partner stays inside is not loose: takes back what was cut off between `end` and `limit`. */
static uint32_t with_closing_mark(const struct cb_reading *r, uint32_t start, uint32_t end, uint32_t limit)
{
    bool open = false;
    for (uint32_t i = start; i < end; i++) {
        if (cb_token_is_quote(r, i))
            open = r->tokens[i].kind == CB_TOKEN_QUOTE_OPEN;
    }
    for (uint32_t i = end; open && i < limit; i++) {
        if (r->tokens[i].kind == CB_TOKEN_QUOTE_CLOSE)
            return i + 1;
    }
    return end;
}

static uint32_t with_opening_mark(const struct cb_reading *r, uint32_t start, uint32_t end, uint32_t limit)
{
    for (uint32_t i = start; i < end; i++) {
        if (!cb_token_is_quote(r, i))
            continue;
        bool closes = r->tokens[i].kind == CB_TOKEN_QUOTE_CLOSE;
        return closes && start > limit && r->tokens[start - 1].kind == CB_TOKEN_QUOTE_OPEN && i + 1 < end
                   ? start - 1
                   : start;
    }
    return start;
}

struct cb_token_range cb_clause_trim(const struct cb_reading *r, struct cb_token_range range)
{
    struct cb_token_range whole = range;
    while (range.start < range.end && is_loose_mark(r, range.start, true))
        range.start++;
    while (range.end > range.start && is_loose_mark(r, range.end - 1, false))
        range.end--;
    if (range.start >= range.end)
        return range;
    range.end = with_closing_mark(r, range.start, range.end, whole.end);
    range.start = with_opening_mark(r, range.start, range.end, whole.start);
    return range;
}

/* A participle right behind a noun is taken for the verb it is in "Two men died", which the tagger can get
 * wrong, and a bare verb at the beginning for an imperative. */
bool cb_clause_has_verb(const struct cb_reading *r, struct cb_token_range range)
{
    for (uint32_t i = range.start; i < range.end; i++) {
        uint8_t tag = r->nodes[i].tag;
        if (cb_token_is_finite(r, i))
            return true;
        if (tag == CB_TAG_VBN && i > range.start &&
            (cb_tag_is_noun(r->nodes[i - 1].tag) || r->nodes[i - 1].tag == CB_TAG_PRP))
            return true;
    }
    range = cb_clause_trim(r, range);
    return range.start + 1 < range.end && r->nodes[range.start].tag == CB_TAG_VB;
}

struct cb_token_range cb_clause_without_frame(const struct cb_reading *r, struct cb_token_range range)
{
    enum { FRAME_TOKENS_MAX = 10 };
    bool performs = false, judged = false, is = false;
    for (uint32_t i = range.start; i + CLAUSE_WORDS_MIN < range.end && i - range.start < FRAME_TOKENS_MAX;
         i++) {
        if (cb_token_is(r, i, "that")) {
            struct cb_token_range behind = cb_clause_trim(r, (struct cb_token_range){i + 1, range.end});
            bool framed = i > range.start && (performs || (judged && is));
            return framed && cb_clause_words(r, behind) >= CLAUSE_WORDS_MIN && cb_clause_has_verb(r, behind)
                       ? behind
                       : range;
        }
        performs |=
            cb_token_is_one(r, i, "say|stress|remind|note|emphasize|emphasise|underline|repeat|recall");
        judged |= cb_token_is_one(r, i, "fact|truth|clear|obvious|true");
        is |= cb_token_is_one(r, i, "is|'s");
        if (!cb_token_is_one(r, i,
                             "say|stress|remind|note|emphasize|emphasise|underline|repeat|recall|fact|truth|"
                             "clear|obvious|true|is|'s|i|we|want|would|'d|like|to|must|can|let|me|us|just|"
                             "also|again|you|everyone|everybody|all|please|the|it|and|but|so|well|once|here"))
            return range;
    }
    return range;
}

size_t cb_clause_words(const struct cb_reading *r, struct cb_token_range range)
{
    size_t words = 0;
    for (uint32_t i = range.start; i < range.end; i++)
        words += cb_token_is_word(r, i);
    return words;
}

struct splitter {
    const struct cb_reading *r;
    struct cb_token_range sentence, range;
    uint32_t leftmost[CB_PARSE_MAX]; /* of each token's subtree, inside the range; counts over the reading */
    bool begins[CB_PARSE_MAX];       /* a clause of its own beside the first begins here */
};

static uint32_t head_of(const struct splitter *s, uint32_t i)
{
    int head = s->r->nodes[i].head;
    uint32_t from_start = (uint32_t)head;
    return head < 0 ? UINT32_MAX : s->sentence.start + from_start;
}

static bool inside(const struct splitter *s, uint32_t i)
{
    return i >= s->range.start && i < s->range.end;
}

static void find_leftmost(struct splitter *s)
{
    for (uint32_t i = s->range.start; i < s->range.end; i++)
        s->leftmost[i - s->sentence.start] = i;
    for (uint32_t i = s->range.start; i < s->range.end; i++) {
        uint32_t up = i;
        for (unsigned steps = 0; steps < CB_PARSE_MAX; steps++) {
            up = head_of(s, up);
            if (up == UINT32_MAX || !inside(s, up))
                break;
            uint32_t *left = &s->leftmost[up - s->sentence.start];
            if (i < *left)
                *left = i;
        }
    }
}

static bool is_subject_relation(uint8_t relation)
{
    return relation == CB_REL_NSUBJ || relation == CB_REL_NSUBJ_PASS || relation == CB_REL_CSUBJ ||
           relation == CB_REL_EXPL || relation == CB_REL_NSUBJ_OUTER || relation == CB_REL_CSUBJ_PASS;
}

/* Has token i a subject of its own in the range, and a finite verb? */
static bool is_full_clause(const struct splitter *s, uint32_t i)
{
    bool subject = false, finite = cb_token_is_finite(s->r, i);
    for (uint32_t k = s->range.start; k < s->range.end; k++) {
        if (head_of(s, k) != i)
            continue;
        subject |= is_subject_relation(s->r->nodes[k].relation);
        finite |= cb_token_is_finite(s->r, k) &&
                  (s->r->nodes[k].relation == CB_REL_AUX || s->r->nodes[k].relation == CB_REL_AUX_PASS ||
                   s->r->nodes[k].relation == CB_REL_COP);
    }
    return subject && finite;
}

/* A noun phrase with a finite verb right behind it that the tree hangs below the noun: "…, a quarter of the
 * planes had returned". */
static bool is_hidden_clause(const struct splitter *s, uint32_t i)
{
    if (!cb_tag_is_noun(s->r->nodes[i].tag))
        return false;
    for (uint32_t k = s->leftmost[i - s->sentence.start]; k + 1 < s->range.end; k++) {
        uint8_t tag = s->r->nodes[k].tag;
        if (k < i && s->r->tokens[k].kind == CB_TOKEN_PUNCT)
            continue;
        if (cb_token_is_finite(s->r, k))
            return k > i && !cb_token_is_saying(s->r, k);
        if (cb_tag_is_verb(tag) || tag == CB_TAG_WDT || tag == CB_TAG_WP || tag == CB_TAG_TO ||
            tag == CB_TAG_CC || s->r->tokens[k].kind == CB_TOKEN_PUNCT ||
            cb_token_is_one(s->r, k, "that|who|whose|where|when"))
            return false;
    }
    return false;
}

/* The token that begins the clause headed by i: its subtree's first, before it the conjunction. */
static uint32_t clause_begin(const struct splitter *s, uint32_t i)
{
    uint32_t start = s->leftmost[i - s->sentence.start];
    while (start < i &&
           s->r->tokens[start].kind == CB_TOKEN_PUNCT) /* trees hang the comma on the clause behind it */
        start++;
    while (start > s->range.start && s->r->nodes[start - 1].tag == CB_TAG_CC)
        start--;
    return start;
}

/* Marks where clauses begin that stand beside the range's main one: reached from it by conj and parataxis
 * only. */
static void find_coordinate(struct splitter *s)
{
    memset(s->begins, 0, sizeof s->begins);
    for (uint32_t i = s->range.start; i < s->range.end; i++) {
        bool beside = true;
        uint32_t at = i;
        for (unsigned steps = 0; steps < 64; steps++) {
            uint32_t up = head_of(s, at);
            if (up == UINT32_MAX || !inside(s, up))
                break;
            uint8_t relation = s->r->nodes[at].relation;
            beside &= relation == CB_REL_CONJ || relation == CB_REL_PARATAXIS;
            at = up;
        }
        if (beside && at != i && (is_full_clause(s, i) || is_hidden_clause(s, i)))
            s->begins[clause_begin(s, i) - s->sentence.start] = true;
    }
}

static bool opens_subordinate(const struct cb_reading *r, uint32_t i)
{
    return cb_token_is_one(r, i,
                           "if|when|while|although|though|because|since|as|after|before|unless|until|once|"
                           "whenever|given|whether|despite|whereas|even|only");
}

static bool tells_time(const struct cb_reading *r, struct cb_token_range range)
{
    for (uint32_t i = range.start; i < range.end; i++) {
        if (cb_token_is_one(r, i, "ago|earlier|previously|once|formerly|before|then|last|used"))
            return true;
    }
    return false;
}

bool cb_clause_is_inverted(const struct cb_reading *r, struct cb_token_range range)
{
    uint32_t at = range.start + (cb_token_is(r, range.start, "that") ? 1 : 0);
    if (at + 1 >= range.end || !cb_token_is_one(r, at, "should|had|were") ||
        cb_token_is_char(r, range.end - 1, '?'))
        return false;
    uint8_t next = r->nodes[at + 1].tag; /* "that should be done" has none */
    return next == CB_TAG_DT || next == CB_TAG_PRP || next == CB_TAG_PRP_POSS || cb_tag_is_noun(next);
}

/* May the range be cut before token `at`, given where the last clause began? */
static bool may_cut(const struct cb_reading *r, struct cb_token_range range, uint32_t clause_start,
                    uint32_t at)
{
    struct cb_token_range before = {clause_start, at}, behind = {at, range.end};
    before = cb_clause_trim(r, before);
    behind = cb_clause_trim(r, behind);
    if (before.start >= before.end || behind.start >= behind.end)
        return false;
    bool joined = r->nodes[behind.start].tag == CB_TAG_CC;
    if (!joined && cb_clause_is_inverted(r, before))
        return false; /* "Should the river rise, the ferry stays" */
    if (!joined && opens_subordinate(r, before.start) && !cb_token_is_char(r, at - 1, ';')) {
        unsigned finite = 0; /* "If a …, b": the comma belongs to the if */
        for (uint32_t i = before.start; i < before.end; i++)
            finite += cb_token_is_finite(r, i) && r->nodes[i].relation != CB_REL_AUX;
        if (finite < 2)
            return false;
    }
    if (!joined && cb_token_is_one(r, behind.start, "now|today|then") && tells_time(r, before))
        return false;
    if (cb_token_is_char(r, at - 1, ';')) /* items of an enumeration */
        return cb_clause_words(r, before) >= CLAUSE_WORDS_MIN &&
               cb_clause_words(r, behind) >= CLAUSE_WORDS_MIN;
    return cb_clause_words(r, before) >= CLAUSE_WORDS_MIN && cb_clause_words(r, behind) >= CLAUSE_WORDS_MIN &&
           cb_clause_has_verb(r, before) && cb_clause_has_verb(r, behind);
}

static bool inside_brackets(const struct cb_reading *r, uint32_t start, uint32_t at)
{
    int depth = 0;
    for (uint32_t i = start; i < at; i++)
        depth += (cb_token_is_one(r, i, "(|[") ? 1 : 0) - (cb_token_is_one(r, i, ")|]") ? 1 : 0);
    return depth > 0;
}

/* Only where something marks the seam: a conjunction, or a mark before the clause. */
static bool has_seam(const struct cb_reading *r, uint32_t at)
{
    if (r->nodes[at].tag == CB_TAG_CC)
        return true;
    return at > 0 && (cb_token_is_one(r, at - 1, ",|;|…|...|–|—|―|--|:|.") || cb_token_is_quote(r, at - 1));
}

static struct cb_token_range without_conjunction(const struct cb_reading *r, struct cb_token_range range)
{
    range = cb_clause_trim(r, range);
    while (range.start + 1 < range.end && r->nodes[range.start].tag == CB_TAG_CC &&
           cb_token_is_one(r, range.start, "and|but|or|so|yet|nor|for")) {
        range.start++;
        range = cb_clause_trim(r, range);
    }
    return range;
}

/* A comma between two whole clauses, as translations and speech have it: behind it a noun phrase and, right
 * after that, a finite verb that goes on. Told by tags, because trees of such sentences are often wrong. */
static bool is_spliced(const struct splitter *s, uint32_t at)
{
    enum { PHRASE_TOKENS_MAX = 12 };
    bool noun = false;
    if (!cb_token_is_char(s->r, at - 1, ','))
        return false;
    for (uint32_t i = at; i + 1 < s->range.end && i - at < PHRASE_TOKENS_MAX; i++) {
        uint8_t tag = s->r->nodes[i].tag;
        if (cb_token_is_finite(s->r, i))
            return noun && !cb_token_is_saying(s->r, i) && s->r->tokens[i + 1].kind != CB_TOKEN_PUNCT;
        bool phrase = cb_tag_is_noun(tag) || tag == CB_TAG_PRP || tag == CB_TAG_DT || tag == CB_TAG_JJ ||
                      tag == CB_TAG_CD || tag == CB_TAG_PRP_POSS || tag == CB_TAG_POS ||
                      (tag == CB_TAG_RB && !noun) ||
                      (tag == CB_TAG_IN && noun && cb_token_is_one(s->r, i, "of|in|from|for|on"));
        if (!phrase || (i == at && opens_subordinate(s->r, i)))
            return false;
        noun |= cb_tag_is_noun(tag) || tag == CB_TAG_PRP;
    }
    return false;
}

static bool is_cut(const struct splitter *s, bool tree, uint32_t at)
{
    if (cb_token_is_char(s->r, at - 1, ';') || is_spliced(s, at))
        return true;
    return tree && s->begins[at - s->sentence.start] && has_seam(s->r, at);
}

size_t cb_clauses_split(const struct cb_reading *r, uint32_t sentence, struct cb_token_range range,
                        struct cb_token_range clauses[CB_CLAUSES_MAX])
{
    struct splitter s;
    s.r = r;
    s.sentence = cb_sentence_tokens(r, sentence);
    s.range = range;
    bool tree = r->parsed[sentence] && s.sentence.end - s.sentence.start <= CB_PARSE_MAX;
    if (tree) {
        find_leftmost(&s);
        find_coordinate(&s);
    }
    size_t count = 0;
    uint32_t start = range.start;
    for (uint32_t at = range.start + 1; at < range.end && count + 1 < CB_CLAUSES_MAX; at++) {
        if (!is_cut(&s, tree, at) || inside_brackets(r, range.start, at) || !may_cut(r, range, start, at))
            continue;
        clauses[count] = (struct cb_token_range){start, at};
        if (count > 0)
            clauses[count] = without_conjunction(r, clauses[count]);
        else
            clauses[count] = cb_clause_trim(r, clauses[count]);
        count++;
        start = at;
    }
    clauses[count] = (struct cb_token_range){start, range.end};
    clauses[count] = count > 0 ? without_conjunction(r, clauses[count]) : cb_clause_trim(r, clauses[count]);
    return count + 1;
}

static uint32_t up(const struct cb_reading *r, uint32_t sentence, uint32_t i)
{
    int head = r->nodes[i].head;
    uint32_t from_start = (uint32_t)head;
    return head < 0 ? UINT32_MAX : r->first_token[sentence] + from_start;
}

static bool in_range(struct cb_token_range range, uint32_t i)
{
    return i >= range.start && i < range.end;
}

uint32_t cb_clause_top(const struct cb_reading *r, uint32_t sentence, struct cb_token_range range)
{
    for (uint32_t i = range.start; r->parsed[sentence] && i < range.end; i++) {
        if (cb_token_is_word(r, i) && !in_range(range, up(r, sentence, i)) && r->nodes[i].tag != CB_TAG_CC)
            return i;
    }
    return range.end;
}

bool cb_clause_is_full(const struct cb_reading *r, uint32_t sentence, struct cb_token_range range)
{
    uint32_t top = cb_clause_top(r, sentence, range);
    bool subject = false, finite = top < range.end && cb_token_is_finite(r, top);
    for (uint32_t i = range.start; i < range.end; i++) {
        uint8_t relation = r->nodes[i].relation;
        if (up(r, sentence, i) != top)
            continue;
        subject |= is_subject_relation(relation);
        finite |= cb_token_is_finite(r, i) &&
                  (relation == CB_REL_AUX || relation == CB_REL_AUX_PASS || relation == CB_REL_COP);
    }
    return subject && finite;
}
