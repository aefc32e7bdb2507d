#include "importer/extraction_json.h"

#include "text/unicode.h"

#include <math.h>
#include <string.h>

/* The text with its escapes; any part of a text can be added by itself. */
static void add_escaped(struct cb_buffer *out, const char *text, size_t len)
{
    size_t plain = 0; /* begin of what needs no escape */
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7F)
            continue;
        cb_buffer_add(out, text + plain, i - plain);
        plain = i + 1;
        if (c == '"' || c == '\\')
            cb_buffer_printf(out, "\\%c", c);
        else if (c == '\n')
            cb_buffer_add_text(out, "\\n");
        else if (c == '\t')
            cb_buffer_add_text(out, "\\t");
        else
            cb_buffer_printf(out, "\\u%04x", c);
    }
    cb_buffer_add(out, text + plain, len - plain);
}

void cb_json_add_string(struct cb_buffer *out, const char *text, size_t len)
{
    if (text == NULL) {
        cb_buffer_add_text(out, "null");
        return;
    }
    cb_buffer_add_char(out, '"');
    add_escaped(out, text, len);
    cb_buffer_add_char(out, '"');
}

enum { SAME_WITHIN = 64 /* claims */ };

/* The map of code points and a number a claim. */
#define ARENA_MAX ((size_t)1024 * 1024 * 1024)

struct writer {
    struct cb_buffer *out;
    const struct cb_json_sink *sink; /* or NULL: all stays in the buffer */
    enum cb_code code;               /* of the sink */
    struct cb_err *err;
    struct cb_code_points map;
    size_t *owners; /* one a claim */
};

/* What is handed on at once. */
enum { PIECE = 64 * 1024 };

/* Hands on what the buffer has when it has enough, so that it stays small whatever the document. */
static void hand_on(struct writer *w, size_t enough)
{
    if (w->sink == NULL || w->out->len < enough || w->out->failed || w->code != CB_OK)
        return;
    w->code = w->sink->write(w->sink->context, w->out->data, w->out->len, w->err);
    cb_buffer_clear(w->out);
}

static void add_number_of(struct cb_buffer *out, uint32_t number)
{
    char digits[10];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    cb_buffer_add(out, digits + at, sizeof digits - at);
}

static void add_name(struct writer *w, const char *name)
{
    cb_buffer_add_char(w->out, '"');
    cb_buffer_add_text(w->out, name);
    cb_buffer_add(w->out, "\":", 2);
}

static void add_field(struct writer *w, const char *name, const char *value)
{
    add_name(w, name);
    cb_json_add_string(w->out, value, value == NULL ? 0 : strlen(value));
}

/* "start":3,"end":9 */
static void add_bounds(struct writer *w, struct cb_span span)
{
    cb_buffer_add_text(w->out, "\"start\":");
    add_number_of(w->out, cb_code_points_at(&w->map, span.start));
    cb_buffer_add_text(w->out, ",\"end\":");
    add_number_of(w->out, cb_code_points_at(&w->map, span.end));
}

static void add_span(struct writer *w, struct cb_span span)
{
    cb_buffer_add_char(w->out, '{');
    add_bounds(w, span);
    cb_buffer_add_char(w->out, '}');
}

/* A number, null when it is not finite: JSON has no infinity. */
static void add_number(struct writer *w, const char *name, double value)
{
    add_name(w, name);
    if (isfinite(value))
        cb_buffer_printf(w->out, "%.15g", value);
    else
        cb_buffer_add_text(w->out, "null");
}

static void add_quantity(struct writer *w, const struct cb_quantity *q)
{
    cb_buffer_add_char(w->out, '{');
    add_bounds(w, q->span);
    cb_buffer_add_char(w->out, ',');
    add_field(w, "kind", cb_quantity_kind_name(q->kind));
    cb_buffer_add_char(w->out, ',');
    add_number(w, "low", q->low);
    cb_buffer_add_char(w->out, ',');
    add_number(w, "high", q->high);
    const char *const fields[][2] = {{"unit", q->unit},       {"approx", q->approx}, {"number", q->number},
                                     {"counted", q->counted}, {"period", q->period}, {"date", q->date}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        cb_buffer_add_char(w->out, ',');
        add_field(w, fields[i][0], fields[i][1]);
    }
    cb_buffer_add_char(w->out, '}');
}

static bool same_span(struct cb_span a, struct cb_span b)
{
    return a.start == b.start && a.end == b.end;
}

static bool same_attribution(const struct cb_attribution *a, const struct cb_attribution *b)
{
    if (a->has_source != b->has_source || a->has_cue != b->has_cue || a->content_count != b->content_count)
        return false;
    if ((a->has_source && !same_span(a->source, b->source)) || (a->has_cue && !same_span(a->cue, b->cue)))
        return false;
    for (size_t i = 0; i < a->content_count; i++) {
        if (!same_span(a->content[i], b->content[i]))
            return false;
    }
    return true;
}

/* For each claim the first one that has its attribution: itself, mostly. Claims of one attribution stand
 * close. */
static bool find_owners(struct writer *w, const struct cb_extraction *x, struct cb_arena *arena)
{
    w->owners = cb_arena_array(arena, x->claim_count + 1, sizeof *w->owners);
    for (size_t i = 0; w->owners != NULL && i < x->claim_count; i++) {
        w->owners[i] = i;
        for (size_t k = i; x->claims[i].has_attribution && k > 0 && i - k < SAME_WITHIN; k--) {
            if (x->claims[k - 1].has_attribution &&
                same_attribution(&x->claims[k - 1].attribution, &x->claims[i].attribution)) {
                w->owners[i] = w->owners[k - 1];
                break;
            }
        }
    }
    return w->owners != NULL;
}

/* An attribution is written once, with its first claim; the others name that claim. */
static void add_attribution(struct writer *w, const struct cb_extraction *x, size_t index)
{
    const struct cb_claim *claim = &x->claims[index];
    const struct cb_attribution *a = &claim->attribution;
    bool written = w->owners[index] != index;
    if (written)
        cb_buffer_printf(w->out, "\"attribution_of\":%zu,", w->owners[index]);
    add_name(w, "attribution");
    if (!claim->has_attribution || written) {
        cb_buffer_add_text(w->out, "null");
        return;
    }
    cb_buffer_add_char(w->out, '{');
    add_name(w, "source");
    if (a->has_source)
        add_span(w, a->source);
    else
        cb_buffer_add_text(w->out, "null");
    cb_buffer_add_char(w->out, ',');
    add_name(w, "cue");
    if (a->has_cue)
        add_span(w, a->cue);
    else
        cb_buffer_add_text(w->out, "null");
    cb_buffer_add_text(w->out, ",\"content\":[");
    for (size_t i = 0; i < a->content_count; i++) {
        if (i > 0)
            cb_buffer_add_char(w->out, ',');
        add_span(w, a->content[i]);
    }
    cb_buffer_add_text(w->out, "],");
    add_field(w, "via", a->via);
    cb_buffer_add_char(w->out, '}');
}

static void add_claim(struct writer *w, const struct cb_extraction *x, size_t index)
{
    const struct cb_claim *claim = &x->claims[index];
    const struct cb_speaker *speaker = claim->speaker >= 0 ? &x->speakers[claim->speaker] : NULL;
    cb_buffer_add_char(w->out, '{');
    add_bounds(w, claim->span);
    cb_buffer_add_char(w->out, ',');
    add_field(w, "text", claim->text);
    cb_buffer_add_char(w->out, ',');
    add_field(w, "kind", cb_claim_kind_name(claim->kind));
    cb_buffer_add_char(w->out, ',');
    add_field(w, "modality", cb_modality_name(claim->modality));
    cb_buffer_printf(w->out, ",\"checkworthy\":%.3f,\"sentence\":%u,", (double)claim->checkworthy,
                     claim->sentence);
    add_field(w, "speaker", speaker == NULL ? NULL : speaker->name);
    if (speaker != NULL)
        cb_buffer_printf(w->out, ",\"speaker_index\":%d", claim->speaker);
    cb_buffer_add_char(w->out, ',');
    add_attribution(w, x, index);
    cb_buffer_add_text(w->out, ",\"quantities\":[");
    for (size_t i = 0; i < claim->quantity_count; i++) {
        if (i > 0)
            cb_buffer_add_char(w->out, ',');
        add_quantity(w, &claim->quantities[i]);
    }
    cb_buffer_add_text(w->out, "]}");
}

static void add_speaker(struct writer *w, const struct cb_speaker *speaker)
{
    cb_buffer_add_char(w->out, '{');
    add_field(w, "name", speaker->name);
    cb_buffer_add_char(w->out, ',');
    add_field(w, "role", speaker->role);
    cb_buffer_add_char(w->out, ',');
    add_field(w, "kind", cb_speaker_kind_name(speaker->kind));
    cb_buffer_add_char(w->out, ',');
    add_field(w, "key", speaker->key);
    cb_buffer_add_text(w->out, ",\"aliases\":[");
    for (size_t i = 0; i < speaker->alias_count; i++) {
        if (i > 0)
            cb_buffer_add_char(w->out, ',');
        cb_json_add_string(w->out, speaker->aliases[i], strlen(speaker->aliases[i]));
    }
    cb_buffer_add_text(w->out, "]}");
}

static void add_link(struct writer *w, const struct cb_extraction *x, const struct cb_source_link *link)
{
    cb_buffer_add_char(w->out, '{');
    add_field(w, "kind", cb_link_kind_name(link->kind));
    cb_buffer_add_char(w->out, ',');
    add_field(w, "target", link->target);
    cb_buffer_add_char(w->out, ',');
    add_field(w, "what", link->what);
    cb_buffer_add_char(w->out, ',');
    add_field(w, "speaker", link->speaker >= 0 ? x->speakers[link->speaker].name : NULL);
    cb_buffer_add_char(w->out, ',');
    add_bounds(w, link->span);
    cb_buffer_printf(w->out, ",\"sentence\":%u}", link->sentence);
}

static const char *sentence_kind_name(enum cb_sentence_kind kind)
{
    switch (kind) {
    case CB_SENTENCE_HEADING:
        return "heading";
    case CB_SENTENCE_LIST_ITEM:
        return "list_item";
    case CB_SENTENCE_BODY:
        break;
    }
    return "body";
}

static enum cb_code add_head(struct writer *w, const struct cb_input_document *d,
                             const struct cb_extraction *x, struct cb_err *err)
{
    struct cb_sha256 hash;
    char hex[CB_SHA256_HEX_SIZE];
    enum cb_code code = cb_sha256(d->text, d->text_len, &hash, err);
    if (code != CB_OK)
        return code;
    cb_sha256_hex(&hash, hex);
    cb_buffer_add_char(w->out, '{');
    add_field(w, "path", d->path);
    cb_buffer_add_char(w->out, ',');
    add_name(w, "text");
    cb_buffer_add_char(w->out, '"');
    for (size_t at = 0; at < d->text_len; at += PIECE) {
        add_escaped(w->out, d->text + at, d->text_len - at < PIECE ? d->text_len - at : PIECE);
        hand_on(w, PIECE);
    }
    cb_buffer_add_text(w->out, "\",");
    add_name(w, "title");
    if (d->title == NULL && x->title.end > x->title.start)
        cb_json_add_string(w->out, d->text + x->title.start, x->title.end - x->title.start);
    else
        cb_json_add_string(w->out, d->title, d->title == NULL ? 0 : strlen(d->title));
    const char *const fields[][2] = {{"byline", d->byline != NULL ? d->byline : x->byline},
                                     {"dateline", x->dateline},
                                     {"published", d->published},
                                     {"url", d->url},
                                     {"site_name", d->site_name},
                                     {"language", x->language},
                                     {"sha256", hex},
                                     {"extractor", cb_extractor_version()}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        cb_buffer_add_char(w->out, ',');
        add_field(w, fields[i][0], fields[i][1]);
    }
    return CB_OK;
}

enum cb_code cb_extraction_json_write(const struct cb_input_document *document, const struct cb_extraction *x,
                                      struct cb_buffer *out, const struct cb_json_sink *sink,
                                      struct cb_err *err)
{
    struct writer w = {.out = out, .sink = sink, .err = err};
    struct cb_arena arena;
    cb_arena_init(&arena, ARENA_MAX);
    enum cb_code code = cb_code_points_make(document->text, document->text_len, &arena, &w.map, err);
    if (code == CB_OK && !find_owners(&w, x, &arena))
        code = cb_no_memory(err);
    if (code == CB_OK)
        code = add_head(&w, document, x, err);
    if (code != CB_OK)
        goto done;
    cb_buffer_add_text(out, ",\"sentences\":[");
    for (size_t i = 0; i < x->sentence_count; i++) {
        cb_buffer_add_text(out, i > 0 ? ",{" : "{");
        add_bounds(&w, x->sentences[i].span);
        cb_buffer_add_text(out, ",\"paragraph\":");
        add_number_of(out, x->sentences[i].paragraph);
        cb_buffer_add_char(out, ',');
        add_field(&w, "kind", sentence_kind_name(x->sentences[i].kind));
        cb_buffer_add_char(out, '}');
        hand_on(&w, PIECE);
    }
    cb_buffer_add_text(out, "],\"claims\":[");
    for (size_t i = 0; i < x->claim_count; i++) {
        if (i > 0)
            cb_buffer_add_char(out, ',');
        add_claim(&w, x, i);
        hand_on(&w, PIECE);
    }
    cb_buffer_add_text(out, "],\"speakers\":[");
    for (size_t i = 0; i < x->speaker_count; i++) {
        if (i > 0)
            cb_buffer_add_char(out, ',');
        add_speaker(&w, &x->speakers[i]);
        hand_on(&w, PIECE);
    }
    cb_buffer_add_text(out, "],\"links\":[");
    for (size_t i = 0; i < x->link_count; i++) {
        if (i > 0)
            cb_buffer_add_char(out, ',');
        add_link(&w, x, &x->links[i]);
        hand_on(&w, PIECE);
    }
    cb_buffer_add_text(out, "]}\n");
    code = w.code != CB_OK ? w.code : cb_buffer_status(out, "the JSON of one document", err);
    if (code == CB_OK)
        hand_on(&w, 1);
    code = code != CB_OK ? code : w.code;
done:
    cb_arena_release(&arena);
    return code;
}

enum cb_code cb_document_json_write(const struct cb_input_document *d, size_t id, struct cb_buffer *out,
                                    struct cb_err *err)
{
    struct writer w = {.out = out};
    const char *const fields[][2] = {
        {"path", d->path}, {"title", d->title},   {"byline", d->byline},       {"published", d->published},
        {"url", d->url},   {"source", d->source}, {"site_name", d->site_name}, {"language", d->language}};
    cb_buffer_printf(out, "{\"id\":%zu", id);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        cb_buffer_add_char(out, ',');
        add_field(&w, fields[i][0], fields[i][1]);
    }
    cb_buffer_add_text(out, ",\"text\":");
    cb_json_add_string(out, d->text, d->text_len);
    cb_buffer_add_text(out, "}\n");
    return cb_buffer_status(out, "the JSON of one document", err);
}
