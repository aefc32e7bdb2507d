/* claimbase link: where a document comes from, by a person's word. */
#include "cli/commands.h"

#include "db/claim_id.h"
#include "db_queries.h"
#include "match/match.h"

#include <stdio.h>
#include <string.h>

struct kind {
    const char *typed, *stored;
};
static const struct kind kinds[] = {
    {"derived-from", "derived_from"},   {"primary-source", "primary_source"},
    {"republication", "republication"}, {"republication-of", "republication"},
    {"quotation", "quotation"},         {"revision-of", "revision_of"},
};

static enum cb_code find_kind(const char *typed, const char **stored, struct cb_err *err)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i].typed, typed) == 0 || strcmp(kinds[i].stored, typed) == 0) {
            *stored = kinds[i].stored;
            return CB_OK;
        }
    }
    (void)cb_fail(err, CB_USAGE, "'%s' is no kind of link", typed);
    cb_hint(err, "derived-from, primary-source, republication-of, quotation, revision-of");
    return CB_USAGE;
}

/* A document of the database, or an address that it does not hold. */
static enum cb_code find_target(struct cb_db *db, const char *typed, char id[CB_UUID_TEXT_SIZE],
                                bool *outside, struct cb_err *err)
{
    *outside = false;
    enum cb_code code = cb_document_resolve(db, typed, id, err);
    if (code == CB_NOT_FOUND && *id == '\0' &&
        (strncmp(typed, "http://", 7) == 0 || strncmp(typed, "https://", 8) == 0)) {
        cb_err_clear(err);
        *outside = true;
        return CB_OK;
    }
    return code;
}

static enum cb_code write_link(struct cb_cli *cli, const char *const *params, int64_t *changed,
                               struct cb_err *err)
{
    struct cb_rows *rows = NULL;
    bool undo = cb_option_flag(cli, "undo");
    const char *due[] = {params[0]};
    enum cb_code code = cb_db_begin(cli->db, err);
    if (code == CB_OK)
        code = cb_db_run(cli->db, undo ? &cb_sql_link_withdraw : &cb_sql_link_add, params, undo ? 5 : 6,
                         &rows, err);
    *changed = code == CB_OK ? cb_rows_affected(rows) : 0;
    cb_rows_free(rows);
    if (code == CB_OK && *changed > 0)
        code = cb_origins_around(cli->db, params[0], err);
    /* A common origin lends context to what was compared without it. */
    if (code == CB_OK && *changed > 0)
        code = cb_db_run(cli->db, &cb_sql_match_due_one, due, 1, NULL, err);
    if (code == CB_OK)
        code = cb_db_commit(cli->db, err);
    if (code != CB_OK)
        cb_db_rollback(cli->db);
    return code;
}

static enum cb_code run(struct cb_cli *cli, struct cb_err *err)
{
    char document[CB_UUID_TEXT_SIZE], target[CB_UUID_TEXT_SIZE], login[128];
    const char *kind = NULL, *typed = cli->arguments[2];
    bool outside = false, undo = cb_option_flag(cli, "undo");
    int64_t changed = 0;
    cb_login_name(login, sizeof login);
    enum cb_code code = cb_document_resolve(cli->db, cli->arguments[0], document, err);
    if (code == CB_OK)
        code = find_kind(cli->arguments[1], &kind, err);
    if (code == CB_OK)
        code = find_target(cli->db, typed, target, &outside, err);
    if (code == CB_NOT_FOUND && undo) { /* what the program found may have a name only */
        outside = true;
        code = CB_OK;
        cb_err_clear(err);
    }
    if (code != CB_OK)
        return code;
    if (!outside && strcmp(document, target) == 0)
        return cb_fail(err, CB_USAGE, "a document does not come from itself");
    const char *params[] = {
        document,
        kind,
        outside ? NULL : target,
        outside ? typed : NULL,
        cb_option_given(cli, "by") ? cb_option_text(cli, "by") : login,
        cb_option_given(cli, "note") ? cb_option_text(cli, "note") : "stated",
    };
    code = write_link(cli, params, &changed, err);
    if (code != CB_OK)
        return code;
    if (changed == 0 && undo)
        return cb_fail(err, CB_NOT_FOUND, "there is no such link");
    (void)fprintf(cli->out, "%.8s  %s  %.*s  %s\n", document, kind, outside ? 200 : 8,
                  outside ? typed : target,
                  undo          ? "withdrawn"
                  : changed > 0 ? "linked"
                                : "was linked already");
    if (changed > 0)
        cb_message(cli, "'claimbase match' will look at the document's claims again");
    return CB_OK;
}

static const struct cb_option own_options[] = {
    {.name = "by", .kind = CB_OPTION_TEXT, .value = "NAME", .help = "who states it; else the login name"},
    {.name = "note", .kind = CB_OPTION_TEXT, .value = "TEXT", .help = "how it is known"},
    {.name = "undo", .kind = CB_OPTION_FLAG, .help = "withdraw the link; it stays on record"},
    {.name = NULL},
};
static const struct cb_option *const options[] = {own_options, NULL};

const struct cb_command cb_command_link = {
    .name = "link",
    .summary = "state where a document comes from",
    .synopsis = "DOCUMENT KIND DOCUMENT|URL [--by NAME] [--note TEXT]\nDOCUMENT KIND DOCUMENT|URL --undo",
    .details =
        "KIND is derived-from, primary-source, republication-of, quotation or revision-of. Documents are "
        "named "
        "by the beginning of their ids, their external ids or their addresses.\n\nDocuments that come from "
        "one origin are counted as one: 'claimbase report origins' shows them with the reasons.",
    .options = options,
    .arguments_min = 3,
    .arguments_max = 3,
    .needs = CB_NEEDS_SCHEMA,
    .run = run,
};
