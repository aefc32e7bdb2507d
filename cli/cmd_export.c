/* claimbase export claimreview|prov|annotations|database|csv: the database in the forms of others. */
#include "cli/commands.h"
#include "cli/output.h"
#include "report/export.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

typedef enum cb_code export_run(const struct cb_export *export, size_t *count, struct cb_err *err);

/* Into a file that gets its name when it is whole, or on standard output. */
static enum cb_code run_to_file(struct cb_cli *cli, export_run *run, const char *what, struct cb_err *err)
{
    char half[4096];
    const char *to =
        cli->argument_count > 0 && strcmp(cli->arguments[0], "-") != 0 ? cli->arguments[0] : NULL;
    struct cb_export export = {
        .db = cli->db,
        .out = cli->out,
        .base = cb_option_text(cli, "base-url"),
        .publisher = cb_option_text(cli, "publisher"),
    };
    size_t count = 0;
    enum cb_code code = cb_cli_as_of(cli, err);
    if (code != CB_OK)
        return code;
    if (to != NULL) {
        int len = snprintf(half, sizeof half, "%s.part", to);
        if (len < 0 || (size_t)len >= sizeof half)
            return cb_fail(err, CB_LIMIT, "the name '%s' is too long", to);
        export.out = fopen(half, "we");
        if (export.out == NULL)
            return cb_fail(err, CB_INPUT, "can't write '%s': %s", half, strerror(errno));
    }
    code = run(&export, &count, err);
    if (to != NULL) {
        if (fclose(export.out) != 0 && code == CB_OK)
            code = cb_fail(err, CB_FAILED, "can't write all of '%s': %s", half, strerror(errno));
        if (code == CB_OK && rename(half, to) != 0)
            code = cb_fail(err, CB_INPUT, "can't name the export '%s': %s", to, strerror(errno));
        if (code != CB_OK)
            (void)unlink(half);
    }
    if (code == CB_OK)
        cb_message(cli, "exported %zu %s", count, what);
    return code;
}

static enum cb_code run_claimreview(struct cb_cli *cli, struct cb_err *err)
{
    return run_to_file(cli, cb_export_claimreview, "reviews", err);
}

static enum cb_code run_annotations(struct cb_cli *cli, struct cb_err *err)
{
    return run_to_file(cli, cb_export_annotations, "annotations", err);
}

static enum cb_code run_prov(struct cb_cli *cli, struct cb_err *err)
{
    return run_to_file(cli, cb_export_prov, "records", err);
}

static enum cb_code run_database(struct cb_cli *cli, struct cb_err *err)
{
    return run_to_file(cli, cb_export_database, "rows", err);
}

static enum cb_code run_csv(struct cb_cli *cli, struct cb_err *err)
{
    const struct cb_export export = {.db = cli->db};
    size_t count = 0;
    enum cb_code code = cb_cli_as_of(cli, err);
    if (code == CB_OK)
        code = cb_export_csv(&export, cli->arguments[0], &count, err);
    if (code == CB_OK)
        cb_message(cli, "exported %zu files to '%s'", count, cli->arguments[0]);
    return code;
}

static const struct cb_option base_options[] = {
    {.name = "base-url",
     .kind = CB_OPTION_TEXT,
     .value = "URL",
     .help = "what the addresses of claims and documents begin with",
     .standard = "urn:claimbase:"},
    {.name = NULL},
};

static const struct cb_option review_options[] = {
    {.name = "publisher",
     .kind = CB_OPTION_TEXT,
     .value = "NAME",
     .help = "the organisation that publishes the reviews; else who gave the verdict is the author"},
    {.name = NULL},
};

static const struct cb_option *const review_groups[] = {review_options, base_options, cb_options_as_of, NULL};
static const struct cb_option *const base_groups[] = {base_options, cb_options_as_of, NULL};
static const struct cb_option *const as_of_groups[] = {cb_options_as_of, NULL};

static const struct cb_command command_claimreview = {
    .name = "claimreview",
    .summary = "the verdicts as schema.org ClaimReview, a JSON array, one review a claim",
    .synopsis = "[FILE] [--publisher NAME] [--base-url URL] [--as-of TIME]",
    .options = review_groups,
    .arguments_max = 1,
    .needs = CB_NEEDS_SCHEMA,
    .run = run_claimreview,
};
static const struct cb_command command_annotations = {
    .name = "annotations",
    .summary = "the claims as W3C Web Annotations on their articles",
    .synopsis = "[FILE] [--base-url URL] [--as-of TIME]",
    .options = base_groups,
    .arguments_max = 1,
    .needs = CB_NEEDS_SCHEMA,
    .run = run_annotations,
};
static const struct cb_command command_prov = {
    .name = "prov",
    .summary = "documents, claims, their origins and their verdicts as W3C PROV-JSON, a bundle an import",
    .synopsis = "[FILE] [--base-url URL] [--as-of TIME]",
    .options = base_groups,
    .arguments_max = 1,
    .needs = CB_NEEDS_SCHEMA,
    .run = run_prov,
};
static const struct cb_command command_database = {
    .name = "database",
    .summary = "everything, as JSON Lines that 'import --database' takes into an empty database",
    .synopsis = "[FILE]",
    .arguments_max = 1,
    .needs = CB_NEEDS_SCHEMA,
    .run = run_database,
};
static const struct cb_command command_csv = {
    .name = "csv",
    .summary = "the report views as CSV files with CSV-on-the-Web metadata",
    .synopsis = "FOLDER [--as-of TIME]",
    .options = as_of_groups,
    .arguments_min = 1,
    .arguments_max = 1,
    .needs = CB_NEEDS_SCHEMA,
    .run = run_csv,
};

static const struct cb_command *const subcommands[] = {
    &command_annotations, &command_claimreview, &command_csv, &command_database, &command_prov, NULL,
};

const struct cb_command cb_command_export = {
    .name = "export",
    .summary =
        "write the database in the forms of others: ClaimReview, PROV-JSON, Web Annotation, CSV, all of it",
    .synopsis = "annotations|claimreview|csv|database|prov",
    .subcommands = subcommands,
};
