/* What on a page is no article text: by element, by role, by the words of class and id, by short phrases. */
#include "importer/html_dom.h"

#include <string.h>
#include <strings.h>

/* Elements that never hold article text. */
static bool is_dropped_tag(const xmlNode *node)
{
    static const char *const tags[] = {
        "script", "style",  "noscript", "template", "iframe",   "object",   "embed",  "svg",      "canvas",
        "map",    "button", "select",   "option",   "textarea", "input",    "nav",    "footer",   "aside",
        "dialog", "menu",   "audio",    "video",    "figure",   "fieldset", "legend", "datalist", "head",
        "applet", "math",   "progress", "meter",    "rt",       "rp",       "amp-ad",
    };
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        if (tags[i][0] == (char)node->name[0] && strcmp((const char *)node->name, tags[i]) == 0)
            return true;
    }
    return false;
}

/* Words of class and id. A word that ends in '*' stands for all that begin with it. */
static const char *const comment_words[] = {
    "comment",    "comments",    "commentlist",  "commentlist*", "disqus*",   "respond",
    "kommentar*", "comentario*", "commentaire*", "reply",        "replies",   "livefyre",
    "opiniones",  "leserbrief*", "commentform*", "commentarea*", "discussion"};
static const char *const drop_words[] = {
    "related*",
    "share",
    "sharing",
    "shares",
    "sharedaddy",
    "social",
    "socials",
    "sidebar*",
    "promo*",
    "newsletter*",
    "cookie*",
    "breadcrumb*",
    "advert*",
    "ad",
    "ads",
    "adv",
    "banner*",
    "sponsor*",
    "popup*",
    "modal*",
    "subscribe*",
    "subscription*",
    "login",
    "signup",
    "toolbar*",
    "rating*",
    "recommend*",
    "teaser*",
    "outbrain*",
    "taboola*",
    "pagination",
    "pager",
    "paginate*",
    "navigation",
    "nav",
    "navbar",
    "navi",
    "menu",
    "menus",
    "submenu",
    "mainmenu",
    "footer*",
    "widget",
    "widgets",
    "tags",
    "tag-links",
    "taglist",
    "tagcloud",
    "topics",
    "keywords",
    "jp-relatedposts",
    "similar*",
    "aehnlich*",
    "ähnlich*",
    "weitere*",
    "copyright",
    "impressum",
    "disclaimer",
    "consent*",
    "gdpr",
    "paywall*",
    "overlay*",
    "lightbox*",
    "carousel*",
    "slider",
    "slideshow",
    "gallery",
    "galerie",
    "authorbox",
    "authorinfo*",
    "bio",
    "biography",
    "vcard",
    "bookmark*",
    "logo*",
    "site-title",
    "site-name",
    "branding",
    "aside",
    "secondary",
    "rail",
    "sidecol*",
    "rightcol*",
    "leftcol*",
    "facebook",
    "twitter",
    "whatsapp",
    "print",
    "mailto",
    "search",
    "searchform",
    "skip",
    "hidden",
    "hide",
    "invisible",
    "screenreader",
    "screen-reader-text",
    "infobox*",
    "metadata",
    "meta",
    "postmeta",
    "postinfo",
    "byline*",
    "dateline",
    "trending*",
    "popular*",
    "mostread*",
    "latest*",
    "recent*",
    "prevnext",
    "previous",
    "toc",
    "noprint",
    "caption*",
    "imagecaption*",
    "wp-caption*",
    "credit*",
    "bildunterschrift*",
    "werbung*",
    "anzeige*",
    "publicidad*",
    "publicite*",
    "teilen",
    "donate*",
    "donation*",
    "cta",
    "callout*",
    "embed*",
    "crosslink*",
    "linkliste",
    "morelinks",
    "readmore",
    "more-on",
    "optin*",
    "sticky",
    "masthead",
    "topbar",
    "feedback",
    "flattr*",
    "vgwort",
    "languages",
    "lang",
    "sitemap",
    "tooltip*",
    "shariff*",
    "addtoany*",
    "addthis*",
    "nocomments",
    "noresults",
    "author-bio",
    "about-author",
    "post-tags",
    "entry-meta",
    "postmetadata",
    "entry-utility",
    "posted-on",
    "cat-links",
    "edit-link",
    "comments-link",
    "story-meta",
};

static bool matches(const char *word, const char *at, size_t len)
{
    if (((word[0] ^ at[0]) & 0xDF) != 0) /* most differ in the first letter */
        return false;
    size_t n = strlen(word);
    if (word[n - 1] == '*')
        return len >= n - 1 && strncasecmp(word, at, n - 1) == 0;
    return len == n && strncasecmp(word, at, n) == 0;
}

static bool in_list(const char *const *list, size_t count, const char *at, size_t len)
{
    for (size_t i = 0; i < count; i++) {
        if (matches(list[i], at, len))
            return true;
    }
    return false;
}

static bool is_separator(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '-' || c == '_' || c == ':' || c == '.' ||
           c == '/' || c == '|' || c == '#';
}

/* End of the word at `at`: at a separator, or where small letters turn large ("relatedPosts"). */
static size_t word_end(const char *at)
{
    size_t n = 1;
    while (at[n] != '\0' && !is_separator(at[n]) &&
           !(at[n] >= 'A' && at[n] <= 'Z' && at[n - 1] >= 'a' && at[n - 1] <= 'z'))
        n++;
    return n;
}

/* Content systems write an article's topics into its class ("category-social", "tag-banners"). */
static bool is_taxonomy(const char *word)
{
    static const char *const beginnings[] = {"category-", "tag-", "format-", "status-", "type-", "post_tag-"};
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
        if (strncasecmp(word, beginnings[i], strlen(beginnings[i])) == 0)
            return true;
    }
    return false;
}

static enum cb_clean words_verdict(const char *value)
{
    enum cb_clean verdict = CB_CLEAN_KEEP;
    while (value != NULL && *value != '\0') {
        if (is_separator(*value)) {
            value++;
            continue;
        }
        size_t n = word_end(value), whole = strcspn(value, " \t\r\n");
        if (is_taxonomy(value)) {
            value += whole;
            continue;
        }
        if (in_list(comment_words, sizeof comment_words / sizeof *comment_words, value, n))
            return CB_CLEAN_COMMENTS;
        if (in_list(drop_words, sizeof drop_words / sizeof *drop_words, value, n) ||
            in_list(drop_words, sizeof drop_words / sizeof *drop_words, value, whole))
            verdict = CB_CLEAN_DROP;
        value += n;
    }
    return verdict;
}

static bool is_hidden(const xmlNode *node)
{
    const char *style = cb_dom_attribute(node, "style");
    if (cb_dom_attribute(node, "hidden") != NULL || cb_dom_attribute_is(node, "aria-hidden", "true"))
        return true;
    return style != NULL &&
           (strstr(style, "display:none") != NULL || strstr(style, "display: none") != NULL ||
            strstr(style, "visibility:hidden") != NULL);
}

static bool has_dropped_role(const xmlNode *node)
{
    static const char *const roles[] = {"navigation", "banner",  "contentinfo", "complementary", "search",
                                        "dialog",     "menu",    "menubar",     "toolbar",       "alert",
                                        "tooltip",    "tablist", "button",      "alertdialog",   "form"};
    const char *role = cb_dom_attribute(node, "role");
    for (size_t i = 0; role != NULL && i < sizeof roles / sizeof *roles; i++) {
        if (strcasecmp(role, roles[i]) == 0)
            return true;
    }
    return false;
}

static enum cb_clean find_verdict(const xmlNode *node)
{
    if (is_dropped_tag(node) || is_hidden(node) || has_dropped_role(node))
        return CB_CLEAN_DROP;
    if (cb_dom_is(node, "header") && !cb_dom_is_inside(node, "article", NULL) &&
        !cb_dom_is_inside(node, "main", NULL))
        return CB_CLEAN_DROP; /* the site's, not the article's */
    if (cb_dom_is(node, "body") || cb_dom_is(node, "html") || cb_dom_is(node, "article") ||
        cb_dom_is(node, "main") || cb_dom_is(node, "blockquote")) /* a quoted tweet is part of the article */
        return CB_CLEAN_KEEP;
    enum cb_clean verdict = words_verdict(cb_dom_attribute(node, "class"));
    if (verdict == CB_CLEAN_COMMENTS)
        return verdict;
    enum cb_clean by_id = words_verdict(cb_dom_attribute(node, "id"));
    return by_id > CB_CLEAN_KEEP && (by_id == CB_CLEAN_COMMENTS || verdict == CB_CLEAN_KEEP) ? by_id
                                                                                             : verdict;
}

enum cb_clean cb_clean_verdict(const xmlNode *node)
{
    struct cb_dom_info *info = cb_dom_info(node);
    if (info == NULL)
        return find_verdict(node);
    if (info->verdict == 0)
        info->verdict = (uint8_t)(find_verdict(node) + 1);
    return (enum cb_clean)(info->verdict - 1);
}

static bool begins_with_any(const char *const *list, size_t count, const char *text, size_t len)
{
    while (len > 0 && (*text == ' ' || *text == '-' || *text == '>' || *text == '+' || *text == '\t')) {
        text++;
        len--;
    }
    for (size_t i = 0; i < count; i++) {
        size_t n = strlen(list[i]);
        if (len >= n && strncasecmp(list[i], text, n) == 0)
            return true;
    }
    return false;
}

bool cb_clean_is_tail(const char *text, size_t len)
{
    static const char *const phrases[] = {
        "related",
        "more from",
        "more stories",
        "more on this",
        "read next",
        "you may also",
        "you might also",
        "recommended",
        "leave a reply",
        "leave a comment",
        "comments",
        "about the author",
        "join the conversation",
        "filed under",
        "popular now",
        "most read",
        "trending",
        "also read",
        "see also",
        "further reading",
        "Ähnliche",
        "ähnliche",
        "Das könnte",
        "Mehr zum Thema",
        "Weitere Artikel",
        "Weitere Beiträge",
        "Weitere Meldungen",
        "Verwandte",
        "Schreibe einen Kommentar",
        "Kommentar",
        "Hinterlasse",
        "Hinterlassen Sie",
        "Über den Autor",
        "Über die Autor",
        "Zum Autor",
        "Auch interessant",
        "Lesen Sie auch",
        "Neueste Beiträge",
        "Schreib einen Kommentar",
        "Meistgelesen",
        "Noch mehr",
        "Teilen",
        "Dieser Beitrag wurde",
        "Schlagwörter",
        "Schlagworte",
        "Beitrags-Navigation",
        "À lire aussi",
        "Lire aussi",
        "Sur le même sujet",
        "Commentaires",
        "Articles similaires",
        "Laisser un commentaire",
        "Notas relacionadas",
        "Noticias relacionadas",
        "Te puede interesar",
        "Lea también",
        "Comentarios",
        "Deja un comentario",
        "Más noticias",
        "Deja una respuesta",
        "Leggi anche",
        "Potrebbe interessarti",
        "Articoli correlati",
        "Lascia un commento",
        "Lees ook",
        "Zobacz również",
        "Czytaj także",
        "Komentarze",
        "Leia também",
        "Читайте также",
        "Похожие",
        "Комментарии",
    };
    return len <= 60 && begins_with_any(phrases, sizeof phrases / sizeof *phrases, text, len);
}

bool cb_clean_is_noise(const char *text, size_t len)
{
    static const char *const phrases[] = {
        "advertisement",
        "advertising",
        "sponsored",
        "share this",
        "share on",
        "share:",
        "tweet this",
        "follow us",
        "sign up",
        "subscribe",
        "click here",
        "read more",
        "read also",
        "all rights reserved",
        "copyright",
        "\xC2\xA9",
        "(c) ",
        "Photo:",
        "Image:",
        "Credit:",
        "Anzeige",
        "Werbung",
        "Teilen mit",
        "Diesen Artikel teilen",
        "Gefällt mir",
        "Lesen Sie auch",
        "Lesen Sie mehr",
        "Mehr zum Thema",
        "Bitte melden",
        "Artikel drucken",
        "Nach oben",
        "Foto:",
        "Weiterlesen",
        "Publicidad",
        "Publicité",
        "Lea también",
        "Lea más",
        "Lea:",
        "Leer más",
        "Lire aussi",
        "Leggi anche",
        "Lees ook",
        "Czytaj też",
        "Czytaj także",
        "Leia também",
        "Leia mais",
        "Читайте также",
        "Реклама",
        "Tags:",
        "Tagged",
        "Posted in",
        "Posted by",
        "Posted on",
        "Filed under",
        "Veröffentlicht in",
        "Kategorie:",
        "Kategorien:",
        "Schlagwörter:",
        "Verschlagwortet",
        "Previous article",
        "Next article",
        "Vorheriger Artikel",
        "Nächster Artikel",
        "Print this",
        "Email this",
        "Permalink",
        "getaggt mit",
        "Notify me",
        "Your email address",
    };
    return len <= 160 && begins_with_any(phrases, sizeof phrases / sizeof *phrases, text, len);
}
