#include "text/attribution_rules.h"

static const struct cb_quote *quote_at(const struct cb_page *page, int32_t token)
{
    if (token < 0 || (size_t)token >= page->reading->token_count || page->quotes.at[token] < 0)
        return NULL;
    return &page->quotes.items[page->quotes.at[token]];
}

static bool same_paragraph(const struct cb_page *page, int32_t a, int32_t b)
{
    const struct cb_sentence *sentences = page->reading->sentences;
    return sentences[page->sentence_of[a]].paragraph == sentences[page->sentence_of[b]].paragraph;
}

/* Speech rather than a term or a title. */
static bool is_speech(const struct cb_quote *quote)
{
    return quote->words >= 4 || quote->stopped || !quote->closed;
}

/* The pieces of a speech that goes on over paragraphs, each opened by a mark of its own. */
static void add_continued(const struct cb_page *page, struct cb_draft *draft, int32_t index)
{
    while (index >= 0 && (size_t)index + 1 < page->quotes.count && page->quotes.items[index].continues) {
        index++;
        const struct cb_quote *quote = &page->quotes.items[index];
        cb_rule_content(draft, (struct cb_piece){(int32_t)quote->first, (int32_t)quote->last});
    }
}

static void add_quote(const struct cb_page *page, struct cb_draft *draft, int32_t token)
{
    const struct cb_quote *quote = quote_at(page, token);
    cb_rule_content(draft, (struct cb_piece){(int32_t)quote->first, (int32_t)quote->last});
    add_continued(page, draft, page->quotes.at[token]);
}

/* Has the quotation a cue of its own right behind it ("…," he said)? Then it is not ours. */
static bool has_own_cue(const struct cb_page *page, const struct cb_quote *quote)
{
    int32_t at = (int32_t)quote->last + 1, end = at + (quote->stopped ? 12 : 30);
    if ((size_t)at >= page->reading->token_count || !same_paragraph(page, (int32_t)quote->last, at))
        return false;
    for (; at < end && (size_t)at < page->reading->token_count; at++) {
        char mark = cb_page_mark(page, at);
        if (mark == '.' || mark == '"' || mark == ';')
            return false;
        const struct cb_cue_word *word = page->words[at];
        if (word != NULL && word->part == CB_CUE_VERB && (word->classes & CB_CUE_QUOTE) != 0 &&
            word->strength >= 2 && cb_page_tag(page, at) != CB_TAG_VB && cb_page_tag(page, at) != CB_TAG_VBG)
            return true;
    }
    return false;
}

/* The quotation that follows the sentence of the cue in the same paragraph: "…," he said. "…" */
static void add_following(const struct cb_page *page, struct cb_draft *draft, int32_t after)
{
    int32_t next = after + 1;
    if ((size_t)next >= page->reading->token_count || !same_paragraph(page, after, next))
        return;
    const struct cb_quote *quote = quote_at(page, next);
    if (quote == NULL || (int32_t)quote->first != next || quote->single || !is_speech(quote) ||
        has_own_cue(page, quote))
        return;
    add_quote(page, draft, next);
}

/* The end of cue and source together, and what stands behind: "said Lind in Oslo". */
static int32_t island_first(const struct cb_frame *frame)
{
    return frame->source_head >= 0 && frame->source.first < frame->cue.first ? frame->source.first
                                                                             : frame->cue.first;
}

static int32_t island_last(const struct cb_frame *frame)
{
    return frame->source_head >= 0 && frame->source.last > frame->cue.last ? frame->source.last
                                                                           : frame->cue.last;
}

bool cb_rule_colon(const struct cb_page *page, const struct cb_frame *frame, struct cb_drafts *drafts)
{
    int32_t end = cb_page_last(page, frame->head), at = island_last(frame) + 1;
    if ((frame->word->classes & (CB_CUE_SAY | CB_CUE_QUOTE | CB_CUE_TELL | CB_CUE_TALK)) == 0)
        return false;
    for (unsigned steps = 0; at <= end && steps < 25 && cb_page_mark(page, at) != ':'; at++, steps++) {
        char mark = cb_page_mark(page, at);
        if (mark == '"' || mark == ';' || mark == '.' || page->heads[at] == CB_NO_TOKEN)
            return false;
        const struct cb_cue_word *word = page->words[at];
        if (word != NULL && word->part == CB_CUE_VERB && at > frame->cue.last)
            return false; /* the colon is that verb's */
    }
    if (cb_page_mark(page, at) != ':' || (size_t)at + 1 >= page->reading->token_count)
        return false;
    int32_t next = at + 1;
    const struct cb_quote *quote = quote_at(page, next);
    bool quoted = quote != NULL && (int32_t)quote->first == next;
    if (!quoted &&
        (next > end || (frame->word->classes & (CB_CUE_SAY | CB_CUE_TELL)) == 0 || at > frame->cue.last + 4))
        return false;
    struct cb_draft *draft = cb_rule_draft(drafts, frame, CB_RULE_COLON, quoted ? 0.95F : 0.7F);
    if (draft == NULL)
        return false;
    if (at == draft->cue.last + 1)
        draft->cue.last = at;
    if (quoted) {
        add_quote(page, draft, next);
        add_following(page, draft, draft->content[draft->pieces - 1].last);
    } else {
        cb_rule_content(draft, cb_span_trim(page, (struct cb_piece){next, end}));
    }
    return true;
}

/* Between the cue and the quotation: hearers, times and places, at most so many tokens, no other cue. */
static int32_t quote_start(const struct cb_page *page, const struct cb_frame *frame)
{
    int32_t end = cb_page_last(page, frame->head);
    for (int32_t at = island_last(frame) + 1; at <= end && at < island_last(frame) + 16; at++) {
        const struct cb_quote *quote = quote_at(page, at);
        char mark = cb_page_mark(page, at);
        if (quote != NULL && (int32_t)quote->first == at)
            return !quote->single || is_speech(quote) ? at : CB_NO_TOKEN;
        const struct cb_cue_word *word = page->words[at];
        if (mark == '.' || mark == ';' || mark == ':' ||
            (word != NULL && word->part == CB_CUE_VERB && (word->classes & CB_CUE_SAY) != 0))
            return CB_NO_TOKEN;
    }
    return CB_NO_TOKEN;
}

bool cb_rule_quote_after(const struct cb_page *page, const struct cb_frame *frame, struct cb_drafts *drafts)
{
    if ((frame->word->classes & (CB_CUE_QUOTE | CB_CUE_TELL)) == 0 || page->quotes.at[frame->head] >= 0)
        return false;
    int32_t start = quote_start(page, frame);
    if (start < 0)
        return false;
    const struct cb_quote *quote = quote_at(page, start);
    char before = cb_page_mark(page, start - 1);
    bool set_off = before == ',' || before == '-';
    if ((!set_off && start > frame->cue.last + 1) || (!set_off && !is_speech(quote)))
        return false;
    if (!set_off && !quote->stopped && (int32_t)quote->last < cb_page_last(page, frame->head) - 1)
        return false; /* "said “enough” of them had left": a clause */
    struct cb_draft *draft = cb_rule_draft(drafts, frame, CB_RULE_QUOTE_AFTER, 0.95F);
    if (draft == NULL)
        return false;
    add_quote(page, draft, start);
    int32_t last = (int32_t)quote->last, end = cb_page_last(page, last);
    if (!quote->stopped && last < end && cb_page_mark(page, last + 1) == 0)
        draft->content[0] = cb_span_clause(page, frame->head, start, end); /* it goes on without marks */
    else
        add_following(page, draft, cb_page_mark(page, last + 1) == '.' ? last + 1 : last);
    return true;
}

/* Is there a content to the right of the cue that the tree knows? */
static bool has_clause_after(const struct cb_page *page, const struct cb_frame *frame)
{
    for (int32_t c = page->child[frame->head]; c >= 0; c = page->sibling[c]) {
        unsigned relation = cb_page_relation(page, c);
        if (c > frame->cue.last && (relation == CB_REL_CCOMP || relation == CB_REL_XCOMP) &&
            !(frame->source_head > frame->head && c < frame->source_head))
            return true;
    }
    return false;
}

/* The first token of the clause that ends before `last`: conjunctions and a dateline stay out. */
static int32_t clause_first(const struct cb_page *page, int32_t last)
{
    int32_t first = cb_page_first(page, last);
    if (last - first > CB_PAGE_WINDOW)
        first = last - CB_PAGE_WINDOW;
    for (int32_t at = last; at > first; at--) {
        if (cb_page_mark(page, at) == ';')
            return at + 1;
    }
    return first;
}

/* `first`, unless a verb of saying stands between it and the quotation: With “…,” he said. */
static int32_t without_cue(const struct cb_page *page, int32_t first, int32_t quotation)
{
    for (int32_t at = first; at < quotation; at++) {
        const struct cb_cue_word *word = page->words[at];
        if (word != NULL && word->part == CB_CUE_VERB && word->strength == 3 &&
            (word->classes & CB_CUE_SAY) != 0)
            return quotation;
    }
    return first;
}

/* Where a parenthesis "…, he said, …" ends: the comma, stop, dash or quotation mark behind it; hearers, times
 * and places may stand between. CB_NO_TOKEN when a clause follows instead. */
static int32_t island_end(const struct cb_page *page, const struct cb_frame *frame, int32_t limit)
{
    int32_t at = island_last(frame) + 1;
    for (unsigned steps = 0; at <= limit && steps < 40; at++, steps++) {
        char mark = cb_page_mark(page, at);
        if (mark == '.' || mark == ',' || mark == '-' || mark == ';' || mark == '"' || mark == '?' ||
            mark == '!' || mark == ':' || mark == ')')
            return at;
        unsigned tag = cb_page_tag(page, at);
        if (steps == 0 &&
            (cb_page_is(page, at, "that") || tag == CB_TAG_MD || tag == CB_TAG_VBD || tag == CB_TAG_VBZ))
            return CB_NO_TOKEN;
    }
    return at;
}

/* The cue inside the quotation marks: “…, he said. – …” as rough translations and transcripts have it. */
static bool inside_marks(const struct cb_page *page, const struct cb_frame *frame, struct cb_drafts *drafts)
{
    const struct cb_quote *quote = quote_at(page, frame->head);
    int32_t first = island_first(frame), last = island_last(frame);
    if (quote == NULL || quote->single || first < (int32_t)quote->first + 3 || frame->word->strength < 2 ||
        !same_paragraph(page, first, last))
        return false;
    char before = cb_page_mark(page, first - 1), after = cb_page_mark(page, last + 1);
    char earlier = cb_page_mark(page, first - 2);
    bool dash = before == '-' && (earlier == ',' || earlier == '.' || earlier == '?' || earlier == '!');
    bool fresh = after == '.' || (after == ',' && cb_page_mark(page, last + 2) == '-') || after == '"';
    if (!((dash || before == ',') && fresh) || (after != '.' && has_clause_after(page, frame)))
        return false;
    struct cb_draft *draft = cb_rule_draft(drafts, frame, CB_RULE_INSIDE, 0.8F);
    if (draft == NULL)
        return false;
    int32_t left = first - 1;
    while (left > (int32_t)quote->first + 1 &&
           (cb_page_mark(page, left) == '-' || cb_page_mark(page, left) == ','))
        left--;
    cb_rule_content(draft, (struct cb_piece){(int32_t)quote->first, left});
    int32_t right = last + 1;
    while (right < (int32_t)quote->last &&
           (cb_page_mark(page, right) == '.' || cb_page_mark(page, right) == ',' ||
            cb_page_mark(page, right) == '-'))
        right++;
    if (right < (int32_t)quote->last || (right == (int32_t)quote->last && !quote->closed))
        cb_rule_content(draft, (struct cb_piece){right, (int32_t)quote->last});
    add_continued(page, draft, page->quotes.at[frame->head]);
    return true;
}

/* A clause, not an adverbial: it has a finite verb. */
static bool is_clause(const struct cb_page *page, int32_t first, int32_t last)
{
    for (int32_t at = first; at <= last; at++) {
        unsigned tag = cb_page_tag(page, at);
        if (tag == CB_TAG_VBD || tag == CB_TAG_VBZ || tag == CB_TAG_VBP || tag == CB_TAG_MD)
            return true;
    }
    return false;
}

/* What follows a parenthesis that a comma closed: the rest of the sentence. */
static void add_rest(const struct cb_page *page, struct cb_draft *draft, int32_t h, int32_t from)
{
    int32_t end = cb_page_last(page, h);
    static const char *const others[] = {"adding", "citing", "noting",    "referring", "and", "but", "while",
                                         "who",    "which",  "according", "when",      "as",  NULL};
    const struct cb_quote *second = quote_at(page, from + 1);
    static const char *const joints[] = {"and", "but", NULL};
    if (from < end && cb_page_any(page, from, joints) && second != NULL &&
        (int32_t)second->first == from + 1) {
        cb_rule_content(draft, (struct cb_piece){from, (int32_t)second->last}); /* he said, but “…” */
        return;
    }
    if (from > end || cb_page_any(page, from, others) || cb_page_tag(page, from) == CB_TAG_VBG)
        return;
    const struct cb_quote *quote = quote_at(page, from);
    if (quote != NULL && (int32_t)quote->first == from &&
        (quote->stopped || (int32_t)quote->last >= end - 1)) {
        add_quote(page, draft, from);
        return;
    }
    if (end - from > CB_PAGE_WINDOW)
        end = from + CB_PAGE_WINDOW;
    cb_rule_content(draft, cb_span_clause(page, h, from, end));
}

bool cb_rule_island(const struct cb_page *page, const struct cb_frame *frame, struct cb_drafts *drafts)
{
    const struct cb_cue_word *word = frame->word;
    if ((word->classes & (CB_CUE_SAY | CB_CUE_QUOTE | CB_CUE_TELL | CB_CUE_THINK)) == 0 || frame->passive)
        return false;
    if (quote_at(page, frame->head) != NULL)
        return inside_marks(page, frame, drafts);
    int32_t first = island_first(frame), limit = cb_page_last(page, frame->head), before = first - 1;
    if (before < 0 || !same_paragraph(page, before, first) || frame->relative)
        return false;
    char mark = cb_page_mark(page, before);
    if (mark == '-' && (cb_page_mark(page, before - 1) == ',' || cb_page_mark(page, before - 1) == '"'))
        mark = cb_page_mark(page, --before);
    if (mark == ',' && cb_page_mark(page, before - 1) == '"')
        mark = cb_page_mark(page, --before);
    const struct cb_quote *quote = quote_at(page, before);
    bool quoted = mark == '"' && quote != NULL && (int32_t)quote->last == before && is_speech(quote);
    if (!quoted && (mark != ',' && mark != '-'))
        return false;
    if (quoted && (word->classes & (CB_CUE_QUOTE | CB_CUE_TELL | CB_CUE_THINK)) == 0)
        return false;
    if (!quoted && (before <= cb_page_first(page, frame->head) || has_clause_after(page, frame)))
        return false;
    if (!quoted && frame->source_head < 0)
        return false;
    int32_t end = island_end(page, frame, limit);
    if (end < 0)
        return false;
    int32_t from = quoted ? CB_NO_TOKEN : clause_first(page, before - 1);
    if (!quoted && !is_clause(page, from, before - 1) && cb_page_mark(page, end) != ',')
        return false;
    char closing = cb_page_mark(page, end);
    bool goes_on = closing == ',' || closing == '-' || closing == ':';
    struct cb_draft *draft = cb_rule_draft(
        drafts, frame, quoted ? CB_RULE_QUOTE_BEFORE : CB_RULE_CLAUSE_BEFORE, quoted ? 0.95F : 0.75F);
    if (draft == NULL)
        return false;
    if (quoted) {
        struct cb_piece piece = {(int32_t)quote->first, (int32_t)quote->last};
        int32_t begin = cb_page_first(page, piece.first);
        if (begin < piece.first && !quote->continued && cb_page_mark(page, piece.first - 1) != ':')
            piece.first = without_cue(page, clause_first(page, piece.first), piece.first);
        cb_rule_content(draft, piece);
    } else {
        cb_rule_content(draft, cb_span_trim(page, (struct cb_piece){from, before - 1}));
    }
    if (goes_on && end < limit) {
        const struct cb_quote *next = quote_at(page, end + 1);
        bool next_quote = next != NULL && (int32_t)next->first == end + 1;
        bool joined = quote_at(page, end + 2) != NULL && cb_page_tag(page, end + 1) == CB_TAG_CC;
        if (next_quote || joined || !quoted) {
            add_rest(page, draft, frame->head, end + 1);
            draft->rule = quoted ? CB_RULE_QUOTE_AROUND : CB_RULE_CLAUSE_AROUND;
        }
    } else if (draft->pieces > 0 && (quoted || page->quotes.at[draft->content[0].last] >= 0 ||
                                     page->quotes.at[draft->content[0].first] >= 0)) {
        add_following(page, draft, cb_page_last(page, frame->head));
    }
    return true;
}

/* "Ships, Lind said, are late": commas on both sides of a cue of saying, whatever the tree thinks. */
bool cb_rule_parenthesis(const struct cb_page *page, const struct cb_frame *frame, struct cb_drafts *drafts)
{
    int32_t first = island_first(frame), last = island_last(frame), begin = cb_page_first(page, frame->head);
    if (page->quotes.at[frame->head] >= 0 && (frame->word->classes & (CB_CUE_SAY | CB_CUE_QUOTE)) != 0)
        return inside_marks(page, frame, drafts);
    if (frame->source_head < 0 || frame->passive || frame->relative || first < begin + 2 ||
        (frame->word->classes & (CB_CUE_SAY | CB_CUE_THINK)) == 0 || frame->word->strength < 3 ||
        last + 1 >= cb_page_last(page, frame->head) || page->quotes.at[frame->head] >= 0)
        return false;
    char before = cb_page_mark(page, first - 1), after = cb_page_mark(page, last + 1);
    bool quoted = before == '"' && quote_at(page, first - 1) != NULL && is_speech(quote_at(page, first - 1));
    if (quoted && (frame->word->classes & CB_CUE_QUOTE) != 0)
        return cb_rule_island(page, frame, drafts);
    if (before != ',' || after != ',' || quote_at(page, last + 2) != NULL)
        return false;
    struct cb_draft *draft = cb_rule_draft(drafts, frame, CB_RULE_CLAUSE_AROUND, 0.8F);
    if (draft == NULL)
        return false;
    cb_rule_content(draft, cb_span_trim(page, (struct cb_piece){clause_first(page, first - 2), first - 2}));
    add_rest(page, draft, frame->head, last + 2);
    return true;
}

void cb_rules_settle(const struct cb_page *page, struct cb_drafts *drafts)
{
    size_t kept = 0;
    for (size_t k = 0; k < drafts->count; k++) {
        struct cb_draft *draft = &drafts->items[k];
        const struct cb_quote *quote = quote_at(page, draft->cue_head);
        if (quote != NULL && draft->rule != CB_RULE_INSIDE && draft->rule != CB_RULE_HEADLINE) {
            int32_t first = (int32_t)quote->first + 1, last = (int32_t)quote->last - quote->closed;
            unsigned pieces = 0;
            for (unsigned p = 0; p < draft->pieces; p++) {
                struct cb_piece piece = draft->content[p];
                piece.first = piece.first < first ? first : piece.first;
                piece.last = piece.last > last ? last : piece.last;
                if (piece.first <= piece.last)
                    draft->content[pieces++] = cb_span_trim(page, piece);
            }
            draft->pieces = pieces;
            draft->score *= 0.5F;
            if (draft->source.first >= 0 && (draft->source.first < first || draft->source.last > last)) {
                draft->source = (struct cb_piece){CB_NO_TOKEN, CB_NO_TOKEN};
                draft->source_head = CB_NO_TOKEN;
            }
        }
        if (draft->pieces > 0)
            drafts->items[kept++] = *draft;
    }
    drafts->count = kept;
}
