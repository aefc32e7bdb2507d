#include "report/nested.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { RUN_MAX = 1000 }; /* claims of one document in one statement; of more, all are shown */

static bool of_word(const unsigned char *at)
{
    unsigned char lower = (unsigned char)(*at | 0x20);
    return (*at >= '0' && *at <= '9') || (lower >= 'a' && lower <= 'z') || *at >= 0x80;
}

/* Bytes of a typographic quotation mark or dash (U+2000 to U+203F), else 0. */
static size_t mark_at(const unsigned char *at)
{
    return at[0] == 0xe2 && at[1] == 0x80 && at[2] != '\0' ? 3 : 0;
}

/* The next word from *at on; its length is 0 at the end. */
static size_t next_word(const char **at)
{
    const unsigned char *from = (const unsigned char *)*at;
    while (*from != '\0' && (!of_word(from) || mark_at(from) > 0))
        from += mark_at(from) > 0 ? mark_at(from) : 1;
    size_t len = 0;
    while (from[len] != '\0' && of_word(from + len) && mark_at(from + len) == 0)
        len++;
    *at = (const char *)from;
    return len;
}

static bool same_word(const char *a, const char *b, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char x = (unsigned char)a[i], y = (unsigned char)b[i];
        if (x >= 'A' && x <= 'Z')
            x = (unsigned char)(x | 0x20);
        if (y >= 'A' && y <= 'Z')
            y = (unsigned char)(y | 0x20);
        if (x != y)
            return false;
    }
    return true;
}

static size_t count_words(const char *text)
{
    size_t count = 0;
    for (size_t len = next_word(&text); len > 0; len = next_word(&text)) {
        text += len;
        count++;
    }
    return count;
}

/* Are all words of `part` in `whole`, in the same order? */
static bool words_within(const char *part, const char *whole)
{
    for (size_t len = next_word(&part); len > 0; len = next_word(&part)) {
        size_t other = next_word(&whole);
        while (other > 0 && (other != len || !same_word(part, whole, len))) {
            whole += other;
            other = next_word(&whole);
        }
        if (other == 0)
            return false;
        part += len;
        whole += other;
    }
    return true;
}

static bool holds(const struct cb_said *whole, const struct cb_said *part)
{
    return part->start < whole->end && whole->start < part->end && words_within(part->text, whole->text);
}

/* Of two claims with the same words the first is the part. */
static bool is_part(const struct cb_said *part, const struct cb_said *whole, size_t part_words,
                    size_t whole_words)
{
    bool less = part_words < whole_words || (part_words == whole_words && part < whole);
    return part_words > 0 && less && holds(whole, part);
}

/* The shortest part of run[which] that still has half of its words, or NULL: less is an aside of the
 * sentence. */
static const struct cb_said *main_part(const struct cb_said *run, size_t count, size_t which)
{
    size_t own = count_words(run[which].text), fewest = SIZE_MAX;
    const struct cb_said *found = NULL;
    for (size_t i = 0; i < count; i++) {
        size_t words = count_words(run[i].text);
        if (i != which && 2 * words >= own && words < fewest && is_part(&run[i], &run[which], words, own)) {
            found = &run[i];
            fewest = words;
        }
    }
    return found;
}

/* The shortest claim of which run[which] is a part, of those that stand for themselves (their place in
 * `stands`). */
static const struct cb_said *shown_whole(const struct cb_said *run, size_t count, size_t which,
                                         const bool *stands)
{
    size_t own = count_words(run[which].text), fewest = SIZE_MAX;
    const struct cb_said *found = NULL;
    for (size_t i = 0; i < count; i++) {
        size_t words = count_words(run[i].text);
        if (i != which && stands[i] && words < fewest && is_part(&run[which], &run[i], own, words)) {
            found = &run[i];
            fewest = words;
        }
    }
    return found;
}

/* The claims of one document; returns how many are shown. A whole leads to its main part; what is left, to a
 * whole that is left too. */
static size_t nest_run(struct cb_said *run, size_t count)
{
    bool stands[RUN_MAX];
    size_t shown = 0;
    if (count == 1 || count > RUN_MAX)
        return count;
    for (size_t i = 0; i < count; i++) {
        run[i].shown_as = main_part(run, count, i);
        stands[i] = run[i].shown_as == NULL;
    }
    for (size_t i = 0; i < count; i++)
        if (stands[i])
            run[i].shown_as = shown_whole(run, count, i, stands);
    for (size_t i = 0; i < count; i++) {
        while (run[i].shown_as != NULL && run[i].shown_as->shown_as != NULL)
            run[i].shown_as = run[i].shown_as->shown_as;
        shown += run[i].shown_as == NULL;
    }
    return shown;
}

size_t cb_said_nest(struct cb_said *said, size_t count)
{
    size_t shown = 0;
    for (size_t i = 0; i < count; i++)
        said[i].shown_as = NULL;
    for (size_t from = 0, to = 0; from < count; from = to) {
        while (to < count && strcmp(said[to].document, said[from].document) == 0)
            to++;
        shown += nest_run(said + from, to - from);
    }
    return shown;
}
