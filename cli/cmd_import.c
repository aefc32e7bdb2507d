/* claimbase import: articles, and CSV files of claims, documents and what belongs to them. */
#include "cli/commands.h"
#include "cli/import_inputs.h"
#include "cli/import_progress.h"
#include "cli/person.h"
#include "importer/claimreview.h"
#include "importer/csv_rows.h"
#include "importer/database.h"
#include "importer/iso_time.h"
#include "importer/load.h"
#include "importer/outside_extractor.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct cb_option import_options[] = {
    {.name = "source",
     .letter = 's',
     .kind = CB_OPTION_TEXT,
     .value = "NAME",
     .help = "who published it; else what the page or record tells, else the site of its address, else "
             "'unknown'"},
    {.name = "url",
     .kind = CB_OPTION_TEXT,
     .value = "URL",
     .help = "the address of the one document that is imported"},
    {.name = "published",
     .kind = CB_OPTION_TEXT,
     .value = "TIME",
     .help = "when it was published, as 2015-11-18 or 2015-11-18T10:30:00Z"},
    {.name = "origin",
     .kind = CB_OPTION_TEXT,
     .value = "NAME|URL",
     .help = "what all of it comes from, as you know it: an agency, an interview, an address"},
    {.name = "by",
     .kind = CB_OPTION_TEXT,
     .value = "NAME",
     .help = "who imports, and gives the verdicts that the files bring; else the login name"},
    {.name = "claims", .kind = CB_OPTION_LIST, .value = "FILE", .help = "a CSV of claims without articles"},
    {.name = "documents", .kind = CB_OPTION_LIST, .value = "FILE", .help = "a CSV of documents"},
    {.name = "sentences",
     .kind = CB_OPTION_LIST,
     .value = "FILE",
     .help = "a CSV of sentences of stored documents"},
    {.name = "attributions",
     .kind = CB_OPTION_LIST,
     .value = "FILE",
     .help = "a CSV of who says what in stored documents"},
    {.name = "links",
     .kind = CB_OPTION_LIST,
     .value = "FILE",
     .help = "a CSV of what stored documents come from"},
    {.name = "claimreview",
     .kind = CB_OPTION_LIST,
     .value = "FILE",
     .help = "reviews of claims: schema.org ClaimReview (object, array, DataFeed) or answers of Google's "
             "Fact Check Tools"},
    {.name = "rating-map",
     .kind = CB_OPTION_TEXT,
     .value = "FILE",
     .help = "with --claimreview, a CSV with the columns rating and status for ratings of your own"},
    {.name = "database",
     .kind = CB_OPTION_TEXT,
     .value = "FILE",
     .help = "a whole database, as 'export database' wrote it, into one that is empty"},
    {.name = "paths-from",
     .kind = CB_OPTION_TEXT,
     .value = "FILE",
     .help = "a list of paths, one a line ('-': standard input)"},
    {.name = "retry",
     .kind = CB_OPTION_INTEGER,
     .value = "RUN",
     .min = 1,
     .max = 2147483647,
     .help = "read again the files of which that run rejected something"},
    {.name = "jobs",
     .letter = 'j',
     .kind = CB_OPTION_INTEGER,
     .value = "N",
     .min = 1,
     .max = 256,
     .help = "threads that read texts; else one for each core"},
    {.name = "batch",
     .kind = CB_OPTION_INTEGER,
     .value = "N",
     .min = 1,
     .max = 512,
     .standard = "512",
     .help = "documents of one transaction"},
    {.name = "dry-run",
     .letter = 'n',
     .kind = CB_OPTION_FLAG,
     .help = "say what would be stored and store nothing"},
    {.name = "strict", .kind = CB_OPTION_FLAG, .help = "stop at the first file or row that is rejected"},
    {.name = "no-extract",
     .kind = CB_OPTION_FLAG,
     .help = "store the texts only, without sentences and claims"},
    {.name = "extractor",
     .kind = CB_OPTION_TEXT,
     .value = "COMMAND",
     .help =
         "a program that finds sentences and claims in place of claimbase, by JSON lines (docs/extract.md)"},
    {.name = "extractor-timeout",
     .kind = CB_OPTION_INTEGER,
     .value = "SECONDS",
     .min = 1,
     .max = 86400,
     .standard = "60",
     .help = "what the extractor may take for one document"},
    {.name = NULL},
};

static const struct cb_option *const option_groups[] = {import_options, NULL};

enum { UNKNOWN_MAX = 4096 }; /* of the names of columns */

struct import {
    struct cb_cli *cli;
    unsigned jobs;
    struct cb_extractor *extractor;
    struct cb_outside_extractor **outside; /* one a job, or NULL */
    struct cb_import_progress progress;
    struct cb_import_inputs inputs;
    struct cb_rating_map *ratings;
    struct cb_claimreview_report reviews;
};

static enum cb_code extract(void *context, unsigned worker, const struct cb_input_document *document,
                            struct cb_arena *arena, const struct cb_extraction **out, struct cb_err *err)
{
    const struct import *import = context;
    if (import->outside != NULL)
        return cb_outside_extract(import->outside[worker], document, arena, out, err);
    const struct cb_extract_options options = {
        .language = document->language, .published = document->published, .has_title = document->has_title};
    return cb_extract(import->extractor, document->text, document->text_len, &options, arena, out, err);
}

/* A CSV file; its columns that mean nothing here are told, because one of them may be mistyped. */
static enum cb_code read_csv(struct import *import, struct cb_loader *loader, const char *file,
                             struct cb_err *err)
{
    struct cb_buffer unknown;
    cb_buffer_init(&unknown, UNKNOWN_MAX);
    enum cb_code code = cb_load_csv(loader, import->inputs.kind, file, &unknown, err);
    if (unknown.len > 0 && !unknown.failed)
        cb_message(import->cli, "%s: columns passed over: %s", file, cb_buffer_text(&unknown));
    cb_buffer_release(&unknown);
    return code;
}

static enum cb_code read_inputs(struct import *import, struct cb_loader *loader, struct cb_err *err)
{
    const struct cb_import_inputs *inputs = &import->inputs;
    enum cb_code code = CB_OK;
    for (size_t i = 0; i < inputs->count && code == CB_OK; i++) {
        const char *file = inputs->files[i];
        if (inputs->kind == CB_LOAD_ARTICLES)
            code = cb_loader_path(loader, file, err);
        else if (inputs->kind == CB_LOAD_CLAIMREVIEW)
            code = cb_load_claimreview(loader, file, import->ratings, &import->reviews, err);
        else
            code = read_csv(import, loader, file, err);
    }
    return code;
}

/* What a file of reviews held against what became of it: nothing may be lost on the way. */
static enum cb_code compare_reviews(const struct import *import, const struct cb_load_counts *counts,
                                    enum cb_code code, struct cb_err *err)
{
    const struct cb_claimreview_report *reviews = &import->reviews;
    cb_message(import->cli, "%lld review%s in the files", (long long)reviews->expected,
               reviews->expected == 1 ? "" : "s");
    if (reviews->unmapped > 0)
        cb_message(import->cli,
                   "the rating of %lld of them is in no map, so the claim is unverified; --rating-map FILE "
                   "says what it "
                   "means",
                   (long long)reviews->unmapped);
    int64_t arrived = counts->documents_new + counts->documents_known + counts->rejected;
    if ((code == CB_OK || code == CB_REJECTED) && arrived < reviews->expected)
        return cb_fail(err, CB_FAILED, "%lld reviews were read, but only %lld were stored, known or rejected",
                       (long long)reviews->expected, (long long)arrived);
    return code;
}

static unsigned jobs_of(const struct cb_cli *cli)
{
    if (cb_option_given(cli, "jobs"))
        return (unsigned)cb_option_integer(cli, "jobs");
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores < 1 ? 1 : cores > 256 ? 256 : (unsigned)cores;
}

/* For the bar: what is to be read. On a terminal only, because a look at every file takes time. */
static void measure(struct import *import)
{
    int64_t files = 0;
    if (!import->cli->messages_are_terminal || cb_option_flag(import->cli, "quiet"))
        return;
    for (size_t i = 0; i < import->inputs.count; i++)
        cb_input_measure(import->inputs.files[i], &files, &import->progress.total_bytes);
}

static enum cb_code run_loader(struct import *import, struct cb_err *err)
{
    const struct cb_cli *cli = import->cli;
    const struct cb_import_inputs *inputs = &import->inputs;
    char login[128];
    const struct cb_load_options options = {
        .kind = inputs->kind,
        .source = inputs->source,
        .url = inputs->url,
        .published = inputs->published,
        .origin = inputs->origin,
        .actor = cb_cli_person(cli, login, sizeof login),
        .program_version = CLAIMBASE_VERSION,
        .method_version = import->outside != NULL ? "outside extractor" : cb_extractor_version(),
        .arguments = inputs->arguments,
        .argument_count = inputs->argument_count,
        .batch = (unsigned)cb_option_integer(cli, "batch"),
        .jobs = import->jobs,
        .dry_run = cb_option_flag(cli, "dry-run"),
        .strict = cb_option_flag(cli, "strict"),
        .extract = import->extractor != NULL || import->outside != NULL ? extract : NULL,
        .extract_context = import,
        .progress = cb_import_progress_tell,
        .rejected = cb_import_progress_reject,
        .callback_context = &import->progress,
        .stop = cb_stop_requested,
    };
    struct cb_loader *loader = NULL;
    struct cb_load_counts counts;
    enum cb_code code = cb_loader_begin(import->cli->db, &options, &loader, err);
    if (code != CB_OK)
        return code;
    cb_catch_stop_signals();
    measure(import);
    code = read_inputs(import, loader, err);
    code = cb_loader_end(loader, code, &counts, err);
    if (code == CB_DATABASE && err->hint[0] == '\0')
        cb_hint(err, "what is stored stays; the same import again goes on from there");
    if (counts.run_id > 0 || options.dry_run) /* else nothing could be read at all */
        cb_import_progress_summary(&import->progress, &counts);
    if (inputs->kind == CB_LOAD_CLAIMREVIEW)
        code = compare_reviews(import, &counts, code, err);
    cb_loader_free(loader);
    return code;
}

static enum cb_code open_extractor(struct import *import, struct cb_err *err)
{
    const struct cb_import_inputs *inputs = &import->inputs;
    const struct cb_cli *cli = import->cli;
    bool texts = inputs->kind == CB_LOAD_ARTICLES || inputs->kind == CB_LOAD_DOCUMENTS;
    const char *command = cb_option_text(cli, "extractor");
    if (!texts || cb_option_flag(cli, "no-extract"))
        return CB_OK;
    if (command == NULL)
        return cb_extractor_new(&import->extractor, err);
    import->outside = calloc(import->jobs, sizeof(struct cb_outside_extractor *));
    enum cb_code code = import->outside == NULL ? cb_fail(err, CB_NO_MEMORY, "out of memory") : CB_OK;
    for (unsigned i = 0; i < import->jobs && code == CB_OK; i++)
        code = cb_outside_extractor_new(command, (unsigned)cb_option_integer(cli, "extractor-timeout"),
                                        &import->outside[i], err);
    return code;
}

static void close_extractor(struct import *import)
{
    for (unsigned i = 0; import->outside != NULL && i < import->jobs; i++)
        cb_outside_extractor_free(import->outside[i]);
    free(import->outside);
    cb_extractor_free(import->extractor);
}

static enum cb_code run_database(struct cb_cli *cli, struct cb_err *err)
{
    int64_t rows = 0;
    if (cli->argument_count > 0)
        return cb_fail(err, CB_USAGE, "a whole database is imported alone");
    enum cb_code code = cb_import_database(cli->db, cb_option_text(cli, "database"), &rows, err);
    if (code == CB_OK)
        cb_message(cli, "imported %lld rows", (long long)rows);
    return code;
}

static enum cb_code check_options(const struct cb_cli *cli, struct cb_err *err)
{
    int64_t ignored;
    const char *published = cb_option_text(cli, "published");
    if (published != NULL && !cb_iso_time(published, &ignored))
        return cb_fail(err, CB_USAGE, "--published takes an ISO 8601 date or time, as 2015-11-18, not '%s'",
                       published);
    if (cb_option_given(cli, "by") && cb_option_text(cli, "by")[0] == '\0')
        return cb_fail(err, CB_USAGE, "--by takes the name of who imports");
    if (cb_option_given(cli, "extractor") && cb_option_flag(cli, "no-extract"))
        return cb_fail(err, CB_USAGE, "--extractor and --no-extract exclude each other");
    return CB_OK;
}

static enum cb_code run(struct cb_cli *cli, struct cb_err *err)
{
    if (cb_option_given(cli, "database"))
        return run_database(cli, err);
    struct import import = {.cli = cli, .jobs = jobs_of(cli)};
    cb_import_progress_start(&import.progress, cli);
    enum cb_code code = check_options(cli, err);
    if (code == CB_OK)
        code = cb_import_inputs_find(cli, &import.inputs, err);
    enum cb_load_kind kind = import.inputs.kind;
    import.progress.for_stored =
        kind == CB_LOAD_SENTENCES || kind == CB_LOAD_ATTRIBUTIONS || kind == CB_LOAD_LINKS;
    if (code == CB_OK && cb_option_given(cli, "rating-map"))
        code = cb_rating_map_read(cb_option_text(cli, "rating-map"), &import.ratings, err);
    if (code == CB_OK)
        code = open_extractor(&import, err);
    if (code == CB_OK)
        code = run_loader(&import, err);
    close_extractor(&import);
    cb_rating_map_free(import.ratings);
    cb_import_inputs_release(&import.inputs);
    return code;
}

const struct cb_command cb_command_import = {
    .name = "import",
    .summary = "take articles, or CSV files of claims and documents, into the database",
    .synopsis =
        "[OPTIONS] PATH|URL...\n[OPTIONS] --claims FILE.csv\n[OPTIONS] --documents "
        "FILE.csv\n[OPTIONS] --sentences|--attributions|--links FILE.csv\n"
        "[OPTIONS] --claimreview FILE.json [--rating-map FILE.csv]\n[OPTIONS] --retry RUN\n--database FILE",
    .details =
        "Reads files, folders (deep), addresses, or standard input (-). What a file is, is told by its "
        "content. "
        "What is stored already is left as it is; a changed text at the same address is stored as a "
        "revision. "
        "Files and rows that can't be taken are kept in claimbase.rejected_row, and the exit code is 4.\n\n"
        "CSV files have a header row; --claims takes the columns external_id, text, title, speaker, date, "
        "source, url, status and note. A status is a verdict by --by.",
    .options = option_groups,
    .arguments_max = -1,
    .needs = CB_NEEDS_SCHEMA,
    .run = run,
};
