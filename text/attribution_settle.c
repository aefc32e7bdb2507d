/* What is no part of source and content though rule or labeller took it in, and what is one though they did
 * not. */
#include "text/attribution_rules.h"
#include "text/quote_source.h"
#include "text/role_words.h"

enum { HEARER_TOKENS_MAX = 8 };

static void drop_source(struct cb_draft *draft)
{
    draft->source = (struct cb_piece){CB_NO_TOKEN, CB_NO_TOKEN};
    draft->source_head = CB_NO_TOKEN;
}

static struct cb_piece behind(struct cb_piece piece, int32_t first, int32_t label)
{
    if (piece.first >= first && piece.first <= label)
        piece.first = label + 1;
    return piece;
}

/* "BREAKING: Captain reported a fault": a label that is nobody's neither speaks nor is said. */
static void cut_label(const struct cb_page *page, struct cb_draft *draft)
{
    int32_t first = cb_page_first(page, draft->cue_head >= 0 ? draft->cue_head : draft->content[0].first);
    int32_t label = cb_label_end(page, first);
    unsigned kept = 0;
    if (label < 0)
        return;
    if (draft->cue.first >= first && draft->cue.first <= label)
        draft->score = 0;
    draft->source = behind(draft->source, first, label);
    if (draft->source.last < draft->source.first)
        drop_source(draft);
    for (unsigned i = 0; i < draft->pieces; i++) {
        struct cb_piece piece = behind(draft->content[i], first, label);
        if (piece.first <= piece.last)
            draft->content[kept++] = piece;
    }
    draft->pieces = kept;
}

/* "declared the mayor to the news agency X", "declared that …, to the news agency X": who hears it is neither
 * source nor content. */
static void cut_hearer(const struct cb_page *page, struct cb_draft *draft)
{
    uint32_t end = (uint32_t)page->reading->token_count;
    for (int32_t i = draft->source.first + 1; draft->source.first > draft->cue.last && i < draft->source.last;
         i++) {
        if (cb_hearer_begins(page->reading, (uint32_t)i, end)) {
            draft->source.last = i - 1;
            if (draft->source_head >= i)
                draft->source_head = i - 1;
        }
    }
    for (unsigned p = 0; p < draft->pieces; p++) {
        struct cb_piece *piece = &draft->content[p];
        for (int32_t i = piece->last - 1; i > piece->first && piece->last - i <= HEARER_TOKENS_MAX; i--) {
            if (cb_page_mark(page, i) == ',' && piece->first > draft->cue.last &&
                cb_hearer_begins(page->reading, (uint32_t)i + 1, end))
                piece->last = i - 1;
        }
    }
}

/* "told the Morning Herald that …", "said to the newspaper Dagen that …": the tree makes hearers the subject
 * of what was said, or leaves it out. */
static void cut_hearer_before(const struct cb_page *page, struct cb_draft *draft)
{
    const struct cb_cue_word *word = draft->cue_head >= 0 ? page->words[draft->cue_head] : NULL;
    int32_t at = draft->cue.last + 1, end = cb_page_last(page, draft->cue.first >= 0 ? draft->cue.first : 0);
    struct cb_piece *piece = &draft->content[0];
    bool to =
        word != NULL && cb_hearer_begins(page->reading, (uint32_t)at, (uint32_t)page->reading->token_count);
    bool told = word != NULL && (word->classes & CB_CUE_TELL) != 0;
    if ((!to && !told) || draft->pieces == 0 || piece->first < at)
        return;
    for (int32_t i = at + to; i < piece->last && i < end && i - at <= HEARER_TOKENS_MAX; i++) {
        unsigned tag = cb_page_tag(page, i);
        if (cb_page_is(page, i, "that")) {
            if (i > at && (i > piece->first || to))
                piece->first = i;
            return;
        }
        if (!cb_tag_is_noun((uint8_t)tag) && tag != CB_TAG_DT && tag != CB_TAG_JJ && tag != CB_TAG_PRP_POSS)
            return;
    }
}

/* "(Reporting by Ann Lee; editing by Jon Ray)": who wrote it, not who says something. */
static void drop_credit(const struct cb_page *page, struct cb_draft *draft)
{
    static const char *const words[] = {"editing", "reporting", "writing", NULL};
    int32_t cue = draft->cue_head;
    if (cue > 0 && cb_page_any(page, cue, words) && cb_page_mark(page, cue - 1) == '(' &&
        cb_page_is(page, cue + 1, "by"))
        draft->score = 0;
}

static bool is_calendar(const struct cb_page *page, int32_t token)
{
    struct cb_span span = page->reading->tokens[token].span;
    return cb_is_calendar_word(page->reading->text + span.start, span.end - span.start);
}

/* "later in March amid reports that …", "In June after talks …": a month is nobody. */
static void drop_time(const struct cb_page *page, struct cb_draft *draft)
{
    if (draft->source.first >= 0 && draft->source.first < draft->source.last &&
        is_calendar(page, draft->source.first) && cb_page_tag(page, draft->source.first + 1) == CB_TAG_IN)
        drop_source(draft);
    static const char *const joints[] = {"after", "amid", "early", "following", "late", "later", NULL};
    for (int32_t i = draft->source.first; i <= draft->source.last; i++) {
        bool time = i >= 0 && (is_calendar(page, i) || cb_page_any(page, i, joints) ||
                               cb_page_tag(page, i) == CB_TAG_CD || cb_page_mark(page, i) == ',');
        if (!time || (i == draft->source.first && i == draft->source.last && !cb_page_any(page, i, joints)))
            return; /* April alone may be a name */
    }
    if (draft->source.first >= 0)
        drop_source(draft);
}

/* "according to the president's attorneys": the phrase goes on to its last noun. */
static void complete_source(const struct cb_page *page, struct cb_draft *draft)
{
    if (draft->cue_head < 0 || !cb_page_is(page, draft->cue.first, "according") ||
        draft->source.first != draft->cue.last + 1)
        return;
    int32_t end = cb_page_last(page, draft->cue.first), last = draft->source.last;
    unsigned kept = 0;
    while (last < end) {
        unsigned tag = cb_page_tag(page, last + 1);
        if (!cb_tag_is_noun((uint8_t)tag) && tag != CB_TAG_POS && tag != CB_TAG_CD && tag != CB_TAG_JJ)
            break;
        last++;
    }
    if (!cb_tag_is_noun((uint8_t)cb_page_tag(page, last)) || last == draft->source.last)
        return;
    draft->source.last = draft->source_head = last;
    for (unsigned i = 0; i < draft->pieces; i++) {
        struct cb_piece piece = draft->content[i];
        if (piece.first >= draft->source.first && piece.first <= last)
            piece.first = cb_page_mark(page, last + 1) == ',' ? last + 2 : last + 1;
        if (piece.first <= piece.last)
            draft->content[kept++] = piece;
    }
    draft->pieces = kept;
}

void cb_draft_settle(const struct cb_page *page, struct cb_draft *draft)
{
    cut_label(page, draft);
    cut_hearer(page, draft);
    cut_hearer_before(page, draft);
    drop_credit(page, draft);
    drop_time(page, draft);
    complete_source(page, draft);
}
