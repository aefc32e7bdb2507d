/* claimbase checkpoint: a small signed text over everything that was recorded, to be kept elsewhere. */
#include "cli/checkpoint_key.h"
#include "cli/commands.h"
#include "report/verify.h"

#include "db_queries.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static enum cb_code fill(struct cb_cli *cli, struct cb_checkpoint *checkpoint, const struct cb_rows *counts,
                         struct cb_err *err)
{
    char now[32];
    time_t seconds = time(NULL);
    struct tm utc;
    const char *origin = cb_option_text(cli, "origin");
    if (gmtime_r(&seconds, &utc) == NULL || strftime(now, sizeof now, "%Y-%m-%dT%H:%M:%SZ", &utc) == 0)
        return cb_fail(err, CB_FAILED, "the system does not know the time");
    int n = origin != NULL ? snprintf(checkpoint->origin, sizeof checkpoint->origin, "%s", origin)
                           : snprintf(checkpoint->origin, sizeof checkpoint->origin, "claimbase/%s",
                                      cb_rows_text(counts, 0, 2));
    if (n <= 0 || (size_t)n >= sizeof checkpoint->origin || strchr(checkpoint->origin, '\n') != NULL)
        return cb_fail(err, CB_USAGE, "the origin must be one line of at most %zu bytes",
                       sizeof checkpoint->origin - 1);
    (void)snprintf(checkpoint->extension, sizeof checkpoint->extension, "time %s\nchains %lld\nevents %lld\n",
                   now, (long long)cb_rows_int(counts, 0, 0), (long long)cb_rows_int(counts, 0, 1));
    return CB_OK;
}

static enum cb_code record(struct cb_cli *cli, const struct cb_checkpoint *checkpoint,
                           const struct cb_rows *counts, const char *note, struct cb_err *err)
{
    char root[CB_SHA256_HEX_SIZE];
    cb_sha256_hex(&checkpoint->root, root);
    const char *const params[] = {cb_rows_text(counts, 0, 0), cb_rows_text(counts, 0, 1), root, note};
    return cb_db_run(cli->db, &cb_sql_checkpoint_record, params, 4, NULL, err);
}

static enum cb_code write_out(struct cb_cli *cli, const struct cb_buffer *note, struct cb_err *err)
{
    const char *path = cb_option_text(cli, "output");
    if (path == NULL) {
        (void)fwrite(note->data, 1, note->len, cli->out);
        return CB_OK;
    }
    FILE *file = fopen(path, "we");
    if (file == NULL)
        return cb_fail(err, CB_INPUT, "can't write '%s': %s", path, strerror(errno));
    bool failed = fwrite(note->data, 1, note->len, file) != note->len;
    failed = fclose(file) != 0 || failed;
    return failed ? cb_fail(err, CB_INPUT, "can't write '%s': %s", path, strerror(errno)) : CB_OK;
}

static enum cb_code run_checkpoint(struct cb_cli *cli, struct cb_err *err)
{
    struct cb_note_key *key = NULL;
    struct cb_rows *counts = NULL;
    struct cb_checkpoint checkpoint = {0};
    struct cb_buffer note, verifier;
    cb_buffer_init(&note, CB_NOTE_MAX);
    cb_buffer_init(&verifier, CB_NOTE_MAX);
    enum cb_code code = cb_checkpoint_key(cli, true, &key, err);
    if (code == CB_OK)
        code = cb_db_begin(cli->db, err);
    if (code != CB_OK)
        goto done;
    code = cb_log_extend(cli->db, &checkpoint.size, &checkpoint.root, err);
    if (code == CB_OK)
        code = cb_db_one(cli->db, &cb_sql_log_counts, NULL, 0, &counts, err);
    if (code == CB_OK)
        code = fill(cli, &checkpoint, counts, err);
    if (code == CB_OK)
        code = cb_checkpoint_write(&checkpoint, key, &note, err);
    if (code == CB_OK)
        code = record(cli, &checkpoint, counts, cb_buffer_text(&note), err);
    if (code == CB_OK)
        code = cb_db_commit(cli->db, err);
    if (code == CB_OK)
        code = write_out(cli, &note, err);
    if (code == CB_OK) {
        cb_note_key_verifier(key, &verifier);
        cb_message(cli, "verifier key: %s", cb_buffer_text(&verifier));
    }
done:
    if (code != CB_OK)
        cb_db_rollback(cli->db);
    cb_buffer_release(&note);
    cb_buffer_release(&verifier);
    cb_rows_free(counts);
    cb_note_key_free(key);
    return code;
}

static const struct cb_option own_options[] = {
    {.name = "output",
     .letter = 'o',
     .kind = CB_OPTION_TEXT,
     .value = "FILE",
     .help = "write it there; else to standard output"},
    {.name = "origin",
     .kind = CB_OPTION_TEXT,
     .value = "TEXT",
     .help = "the checkpoint's first line, which names the log; else claimbase/ and the database's name"},
    {.name = NULL},
};
static const struct cb_option *const options[] = {own_options, cb_options_key, NULL};

const struct cb_command cb_command_checkpoint = {
    .name = "checkpoint",
    .summary = "write a small signed text over all that was recorded, to be kept elsewhere",
    .synopsis = "[--output FILE] [--key FILE]",
    .details =
        "Mail it, print it, commit it somewhere: 'claimbase verify --checkpoint FILE' then proves that "
        "nothing "
        "before it has changed or vanished, also against somebody who owns the database. The form is a C2SP "
        "tlog-checkpoint with an Ed25519 signature; docs/ledger.md says what it proves and what it can not.",
    .options = options,
    .needs = CB_NEEDS_SCHEMA,
    .run = run_checkpoint,
};
