/* Reading the JSON line of `claimbase extract`: see extraction_json.h. */
#include "importer/extraction_json.h"
#include "text/unicode.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

enum { WHERE_MAX = 128 };

struct reader {
    const char *text;
    size_t len;
    uint32_t points; /* code points of the text */
    struct cb_code_points map;
    struct cb_arena *arena;
    struct cb_extraction *out;
    struct cb_sentence *sentences;
    struct cb_speaker *speakers;
    size_t speaker_capacity;
    struct cb_err *err;
    char where[WHERE_MAX]; /* "claims[3]": for errors */
};

static enum cb_code bad(struct reader *r, const char *what)
{
    return cb_fail(r->err, CB_INPUT, "%s: %s", r->where, what);
}

static void at(struct reader *r, const char *list, size_t index, const char *part)
{
    snprintf(r->where, sizeof r->where, "%s[%zu]%s", list, index, part);
}

/* A string member; absent and null are NULL. */
static enum cb_code read_string(struct reader *r, const json_t *object, const char *name, const char **out)
{
    const json_t *value = json_object_get(object, name);
    *out = NULL;
    if (value == NULL || json_is_null(value))
        return CB_OK;
    if (!json_is_string(value))
        return cb_fail(r->err, CB_INPUT, "%s: '%s' is not a string", r->where, name);
    *out = cb_arena_copy(r->arena, json_string_value(value), json_string_length(value));
    return *out == NULL ? cb_no_memory(r->err) : CB_OK;
}

/* {"start","end"} in code points → bytes. */
static enum cb_code read_span(struct reader *r, const json_t *object, struct cb_span *out)
{
    const json_t *start = json_object_get(object, "start"), *end = json_object_get(object, "end");
    if (!json_is_integer(start) || !json_is_integer(end))
        return bad(r, "'start' and 'end' must be whole numbers");
    json_int_t s = json_integer_value(start), e = json_integer_value(end);
    if (s < 0 || e < s || e > (json_int_t)r->points)
        return cb_fail(r->err, CB_INPUT, "%s: the span %lld to %lld is not in the text of %u code points",
                       r->where, (long long)s, (long long)e, r->points);
    if (s == e)
        return bad(r, "the span is empty");
    out->start = (uint32_t)cb_code_points_byte(&r->map, (uint32_t)s);
    out->end = (uint32_t)cb_code_points_byte(&r->map, (uint32_t)e);
    return CB_OK;
}

static enum cb_code read_number(struct reader *r, const json_t *object, const char *name, double missing,
                                double *out)
{
    const json_t *value = json_object_get(object, name);
    *out = missing;
    if (value == NULL || json_is_null(value))
        return CB_OK;
    if (!json_is_number(value))
        return cb_fail(r->err, CB_INPUT, "%s: '%s' is not a number", r->where, name);
    *out = json_number_value(value);
    return CB_OK;
}

/* The number of a name among those of an enum; `standard` when it is not given. */
static enum cb_code read_choice(struct reader *r, const json_t *object, const char *name,
                                const char *const *choices, int standard, int *out)
{
    const json_t *value = json_object_get(object, name);
    *out = standard;
    if (value == NULL || json_is_null(value))
        return CB_OK;
    for (int i = 0; json_is_string(value) && choices[i] != NULL; i++) {
        if (strcmp(json_string_value(value), choices[i]) == 0) {
            *out = i;
            return CB_OK;
        }
    }
    return cb_fail(r->err, CB_INPUT, "%s: '%s' has an unknown value", r->where, name);
}

/* In the order of their enums. */
static const char *const claim_kinds[] = {"direct", "indirect", "mixed", "assertion", NULL};
static const char *const modalities[] = {"stated", "denied", "hedged", "question", "opinion", "wish", NULL};
static const char *const speaker_kinds[] = {"unknown", "person", "organisation", "group", NULL};
static const char *const sentence_kinds[] = {"body", "heading", "list_item", NULL};
static const char *const link_kinds[] = {"quotation",     "derived_from", "primary_source",
                                         "republication", "revision_of",  NULL};
static const char *const quantity_kinds[] = {"count", "measure",  "money", "share", "ordinal",
                                             "date",  "duration", "label", NULL};

/* ---- sentences ---- */

static enum cb_code read_sentences(struct reader *r, const json_t *list)
{
    size_t count = json_array_size(list), i;
    json_t *item;
    if (list != NULL && !json_is_null(list) && !json_is_array(list))
        return cb_fail(r->err, CB_INPUT, "'sentences' is not an array");
    r->sentences = cb_arena_array(r->arena, count + 1, sizeof *r->sentences);
    if (r->sentences == NULL)
        return cb_no_memory(r->err);
    uint32_t last_end = 0, last_paragraph = 0;
    json_array_foreach(list, i, item)
    {
        struct cb_sentence *sentence = &r->sentences[i];
        int kind;
        at(r, "sentences", i, "");
        enum cb_code code = read_span(r, item, &sentence->span);
        if (code == CB_OK)
            code = read_choice(r, item, "kind", sentence_kinds, CB_SENTENCE_BODY, &kind);
        if (code != CB_OK)
            return code;
        const json_t *paragraph = json_object_get(item, "paragraph");
        json_int_t number = json_is_integer(paragraph) ? json_integer_value(paragraph) : last_paragraph;
        if (sentence->span.start < last_end)
            return bad(r, "it begins before the sentence in front of it ends");
        if (number < last_paragraph || number > UINT32_MAX)
            return bad(r, "paragraphs must be counted upwards");
        sentence->kind = (enum cb_sentence_kind)kind;
        sentence->paragraph = last_paragraph = (uint32_t)number;
        last_end = sentence->span.end;
    }
    r->out->sentences = r->sentences;
    r->out->sentence_count = count;
    return CB_OK;
}

/* The sentence in which a byte lies, the one before it between two; *found false when there is none at all.
 */
static uint32_t sentence_of(const struct reader *r, uint32_t byte)
{
    size_t low = 0, high = r->out->sentence_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->sentences[middle].span.start <= byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? (uint32_t)low - 1 : 0;
}

/* An answer without sentences: the whole text is one, without its blanks at the ends, if there is more than
 * blanks. */
static void make_one_sentence(struct reader *r)
{
    size_t start = 0, end = r->len;
    while (start < end && strchr(" \n\t", r->text[start]) != NULL)
        start++;
    while (end > start && strchr(" \n\t", r->text[end - 1]) != NULL)
        end--;
    if (start == end) {
        start = 0;
        end = r->len;
    }
    r->sentences[0] = (struct cb_sentence){.span = {(uint32_t)start, (uint32_t)end}};
    r->out->sentence_count = 1;
}

/* ---- speakers ---- */

static int find_speaker(const struct reader *r, const char *name)
{
    for (size_t i = r->out->speaker_count; i > 0; i--) {
        if (strcmp(r->speakers[i - 1].name, name) == 0)
            return (int)i - 1;
    }
    return CB_NO_SPEAKER;
}

/* A full name or an organisation is known by its folded name; a single word stays inside the document. */
static enum cb_code make_key(struct reader *r, struct cb_speaker *speaker)
{
    struct cb_buffer key;
    if (speaker->key != NULL ||
        (strchr(speaker->name, ' ') == NULL && speaker->kind != CB_SPEAKER_ORGANISATION))
        return CB_OK;
    if (speaker->kind == CB_SPEAKER_GROUP || strlen(speaker->name) > 256)
        return CB_OK;
    cb_buffer_init(&key, 2048);
    enum cb_code code = cb_fold(speaker->name, strlen(speaker->name), &key, r->err);
    if (code == CB_OK && key.len > 0) {
        speaker->key = cb_arena_copy(r->arena, cb_buffer_text(&key), key.len);
        code = speaker->key == NULL ? cb_no_memory(r->err) : CB_OK;
    }
    cb_buffer_release(&key);
    return code;
}

static enum cb_code add_speaker(struct reader *r, const json_t *item, const char *name, int *index)
{
    struct cb_speaker speaker = {.name = name};
    int kind = CB_SPEAKER_UNKNOWN;
    enum cb_code code = CB_OK;
    if (r->out->speaker_count == r->speaker_capacity) {
        size_t grown = r->speaker_capacity == 0 ? 16 : r->speaker_capacity * 2;
        struct cb_speaker *moved = cb_arena_array(r->arena, grown, sizeof *moved);
        if (moved == NULL)
            return cb_no_memory(r->err);
        if (r->out->speaker_count > 0)
            memcpy(moved, r->speakers, r->out->speaker_count * sizeof *moved);
        r->speakers = moved;
        r->out->speakers = moved;
        r->speaker_capacity = grown;
    }
    if (item != NULL) {
        code = read_string(r, item, "role", &speaker.role);
        if (code == CB_OK)
            code = read_string(r, item, "key", &speaker.key);
        if (code == CB_OK)
            code = read_choice(r, item, "kind", speaker_kinds, CB_SPEAKER_UNKNOWN, &kind);
        const json_t *aliases = json_object_get(item, "aliases");
        size_t count = json_array_size(aliases);
        if (code == CB_OK && count > 0) {
            speaker.aliases = cb_arena_array(r->arena, count, sizeof *speaker.aliases);
            if (speaker.aliases == NULL)
                return cb_no_memory(r->err);
        }
        for (size_t i = 0; i < count && code == CB_OK; i++) {
            const char *alias = json_string_value(json_array_get(aliases, i));
            if (alias == NULL)
                return bad(r, "an alias is not a string");
            speaker.aliases[speaker.alias_count] = cb_arena_copy(r->arena, alias, strlen(alias));
            if (speaker.aliases[speaker.alias_count++] == NULL)
                return cb_no_memory(r->err);
        }
    }
    speaker.kind = (enum cb_speaker_kind)kind;
    if (code == CB_OK)
        code = make_key(r, &speaker);
    if (code != CB_OK)
        return code;
    *index = (int)r->out->speaker_count;
    r->speakers[r->out->speaker_count++] = speaker;
    return CB_OK;
}

static enum cb_code read_speakers(struct reader *r, const json_t *list)
{
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item)
    {
        const char *name;
        int index;
        at(r, "speakers", i, "");
        enum cb_code code = read_string(r, item, "name", &name);
        if (code == CB_OK && (name == NULL || *name == '\0'))
            code = bad(r, "it has no name");
        if (code == CB_OK && name != NULL)
            code = add_speaker(r, item, name, &index);
        if (code != CB_OK)
            return code;
    }
    return CB_OK;
}

static enum cb_code read_speaker_of(struct reader *r, const json_t *object, int *out)
{
    const char *name;
    const json_t *number = json_object_get(object, "speaker_index");
    *out = CB_NO_SPEAKER;
    enum cb_code code = read_string(r, object, "speaker", &name);
    if (code != CB_OK || name == NULL || *name == '\0')
        return code;
    if (json_is_integer(number) && json_integer_value(number) >= 0 &&
        json_integer_value(number) < (json_int_t)r->out->speaker_count &&
        strcmp(r->speakers[json_integer_value(number)].name, name) == 0) {
        *out = (int)json_integer_value(number);
        return CB_OK;
    }
    *out = find_speaker(r, name);
    return *out == CB_NO_SPEAKER ? add_speaker(r, NULL, name, out) : CB_OK;
}

/* ---- claims ---- */

static enum cb_code read_optional_span(struct reader *r, const json_t *object, const char *name, bool *has,
                                       struct cb_span *out)
{
    const json_t *value = json_object_get(object, name);
    *has = value != NULL && !json_is_null(value);
    return *has ? read_span(r, value, out) : CB_OK;
}

static enum cb_code read_attribution(struct reader *r, const json_t *object, struct cb_attribution *a)
{
    enum cb_code code = read_optional_span(r, object, "source", &a->has_source, &a->source);
    if (code == CB_OK)
        code = read_optional_span(r, object, "cue", &a->has_cue, &a->cue);
    if (code == CB_OK)
        code = read_string(r, object, "via", &a->via);
    if (code != CB_OK)
        return code;
    const json_t *list = json_object_get(object, "content");
    size_t count = json_array_size(list), i;
    json_t *item;
    if (!json_is_array(list) || count == 0)
        return bad(r, "'content' must be an array of one span or more");
    struct cb_span *content = cb_arena_array(r->arena, count, sizeof *content);
    if (content == NULL)
        return cb_no_memory(r->err);
    json_array_foreach(list, i, item)
    {
        code = read_span(r, item, &content[i]);
        if (code == CB_OK && i > 0 && content[i].start < content[i - 1].end)
            code = bad(r, "the spans of 'content' must be in order and apart");
        if (code != CB_OK)
            return code;
    }
    a->content = content;
    a->content_count = count;
    return CB_OK;
}

static enum cb_code read_quantity(struct reader *r, const json_t *item, struct cb_quantity *q)
{
    int kind = CB_QUANTITY_COUNT;
    const struct {
        const char *name, **field;
    } strings[] = {{"unit", &q->unit},       {"approx", &q->approx}, {"number", &q->number},
                   {"counted", &q->counted}, {"period", &q->period}, {"date", &q->date}};
    enum cb_code code = read_span(r, item, &q->span);
    if (code == CB_OK)
        code = read_choice(r, item, "kind", quantity_kinds, CB_QUANTITY_COUNT, &kind);
    if (code == CB_OK)
        code = read_number(r, item, "low", -INFINITY, &q->low);
    if (code == CB_OK)
        code = read_number(r, item, "high", INFINITY, &q->high);
    for (size_t i = 0; i < sizeof strings / sizeof *strings && code == CB_OK; i++)
        code = read_string(r, item, strings[i].name, strings[i].field);
    q->kind = (enum cb_quantity_kind)kind;
    if (code == CB_OK && q->low > q->high)
        return bad(r, "'low' is greater than 'high'");
    return code;
}

static enum cb_code read_quantities(struct reader *r, size_t claim, const json_t *list, struct cb_claim *out)
{
    size_t count = json_array_size(list), i;
    json_t *item;
    struct cb_quantity *quantities = cb_arena_array(r->arena, count + 1, sizeof *quantities);
    if (quantities == NULL)
        return cb_no_memory(r->err);
    json_array_foreach(list, i, item)
    {
        at(r, "claims", claim, ".quantities");
        enum cb_code code = read_quantity(r, item, &quantities[i]);
        if (code != CB_OK)
            return code;
    }
    out->quantities = quantities;
    out->quantity_count = count;
    return CB_OK;
}

/* "attribution_of": the claim before this one that has the same attribution. */
static enum cb_code read_shared_attribution(struct reader *r, size_t index, const json_t *item,
                                            struct cb_claim *claims)
{
    const json_t *of = json_object_get(item, "attribution_of");
    if (of == NULL || json_is_null(of) || claims[index].has_attribution)
        return CB_OK;
    if (!json_is_integer(of) || json_integer_value(of) < 0 || json_integer_value(of) >= (json_int_t)index ||
        !claims[json_integer_value(of)].has_attribution)
        return bad(r, "'attribution_of' is not the number of a claim before it that has an attribution");
    claims[index].has_attribution = true;
    claims[index].attribution = claims[json_integer_value(of)].attribution;
    return CB_OK;
}

static enum cb_code read_claim(struct reader *r, size_t index, const json_t *item, struct cb_claim *claim)
{
    int kind, modality;
    double score;
    at(r, "claims", index, "");
    if (!json_is_object(item))
        return bad(r, "it is not an object");
    enum cb_code code = read_span(r, item, &claim->span);
    if (code == CB_OK)
        code = read_choice(r, item, "kind", claim_kinds, CB_CLAIM_ASSERTION, &kind);
    if (code == CB_OK)
        code = read_choice(r, item, "modality", modalities, CB_STATED, &modality);
    if (code == CB_OK)
        code = read_number(r, item, "checkworthy", 0.5, &score);
    if (code == CB_OK)
        code = read_string(r, item, "text", &claim->text);
    if (code == CB_OK)
        code = read_speaker_of(r, item, &claim->speaker);
    if (code != CB_OK)
        return code;
    if (!(score >= 0 && score <= 1))
        return bad(r, "'checkworthy' is not between 0 and 1");
    if (claim->text == NULL || *claim->text == '\0')
        claim->text =
            cb_arena_copy(r->arena, r->text + claim->span.start, claim->span.end - claim->span.start);
    if (claim->text == NULL)
        return cb_no_memory(r->err);
    claim->kind = (enum cb_claim_kind)kind;
    claim->modality = (enum cb_modality)modality;
    claim->checkworthy = (float)score;
    claim->sentence = sentence_of(r, claim->span.start);
    const json_t *attribution = json_object_get(item, "attribution");
    if (attribution != NULL && !json_is_null(attribution)) {
        at(r, "claims", index, ".attribution");
        claim->has_attribution = true;
        code = read_attribution(r, attribution, &claim->attribution);
    }
    return code == CB_OK ? read_quantities(r, index, json_object_get(item, "quantities"), claim) : code;
}

static enum cb_code read_claims(struct reader *r, const json_t *list)
{
    size_t count = json_array_size(list), i;
    json_t *item;
    if (!json_is_array(list))
        return cb_fail(r->err, CB_INPUT, "'claims' is not an array");
    struct cb_claim *claims = cb_arena_array(r->arena, count + 1, sizeof *claims);
    if (claims == NULL)
        return cb_no_memory(r->err);
    json_array_foreach(list, i, item)
    {
        enum cb_code code = read_claim(r, i, item, &claims[i]);
        if (code == CB_OK)
            code = read_shared_attribution(r, i, item, claims);
        if (code != CB_OK)
            return code;
    }
    r->out->claims = claims;
    r->out->claim_count = count;
    return CB_OK;
}

static enum cb_code read_links(struct reader *r, const json_t *list)
{
    size_t count = json_array_size(list), i;
    json_t *item;
    struct cb_source_link *links = cb_arena_array(r->arena, count + 1, sizeof *links);
    if (links == NULL)
        return cb_no_memory(r->err);
    json_array_foreach(list, i, item)
    {
        int kind;
        at(r, "links", i, "");
        enum cb_code code = read_span(r, item, &links[i].span);
        if (code == CB_OK)
            code = read_choice(r, item, "kind", link_kinds, CB_LINK_DERIVED_FROM, &kind);
        if (code == CB_OK)
            code = read_string(r, item, "target", &links[i].target);
        if (code == CB_OK)
            code = read_string(r, item, "what", &links[i].what);
        if (code == CB_OK)
            code = read_speaker_of(r, item, &links[i].speaker);
        if (code == CB_OK && (links[i].target == NULL || *links[i].target == '\0'))
            code = bad(r, "it has no target");
        if (code != CB_OK)
            return code;
        links[i].kind = (enum cb_link_kind)kind;
        links[i].sentence = sentence_of(r, links[i].span.start);
    }
    r->out->links = links;
    r->out->link_count = count;
    return CB_OK;
}

/* The title is a string; where it stands in the text, if it begins it. */
static enum cb_code read_head(struct reader *r, const json_t *root)
{
    const char *title, *text;
    snprintf(r->where, sizeof r->where, "the object");
    enum cb_code code = read_string(r, root, "title", &title);
    if (code == CB_OK)
        code = read_string(r, root, "byline", &r->out->byline);
    if (code == CB_OK)
        code = read_string(r, root, "dateline", &r->out->dateline);
    if (code == CB_OK)
        code = read_string(r, root, "language", &r->out->language);
    if (code != CB_OK)
        return code;
    const json_t *own = json_object_get(root, "text");
    text = json_string_value(own);
    if (text != NULL && (json_string_length(own) != r->len || memcmp(text, r->text, r->len) != 0))
        return cb_fail(r->err, CB_INPUT,
                       "its 'text' is not the document's: offsets would mean something else");
    size_t len = title == NULL ? 0 : strlen(title);
    if (len > 0 && len <= r->len && memcmp(title, r->text, len) == 0)
        r->out->title = (struct cb_span){0, (uint32_t)len};
    if (r->out->language == NULL)
        r->out->language = "en";
    return CB_OK;
}

static enum cb_code read_all(struct reader *r, const json_t *root)
{
    if (!json_is_object(root))
        return cb_fail(r->err, CB_INPUT, "it is not a JSON object");
    enum cb_code code = read_head(r, root);
    if (code == CB_OK)
        code = read_sentences(r, json_object_get(root, "sentences"));
    if (code == CB_OK)
        code = read_speakers(r, json_object_get(root, "speakers"));
    if (code == CB_OK && r->out->sentence_count == 0 && r->len > 0)
        make_one_sentence(r);
    if (code == CB_OK)
        code = read_claims(r, json_object_get(root, "claims"));
    if (code == CB_OK)
        code = read_links(r, json_object_get(root, "links"));
    return code;
}

enum cb_code cb_extraction_json_read(const char *line, size_t line_len, const char *text, size_t len,
                                     struct cb_arena *arena, const struct cb_extraction **out,
                                     struct cb_err *err)
{
    struct reader r = {.text = text, .len = len, .arena = arena, .err = err};
    json_error_t error;
    r.out = cb_arena_alloc(arena, sizeof *r.out);
    if (r.out == NULL)
        return cb_no_memory(err);
    enum cb_code code = cb_code_points_make(text, len, arena, &r.map, err);
    if (code != CB_OK)
        return code;
    r.points = cb_code_points_at(&r.map, len);
    json_t *root = json_loadb(line, line_len, JSON_REJECT_DUPLICATES, &error);
    if (root == NULL)
        return cb_fail(err, CB_INPUT, "it is not JSON: %s at byte %d", error.text, error.position);
    code = read_all(&r, root);
    json_decref(root);
    if (code == CB_OK)
        *out = r.out;
    return code;
}
