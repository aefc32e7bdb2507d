#include "text/front_matter.h"

#include "text/sentence_scan.h"
#include "text/unicode.h"

#include <string.h>

enum { TITLE_MAX = 300, BYLINE_MAX = 160, LINES_LOOKED_AT = 8 };

static size_t line_end(const char *text, size_t len, size_t at)
{
    const char *end = memchr(text + at, '\n', len - at);
    return end == NULL ? len : (size_t)(end - text);
}

static size_t next_line(const char *text, size_t len, size_t end)
{
    while (end < len && (text[end] == '\n' || text[end] == ' ' || text[end] == '\t'))
        end++;
    return end;
}

static struct cb_span trim(const char *text, size_t start, size_t end)
{
    while (start < end && (text[start] == ' ' || text[start] == '\t'))
        start++;
    while (end > start && (text[end - 1] == ' ' || text[end - 1] == '\t'))
        end--;
    return (struct cb_span){(uint32_t)start, (uint32_t)end};
}

/* Nearly all longer words begin in upper case. */
static bool title_case(const char *text, struct cb_span line)
{
    unsigned words = 0, upper = 0;
    for (uint32_t i = line.start; i < line.end;) {
        uint32_t first, c, start = i;
        uint32_t next = (uint32_t)cb_utf8_next(text, line.end, i, &first);
        i = next;
        while (i < line.end) {
            next = (uint32_t)cb_utf8_next(text, line.end, i, &c);
            if (!cb_is_letter(c))
                break;
            i = next;
        }
        if (!cb_is_letter(first)) {
            i = i > start ? i : start + 1;
            continue;
        }
        if (i - start >= 4) {
            words++;
            upper += cb_is_upper(first);
        }
    }
    return words >= 3 && upper * 8 >= words * 7;
}

static bool looks_like_title(const char *text, size_t len, struct cb_span line)
{
    uint32_t size = line.end - line.start;
    if (size == 0 || size > TITLE_MAX || next_line(text, len, line.end) >= len)
        return false;
    if (cb_dateline_end(text, line.start, line.end) > line.start)
        return false;
    char last = text[line.end - 1];
    if (last == ':' || last == ',')
        return false;
    return last != '.' || title_case(text, line);
}

/* "By Ann Lee and Bob Ray, Reuters" → the part behind "By " */
static struct cb_span byline_of(const char *text, struct cb_span line)
{
    struct cb_span none = {0, 0};
    uint32_t size = line.end - line.start, c;
    const char *p = text + line.start;
    if (size < 6 || size > BYLINE_MAX || !(p[0] == 'B' && (p[1] == 'y' || p[1] == 'Y') && p[2] == ' '))
        return none;
    cb_utf8_next(text, line.end, line.start + 3, &c);
    if (!cb_is_upper(c) || text[line.end - 1] == '.' || text[line.end - 1] == '?')
        return none;
    unsigned blanks = 0;
    for (uint32_t i = line.start; i < line.end; i++)
        blanks += text[i] == ' ';
    return blanks > 14 ? none : (struct cb_span){line.start + 3, line.end};
}

static struct cb_span dateline_of(const char *text, struct cb_span line)
{
    size_t end = cb_dateline_end(text, line.start, line.end);
    size_t stop = end;
    /* the mark that closes it, and the agency in brackets, are not part of it */
    while (stop > line.start) {
        size_t before = cb_utf8_previous(text, stop);
        uint32_t c;
        cb_utf8_next(text, line.end, before, &c);
        if (c != ' ' && c != '.' && c != '-' && c != ',' && c != ':' && !(c >= 0x2012 && c <= 0x2015))
            break;
        stop = before;
    }
    const char *bracket = stop > line.start ? memchr(text + line.start, '(', stop - line.start) : NULL;
    if (bracket != NULL)
        stop = (size_t)(bracket - text);
    return trim(text, line.start, stop);
}

struct cb_front_matter cb_front_matter_find(const char *text, size_t len, const struct cb_sentence *sentences,
                                            size_t count, bool has_title)
{
    struct cb_front_matter found = {0};
    size_t at = next_line(text, len, 0), head_end = 0;
    for (unsigned n = 0; at < len && n < LINES_LOOKED_AT; n++) {
        size_t end = line_end(text, len, at);
        struct cb_span line = trim(text, at, end);
        if (n == 0 && (has_title || looks_like_title(text, len, line))) {
            found.title = line;
            head_end = end;
        } else if (found.byline.end == 0 && (found.byline = byline_of(text, line)).end > 0) {
            head_end = end;
        } else if (found.dateline.end == 0) {
            found.dateline = dateline_of(text, line);
        }
        at = next_line(text, len, end);
    }
    while (found.sentences < count && sentences[found.sentences].span.end <= head_end)
        found.sentences++;
    return found;
}

/* ---- language ---- */

enum { GUESS_BYTES = 6000 };

/* Scripts that one language, or one above all, is written in. */
static const struct {
    uint32_t first, last;
    const char *language;
} scripts[] = {
    {0x0370, 0x03FF, "el"}, {0x0400, 0x052F, "ru"}, {0x0530, 0x058F, "hy"}, {0x0590, 0x05FF, "he"},
    {0x0600, 0x06FF, "ar"}, {0x0900, 0x097F, "hi"}, {0x0980, 0x09FF, "bn"}, {0x0B80, 0x0BFF, "ta"},
    {0x0E00, 0x0E7F, "th"}, {0x10A0, 0x10FF, "ka"}, {0x3040, 0x30FF, "ja"}, {0x4E00, 0x9FFF, "zh"},
    {0xAC00, 0xD7AF, "ko"},
};
enum { SCRIPTS = sizeof scripts / sizeof *scripts };

static const char *const latin[] = {"en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "tr"};
enum { LATIN = sizeof latin / sizeof *latin };
enum {
    EN = 1 << 0,
    DE = 1 << 1,
    FR = 1 << 2,
    ES = 1 << 3,
    IT = 1 << 4,
    PT = 1 << 5,
    NL = 1 << 6,
    PL = 1 << 7,
    SV = 1 << 8,
    TR = 1 << 9
};

/* Frequent words with their languages, bits in the order of `latin`; the words in byte order. */
/* clang-format off */
static const struct {
    const char *word;
    unsigned languages;
} frequent[] = {
    {"and", EN}, {"ao", PT}, {"as", EN}, {"at", EN}, {"att", SV}, {"au", FR}, {"auf", DE}, {"av", SV},
    {"bir", TR}, {"bu", TR}, {"by", EN}, {"che", IT}, {"com", PT}, {"como", ES}, {"con", ES | IT},
    {"da", PT | TR}, {"daha", TR}, {"dans", FR}, {"das", DE}, {"dat", NL}, {"de", NL}, {"del", ES | IT},
    {"della", IT}, {"dem", DE}, {"den", DE | SV}, {"der", DE}, {"des", FR}, {"det", SV}, {"di", IT},
    {"die", DE}, {"do", PT | PL}, {"dos", PT}, {"du", FR}, {"een", NL}, {"ein", DE}, {"el", ES}, {"em", PT},
    {"en", NL}, {"es", ES}, {"est", FR}, {"et", FR}, {"for", EN}, {"för", SV}, {"gli", IT}, {"he", EN},
    {"het", NL}, {"il", IT}, {"ile", TR}, {"im", DE}, {"in", EN}, {"inte", SV}, {"is", EN}, {"ist", DE},
    {"it", EN}, {"için", TR}, {"jak", PL}, {"jest", PL}, {"las", ES}, {"le", FR}, {"les", FR}, {"los", ES},
    {"med", SV}, {"met", NL}, {"mit", DE}, {"na", PL}, {"nel", IT}, {"nicht", DE}, {"nie", PL},
    {"niet", NL}, {"no", ES}, {"non", IT}, {"não", PT}, {"och", SV}, {"of", EN}, {"olan", TR},
    {"olarak", TR}, {"on", EN}, {"op", NL}, {"oraz", PL}, {"os", PT}, {"para", ES | PT}, {"pas", FR},
    {"per", IT}, {"por", ES | PT}, {"pour", FR}, {"przez", PL}, {"på", SV}, {"que", FR | ES | PT},
    {"qui", FR}, {"said", EN}, {"se", ES | PT}, {"sich", DE}, {"się", PL}, {"som", SV}, {"sono", IT},
    {"su", ES}, {"sur", FR}, {"te", NL}, {"that", EN}, {"the", EN}, {"to", EN | PL}, {"uma", PT},
    {"una", ES | IT}, {"und", DE}, {"une", FR}, {"van", NL}, {"ve", TR}, {"von", DE}, {"voor", NL},
    {"w", PL}, {"was", EN}, {"with", EN}, {"z", PL}, {"zijn", NL}, {"är", SV}, {"çok", TR}, {"è", IT},
    {"że", PL},
};
/* clang-format on */
enum { FREQUENT = sizeof frequent / sizeof *frequent, FREQUENT_BYTES_MAX = 6 };

/* The language of a script of its own, or NULL. */
static const char *guess_script(const char *text, size_t len)
{
    unsigned hits[SCRIPTS] = {0}, letters = 0;
    for (size_t at = 0; at < len;) {
        uint32_t c = (unsigned char)text[at];
        if (c < 0x80) {
            letters += ((c | 0x20) - 'a') < 26;
            at++;
            continue;
        }
        at = cb_utf8_next(text, len, at, &c);
        letters += cb_is_letter(c);
        for (size_t s = 0; s < SCRIPTS && c >= scripts[0].first; s++)
            hits[s] += c >= scripts[s].first && c <= scripts[s].last;
    }
    size_t best = 0, kana = 10;
    for (size_t s = 0; s < SCRIPTS; s++) {
        if (hits[s] > hits[best])
            best = s;
    }
    if (hits[best] * 2 <= letters)
        return NULL;
    return hits[kana] * 10 > letters ? scripts[kana].language : scripts[best].language;
}

static bool ends_word(char c)
{
    switch (c) {
    case '\0':
    case ' ':
    case '\n':
    case '\t':
    case '.':
    case ',':
    case ';':
    case ':':
    case '!':
    case '?':
    case '"':
    case '(':
    case ')':
        return true;
    default:
        return false;
    }
}

static unsigned languages_of(const char *word)
{
    size_t low = 0, high = FREQUENT;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const char *known = frequent[middle].word;
        size_t k = 0;
        while (word[k] == known[k] && word[k] != '\0')
            k++;
        if (word[k] == known[k])
            return frequent[middle].languages;
        if ((unsigned char)word[k] < (unsigned char)known[k])
            high = middle;
        else
            low = middle + 1;
    }
    return 0;
}

const char *cb_language_guess(const char *text, size_t len)
{
    unsigned hits[LATIN] = {0};
    if (len > GUESS_BYTES)
        len = GUESS_BYTES;
    const char *script = guess_script(text, len);
    if (script != NULL)
        return script;
    for (size_t at = 0; at < len;) {
        size_t end = at;
        while (end < len && !ends_word(text[end]))
            end++;
        char word[FREQUENT_BYTES_MAX + 1];
        if (end > at && end - at <= FREQUENT_BYTES_MAX) {
            for (size_t i = at; i < end; i++)
                word[i - at] = (char)(text[i] >= 'A' && text[i] <= 'Z' ? text[i] - 'A' + 'a' : text[i]);
            word[end - at] = '\0';
            unsigned languages = languages_of(word);
            for (size_t l = 0; languages >> l != 0; l++)
                hits[l] += languages >> l & 1;
        }
        at = end + 1;
    }
    size_t best = 0;
    for (size_t l = 1; l < LATIN; l++) {
        if (hits[l] > hits[best])
            best = l;
    }
    bool plain = hits[best] >= 4 && hits[best] > 2 * hits[0];
    return plain ? latin[best] : "en";
}
