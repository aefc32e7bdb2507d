#include "text/reference.h"

#include "base/array.h"
#include "text/name_find.h"

#include <stdlib.h>

enum { PHRASE_TOKENS_MAX = 40, REFERENCES_MAX = CB_TEXT_MAX / 2 };

void cb_reference_list_release(struct cb_reference_list *list)
{
    free(list->items);
    *list = (struct cb_reference_list){0};
}

enum cb_code cb_reference_list_add(struct cb_reference_list *list, const struct cb_reference *reference,
                                   int32_t *index, struct cb_err *err)
{
    void *items = list->items;
    enum cb_code code = cb_array_reserve(&items, &list->capacity, list->count + 1, sizeof *list->items,
                                         REFERENCES_MAX, "sources", err);
    list->items = items;
    if (code != CB_OK)
        return code;
    *index = (int32_t)list->count;
    list->items[list->count++] = *reference;
    return CB_OK;
}

static bool capital(const struct cb_reading *r, uint32_t i)
{
    return (r->tokens[i].flags & CB_TOKEN_UPPER) != 0;
}

static bool is_preposition(const struct cb_reading *r, uint32_t i)
{
    return cb_token_is_one(r, i,
                           "of|for|from|at|in|with|by|to|on|against|near|among|inside|outside|within|behind|"
                           "who|whom|whose|which|that|over|under|about|during|after|before|into|than|as");
}

static bool read_pronoun(const struct cb_reading *r, struct cb_token_range range, struct cb_reference *out)
{
    static const struct {
        const char *words;
        uint8_t kind, gender;
    } pronouns[] = {
        {"he|him|himself|his", CB_REFERENCE_HE, CB_GENDER_MALE},
        {"she|her|herself|hers", CB_REFERENCE_HE, CB_GENDER_FEMALE},
        {"it|itself|which|its", CB_REFERENCE_IT, CB_GENDER_UNKNOWN},
        {"another", CB_REFERENCE_SAME, CB_GENDER_UNKNOWN},
        {"they|them|themselves|their|theirs|those|these", CB_REFERENCE_THEY, CB_GENDER_UNKNOWN},
        {"who|that|whom|whose", CB_REFERENCE_WHO, CB_GENDER_UNKNOWN},
        {"i|we|me|us|my|our|ours|mine|myself|ourselves", CB_REFERENCE_I, CB_GENDER_UNKNOWN},
    };
    if (range.end - range.start > 2)
        return false;
    for (size_t i = 0; i < sizeof pronouns / sizeof *pronouns; i++) {
        if (!cb_token_is_one(r, range.start, pronouns[i].words))
            continue;
        if (capital(r, range.start) && cb_token_is(r, range.start, "us") &&
            (r->tokens[range.start].flags & CB_TOKEN_ALL_CAPS) != 0)
            return false; /* the US */
        if (range.end - range.start == 2 && !cb_token_is_one(r, range.start + 1,
                                                             "also|both|all|himself|herself|"
                                                             "themselves|itself|too"))
            return false;
        out->kind = pronouns[i].kind;
        out->gender = pronouns[i].gender;
        return true;
    }
    return false;
}

/* What a phrase holds at its top level. */
struct phrase {
    struct cb_token_range range;
    struct cb_name_parts best; /* the name that is the source */
    bool has_name, has_person;
    unsigned persons;      /* names of persons joined by "and" */
    bool organisations;    /* "Reuters and the Tarn Observer" */
    uint32_t extent_start; /* where the organisation's own phrase begins: "Russia's General Staff" */
    uint32_t extent_end;
};

/* A lower-case noun directly behind a name makes the name its modifier: "Trump campaign". */
static bool modifies_next(const struct cb_reading *r, const struct phrase *p, uint32_t end)
{
    if (end >= p->range.end)
        return false;
    uint8_t tag = r->nodes[end].tag;
    return cb_token_is_possessive(r, end) ||
           ((tag == CB_TAG_NN || tag == CB_TAG_NNS || tag == CB_TAG_JJ || tag == CB_TAG_HYPH ||
             (cb_tag_is_noun(tag) && !capital(r, end))) && /* "the Skerra island/NNP council" */
            !cb_token_is_one(r, end, "himself|herself|itself|themselves|himself|too|also|today|yesterday"));
}

/* "the Tarn Water company": the noun says again what the name is. */
static bool is_companys_noun(const struct cb_reading *r, const struct phrase *p,
                             const struct cb_name_parts *parts, uint32_t noun)
{
    return parts->company && noun + 1 == p->range.end && !capital(r, noun) &&
           cb_is_company_noun(cb_token_text(r, noun), cb_token_len(r, noun));
}

/* Does "and" or "and the" stand between the phrase's name and what begins at `begins`? */
static bool is_joined(const struct cb_reading *r, const struct phrase *p, uint32_t begins)
{
    uint32_t at = p->best.name.end;
    bool article = begins == at + 2 && cb_token_is(r, at + 1, "the");
    return begins > at && cb_token_is(r, at, "and") && (begins == at + 1 || article);
}

static void offer_name(const struct cb_reading *r, struct phrase *p, const struct cb_name_parts *parts,
                       uint32_t begins, uint32_t last_possessor)
{
    bool person = !parts->organisation && !parts->place;
    if (p->has_name && !p->has_person && parts->organisation && !parts->place && !p->best.place)
        p->organisations |= is_joined(r, p, begins);
    if (person)
        p->persons++;
    bool better = !p->has_name || (person && !p->has_person);
    if (!better)
        return;
    p->best = *parts;
    p->has_name = true;
    p->has_person = person;
    p->extent_start = person ? parts->name.start : begins;
    if (!person && last_possessor != UINT32_MAX)
        p->extent_start = last_possessor;
    p->extent_end = parts->name.end;
}

/* Walks over the phrase; names under a preposition or before a noun are not the source. */
static void find_names(const struct cb_reading *r, struct phrase *p)
{
    bool nested = false;
    uint32_t possessor = UINT32_MAX; /* begin of the name with 's directly before */
    for (uint32_t i = p->range.start; i < p->range.end;) {
        struct cb_name_parts parts;
        uint32_t end = cb_name_at(r, p->range, i, &parts);
        if (end == i) {
            if (cb_token_is_char(r, i, ','))
                nested = false;
            else if (i > p->range.start && is_preposition(r, i))
                nested = true;
            if (!cb_token_is_possessive(r, i))
                possessor = UINT32_MAX;
            i++;
            continue;
        }
        bool modifier = modifies_next(r, p, end) && !is_companys_noun(r, p, &parts, end);
        bool role_first = parts.title.end > parts.title.start; /* "minister for trade Ann Lee" */
        bool ends = end == p->range.end;
        bool two_words = parts.name.end - parts.name.start >= 2 && !parts.organisation && !parts.place;
        if (parts.name.start < parts.name.end && !modifier &&
            (!nested || role_first ||
             (ends && two_words && i > p->range.start && !is_preposition(r, i - 1) &&
              !cb_token_is_one(r, i - 1, "and|the|a|an"))))
            offer_name(r, p, &parts, i, possessor);
        possessor = end < p->range.end && cb_token_is_possessive(r, end) ? i : UINT32_MAX;
        i = end;
    }
}

/* "Regarding the strikes on the fields Lavrov": no phrase of one who speaks; the name at its end is. */
static bool begins_without_noun(const struct cb_reading *r, struct cb_token_range range)
{
    uint8_t tag = r->nodes[range.start].tag;
    return tag == CB_TAG_IN || tag == CB_TAG_VBG || tag == CB_TAG_TO || tag == CB_TAG_CC;
}

static void find_last_name(const struct cb_reading *r, struct phrase *p)
{
    for (uint32_t i = p->range.start; i < p->range.end;) {
        struct cb_name_parts parts;
        uint32_t end = cb_name_at(r, p->range, i, &parts);
        if (end == p->range.end && parts.name.start < parts.name.end)
            offer_name(r, p, &parts, i, UINT32_MAX);
        i = end > i ? end : i + 1;
    }
}

/* Head of a description: the last noun before the first preposition, comma or clause. */
static uint32_t description_head(const struct cb_reading *r, struct cb_token_range range, int32_t head_token)
{
    if (head_token >= (int32_t)range.start && head_token < (int32_t)range.end &&
        cb_tag_is_noun(r->nodes[head_token].tag))
        return (uint32_t)head_token;
    uint32_t head = range.start;
    bool noun = false;
    for (uint32_t i = range.start; i < range.end; i++) {
        uint8_t tag = r->nodes[i].tag;
        bool participle = tag == CB_TAG_VBN || tag == CB_TAG_VBG;
        if ((i > range.start && is_preposition(r, i)) || cb_token_is_char(r, i, ',') ||
            cb_token_is_quote(r, i))
            break;
        if ((cb_tag_is_verb(tag) && !participle) || (participle && noun))
            break;
        if (cb_tag_is_noun(tag) || (!noun && cb_token_is_word(r, i)))
            head = i;
        noun |= cb_tag_is_noun(tag);
    }
    return head;
}

static void read_description(const struct cb_reading *r, struct cb_token_range range, int32_t head_token,
                             struct cb_reference *out)
{
    uint32_t head = description_head(r, range, -1);
    bool no_role = false;
    if (cb_role_word_find(cb_token_text(r, head), cb_token_len(r, head), &no_role) == NULL)
        head = description_head(r, range, head_token);
    bool plural = false;
    if (cb_token_is_one(r, head, "one|some|many|most|several|none|any|each") && head + 2 < range.end &&
        cb_token_is(r, head + 1, "of")) /* one of the officials */
        head = description_head(r, (struct cb_token_range){head + 2, range.end}, -1);
    if (cb_token_is_one(r, head, "the|a|an|you|your|this|there|here|nobody|what|how|why|when|where")) {
        out->kind = CB_REFERENCE_NONE;
        return;
    }
    const char *word = cb_token_text(r, head);
    size_t len = cb_token_len(r, head);
    const struct cb_role_word *role = cb_role_word_find(word, len, &plural);
    bool article = cb_token_is_one(r, range.start, "the|this|that|his|her|their|its|our|my");
    bool indefinite =
        cb_token_is_one(r, range.start,
                        "a|an|one|another|some|several|many|few|two|three|four|five|other|no|any|"
                        "every|each|most|various|certain|both|numerous");
    out->head = r->tokens[head].span;
    for (uint32_t i = head + 1; i < range.end; i++) { /* "the administration two times" */
        uint8_t after = r->nodes[i].tag;
        if (r->tokens[i].span.end > out->span.end)
            break;
        if (after == CB_TAG_CD || after == CB_TAG_RB || cb_token_is_finite(r, i)) {
            out->span.end = r->tokens[i - 1].span.end;
            break;
        }
    }
    out->definite = article || (!indefinite && !plural);
    for (uint32_t i = range.start; i < head; i++)
        out->named |= capital(r, i) && (r->nodes[i].tag == CB_TAG_NNP || r->nodes[i].tag == CB_TAG_NNPS);
    if (role != NULL && !plural) {
        out->kind = CB_REFERENCE_DESCRIPTION;
        out->classes = role->classes;
        out->gender = role->gender;
        out->speaker_kind = CB_SPEAKER_PERSON;
        return;
    }
    out->kind = CB_REFERENCE_GROUP;
    bool organisation = cb_is_organisation_word(word, len) || cb_is_outlet_word(word, len);
    out->speaker_kind = organisation && role == NULL ? CB_SPEAKER_ORGANISATION : CB_SPEAKER_UNKNOWN;
    if (plural || (cb_is_group_word(word, len) && !organisation) || r->nodes[head].tag == CB_TAG_NNS)
        out->speaker_kind = CB_SPEAKER_GROUP;
}

/* "Nielsen's statement", "memos written by Comey", "his letter": whoever made it speaks. */
static bool read_utterance(const struct cb_reading *r, struct cb_token_range range, struct cb_reference *out)
{
    static const char words[] =
        "statement|statements|letter|letters|tweet|tweets|memo|memos|speech|remarks|"
        "comments|testimony|post|posts|email|emails|interview|op-ed|memoir|diary|view|"
        "opinion|words";
    uint32_t head = range.start;
    while (head < range.end && !cb_token_is_one(r, head, words))
        head++;
    if (head == range.end)
        return false;
    for (uint32_t i = range.start; i < range.end; i++) {
        struct cb_name_parts parts;
        if (i < head && i == range.start && cb_token_is_one(r, i, "his|her")) {
            out->kind = CB_REFERENCE_HE;
            out->gender = cb_token_is(r, i, "his") ? CB_GENDER_MALE : CB_GENDER_FEMALE;
            return true;
        }
        uint32_t end = cb_name_at(r, range, i, &parts);
        bool owner = i < head && end < range.end && cb_token_is_possessive(r, end) && end + 3 >= head;
        bool author = i > head && cb_token_is_one(r, i - 1, "by|from|of|in|the") &&
                      !cb_token_is_one(r, head, "interview");
        if (end > i && parts.name.start < parts.name.end && (owner || author)) {
            out->kind = CB_REFERENCE_NAME;
            out->name = cb_range_span(r, parts.name);
            out->span = out->name;
            out->gender = parts.gender;
            out->speaker_kind =
                parts.organisation || parts.place ? CB_SPEAKER_ORGANISATION : CB_SPEAKER_PERSON;
            return true;
        }
    }
    return false;
}

/* The part of the source that is worth showing: without a leading article and what follows a comma or
 * relative pronoun. */
static struct cb_span shown_phrase(const struct cb_reading *r, struct cb_token_range range)
{
    if (range.end - range.start > 1 && cb_token_is_one(r, range.start, "the|a|an"))
        range.start++;
    uint32_t end = range.start;
    while (end < range.end && end - range.start < PHRASE_TOKENS_MAX) {
        if (end > range.start &&
            (cb_token_is_one(r, end, ",|who|which|;|(|–|—") || cb_token_is_quote(r, end)))
            break;
        end++;
    }
    return cb_range_span(r, (struct cb_token_range){range.start, end});
}

static void read_role(const struct cb_reading *r, const struct phrase *p, struct cb_reference *out)
{
    struct cb_token_range before = {p->range.start, p->best.name.start};
    bool plural;
    while (before.start < before.end && cb_token_is_one(r, before.start, "the|a|an|its|his|her|their|our|my"))
        before.start++;
    while (before.end > before.start && !cb_token_is_word(r, before.end - 1))
        before.end--;
    for (uint32_t i = before.start; i < before.end; i++) {
        if (cb_token_is_char(r, i, ',')) /* "in a statement Saturday, Chief Agent" */
            before.start = i + 1;
    }
    for (uint32_t i = before.start; i < before.end; i++) {
        if (cb_role_word_find(cb_token_text(r, i), cb_token_len(r, i), &plural) != NULL && !plural) {
            out->role = cb_range_span(r, before);
            return;
        }
    }
}

void cb_reference_read(const struct cb_reading *r, uint32_t sentence, struct cb_span source,
                       int32_t head_token, struct cb_reference *out)
{
    *out = (struct cb_reference){.at = source.start, .span = source, .outer = -1};
    struct cb_token_range range = cb_span_tokens(r, sentence, source);
    range = cb_range_trim(r, range);
    if (range.start >= range.end) {
        out->kind = CB_REFERENCE_NONE;
        return;
    }
    if (read_pronoun(r, range, out))
        return;
    struct phrase p = {.range = range};
    if (!cb_is_title_case(r, cb_sentence_tokens(r, sentence)) || range.end - range.start <= 3)
        (begins_without_noun(r, range) ? find_last_name : find_names)(r, &p);
    out->span = shown_phrase(r, range);
    if (p.organisations) {
        out->kind = CB_REFERENCE_SEVERAL;
        out->speaker_kind = CB_SPEAKER_GROUP;
        return;
    }
    if (p.has_name && p.persons >= 2) {
        for (uint32_t i = range.start; i < range.end; i++) {
            if (cb_token_is(r, i, "and") && i > p.best.name.start) {
                out->kind = CB_REFERENCE_SEVERAL;
                out->speaker_kind = CB_SPEAKER_GROUP;
                return;
            }
        }
    }
    if (!p.has_name && read_utterance(r, range, out))
        return;
    if (!p.has_name) {
        read_description(r, range, head_token, out);
        return;
    }
    out->kind = CB_REFERENCE_NAME;
    out->gender = p.best.gender;
    out->name = cb_range_span(r, p.best.name);
    out->speaker_kind = p.has_person ? CB_SPEAKER_PERSON : CB_SPEAKER_ORGANISATION;
    if (p.has_person)
        read_role(r, &p, out);
    out->span = cb_range_span(r, (struct cb_token_range){p.extent_start, p.extent_end});
}
