#include "importer/stored_document.h"

#include "base/array.h"
#include "db/claim_id.h"
#include "db_queries.h"
#include "text/span.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_MAX = 16 * 1024 * 1024 };

static enum cb_code load_text(struct cb_loader *loader, struct cb_stored *stored, struct cb_err *err)
{
    struct cb_rows *rows = NULL;
    const char *const params[] = {stored->id};
    enum cb_code code = cb_db_one(loader->db, &cb_sql_stored_document, params, 1, &rows, err);
    if (code == CB_OK) {
        stored->len = cb_rows_length(rows, 0, 0);
        stored->text = cb_arena_copy(&stored->arena, cb_rows_text(rows, 0, 0), stored->len);
        stored->own_sentences = strcmp(cb_rows_text(rows, 0, 1), "none") == 0;
        code = stored->text == NULL
                   ? cb_no_memory(err)
                   : cb_code_points_make(stored->text, stored->len, &stored->arena, &stored->map, err);
    }
    cb_rows_free(rows);
    return code;
}

static enum cb_code load_sentences(struct cb_loader *loader, struct cb_stored *stored, struct cb_err *err)
{
    struct cb_rows *rows = NULL;
    const char *const params[] = {stored->id};
    enum cb_code code = cb_db_run(loader->db, &cb_sql_stored_sentences, params, 1, &rows, err);
    size_t count = code == CB_OK ? cb_rows_count(rows) : 0;
    void *items = stored->sentences;
    if (code == CB_OK)
        code = cb_array_reserve(&items, &stored->sentence_capacity, count + 1, sizeof *stored->sentences,
                                ROWS_MAX, "sentences", err);
    stored->sentences = items;
    for (size_t i = 0; code == CB_OK && i < count; i++)
        stored->sentences[i] = (struct cb_record_sentence){
            .range = {(int32_t)cb_rows_int(rows, i, 1), (int32_t)cb_rows_int(rows, i, 2)},
            .paragraph_no = (int32_t)cb_rows_int(rows, i, 3)};
    stored->sentence_count = code == CB_OK ? count : 0;
    cb_rows_free(rows);
    return code;
}

static enum cb_code load_claims(struct cb_loader *loader, struct cb_stored *stored, struct cb_err *err)
{
    struct cb_rows *rows = NULL;
    const char *const params[] = {stored->id};
    enum cb_code code = cb_db_run(loader->db, &cb_sql_stored_claims, params, 1, &rows, err);
    size_t count = code == CB_OK ? cb_rows_count(rows) : 0;
    void *items = stored->claims;
    if (code == CB_OK)
        code = cb_array_reserve(&items, &stored->claim_capacity, count + 1, sizeof *stored->claims, ROWS_MAX,
                                "claims", err);
    stored->claims = items;
    for (size_t i = 0; code == CB_OK && i < count; i++) {
        const char *name = cb_rows_text(rows, i, 4);
        stored->claims[i] = (struct cb_stored_claim){
            .claim_no = (int32_t)cb_rows_int(rows, i, 0),
            .range = {(int32_t)cb_rows_int(rows, i, 1), (int32_t)cb_rows_int(rows, i, 2)},
            .speaker_id = cb_rows_int(rows, i, 3),
            .speaker = cb_arena_copy(&stored->arena, name, strlen(name))};
    }
    stored->claim_count = code == CB_OK ? count : 0;
    cb_rows_free(rows);
    return code;
}

enum cb_code cb_stored_seal(struct cb_loader *loader, struct cb_err *err)
{
    struct cb_stored *stored = loader->stored;
    if (!stored->changed)
        return CB_OK;
    stored->changed = false;
    const char *const params[] = {stored->id};
    return cb_db_run(loader->db, &cb_sql_document_seal_set, params, 1, NULL, err);
}

enum cb_code cb_stored_find(struct cb_loader *loader, const char *name, char reason[CB_STORED_REASON_MAX],
                            struct cb_err *err)
{
    struct cb_stored *stored = loader->stored;
    if (stored->asked != NULL && strcmp(stored->asked, name) == 0)
        return CB_OK;
    enum cb_code code = cb_stored_seal(loader, err);
    if (code != CB_OK)
        return code;
    free(stored->asked);
    stored->asked = NULL;
    stored->cursor = 0;
    cb_arena_reset(&stored->arena);
    char id[CB_UUID_TEXT_SIZE];
    struct cb_err why = {0};
    code = cb_document_resolve(loader->db, name, id, &why);
    if (code == CB_NOT_FOUND) {
        (void)snprintf(reason, CB_STORED_REASON_MAX, "%.400s", why.message);
        return CB_OK;
    }
    if (code != CB_OK) {
        if (err != NULL)
            *err = why;
        return code;
    }
    (void)snprintf(stored->id, sizeof stored->id, "%s", id);
    code = load_text(loader, stored, err);
    if (code == CB_OK)
        code = load_sentences(loader, stored, err);
    if (code == CB_OK)
        code = load_claims(loader, stored, err);
    if (code == CB_OK && (stored->asked = strdup(name)) == NULL)
        code = cb_no_memory(err);
    return code;
}

bool cb_stored_locate(const struct cb_stored *stored, const char *words, size_t from, struct cb_span *out)
{
    const char *found = strstr(stored->text + from, words);
    if (found == NULL)
        found = strstr(stored->text, words);
    if (found == NULL || words[0] == '\0')
        return false;
    out->start = (uint32_t)(found - stored->text);
    out->end = out->start + (uint32_t)strlen(words);
    return true;
}

void cb_stored_free(struct cb_stored *stored)
{
    if (stored == NULL)
        return;
    cb_arena_release(&stored->arena);
    free(stored->asked);
    free(stored->sentences);
    free(stored->claims);
    free(stored);
}
