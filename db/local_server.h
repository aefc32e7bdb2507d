/* The private PostgreSQL in CLAIMBASE_HOME. */
#ifndef CB_DB_LOCAL_SERVER_H
#define CB_DB_LOCAL_SERVER_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

enum { CB_PATH_MAX = 4096, CB_DSN_MAX = 2 * CB_PATH_MAX + 256 };

enum cb_server_state { CB_SERVER_ABSENT, CB_SERVER_STOPPED, CB_SERVER_RUNNING, CB_SERVER_STALE };

struct cb_server_status {
    enum cb_server_state state;
    char home[CB_PATH_MAX];   /* CLAIMBASE_HOME as used */
    char socket[CB_PATH_MAX]; /* folder of the socket */
    char version[32];         /* "15.20", empty when absent */
    long pid;                 /* 0 when not running */
};

/* What the server's messages on the way (initdb, start) go to. */
typedef void cb_server_notice(void *context, const char *text);

/* home NULL: $CLAIMBASE_HOME, else $XDG_DATA_HOME/claimbase, else ~/.local/share/claimbase. */
CB_CHECKED enum cb_code cb_server_status(const char *home, struct cb_server_status *out, struct cb_err *err);

/* The connection string of the local server, whether it runs or not: nothing is started or made. */
CB_CHECKED enum cb_code cb_server_dsn(const char *home, char *dsn, size_t dsn_size, struct cb_err *err);

/* Makes the cluster when there is none, starts it when it does not run, waits until it answers. Two
 * programs at once make one cluster (a lock file in the home's parent or the home). Writes the libpq
 * connection string into dsn. */
CB_CHECKED enum cb_code cb_server_ensure(const char *home, cb_server_notice *notice, void *context, char *dsn,
                                         size_t dsn_size, struct cb_err *err);

/* Fast shutdown; not running is not an error. */
CB_CHECKED enum cb_code cb_server_stop(const char *home, struct cb_err *err);

#endif
