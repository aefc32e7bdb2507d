/* claimbase mark: what somebody found about a claim. */
#include "cli/commands.h"
#include "cli/mark.h"
#include "cli/output.h"
#include "db/claim_id.h"

#include "db_queries.h"

#include <string.h>

enum { EVIDENCE_JSON_MAX = 16 * 1024 * 1024 };

static enum cb_code check_expected(const struct cb_mark *mark, const struct cb_rows *state,
                                   struct cb_err *err)
{
    const char *status = cb_rows_text(state, 0, 0);
    if (mark->expected == NULL || strcmp(mark->expected, status) == 0)
        return CB_OK;
    bool somebody = !cb_rows_is_null(state, 0, 2);
    return cb_fail(err, CB_CONFLICT, "claim '%s' is '%s'%s%s, not '%s'", mark->claim, status,
                   somebody ? " since " : "", cb_rows_text(state, 0, 2), mark->expected);
}

static enum cb_code append(struct cb_db *db, const struct cb_mark *mark, const struct cb_claim_key *key,
                           const char *seq, struct cb_rows **out, struct cb_err *err)
{
    struct cb_buffer evidence;
    cb_buffer_init(&evidence, EVIDENCE_JSON_MAX);
    enum cb_code code = cb_evidence_json(db, &mark->evidence, &evidence, err);
    if (code == CB_OK) {
        char claim_no[16], credibility[4];
        (void)snprintf(claim_no, sizeof claim_no, "%d", (int)key->claim_no);
        (void)snprintf(credibility, sizeof credibility, "%d", (int)(mark->credibility & 7));
        const char *const params[] = {
            key->document_id,
            claim_no,
            mark->status,
            mark->by,
            mark->note,
            cb_buffer_text(&evidence),
            mark->allow_circular ? "true" : "false",
            mark->require_second ? "true" : "false",
            seq,
            mark->credibility > 0 ? credibility : NULL,
        };
        code = cb_db_one(db, &cb_sql_verification_append, params, 10, out, err);
    }
    cb_buffer_release(&evidence);
    return code;
}

enum cb_code cb_mark_claim(struct cb_db *db, const struct cb_mark *mark, struct cb_rows **out,
                           struct cb_err *err)
{
    struct cb_claim_key key;
    struct cb_rows *state = NULL;
    *out = NULL;
    enum cb_code code = cb_claim_resolve(db, mark->claim, &key, err);
    if (code != CB_OK)
        return code;
    char claim_no[16];
    (void)snprintf(claim_no, sizeof claim_no, "%d", (int)key.claim_no);
    const char *const params[] = {key.document_id, claim_no};
    code = cb_db_one(db, &cb_sql_claim_state, params, 2, &state, err);
    if (code == CB_OK)
        code = check_expected(mark, state, err);
    if (code == CB_OK)
        code = append(db, mark, &key, cb_rows_text(state, 0, 1), out, err);
    cb_rows_free(state);
    return code;
}

/* A verdict on a denial is about the denial: the words alone would be read the other way round. */
static enum cb_code explain_denial(const struct cb_cli *cli, const struct cb_mark *mark,
                                   const char *const *params, struct cb_err *err)
{
    struct cb_rows *state = NULL;
    bool verified = strcmp(mark->status, "verified") == 0, refuted = strcmp(mark->status, "refuted") == 0;
    if (!verified && !refuted)
        return CB_OK;
    enum cb_code code = cb_db_one(cli->db, &cb_sql_claim_state, params, 2, &state, err);
    if (code == CB_OK && strcmp(cb_rows_text(state, 0, 3), "denied") == 0)
        cb_message(cli, "%s is a denial: '%s' says that what is denied %s", mark->claim, mark->status,
                   verified ? "is not so" : "is so");
    cb_rows_free(state);
    return code;
}

/* Claims that say the same are never changed silently: they are named. */
static enum cb_code suggest(const struct cb_cli *cli, const struct cb_mark *mark, struct cb_err *err)
{
    struct cb_claim_key key;
    struct cb_rows *rows = NULL;
    char claim_no[16];
    enum cb_code code = cb_claim_resolve(cli->db, mark->claim, &key, err);
    if (code != CB_OK)
        return code;
    (void)snprintf(claim_no, sizeof claim_no, "%d", (int)key.claim_no);
    const char *const params[] = {key.document_id, claim_no, mark->status};
    code = explain_denial(cli, mark, params, err);
    if (code == CB_OK)
        code = cb_db_run(cli->db, &cb_sql_claim_same_undecided, params, 3, &rows, err);
    if (code != CB_OK)
        return code;
    size_t count = cb_rows_count(rows), shown = count > 20 ? 20 : count;
    if (count > 0)
        cb_message(cli, "these say the same and have another status:");
    for (size_t i = 0; i < shown; i++)
        cb_message(cli, "  %s  %s", cb_rows_text(rows, i, 0), cb_rows_text(rows, i, 1));
    if (count > shown)
        cb_message(cli, "  and more: claimbase why %s", mark->claim);
    cb_rows_free(rows);
    return CB_OK;
}

static enum cb_code print_event(const struct cb_cli *cli, const struct cb_rows *event, struct cb_err *err)
{
    if (strcmp(cb_option_text(cli, "format"), "text") == 0) {
        bool second = strcmp(cb_rows_text(event, 0, 3), "second_check") == 0;
        (void)fprintf(cli->out, "%s  %s → %s  by %s%s%s\n", cb_rows_text(event, 0, 0),
                      cb_rows_text(event, 0, 1), cb_rows_text(event, 0, 2), cb_rows_text(event, 0, 5),
                      second ? ", second check" : "",
                      cb_rows_bool(event, 0, 7) ? ", on circular evidence" : "");
        return CB_OK;
    }
    struct cb_sink_options options = cb_cli_sink_options(cli, "mark");
    struct cb_sink *sink = NULL;
    enum cb_code code = cb_sink_new(&options, &sink, err);
    if (code == CB_OK)
        code = cb_sink_rows(sink, event, err);
    if (code == CB_OK)
        code = cb_sink_end(sink, NULL, err);
    cb_sink_free(sink);
    return code;
}

static enum cb_code mark_one(struct cb_cli *cli, struct cb_mark *mark, struct cb_err *err)
{
    struct cb_rows *event = NULL;
    if (cli->argument_count != 2) {
        (void)cb_fail(err, CB_USAGE, "'mark' needs a claim and a status");
        cb_hint(err, "claimbase mark 3f2a9b1c.12 verified --evidence url:https://…, or --batch FILE");
        return CB_USAGE;
    }
    mark->claim = cli->arguments[0];
    mark->status = cli->arguments[1];
    enum cb_code code = cb_mark_claim(cli->db, mark, &event, err);
    if (code == CB_OK)
        code = print_event(cli, event, err);
    if (code == CB_OK)
        code = suggest(cli, mark, err);
    cb_rows_free(event);
    return code;
}

static enum cb_code run_mark(struct cb_cli *cli, struct cb_err *err)
{
    char login[128];
    cb_login_name(login, sizeof login);
    struct cb_mark mark = {
        .by = cb_option_given(cli, "by") ? cb_option_text(cli, "by") : login,
        .note = cb_option_text(cli, "note"),
        .evidence.retrieved = cb_option_text(cli, "retrieved"),
        .credibility = cb_option_integer(cli, "credibility"),
        .allow_circular = cb_option_flag(cli, "allow-circular"),
        .require_second = cb_option_flag(cli, "require-second"),
        .expected = cb_option_text(cli, "expect"),
    };
    mark.evidence.items = cb_option_list(cli, "evidence", &mark.evidence.count);
    mark.evidence.archives = cb_option_list(cli, "archive", &mark.evidence.archive_count);
    const char *batch = cb_option_text(cli, "batch");
    if (batch == NULL)
        return mark_one(cli, &mark, err);
    if (cli->argument_count > 0)
        return cb_fail(err, CB_USAGE, "with --batch the claims are in the file, not on the command line");
    return cb_mark_batch(cli, batch, &mark, err);
}

static const struct cb_option own_options[] = {
    {.name = "by",
     .kind = CB_OPTION_TEXT,
     .value = "NAME",
     .help = "who gives the verdict; else the login name"},
    {.name = "note", .letter = 'n', .kind = CB_OPTION_TEXT, .value = "TEXT", .help = "why"},
    {.name = "evidence",
     .letter = 'e',
     .kind = CB_OPTION_LIST,
     .value = "[STANCE:]KIND:WHAT",
     .help = "url:ADDRESS, doc:ID, claim:ID or file:PATH; the stance is supports, refutes or context, and "
             "that of "
             "the status when it is left out; may be given many times"},
    {.name = "archive",
     .kind = CB_OPTION_LIST,
     .value = "FILE",
     .help = "an archived copy of the address given as evidence, kept by its SHA-256; the first for the "
             "first address"},
    {.name = "retrieved",
     .kind = CB_OPTION_TEXT,
     .value = "TIME",
     .help = "when the addresses were read; else now"},
    {.name = "credibility",
     .kind = CB_OPTION_INTEGER,
     .value = "1-6",
     .min = 1,
     .max = 6,
     .help = "Admiralty digit: 1 confirmed, 2 probably true, 3 possibly true, 4 doubtful, 5 improbable, 6 "
             "not judged"},
    {.name = "allow-circular",
     .kind = CB_OPTION_FLAG,
     .help = "record evidence that descends from the document it is to prove; it does not count"},
    {.name = "require-second",
     .kind = CB_OPTION_FLAG,
     .help = "ask for a second checker: another finding sends the claim back to in_review"},
    {.name = "expect",
     .kind = CB_OPTION_TEXT,
     .value = "STATUS",
     .help = "refuse when the claim has another status by now"},
    {.name = "batch",
     .kind = CB_OPTION_TEXT,
     .value = "FILE",
     .help = "mark the rows of a CSV file, - is standard input: "
             "claim,status[,by,note,evidence,credibility,expected]"},
    CB_OPTION_FORMAT("text|table|csv|json", "text"),
    {.name = NULL},
};
static const struct cb_option *const options[] = {own_options, NULL};

const struct cb_command cb_command_mark = {
    .name = "mark",
    .summary = "record what was found about a claim: verified, disputed, refuted …",
    .synopsis = "CLAIM STATUS [--by NAME] [--note TEXT] [--evidence …]…\n--batch FILE|- [--by NAME]",
    .details =
        "STATUS is in_review, verified, disputed, refuted, unverifiable, or unverified (to give a review "
        "up).\n\n"
        "verified and refuted need evidence, disputed a note or a claim that contradicts it. A verdict is "
        "re-opened with in_review and a note; it is never replaced. Marking a verdict once more as what it "
        "is, "
        "under another name, records a second check.\n\n"
        "The verdict is about what is said, denials included: of a claim whose modality is denied, verified "
        "says "
        "that what is denied is not so.",
    .options = options,
    .arguments_max = 2,
    .needs = CB_NEEDS_SCHEMA,
    .run = run_mark,
};
