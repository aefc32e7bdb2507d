#include "importer/html_dom.h"

#include <string.h>
#include <strings.h>

static void note_attributes(const xmlNode *node, struct cb_dom_info *info)
{
    for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
        const char *name = (const char *)a->name;
        const char *value =
            a->children != NULL && a->children->content != NULL ? (const char *)a->children->content : "";
        switch (name[0]) {
        case 'c':
            if (info->class_name == NULL && strcmp(name, "class") == 0)
                info->class_name = value;
            break;
        case 'i':
            if (info->id == NULL && strcmp(name, "id") == 0)
                info->id = value;
            info->has_item = info->has_item || strcmp(name, "itemprop") == 0;
            break;
        case 'a':
        case 'h':
        case 'r':
        case 's':
            info->marked = info->marked || strcmp(name, "aria-hidden") == 0 || strcmp(name, "hidden") == 0 ||
                           strcmp(name, "role") == 0 || strcmp(name, "style") == 0;
            break;
        default:
            break;
        }
    }
}

bool cb_page_prepare(struct cb_page *page)
{
    for (xmlNode *n = page->root; n != NULL; n = cb_dom_next(n, page->root)) {
        if (n->type != XML_ELEMENT_NODE)
            continue;
        struct cb_dom_info *info = cb_arena_alloc(page->arena, sizeof *info);
        if (info == NULL)
            return false;
        info->element = cb_element_of((const char *)n->name);
        note_attributes(n, info);
        n->_private = info;
        if (page->body == NULL && info->element == CB_EL_BODY)
            page->body = n;
    }
    if (page->body == NULL)
        page->body = page->root;
    return true;
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

const char *cb_dom_attribute(const xmlNode *node, const char *name)
{
    const struct cb_dom_info *info = node != NULL ? cb_dom_info(node) : NULL;
    if (info == NULL)
        return NULL;
    if (strcmp(name, "class") == 0)
        return info->class_name;
    if (strcmp(name, "id") == 0)
        return info->id;
    if (!info->has_item && strcmp(name, "itemprop") == 0)
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
    const struct cb_dom_info *info = cb_dom_info(node);
    return info != NULL && cb_element_is_heading(info->element);
}

bool cb_dom_is_block(const xmlNode *node)
{
    const struct cb_dom_info *info = cb_dom_info(node);
    return info != NULL && !cb_element_is_inline(info->element);
}

bool cb_dom_is_inside(const xmlNode *node, enum cb_element element, const xmlNode *top)
{
    for (; node != NULL && node != top; node = node->parent) {
        if (cb_dom_is(node, element))
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
        if ((info != NULL && info->dropped && n != node) || cb_dom_is(n, CB_EL_SCRIPT) ||
            cb_dom_is(n, CB_EL_STYLE)) {
            n = cb_dom_skip(n, node);
            continue;
        }
        if ((n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) && n->content != NULL)
            add_collapsed((const char *)n->content, &spaced, out);
        else if (cb_dom_is_block(n) || cb_dom_is(n, CB_EL_TD) || cb_dom_is(n, CB_EL_TH))
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
