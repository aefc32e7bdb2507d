/* Inside the HTML reader: a page as a tree, and small questions about its elements. libxml2 stays in html*.c.
 */
#ifndef CB_IMPORTER_HTML_DOM_H
#define CB_IMPORTER_HTML_DOM_H

#include "base/arena.h"
#include "base/buffer.h"
#include "importer/html_element.h"

#include <libxml/tree.h>
#include <stdbool.h>
#include <stdint.h>

/* What is known of an element, and what was counted of its subtree, without what was dropped. node->_private
 * points here, so that no name is compared twice. */
struct cb_dom_info {
    enum cb_element element;
    const char *class_name, *id; /* of the tree; NULL: none */
    bool marked;                 /* has role, style, hidden or aria-hidden */
    bool has_item;               /* has itemprop */
    uint32_t text;               /* bytes of text, runs of blanks as one */
    uint32_t link;               /* of these, inside <a> */
    uint32_t prose;              /* of these, in paragraphs: <p>, or text between breaks, and no link */
    uint32_t commas;
    float score;
    bool dropped;
    xmlNode *dropped_before;
    uint8_t verdict; /* html_clean.c's, so that it is found once: 0 not yet known, else enum cb_clean + 1 */
};

/* A parsed page. The tree is libxml2's; the infos live in the arena. */
struct cb_page {
    xmlDoc *doc;
    xmlNode *root, *body; /* <html>, <body> (or the root); NULL for an empty page */
    struct cb_arena *arena;
    const char *url;       /* as fetched or NULL */
    const xmlNode **metas; /* html_meta.c's */
    size_t meta_count;
};

/* Takes comments and the words of scripts and styles out of a page's source, but for JSON-LD (html_source.c).
 * CB_LIMIT: a tag with thousands of attributes, over which libxml2 would take minutes. */
CB_CHECKED enum cb_code cb_page_source(struct cb_buffer *page, struct cb_err *err);

/* Makes the infos of all elements and finds the body; before it, nothing below may be asked. False: no
 * memory. */
bool cb_page_prepare(struct cb_page *page);

/* NULL for what is no element, and for the document. */
static inline struct cb_dom_info *cb_dom_info(const xmlNode *node)
{
    return node->_private;
}

/* Walk in document order below `top`, `top` included; NULL at the end. cb_dom_skip passes over the subtree.
 */
xmlNode *cb_dom_next(const xmlNode *node, const xmlNode *top);
xmlNode *cb_dom_skip(const xmlNode *node, const xmlNode *top);

static inline bool cb_dom_is(const xmlNode *node, enum cb_element element)
{
    const struct cb_dom_info *info = node != NULL ? cb_dom_info(node) : NULL;
    return info != NULL && info->element == element;
}

/* The attribute's text, borrowed from the tree; NULL when there is none. */
const char *cb_dom_attribute(const xmlNode *node, const char *name);
bool cb_dom_attribute_is(const xmlNode *node, const char *name, const char *value); /* in any case */
/* Whether one of the blank-separated words of the attribute is `word`. */
bool cb_dom_has_word(const xmlNode *node, const char *name, const char *word);

bool cb_dom_is_block(const xmlNode *node); /* begins and ends a line of text */
bool cb_dom_is_heading(const xmlNode *node);
bool cb_dom_is_inside(const xmlNode *node, enum cb_element element, const xmlNode *top);

/* Appends the text below `node`, runs of blanks as one, none at the ends; dropped elements are left out when
 * infos are set. */
void cb_dom_text(const xmlNode *node, struct cb_buffer *out);
/* The same as a string in the arena; NULL when empty, longer than `max`, or no memory. */
const char *cb_dom_string(const xmlNode *node, size_t max, struct cb_arena *arena);

/* Counts, and drops what is boilerplate. */
void cb_page_measure(struct cb_page *page);
/* Whether class or id say that this is no article text: navigation, sharing, related links (html_clean.c). */
enum cb_clean { CB_CLEAN_KEEP, CB_CLEAN_COMMENTS, CB_CLEAN_DROP };
enum cb_clean cb_clean_verdict(const xmlNode *node);
/* Whether a short line says that the article is over: "Related articles", "Leave a reply". */
bool cb_clean_is_tail(const char *text, size_t len);
/* Whether a short line is no sentence of the article: "Advertisement", "Share this", "© 2020 …". */
bool cb_clean_is_noise(const char *text, size_t len);

/* The element that holds the article (html_content.c). Never NULL when the page has a body. */
xmlNode *cb_page_article(struct cb_page *page);
/* Appends the article's text, a line a paragraph, to *out (html_text.c). */
void cb_page_text(const struct cb_page *page, const xmlNode *article, const char *title,
                  struct cb_buffer *out);

/* What the page says of itself; NULL is unknown. Lives in the page's arena. */
struct cb_page_meta {
    const char *title, *byline, *site_name, *published, *modified, *url, *language;
    const char *body; /* articleBody of JSON-LD, or NULL */
    const char *lede; /* the opening paragraph that the page repeats as its description, or NULL */
};
void cb_page_meta(struct cb_page *page, struct cb_page_meta *out); /* html_meta.c */
void cb_page_json_ld(const struct cb_page *page,
                     struct cb_page_meta *out); /* html_jsonld.c: fills what is NULL */

/* ISO 8601 text in the arena from a date as pages write it, in digits or with a month's name in one of the
 * languages of html_date.c; NULL when it is none. 3/4/2015 is taken for the third of April. */
const char *cb_page_date(const char *text, size_t len, struct cb_arena *arena);
/* The date in an address: "/2019/10/30/", or NULL. */
const char *cb_address_date(const char *url, struct cb_arena *arena);

/* A byline without "By", "Von", dates and blanks, in the arena; NULL when nothing is left that looks like
 * names. */
const char *cb_clean_byline(const char *text, struct cb_arena *arena);

#endif
