/* What stands before a colon at the head of a line, and the frame at the end of a headline. */
#include "text/attribution_rules.h"
#include "text/role_words.h"

#include <string.h>

enum {
    LABEL_TOKENS_MAX = 7,
    SOURCE_TOKENS_MAX = 6, /* of "…, crew of the ship say" */
    CONTENT_TOKENS_MIN = 2,
    LOOKED_AT_MAX = 4096 /* tokens in which a label's name is looked for */
};

static const char *token_text(const struct cb_page *page, int32_t token)
{
    return page->reading->text + page->reading->tokens[token].span.start;
}

static size_t token_len(const struct cb_page *page, int32_t token)
{
    struct cb_span span = page->reading->tokens[token].span;
    return span.end - span.start;
}

static bool has_flag(const struct cb_page *page, int32_t token, unsigned flag)
{
    return (page->reading->tokens[token].flags & flag) != 0;
}

/* Is it the text's first sentence, or set as a heading? */
static bool is_heading(const struct cb_page *page, int32_t token)
{
    uint32_t sentence = page->sentence_of[token];
    return sentence == 0 || page->reading->sentences[sentence].kind == CB_SENTENCE_HEADING;
}

/* "BREAKING", "Read more", "Live updates": the page's own word for what follows. */
static bool is_notice(const struct cb_page *page, int32_t first, int32_t colon)
{
    static const char *const words[] = {
        "alert",   "analysis", "breaking", "correction", "developing", "exclusive", "explainer", "factbox",
        "image",   "latest",   "live",     "more",       "newsflash",  "note",      "opinion",   "photo",
        "podcast", "read",     "related",  "review",     "source",     "timeline",  "update",    "updated",
        "updates", "urgent",   "video",    "watch",      NULL};
    for (int32_t i = first; i < colon; i++) {
        if (cb_page_any(page, i, words))
            return true;
    }
    return false;
}

static bool is_capitals(const struct cb_page *page, int32_t first, int32_t end)
{
    for (int32_t i = first; i < end; i++) {
        if (!has_flag(page, i, CB_TOKEN_ALL_CAPS) && cb_page_tag(page, i) != CB_TAG_CD)
            return false;
    }
    return true;
}

/* The colon behind a label of a few words at the head of a sentence, or the dash of "EXCLUSIVE - …"; or
 * CB_NO_TOKEN. */
static int32_t label_colon(const struct cb_page *page, int32_t first)
{
    int32_t end = cb_page_last(page, first), colon = first;
    while (colon < end && colon < first + LABEL_TOKENS_MAX && cb_page_mark(page, colon) == 0)
        colon++;
    if (colon == first || colon >= end)
        return CB_NO_TOKEN;
    bool dash =
        cb_page_mark(page, colon) == '-' && is_capitals(page, first, colon) && is_notice(page, first, colon);
    return cb_page_mark(page, colon) == ':' || dash ? colon : CB_NO_TOKEN;
}

/* The word that tells what the label is: the last one before a preposition ("Head of the mill"). */
static int32_t label_head(const struct cb_page *page, int32_t first, int32_t colon)
{
    int32_t head = first;
    for (int32_t i = first; i < colon && !(i > first && cb_page_tag(page, i) == CB_TAG_IN); i++)
        head = i;
    return head;
}

/* "Police", "Mayor", "Experts", "Coast guard", "Poll": people or an organisation, not what they are for. */
static bool can_speak(const struct cb_page *page, int32_t head)
{
    static const char *const fields[] = {
        "border",    "campaign", "conference",   "defence", "defense", "exchange", "front",
        "hospital",  "house",    "intelligence", "mission", "news",    "post",     "program",
        "programme", "project",  "protection",   "reserve", "school",  "security", "service",
        "services",  "state",    "states",       "systems", "watch",   NULL};
    const char *text = token_text(page, head);
    size_t len = token_len(page, head);
    bool plural;
    if (cb_role_word_find(text, len, &plural) != NULL || cb_is_group_word(text, len))
        return !cb_page_any(page, head, fields);
    return cb_is_organisation_word(text, len) && !cb_page_any(page, head, fields);
}

/* "Latest poll", "Government sources": a notice's word before people or an organisation who say what follows.
 */
static bool is_told_by(const struct cb_page *page, int32_t first, int32_t colon)
{
    int32_t head = label_head(page, first, colon);
    return can_speak(page, head) && !is_notice(page, head, head + 1);
}

/* A verb of which the name before it is the subject, and which places do not do: not "was", "has". */
static bool acts(const struct cb_page *page, int32_t verb)
{
    static const char *const states[] = {"is", "was", "are", "were", "has", "had", "have", "lies", NULL};
    unsigned tag = cb_page_tag(page, verb);
    return (tag == CB_TAG_VBD || tag == CB_TAG_VBZ) && !cb_page_any(page, verb, states);
}

/* What the text makes of the name at `token` elsewhere: above 0 a person who is named in full or speaks,
 * below 0 a place where things happen. */
static int naming(const struct cb_page *page, int32_t token)
{
    static const char *const places[] = {"across",  "around",  "at",   "from",    "in",
                                         "inside",  "into",    "near", "off",     "over",
                                         "outside", "through", "to",   "towards", NULL};
    int32_t count = (int32_t)page->reading->token_count;
    int balance = 0;
    for (int32_t i = token + 1; i < count && i < LOOKED_AT_MAX; i++) {
        if (token_len(page, i) != token_len(page, token) ||
            memcmp(token_text(page, i), token_text(page, token), token_len(page, i)) != 0)
            continue;
        bool plural;
        enum cb_gender gender;
        const char *before = token_text(page, i - 1);
        size_t len = token_len(page, i - 1);
        const struct cb_cue_word *next = i + 1 < count ? page->words[i + 1] : NULL;
        bool speaks = next != NULL && next->part == CB_CUE_VERB && next->strength == 3 &&
                      (next->classes & (CB_CUE_SAY | CB_CUE_TELL)) != 0;
        bool titled = has_flag(page, i - 1, CB_TOKEN_UPPER) &&
                      (cb_is_given_name(before, len) || cb_is_courtesy_title(before, len, &gender) ||
                       cb_role_word_find(before, len, &plural) != NULL);
        balance += speaks || titled || acts(page, i + 1) ? 1 : cb_page_any(page, i - 1, places) ? -1 : 0;
    }
    return balance;
}

/* Does what stands behind the colon speak of itself? */
static bool is_first_person(const struct cb_page *page, int32_t colon)
{
    static const char *const words[] = {"i", "me", "my", "our", "us", "we", NULL};
    int32_t end = cb_page_last(page, colon - 1);
    for (int32_t i = colon + 1; i <= end; i++) {
        if (cb_page_any(page, i, words) &&
            !(i > colon + 1 && has_flag(page, i, CB_TOKEN_ALL_CAPS) && cb_page_is(page, i, "us")))
            return true;
    }
    return false;
}

/* Do all words of the label begin in upper case, as those of a name do? */
static bool is_name(const struct cb_page *page, int32_t first, int32_t colon)
{
    for (int32_t i = first; i < colon; i++) {
        unsigned tag = cb_page_tag(page, i);
        if (!has_flag(page, i, CB_TOKEN_UPPER) && tag != CB_TAG_POS && tag != CB_TAG_IN)
            return false;
    }
    return true;
}

/* Is the label somebody who says what follows? A topic ("Ferry accident") and a place are none. */
static bool is_speaker(const struct cb_page *page, int32_t first, int32_t colon)
{
    int32_t head = label_head(page, first, colon);
    const char *text = token_text(page, first);
    size_t len = token_len(page, head);
    if (can_speak(page, head))
        return true;
    if (!is_name(page, first, colon))
        return false;
    bool acronym = has_flag(page, head, CB_TOKEN_ALL_CAPS) && len >= 2 && len <= 6;
    bool plural, given = cb_is_given_name(text, token_len(page, first)) && head > first;
    bool titled = head > first && cb_role_word_find(text, token_len(page, first), &plural) != NULL;
    if (given || titled || (acronym && head == first))
        return true;
    int named = naming(page, head);
    return named > 0 || (named == 0 && is_first_person(page, colon));
}

static bool has_finite(const struct cb_page *page, int32_t first, int32_t end)
{
    for (int32_t i = first; i < end; i++) {
        unsigned tag = cb_page_tag(page, i);
        if (tag == CB_TAG_VBD || tag == CB_TAG_VBZ || tag == CB_TAG_VBP || tag == CB_TAG_MD)
            return true;
    }
    return false;
}

int32_t cb_label_end(const struct cb_page *page, int32_t first)
{
    int32_t colon = label_colon(page, first);
    if (colon < 0)
        return CB_NO_TOKEN;
    bool quoted = page->quotes.at[colon + 1] >= 0; /* "A lesson from Ann Lee: “…”" */
    bool notice = is_notice(page, first, colon) && !is_told_by(page, first, colon);
    bool topic = is_heading(page, first) && !quoted && !has_finite(page, first, colon) &&
                 !is_speaker(page, first, colon);
    return topic || notice ? colon : CB_NO_TOKEN;
}

/* Can the tokens be a bare noun phrase, as headlines name who speaks? */
static bool is_bare_phrase(const struct cb_page *page, struct cb_piece piece)
{
    if (piece.last < piece.first || piece.last - piece.first >= SOURCE_TOKENS_MAX)
        return false;
    for (int32_t i = piece.first; i <= piece.last; i++) {
        unsigned tag = cb_page_tag(page, i);
        bool fits = cb_tag_is_noun((uint8_t)tag) || tag == CB_TAG_JJ || tag == CB_TAG_CD ||
                    tag == CB_TAG_POS || tag == CB_TAG_DT || tag == CB_TAG_PRP_POSS || tag == CB_TAG_PRP;
        if (!fits && !(cb_page_is(page, i, "of") && i > piece.first && i < piece.last))
            return false;
    }
    return true;
}

/* A frame by its place in a line: the source ends in its head. False: no memory. */
static bool add_frame(struct cb_drafts *drafts, float score, int32_t cue, struct cb_piece source,
                      struct cb_piece content)
{
    struct cb_draft *draft = cb_drafts_add(drafts);
    if (draft == NULL)
        return false;
    draft->rule = CB_RULE_HEADLINE;
    draft->score = score;
    draft->cue = (struct cb_piece){cue, cue};
    draft->cue_head = cue;
    draft->source = source;
    draft->source_head = source.last;
    cb_rule_content(draft, content);
    return true;
}

/* "Bridge was unsafe for years: report": who says so stands behind the colon. */
static bool headline_tail(const struct cb_page *page, int32_t first, struct cb_drafts *drafts)
{
    int32_t last = cb_page_last(page, first), label = cb_label_end(page, first), colon = last - 1;
    if (last <= first || !is_heading(page, first) || cb_page_mark(page, last) != 0)
        return false;
    while (colon > first && cb_page_mark(page, colon) == 0)
        colon--;
    struct cb_piece source = {colon + 1, last};
    int32_t begin = label >= 0 ? label + 1 : first;
    unsigned opens = cb_page_tag(page, begin);
    if (cb_page_mark(page, colon) != ':' || colon < begin + CONTENT_TOKENS_MIN || opens == CB_TAG_WP ||
        opens == CB_TAG_WRB || opens == CB_TAG_WDT || !has_finite(page, begin, colon) ||
        !is_bare_phrase(page, source) || !is_speaker(page, colon + 1, last + 1))
        return false;
    return add_frame(drafts, 0.95F, colon, source, (struct cb_piece){begin, colon - 1});
}

/* "Poll: Wealthy voters abandon the party", "LIND: I did not say that." */
bool cb_rule_headline(const struct cb_page *page, int32_t first, struct cb_drafts *drafts)
{
    const struct cb_reading *r = page->reading;
    int32_t end = cb_page_last(page, first);
    if (headline_tail(page, first, drafts))
        return true;
    while (first < end && cb_page_mark(page, first) == '"')
        first++;
    int32_t colon = label_colon(page, first);
    if (colon < 0 || cb_label_end(page, first) >= 0)
        return false;
    bool title = page->sentence_of[first] == 0, capitals = true;
    for (int32_t i = first; i < colon; i++) {
        unsigned tag = cb_page_tag(page, i);
        capitals = capitals && has_flag(page, i, CB_TOKEN_ALL_CAPS);
        if (tag == CB_TAG_CD || tag == CB_TAG_WRB || tag == CB_TAG_WP)
            return false;
    }
    if (!title && !capitals)
        return false;
    int32_t last = end;
    if (!title) { /* a transcript: to the end of the paragraph, at most so far */
        uint32_t paragraph = r->sentences[page->sentence_of[first]].paragraph;
        while ((size_t)last + 1 < r->token_count && last - colon < CB_PAGE_WINDOW &&
               r->sentences[page->sentence_of[last + 1]].paragraph == paragraph)
            last++;
    }
    return add_frame(drafts, 0.7F, colon, (struct cb_piece){first, colon - 1},
                     cb_span_trim(page, (struct cb_piece){colon + 1, last}));
}

/* "…, the newspaper Nordlys wrote.": the frame at the end of any sentence, for when the tree has made
 * something else of it. `from` is the first draft of the sentence. */
void cb_rule_end(const struct cb_page *page, int32_t first, size_t from, struct cb_drafts *drafts)
{
    int32_t last = cb_page_last(page, first), comma;
    while (last > first && cb_page_mark(page, last) == '.')
        last--;
    const struct cb_cue_word *word = page->words[last];
    unsigned tag = cb_page_tag(page, last);
    if (word == NULL || word->part != CB_CUE_VERB || word->strength < 3 ||
        (word->classes & CB_CUE_QUOTE) == 0 || (tag != CB_TAG_VBD && tag != CB_TAG_VBZ))
        return;
    for (size_t i = from; i < drafts->count; i++) {
        if (drafts->items[i].cue_head == last)
            return;
    }
    for (comma = last - 1; comma > first && cb_page_mark(page, comma) != ','; comma--) {
    }
    struct cb_piece source = {comma + 1, last - 1};
    unsigned opens = cb_page_tag(page, source.first);
    if (comma < first + CONTENT_TOKENS_MIN || page->quotes.at[comma] >= 0 || !is_bare_phrase(page, source) ||
        (opens != CB_TAG_DT && opens != CB_TAG_NNP) || !has_finite(page, first, comma))
        return;
    (void)add_frame(drafts, 0.9F, last, source, (struct cb_piece){first, comma - 1});
}

/* A cue of saying or showing at the token, whatever the tagger made of it? */
static bool is_cue(const struct cb_page *page, int32_t token)
{
    const struct cb_cue_word *word =
        cb_cue_word_as(page->lexicon, token_text(page, token), token_len(page, token), CB_CUE_VERB);
    return word != NULL && word->strength >= 2 && (word->classes & (CB_CUE_SAY | CB_CUE_SHOW)) != 0;
}

/* "Driver reported a fault, crew say", "…, says rescue service": the frame at the end of a headline. Tagger
 * and tree are often wrong on it. */
bool cb_rule_headline_end(const struct cb_page *page, int32_t first, int32_t *cue, struct cb_drafts *drafts)
{
    int32_t last = cb_page_last(page, first), begin = cb_label_end(page, first), comma = last - 1;
    if (last <= first || !is_heading(page, first) || cb_page_mark(page, last) != 0)
        return false;
    while (comma > first && cb_page_mark(page, comma) != ',')
        comma--;
    begin = begin >= 0 ? begin + 1 : first;
    bool inverted = !is_cue(page, last) && is_cue(page, comma + 1);
    struct cb_piece source = {comma + 1 + inverted, last - !inverted};
    *cue = inverted ? comma + 1 : last;
    if (!is_cue(page, *cue) || comma < begin + CONTENT_TOKENS_MIN || !is_bare_phrase(page, source) ||
        page->quotes.at[comma] >= 0)
        return false;
    return add_frame(drafts, 0.95F, *cue, source, (struct cb_piece){begin, comma - 1});
}
