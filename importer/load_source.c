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

/* FNV-1a over both strings with their NULs; one that is not given counts like none. */
static uint64_t slot_hash(const char *asked, const char *domain)
{
    const char *const parts[] = {asked, domain};
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < 2; i++) {
        const char *at = parts[i] != NULL ? parts[i] : "";
        do
            hash = (hash ^ (unsigned char)*at) * UINT64_C(0x100000001b3);
        while (*at++ != '\0');
    }
    return hash ^ hash >> 32;
}

/* Where it stands in the table, or where it would. */
static size_t slot_of(const struct cb_loader *loader, const char *asked, const char *domain)
{
    size_t mask = loader->source_slot_count - 1, s = (size_t)slot_hash(asked, domain) & mask;
    for (; loader->source_slots[s] != 0; s = (s + 1) & mask) {
        const struct cb_load_source *source = loader->sources[loader->source_slots[s] - 1];
        if (same(source->asked, asked) && same(source->domain, domain))
            break;
    }
    return s;
}

/* Room for one more: at most half of the slots are taken. */
static enum cb_code grow_slots(struct cb_loader *loader, struct cb_err *err)
{
    if (2 * (loader->source_count + 1) <= loader->source_slot_count)
        return CB_OK;
    size_t count = loader->source_slot_count > 0 ? 2 * loader->source_slot_count : 64;
    uint32_t *slots = calloc(count, sizeof *slots);
    if (slots == NULL)
        return cb_no_memory(err);
    free(loader->source_slots);
    loader->source_slots = slots;
    loader->source_slot_count = count;
    for (size_t i = 0; i < loader->source_count; i++)
        slots[slot_of(loader, loader->sources[i]->asked, loader->sources[i]->domain)] = (uint32_t)i + 1;
    return CB_OK;
}

void cb_load_sources_free(struct cb_loader *loader)
{
    for (size_t i = 0; i < loader->source_count; i++) {
        free((char *)loader->sources[i]->asked);
        free((char *)loader->sources[i]->domain);
        free(loader->sources[i]->name);
        free(loader->sources[i]);
    }
    free(loader->sources);
    free(loader->source_slots);
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
    if (code == CB_OK)
        code = grow_slots(loader, err);
    if (code != CB_OK)
        return code;
    struct cb_load_source *source = calloc(1, sizeof *source);
    if (source == NULL)
        return cb_no_memory(err);
    *source = (struct cb_load_source){copy_or_null(asked), copy_or_null(domain), strdup(name), id};
    loader->sources[loader->source_count++] = source;
    *out = source;
    if (source->name == NULL || source->asked == NULL || (domain != NULL && source->domain == NULL))
        return cb_no_memory(err);
    loader->source_slots[slot_of(loader, asked, domain)] = (uint32_t)loader->source_count;
    return CB_OK;
}

static enum cb_code look_up(struct cb_loader *loader, const char *name, const char *domain,
                            const struct cb_load_source **out, struct cb_err *err)
{
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

enum cb_code cb_load_source_find(struct cb_loader *loader, const char *name, const char *domain,
                                 const struct cb_load_source **out, struct cb_err *err)
{
    uint32_t known = loader->source_count > 0 ? loader->source_slots[slot_of(loader, name, domain)] : 0;
    if (known > 0) {
        *out = loader->sources[known - 1];
        return CB_OK;
    }
    (void)pthread_mutex_lock(&loader->db_lock);
    enum cb_code code = look_up(loader, name, domain, out, err);
    (void)pthread_mutex_unlock(&loader->db_lock);
    return code;
}
