#include "text/attribution_rules.h"

/* A noun's clause or phrase that says what was said: "the claim that …", "plans to …", "criticism of …". */
static int32_t noun_content(const struct cb_page *page, int32_t head, const struct cb_cue_word *word,
                            int32_t *preposition)
{
    *preposition = CB_NO_TOKEN;
    for (int32_t c = page->child[head]; c >= 0; c = page->sibling[c]) {
        if (c < head)
            continue;
        unsigned relation = cb_page_relation(page, c);
        int32_t left = page->left[c];
        if ((relation == CB_REL_ACL || relation == CB_REL_CCOMP || relation == CB_REL_ACL_RELCL) &&
            cb_page_is(page, left, "that") && cb_page_child(page, c, CB_REL_MARK) == left)
            return c;
        if (relation == CB_REL_ACL && cb_page_is(page, left, "to") && (word->prepositions & CB_PREP_TO) != 0)
            return c;
        if (relation == CB_REL_NMOD || relation == CB_REL_ACL) {
            int32_t at =
                relation == CB_REL_NMOD ? cb_span_case(page, c) : cb_page_child(page, c, CB_REL_MARK);
            if (at != left || at < 0)
                continue;
            struct cb_span span = page->reading->tokens[at].span;
            if ((cb_cue_preposition(page->reading->text + span.start, span.end - span.start) &
                 word->prepositions) != 0) {
                *preposition = at;
                return c;
            }
        }
    }
    return CB_NO_TOKEN;
}

/* Whose claim: "his claim", "Lind's claim", "a claim by Lind", "the claim from Lind". */
static int32_t owner(const struct cb_page *page, int32_t head, int32_t content)
{
    int32_t possessor = cb_page_child(page, head, CB_REL_NMOD_POSS);
    if (possessor >= 0)
        return possessor;
    static const char *const by[] = {"by", "from", "among", NULL};
    for (int32_t c = page->child[head]; c >= 0; c = page->sibling[c]) {
        int32_t preposition =
            cb_page_relation(page, c) == CB_REL_NMOD && c != content ? cb_span_case(page, c) : CB_NO_TOKEN;
        if (preposition > head && cb_page_any(page, preposition, by))
            return c;
    }
    return CB_NO_TOKEN;
}

static const char *const light_verbs[] = {
    "made",      "make",      "makes",     "making",  "has",       "have",       "had",     "having",
    "gave",      "give",      "gives",     "giving",  "issued",    "issue",      "issues",  "issuing",
    "released",  "releasing", "expressed", "express", "expresses", "expressing", "voiced",  "raised",
    "raising",   "raise",     "raises",    "drew",    "announced", "unveiled",   "offered", "offers",
    "offer",     "took",      "takes",     "take",    "reached",   "delivered",  "laid",    "share",
    "shares",    "shared",    "received",  "sparked", "made",      "announces",  "unveils", "outlined",
    "published", NULL};

/* "made a claim that": the verb, when the noun is its object and hers the claim. */
static int32_t light_verb(const struct cb_page *page, int32_t head)
{
    int32_t verb = page->heads[head];
    if (cb_page_relation(page, head) != CB_REL_OBJ || verb < 0 || verb > head || head - verb > 8)
        return CB_NO_TOKEN;
    return cb_page_any(page, verb, light_verbs) ? verb : CB_NO_TOKEN;
}

bool cb_rule_noun(const struct cb_page *page, int32_t head, struct cb_drafts *drafts)
{
    const struct cb_cue_word *word = page->words[head];
    int32_t preposition, content = noun_content(page, head, word, &preposition);
    if (content < 0)
        return false;
    int32_t source = owner(page, head, content), verb = light_verb(page, head);
    struct cb_frame frame = {.word = word, .head = head, .cue = {head, head}, .source_head = source};
    float score = word->strength == 3 ? 0.5F : 0.35F;
    if (source < 0 && verb >= 0) {
        frame.source_head = cb_span_subject(page, verb);
        frame.cue.first = cb_span_verb_group(page, verb).first;
        score += 0.2F;
    } else if (source >= 0 && source < head) {
        frame.cue.first = page->right[source] + 1;
        score += 0.15F;
    }
    if (preposition >= 0 && preposition == frame.cue.last + 1)
        frame.cue.last = preposition;
    if (frame.cue.first > head)
        frame.cue.first = head;
    if (frame.source_head >= 0)
        frame.source = cb_span_source(page, frame.source_head, frame.cue);
    else
        score -= 0.15F;
    struct cb_draft *draft = cb_rule_draft(drafts, &frame, CB_RULE_NOUN, score);
    if (draft == NULL)
        return false;
    int32_t first = preposition >= 0 ? preposition + 1 : page->left[content];
    if (first <= frame.cue.last)
        first = frame.cue.last + 1;
    int32_t through = page->right[content] < first ? first : page->right[content];
    cb_rule_content(draft, cb_span_trim(page, (struct cb_piece){first, through}));
    return true;
}

bool cb_rule_adjective(const struct cb_page *page, int32_t head, struct cb_drafts *drafts)
{
    const struct cb_cue_word *word = page->words[head];
    int32_t content = CB_NO_TOKEN, preposition = CB_NO_TOKEN;
    for (int32_t c = page->child[head]; c >= 0 && content < 0; c = page->sibling[c]) {
        unsigned relation = cb_page_relation(page, c);
        if (c < head)
            continue;
        if (relation == CB_REL_CCOMP || (relation == CB_REL_XCOMP) ||
            (relation == CB_REL_ADVCL && cb_page_is(page, page->left[c], "that")))
            content = c;
        if (relation != CB_REL_OBL && relation != CB_REL_ADVCL)
            continue;
        int32_t at = relation == CB_REL_OBL ? cb_span_case(page, c) : cb_page_child(page, c, CB_REL_MARK);
        if (at < 0 || at != page->left[c])
            continue;
        struct cb_span span = page->reading->tokens[at].span;
        if ((cb_cue_preposition(page->reading->text + span.start, span.end - span.start) &
             word->prepositions) != 0) {
            content = c;
            preposition = at;
        }
    }
    if (content < 0)
        return false;
    int32_t first = head;
    struct cb_frame frame = {.word = word, .head = head, .source_head = cb_span_subject(page, head)};
    if (frame.source_head < 0 || frame.source_head > head)
        return false;
    static const char *const copulas[] = {"is",   "are",   "was",     "were",     "'s",     "’s",     "'m",
                                          "’m",   "'re",   "’re",     "be",       "been",   "felt",   "feels",
                                          "feel", "seems", "remains", "remained", "became", "remain", NULL};
    int32_t copula = cb_page_child(page, head, CB_REL_COP);
    if (copula < 0 && page->heads[head] >= 0 && cb_page_any(page, page->heads[head], copulas))
        copula = page->heads[head];
    if (copula >= 0 && copula < head)
        first = cb_span_verb_group(page, copula).first;
    frame.cue = (struct cb_piece){first, head};
    if (first <= frame.source_head)
        frame.cue.first = head;
    if (preposition == head + 1)
        frame.cue.last = preposition;
    frame.source = cb_span_source(page, frame.source_head, frame.cue);
    struct cb_draft *draft =
        cb_rule_draft(drafts, &frame, CB_RULE_ADJECTIVE, word->strength == 3 ? 0.65F : 0.5F);
    if (draft == NULL)
        return false;
    int32_t start = preposition >= 0 ? preposition + 1 : page->left[content];
    if (start <= frame.cue.last)
        start = frame.cue.last + 1;
    cb_rule_content(draft, cb_span_clause(page, head, start,
                                          page->right[content] < start ? start : page->right[content]));
    return true;
}

/* "according to Lind, ships are late": the comma ends the source, but not before an apposition. */
static struct cb_piece up_to_comma(const struct cb_page *page, struct cb_piece piece)
{
    for (int32_t at = piece.first + 1; at < piece.last; at++) {
        if (cb_page_mark(page, at) != ',')
            continue;
        unsigned tag = cb_page_tag(page, at + 1), relation = cb_page_relation(page, at + 1);
        bool goes_on = tag == CB_TAG_DT || tag == CB_TAG_WP || tag == CB_TAG_CC || tag == CB_TAG_NN ||
                       relation == CB_REL_CONJ || cb_page_tag(page, at + 2) == CB_TAG_CC;
        if (relation == CB_REL_NSUBJ || !goes_on)
            return (struct cb_piece){piece.first, at - 1};
    }
    return piece;
}

/* The last token of the noun phrase that begins at `first`: by the tree, else up to a comma or stop. */
static struct cb_piece phrase(const struct cb_page *page, int32_t first, int32_t anchor, int32_t *head)
{
    int32_t end = cb_page_last(page, first), last = first, top = CB_NO_TOKEN;
    *head = first;
    if (cb_page_parsed(page, first)) {
        /* the highest node of the phrase whose stretch begins here or at the preposition */
        for (int32_t at = first, steps = 0; at >= 0 && steps < 30; at = page->heads[at], steps++) {
            if (page->left[at] < anchor || (cb_tag_is_verb((uint8_t)cb_page_tag(page, at)) && at != first))
                break;
            top = at;
        }
        if (top >= 0 && page->right[top] >= first && cb_page_tag(page, page->right[top]) != CB_TAG_DT) {
            *head = top;
            return up_to_comma(page, cb_span_trim(page, (struct cb_piece){first, page->right[top]}));
        }
    }
    while (last < end && last - first < 40 && cb_page_mark(page, last + 1) == 0)
        last++;
    *head = last;
    return (struct cb_piece){first, last};
}

bool cb_rule_according(const struct cb_page *page, int32_t at, struct cb_drafts *drafts)
{
    int32_t begin = cb_page_first(page, at), end = cb_page_last(page, at);
    if (at + 2 > end || !cb_page_is(page, at + 1, "to"))
        return false;
    struct cb_draft *draft = cb_drafts_add(drafts);
    if (draft == NULL)
        return false;
    draft->rule = CB_RULE_ACCORDING;
    draft->score = 0.95F;
    draft->cue_head = at;
    draft->cue = (struct cb_piece){at, at + 1};
    draft->source = phrase(page, at + 2, at, &draft->source_head);
    int32_t after = draft->source.last + 1;
    if (cb_page_mark(page, draft->source.last) == ',')
        draft->source.last--;
    bool opens = at == begin || (at == begin + 1 &&
                                 (cb_page_mark(page, begin) != 0 || cb_page_tag(page, begin) == CB_TAG_CC ||
                                  cb_page_tag(page, begin) == CB_TAG_RB));
    while (after <= end && (cb_page_mark(page, after) == ',' || cb_page_mark(page, after) == '-'))
        after++;
    bool closes = after >= end || cb_page_mark(page, after) == '.';
    if (!opens) {
        int32_t first = begin, last = at - 1;
        if (last - first > CB_PAGE_WINDOW)
            first = last - CB_PAGE_WINDOW;
        struct cb_piece before = cb_span_trim(page, (struct cb_piece){first, last});
        int32_t quote = page->quotes.at[before.last];
        if (quote >= 0 && (int32_t)page->quotes.items[quote].first < before.first &&
            page->quotes.items[quote].words > 3)
            before.first = (int32_t)page->quotes.items[quote].first;
        cb_rule_content(draft, before);
    }
    if (!closes && (opens || cb_page_mark(page, at - 1) == ',')) {
        int32_t last = end - after > CB_PAGE_WINDOW ? after + CB_PAGE_WINDOW : end;
        bool clause =
            opens || !(cb_page_tag(page, after) == CB_TAG_CC || cb_page_tag(page, after) == CB_TAG_IN ||
                       cb_page_tag(page, after) == CB_TAG_VBG || cb_page_tag(page, after) == CB_TAG_WDT);
        if (clause)
            cb_rule_content(draft, cb_span_trim(page, (struct cb_piece){after, last}));
    }
    if (draft->pieces == 0 || draft->source.last < draft->source.first)
        drafts->count--;
    return draft->pieces > 0;
}
