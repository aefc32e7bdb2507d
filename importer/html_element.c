#include "importer/html_element.h"

#include <stddef.h>
#include <string.h>

enum { INLINE = 1, DROPPED = 2, HEADING = 4 };

static const struct {
    const char *name;
    unsigned is;
} elements[CB_EL_COUNT] = {
    [CB_EL_OTHER] = {"", 0},
    [CB_EL_A] = {"a", INLINE},
    [CB_EL_ABBR] = {"abbr", INLINE},
    [CB_EL_ACRONYM] = {"acronym", INLINE},
    [CB_EL_AMP_AD] = {"amp-ad", DROPPED},
    [CB_EL_APPLET] = {"applet", DROPPED},
    [CB_EL_ARTICLE] = {"article", 0},
    [CB_EL_ASIDE] = {"aside", DROPPED},
    [CB_EL_AUDIO] = {"audio", DROPPED},
    [CB_EL_B] = {"b", INLINE},
    [CB_EL_BDI] = {"bdi", INLINE},
    [CB_EL_BDO] = {"bdo", INLINE},
    [CB_EL_BIG] = {"big", INLINE},
    [CB_EL_BLOCKQUOTE] = {"blockquote", 0},
    [CB_EL_BODY] = {"body", 0},
    [CB_EL_BR] = {"br", 0},
    [CB_EL_BUTTON] = {"button", DROPPED},
    [CB_EL_CANVAS] = {"canvas", DROPPED},
    [CB_EL_CITE] = {"cite", INLINE},
    [CB_EL_CODE] = {"code", INLINE},
    [CB_EL_DATA] = {"data", INLINE},
    [CB_EL_DATALIST] = {"datalist", DROPPED},
    [CB_EL_DEL] = {"del", INLINE},
    [CB_EL_DFN] = {"dfn", INLINE},
    [CB_EL_DIALOG] = {"dialog", DROPPED},
    [CB_EL_DIV] = {"div", 0},
    [CB_EL_DL] = {"dl", 0},
    [CB_EL_EM] = {"em", INLINE},
    [CB_EL_EMBED] = {"embed", DROPPED},
    [CB_EL_FIELDSET] = {"fieldset", DROPPED},
    [CB_EL_FIGURE] = {"figure", DROPPED},
    [CB_EL_FONT] = {"font", INLINE},
    [CB_EL_FOOTER] = {"footer", DROPPED},
    [CB_EL_FORM] = {"form", 0},
    [CB_EL_H1] = {"h1", HEADING},
    [CB_EL_H2] = {"h2", HEADING},
    [CB_EL_H3] = {"h3", HEADING},
    [CB_EL_H4] = {"h4", HEADING},
    [CB_EL_H5] = {"h5", HEADING},
    [CB_EL_H6] = {"h6", HEADING},
    [CB_EL_HEAD] = {"head", DROPPED},
    [CB_EL_HEADER] = {"header", 0},
    [CB_EL_HR] = {"hr", 0},
    [CB_EL_HTML] = {"html", 0},
    [CB_EL_I] = {"i", INLINE},
    [CB_EL_IFRAME] = {"iframe", DROPPED},
    [CB_EL_IMG] = {"img", INLINE},
    [CB_EL_INPUT] = {"input", DROPPED},
    [CB_EL_INS] = {"ins", INLINE},
    [CB_EL_KBD] = {"kbd", INLINE},
    [CB_EL_LABEL] = {"label", INLINE},
    [CB_EL_LEGEND] = {"legend", DROPPED},
    [CB_EL_LI] = {"li", 0},
    [CB_EL_LINK] = {"link", 0},
    [CB_EL_MAIN] = {"main", 0},
    [CB_EL_MAP] = {"map", DROPPED},
    [CB_EL_MARK] = {"mark", INLINE},
    [CB_EL_MATH] = {"math", DROPPED},
    [CB_EL_MENU] = {"menu", DROPPED},
    [CB_EL_META] = {"meta", 0},
    [CB_EL_METER] = {"meter", DROPPED},
    [CB_EL_NAV] = {"nav", DROPPED},
    [CB_EL_NOBR] = {"nobr", INLINE},
    [CB_EL_NOSCRIPT] = {"noscript", DROPPED},
    [CB_EL_OBJECT] = {"object", DROPPED},
    [CB_EL_OL] = {"ol", 0},
    [CB_EL_OPTION] = {"option", DROPPED},
    [CB_EL_P] = {"p", 0},
    [CB_EL_PICTURE] = {"picture", INLINE},
    [CB_EL_PRE] = {"pre", 0},
    [CB_EL_PROGRESS] = {"progress", DROPPED},
    [CB_EL_Q] = {"q", INLINE},
    [CB_EL_RB] = {"rb", INLINE},
    [CB_EL_RP] = {"rp", INLINE | DROPPED},
    [CB_EL_RT] = {"rt", INLINE | DROPPED},
    [CB_EL_RUBY] = {"ruby", INLINE},
    [CB_EL_S] = {"s", INLINE},
    [CB_EL_SAMP] = {"samp", INLINE},
    [CB_EL_SCRIPT] = {"script", DROPPED},
    [CB_EL_SECTION] = {"section", 0},
    [CB_EL_SELECT] = {"select", DROPPED},
    [CB_EL_SMALL] = {"small", INLINE},
    [CB_EL_SPAN] = {"span", INLINE},
    [CB_EL_STRIKE] = {"strike", INLINE},
    [CB_EL_STRONG] = {"strong", INLINE},
    [CB_EL_STYLE] = {"style", DROPPED},
    [CB_EL_SUB] = {"sub", INLINE},
    [CB_EL_SUP] = {"sup", INLINE},
    [CB_EL_SVG] = {"svg", DROPPED},
    [CB_EL_TABLE] = {"table", 0},
    [CB_EL_TBODY] = {"tbody", INLINE},
    [CB_EL_TD] = {"td", INLINE},
    [CB_EL_TEMPLATE] = {"template", DROPPED},
    [CB_EL_TEXTAREA] = {"textarea", DROPPED},
    [CB_EL_TH] = {"th", INLINE},
    [CB_EL_TIME] = {"time", INLINE},
    [CB_EL_TITLE] = {"title", 0},
    [CB_EL_TT] = {"tt", INLINE},
    [CB_EL_U] = {"u", INLINE},
    [CB_EL_UL] = {"ul", 0},
    [CB_EL_VAR] = {"var", INLINE},
    [CB_EL_VIDEO] = {"video", DROPPED},
    [CB_EL_WBR] = {"wbr", INLINE},
};

enum cb_element cb_element_of(const char *name)
{
    size_t low = 1, high = CB_EL_COUNT;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(name, elements[middle].name);
        if (order == 0)
            return (enum cb_element)middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return CB_EL_OTHER;
}

const char *cb_element_name(enum cb_element element)
{
    return elements[element].name;
}

bool cb_element_is_inline(enum cb_element element)
{
    return (elements[element].is & INLINE) != 0;
}

bool cb_element_is_dropped(enum cb_element element)
{
    return (elements[element].is & DROPPED) != 0;
}

bool cb_element_is_heading(enum cb_element element)
{
    return (elements[element].is & HEADING) != 0;
}
