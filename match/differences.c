/* The structured differences between two claims: what stands in the same place and is another thing. */
#include "match/differences.h"

#include "match/tables.h"

#include <string.h>

enum { ROLES_REACH = 6, MAIN_WORDS = 2 };

void cb_difference_add(struct cb_differences *differences, size_t i, size_t j)
{
    if (differences->count < CB_DIFFERENCES_MAX) {
        differences->i[differences->count] = (int32_t)i;
        differences->j[differences->count++] = (int32_t)j;
    }
}

static bool stands_between(const struct cb_profile *p, int32_t low, int32_t high, const char *text)
{
    for (int32_t i = low + 1; i < high; i++) {
        if ((p->words[i].flags & CB_WORD_STOP) && strcmp(p->words[i].text, text) == 0)
            return true;
    }
    return false;
}

static bool one_clause(const struct cb_profile *p, int32_t low, int32_t high)
{
    for (int32_t i = low + 1; i <= high; i++) {
        if (p->words[i].flags & CB_WORD_CLAUSE)
            return false;
    }
    return high - low <= ROLES_REACH;
}

/* A verb, or what may be one, that both sides have between the two names. */
static bool verb_between(const struct cb_profile *a, const int32_t *a_to_b, int32_t i, int32_t k, int32_t low,
                         int32_t high)
{
    for (int32_t m = i + 1; m < k; m++) {
        if (a_to_b[m] > low && a_to_b[m] < high && !(a->words[m].flags & (CB_WORD_STOP | CB_WORD_NAME)))
            return true;
    }
    return false;
}

/* "from A to B" – "from B to A": the little words before the two names are the same, each with the other
 * name. */
static bool prepositions_swapped(const struct cb_profile *a, const struct cb_profile *b, int32_t i, int32_t k,
                                 int32_t j, int32_t l)
{
    if (i == 0 || j == 0 || k == 0 || l == 0)
        return false;
    int32_t before_i = a->words[i - 1].whole, before_k = a->words[k - 1].whole;
    return before_i != before_k && before_i == b->words[l - 1].whole && before_k == b->words[j - 1].whole &&
           (a->words[i - 1].flags & a->words[k - 1].flags & CB_WORD_STOP);
}

/* Two names that answer to each other, in one clause and near each other, with a verb between them on both
 * sides, stand the other way round; or the same way, but one side is passive. */
bool cb_roles_swapped(const struct cb_profile *a, const struct cb_profile *b, const int32_t *a_to_b)
{
    int32_t count = (int32_t)a->word_count;
    for (int32_t i = 0; i < count; i++) {
        if (a_to_b[i] < 0 || !(a->words[i].flags & CB_WORD_NAME))
            continue;
        for (int32_t k = i + 2; k < count && k <= i + ROLES_REACH; k++) {
            if (a_to_b[k] < 0 || !(a->words[k].flags & CB_WORD_NAME) || a->words[k].stem == a->words[i].stem)
                continue;
            int32_t j = a_to_b[i], l = a_to_b[k], low = j < l ? j : l, high = j < l ? l : j;
            if (!one_clause(a, i, k) || !one_clause(b, low, high))
                continue;
            bool voices_differ = stands_between(a, i, k, "by") != stands_between(b, low, high, "by");
            if (verb_between(a, a_to_b, i, k, low, high))
                return (l < j) != voices_differ;
            if (l < j && prepositions_swapped(a, b, i, k, j, l))
                return true;
        }
    }
    return false;
}

/* The content word before words[i] of a name's run of unanswered names, -1 at the head; the one after it,
 * count. */
static int32_t beside(const struct cb_profile *p, const int32_t *to, size_t i, int step)
{
    int32_t at = (int32_t)i + step;
    while (at >= 0 && (size_t)at < p->word_count) {
        unsigned flags = p->words[at].flags;
        if (!(flags & CB_WORD_STOP) && !((flags & CB_WORD_NAME) && to[at] < 0))
            return at;
        at += step;
    }
    return at < 0 ? -1 : INT32_MAX;
}

static bool same_place(int32_t x, int32_t y, const int32_t *a_to_b)
{
    return x < 0 || x == INT32_MAX ? x == y : y >= 0 && a_to_b[x] == y;
}

static bool is_left_name(const struct cb_profile *p, const int32_t *to, size_t i)
{
    unsigned flags = p->words[i].flags;
    bool head = i == 0 && (flags & CB_WORD_UPPER) && !(flags & CB_WORD_STOP); /* "Berg", or an iceberg */
    return to[i] < 0 && (head || (flags & CB_WORD_NAME));
}

/* Another name in the same place: what stands before it and after it answers to each other. */
unsigned cb_other_names(const struct cb_profile *a, const struct cb_profile *b, const struct cb_alignment *al,
                        struct cb_differences *out)
{
    unsigned found = 0;
    for (size_t i = 0; i < a->word_count; i++) {
        if (!is_left_name(a, al->a_to_b, i))
            continue;
        int32_t before = beside(a, al->a_to_b, i, -1), after = beside(a, al->a_to_b, i, 1);
        for (size_t j = 0; j < b->word_count; j++) {
            if (is_left_name(b, al->b_to_a, j) &&
                same_place(before, beside(b, al->b_to_a, j, -1), al->a_to_b) &&
                same_place(after, beside(b, al->b_to_a, j, 1), al->a_to_b)) {
                cb_difference_add(out, i, j);
                found++;
            }
        }
    }
    return found;
}

/* The only content word without a counterpart, -1: none or several. */
static int32_t only_left(const struct cb_profile *p, const int32_t *to)
{
    int32_t found = -1;
    for (size_t i = 0; i < p->word_count; i++) {
        if (to[i] >= 0 || (p->words[i].flags & CB_WORD_STOP))
            continue;
        if (found >= 0)
            return -1;
        found = (int32_t)i;
    }
    return found;
}

static bool is_plain_word(const struct cb_word *word)
{
    return !(word->flags &
             (CB_WORD_NUMBER | CB_WORD_NAME | CB_WORD_HEDGE | CB_WORD_DENIAL | CB_WORD_NEGATION)) &&
           word->entry != NULL && word->entry->own > 0;
}

bool cb_other_word(const struct cb_profile *a, const struct cb_profile *b, const struct cb_alignment *al,
                   struct cb_differences *out)
{
    int32_t i = only_left(a, al->a_to_b), j = only_left(b, al->b_to_a);
    if (i < 0 || j < 0 || !is_plain_word(&a->words[i]) || !is_plain_word(&b->words[j]) ||
        !same_place(beside(a, al->a_to_b, (size_t)i, -1), beside(b, al->b_to_a, (size_t)j, -1), al->a_to_b) ||
        !same_place(beside(a, al->a_to_b, (size_t)i, 1), beside(b, al->b_to_a, (size_t)j, 1), al->a_to_b))
        return false;
    cb_difference_add(out, (size_t)i, (size_t)j);
    return true;
}

static bool begins_aside(const struct cb_word *word)
{
    static const char *const words[] = {"when",     "after",  "befor",  "becaus", "while",
                                        "although", "though", "unless", "until"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(word->text, words[i]) == 0)
            return true;
    }
    return false;
}

bool cb_answers_aside(const struct cb_profile *p, const int32_t *to)
{
    size_t at = 0, main_words = 0;
    while (at < p->word_count && !begins_aside(&p->words[at])) {
        if (!(p->words[at].flags & CB_WORD_STOP)) {
            if (to[at] >= 0)
                return false;
            main_words++;
        }
        at++;
    }
    if (at >= p->word_count || main_words < MAIN_WORDS)
        return false;
    for (size_t i = at + 1; i < p->word_count; i++) {
        if (to[i] >= 0 && !(p->words[i].flags & CB_WORD_STOP))
            return true;
    }
    return false;
}

static bool is_nobody(const struct cb_word *word)
{
    static const char *const words[] = {"nobodi", "none", "noth", "no"};
    for (size_t i = 0; (word->flags & CB_WORD_NEGATION) && i < sizeof words / sizeof *words; i++) {
        if (strcmp(word->text, words[i]) == 0)
            return true;
    }
    return false;
}

/* Nobody stands where somebody is counted: the number, and what is counted right after it. */
static void nobody_stands_for(const struct cb_profile *p, const int32_t *to, size_t nobody, bool turned,
                              struct cb_differences *out)
{
    for (size_t j = 0; j < p->word_count; j++) {
        if (to[j] >= 0 || !(p->words[j].flags & CB_WORD_NUMBER))
            continue;
        for (size_t k = j; k < p->word_count && k < j + 2 && to[k] < 0; k++)
            cb_difference_add(out, turned ? k : nobody, turned ? nobody : k);
    }
}

void cb_nobody_differs(const struct cb_profile *a, const struct cb_profile *b, const struct cb_alignment *al,
                       struct cb_differences *out)
{
    for (size_t i = 0; i < a->word_count; i++) {
        if (al->a_to_b[i] < 0 && is_nobody(&a->words[i]))
            nobody_stands_for(b, al->b_to_a, i, false, out);
    }
    for (size_t j = 0; j < b->word_count; j++) {
        if (al->b_to_a[j] < 0 && is_nobody(&b->words[j]))
            nobody_stands_for(a, al->a_to_b, j, true, out);
    }
}

/* The words inside one quantity against those of the other, in order. */
void cb_quantity_differs(const struct cb_profile *a, const struct cb_profile *b, struct cb_span x,
                         struct cb_span y, struct cb_differences *out)
{
    size_t j = 0;
    for (size_t i = 0; i < a->word_count; i++) {
        if (a->words[i].span.start < x.start || a->words[i].span.end > x.end)
            continue;
        while (j < b->word_count && (b->words[j].span.start < y.start || b->words[j].span.end > y.end))
            j++;
        if (j < b->word_count)
            cb_difference_add(out, i, j++);
    }
}

bool cb_differences_bridge(const struct cb_profile *a, const struct cb_profile *b,
                           const struct cb_differences *differences, struct cb_alignment *al,
                           struct cb_arena *arena)
{
    int32_t *to_b = cb_arena_array(arena, a->word_count + 1, sizeof *to_b);
    int32_t *to_a = cb_arena_array(arena, b->word_count + 1, sizeof *to_a);
    float *like_a = cb_arena_array(arena, a->word_count + 1, sizeof *like_a);
    float *like_b = cb_arena_array(arena, b->word_count + 1, sizeof *like_b);
    if (to_b == NULL || to_a == NULL || like_a == NULL || like_b == NULL)
        return false;
    memcpy(to_b, al->a_to_b, a->word_count * sizeof *to_b);
    memcpy(to_a, al->b_to_a, b->word_count * sizeof *to_a);
    memcpy(like_a, al->a_like, a->word_count * sizeof *like_a);
    memcpy(like_b, al->b_like, b->word_count * sizeof *like_b);
    for (size_t k = 0; k < differences->count; k++) {
        int32_t i = differences->i[k], j = differences->j[k];
        if (to_b[i] < 0) {
            to_b[i] = j;
            like_a[i] = 1.0F;
        }
        if (to_a[j] < 0) {
            to_a[j] = i;
            like_b[j] = 1.0F;
        }
    }
    al->a_to_b = to_b;
    al->b_to_a = to_a;
    al->a_like = like_a;
    al->b_like = like_b;
    return true;
}
