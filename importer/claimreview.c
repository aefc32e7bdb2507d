#include "importer/claimreview.h"

#include "base/text_file.h"
#include "importer/iso_time.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* JSON of any depth would be walked by recursion; feeds have four levels. */
enum { DEPTH_MAX = 16, REASON_MAX = 200 };

struct reader {
    struct cb_loader *loader;
    const char *path;
    const struct cb_rating_map *map;
    struct cb_claimreview_report *report;
    int64_t record; /* number of the review in the file, from 1 */
};

/* One review, whatever form it came in. Borrowed from the JSON. */
struct review {
    const char *url, *claim, *claimant, *claim_date, *publisher, *review_date, *title;
    struct cb_rating rating;
};

/* ------------------------------------------------------------------ looking into JSON */

/* A property that may be given as one value or as a list of them: the first. */
static const json_t *first(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    while (json_is_array(value))
        value = json_array_get(value, 0);
    return value;
}

/* The text of a property, NULL when it is none or empty. */
static const char *text_of(const json_t *object, const char *name)
{
    const char *text = json_string_value(first(object, name));
    return text != NULL && text[0] != '\0' ? text : NULL;
}

/* "name" of a thing that may be written as a plain text. */
static const char *name_of(const json_t *object, const char *property)
{
    const json_t *thing = first(object, property);
    const char *text = json_string_value(thing);
    if (text == NULL)
        text = text_of(thing, "name");
    return text != NULL && text[0] != '\0' ? text : NULL;
}

/* Numbers are also written as texts. */
static bool number_of(const json_t *object, const char *name, double *out)
{
    const json_t *value = first(object, name);
    if (json_is_number(value)) {
        *out = json_number_value(value);
        return true;
    }
    const char *text = json_string_value(value);
    char *end = NULL;
    if (text == NULL || text[0] == '\0')
        return false;
    *out = strtod(text, &end);
    return *end == '\0' && isfinite(*out);
}

static bool has_type(const json_t *object, const char *type)
{
    const json_t *types = json_object_get(object, "@type");
    size_t count = json_is_array(types) ? json_array_size(types) : 1;
    for (size_t i = 0; i < count; i++) {
        const char *name = json_string_value(json_is_array(types) ? json_array_get(types, i) : types);
        const char *last = name != NULL ? strrchr(name, '/') : NULL;
        if (name != NULL && strcasecmp(last != NULL ? last + 1 : name, type) == 0)
            return true;
    }
    return false;
}

/* ------------------------------------------------------------------ one review */

/* Only the day counts, and only when it is one: "2020-05-01T00:00:00Z", never "yesterday". */
static const char *date_of(const json_t *object, const char *name)
{
    const char *text = text_of(object, name);
    int64_t ignored;
    return text != NULL && cb_iso_time(text, &ignored) ? text : NULL;
}

static enum cb_code reject(struct reader *reader, const json_t *record, const char *reason,
                           struct cb_err *err)
{
    char *raw = record != NULL ? json_dumps(record, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;
    const struct cb_input_reject what = {
        .path = reader->path,
        .line = reader->record,
        .reason = reason,
        .content = raw,
        .content_len = raw != NULL ? strlen(raw) : 0,
    };
    enum cb_code code = cb_loader_reject(reader->loader, &what, err);
    free(raw);
    return code;
}

static const char *missing(const struct review *review)
{
    if (review->claim == NULL)
        return "the review does not say which claim it reviews";
    if (review->url == NULL)
        return "the review has no address";
    return NULL;
}

/* How many of the text's first `max` bytes are whole letters. */
static int whole_letters(const char *text, size_t max)
{
    size_t len = strlen(text);
    if (len <= max)
        return (int)len;
    while (max > 0 && ((unsigned char)text[max] & 0xC0) == 0x80)
        max--;
    return (int)max;
}

static void write_note(const struct review *review, char *note, size_t size)
{
    enum { RATING = 80, PUBLISHER = 60 };
    const char *rating = review->rating.name != NULL ? review->rating.name : "a number";
    const char *publisher = review->publisher != NULL ? review->publisher : "an unnamed reviewer";
    (void)snprintf(note, size, "rated '%.*s' by %.*s%s%.10s", whole_letters(rating, RATING), rating,
                   whole_letters(publisher, PUBLISHER), publisher, review->review_date != NULL ? ", " : "",
                   review->review_date != NULL ? review->review_date : "");
}

static enum cb_code take(struct reader *reader, const json_t *record, const struct review *review,
                         struct cb_err *err)
{
    reader->record++;
    reader->report->expected++;
    const char *reason = missing(review);
    if (reason != NULL)
        return reject(reader, record, reason, err);
    const char *status = cb_rating_status(reader->map, &review->rating);
    reader->report->unmapped += status == NULL;
    char note[REASON_MAX];
    write_note(review, note, sizeof note);
    char *raw = json_dumps(record, JSON_COMPACT);
    if (raw == NULL)
        return cb_no_memory(err);
    const struct cb_input_claim claim = {
        .path = reader->path,
        .line = reader->record,
        .external_id = review->url,
        .text = review->claim,
        .title = review->title,
        .speaker = review->claimant,
        .date = review->claim_date,
        .source = review->publisher,
        .url = review->url,
        .status = status,
        .note = note,
        .row = raw,
        .row_len = strlen(raw),
        .raw = raw,
        .raw_len = strlen(raw),
        .media_type = "application/ld+json",
    };
    enum cb_code code = cb_loader_claim(reader->loader, &claim, err);
    free(raw);
    return code;
}

static enum cb_code take_claimreview(struct reader *reader, const json_t *record, struct cb_err *err)
{
    const json_t *item = first(record, "itemReviewed");
    const json_t *rating = first(record, "reviewRating");
    struct review review = {
        .url = text_of(record, "url"),
        .claim = text_of(record, "claimReviewed"),
        .claimant = name_of(item, "author"),
        .claim_date = date_of(item, "datePublished"),
        .publisher = name_of(record, "author"),
        .review_date = date_of(record, "datePublished"),
        .title = text_of(record, "name"),
        .rating = {.name = text_of(rating, "alternateName"), .best = 5, .worst = 1},
    };
    if (review.publisher == NULL)
        review.publisher = name_of(record, "publisher");
    if (review.claim == NULL)
        review.claim = name_of(record, "itemReviewed");
    if (review.title == NULL)
        review.title = text_of(record, "headline");
    if (review.rating.name == NULL)
        review.rating.name = text_of(rating, "name");
    review.rating.has_value = number_of(rating, "ratingValue", &review.rating.value);
    (void)number_of(rating, "bestRating", &review.rating.best);
    (void)number_of(rating, "worstRating", &review.rating.worst);
    return take(reader, record, &review, err);
}

/* Google's form: a claim with its reviews inside. The record that is kept is the claim with this one review.
 */
static enum cb_code take_google_claim(struct reader *reader, const json_t *record, struct cb_err *err)
{
    const json_t *reviews = json_object_get(record, "claimReview");
    enum cb_code code = CB_OK;
    for (size_t i = 0; i < json_array_size(reviews) && code == CB_OK; i++) {
        const json_t *one = json_array_get(reviews, i);
        const json_t *publisher = json_object_get(one, "publisher");
        const struct review review = {
            .url = text_of(one, "url"),
            .claim = text_of(record, "text"),
            .claimant = text_of(record, "claimant"),
            .claim_date = date_of(record, "claimDate"),
            .publisher =
                text_of(publisher, "name") != NULL ? text_of(publisher, "name") : text_of(publisher, "site"),
            .review_date = date_of(one, "reviewDate"),
            .title = text_of(one, "title"),
            .rating = {.name = text_of(one, "textualRating")},
        };
        code = take(reader, record, &review, err);
    }
    return code;
}

/* ------------------------------------------------------------------ the ways in which they are packed */

static enum cb_code walk(struct reader *reader, const json_t *value, unsigned depth, struct cb_err *err);

static enum cb_code walk_all(struct reader *reader, const json_t *list, unsigned depth, struct cb_err *err)
{
    if (!json_is_array(list))
        return walk(reader, list, depth, err);
    enum cb_code code = CB_OK;
    for (size_t i = 0; i < json_array_size(list) && code == CB_OK; i++)
        code = walk(reader, json_array_get(list, i), depth, err);
    return code;
}

static enum cb_code walk(struct reader *reader, const json_t *value, unsigned depth, struct cb_err *err)
{
    static const char *const containers[] = {"dataFeedElement", "item", "@graph", "claims", "hasPart"};
    if (depth == DEPTH_MAX)
        return reject(reader, NULL, "the JSON is nested too deeply for reviews", err);
    if (json_is_array(value))
        return walk_all(reader, value, depth + 1, err);
    if (has_type(value, "ClaimReview"))
        return take_claimreview(reader, value, err);
    if (json_is_array(json_object_get(value, "claimReview")))
        return take_google_claim(reader, value, err);
    for (size_t i = 0; i < sizeof containers / sizeof *containers; i++) {
        const json_t *inside = json_object_get(value, containers[i]);
        if (inside != NULL)
            return walk_all(reader, inside, depth + 1, err);
    }
    reader->record++;
    return reject(reader, value, "it is neither a ClaimReview nor something that holds them", err);
}

/* One JSON value, or many one behind the other (JSON Lines). */
static enum cb_code read_values(struct reader *reader, const struct cb_buffer *bytes, struct cb_err *err)
{
    const char *at = cb_buffer_text(bytes);
    size_t left = bytes->len;
    enum cb_code code = CB_OK;
    if (left >= 3 && memcmp(at, "\xef\xbb\xbf", 3) == 0) {
        at += 3;
        left -= 3;
    }
    while (code == CB_OK) {
        while (left > 0 && strchr(" \t\r\n", *at) != NULL && *at != '\0') {
            at++;
            left--;
        }
        if (left == 0)
            break;
        json_error_t error;
        json_t *value = json_loadb(at, left, JSON_DISABLE_EOF_CHECK | JSON_REJECT_DUPLICATES, &error);
        if (value == NULL) {
            char reason[REASON_MAX];
            (void)snprintf(reason, sizeof reason, "it is no JSON: %.120s", error.text);
            code = reject(reader, NULL, reason, err);
            /* among JSON Lines a bad line costs itself; a file that begins badly is something else */
            const char *next = reader->record > 0 ? memchr(at, '\n', left) : NULL;
            if (next == NULL)
                break;
            left -= (size_t)(next - at);
            at = next;
            continue;
        }
        code = walk(reader, value, 0, err);
        json_decref(value);
        at += error.position;
        left -= (size_t)error.position;
    }
    return code;
}

enum cb_code cb_load_claimreview(struct cb_loader *loader, const char *path, const struct cb_rating_map *map,
                                 struct cb_claimreview_report *report, struct cb_err *err)
{
    struct reader reader = {.loader = loader, .path = path, .map = map, .report = report};
    struct cb_buffer bytes;
    cb_buffer_init(&bytes, CB_CLAIMREVIEW_MAX);
    enum cb_code code = cb_read_file(path, &bytes, err);
    if (code == CB_OK)
        code = read_values(&reader, &bytes, err);
    cb_buffer_release(&bytes);
    return code;
}
