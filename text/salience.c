#include "text/salience.h"

#include "text/source_link.h"
#include "text/word_list.h"

#include <string.h>

enum {
    FORGOTTEN_AFTER = 12, /* sentences */
    COMPANY_WITHIN = 2,   /* sentences */
    NAMES_AHEAD = 120,
    INTRODUCED_WITHIN = 4,
    LEAD_SENTENCES = 4,
    OWNERS_LOOKED_AT = 400
};

static struct cb_remembered *remember(struct cb_memory *m, uint32_t entity, uint32_t sentence)
{
    struct cb_remembered found = {
        .entity = entity, .sentence = sentence, .spoke = UINT32_MAX, .quoted = true};
    size_t at = 0;
    while (at < m->count && m->recent[at].entity != entity)
        at++;
    if (at < m->count)
        found = m->recent[at];
    else if (m->count < CB_REMEMBERED_MAX)
        m->count++;
    else
        at--;
    memmove(m->recent + 1, m->recent, at * sizeof *m->recent);
    m->recent[0] = found;
    return &m->recent[0];
}

void cb_memory_name(struct cb_memory *m, size_t name)
{
    const struct cb_name *n = &m->names->items[name];
    uint32_t entity = m->entities->of_name[name];
    m->next_name = name + 1;
    if (entity == CB_ENTITY_NONE)
        return;
    struct cb_remembered *r = remember(m, entity, n->sentence);
    if (n->in_quote)
        return;
    bool same = !r->quoted && r->sentence == n->sentence;
    r->subject = n->subject || (same && r->subject);
    r->possessive = n->possessive;
    r->sentence = n->sentence;
    r->quoted = false;
}

void cb_memory_spoke(struct cb_memory *m, uint32_t entity, uint32_t sentence)
{
    struct cb_remembered *r = remember(m, entity, sentence);
    r->spoke = sentence;
    r->sentence = sentence;
    r->quoted = false;
    m->last_speaker = entity;
}

static bool can_be_person(const struct cb_entity *entity, uint8_t gender)
{
    enum cb_gender own = cb_entity_gender(entity);
    if (cb_entity_kind(entity) == CB_SPEAKER_ORGANISATION || entity->places > 0)
        return false;
    return gender == CB_GENDER_UNKNOWN || own == CB_GENDER_UNKNOWN || own == gender;
}

/* How present the entity is at the reference; under -FORGOTTEN_AFTER: not at all. */
static double salience(const struct cb_remembered *r, const struct cb_reference *reference)
{
    double distance = reference->sentence >= r->sentence ? (double)(reference->sentence - r->sentence) : 0;
    double score = -distance;
    if (r->spoke != UINT32_MAX && reference->sentence - r->spoke <= 4)
        score += 3.0;
    if (r->subject)
        score += 2.0;
    if (r->possessive)
        score -= 1.0;
    if (r->quoted)
        score -= 4.0;
    return score;
}

uint32_t cb_memory_person(const struct cb_memory *m, const struct cb_reference *reference)
{
    uint32_t best = CB_ENTITY_NONE;
    double best_score = -FORGOTTEN_AFTER;
    for (size_t i = 0; i < m->count; i++) {
        const struct cb_remembered *r = &m->recent[i];
        const struct cb_entity *entity = &m->entities->items[r->entity];
        if (!can_be_person(entity, reference->gender))
            continue;
        double score = salience(r, reference) - 0.1 * (double)i;
        if (cb_entity_kind(entity) != CB_SPEAKER_PERSON)
            score -= 1.5;
        if (cb_entity_gender(entity) == (enum cb_gender)reference->gender)
            score += 1.5;
        if (score > best_score) {
            best = r->entity;
            best_score = score;
        }
    }
    return best;
}

uint32_t cb_memory_organisation(const struct cb_memory *m, const struct cb_reference *reference)
{
    uint32_t best = CB_ENTITY_NONE;
    double best_score = -4;
    for (size_t i = 0; i < m->count; i++) {
        const struct cb_remembered *r = &m->recent[i];
        if (cb_entity_kind(&m->entities->items[r->entity]) != CB_SPEAKER_ORGANISATION)
            continue;
        double score = salience(r, reference) - 0.1 * (double)i;
        if (score > best_score) {
            best = r->entity;
            best_score = score;
        }
    }
    return best;
}

/* ---- descriptions ---- */

struct word_at {
    const char *word;
    size_t len;
};

/* The next word of letters in text[*at, end). */
static bool next_word(const char *text, uint32_t *at, uint32_t end, struct word_at *word)
{
    uint32_t i = *at;
    while (i < end &&
           (text[i] == ' ' || text[i] == ',' || text[i] == '\n' || text[i] == '-' || text[i] == '"'))
        i++;
    uint32_t start = i;
    while (i < end && text[i] != ' ' && text[i] != ',' && text[i] != '\n' && text[i] != '-' && text[i] != '"')
        i++;
    uint32_t stop = i;
    if (stop > start + 2 && text[stop - 1] == 's' && text[stop - 2] == '\'')
        stop -= 2;
    else if (stop > start + 4 && memcmp(text + stop - 4, "\xE2\x80\x99s", 4) == 0)
        stop -= 4;
    *word = (struct word_at){text + start, stop - start};
    *at = i;
    return stop > start;
}

static bool same_word(struct word_at a, struct word_at b)
{
    char x[CB_LIST_WORD_MAX], y[CB_LIST_WORD_MAX];
    if (!cb_word_fold(a.word, a.len, x) || !cb_word_fold(b.word, b.len, y))
        return false;
    size_t n = strlen(x), k = strlen(y);
    /* "Russia" and "Russian": a stem of five letters or the shorter word */
    size_t stem = n < k ? n : k;
    if (stem > 5)
        stem = 5;
    return stem >= 4 ? strncmp(x, y, stem) == 0 : n == k && strcmp(x, y) == 0;
}

static bool role_has(const char *text, const struct cb_entity *entity, struct word_at word)
{
    for (uint32_t i = 0; i < entity->role_count; i++) {
        struct word_at other;
        for (uint32_t at = entity->roles[i].start; next_word(text, &at, entity->roles[i].end, &other);) {
            if (same_word(word, other))
                return true;
        }
    }
    return false;
}

static unsigned role_classes(const char *text, const struct cb_entity *entity)
{
    unsigned classes = 0;
    for (uint32_t i = 0; i < entity->role_count; i++) {
        struct word_at word;
        bool plural;
        for (uint32_t at = entity->roles[i].start; next_word(text, &at, entity->roles[i].end, &word);) {
            const struct cb_role_word *role = cb_role_word_find(word.word, word.len, &plural);
            if (role != NULL && !plural)
                classes |= role->classes;
        }
    }
    return classes;
}

/* A foreign ministry's officials are diplomats; whoever leads or speaks for something is an official. */
static bool role_is_diplomatic(const char *text, const struct cb_entity *entity)
{
    static const char foreign[] = "foreign", embassy[] = "embassy";
    return role_has(text, entity, (struct word_at){foreign, sizeof foreign - 1}) ||
           role_has(text, entity, (struct word_at){embassy, sizeof embassy - 1});
}

/* Heads that any role of their kind can stand behind. "The secretary" must have been called secretary. */
static bool is_general_head(struct word_at head)
{
    static const char *const words[] = {
        "activist",       "academic",    "analyst",    "attorney",   "broadcaster", "businessman",
        "businesswoman",  "candidate",   "cleric",     "commander",  "congressman", "congresswoman",
        "diplomat",       "economist",   "envoy",      "executive",  "expert",      "journalist",
        "lawmaker",       "lawyer",      "leader",     "legislator", "man",         "negotiator",
        "officer",        "official",    "politician", "priest",     "prosecutor",  "reporter",
        "representative", "researcher",  "scientist",  "scholar",    "soldier",     "spokesman",
        "spokesperson",   "spokeswoman", "strategist", "woman"};
    return CB_WORD_IN(words, head.word, head.len);
}

/* How well a role fits the words of the description, 0 when it does not; *modifiers counts the words beside
 * the head that fit too. */
static double role_fit(const char *text, const struct cb_entity *entity, const struct cb_reference *reference,
                       unsigned *modifiers)
{
    struct word_at head = {text + reference->head.start, reference->head.end - reference->head.start}, word;
    double score = 0;
    unsigned wanted = reference->classes & ~(unsigned)CB_ROLE_PLAIN;
    /* an attorney is an official, but not every official is one */
    if ((wanted & ~(unsigned)CB_ROLE_OFFICIAL) != 0)
        wanted &= ~(unsigned)CB_ROLE_OFFICIAL;
    *modifiers = 0;
    if (role_has(text, entity, head))
        score = 6;
    else if (!is_general_head(head))
        score = 0;
    else if ((role_classes(text, entity) & wanted) != 0 ||
             ((reference->classes & CB_ROLE_DIPLOMAT) != 0 && role_is_diplomatic(text, entity)))
        score = 3;
    for (uint32_t at = reference->span.start; next_word(text, &at, reference->span.end, &word);) {
        if (word.word == head.word || cb_is_function_word(word.word, word.len))
            continue;
        if (role_has(text, entity, word)) {
            score += score > 0 ? 2 : 1;
            (*modifiers)++;
        } else if (!(word.len == 6 && memcmp(word.word, "former", 6) == 0)) {
            score -= 1;
        }
    }
    return score;
}

/* "the president", "the attorney general": an office of which there is one; it needs somebody who holds it.
 */
static bool names_an_office(const struct cb_reference *reference)
{
    return (reference->classes & (CB_ROLE_LEADER | CB_ROLE_POLITICIAN | CB_ROLE_SOLDIER)) != 0;
}

static uint32_t described_ahead(const struct cb_memory *m, const struct cb_reference *reference, size_t names,
                                uint32_t sentences, double least)
{
    size_t end = m->next_name + names < m->names->count ? m->next_name + names : m->names->count;
    for (size_t i = m->next_name; i < end && m->names->items[i].sentence - reference->sentence <= sentences;
         i++) {
        uint32_t e = m->entities->of_name[i];
        unsigned modifiers;
        if (e == CB_ENTITY_NONE || m->names->items[i].role.end == 0)
            continue;
        const struct cb_entity *entity = &m->entities->items[e];
        if (can_be_person(entity, reference->gender) &&
            role_fit(m->text, entity, reference, &modifiers) >= least && modifiers > 0)
            return e;
    }
    return CB_ENTITY_NONE;
}

/* At the head of a text: "The head of the office told …. Ann Lee said …": the first person whom the next two
 * sentences name in full, as a subject, without giving a role that differs. */
static uint32_t named_next(const struct cb_memory *m, const struct cb_reference *reference)
{
    if (reference->sentence > LEAD_SENTENCES)
        return CB_ENTITY_NONE;
    for (size_t i = m->next_name; i < m->names->count; i++) {
        const struct cb_name *name = &m->names->items[i];
        uint32_t e = m->entities->of_name[i];
        if (name->sentence > reference->sentence + 2)
            break;
        if (e == CB_ENTITY_NONE || name->sentence == reference->sentence || name->in_quote ||
            name->possessive)
            continue;
        const struct cb_entity *entity = &m->entities->items[e];
        if (entity->first == i && entity->words >= 2 && name->subject && entity->role_count == 0 &&
            can_be_person(entity, reference->gender))
            return e;
    }
    return CB_ENTITY_NONE;
}

uint32_t cb_memory_introduced(const struct cb_memory *m, const struct cb_reference *reference)
{
    uint32_t found = described_ahead(m, reference, NAMES_AHEAD / 4, INTRODUCED_WITHIN, 8);
    return found != CB_ENTITY_NONE ? found : named_next(m, reference);
}

uint32_t cb_memory_described(const struct cb_memory *m, const struct cb_reference *reference)
{
    uint32_t best = CB_ENTITY_NONE;
    double best_score = 1.0;
    for (size_t i = 0; i < m->count; i++) {
        const struct cb_remembered *r = &m->recent[i];
        const struct cb_entity *entity = &m->entities->items[r->entity];
        unsigned modifiers;
        if (!can_be_person(entity, reference->gender))
            continue;
        double fit = role_fit(m->text, entity, reference, &modifiers);
        double present = salience(r, reference);
        bool nameless_role = entity->role_count == 0 && cb_entity_kind(entity) == CB_SPEAKER_PERSON &&
                             !names_an_office(reference);
        if (fit <= 0 && !(nameless_role && r->entity == m->last_speaker))
            continue;
        if (fit <= 0 && fit > -2) /* nothing speaks for it but that he has just spoken */
            fit = 1;
        double near = present > 6 ? 6 : present;
        double score = fit + (near > -6 ? near * 0.5 : -3.0);
        if (cb_entity_gender(entity) != CB_GENDER_UNKNOWN &&
            cb_entity_gender(entity) == (enum cb_gender)reference->gender)
            score += 1;
        if (score > best_score) {
            best = r->entity;
            best_score = score;
        }
    }
    if (best == CB_ENTITY_NONE)
        best = described_ahead(m, reference, NAMES_AHEAD, UINT32_MAX, 5);
    return best != CB_ENTITY_NONE ? best : named_next(m, reference);
}

/* Has the entity's name the word? */
static bool name_has(const char *text, const struct cb_entity *entity, struct word_at head)
{
    struct word_at word;
    for (uint32_t at = entity->name.start; next_word(text, &at, entity->name.end, &word);) {
        if (word.len == head.len && same_word(word, head))
            return true;
    }
    return false;
}

/* "the company", "the operator": the company named or heard last, or who has just spoken under one word that
 * nothing in the text makes a person's name. */
static uint32_t company_meant(const struct cb_memory *m, const struct cb_reference *reference,
                              struct word_at head)
{
    static const char *const kinds[] = {"airline",      "bank",     "brewery",  "broadcaster", "builder",
                                        "carmaker",     "chain",    "company",  "firm",        "insurer",
                                        "manufacturer", "operator", "producer", "railway",     "retailer",
                                        "supplier",     "utility"};
    if (!CB_WORD_IN(kinds, head.word, head.len))
        return CB_ENTITY_NONE;
    for (size_t i = 0; i < m->count; i++) {
        const struct cb_remembered *r = &m->recent[i];
        const struct cb_entity *entity = &m->entities->items[r->entity];
        struct cb_span name = entity->name;
        bool company = entity->companies > 0 && entity->persons == 0 &&
                       !cb_is_outlet_name(m->text + name.start, name.end - name.start) &&
                       reference->sentence - r->sentence <= FORGOTTEN_AFTER;
        bool nobody_known = r->spoke != UINT32_MAX && reference->sentence - r->spoke <= COMPANY_WITHIN &&
                            cb_entity_kind(entity) == CB_SPEAKER_UNKNOWN && entity->words == 1 &&
                            entity->places == 0 && cb_entity_gender(entity) == CB_GENDER_UNKNOWN;
        if (company || nobody_known)
            return r->entity;
    }
    return CB_ENTITY_NONE;
}

uint32_t cb_memory_group(const struct cb_memory *m, const struct cb_reference *reference)
{
    struct word_at head = {m->text + reference->head.start, reference->head.end - reference->head.start};
    for (size_t i = 0; i < m->count; i++) {
        const struct cb_entity *entity = &m->entities->items[m->recent[i].entity];
        if (cb_entity_kind(entity) == CB_SPEAKER_ORGANISATION && name_has(m->text, entity, head))
            return m->recent[i].entity;
    }
    if (!cb_is_outlet_word(head.word, head.len))
        return company_meant(m, reference, head);
    for (size_t i = 0; i < m->count; i++) { /* "the newspaper": the outlet that reported last */
        const struct cb_remembered *r = &m->recent[i];
        const struct cb_entity *entity = &m->entities->items[r->entity];
        if (cb_entity_kind(entity) == CB_SPEAKER_ORGANISATION && entity->places == 0 &&
            r->spoke != UINT32_MAX)
            return r->entity;
    }
    return CB_ENTITY_NONE;
}

static bool span_has(const char *text, struct cb_span span, struct word_at head)
{
    struct word_at word;
    for (uint32_t at = span.start; next_word(text, &at, span.end, &word);) {
        if (same_word(word, head))
            return true;
    }
    return false;
}

uint32_t cb_memory_owner(const struct cb_memory *m, const struct cb_reference *reference)
{
    static const char *const utterances[] = {
        "email",     "essay",   "filing", "inquiry",   "interview", "letter",  "list",  "lawsuit",
        "memo",      "message", "note",   "op-ed",     "post",      "queries", "query", "question",
        "questions", "remarks", "speech", "statement", "testimony", "tweet"};
    struct word_at head = {m->text + reference->head.start, reference->head.end - reference->head.start};
    if (!CB_WORD_IN(utterances, head.word, head.len))
        return CB_ENTITY_NONE;
    if (head.len >= 5 && strncmp(head.word, "quer", 4) == 0)
        head = (struct word_at){"question", 8};
    for (size_t n = 0; n < m->names->count && n < OWNERS_LOOKED_AT; n++) {
        /* backwards from where the reader is, then onwards */
        size_t back = m->next_name;
        size_t i = n < back ? back - 1 - n : n;
        const struct cb_name *name = &m->names->items[i];
        if (name->owned.end > name->owned.start && m->entities->of_name[i] != CB_ENTITY_NONE &&
            span_has(m->text, name->owned, head))
            return m->entities->of_name[i];
    }
    return CB_ENTITY_NONE;
}
