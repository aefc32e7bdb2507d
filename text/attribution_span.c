#include "text/attribution_span.h"

static const char *const weekdays[] = {"monday", "tuesday", "wednesday", "thursday",  "friday", "saturday",
                                       "sunday", "today",   "tonight",   "yesterday", NULL};
static const char *const helpers[] = {
    "refused",  "refuse",    "refuses",  "refusing",  "declined",   "decline", "declines",  "declining",
    "appeared", "appears",   "appear",   "seemed",    "seems",      "seem",    "went",      "goes",
    "go",       "continued", "continue", "continues", "continuing", "began",   "begins",    "begin",
    "started",  "starts",    "start",    "tried",     "tries",      "trying",  "attempted", "failed",
    "fails",    "fail",      "managed",  "kept",      "keeps",      "keep",    "stopped",   "hesitated",
    "had",      "came",      "used",     "felt",      NULL};
static const char *const auxiliaries[] = {
    "be",  "is",  "are", "was", "were", "been", "being", "am",  "'s",  "’s",  "'re", "’re", "has", "have",
    "had", "'ve", "’ve", "'d",  "’d",   "do",   "does",  "did", "n't", "n’t", "not", "'m",  "’m",  NULL};

static bool is_adverb(unsigned tag)
{
    return tag == CB_TAG_RB || tag == CB_TAG_RBR || tag == CB_TAG_RBS;
}

/* May the token before a verb belong to its group? */
static bool leads_in(const struct cb_page *page, int32_t h, int32_t token)
{
    unsigned tag = cb_page_tag(page, token);
    if (tag == CB_TAG_MD || cb_page_any(page, token, auxiliaries))
        return true;
    if (!is_adverb(tag))
        return false;
    /* an adverb that the tree hangs elsewhere opens the clause before: "However", "then" */
    return !cb_page_parsed(page, h) || page->heads[token] == h ||
           (page->heads[token] >= 0 && page->heads[page->heads[token]] == h);
}

static int32_t group_first(const struct cb_page *page, int32_t h)
{
    int32_t first = h, begin = cb_page_first(page, h);
    while (first > begin && h - first < 8 && leads_in(page, h, first - 1))
        first--;
    /* an adverb alone at the head of the sentence is not of the group */
    while (first < h && first == begin && is_adverb(cb_page_tag(page, first)))
        first++;
    return first;
}

/* The verb that h completes in a chain ("went on" of "went on to explain"), or CB_NO_TOKEN. */
static int32_t chain_head(const struct cb_page *page, int32_t h)
{
    int32_t head = page->heads[h];
    if (cb_page_relation(page, h) != CB_REL_XCOMP || head < 0 || head > h || h - head > 6)
        return CB_NO_TOKEN;
    if (!cb_tag_is_verb((uint8_t)cb_page_tag(page, head)) || !cb_page_any(page, head, helpers))
        return CB_NO_TOKEN;
    for (int32_t i = head + 1; i < h; i++) {
        unsigned tag = cb_page_tag(page, i);
        if (!is_adverb(tag) && tag != CB_TAG_TO && tag != CB_TAG_RP && tag != CB_TAG_IN && tag != CB_TAG_VB)
            return CB_NO_TOKEN;
    }
    return head;
}

bool cb_span_is_chained(const struct cb_page *page, int32_t h)
{
    int32_t c = cb_page_child(page, h, CB_REL_XCOMP);
    return c > h && page->words[c] != NULL && page->words[c]->part == CB_CUE_VERB &&
           chain_head(page, c) == h &&
           (page->words[c]->classes & (CB_CUE_SAY | CB_CUE_TALK | CB_CUE_TELL)) != 0;
}

struct cb_piece cb_span_verb_group(const struct cb_page *page, int32_t h)
{
    struct cb_piece group = {group_first(page, h), h};
    int32_t end = cb_page_last(page, h), chain = chain_head(page, h);
    if (chain >= 0)
        group.first = group_first(page, chain);
    else if (group.first > cb_page_first(page, h) && cb_page_tag(page, group.first - 1) == CB_TAG_TO)
        group.first--;
    if (h < end && cb_page_parsed(page, h + 1) && page->heads[h + 1] == h &&
        cb_page_relation(page, h + 1) == CB_REL_COMPOUND_PRT)
        group.last = h + 1;
    if (group.last < end && cb_page_any(page, group.last + 1, weekdays)) {
        group.last++;
        static const char *const parts[] = {"morning", "afternoon", "evening", "night", NULL};
        if (group.last < end && cb_page_any(page, group.last + 1, parts))
            group.last++;
    }
    return group;
}

bool cb_span_is_passive(const struct cb_page *page, int32_t h)
{
    return cb_page_tag(page, h) == CB_TAG_VBN &&
           (cb_page_child(page, h, CB_REL_AUX_PASS) >= 0 || cb_page_child(page, h, CB_REL_NSUBJ_PASS) >= 0);
}

/* Of several the one nearest before the verb: the tree may give it the subject of what is said as well. */
static int32_t own_subject(const struct cb_page *page, int32_t h)
{
    int32_t clause = CB_NO_TOKEN, subject = CB_NO_TOKEN;
    for (int32_t c = page->child[h]; c >= 0; c = page->sibling[c]) {
        unsigned relation = cb_page_relation(page, c);
        bool noun =
            relation == CB_REL_NSUBJ || relation == CB_REL_NSUBJ_PASS || relation == CB_REL_NSUBJ_OUTER;
        if (noun && (subject < 0 || c < h))
            subject = c;
        if (relation == CB_REL_CSUBJ && clause < 0)
            clause = c;
    }
    return subject >= 0 ? subject : clause;
}

/* The object of the verb that h completes, when that is who acts: "urged voters to support". */
static int32_t controller(const struct cb_page *page, int32_t verb)
{
    const struct cb_cue_word *word = page->words[verb];
    if (word == NULL || (word->classes & (CB_CUE_ASK | CB_CUE_TELL)) == 0)
        return CB_NO_TOKEN;
    int32_t object = cb_page_child(page, verb, CB_REL_OBJ);
    return object >= 0 ? object : cb_page_child(page, verb, CB_REL_IOBJ);
}

int32_t cb_span_subject(const struct cb_page *page, int32_t h)
{
    for (unsigned steps = 0; steps < 8 && h >= 0 && cb_page_parsed(page, h); steps++) {
        int32_t subject = own_subject(page, h), head = page->heads[h];
        if (subject >= 0)
            return subject;
        if (head < 0)
            return CB_NO_TOKEN;
        unsigned tag = cb_page_tag(page, h);
        switch (cb_page_relation(page, h)) {
        case CB_REL_XCOMP:
            subject = controller(page, head);
            if (subject >= 0)
                return subject;
            break;
        case CB_REL_CONJ:
            break;
        case CB_REL_ADVCL:
            if (tag != CB_TAG_VBG && tag != CB_TAG_VBN && tag != CB_TAG_VB && tag != CB_TAG_JJ)
                return CB_NO_TOKEN;
            break;
        case CB_REL_ACL:
        case CB_REL_ACL_RELCL:
            return tag == CB_TAG_VB ? CB_NO_TOKEN : head;
        default:
            return CB_NO_TOKEN;
        }
        h = head;
    }
    return CB_NO_TOKEN;
}

int32_t cb_span_case(const struct cb_page *page, int32_t noun)
{
    return cb_page_child(page, noun, CB_REL_CASE);
}

int32_t cb_span_agent(const struct cb_page *page, int32_t h)
{
    for (int32_t c = page->child[h]; c >= 0; c = page->sibling[c]) {
        unsigned relation = cb_page_relation(page, c);
        if ((relation == CB_REL_OBL || relation == CB_REL_OBL_AGENT) && c > h) {
            int32_t preposition = cb_span_case(page, c);
            if (preposition >= 0 && cb_page_is(page, preposition, "by"))
                return c;
        }
    }
    return CB_NO_TOKEN;
}

static bool comma_before(const struct cb_page *page, int32_t token)
{
    char mark = cb_page_mark(page, token - 1);
    return mark == ',' || mark == '-';
}

struct cb_piece cb_span_source(const struct cb_page *page, int32_t head, struct cb_piece cue)
{
    struct cb_piece span = {page->left[head], page->right[head]};
    unsigned tag = cb_page_tag(page, head);
    if (tag == CB_TAG_WP || tag == CB_TAG_WDT)
        return (struct cb_piece){head, head};
    if (head < cue.first && span.last >= cue.first)
        span.last = cue.first - 1;
    if (head > cue.last && span.first <= cue.last)
        span.first = cue.last + 1;
    bool cut = false;
    for (int32_t c = page->child[head]; c >= 0 && !cut; c = page->sibling[c]) {
        unsigned relation = cb_page_relation(page, c);
        int32_t left = page->left[c];
        if (c < head || left <= head || left > span.last)
            continue;
        /* a participle after a comma tells what he did, not who he is */
        if ((relation == CB_REL_ACL || relation == CB_REL_PARATAXIS || relation == CB_REL_ADVCL) &&
            comma_before(page, left)) {
            span.last = left - 2;
            cut = true;
        }
        if (relation == CB_REL_CASE && c > head && cb_page_tag(page, c) == CB_TAG_POS && c == span.last)
            span.last--; /* possessive */
    }
    while (span.first < head &&
           (cb_page_mark(page, span.first) != 0 || cb_page_tag(page, span.first) == CB_TAG_CC ||
            cb_page_tag(page, span.first) == CB_TAG_IN ||
            cb_page_relation(page, span.first) == CB_REL_CC_PRECONJ))
        span.first++;
    /* the comma that closes a parenthesis is in */
    bool parenthesis = false;
    for (int32_t i = head + 1; i < span.last; i++)
        parenthesis = parenthesis || cb_page_mark(page, i) == ',';
    char mark = cb_page_mark(page, span.last);
    while (span.last > head && (mark == '.' || mark == ';' || mark == ':' || mark == '-' ||
                                (mark == ',' && (!parenthesis || span.last + 1 != cue.first)))) {
        span.last--;
        mark = cb_page_mark(page, span.last);
    }
    if (!cut && parenthesis && mark != ',' && span.last + 2 == cue.first &&
        cb_page_mark(page, span.last + 1) == ',')
        span.last++;
    return span;
}

int32_t cb_span_clause_end(const struct cb_page *page, int32_t h)
{
    int32_t end = cb_page_last(page, h), begin = h;
    for (unsigned steps = 0; steps < 12 && begin >= 0; steps++) {
        unsigned relation = cb_page_relation(page, begin);
        int32_t head = page->heads[begin];
        if (head < 0)
            break;
        if ((relation == CB_REL_ACL_RELCL || relation == CB_REL_ADVCL || relation == CB_REL_ACL ||
             relation == CB_REL_CSUBJ) &&
            page->right[begin] < end && page->right[begin] > h)
            return page->right[begin];
        begin = head;
    }
    return end;
}

struct cb_piece cb_span_trim(const struct cb_page *page, struct cb_piece piece)
{
    while (piece.last > piece.first) {
        char mark = cb_page_mark(page, piece.last);
        int32_t quote = page->quotes.at[piece.last];
        if (mark == '"' && quote >= 0 && (int32_t)page->quotes.items[quote].first >= piece.first)
            break;
        if (mark != ',' && mark != '.' && mark != ';' && mark != ':' && mark != '-' && mark != '"' &&
            mark != '!' && mark != '?')
            break;
        if ((mark == '?' || mark == '!') && quote < 0)
            break;
        if (mark == '.' && page->reading->tokens[piece.last].kind != CB_TOKEN_PUNCT)
            break;
        piece.last--;
    }
    while (piece.first < piece.last) {
        char mark = cb_page_mark(page, piece.first);
        if (mark != ',' && mark != '.' && mark != ';' && mark != ':' && mark != '-' && mark != ')')
            break;
        piece.first++;
    }
    return piece;
}

/* The child of h over `token`, or CB_NO_TOKEN when it does not hang on h. */
static int32_t branch(const struct cb_page *page, int32_t h, int32_t token)
{
    for (unsigned steps = 0; steps < CB_PARSE_MAX && token >= 0; steps++) {
        if (page->heads[token] == h)
            return token;
        token = page->heads[token];
    }
    return CB_NO_TOKEN;
}

/* ", sources said." – a cue of its own behind the comma before `at`, with nothing said after it. */
static bool is_parenthesis(const struct cb_page *page, int32_t at)
{
    int32_t end = cb_page_last(page, at);
    for (int32_t i = at, steps = 0; i <= end && steps < 12; i++, steps++) {
        const struct cb_cue_word *word = page->words[i];
        unsigned tag = cb_page_tag(page, i);
        char mark = cb_page_mark(page, i);
        if (word != NULL && word->part == CB_CUE_VERB && word->strength == 3 &&
            (word->classes & CB_CUE_QUOTE) != 0 && (tag == CB_TAG_VBD || tag == CB_TAG_VBZ)) {
            char next = cb_page_mark(page, i + 1);
            bool inverted = i == at;
            return next == '.' || next == ',' || i == end ||
                   (inverted && cb_tag_is_noun((uint8_t)cb_page_tag(page, i + 1)));
        }
        if (mark == '.' || mark == ';' || mark == '"' || tag == CB_TAG_MD || tag == CB_TAG_VBD ||
            tag == CB_TAG_VBZ || tag == CB_TAG_VBP || tag == CB_TAG_IN)
            return false;
    }
    return false;
}

/* Does something new begin at `at`, inside what the tree gives to the content? `h` is the cue. */
static bool breaks_off(const struct cb_page *page, int32_t h, int32_t first, int32_t at)
{
    if (page->quotes.at[at] >= 0)
        return false;
    bool comma = comma_before(page, at);
    const struct cb_cue_word *word = page->words[at];
    bool quoted = cb_page_mark(page, at - 1) == '"' && cb_page_mark(page, at - 2) == ',';
    if ((comma || quoted) && is_parenthesis(page, at))
        return true;
    if (comma && cb_page_is(page, at, "according") && cb_page_is(page, at + 1, "to"))
        return true;
    if (comma && cb_page_tag(page, at) == CB_TAG_VBG && word != NULL && word->strength == 3 &&
        (word->classes & (CB_CUE_SAY | CB_CUE_TALK)) != 0)
        return true;
    /* ", and said …" or "and called …": a second cue in the tense of the first */
    unsigned tag = cb_page_tag(page, h), here = cb_page_tag(page, at);
    if (at < first + 2 || word == NULL || word->part != CB_CUE_VERB || word->strength < 2 || here != tag ||
        (here != CB_TAG_VBD && here != CB_TAG_VBZ))
        return false;
    int32_t cc = at - 1;
    while (cc > first && is_adverb(cb_page_tag(page, cc)))
        cc--;
    if (cb_page_tag(page, cc) != CB_TAG_CC || cb_page_relation(page, at) != CB_REL_CONJ)
        return false;
    int32_t other = page->heads[at];
    return other >= 0 && other != h && cb_page_tag(page, other) != here;
}

/* Where a break found at `at` leaves the content: before conjunction, comma and adverbs. */
static int32_t before_break(const struct cb_page *page, int32_t first, int32_t at)
{
    int32_t end = at - 1;
    while (end > first && (is_adverb(cb_page_tag(page, end)) || cb_page_tag(page, end) == CB_TAG_CC ||
                           cb_page_mark(page, end) == ','))
        end--;
    return end;
}

/* Does what follows the comma at `at` belong to the cue's own clause rather than to what is said? */
static bool returns(const struct cb_page *page, int32_t h, int32_t at)
{
    static const char *const outer[] = {"while", "although", "though", "as", "after", "before", "when", NULL};
    int32_t next = at + 1, over = branch(page, h, next);
    if (over < 0)
        over = next;
    unsigned relation = cb_page_relation(page, over);
    if (page->heads[over] != h)
        return false;
    if (relation == CB_REL_CONJ || relation == CB_REL_CC)
        return true;
    return relation == CB_REL_ADVCL && cb_page_any(page, next, outer);
}

/* A comma behind which the writer speaks again rather than the source: ", but", ", which", ", although".
 * Counted in the training articles: four times out of five. */
static bool writer_returns(const struct cb_page *page, int32_t comma)
{
    static const char *const openers[] = {"but",   "although", "though",  "despite", "who",
                                          "whose", "which",    "whereas", NULL};
    static const char *const narrowing[] = {"only", "not", "also", "rather", "instead", NULL};
    int32_t next = comma + 1;
    return cb_page_any(page, next, openers) && !cb_page_any(page, next + 1, narrowing) &&
           page->quotes.at[comma] < 0;
}

/* The first break between first and end, or the end. */
static int32_t up_to_break(const struct cb_page *page, int32_t h, int32_t first, int32_t through, int32_t end)
{
    for (int32_t at = first + 1; at <= end; at++) {
        if (breaks_off(page, h, first, at))
            return before_break(page, first, at);
        char mark = cb_page_mark(page, at);
        if (mark == ',' && at > first + 1 && at + 2 < end && writer_returns(page, at))
            return at - 1;
        if (at > through && page->quotes.at[at] < 0 && (mark == ';' || (mark == ',' && returns(page, h, at))))
            return at - 1;
    }
    return end;
}

static struct cb_piece close_quotation(const struct cb_page *page, struct cb_piece span)
{
    span = cb_span_trim(page, span);
    int32_t quote = page->quotes.at[span.last];
    if (quote >= 0 && (int32_t)page->quotes.items[quote].first >= span.first)
        span.last = (int32_t)page->quotes.items[quote].last;
    return span;
}

struct cb_piece cb_span_clause(const struct cb_page *page, int32_t h, int32_t first, int32_t through)
{
    int32_t limit = cb_span_clause_end(page, h);
    if (limit < through)
        limit = through;
    if (limit - first > CB_PAGE_WINDOW)
        limit = first + CB_PAGE_WINDOW;
    return close_quotation(page, (struct cb_piece){first, up_to_break(page, h, first, through, limit)});
}

/* "called for the minister to go", "blamed them for the loss": what hangs on the cue behind its object, with
 * no comma between, when it says what is asked or why. */
static int32_t absorb(const struct cb_page *page, int32_t h, int32_t end, int32_t limit)
{
    static const char *const leading[] = {"to", "for", "as", "that", "whether", "if", "how", "why", NULL};
    while (end < limit) {
        int32_t next = end + 1, over = branch(page, h, next);
        if (cb_page_mark(page, next) != 0 || over < 0 || page->right[over] < next)
            break;
        unsigned relation = cb_page_relation(page, over);
        bool clause = relation == CB_REL_XCOMP || relation == CB_REL_CCOMP || relation == CB_REL_ADVCL ||
                      relation == CB_REL_OBL;
        if (!clause || (relation != CB_REL_XCOMP && !cb_page_any(page, next, leading)))
            break;
        end = page->right[over] < limit ? page->right[over] : limit;
    }
    return end;
}

/* A clause after a comma that only adds something: ", which …" */
static int32_t before_addition(const struct cb_page *page, int32_t first, int32_t end)
{
    for (int32_t at = first + 2; at < end; at++) {
        if (page->quotes.at[at] < 0 && cb_page_mark(page, at - 1) == ',' &&
            cb_page_tag(page, at) == CB_TAG_WDT)
            return at - 2;
    }
    return end;
}

/* "rejected the plan in March": the time is the writer's. */
static int32_t before_time(const struct cb_page *page, int32_t first, int32_t end)
{
    static const char *const months[] = {"january",  "february", "march",  "april",     "may",
                                         "june",     "july",     "august", "september", "october",
                                         "november", "december", NULL};
    static const char *const before[] = {"on",    "in",    "last", "this", "earlier",
                                         "since", "until", "late", NULL};
    for (int32_t at = first + 1; at < end; at++) {
        if (page->quotes.at[at] >= 0 || !cb_page_any(page, at, before))
            continue;
        struct cb_span span = page->reading->tokens[at + 1].span;
        char digit = page->reading->text[span.start];
        bool year = span.end - span.start == 4 && (digit == '1' || digit == '2') &&
                    cb_page_tag(page, at + 1) == CB_TAG_CD;
        bool month = cb_page_any(page, at + 1, months) && cb_page_tag(page, at + 1) == CB_TAG_NNP;
        if (year || month || cb_page_any(page, at + 1, weekdays))
            return at - 1;
    }
    return end;
}

struct cb_piece cb_span_phrase(const struct cb_page *page, int32_t h, int32_t first, int32_t through)
{
    int32_t limit = cb_span_clause_end(page, h), end = through;
    if (limit < through)
        limit = through;
    end = before_addition(page, first, absorb(page, h, end, limit));
    end = before_time(page, first, end);
    end = up_to_break(page, h, first, end, end);
    return close_quotation(page, (struct cb_piece){first, end});
}
