#include "importer/html_dom.h"

#include <string.h>
#include <strings.h>

struct cb_dom_info *cb_dom_info(const xmlNode *node)
{
    return node->type == XML_ELEMENT_NODE ? node->_private : NULL;
}

xmlNode *cb_dom_skip(const xmlNode *node, const xmlNode *top)
{
    while (node != NULL && node != top) {
        if (node->next != NULL)
            return node->next;
        node = node->parent;
    }
    return NULL;
}

xmlNode *cb_dom_next(const xmlNode *node, const xmlNode *top)
{
    if (node->type == XML_ELEMENT_NODE && node->children != NULL)
        return node->children;
    return cb_dom_skip(node, top);
}

bool cb_dom_is(const xmlNode *node, const char *tag)
{
    return node != NULL && node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, tag) == 0;
}

const char *cb_dom_attribute(const xmlNode *node, const char *name)
{
    if (node == NULL || node->type != XML_ELEMENT_NODE)
        return NULL;
    for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
        if (strcmp((const char *)a->name, name) == 0)
            return a->children != NULL && a->children->content != NULL ? (const char *)a->children->content
                                                                       : "";
    }
    return NULL;
}

bool cb_dom_attribute_is(const xmlNode *node, const char *name, const char *value)
{
    const char *has = cb_dom_attribute(node, name);
    return has != NULL && strcasecmp(has, value) == 0;
}

bool cb_dom_has_word(const xmlNode *node, const char *name, const char *word)
{
    const char *at = cb_dom_attribute(node, name);
    size_t len = strlen(word);
    while (at != NULL && *at != '\0') {
        size_t n = strcspn(at, " \t\r\n,");
        if (n == len && strncasecmp(at, word, len) == 0)
            return true;
        at += n;
        at += strspn(at, " \t\r\n,");
    }
    return false;
}

bool cb_dom_is_heading(const xmlNode *node)
{
    return node->type == XML_ELEMENT_NODE && node->name[0] == 'h' && node->name[1] >= '1' &&
           node->name[1] <= '6' && node->name[2] == '\0';
}

bool cb_dom_is_block(const xmlNode *node)
{
    static const char *const inlines[] = {
        "a",    "abbr", "acronym", "b",   "bdi",  "bdo",   "big",     "cite",   "code",   "data", "del",
        "dfn",  "em",   "font",    "i",   "img",  "ins",   "kbd",     "mark",   "nobr",   "q",    "rb",
        "rp",   "rt",   "ruby",    "s",   "samp", "small", "span",    "strike", "strong", "sub",  "sup",
        "time", "tt",   "u",       "var", "wbr",  "label", "picture", "tbody",  "td",     "th",
    };
    if (node->type != XML_ELEMENT_NODE)
        return false;
    for (size_t i = 0; i < sizeof inlines / sizeof *inlines; i++) {
        if (inlines[i][0] == (char)node->name[0] && strcmp((const char *)node->name, inlines[i]) == 0)
            return false;
    }
    return true;
}

bool cb_dom_is_inside(const xmlNode *node, const char *tag, const xmlNode *top)
{
    for (; node != NULL && node != top; node = node->parent) {
        if (cb_dom_is(node, tag))
            return true;
    }
    return false;
}

/* Appends text with every run of blanks as one; *spaced tells that a blank waits. */
static void add_collapsed(const char *text, bool *spaced, struct cb_buffer *out)
{
    while (*text != '\0') {
        size_t blank = strspn(text, " \t\r\n\f\v");
        if (blank > 0) {
            *spaced = true;
            text += blank;
            continue;
        }
        size_t n = strcspn(text, " \t\r\n\f\v");
        if (*spaced && out->len > 0)
            cb_buffer_add_char(out, ' ');
        *spaced = false;
        cb_buffer_add(out, text, n);
        text += n;
    }
}

void cb_dom_text(const xmlNode *node, struct cb_buffer *out)
{
    bool spaced = false;
    for (const xmlNode *n = node; n != NULL;) {
        const struct cb_dom_info *info = cb_dom_info(n);
        if ((info != NULL && info->dropped && n != node) || cb_dom_is(n, "script") || cb_dom_is(n, "style")) {
            n = cb_dom_skip(n, node);
            continue;
        }
        if ((n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) && n->content != NULL)
            add_collapsed((const char *)n->content, &spaced, out);
        else if (cb_dom_is_block(n) || cb_dom_is(n, "td") || cb_dom_is(n, "th"))
            spaced = true;
        n = cb_dom_next(n, node);
    }
}

const char *cb_dom_string(const xmlNode *node, size_t max, struct cb_arena *arena)
{
    struct cb_buffer text;
    const char *copy = NULL;
    cb_buffer_init(&text, max);
    cb_dom_text(node, &text);
    if (!text.failed && text.len > 0)
        copy = cb_arena_copy(arena, cb_buffer_text(&text), text.len);
    cb_buffer_release(&text);
    return copy;
}
