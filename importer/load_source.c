/* Whose document it is: looked up once a name, then remembered for the run. */
#include "base/array.h"
#include "db_queries.h"
#include "importer/loader.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

const char *cb_url_host(const char *url, struct cb_arena *arena)
{
    const char *at = url != NULL ? strstr(url, "://") : NULL;
    if (at == NULL)
        return NULL;
    at += 3;
    size_t len = strcspn(at, "/?#");
    const char *user = memchr(at, '@', len);
    if (user != NULL) {
        len -= (size_t)(user + 1 - at);
        at = user + 1;
    }
    const char *port = memchr(at, ':', len);
    if (port != NULL)
        len = (size_t)(port - at);
    if (len > 4 && strncmp(at, "www.", 4) == 0) {
        at += 4;
        len -= 4;
    }
    char *host = len > 0 ? cb_arena_copy(arena, at, len) : NULL;
    for (char *c = host; c != NULL && *c != '\0'; c++)
        *c = (char)tolower((unsigned char)*c);
    return host;
}

static bool same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static char *copy_or_null(const char *text)
{
    return text != NULL ? strdup(text) : NULL;
}

static enum cb_code remember(struct cb_loader *loader, const char *asked, const char *domain,
                             const char *name, int64_t id, const struct cb_load_source **out,
                             struct cb_err *err)
{
    void *items = loader->sources;
    enum cb_code code = cb_array_reserve(&items, &loader->source_capacity, loader->source_count + 1,
                                         sizeof(struct cb_load_source *), CB_SOURCES_MAX, "sources", err);
    loader->sources = items;
    if (code != CB_OK)
        return code;
    struct cb_load_source *source = calloc(1, sizeof *source);
    if (source == NULL)
        return cb_no_memory(err);
    *source = (struct cb_load_source){copy_or_null(asked), copy_or_null(domain), strdup(name), id};
    loader->sources[loader->source_count++] = source;
    *out = source;
    return source->name == NULL || source->asked == NULL ? cb_no_memory(err) : CB_OK;
}

enum cb_code cb_load_source_find(struct cb_loader *loader, const char *name, const char *domain,
                                 const struct cb_load_source **out, struct cb_err *err)
{
    for (size_t i = loader->source_count; i-- > 0;)
        if (same(loader->sources[i]->asked, name) && same(loader->sources[i]->domain, domain)) {
            *out = loader->sources[i];
            return CB_OK;
        }
    struct cb_rows *rows = NULL;
    const char *const params[] = {name, domain};
    enum cb_code code = cb_db_run(loader->db, &cb_sql_source_find, params, 2, &rows, err);
    if (code == CB_OK && cb_rows_count(rows) == 0 && !loader->options->dry_run) {
        cb_rows_free(rows);
        rows = NULL;
        code = cb_db_one(loader->db, &cb_sql_source_add, params, 2, &rows, err);
    }
    if (code == CB_OK && cb_rows_count(rows) > 0)
        code = remember(loader, name, domain, cb_rows_text(rows, 0, 1), cb_rows_int(rows, 0, 0), out, err);
    else if (code == CB_OK)
        code = remember(loader, name, domain, name, 0, out, err);
    cb_rows_free(rows);
    return code;
}
