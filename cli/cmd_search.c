/* claimbase search: has this been said, or checked, before? */
#include "cli/commands.h"
#include "cli/output.h"

#include "base/buffer.h"
#include "base/text_file.h"
#include "match/search.h"
#include "report/sink.h"
#include "text/unicode.h"

#include <stdlib.h>
#include <string.h>

enum { BATCH_FILE_MAX = 256 * 1024 * 1024, RESULTS_ARENA_MAX = 256 * 1024 * 1024, LIMIT_MAX = 10000 };

static void print_json_field(FILE *out, const char *name, const char *text)
{
    (void)fprintf(out, ",\"%s\":", name);
    cb_json_string(out, text, text == NULL ? 0 : strlen(text));
}

static void print_json(FILE *out, const char *query, size_t len, const struct cb_search_result *results,
                       size_t count)
{
    (void)fprintf(out, "{\"query\":");
    cb_json_string(out, query, len);
    (void)fprintf(out, ",\"results\":[");
    for (size_t i = 0; i < count; i++) {
        const struct cb_search_result *r = &results[i];
        (void)fprintf(out, "%s{\"claim\":", i > 0 ? "," : "");
        cb_json_string(out, r->claim, strlen(r->claim));
        print_json_field(out, "external_id", r->external_id);
        print_json_field(out, "text", r->text);
        print_json_field(out, "status", r->status);
        (void)fprintf(out, ",\"score\":%.4f", r->score);
        print_json_field(out, "source", r->source);
        print_json_field(out, "speaker", r->speaker);
        print_json_field(out, "modality", r->modality);
        print_json_field(out, "title", r->title);
        print_json_field(out, "url", r->url);
        print_json_field(out, "published", r->published);
        (void)fprintf(out, "}");
    }
    (void)fprintf(out, "]}\n");
}

static struct cb_cell cell(const char *text)
{
    return (struct cb_cell){text, text == NULL ? 0 : strlen(text)};
}

/* A table or CSV has one row a result; of a batch the query stands in front. */
struct printer {
    struct cb_sink *sink; /* NULL: JSON */
    size_t rows;
    bool batch;
    FILE *out;
};

static enum cb_code open_sink(const struct cb_cli *cli, struct printer *printer, struct cb_err *err)
{
    static const struct cb_column columns[] = {
        {"query", CB_TYPE_TEXT, CB_TYPE_TEXT},    {"claim", CB_TYPE_TEXT, CB_TYPE_TEXT},
        {"score", CB_TYPE_NUMBER, CB_TYPE_TEXT},  {"status", CB_TYPE_TEXT, CB_TYPE_TEXT},
        {"source", CB_TYPE_TEXT, CB_TYPE_TEXT},   {"speaker", CB_TYPE_TEXT, CB_TYPE_TEXT},
        {"modality", CB_TYPE_TEXT, CB_TYPE_TEXT}, {"published", CB_TYPE_TIME, CB_TYPE_TEXT},
        {"text", CB_TYPE_TEXT, CB_TYPE_TEXT},
    };
    enum cb_format format = cb_format_named(cb_option_text(cli, "format"));
    if (format == CB_FORMAT_JSON)
        return CB_OK;
    const struct cb_sink_options options = cb_cli_sink_options(cli, NULL);
    enum cb_code code = cb_sink_new(&options, &printer->sink, err);
    size_t skip = printer->batch ? 0 : 1, count = sizeof columns / sizeof *columns;
    return code == CB_OK ? cb_sink_begin(printer->sink, columns + skip, count - skip, err) : code;
}

static enum cb_code print_results(struct printer *printer, const char *query, size_t len,
                                  const struct cb_search_result *results, size_t count, struct cb_err *err)
{
    enum cb_code code = CB_OK;
    if (printer->sink == NULL)
        print_json(printer->out, query, len, results, count);
    printer->rows += count;
    for (size_t i = 0; printer->sink != NULL && i < count && code == CB_OK; i++) {
        const struct cb_search_result *r = &results[i];
        char score[16];
        (void)snprintf(score, sizeof score, "%.3f", r->score);
        const struct cb_cell cells[] = {
            {query, len},     cell(r->claim),    cell(score),        cell(r->status), cell(r->source),
            cell(r->speaker), cell(r->modality), cell(r->published), cell(r->text),
        };
        code = cb_sink_row(printer->sink, cells + (printer->batch ? 0 : 1), err);
    }
    return code;
}

static enum cb_code search_one(struct cb_searcher *searcher, struct printer *printer, struct cb_arena *arena,
                               const char *query, size_t len, struct cb_err *err)
{
    const struct cb_search_result *results = NULL;
    size_t count = 0;
    cb_arena_reset(arena);
    enum cb_code code = cb_search(searcher, query, len, arena, &results, &count, err);
    return code == CB_OK ? print_results(printer, query, len, results, count, err) : code;
}

static size_t count_lines(const char *text, size_t len)
{
    size_t lines = 0;
    for (size_t i = 0; i < len; i++)
        lines += text[i] == '\n';
    return lines + (len > 0 && text[len - 1] != '\n');
}

/* One query a line; an empty line finds nothing, but is answered, so that answers can be counted off. */
static enum cb_code search_lines(struct cb_searcher *searcher, struct printer *printer,
                                 struct cb_arena *arena, const struct cb_buffer *lines, struct cb_err *err)
{
    const char *text = cb_buffer_text(lines);
    enum cb_code code = CB_OK;
    for (size_t at = 0, line = 1; at < lines->len && code == CB_OK; line++) {
        const char *end = memchr(text + at, '\n', lines->len - at);
        size_t len = end == NULL ? lines->len - at : (size_t)(end - text) - at;
        code = search_one(searcher, printer, arena, text + at, len, err);
        if (code != CB_OK)
            cb_prefix(err, "query %zu", line);
        at += len + 1;
    }
    return code;
}

static enum cb_code check_arguments(const struct cb_cli *cli, bool batch, struct cb_err *err)
{
    if (batch && cli->argument_count > 0)
        return cb_fail(err, CB_USAGE, "give a text or --batch, not both");
    if (batch || cli->argument_count > 0)
        return CB_OK;
    (void)cb_fail(err, CB_USAGE, "there is nothing to search for");
    cb_hint(err, "claimbase search \"the claim in your words\"");
    return CB_USAGE;
}

/* The words of the command line as one text, or the file, cleaned. */
static enum cb_code read_queries(const struct cb_cli *cli, const char *batch, struct cb_buffer *out,
                                 struct cb_err *err)
{
    struct cb_buffer raw;
    cb_buffer_init(&raw, BATCH_FILE_MAX);
    enum cb_code code = CB_OK;
    if (batch != NULL)
        code = cb_read_file(batch, &raw, err);
    for (int i = 0; i < cli->argument_count; i++) {
        if (i > 0)
            cb_buffer_add_char(&raw, ' ');
        cb_buffer_add_text(&raw, cli->arguments[i]);
    }
    if (code == CB_OK)
        code = cb_buffer_status(&raw, "the query", err);
    if (code == CB_OK) {
        code = cb_utf8_clean(cb_buffer_text(&raw), raw.len, out, err);
        if (code != CB_OK)
            cb_prefix(err, "%s", batch != NULL ? batch : "the text to search for");
    }
    cb_buffer_release(&raw);
    return code;
}

static enum cb_code run(struct cb_cli *cli, struct cb_err *err)
{
    const char *batch = cb_option_text(cli, "batch");
    struct printer printer = {.batch = batch != NULL, .out = cli->out};
    struct cb_searcher *searcher = NULL;
    struct cb_buffer queries;
    struct cb_arena arena;
    cb_buffer_init(&queries, BATCH_FILE_MAX);
    cb_arena_init(&arena, RESULTS_ARENA_MAX);
    enum cb_code code = check_arguments(cli, printer.batch, err);
    if (code == CB_OK)
        code = read_queries(cli, batch, &queries, err);
    struct cb_search_options options = {
        .limit = (size_t)cb_option_integer(cli, "limit"),
        .status = cb_option_text(cli, "status"),
        .source = cb_option_text(cli, "source"),
        .since = cb_option_text(cli, "since"),
        .expected = printer.batch ? count_lines(cb_buffer_text(&queries), queries.len) : 1,
    };
    if (code == CB_OK)
        code = cb_searcher_new(cli->db, &options, &searcher, err);
    if (code == CB_OK)
        code = open_sink(cli, &printer, err);
    if (code == CB_OK)
        code = printer.batch
                   ? search_lines(searcher, &printer, &arena, &queries, err)
                   : search_one(searcher, &printer, &arena, cb_buffer_text(&queries), queries.len, err);
    if (code == CB_OK && printer.sink != NULL)
        code = cb_sink_end(printer.sink, NULL, err);
    if (code == CB_OK && printer.rows == 0)
        cb_message(cli, "none");
    cb_sink_free(printer.sink);
    cb_searcher_free(searcher);
    cb_arena_release(&arena);
    cb_buffer_release(&queries);
    return code;
}

static const struct cb_option own_options[] = {
    {.name = "batch",
     .letter = 'b',
     .kind = CB_OPTION_TEXT,
     .value = "FILE",
     .help = "search for each line of FILE ('-' is standard input)"},
    {.name = "limit",
     .letter = 'n',
     .kind = CB_OPTION_INTEGER,
     .value = "N",
     .help = "results of a search, at most",
     .standard = "10",
     .min = 1,
     .max = LIMIT_MAX},
    {.name = "status", .kind = CB_OPTION_TEXT, .value = "STATUS", .help = "only claims in this state"},
    {.name = "source", .kind = CB_OPTION_TEXT, .value = "NAME", .help = "only claims from this source"},
    {.name = "since",
     .kind = CB_OPTION_TEXT,
     .value = "DATE",
     .help = "only claims published then or later (2015-11-20)"},
    CB_OPTION_FORMAT("table|json|csv", "table"),
    {.name = NULL},
};
static const struct cb_option *const options[] = {own_options, NULL};

const struct cb_command cb_command_search = {
    .name = "search",
    .summary = "has this been said, or checked, before?",
    .synopsis = "[OPTION…] TEXT…\n[OPTION…] --batch FILE",
    .details = "Finds the stored claims that are nearest to TEXT, the best first, with their status and "
               "source. The title of a claim that came in a list counts too. Scores lie between 0 and 1.\n\n"
               "With --batch each line of FILE is a query, and each gets its answer, in order; as JSON one "
               "object a line.",
    .options = options,
    .arguments_min = 0,
    .arguments_max = -1,
    .needs = CB_NEEDS_SCHEMA,
    .run = run,
};
