/* Plain text: any encoding that can be told, kept as it is but for line ends. */
#include "importer/encoding.h"
#include "importer/reader.h"
#include "text/unicode.h"

#include <stdio.h>
#include <string.h>

/* The charset of "text/plain; charset=koi8-r", or NULL. */
static const char *declared_charset(const char *media_type, char name[CB_ENCODING_NAME_MAX])
{
    const char *at = media_type != NULL ? strstr(media_type, "charset=") : NULL;
    if (at == NULL)
        return NULL;
    at += strlen("charset=");
    if (*at == '"')
        at++;
    size_t len = strcspn(at, "\"; \t");
    (void)snprintf(name, CB_ENCODING_NAME_MAX, "%.*s", (int)(len < 60 ? len : 60), at);
    return name;
}

static enum cb_code hand_on(struct cb_intake *intake, const struct cb_entry *entry,
                            const struct cb_buffer *raw, const struct cb_buffer *text, const char *encoding,
                            struct cb_err *err)
{
    char media_type[CB_ENCODING_NAME_MAX + 32] = "text/plain";
    if (strcmp(encoding, "UTF-8") != 0)
        (void)snprintf(media_type, sizeof media_type, "text/plain; charset=%s", encoding);
    const struct cb_input_document document = {
        .path = entry->path,
        .text = cb_buffer_text(text),
        .text_len = text->len,
        .url = entry->url,
        .retrieved = entry->retrieved,
        .media_type = media_type,
        .raw = cb_buffer_text(raw),
        .raw_len = raw->len,
    };
    return cb_intake_document(intake, &document, err);
}

static enum cb_code read_text(struct cb_intake *intake, const struct cb_entry *entry,
                              struct cb_stream *stream, struct cb_err *err)
{
    struct cb_buffer raw, text;
    cb_buffer_init(&raw, intake->document_max);
    cb_buffer_init(&text, intake->document_max);
    char declared[CB_ENCODING_NAME_MAX], encoding[CB_ENCODING_NAME_MAX];
    cb_buffer_add(&raw, entry->head, entry->head_len);
    enum cb_code code = cb_stream_read_all(stream, &raw, err);
    if (code == CB_OK)
        code = cb_decode(cb_buffer_text(&raw) + entry->head_len, raw.len - entry->head_len,
                         declared_charset(entry->media_type, declared), &text, encoding, err);
    if (code == CB_OK && !cb_has_words(cb_buffer_text(&text), text.len))
        code = cb_fail(err, CB_INPUT, raw.len == entry->head_len ? "is empty" : "holds no text");
    if (code == CB_OK)
        code = hand_on(intake, entry, &raw, &text, encoding, err);
    cb_buffer_release(&text);
    cb_buffer_release(&raw);
    return code;
}

static bool always(const struct cb_entry *entry, const char *bytes, size_t len)
{
    (void)entry, (void)bytes, (void)len;
    return true;
}

const struct cb_reader cb_reader_text = {"plain text", always, read_text};
