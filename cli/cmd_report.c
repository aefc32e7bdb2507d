/* claimbase report: what the database says, each report a query or, for consistency, a model of its own. */
#include "cli/commands.h"
#include "cli/output.h"
#include "report/consistency.h"

#include "db_queries.h"

#include <string.h>

enum { LIMIT_MAX = 1000 * 1000 * 1000 };
static const size_t arena_max = (size_t)4 << 30;

/* Every statement takes the source ($1, NULL: all) and the limit ($2). */
static const struct {
    const char *name;
    const struct cb_sql *sql;
    const char *title;
    bool matched; /* it rests on what 'match' found */
} reports[] = {
    {"conflicts", &cb_sql_report_conflicts, "Claims that contradict each other", true},
    {"status", &cb_sql_report_status, "Where verification stands", false},
    {"sources", &cb_sql_report_sources, "Sources", false},
    {"origins", &cb_sql_report_origins, "Where the documents come from", true},
    {"queue", &cb_sql_report_queue, "What to check next", true},
    {"needs-review", &cb_sql_report_needs_review, "Verdicts that rest on what no longer holds", false},
    {"corroboration", &cb_sql_report_corroboration, "What stands behind the claims", true},
    {"agreement", &cb_sql_report_agreement, "How often sources agree", true},
    {"documents", &cb_sql_report_documents, "Documents", false},
    {"provenance", &cb_sql_report_provenance, "What documents derive from", false},
    {"imports", &cb_sql_report_imports, "Imports", false},
};

static enum cb_code print_consistency(struct cb_cli *cli, struct cb_err *err)
{
    struct cb_arena arena;
    struct cb_consistency report;
    struct cb_sink_options options = cb_cli_sink_options(cli, NULL);
    cb_arena_init(&arena, arena_max);
    enum cb_code code = cb_consistency_read(cli->db, cb_option_text(cli, "source"), &arena, &report, err);
    if (code == CB_OK)
        code = cb_consistency_print(&report, &options, err);
    if (code == CB_OK && report.topic_count == 0)
        code = cb_cli_explain_none(cli, err);
    cb_arena_release(&arena);
    return code;
}

static enum cb_code run_report(struct cb_cli *cli, struct cb_err *err)
{
    enum cb_code code = cb_cli_as_of(cli, err);
    if (code == CB_OK)
        code = cb_cli_read_whole_tables(cli, err);
    if (code != CB_OK)
        return code;
    const char *name = cli->command->name;
    if (strcmp(name, "consistency") == 0) {
        cb_cli_tell_unmatched(cli);
        return print_consistency(cli, err);
    }
    size_t i = 0;
    while (strcmp(reports[i].name, name) != 0)
        i++;
    const struct cb_sql *sql = reports[i].sql;
    if (sql == &cb_sql_report_corroboration && cb_option_flag(cli, "by-owner"))
        sql = &cb_sql_report_corroboration_by_owner;
    if (sql == &cb_sql_report_queue && cb_option_flag(cli, "all"))
        sql = &cb_sql_report_queue_all;
    char limit[24];
    if (reports[i].matched)
        cb_cli_tell_unmatched(cli);
    long most = cb_option_integer(cli, "limit");
    (void)snprintf(limit, sizeof limit, "%ld", most > 0 ? most : (long)LIMIT_MAX);
    const char *const params[] = {cb_option_text(cli, "source"), limit};
    return cb_cli_print_or_none(cli, sql, params, 2, reports[i].title, err);
}

static const struct cb_option own_options[] = {
    {.name = "source",
     .kind = CB_OPTION_TEXT,
     .value = "NAME",
     .help = "only what has to do with this source"},
    {.name = "limit",
     .kind = CB_OPTION_INTEGER,
     .value = "N",
     .standard = "0",
     .min = 0,
     .max = LIMIT_MAX,
     .help = "at most so many rows; 0 is all"},
    {.name = NULL},
};
static const struct cb_option only_source[] = {
    {.name = "source", .kind = CB_OPTION_TEXT, .value = "NAME", .help = "only where this source has a say"},
    {.name = NULL},
};
static const struct cb_option *const options[] = {cb_options_output, cb_options_as_of, own_options, NULL};
static const struct cb_option *const consistency_options[] = {cb_options_output, cb_options_as_of,
                                                              only_source, NULL};

static const struct cb_command command_consistency = {
    .name = "consistency",
    .summary =
        "what the sources agree on and what not: who says what, from how many origins, checked how far",
    .synopsis = "[--source NAME] [--as-of TIME] [--format table|csv|json|html]",
    .details = "Claims that say the same stand together; what contradicts them stands beside them. Origins "
               "are counted, "
               "not documents: two outlets that carry one interview are one origin. json prints one object a "
               "topic, csv "
               "one row a claim.",
    .options = consistency_options,
    .needs = CB_NEEDS_SCHEMA,
    .run = run_report,
};

#define REPORT(id_, name_, summary_)                                                                         \
    static const struct cb_command command_##id_ = {                                                         \
        .name = (name_),                                                                                     \
        .summary = (summary_),                                                                               \
        .synopsis = "[--source NAME] [--as-of TIME] [--format table|csv|json|html]",                         \
        .options = options,                                                                                  \
        .needs = CB_NEEDS_SCHEMA,                                                                            \
        .run = run_report,                                                                                   \
    }
REPORT(conflicts, "conflicts",
       "pairs that can not both be true, with the kind of contradiction and both quantities");
REPORT(status, "status", "how many claims of each source are in which status");
REPORT(sources, "sources", "the sources, what became of their claims, how often others agree");
REPORT(origins, "origins", "which documents come from one origin, and why");
REPORT(needs_review, "needs-review", "verdicts that rest on something that no longer holds");
REPORT(agreement, "agreement", "how often each two sources agree and contradict each other");
REPORT(documents, "documents", "the documents");
REPORT(provenance, "provenance", "what each document derives from, with the words that say so");
REPORT(imports, "imports", "the imports, with their counts");

static const struct cb_option every_claim[] = {
    {.name = "all",
     .kind = CB_OPTION_FLAG,
     .help = "every claim, not only one of those that make a statement"},
    {.name = NULL},
};
static const struct cb_option *const queue_options[] = {cb_options_output, cb_options_as_of, own_options,
                                                        every_claim, NULL};

static const struct cb_command command_queue = {
    .name = "queue",
    .summary = "what to check next: contradicted, widely repeated, of a single origin, doubtful",
    .synopsis = "[--all] [--source NAME] [--as-of TIME] [--format table|csv|json|html]",
    .details =
        "One row a statement: of the claims that say the same, the one that most speaks for checking, "
        "with how many claims, sources and known origins repeat it. With --source it is that source's.",
    .options = queue_options,
    .needs = CB_NEEDS_SCHEMA,
    .run = run_report,
};

static const struct cb_option by_owner[] = {
    {.name = "by-owner",
     .kind = CB_OPTION_FLAG,
     .help = "count what one owner publishes once: two outlets of one owner are not independent"},
    {.name = NULL},
};
static const struct cb_option *const corroboration_options[] = {cb_options_output, cb_options_as_of,
                                                                own_options, by_owner, NULL};

static const struct cb_command command_corroboration = {
    .name = "corroboration",
    .summary = "how many independent origins stand behind each claim",
    .synopsis = "[--by-owner] [--source NAME] [--as-of TIME] [--format table|csv|json|html]",
    .details = "Who owns a source is told with 'source set NAME --owner OWNER'; a source without an owner is "
               "its own.",
    .options = corroboration_options,
    .needs = CB_NEEDS_SCHEMA,
    .run = run_report,
};

static const struct cb_command *const subcommands[] = {
    &command_consistency,
    &command_conflicts,
    &command_status,
    &command_sources,
    &command_origins,
    &command_queue,
    &command_needs_review,
    &command_corroboration,
    &command_agreement,
    &command_documents,
    &command_provenance,
    &command_imports,
    NULL,
};

const struct cb_command cb_command_report = {
    .name = "report",
    .summary = "reports: consistency, conflicts, corroboration, what to check next …",
    .synopsis =
        "consistency|conflicts|status|sources|origins|queue|needs-review|corroboration|agreement|documents|"
        "provenance|imports",
    .subcommands = subcommands,
};
