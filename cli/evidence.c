#include "cli/evidence.h"

#include "base/hash.h"
#include "base/text_file.h"
#include "db/claim_id.h"
#include "report/sink.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

struct writer {
    FILE *out;
    struct cb_db *db;
    const struct cb_evidence_input *input;
    const char *retrieved;
    size_t addresses; /* how many were written */
    struct cb_err *err;
};

static void put_key(struct writer *writer, const char *key, const char *value)
{
    (void)fprintf(writer->out, ",\"%s\":", key);
    cb_json_string(writer->out, value, strlen(value));
}

static enum cb_code put_file(struct writer *writer, const char *path)
{
    struct cb_buffer content;
    struct cb_sha256 hash;
    char hex[CB_SHA256_HEX_SIZE];
    cb_buffer_init(&content, CB_EVIDENCE_FILE_MAX);
    enum cb_code code = cb_read_file(path, &content, writer->err);
    if (code == CB_OK)
        code = cb_sha256(cb_buffer_text(&content), content.len, &hash, writer->err);
    cb_buffer_release(&content);
    if (code != CB_OK)
        return code;
    cb_sha256_hex(&hash, hex);
    put_key(writer, "path", path);
    put_key(writer, "sha256", hex);
    return CB_OK;
}

static enum cb_code put_address(struct writer *writer, const char *url)
{
    put_key(writer, "url", url);
    put_key(writer, "retrieved_at", writer->retrieved);
    size_t place = writer->addresses++;
    return place < writer->input->archive_count ? put_file(writer, writer->input->archives[place]) : CB_OK;
}

static enum cb_code put_document(struct writer *writer, const char *typed)
{
    char id[CB_UUID_TEXT_SIZE];
    enum cb_code code = cb_document_resolve(writer->db, typed, id, writer->err);
    if (code == CB_OK)
        put_key(writer, "document_id", id);
    return code;
}

static enum cb_code put_claim(struct writer *writer, const char *typed)
{
    struct cb_claim_key key;
    enum cb_code code = cb_claim_resolve(writer->db, typed, &key, writer->err);
    if (code != CB_OK)
        return code;
    put_key(writer, "document_id", key.document_id);
    (void)fprintf(writer->out, ",\"claim_no\":%d", (int)key.claim_no);
    return CB_OK;
}

/* Takes "word:" off the front when `word` is there. */
static bool takes(const char **text, const char *word)
{
    size_t len = strlen(word);
    if (strncmp(*text, word, len) != 0 || (*text)[len] != ':')
        return false;
    *text += len + 1;
    return true;
}

static enum cb_code put_item(struct writer *writer, const char *typed)
{
    static const char *const stances[] = {"supports", "refutes", "context"};
    static const struct {
        const char *word, *kind;
        enum cb_code (*put)(struct writer *writer, const char *value);
    } kinds[] = {
        {"url", "url", put_address},
        {"doc", "document", put_document},
        {"document", "document", put_document},
        {"claim", "claim", put_claim},
        {"file", "file", put_file},
    };
    const char *text = typed, *stance = NULL;
    for (size_t i = 0; i < sizeof stances / sizeof *stances && stance == NULL; i++)
        if (takes(&text, stances[i]))
            stance = stances[i];
    size_t kind = 0, count = sizeof kinds / sizeof *kinds;
    bool address = strncmp(text, "http://", 7) == 0 || strncmp(text, "https://", 8) == 0;
    while (!address && kind < count && !takes(&text, kinds[kind].word))
        kind++;
    if (kind == count || text[0] == '\0') {
        (void)cb_fail(writer->err, CB_USAGE, "'%s' is no evidence", typed);
        cb_hint(writer->err, "write url:…, doc:…, claim:… or file:…, if need be with supports:, refutes: or "
                             "context: before it");
        return CB_USAGE;
    }
    (void)fprintf(writer->out, "{\"kind\":\"%s\"", kinds[kind].kind);
    if (stance != NULL)
        put_key(writer, "stance", stance);
    enum cb_code code = kinds[kind].put(writer, text);
    (void)fputc('}', writer->out);
    if (code != CB_OK && code != CB_USAGE)
        cb_prefix(writer->err, "evidence '%s'", typed);
    return code;
}

static enum cb_code put_all(struct writer *writer)
{
    const struct cb_evidence_input *input = writer->input;
    (void)fputc('[', writer->out);
    for (size_t i = 0; i < input->count; i++) {
        if (i > 0)
            (void)fputc(',', writer->out);
        enum cb_code code = put_item(writer, input->items[i]);
        if (code != CB_OK)
            return code;
    }
    (void)fputc(']', writer->out);
    if (writer->addresses < input->archive_count)
        return cb_fail(writer->err, CB_USAGE, "%zu archived copies for %zu addresses", input->archive_count,
                       writer->addresses);
    return CB_OK;
}

enum cb_code cb_evidence_json(struct cb_db *db, const struct cb_evidence_input *input, struct cb_buffer *out,
                              struct cb_err *err)
{
    char now[32];
    time_t seconds = time(NULL);
    struct tm utc;
    if (input->count > CB_EVIDENCE_ITEMS_MAX)
        return cb_fail(err, CB_LIMIT, "more than %d pieces of evidence", (int)CB_EVIDENCE_ITEMS_MAX);
    if (gmtime_r(&seconds, &utc) == NULL || strftime(now, sizeof now, "%Y-%m-%dT%H:%M:%SZ", &utc) == 0)
        return cb_fail(err, CB_FAILED, "the system does not know the time");
    char *text = NULL;
    size_t len = 0;
    FILE *memory = open_memstream(&text, &len);
    if (memory == NULL)
        return cb_no_memory(err);
    struct writer writer = {
        .out = memory,
        .db = db,
        .input = input,
        .retrieved = input->retrieved != NULL ? input->retrieved : now,
        .err = err,
    };
    enum cb_code code = put_all(&writer);
    if (fclose(memory) != 0 && code == CB_OK)
        code = cb_no_memory(err);
    if (code == CB_OK) {
        cb_buffer_add(out, text, len);
        code = cb_buffer_status(out, "the evidence", err);
    }
    free(text);
    return code;
}
