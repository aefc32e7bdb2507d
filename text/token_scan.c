#include "text/token_scan.h"

#include "text/abbreviation.h"
#include "text/unicode.h"

#include <string.h>
#include <strings.h>
#include <unicode/uchar.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char byte_at(const struct cb_scan *scan, size_t at)
{
    return at < scan->end ? scan->text[at] : '\0';
}

size_t cb_scan_apostrophe(const struct cb_scan *scan, size_t at)
{
    if (at >= scan->end)
        return 0;
    if (scan->text[at] == '\'')
        return 1;
    return scan->end - at >= 3 && memcmp(scan->text + at, "\xE2\x80\x99", 3) == 0 ? 3 : 0;
}

bool cb_scan_word_char(const struct cb_scan *scan, size_t at, size_t *next)
{
    if (at >= scan->end)
        return false;
    char c = scan->text[at];
    if ((unsigned char)c < 0x80) {
        *next = at + 1;
        return is_ascii_letter(c) || is_digit(c) || c == '_';
    }
    uint32_t point;
    *next = cb_utf8_next(scan->text, scan->end, at, &point);
    return cb_is_letter(point) || u_isdigit((UChar32)point);
}

static bool word_char_at(const struct cb_scan *scan, size_t at)
{
    size_t next;
    return cb_scan_word_char(scan, at, &next);
}

static size_t plain_word(const struct cb_scan *scan, size_t at)
{
    size_t next;
    while (cb_scan_word_char(scan, at, &next))
        at = next;
    return at;
}

/* Is text[at..at+len) one of the words of `list`, which stand between blanks? ASCII case is ignored. */
static bool in_list(const char *list, const char *word, size_t len)
{
    for (const char *at = list; *at != '\0';) {
        const char *blank = strchr(at, ' ');
        size_t n = blank == NULL ? strlen(at) : (size_t)(blank - at);
        if (n == len && strncasecmp(at, word, len) == 0)
            return true;
        at += n + (blank != NULL);
    }
    return false;
}

/* "U.S.", "a.m.", "U.S": letters with a full stop behind each, the last one may lack it. */
static size_t acronym_end(const struct cb_scan *scan, size_t at)
{
    size_t letters = 0, p = at;
    while (is_ascii_letter(byte_at(scan, p)) && byte_at(scan, p + 1) == '.') {
        letters++;
        p += 2;
    }
    if (letters > 0 && is_ascii_letter(byte_at(scan, p)) && !word_char_at(scan, p + 1)) {
        letters++;
        p++;
    } else if (word_char_at(scan, p)) {
        return at; /* "a.Next" */
    }
    return letters >= 2 ? p : at;
}

static size_t skip_blanks(const struct cb_scan *scan, size_t at)
{
    while (at < scan->end && (scan->text[at] == ' ' || scan->text[at] == '\n'))
        at++;
    return at;
}

/* Does the full stop at `dot` belong to the word before it? */
static bool keeps_stop(const struct cb_scan *scan, size_t start, size_t dot)
{
    size_t after = skip_blanks(scan, dot + 1);
    if (word_char_at(scan, dot + 1) || byte_at(scan, dot + 1) == '.')
        return false;
    switch (cb_abbreviation_of(scan->text + start, dot - start)) {
    case CB_ABBR_NONE:
        break;
    case CB_ABBR_NUMBERED:
        return after > dot + 1 && is_digit(byte_at(scan, after));
    case CB_ABBR_TITLE:
    case CB_ABBR_INNER:
    case CB_ABBR_DATE:
    case CB_ABBR_END:
        return true;
    }
    /* an initial: "J. Smith" */
    return dot == start + 1 && scan->text[start] >= 'A' && scan->text[start] <= 'Z' && after > dot + 1 &&
           after < scan->end && word_char_at(scan, after) && !is_digit(scan->text[after]);
}

static bool is_label_char(char c)
{
    return is_ascii_letter(c) || is_digit(c) || c == '-' || c == '_';
}

static size_t trim_url(const struct cb_scan *scan, size_t start, size_t at)
{
    bool bracket = memchr(scan->text + start, '(', at - start) != NULL;
    while (at > start) {
        char c = scan->text[at - 1];
        if (strchr(".,;:!?'\"]}*", c) == NULL && (c != ')' || bracket))
            break;
        at--;
    }
    return at;
}

static size_t run_of_url(const struct cb_scan *scan, size_t at)
{
    while (at < scan->end) {
        unsigned char c = (unsigned char)scan->text[at];
        if (c <= ' ' || c == '<' || c == '>' || c == '"')
            break;
        if (c == 0xE2 && at + 2 < scan->end && (unsigned char)scan->text[at + 1] == 0x80 &&
            (unsigned char)scan->text[at + 2] <= 0xAF)
            break; /* typographic quotes, dashes and blanks: U+2000 to U+202F */
        at++;
    }
    return at;
}

/* "example.org", "report.pdf", "news.example.co.uk/page": by their last label. */
static size_t domain_end(const struct cb_scan *scan, size_t start, size_t dot)
{
    enum { DOMAIN_MAX = 253 };
    static const char endings[] =
        "com org net edu gov mil int info biz tv io ai eu uk us ru de fr it es nl pl ua "
        "cn jp in au ca ch at be br dk fi gr ie il ir no nz pt se tr co me "
        "doc docx xls xlsx pdf txt htm html jpg jpeg png gif zip exe csv xml mp3 mp4 ppt";
    size_t p = dot, label = dot + 1;
    while (p - start < DOMAIN_MAX && byte_at(scan, p) == '.' && is_label_char(byte_at(scan, p + 1))) {
        label = ++p;
        while (p - start < DOMAIN_MAX && is_label_char(byte_at(scan, p)))
            p++;
    }
    bool two_words =
        dot - start >= 2 && p - label >= 2 && scan->text[label] >= 'a' && scan->text[label] <= 'z';
    if (!two_words || word_char_at(scan, p) || !in_list(endings, scan->text + label, p - label))
        return start;
    if (byte_at(scan, p) == '/')
        p = trim_url(scan, start, run_of_url(scan, p));
    return p;
}

/* Prefixes that EWT leaves joined to their word; other compounds are cut at the hyphen. */
static bool is_prefix(const char *word, size_t len)
{
    static const char prefixes[] =
        "e co re ex un non pre mid pro sub neo anti post semi over arch micro multi intra "
        "inter ultra super cross socio psycho counter pseudo quasi";
    return len <= 7 && in_list(prefixes, word, len);
}

/* The byte behind whatever joins the word that ends at `at` to the next one, or `at`. */
static size_t joint_end(const struct cb_scan *scan, size_t start, size_t at)
{
    const char *text = scan->text;
    if (!word_char_at(scan, at + 1) && (unsigned char)byte_at(scan, at) < 0x80)
        return at;
    size_t apostrophe;
    switch (byte_at(scan, at)) {
    case '&':
        return cb_is_upper((unsigned char)text[at - 1]) && cb_is_upper((unsigned char)text[at + 1]) &&
                       at - start <= 3
                   ? at + 1
                   : at;
    case '-':
        return is_prefix(text + start, at - start) ? at + 1 : at;
    case '/': /* "w/o", "c/o" */
        return at - start == 1 && !word_char_at(scan, at + 3) && !is_digit(text[start]) ? at + 1 : at;
    case '`': /* typed for an apostrophe */
        return (text[at + 1] == 's' || text[at + 1] == 't') && !word_char_at(scan, at + 2) ? at + 1 : at;
    default:
        apostrophe = cb_scan_apostrophe(scan, at);
        return apostrophe > 0 && word_char_at(scan, at + apostrophe) ? at + apostrophe : at;
    }
}

size_t cb_scan_word(const struct cb_scan *scan, size_t start, enum cb_token_kind *kind)
{
    *kind = CB_TOKEN_WORD;
    size_t at = plain_word(scan, start);
    for (;;) {
        size_t joined = joint_end(scan, start, at);
        if (joined == at)
            break;
        at = plain_word(scan, joined);
    }
    if (byte_at(scan, at) != '.')
        return at;
    size_t end = acronym_end(scan, start);
    if (end > start)
        return end;
    if (is_label_char(byte_at(scan, at + 1))) {
        end = domain_end(scan, start, at);
        if (end > start) {
            *kind = CB_TOKEN_URL;
            return end;
        }
        size_t second = plain_word(scan, at + 1); /* "Ph.D" */
        if (second - start <= 4 && cb_abbreviation_of(scan->text + start, second - start) != CB_ABBR_NONE)
            return byte_at(scan, second) == '.' ? second + 1 : second;
        return at;
    }
    return keeps_stop(scan, start, at) ? at + 1 : at;
}

static size_t digits(const struct cb_scan *scan, size_t at)
{
    while (is_digit(byte_at(scan, at)))
        at++;
    return at;
}

/* Telephone numbers, dates and postal codes keep their hyphens; "5-10" is a range. */
static size_t hyphened_number(const struct cb_scan *scan, size_t start, size_t at)
{
    size_t groups = 1, p = at, first = at - start, last = 0;
    while (groups < 8 && byte_at(scan, p) == '-' && is_digit(byte_at(scan, p + 1))) {
        size_t end = digits(scan, p + 1);
        last = end - p - 1;
        if (last > 7)
            return at;
        p = end;
        groups++;
    }
    bool joined = groups > 2 || (groups == 2 && last == 4 && (first == 3 || first == 5));
    return joined && !word_char_at(scan, p) ? p : at;
}

static size_t separated_number(const struct cb_scan *scan, size_t start)
{
    size_t at = digits(scan, start), group = start;
    for (;;) {
        char c = byte_at(scan, at);
        size_t end = digits(scan, at + 1), following = end - at - 1;
        bool joined = following > 0 && (c == '.' || c == ':' || c == '/');
        if (c == ',')
            joined = at - group <= 3 && (following == 3 || following == 2);
        if (!joined)
            return at;
        group = at + 1;
        at = end;
    }
}

static size_t number_ending(const struct cb_scan *scan, size_t start, size_t at)
{
    size_t end = plain_word(scan, at), len = end - at;
    const char *letters = scan->text + at;
    if (len == 0) {
        /* the decades: 1960's, 80's */
        size_t mark = cb_scan_apostrophe(scan, at);
        bool decade = (at - start == 2 || at - start == 4) && scan->text[at - 1] == '0';
        return mark > 0 && decade && byte_at(scan, at + mark) == 's' && !word_char_at(scan, at + mark + 1)
                   ? at + mark + 1
                   : at;
    }
    if (in_list("st nd rd th s", letters, len))
        return end;
    if (len == 1)
        return strchr("mkbxhftpMKBXFCT", letters[0]) != NULL ? at : end;
    for (size_t i = 0; i < len; i++) {
        if (is_digit(letters[i]) || letters[i] == '_')
            return end;
    }
    return at;
}

size_t cb_scan_number(const struct cb_scan *scan, size_t start, enum cb_token_kind *kind)
{
    *kind = CB_TOKEN_NUMBER;
    uint32_t point;
    if ((unsigned char)scan->text[start] >= 0x80) { /* digits of other scripts, ½ */
        size_t at = cb_utf8_next(scan->text, scan->end, start, &point), next = at;
        while (at < scan->end) {
            next = cb_utf8_next(scan->text, scan->end, at, &point);
            if (point < 0x80 || !u_isdigit((UChar32)point))
                break;
            at = next;
        }
        return at;
    }
    size_t at = separated_number(scan, start);
    if (byte_at(scan, at) == '-' && is_digit(byte_at(scan, at + 1)))
        return hyphened_number(scan, start, at);
    if (at < scan->end && (unsigned char)scan->text[at] >= 0x80) {
        size_t next = cb_utf8_next(scan->text, scan->end, at, &point);
        if (u_charType((UChar32)point) == U_OTHER_NUMBER && point >= 0xBC &&
            (point <= 0xBE || point > 0x2150))
            return next; /* "2½" */
    }
    size_t end = number_ending(scan, start, at);
    bool letters = false;
    for (size_t i = at; i < end; i++)
        letters = letters || is_ascii_letter(scan->text[i]);
    if (letters && !in_list("st nd rd th s 's", scan->text + at, end - at) && scan->text[at] != '\xE2')
        *kind = CB_TOKEN_WORD; /* "4G" */
    return end;
}

size_t cb_scan_url(const struct cb_scan *scan, size_t start)
{
    static const char *const schemes[] = {"http://", "https://", "ftp://", "mailto:", "www."};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        size_t n = strlen(schemes[i]);
        if (scan->end - start > n && strncasecmp(scan->text + start, schemes[i], n) == 0) {
            size_t at = trim_url(scan, start, run_of_url(scan, start + n));
            return at > start + n ? at : start;
        }
    }
    return start;
}

size_t cb_scan_mail(const struct cb_scan *scan, size_t start)
{
    enum { LOCAL_MAX = 64 }; /* RFC 5321 */
    size_t at = start;
    while (at - start < LOCAL_MAX && (is_label_char(byte_at(scan, at)) || byte_at(scan, at) == '.' ||
                                      byte_at(scan, at) == '+' || byte_at(scan, at) == '%'))
        at++;
    if (at == start || byte_at(scan, at) != '@' || !is_label_char(byte_at(scan, at + 1)))
        return start;
    at++;
    while (is_label_char(byte_at(scan, at)) ||
           (byte_at(scan, at) == '.' && is_label_char(byte_at(scan, at + 1))))
        at++;
    return at;
}

size_t cb_scan_contraction(const struct cb_scan *scan, size_t start, size_t end)
{
    const char *text = scan->text;
    size_t len = end - start;
    if (len < 3 || len > 64)
        return end;
    for (size_t suffix = 1; suffix <= 2 && suffix + 1 < len; suffix++) {
        size_t mark = 0;
        if (text[end - suffix - 1] == '\'' || text[end - suffix - 1] == '`')
            mark = 1;
        else if (len > suffix + 3 && memcmp(text + end - suffix - 3, "\xE2\x80\x99", 3) == 0)
            mark = 3;
        if (mark == 0)
            continue;
        size_t at = end - suffix - mark;
        if (at == start)
            return end;
        if (suffix == 1 && (text[end - 1] | 0x20) == 't' && (text[at - 1] | 0x20) == 'n')
            return at - 1 > start ? at - 1 : end;
        return in_list(suffix == 1 ? "s m d" : "re ve ll", text + end - suffix, suffix) ? at : end;
    }
    char last = (char)(text[end - 1] | 0x20);
    if (last != 't' && last != 'a')
        return end;
    if (in_list("dont didnt doesnt isnt wasnt wouldnt couldnt shouldnt havent hasnt arent werent",
                text + start, len))
        return end - 2;
    if (in_list("gonna wanna", text + start, len) || in_list("gotta", text + start, len))
        return end - 2;
    return in_list("cannot", text + start, len) ? end - 3 : end;
}
