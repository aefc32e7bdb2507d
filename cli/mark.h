/* One verdict, from the command line or from a row of a batch. */
#ifndef CB_CLI_MARK_H
#define CB_CLI_MARK_H

#include "cli/command.h"
#include "cli/evidence.h"

struct cb_mark {
    const char *claim; /* as typed */
    const char *status;
    const char *by;
    const char *note; /* or NULL */
    struct cb_evidence_input evidence;
    long credibility; /* 1 to 6; 0: not given */
    bool allow_circular, require_second;
    const char *expected; /* the status that it is thought to have, or NULL */
};

/* Records it: all or nothing. The caller gets the row that tells what happened (claim, from_status,
 * to_status, event, seq, actor, at, circular, hash) and frees it. CB_REFUSED, with what is missing;
 * CB_CONFLICT when the claim is not in the state that the program, or the person, saw. */
CB_CHECKED enum cb_code cb_mark_claim(struct cb_db *db, const struct cb_mark *mark, struct cb_rows **out,
                                      struct cb_err *err);

/* Marks the rows of a CSV file ("-": standard input) with the columns claim, status, and, if need be, by,
 * note, evidence (several apart by "; " or line ends), credibility and expected. What a row leaves open comes
 * from `defaults`. Rows that are refused are told on standard error; CB_REJECTED when there were any. */
CB_CHECKED enum cb_code cb_mark_batch(struct cb_cli *cli, const char *path, const struct cb_mark *defaults,
                                      struct cb_err *err);

#endif
