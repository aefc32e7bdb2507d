/* What on a page is no article text: by element, by role, by the words of class and id, by short phrases. */
#include "importer/html_dom.h"

#include <string.h>
#include <strings.h>

/* Words of class and id, by their first letter, since most begin with another. A word that ends in '*' stands
 * for all that begin with it. */
enum { OTHER_LETTER = 26, LETTERS };

static const char *const comment_words[LETTERS] = {
    ['c' - 'a'] =
        "comment|comments|commentlist|commentlist*|comentario*|commentaire*|commentform*|commentarea*",
    ['d' - 'a'] = "disqus*|discussion",
    ['k' - 'a'] = "kommentar*",
    ['l' - 'a'] = "livefyre|leserbrief*",
    ['o' - 'a'] = "opiniones",
    ['r' - 'a'] = "respond|reply|replies",
};
static const char *const drop_words[LETTERS] = {
    ['a' - 'a'] = ("advert*|ad|ads|adv|aehnlich*|authorbox|authorinfo*|aside|anzeige*|addtoany*|addthis*|"
                   "author-bio|about-author"),
    ['b' - 'a'] = "breadcrumb*|banner*|bio|biography|bookmark*|branding|byline*|bildunterschrift*",
    ['c' - 'a'] = ("cookie*|copyright|consent*|carousel*|caption*|credit*|cta|callout*|crosslink*|cat-links|"
                   "comments-link"),
    ['d' - 'a'] = "disclaimer|dateline|donate*|donation*",
    ['e' - 'a'] = "embed*|entry-meta|entry-utility|edit-link",
    ['f' - 'a'] = "footer*|facebook|feedback|flattr*",
    ['g' - 'a'] = "gdpr|gallery|galerie",
    ['h' - 'a'] = "hidden|hide",
    ['i' - 'a'] = "impressum|invisible|infobox*|imagecaption*",
    ['j' - 'a'] = "jp-relatedposts",
    ['k' - 'a'] = "keywords",
    ['l' - 'a'] = "login|lightbox*|logo*|leftcol*|latest*|linkliste|languages|lang",
    ['m' - 'a'] = "modal*|menu|menus|mainmenu|mailto|metadata|meta|mostread*|morelinks|more-on|masthead",
    ['n' - 'a'] = "newsletter*|navigation|nav|navbar|navi|noprint|nocomments|noresults",
    ['o' - 'a'] = "outbrain*|overlay*|optin*",
    ['p' - 'a'] = ("promo*|popup*|pagination|pager|paginate*|paywall*|print|postmeta|postinfo|popular*|"
                   "prevnext|previous|publicidad*|publicite*|post-tags|postmetadata|posted-on"),
    ['r' - 'a'] = "related*|rating*|recommend*|rail|rightcol*|recent*|readmore",
    ['s' - 'a'] =
        ("share|sharing|shares|sharedaddy|social|socials|sidebar*|sponsor*|subscribe*|subscription*|"
         "signup|submenu|similar*|slider|slideshow|site-title|site-name|secondary|sidecol*|search|"
         "searchform|skip|screenreader|screen-reader-text|sticky|sitemap|shariff*|story-meta"),
    ['t' - 'a'] = ("toolbar*|teaser*|taboola*|tags|tag-links|taglist|tagcloud|topics|twitter|trending*|toc|"
                   "teilen|topbar|tooltip*"),
    ['v' - 'a'] = "vcard|vgwort",
    ['w' - 'a'] = "widget|widgets|weitere*|whatsapp|wp-caption*|werbung*",
    [OTHER_LETTER] = "ähnlich*",
};

static size_t letter_of(char c)
{
    unsigned char lower = (unsigned char)c | 0x20;
    return lower >= 'a' && lower <= 'z' ? (size_t)(lower - 'a') : (size_t)OTHER_LETTER;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool in_list(const char *const list[LETTERS], const char *at, size_t len)
{
    const char *word = list[letter_of(*at)];
    while (word != NULL && *word != '\0') {
        size_t same = 0;
        while (same < len && word[same] == lower(at[same]))
            same++;
        if (word[same] == '*' || (same == len && (word[same] == '|' || word[same] == '\0')))
            return true;
        word += same;
        while (*word != '\0' && *word++ != '|') {
        }
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
        if (is_taxonomy(value)) {
            value += strcspn(value, " \t\r\n");
            continue;
        }
        size_t n = word_end(value), whole = n + strcspn(value + n, " \t\r\n");
        if (in_list(comment_words, value, n))
            return CB_CLEAN_COMMENTS;
        if (in_list(drop_words, value, n) || (whole > n && in_list(drop_words, value, whole)))
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
    const struct cb_dom_info *info = cb_dom_info(node);
    if (info == NULL)
        return CB_CLEAN_KEEP;
    if (cb_element_is_dropped(info->element) || (info->marked && (is_hidden(node) || has_dropped_role(node))))
        return CB_CLEAN_DROP;
    if (cb_dom_is(node, CB_EL_HEADER) && !cb_dom_is_inside(node, CB_EL_ARTICLE, NULL) &&
        !cb_dom_is_inside(node, CB_EL_MAIN, NULL))
        return CB_CLEAN_DROP; /* the site's, not the article's */
    if (cb_dom_is(node, CB_EL_BODY) || cb_dom_is(node, CB_EL_HTML) || cb_dom_is(node, CB_EL_ARTICLE) ||
        cb_dom_is(node, CB_EL_MAIN) ||
        cb_dom_is(node, CB_EL_BLOCKQUOTE)) /* a quoted tweet is part of the article */
        return CB_CLEAN_KEEP;
    enum cb_clean verdict = words_verdict(info->class_name);
    if (verdict == CB_CLEAN_COMMENTS)
        return verdict;
    enum cb_clean by_id = words_verdict(info->id);
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
