#include "importer/csv_rows.h"

#include "importer/csv_table.h"
#include "importer/iso_time.h"
#include "importer/reader.h"
#include "importer/stored.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum cb_code reject(struct cb_loader *loader, const struct cb_csv_record *record, const char *reason,
                           struct cb_err *err)
{
    const struct cb_input_reject what = {.path = record->path,
                                         .line = record->line,
                                         .reason = reason,
                                         .content = record->raw,
                                         .content_len = record->raw_len};
    return cb_loader_reject(loader, &what, err);
}

static enum cb_code sink_reject(void *context, const struct cb_input_reject *what, struct cb_err *err)
{
    return cb_loader_reject(context, what, err);
}

/* False, with the reason, when a time is given that is none. */
static bool time_is_good(const char *name, const char *value, char reason[160])
{
    int64_t ignored;
    if (value == NULL || cb_iso_time(value, &ignored))
        return true;
    (void)snprintf(reason, 160, "%s '%.60s' is no ISO 8601 date or time, as 2015-11-18", name, value);
    return false;
}

/* "In review" is "in_review", "derived-from" is "derived_from". */
static void normalise_word(const char *value, char *out, size_t size)
{
    size_t at = 0;
    for (; value[at] != '\0' && at < size - 1; at++)
        out[at] = value[at] == ' ' || value[at] == '-' ? '_' : (char)tolower((unsigned char)value[at]);
    out[at] = '\0';
}

/* ------------------------------------------------------------------ claims */

enum {
    CLAIM_ID,
    CLAIM_TEXT,
    CLAIM_TITLE,
    CLAIM_SPEAKER,
    CLAIM_DATE,
    CLAIM_SOURCE,
    CLAIM_URL,
    CLAIM_STATUS,
    CLAIM_NOTE
};

static const struct cb_csv_column claim_columns[] = {
    [CLAIM_ID] = {.names = "external_id|id", .required = true},
    [CLAIM_TEXT] = {.names = "text|claim", .required = true},
    [CLAIM_TITLE] = {.names = "title"},
    [CLAIM_SPEAKER] = {.names = "speaker"},
    [CLAIM_DATE] = {.names = "date|published"},
    [CLAIM_SOURCE] = {.names = "source"},
    [CLAIM_URL] = {.names = "url"},
    [CLAIM_STATUS] = {.names = "status"},
    [CLAIM_NOTE] = {.names = "note"},
};

enum { STATUS_SIZE = 32 };

/* The rules of the ledger, said before it is asked: a row that breaks them is rejected alone. */
static bool status_is_good(const char *status, const char *const *values, char reason[160])
{
    static const char *const known[] = {"unverified", "in_review", "verified",
                                        "disputed",   "refuted",   "unverifiable"};
    bool found = false;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        found = found || strcmp(status, known[i]) == 0;
    if (!found) {
        (void)snprintf(
            reason, 160,
            "status '%.40s' is none of unverified, in_review, verified, disputed, refuted, unverifiable",
            values[CLAIM_STATUS]);
        return false;
    }
    bool verdict = strcmp(status, "verified") == 0 || strcmp(status, "refuted") == 0;
    if (verdict && values[CLAIM_URL] == NULL)
        (void)snprintf(reason, 160, "status '%s' needs evidence, but url is empty", status);
    else if (strcmp(status, "disputed") == 0 && values[CLAIM_URL] == NULL && values[CLAIM_NOTE] == NULL)
        (void)snprintf(reason, 160, "status 'disputed' needs a reason, but note and url are empty");
    else
        return true;
    return false;
}

static enum cb_code take_claim(void *context, const struct cb_csv_record *record, struct cb_err *err)
{
    const char *const *values = record->values;
    char reason[160], status[STATUS_SIZE] = "";
    if (values[CLAIM_STATUS] != NULL)
        normalise_word(values[CLAIM_STATUS], status, sizeof status);
    if (!time_is_good("date", values[CLAIM_DATE], reason) ||
        (status[0] != '\0' && !status_is_good(status, values, reason)))
        return reject(context, record, reason, err);
    const struct cb_input_claim claim = {
        .path = record->path,
        .line = record->line,
        .external_id = values[CLAIM_ID],
        .text = values[CLAIM_TEXT],
        .title = values[CLAIM_TITLE],
        .speaker = values[CLAIM_SPEAKER],
        .date = values[CLAIM_DATE],
        .source = values[CLAIM_SOURCE],
        .url = values[CLAIM_URL],
        .status = status[0] != '\0' ? status : NULL,
        .note = values[CLAIM_NOTE],
        .row = record->raw,
        .row_len = record->raw_len,
    };
    return cb_loader_claim(context, &claim, err);
}

/* ------------------------------------------------------------------ documents */

enum {
    DOC_TEXT,
    DOC_ID,
    DOC_URL,
    DOC_TITLE,
    DOC_BYLINE,
    DOC_PUBLISHED,
    DOC_MODIFIED,
    DOC_RETRIEVED,
    DOC_SOURCE,
    DOC_SITE,
    DOC_LANGUAGE
};

static const struct cb_csv_column document_columns[] = {
    [DOC_TEXT] = {.names = "text", .required = true, .verbatim = true},
    [DOC_ID] = {.names = "external_id|id"},
    [DOC_URL] = {.names = "url"},
    [DOC_TITLE] = {.names = "title"},
    [DOC_BYLINE] = {.names = "byline|author"},
    [DOC_PUBLISHED] = {.names = "published|date"},
    [DOC_MODIFIED] = {.names = "modified"},
    [DOC_RETRIEVED] = {.names = "retrieved"},
    [DOC_SOURCE] = {.names = "source"},
    [DOC_SITE] = {.names = "site_name"},
    [DOC_LANGUAGE] = {.names = "language"},
};

/* The text begins with the title when its first line is the title. */
static bool begins_with_title(const char *text, const char *title)
{
    size_t len = title != NULL ? strlen(title) : 0;
    return len > 0 && strncmp(text, title, len) == 0 && (text[len] == '\n' || text[len] == '\0');
}

static enum cb_code take_document(void *context, const struct cb_csv_record *record, struct cb_err *err)
{
    const char *const *values = record->values;
    char reason[160];
    if (!time_is_good("published", values[DOC_PUBLISHED], reason) ||
        !time_is_good("modified", values[DOC_MODIFIED], reason) ||
        !time_is_good("retrieved", values[DOC_RETRIEVED], reason))
        return reject(context, record, reason, err);
    if (!cb_has_words(values[DOC_TEXT], strlen(values[DOC_TEXT])))
        return reject(context, record, "holds no text", err);
    const struct cb_input_document document = {
        .path = record->path,
        .text = values[DOC_TEXT],
        .text_len = strlen(values[DOC_TEXT]),
        .has_title = begins_with_title(values[DOC_TEXT], values[DOC_TITLE]),
        .title = values[DOC_TITLE],
        .byline = values[DOC_BYLINE],
        .published = values[DOC_PUBLISHED],
        .modified = values[DOC_MODIFIED],
        .retrieved = values[DOC_RETRIEVED],
        .url = values[DOC_URL],
        .site_name = values[DOC_SITE],
        .source = values[DOC_SOURCE],
        .language = values[DOC_LANGUAGE],
        .external_id = values[DOC_ID],
        .media_type = "text/csv",
    };
    return cb_loader_document(context, &document, err);
}

/* ------------------------------------------------------------------ rows of stored documents */

/* Whole numbers of a row; false, with the reason, when one is none. */
static bool number_is_good(const char *name, const char *value, int32_t *out,
                           char reason[CB_STORED_REASON_MAX])
{
    *out = 0;
    if (value == NULL)
        return true;
    char *end;
    long number = strtol(value, &end, 10);
    *out = (int32_t)number;
    if (*end == '\0' && value[0] != '-' && number <= INT32_MAX)
        return true;
    (void)snprintf(reason, CB_STORED_REASON_MAX, "%s '%.40s' is no whole number", name, value);
    return false;
}

/* Start and end: both, or none. */
static bool range_is_good(const char *start, const char *end, bool *has, struct cb_record_range *out,
                          char reason[CB_STORED_REASON_MAX])
{
    *has = start != NULL;
    if ((start == NULL) != (end == NULL)) {
        (void)snprintf(reason, CB_STORED_REASON_MAX, "start and end belong together");
        return false;
    }
    return number_is_good("start", start, &out->start, reason) &&
           number_is_good("end", end, &out->end, reason);
}

/* False, with the reason, when the value is none of "body|heading". */
static bool word_is_good(const char *name, const char *words, const char *value,
                         char reason[CB_STORED_REASON_MAX])
{
    size_t len = value != NULL ? strlen(value) : 0;
    for (const char *at = words; value != NULL && *at != '\0';) {
        size_t word = strcspn(at, "|");
        if (word == len && memcmp(at, value, len) == 0)
            return true;
        at += word + (at[word] == '|');
    }
    if (value == NULL)
        return true;
    (void)snprintf(reason, CB_STORED_REASON_MAX, "%s '%.40s' is none of %s", name, value, words);
    return false;
}

enum { SENTENCE_DOCUMENT, SENTENCE_TEXT, SENTENCE_START, SENTENCE_END, SENTENCE_PARAGRAPH, SENTENCE_KIND };

static const struct cb_csv_column sentence_columns[] = {
    [SENTENCE_DOCUMENT] = {.names = "document", .required = true},
    [SENTENCE_TEXT] = {.names = "text"},
    [SENTENCE_START] = {.names = "start"},
    [SENTENCE_END] = {.names = "end"},
    [SENTENCE_PARAGRAPH] = {.names = "paragraph"},
    [SENTENCE_KIND] = {.names = "kind"},
};

static enum cb_code take_sentence(void *context, const struct cb_csv_record *record, struct cb_err *err)
{
    const char *const *values = record->values;
    char reason[CB_STORED_REASON_MAX] = "";
    struct cb_stored_sentence row = {
        .document = values[SENTENCE_DOCUMENT], .text = values[SENTENCE_TEXT], .kind = values[SENTENCE_KIND]};
    enum cb_code code = cb_loader_may_go_on(context, err);
    if (code == CB_OK &&
        range_is_good(values[SENTENCE_START], values[SENTENCE_END], &row.has_range, &row.range, reason) &&
        number_is_good("paragraph", values[SENTENCE_PARAGRAPH], &row.paragraph_no, reason) &&
        word_is_good("kind", "body|heading|list_item", row.kind, reason))
        code = cb_stored_add_sentence(context, &row, reason, err);
    return code == CB_OK && reason[0] != '\0' ? reject(context, record, reason, err) : code;
}

enum {
    ATTRIBUTION_DOCUMENT,
    ATTRIBUTION_TEXT,
    ATTRIBUTION_START,
    ATTRIBUTION_END,
    ATTRIBUTION_SPEAKER,
    ATTRIBUTION_ROLE,
    ATTRIBUTION_SOURCE,
    ATTRIBUTION_CUE,
    ATTRIBUTION_VIA,
    ATTRIBUTION_KIND,
    ATTRIBUTION_MODALITY,
};

static const struct cb_csv_column attribution_columns[] = {
    [ATTRIBUTION_DOCUMENT] = {.names = "document", .required = true},
    [ATTRIBUTION_TEXT] = {.names = "text|claim"},
    [ATTRIBUTION_START] = {.names = "start"},
    [ATTRIBUTION_END] = {.names = "end"},
    [ATTRIBUTION_SPEAKER] = {.names = "speaker", .required = true},
    [ATTRIBUTION_ROLE] = {.names = "role"},
    [ATTRIBUTION_SOURCE] = {.names = "source"},
    [ATTRIBUTION_CUE] = {.names = "cue"},
    [ATTRIBUTION_VIA] = {.names = "via"},
    [ATTRIBUTION_KIND] = {.names = "kind"},
    [ATTRIBUTION_MODALITY] = {.names = "modality"},
};

static enum cb_code take_attribution(void *context, const struct cb_csv_record *record, struct cb_err *err)
{
    const char *const *values = record->values;
    char reason[CB_STORED_REASON_MAX] = "";
    struct cb_stored_attribution row = {
        .document = values[ATTRIBUTION_DOCUMENT],
        .text = values[ATTRIBUTION_TEXT],
        .speaker = values[ATTRIBUTION_SPEAKER],
        .role = values[ATTRIBUTION_ROLE],
        .source = values[ATTRIBUTION_SOURCE],
        .cue = values[ATTRIBUTION_CUE],
        .via = values[ATTRIBUTION_VIA],
        .kind = values[ATTRIBUTION_KIND],
        .modality = values[ATTRIBUTION_MODALITY],
    };
    enum cb_code code = cb_loader_may_go_on(context, err);
    if (code == CB_OK &&
        range_is_good(values[ATTRIBUTION_START], values[ATTRIBUTION_END], &row.has_range, &row.range,
                      reason) &&
        word_is_good("kind", "direct|indirect|mixed|assertion", row.kind, reason) &&
        word_is_good("modality", "stated|denied|hedged|question|opinion|wish", row.modality, reason))
        code = cb_stored_add_attribution(context, &row, reason, err);
    return code == CB_OK && reason[0] != '\0' ? reject(context, record, reason, err) : code;
}

enum { LINK_DOCUMENT, LINK_KIND, LINK_TARGET, LINK_REASON, LINK_BY };

static const struct cb_csv_column link_columns[] = {
    [LINK_DOCUMENT] = {.names = "document", .required = true},
    [LINK_KIND] = {.names = "kind", .required = true},
    [LINK_TARGET] = {.names = "target", .required = true},
    [LINK_REASON] = {.names = "reason"},
    [LINK_BY] = {.names = "stated_by"},
};

static enum cb_code take_link(void *context, const struct cb_csv_record *record, struct cb_err *err)
{
    const char *const *values = record->values;
    char reason[CB_STORED_REASON_MAX] = "", kind[32];
    normalise_word(values[LINK_KIND], kind, sizeof kind);
    const struct cb_stored_link row = {.document = values[LINK_DOCUMENT],
                                       .kind = kind,
                                       .target = values[LINK_TARGET],
                                       .reason = values[LINK_REASON],
                                       .stated_by = values[LINK_BY]};
    enum cb_code code = cb_loader_may_go_on(context, err);
    if (code == CB_OK &&
        word_is_good("kind", "quotation|derived_from|primary_source|republication|revision_of", kind, reason))
        code = cb_stored_add_link(context, &row, reason, err);
    return code == CB_OK && reason[0] != '\0' ? reject(context, record, reason, err) : code;
}

/* ------------------------------------------------------------------ the files */

static const struct {
    enum cb_load_kind kind;
    const struct cb_csv_column *columns;
    size_t count;
    cb_csv_record_sink *take;
} files[] = {
    {CB_LOAD_CLAIMS, claim_columns, sizeof claim_columns / sizeof *claim_columns, take_claim},
    {CB_LOAD_DOCUMENTS, document_columns, sizeof document_columns / sizeof *document_columns, take_document},
    {CB_LOAD_SENTENCES, sentence_columns, sizeof sentence_columns / sizeof *sentence_columns, take_sentence},
    {CB_LOAD_ATTRIBUTIONS, attribution_columns, sizeof attribution_columns / sizeof *attribution_columns,
     take_attribution},
    {CB_LOAD_LINKS, link_columns, sizeof link_columns / sizeof *link_columns, take_link},
};

enum cb_code cb_load_csv(struct cb_loader *loader, enum cb_load_kind kind, const char *path,
                         struct cb_buffer *unknown, struct cb_err *err)
{
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        if (files[i].kind != kind)
            continue;
        const struct cb_csv_table table = {.columns = files[i].columns,
                                           .column_count = files[i].count,
                                           .record = files[i].take,
                                           .reject = sink_reject,
                                           .context = loader,
                                           .bytes_read = cb_loader_bytes_read(loader),
                                           .unknown = unknown};
        return cb_csv_table_read(path, &table, err);
    }
    return cb_fail(err, CB_USAGE, "there is no CSV of this kind");
}
