/* Word lists and markers of the sentence splitter. */
#include "text/sentence_scan.h"
#include "text/unicode.h"

#include <stdlib.h>
#include <string.h>

enum { STARTER_MAX = 12 };

/* in strcmp order: searched by halves */
static const char starters[][STARTER_MAX] = {
    "a",         "according", "after",   "all",     "also",    "although", "an",      "and",       "another",
    "any",       "are",       "as",      "asked",   "at",      "because",  "before",  "both",      "but",
    "by",        "can",       "could",   "despite", "did",     "do",       "does",    "during",    "each",
    "either",    "even",      "every",   "few",     "finally", "for",      "from",    "further",   "given",
    "had",       "has",       "have",    "he",      "hence",   "her",      "here",    "his",       "how",
    "however",   "i",         "if",      "in",      "indeed",  "instead",  "is",      "it",        "its",
    "just",      "last",      "later",   "let",     "like",    "many",     "maybe",   "meanwhile", "moreover",
    "most",      "much",      "my",      "neither", "never",   "next",     "no",      "nor",       "not",
    "nothing",   "now",       "of",      "often",   "on",      "once",     "one",     "only",      "or",
    "other",     "our",       "perhaps", "please",  "several", "she",      "should",  "since",     "so",
    "some",      "sometimes", "soon",    "still",   "such",    "than",     "thank",   "thanks",    "that",
    "the",       "their",     "then",    "there",   "these",   "they",     "this",    "those",     "though",
    "three",     "through",   "thus",    "to",      "today",   "two",      "under",   "unless",    "until",
    "was",       "we",        "well",    "were",    "what",    "when",     "where",   "whether",   "which",
    "while",     "who",       "whose",   "why",     "will",    "with",     "without", "would",     "yes",
    "yesterday", "yet",       "you",     "your",
};

static int compare(const void *key, const void *entry)
{
    return strcmp(key, entry);
}

bool cb_sentence_starter(const char *word, size_t len)
{
    char key[STARTER_MAX] = {0};
    if (len == 0 || len >= STARTER_MAX)
        return false;
    for (size_t i = 0; i < len; i++)
        key[i] = (char)(word[i] >= 'A' && word[i] <= 'Z' ? word[i] + ('a' - 'A') : word[i]);
    return bsearch(key, starters, sizeof starters / sizeof *starters, sizeof *starters, compare) != NULL;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

static bool is_bullet(uint32_t c)
{
    switch (c) {
    case '*':
    case 0x2022: /* • */
    case 0x2023: /* ‣ */
    case 0x2043: /* ⁃ */
    case 0x25AA: /* ▪ */
    case 0x25CF: /* ● */
    case 0x25E6: /* ◦ */
    case 0x25A0: /* ■ */
    case 0x27A2: /* ➢ */
    case 0xB7:   /* · */
        return true;
    default:
        return false;
    }
}

/* '.', ')' or both behind a number or letter; 0 when there is none */
static unsigned marker_tail(const char *text, size_t *at, size_t end)
{
    unsigned tail = 0;
    if (*at < end && text[*at] == '.') {
        tail |= 1;
        ++*at;
    }
    if (*at < end && text[*at] == ')') {
        tail |= 2;
        ++*at;
    }
    return tail;
}

/* Roman and latin numbers of one letter are not told apart here: the next item tells. */
static struct cb_marker numbered_marker(const char *text, size_t at, size_t end)
{
    struct cb_marker none = {.style = CB_MARKER_NONE, .end = at}, found = none;
    size_t p = at;
    if (p < end && text[p] == '(')
        p++;
    size_t first = p;
    while (p < end && p - first < 3 && is_digit(text[p]))
        found.ordinal = found.ordinal * 10 + (unsigned)(text[p++] - '0');
    if (p > first) {
        found.style = CB_MARKER_NUMBER;
    } else if (p < end && ((text[p] | 0x20) >= 'a' && (text[p] | 0x20) <= 'z')) {
        found.style = CB_MARKER_LETTER;
        found.ordinal = (unsigned)((text[p++] | 0x20) - 'a') + 1;
    } else {
        return none;
    }
    found.tail = marker_tail(text, &p, end);
    if (found.tail == 0 || p >= end || !is_blank(text[p]))
        return none;
    found.end = p;
    return found;
}

struct cb_marker cb_marker_at(const char *text, size_t at, size_t end)
{
    uint32_t c;
    if (at >= end)
        return (struct cb_marker){.style = CB_MARKER_NONE, .end = at};
    size_t next = cb_utf8_next(text, end, at, &c);
    bool blank = next < end && is_blank(text[next]);
    if (is_bullet(c) && (blank || (c != '*' && next < end)))
        return (struct cb_marker){.style = CB_MARKER_BULLET, .end = next, .bullet = c};
    if ((c == '-' || c == 0x2013 || c == '+') && blank)
        return (struct cb_marker){.style = CB_MARKER_BULLET, .end = next, .bullet = c};
    return numbered_marker(text, at, end);
}

size_t cb_marker_next(const char *text, size_t at, size_t end, const struct cb_marker *marker)
{
    for (size_t p = at; p < end; p++) {
        if (!is_blank(text[p - 1]))
            continue;
        if (marker->style == CB_MARKER_BULLET) {
            uint32_t c;
            cb_utf8_next(text, end, p, &c);
            if (c == marker->bullet && c >= 0x80 && c != 0x2013 && c != 0xB7)
                return p;
            continue;
        }
        struct cb_marker found = cb_marker_at(text, p, end);
        if (found.style == marker->style && found.tail == marker->tail &&
            found.ordinal == marker->ordinal + 1)
            return p;
    }
    return end;
}
