#include "cli/decision.h"

#include "db/claim_id.h"
#include "db_queries.h"
#include "match/match.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { ID_MAX = 512 };

struct pair {
    struct cb_claim_key a, b; /* the least first */
};

static bool is_before(const struct cb_claim_key *a, const struct cb_claim_key *b)
{
    int order = strcmp(a->document_id, b->document_id);
    return order != 0 ? order < 0 : a->claim_no < b->claim_no;
}

static enum cb_code set_pair(const struct cb_claim_key *a, const struct cb_claim_key *b, struct pair *out,
                             struct cb_err *err)
{
    if (!is_before(a, b) && !is_before(b, a))
        return cb_fail(err, CB_USAGE, "a match needs two claims, not one twice");
    *out = is_before(a, b) ? (struct pair){*a, *b} : (struct pair){*b, *a};
    return CB_OK;
}

static enum cb_code resolve_two(struct cb_db *db, const char *a, const char *b, struct pair *out,
                                struct cb_err *err)
{
    struct cb_claim_key first, second;
    enum cb_code code = cb_claim_resolve(db, a, &first, err);
    if (code == CB_OK)
        code = cb_claim_resolve(db, b, &second, err);
    return code == CB_OK ? set_pair(&first, &second, out, err) : code;
}

static void key_from_row(const struct cb_rows *rows, size_t column, struct cb_claim_key *out)
{
    (void)snprintf(out->document_id, sizeof out->document_id, "%s", cb_rows_text(rows, 0, column));
    out->claim_no = (int32_t)cb_rows_int(rows, 0, column + 1);
}

/* One claim names its match when it has only one. */
static enum cb_code resolve_one(struct cb_db *db, const char *typed, struct pair *out, struct cb_err *err)
{
    struct cb_claim_key key, a, b;
    struct cb_rows *rows = NULL;
    char number[16];
    enum cb_code code = cb_claim_resolve(db, typed, &key, err);
    if (code != CB_OK)
        return code;
    (void)snprintf(number, sizeof number, "%" PRId32, key.claim_no);
    const char *params[] = {key.document_id, number};
    code = cb_db_run(db, &cb_sql_decision_pairs_of, params, 2, &rows, err);
    size_t count = code == CB_OK ? cb_rows_count(rows) : 0;
    if (code == CB_OK && count == 0) {
        code = cb_fail(err, CB_NOT_FOUND, "claim '%s' has no match", typed);
        cb_hint(err, "name both claims: %s OTHER", typed);
    } else if (count > 1) {
        code = cb_fail(err, CB_NOT_FOUND, "claim '%s' has more than one match", typed);
        cb_hint(err, "give the match itself, as %s~%s", cb_rows_text(rows, 0, 0), cb_rows_text(rows, 0, 1));
    } else if (count == 1) {
        key_from_row(rows, 2, &a);
        key_from_row(rows, 4, &b);
        code = set_pair(&a, &b, out, err);
    }
    cb_rows_free(rows);
    return code;
}

/* "A~B" as the reports print a match, "A B", or "A" alone. */
static enum cb_code resolve_pair(const struct cb_cli *cli, struct pair *out, struct cb_err *err)
{
    if (cli->argument_count == 2)
        return resolve_two(cli->db, cli->arguments[0], cli->arguments[1], out, err);
    const char *typed = cli->arguments[0], *tilde = strchr(typed, '~');
    if (tilde == NULL)
        return resolve_one(cli->db, typed, out, err);
    char first[ID_MAX];
    int len = snprintf(first, sizeof first, "%.*s", (int)(tilde - typed), typed);
    if (len < 0 || (size_t)len >= sizeof first)
        return cb_fail(err, CB_USAGE, "'%.40s…' is no id", typed);
    return resolve_two(cli->db, first, tilde + 1, out, err);
}

/* ------------------------------------------------------------------ recording */

static enum cb_code tell_conflict(void *context, const struct cb_merge_conflict *conflict, struct cb_err *err)
{
    const struct cb_cli *cli = context;
    (void)err;
    cb_message(
        cli, "%s and %s agree, but their clusters stay apart: somebody said that %s and %s are not the same",
        conflict->a, conflict->b, conflict->rejected_a, conflict->rejected_b);
    return CB_OK;
}

/* The same person said the same already: it is not said twice, or one undo would not take it back. */
static enum cb_code is_known(struct cb_cli *cli, const char *const *params, bool *known, struct cb_err *err)
{
    struct cb_rows *rows = NULL;
    const char *relation = params[5] != NULL ? params[5] : "";
    enum cb_code code = cb_db_run(cli->db, &cb_sql_decision_ruling, params, 4, &rows, err);
    *known = code == CB_OK && cb_rows_count(rows) > 0 && strcmp(cb_rows_text(rows, 0, 0), params[4]) == 0 &&
             strcmp(cb_rows_text(rows, 0, 1), relation) == 0 &&
             strcmp(cb_rows_text(rows, 0, 2), params[6]) == 0;
    cb_rows_free(rows);
    return code;
}

static enum cb_code check_undo(struct cb_cli *cli, const char *const *key, struct cb_err *err)
{
    enum cb_code code = cb_db_one(cli->db, &cb_sql_decision_ruling, key, 4, NULL, err);
    if (code == CB_NOT_FOUND)
        (void)cb_fail(err, CB_NOT_FOUND, "there is no decision about these claims to undo");
    return code;
}

static enum cb_code record(struct cb_cli *cli, const struct pair *pair, const char *decision,
                           const char *relation, bool *known, struct cb_err *err)
{
    char login[128], a_no[16], b_no[16];
    cb_login_name(login, sizeof login);
    (void)snprintf(a_no, sizeof a_no, "%" PRId32, pair->a.claim_no);
    (void)snprintf(b_no, sizeof b_no, "%" PRId32, pair->b.claim_no);
    const char *params[] = {
        pair->a.document_id,
        a_no,
        pair->b.document_id,
        b_no,
        decision,
        relation,
        cb_option_given(cli, "by") ? cb_option_text(cli, "by") : login,
        cb_option_text(cli, "note"),
    };
    int64_t clusters = 0, conflicts = 0;
    enum cb_code code = cb_db_begin(cli->db, err);
    *known = false;
    if (code == CB_OK)
        code =
            strcmp(decision, "undo") == 0 ? check_undo(cli, params, err) : is_known(cli, params, known, err);
    if (code == CB_OK && !*known)
        code = cb_db_run(cli->db, &cb_sql_decision_add, params, 8, NULL, err);
    if (code == CB_OK && !*known)
        code = cb_recluster(cli->db, pair->a.document_id, &clusters, &conflicts, tell_conflict, cli, err);
    if (code == CB_OK)
        code = cb_db_commit(cli->db, err);
    if (code != CB_OK)
        cb_db_rollback(cli->db);
    return code;
}

enum cb_code cb_decision_run(struct cb_cli *cli, const char *decision, struct cb_err *err)
{
    struct pair pair;
    const char *done = strcmp(decision, "confirm") == 0 ? "confirmed" : "rejected", *relation = NULL;
    enum cb_code code = resolve_pair(cli, &pair, err);
    if (cb_option_flag(cli, "undo")) {
        decision = "undo";
        done = "taken back";
    } else if (strcmp(decision, "confirm") == 0) {
        relation = cb_option_text(cli, "as");
    }
    bool known = false;
    if (code == CB_OK)
        code = record(cli, &pair, decision, relation, &known, err);
    if (code != CB_OK)
        return code;
    char a[CB_CLAIM_REF_SIZE], b[CB_CLAIM_REF_SIZE];
    cb_claim_ref(pair.a.document_id, pair.a.claim_no, a);
    cb_claim_ref(pair.b.document_id, pair.b.claim_no, b);
    (void)fprintf(cli->out, "%s~%s  %s%s%s%s%s\n", a, b, known ? "was " : "", done, known ? " already" : "",
                  relation != NULL ? " as " : "", relation != NULL ? relation : "");
    return CB_OK;
}

const struct cb_option cb_options_decision[] = {
    {.name = "by", .kind = CB_OPTION_TEXT, .value = "NAME", .help = "who decides; else the login name"},
    {.name = "note", .kind = CB_OPTION_TEXT, .value = "TEXT", .help = "why"},
    {.name = "undo", .kind = CB_OPTION_FLAG, .help = "take the last decision about the two claims back"},
    {.name = NULL},
};
