/* What the commands that print results share: --format, --as-of, and the sink they lead to. */
#ifndef CB_CLI_OUTPUT_H
#define CB_CLI_OUTPUT_H

#include "cli/command.h"
#include "report/sink.h"

/* --format table|csv|json|html; not given: table. */
extern const struct cb_option cb_options_output[];
/* --as-of TIME */
extern const struct cb_option cb_options_as_of[];

/* The width of the terminal: COLUMNS, else what the terminal says, else 80. */
size_t cb_cli_width(const struct cb_cli *cli);

/* How results are printed here: the options and the terminal of this run. */
struct cb_sink_options cb_cli_sink_options(const struct cb_cli *cli, const char *title);

/* Makes the report views show the moment of --as-of, when it is given; for this connection. */
CB_CHECKED enum cb_code cb_cli_as_of(const struct cb_cli *cli, struct cb_err *err);

/* Has the statements of this connection planned for reading whole tables (db/sql/report_session.sql). */
CB_CHECKED enum cb_code cb_cli_read_whole_tables(const struct cb_cli *cli, struct cb_err *err);

/* Runs a statement of db/sql and prints its rows; *rows may be NULL. */
CB_CHECKED enum cb_code cb_cli_print_query(const struct cb_cli *cli, const struct cb_sql *sql,
                                           const char *const *params, size_t count, const char *title,
                                           size_t *rows, struct cb_err *err);

/* The same; when there are no rows, says so on standard error, and why that may be (cb_cli_explain_none). */
CB_CHECKED enum cb_code cb_cli_print_or_none(struct cb_cli *cli, const struct cb_sql *sql,
                                             const char *const *params, size_t count, const char *title,
                                             struct cb_err *err);

/* For a result without a row: "none" on standard error; what --as-of means, when it was given. CB_NOT_FOUND
 * when --source names no source: then it was not none, but mistyped. */
CB_CHECKED enum cb_code cb_cli_explain_none(struct cb_cli *cli, struct cb_err *err);

/* Says on standard error when documents were imported that 'match' has not seen: reports that rest on matches
 * leave them out. Nothing is said of another moment (--as-of), nor to a role that may not look. */
void cb_cli_tell_unmatched(struct cb_cli *cli);

#endif
