#include "text/sentence_scan.h"

#include "text/abbreviation.h"
#include "text/unicode.h"

#include <stdint.h>
#include <string.h>

/* How far the rules look back for a word and ahead for closing marks: bytes. */
enum { WORD_BACK = 32, CLOSERS_MAX = 24, SAYING_AHEAD = 48, MARKER_MAX = 12 };

struct scanner {
    const char *text;
    size_t start, end; /* of the sentence so far, and of the paragraph */
};

/* A run of . ! ? … with the closing quotes and brackets behind it. */
struct terminator {
    size_t first;  /* its first mark */
    size_t end;    /* behind its marks */
    size_t closed; /* behind its closing quotes and brackets */
    unsigned dots; /* an ellipsis counts three */
    bool strong;   /* has ! or ? */
    bool spaced;   /* ". . ." */
};

/* What stands behind a terminator. */
enum next_kind { NEXT_NOTHING, NEXT_UPPER, NEXT_LOWER, NEXT_DIGIT, NEXT_ADDRESS, NEXT_OTHER, NEXT_DASH };

struct next {
    enum next_kind kind;
    size_t at;   /* behind the blanks */
    size_t word; /* behind opening quotes and brackets */
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\v';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_lower_ascii(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_upper_ascii(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_letter_ascii(char c)
{
    return is_lower_ascii(c) || is_upper_ascii(c);
}

size_t cb_blank_length(const char *text, size_t at, size_t end)
{
    const unsigned char *s = (const unsigned char *)text + at;
    if (at >= end)
        return 0;
    if (s[0] < 0x80)
        return is_blank(text[at]) ? 1 : 0;
    if (s[0] == 0xC2 && end - at >= 2 && s[1] == 0xA0)
        return 2;
    if (s[0] == 0xE2 && end - at >= 3 && s[1] == 0x80 && (s[2] <= 0x8B || s[2] == 0xAF))
        return 3;
    if (s[0] == 0xE3 && end - at >= 3 && s[1] == 0x80 && s[2] == 0x80)
        return 3;
    return 0;
}

static size_t skip_blanks(const char *text, size_t at, size_t end)
{
    for (size_t n; (n = cb_blank_length(text, at, end)) > 0;)
        at += n;
    return at;
}

static bool is_closer(uint32_t c)
{
    switch (c) {
    case '"':
    case '\'':
    case ')':
    case ']':
    case '}':
    case 0x2019: /* ’ */
    case 0x201D: /* ” */
    case 0x201C: /* “ closes „ */
    case 0xBB:   /* » */
    case 0x203A: /* › */
    case 0x300D:
    case 0x300F:
        return true;
    default:
        return false;
    }
}

static bool is_opener(uint32_t c)
{
    switch (c) {
    case '"':
    case '\'':
    case '(':
    case '[':
    case '{':
    case '`':
    case '<':
    case 0x2018:
    case 0x201A:
    case 0x201C:
    case 0x201E:
    case 0xAB:
    case 0x2039:
    case 0x300C:
    case 0x300E:
    case 0xBF: /* ¿ */
    case 0xA1: /* ¡ */
        return true;
    default:
        return false;
    }
}

/* Closing marks at `at`; an opening “ that follows a blank is none. */
static size_t skip_closers(const char *text, size_t at, size_t end)
{
    size_t limit = end - at > CLOSERS_MAX ? at + CLOSERS_MAX : end;
    while (at < limit) {
        uint32_t c;
        size_t next = cb_utf8_next(text, end, at, &c);
        if (!is_closer(c))
            break;
        at = next;
    }
    return at;
}

static size_t ellipsis_length(const char *text, size_t at, size_t end)
{
    return end - at >= 3 && memcmp(text + at, "\xE2\x80\xA6", 3) == 0 ? 3 : 0;
}

/* ":)", ":-(", ";P" behind the mark */
static size_t skip_emoticon(const char *text, size_t at, size_t end)
{
    size_t p = at;
    if (p < end && text[p] == ' ')
        p++;
    if (end - p < 2 || (text[p] != ':' && text[p] != ';') || p == at)
        return at;
    p++;
    if (text[p] == '-')
        p++;
    if (p >= end || (text[p] != ')' && text[p] != '(' && text[p] != 'D' && text[p] != 'P'))
        return at;
    p++;
    return p == end || is_blank(text[p]) ? p : at;
}

/* "[12]", "[3]–[5]", "[...]" behind the mark belong to the sentence before. */
static size_t skip_references(const char *text, size_t at, size_t end)
{
    for (;;) {
        size_t p = at;
        if (p < end && text[p] == ' ')
            p++;
        if (p >= end || text[p] != '[')
            return at;
        size_t q = p + 1 + ellipsis_length(text, p + 1, end);
        if (q == p + 1 && end - q > 3 && memcmp(text + q, "...", 3) == 0)
            q += 3;
        while (q < end && q - p < 6 && (is_digit(text[q]) || text[q] == ',' || text[q] == '-'))
            q++;
        if (q == p + 1 || q >= end || text[q] != ']')
            return at;
        at = q + 1;
    }
}

/* The marks at text[at]; blanks between dots are taken when a dot follows them. */
static struct terminator read_terminator(const char *text, size_t at, size_t end)
{
    struct terminator t = {.first = at};
    while (at < end) {
        size_t n = ellipsis_length(text, at, end);
        if (n > 0) {
            t.dots += 3;
        } else if (text[at] == '.') {
            t.dots++;
            n = 1;
        } else if (text[at] == '!' || text[at] == '?') {
            t.strong = true;
            n = 1;
        } else if (text[at] == ' ' && t.dots > 0 && !t.strong && at + 1 < end && text[at + 1] == '.' &&
                   (at + 2 >= end || !is_digit(text[at + 2]))) {
            t.spaced = true;
            n = 1;
        } else {
            break;
        }
        at += n;
    }
    t.end = at;
    t.closed = skip_closers(text, at, end);
    return t;
}

static enum next_kind kind_of(const char *text, size_t at, size_t end)
{
    uint32_t c;
    if (at >= end)
        return NEXT_NOTHING;
    cb_utf8_next(text, end, at, &c);
    if (c < 0x80) {
        if (is_upper_ascii((char)c))
            return NEXT_UPPER;
        if (is_lower_ascii((char)c)) {
            size_t left = end - at;
            return (left > 4 && memcmp(text + at, "http", 4) == 0) ||
                           (left > 4 && memcmp(text + at, "www.", 4) == 0)
                       ? NEXT_ADDRESS
                       : NEXT_LOWER;
        }
        if (is_digit((char)c) || c == '$')
            return NEXT_DIGIT;
        return c == '@' || c == '#' ? NEXT_ADDRESS : c == '-' ? NEXT_DASH : NEXT_OTHER;
    }
    if (c >= 0x2012 && c <= 0x2015)
        return NEXT_DASH;
    if (c == 0x20AC || c == 0xA3)
        return NEXT_DIGIT;
    if (!cb_is_letter(c))
        return NEXT_OTHER;
    return cb_is_upper(c) ? NEXT_UPPER : NEXT_LOWER;
}

static struct next read_next(const char *text, size_t at, size_t end)
{
    struct next next = {.at = skip_blanks(text, at, end)};
    next.word = next.at;
    while (next.word < end && next.word - next.at < CLOSERS_MAX) {
        uint32_t c;
        size_t behind = cb_utf8_next(text, end, next.word, &c);
        if (!is_opener(c))
            break;
        next.word = behind;
    }
    next.kind = kind_of(text, next.word, end);
    return next;
}

/* The word whose last byte stands before text[at], back to a blank, a bracket or a quote. */
static size_t word_before(const struct scanner *s, size_t at)
{
    size_t p = at, floor = at - s->start > WORD_BACK ? at - WORD_BACK : s->start;
    while (p > floor) {
        char c = s->text[p - 1];
        if (is_blank(c) || c == '(' || c == '[' || c == '"' || c == ',' || c == ';' || c == '/' ||
            c == '\x94' || c == '\x9C' || c == '\x98' || c == '\x99' || c == '-')
            break;
        p--;
    }
    return p;
}

static size_t word_after(const char *text, size_t at, size_t end)
{
    size_t p = at;
    while (p < end && p - at < WORD_BACK && is_letter_ascii(text[p]))
        p++;
    return p;
}

static bool starter_at(const struct scanner *s, size_t at)
{
    size_t behind = word_after(s->text, at, s->end);
    return cb_sentence_starter(s->text + at, behind - at);
}

/* "At 5 a.m." alone is no sentence: the sentence so far is one short phrase that a preposition opens. */
static bool only_a_time(const struct scanner *s, size_t word)
{
    static const char *const openers[] = {"At",   "By", "Around", "About", "Until",
                                          "From", "On", "Before", "After"};
    if (word - s->start > 24)
        return false;
    size_t behind = word_after(s->text, s->start, s->end);
    for (size_t i = 0; i < sizeof openers / sizeof *openers; i++) {
        if (strlen(openers[i]) == behind - s->start &&
            memcmp(openers[i], s->text + s->start, behind - s->start) == 0)
            return behind < word;
    }
    return false;
}

/* Letters with a full stop behind each: "U.S", "a.m", "E.U" (the last stop is the mark itself). */
static bool is_dotted(const char *text, size_t start, size_t end)
{
    if (end - start < 3 || (end - start) % 2 == 0)
        return false;
    for (size_t p = start; p < end; p++) {
        bool letter = (p - start) % 2 == 0;
        if (letter ? !is_letter_ascii(text[p]) : text[p] != '.')
            return false;
    }
    return true;
}

/* Whether a name part stands before `word` ("Albert I.", "J. K.") rather than a common word ("you and I.").
 */
static bool name_before(const struct scanner *s, size_t word)
{
    size_t p = word;
    while (p > s->start && is_blank(s->text[p - 1]))
        p--;
    if (p == s->start || p == word)
        return true;
    size_t first = word_before(s, p);
    return is_upper_ascii(s->text[first]);
}

static bool initial_ends(const struct scanner *s, size_t word, const struct next *next)
{
    if (next->kind != NEXT_UPPER)
        return next->kind == NEXT_DIGIT || next->kind == NEXT_OTHER;
    if (word == s->start)
        return false; /* "B. Results", "J. Smith" */
    if (starter_at(s, next->word))
        return s->text[next->word] != 'A' || word_after(s->text, next->word, s->end) - next->word > 1;
    return s->text[word] == 'I' && !name_before(s, word);
}

static bool abbreviation_ends(const struct scanner *s, enum cb_abbreviation kind, size_t word, size_t dot,
                              const struct next *next)
{
    switch (kind) {
    case CB_ABBR_TITLE:
    case CB_ABBR_INNER:
        return false;
    case CB_ABBR_NUMBERED:
        return next->kind == NEXT_UPPER || next->kind == NEXT_OTHER;
    case CB_ABBR_DATE:
        return next->kind == NEXT_UPPER && starter_at(s, next->word);
    case CB_ABBR_END:
    case CB_ABBR_NONE:
        break;
    }
    if (next->kind == NEXT_ADDRESS)
        return true;
    if (next->kind != NEXT_UPPER)
        return false;
    char last = (char)(s->text[dot - 1] | 0x20);
    if (s->text[next->at] == '(')
        return false;
    if (last == 'm' && dot - word == 3 && strchr("apAP", s->text[word]) != NULL) /* a.m. p.m. */
        return !only_a_time(s, word);
    if (last == 'c' && dot - word == 3 && (s->text[word] | 0x20) == 'e') /* etc. */
        return true;
    return next->word > next->at || starter_at(s, next->word);
}

/* An abbreviation that is usually written large, written small: "co.", "st.", but not the words "no" and
 * "sat". */
static bool small_abbreviation(const char *word, size_t len)
{
    static const char *const words[] = {"no",  "sat", "sun", "wed", "miss", "mass", "ill",
                                        "ore", "art", "mar", "ark", "wash", "del"};
    char large[8];
    if (len >= sizeof large || !is_lower_ascii(word[0]))
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strlen(words[i]) == len && memcmp(words[i], word, len) == 0)
            return false;
    }
    memcpy(large, word, len);
    large[0] = (char)(large[0] - 'a' + 'A');
    return cb_abbreviation_of(large, len) != CB_ABBR_NONE;
}

static bool is_roman(const char *word, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (word[i] == '\0' || strchr("IVXL", word[i]) == NULL)
            return false;
    }
    return len < 6;
}

/* One full stop behind a word, a blank behind it. */
static bool stop_ends(const struct scanner *s, size_t dot, const struct next *next)
{
    size_t word = word_before(s, dot);
    size_t len = dot - word;
    if (len == 0)
        return next->kind != NEXT_LOWER;
    const char *text = s->text;
    if (len == 1 && is_upper_ascii(text[word]))
        return initial_ends(s, word, next);
    if (word == s->start && is_roman(text + word, len))
        return false; /* "IV. Results" */
    enum cb_abbreviation kind = cb_abbreviation_of(text + word, len);
    if (kind == CB_ABBR_NUMBERED && (text[word] | 0x20) == 'n' && next->kind == NEXT_UPPER)
        kind = CB_ABBR_NONE;
    if (kind != CB_ABBR_NONE)
        return abbreviation_ends(s, kind, word, dot, next);
    if (is_dotted(text, word, dot))
        return abbreviation_ends(s, CB_ABBR_END, word, dot, next);
    if (next->kind == NEXT_DIGIT && len >= 2 && memcmp(text + dot - 2, "\xC2\xB0", 2) == 0)
        return false; /* N°. 5 */
    if (next->kind == NEXT_DIGIT && len == 1 && is_lower_ascii(text[word]))
        return false;             /* c. 1850 */
    if (next->kind == NEXT_LOWER) /* careless writing begins small, but not behind "co." or "4." */
        return len >= 2 && (is_lower_ascii(text[dot - 1]) || is_digit(text[dot - 1])) &&
               !small_abbreviation(text + word, len);
    return true;
}

/* Verbs that follow a quoted question: "Is it?" Lind asked. */
static bool saying_follows(const struct scanner *s, size_t at)
{
    static const char *const verbs[] = {"asked", "said",    "says",     "asks",    "wrote",
                                        "cried", "shouted", "wondered", "replied", "added"};
    size_t limit = s->end - at > SAYING_AHEAD ? at + SAYING_AHEAD : s->end;
    for (size_t p = at; p < limit;) {
        size_t behind = p;
        while (behind < limit && !is_blank(s->text[behind]))
            behind++;
        for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
            size_t len = strlen(verbs[i]);
            if (behind - p >= len && behind - p <= len + 1 && memcmp(s->text + p, verbs[i], len) == 0)
                return p > at;
        }
        if (behind == p || s->text[behind - 1] == '.' || s->text[behind - 1] == ',')
            return false;
        p = behind < limit ? behind + 1 : limit;
    }
    return false;
}

/* "Yahoo! in", "Jeopardy! was": a name that ends in its mark. */
static bool name_with_mark(const struct scanner *s, const struct terminator *t)
{
    if (t->end - t->first != 1 || s->text[t->first] != '!')
        return false;
    size_t word = word_before(s, t->first);
    return word > s->start && is_upper_ascii(s->text[word]) && t->first - word > 1 &&
           is_lower_ascii(s->text[t->first - 1]);
}

static bool strong_ends(const struct scanner *s, const struct terminator *t, const struct next *next)
{
    if (t->closed > t->end) {
        uint32_t c;
        cb_utf8_next(s->text, s->end, t->end, &c);
        if (next->kind == NEXT_LOWER || next->kind == NEXT_DASH)
            return false;
        return c == ')' || c == ']' || next->word > next->at || !saying_follows(s, next->word);
    }
    if (next->kind == NEXT_LOWER)
        return !name_with_mark(s, t);
    return next->kind != NEXT_DASH;
}

/* No blank behind: "ended.Then it", "really?Yes". */
static bool glued_ends(const struct scanner *s, const struct terminator *t, const struct next *next)
{
    if (next->kind != NEXT_UPPER || next->word > next->at || t->first == s->start)
        return false;
    char before = s->text[t->first - 1];
    if (t->closed > t->end)
        return is_letter_ascii(before);
    size_t word = word_before(s, t->first);
    for (size_t p = word; p < t->first; p++) {
        if (!is_letter_ascii(s->text[p]) || (p > word && !is_lower_ascii(s->text[p])))
            return false; /* part of an address or a name with a dot */
    }
    size_t behind = word_after(s->text, next->word, s->end);
    bool whole =
        behind < s->end && (is_blank(s->text[behind]) || s->text[behind] == ',' || s->text[behind] == '\'');
    whole = whole && (behind - next->word > 2 || starter_at(s, next->word)); /* not "Mail.Ru" */
    return t->first - word >= 3 && is_lower_ascii(before) && whole &&
           (behind - next->word == 1 || is_lower_ascii(s->text[behind - 1]));
}

/* "1. The", "b) Then", "• 3. Last": the mark belongs to the number that opens an item. */
static bool starts_with_marker(const struct scanner *s, size_t closed)
{
    struct cb_marker marker = cb_marker_at(s->text, s->start, s->end);
    if (marker.style == CB_MARKER_BULLET && marker.end < closed)
        marker = cb_marker_at(s->text, skip_blanks(s->text, marker.end, closed), s->end);
    return marker.style != CB_MARKER_NONE && marker.end == closed;
}

/* Dots may stand for words left out, for a pause, or for the end. */
static bool ellipsis_ends(const struct scanner *s, const struct terminator *t, const struct next *next)
{
    if (t->first == s->start || s->text[t->first - 1] == '[' || s->text[t->first - 1] == '(')
        return false;
    if (next->kind == NEXT_UPPER)
        return s->text[next->word] != 'I' || word_after(s->text, next->word, s->end) - next->word > 1;
    return next->kind == NEXT_ADDRESS || next->kind == NEXT_DIGIT;
}

static bool ends_here(const struct scanner *s, const struct terminator *t, const struct next *next)
{
    if (next->kind == NEXT_NOTHING)
        return true;
    if (next->at == t->closed)
        return glued_ends(s, t, next);
    if (t->closed - s->start <= MARKER_MAX && starts_with_marker(s, t->closed))
        return false;
    if (t->strong)
        return strong_ends(s, t, next);
    if (t->dots >= 2)
        return ellipsis_ends(s, t, next);
    if (t->closed > t->end && (next->kind == NEXT_LOWER || next->kind == NEXT_DASH))
        return false;
    if (next->kind == NEXT_DASH)
        return kind_of(s->text, skip_blanks(s->text, next->at + 1, s->end), s->end) == NEXT_UPPER &&
               stop_ends(s, t->first, next);
    return stop_ends(s, t->first, next);
}

/* The next byte that can end a sentence. */
static size_t next_mark(const char *text, size_t at, size_t end)
{
    for (; at < end; at++) {
        unsigned char c = (unsigned char)text[at];
        if (c == '.' || c == '!' || c == '?')
            return at;
        if (c == 0xE2 && ellipsis_length(text, at, end) > 0)
            return at;
    }
    return end;
}

size_t cb_sentence_scan(const char *text, size_t start, size_t end)
{
    struct scanner s = {text, start, end};
    size_t at = cb_dateline_end(text, start, end);
    if (at > start)
        return at;
    while ((at = next_mark(text, at, end)) < end) {
        struct terminator t = read_terminator(text, at, end);
        /* "compounds. . . . The": the sentence's own stop, then the dots of an omission */
        if (t.spaced && t.dots >= 4 && t.first > start && !is_blank(text[t.first - 1]) && t.first + 1 < end &&
            text[t.first + 1] == ' ') {
            struct next next = read_next(text, t.closed, end);
            if (next.kind == NEXT_UPPER)
                return t.first + 1;
        }
        t.closed = skip_emoticon(text, skip_references(text, t.closed, end), end);
        struct next next = read_next(text, t.closed, end);
        if (ends_here(&s, &t, &next))
            return t.closed;
        at = t.closed;
    }
    return end;
}
