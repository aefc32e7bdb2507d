/* A folder's files, by name in byte order, deep. Hidden files (a dot in front) are left out. Each folder is
 * read once, however many links lead to it, so links in circles end by themselves. */
#include "base/array.h"
#include "importer/reader.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { ENTRIES_MAX = 16 * 1024 * 1024, WALK_PATH_MAX = 64 * 1024 };

struct folder_id {
    dev_t device;
    ino_t inode;
};

struct walk {
    struct cb_intake *intake;
    struct folder_id *items; /* folders that were entered */
    size_t count, capacity;
    unsigned depth;
    struct cb_buffer path;  /* of what is being read */
    int64_t *files, *bytes; /* counted instead of read when there is no intake */
};

struct names {
    char **items;
    size_t count, capacity;
};

static void names_release(struct names *names)
{
    for (size_t i = 0; i < names->count; i++)
        free(names->items[i]);
    free(names->items);
}

static enum cb_code names_add(struct names *names, const char *name, struct cb_err *err)
{
    void *items = names->items;
    enum cb_code code = cb_array_reserve(&items, &names->capacity, names->count + 1, sizeof *names->items,
                                         ENTRIES_MAX, "files in a folder", err);
    names->items = items;
    if (code != CB_OK)
        return code;
    char *copy = strdup(name);
    if (copy == NULL)
        return cb_no_memory(err);
    names->items[names->count++] = copy;
    return CB_OK;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static enum cb_code reject(struct walk *walk, const char *reason, struct cb_err *err)
{
    if (walk->intake == NULL)
        return CB_OK;
    const struct cb_input_reject what = {.path = cb_buffer_text(&walk->path), .reason = reason};
    return cb_intake_reject(walk->intake, &what, err);
}

/* The folder's names; *opened is false when it was rejected. */
static enum cb_code list_folder(struct walk *walk, struct names *names, bool *opened, struct cb_err *err)
{
    DIR *folder = opendir(cb_buffer_text(&walk->path));
    *opened = folder != NULL;
    if (folder == NULL)
        return reject(walk, strerror(errno), err);
    enum cb_code code = CB_OK;
    const struct dirent *entry;
    while (errno = 0, code == CB_OK && (entry = readdir(folder)) != NULL)
        if (entry->d_name[0] != '.')
            code = names_add(names, entry->d_name, err);
    if (code == CB_OK && errno != 0)
        code = reject(walk, strerror(errno), err);
    (void)closedir(folder);
    if (names->count > 1)
        qsort(names->items, names->count, sizeof *names->items, by_name);
    return code;
}

/* Notes that the folder is entered; *again when it was before. */
static enum cb_code enter(struct walk *walk, const struct stat *about, bool *again, struct cb_err *err)
{
    const struct folder_id id = {about->st_dev, about->st_ino};
    *again = false;
    for (size_t i = 0; i < walk->count && !*again; i++)
        *again = walk->items[i].device == id.device && walk->items[i].inode == id.inode;
    if (*again)
        return CB_OK;
    void *items = walk->items;
    enum cb_code code = cb_array_reserve(&items, &walk->capacity, walk->count + 1, sizeof *walk->items,
                                         ENTRIES_MAX, "folders", err);
    walk->items = items;
    if (code == CB_OK)
        walk->items[walk->count++] = id;
    return code;
}

static enum cb_code visit(struct walk *walk, struct cb_err *err);

static enum cb_code visit_folder(struct walk *walk, const struct stat *about, struct cb_err *err)
{
    bool again, opened;
    enum cb_code code = enter(walk, about, &again, err);
    if (code != CB_OK || again)
        return code;
    if (walk->depth >= CB_FOLDER_DEPTH)
        return reject(walk, "folders nested too deep", err);
    struct names names = {0};
    size_t len = walk->path.len;
    walk->depth++;
    code = list_folder(walk, &names, &opened, err);
    for (size_t i = 0; i < names.count && code == CB_OK; i++) {
        if (len > 0 && walk->path.data[len - 1] != '/')
            cb_buffer_add_char(&walk->path, '/');
        cb_buffer_add_text(&walk->path, names.items[i]);
        code = cb_buffer_status(&walk->path, "a path", err);
        if (code == CB_OK)
            code = visit(walk, err);
        walk->path.len = len;
        walk->path.data[len] = '\0';
    }
    walk->depth--;
    names_release(&names);
    return code;
}

static enum cb_code visit(struct walk *walk, struct cb_err *err)
{
    struct stat about;
    const char *path = cb_buffer_text(&walk->path);
    if (stat(path, &about) != 0)
        return reject(walk, strerror(errno), err);
    if (S_ISDIR(about.st_mode))
        return visit_folder(walk, &about, err);
    if (!S_ISREG(about.st_mode))
        return reject(walk, "not a regular file", err);
    if (walk->intake != NULL)
        return cb_read_path(walk->intake, path, err);
    ++*walk->files;
    *walk->bytes += about.st_size;
    return CB_OK;
}

static enum cb_code start(struct walk *walk, const char *path, struct cb_err *err)
{
    cb_buffer_init(&walk->path, WALK_PATH_MAX);
    cb_buffer_add_text(&walk->path, path);
    enum cb_code code = cb_buffer_status(&walk->path, "a path", err);
    if (code == CB_OK)
        code = visit(walk, err);
    cb_buffer_release(&walk->path);
    free(walk->items);
    return code;
}

enum cb_code cb_read_folder(struct cb_intake *intake, const char *path, struct cb_err *err)
{
    struct walk walk = {.intake = intake};
    return start(&walk, path, err);
}

void cb_input_measure(const char *path, int64_t *files, int64_t *bytes)
{
    struct walk walk = {.files = files, .bytes = bytes};
    struct cb_err ignored = {0};
    (void)!start(&walk, path, &ignored);
}
