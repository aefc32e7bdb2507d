#include "importer/stored.h"

#include "base/array.h"
#include "db/array_literal.h"
#include "db/claim_id.h"
#include "db_queries.h"
#include "importer/stored_document.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_A_TRANSACTION = 1000, ROWS_MAX = 16 * 1024 * 1024, NUMBER_SIZE = 24 };

/* ------------------------------------------------------------------ transactions */

static enum cb_code open_row(struct cb_loader *loader, struct cb_err *err)
{
    if (loader->stored == NULL) {
        loader->stored = calloc(1, sizeof *loader->stored);
        if (loader->stored == NULL)
            return cb_no_memory(err);
        cb_arena_init(&loader->stored->arena, CB_BATCH_ARENA_MAX);
    }
    struct cb_stored *stored = loader->stored;
    enum cb_code code = CB_OK;
    if (!stored->open)
        code = cb_loader_begin_run(loader, err);
    if (!stored->open && code == CB_OK)
        code = cb_db_begin(loader->db, err);
    if (code == CB_OK)
        stored->open = true;
    stored->before = stored->added;
    return code == CB_OK ? cb_db_run(loader->db, &cb_sql_row_savepoint, NULL, 0, NULL, err) : code;
}

static void add_counts(struct cb_load_counts *to, const struct cb_load_counts *from)
{
    to->sentences += from->sentences;
    to->claims += from->claims;
    to->attributions += from->attributions;
    to->links += from->links;
    to->rows_known += from->rows_known;
}

enum cb_code cb_stored_flush(struct cb_loader *loader, struct cb_err *err)
{
    struct cb_stored *stored = loader->stored;
    if (stored == NULL || !stored->open)
        return CB_OK;
    stored->open = false;
    stored->rows = 0;
    enum cb_code code = CB_OK;
    if (loader->options->dry_run) {
        cb_db_rollback(loader->db);
        free(stored->asked); /* what was added to it is gone */
        stored->asked = NULL;
    } else {
        char number[3][NUMBER_SIZE];
        (void)snprintf(number[0], NUMBER_SIZE, "%lld", (long long)loader->run_id);
        (void)snprintf(number[1], NUMBER_SIZE, "%lld", (long long)stored->added.sentences);
        (void)snprintf(number[2], NUMBER_SIZE, "%lld", (long long)stored->added.claims);
        const char *const params[] = {number[0], "0", "0", number[1], number[2], "0"};
        code = cb_stored_seal(loader, err);
        if (code == CB_OK)
            code = cb_db_run(loader->db, &cb_sql_import_run_add, params, 6, NULL, err);
        if (code == CB_OK)
            code = cb_db_commit(loader->db, err);
        if (code != CB_OK)
            cb_db_rollback(loader->db);
    }
    if (code == CB_OK) {
        add_counts(&loader->counts, &stored->added);
        loader->counts.bytes_done = loader->counts.bytes_read;
    }
    stored->added = (struct cb_load_counts){0};
    return code;
}

/* Keeps the row, or undoes it alone: when it has a reason against it, or when the server refused what it
 * says. */
static enum cb_code close_row(struct cb_loader *loader, enum cb_code code, struct cb_err *why,
                              char reason[CB_STORED_REASON_MAX], struct cb_err *err)
{
    struct cb_stored *stored = loader->stored;
    bool refused =
        code == CB_REFUSED || strncmp(why->sqlstate, "22", 2) == 0 || strncmp(why->sqlstate, "23", 2) == 0;
    if (code != CB_OK && !refused) {
        if (err != NULL)
            *err = *why;
        return code;
    }
    if (code != CB_OK)
        (void)snprintf(reason, CB_STORED_REASON_MAX, "%.400s", why->message);
    if (reason[0] != '\0') {
        free(stored->asked); /* what it remembers may be undone now */
        stored->asked = NULL;
        stored->added = stored->before;
        return cb_db_run(loader->db, &cb_sql_row_undo, NULL, 0, NULL, err);
    }
    code = cb_db_run(loader->db, &cb_sql_row_release, NULL, 0, NULL, err);
    if (code == CB_OK && ++stored->rows >= ROWS_A_TRANSACTION)
        code = cb_stored_flush(loader, err);
    return code;
}

/* ------------------------------------------------------------------ places */

static struct cb_span to_span(const struct cb_stored *stored, struct cb_record_range range)
{
    return (struct cb_span){(uint32_t)cb_code_points_byte(&stored->map, (uint32_t)range.start),
                            (uint32_t)cb_code_points_byte(&stored->map, (uint32_t)range.end)};
}

static struct cb_record_range to_range(const struct cb_stored *stored, struct cb_span span)
{
    return (struct cb_record_range){(int32_t)cb_code_points_at(&stored->map, span.start),
                                    (int32_t)cb_code_points_at(&stored->map, span.end)};
}

/* Where the row's words stand: by offsets, which the words must bear out, or by the words. */
static bool place(struct cb_stored *stored, const char *text, bool has_range, struct cb_record_range range,
                  struct cb_record_range *out, char reason[CB_STORED_REASON_MAX])
{
    struct cb_span span;
    int32_t end = (int32_t)cb_code_points_at(&stored->map, stored->len);
    if (has_range && (range.start < 0 || range.end <= range.start || range.end > end)) {
        (void)snprintf(reason, CB_STORED_REASON_MAX,
                       "%d to %d is no part of the text, which has %d code points", (int)range.start,
                       (int)range.end, (int)end);
        return false;
    }
    if (has_range) {
        span = to_span(stored, range);
        size_t len = text != NULL ? strlen(text) : 0;
        if (text != NULL &&
            (len != span.end - span.start || memcmp(stored->text + span.start, text, len) != 0)) {
            (void)snprintf(reason, CB_STORED_REASON_MAX, "the text at %d to %d is another one",
                           (int)range.start, (int)range.end);
            return false;
        }
    } else if (text == NULL) {
        (void)snprintf(reason, CB_STORED_REASON_MAX, "neither text nor start and end are given");
        return false;
    } else if (!cb_stored_locate(stored, text, stored->cursor, &span)) {
        (void)snprintf(reason, CB_STORED_REASON_MAX, "the document has no such words");
        return false;
    }
    stored->cursor = span.end;
    *out = to_range(stored, span);
    return true;
}

/* ------------------------------------------------------------------ sentences */

static bool same_range(struct cb_record_range a, struct cb_record_range b)
{
    return a.start == b.start && a.end == b.end;
}

static enum cb_code insert_sentence(struct cb_loader *loader, const struct cb_stored_sentence *row,
                                    struct cb_record_range range, struct cb_err *err)
{
    struct cb_stored *stored = loader->stored;
    void *items = stored->sentences;
    enum cb_code code = cb_array_reserve(&items, &stored->sentence_capacity, stored->sentence_count + 1,
                                         sizeof *stored->sentences, ROWS_MAX, "sentences", err);
    stored->sentences = items;
    if (code != CB_OK)
        return code;
    size_t count = stored->sentence_count;
    int32_t paragraph = row->paragraph_no;
    if (paragraph == 0)
        paragraph = count > 0 ? stored->sentences[count - 1].paragraph_no : 1;
    char number[4][NUMBER_SIZE];
    const int32_t values[] = {(int32_t)count + 1, paragraph, range.start, range.end};
    for (size_t i = 0; i < 4; i++)
        (void)snprintf(number[i], NUMBER_SIZE, "%d", (int)values[i]);
    const char *const params[] = {stored->id, number[0], number[1], row->kind != NULL ? row->kind : "body",
                                  number[2],  number[3]};
    code = cb_db_run(loader->db, &cb_sql_sentence_add, params, 6, NULL, err);
    if (code == CB_OK) {
        stored->sentences[stored->sentence_count++] =
            (struct cb_record_sentence){.range = range, .paragraph_no = paragraph};
        stored->added.sentences++;
        stored->changed = true;
    }
    return code;
}

static enum cb_code add_sentence(struct cb_loader *loader, const struct cb_stored_sentence *row,
                                 char reason[CB_STORED_REASON_MAX], struct cb_err *err)
{
    enum cb_code code = cb_stored_find(loader, row->document, reason, err);
    struct cb_stored *stored = loader->stored;
    struct cb_record_range range;
    if (code != CB_OK || reason[0] != '\0' ||
        !place(stored, row->text, row->has_range, row->range, &range, reason))
        return code;
    for (size_t i = 0; i < stored->sentence_count; i++) {
        struct cb_record_range other = stored->sentences[i].range;
        if (same_range(other, range)) {
            stored->added.rows_known++;
            return CB_OK;
        }
        if (stored->own_sentences && other.start < range.end && range.start < other.end) {
            (void)snprintf(reason, CB_STORED_REASON_MAX, "it overlaps sentence %zu, from %d to %d", i + 1,
                           (int)other.start, (int)other.end);
            return CB_OK;
        }
    }
    if (!stored->own_sentences) {
        (void)snprintf(reason, CB_STORED_REASON_MAX,
                       "the program found the document's sentences; --no-extract leaves them to you");
        return CB_OK;
    }
    return insert_sentence(loader, row, range, err);
}

enum cb_code cb_stored_add_sentence(struct cb_loader *loader, const struct cb_stored_sentence *row,
                                    char reason[CB_STORED_REASON_MAX], struct cb_err *err)
{
    struct cb_err why = {0};
    reason[0] = '\0';
    enum cb_code code = open_row(loader, &why);
    if (code == CB_OK)
        code = add_sentence(loader, row, reason, &why);
    return close_row(loader, code, &why, reason, err);
}

/* ------------------------------------------------------------------ links */

static enum cb_code add_link(struct cb_loader *loader, const struct cb_stored_link *row,
                             char reason[CB_STORED_REASON_MAX], struct cb_err *err)
{
    enum cb_code code = cb_stored_find(loader, row->document, reason, err);
    if (code != CB_OK || reason[0] != '\0')
        return code;
    struct cb_stored *stored = loader->stored;
    char target[CB_UUID_TEXT_SIZE];
    struct cb_err ignored = {0};
    code = cb_document_resolve(loader->db, row->target, target, &ignored);
    bool is_document = code == CB_OK, is_url = strstr(row->target, "://") != NULL;
    if (code != CB_OK && code != CB_NOT_FOUND) {
        *err = ignored;
        return code;
    }
    if (is_document && strcmp(target, stored->id) == 0) {
        (void)snprintf(reason, CB_STORED_REASON_MAX, "a document does not come from itself");
        return CB_OK;
    }
    const char *key =
        is_document || is_url ? NULL : cb_origin_key("stated", row->target, NULL, &stored->arena);
    const char *const params[] = {
        stored->id,
        row->kind,
        is_document ? target : NULL,
        is_url ? row->target : NULL,
        is_document || is_url ? NULL : row->target,
        key,
        row->stated_by != NULL ? row->stated_by : loader->options->actor,
        row->reason != NULL ? row->reason : "stated in an imported list of links",
    };
    struct cb_rows *rows = NULL;
    code = cb_db_run(loader->db, &cb_sql_document_link_add, params, 8, &rows, err);
    if (code == CB_OK && cb_rows_count(rows) > 0)
        stored->added.links++;
    else if (code == CB_OK)
        stored->added.rows_known++;
    cb_rows_free(rows);
    return code;
}

enum cb_code cb_stored_add_link(struct cb_loader *loader, const struct cb_stored_link *row,
                                char reason[CB_STORED_REASON_MAX], struct cb_err *err)
{
    struct cb_err why = {0};
    reason[0] = '\0';
    enum cb_code code = open_row(loader, &why);
    if (code == CB_OK)
        code = add_link(loader, row, reason, &why);
    return close_row(loader, code, &why, reason, err);
}

/* ------------------------------------------------------------------ attributions */

static enum cb_code find_speaker(struct cb_loader *loader, const struct cb_stored_attribution *row,
                                 char id[NUMBER_SIZE], struct cb_err *err)
{
    struct cb_arena *arena = &loader->stored->arena;
    struct cb_buffer columns[4];
    const char *const values[] = {cb_name_key(row->speaker, arena), row->speaker, row->role, "unknown"};
    const char *params[4];
    struct cb_rows *rows = NULL;
    enum cb_code code = values[0] == NULL ? cb_no_memory(err) : CB_OK;
    for (size_t i = 0; i < 4; i++) {
        cb_buffer_init(&columns[i], 64 * 1024);
        cb_array_literal(&columns[i], &values[i], 1);
        params[i] = cb_buffer_text(&columns[i]);
        if (code == CB_OK)
            code = cb_buffer_status(&columns[i], "a speaker", err);
    }
    if (code == CB_OK)
        code = cb_db_run(loader->db, &cb_sql_speaker_upsert, params, 4, NULL, err);
    if (code == CB_OK)
        code = cb_db_one(loader->db, &cb_sql_speaker_find, params, 1, &rows, err);
    if (code == CB_OK)
        (void)snprintf(id, NUMBER_SIZE, "%s", cb_rows_text(rows, 0, 1));
    cb_rows_free(rows);
    for (size_t i = 0; i < 4; i++)
        cb_buffer_release(&columns[i]);
    return code;
}

static int32_t sentence_at(const struct cb_stored *stored, int32_t offset)
{
    for (size_t i = 0; i < stored->sentence_count; i++)
        if (stored->sentences[i].range.start <= offset && offset < stored->sentences[i].range.end)
            return (int32_t)i + 1;
    return 0;
}

/* Code points round the claim, as the anchors of the program's own claims have them. */
static const char *context_of(struct cb_stored *stored, int32_t start, int32_t end)
{
    int32_t last = (int32_t)cb_code_points_at(&stored->map, stored->len);
    struct cb_record_range range = {start < 0 ? 0 : start, end > last ? last : end};
    struct cb_span span = to_span(stored, range);
    return cb_arena_copy(&stored->arena, stored->text + span.start, span.end - span.start);
}

static enum cb_code insert_claim(struct cb_loader *loader, const struct cb_stored_attribution *row,
                                 struct cb_record_range range, int32_t sentence_no, const char *speaker_id,
                                 struct cb_err *err)
{
    struct cb_stored *stored = loader->stored;
    void *items = stored->claims;
    enum cb_code code = cb_array_reserve(&items, &stored->claim_capacity, stored->claim_count + 1,
                                         sizeof *stored->claims, ROWS_MAX, "claims", err);
    stored->claims = items;
    if (code != CB_OK)
        return code;
    int32_t number = stored->claim_count > 0 ? stored->claims[stored->claim_count - 1].claim_no + 1 : 1;
    char numbers[4][NUMBER_SIZE];
    const int32_t values[] = {number, sentence_no, range.start, range.end};
    for (size_t i = 0; i < 4; i++)
        (void)snprintf(numbers[i], NUMBER_SIZE, "%d", (int)values[i]);
    const char *const params[] = {
        stored->id,
        numbers[0],
        numbers[1],
        row->kind != NULL ? row->kind : "indirect",
        row->modality != NULL ? row->modality : "stated",
        numbers[2],
        numbers[3],
        context_of(stored, range.start, range.end),
        context_of(stored, range.start - CB_ANCHOR_CONTEXT, range.start),
        context_of(stored, range.end, range.end + CB_ANCHOR_CONTEXT),
        speaker_id,
    };
    if (params[7] == NULL || params[8] == NULL || params[9] == NULL)
        return cb_no_memory(err);
    code = cb_db_run(loader->db, &cb_sql_claim_add, params, 11, NULL, err);
    if (code == CB_OK) {
        stored->claims[stored->claim_count++] =
            (struct cb_stored_claim){number, range, strtoll(speaker_id, NULL, 10), row->speaker};
        stored->added.claims++;
        stored->changed = true;
    }
    return code;
}

/* How far the words at `here` are from the claim: in its own sentence first. */
static size_t distance_to(const struct cb_stored *stored, struct cb_span here, struct cb_record_range claim)
{
    struct cb_span span = to_span(stored, claim);
    size_t gap = here.start >= span.end   ? here.start - span.end
                 : here.end <= span.start ? span.start - here.end
                                          : 0;
    bool same = sentence_at(stored, to_range(stored, here).start) == sentence_at(stored, claim.start);
    return gap + (same ? 0 : stored->len);
}

/* The place of the words that are nearest to the claim; two NULLs when none are given. */
static bool place_near(const struct cb_stored *stored, const char *words, struct cb_record_range claim,
                       char out[2][NUMBER_SIZE], const char *params[2], const char *name,
                       char reason[CB_STORED_REASON_MAX])
{
    params[0] = params[1] = NULL;
    if (words == NULL)
        return true;
    struct cb_span best = {0, 0};
    for (const char *at = stored->text; (at = strstr(at, words)) != NULL; at++) {
        struct cb_span here = {(uint32_t)(at - stored->text),
                               (uint32_t)(at - stored->text) + (uint32_t)strlen(words)};
        if (best.end == 0 || distance_to(stored, here, claim) < distance_to(stored, best, claim))
            best = here;
    }
    if (best.end == 0) {
        (void)snprintf(reason, CB_STORED_REASON_MAX, "the document has no such words as the %s", name);
        return false;
    }
    struct cb_record_range range = to_range(stored, best);
    (void)snprintf(out[0], NUMBER_SIZE, "%d", (int)range.start);
    (void)snprintf(out[1], NUMBER_SIZE, "%d", (int)range.end);
    params[0] = out[0];
    params[1] = out[1];
    return true;
}

static enum cb_code insert_chain(struct cb_loader *loader, const struct cb_stored_attribution *row,
                                 const struct cb_stored_claim *claim, const char *speaker_id,
                                 char reason[CB_STORED_REASON_MAX], struct cb_err *err)
{
    struct cb_stored *stored = loader->stored;
    char number[NUMBER_SIZE], content[2][NUMBER_SIZE], source[2][NUMBER_SIZE], cue[2][NUMBER_SIZE];
    const char *source_at[2], *cue_at[2];
    if (!place_near(stored, row->source, claim->range, source, source_at, "source", reason) ||
        !place_near(stored, row->cue, claim->range, cue, cue_at, "cue", reason))
        return CB_OK;
    (void)snprintf(number, sizeof number, "%d", (int)claim->claim_no);
    (void)snprintf(content[0], NUMBER_SIZE, "%d", (int)claim->range.start);
    (void)snprintf(content[1], NUMBER_SIZE, "%d", (int)claim->range.end);
    const char *const params[] = {stored->id,   number,    "speaker", speaker_id, row->speaker, source_at[0],
                                  source_at[1], cue_at[0], cue_at[1], content[0], content[1]};
    enum cb_code code = cb_db_run(loader->db, &cb_sql_attribution_add, params, 11, NULL, err);
    stored->added.attributions++;
    if (code == CB_OK && row->via != NULL) {
        const char *const via[] = {stored->id, number, "via", NULL, row->via, NULL,
                                   NULL,       NULL,   NULL,  NULL, NULL};
        code = cb_db_run(loader->db, &cb_sql_attribution_add, via, 11, NULL, err);
        stored->added.attributions++;
    }
    return code;
}

/* A claim that the program found, too: it keeps its number and gets the speaker when it has none. */
static enum cb_code attribute_known(struct cb_loader *loader, const struct cb_stored_attribution *row,
                                    struct cb_stored_claim *claim, const char *speaker_id,
                                    char reason[CB_STORED_REASON_MAX], struct cb_err *err)
{
    struct cb_stored *stored = loader->stored;
    int64_t id = strtoll(speaker_id, NULL, 10);
    if (claim->speaker_id == id) {
        stored->added.rows_known++;
        return CB_OK;
    }
    if (claim->speaker_id != 0) {
        (void)snprintf(reason, CB_STORED_REASON_MAX, "claim %.8s.%d is attributed to '%.200s' already",
                       stored->id, (int)claim->claim_no, claim->speaker);
        return CB_OK;
    }
    char number[NUMBER_SIZE];
    (void)snprintf(number, sizeof number, "%d", (int)claim->claim_no);
    const char *const params[] = {stored->id, number, speaker_id};
    enum cb_code code = cb_db_run(loader->db, &cb_sql_claim_speaker_set, params, 3, NULL, err);
    claim->speaker_id = id;
    return code == CB_OK ? insert_chain(loader, row, claim, speaker_id, reason, err) : code;
}

static enum cb_code add_attribution(struct cb_loader *loader, const struct cb_stored_attribution *row,
                                    char reason[CB_STORED_REASON_MAX], struct cb_err *err)
{
    enum cb_code code = cb_stored_find(loader, row->document, reason, err);
    struct cb_stored *stored = loader->stored;
    struct cb_record_range range;
    if (code != CB_OK || reason[0] != '\0' ||
        !place(stored, row->text, row->has_range, row->range, &range, reason))
        return code;
    int32_t sentence_no = sentence_at(stored, range.start);
    if (sentence_no == 0) {
        (void)snprintf(reason, CB_STORED_REASON_MAX,
                       "no sentence begins it: import the document's sentences first");
        return CB_OK;
    }
    char speaker_id[NUMBER_SIZE];
    code = find_speaker(loader, row, speaker_id, err);
    if (code != CB_OK)
        return code;
    for (size_t i = 0; i < stored->claim_count; i++)
        if (same_range(stored->claims[i].range, range))
            return attribute_known(loader, row, &stored->claims[i], speaker_id, reason, err);
    code = insert_claim(loader, row, range, sentence_no, speaker_id, err);
    return code == CB_OK
               ? insert_chain(loader, row, &stored->claims[stored->claim_count - 1], speaker_id, reason, err)
               : code;
}

enum cb_code cb_stored_add_attribution(struct cb_loader *loader, const struct cb_stored_attribution *row,
                                       char reason[CB_STORED_REASON_MAX], struct cb_err *err)
{
    struct cb_err why = {0};
    reason[0] = '\0';
    enum cb_code code = open_row(loader, &why);
    if (code == CB_OK)
        code = add_attribution(loader, row, reason, &why);
    return close_row(loader, code, &why, reason, err);
}
