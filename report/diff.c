#include "report/diff.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

enum { LINES_MAX = 50 * 1000 * 1000 };

struct line {
    const char *text;
    size_t len;
};

struct lines {
    struct line *items;
    size_t count, capacity;
};

/* One line of the result; both indexes for a line that stayed. */
enum edit_kind { STAYED, REMOVED, ADDED };
struct edit {
    enum edit_kind kind;
    struct line line;
};

struct edits {
    struct edit *items;
    size_t count, capacity;
};

static enum cb_code split(const char *text, struct lines *out, struct cb_err *err)
{
    while (*text != '\0') {
        size_t len = strcspn(text, "\n");
        void *items = out->items;
        enum cb_code code = cb_array_reserve(&items, &out->capacity, out->count + 1, sizeof *out->items,
                                             LINES_MAX, "lines", err);
        if (code != CB_OK)
            return code;
        out->items = items;
        out->items[out->count++] = (struct line){text, len};
        text += len + (text[len] == '\n');
    }
    return CB_OK;
}

static bool same(struct line a, struct line b)
{
    return a.len == b.len && memcmp(a.text, b.text, a.len) == 0;
}

static enum cb_code add(struct edits *edits, enum edit_kind kind, struct line line, struct cb_err *err)
{
    void *items = edits->items;
    enum cb_code code = cb_array_reserve(&items, &edits->capacity, edits->count + 1, sizeof *edits->items,
                                         2 * LINES_MAX, "lines", err);
    if (code != CB_OK)
        return code;
    edits->items = items;
    edits->items[edits->count++] = (struct edit){kind, line};
    return CB_OK;
}

/* The furthest x on each diagonal, kept for every number of edits so that the way back can be found. */
struct trace {
    long *furthest; /* (edits + 1) rows of 2 * edits_max + 1 */
    long width, edits_max;
};

static long *row_of(const struct trace *trace, long d)
{
    return trace->furthest + d * trace->width + trace->edits_max;
}

/* Finds the shortest way; returns its number of edits, or -1 when there are more than edits_max. */
static long find_way(const struct trace *trace, const struct line *a, long n, const struct line *b, long m)
{
    for (long d = 0; d <= trace->edits_max; d++) {
        long *now = row_of(trace, d);
        const long *last = d > 0 ? row_of(trace, d - 1) : NULL;
        for (long k = -d; k <= d; k += 2) {
            long x = 0;
            if (d > 0)
                x = k == -d || (k != d && last[k - 1] < last[k + 1]) ? last[k + 1] : last[k - 1] + 1;
            while (x < n && x - k < m && x - k >= 0 && same(a[x], b[x - k]))
                x++;
            now[k] = x;
            if (x >= n && x - k >= m)
                return d;
        }
    }
    return -1;
}

/* Walks the way back from the end; the edits come out last first. */
static enum cb_code walk_back(const struct trace *trace, long d, const struct line *a, long n,
                              const struct line *b, long m, struct edits *edits, struct cb_err *err)
{
    long x = n, y = m;
    enum cb_code code = CB_OK;
    for (; d > 0 && code == CB_OK; d--) {
        const long *last = row_of(trace, d - 1);
        long k = x - y;
        bool down = k == -d || (k != d && last[k - 1] < last[k + 1]);
        long diagonal = down ? k + 1 : k - 1;
        long before_x = last[diagonal], before_y = before_x - diagonal;
        for (; x > before_x && y > before_y && code == CB_OK; y--)
            code = add(edits, STAYED, a[--x], err);
        if (code == CB_OK)
            code = down ? add(edits, ADDED, b[--y], err) : add(edits, REMOVED, a[--x], err);
    }
    while (x > 0 && code == CB_OK)
        code = add(edits, STAYED, a[--x], err);
    return code;
}

static void reverse(struct edits *edits, size_t from)
{
    for (size_t i = from, j = edits->count; i + 1 < j; i++) {
        struct edit kept = edits->items[i];
        edits->items[i] = edits->items[--j];
        edits->items[j] = kept;
    }
}

static enum cb_code replace_all(const struct line *a, size_t n, const struct line *b, size_t m,
                                struct edits *edits, struct cb_err *err)
{
    enum cb_code code = CB_OK;
    for (size_t i = 0; i < n && code == CB_OK; i++)
        code = add(edits, REMOVED, a[i], err);
    for (size_t i = 0; i < m && code == CB_OK; i++)
        code = add(edits, ADDED, b[i], err);
    return code;
}

/* What differs between the beginning and the end that the two have in common. */
static enum cb_code compare_middle(const struct line *a, size_t n, const struct line *b, size_t m,
                                   struct edits *edits, struct cb_err *err)
{
    size_t most = n + m < CB_DIFF_EDITS_MAX ? n + m : CB_DIFF_EDITS_MAX;
    struct trace trace = {.width = 2 * (long)most + 1, .edits_max = (long)most};
    if (n == 0 || m == 0)
        return replace_all(a, n, b, m, edits, err);
    trace.furthest = calloc((most + 1) * (size_t)trace.width, sizeof *trace.furthest);
    if (trace.furthest == NULL)
        return cb_no_memory(err);
    size_t from = edits->count;
    long d = find_way(&trace, a, (long)n, b, (long)m);
    enum cb_code code = d >= 0 ? walk_back(&trace, d, a, (long)n, b, (long)m, edits, err)
                               : replace_all(a, n, b, m, edits, err);
    if (d >= 0)
        reverse(edits, from);
    free(trace.furthest);
    return code;
}

static enum cb_code compare(const struct lines *a, const struct lines *b, struct edits *edits,
                            struct cb_err *err)
{
    size_t head = 0, tail = 0, least = a->count < b->count ? a->count : b->count;
    while (head < least && same(a->items[head], b->items[head]))
        head++;
    while (tail < least - head && same(a->items[a->count - 1 - tail], b->items[b->count - 1 - tail]))
        tail++;
    enum cb_code code = CB_OK;
    for (size_t i = 0; i < head && code == CB_OK; i++)
        code = add(edits, STAYED, a->items[i], err);
    if (code == CB_OK)
        code = compare_middle(a->items + head, a->count - head - tail, b->items + head,
                              b->count - head - tail, edits, err);
    for (size_t i = a->count - tail; i < a->count && code == CB_OK; i++)
        code = add(edits, STAYED, a->items[i], err);
    return code;
}

static void put_line(FILE *out, const struct edit *edit, bool color)
{
    static const char marks[] = {' ', '-', '+'};
    static const char *const colors[] = {"", "\033[31m", "\033[32m"};
    (void)fprintf(out, "%s%c ", color ? colors[edit->kind] : "", marks[edit->kind]);
    for (size_t i = 0; i < edit->line.len; i++) {
        unsigned char c = (unsigned char)edit->line.text[i];
        (void)fputc(c < 0x20 || c == 0x7f ? '?' : c, out);
    }
    (void)fputs(color && edit->kind != STAYED ? "\033[0m\n" : "\n", out);
}

/* Is there a change within `context` lines? */
static bool near_change(const struct edits *edits, size_t at, size_t context)
{
    size_t from = at > context ? at - context : 0;
    for (size_t i = from; i < edits->count && i <= at + context; i++)
        if (edits->items[i].kind != STAYED)
            return true;
    return false;
}

static size_t print(const struct edits *edits, const struct cb_diff_options *options, FILE *out)
{
    size_t changes = 0;
    bool left_out = false;
    for (size_t i = 0; i < edits->count; i++) {
        changes += edits->items[i].kind != STAYED;
        if (!near_change(edits, i, options->context)) {
            left_out = true;
            continue;
        }
        if (left_out)
            (void)fputs("…\n", out);
        left_out = false;
        put_line(out, &edits->items[i], options->color);
    }
    return changes;
}

enum cb_code cb_diff(const char *before, const char *after, const struct cb_diff_options *options, FILE *out,
                     size_t *changes, struct cb_err *err)
{
    struct lines a = {0}, b = {0};
    struct edits edits = {0};
    enum cb_code code = split(before, &a, err);
    if (code == CB_OK)
        code = split(after, &b, err);
    if (code == CB_OK)
        code = compare(&a, &b, &edits, err);
    size_t count = code == CB_OK ? print(&edits, options, out) : 0;
    if (changes != NULL)
        *changes = count;
    free(a.items);
    free(b.items);
    free(edits.items);
    return code;
}
