/* What each search of a batch costs, measured inside the program.
 *
 *     search_times QUERIES.txt        one query a line; the database is CLAIMBASE_HOME's
 *
 * Prints the median, the 95th of a hundred and the greatest, in milliseconds by the clock, and what opening
 * the index took (with the indexing of what is new); with few queries the lists are read for each of them. */
#include "base/buffer.h"
#include "base/text_file.h"
#include "match/search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { QUERIES_MAX = 100000, LIMIT = 20, FILE_MAX_BYTES = 64 * 1024 * 1024, ARENA_MAX = 256 * 1024 * 1024 };

static double now(void)
{
    struct timespec at;
    (void)clock_gettime(CLOCK_MONOTONIC, &at);
    return 1000.0 * (double)at.tv_sec + (double)at.tv_nsec / 1e6;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static enum cb_code search_all(struct cb_searcher *searcher, const struct cb_buffer *lines, double *times,
                               size_t *count, struct cb_err *err)
{
    const char *text = cb_buffer_text(lines), *end = text + lines->len;
    struct cb_arena arena;
    enum cb_code code = CB_OK;
    cb_arena_init(&arena, ARENA_MAX);
    for (const char *at = text; at < end && *count < QUERIES_MAX && code == CB_OK;) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        const struct cb_search_result *results = NULL;
        size_t found = 0;
        if (stop == NULL)
            stop = end;
        double began = now();
        cb_arena_reset(&arena);
        code = cb_search(searcher, at, (size_t)(stop - at), &arena, &results, &found, err);
        times[(*count)++] = now() - began;
        at = stop + 1;
    }
    cb_arena_release(&arena);
    return code;
}

static enum cb_code measure(const char *path, double *times, struct cb_err *err)
{
    struct cb_db_options database = {.home = getenv("CLAIMBASE_HOME"), .application_name = "search_times"};
    struct cb_searcher *searcher = NULL;
    struct cb_db *db = NULL;
    struct cb_buffer lines;
    size_t count = 0, expected = 0;
    double opened = 0, sum = 0;
    cb_buffer_init(&lines, FILE_MAX_BYTES);
    enum cb_code code = cb_read_file(path, &lines, err);
    for (size_t i = 0; i < lines.len; i++)
        expected += cb_buffer_text(&lines)[i] == '\n';
    if (code == CB_OK)
        code = cb_db_open(&database, &db, err);
    if (code == CB_OK) {
        struct cb_search_options options = {.limit = LIMIT, .expected = expected};
        double began = now();
        code = cb_searcher_new(db, &options, &searcher, err);
        opened = now() - began;
    }
    if (code == CB_OK)
        code = search_all(searcher, &lines, times, &count, err);
    if (code == CB_OK && count > 0) {
        for (size_t i = 0; i < count; i++)
            sum += times[i];
        qsort(times, count, sizeof *times, by_value);
        (void)printf("%zu queries: median %.2f ms, 95 of 100 below %.2f ms, at most %.2f ms, mean %.2f ms; "
                     "opened in %.0f ms\n",
                     count, times[count / 2], times[count * 95 / 100], times[count - 1], sum / (double)count,
                     opened);
    }
    cb_searcher_free(searcher);
    cb_db_close(db);
    cb_buffer_release(&lines);
    return code;
}

int main(int argc, char **argv)
{
    struct cb_err err = {0};
    double *times = calloc(QUERIES_MAX, sizeof *times);
    if (argc != 2 || times == NULL) {
        (void)fprintf(stderr, "usage: search_times QUERIES.txt\n");
        return 2;
    }
    enum cb_code code = measure(argv[1], times, &err);
    if (code != CB_OK)
        (void)fprintf(stderr, "search_times: %s\n", err.message);
    free(times);
    return code == CB_OK ? 0 : 1;
}
