/* claimbase import: articles, and CSV files of claims, documents and what belongs to them. */
#include "cli/commands.h"
#include "importer/claimreview.h"
#include "importer/csv_rows.h"
#include "importer/database.h"
#include "importer/load.h"
#include "importer/outside_extractor.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
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

enum { SHOWN_REJECTS = 20, PROGRESS_SECONDS = 5 };

struct import {
    struct cb_cli *cli;
    unsigned jobs;
    bool for_stored; /* rows for documents that are stored already */
    struct cb_extractor *extractor;
    struct cb_outside_extractor **outside; /* one a job, or NULL */
    int64_t shown;                         /* rejects that were printed */
    double started;                        /* seconds of the steady clock */
    double told;
    bool bar; /* a bar stands on the terminal */
    struct cb_rating_map *ratings;
    struct cb_claimreview_report reviews;
};

static double now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

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

static void clear_bar(struct import *import)
{
    if (import->bar)
        (void)fputs("\r\033[K", import->cli->messages);
    import->bar = false;
}

static void on_reject(void *context, const struct cb_input_reject *reject)
{
    struct import *import = context;
    clear_bar(import);
    if (import->shown++ >= SHOWN_REJECTS)
        return;
    if (reject->line > 0)
        cb_message(import->cli, "rejected: %s, line %lld: %s", reject->path, (long long)reject->line,
                   reject->reason);
    else
        cb_message(import->cli, "rejected: %s: %s", reject->path, reject->reason);
}

/* A bar that is drawn over on a terminal, else a line now and then. */
static void on_progress(void *context, const struct cb_load_counts *counts)
{
    struct import *import = context;
    const struct cb_cli *cli = import->cli;
    double time = now(), seconds = time - import->started;
    if (cb_option_flag(cli, "quiet") ||
        time - import->told < (cli->messages_are_terminal ? 0.2 : PROGRESS_SECONDS))
        return;
    import->told = time;
    int64_t stored = counts->documents_new + counts->documents_known;
    if (cli->messages_are_terminal) {
        (void)fprintf(cli->messages, "\r%lld documents, %.1f MB, %.0f claims/s, %lld rejected\033[K",
                      (long long)stored, (double)counts->bytes / 1e6,
                      (double)counts->claims / (seconds + 1e-9), (long long)counts->rejected);
        (void)fflush(cli->messages);
        import->bar = true;
    } else {
        cb_message(cli, "%lld documents, %.1f MB, %.0f claims/s, %lld rejected", (long long)stored,
                   (double)counts->bytes / 1e6, (double)counts->claims / (seconds + 1e-9),
                   (long long)counts->rejected);
    }
}

static void print_summary(const struct import *import, const struct cb_load_counts *counts)
{
    const struct cb_cli *cli = import->cli;
    const char *would = cb_option_flag(cli, "dry-run") ? "would be " : "";
    if (import->shown > SHOWN_REJECTS)
        cb_message(cli, "… and %lld more rejected", (long long)(import->shown - SHOWN_REJECTS));
    if (import->for_stored)
        cb_message(
            cli,
            "%sadded %lld sentences, %lld claims, %lld attributions, %lld links; %lld rows known already",
            would, (long long)counts->sentences, (long long)counts->claims, (long long)counts->attributions,
            (long long)counts->links, (long long)counts->rows_known);
    else
        cb_message(cli,
                   "%simported %lld new document%s: %lld sentences, %lld claims, %lld attributions, %lld "
                   "quantities, "
                   "%lld links",
                   would, (long long)counts->documents_new, counts->documents_new == 1 ? "" : "s",
                   (long long)counts->sentences, (long long)counts->claims, (long long)counts->attributions,
                   (long long)counts->quantities, (long long)counts->links);
    if (counts->documents_known > 0)
        cb_message(cli, "%lld known already, unchanged", (long long)counts->documents_known);
    if (counts->revisions > 0)
        cb_message(cli, "%lld of the new revise an older text at the same address",
                   (long long)counts->revisions);
    if (counts->rejected > 0)
        cb_message(cli, "%lld rejected%s", (long long)counts->rejected,
                   counts->run_id > 0 ? ", kept in claimbase.rejected_row" : "");
    if (counts->unknown_source > 0)
        cb_message(cli, "%lld of the new have the source 'unknown': --source NAME tells whose they are",
                   (long long)counts->unknown_source);
    if (counts->run_id > 0)
        cb_message(cli, "run %lld, %.1f s", (long long)counts->run_id, now() - import->started);
}

/* What is imported: paths, or CSV files of one kind. */
struct inputs {
    enum cb_load_kind kind;
    const char *const *files;
    size_t count;
};

static enum cb_code find_inputs(const struct cb_cli *cli, struct inputs *out, struct cb_err *err)
{
    static const struct {
        const char *option;
        enum cb_load_kind kind;
    } kinds[] = {{"claims", CB_LOAD_CLAIMS},       {"documents", CB_LOAD_DOCUMENTS},
                 {"sentences", CB_LOAD_SENTENCES}, {"attributions", CB_LOAD_ATTRIBUTIONS},
                 {"links", CB_LOAD_LINKS},         {"claimreview", CB_LOAD_CLAIMREVIEW}};
    size_t given = 0;
    *out =
        (struct inputs){CB_LOAD_ARTICLES, (const char *const *)cli->arguments, (size_t)cli->argument_count};
    given += cli->argument_count > 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!cb_option_given(cli, kinds[i].option))
            continue;
        given++;
        out->kind = kinds[i].kind;
        out->files = cb_option_list(cli, kinds[i].option, &out->count);
    }
    if (given == 1)
        return CB_OK;
    (void)cb_fail(err, CB_USAGE,
                  given == 0 ? "nothing to import" : "one kind at a time: paths, or one kind of CSV");
    cb_hint(err, "claimbase import --help shows the forms");
    return CB_USAGE;
}

static enum cb_code read_inputs(struct import *import, struct cb_loader *loader, const struct inputs *inputs,
                                struct cb_err *err)
{
    enum cb_code code = CB_OK;
    for (size_t i = 0; i < inputs->count && code == CB_OK; i++) {
        const char *file = inputs->files[i];
        if (inputs->kind == CB_LOAD_ARTICLES)
            code = cb_loader_path(loader, file, err);
        else if (inputs->kind == CB_LOAD_CLAIMREVIEW)
            code = cb_load_claimreview(loader, file, import->ratings, &import->reviews, err);
        else
            code = cb_load_csv(loader, inputs->kind, file, err);
    }
    return code;
}

/* What a file of reviews held against what became of it: nothing may be lost on the way. */
static enum cb_code compare_reviews(const struct import *import, const struct cb_load_counts *counts,
                                    enum cb_code code, struct cb_err *err)
{
    const struct cb_claimreview_report *reviews = &import->reviews;
    cb_message(import->cli,
               "%lld reviews in the files; the ratings of %lld are in no map: their claims are unverified",
               (long long)reviews->expected, (long long)reviews->unmapped);
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

static enum cb_code run_loader(struct import *import, const struct inputs *inputs, struct cb_err *err)
{
    const struct cb_cli *cli = import->cli;
    char actor[128];
    cb_login_name(actor, sizeof actor);
    const struct cb_load_options options = {
        .kind = inputs->kind,
        .source = cb_option_text(cli, "source"),
        .url = cb_option_text(cli, "url"),
        .published = cb_option_text(cli, "published"),
        .origin = cb_option_text(cli, "origin"),
        .actor = actor,
        .program_version = CLAIMBASE_VERSION,
        .method_version = import->outside != NULL ? "outside extractor" : cb_extractor_version(),
        .arguments = inputs->files,
        .argument_count = inputs->count,
        .batch = (unsigned)cb_option_integer(cli, "batch"),
        .jobs = import->jobs,
        .dry_run = cb_option_flag(cli, "dry-run"),
        .strict = cb_option_flag(cli, "strict"),
        .extract = import->extractor != NULL || import->outside != NULL ? extract : NULL,
        .extract_context = import,
        .progress = on_progress,
        .rejected = on_reject,
        .callback_context = import,
        .stop = cb_stop_requested,
    };
    struct cb_loader *loader = NULL;
    struct cb_load_counts counts;
    enum cb_code code = cb_loader_begin(import->cli->db, &options, &loader, err);
    if (code != CB_OK)
        return code;
    cb_catch_stop_signals();
    code = read_inputs(import, loader, inputs, err);
    code = cb_loader_end(loader, code, &counts, err);
    clear_bar(import);
    print_summary(import, &counts);
    if (inputs->kind == CB_LOAD_CLAIMREVIEW)
        code = compare_reviews(import, &counts, code, err);
    cb_loader_free(loader);
    return code;
}

static enum cb_code open_extractor(struct import *import, const struct inputs *inputs, struct cb_err *err)
{
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

static enum cb_code run(struct cb_cli *cli, struct cb_err *err)
{
    if (cb_option_given(cli, "database"))
        return run_database(cli, err);
    struct import import = {.cli = cli, .started = now(), .jobs = jobs_of(cli)};
    import.told = import.started;
    struct inputs inputs;
    enum cb_code code = find_inputs(cli, &inputs, err);
    import.for_stored = inputs.kind == CB_LOAD_SENTENCES || inputs.kind == CB_LOAD_ATTRIBUTIONS ||
                        inputs.kind == CB_LOAD_LINKS;
    if (code == CB_OK && cb_option_given(cli, "rating-map"))
        code = cb_rating_map_read(cb_option_text(cli, "rating-map"), &import.ratings, err);
    if (code == CB_OK)
        code = open_extractor(&import, &inputs, err);
    if (code == CB_OK)
        code = run_loader(&import, &inputs, err);
    close_extractor(&import);
    cb_rating_map_free(import.ratings);
    return code;
}

const struct cb_command cb_command_import = {
    .name = "import",
    .summary = "take articles, or CSV files of claims and documents, into the database",
    .synopsis = "[OPTIONS] PATH|URL...\n[OPTIONS] --claims FILE.csv\n[OPTIONS] --documents "
                "FILE.csv\n[OPTIONS] --sentences|--attributions|--links FILE.csv\n"
                "[OPTIONS] --claimreview FILE.json [--rating-map FILE.csv]\n--database FILE",
    .details =
        "Reads files, folders (deep), addresses, or standard input (-). What a file is, is told by its "
        "content. "
        "What is stored already is left as it is; a changed text at the same address is stored as a "
        "revision. "
        "Files and rows that can't be taken are kept in claimbase.rejected_row, and the exit code is 4.\n\n"
        "CSV files have a header row; --claims takes the columns external_id, text, title, speaker, date, "
        "source, url, status and note.",
    .options = option_groups,
    .arguments_max = -1,
    .needs = CB_NEEDS_SCHEMA,
    .run = run,
};
