/* The exports that are JSON documents: records made by the server, between a head and a tail of ours. */
#include "report/export.h"

#include "db_queries.h"
#include "report/sink.h"

#include <errno.h>
#include <string.h>

static const char standard_base[] = "urn:claimbase:";

static const char *base_of(const struct cb_export *export)
{
    return export->base != NULL ? export->base : standard_base;
}

static enum cb_code check_written(FILE *out, struct cb_err *err)
{
    if (fflush(out) == 0 && ferror(out) == 0)
        return CB_OK;
    return cb_fail(err, CB_FAILED, "can't write the export: %s", strerror(errno));
}

/* The heads are printed when the server has begun to answer, with a row or with none: who may not read the
 * tables gets an error and not half a document. */
struct list {
    FILE *out;
    const char *page; /* the id of an annotation page; NULL: a bare array */
    bool begun;
    size_t count;
};

static void begin_list(struct list *list)
{
    if (list->begun)
        return;
    list->begun = true;
    if (list->page != NULL) {
        (void)fputs("{\"@context\": \"http://www.w3.org/ns/anno.jsonld\", \"id\": ", list->out);
        cb_json_string(list->out, list->page, strlen(list->page));
        (void)fputs(", \"type\": \"AnnotationPage\", \"items\": ", list->out);
    }
    (void)fputc('[', list->out);
}

static enum cb_code add_item(void *context, const struct cb_rows *row, struct cb_err *err)
{
    struct list *list = context;
    begin_list(list);
    if (cb_rows_count(row) == 0)
        return CB_OK;
    (void)fputs(list->count++ == 0 ? "\n" : ",\n", list->out);
    (void)fwrite(cb_rows_text(row, 0, 0), 1, cb_rows_length(row, 0, 0), list->out);
    return ferror(list->out) == 0 ? CB_OK : check_written(list->out, err);
}

enum cb_code cb_export_claimreview(const struct cb_export *export, size_t *count, struct cb_err *err)
{
    struct list list = {.out = export->out};
    const char *const params[] = {base_of(export), export->publisher};
    enum cb_code code = cb_db_stream(export->db, &cb_sql_export_claimreview, params, 2, add_item, &list, err);
    if (code != CB_OK)
        return code;
    (void)fputs("\n]\n", export->out);
    *count = list.count;
    return check_written(export->out, err);
}

enum cb_code cb_export_annotations(const struct cb_export *export, size_t *count, struct cb_err *err)
{
    const char *const params[] = {base_of(export)};
    struct list list = {.out = export->out, .page = params[0]};
    enum cb_code code = cb_db_stream(export->db, &cb_sql_export_annotations, params, 1, add_item, &list, err);
    if (code != CB_OK)
        return code;
    (void)fputs("\n]}\n", export->out);
    *count = list.count;
    return check_written(export->out, err);
}

/* ------------------------------------------------------------------ PROV-JSON */

enum { NAME_MAX_BYTES = 256 };

/* Rows come ordered by bundle, section and id; a change of one closes the object it stood in. */
struct prov {
    FILE *out;
    const char *base;
    bool begun;
    char bundle[NAME_MAX_BYTES];
    char section[NAME_MAX_BYTES];
    bool in_bundles, in_section;
    size_t count;
};

static void begin_prov(struct prov *prov)
{
    if (prov->begun)
        return;
    prov->begun = true;
    (void)fputs("{\"prefix\": {\"cb\": ", prov->out);
    cb_json_string(prov->out, prov->base, strlen(prov->base));
    (void)fputs(", \"dcterms\": \"http://purl.org/dc/terms/\"}", prov->out);
}

static void put_name(FILE *out, const char *name)
{
    cb_json_string(out, name, strlen(name));
    (void)fputs(": ", out);
}

static void close_section(struct prov *prov)
{
    if (prov->in_section)
        (void)fputs("}", prov->out);
    prov->in_section = false;
    prov->section[0] = '\0';
}

static void open_bundle(struct prov *prov, const char *bundle)
{
    close_section(prov);
    (void)fputs(prov->in_bundles ? "},\n" : ",\n\"bundle\": {\n", prov->out);
    put_name(prov->out, bundle);
    (void)fputs("{", prov->out);
    prov->in_bundles = true;
    (void)snprintf(prov->bundle, sizeof prov->bundle, "%s", bundle);
}

static void open_section(struct prov *prov, const char *section, bool first)
{
    close_section(prov);
    (void)fputs(first ? "\n" : ",\n", prov->out);
    put_name(prov->out, section);
    (void)fputs("{", prov->out);
    prov->in_section = true;
    (void)snprintf(prov->section, sizeof prov->section, "%s", section);
}

static enum cb_code add_record(void *context, const struct cb_rows *row, struct cb_err *err)
{
    struct prov *prov = context;
    begin_prov(prov);
    if (cb_rows_count(row) == 0)
        return CB_OK;
    const char *bundle = cb_rows_text(row, 0, 0);
    const char *section = cb_rows_text(row, 0, 1);
    bool new_bundle = strcmp(bundle, prov->bundle) != 0;
    if (new_bundle)
        open_bundle(prov, bundle);
    bool new_section = strcmp(section, prov->section) != 0;
    if (new_section)
        open_section(prov, section, new_bundle);
    else
        (void)fputs(",", prov->out);
    (void)fputs("\n  ", prov->out);
    put_name(prov->out, cb_rows_text(row, 0, 2));
    (void)fwrite(cb_rows_text(row, 0, 3), 1, cb_rows_length(row, 0, 3), prov->out);
    prov->count++;
    return ferror(prov->out) == 0 ? CB_OK : check_written(prov->out, err);
}

enum cb_code cb_export_prov(const struct cb_export *export, size_t *count, struct cb_err *err)
{
    struct prov prov = {.out = export->out, .base = base_of(export)};
    enum cb_code code = cb_db_stream(export->db, &cb_sql_export_prov, NULL, 0, add_record, &prov, err);
    if (code != CB_OK)
        return code;
    close_section(&prov);
    (void)fputs(prov.in_bundles ? "}}}\n" : "}\n", export->out);
    *count = prov.count;
    return check_written(export->out, err);
}
