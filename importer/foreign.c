/* The reader of what is no article: it rejects, and says what the thing is and what to do with it. Without it
 * a list of claims would be read as an article, and a PDF be told by its first zero byte. */
#include "importer/reader.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { FIELD_MAX = 30, FIELDS_LEAST = 3, KNOWN_LEAST = 2 };

static const struct {
    const char *begins;
    size_t len;
    const char *reason;
} binaries[] = {
    {"%PDF-", 5, "is a PDF file, which is not read: save its text"},
    {"PK\003\004", 4, "is a packed file (docx, odt, epub, zip), which is not read: save its text"},
    {"\xD0\xCF\x11\xE0", 4, "is an old Office file, which is not read: save its text"},
    {"{\\rtf", 5, "is an RTF file, which is not read: save its text"},
    {"\x89PNG", 4, "is a picture"},
    {"\xFF\xD8\xFF", 3, "is a picture"},
    {"GIF8", 4, "is a picture"},
};

/* Columns of the CSV files that import takes (docs/csv.md). */
static const char *const columns[] = {"id",      "external_id", "text",   "claim",  "title",
                                      "speaker", "date",        "source", "url",    "status",
                                      "note",    "document",    "kind",   "target", "reason",
                                      "start",   "published",   "author", "byline", "modality"};

static bool is_column(const char *field, size_t len)
{
    char name[FIELD_MAX + 1];
    for (size_t i = 0; i < len; i++)
        name[i] = field[i] == ' ' || field[i] == '-' ? '_' : field[i];
    name[len] = '\0';
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        if (strcasecmp(name, columns[i]) == 0)
            return true;
    return false;
}

/* A field of a header: a short name without punctuation. */
static bool is_name(const char *field, size_t len)
{
    if (len == 0 || len > FIELD_MAX || !isalpha((unsigned char)field[0]))
        return false;
    for (size_t i = 0; i < len; i++)
        if (!isalnum((unsigned char)field[i]) && strchr("_- ", field[i]) == NULL)
            return false;
    return true;
}

/* The first line names columns, two of which are ours, and there is a line behind it. */
static bool is_table(const char *bytes, size_t len, char delimiter)
{
    const char *stop = memchr(bytes, '\n', len);
    if (stop == NULL || stop + 1 == bytes + len)
        return false;
    if (stop > bytes && stop[-1] == '\r')
        stop--;
    size_t fields = 0, known = 0;
    for (const char *at = bytes; at <= stop; fields++) {
        const char *end = memchr(at, delimiter, (size_t)(stop - at)), *field = at;
        end = end == NULL ? stop : end;
        at = end + 1;
        if (end - field >= 2 && *field == '"' && end[-1] == '"') {
            field++;
            end--;
        }
        if (!is_name(field, (size_t)(end - field)))
            return false;
        known += is_column(field, (size_t)(end - field));
    }
    return fields >= FIELDS_LEAST && known >= KNOWN_LEAST;
}

static size_t blanks(const char *bytes, size_t len, size_t at)
{
    while (at < len && bytes[at] != '\0' && strchr(" \t\r\n", bytes[at]) != NULL)
        at++;
    return at;
}

/* An object with a key, or an array of objects: JSON that is not one object a line. */
static bool is_json(const char *bytes, size_t len)
{
    size_t at = blanks(bytes, len, 0);
    if (at < len && bytes[at] == '[')
        at = blanks(bytes, len, at + 1);
    if (at >= len || bytes[at] != '{')
        return false;
    at = blanks(bytes, len, at + 1);
    if (at >= len || bytes[at] != '"')
        return false;
    const char *quote = memchr(bytes + at + 1, '"', len - at - 1);
    if (quote == NULL)
        return false;
    at = blanks(bytes, len, (size_t)(quote - bytes) + 1);
    return at < len && bytes[at] == ':';
}

static const char *what_is_it(const char *bytes, size_t len)
{
    for (size_t i = 0; i < sizeof binaries / sizeof *binaries; i++)
        if (len >= binaries[i].len && memcmp(bytes, binaries[i].begins, binaries[i].len) == 0)
            return binaries[i].reason;
    if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        bytes += 3;
        len -= 3;
    }
    if (is_table(bytes, len, ',') || is_table(bytes, len, ';') || is_table(bytes, len, '\t'))
        return "is a CSV file: --claims, --documents, --sentences, --attributions or --links says what its "
               "rows are";
    if (is_json(bytes, len))
        return "is JSON, but not one object a line; reviews of claims are imported with --claimreview";
    return NULL;
}

static bool sniff(const struct cb_entry *entry, const char *bytes, size_t len)
{
    (void)entry;
    return what_is_it(bytes, len) != NULL;
}

static enum cb_code refuse(struct cb_intake *intake, const struct cb_entry *entry, struct cb_stream *stream,
                           struct cb_err *err)
{
    const char *bytes;
    size_t len;
    (void)intake, (void)entry;
    enum cb_code code = cb_stream_peek(stream, CB_SNIFF_MAX, &bytes, &len, err);
    return code == CB_OK ? cb_fail(err, CB_INPUT, "%s", what_is_it(bytes, len)) : code;
}

const struct cb_reader cb_reader_foreign = {"what is no article", sniff, refuse};
