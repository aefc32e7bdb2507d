/* What a page says of itself in JSON-LD (schema.org). */
#include "importer/html_dom.h"

#include <jansson.h>
#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Deeper than this no publisher nests; a graph of more objects is not searched. */
enum { DEPTH_MAX = 12, BLOCK_MAX = 1024 * 1024, NAMES_MAX = 400 };

struct search {
    const struct cb_page *page;
    json_t *whole; /* the block, to look up "@id" */
    struct cb_page_meta *out;
};

/* The code point of the character reference at `text` ("&amp;", "&#8217;"), and its length; 0: none. */
static int reference(const char *text, size_t *len)
{
    size_t n = strcspn(text, ";");
    char name[12];
    *len = n + 1;
    if (n < 2 || n >= sizeof name || text[n] != ';')
        return 0;
    memcpy(name, text + 1, n - 1);
    name[n - 1] = '\0';
    if (name[0] == '#') {
        long value = strtol(name[1] == 'x' || name[1] == 'X' ? name + 2 : name + 1, NULL,
                            name[1] == 'x' || name[1] == 'X' ? 16 : 10);
        return value >= 0x20 && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF) ? (int)value : 0;
    }
    const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)name);
    return entity == NULL ? 0 : (int)entity->value;
}

/* Publishers leave HTML's character references in their JSON. */
static const char *copy(const struct search *s, const char *text)
{
    text += strspn(text, " \t\r\n");
    size_t len = strlen(text), out = 0;
    char *made = len == 0 ? NULL : cb_arena_copy(s->page->arena, text, len);
    for (size_t at = 0; made != NULL && at < len;) {
        size_t n = 0;
        int point = text[at] == '&' ? reference(text + at, &n) : 0;
        xmlChar bytes[8];
        int size = point == 0 ? 0 : xmlCopyCharMultiByte(bytes, point);
        if (size > 0 && (size_t)size <= n) {
            memcpy(made + out, bytes, (size_t)size);
            out += (size_t)size;
            at += n;
        } else {
            made[out++] = text[at++];
        }
    }
    if (made != NULL)
        made[out] = '\0';
    return made;
}

static bool has_type(const json_t *object, const char *const *types, size_t count)
{
    const json_t *type = json_object_get(object, "@type");
    size_t values = json_is_array(type) ? json_array_size(type) : 1;
    for (size_t i = 0; i < values; i++) {
        const char *name = json_string_value(json_is_array(type) ? json_array_get(type, i) : type);
        for (size_t k = 0; name != NULL && k < count; k++) {
            if (strcasecmp(name, types[k]) == 0)
                return true;
        }
    }
    return false;
}

static const json_t *find_id(json_t *value, const char *id, int depth)
{
    const char *key;
    json_t *member;
    const json_t *found = NULL;
    if (depth > DEPTH_MAX)
        return NULL;
    if (json_is_object(value)) {
        const char *mine = json_string_value(json_object_get(value, "@id"));
        if (mine != NULL && strcmp(mine, id) == 0 && json_object_get(value, "name") != NULL)
            return value;
        json_object_foreach(value, key, member)
        {
            found = found != NULL ? found : find_id(member, id, depth + 1);
        }
    } else if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value) && found == NULL; i++)
            found = find_id(json_array_get(value, i), id, depth + 1);
    }
    return found;
}

static void add_name(const struct search *s, const json_t *value, struct cb_buffer *names, int depth)
{
    if (depth > DEPTH_MAX)
        return;
    if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++)
            add_name(s, json_array_get(value, i), names, depth + 1);
        return;
    }
    if (json_is_object(value)) {
        const json_t *name = json_object_get(value, "name");
        const char *id = json_string_value(json_object_get(value, "@id"));
        if (name == NULL && id != NULL)
            name = json_object_get(find_id(s->whole, id, 0), "name");
        add_name(s, name, names, depth + 1);
        return;
    }
    const char *text = json_string_value(value);
    if (text == NULL || *text == '\0' || strstr(text, "://") != NULL)
        return;
    if (names->len > 0)
        cb_buffer_add_text(names, "; ");
    cb_buffer_add_text(names, text);
}

static const char *names_of(const struct search *s, const json_t *value)
{
    struct cb_buffer names;
    cb_buffer_init(&names, NAMES_MAX);
    add_name(s, value, &names, 0);
    const char *found = names.len > 0 && !names.failed ? copy(s, cb_buffer_text(&names)) : NULL;
    cb_buffer_release(&names);
    return found;
}

static void set_text(const struct search *s, const json_t *object, const char *key, const char **field)
{
    const char *text = json_string_value(json_object_get(object, key));
    if (*field == NULL && text != NULL)
        *field = copy(s, text);
}

static void set_date(const struct search *s, const json_t *object, const char *key, const char **field)
{
    const char *text = json_string_value(json_object_get(object, key));
    if (*field == NULL && text != NULL)
        *field = cb_page_date(text, strlen(text), s->page->arena);
}

static void read_article(const struct search *s, const json_t *object)
{
    struct cb_page_meta *out = s->out;
    set_text(s, object, "headline", &out->title);
    set_text(s, object, "articleBody", &out->body);
    set_text(s, object, "inLanguage", &out->language);
    set_date(s, object, "datePublished", &out->published);
    if (out->published == NULL)
        set_date(s, object, "dateCreated", &out->published);
    set_date(s, object, "dateModified", &out->modified);
    if (out->byline == NULL)
        out->byline = names_of(s, json_object_get(object, "author"));
    if (out->byline == NULL)
        out->byline = names_of(s, json_object_get(object, "creator"));
    if (out->site_name == NULL)
        out->site_name = names_of(s, json_object_get(object, "publisher"));
}

static void search_value(const struct search *s, json_t *value, bool pages, int depth)
{
    static const char *const articles[] = {"NewsArticle",          "Article",
                                           "BlogPosting",          "ReportageNewsArticle",
                                           "AnalysisNewsArticle",  "OpinionNewsArticle",
                                           "ReviewNewsArticle",    "TechArticle",
                                           "ScholarlyArticle",     "LiveBlogPosting",
                                           "SocialMediaPosting",   "Report",
                                           "BackgroundNewsArticle"};
    static const char *const page_types[] = {"WebPage", "ItemPage", "Recipe", "PodcastEpisode",
                                             "VideoObject"};
    const char *key;
    json_t *member;
    if (depth > DEPTH_MAX)
        return;
    if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++)
            search_value(s, json_array_get(value, i), pages, depth + 1);
        return;
    }
    if (!json_is_object(value))
        return;
    if (!pages && has_type(value, articles, sizeof articles / sizeof *articles)) {
        read_article(s, value);
        return;
    }
    if (pages && has_type(value, page_types, sizeof page_types / sizeof *page_types)) {
        set_date(s, value, "datePublished", &s->out->published);
        set_date(s, value, "dateModified", &s->out->modified);
        if (s->out->byline == NULL)
            s->out->byline = names_of(s, json_object_get(value, "author"));
    }
    json_object_foreach(value, key, member)
    {
        if (strcmp(key, "comment") != 0 && strcmp(key, "hasPart") != 0 && strcmp(key, "isRelatedTo") != 0)
            search_value(s, member, pages, depth + 1);
    }
}

/* The script's text as JSON: without comments and CDATA marks around it, control characters made blanks (many
 * publishers leave line breaks in strings). NULL when it is no JSON. */
static json_t *parse(const xmlNode *script)
{
    struct cb_buffer text;
    json_t *value = NULL;
    cb_buffer_init(&text, BLOCK_MAX);
    for (const xmlNode *n = script->children; n != NULL; n = n->next) {
        if (n->content != NULL)
            cb_buffer_add_text(&text, (const char *)n->content);
    }
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.data[i] < 0x20)
            text.data[i] = ' ';
    }
    const char *bytes = cb_buffer_text(&text), *open = strpbrk(bytes, "{[");
    const char *close = bytes + text.len;
    while (open != NULL && close > open && close[-1] != '}' && close[-1] != ']')
        close--;
    if (open != NULL && close > open && !text.failed)
        value = json_loadb(open, (size_t)(close - open), 0, NULL);
    cb_buffer_release(&text);
    return value;
}

void cb_page_json_ld(const struct cb_page *page, struct cb_page_meta *out)
{
    for (int pages = 0; pages < 2; pages++) {
        for (const xmlNode *n = page->root; n != NULL; n = cb_dom_next(n, page->root)) {
            const char *type = cb_dom_is(n, CB_EL_SCRIPT) ? cb_dom_attribute(n, "type") : NULL;
            if (type == NULL || strncasecmp(type, "application/ld+json", 19) != 0)
                continue;
            json_t *value = parse(n);
            const struct search s = {.page = page, .whole = value, .out = out};
            search_value(&s, value, pages > 0, 0);
            json_decref(value);
        }
    }
}
