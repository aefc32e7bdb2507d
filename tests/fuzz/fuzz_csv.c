/* Any bytes as CSV: every line of the file is in exactly one row or bad row or blank, rows come in order, and
 * the size of the pieces in which the bytes arrive changes nothing. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "importer/csv.h"
#include "text/unicode.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct chunks {
    struct cb_stream_memory memory;
    size_t chunk;
};

/* What was seen, as one number (FNV-1a) and the counts. */
struct seen {
    uint64_t hash;
    size_t rows, bad;
    int64_t line;
};

static void require(bool holds)
{
    if (!holds)
        abort();
}

static enum cb_code fill(void *context, char *to, size_t room, size_t *got, struct cb_err *err)
{
    struct chunks *chunks = context;
    return cb_stream_fill_memory(&chunks->memory, to, room < chunks->chunk ? room : chunks->chunk, got, err);
}

static void mix(struct seen *seen, const void *bytes, size_t len)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < len; i++)
        seen->hash = (seen->hash ^ at[i]) * UINT64_C(0x100000001b3);
    seen->hash = (seen->hash ^ len) * UINT64_C(0x100000001b3);
}

static enum cb_code take_row(void *context, const struct cb_csv_row *row, struct cb_err *err)
{
    (void)err;
    struct seen *seen = context;
    require(row->line > seen->line);
    require(row->problem == NULL || row->count == 0);
    seen->line = row->line;
    seen->rows++;
    seen->bad += row->problem != NULL;
    for (size_t i = 0; i < row->count; i++) {
        require(row->fields[i].text[row->fields[i].len] == '\0');
        require(cb_utf8_valid_until(row->fields[i].text, row->fields[i].len) == row->fields[i].len);
        mix(seen, row->fields[i].text, row->fields[i].len);
    }
    mix(seen, row->raw, row->raw_len);
    mix(seen, &row->line, sizeof row->line);
    return CB_OK;
}

static struct seen read_all(const char *bytes, size_t len, size_t chunk)
{
    static struct cb_stream stream;
    struct chunks chunks = {{bytes, len}, chunk};
    struct seen seen = {.hash = UINT64_C(0xcbf29ce484222325)};
    const struct cb_csv_options options = {.row_max = 4096};
    struct cb_err err = {0};
    cb_stream_init(&stream, fill, &chunks);
    require(cb_csv_read(&stream, &options, take_row, &seen, &err) == CB_OK);
    return seen;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    const char *bytes = (const char *)data + 1;
    struct seen whole = read_all(bytes, size - 1, size);
    struct seen pieces = read_all(bytes, size - 1, 1 + data[0] % 7);
    require(whole.hash == pieces.hash && whole.rows == pieces.rows && whole.bad == pieces.bad);
    return 0;
}
