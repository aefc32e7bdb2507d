#include "treebank.h"

#include "base/array.h"
#include "text/unicode.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { LINE_MAX_BYTES = 1 << 16, WORDS_MAX = 2000, SENTENCES_MAX = 1 << 20, COLUMNS = 10 };

struct row {
    char *form;
    int tag, relation, head;
    bool space_after;
};

struct reader {
    gzFile file;
    const char *path;
    unsigned long line;
    char buffer[LINE_MAX_BYTES];
    struct row rows[WORDS_MAX];
    size_t count;
    long joined_until; /* last word of a line "3-4" that is still open */
    bool joined_space;
    struct treebank *out;
};

static enum cb_code wrong(const struct reader *r, const char *what, struct cb_err *err)
{
    return cb_fail(err, CB_INPUT, "%s:%lu: %s", r->path, r->line, what);
}

static size_t split(char *line, char *columns[COLUMNS])
{
    size_t n = 0;
    line[strcspn(line, "\r\n")] = '\0';
    for (char *at = line; n < COLUMNS; at++) {
        columns[n++] = at;
        at = strchr(at, '\t');
        if (at == NULL)
            break;
        *at = '\0';
    }
    return n;
}

static enum cb_code read_row(struct reader *r, char *columns[COLUMNS], struct cb_err *err)
{
    long id = strtol(columns[0], NULL, 10);
    bool space = strstr(columns[9], "SpaceAfter=No") == NULL;
    if (strchr(columns[0], '.') != NULL)
        return CB_OK;
    const char *joined = strchr(columns[0], '-');
    if (joined != NULL) {
        r->joined_until = strtol(joined + 1, NULL, 10);
        r->joined_space = space;
        return CB_OK;
    }
    if (id != (long)r->count + 1 || r->count == WORDS_MAX)
        return wrong(r, "the words are not numbered in order", err);
    struct row *row = &r->rows[r->count];
    row->tag = cb_tag_number(columns[4]);
    row->relation = cb_relation_number(columns[7]);
    row->head = (int)strtol(columns[6], NULL, 10) - 1;
    if (row->tag < 0 || row->relation < 0)
        return wrong(r, "unknown tag or relation", err);
    if (id <= r->joined_until)
        space = id == r->joined_until && r->joined_space;
    row->space_after = space;
    row->form = strdup(columns[1]);
    if (row->form == NULL)
        return cb_no_memory(err);
    r->count++;
    return CB_OK;
}

static void drop_rows(struct reader *r)
{
    for (size_t i = 0; i < r->count; i++)
        free(r->rows[i].form);
    r->count = 0;
    r->joined_until = 0;
}

static enum cb_code make_sentence(const struct reader *r, struct gold_sentence *out, struct cb_err *err)
{
    size_t bytes = 1, at = 0;
    for (size_t i = 0; i < r->count; i++)
        bytes += strlen(r->rows[i].form) + 1;
    *out = (struct gold_sentence){.text = calloc(bytes, 1),
                                  .tokens = calloc(r->count, sizeof *out->tokens),
                                  .gold = calloc(r->count, sizeof *out->gold),
                                  .nodes = calloc(r->count, sizeof *out->nodes),
                                  .count = r->count};
    if (out->text == NULL || out->tokens == NULL || out->gold == NULL || out->nodes == NULL)
        return cb_no_memory(err);
    for (size_t i = 0; i < r->count; i++) {
        const struct row *row = &r->rows[i];
        size_t len = strlen(row->form);
        memcpy(out->text + at, row->form, len);
        out->tokens[i].span = (struct cb_span){(uint32_t)at, (uint32_t)(at + len)};
        out->gold[i] = (struct cb_node){
            .tag = (uint8_t)row->tag, .relation = (uint8_t)row->relation, .head = (int16_t)row->head};
        at += len;
        if (row->space_after)
            out->text[at++] = ' ';
    }
    return treebank_look(out, err);
}

static enum cb_code end_sentence(struct reader *r, struct cb_err *err)
{
    enum cb_code code = CB_OK;
    if (r->count > 0) {
        struct treebank *out = r->out;
        code = cb_array_reserve((void **)&out->sentences, &out->capacity, out->count + 1,
                                sizeof *out->sentences, SENTENCES_MAX, "sentences", err);
        if (code == CB_OK)
            code = make_sentence(r, &out->sentences[out->count++], err);
    }
    drop_rows(r);
    return code;
}

enum cb_code treebank_read(const char *path, struct treebank *out, struct cb_err *err)
{
    enum cb_code code = CB_OK;
    struct reader *r = calloc(1, sizeof *r);
    if (r == NULL)
        return cb_no_memory(err);
    r->path = path;
    r->out = out;
    r->file = gzopen(path, "rb");
    if (r->file == NULL)
        code = cb_fail(err, CB_INPUT, "can't open '%s'", path);
    while (code == CB_OK && gzgets(r->file, r->buffer, sizeof r->buffer) != NULL) {
        char *columns[COLUMNS];
        r->line++;
        if (r->buffer[0] == '\n')
            code = end_sentence(r, err);
        else if (r->buffer[0] != '#')
            code = split(r->buffer, columns) == COLUMNS ? read_row(r, columns, err)
                                                        : wrong(r, "not ten columns", err);
    }
    if (code == CB_OK)
        code = end_sentence(r, err);
    if (r->file != NULL)
        gzclose(r->file);
    drop_rows(r);
    free(r);
    return code;
}

void treebank_release(struct treebank *treebank)
{
    for (size_t i = 0; i < treebank->count; i++) {
        struct gold_sentence *s = &treebank->sentences[i];
        free(s->text);
        free(s->tokens);
        free(s->gold);
        free(s->nodes);
    }
    free(treebank->sentences);
}

/* Without a token of the tokenizer at the same place, the treebank's word is one token of its own. */
static enum cb_code look_alone(struct gold_sentence *s, struct cb_token *token, struct cb_arena *arena,
                               struct cb_err *err)
{
    struct cb_token *found;
    size_t count;
    (void)s;
    enum cb_code code = cb_tokenize(s->text, token->span, arena, &found, &count, err);
    if (code == CB_OK && count > 0) {
        token->kind = found[0].kind;
        token->flags = found[0].flags;
    }
    return code;
}

enum cb_code treebank_look(struct gold_sentence *s, struct cb_err *err)
{
    struct cb_arena arena;
    struct cb_token *found;
    size_t count, at = 0;
    cb_arena_init(&arena, 1 << 24);
    struct cb_span all = {0, (uint32_t)strlen(s->text)};
    enum cb_code code = cb_tokenize(s->text, all, &arena, &found, &count, err);
    for (size_t i = 0; code == CB_OK && i < s->count; i++) {
        struct cb_token *token = &s->tokens[i];
        while (at < count && found[at].span.start < token->span.start)
            at++;
        if (at < count && found[at].span.start == token->span.start && found[at].span.end == token->span.end)
            *token = found[at];
        else
            code = look_alone(s, token, &arena, err);
    }
    cb_arena_release(&arena);
    return code;
}
