#include "match/aliases.h"

#include "match/tables.h"
#include "match/terms.h"

#include <string.h>

enum { PLACES = 1024, FORMS_MAX = 4096, ALIASES_MAX_BYTES = 2 * 1024 * 1024 };

static size_t place_of(int32_t first)
{
    return cb_table_place(first) & (PLACES - 1);
}

/* Forms with one place are a chain, those with more words first. */
static void link_form(struct cb_aliases *aliases, int32_t index)
{
    struct cb_alias *form = &aliases->forms[index];
    int32_t *at = &aliases->places[place_of(form->words[0])];
    while (*at >= 0 && aliases->forms[*at].count > form->count)
        at = &aliases->forms[*at].next;
    form->next = *at;
    *at = index;
}

/* text[0 … len): words apart by blanks. A form without a small letter is one of capitals. */
static bool read_form(struct cb_alias *form, const char *text, size_t len)
{
    size_t start = 0;
    bool small = false, capital = false;
    for (size_t i = 0; i < len; i++) {
        small |= text[i] >= 'a' && text[i] <= 'z';
        capital |= text[i] >= 'A' && text[i] <= 'Z';
    }
    form->capitals = capital && !small;
    for (size_t i = 0; i <= len; i++) {
        if (i < len && text[i] != ' ')
            continue;
        char word[64];
        if (i == start || i - start > sizeof word || form->count == CB_ALIAS_WORDS)
            return false;
        for (size_t j = start; j < i; j++)
            word[j - start] = text[j] >= 'A' && text[j] <= 'Z' ? (char)(text[j] + 32) : text[j];
        form->words[form->count++] = cb_hash32(word, i - start);
        start = i + 1;
    }
    return true;
}

static bool read_line(struct cb_aliases *aliases, const char *line, size_t len)
{
    const char *tab = memchr(line, '\t', len);
    const char *name = tab == NULL ? NULL : cb_arena_copy(&aliases->arena, line, (size_t)(tab - line));
    if (name == NULL)
        return false;
    for (const char *at = tab + 1, *end = line + len; at <= end;) {
        const char *bar = at < end ? memchr(at, '|', (size_t)(end - at)) : NULL;
        const char *stop = bar == NULL ? end : bar;
        struct cb_alias form = {.name = name};
        if (aliases->count == FORMS_MAX || !read_form(&form, at, (size_t)(stop - at)))
            return false;
        aliases->forms[aliases->count] = form;
        link_form(aliases, (int32_t)aliases->count++);
        at = stop + 1;
    }
    return true;
}

enum cb_code cb_aliases_load(struct cb_aliases *aliases, const char *table, struct cb_err *err)
{
    int number = 0;
    size_t bars = 0;
    for (const char *c = table; *c != '\0'; c++)
        bars += *c == '|' || *c == '\n';
    cb_arena_init(&aliases->arena, ALIASES_MAX_BYTES);
    aliases->forms = cb_arena_array(&aliases->arena, bars + 1, sizeof *aliases->forms);
    aliases->places = cb_arena_array(&aliases->arena, PLACES, sizeof *aliases->places);
    if (aliases->forms == NULL || aliases->places == NULL)
        return cb_no_memory(err);
    for (size_t i = 0; i < PLACES; i++)
        aliases->places[i] = -1;
    for (const char *line = table, *end; *line != '\0'; line = end + 1) {
        number++;
        end = strchr(line, '\n');
        if (end == NULL || (*line != '#' && !read_line(aliases, line, (size_t)(end - line))))
            return cb_fail(err, CB_INTEGRITY, "the table of aliases is damaged in line %d", number);
    }
    return CB_OK;
}

void cb_aliases_release(struct cb_aliases *aliases)
{
    cb_arena_release(&aliases->arena);
}

static bool form_fits(const struct cb_alias *form, const struct cb_word *words, size_t count)
{
    if (form->count > count || !(words[0].flags & CB_WORD_UPPER) ||
        (form->capitals && !(words[0].flags & CB_WORD_CAPITALS)))
        return false;
    for (size_t i = 0; i < form->count; i++) {
        if (words[i].whole != form->words[i] || (i > 0 && (words[i].flags & CB_WORD_CLAUSE)))
            return false;
    }
    return true;
}

const struct cb_alias *cb_alias_find(const struct cb_aliases *aliases, const struct cb_word *words,
                                     size_t count)
{
    for (int32_t at = aliases->places[place_of(words[0].whole)]; at >= 0; at = aliases->forms[at].next) {
        if (form_fits(&aliases->forms[at], words, count))
            return &aliases->forms[at];
    }
    return NULL;
}
