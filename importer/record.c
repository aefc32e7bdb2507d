#include "importer/record.h"

#include "text/unicode.h"

#include <stdio.h>
#include <string.h>

enum { KEY_MAX = 4096 };

struct maker {
    const char *text;
    size_t len;
    const struct cb_extraction *found;
    const char *source;
    const struct cb_uuid *document;
    struct cb_code_points map;
    struct cb_arena *arena;
    struct cb_record_rows *out;
    struct cb_err *err;
};

void cb_uuid_text(const struct cb_uuid *uuid, char out[37])
{
    static const char digits[] = "0123456789abcdef";
    size_t at = 0;
    for (size_t i = 0; i < sizeof uuid->bytes; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            out[at++] = '-';
        out[at++] = digits[uuid->bytes[i] >> 4];
        out[at++] = digits[uuid->bytes[i] & 15];
    }
    out[at] = '\0';
}

/* A copy of `text` in the arena; NULL stays NULL. *failed is set when there is no memory. */
static const char *keep(struct cb_arena *arena, const char *text, bool *failed)
{
    if (text == NULL)
        return NULL;
    const char *copy = cb_arena_copy(arena, text, strlen(text));
    *failed = *failed || copy == NULL;
    return copy;
}

static const char *folded(const char *text, struct cb_arena *arena)
{
    struct cb_buffer out;
    cb_buffer_init(&out, KEY_MAX);
    struct cb_err ignored;
    const char *copy = NULL;
    if (cb_fold(text, strlen(text), &out, &ignored) == CB_OK)
        copy = cb_arena_copy(arena, cb_buffer_text(&out), out.len);
    else /* too long for a key: as it stands */
        copy = cb_arena_copy(arena, text, strlen(text));
    cb_buffer_release(&out);
    return copy;
}

const char *cb_name_key(const char *name, struct cb_arena *arena)
{
    return folded(name, arena);
}

const char *cb_origin_key(const char *what, const char *target, const char *speaker, struct cb_arena *arena)
{
    struct cb_buffer key;
    cb_buffer_init(&key, 3 * KEY_MAX);
    const char *parts[] = {what, target, speaker};
    for (size_t i = 0; i < 3; i++) {
        const char *part = parts[i] != NULL ? folded(parts[i], arena) : "";
        if (i > 0)
            cb_buffer_add_char(&key, '|');
        if (part != NULL)
            cb_buffer_add_text(&key, part);
    }
    const char *copy = cb_arena_copy(arena, cb_buffer_text(&key), key.len);
    cb_buffer_release(&key);
    return copy;
}

static struct cb_record_range range_of(const struct maker *maker, struct cb_span span)
{
    return (struct cb_record_range){(int32_t)cb_code_points_at(&maker->map, span.start),
                                    (int32_t)cb_code_points_at(&maker->map, span.end)};
}

static struct cb_span prefix_of(const struct maker *maker, struct cb_span span)
{
    size_t at = span.start;
    for (int i = 0; i < CB_ANCHOR_CONTEXT && at > 0; i++)
        at = cb_utf8_previous(maker->text, at);
    return (struct cb_span){(uint32_t)at, span.start};
}

static struct cb_span suffix_of(const struct maker *maker, struct cb_span span)
{
    size_t at = span.end;
    uint32_t c;
    for (int i = 0; i < CB_ANCHOR_CONTEXT && at < maker->len; i++)
        at = cb_utf8_next(maker->text, maker->len, at, &c);
    return (struct cb_span){span.end, (uint32_t)at};
}

static enum cb_code make_sentences(struct maker *maker)
{
    size_t count = maker->found->sentence_count;
    struct cb_record_sentence *rows = cb_arena_array(maker->arena, count + 1, sizeof *rows);
    if (rows == NULL)
        return cb_no_memory(maker->err);
    for (size_t i = 0; i < count; i++) {
        const struct cb_sentence *sentence = &maker->found->sentences[i];
        rows[i] = (struct cb_record_sentence){.range = range_of(maker, sentence->span),
                                              .paragraph_no = (int32_t)sentence->paragraph + 1,
                                              .kind = sentence->kind};
    }
    maker->out->sentences = rows;
    maker->out->sentence_count = count;
    return CB_OK;
}

/* A name that is no identity is kept apart from the same name elsewhere by its document's id. */
static const char *local_key(const struct maker *maker, const char *name, size_t index)
{
    char id[37], key[KEY_MAX + 64];
    const char *fold = folded(name, maker->arena);
    if (fold == NULL)
        return NULL;
    cb_uuid_text(maker->document, id);
    int len = snprintf(key, sizeof key, "%.*s|%s|%zu", KEY_MAX, fold, id, index + 1);
    return cb_arena_copy(maker->arena, key, (size_t)len);
}

static enum cb_code make_speakers(struct maker *maker)
{
    size_t count = maker->found->speaker_count;
    struct cb_record_speaker *rows = cb_arena_array(maker->arena, count + 1, sizeof *rows);
    bool failed = rows == NULL;
    for (size_t i = 0; i < count && !failed; i++) {
        const struct cb_speaker *speaker = &maker->found->speakers[i];
        const char **aliases = cb_arena_array(maker->arena, speaker->alias_count + 1, sizeof *aliases);
        failed = aliases == NULL;
        for (size_t j = 0; j < speaker->alias_count && !failed; j++)
            aliases[j] = keep(maker->arena, speaker->aliases[j], &failed);
        rows[i] = (struct cb_record_speaker){
            .key = speaker->key != NULL ? keep(maker->arena, speaker->key, &failed)
                                        : local_key(maker, speaker->name, i),
            .name = keep(maker->arena, speaker->name, &failed),
            .role = keep(maker->arena, speaker->role, &failed),
            .kind = cb_speaker_kind_name(speaker->kind),
            .aliases = aliases,
            .alias_count = speaker->alias_count,
        };
        failed = failed || rows[i].key == NULL;
    }
    maker->out->speakers = rows;
    maker->out->speaker_count = count;
    return failed ? cb_no_memory(maker->err) : CB_OK;
}

static bool is_words(const char *text, struct cb_span span, const char *words)
{
    return strlen(words) == span.end - span.start && memcmp(text + span.start, words, strlen(words)) == 0;
}

static enum cb_code make_claims(struct maker *maker)
{
    size_t count = maker->found->claim_count;
    struct cb_record_claim *rows = cb_arena_array(maker->arena, count + 1, sizeof *rows);
    bool failed = rows == NULL;
    for (size_t i = 0; i < count && !failed; i++) {
        const struct cb_claim *claim = &maker->found->claims[i];
        bool same = claim->text == NULL || is_words(maker->text, claim->span, claim->text);
        rows[i] = (struct cb_record_claim){
            .range = range_of(maker, claim->span),
            .sentence_no = (int32_t)claim->sentence + 1,
            .kind = claim->kind,
            .modality = claim->modality,
            .quote = claim->span,
            .prefix = prefix_of(maker, claim->span),
            .suffix = suffix_of(maker, claim->span),
            .text = same ? NULL : keep(maker->arena, claim->text, &failed),
            .speaker = claim->speaker,
            .checkworthy = claim->checkworthy,
        };
    }
    maker->out->claims = rows;
    maker->out->claim_count = count;
    return failed ? cb_no_memory(maker->err) : CB_OK;
}

static enum cb_code make_content(struct maker *maker, const struct cb_attribution *attribution,
                                 struct cb_record_attribution *row)
{
    int32_t *bounds = cb_arena_array(maker->arena, 2 * attribution->content_count + 1, sizeof *bounds);
    if (bounds == NULL)
        return cb_no_memory(maker->err);
    for (size_t i = 0; i < attribution->content_count; i++) {
        struct cb_record_range range = range_of(maker, attribution->content[i]);
        bounds[2 * i] = range.start;
        bounds[2 * i + 1] = range.end;
    }
    row->content = bounds;
    row->content_count = attribution->content_count;
    return CB_OK;
}

/* The speaker is 1; the outlet through which the claim came is 2. */
static enum cb_code make_attribution(struct maker *maker, size_t claim_at, struct cb_record_attribution *rows,
                                     size_t *count)
{
    const struct cb_claim *claim = &maker->found->claims[claim_at];
    const struct cb_attribution *attribution = &claim->attribution;
    struct cb_record_attribution *row = &rows[(*count)++];
    bool failed = false;
    *row = (struct cb_record_attribution){
        .claim_no = (int32_t)claim_at + 1, .attribution_no = 1, .role = "speaker", .speaker = claim->speaker};
    if (claim->speaker != CB_NO_SPEAKER)
        row->name = keep(maker->arena, maker->found->speakers[claim->speaker].name, &failed);
    if (attribution->has_source)
        row->source = range_of(maker, attribution->source);
    if (attribution->has_cue)
        row->cue = range_of(maker, attribution->cue);
    enum cb_code code = make_content(maker, attribution, row);
    if (code == CB_OK && attribution->via != NULL) {
        row = &rows[(*count)++];
        *row = (struct cb_record_attribution){.claim_no = (int32_t)claim_at + 1,
                                              .attribution_no = 2,
                                              .role = "via",
                                              .speaker = CB_NO_SPEAKER,
                                              .name = keep(maker->arena, attribution->via, &failed)};
    }
    return failed ? cb_no_memory(maker->err) : code;
}

static enum cb_code make_attributions(struct maker *maker)
{
    size_t claims = maker->found->claim_count, count = 0;
    struct cb_record_attribution *rows = cb_arena_array(maker->arena, 2 * claims + 1, sizeof *rows);
    enum cb_code code = CB_OK;
    if (rows == NULL)
        return cb_no_memory(maker->err);
    for (size_t i = 0; i < claims && code == CB_OK; i++)
        if (maker->found->claims[i].has_attribution)
            code = make_attribution(maker, i, rows, &count);
    maker->out->attributions = rows;
    maker->out->attribution_count = count;
    return code;
}

void cb_record_quantity_fill(struct cb_record_quantity *row, const struct cb_quantity *found,
                             int32_t claim_no, int32_t quantity_no, const struct cb_code_points *map)
{
    *row = (struct cb_record_quantity){
        .claim_no = claim_no,
        .quantity_no = quantity_no,
        .range = {(int32_t)cb_code_points_at(map, found->span.start),
                  (int32_t)cb_code_points_at(map, found->span.end)},
        .kind = found->kind,
        /* a bound that is no number would not keep the order of the two */
        .has_bounds = found->low <= found->high,
        .low = found->low,
        .high = found->high,
        .unit = found->unit,
        .counted = found->counted,
        .approx = found->approx,
        .period = found->period,
        .date = found->date,
    };
}

static enum cb_code add_quantities(struct maker *maker, const struct cb_quantity *found, size_t count,
                                   size_t claim_at, struct cb_record_quantity *rows)
{
    bool failed = false;
    for (size_t i = 0; i < count; i++) {
        struct cb_record_quantity *row = &rows[i];
        cb_record_quantity_fill(row, &found[i], (int32_t)claim_at + 1, (int32_t)i + 1, &maker->map);
        const char **const strings[] = {&row->unit, &row->counted, &row->approx, &row->period, &row->date};
        for (size_t s = 0; s < sizeof strings / sizeof *strings; s++)
            *strings[s] = keep(maker->arena, *strings[s], &failed);
    }
    return failed ? cb_no_memory(maker->err) : CB_OK;
}

static enum cb_code make_quantities(struct maker *maker)
{
    size_t total = 0, count = 0;
    for (size_t i = 0; i < maker->found->claim_count; i++)
        total += maker->found->claims[i].quantity_count;
    struct cb_record_quantity *rows = cb_arena_array(maker->arena, total + 1, sizeof *rows);
    enum cb_code code = CB_OK;
    if (rows == NULL)
        return cb_no_memory(maker->err);
    for (size_t i = 0; i < maker->found->claim_count && code == CB_OK; i++) {
        const struct cb_claim *claim = &maker->found->claims[i];
        code = add_quantities(maker, claim->quantities, claim->quantity_count, i, rows + count);
        count += claim->quantity_count;
    }
    maker->out->quantities = rows;
    maker->out->quantity_count = count;
    return code;
}

/* Is each word of `part` a word of `whole`? Both are folded. */
static bool has_words_of(const char *whole, const char *part)
{
    while (*part != '\0') {
        size_t len = strcspn(part, " ");
        const char *at = whole;
        bool found = false;
        while (*at != '\0' && !found) {
            size_t word = strcspn(at, " ");
            found = word == len && memcmp(at, part, len) == 0;
            at += word + (at[word] == ' ');
        }
        if (!found)
            return false;
        part += len + (part[len] == ' ');
    }
    return true;
}

static const char *without_article(const char *folded_name)
{
    return strncmp(folded_name, "the ", 4) == 0 ? folded_name + 4 : folded_name;
}

/* True when `target` is a part of `name`: "the Courier" of "Varnholm Courier". */
static bool is_short_for(const struct maker *maker, const char *target, const char *name)
{
    const char *part = folded(target, maker->arena), *whole = folded(name, maker->arena);
    if (part == NULL || whole == NULL)
        return false;
    part = without_article(part);
    return *part != '\0' && has_words_of(whole, part);
}

/* The name of the outlet that a link goes to: the publisher's own when the text means itself, or the whole
 * name when the text gave it before. */
static const char *target_of(const struct maker *maker, const char *target,
                             const struct cb_record_link *before, size_t count, bool *failed)
{
    if (target != NULL && maker->source != NULL && is_short_for(maker, target, maker->source))
        return keep(maker->arena, maker->source, failed);
    for (size_t i = 0; target != NULL && i < count; i++)
        if (before[i].target_name != NULL && is_short_for(maker, target, before[i].target_name))
            return before[i].target_name;
    return keep(maker->arena, target, failed);
}

static enum cb_code make_links(struct maker *maker)
{
    size_t count = maker->found->link_count;
    struct cb_record_link *rows = cb_arena_array(maker->arena, count + 1, sizeof *rows);
    bool failed = rows == NULL;
    for (size_t i = 0; i < count && !failed; i++) {
        const struct cb_source_link *link = &maker->found->links[i];
        const char *kind = cb_link_kind_name(link->kind);
        const char *speaker =
            link->speaker != CB_NO_SPEAKER ? maker->found->speakers[link->speaker].name : NULL;
        const char *words = maker->text + link->span.start;
        rows[i] = (struct cb_record_link){
            .kind = kind,
            .target_name = target_of(maker, link->target, rows, i, &failed),
            .sentence_no = (int32_t)link->sentence + 1,
            .range = range_of(maker, link->span),
            .stated_by = "program",
            .reason = cb_arena_copy(maker->arena, words, link->span.end - link->span.start),
        };
        rows[i].origin_key =
            cb_origin_key(link->what != NULL ? link->what : kind, rows[i].target_name, speaker, maker->arena);
        failed = failed || rows[i].origin_key == NULL || rows[i].reason == NULL;
    }
    maker->out->links = rows;
    maker->out->link_count = count;
    return failed ? cb_no_memory(maker->err) : CB_OK;
}

enum cb_code cb_record_from_extraction(const struct cb_extraction *found, const char *text, size_t len,
                                       const char *source, const struct cb_uuid *document,
                                       struct cb_arena *arena, struct cb_record_rows *out, struct cb_err *err)
{
    static enum cb_code (*const steps[])(struct maker *) = {make_sentences,    make_speakers,   make_claims,
                                                            make_attributions, make_quantities, make_links};
    struct maker maker = {.text = text,
                          .len = len,
                          .found = found,
                          .source = source,
                          .document = document,
                          .arena = arena,
                          .out = out,
                          .err = err};
    *out = (struct cb_record_rows){0};
    enum cb_code code = cb_code_points_make(text, len, arena, &maker.map, err);
    for (size_t i = 0; i < sizeof steps / sizeof *steps && code == CB_OK; i++)
        code = steps[i](&maker);
    return code;
}
