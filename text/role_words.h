/* Words for people and for what they belong to: roles and titles, organisations, given names, peoples.
 * Lists of the project's own; all look-ups take a word of any case and fold ASCII letters only. */
#ifndef CB_TEXT_ROLE_WORDS_H
#define CB_TEXT_ROLE_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a role word says of a person; "the diplomat" can be whoever has a role with CB_ROLE_DIPLOMAT. */
enum {
    CB_ROLE_OFFICIAL = 1, /* acts for a state, an agency, an organisation */
    CB_ROLE_DIPLOMAT = 2,
    CB_ROLE_LAWMAKER = 4,
    CB_ROLE_LAWYER = 8,
    CB_ROLE_POLITICIAN = 16,
    CB_ROLE_SOLDIER = 32,
    CB_ROLE_POLICE = 64,
    CB_ROLE_SPOKES = 128,
    CB_ROLE_MEDIA = 256,
    CB_ROLE_EXPERT = 512,
    CB_ROLE_LEADER = 1024,
    CB_ROLE_BUSINESS = 2048,
    CB_ROLE_CLERGY = 4096,
    CB_ROLE_PLAIN = 8192, /* man, woman, resident, migrant: anybody */
};

enum cb_gender { CB_GENDER_UNKNOWN, CB_GENDER_MALE, CB_GENDER_FEMALE };

struct cb_role_word {
    const char *word;
    uint16_t classes;
    uint8_t gender; /* enum cb_gender */
    bool title;     /* may stand before a name: "Minister Lavrov" */
};

/* The entry of a role word, or NULL. A plural ("officials") finds its singular and sets *plural. */
const struct cb_role_word *cb_role_word_find(const char *word, size_t len, bool *plural);

/* Mr, Mrs, Dr, Sir …: titles that are no role. *gender may be unknown. */
bool cb_is_courtesy_title(const char *word, size_t len, enum cb_gender *gender);

/* "Ministry", "Council", "Times", "Corp": the word makes the name an organisation's. */
bool cb_is_organisation_word(const char *word, size_t len);

/* "Water", "Ferries", "Ltd": as the last word of a name it makes the name a company's. */
bool cb_is_company_word(const char *word, size_t len);

/* "company", "operator", "airline": a common noun for what can bear a company's name. */
bool cb_is_company_noun(const char *word, size_t len);

/* "newspaper", "agency", "magazine": common nouns that stand beside the name of an outlet. */
bool cb_is_outlet_word(const char *word, size_t len);

/* Words for several people that are no plural of a role word: "people", "sources", "police". */
bool cb_is_group_word(const char *word, size_t len);

/* A common given name; CB_GENDER_UNKNOWN when it is none or serves both. */
enum cb_gender cb_given_name_gender(const char *word, size_t len);
bool cb_is_given_name(const char *word, size_t len);

/* "Russian", "French", "American": a people's name, an adjective when it stands before a noun. */
bool cb_is_demonym(const char *word, size_t len);

/* A country or city named so often that it is never a person: "Russia", "Washington", "US". */
bool cb_is_place(const char *word, size_t len);

/* Weekdays and months. */
bool cb_is_calendar_word(const char *word, size_t len);

/* Pronouns, determiners, prepositions, conjunctions, auxiliaries, question words and the adverbs that
 * open sentences: upper case at the beginning of a sentence makes none of them a name. */
bool cb_is_function_word(const char *word, size_t len);

#endif
