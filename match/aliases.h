/* Names with many forms ("ISIL", "Islamic State"): read as one word. Inside match/ only. */
#ifndef CB_MATCH_ALIASES_H
#define CB_MATCH_ALIASES_H

#include "base/arena.h"
#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

enum { CB_ALIAS_WORDS = 10 };

struct cb_alias {
    int32_t words[CB_ALIAS_WORDS]; /* hashes of the folded words of the form */
    uint8_t count;
    bool capitals;    /* must stand in capitals */
    const char *name; /* what it is read as */
    int32_t next;     /* another form with the same first word (longer ones first), or -1 */
};

struct cb_aliases {
    struct cb_arena arena;
    struct cb_alias *forms;
    size_t count;
    int32_t *places; /* by hash of the first word: an index of `forms`, or -1 */
};

/* Reads the table (match/data/aliases.tsv). CB_INTEGRITY when it is damaged. */
CB_CHECKED enum cb_code cb_aliases_load(struct cb_aliases *aliases, const char *table, struct cb_err *err);
void cb_aliases_release(struct cb_aliases *aliases);

struct cb_word;

/* The longest form that begins at words[0], of `count` words; or NULL. */
const struct cb_alias *cb_alias_find(const struct cb_aliases *aliases, const struct cb_word *words,
                                     size_t count);

#endif
