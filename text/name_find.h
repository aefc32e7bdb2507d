/* Names in a reading: where they stand, what the text puts beside them (title, apposition), and the other
 * names it gives in brackets. Who is who is worked out over the whole text later (text/speaker.h). */
#ifndef CB_TEXT_NAME_FIND_H
#define CB_TEXT_NAME_FIND_H

#include "text/grammar.h"
#include "text/role_words.h"

struct cb_name {
    struct cb_span span;  /* the bare name: "Sergey Lavrov", "UN Security Council" */
    struct cb_span role;  /* "Russian Foreign Minister", "co-director of …"; empty when there is none */
    struct cb_span owned; /* "list of questions" behind "Lee's" or "Lee has given a …"; or empty */
    struct cb_token_range
        apposition; /* of the reading it was found in: "Ann Lee, an engineer with …"; or empty */
    uint32_t sentence;
    uint8_t kind;   /* enum cb_speaker_kind */
    uint8_t gender; /* enum cb_gender, from titles and given names */
    bool subject;   /* a verb follows: it does something here */
    bool in_quote;  /* inside quotation marks */
    bool possessive;
    bool uncertain; /* one word at the beginning of a sentence: a name only if it is one elsewhere */
    bool place;
    bool company; /* its words, or what stands beside it here, tell that it is a firm, an outlet, a thing */
};

/* "Islamic State (IS, previously ISIS)": each of the names in brackets belongs to the name before. */
struct cb_name_alias {
    uint32_t name; /* index into names */
    struct cb_span span;
};

/* Heap arrays that grow; release frees them. */
struct cb_name_list {
    struct cb_name *items;
    size_t count, capacity;
    struct cb_name_alias *aliases;
    size_t alias_count, alias_capacity;
};

void cb_name_list_release(struct cb_name_list *list);

/* Appends the names of the reading in order; sentence numbers are raised by `first_sentence`.
 * CB_LIMIT, CB_NO_MEMORY. */
CB_CHECKED enum cb_code cb_names_find(const struct cb_reading *reading, uint32_t first_sentence,
                                      struct cb_name_list *list, struct cb_err *err);

/* The name that begins at token `at` of the range, without looking at what stands round it; *end is the token
 * behind it, `at` when none begins there. Titles are cut off: *name is the bare name, *title the words
 * before. */
struct cb_name_parts {
    struct cb_token_range title, name;
    bool person, organisation, place;
    bool company; /* an organisation going by its last word, or by what stands beside the name */
    uint8_t gender;
};
uint32_t cb_name_at(const struct cb_reading *reading, struct cb_token_range range, uint32_t at,
                    struct cb_name_parts *parts);

#endif
