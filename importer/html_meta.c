/* Title, byline, dates, site and language of a page: from JSON-LD, Open Graph, meta, microdata, time elements
 * and the visible text, in the order of how much they can be trusted. */
#include "importer/html_dom.h"

#include <libxml/uri.h>
#include <string.h>
#include <strings.h>

enum { TITLE_MAX = 400, SHORT_MAX = 200, DATE_TEXT_MAX = 120 };

/* Remembers the <meta> elements, so that each name does not walk the page again. */
static void collect_metas(struct cb_page *page)
{
    enum { METAS_MAX = 256 };
    page->metas = cb_arena_array(page->arena, METAS_MAX, sizeof *page->metas);
    for (const xmlNode *n = page->root; page->metas != NULL && n != NULL; n = cb_dom_next(n, page->root)) {
        if (page->meta_count < METAS_MAX && cb_dom_is(n, CB_EL_META))
            page->metas[page->meta_count++] = n;
    }
}

/* The content of the first <meta> whose property, name or itemprop is one of the names; the names in order.
 */
static const char *meta_of(const struct cb_page *page, const char *const *names)
{
    for (; *names != NULL; names++) {
        for (size_t i = 0; i < page->meta_count; i++) {
            const xmlNode *n = page->metas[i];
            const char *content = cb_dom_attribute(n, "content");
            if (content == NULL || content[strspn(content, " \t\r\n")] == '\0')
                continue;
            if (cb_dom_attribute_is(n, "property", *names) || cb_dom_attribute_is(n, "name", *names) ||
                cb_dom_attribute_is(n, "itemprop", *names))
                return content;
        }
    }
    return NULL;
}

static const char *collapse(const char *text, struct cb_arena *arena)
{
    if (text == NULL)
        return NULL;
    size_t len = strlen(text), out = 0;
    char *copy = cb_arena_copy(arena, text, len);
    if (copy == NULL)
        return NULL;
    for (size_t i = 0; i < len; i++) {
        bool blank = copy[i] == ' ' || (copy[i] >= '\t' && copy[i] <= '\r');
        if (blank && (out == 0 || copy[out - 1] == ' '))
            continue;
        copy[out++] = blank ? ' ' : copy[i];
    }
    while (out > 0 && copy[out - 1] == ' ')
        out--;
    copy[out] = '\0';
    return out > 0 ? copy : NULL;
}

/* Letters and digits of both in common order: how many words of `a` are in `b`, of 100. */
static unsigned overlap(const char *a, const char *b)
{
    unsigned words = 0, found = 0;
    while (*a != '\0') {
        a += strspn(a, " -|:,.!?\"'()");
        size_t n = strcspn(a, " -|:,.!?\"'()");
        if (n == 0)
            break;
        words++;
        for (const char *p = b; *p != '\0'; p++) {
            if (strncasecmp(p, a, n) == 0) {
                found++;
                break;
            }
        }
        a += n;
    }
    return words == 0 ? 0 : found * 100 / words;
}

/* "Headline | The Paper", "Headline - The Paper": without the site's name behind. */
static const char *cut_site(const char *title, struct cb_arena *arena)
{
    static const char *const marks[] = {" | ",        " - ",  " \xE2\x80\x93 ", " \xE2\x80\x94 ",
                                        " \xC2\xBB ", " :: ", " \xC2\xAB ",     " \xE2\x80\xA2 "};
    const char *cut = NULL;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        for (const char *at = title; (at = strstr(at, marks[i])) != NULL; at++) {
            if (cut == NULL || at > cut)
                cut = at;
        }
    }
    if (cut == NULL || cut == title)
        return title;
    size_t head = (size_t)(cut - title), tail = strlen(cut);
    return head * 2 >= tail ? cb_arena_copy(arena, title, head) : title;
}

static bool in_site_header(const xmlNode *node)
{
    for (const xmlNode *n = node; n != NULL; n = n->parent) {
        if (cb_dom_is(n, CB_EL_NAV) || cb_dom_is(n, CB_EL_FOOTER) || cb_dom_is(n, CB_EL_ASIDE))
            return true;
        if (cb_dom_has_word(n, "class", "logo") || cb_dom_has_word(n, "id", "logo") ||
            cb_dom_has_word(n, "class", "site-title") || cb_dom_has_word(n, "id", "site-title"))
            return true;
    }
    return false;
}

/* How much a heading is the page's title: the words they share, counted by the heading's length, so that the
 * site's name, which stands in the title too, yields to the headline. */
static size_t heading_score(const xmlNode *node, const char *text, const char *told)
{
    enum { LONG = 80 };
    unsigned same = overlap(text, told);
    size_t len = strlen(text);
    if (same < 50)
        return 0;
    return same * (len < LONG ? len : LONG) * (cb_dom_is(node, CB_EL_H1) ? 3 : 2);
}

/* The visible heading that says the same as the page's own title, or the first one when there is none. */
static const char *heading(const struct cb_page *page, const char *told)
{
    const char *best = NULL;
    size_t most = 0;
    for (const xmlNode *n = page->body; n != NULL; n = cb_dom_next(n, page->body)) {
        if ((!cb_dom_is(n, CB_EL_H1) && !cb_dom_is(n, CB_EL_H2)) || in_site_header(n))
            continue;
        const char *text = cb_dom_string(n, TITLE_MAX, page->arena);
        if (text == NULL || strlen(text) < 3)
            continue;
        size_t score = told != NULL ? heading_score(n, text, told) : best == NULL && cb_dom_is(n, CB_EL_H1);
        if (score > most) {
            best = text;
            most = score;
        }
    }
    return best;
}

static const char *find_title(const struct cb_page *page, const char *headline)
{
    static const char *const names[] = {"og:title",      "twitter:title", "dc.title",
                                        "dcterms.title", "title",         NULL};
    const char *told = collapse(meta_of(page, names), page->arena), *element = NULL;
    for (const xmlNode *n = page->root; n != NULL && element == NULL; n = cb_dom_next(n, page->root)) {
        if (cb_dom_is(n, CB_EL_TITLE) && !cb_dom_is_inside(n, CB_EL_SVG, page->root))
            element = cb_dom_string(n, TITLE_MAX, page->arena);
    }
    const char *visible = heading(page, headline != NULL ? headline : told != NULL ? told : element);
    if (visible == NULL && element != NULL)
        visible = heading(page, element);
    if (visible != NULL)
        return visible;
    if (headline != NULL)
        return collapse(headline, page->arena);
    if (told != NULL)
        return cut_site(told, page->arena);
    return element != NULL ? cut_site(element, page->arena) : heading(page, NULL);
}

static bool word_contains(const xmlNode *node, const char *attribute, const char *part)
{
    const char *value = cb_dom_attribute(node, attribute);
    size_t n = strlen(part);
    for (; value != NULL && *value != '\0'; value++) {
        if ((*value | 0x20) == part[0] && strncasecmp(value, part, n) == 0)
            return true;
    }
    return false;
}

static bool in_comments(const xmlNode *node)
{
    for (; node != NULL; node = node->parent) {
        if (node->type == XML_ELEMENT_NODE && cb_clean_verdict(node) == CB_CLEAN_COMMENTS)
            return true;
    }
    return false;
}

/* A link to an author's page. */
static bool links_to_author(const xmlNode *node)
{
    static const char *const parts[] = {
        "/author/",     "/authors/",  "/autor/",       "/autoren/",      "/auteur/",   "/autore/",
        "/staff/",      "/newsteam/", "/profile/",     "/profil/",       "/reporter/", "/reporters/",
        "/journalist/", "/people/",   "/contributor/", "/contributors/", "/redakteur/"};
    const char *address = cb_dom_is(node, CB_EL_A) ? cb_dom_attribute(node, "href") : NULL;
    for (size_t i = 0; address != NULL && i < sizeof parts / sizeof *parts; i++) {
        if (strstr(address, parts[i]) != NULL)
            return true;
    }
    return false;
}

/* Elements that name the author, from the surest sign to the vaguest. */
static bool names_author(const xmlNode *node, int sign)
{
    switch (sign) {
    case 0:
        return cb_dom_has_word(node, "rel", "author");
    case 1:
        return cb_dom_has_word(node, "itemprop", "author") || cb_dom_attribute(node, "data-author") != NULL;
    case 2:
        return cb_dom_has_word(node, "class", "author") || cb_dom_has_word(node, "class", "byline") ||
               cb_dom_has_word(node, "id", "author") || cb_dom_has_word(node, "class", "fn");
    case 3:
        return links_to_author(node) || word_contains(node, "class", "author") ||
               word_contains(node, "class", "byline") || word_contains(node, "class", "autor") ||
               word_contains(node, "id", "author");
    default:
        return word_contains(node, "class", "writer") || word_contains(node, "class", "auteur") ||
               word_contains(node, "class", "credit");
    }
}

/* As forums name who wrote a post; a <span itemprop="name"> within; or the whole. */
static const char *author_text(const struct cb_page *page, const xmlNode *node)
{
    const char *told = cb_dom_attribute(node, "data-author");
    if (told != NULL && *told != '\0')
        return told;
    for (const xmlNode *n = node; n != NULL; n = cb_dom_next(n, node)) {
        if (n != node && cb_dom_has_word(n, "itemprop", "name"))
            return cb_dom_attribute(n, "content") != NULL ? cb_dom_attribute(n, "content")
                                                          : cb_dom_string(n, SHORT_MAX, page->arena);
    }
    return cb_dom_string(node, SHORT_MAX, page->arena);
}

/* "By" alone, and the name in the element behind it. */
static const char *name_behind(const struct cb_page *page, const xmlNode *text)
{
    static const char *const openers[] = {"By", "by", "BY", "Von", "von", "Par", "Por", "Di"};
    const char *at = (const char *)text->content + strspn((const char *)text->content, " \t\r\n-|");
    size_t len = strcspn(at, " \t\r\n\xC2:");
    if (text->next == NULL || text->next->type != XML_ELEMENT_NODE ||
        at[len + strspn(at + len, " \t\r\n\xC2\xA0:")] != '\0')
        return NULL;
    for (size_t i = 0; i < sizeof openers / sizeof *openers; i++) {
        if (strlen(openers[i]) == len && strncmp(openers[i], at, len) == 0)
            return cb_clean_byline(cb_dom_string(text->next, SHORT_MAX, page->arena), page->arena);
    }
    return NULL;
}

/* "By Ann Lind", "Von Ann Lind" at the head of a short element. */
static const char *byline_in_text(const struct cb_page *page)
{
    static const char *const openers[] = {"By ",  "by ",  "BY ",    "Von ",    "von ",     "VON ",
                                          "Par ", "Por ", "Text: ", "Autor: ", "Author: ", "Autorin: "};
    for (const xmlNode *n = page->body; n != NULL; n = cb_dom_next(n, page->body)) {
        if (n->type != XML_TEXT_NODE || n->content == NULL)
            continue;
        const char *text = (const char *)n->content + strspn((const char *)n->content, " \t\r\n");
        const char *behind = name_behind(page, n);
        if (behind != NULL && strchr(behind, ' ') != NULL && !in_comments(n->parent))
            return behind;
        for (size_t i = 0; i < sizeof openers / sizeof *openers; i++) {
            if (strncmp(text, openers[i], strlen(openers[i])) != 0 || strlen(text) > 60 ||
                in_comments(n->parent))
                continue;
            const char *name = cb_clean_byline(text, page->arena);
            if (name != NULL && name[0] != '\0' && strchr(name, ' ') != NULL)
                return name;
        }
    }
    return NULL;
}

/* The site is no author, and a log-in name or the beginning of the site's name ("Lund" on "Lund Online News")
 * is only taken when there is nothing better. */
static bool is_site_name(const char *byline, const char *site)
{
    return site != NULL && strcasecmp(byline, site) == 0;
}

static bool begins_site_name(const char *byline, const char *site)
{
    size_t len = strlen(byline);
    return site != NULL && strncasecmp(byline, site, len) == 0 && site[len] == ' ';
}

static bool is_login(const char *byline)
{
    for (const char *p = byline; *p != '\0'; p++) {
        if (*p == ' ' || (*p >= 'A' && *p <= 'Z') || (unsigned char)*p >= 0x80)
            return false;
    }
    return true;
}

/* Takes `found` when it is a name; keeps what is only better than nothing in *spare. */
static bool take_byline(const char *found, const char *site, const char **spare)
{
    if (found == NULL || is_site_name(found, site))
        return false;
    if (!is_login(found) && !begins_site_name(found, site))
        return true;
    if (*spare == NULL)
        *spare = found;
    return false;
}

static const char *find_byline(const struct cb_page *page, const char *told, const char *site)
{
    const char *spare = NULL;
    if (take_byline(told, site, &spare))
        return told;
    static const char *const names[] = {"author",
                                        "article:author",
                                        "og:article:author",
                                        "dc.creator",
                                        "dcterms.creator",
                                        "dc.creator.personalname",
                                        "parsely-author",
                                        "sailthru.author",
                                        "byl",
                                        "citation_author",
                                        "article:author_name",
                                        "creator",
                                        NULL};
    for (const char *const *name = names; *name != NULL; name++) {
        const char *const one[] = {*name, NULL};
        const char *found = cb_clean_byline(meta_of(page, one), page->arena);
        if (take_byline(found, site, &spare))
            return found;
    }
    for (int sign = 0; sign < 5; sign++) {
        for (const xmlNode *n = page->body; n != NULL; n = cb_dom_next(n, page->body)) {
            if (n->type != XML_ELEMENT_NODE || !names_author(n, sign) || in_comments(n))
                continue;
            const char *found = cb_clean_byline(author_text(page, n), page->arena);
            bool vague = found != NULL && links_to_author(n) && strchr(found, ' ') == NULL;
            if (!vague && take_byline(found, site, &spare))
                return found;
            if (vague && sign < 3 && spare == NULL && !is_site_name(found, site))
                spare = found;
        }
        const char *found = sign == 3 ? byline_in_text(page) : NULL;
        if (found != NULL)
            return found;
    }
    return spare;
}

static const char *date_of(const char *text, struct cb_arena *arena)
{
    return text == NULL ? NULL : cb_page_date(text, strlen(text), arena);
}

/* The date that an element tells: its datetime or content attribute, or its short text. */
static const char *element_date(const struct cb_page *page, const xmlNode *node)
{
    static const char *const attributes[] = {"datetime", "content", "title", "data-datetime", "data-date"};
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
        const char *found = date_of(cb_dom_attribute(node, attributes[i]), page->arena);
        if (found != NULL)
            return found;
    }
    return date_of(cb_dom_string(node, DATE_TEXT_MAX, page->arena), page->arena);
}

static bool tells_date(const xmlNode *node, int sign)
{
    switch (sign) {
    case 0:
        return cb_dom_has_word(node, "itemprop", "datePublished") ||
               cb_dom_attribute(node, "pubdate") != NULL;
    case 1:
        return cb_dom_is(node, CB_EL_TIME) && !word_contains(node, "class", "updated") &&
               !word_contains(node, "class", "modified");
    case 2:
        return word_contains(node, "class", "publish") || word_contains(node, "class", "date") ||
               word_contains(node, "class", "datum") || word_contains(node, "class", "posted") ||
               word_contains(node, "id", "date") || word_contains(node, "class", "fecha");
    case 3:
        return word_contains(node, "class", "time") || word_contains(node, "class", "meta") ||
               word_contains(node, "class", "byline") || word_contains(node, "class", "info") ||
               word_contains(node, "class", "header") || word_contains(node, "class", "author");
    default:
        return cb_dom_is(node, CB_EL_P) || cb_dom_is(node, CB_EL_SPAN) || cb_dom_is(node, CB_EL_DIV) ||
               cb_dom_is(node, CB_EL_SMALL) || cb_dom_is(node, CB_EL_EM) || cb_dom_is(node, CB_EL_TD) ||
               cb_dom_is(node, CB_EL_LI);
    }
}

static const char *visible_date(const struct cb_page *page, int sign)
{
    for (const xmlNode *n = page->body; n != NULL; n = cb_dom_next(n, page->body)) {
        if (n->type != XML_ELEMENT_NODE || !tells_date(n, sign))
            continue;
        const struct cb_dom_info *info = cb_dom_info(n);
        if (sign > 0 && info != NULL && info->text > DATE_TEXT_MAX)
            continue;
        const char *found = element_date(page, n);
        if (found != NULL && !in_comments(n) && !cb_dom_is_inside(n, CB_EL_ASIDE, page->body) &&
            !cb_dom_is_inside(n, CB_EL_FOOTER, page->body) && !cb_dom_is_inside(n, CB_EL_NAV, page->body))
            return found;
    }
    return NULL;
}

static void find_dates(const struct cb_page *page, struct cb_page_meta *out)
{
    static const char *const published[] = {"article:published_time",
                                            "og:article:published_time",
                                            "og:published_time",
                                            "datePublished",
                                            "date",
                                            "dc.date",
                                            "dcterms.date",
                                            "dc.date.issued",
                                            "dcterms.created",
                                            "dc.date.created",
                                            "pubdate",
                                            "publishdate",
                                            "publish-date",
                                            "publication_date",
                                            "sailthru.date",
                                            "parsely-pub-date",
                                            "article.published",
                                            "citation_publication_date",
                                            "citation_date",
                                            "cXenseParse:recs:publishtime",
                                            "article_date_original",
                                            "dateCreated",
                                            NULL};
    static const char *const descriptions[] = {"og:description", "description", NULL};
    static const char *const modified[] = {"article:modified_time", "og:updated_time", "dateModified",
                                           "dcterms.modified",      "last-modified",   NULL};
    for (const char *const *name = published; *name != NULL && out->published == NULL; name++) {
        const char *const one[] = {*name, NULL};
        out->published = date_of(meta_of(page, one), page->arena);
    }
    if (out->modified == NULL)
        out->modified = date_of(meta_of(page, modified), page->arena);
    for (int sign = 0; sign < 3 && out->published == NULL; sign++)
        out->published = visible_date(page, sign);
    if (out->published == NULL)
        out->published = cb_address_date(out->url, page->arena);
    for (int sign = 3; sign < 5 && out->published == NULL; sign++)
        out->published = visible_date(page, sign);
    if (out->published == NULL) /* "Fallen crane (news of 14 January 2020)" */
        out->published = date_of(meta_of(page, descriptions), page->arena);
}

static const char *find_url(const struct cb_page *page)
{
    static const char *const names[] = {"og:url", "twitter:url", NULL};
    const char *found = NULL;
    for (const xmlNode *n = page->root; n != NULL && found == NULL; n = cb_dom_next(n, page->root)) {
        if (cb_dom_is(n, CB_EL_LINK) && cb_dom_has_word(n, "rel", "canonical"))
            found = cb_dom_attribute(n, "href");
    }
    if (found == NULL || *found == '\0')
        found = meta_of(page, names);
    if (found == NULL)
        return page->url;
    found = collapse(found, page->arena);
    if (found != NULL && page->url != NULL) {
        xmlChar *whole = xmlBuildURI((const xmlChar *)found, (const xmlChar *)page->url);
        if (whole != NULL) {
            found = cb_arena_copy(page->arena, (const char *)whole, strlen((const char *)whole));
            xmlFree(whole);
        }
    }
    bool address = found != NULL && (strncmp(found, "http://", 7) == 0 || strncmp(found, "https://", 8) == 0);
    return address ? found : page->url;
}

/* "de_DE", "en-us", "EN" as BCP 47 writes them; NULL for anything else. */
static const char *clean_language(const char *text, struct cb_arena *arena)
{
    char tag[12];
    size_t n = 0;
    text = text == NULL ? "" : text + strspn(text, " ");
    while (n < 3 && ((text[n] | 0x20) >= 'a' && (text[n] | 0x20) <= 'z')) {
        tag[n] = (char)(text[n] | 0x20);
        n++;
    }
    if (n < 2 || ((text[n] | 0x20) >= 'a' && (text[n] | 0x20) <= 'z'))
        return NULL;
    if ((text[n] == '-' || text[n] == '_') && (text[n + 1] | 0x20) >= 'a' && (text[n + 1] | 0x20) <= 'z' &&
        (text[n + 2] | 0x20) >= 'a' && (text[n + 2] | 0x20) <= 'z' &&
        !((text[n + 3] | 0x20) >= 'a' && (text[n + 3] | 0x20) <= 'z')) {
        tag[n] = '-';
        tag[n + 1] = (char)(text[n + 1] & ~0x20);
        tag[n + 2] = (char)(text[n + 2] & ~0x20);
        n += 3;
    }
    return cb_arena_copy(arena, tag, n);
}

static const char *find_language(const struct cb_page *page, const char *told)
{
    static const char *const names[] = {"og:locale", "content-language", "dc.language", "language", NULL};
    const char *const candidates[] = {cb_dom_attribute(page->root, "lang"),
                                      cb_dom_attribute(page->root, "xml:lang"), told, meta_of(page, names),
                                      cb_dom_attribute(page->body, "lang")};
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
        const char *found = clean_language(candidates[i], page->arena);
        if (found != NULL)
            return found;
    }
    return NULL;
}

static bool has_blocks(const xmlNode *node)
{
    for (const xmlNode *n = node->children; n != NULL; n = cb_dom_next(n, node)) {
        if (cb_dom_is_block(n) && !cb_dom_is(n, CB_EL_BR))
            return true;
    }
    return false;
}

/* Many pages set the opening paragraph apart, under the title, and repeat it as the page's description: what
 * stands on the page word for word is part of the article wherever it stands. */
static const char *find_lede(const struct cb_page *page)
{
    enum { SURE = 50, LEDE_MAX = 1200 };
    static const char *const names[] = {"og:description", "description", "twitter:description", NULL};
    const char *told = collapse(meta_of(page, names), page->arena);
    if (told == NULL || strlen(told) < SURE)
        return NULL;
    for (const xmlNode *n = page->body; n != NULL; n = cb_dom_next(n, page->body)) {
        if (!cb_dom_is_block(n) || cb_dom_is(n, CB_EL_SCRIPT) || cb_dom_is(n, CB_EL_STYLE) || has_blocks(n))
            continue;
        const char *text = cb_dom_string(n, LEDE_MAX, page->arena);
        if (text != NULL && strncmp(text, told, SURE) == 0 && !in_comments(n))
            return text;
    }
    return NULL;
}

void cb_page_meta(struct cb_page *page, struct cb_page_meta *out)
{
    static const char *const sites[] = {"og:site_name", "application-name", "dc.publisher",
                                        "apple-mobile-web-app-title", NULL};
    struct cb_page_meta told = {0};
    *out = told;
    collect_metas(page);
    cb_page_json_ld(page, &told);
    out->url = find_url(page);
    out->title = find_title(page, told.title);
    out->site_name = collapse(meta_of(page, sites), page->arena);
    if (out->site_name == NULL)
        out->site_name = collapse(told.site_name, page->arena);
    out->byline = find_byline(page, cb_clean_byline(told.byline, page->arena), out->site_name);
    out->published = told.published;
    out->modified = told.modified;
    find_dates(page, out);
    out->language = find_language(page, told.language);
    out->body = told.body;
    out->lede = find_lede(page);
}
