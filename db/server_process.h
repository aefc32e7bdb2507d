/* Running the server's programs as the right user. Inside db/ only. */
#ifndef CB_DB_SERVER_PROCESS_H
#define CB_DB_SERVER_PROCESS_H

#include "db/server_paths.h"

/* Can the server's user enter paths->home? */
bool cb_server_user_reaches(const struct cb_server_paths *paths);

/* Runs a program to its end, as the server's user, its output appended to `log`. CB_EXTERNAL with the last
 * line of the log when it does not end with 0. */
CB_CHECKED enum cb_code cb_server_run(const struct cb_server_paths *paths, const char *const *argv,
                                      struct cb_err *err);

/* Starts a program that goes on when we end. */
CB_CHECKED enum cb_code cb_server_spawn(const struct cb_server_paths *paths, const char *const *argv,
                                        pid_t *pid, struct cb_err *err);

/* The process that data/postmaster.pid names, when it lives and is a server in that folder; else 0.
 * *stale tells that the file is there and nobody stands behind it. */
pid_t cb_server_postmaster(const struct cb_server_paths *paths, bool *stale);

/* The last line of the log that says something, for an error; empty when there is none. */
void cb_server_last_words(const struct cb_server_paths *paths, char *out, size_t size);

/* Waits `milliseconds`. */
void cb_server_pause(long milliseconds);

#endif
