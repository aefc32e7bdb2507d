/* Who speaks: the sources of all attributions of a text, traced to persons and organisations.
 *
 * References and names are walked through in the order of the text. A pronoun takes the person who is best
 * remembered at that point (salience: who spoke last, who was subject, how many sentences ago, gender; after
 * Lappin and Leass, "An Algorithm for Pronominal Anaphora Resolution", 1994, without their syntax). A
 * description ("the diplomat") takes the person whose role fits it best. */
#ifndef CB_TEXT_SPEAKER_H
#define CB_TEXT_SPEAKER_H

#include "text/entity.h"
#include "text/reference.h"

struct cb_speakers {
    const struct cb_speaker *items;
    size_t count;
    int *of_entity;    /* for each entity the same */
    int *of_reference; /* for each reference its speaker, or CB_NO_SPEAKER; in `work` */
};

/* Speakers live in `arena`, all else in `work`. Only who speaks in some reference becomes a speaker. */
CB_CHECKED enum cb_code cb_speakers_resolve(const char *text, const struct cb_name_list *names,
                                            const struct cb_entities *entities,
                                            const struct cb_reference *references, size_t count,
                                            struct cb_arena *work, struct cb_arena *arena,
                                            struct cb_speakers *out, struct cb_err *err);

#endif
