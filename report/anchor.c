#include "report/anchor.h"

#include <stdlib.h>
#include <string.h>

enum cb_code cb_points_init(struct cb_points *points, const char *text, size_t len, struct cb_err *err)
{
    *points = (struct cb_points){.text = text, .len = len};
    for (size_t i = 0; i < len; i++)
        points->count += ((unsigned char)text[i] & 0xC0) != 0x80;
    if (points->count == len)
        return CB_OK;
    points->at = malloc((points->count + 1) * sizeof *points->at);
    if (points->at == NULL)
        return cb_no_memory(err);
    size_t n = 0;
    for (size_t i = 0; i < len; i++)
        if (((unsigned char)text[i] & 0xC0) != 0x80)
            points->at[n++] = i;
    points->at[n] = len;
    return CB_OK;
}

void cb_points_release(struct cb_points *points)
{
    free(points->at);
    *points = (struct cb_points){0};
}

size_t cb_points_byte(const struct cb_points *points, int64_t point)
{
    if (point < 0)
        return 0;
    if ((uint64_t)point >= points->count)
        return points->len;
    return points->at != NULL ? points->at[point] : (size_t)point;
}

const char *cb_anchor_state_name(enum cb_anchor_state state)
{
    static const char *const names[] = {"exact", "moved", "ambiguous", "orphan"};
    return names[state];
}

/* How often the pieces, one right after the other, stand in the text: 0, 1, or 2 for more. */
static unsigned occurrences(const struct cb_points *points, const char *const pieces[3])
{
    size_t lens[3], before = strlen(pieces[0]);
    unsigned found = 0;
    for (size_t i = 0; i < 3; i++)
        lens[i] = strlen(pieces[i]);
    for (size_t from = 0; lens[1] > 0 && from < points->len && found < 2;) {
        const char *hit = memmem(points->text + from, points->len - from, pieces[1], lens[1]);
        if (hit == NULL)
            break;
        size_t at = (size_t)(hit - points->text), end = at + lens[1];
        if (at >= before && memcmp(hit - before, pieces[0], before) == 0 && points->len - end >= lens[2] &&
            memcmp(points->text + end, pieces[2], lens[2]) == 0)
            found++;
        from = at + 1;
    }
    return found;
}

static bool stands_at(const struct cb_points *points, size_t start, size_t end,
                      const struct cb_anchor *anchor)
{
    size_t quote = strlen(anchor->quote), prefix = strlen(anchor->prefix), suffix = strlen(anchor->suffix);
    return end - start == quote && memcmp(points->text + start, anchor->quote, quote) == 0 &&
           start >= prefix && memcmp(points->text + start - prefix, anchor->prefix, prefix) == 0 &&
           points->len - end >= suffix && memcmp(points->text + end, anchor->suffix, suffix) == 0;
}

enum cb_anchor_state cb_anchor_check(const struct cb_points *points, const struct cb_anchor *anchor)
{
    if (anchor->start >= 0 && anchor->start < anchor->end && (uint64_t)anchor->end <= points->count &&
        stands_at(points, cb_points_byte(points, anchor->start), cb_points_byte(points, anchor->end), anchor))
        return CB_ANCHOR_EXACT;
    const char *const around[3] = {anchor->prefix, anchor->quote, anchor->suffix};
    const char *const alone[3] = {"", anchor->quote, ""};
    unsigned found = occurrences(points, around);
    if (found == 0)
        found = occurrences(points, alone);
    return found == 0 ? CB_ANCHOR_ORPHAN : found == 1 ? CB_ANCHOR_MOVED : CB_ANCHOR_AMBIGUOUS;
}
