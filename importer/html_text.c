/* The article's text: a line a paragraph, heading, list item or quotation. */
#include "importer/html_dom.h"

#include <string.h>

enum { SENTENCE_WORDS = 15 }; /* bytes outside links */

struct writer {
    const char *title;
    struct cb_buffer line; /* the line that grows */
    struct cb_buffer *out;
    uint32_t link;
    bool spaced, in_link, heading, preformatted;
    size_t last_heading; /* where in *out an unfilled heading begins; SIZE_MAX: none */
    uint32_t expected;   /* bytes of text in the article */
    bool over;           /* a line said that the article ends */
};

/* Lists and tables that are mostly links lead elsewhere. */
static bool is_link_list(const xmlNode *node)
{
    const struct cb_dom_info *info = cb_dom_info(node);
    if (!cb_dom_is(node, CB_EL_UL) && !cb_dom_is(node, CB_EL_OL) && !cb_dom_is(node, CB_EL_DL) &&
        !cb_dom_is(node, CB_EL_TABLE) && !cb_dom_is(node, CB_EL_DIV) && !cb_dom_is(node, CB_EL_SECTION))
        return false;
    bool list = node->name[0] != 'd' && node->name[0] != 's';
    return info->text > 0 && info->link * 10 > info->text * (list ? 5u : 7u);
}

static void drop_empty_heading(struct writer *w)
{
    if (w->last_heading == SIZE_MAX)
        return;
    w->out->len = w->last_heading;
    w->out->data[w->out->len] = '\0';
    w->last_heading = SIZE_MAX;
}

static bool is_wanted(const struct writer *w, const char *text, size_t len)
{
    if (w->title != NULL && strlen(w->title) == len && memcmp(w->title, text, len) == 0)
        return false; /* stands above already */
    /* a line of links leads elsewhere, unless it is a sentence of which words are links */
    bool sentence = strchr(".!?", text[len - 1]) != NULL && len > w->link + SENTENCE_WORDS;
    if (w->link * 10 > len * 7 && len < 300 && !sentence)
        return false;
    return !cb_clean_is_noise(text, len);
}

static void end_line(struct writer *w)
{
    const char *text = cb_buffer_text(&w->line);
    size_t len = w->line.len;
    if (len > 0 && !w->over) {
        bool late = w->out->len * 2 > w->expected;
        bool mark = len > 0 && strchr(".!?,;", text[len - 1]) != NULL;
        if (late && !mark && cb_clean_is_tail(text, len)) {
            w->over = true;
        } else if (is_wanted(w, text, len)) {
            if (w->heading)
                w->last_heading = w->last_heading == SIZE_MAX ? w->out->len : w->last_heading;
            else
                w->last_heading = SIZE_MAX;
            cb_buffer_add(w->out, text, len);
            cb_buffer_add_char(w->out, '\n');
        }
    }
    cb_buffer_clear(&w->line);
    w->link = 0;
    w->spaced = false;
}

static size_t blank_length(const char *text)
{
    if (*text == ' ' || (*text >= '\t' && *text <= '\r'))
        return 1;
    if ((unsigned char)text[0] == 0xC2 && (unsigned char)text[1] == 0xA0)
        return 2;
    return strncmp(text, "\xE2\x80\x8B", 3) == 0 || strncmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

static void add_text(struct writer *w, const char *text)
{
    while (*text != '\0') {
        size_t blank = blank_length(text);
        if (blank > 0) {
            if (w->preformatted && *text == '\n')
                end_line(w);
            w->spaced = true;
            text += blank;
            continue;
        }
        const char *from = text;
        while (*text != '\0' && blank_length(text) == 0)
            text++;
        if (w->spaced && w->line.len > 0)
            cb_buffer_add_char(&w->line, ' ');
        w->spaced = false;
        cb_buffer_add(&w->line, from, (size_t)(text - from));
        if (w->in_link)
            w->link += (uint32_t)(text - from) + 1;
    }
}

static void enter(struct writer *w, const xmlNode *node)
{
    if (cb_dom_is(node, CB_EL_BR) || cb_dom_is(node, CB_EL_HR)) {
        end_line(w);
    } else if (cb_dom_is(node, CB_EL_A)) {
        w->in_link = true;
    } else if (cb_dom_is(node, CB_EL_TD) || cb_dom_is(node, CB_EL_TH)) {
        w->spaced = true;
    } else if (cb_dom_is_block(node)) {
        end_line(w);
        w->heading = cb_dom_is_heading(node);
        w->preformatted = w->preformatted || cb_dom_is(node, CB_EL_PRE);
    }
}

static void leave(struct writer *w, const xmlNode *node)
{
    if (cb_dom_is(node, CB_EL_A)) {
        w->in_link = false;
    } else if (cb_dom_is(node, CB_EL_TD) || cb_dom_is(node, CB_EL_TH)) {
        w->spaced = true;
    } else if (cb_dom_is_block(node)) {
        end_line(w);
        w->heading = false;
        if (cb_dom_is(node, CB_EL_PRE))
            w->preformatted = false;
    }
}

static bool passes_over(const xmlNode *node, const xmlNode *top)
{
    const struct cb_dom_info *info = cb_dom_info(node);
    if (info == NULL)
        return false;
    return node != top && (info->dropped || is_link_list(node));
}

void cb_page_text(const struct cb_page *page, const xmlNode *article, const char *title,
                  struct cb_buffer *out)
{
    (void)page;
    struct writer w = {.title = title, .out = out, .last_heading = SIZE_MAX};
    w.expected = cb_dom_info(article)->text;
    cb_buffer_init(&w.line, out->max);
    for (const xmlNode *n = article; n != NULL && !w.over;) {
        bool skip = passes_over(n, article);
        if (!skip && (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) && n->content != NULL)
            add_text(&w, (const char *)n->content);
        else if (!skip && n->type == XML_ELEMENT_NODE)
            enter(&w, n);
        if (!skip && n->type == XML_ELEMENT_NODE && n->children != NULL) {
            n = n->children;
            continue;
        }
        if (!skip && n->type == XML_ELEMENT_NODE)
            leave(&w, n);
        while (n != article && n->next == NULL) {
            n = n->parent;
            leave(&w, n);
        }
        n = n == article ? NULL : n->next;
    }
    end_line(&w);
    drop_empty_heading(&w);
    cb_buffer_release(&w.line);
}
