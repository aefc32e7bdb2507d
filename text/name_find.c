#include "text/name_find.h"

#include "base/array.h"
#include "text/name_kind.h"

#include <stdlib.h>
#include <string.h>

enum {
    NAMES_MAX = CB_TEXT_MAX / 2,
    NAME_TOKENS_MAX = 16,
    ROLE_TOKENS_MAX = 24,
    OWNED_TOKENS_MAX = 6,
    MADE_VERB_WITHIN = 5,
    MADE_TOKENS_MAX = 14
};

static bool capital(const struct cb_reading *r, uint32_t i)
{
    return r->tokens[i].kind == CB_TOKEN_WORD && (r->tokens[i].flags & CB_TOKEN_UPPER) != 0;
}

static bool all_caps(const struct cb_reading *r, uint32_t i)
{
    return (r->tokens[i].flags & CB_TOKEN_ALL_CAPS) != 0;
}

static const struct cb_role_word *role_word(const struct cb_reading *r, uint32_t i)
{
    bool plural;
    const struct cb_role_word *word = cb_role_word_find(cb_token_text(r, i), cb_token_len(r, i), &plural);
    return plural ? NULL : word;
}

static bool function_word(const struct cb_reading *r, uint32_t i)
{
    return cb_is_function_word(cb_token_text(r, i), cb_token_len(r, i));
}

/* "Jan Berg", "…, Per Holm", "… and Will Hale": given names that are a month or a small word too. */
static bool hidden_given_name(const struct cb_reading *r, uint32_t i)
{
    uint32_t next = i + 1;
    if (all_caps(r, i) || next >= r->token_count || !capital(r, next) || all_caps(r, next) ||
        function_word(r, next) || cb_is_calendar_word(cb_token_text(r, next), cb_token_len(r, next)))
        return false;
    if (cb_token_is_one(r, i, "don|jan"))
        return true;
    if (i == 0 || !cb_token_is_one(r, i, "per|will"))
        return false;
    enum cb_gender gender;
    return cb_token_is_char(r, i - 1, ',') || (cb_token_is_word(r, i - 1) && !capital(r, i - 1)) ||
           cb_is_courtesy_title(cb_token_text(r, i - 1), cb_token_len(r, i - 1), &gender);
}

/* Can token i be part of a name, going by itself? */
static bool name_word(const struct cb_reading *r, uint32_t i)
{
    if (!capital(r, i))
        return false;
    if (all_caps(r, i) && cb_token_len(r, i) <= 6)
        return !cb_token_is_one(r, i, "i|a|the|of|and|in|to|for");
    return (!function_word(r, i) && !cb_is_calendar_word(cb_token_text(r, i), cb_token_len(r, i))) ||
           hidden_given_name(r, i);
}

static bool organisation_word(const struct cb_reading *r, uint32_t i)
{
    return cb_is_organisation_word(cb_token_text(r, i), cb_token_len(r, i));
}

/* "de", "van", "bin": part of a person's name when a capital follows. */
static bool particle(const struct cb_reading *r, uint32_t i)
{
    return cb_token_is_one(r, i, "de|van|von|der|den|bin|bint|ibn|al|el|la|le|du|da|dos|del|di|ter|ben");
}

/* Does an organisation's word come among the capitals from i on? "Customs and Border Protection" */
static bool organisation_ahead(const struct cb_reading *r, uint32_t i, uint32_t end)
{
    for (uint32_t k = i; k < end && k < i + 4 && name_word(r, k); k++) {
        if (organisation_word(r, k))
            return true;
    }
    return false;
}

/* How many tokens from `at` join the next capital to the run [start, at); 0: the name ends here. */
static uint32_t joins(const struct cb_reading *r, uint32_t start, uint32_t at, uint32_t end)
{
    if (at + 1 >= end)
        return 0;
    bool tight = (r->tokens[at].flags & CB_TOKEN_SPACE_BEFORE) == 0;
    if (cb_token_is_char(r, at, '-'))
        return tight && capital(r, at + 1) ? 1 : 0;
    if (cb_token_is_char(r, at, '&'))
        return name_word(r, at + 1) ? 1 : 0;
    if (particle(r, at) && !capital(r, at)) {
        uint32_t next = at + 1;
        if (next + 1 < end && (particle(r, next) || cb_token_is_char(r, next, '-')))
            next++;
        return capital(r, next) ? next - at : 0;
    }
    if (cb_token_is_one(r, at, "of|for|on|and|the")) {
        bool organisation = false;
        for (uint32_t k = start; k < at; k++)
            organisation |= organisation_word(r, k);
        uint32_t next = at + 1;
        if (next + 1 < end && cb_token_is(r, next, "the"))
            next++;
        if (!name_word(r, next) || role_word(r, next) != NULL)
            return 0;
        if (cb_token_is(r, at, "and")) {
            bool listed = false; /* "Department for New Challenges and Threats" */
            for (uint32_t k = start; k < at; k++)
                listed |= cb_token_is_one(r, k, "of|for|on");
            if (!(organisation && listed) &&
                !(at - start <= 2 && next == at + 1 && organisation_ahead(r, next, end) &&
                  !cb_is_place(cb_token_text(r, at - 1), cb_token_len(r, at - 1))))
                return 0;
        } else if (!organisation) {
            return 0;
        }
        return next - at;
    }
    return 0;
}

/* End of the run of capitals that begins at `at`. */
static uint32_t run_end(const struct cb_reading *r, struct cb_token_range range, uint32_t at)
{
    uint32_t end = at + 1;
    while (end < range.end && end - at < NAME_TOKENS_MAX) {
        if (name_word(r, end) && (r->tokens[end].flags & CB_TOKEN_LINE_BEFORE) == 0) {
            end++;
            continue;
        }
        uint32_t more = joins(r, at, end, range.end);
        if (more == 0)
            break;
        end += more + 1;
    }
    return end;
}

static bool is_given(const struct cb_reading *r, uint32_t i)
{
    return cb_is_given_name(cb_token_text(r, i), cb_token_len(r, i));
}

/* Cuts titles off the front of the run; false when the run is nothing but a title. */
static bool split_title(const struct cb_reading *r, uint32_t start, uint32_t end, struct cb_name_parts *parts)
{
    uint32_t cut = start;
    for (uint32_t i = start; i + 1 < end; i++) {
        enum cb_gender gender;
        const struct cb_role_word *role = role_word(r, i);
        bool courtesy = cb_is_courtesy_title(cb_token_text(r, i), cb_token_len(r, i), &gender);
        if (role == NULL && !courtesy)
            continue;
        if (role != NULL && !role->title && is_given(r, start))
            continue;
        if (courtesy || role->gender != CB_GENDER_UNKNOWN)
            parts->gender = (uint8_t)(courtesy ? gender : (enum cb_gender)role->gender);
        cut = i + 1;
    }
    bool only_organisation = cut > start;
    for (uint32_t i = cut; i < end; i++)
        only_organisation &= organisation_word(r, i) || cb_token_is_one(r, i, "of|for|the|and");
    if (only_organisation) /* General Staff, Justice Department */
        cut = start;
    if (role_word(r, end - 1) != NULL && !(end - start >= 2 && is_given(r, start))) {
        bool acronym = end - start == 1 && all_caps(r, start) && cb_token_len(r, start) <= 3;
        bool paper = end - cut >= 2 && organisation_word(r, end - 1); /* "Valley Observer" */
        if (!acronym && !paper)
            return false;
    }
    parts->title = (struct cb_token_range){start, cut};
    parts->name = (struct cb_token_range){cut, end};
    return true;
}

/* One capitalised word that the tagger takes for a verb, an adverb, a preposition: "Taking", "Perhaps". */
static bool is_other_word(uint8_t tag)
{
    return tag == CB_TAG_VB || tag == CB_TAG_VBG || tag == CB_TAG_VBD || tag == CB_TAG_VBN ||
           tag == CB_TAG_VBP || tag == CB_TAG_VBZ || tag == CB_TAG_MD || tag == CB_TAG_RB ||
           tag == CB_TAG_IN || tag == CB_TAG_UH || tag == CB_TAG_WRB || tag == CB_TAG_DT || tag == CB_TAG_CC;
}

/* Is the single capitalised word no name: by its tag, as the first word of the sentence, or before a hyphen
 * ("Asylum-seeking")? */
static bool is_common_word(const struct cb_reading *r, struct cb_token_range range, uint32_t at)
{
    uint8_t tag = r->nodes[at].tag;
    if (is_other_word(tag))
        return true;
    bool alone = at + 1 < range.end && r->tokens[at + 1].kind == CB_TOKEN_QUOTE_CLOSE; /* “Kommersant” */
    bool begins = at == range.start || (r->tokens[at - 1].kind == CB_TOKEN_QUOTE_OPEN && !alone);
    bool plain = tag == CB_TAG_NN || tag == CB_TAG_NNS || tag == CB_TAG_JJ;
    if (begins && plain && !cb_is_place(cb_token_text(r, at), cb_token_len(r, at)) && !is_given(r, at))
        return true;
    return at + 2 < range.end && cb_token_is_char(r, at + 1, '-') && !capital(r, at + 2) &&
           (r->tokens[at + 2].flags & CB_TOKEN_SPACE_BEFORE) == 0 && cb_tag_is_verb(r->nodes[at + 2].tag);
}

uint32_t cb_name_at(const struct cb_reading *r, struct cb_token_range range, uint32_t at,
                    struct cb_name_parts *parts)
{
    *parts = (struct cb_name_parts){0};
    if (!name_word(r, at))
        return at;
    uint32_t end = run_end(r, range, at);
    if (end == at + 1 && !all_caps(r, at) && is_common_word(r, range, at))
        return at;
    bool peoples = true; /* "Russian", "the French": not a name alone */
    for (uint32_t i = at; i < end; i++)
        peoples &= cb_is_demonym(cb_token_text(r, i), cb_token_len(r, i));
    if (peoples || !split_title(r, at, end, parts)) {
        parts->name = (struct cb_token_range){end, end};
        return end;
    }
    cb_name_classify(r, range, parts);
    return end;
}

/* ---- what stands round a name ---- */

/* Back from `at` over what can modify a role: "longtime personal", "Los Angeles", "Russia's". */
static uint32_t modifiers_start(const struct cb_reading *r, struct cb_token_range range, uint32_t at)
{
    uint32_t start = at;
    while (start > range.start && at - start < ROLE_TOKENS_MAX) {
        uint32_t i = start - 1;
        uint8_t tag = r->nodes[i].tag;
        bool modifies = cb_tag_is_noun(tag) || tag == CB_TAG_JJ || tag == CB_TAG_JJS || tag == CB_TAG_HYPH ||
                        cb_token_is_possessive(r, i);
        const struct cb_role_word *other = role_word(r, i); /* "should the president fire counsel Ann Lee" */
        modifies &=
            other == NULL || !other->title || capital(r, i) || start == at || role_word(r, start) != NULL;
        if (!modifies || function_word(r, i) || (cb_token_is_possessive(r, i) && i == range.start))
            break;
        start = i;
    }
    while (start < at && cb_token_is_possessive(r, start))
        start++;
    return start;
}

/* "Los Angeles lawyer Nora Phillips", "Russian Foreign Minister Sergey Lavrov" */
static bool role_before(const struct cb_reading *r, struct cb_token_range range,
                        const struct cb_name_parts *parts, struct cb_token_range *role)
{
    uint32_t end = parts->name.start, start = parts->title.start;
    if (parts->title.start < parts->title.end) {
        enum cb_gender gender;
        while (start < end && cb_is_courtesy_title(cb_token_text(r, start), cb_token_len(r, start), &gender))
            start++;
        if (start == end)
            return false;
        *role = (struct cb_token_range){modifiers_start(r, range, start), end};
        return true;
    }
    if (end == range.start || role_word(r, end - 1) == NULL || capital(r, end - 1))
        return false;
    *role = (struct cb_token_range){modifiers_start(r, range, end - 1), end};
    return true;
}

static bool ends_apposition(const struct cb_reading *r, uint32_t i)
{
    return cb_token_is_quote(r, i) ||
           cb_token_is_one(r, i, ",|;|.|who|which|that|:|(|)|[|]|?|!|–|—|said|says") ||
           cb_token_is_finite(r, i);
}

/* "Heather Cronk, co-director of Showing Up, a group"; "Marcia Suarez, 23, an Argentine immigrant" */
static bool role_behind(const struct cb_reading *r, struct cb_token_range range, uint32_t name_end,
                        struct cb_token_range *role)
{
    uint32_t at = name_end;
    if (at + 1 >= range.end || !cb_token_is_char(r, at, ','))
        return false;
    at++;
    if (at + 1 < range.end && r->tokens[at].kind == CB_TOKEN_NUMBER && cb_token_is_char(r, at + 1, ','))
        at += 2;
    if (at < range.end && cb_token_is_one(r, at, "a|an|the|one|now|then"))
        at++;
    uint32_t end = at;
    bool found = false;
    while (end < range.end && end - at < ROLE_TOKENS_MAX && !ends_apposition(r, end)) {
        bool plural, of_several = at > range.start && cb_token_is(r, at - 1, "one");
        const struct cb_role_word *word =
            cb_role_word_find(cb_token_text(r, end), cb_token_len(r, end), &plural);
        if (word != NULL && (!plural || of_several) && end - at < 8) {
            if (!found && end + 1 < range.end && name_word(r, end + 1))
                return false; /* a list: "Trump, President Macron" */
            found = true;
        }
        if (!found && end - at >= 8)
            return false;
        end++;
    }
    *role = (struct cb_token_range){at, end};
    return found;
}

/* "the head of the department, Ilya Rogachev, said": the phrase before the comma has a role at its head. */
static bool role_in_front(const struct cb_reading *r, struct cb_token_range range, uint32_t name_start,
                          struct cb_token_range *role)
{
    if (name_start < range.start + 2)
        return false;
    bool comma = cb_token_is_char(r, name_start - 1, ',');
    if (!comma && (capital(r, name_start - 1) || !cb_tag_is_noun(r->nodes[name_start - 1].tag)))
        return false; /* "the head of the department for new threats Ilya Rogachev" needs no comma */
    uint32_t end = comma ? name_start - 1 : name_start;
    for (uint32_t i = end; i > range.start && end - i < ROLE_TOKENS_MAX; i--) {
        uint32_t k = i - 1;
        if (ends_apposition(r, k))
            return false;
        if (role_word(r, k) == NULL || capital(r, k))
            continue;
        uint32_t start = modifiers_start(r, range, k);
        if (start > range.start && !cb_token_is_one(r, start - 1, "the|a|an|,") &&
            !cb_token_is_quote(r, start - 1))
            continue;
        *role = (struct cb_token_range){start, end};
        return true;
    }
    return false;
}

static bool is_subject(const struct cb_reading *r, uint32_t sentence, struct cb_name_parts *parts,
                       struct cb_token_range range)
{
    if (r->parsed[sentence]) {
        for (uint32_t i = parts->name.start; i < parts->name.end; i++) {
            uint8_t relation = r->nodes[i].relation;
            if (relation == CB_REL_NSUBJ || relation == CB_REL_NSUBJ_PASS)
                return true;
        }
    }
    uint32_t next = parts->name.end;
    while (next < range.end && next < parts->name.end + 3 && r->nodes[next].tag == CB_TAG_RB)
        next++;
    return next < range.end && cb_token_is_finite(r, next);
}

/* ---- the list ---- */

void cb_name_list_release(struct cb_name_list *list)
{
    free(list->items);
    free(list->aliases);
    *list = (struct cb_name_list){0};
}

static enum cb_code add_alias(struct cb_name_list *list, struct cb_span span, struct cb_err *err)
{
    void *items = list->aliases;
    enum cb_code code = cb_array_reserve(&items, &list->alias_capacity, list->alias_count + 1,
                                         sizeof *list->aliases, NAMES_MAX, "names", err);
    list->aliases = items;
    if (code != CB_OK)
        return code;
    list->aliases[list->alias_count++] =
        (struct cb_name_alias){.name = (uint32_t)(list->count - 1), .span = span};
    return CB_OK;
}

static char initial_of(const struct cb_reading *r, uint32_t i)
{
    char c = *cb_token_text(r, i);
    return (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
}

/* Are the letters of the acronym at token `acronym` the initials, in order, of words of the name? Two of them
 * at least, and the first one is the name's first. */
static bool is_acronym_of(const struct cb_reading *r, uint32_t acronym, struct cb_token_range name)
{
    const char *letters = cb_token_text(r, acronym);
    uint32_t len = cb_token_len(r, acronym), at = 0, words = 0, hits = 0;
    for (uint32_t i = name.start; i < name.end; i++) {
        if (r->tokens[i].kind != CB_TOKEN_WORD)
            continue;
        words++;
        if (at < len && initial_of(r, i) == letters[at]) {
            at++;
            hits++;
        } else if (words == 1) {
            return false;
        }
    }
    return hits >= 2;
}

static bool both_acronyms(const struct cb_reading *r, struct cb_token_range a, struct cb_token_range b)
{
    return a.end - a.start == 1 && b.end - b.start == 1 && all_caps(r, a.start) && all_caps(r, b.start) &&
           *cb_token_text(r, a.start) == *cb_token_text(r, b.start);
}

/* Names in the brackets behind a name, when they are other names of it: an acronym and its words, two
 * acronyms of one letter, or the text says so ("previously", "known as"). */
static enum cb_code read_brackets(const struct cb_reading *r, struct cb_token_range range,
                                  struct cb_token_range name, struct cb_name_list *list, struct cb_err *err)
{
    uint32_t at = name.end;
    while (at < range.end && cb_token_is_quote(r, at))
        at++;
    if (at + 2 >= range.end || !(cb_token_is_char(r, at, '(') || cb_token_is_char(r, at, '[')))
        return CB_OK;
    bool told = false;
    for (uint32_t i = at + 1; i < range.end && i < at + 14;) {
        if (cb_token_is_char(r, i, ')') || cb_token_is_char(r, i, ']'))
            break;
        told |= cb_token_is_one(r, i, "previously|formerly|known|called|abbreviated|acronym");
        struct cb_token_range one = {i, i + 1};
        if (!name_word(r, i)) {
            i++;
            continue;
        }
        while (one.end < range.end && name_word(r, one.end))
            one.end++;
        bool acronym =
            (one.end - one.start == 1 && all_caps(r, one.start) && is_acronym_of(r, one.start, name)) ||
            (name.end - name.start == 1 && all_caps(r, name.start) && is_acronym_of(r, name.start, one));
        if (told || acronym || both_acronyms(r, name, one)) {
            told = true; /* the rest of the list belongs to it too */
            enum cb_code code = add_alias(list, cb_range_span(r, one), err);
            if (code != CB_OK)
                return code;
        }
        i = one.end;
    }
    return CB_OK;
}

/* What the name's owner has: nouns, their adjectives, and one "of". */
static struct cb_span owned_phrase(const struct cb_reading *r, struct cb_token_range range, uint32_t from)
{
    uint32_t end = from;
    while (end < range.end && end - from < OWNED_TOKENS_MAX) {
        uint8_t tag = r->nodes[end].tag;
        if (!cb_tag_is_noun(tag) && tag != CB_TAG_JJ && tag != CB_TAG_CD && !cb_token_is(r, end, "of"))
            break;
        end++;
    }
    return cb_range_span(r, (struct cb_token_range){from, end});
}

/* What its bearer makes: "has given a list of questions to …", "hopes to ask him forty questions". */
static struct cb_span made_phrase(const struct cb_reading *r, struct cb_token_range range, uint32_t from)
{
    static const char verbs[] =
        "give|gave|given|gives|provide|provided|provides|send|sent|sends|write|wrote|written|"
        "issue|issued|release|released|publish|published|submit|submitted|pose|posed|"
        "ask|asked|asks|file|filed|deliver|delivered|prepare|prepared|draft|drafted|"
        "signed|posted|read";
    for (uint32_t i = from; i < range.end && i < from + MADE_VERB_WITHIN; i++) {
        if (!cb_tag_is_verb(r->nodes[i].tag) && r->nodes[i].tag != CB_TAG_TO && r->nodes[i].tag != CB_TAG_RB)
            break;
        if (!cb_token_is_one(r, i, verbs))
            continue;
        uint32_t end = i + 1;
        while (end < range.end && end - i < MADE_TOKENS_MAX && !ends_apposition(r, end))
            end++;
        return cb_range_span(r, (struct cb_token_range){i + 1, end});
    }
    return (struct cb_span){0, 0};
}

static enum cb_code add_name(const struct cb_reading *r, uint32_t sentence, struct cb_token_range range,
                             struct cb_name_parts *parts, const struct cb_name *base,
                             struct cb_name_list *list, struct cb_err *err)
{
    struct cb_token_range role = {0, 0};
    struct cb_name name = *base;
    bool has_role = false;
    if (!parts->organisation && !parts->place)
        has_role =
            role_before(r, range, parts, &role) || role_behind(r, range, parts->name.end, &role) ||
            (parts->name.end - parts->name.start >= 2 && role_in_front(r, range, parts->name.start, &role));
    name.span = cb_range_span(r, parts->name);
    name.role = has_role ? cb_range_span(r, role) : (struct cb_span){0, 0};
    struct cb_token_range behind;
    if (!parts->organisation && !parts->place && parts->name.end - parts->name.start >= 2 &&
        role_behind(r, range, parts->name.end, &behind))
        name.apposition = (struct cb_token_range){parts->name.start, behind.end};
    name.gender = parts->gender;
    name.place = parts->place;
    name.company = parts->company;
    name.kind = CB_SPEAKER_UNKNOWN;
    if (parts->organisation || parts->place)
        name.kind = CB_SPEAKER_ORGANISATION;
    else if (parts->person || has_role)
        name.kind = CB_SPEAKER_PERSON;
    name.subject = is_subject(r, sentence, parts, range);
    name.possessive = parts->name.end < range.end && cb_token_is_possessive(r, parts->name.end);
    if (name.possessive)
        name.owned = owned_phrase(r, range, parts->name.end + 1);
    else if (name.subject)
        name.owned = made_phrase(r, range, parts->name.end);
    void *items = list->items;
    enum cb_code code = cb_array_reserve(&items, &list->capacity, list->count + 1, sizeof *list->items,
                                         NAMES_MAX, "names", err);
    list->items = items;
    if (code != CB_OK)
        return code;
    list->items[list->count++] = name;
    return read_brackets(r, range, parts->name, list, err);
}

/* One word at the beginning of a sentence is upper case whatever it is. */
static bool is_uncertain(const struct cb_reading *r, struct cb_token_range range, uint32_t at,
                         const struct cb_name_parts *parts)
{
    uint32_t first = range.start;
    while (first < at && !cb_token_is_word(r, first))
        first++;
    bool begins = first == at || (at > range.start && r->tokens[at - 1].kind == CB_TOKEN_QUOTE_OPEN);
    uint8_t tag = r->nodes[at].tag;
    return begins && parts->name.end - parts->name.start == 1 && parts->title.start == parts->title.end &&
           !parts->place && !all_caps(r, at) && tag != CB_TAG_NNP && tag != CB_TAG_NNPS;
}

static enum cb_code read_sentence(const struct cb_reading *r, uint32_t sentence, uint32_t first_sentence,
                                  bool *in_quote, struct cb_name_list *list, struct cb_err *err)
{
    struct cb_token_range range = cb_sentence_tokens(r, sentence);
    bool headline = cb_is_title_case(r, range);
    for (uint32_t i = range.start; i < range.end;) {
        if (cb_token_is_quote(r, i))
            *in_quote = r->tokens[i].kind == CB_TOKEN_QUOTE_OPEN;
        struct cb_name_parts parts;
        uint32_t end = headline ? i : cb_name_at(r, range, i, &parts);
        if (end == i) {
            i++;
            continue;
        }
        if (parts.name.start < parts.name.end) {
            struct cb_name base = {.sentence = first_sentence + sentence,
                                   .in_quote = *in_quote,
                                   .uncertain = is_uncertain(r, range, i, &parts)};
            enum cb_code code = add_name(r, sentence, range, &parts, &base, list, err);
            if (code != CB_OK)
                return code;
        }
        i = end;
    }
    return CB_OK;
}

enum cb_code cb_names_find(const struct cb_reading *r, uint32_t first_sentence, struct cb_name_list *list,
                           struct cb_err *err)
{
    bool in_quote = false;
    for (uint32_t s = 0; s < r->sentence_count; s++) {
        if (s > 0 && r->sentences[s].paragraph != r->sentences[s - 1].paragraph)
            in_quote = false;
        enum cb_code code = read_sentence(r, s, first_sentence, &in_quote, list, err);
        if (code != CB_OK)
            return code;
    }
    return CB_OK;
}
