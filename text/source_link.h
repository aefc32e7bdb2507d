/* Where a text says that it comes from: "in an interview with the Kommersant newspaper", "told Reuters",
 * "(AP)", "according to The Guardian", "first appeared in". */
#ifndef CB_TEXT_SOURCE_LINK_H
#define CB_TEXT_SOURCE_LINK_H

#include "text/entity.h"

/* A link as it was found; whether the target is an outlet is known only when the whole text is read. */
struct cb_link_found {
    enum cb_link_kind kind;
    const char *what;      /* "interview", "report" …, or NULL; static */
    struct cb_span target; /* the outlet's name */
    struct cb_span span;   /* the words that say so */
    uint32_t sentence;
    bool certain; /* the words leave no doubt: "interview with the newspaper X" */
};

struct cb_link_list {
    struct cb_link_found *items;
    size_t count, capacity;
};

void cb_link_list_release(struct cb_link_list *list);

/* Appends the links of a reading; sentence numbers are raised by `first_sentence`. CB_LIMIT, CB_NO_MEMORY. */
CB_CHECKED enum cb_code cb_links_find(const struct cb_reading *reading, uint32_t first_sentence,
                                      struct cb_link_list *list, struct cb_err *err);

/* Keeps what points at an outlet, once a target and kind. speaker_of has for each sentence of the text who
 * speaks in it, or CB_NO_SPEAKER. *out lives in `arena`. */
CB_CHECKED enum cb_code cb_links_resolve(const char *text, const struct cb_link_list *list,
                                         const struct cb_entities *entities, const int *speaker_of,
                                         struct cb_arena *arena, const struct cb_source_link **out,
                                         size_t *count, struct cb_err *err);

/* Is it the name of a news outlet or agency, going by the name: "Reuters", "The Moscow Times"? */
bool cb_is_outlet_name(const char *name, size_t len);

#endif
