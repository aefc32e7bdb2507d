/* PostgreSQL's own client programs (psql, pg_dump) on the database that the program uses. */
#ifndef CB_DB_CLIENT_PROGRAM_H
#define CB_DB_CLIENT_PROGRAM_H

#include "base/error.h"

/* Runs argv[0] (the bare name: "psql") with the connection of `dsn` (NULL: the private server, which
 * must run) in its environment, not on its command line, where others could read a password. argv is
 * NULL-ended.
 *
 * cb_client_become replaces this process and returns only on failure. cb_client_run waits for the end and
 * sets *status to the program's exit status (128 + n when signal n ended it). CB_EXTERNAL when the program is
 * not there or can't be started. */
CB_CHECKED enum cb_code cb_client_become(const char *dsn, const char *const *argv, struct cb_err *err);
CB_CHECKED enum cb_code cb_client_run(const char *dsn, const char *const *argv, int *status,
                                      struct cb_err *err);

#endif
