/* Any bytes as a CSV file of one of the kinds that import takes, or as a map of ratings. Instead of the
 * loader there is one here that only looks at what it is given. The first byte chooses the kind; the columns
 * are named by the program itself when it is large, so that rows are reached. */
#include "importer/claimreview.h"
#include "importer/csv_rows.h"
#include "importer/stored.h"
#include "tests/fuzz/reading.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require_string(const char *text)
{
    if (text != NULL)
        fuzz_require_clean(text, strlen(text));
}

/* A value that a row must have. */
static void require_value(const char *text)
{
    fuzz_require(text != NULL && text[0] != '\0');
    require_string(text);
}

int64_t *cb_loader_bytes_read(struct cb_loader *loader)
{
    return &loader->counts.bytes_read;
}

enum cb_code cb_loader_may_go_on(const struct cb_loader *loader, struct cb_err *err)
{
    (void)loader, (void)err;
    return CB_OK;
}

enum cb_code cb_loader_document(struct cb_loader *loader, const struct cb_input_document *document,
                                struct cb_err *err)
{
    return fuzz_document(loader, document, err);
}

enum cb_code cb_loader_reject(struct cb_loader *loader, const struct cb_input_reject *reject,
                              struct cb_err *err)
{
    fuzz_require(reject->line > 0);
    return fuzz_reject(loader, reject, err);
}

enum cb_code cb_loader_claim(struct cb_loader *loader, const struct cb_input_claim *claim, struct cb_err *err)
{
    (void)loader, (void)err;
    const char *const strings[] = {claim->title, claim->speaker, claim->date, claim->source,
                                   claim->url,   claim->status,  claim->note};
    require_value(claim->external_id);
    require_value(claim->text);
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
        require_string(strings[i]);
    return CB_OK;
}

enum cb_code cb_stored_add_sentence(struct cb_loader *loader, const struct cb_stored_sentence *row,
                                    char reason[CB_STORED_REASON_MAX], struct cb_err *err)
{
    (void)loader, (void)reason, (void)err;
    require_value(row->document);
    require_string(row->text);
    fuzz_require(row->paragraph_no >= 0 &&
                 (!row->has_range || (row->range.start >= 0 && row->range.end >= 0)));
    return CB_OK;
}

enum cb_code cb_stored_add_attribution(struct cb_loader *loader, const struct cb_stored_attribution *row,
                                       char reason[CB_STORED_REASON_MAX], struct cb_err *err)
{
    (void)loader, (void)reason, (void)err;
    const char *const strings[] = {row->text, row->role, row->source, row->cue, row->via};
    require_value(row->document);
    require_value(row->speaker);
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
        require_string(strings[i]);
    fuzz_require(!row->has_range || (row->range.start >= 0 && row->range.end >= 0));
    return CB_OK;
}

enum cb_code cb_stored_add_link(struct cb_loader *loader, const struct cb_stored_link *row,
                                char reason[CB_STORED_REASON_MAX], struct cb_err *err)
{
    (void)loader, (void)reason, (void)err;
    require_value(row->document);
    require_value(row->kind);
    require_value(row->target);
    require_string(row->reason);
    require_string(row->stated_by);
    return CB_OK;
}

static const struct {
    enum cb_load_kind kind;
    const char *header;
} files[] = {
    {CB_LOAD_CLAIMS, "external_id,text,title,speaker,date,source,url,status,note\n"},
    {CB_LOAD_DOCUMENTS, "text,id,url,title,author,published,modified,retrieved,source,site_name,language\n"},
    {CB_LOAD_SENTENCES, "document,text,start,end,paragraph,kind\n"},
    {CB_LOAD_ATTRIBUTIONS, "document,text,start,end,speaker,role,source,cue,via,kind,modality\n"},
    {CB_LOAD_LINKS, "document,kind,target,reason,stated_by\n"},
    {CB_LOAD_CLAIMREVIEW, "rating,status\n"}, /* the map */
};

static enum cb_code read_file(enum cb_load_kind kind, const char *path, struct cb_err *err)
{
    struct cb_rating_map *map = NULL;
    static struct cb_loader loader; /* only its address and its counts are used */
    if (kind != CB_LOAD_CLAIMREVIEW)
        return cb_load_csv(&loader, kind, path, NULL, err);
    enum cb_code code = cb_rating_map_read(path, &map, err);
    cb_rating_map_free(map);
    return code;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    size_t which = data[0] % (sizeof files / sizeof *files);
    size_t head = data[0] >= 64 ? strlen(files[which].header) : 0;
    uint8_t *bytes = malloc(head + size);
    fuzz_require(bytes != NULL);
    memcpy(bytes, files[which].header, head);
    memcpy(bytes + head, data + 1, size - 1);
    struct cb_err err = {0};
    enum cb_code code = read_file(files[which].kind, fuzz_file(bytes, head + size - 1), &err);
    fuzz_require(code == CB_OK || ((code == CB_INPUT || code == CB_LIMIT) && err.message[0] != '\0'));
    free(bytes);
    return 0;
}
