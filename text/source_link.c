#include "text/source_link.h"

#include "base/array.h"
#include "text/quote_source.h"
#include "text/sentence_scan.h"
#include "text/word_list.h"

#include <stdlib.h>
#include <string.h>

enum {
    LINKS_MAX = 1024 * 1024,
    DATELINE_TOKENS = 14,
    TARGET_LOOK = 7,
    HEARER_WITHIN = 8,
    HEARER_BEHIND_COMMA = 200
};

void cb_link_list_release(struct cb_link_list *list)
{
    free(list->items);
    *list = (struct cb_link_list){0};
}

/* Outlets whose names do not tell that they are; and the last words of those that do. In byte order. */
static const char *const outlets[] = {"abc",
                                      "afp",
                                      "al arabiya",
                                      "al jazeera",
                                      "anadolu",
                                      "ani",
                                      "ansa",
                                      "ap",
                                      "associated press",
                                      "axios",
                                      "bbc",
                                      "belta",
                                      "bild",
                                      "bloomberg",
                                      "breitbart",
                                      "buzzfeed",
                                      "caixin",
                                      "cbc",
                                      "cbs",
                                      "cgtn",
                                      "cnbc",
                                      "cnn",
                                      "corriere della sera",
                                      "der spiegel",
                                      "die welt",
                                      "die zeit",
                                      "dpa",
                                      "efe",
                                      "el mundo",
                                      "el país",
                                      "facebook",
                                      "financial times",
                                      "forbes",
                                      "fox",
                                      "fox & friends",
                                      "haaretz",
                                      "handelsblatt",
                                      "huffpost",
                                      "instagram",
                                      "interfax",
                                      "itar-tass",
                                      "izvestia",
                                      "kommersant",
                                      "kyodo",
                                      "la repubblica",
                                      "la stampa",
                                      "le figaro",
                                      "le monde",
                                      "meduza",
                                      "mother jones",
                                      "msnbc",
                                      "nbc",
                                      "new yorker",
                                      "newsweek",
                                      "npr",
                                      "pbs",
                                      "politico",
                                      "pravda",
                                      "press tv",
                                      "pti",
                                      "reuters",
                                      "ria",
                                      "ria novosti",
                                      "rt",
                                      "rtl",
                                      "ruptly",
                                      "sana",
                                      "sky",
                                      "slate",
                                      "spiegel",
                                      "sputnik",
                                      "tass",
                                      "telegram",
                                      "the atlantic",
                                      "the economist",
                                      "the hill",
                                      "the intercept",
                                      "time",
                                      "twitter",
                                      "ukrinform",
                                      "unian",
                                      "united press international",
                                      "upi",
                                      "usa today",
                                      "vice",
                                      "vox",
                                      "wikileaks",
                                      "wired",
                                      "xinhua",
                                      "yonhap",
                                      "youtube"};

static const char *const outlet_last_words[] = {
    "advertiser", "argus",    "broadcasting", "bulletin",  "chronicle",  "compass",   "courier",
    "daily",      "dispatch", "echo",         "examiner",  "express",    "gazette",   "globe",
    "guardian",   "herald",   "independent",  "inquirer",  "journal",    "magazine",  "mail",
    "messenger",  "mirror",   "monitor",      "network",   "news",       "newspaper", "newswire",
    "observer",   "post",     "press",        "radio",     "reporter",   "review",    "sentinel",
    "standard",   "star",     "sun",          "telegraph", "television", "times",     "today",
    "tribune",    "tv",       "weekly",       "wire"};

/* "Fars News Agency", but not the Environment Agency. */
static bool is_agency(const char *before, size_t len)
{
    static const char *const kinds[] = {"news", "press", "telegraph"};
    while (len > 0 && before[len - 1] == ' ')
        len--;
    size_t at = len;
    while (at > 0 && before[at - 1] != ' ')
        at--;
    return CB_WORD_IN(kinds, before + at, len - at);
}

/* "Emily Post", "Ray Star": a given name before a word that is a surname too. */
static bool is_persons(const char *name, size_t first, size_t at, size_t len)
{
    static const char *const surnames[] = {"post", "star", "sun", "wire"};
    return at == first + 1 && cb_is_given_name(name, first) && CB_WORD_IN(surnames, name + at, len - at);
}

bool cb_is_outlet_name(const char *name, size_t len)
{
    static const char *const first_words[] = {"daily", "radio", "tv"};
    bool article = len > 4 && strncmp(name, "The ", 4) == 0;
    if (article) {
        if (CB_WORD_IN(outlets, name, len))
            return true;
        name += 4;
        len -= 4;
    }
    size_t first = 0, at = len;
    while (first < len && name[first] != ' ')
        first++;
    if (CB_WORD_IN(outlets, name, len) || (first < len && CB_WORD_IN(first_words, name, first)))
        return true;
    while (at > 0 && name[at - 1] != ' ')
        at--;
    if (len - at == 6 && strncmp(name + at, "Agency", 6) == 0)
        return is_agency(name, at);
    return (at > 0 || article) && CB_WORD_IN(outlet_last_words, name + at, len - at) &&
           !is_persons(name, first, at, len);
}

struct found_target {
    struct cb_token_range tokens;
    bool person, place, certain;
    uint32_t end;
};

static bool outlet_word(const struct cb_reading *r, uint32_t i)
{
    return cb_is_outlet_word(cb_token_text(r, i), cb_token_len(r, i));
}

/* The name that follows from token `at`: "the newspaper “Kommersant”", "the Kommersant newspaper". */
static bool target_at(const struct cb_reading *r, struct cb_token_range range, uint32_t at,
                      struct found_target *out)
{
    bool certain = false;
    for (uint32_t i = at; i < range.end && i < at + TARGET_LOOK; i++) {
        struct cb_name_parts parts;
        uint32_t end = cb_name_at(r, range, i, &parts);
        if (end == i || parts.name.start == parts.name.end) {
            bool passes =
                cb_token_is_one(r, i, "the|a|an|state|local|national|private|its|news|russia|'s|’s") ||
                cb_token_is_quote(r, i) || outlet_word(r, i) || end > i || r->nodes[i].tag == CB_TAG_JJ;
            if (!passes)
                return false;
            certain |= outlet_word(r, i) && !cb_token_is(r, i, "news");
            i = end > i ? end - 1 : i;
            continue;
        }
        if (end < range.end && cb_token_is_possessive(r, end))
            return false; /* "CNN's Jake Tapper": a person; found by his own words if at all */
        uint32_t behind = end;
        if (behind < range.end && r->tokens[behind].kind == CB_TOKEN_QUOTE_CLOSE)
            behind++;
        if (behind < range.end && outlet_word(r, behind)) {
            certain = true;
            behind++;
        }
        *out = (struct found_target){.tokens = parts.name,
                                     .person = parts.person,
                                     .place = parts.place,
                                     .certain = certain,
                                     .end = behind};
        return true;
    }
    return false;
}

struct scanner {
    const struct cb_reading *r;
    uint32_t sentence, first_sentence;
    struct cb_token_range range;
    struct cb_link_list *list;
    struct cb_err *err;
};

static enum cb_code add_link(struct scanner *s, enum cb_link_kind kind, const char *what, uint32_t from,
                             const struct found_target *target, bool certain)
{
    void *items = s->list->items;
    enum cb_code code = cb_array_reserve(&items, &s->list->capacity, s->list->count + 1,
                                         sizeof *s->list->items, LINKS_MAX, "source links", s->err);
    s->list->items = items;
    if (code != CB_OK)
        return code;
    uint32_t first = from < target->tokens.start ? from : target->tokens.start;
    uint32_t end = from + 1 > target->end ? from + 1 : target->end;
    struct cb_link_found link = {.kind = kind,
                                 .what = what,
                                 .target = cb_range_span(s->r, target->tokens),
                                 .span = cb_range_span(s->r, (struct cb_token_range){first, end}),
                                 .sentence = s->first_sentence + s->sentence,
                                 .certain =
                                     (certain || target->certain) && !target->person && !target->place};
    s->list->items[s->list->count++] = link;
    return CB_OK;
}

static bool has_interview(const struct scanner *s, uint32_t from)
{
    for (uint32_t i = from; i < s->range.end && i < from + 8; i++) {
        if (cb_token_is(s->r, i, "interview"))
            return true;
    }
    return false;
}

static const char *publication_at(const struct cb_reading *r, uint32_t i)
{
    static const char *const words[] = {"report",    "article",    "story",   "column",
                                        "op-ed",     "broadcast",  "podcast", "documentary",
                                        "editorial", "commentary", "essay"};
    for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
        if (cb_token_is(r, i, words[w]))
            return words[w];
    }
    return NULL;
}

/* Every word that keyword() looks for; in byte order. */
static const char *const keywords[] = {
    "according",   "aired",      "appeared",   "appearing",   "article",   "broadcast", "cited",
    "citing",      "column",     "commentary", "documentary", "editorial", "essay",     "interview",
    "interviewed", "interviews", "leaked",     "obtained",    "op-ed",     "podcast",   "posted",
    "printed",     "published",  "quoted",     "quoting",     "report",    "reported",  "reviewed",
    "said",        "saying",     "seen",       "speaking",    "spoke",     "story",     "talked",
    "talking",     "tell",       "telling",    "tells",       "told",      "wrote"};

/* The patterns that begin with a word of their own at token i. */
static enum cb_code keyword(struct scanner *s, uint32_t i)
{
    const struct cb_reading *r = s->r;
    struct found_target target;
    uint32_t next = i + 1;
    if (next >= s->range.end || !CB_WORD_IN(keywords, cb_token_text(r, i), cb_token_len(r, i)))
        return CB_OK;
    const char *publication = publication_at(r, i);
    if (cb_token_is_one(r, i, "interview|interviews|interviewed") &&
        cb_token_is_one(r, next, "with|to|on|for|by|in") && target_at(r, s->range, next + 1, &target) &&
        !target.person)
        return add_link(s, CB_LINK_PRIMARY_SOURCE, "interview", i, &target,
                        cb_token_is_one(r, i, "interview"));
    if (cb_token_is_one(r, i, "told|tells|telling|tell") && target_at(r, s->range, next, &target)) {
        bool interview = has_interview(s, target.end);
        return add_link(s, interview ? CB_LINK_PRIMARY_SOURCE : CB_LINK_QUOTATION,
                        interview ? "interview" : "statement", i, &target, false);
    }
    if (cb_token_is(r, i, "according") && cb_token_is(r, next, "to") &&
        target_at(r, s->range, next + 1, &target))
        return add_link(s, CB_LINK_DERIVED_FROM, "report", i, &target, false);
    if (cb_token_is_one(r, i, "citing|quoting") && target_at(r, s->range, next, &target))
        return add_link(s, CB_LINK_DERIVED_FROM, "report", i, &target, false);
    if (cb_token_is_one(r, i, "appeared|published|printed|posted") && i > s->range.start &&
        cb_token_is_one(r, i - 1, "first|originally|was") && cb_token_is_one(r, next, "in|on|at|by") &&
        target_at(r, s->range, next + 1, &target)) {
        bool first = cb_token_is_one(r, i - 1, "first|originally");
        return add_link(s, first ? CB_LINK_REPUBLICATION : CB_LINK_DERIVED_FROM, "article", i, &target,
                        first);
    }
    if (cb_token_is_one(
            r, i, "reported|published|obtained|seen|reviewed|broadcast|aired|quoted|cited|printed|leaked") &&
        cb_token_is_one(r, next, "by|in|on") && target_at(r, s->range, next + 1, &target))
        return add_link(s, CB_LINK_DERIVED_FROM, "report", i, &target, false);
    if (publication != NULL && cb_token_is_one(r, next, "by|in|from|for|on") &&
        target_at(r, s->range, next + 1, &target))
        return add_link(s, CB_LINK_DERIVED_FROM, publication, i, &target, false);
    if (cb_token_is_one(r, i, "spoke|speaking|talking|talked|appearing|appeared|saying|said|wrote|posted") &&
        cb_token_is_one(r, next, "to|with|on|in") && target_at(r, s->range, next + 1, &target))
        return add_link(s, CB_LINK_QUOTATION, "statement", i, &target, false);
    return CB_OK;
}

/* Does the verb of saying stand before token `to`, whose hearer follows it? Right before with its subject or
 * object ("declared the mayor to …"), or further before a comma ("declared Tuesday that …, to the news agency
 * X"), where the search has an end too, because a list of hearers may be as long as a sentence. */
static bool is_said_to(const struct scanner *s, uint32_t to)
{
    bool comma = to > s->range.start && cb_token_is_char(s->r, to - 1, ',');
    uint32_t within = comma ? HEARER_BEHIND_COMMA : HEARER_WITHIN;
    for (uint32_t i = to; i > s->range.start && to - i < within; i--) {
        if (cb_token_is_saying(s->r, i - 1))
            return true;
        if (!comma && (cb_tag_is_verb(s->r->nodes[i - 1].tag) || cb_token_is_char(s->r, i - 1, ',')))
            return false;
    }
    return false;
}

/* "…, to the news agency Coastal Wire": a hearer that the text calls an outlet, or whose name tells it. */
static enum cb_code said_to(struct scanner *s, uint32_t to)
{
    struct found_target target;
    if (to + 1 >= s->range.end || !cb_token_is(s->r, to, "to") || !is_said_to(s, to) ||
        !target_at(s->r, s->range, to + 1, &target) || target.person)
        return CB_OK;
    struct cb_span name = cb_range_span(s->r, target.tokens);
    if (!target.certain && !cb_is_outlet_name(s->r->text + name.start, name.end - name.start))
        return CB_OK;
    return add_link(s, CB_LINK_QUOTATION, "statement", to, &target, false);
}

/* "The Guardian reported that …", "CNN reports" */
static enum cb_code name_and_verb(struct scanner *s, const struct cb_name_parts *parts, uint32_t end)
{
    uint32_t start = parts->name.start;
    bool called = start > s->range.start && outlet_word(s->r, start - 1); /* "the agency NCA reported" */
    struct found_target target = {
        .tokens = parts->name, .person = parts->person, .place = parts->place, .certain = called, .end = end};
    uint32_t verb = end;
    while (verb < s->range.end && verb < end + 3 &&
           (s->r->nodes[verb].tag == CB_TAG_RB || cb_token_is_one(s->r, verb, "has|had|also|first")))
        verb++;
    if (verb < s->range.end && cb_token_is_one(s->r, verb, "interview"))
        return add_link(s, CB_LINK_PRIMARY_SOURCE, "interview", verb, &target, false);
    if (verb < s->range.end &&
        cb_token_is_one(s->r, verb, "reported|reports|report|writes|wrote|learned|revealed|noted"))
        return add_link(s, CB_LINK_DERIVED_FROM, "report", verb, &target, false);
    return CB_OK;
}

/* Do the brackets that hold the target belong to a dateline, which ends behind them? Then whoever stands in
 * them is an agency. */
static bool is_in_dateline(const struct scanner *s, const struct found_target *target)
{
    /* a dateline in capitals is a sentence of its own */
    uint32_t last = s->sentence + 1 < s->r->sentence_count ? s->sentence + 1 : s->sentence;
    uint32_t start = s->r->tokens[s->range.start].span.start, end = s->r->sentences[last].span.end;
    size_t body = cb_dateline_lead_end(s->r->text, start, end);
    return body > s->r->tokens[target->end].span.start && !target->place && !target->person;
}

/* "OSLO (Reuters) -" at the head of a paragraph; "(AP)" after a first phrase. "(Reuters/Ann Lee)" behind a
 * caption is who took the photograph. */
static enum cb_code agency_dateline(struct scanner *s)
{
    bool begins = s->sentence == 0 ||
                  s->r->sentences[s->sentence].paragraph != s->r->sentences[s->sentence - 1].paragraph;
    if (!begins || cb_token_is_one(s->r, s->range.start, "caption|file|image|photo|photograph|picture|video"))
        return CB_OK;
    for (uint32_t i = s->range.start; i + 2 < s->range.end && i < s->range.start + DATELINE_TOKENS; i++) {
        struct found_target target;
        if (!cb_token_is_char(s->r, i, '(') || !target_at(s->r, s->range, i + 1, &target) ||
            target.end >= s->range.end)
            continue;
        bool slash = cb_token_is_char(s->r, target.end, '/');
        struct cb_span name = cb_range_span(s->r, target.tokens);
        bool known = cb_is_outlet_name(s->r->text + name.start, name.end - name.start);
        if (!(slash || cb_token_is_char(s->r, target.end, ')')) ||
            !(is_in_dateline(s, &target) || (known && !slash)))
            continue;
        target.end += !slash; /* "(NCA)" with both brackets */
        return add_link(s, CB_LINK_REPUBLICATION, "agency copy", i, &target, true);
    }
    return CB_OK;
}

static enum cb_code scan_sentence(struct scanner *s)
{
    enum cb_code code = agency_dateline(s);
    for (uint32_t i = s->range.start; i < s->range.end && code == CB_OK;) {
        struct cb_name_parts parts;
        uint32_t end = cb_name_at(s->r, s->range, i, &parts);
        if (end > i) {
            if (parts.name.start < parts.name.end && !parts.person)
                code = name_and_verb(s, &parts, end);
            i = end;
            continue;
        }
        code = cb_token_is(s->r, i, "to") ? said_to(s, i) : keyword(s, i);
        i++;
    }
    return code;
}

enum cb_code cb_links_find(const struct cb_reading *r, uint32_t first_sentence, struct cb_link_list *list,
                           struct cb_err *err)
{
    struct scanner s = {.r = r, .first_sentence = first_sentence, .list = list, .err = err};
    enum cb_code code = CB_OK;
    for (s.sentence = 0; s.sentence < r->sentence_count && code == CB_OK; s.sentence++) {
        s.range = cb_sentence_tokens(r, s.sentence);
        code = scan_sentence(&s);
    }
    return code;
}

/* ---- over the whole text ---- */

static const char *copy_span(const char *text, struct cb_span span, struct cb_arena *arena)
{
    return cb_arena_copy(arena, text + span.start, span.end - span.start);
}

/* "told the Observer": the article before it makes a name of the one word. */
static bool is_the_paper(const char *text, const struct cb_link_found *found)
{
    static const char the[] = "the ";
    size_t len = sizeof the - 1;
    struct cb_span name = found->target;
    bool hearer = found->kind == CB_LINK_QUOTATION || found->kind == CB_LINK_PRIMARY_SOURCE;
    return hearer && name.start >= len && memcmp(text + name.start - len, the, len) == 0 &&
           CB_WORD_IN(outlet_last_words, text + name.start, name.end - name.start);
}

enum cb_code cb_links_resolve(const char *text, const struct cb_link_list *list,
                              const struct cb_entities *entities, const int *speaker_of,
                              struct cb_arena *arena, const struct cb_source_link **out, size_t *count,
                              struct cb_err *err)
{
    struct cb_source_link *links = cb_arena_array(arena, list->count + 1, sizeof *links);
    bool *outlet = cb_arena_array(arena, entities->count + 1, sizeof *outlet);
    size_t n = 0;
    if (links == NULL || outlet == NULL)
        return cb_no_memory(err);
    for (size_t i = 0; i < list->count; i++) {
        uint32_t e = cb_entity_named(entities, text, list->items[i].target);
        if (e != CB_ENTITY_NONE && list->items[i].certain)
            outlet[e] = true;
    }
    for (size_t i = 0; i < list->count; i++) {
        const struct cb_link_found *found = &list->items[i];
        uint32_t e = cb_entity_named(entities, text, found->target);
        struct cb_span name = found->target;
        if (!found->certain && !(e != CB_ENTITY_NONE && outlet[e]) &&
            !cb_is_outlet_name(text + name.start, name.end - name.start) && !is_the_paper(text, found))
            continue;
        /* who speaks in a dateline's sentence has nothing to do with where the article is from */
        int speaker = found->kind == CB_LINK_REPUBLICATION ? CB_NO_SPEAKER : speaker_of[found->sentence];
        const char *target = copy_span(text, name, arena);
        if (target == NULL)
            return cb_no_memory(err);
        bool known = false;
        for (size_t k = n; k > 0 && n - k < 64 && !known; k--)
            known = links[k - 1].kind == found->kind && links[k - 1].speaker == speaker &&
                    strcmp(links[k - 1].target, target) == 0;
        if (known)
            continue;
        links[n++] = (struct cb_source_link){.kind = found->kind,
                                             .target = target,
                                             .what = found->what,
                                             .speaker = speaker,
                                             .span = found->span,
                                             .sentence = found->sentence};
    }
    *out = links;
    *count = n;
    return CB_OK;
}
