#include "text/entity.h"

#include "text/word_list.h"
#include "text/word_map.h"

#include <string.h>

/* A name's words, folded, in one string with single blanks; without full stops, so that "U.S." is "us". */
struct folded {
    const char *text;
    size_t len;
    const char *first, *last; /* words */
    size_t first_len, last_len;
    uint32_t words;
};

struct builder {
    const char *text;
    const struct cb_name_list *names;
    struct cb_arena *work;
    struct cb_entities *out;
    uint32_t *parent;            /* union-find over entities */
    uint32_t *same_last;         /* chain of persons with one surname, newest first */
    struct cb_word_map given;    /* given name → entity */
    struct cb_word_map initials; /* "ap" → entity */
};

static size_t fold_bytes(const char *text, size_t len, char *to)
{
    size_t n = 0;
    bool blank = false;
    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        if (c == '.')
            continue;
        if (c == ' ' || c == '\n' || c == '\t') {
            blank = n > 0;
            continue;
        }
        if (blank)
            to[n++] = ' ';
        blank = false;
        to[n++] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    return n;
}

static void split_words(const char *text, size_t len, struct folded *out)
{
    *out = (struct folded){.text = text, .len = len, .first = text, .last = text, .words = 1};
    for (size_t i = 0; i < len; i++) {
        if (text[i] != ' ')
            continue;
        if (out->words++ == 1)
            out->first_len = i;
        out->last = text + i + 1;
    }
    if (out->words == 1)
        out->first_len = len;
    out->last_len = (size_t)(text + len - out->last);
}

static bool fold_name(struct builder *b, struct cb_span span, struct folded *out)
{
    size_t len = span.end - span.start;
    char *to = cb_arena_alloc(b->work, len + 1);
    if (to == NULL)
        return false;
    split_words(to, fold_bytes(b->text + span.start, len, to), out);
    return true;
}

uint32_t cb_entity_named(const struct cb_entities *entities, const char *text, struct cb_span name)
{
    char bytes[256];
    struct folded folded;
    if (name.end - name.start > sizeof bytes)
        return CB_ENTITY_NONE;
    split_words(bytes, fold_bytes(text + name.start, name.end - name.start, bytes), &folded);
    uint32_t found = cb_word_map_get(&entities->whole, folded.text, folded.len);
    if (found == CB_WORD_NONE && folded.words == 1)
        found = cb_word_map_get(&entities->surname, folded.text, folded.len);
    return found;
}

static uint32_t root_of(struct builder *b, uint32_t entity)
{
    while (b->parent[entity] != entity) {
        b->parent[entity] = b->parent[b->parent[entity]];
        entity = b->parent[entity];
    }
    return entity;
}

static void unite(struct builder *b, uint32_t x, uint32_t y)
{
    x = root_of(b, x);
    y = root_of(b, y);
    if (x < y)
        b->parent[y] = x;
    else
        b->parent[x] = y;
}

/* "Donald J. Trump" is "Donald Trump"; "Rudy" and "Rudolph" begin alike, "Bob" and "Ivanka" do not. */
static bool same_person(const struct folded *a, const struct folded *b)
{
    if (a->last_len != b->last_len || memcmp(a->last, b->last, a->last_len) != 0)
        return false;
    size_t len = a->first_len < b->first_len ? a->first_len : b->first_len;
    size_t common = 0;
    while (common < len && a->first[common] == b->first[common])
        common++;
    return common == len || common >= 3 || (common >= 2 && len <= 4);
}

/* Letters of the words that count: "ap". */
static bool note_initials(struct builder *b, const struct folded *name, uint32_t entity)
{
    char *letters = cb_arena_alloc(b->work, name->words + 1);
    size_t n = 0;
    if (letters == NULL)
        return false;
    for (size_t at = 0; at < name->len;) {
        size_t end = at;
        while (end < name->len && name->text[end] != ' ')
            end++;
        if (!cb_is_function_word(name->text + at, end - at))
            letters[n++] = name->text[at];
        at = end + 1;
    }
    if (n < 2 || cb_word_map_get(&b->initials, letters, n) != CB_WORD_NONE)
        return true;
    return cb_word_map_put(&b->initials, letters, n, entity);
}

static uint32_t new_entity(struct builder *b, const struct cb_name *name, const struct folded *folded)
{
    uint32_t entity = (uint32_t)b->out->count++;
    b->parent[entity] = entity;
    b->same_last[entity] = CB_ENTITY_NONE;
    if (!cb_word_map_put(&b->out->whole, folded->text, folded->len, entity))
        return CB_ENTITY_NONE;
    if (folded->words < 2)
        return entity;
    if (name->kind == CB_SPEAKER_ORGANISATION && !note_initials(b, folded, entity))
        return CB_ENTITY_NONE;
    if (name->kind != CB_SPEAKER_ORGANISATION && !note_initials(b, folded, entity))
        return CB_ENTITY_NONE;
    if (name->place)
        return entity;
    uint32_t before = cb_word_map_get(&b->out->surname, folded->last, folded->last_len);
    b->same_last[entity] = before;
    if (!cb_word_map_put(&b->out->surname, folded->last, folded->last_len, entity))
        return CB_ENTITY_NONE;
    if (name->kind != CB_SPEAKER_ORGANISATION && cb_is_given_name(folded->first, folded->first_len) &&
        !cb_word_map_put(&b->given, folded->first, folded->first_len, entity))
        return CB_ENTITY_NONE;
    return entity;
}

/* "the control of the IS Lavrov said": two names that only stand side by side. */
static bool is_acronym_and_surname(const struct builder *b, const struct cb_name *name,
                                   const struct folded *folded)
{
    const char *text = b->text + name->span.start;
    if (folded->words != 2 || folded->first_len < 2 || folded->first_len > 5 ||
        name->kind == CB_SPEAKER_ORGANISATION)
        return false;
    for (size_t i = 0; i < folded->first_len; i++) {
        if (text[i] < 'A' || text[i] > 'Z')
            return false;
    }
    return true;
}

/* So many namesakes are looked at, the newest first: a list of ten thousand Smiths stays linear. */
enum { NAMESAKES_MAX = 32 };

/* Full names and organisations: each finds its entity or makes one. */
static bool place_full_name(struct builder *b, size_t i)
{
    const struct cb_name *name = &b->names->items[i];
    struct folded folded;
    if (!fold_name(b, name->span, &folded))
        return false;
    if (folded.words < 2 || is_acronym_and_surname(b, name, &folded))
        return true;
    uint32_t entity = cb_word_map_get(&b->out->whole, folded.text, folded.len);
    if (entity == CB_WORD_NONE && name->kind != CB_SPEAKER_ORGANISATION) {
        uint32_t e = cb_word_map_get(&b->out->surname, folded.last, folded.last_len);
        for (unsigned n = 0; e != CB_ENTITY_NONE && entity == CB_WORD_NONE && n < NAMESAKES_MAX; n++) {
            struct folded other;
            if (!fold_name(b, b->names->items[b->out->items[e].first].span, &other))
                return false;
            if (same_person(&folded, &other) &&
                !cb_word_map_put(&b->out->whole, folded.text, folded.len, entity = e))
                return false;
            e = b->same_last[e];
        }
    }
    if (entity == CB_WORD_NONE) {
        entity = new_entity(b, name, &folded);
        if (entity == CB_ENTITY_NONE)
            return false;
        b->out->items[entity].first = (uint32_t)i;
    }
    b->out->of_name[i] = entity;
    b->out->items[entity].last = (uint32_t)i;
    return true;
}

/* Among those of one surname: the one named last before name i, else the first one that comes. */
static uint32_t nearest_namesake(const struct builder *b, uint32_t newest, size_t i)
{
    uint32_t best = CB_ENTITY_NONE, best_seen = 0, coming = newest;
    unsigned n = 0;
    for (uint32_t e = newest; e != CB_ENTITY_NONE && n < NAMESAKES_MAX; e = b->same_last[e], n++) {
        const struct cb_entity *entity = &b->out->items[e];
        coming = e;
        if (entity->first < i && (best == CB_ENTITY_NONE || entity->names > best_seen)) {
            best = e;
            best_seen = entity->names; /* here: 1 + the last name seen so far */
        }
    }
    return best != CB_ENTITY_NONE ? best : coming;
}

/* Single words: surname, given name, acronym, short form ("the Times"), or a name of its own. */
static bool place_single_word(struct builder *b, size_t i)
{
    const struct cb_name *name = &b->names->items[i];
    struct folded folded;
    if (!fold_name(b, name->span, &folded))
        return false;
    if (folded.words >= 2 && b->out->of_name[i] != CB_ENTITY_NONE) {
        b->out->items[b->out->of_name[i]].names = (uint32_t)i + 1;
        return true;
    }
    uint32_t entity = CB_WORD_NONE;
    if (!name->place)
        entity = cb_word_map_get(&b->out->surname, folded.last, folded.last_len);
    if (entity != CB_WORD_NONE)
        entity = nearest_namesake(b, entity, i);
    if (entity == CB_WORD_NONE)
        entity = cb_word_map_get(&b->out->whole, folded.text, folded.len);
    if (entity == CB_WORD_NONE && name->kind == CB_SPEAKER_ORGANISATION)
        entity = cb_word_map_get(&b->initials, folded.text, folded.len);
    if (entity == CB_WORD_NONE)
        entity = cb_word_map_get(&b->given, folded.text, folded.len);
    if (entity == CB_WORD_NONE) {
        if (name->uncertain)
            return true;
        entity = new_entity(b, name, &folded);
        if (entity == CB_ENTITY_NONE)
            return false;
        b->out->items[entity].first = (uint32_t)i;
    }
    b->out->of_name[i] = entity;
    b->out->items[entity].names = (uint32_t)i + 1;
    return true;
}

/* The other names in brackets. */
static bool join_aliases(struct builder *b)
{
    for (size_t i = 0; i < b->names->alias_count; i++) {
        const struct cb_name_alias *alias = &b->names->aliases[i];
        struct folded folded;
        if (!fold_name(b, alias->span, &folded))
            return false;
        uint32_t owner = b->out->of_name[alias->name];
        uint32_t known = cb_word_map_get(&b->out->whole, folded.text, folded.len);
        if (owner == CB_ENTITY_NONE)
            continue;
        if (known == CB_WORD_NONE) {
            if (!cb_word_map_put(&b->out->whole, folded.text, folded.len, owner))
                return false;
        } else {
            unite(b, owner, known);
        }
    }
    return true;
}

/* "in Ostvik", "near Ostvik": there things happen. */
static bool stands_as_place(const char *text, uint32_t start)
{
    static const char *const before[] = {" at ", " from ", " in ", " near ", " of ", " off ", " outside "};
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        size_t len = strlen(before[i]);
        if (start >= len && memcmp(text + start - len, before[i], len) == 0)
            return true;
    }
    return false;
}

/* Entities of which a name does something, or is an organisation's, and none is a person's or stands as a
 * place. */
static bool *can_be_short(struct builder *b)
{
    bool *fits = cb_arena_array(b->work, b->out->count + 1, sizeof *fits);
    bool *refused = cb_arena_array(b->work, b->out->count + 1, sizeof *refused);
    if (fits == NULL || refused == NULL)
        return NULL;
    for (size_t i = 0; i < b->names->count; i++) {
        const struct cb_name *name = &b->names->items[i];
        uint32_t e = b->out->of_name[i];
        if (e == CB_ENTITY_NONE)
            continue;
        bool organisation = name->kind == CB_SPEAKER_ORGANISATION && !name->place;
        fits[e] = fits[e] || organisation || name->subject;
        refused[e] = refused[e] || name->kind == CB_SPEAKER_PERSON || name->place || name->gender != 0 ||
                     (!organisation && stands_as_place(b->text, name->span.start));
    }
    for (size_t e = 0; e < b->out->count; e++)
        fits[e] = fits[e] && !refused[e];
    return fits;
}

/* "Northline" is "Northline Ferries", "Tarn Water" is "Tarn Water Ltd": the longer name goes on with a
 * company's words only. */
static bool join_short_forms(struct builder *b)
{
    const bool *fits = can_be_short(b);
    if (fits == NULL)
        return false;
    for (size_t i = 0; i < b->names->count; i++) {
        const struct cb_name *name = &b->names->items[i];
        struct folded folded;
        uint32_t e = b->out->of_name[i];
        if (e == CB_ENTITY_NONE || b->out->items[e].last != i || name->kind != CB_SPEAKER_ORGANISATION)
            continue;
        if (!fold_name(b, name->span, &folded))
            return false;
        while (folded.words >= 2 && cb_is_company_word(folded.last, folded.last_len)) {
            split_words(folded.text, folded.len - folded.last_len - 1, &folded);
            uint32_t shorter = cb_word_map_get(&b->out->whole, folded.text, folded.len);
            if (shorter != CB_WORD_NONE && shorter != e && fits[shorter])
                unite(b, e, shorter);
        }
    }
    return true;
}

static void note_role(struct cb_entity *entity, const char *text, struct cb_span role)
{
    if (role.end <= role.start || entity->role_count == CB_ENTITY_ROLES_MAX)
        return;
    for (uint32_t i = 0; i < entity->role_count; i++) {
        const struct cb_span *known = &entity->roles[i];
        if (known->end - known->start == role.end - role.start &&
            memcmp(text + known->start, text + role.start, role.end - role.start) == 0)
            return;
    }
    entity->roles[entity->role_count++] = role;
}

static uint32_t count_words(const char *text, struct cb_span span)
{
    uint32_t words = 1;
    for (uint32_t i = span.start; i < span.end; i++)
        words += text[i] == ' ' || text[i] == '\n';
    return words;
}

/* What all names of one entity say together. */
static void sum_up(struct builder *b)
{
    for (size_t e = 0; e < b->out->count; e++)
        b->out->items[e] = (struct cb_entity){.first = UINT32_MAX};
    for (size_t i = 0; i < b->names->count; i++) {
        const struct cb_name *name = &b->names->items[i];
        if (b->out->of_name[i] == CB_ENTITY_NONE)
            continue;
        uint32_t e = b->out->of_name[i] = root_of(b, b->out->of_name[i]);
        struct cb_entity *entity = &b->out->items[e];
        uint32_t words = count_words(b->text, name->span);
        if (entity->names++ == 0)
            entity->first = (uint32_t)i;
        entity->last = (uint32_t)i;
        if (words > entity->words) {
            entity->words = words;
            entity->name = name->span;
        }
        entity->places += name->place;
        entity->persons += name->kind == CB_SPEAKER_PERSON;
        entity->organisations += name->kind == CB_SPEAKER_ORGANISATION;
        entity->companies += name->company;
        entity->males += name->gender == CB_GENDER_MALE;
        entity->females += name->gender == CB_GENDER_FEMALE;
        note_role(entity, b->text, name->role);
    }
}

enum cb_speaker_kind cb_entity_kind(const struct cb_entity *entity)
{
    if (entity->organisations > entity->persons)
        return CB_SPEAKER_ORGANISATION;
    return entity->persons > 0 ? CB_SPEAKER_PERSON : CB_SPEAKER_UNKNOWN;
}

enum cb_gender cb_entity_gender(const struct cb_entity *entity)
{
    if (entity->males == entity->females)
        return CB_GENDER_UNKNOWN;
    return entity->males > entity->females ? CB_GENDER_MALE : CB_GENDER_FEMALE;
}

enum cb_code cb_entities_make(const char *text, const struct cb_name_list *names, struct cb_arena *work,
                              struct cb_entities *out, struct cb_err *err)
{
    size_t count = names->count;
    struct builder b = {.text = text, .names = names, .work = work, .out = out};
    *out = (struct cb_entities){.items = cb_arena_array(work, count + 1, sizeof *out->items),
                                .of_name = cb_arena_array(work, count + 1, sizeof *out->of_name)};
    b.parent = cb_arena_array(work, count + 1, sizeof *b.parent);
    b.same_last = cb_arena_array(work, count + 1, sizeof *b.same_last);
    if (out->items == NULL || out->of_name == NULL || b.parent == NULL || b.same_last == NULL)
        return cb_no_memory(err);
    for (size_t i = 0; i < count; i++)
        out->of_name[i] = CB_ENTITY_NONE;
    cb_word_map_init(&out->whole, work);
    cb_word_map_init(&out->surname, work);
    cb_word_map_init(&b.given, work);
    cb_word_map_init(&b.initials, work);
    bool ok = true;
    for (size_t i = 0; i < count && ok; i++)
        ok = place_full_name(&b, i);
    for (size_t i = 0; i < count && ok; i++)
        ok = place_single_word(&b, i);
    if (!ok || !join_aliases(&b) || !join_short_forms(&b))
        return cb_no_memory(err);
    sum_up(&b);
    return CB_OK;
}
