/* claimbase extract FILE…: what an import would store, without a database. */
#include "cli/commands.h"
#include "importer/extraction_json.h"
#include "importer/outside_extractor.h"

#include <math.h>
#include <string.h>

/* A piece of the JSON of one document: a claim's is the largest that is written at once. */
#define JSON_MAX  ((size_t)1024 * 1024 * 1024)
#define ARENA_MAX ((size_t)8 * 1024 * 1024 * 1024)

struct run {
    struct cb_cli *cli;
    struct cb_extractor *extractor;
    struct cb_outside_extractor *outside;
    bool json;
    const char *language;
    struct cb_arena arena;
    struct cb_buffer out;
    size_t rejected;
    size_t written; /* bytes of the document's line so far */
    bool failed;    /* the result cannot be written */
};

static void indent(struct run *run, const char *label, const char *text)
{
    if (text != NULL)
        fprintf(run->cli->out, "%-11s%s\n", label, text);
}

/* Its words, and what they were taken for. */
static void print_quantity(FILE *out, const char *text, const struct cb_quantity *quantity)
{
    fprintf(out, "      %s: “%.*s”", cb_quantity_kind_name(quantity->kind),
            (int)(quantity->span.end - quantity->span.start), text + quantity->span.start);
    if (quantity->kind == CB_QUANTITY_DATE &&
        quantity->date == NULL) { /* a weekday, of which week is not known */
        fputc('\n', out);
        return;
    }
    fputs(", ", out);
    double times = quantity->kind == CB_QUANTITY_SHARE ? 100 : 1; /* shares are fractions of 1 */
    if (quantity->date != NULL)
        fputs(quantity->date, out);
    else if (isinf(quantity->high))
        fprintf(out, "%.15g or more", quantity->low * times);
    else if (isinf(quantity->low))
        fprintf(out, "%.15g or less", quantity->high * times);
    else if (quantity->low < quantity->high)
        fprintf(out, "%.15g to %.15g", quantity->low * times, quantity->high * times);
    else
        fprintf(out, "%.15g", quantity->low * times);
    if (quantity->unit != NULL)
        fprintf(out, " %s", quantity->unit);
    if (quantity->counted != NULL)
        fprintf(out, " (%s)", quantity->counted);
    fputc('\n', out);
}

static void print_claim(struct run *run, const char *text, const struct cb_extraction *x,
                        const struct cb_claim *claim)
{
    FILE *out = run->cli->out;
    fprintf(out, "  [%s", cb_claim_kind_name(claim->kind));
    if (claim->modality != CB_STATED)
        fprintf(out, ", %s", cb_modality_name(claim->modality));
    fprintf(out, ", %.2f] %s\n", (double)claim->checkworthy, claim->text);
    if (claim->speaker >= 0) {
        const struct cb_speaker *speaker = &x->speakers[claim->speaker];
        fprintf(out, "      speaker: %s", speaker->name);
        if (speaker->role != NULL && strcmp(speaker->role, speaker->name) != 0)
            fprintf(out, " (%s)", speaker->role);
        if (claim->attribution.via != NULL)
            fprintf(out, ", through %s", claim->attribution.via);
        fputc('\n', out);
    }
    for (size_t q = 0; q < claim->quantity_count; q++)
        print_quantity(out, text, &claim->quantities[q]);
}

static void print_text(struct run *run, const struct cb_input_document *d, const struct cb_extraction *x)
{
    FILE *out = run->cli->out;
    fprintf(out, "%s\n", d->path);
    if (d->title != NULL)
        indent(run, "title", d->title);
    else if (x->title.end > x->title.start)
        fprintf(out, "%-11s%.*s\n", "title", (int)(x->title.end - x->title.start), d->text + x->title.start);
    indent(run, "byline", d->byline != NULL ? d->byline : x->byline);
    indent(run, "dateline", x->dateline);
    indent(run, "published", d->published);
    indent(run, "language", x->language);
    fprintf(out, "%-11s%zu sentence%s, %zu claim%s, %zu speaker%s\n", "holds", x->sentence_count,
            cb_plural((int64_t)x->sentence_count), x->claim_count, cb_plural((int64_t)x->claim_count),
            x->speaker_count, cb_plural((int64_t)x->speaker_count));
    for (size_t i = 0; i < x->link_count; i++)
        fprintf(out, "%-11s%s of %s%s%s\n", "comes from",
                x->links[i].what != NULL ? x->links[i].what : "text", x->links[i].target,
                x->links[i].speaker >= 0 ? ", of " : "",
                x->links[i].speaker >= 0 ? x->speakers[x->links[i].speaker].name : "");
    for (size_t i = 0; i < x->claim_count; i++) {
        if (i > 0 && x->claims[i].sentence < x->sentence_count &&
            x->sentences[x->claims[i].sentence].paragraph !=
                x->sentences[x->claims[i - 1].sentence].paragraph)
            fputc('\n', out);
        print_claim(run, d->text, x, &x->claims[i]);
    }
    fputc('\n', out);
}

static enum cb_code extract_document(struct run *run, const struct cb_input_document *d,
                                     const struct cb_extraction **x, struct cb_err *err)
{
    if (run->outside != NULL)
        return cb_outside_extract(run->outside, d, &run->arena, x, err);
    struct cb_extract_options options = {.language = run->language != NULL ? run->language : d->language,
                                         .published = d->published,
                                         .has_title = d->has_title};
    return cb_extract(run->extractor, d->text, d->text_len, &options, &run->arena, x, err);
}

static enum cb_code write_piece(void *context, const char *bytes, size_t len, struct cb_err *err)
{
    struct run *run = context;
    run->written += len;
    return fwrite(bytes, 1, len, run->cli->out) == len ? CB_OK
                                                       : cb_fail(err, CB_FAILED, "cannot write the result");
}

static enum cb_code take_document(void *context, const struct cb_input_document *d, struct cb_err *err)
{
    struct run *run = context;
    const struct cb_extraction *x;
    struct cb_err own = {0};
    cb_arena_reset(&run->arena);
    cb_buffer_clear(&run->out);
    if (cb_stop_requested())
        return cb_fail(err, CB_INTERRUPTED, "stopped");
    enum cb_code code = extract_document(run, d, &x, &own);
    if (code == CB_OK && run->json) {
        struct cb_json_sink sink = {write_piece, run};
        run->written = 0;
        code = cb_extraction_json_write(d, x, &run->out, &sink, &own);
        run->failed = code != CB_OK && run->written > 0; /* no other line can follow half of one */
    }
    if (code != CB_OK) { /* this file is named; the others go on, unless the outside program is gone */
        if (own.code == CB_EXTERNAL || run->failed) {
            *err = own;
            return code;
        }
        cb_prefix(&own, "%s", d->path);
        cb_print_error(run->cli, &own);
        run->rejected++;
        return CB_OK;
    }
    if (!run->json)
        print_text(run, d, x);
    return CB_OK;
}

static enum cb_code take_reject(void *context, const struct cb_input_reject *reject, struct cb_err *err)
{
    struct run *run = context;
    struct cb_err own = {0};
    (void)err;
    if (reject->line > 0)
        cb_fail(&own, CB_INPUT, "%s, line %lld: %s", reject->path, (long long)reject->line, reject->reason);
    else
        cb_fail(&own, CB_INPUT, "%s: %s", reject->path, reject->reason);
    cb_print_error(run->cli, &own);
    run->rejected++;
    return CB_OK;
}

static enum cb_code run_extract(struct cb_cli *cli, struct cb_err *err)
{
    struct run run = {.cli = cli,
                      .json = strcmp(cb_option_text(cli, "format"), "json") == 0,
                      .language = cb_option_text(cli, "language")};
    const char *command = cb_option_text(cli, "extractor");
    cb_arena_init(&run.arena, ARENA_MAX);
    cb_buffer_init(&run.out, JSON_MAX);
    cb_catch_stop_signals();
    enum cb_code code;
    if (command != NULL)
        code = cb_outside_extractor_new(command, (unsigned)cb_option_integer(cli, "extractor-timeout"),
                                        &run.outside, err);
    else
        code = cb_extractor_new(&run.extractor, err);
    struct cb_input_options options = {.document = take_document, .reject = take_reject, .context = &run};
    for (int i = 0; i < cli->argument_count && code == CB_OK; i++)
        code = cb_input_read(cli->arguments[i], &options, err);
    if (code == CB_OK && run.rejected > 0)
        code = cb_fail(err, CB_REJECTED, "%zu %s could not be read", run.rejected,
                       run.rejected == 1 ? "file or record" : "files or records");
    cb_outside_extractor_free(run.outside);
    cb_extractor_free(run.extractor);
    cb_buffer_release(&run.out);
    cb_arena_release(&run.arena);
    return code;
}

static const struct cb_option own_options[] = {
    CB_OPTION_FORMAT("text|json", "text"),
    {.name = "language",
     .kind = CB_OPTION_TEXT,
     .value = "CODE",
     .help = "language of the texts (BCP 47: en, de, pt-BR); without it, found out for each"},
    {.name = "extractor",
     .kind = CB_OPTION_TEXT,
     .value = "COMMAND",
     .help = "a program of your own that does the reading: documents as JSON lines on its standard input, "
             "answers in the "
             "format of extract (docs/extract.md)"},
    {.name = "extractor-timeout",
     .kind = CB_OPTION_INTEGER,
     .value = "SECONDS",
     .help = "how long it may take for one document",
     .standard = "60",
     .min = 1,
     .max = 86400},
    {.name = NULL},
};
static const struct cb_option *const options[] = {own_options, NULL};

const struct cb_command cb_command_extract = {
    .name = "extract",
    .summary = "show the sentences, claims and speakers of texts, without a database",
    .synopsis = "[--format text|json] [--extractor COMMAND] FILE…",
    .details = "Reads what import reads and prints what import would store: every claim with its kind "
               "(direct, indirect, "
               "mixed, assertion), who said it, its quantities, and where the text says it comes from. json "
               "prints one "
               "object a document, in order; docs/extract.md describes it. A file that cannot be read is "
               "named on standard "
               "error, the others go on, and the exit code says so.",
    .options = options,
    .arguments_min = 1,
    .arguments_max = -1,
    .needs = CB_NEEDS_NOTHING,
    .run = run_extract,
};
