/* The report views as CSV, each with metadata after CSV on the Web (W3C Recommendation, 2015). */
#include "db_queries.h"
#include "report/export.h"
#include "report/sink.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum { FILE_NAME_MAX = 4096 };

static const struct {
    const char *view;
    const struct cb_sql *sql;
    const char *key; /* its columns, apart by blanks */
} views[] = {
    {"claims", &cb_sql_export_csv_claims, "document_id claim_no"},
    {"quantities", &cb_sql_export_csv_quantities, "document_id claim_no quantity"},
    {"matches", &cb_sql_export_csv_matches, "a_document_id a_claim_no b_document_id b_claim_no"},
    {"decisions", &cb_sql_export_csv_decisions, "a_document_id a_claim_no b_document_id b_claim_no decision"},
    {"documents", &cb_sql_export_csv_documents, "document_id"},
    {"provenance", &cb_sql_export_csv_provenance, "document_id link"},
    {"origins", &cb_sql_export_csv_origins, "document_id origin"},
    {"history", &cb_sql_export_csv_history, "document_id seq"},
    {"evidence", &cb_sql_export_csv_evidence, "document_id seq evidence_no"},
    {"sources", &cb_sql_export_csv_sources, "source_id"},
    {"speakers", &cb_sql_export_csv_speakers, "speaker_id"},
    {"imports", &cb_sql_export_csv_imports, "run"},
    {"rejected", &cb_sql_export_csv_rejected, "run no"},
};

/* "timestamp with time zone" → what XML Schema calls it, with the form in which the server writes it. */
static const char *datatype_of(const char *type)
{
    static const struct {
        const char *type, *datatype;
    } names[] = {
        {"bigint", "\"integer\""},
        {"integer", "\"integer\""},
        {"smallint", "\"integer\""},
        {"numeric", "\"decimal\""},
        {"real", "\"double\""},
        {"double precision", "\"double\""},
        {"boolean", "{\"base\": \"boolean\", \"format\": \"t|f\"}"},
        {"timestamp with time zone", "{\"base\": \"dateTime\", \"format\": \"yyyy-MM-dd HH:mm:ss.SSSSSSX\"}"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(type, names[i].type) == 0)
            return names[i].datatype;
    return "\"string\"";
}

static enum cb_code open_file(const char *folder, const char *view, const char *ending, FILE **out,
                              struct cb_err *err)
{
    char path[FILE_NAME_MAX];
    int len = snprintf(path, sizeof path, "%s/%s%s", folder, view, ending);
    if (len < 0 || (size_t)len >= sizeof path)
        return cb_fail(err, CB_LIMIT, "the path '%s' is too long", folder);
    *out = fopen(path, "we");
    return *out != NULL ? CB_OK : cb_fail(err, CB_INPUT, "can't write '%s': %s", path, strerror(errno));
}

static enum cb_code close_file(FILE *file, const char *view, enum cb_code code, struct cb_err *err)
{
    bool failed = ferror(file) != 0;
    failed = fclose(file) != 0 || failed;
    if (failed && code == CB_OK)
        return cb_fail(err, CB_FAILED, "can't write all of '%s': %s", view, strerror(errno));
    return code;
}

static void put_string(FILE *out, const char *text)
{
    cb_json_string(out, text, strlen(text));
}

static void put_key(FILE *out, const char *key)
{
    (void)fputs("  \"primaryKey\": [", out);
    for (const char *at = key; *at != '\0';) {
        size_t len = strcspn(at, " ");
        if (at != key)
            (void)fputs(", ", out);
        cb_json_string(out, at, len);
        at += len + (at[len] == ' ');
    }
    (void)fputs("]\n", out);
}

static void put_columns(FILE *out, const struct cb_rows *columns)
{
    (void)fputs("  \"columns\": [\n", out);
    for (size_t i = 0; i < cb_rows_count(columns); i++) {
        (void)fputs("    {\"name\": ", out);
        put_string(out, cb_rows_text(columns, i, 0));
        (void)fputs(", \"titles\": ", out);
        put_string(out, cb_rows_text(columns, i, 0));
        (void)fprintf(out, ", \"datatype\": %s", datatype_of(cb_rows_text(columns, i, 1)));
        if (!cb_rows_is_null(columns, i, 2)) {
            (void)fputs(", \"dc:description\": ", out);
            put_string(out, cb_rows_text(columns, i, 2));
        }
        (void)fputs(i + 1 < cb_rows_count(columns) ? "},\n" : "}\n", out);
    }
    (void)fputs("  ],\n", out);
}

static enum cb_code write_metadata(const struct cb_export *export, const char *folder, size_t view,
                                   struct cb_err *err)
{
    struct cb_rows *columns = NULL;
    const char *const params[] = {views[view].view};
    FILE *out = NULL;
    enum cb_code code = cb_db_run(export->db, &cb_sql_export_columns, params, 1, &columns, err);
    if (code == CB_OK)
        code = open_file(folder, views[view].view, ".csv-metadata.json", &out, err);
    if (code == CB_OK) {
        (void)fputs("{\n \"@context\": \"http://www.w3.org/ns/csvw\",\n", out);
        (void)fprintf(out, " \"url\": \"%s.csv\",\n", views[view].view);
        if (cb_rows_count(columns) > 0 && !cb_rows_is_null(columns, 0, 3)) {
            (void)fputs(" \"dc:description\": ", out);
            put_string(out, cb_rows_text(columns, 0, 3));
            (void)fputs(",\n", out);
        }
        (void)fputs(" \"dialect\": {\"header\": true, \"lineTerminators\": [\"\\n\"]},\n", out);
        (void)fputs(" \"tableSchema\": {\n", out);
        put_columns(out, columns);
        put_key(out, views[view].key);
        (void)fputs(" }\n}\n", out);
        code = close_file(out, views[view].view, code, err);
    }
    cb_rows_free(columns);
    return code;
}

static enum cb_code write_view(const struct cb_export *export, const char *folder, size_t view,
                               struct cb_err *err)
{
    FILE *out = NULL;
    enum cb_code code = open_file(folder, views[view].view, ".csv", &out, err);
    if (code != CB_OK)
        return code;
    const struct cb_sink_options options = {.out = out, .format = CB_FORMAT_CSV};
    struct cb_sink *sink = NULL;
    code = cb_sink_new(&options, &sink, err);
    if (code == CB_OK)
        code = cb_db_stream(export->db, views[view].sql, NULL, 0, cb_sink_rows, sink, err);
    if (code == CB_OK)
        code = cb_sink_end(sink, NULL, err);
    cb_sink_free(sink);
    return close_file(out, views[view].view, code, err);
}

enum cb_code cb_export_csv(const struct cb_export *export, const char *folder, size_t *count,
                           struct cb_err *err)
{
    *count = 0;
    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        return cb_fail(err, CB_INPUT, "can't make the folder '%s': %s", folder, strerror(errno));
    enum cb_code code = cb_db_begin(export->db, err);
    if (code == CB_OK)
        code = cb_db_run(export->db, &cb_sql_export_snapshot, NULL, 0, NULL, err);
    for (size_t i = 0; code == CB_OK && i < sizeof views / sizeof *views; i++) {
        code = write_view(export, folder, i, err);
        if (code == CB_OK)
            code = write_metadata(export, folder, i, err);
        *count += code == CB_OK ? 2 : 0;
    }
    cb_db_rollback(export->db); /* it was read only */
    return code;
}
