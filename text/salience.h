/* Whom a pronoun or a description means: the memory of a reader who walks through the text (text/speaker.h).
 */
#ifndef CB_TEXT_SALIENCE_H
#define CB_TEXT_SALIENCE_H

#include "text/entity.h"
#include "text/reference.h"

enum { CB_REMEMBERED_MAX = 48 };

struct cb_remembered {
    uint32_t entity;
    uint32_t sentence; /* of its last mention outside quotations */
    uint32_t spoke;    /* sentence in which it spoke last, UINT32_MAX: never */
    bool subject;      /* of the last mention */
    bool possessive;
    bool quoted; /* known from quotations only */
};

struct cb_memory {
    const char *text;
    const struct cb_name_list *names;
    const struct cb_entities *entities;
    struct cb_remembered recent[CB_REMEMBERED_MAX]; /* newest first */
    size_t count;
    uint32_t last_speaker; /* entity, or CB_ENTITY_NONE */
    size_t next_name;      /* first name behind the point that the reader has reached */
};

/* A name of the list is read. */
void cb_memory_name(struct cb_memory *memory, size_t name);

/* The entity spoke in that sentence. */
void cb_memory_spoke(struct cb_memory *memory, uint32_t entity, uint32_t sentence);

/* The person meant by "he" or "she", CB_ENTITY_NONE when nobody fits. */
uint32_t cb_memory_person(const struct cb_memory *memory, const struct cb_reference *reference);

/* The organisation meant by "it". */
uint32_t cb_memory_organisation(const struct cb_memory *memory, const struct cb_reference *reference);

/* Who fits a definite description, among those remembered and those named soon after. */
uint32_t cb_memory_described(const struct cb_memory *memory, const struct cb_reference *reference);

/* "A department head told …", of whom the next sentences give the name: the person with that very role. */
uint32_t cb_memory_introduced(const struct cb_memory *memory, const struct cb_reference *reference);

/* Whose it is: "the letter", "one question", when the text speaks of Lee's letter, of Lee's list of
 * questions. */
uint32_t cb_memory_owner(const struct cb_memory *memory, const struct cb_reference *reference);

/* The organisation whose name has the description's head: "the ministry". */
uint32_t cb_memory_group(const struct cb_memory *memory, const struct cb_reference *reference);

#endif
