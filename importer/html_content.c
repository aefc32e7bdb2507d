/* Where on the page the article stands: paragraphs vote for the elements around them (the method of
 * Readability, A. Jordan and M. Grigorik's arc90), after navigation, comments and the like were taken out. */
#include "importer/html_dom.h"

#include <string.h>
#include <strings.h>

/* A paragraph shorter than this says nothing of where the article is; one of undivided text must be longer.
 * Bytes. */
enum { PARAGRAPH_MIN = 25, UNDIVIDED_MIN = 80, BODY_MIN = 200 };

/* Bytes of text, runs of blanks as one, none at the ends. */
static uint32_t text_length(const char *text, uint32_t *commas)
{
    uint32_t len = 0;
    bool blank = true;
    for (; *text != '\0'; text++) {
        bool now = *text == ' ' || (*text >= '\t' && *text <= '\r');
        len += now && blank ? 0 : 1;
        blank = now;
        *commas += *text == ',';
    }
    return len > 0 && blank ? len - 1 : len;
}

static const xmlNode *block_around(const xmlNode *node)
{
    while (node != NULL && node->type == XML_ELEMENT_NODE && !cb_dom_is_block(node) &&
           !cb_dom_is(node, CB_EL_TD))
        node = node->parent;
    return node;
}

/* Whether text directly inside this block is prose rather than a label of the page. */
static bool holds_prose(const xmlNode *block, uint32_t len)
{
    if (cb_dom_is(block, CB_EL_P) || cb_dom_is(block, CB_EL_PRE) || cb_dom_is(block, CB_EL_BLOCKQUOTE))
        return true;
    return len >= UNDIVIDED_MIN && !cb_dom_is_heading(block);
}

static void add_up(const xmlNode *text)
{
    uint32_t commas = 0, len = text_length((const char *)text->content, &commas);
    if (len == 0)
        return;
    bool link = cb_dom_is_inside(text->parent, CB_EL_A, NULL);
    bool prose = !link && holds_prose(block_around(text->parent), len);
    for (const xmlNode *n = text->parent; n != NULL && n->type == XML_ELEMENT_NODE; n = n->parent) {
        struct cb_dom_info *info = cb_dom_info(n);
        if (info == NULL)
            return;
        info->text += len;
        info->link += link ? len : 0;
        info->prose += prose ? len : 0;
        info->commas += prose ? commas : 0;
    }
}

static void count(struct cb_page *page)
{
    for (xmlNode *n = page->body; n != NULL;) {
        if (cb_dom_is(n, CB_EL_SCRIPT) || cb_dom_is(n, CB_EL_STYLE)) {
            n = cb_dom_skip(n, page->body);
            continue;
        }
        if ((n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) && n->content != NULL)
            add_up(n);
        n = cb_dom_next(n, page->body);
    }
}

/* What was counted of a dropped element is no longer part of those around it. */
static void take_away(const xmlNode *dropped)
{
    const struct cb_dom_info *part = cb_dom_info(dropped);
    for (const xmlNode *n = dropped->parent; n != NULL; n = n->parent) {
        struct cb_dom_info *info = cb_dom_info(n);
        if (info == NULL)
            return;
        info->text -= part->text;
        info->link -= part->link;
        info->prose -= part->prose;
        info->commas -= part->commas;
    }
}

/* What class and id call boilerplate may hold the article all the same ("has-sidebar"): where most of the
 * prose is, nothing is dropped. */
static bool may_drop(const struct cb_page *page, const xmlNode *node, enum cb_clean verdict)
{
    const struct cb_dom_info *all = cb_dom_info(page->body), *info = cb_dom_info(node);
    if (verdict == CB_CLEAN_COMMENTS)
        return all->prose - info->prose >= BODY_MIN || info->prose * 10 < all->prose * 3;
    return info->prose * 10 <= all->prose * 4 || info->prose < PARAGRAPH_MIN;
}

/* Takes out comments, or all that the verdicts name. The counts stay until all is decided. */
static void drop(struct cb_page *page, bool comments_only)
{
    xmlNode *dropped = NULL;
    for (xmlNode *n = page->body; n != NULL;) {
        struct cb_dom_info *info = cb_dom_info(n);
        enum cb_clean verdict =
            info == NULL || n == page->body || info->dropped ? CB_CLEAN_KEEP : cb_clean_verdict(n);
        if (cb_dom_is(n, CB_EL_FORM))
            verdict = CB_CLEAN_DROP;
        bool wanted = verdict == CB_CLEAN_COMMENTS || (verdict == CB_CLEAN_DROP && !comments_only);
        if (info != NULL && wanted && !info->dropped && may_drop(page, n, verdict)) {
            info->dropped = true;
            info->dropped_before = dropped;
            dropped = n;
        }
        n = info != NULL && info->dropped ? cb_dom_skip(n, page->body) : cb_dom_next(n, page->body);
    }
    for (; dropped != NULL; dropped = cb_dom_info(dropped)->dropped_before)
        take_away(dropped);
}

void cb_page_measure(struct cb_page *page)
{
    count(page);
    drop(page, true); /* first: comments may be longer than the article, and what is kept depends on shares */
    drop(page, false);
}

static float link_density(const struct cb_dom_info *info)
{
    return info->text == 0 ? 0 : (float)info->link / (float)info->text;
}

static float class_weight(const xmlNode *node)
{
    static const char *const good[] = {
        "article",      "articlebody",  "entry",       "content",   "post",    "story",   "body",
        "main",         "text",         "blog",        "hentry",    "artikel", "beitrag", "entry-content",
        "post-content", "article-body", "articletext", "storytext", "single"};
    float weight = 0;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        if (cb_dom_has_word(node, "class", good[i]) || cb_dom_has_word(node, "id", good[i]))
            weight = 25;
    }
    if (cb_dom_is(node, CB_EL_ARTICLE) || cb_dom_attribute_is(node, "itemprop", "articleBody"))
        weight = 30;
    return weight;
}

/* A paragraph gives its points to its parent, half of them to the one above, and so on. */
static void vote(const xmlNode *paragraph, const xmlNode *body)
{
    const struct cb_dom_info *info = cb_dom_info(paragraph);
    float by_length = (float)info->text / 100;
    float points = 1 + (float)info->commas + (by_length < 3 ? by_length : 3);
    int level = 0;
    points *= 1 - link_density(info);
    for (xmlNode *n = paragraph->parent; n != NULL && level < 4; n = n->parent, level++) {
        struct cb_dom_info *above = cb_dom_info(n);
        if (above == NULL)
            return;
        above->score += level == 0 ? points : level == 1 ? points / 2 : points / (float)(level * 3);
        if (n == body)
            return;
    }
}

static bool is_paragraph(const xmlNode *node)
{
    if (cb_dom_is(node, CB_EL_P) || cb_dom_is(node, CB_EL_PRE) || cb_dom_is(node, CB_EL_BLOCKQUOTE) ||
        cb_dom_is(node, CB_EL_TD))
        return true;
    if (!cb_dom_is(node, CB_EL_DIV) && !cb_dom_is(node, CB_EL_SECTION) && !cb_dom_is(node, CB_EL_ARTICLE))
        return false;
    for (const xmlNode *n = node->children; n != NULL; n = n->next) { /* a div of undivided text */
        if (cb_dom_is_block(n) && !cb_dom_is(n, CB_EL_BR))
            return false;
    }
    return true;
}

static xmlNode *best_scored(struct cb_page *page)
{
    xmlNode *best = page->body;
    float most = 0;
    for (xmlNode *n = page->body; n != NULL;) {
        const struct cb_dom_info *info = cb_dom_info(n);
        if (info != NULL && info->dropped) {
            n = cb_dom_skip(n, page->body);
            continue;
        }
        if (info != NULL && info->text >= PARAGRAPH_MIN && is_paragraph(n))
            vote(n, page->body);
        n = cb_dom_next(n, page->body);
    }
    for (xmlNode *n = page->body; n != NULL; n = cb_dom_next(n, page->body)) {
        const struct cb_dom_info *info = cb_dom_info(n);
        if (info == NULL || info->dropped || info->score <= 0)
            continue;
        float score = (info->score + (info->score > 5 ? class_weight(n) : 0)) * (1 - link_density(info));
        if (score > most) {
            most = score;
            best = n;
        }
    }
    return best;
}

/* An article in several pieces (frames of a content system, sections) stands in an element further out that
 * is nearly all prose and has much more of it. */
static xmlNode *with_all_pieces(const struct cb_page *page, xmlNode *node)
{
    xmlNode *best = node;
    for (xmlNode *n = node; n != page->body && n->parent != NULL && n->parent->type == XML_ELEMENT_NODE;
         n = n->parent) {
        const struct cb_dom_info *inner = cb_dom_info(best), *outer = cb_dom_info(n->parent);
        bool more = outer->prose * 10 > inner->prose * 13;
        bool prose = outer->prose * 10 > outer->text * 7 && outer->link * 5 < outer->text;
        if (more && prose)
            best = n->parent;
    }
    return best;
}

/* From the element with most points to the one that holds the whole article. */
static xmlNode *widen(const struct cb_page *page, xmlNode *node)
{
    node = with_all_pieces(page, node);
    while (node != page->body && node->parent != NULL && node->parent->type == XML_ELEMENT_NODE) {
        const struct cb_dom_info *inner = cb_dom_info(node), *outer = cb_dom_info(node->parent);
        uint32_t more_prose = outer->prose - inner->prose, more_text = outer->text - inner->text;
        uint32_t more_link = outer->link - inner->link;
        bool named = cb_dom_is(node->parent, CB_EL_ARTICLE) || cb_dom_is(node->parent, CB_EL_MAIN) ||
                     cb_dom_attribute_is(node->parent, "itemprop", "articleBody");
        bool lone =
            cb_dom_is(node, CB_EL_P) || cb_dom_is(node, CB_EL_TD) || cb_dom_is(node, CB_EL_BLOCKQUOTE);
        bool same = more_text * 20 < outer->text;
        bool gains =
            more_prose * 10 > inner->prose && more_link * 5 < more_text && more_prose * 2 > more_text;
        if (!same && !lone && !gains && !(named && more_link * 4 < more_text))
            break;
        node = node->parent;
    }
    return node;
}

/* The element that the page itself calls the article's text, if it is not a mere part of it. */
static xmlNode *declared_body(const struct cb_page *page)
{
    xmlNode *best = NULL;
    for (xmlNode *n = page->body; n != NULL; n = cb_dom_next(n, page->body)) {
        if (cb_dom_info(n) == NULL || !cb_dom_has_word(n, "itemprop", "articleBody") ||
            cb_dom_info(n)->dropped)
            continue;
        if (best == NULL || cb_dom_info(n)->prose > cb_dom_info(best)->prose)
            best = n;
    }
    return best;
}

xmlNode *cb_page_article(struct cb_page *page)
{
    xmlNode *best = best_scored(page), *declared = declared_body(page);
    if (declared != NULL && cb_dom_info(declared)->prose >= BODY_MIN &&
        cb_dom_info(declared)->prose * 2 > cb_dom_info(best)->prose)
        return declared;
    return widen(page, best);
}
