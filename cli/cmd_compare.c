/* claimbase compare A B, or --pairs FILE: the relation of two claims, with reasons. */
#include "base/text_file.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "db/claim_id.h"
#include "db_queries.h"
#include "match/compare.h"
#include "match/pair.h"

#include <stdio.h>
#include <string.h>

enum { PAIRS_MAX = 1024 * 1024 * 1024, CLAIM_ARENA_MAX = 16 * 1024 * 1024, REASONS_SIZE = 1024 };

struct claim {
    const char *text;
    size_t len;
    const char *published; /* or NULL */
};

struct run {
    struct cb_cli *cli;
    struct cb_matcher *matcher;
    struct cb_sink *sink;
    struct cb_arena arena; /* of one pair */
    bool with_texts;       /* a table of many pairs shows them too */
};

/* Names of the reasons as a PostgreSQL array: "{negated,less_detail}". */
static void write_reasons(uint32_t reasons, char out[REASONS_SIZE])
{
    size_t at = 0;
    out[at++] = '{';
    for (int i = 0; i < CB_REASON_COUNT; i++) {
        if (reasons >> i & 1U)
            at += (size_t)snprintf(out + at, REASONS_SIZE - at - 2, "%s%s", at > 1 ? "," : "",
                                   cb_reason_name((enum cb_reason)i));
    }
    out[at++] = '}';
    out[at] = '\0';
}

static struct cb_cell cell(const char *text)
{
    return (struct cb_cell){text, strlen(text)};
}

static enum cb_code print_pair(struct run *run, const struct claim *a, const struct claim *b,
                               const struct cb_comparison *comparison, struct cb_err *err)
{
    char score[32], reasons[REASONS_SIZE];
    write_reasons(comparison->reasons, reasons);
    (void)snprintf(score, sizeof score, "%.4f", comparison->score);
    struct cb_cell cells[] = {cell(cb_match_relation_name(comparison->relation)),
                              cell(score),
                              cell(reasons),
                              {a->text, a->len},
                              {b->text, b->len}};
    return cb_sink_row(run->sink, cells, err);
}

static enum cb_code compare_pair(struct run *run, const struct claim *a, const struct claim *b,
                                 struct cb_err *err)
{
    const struct cb_profile *x = NULL, *y = NULL;
    struct cb_comparison comparison;
    cb_arena_reset(&run->arena);
    enum cb_code code = cb_profile_make(run->matcher, a->text, a->len, a->published, &run->arena, &x, err);
    if (code == CB_OK)
        code = cb_profile_make(run->matcher, b->text, b->len, b->published, &run->arena, &y, err);
    if (code == CB_OK)
        code = cb_compare_profiles(run->matcher, x, y, &run->arena, &comparison, err);
    return code == CB_OK ? print_pair(run, a, b, &comparison, err) : code;
}

/* One line: A, tab, B; further columns are left alone. */
static enum cb_code compare_line(struct run *run, const char *line, const char *end, struct cb_err *err)
{
    const char *tab = memchr(line, '\t', (size_t)(end - line));
    if (tab == NULL)
        return cb_fail(err, CB_INPUT, "no tab between two claims");
    const char *stop = memchr(tab + 1, '\t', (size_t)(end - tab - 1));
    struct claim a = {line, (size_t)(tab - line), NULL};
    struct claim b = {tab + 1, (size_t)((stop == NULL ? end : stop) - tab - 1), NULL};
    return compare_pair(run, &a, &b, err);
}

static enum cb_code compare_file(struct run *run, const char *path, struct cb_err *err)
{
    struct cb_buffer file;
    size_t number = 0;
    cb_buffer_init(&file, PAIRS_MAX);
    enum cb_code code = cb_read_file(path, &file, err);
    const char *at = cb_buffer_text(&file), *last = at + file.len;
    while (code == CB_OK && at < last) {
        const char *newline = memchr(at, '\n', (size_t)(last - at));
        const char *end = newline == NULL ? last : newline;
        number++;
        code = compare_line(run, at, end > at && end[-1] == '\r' ? end - 1 : end, err);
        if (code != CB_OK)
            cb_prefix(err, "%s, line %zu", path, number);
        at = newline == NULL ? last : newline + 1;
    }
    cb_buffer_release(&file);
    return code;
}

/* "3f2a9b1c.12": at least four hexadecimal digits and dashes, a full stop, and a number. */
static bool is_claim_id(const char *text)
{
    size_t digits = strspn(text, "0123456789abcdefABCDEF-");
    const char *number = text + digits + 1;
    if (digits < 4 || text[digits] != '.' || *number == '\0')
        return false;
    return number[strspn(number, "0123456789")] == '\0';
}

/* The claim itself, or the stored one it names; *rows keeps its text and is freed by the caller. */
static enum cb_code read_claim(struct run *run, const char *argument, struct claim *out,
                               struct cb_rows **rows, struct cb_err *err)
{
    char number[16];
    struct cb_claim_key key;
    *out = (struct claim){argument, strlen(argument), NULL};
    if (!is_claim_id(argument))
        return CB_OK;
    enum cb_code code = cb_cli_open(run->cli, CB_NEEDS_SCHEMA, err);
    if (code == CB_OK)
        code = cb_claim_resolve(run->cli->db, argument, &key, err);
    if (code != CB_OK)
        return code;
    (void)snprintf(number, sizeof number, "%d", key.claim_no);
    const char *params[] = {key.document_id, number};
    code = cb_db_one(run->cli->db, &cb_sql_compare_claim, params, 2, rows, err);
    if (code == CB_OK)
        *out = (struct claim){cb_rows_text(*rows, 0, 0), cb_rows_length(*rows, 0, 0),
                              cb_rows_is_null(*rows, 0, 1) ? NULL : cb_rows_text(*rows, 0, 1)};
    return code;
}

static enum cb_code compare_arguments(struct run *run, struct cb_err *err)
{
    struct claim a, b;
    struct cb_rows *rows_a = NULL, *rows_b = NULL;
    enum cb_code code = read_claim(run, run->cli->arguments[0], &a, &rows_a, err);
    if (code == CB_OK)
        code = read_claim(run, run->cli->arguments[1], &b, &rows_b, err);
    if (code == CB_OK)
        code = compare_pair(run, &a, &b, err);
    cb_rows_free(rows_a);
    cb_rows_free(rows_b);
    return code;
}

static enum cb_code check_arguments(const struct cb_cli *cli, struct cb_err *err)
{
    bool pairs = cb_option_given(cli, "pairs");
    if (pairs && cli->argument_count > 0)
        return cb_fail(err, CB_USAGE, "claims are given twice: on the command line and with --pairs");
    if (!pairs && cli->argument_count != 2) {
        (void)cb_fail(err, CB_USAGE, "two claims are needed, or --pairs FILE");
        cb_hint(err, "a claim with blanks in it is written in quotation marks");
        return CB_USAGE;
    }
    return CB_OK;
}

static enum cb_code run_compare(struct cb_cli *cli, struct cb_err *err)
{
    static const struct cb_column columns[] = {{"relation", CB_TYPE_TEXT, CB_TYPE_TEXT},
                                               {"score", CB_TYPE_NUMBER, CB_TYPE_TEXT},
                                               {"reasons", CB_TYPE_ARRAY, CB_TYPE_TEXT},
                                               {"a", CB_TYPE_TEXT, CB_TYPE_TEXT},
                                               {"b", CB_TYPE_TEXT, CB_TYPE_TEXT}};
    struct run run = {.cli = cli};
    struct cb_sink_options options = cb_cli_sink_options(cli, "claimbase compare");
    enum cb_code code = check_arguments(cli, err);
    if (code != CB_OK)
        return code;
    run.with_texts = cb_option_given(cli, "pairs") && options.format != CB_FORMAT_JSON;
    cb_arena_init(&run.arena, CLAIM_ARENA_MAX);
    code = cb_matcher_new(&run.matcher, err);
    if (code == CB_OK)
        code = cb_sink_new(&options, &run.sink, err);
    if (code == CB_OK)
        code = cb_sink_begin(run.sink, columns, run.with_texts ? 5 : 3, err);
    if (code == CB_OK)
        code = cb_option_given(cli, "pairs") ? compare_file(&run, cb_option_text(cli, "pairs"), err)
                                             : compare_arguments(&run, err);
    if (code == CB_OK)
        code = cb_sink_end(run.sink, NULL, err);
    cb_sink_free(run.sink);
    cb_matcher_free(run.matcher);
    cb_arena_release(&run.arena);
    return code;
}

static const struct cb_option own_options[] = {
    {.name = "pairs",
     .kind = CB_OPTION_TEXT,
     .value = "FILE",
     .help = "compare the two claims of each line, with a tab between them; - is standard input"},
    {.name = NULL},
};
static const struct cb_option *const options[] = {own_options, cb_options_output, cb_options_connection,
                                                  NULL};

const struct cb_command cb_command_compare = {
    .name = "compare",
    .summary = "tell whether two claims agree, contradict each other, or neither, and why",
    .synopsis = "[--format table|csv|json|html] A B\n[--format table|csv|json|html] --pairs FILE",
    .details =
        "A and B are claims in words, or ids of stored claims (3f2a9b1c.12); only ids need the database.\n\n"
        "relation is agrees, contradicts, related or unrelated. score, from 0 to 1, is how alike the two are "
        "in "
        "words; two claims that differ in one number, name or \"not\" are very alike, so the relation rests "
        "on the reasons too (docs/matching.md).",
    .options = options,
    .arguments_min = 0,
    .arguments_max = 2,
    .needs = CB_NEEDS_NOTHING,
    .run = run_compare,
};
