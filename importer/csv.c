#include "importer/csv.h"

#include "base/array.h"
#include "importer/encoding.h"
#include "text/span.h"
#include "text/unicode.h"

#include <csv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* libcsv grows its field by so many bytes at a time, which where memory is moved takes a time that grows with
 * the square of the field: a field may be as large as a row. What is not written to costs nothing. */
enum { FIELD_GROWTH = 256 * 1024, COMPACT_OVER = 256 * 1024 };

struct field_at {
    size_t at, len;
};

/* `input` holds the bytes from the record that is being read on: what is consumed lies before `parsed`. */
struct reader {
    struct cb_stream *stream;
    cb_csv_sink *sink;
    void *context;
    struct csv_parser parser;
    size_t row_max;
    struct cb_buffer input;
    size_t row_start, parsed;
    int64_t line;      /* of the record that begins at row_start */
    bool ended;        /* nothing left in the stream */
    bool row_complete; /* libcsv told the end of a record */
    enum cb_code code; /* the first error of a callback */
    struct cb_buffer text;
    struct field_at *items; /* the fields in `text` */
    size_t count, capacity;
    struct cb_csv_field *fields;
    size_t fields_capacity;
    struct cb_err *err;
};

/* A lone LF ends a record. CR is taken for a blank, and libcsv drops blanks at a field's ends: so CRLF is a
 * line end, and real blanks are kept. */
static int is_blank(unsigned char c)
{
    return c == '\r';
}

static int is_end(unsigned char c)
{
    return c == '\n';
}

static enum cb_code start_parser(struct reader *reader, char delimiter)
{
    if (csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        return cb_no_memory(reader->err);
    csv_set_delim(&reader->parser, (unsigned char)delimiter);
    csv_set_space_func(&reader->parser, is_blank);
    csv_set_term_func(&reader->parser, is_end);
    csv_set_blk_size(&reader->parser, FIELD_GROWTH);
    return CB_OK;
}

static void on_field(void *bytes, size_t len, void *context)
{
    struct reader *reader = context;
    if (reader->code != CB_OK)
        return;
    void *items = reader->items;
    reader->code = cb_array_reserve(&items, &reader->capacity, reader->count + 1, sizeof *reader->items,
                                    CB_CSV_FIELDS_MAX, "fields in a row", reader->err);
    reader->items = items;
    if (reader->code != CB_OK)
        return;
    reader->items[reader->count++] = (struct field_at){reader->text.len, len};
    cb_buffer_add(&reader->text, bytes, len);
    cb_buffer_add_char(&reader->text, '\0');
    reader->code = cb_buffer_status(&reader->text, "a row", reader->err);
}

static void on_row(int c, void *context)
{
    (void)c;
    ((struct reader *)context)->row_complete = true;
}

static enum cb_code emit(struct reader *reader, size_t end, const char *problem)
{
    const char *raw = cb_buffer_text(&reader->input) + reader->row_start;
    size_t len = end - reader->row_start;
    if (len > 0 && raw[len - 1] == '\n')
        len--;
    if (len > 0 && raw[len - 1] == '\r')
        len--;
    const struct cb_csv_row row = {
        .line = reader->line,
        .fields = reader->fields,
        .count = problem == NULL ? reader->count : 0,
        .raw = raw,
        .raw_len = len,
        .problem = problem,
    };
    return reader->sink(reader->context, &row, reader->err);
}

static int64_t lines_in(const char *text, size_t len)
{
    int64_t lines = 0;
    for (const char *at = text, *end = text + len; (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++)
        lines++;
    return lines;
}

/* The next record begins at `at`. */
static void begin_row(struct reader *reader, size_t at, int64_t line)
{
    reader->row_start = reader->parsed = at;
    reader->line = line;
    reader->count = 0;
    reader->row_complete = false;
    cb_buffer_clear(&reader->text);
    if (at > COMPACT_OVER && at > reader->input.len / 2) {
        memmove(reader->input.data, reader->input.data + at, reader->input.len - at);
        reader->input.len -= at;
        reader->input.data[reader->input.len] = '\0';
        reader->row_start = reader->parsed = 0;
    }
}

/* Gives the record's first line up and goes on behind it. */
static enum cb_code reject_line(struct reader *reader, const char *problem)
{
    const char *start = cb_buffer_text(&reader->input) + reader->row_start;
    const char *lf = memchr(start, '\n', reader->input.len - reader->row_start);
    size_t end = lf != NULL ? reader->row_start + (size_t)(lf - start) + 1 : reader->input.len;
    enum cb_code code = emit(reader, end, problem);
    if (code == CB_OK && lf == NULL)
        code = cb_stream_skip_line(reader->stream, reader->err);
    char delimiter = (char)csv_get_delim(&reader->parser);
    csv_free(&reader->parser);
    if (code == CB_OK)
        code = start_parser(reader, delimiter);
    begin_row(reader, end, reader->line + 1);
    return code;
}

/* Why libcsv refused the byte at parsed - 1. */
static enum cb_code reject_malformed(struct reader *reader)
{
    char problem[160];
    const char *row = cb_buffer_text(&reader->input) + reader->row_start;
    size_t at = reader->parsed - reader->row_start;
    int64_t more = lines_in(row, at > 0 ? at - 1 : 0);
    if (!reader->parser.quoted)
        (void)snprintf(problem, sizeof problem,
                       "a quote inside a field that does not begin with one, byte %zu", at);
    else if (more == 0)
        (void)snprintf(problem, sizeof problem, "text after the closing quote, byte %zu", at);
    else
        (void)snprintf(problem, sizeof problem,
                       "an unclosed quote: the next one, on line %lld, is followed by text",
                       (long long)(reader->line + more));
    return reject_line(reader, problem);
}

static enum cb_code make_fields(struct reader *reader)
{
    void *fields = reader->fields;
    enum cb_code code =
        cb_array_reserve(&fields, &reader->fields_capacity, reader->count + 1, sizeof *reader->fields,
                         CB_CSV_FIELDS_MAX + 1, "fields in a row", reader->err);
    reader->fields = fields;
    for (size_t i = 0; code == CB_OK && i < reader->count; i++)
        reader->fields[i] =
            (struct cb_csv_field){cb_buffer_text(&reader->text) + reader->items[i].at, reader->items[i].len};
    return code;
}

static bool is_blank_line(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (strchr(" \t\r\n", text[i]) == NULL || text[i] == '\0')
            return false;
    return true;
}

/* The record row_start … parsed is whole: hand it over. */
static enum cb_code finish_row(struct reader *reader)
{
    const char *raw = cb_buffer_text(&reader->input) + reader->row_start;
    size_t len = reader->parsed - reader->row_start, valid = cb_utf8_valid_until(raw, len);
    int64_t next = reader->line + lines_in(raw, len);
    char problem[80];
    enum cb_code code = CB_OK;
    if (valid < len) {
        (void)snprintf(problem, sizeof problem, "%s, byte %zu of the row",
                       raw[valid] == '\0' ? "a NUL byte" : "invalid UTF-8", valid + 1);
        code = emit(reader, reader->parsed, problem);
    } else if (!is_blank_line(raw, len)) {
        code = make_fields(reader);
        if (code == CB_OK)
            code = emit(reader, reader->parsed, NULL);
    }
    begin_row(reader, reader->parsed, next);
    return code;
}

static enum cb_code reject_long(struct reader *reader)
{
    char problem[120];
    bool quoted = memchr(cb_buffer_text(&reader->input) + reader->row_start, '\n',
                         reader->parsed - 1 - reader->row_start) != NULL;
    (void)snprintf(problem, sizeof problem, "%s %zu bytes",
                   quoted ? "an unclosed quote: the row has no end within" : "more than", reader->row_max);
    return reject_line(reader, problem);
}

/* Feeds libcsv up to the next line end; at most one record ends there. */
static enum cb_code feed(struct reader *reader)
{
    const char *bytes = cb_buffer_text(&reader->input) + reader->parsed;
    size_t len = reader->input.len - reader->parsed;
    const char *lf = memchr(bytes, '\n', len);
    if (lf != NULL)
        len = (size_t)(lf - bytes) + 1;
    size_t done = csv_parse(&reader->parser, bytes, len, on_field, on_row, reader);
    reader->parsed += done;
    if (reader->code != CB_OK) {
        if (reader->code != CB_LIMIT)
            return reader->code;
        reader->code = CB_OK;
        return reject_line(reader, "too many fields");
    }
    if (done < len && csv_error(&reader->parser) == CSV_EPARSE) {
        reader->parsed++; /* the byte that was refused */
        return reject_malformed(reader);
    }
    if (done < len)
        return cb_no_memory(reader->err);
    if (reader->parsed - reader->row_start > reader->row_max)
        return reject_long(reader);
    /* libcsv says nothing of an empty line */
    bool blank = lf != NULL && is_blank_line(cb_buffer_text(&reader->input) + reader->row_start,
                                             reader->parsed - reader->row_start);
    return reader->row_complete || blank ? finish_row(reader) : CB_OK;
}

/* The end of the stream: the last record may have no line end. */
static enum cb_code feed_end(struct reader *reader)
{
    if (csv_fini(&reader->parser, on_field, on_row, reader) != 0) {
        char problem[80];
        (void)snprintf(problem, sizeof problem, "an unclosed quote: it is open at the end of the file");
        return reject_line(reader, problem);
    }
    return reader->code != CB_OK ? reader->code : finish_row(reader);
}

static enum cb_code fetch(struct reader *reader)
{
    const char *bytes;
    size_t len, got = 0;
    enum cb_code code = cb_stream_peek(reader->stream, 1, &bytes, &len, reader->err);
    if (code != CB_OK)
        return code;
    reader->ended = len == 0;
    char *to = len > 0 ? cb_buffer_room(&reader->input, len) : NULL;
    if (to != NULL)
        code = cb_stream_read(reader->stream, to, len, &got, reader->err);
    reader->input.len += got;
    if (reader->input.data != NULL)
        reader->input.data[reader->input.len] = '\0';
    return code != CB_OK ? code : cb_buffer_status(&reader->input, "a row", reader->err);
}

static enum cb_code read_rows(struct reader *reader)
{
    enum cb_code code = CB_OK;
    for (;;) {
        while (code == CB_OK && reader->parsed < reader->input.len)
            code = feed(reader);
        if (code != CB_OK)
            return code;
        if (!reader->ended)
            code = fetch(reader);
        else if (reader->row_start < reader->input.len)
            code = feed_end(reader); /* may go back to an earlier line */
        else
            return CB_OK;
    }
}

/* Whichever of the three is most frequent in the first line, outside quotes. */
static char delimiter_of(const char *bytes, size_t len)
{
    static const char delimiters[] = ",;\t";
    size_t counts[3] = {0, 0, 0}, best = 0;
    bool quoted = false;
    for (size_t i = 0; i < len && bytes[i] != '\n'; i++) {
        if (bytes[i] == '"')
            quoted = !quoted;
        for (size_t d = 0; d < 3; d++)
            counts[d] += !quoted && bytes[i] == delimiters[d];
    }
    for (size_t d = 1; d < 3; d++)
        if (counts[d] > counts[best])
            best = d;
    return delimiters[best];
}

static enum cb_code read_utf8(struct cb_stream *stream, const struct cb_csv_options *options,
                              cb_csv_sink *sink, void *context, struct cb_err *err)
{
    struct reader reader = {.stream = stream, .sink = sink, .context = context, .line = 1, .err = err};
    reader.row_max = options->row_max > 0 ? options->row_max : CB_TEXT_MAX;
    /* a window more than a record, and what lies before it until it is moved away */
    cb_buffer_init(&reader.input, 2 * reader.row_max + 4 * COMPACT_OVER);
    cb_buffer_init(&reader.text, reader.row_max + COMPACT_OVER);
    const char *bytes;
    size_t len;
    enum cb_code code = cb_stream_peek(stream, CB_STREAM_WINDOW, &bytes, &len, err);
    if (code == CB_OK)
        code = start_parser(&reader, options->delimiter != 0 ? options->delimiter : delimiter_of(bytes, len));
    if (code == CB_OK) {
        char mark[3];
        size_t got;
        if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
            code = cb_stream_read(stream, mark, sizeof mark, &got, err);
        if (code == CB_OK)
            code = read_rows(&reader);
        csv_free(&reader.parser);
    }
    cb_buffer_release(&reader.input);
    cb_buffer_release(&reader.text);
    free(reader.items);
    free(reader.fields);
    return code;
}

/* True when the window is UTF-8 up to a code point that it cuts, or has a NUL, which is a row's fault. */
static bool begins_as_utf8(const char *bytes, size_t len)
{
    if (len >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0))
        return false;
    size_t nul = 0;
    for (size_t at = 0; at < len;) {
        size_t valid = at + cb_utf8_valid_until(bytes + at, len - at);
        if (valid + 4 > len)
            return true;
        if (bytes[valid] != '\0')
            return false;
        nul++;
        at = valid + 1;
    }
    return nul < len / 8; /* more is UTF-16 */
}

enum cb_code cb_csv_read(struct cb_stream *stream, const struct cb_csv_options *options, cb_csv_sink *sink,
                         void *context, struct cb_err *err)
{
    const char *bytes;
    size_t len;
    enum cb_code code = cb_stream_peek(stream, CB_STREAM_WINDOW, &bytes, &len, err);
    if (code != CB_OK)
        return code;
    if (begins_as_utf8(bytes, len))
        return read_utf8(stream, options, sink, context, err);
    struct cb_buffer raw, text;
    char encoding[CB_ENCODING_NAME_MAX];
    struct cb_err why = {0};
    cb_buffer_init(&raw, CB_TEXT_MAX);
    cb_buffer_init(&text, CB_TEXT_MAX);
    code = cb_stream_read_all(stream, &raw, err);
    struct cb_stream *decoded = malloc(sizeof *decoded);
    if (code == CB_OK && decoded == NULL)
        code = cb_no_memory(err);
    if (code == CB_OK) {
        /* what can't be decoded as a whole is read as it is, and its bad rows are rejected */
        bool good = cb_decode(cb_buffer_text(&raw), raw.len, NULL, &text, encoding, &why) == CB_OK;
        struct cb_stream_memory memory = {cb_buffer_text(good ? &text : &raw), good ? text.len : raw.len};
        cb_stream_init(decoded, cb_stream_fill_memory, &memory);
        code = read_utf8(decoded, options, sink, context, err);
    }
    free(decoded);
    cb_buffer_release(&text);
    cb_buffer_release(&raw);
    return code;
}
