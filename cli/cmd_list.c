/* claimbase list: claims, documents, sources and so on, one a row. */
#include "cli/commands.h"
#include "cli/output.h"
#include "db/claim_id.h"
#include "importer/iso_time.h"

#include "db_queries.h"

#include <stdlib.h>

enum { LIMIT_MAX = 1000 * 1000 * 1000 };

/* The number of rows that --limit allows, as a parameter; 0 there is no limit. */
static void limit_parameter(const struct cb_cli *cli, char out[24])
{
    long limit = cb_option_integer(cli, "limit");
    (void)snprintf(out, 24, "%ld", limit > 0 ? limit : (long)LIMIT_MAX);
}

static enum cb_code print_list(struct cb_cli *cli, const struct cb_sql *sql, const char *const *params,
                               size_t count, const char *title, struct cb_err *err)
{
    size_t rows = 0;
    int64_t ignored;
    const char *since = cb_option_text(cli, "since");
    if (since != NULL && !cb_iso_time(since, &ignored)) {
        (void)cb_fail(err, CB_USAGE, "--since takes a time, not '%s'", since);
        cb_hint(err, "write it like 2024-05-01 or 2024-05-01T10:00:00Z");
        return CB_USAGE;
    }
    enum cb_code code = cb_cli_as_of(cli, err);
    if (code == CB_OK)
        code = cb_cli_print_query(cli, sql, params, count, title, &rows, err);
    long limit = cb_option_integer(cli, "limit");
    if (code == CB_OK && limit > 0 && rows == (size_t)limit)
        cb_message(cli, "the first %ld; --limit 0 lists all", limit);
    else if (code == CB_OK && rows == 0)
        code = cb_cli_explain_none(cli, err);
    return code;
}

static enum cb_code list_claims(struct cb_cli *cli, struct cb_err *err)
{
    char limit[24], document[CB_UUID_TEXT_SIZE];
    limit_parameter(cli, limit);
    const char *typed = cb_option_text(cli, "document");
    enum cb_code code = typed != NULL ? cb_document_resolve(cli->db, typed, document, err) : CB_OK;
    if (code != CB_OK)
        return code;
    const char *const params[] = {cb_option_text(cli, "source"),           cb_option_text(cli, "status"),
                                  cb_option_text(cli, "speaker"),          cb_option_text(cli, "since"),
                                  typed != NULL ? document : NULL,         limit,
                                  cb_option_flag(cli, "all") ? "0" : "0.2"};
    return print_list(cli, &cb_sql_list_claims, params, sizeof params / sizeof *params, "Claims", err);
}

static enum cb_code list_documents(struct cb_cli *cli, struct cb_err *err)
{
    char limit[24];
    limit_parameter(cli, limit);
    const char *const params[] = {cb_option_text(cli, "source"), cb_option_text(cli, "since"), limit};
    return print_list(cli, &cb_sql_list_documents, params, sizeof params / sizeof *params, "Documents", err);
}

static enum cb_code list_matches(struct cb_cli *cli, struct cb_err *err)
{
    char limit[24];
    limit_parameter(cli, limit);
    const char *const params[] = {cb_option_text(cli, "source"), cb_option_text(cli, "relation"), limit};
    cb_cli_tell_unmatched(cli);
    enum cb_code code = cb_cli_read_whole_tables(cli, err);
    if (code != CB_OK)
        return code;
    return print_list(cli, &cb_sql_list_matches, params, sizeof params / sizeof *params, "Matches", err);
}

static enum cb_code list_sources(struct cb_cli *cli, struct cb_err *err)
{
    char limit[24];
    limit_parameter(cli, limit);
    const char *const params[] = {limit};
    return print_list(cli, &cb_sql_list_sources, params, sizeof params / sizeof *params, "Sources", err);
}

static enum cb_code list_speakers(struct cb_cli *cli, struct cb_err *err)
{
    char limit[24];
    limit_parameter(cli, limit);
    const char *const params[] = {cb_option_text(cli, "speaker"), limit};
    return print_list(cli, &cb_sql_list_speakers, params, sizeof params / sizeof *params, "Speakers", err);
}

static enum cb_code list_imports(struct cb_cli *cli, struct cb_err *err)
{
    char limit[24];
    limit_parameter(cli, limit);
    const char *const params[] = {limit};
    return print_list(cli, &cb_sql_list_imports, params, sizeof params / sizeof *params, "Imports", err);
}

static enum cb_code list_rejected(struct cb_cli *cli, struct cb_err *err)
{
    char limit[24], run[24];
    limit_parameter(cli, limit);
    (void)snprintf(run, sizeof run, "%ld", cb_option_integer(cli, "run"));
    const char *const params[] = {cb_option_given(cli, "run") ? run : NULL, limit};
    return print_list(cli, &cb_sql_list_rejected, params, sizeof params / sizeof *params, "Rejected rows",
                      err);
}

static const struct cb_option limit_options[] = {
    {.name = "limit",
     .kind = CB_OPTION_INTEGER,
     .value = "N",
     .standard = "100",
     .min = 0,
     .max = LIMIT_MAX,
     .help = "at most so many rows; 0 is all"},
    {.name = NULL},
};
static const struct cb_option source_options[] = {
    {.name = "source", .kind = CB_OPTION_TEXT, .value = "NAME", .help = "only of this source"},
    {.name = NULL},
};
static const struct cb_option since_options[] = {
    {.name = "since",
     .kind = CB_OPTION_TEXT,
     .value = "TIME",
     .help = "only what was published then or later"},
    {.name = NULL},
};
static const struct cb_option speaker_options[] = {
    {.name = "speaker", .kind = CB_OPTION_TEXT, .value = "NAME", .help = "only whose name holds this"},
    {.name = NULL},
};
static const struct cb_option claim_options[] = {
    {.name = "status",
     .kind = CB_OPTION_CHOICE,
     .value = "STATUS",
     .choices = "unverified|in_review|verified|disputed|refuted|unverifiable",
     .help = "only in this status"},
    {.name = "document", .kind = CB_OPTION_TEXT, .value = "ID", .help = "only of this document"},
    {.name = "all",
     .kind = CB_OPTION_FLAG,
     .help = "also what is hardly a statement of fact (checkworthy below 0.2) and was never looked at"},
    {.name = NULL},
};
static const struct cb_option relation_options[] = {
    {.name = "relation",
     .kind = CB_OPTION_CHOICE,
     .value = "RELATION",
     .choices = "agrees|contradicts|related",
     .help = "only of this kind"},
    {.name = NULL},
};
static const struct cb_option run_options[] = {
    {.name = "run",
     .kind = CB_OPTION_INTEGER,
     .value = "RUN",
     .min = 1,
     .max = LIMIT_MAX,
     .help = "only of this import"},
    {.name = NULL},
};

static const struct cb_option *const for_claims[] = {
    cb_options_output, cb_options_as_of, source_options, speaker_options,
    since_options,     claim_options,    limit_options,  NULL};
static const struct cb_option *const for_documents[] = {cb_options_output, cb_options_as_of, source_options,
                                                        since_options,     limit_options,    NULL};
static const struct cb_option *const for_matches[] = {cb_options_output, cb_options_as_of, source_options,
                                                      relation_options,  limit_options,    NULL};
static const struct cb_option *const for_speakers[] = {cb_options_output, cb_options_as_of, speaker_options,
                                                       limit_options, NULL};
static const struct cb_option *const for_others[] = {cb_options_output, cb_options_as_of, limit_options,
                                                     NULL};
static const struct cb_option *const for_rejected[] = {cb_options_output, cb_options_as_of, run_options,
                                                       limit_options, NULL};

#define LIST(name_, options_, summary_)                                                                      \
    static const struct cb_command command_##name_ = {                                                       \
        .name = #name_,                                                                                      \
        .summary = (summary_),                                                                               \
        .synopsis = "[--limit N] [--format table|csv|json|html]",                                            \
        .options = (options_),                                                                               \
        .needs = CB_NEEDS_SCHEMA,                                                                            \
        .run = list_##name_,                                                                                 \
    }
LIST(claims, for_claims, "claims, with who says them and where their verification stands");
LIST(documents, for_documents, "documents");
LIST(matches, for_matches, "pairs of claims that agree, contradict each other or are related");
LIST(sources, for_others, "sources, with their reliability and what became of their claims");
LIST(speakers, for_speakers, "who speaks, and how often");
LIST(imports, for_others, "runs of import");
LIST(rejected, for_rejected, "rows and files that imports could not take, and why");

static const struct cb_command *const subcommands[] = {
    &command_claims,   &command_documents, &command_matches,  &command_sources,
    &command_speakers, &command_imports,   &command_rejected, NULL,
};

const struct cb_command cb_command_list = {
    .name = "list",
    .summary = "list claims, documents, matches, sources, speakers, imports or rejected rows",
    .synopsis = "claims|documents|matches|sources|speakers|imports|rejected",
    .subcommands = subcommands,
};
