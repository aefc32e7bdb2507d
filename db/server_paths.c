#include "db/server_paths.h"

#include "base/hash.h"
#include "db/server_process.h"

#include <dirent.h>
#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { OLDEST_SERVER = 15 };

#define SOCKET_FILE "/.s.PGSQL.5432"

static enum cb_code join(char out[CB_PATH_MAX], const char *folder, const char *name, struct cb_err *err)
{
    int len = snprintf(out, CB_PATH_MAX, "%s%s", folder, name);
    if (len < 0 || len >= CB_PATH_MAX)
        return cb_fail(err, CB_LIMIT, "the path '%s%s' is too long", folder, name);
    return CB_OK;
}

/* Root's own data folder is closed to the server's user, so root has a system folder. */
static enum cb_code default_home(bool as_root, char out[CB_PATH_MAX], struct cb_err *err)
{
    const char *xdg = getenv("XDG_DATA_HOME");
    if (xdg != NULL && xdg[0] == '/')
        return join(out, xdg, "/claimbase", err);
    if (as_root)
        return join(out, "/var/lib/claimbase", "", err);
    const char *home = getenv("HOME");
    const struct passwd *entry = home == NULL || home[0] != '/' ? getpwuid(getuid()) : NULL;
    if (entry != NULL)
        home = entry->pw_dir;
    if (home == NULL || home[0] != '/') {
        (void)cb_fail(err, CB_USAGE, "no home folder to keep the database in");
        cb_hint(err, "set CLAIMBASE_HOME, or name a database by --dsn");
        return CB_USAGE;
    }
    return join(out, home, "/.local/share/claimbase", err);
}

static enum cb_code find_home(const char *home, bool as_root, char out[CB_PATH_MAX], struct cb_err *err)
{
    if (home == NULL || home[0] == '\0')
        home = getenv("CLAIMBASE_HOME");
    if (home == NULL || home[0] == '\0')
        return default_home(as_root, out, err);
    enum cb_code code = CB_OK;
    if (home[0] == '/') {
        code = join(out, home, "", err);
    } else {
        char here[CB_PATH_MAX];
        if (getcwd(here, sizeof here - 1) == NULL)
            return cb_fail(err, CB_INPUT, "can't tell the current folder: %s", strerror(errno));
        size_t len = strlen(here);
        here[len] = '/';
        here[len + 1] = '\0';
        code = join(out, here, home, err);
    }
    for (size_t len = strlen(out); code == CB_OK && len > 1 && out[len - 1] == '/'; len--)
        out[len - 1] = '\0';
    return code;
}

static enum cb_code find_user(struct cb_server_paths *paths, struct cb_err *err)
{
    const struct passwd *entry = paths->as_root ? getpwnam("postgres") : getpwuid(getuid());
    if (entry == NULL) {
        if (!paths->as_root)
            return cb_fail(err, CB_EXTERNAL, "user %ld has no entry in the password file", (long)getuid());
        (void)cb_fail(err, CB_EXTERNAL,
                      "PostgreSQL refuses to run as root, and there is no user 'postgres' to run it as");
        cb_hint(err, "install the package 'postgresql', or run claimbase as a normal user");
        return CB_EXTERNAL;
    }
    paths->uid = entry->pw_uid;
    paths->gid = entry->pw_gid;
    int len = snprintf(paths->user, sizeof paths->user, "%s", entry->pw_name);
    if (len < 0 || (size_t)len >= sizeof paths->user)
        return cb_fail(err, CB_LIMIT, "the name of user %ld is too long", (long)paths->uid);
    return CB_OK;
}

/* libpq takes a comma in `host` as a list, and the server one in its setting: only plain paths are used. */
static bool plain_path(const char *path)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+@ ~";
    return path[strspn(path, plain)] == '\0' && strstr(path, " /") == NULL && strstr(path, "/ ") == NULL;
}

/* A socket's path has some hundred bytes; a longer home gets a short folder named by its hash. */
static enum cb_code find_socket(struct cb_server_paths *paths, struct cb_err *err)
{
    enum cb_code code = join(paths->socket, paths->home, "/run", err);
    if (code != CB_OK)
        return code;
    struct sockaddr_un address;
    size_t need = strlen(paths->socket) + sizeof SOCKET_FILE;
    paths->short_socket = need > sizeof address.sun_path || !plain_path(paths->socket);
    if (!paths->short_socket)
        return CB_OK;
    struct cb_sha256 hash;
    char hex[CB_SHA256_HEX_SIZE];
    code = cb_sha256(paths->home, strlen(paths->home), &hash, err);
    if (code != CB_OK)
        return code;
    cb_sha256_hex(&hash, hex);
    (void)snprintf(paths->socket, sizeof paths->socket, "/tmp/claimbase-%ld-%.16s", (long)paths->uid, hex);
    return CB_OK;
}

enum cb_code cb_server_paths_find(const char *home, struct cb_server_paths *paths, struct cb_err *err)
{
    *paths = (struct cb_server_paths){.as_root = geteuid() == 0};
    enum cb_code code = find_home(home, paths->as_root, paths->home, err);
    if (code == CB_OK)
        code = join(paths->data, paths->home, "/data", err);
    if (code == CB_OK)
        code = join(paths->log, paths->home, "/server.log", err);
    if (code == CB_OK)
        code = join(paths->lock, paths->home, "/lock", err);
    if (code == CB_OK)
        code = find_user(paths, err);
    if (code == CB_OK)
        code = find_socket(paths, err);
    return code;
}

/* ------------------------------------------------------------------ the server's programs */

static bool is_program(const char *folder, const char *name, char out[CB_PATH_MAX])
{
    int len = snprintf(out, CB_PATH_MAX, "%s/%s", folder, name);
    return len > 0 && len < CB_PATH_MAX && access(out, X_OK) == 0;
}

/* Debian: /usr/lib/postgresql/<major>/bin, many majors side by side. */
static bool in_versioned_folder(const char *base, const char *name, int major, char out[CB_PATH_MAX])
{
    char folder[CB_PATH_MAX];
    int best = 0;
    DIR *dir = opendir(base);
    if (dir == NULL)
        return false;
    for (const struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
        char *end = NULL;
        long version = strtol(entry->d_name, &end, 10);
        if (*end != '\0' || version < OLDEST_SERVER || version > 999 || (major != 0 && version != major))
            continue;
        (void)snprintf(folder, sizeof folder, "%s/%ld/bin", base, version);
        if (version > best && is_program(folder, name, out))
            best = (int)version;
    }
    (void)closedir(dir);
    (void)snprintf(folder, sizeof folder, "%s/%d/bin", base, best);
    return best != 0 && is_program(folder, name, out);
}

static bool in_path(const char *name, char out[CB_PATH_MAX])
{
    const char *path = getenv("PATH");
    char folder[CB_PATH_MAX];
    while (path != NULL && *path != '\0') {
        size_t len = strcspn(path, ":");
        if (len > 0 && len < sizeof folder) {
            memcpy(folder, path, len);
            folder[len] = '\0';
            if (is_program(folder, name, out))
                return true;
        }
        path += len + (path[len] == ':');
    }
    return false;
}

enum cb_code cb_server_program(const char *name, int major, char out[CB_PATH_MAX], struct cb_err *err)
{
    const char *given = getenv("CLAIMBASE_PG_BINDIR");
    if (given != NULL && given[0] != '\0') {
        if (is_program(given, name, out))
            return CB_OK;
        return cb_fail(err, CB_EXTERNAL, "CLAIMBASE_PG_BINDIR is '%s', but there is no program '%s' there",
                       given, name);
    }
    if (in_versioned_folder("/usr/lib/postgresql", name, major, out) ||
        is_program("/usr/pgsql/bin", name, out) || is_program("/usr/local/pgsql/bin", name, out) ||
        in_path(name, out))
        return CB_OK;
    if (major != 0)
        (void)cb_fail(err, CB_EXTERNAL, "PostgreSQL's program '%s' of version %d is not installed", name,
                      major);
    else
        (void)cb_fail(err, CB_EXTERNAL, "PostgreSQL's program '%s' is not installed", name);
    cb_hint(err, "install the package 'postgresql', set CLAIMBASE_PG_BINDIR to the folder of the server's "
                 "programs, or name a database by --dsn");
    return CB_EXTERNAL;
}

int cb_server_cluster_version(const struct cb_server_paths *paths)
{
    char path[CB_PATH_MAX];
    int version = 0;
    if (join(path, paths->data, "/PG_VERSION", NULL) != CB_OK)
        return 0;
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return 0;
    char line[16] = "";
    if (fgets(line, sizeof line, file) != NULL)
        version = (int)strtol(line, NULL, 10);
    (void)fclose(file);
    return version;
}

/* ------------------------------------------------------------------ folders */

static enum cb_code make_parents(const char *path, struct cb_err *err)
{
    char part[CB_PATH_MAX];
    (void)snprintf(part, sizeof part, "%s", path);
    for (char *at = strchr(part + 1, '/'); at != NULL; at = strchr(at + 1, '/')) {
        *at = '\0';
        if (mkdir(part, 0755) != 0 && errno != EEXIST)
            return cb_fail(err, CB_INPUT, "can't make the folder '%s': %s", part, strerror(errno));
        *at = '/';
    }
    return CB_OK;
}

/* `path` becomes a folder of the server's user alone; a link, or a folder of somebody else, is refused. */
static enum cb_code make_private(const struct cb_server_paths *paths, const char *path, struct cb_err *err)
{
    bool made = mkdir(path, 0700) == 0;
    if (!made && errno != EEXIST)
        return cb_fail(err, CB_INPUT, "can't make the folder '%s': %s", path, strerror(errno));
    struct stat info;
    if (lstat(path, &info) != 0 || !S_ISDIR(info.st_mode))
        return cb_fail(err, CB_INPUT, "'%s' is not a folder", path);
    bool ours = info.st_uid == paths->uid || (paths->as_root && info.st_uid == 0);
    if (!ours) {
        (void)cb_fail(err, CB_INPUT, "the folder '%s' belongs to another user", path);
        cb_hint(err,
                "the database's folder must belong to '%s'; set CLAIMBASE_HOME to another place, or --dsn to "
                "a server "
                "that all can reach",
                paths->user);
        return CB_INPUT;
    }
    if (info.st_uid != paths->uid && chown(path, paths->uid, paths->gid) != 0)
        return cb_fail(err, CB_INPUT, "can't give the folder '%s' to '%s': %s", path, paths->user,
                       strerror(errno));
    if ((info.st_mode & 0777) != 0700 && chmod(path, 0700) != 0)
        return cb_fail(err, CB_INPUT, "can't make the folder '%s' private: %s", path, strerror(errno));
    return CB_OK;
}

enum cb_code cb_server_make_folders(const struct cb_server_paths *paths, struct cb_err *err)
{
    enum cb_code code = make_parents(paths->home, err);
    if (code == CB_OK)
        code = make_private(paths, paths->home, err);
    if (code == CB_OK)
        code = make_private(paths, paths->socket, err);
    if (code != CB_OK || !paths->as_root)
        return code;
    if (!cb_server_user_reaches(paths)) {
        (void)cb_fail(err, CB_INPUT, "the user '%s', who runs the server for root, can't get to '%s'",
                      paths->user, paths->home);
        cb_hint(err,
                "set CLAIMBASE_HOME to a folder whose parents others may enter, such as /var/lib/claimbase");
        return CB_INPUT;
    }
    return CB_OK;
}
