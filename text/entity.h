/* Who is who among the names of a text: "Sergey Lavrov", "Lavrov" and "Mr Lavrov" are one, and so are
 * "Associated Press" and "AP", and what the text itself says in brackets ("Islamic State (IS)"). */
#ifndef CB_TEXT_ENTITY_H
#define CB_TEXT_ENTITY_H

#include "text/name_find.h"
#include "text/word_map.h"

enum { CB_ENTITY_ROLES_MAX = 4 };
#define CB_ENTITY_NONE UINT32_MAX

struct cb_entity {
    struct cb_span name;                       /* the fullest form */
    struct cb_span roles[CB_ENTITY_ROLES_MAX]; /* what the text calls it beside its name, in order */
    uint32_t role_count;
    uint32_t words;  /* of the fullest form */
    uint32_t places; /* names, of which so many are places */
    uint32_t names, persons, organisations, males, females;
    uint32_t
        companies; /* names that are a company's, an outlet's, by their words or what stands beside them */
    uint32_t first, last; /* index of its first and last name in the list */
};

struct cb_entities {
    struct cb_entity *items;
    size_t count;
    uint32_t *of_name;          /* for each name of the list its entity, or CB_ENTITY_NONE */
    struct cb_word_map whole;   /* folded name → entity */
    struct cb_word_map surname; /* last word → the newest entity with it */
};

/* `work` holds everything, *out included. CB_NO_MEMORY, CB_LIMIT. */
CB_CHECKED enum cb_code cb_entities_make(const char *text, const struct cb_name_list *names,
                                         struct cb_arena *work, struct cb_entities *out, struct cb_err *err);

/* The entity that bears this name somewhere in the text, or CB_ENTITY_NONE: for names that are not in the
 * list, as those of headlines. */
uint32_t cb_entity_named(const struct cb_entities *entities, const char *text, struct cb_span name);

enum cb_speaker_kind cb_entity_kind(const struct cb_entity *entity);
enum cb_gender cb_entity_gender(const struct cb_entity *entity);

#endif
