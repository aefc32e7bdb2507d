/* Where the private server lives and which programs run it. Inside db/ only. */
#ifndef CB_DB_SERVER_PATHS_H
#define CB_DB_SERVER_PATHS_H

#include "db/local_server.h"

#include <sys/types.h>

struct cb_server_paths {
    char home[CB_PATH_MAX];   /* absolute */
    char data[CB_PATH_MAX];   /* home/data: PGDATA */
    char log[CB_PATH_MAX];    /* home/server.log */
    char lock[CB_PATH_MAX];   /* home/lock */
    char socket[CB_PATH_MAX]; /* folder of the socket: home/run, or a short one in /tmp */
    bool short_socket;        /* the latter */
    bool as_root;             /* we are root; the server then runs as another user */
    uid_t uid;                /* who runs the server */
    gid_t gid;
    char user[64];
};

/* home as in cb_server_status. Nothing is made. CB_EXTERNAL when we are root and there is no user postgres.
 */
CB_CHECKED enum cb_code cb_server_paths_find(const char *home, struct cb_server_paths *paths,
                                             struct cb_err *err);

/* The server program `name` ("initdb", "postgres") of the major version `major` (0: the newest that is
 * 15 or later): CLAIMBASE_PG_BINDIR, Debian's folders, other usual folders, PATH. */
CB_CHECKED enum cb_code cb_server_program(const char *name, int major, char out[CB_PATH_MAX],
                                          struct cb_err *err);

/* The major version in data/PG_VERSION; 0 when there is no cluster. */
int cb_server_cluster_version(const struct cb_server_paths *paths);

/* Makes home and the folder of the socket, 0700 and owned by the server's user, and checks that he can
 * get there and that nobody else has a hand in them. */
CB_CHECKED enum cb_code cb_server_make_folders(const struct cb_server_paths *paths, struct cb_err *err);

#endif
