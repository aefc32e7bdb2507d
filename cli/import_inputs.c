#include "cli/import_inputs.h"

#include "base/array.h"
#include "base/text_file.h"
#include "db_queries.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILES_MAX = 16 * 1024 * 1024 };

#define STRINGS_MAX ((size_t)4 << 30)
#define LIST_MAX    ((size_t)1 << 30)

static const struct {
    const char *option;
    enum cb_load_kind kind;
} kinds[] = {{"claims", CB_LOAD_CLAIMS},       {"documents", CB_LOAD_DOCUMENTS},
             {"sentences", CB_LOAD_SENTENCES}, {"attributions", CB_LOAD_ATTRIBUTIONS},
             {"links", CB_LOAD_LINKS},         {"claimreview", CB_LOAD_CLAIMREVIEW}};

static const char *const told[] = {"source", "url", "published", "origin"};

static enum cb_code add_file(struct cb_import_inputs *inputs, const char *file, struct cb_err *err)
{
    if (*file == '\0')
        return cb_fail(err, CB_USAGE, "one of the paths is empty");
    void *items = inputs->files;
    enum cb_code code = cb_array_reserve(&items, &inputs->capacity, inputs->count + 1, sizeof *inputs->files,
                                         FILES_MAX, "files", err);
    inputs->files = items;
    if (code == CB_OK)
        inputs->files[inputs->count++] = file;
    return code;
}

static enum cb_code add_copy(struct cb_import_inputs *inputs, const char *file, size_t len,
                             struct cb_err *err)
{
    const char *copy = cb_arena_copy(&inputs->strings, file, len);
    return copy != NULL ? add_file(inputs, copy, err) : cb_no_memory(err);
}

/* A list of paths: one a line. */
static enum cb_code read_list(struct cb_import_inputs *inputs, const char *path, struct cb_err *err)
{
    struct cb_buffer list;
    cb_buffer_init(&list, LIST_MAX);
    enum cb_code code = cb_read_file(path, &list, err);
    for (const char *at = cb_buffer_text(&list); code == CB_OK && *at != '\0';) {
        size_t len = strcspn(at, "\n"), line = len;
        if (line > 0 && at[line - 1] == '\r')
            line--;
        if (line > 0)
            code = add_copy(inputs, at, line, err);
        at += len + (at[len] == '\n');
    }
    cb_buffer_release(&list);
    return code;
}

/* ------------------------------------------------------------------ an earlier run */

/* The run's files: the one of "archive.warc.gz#12" is the archive. */
static enum cb_code find_rejected(struct cb_cli *cli, const char *run, struct cb_import_inputs *inputs,
                                  struct cb_err *err)
{
    struct cb_rows *rows = NULL;
    enum cb_code code = cb_db_run(cli->db, &cb_sql_rejected_files, &run, 1, &rows, err);
    for (size_t i = 0; code == CB_OK && i < cb_rows_count(rows); i++) {
        const char *file = cb_rows_text(rows, i, 0), *mark = strrchr(file, '#');
        size_t len = mark != NULL && access(file, F_OK) != 0 ? (size_t)(mark - file) : strlen(file);
        if (strcmp(file, "-") == 0)
            code = cb_fail(err, CB_INPUT, "run %s read standard input, which can't be read again", run);
        else if (inputs->count == 0 || strlen(inputs->files[inputs->count - 1]) != len ||
                 memcmp(inputs->files[inputs->count - 1], file, len) != 0)
            code = add_copy(inputs, file, len, err);
    }
    cb_rows_free(rows);
    if (code == CB_OK && inputs->count == 0)
        code = cb_fail(err, CB_NOT_FOUND, "run %s rejected nothing", run);
    return code;
}

static enum cb_code find_kind(struct cb_cli *cli, const char *run, struct cb_import_inputs *inputs,
                              struct cb_err *err)
{
    struct cb_rows *rows = NULL;
    enum cb_code code = cb_db_run(cli->db, &cb_sql_import_run_kind, &run, 1, &rows, err);
    bool found = code == CB_OK && cb_rows_count(rows) == 1;
    if (found && strcmp(cb_rows_text(rows, 0, 0), "articles") != 0) {
        found = false;
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
            if (strcmp(kinds[i].option, cb_rows_text(rows, 0, 0)) == 0) {
                inputs->kind = kinds[i].kind;
                found = true;
            }
    }
    cb_rows_free(rows);
    return code != CB_OK || found
               ? code
               : cb_fail(err, CB_NOT_FOUND, "there is no import with the run number %s", run);
}

/* What the run was told, unless it is told anew. */
static enum cb_code find_told(struct cb_cli *cli, const char *run, struct cb_import_inputs *inputs,
                              struct cb_err *err)
{
    const char **const values[] = {&inputs->source, &inputs->url, &inputs->published, &inputs->origin};
    enum cb_code code = CB_OK;
    for (size_t i = 0; i < sizeof told / sizeof *told && code == CB_OK; i++) {
        if (*values[i] != NULL)
            continue;
        struct cb_rows *rows = NULL;
        const char *const params[] = {run, told[i]};
        code = cb_db_run(cli->db, &cb_sql_import_run_option, params, 2, &rows, err);
        if (code == CB_OK && cb_rows_count(rows) > 0) {
            const char *text = cb_rows_text(rows, 0, 0);
            *values[i] = cb_arena_copy(&inputs->strings, text, strlen(text));
            if (*values[i] == NULL)
                code = cb_no_memory(err);
        }
        cb_rows_free(rows);
    }
    return code;
}

static enum cb_code find_retry(struct cb_cli *cli, struct cb_import_inputs *inputs, struct cb_err *err)
{
    char run[24];
    (void)snprintf(run, sizeof run, "%ld", cb_option_integer(cli, "retry"));
    enum cb_code code = find_kind(cli, run, inputs, err);
    if (code == CB_OK)
        code = find_rejected(cli, run, inputs, err);
    return code == CB_OK ? find_told(cli, run, inputs, err) : code;
}

/* ------------------------------------------------------------------ all of it */

/* Every form that is given; one is right. */
static enum cb_code find_files(struct cb_cli *cli, struct cb_import_inputs *out, struct cb_err *err)
{
    size_t forms = cli->argument_count > 0 || cb_option_given(cli, "paths-from") ? 1 : 0;
    enum cb_code code = CB_OK;
    for (int i = 0; i < cli->argument_count && code == CB_OK; i++)
        code = add_file(out, cli->arguments[i], err);
    if (code == CB_OK && cb_option_given(cli, "paths-from"))
        code = read_list(out, cb_option_text(cli, "paths-from"), err);
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        size_t count = 0;
        const char *const *files = cb_option_list(cli, kinds[k].option, &count);
        forms += count > 0;
        for (size_t i = 0; i < count && code == CB_OK; i++)
            code = add_file(out, files[i], err);
        if (count > 0)
            out->kind = kinds[k].kind;
    }
    if (cb_option_given(cli, "retry")) {
        forms++;
        if (forms == 1 && code == CB_OK)
            code = find_retry(cli, out, err);
    }
    if (code == CB_OK && forms != 1) {
        code = cb_fail(err, CB_USAGE,
                       forms == 0 ? "nothing to import" : "one kind at a time: paths, or one kind of CSV");
        cb_hint(err, "claimbase import --help shows the forms");
    }
    return code;
}

static enum cb_code keep_arguments(struct cb_import_inputs *inputs, struct cb_err *err)
{
    const char *const values[] = {inputs->source, inputs->url, inputs->published, inputs->origin};
    inputs->arguments = calloc(inputs->count + sizeof told / sizeof *told, sizeof *inputs->arguments);
    if (inputs->arguments == NULL)
        return cb_no_memory(err);
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        if (values[i] == NULL)
            continue;
        struct cb_buffer text;
        cb_buffer_init(&text, 64 * 1024);
        cb_buffer_printf(&text, "--%s=%s", told[i], values[i]);
        enum cb_code code = cb_buffer_status(&text, "an argument", err);
        const char *copy = code == CB_OK ? cb_arena_copy(&inputs->strings, text.data, text.len) : NULL;
        cb_buffer_release(&text);
        if (copy == NULL)
            return code != CB_OK ? code : cb_no_memory(err);
        inputs->arguments[inputs->argument_count++] = copy;
    }
    for (size_t i = 0; i < inputs->count; i++)
        inputs->arguments[inputs->argument_count++] = inputs->files[i];
    return CB_OK;
}

enum cb_code cb_import_inputs_find(struct cb_cli *cli, struct cb_import_inputs *out, struct cb_err *err)
{
    *out = (struct cb_import_inputs){.kind = CB_LOAD_ARTICLES,
                                     .source = cb_option_text(cli, "source"),
                                     .url = cb_option_text(cli, "url"),
                                     .published = cb_option_text(cli, "published"),
                                     .origin = cb_option_text(cli, "origin")};
    cb_arena_init(&out->strings, STRINGS_MAX);
    enum cb_code code = find_files(cli, out, err);
    return code == CB_OK ? keep_arguments(out, err) : code;
}

void cb_import_inputs_release(struct cb_import_inputs *inputs)
{
    free(inputs->files);
    free(inputs->arguments);
    cb_arena_release(&inputs->strings);
}
