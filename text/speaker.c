#include "text/speaker.h"

#include "text/salience.h"
#include "text/unicode.h"
#include "text/word_list.h"

#include <stdlib.h>
#include <string.h>

enum { KEY_MAX = 1024, ALIASES_MAX = 32, GROUP_REMEMBERED = 4 /* sentences */ };

/* A speaker while the text is walked through: an entity, or a phrase of its own. */
struct voice {
    uint32_t entity;       /* CB_ENTITY_NONE for a phrase */
    struct cb_span phrase; /* the words to show; for an organisation its longest form */
    struct cb_span role;
    uint8_t kind;
    bool named; /* a phrase with a name in it: "Skerra island council" */
};

struct resolver {
    const char *text;
    const struct cb_name_list *names;
    const struct cb_entities *entities;
    const struct cb_reference *references;
    struct cb_arena *work, *arena;
    struct cb_memory memory;
    struct voice *voices;
    int *of_entity; /* voice of an entity, or CB_NO_SPEAKER */
    size_t count;
    struct cb_word_map phrases; /* folded phrase → voice */
    int *of_reference;
    int last, last_group; /* voices that spoke last */
    uint32_t last_sentence, last_paragraph, last_group_sentence;
    bool last_direct;
};

static int voice_of_entity(struct resolver *s, uint32_t entity, const struct cb_reference *reference)
{
    const struct cb_entity *e = &s->entities->items[entity];
    if (s->of_entity[entity] == CB_NO_SPEAKER) {
        s->of_entity[entity] = (int)s->count;
        s->voices[s->count++] =
            (struct voice){.entity = entity, .phrase = e->name, .kind = (uint8_t)cb_entity_kind(e)};
    }
    struct voice *voice = &s->voices[s->of_entity[entity]];
    if (reference->kind == CB_REFERENCE_GROUP && cb_entity_kind(e) == CB_SPEAKER_UNKNOWN)
        voice->kind = CB_SPEAKER_ORGANISATION; /* "the company", said of it later */
    if (voice->kind == CB_SPEAKER_UNKNOWN)
        voice->kind = reference->kind == CB_REFERENCE_HE || reference->kind == CB_REFERENCE_DESCRIPTION
                          ? CB_SPEAKER_PERSON
                          : reference->speaker_kind;
    if (reference->kind == CB_REFERENCE_NAME) {
        bool organisation = voice->kind == CB_SPEAKER_ORGANISATION;
        if (organisation &&
            reference->span.end - reference->span.start > voice->phrase.end - voice->phrase.start)
            voice->phrase = reference->span;
        if (voice->role.end == 0)
            voice->role = reference->role;
    }
    return s->of_entity[entity];
}

static bool fold_phrase(struct resolver *s, struct cb_span span, const char **out, size_t *len)
{
    struct cb_buffer buffer;
    cb_buffer_init(&buffer, KEY_MAX);
    size_t size = span.end - span.start;
    bool ok = size <= KEY_MAX && cb_fold(s->text + span.start, size, &buffer, NULL) == CB_OK;
    *len = ok ? buffer.len : size;
    *out = ok ? cb_arena_copy(s->work, cb_buffer_text(&buffer), buffer.len) : s->text + span.start;
    cb_buffer_release(&buffer);
    return *out != NULL;
}

/* A phrase of its own: "officials", "a senior official". The same words for a group, and for a definite
 * description, mean the same voice; "a source" is somebody new each time. Negative: no memory. */
static int voice_of_phrase(struct resolver *s, const struct cb_reference *reference)
{
    const char *folded;
    size_t len;
    if (!fold_phrase(s, reference->span, &folded, &len))
        return -2;
    bool shared = reference->definite || reference->kind != CB_REFERENCE_DESCRIPTION;
    uint32_t known = shared ? cb_word_map_get(&s->phrases, folded, len) : CB_WORD_NONE;
    if (known != CB_WORD_NONE)
        return (int)known;
    if (!cb_word_map_put(&s->phrases, folded, len, (uint32_t)s->count))
        return -2;
    s->voices[s->count] = (struct voice){.entity = CB_ENTITY_NONE,
                                         .phrase = reference->span,
                                         .kind = reference->speaker_kind,
                                         .named = reference->named};
    if (reference->kind == CB_REFERENCE_DESCRIPTION)
        s->voices[s->count].role = reference->span;
    return (int)s->count++;
}

/* The entity of the name in the reference: by its place in the list, else by its letters. */
static uint32_t entity_of_name(const struct resolver *s, const struct cb_reference *reference)
{
    size_t low = 0, high = s->names->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->names->items[middle].span.start < reference->name.start)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < s->names->count && s->names->items[low].span.start == reference->name.start &&
        s->entities->of_name[low] != CB_ENTITY_NONE)
        return s->entities->of_name[low];
    return cb_entity_named(s->entities, s->text, reference->name);
}

/* "who said": the name that stands right before, in the same sentence; but not the place in "a woman of
 * Halden who said": that is where she lives. */
static uint32_t antecedent(const struct resolver *s, const struct cb_reference *reference)
{
    size_t i = s->memory.next_name;
    while (i > 0 && s->names->items[i - 1].span.end > reference->at)
        i--;
    if (i == 0 || s->names->items[i - 1].sentence != reference->sentence)
        return CB_ENTITY_NONE;
    const struct cb_name *name = &s->names->items[i - 1];
    uint32_t start = name->span.start;
    static const char *const before[] = {" of ", " in ", " from ", " near "};
    for (size_t k = 0; k < sizeof before / sizeof *before; k++) {
        size_t len = strlen(before[k]);
        if (start >= len && memcmp(s->text + start - len, before[k], len) == 0 &&
            memchr(s->text + start, ' ', name->span.end - start) == NULL)
            return CB_ENTITY_NONE;
    }
    return s->entities->of_name[i - 1];
}

static int continued(const struct resolver *s, const struct cb_reference *reference)
{
    if (!reference->direct || s->last == CB_NO_SPEAKER)
        return CB_NO_SPEAKER;
    if (reference->paragraph == s->last_paragraph)
        return s->last;
    bool next = reference->paragraph == s->last_paragraph + 1;
    return next && s->last_direct ? s->last : CB_NO_SPEAKER;
}

/* "A spokesman said … . He added": whoever spoke in the sentence before, of the same paragraph, when he has
 * no name and no name came in between. */
static bool spoke_unnamed(const struct resolver *s, const struct cb_reference *reference)
{
    if (s->last == CB_NO_SPEAKER || s->last_paragraph != reference->paragraph ||
        reference->sentence != s->last_sentence + 1)
        return false;
    const struct voice *voice = &s->voices[s->last];
    bool person = voice->kind == CB_SPEAKER_PERSON;
    bool organisation = voice->kind == CB_SPEAKER_ORGANISATION;
    if (voice->entity != CB_ENTITY_NONE || (reference->kind == CB_REFERENCE_HE ? !person : !organisation))
        return false;
    for (size_t i = s->memory.next_name; i > 0 && s->names->items[i - 1].sentence == reference->sentence;
         i--) {
        if (s->entities->of_name[i - 1] != CB_ENTITY_NONE)
            return false;
    }
    return true;
}

static int resolve_pronoun(struct resolver *s, const struct cb_reference *reference)
{
    uint32_t entity = CB_ENTITY_NONE;
    if ((reference->kind == CB_REFERENCE_HE || reference->kind == CB_REFERENCE_IT) &&
        spoke_unnamed(s, reference))
        return s->last;
    if (reference->kind == CB_REFERENCE_HE)
        entity = cb_memory_person(&s->memory, reference);
    else if (reference->kind == CB_REFERENCE_IT)
        entity = cb_memory_organisation(&s->memory, reference);
    else if (reference->kind == CB_REFERENCE_WHO)
        entity = antecedent(s, reference);
    if (entity != CB_ENTITY_NONE)
        return voice_of_entity(s, entity, reference);
    bool near_group =
        s->last_group != CB_NO_SPEAKER && reference->sentence - s->last_group_sentence <= GROUP_REMEMBERED;
    if (reference->kind == CB_REFERENCE_THEY)
        return near_group ? s->last_group : CB_NO_SPEAKER;
    if (reference->kind == CB_REFERENCE_HE && s->last != CB_NO_SPEAKER &&
        s->voices[s->last].kind == CB_SPEAKER_PERSON &&
        reference->sentence - s->last_sentence <= GROUP_REMEMBERED)
        return s->last;
    return CB_NO_SPEAKER;
}

static bool is_organisation(const struct resolver *s, const struct cb_reference *reference)
{
    return reference->speaker_kind == CB_SPEAKER_ORGANISATION ||
           cb_is_company_noun(s->text + reference->head.start, reference->head.end - reference->head.start);
}

/* "Berg said" at the head of a sentence, which the tagger may take for a berg: whoever the text names so. */
static uint32_t person_of_word(const struct resolver *s, const struct cb_reference *reference)
{
    const char *word = s->text + reference->span.start;
    size_t len = reference->span.end - reference->span.start;
    if (len == 0 || *word < 'A' || *word > 'Z' || memchr(word, ' ', len) != NULL ||
        reference->speaker_kind != CB_SPEAKER_UNKNOWN)
        return CB_ENTITY_NONE;
    uint32_t entity = cb_entity_named(s->entities, s->text, reference->span);
    bool person =
        entity != CB_ENTITY_NONE && cb_entity_kind(&s->entities->items[entity]) == CB_SPEAKER_PERSON;
    return person ? entity : CB_ENTITY_NONE;
}

/* Speaker of one reference, CB_NO_SPEAKER, or -2 without memory. */
static int resolve_one(struct resolver *s, const struct cb_reference *reference)
{
    uint32_t entity = CB_ENTITY_NONE;
    switch (reference->kind) {
    case CB_REFERENCE_NONE:
        return continued(s, reference);
    case CB_REFERENCE_SAME:
        return s->last != CB_NO_SPEAKER && reference->sentence == s->last_sentence ? s->last : CB_NO_SPEAKER;
    case CB_REFERENCE_I:
        if (reference->outer >= 0)
            return s->of_reference[reference->outer];
        return s->last != CB_NO_SPEAKER && reference->sentence - s->last_sentence <= 1 ? s->last
                                                                                       : CB_NO_SPEAKER;
    case CB_REFERENCE_NAME:
        entity = entity_of_name(s, reference);
        break;
    case CB_REFERENCE_DESCRIPTION:
        entity = reference->definite ? cb_memory_described(&s->memory, reference)
                                     : cb_memory_introduced(&s->memory, reference);
        break;
    case CB_REFERENCE_GROUP:
        entity = reference->definite && is_organisation(s, reference)
                     ? cb_memory_group(&s->memory, reference)
                     : cb_memory_owner(&s->memory, reference);
        if (entity == CB_ENTITY_NONE)
            entity = person_of_word(s, reference);
        break;
    case CB_REFERENCE_SEVERAL:
        break;
    default:
        return resolve_pronoun(s, reference);
    }
    return entity != CB_ENTITY_NONE ? voice_of_entity(s, entity, reference) : voice_of_phrase(s, reference);
}

static void note_spoken(struct resolver *s, const struct cb_reference *reference, int voice)
{
    if (voice < 0 || reference->quiet)
        return;
    const struct voice *v = &s->voices[voice];
    if (v->entity != CB_ENTITY_NONE)
        cb_memory_spoke(&s->memory, v->entity, reference->sentence);
    s->last = voice;
    s->last_sentence = reference->sentence;
    s->last_paragraph = reference->paragraph;
    s->last_direct = reference->direct;
    if (v->kind != CB_SPEAKER_PERSON) {
        s->last_group = voice;
        s->last_group_sentence = reference->sentence;
    }
}

struct ordered {
    uint32_t at, index;
};

static int by_place(const void *a, const void *b)
{
    const struct ordered *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

/* Names and references in the order of the text. */
static enum cb_code walk(struct resolver *s, size_t count, struct cb_err *err)
{
    struct ordered *order = cb_arena_array(s->work, count + 1, sizeof *order);
    if (order == NULL)
        return cb_no_memory(err);
    for (size_t i = 0; i < count; i++) {
        order[i] = (struct ordered){s->references[i].at, (uint32_t)i};
        s->of_reference[i] = CB_NO_SPEAKER;
    }
    qsort(order, count, sizeof *order, by_place);
    size_t name = 0;
    for (size_t i = 0; i < count; i++) {
        const struct cb_reference *reference = &s->references[order[i].index];
        while (name < s->names->count && s->names->items[name].span.start < reference->at)
            cb_memory_name(&s->memory, name++);
        int voice = resolve_one(s, reference);
        if (voice == -2)
            return cb_no_memory(err);
        s->of_reference[order[i].index] = voice;
        note_spoken(s, reference, voice);
    }
    return CB_OK;
}

/* ---- what leaves ---- */

/* The words of the span with single blanks. */
static const char *copy_words(struct resolver *s, struct cb_span span)
{
    char *copy = cb_arena_copy(s->arena, s->text + span.start, span.end - span.start);
    if (copy == NULL)
        return NULL;
    size_t n = 0;
    for (size_t i = 0; copy[i] != '\0'; i++) {
        bool blank = copy[i] == ' ' || copy[i] == '\n' || copy[i] == '\t';
        if (blank && (n == 0 || copy[n - 1] == ' '))
            continue;
        copy[n++] = blank ? ' ' : copy[i];
    }
    copy[n] = '\0';
    return copy;
}

/* Identity across documents (text/extract.h). Names of a country in its short and long form are one. */
static enum cb_code make_key(struct resolver *s, const struct voice *voice, struct cb_speaker *speaker,
                             struct cb_err *err)
{
    static const char *const states[][2] = {{"u.s.", "united states"}, {"us", "united states"},
                                            {"usa", "united states"},  {"u.s.a.", "united states"},
                                            {"uk", "united kingdom"},  {"u.k.", "united kingdom"},
                                            {"eu", "european union"},  {"un", "united nations"}};
    enum cb_code code = CB_OK;
    if (voice->entity == CB_ENTITY_NONE && !(voice->named && voice->kind == CB_SPEAKER_ORGANISATION))
        return CB_OK;
    struct cb_buffer key;
    cb_buffer_init(&key, KEY_MAX);
    if (strlen(speaker->name) > KEY_MAX / 4)
        goto done;
    code = cb_fold(speaker->name, strlen(speaker->name), &key, err);
    if (code != CB_OK)
        goto done;
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        if (strcmp(cb_buffer_text(&key), states[i][0]) == 0) {
            cb_buffer_clear(&key);
            cb_buffer_add_text(&key, states[i][1]);
        }
    }
    bool one_word = strchr(cb_buffer_text(&key), ' ') == NULL;
    if (one_word && speaker->kind != CB_SPEAKER_ORGANISATION) {
        if (speaker->role == NULL || strlen(speaker->role) > KEY_MAX / 4)
            goto done;
        cb_buffer_add_text(&key, ", ");
        code = cb_fold(speaker->role, strlen(speaker->role), &key, err);
    }
    if (code == CB_OK)
        code = cb_buffer_status(&key, "speaker's key", err);
    if (code == CB_OK) {
        speaker->key = cb_arena_copy(s->arena, cb_buffer_text(&key), key.len);
        code = speaker->key == NULL ? cb_no_memory(err) : CB_OK;
    }
done:
    cb_buffer_release(&key);
    return code;
}

/* The other forms in which the text names each speaker. One pass over the names for all speakers. */
static enum cb_code collect_aliases(struct resolver *s, struct cb_speaker *speakers, struct cb_err *err)
{
    for (size_t i = 0; i < s->names->count + s->names->alias_count; i++) {
        bool bracket = i >= s->names->count;
        const struct cb_name_alias *alias = bracket ? &s->names->aliases[i - s->names->count] : NULL;
        uint32_t entity = s->entities->of_name[bracket ? alias->name : i];
        struct cb_span span = bracket ? alias->span : s->names->items[i].span;
        if (entity == CB_ENTITY_NONE || s->of_entity[entity] == CB_NO_SPEAKER)
            continue;
        struct cb_speaker *speaker = &speakers[s->of_entity[entity]];
        size_t len = span.end - span.start;
        bool known = strlen(speaker->name) == len && memcmp(speaker->name, s->text + span.start, len) == 0;
        for (size_t k = 0; k < speaker->alias_count && !known; k++)
            known = strlen(speaker->aliases[k]) == len &&
                    memcmp(speaker->aliases[k], s->text + span.start, len) == 0;
        if (known || speaker->alias_count == ALIASES_MAX)
            continue;
        if (speaker->aliases == NULL)
            speaker->aliases = cb_arena_array(s->arena, ALIASES_MAX, sizeof *speaker->aliases);
        const char *copy = copy_words(s, span);
        if (speaker->aliases == NULL || copy == NULL)
            return cb_no_memory(err);
        speaker->aliases[speaker->alias_count++] = copy;
    }
    return CB_OK;
}

static enum cb_code write_speakers(struct resolver *s, struct cb_speakers *out, struct cb_err *err)
{
    struct cb_speaker *speakers = cb_arena_array(s->arena, s->count + 1, sizeof *speakers);
    if (speakers == NULL)
        return cb_no_memory(err);
    for (size_t i = 0; i < s->count; i++) {
        const struct voice *voice = &s->voices[i];
        struct cb_speaker *speaker = &speakers[i];
        struct cb_span role = voice->role;
        if (role.end == 0 && voice->entity != CB_ENTITY_NONE)
            role = s->entities->items[voice->entity].roles[0];
        speaker->name = copy_words(s, voice->phrase);
        speaker->role = role.end > role.start ? copy_words(s, role) : NULL;
        if (speaker->name == NULL || (role.end > role.start && speaker->role == NULL))
            return cb_no_memory(err);
        speaker->kind = (enum cb_speaker_kind)voice->kind;
        enum cb_code code = make_key(s, voice, speaker, err);
        if (code != CB_OK)
            return code;
    }
    out->items = speakers;
    out->count = s->count;
    return collect_aliases(s, speakers, err);
}

enum cb_code cb_speakers_resolve(const char *text, const struct cb_name_list *names,
                                 const struct cb_entities *entities, const struct cb_reference *references,
                                 size_t count, struct cb_arena *work, struct cb_arena *arena,
                                 struct cb_speakers *out, struct cb_err *err)
{
    struct resolver s = {
        .text = text,
        .names = names,
        .entities = entities,
        .references = references,
        .work = work,
        .arena = arena,
        .last = CB_NO_SPEAKER,
        .last_group = CB_NO_SPEAKER,
        .memory = {.text = text, .names = names, .entities = entities, .last_speaker = CB_ENTITY_NONE}};
    *out = (struct cb_speakers){0};
    s.voices = cb_arena_array(work, count + 1, sizeof *s.voices);
    s.of_entity = cb_arena_array(work, entities->count + 1, sizeof *s.of_entity);
    s.of_reference = cb_arena_array(work, count + 1, sizeof *s.of_reference);
    if (s.voices == NULL || s.of_entity == NULL || s.of_reference == NULL)
        return cb_no_memory(err);
    for (size_t i = 0; i < entities->count; i++)
        s.of_entity[i] = CB_NO_SPEAKER;
    cb_word_map_init(&s.phrases, work);
    enum cb_code code = walk(&s, count, err);
    if (code != CB_OK)
        return code;
    out->of_reference = s.of_reference;
    out->of_entity = s.of_entity;
    return write_speakers(&s, out, err);
}
