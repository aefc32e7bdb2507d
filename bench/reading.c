/* How fast text is read on one core. usage: bench_reading FILE…
 * A file that is a web page is timed as a page; all others together as one text: sentences, tokens,
 * quantities. Prints the median of five runs of processor time. */
#include "importer/reader.h"
#include "text/quantity.h"
#include "text/sentence.h"
#include "text/unicode.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { RUNS = 5, ARENA_MAX = 1024 * 1024 * 1024, FILE_MAX = 256 * 1024 * 1024 };

struct measured {
    const char *text;
    size_t len;
    struct cb_arena *arena;
    struct cb_sentence *sentences;
    size_t sentence_count, quantity_count;
};

static double seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static bool segment(struct measured *m)
{
    return cb_sentences_find(m->text, m->len, "en", m->arena, &m->sentences, &m->sentence_count, NULL) ==
           CB_OK;
}

/* Tokens, and with `quantities` what they count, sentence by sentence. */
static bool read_tokens(struct measured *m, bool quantities)
{
    if (!segment(m))
        return false;
    m->quantity_count = 0;
    for (size_t i = 0; i < m->sentence_count; i++) {
        struct cb_token *tokens;
        const struct cb_quantity *found;
        size_t count, n = 0;
        if (cb_tokenize(m->text, m->sentences[i].span, m->arena, &tokens, &count, NULL) != CB_OK)
            return false;
        if (quantities &&
            cb_quantities_find(m->text, tokens, count, "2020-01-01", m->arena, &found, &n, NULL) != CB_OK)
            return false;
        m->quantity_count += n;
    }
    return true;
}

static bool time_text(const char *text, size_t len)
{
    static const char *const names[] = {"sentences", "and tokens", "and quantities"};
    for (int what = 0; what < 3; what++) {
        double runs[RUNS];
        struct measured m = {.text = text, .len = len};
        for (int i = 0; i < RUNS; i++) {
            struct cb_arena arena;
            cb_arena_init(&arena, ARENA_MAX);
            m.arena = &arena;
            double start = seconds();
            bool done = what == 0 ? segment(&m) : read_tokens(&m, what == 2);
            runs[i] = seconds() - start;
            cb_arena_release(&arena);
            if (!done)
                return false;
        }
        qsort(runs, RUNS, sizeof *runs, by_size);
        printf("%-16s %8.1f MB/s  (%zu bytes, %zu sentences, %zu quantities)\n", names[what],
               (double)len / 1e6 / runs[RUNS / 2], len, m.sentence_count, m.quantity_count);
    }
    return true;
}

static enum cb_code take_document(void *context, const struct cb_input_document *document, struct cb_err *err)
{
    (void)context, (void)document, (void)err;
    return CB_OK;
}

static enum cb_code take_reject(void *context, const struct cb_input_reject *reject, struct cb_err *err)
{
    (void)err;
    ++*(size_t *)context;
    fprintf(stderr, "%s: %s\n", reject->path, reject->reason);
    return CB_OK;
}

static double time_page(const char *path, const struct cb_buffer *page)
{
    double runs[RUNS];
    size_t rejects = 0;
    for (int i = 0; i < RUNS; i++) {
        const struct cb_input_options options = {
            .document = take_document, .reject = take_reject, .context = &rejects};
        struct cb_intake intake = {.options = &options, .document_max = FILE_MAX};
        struct cb_stream_memory memory = {.bytes = cb_buffer_text(page), .len = page->len};
        struct cb_stream stream;
        const struct cb_entry entry = {.path = path};
        cb_stream_init(&stream, cb_stream_fill_memory, &memory);
        double start = seconds();
        (void)!cb_read_entry(&intake, &entry, &stream, NULL);
        runs[i] = seconds() - start;
    }
    qsort(runs, RUNS, sizeof *runs, by_size);
    return runs[RUNS / 2];
}

static bool read_file(const char *path, struct cb_buffer *out)
{
    char piece[65536];
    size_t n;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return false;
    while ((n = fread(piece, 1, sizeof piece, file)) > 0)
        cb_buffer_add(out, piece, n);
    bool done = !ferror(file);
    (void)fclose(file);
    return done && !out->failed;
}

int main(int argc, char **argv)
{
    struct cb_buffer text;
    double pages = 0, slowest = 0;
    size_t page_count = 0;
    bool done = argc > 1;
    cb_buffer_init(&text, FILE_MAX);
    for (int i = 1; i < argc && done; i++) {
        struct cb_buffer file;
        const struct cb_entry entry = {.path = argv[i]};
        cb_buffer_init(&file, FILE_MAX);
        done = read_file(argv[i], &file);
        if (done && cb_reader_html.sniff(&entry, cb_buffer_text(&file),
                                         file.len < CB_SNIFF_MAX ? file.len : CB_SNIFF_MAX)) {
            double took = time_page(argv[i], &file);
            pages += took;
            slowest = took > slowest ? took : slowest;
            page_count++;
        } else if (done && cb_utf8_clean(cb_buffer_text(&file), file.len, &text, NULL) != CB_OK) {
            done = false;
        }
        cb_buffer_release(&file);
    }
    if (page_count > 0)
        printf("%-16s %8.2f ms a page, slowest %.2f ms  (%zu pages)\n", "web pages",
               pages / (double)page_count * 1e3, slowest * 1e3, page_count);
    if (done && text.len > 0)
        done = time_text(cb_buffer_text(&text), text.len);
    if (!done)
        fprintf(stderr, "usage: bench_reading FILE…   (texts in UTF-8 or web pages)\n");
    cb_buffer_release(&text);
    return done ? 0 : 2;
}
