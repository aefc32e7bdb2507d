#include "text/abbreviation.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 8 };

struct entry {
    char word[LONGEST]; /* lower case, without the full stop */
    unsigned char kind;
    bool capital; /* only with a capital: the same letters in lower case are a word */
};

#define TITLE    CB_ABBR_TITLE
#define INNER    CB_ABBR_INNER
#define NUMBERED CB_ABBR_NUMBERED
#define DATE     CB_ABBR_DATE
#define END      CB_ABBR_END

/* in strcmp order: searched by halves */
static const struct entry entries[] = {
    {"a.k.a", INNER, false},   {"a.m", END, false},       {"adj", TITLE, false},     {"adm", TITLE, false},
    {"al", END, false},        {"ala", END, false},       {"approx", INNER, false},  {"apr", DATE, false},
    {"ariz", END, false},      {"ark", END, true},        {"art", NUMBERED, true},   {"assn", END, false},
    {"assoc", END, false},     {"aug", DATE, true},       {"ave", END, true},        {"b.a", END, false},
    {"b.sc", END, false},      {"blvd", END, false},      {"brig", TITLE, false},    {"bros", END, false},
    {"ca", INNER, false},      {"calif", END, false},     {"capt", TITLE, false},    {"cdr", TITLE, false},
    {"cf", INNER, false},      {"ch", NUMBERED, true},    {"chap", NUMBERED, false}, {"cmdr", TITLE, false},
    {"co", END, true},         {"col", TITLE, true},      {"colo", END, false},      {"comdr", TITLE, false},
    {"conn", END, true},       {"corp", END, false},      {"cos", END, true},        {"cpl", TITLE, false},
    {"d.c", END, false},       {"dec", DATE, true},       {"del", END, true},        {"dep", END, true},
    {"dept", END, false},      {"det", TITLE, true},      {"dist", END, true},       {"dr", TITLE, false},
    {"e.g", INNER, false},     {"e.u", END, false},       {"ed", END, false},        {"eq", NUMBERED, false},
    {"eqs", NUMBERED, false},  {"esq", END, false},       {"est", END, true},        {"etc", END, false},
    {"excl", INNER, false},    {"ext", NUMBERED, true},   {"feb", DATE, false},      {"fig", NUMBERED, false},
    {"figs", NUMBERED, false}, {"fla", END, false},       {"fr", TITLE, true},       {"fri", DATE, false},
    {"ft", TITLE, true},       {"ga", END, true},         {"gen", TITLE, true},      {"gens", TITLE, true},
    {"gov", TITLE, false},     {"hon", TITLE, true},      {"hrs", END, false},       {"hwy", END, false},
    {"i.e", INNER, false},     {"ia", END, true},         {"ill", END, true},        {"inc", END, true},
    {"incl", INNER, false},    {"ind", END, true},        {"insp", TITLE, false},    {"jan", DATE, true},
    {"jr", END, false},        {"jul", DATE, true},       {"jun", DATE, true},       {"kan", END, false},
    {"kans", END, false},      {"ky", END, false},        {"la", END, true},         {"lb", END, false},
    {"lbs", END, false},       {"lieut", TITLE, false},   {"llc", END, false},       {"lt", TITLE, false},
    {"ltd", END, false},       {"m.a", END, false},       {"m.b.a", END, false},     {"m.d", END, false},
    {"m.sc", END, false},      {"maj", TITLE, true},      {"mar", DATE, true},       {"mass", END, true},
    {"md", END, false},        {"messrs", TITLE, false},  {"mgr", TITLE, true},      {"mich", END, false},
    {"minn", END, false},      {"mins", END, false},      {"misc", END, false},      {"miss", END, true},
    {"mlle", TITLE, false},    {"mme", TITLE, false},     {"mo", END, true},         {"mon", DATE, true},
    {"mont", END, false},      {"mr", TITLE, false},      {"mrs", TITLE, false},     {"ms", TITLE, false},
    {"msgr", TITLE, false},    {"mt", TITLE, true},       {"mx", TITLE, false},      {"neb", END, false},
    {"nebr", END, false},      {"nev", END, false},       {"no", NUMBERED, true},    {"nos", NUMBERED, true},
    {"nov", DATE, false},      {"nr", NUMBERED, false},   {"nrs", NUMBERED, false},  {"oct", DATE, false},
    {"ofc", TITLE, true},      {"okla", END, false},      {"ont", END, true},        {"ore", END, true},
    {"oz", END, false},        {"p", NUMBERED, false},    {"p.m", END, false},       {"pa", END, true},
    {"para", NUMBERED, true},  {"paras", NUMBERED, true}, {"pfc", TITLE, false},     {"ph.d", END, false},
    {"plc", END, false},       {"pp", NUMBERED, false},   {"pres", TITLE, true},     {"prof", TITLE, false},
    {"pvt", TITLE, false},     {"que", END, true},        {"rd", END, true},         {"rep", TITLE, true},
    {"reps", TITLE, true},     {"rev", TITLE, true},      {"rs", NUMBERED, true},    {"rt", TITLE, true},
    {"sat", DATE, true},       {"sec", NUMBERED, true},   {"sect", NUMBERED, false}, {"sen", TITLE, true},
    {"sens", TITLE, true},     {"sep", DATE, true},       {"sept", DATE, false},     {"sgt", TITLE, false},
    {"spc", TITLE, true},      {"sq", END, true},         {"sr", END, false},        {"st", TITLE, true},
    {"ste", TITLE, true},      {"sun", DATE, true},       {"supt", TITLE, true},     {"tel", NUMBERED, false},
    {"tenn", END, false},      {"tex", END, false},       {"thu", DATE, false},      {"thur", DATE, false},
    {"thurs", DATE, false},    {"tue", DATE, false},      {"tues", DATE, false},     {"u.k", END, false},
    {"u.n", END, false},       {"u.s", END, false},       {"u.s.a", END, false},     {"u.s.s.r", END, false},
    {"univ", END, false},      {"va", END, false},        {"viz", INNER, false},     {"vol", NUMBERED, false},
    {"vols", NUMBERED, false}, {"vs", INNER, false},      {"vt", END, false},        {"wash", END, true},
    {"wed", DATE, true},       {"wis", END, false},       {"wisc", END, false},      {"wyo", END, false},
    {"yrs", END, false},
};

static int compare(const void *key, const void *entry)
{
    return strcmp(key, ((const struct entry *)entry)->word);
}

enum cb_abbreviation cb_abbreviation_of(const char *text, size_t len)
{
    if (len == 0 || len >= LONGEST)
        return CB_ABBR_NONE;
    char key[LONGEST] = {0};
    for (size_t i = 0; i < len; i++)
        key[i] = (char)(text[i] >= 'A' && text[i] <= 'Z' ? text[i] + ('a' - 'A') : text[i]);
    const struct entry *found =
        bsearch(key, entries, sizeof entries / sizeof *entries, sizeof *entries, compare);
    if (found == NULL || (found->capital && !(text[0] >= 'A' && text[0] <= 'Z')))
        return CB_ABBR_NONE;
    return (enum cb_abbreviation)found->kind;
}
