/* Bylines: the names alone. */
#include "importer/html_dom.h"

#include <string.h>
#include <strings.h>

/* Longer than this is a sentence, not a byline: bytes, and words of one name. */
enum { BYLINE_MAX = 160, NAME_WORDS = 6 };

static const char *skip_opener(const char *text)
{
    static const char *const openers[] = {"written by",
                                          "posted by",
                                          "published by",
                                          "by",
                                          "von",
                                          "par",
                                          "por",
                                          "di",
                                          "door",
                                          "author:",
                                          "autor:",
                                          "autorin:",
                                          "autoren:",
                                          "text:",
                                          "ein beitrag von",
                                          "ein artikel von",
                                          "geschrieben von",
                                          "verfasst von",
                                          "auteur :",
                                          "auteur:"};
    bool again = true;
    while (again) {
        again = false;
        text += strspn(text, " \t\r\n:,;|-/");
        for (size_t i = 0; i < sizeof openers / sizeof *openers && !again; i++) {
            size_t n = strlen(openers[i]);
            if (strncasecmp(text, openers[i], n) == 0 &&
                (text[n] == ' ' || text[n] == ':' || text[n - 1] == ':')) {
                text += n;
                again = true;
            }
        }
    }
    return text;
}

/* Where the names end: at a date, an address, a bar, a role behind a dash, "on" and "in" with a place. */
static size_t names_length(const char *text)
{
    static const char *const ends[] = {" on ",
                                       " am ",
                                       " | ",
                                       " \xE2\x80\xA2 ",
                                       " \xC2\xB7 ",
                                       " - ",
                                       " \xE2\x80\x93 ",
                                       " at ",
                                       " updated",
                                       " published",
                                       " \xE2\x80\x94 ",
                                       " (",
                                       " / ",
                                       " in ",
                                       " um ",
                                       " vom ",
                                       " veröffentlicht"};
    size_t len = strlen(text);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        for (size_t at = 1; at + strlen(ends[i]) <= len; at++) {
            if (strncasecmp(text + at, ends[i], strlen(ends[i])) == 0) {
                len = at;
                break;
            }
        }
    }
    for (size_t at = 0; at < len; at++) {
        if (text[at] >= '0' && text[at] <= '9')
            return at;
    }
    return len;
}

/* " and " between two names, in the languages that the openers are in. */
static bool is_and(const char *text)
{
    static const char *const words[] = {" and ", " und ", " et ", " y ", " en "};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strncasecmp(text, words[i], strlen(words[i])) == 0)
            return true;
    }
    return false;
}

static bool looks_like_names(const char *text, size_t len)
{
    static const char *const never[] = {
        "admin",     "administrator", "http",     "www.",  "unknown",       "author", "editor",
        "webmaster", "anonymous",     "share",    "email", "e-mail",        "the ",   "a ",
        "more",      "all ",          "comments", "view",  "user",          "follow", "über",
        "about",     "alle ",         "mehr",     "zum ",  "zur ",          "posted", "published",
        "updated",   "written",       "date",     "datum", "veröffentlicht"};
    size_t words = 1;
    bool upper = false, at_sign = false;
    if (len < 2 || len > BYLINE_MAX)
        return false;
    for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
        if (strncasecmp(text, never[i], strlen(never[i])) == 0)
            return false;
    }
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        words = c == ',' || c == ';' || c == '&' || is_and(text + i) ? 1 : c == ' ' ? words + 1 : words;
        upper = upper || (c >= 'A' && c <= 'Z') || c >= 0x80;
        at_sign = at_sign || c == '@' || c == '{' || c == '<' || c == '?' || c == '!';
        if (words > NAME_WORDS)
            return false;
    }
    return !at_sign && (upper || words == 1);
}

const char *cb_clean_byline(const char *text, struct cb_arena *arena)
{
    if (text == NULL)
        return NULL;
    text = skip_opener(text);
    size_t len = names_length(text);
    while (len > 0 && strchr(" \t\r\n,;:|-/", text[len - 1]) != NULL)
        len--;
    if (!looks_like_names(text, len))
        return NULL;
    return cb_arena_copy(arena, text, len);
}
