/* Greedy word alignment, the surest pairs first: equal words, then names and their initials, compounds, and
 * last words that are alike in letters or kin in the thesaurus. After the monolingual aligner of Sultan,
 * Bethard and Sumner 2014 ("Back to Basics for Monolingual Alignment"), with neighbours as the only context.
 */
#include "match/align.h"

#include "match/matcher.h"

#include <stdlib.h>
#include <string.h>

enum { CANDIDATES_MAX = 256, LETTERS_MAX = 64, SPELLING_MAX = 24 };

/* Below this two words are different words. */
#define ALIKE_MIN          0.55F
#define LETTERS_MIN        0.6F
#define SHORT_LIKENESS     0.8F
#define CANCELLED_LIKENESS 0.85F
/* A pair whose neighbours answer to each other goes before an equal pair elsewhere. */
#define CONTEXT_BONUS 0.05F

struct side {
    const struct cb_profile *profile;
    int32_t *to;
    float *like;
};

struct candidate {
    float rank, like;
    uint32_t i, j;
};

static bool is_content(const struct cb_word *word)
{
    return !(word->flags & CB_WORD_STOP);
}

static void pair_words(struct side *x, struct side *y, size_t i, size_t j, float like)
{
    x->to[i] = (int32_t)j;
    y->to[j] = (int32_t)i;
    x->like[i] = y->like[j] = like;
}

static bool same_stem_at(const struct side *x, const struct side *y, size_t i, size_t j)
{
    return i < x->profile->word_count && j < y->profile->word_count &&
           x->profile->words[i].stem == y->profile->words[j].stem;
}

/* Equal stems: the pair whose neighbours agree comes first, else the first free one. */
static void align_equal(struct side *x, struct side *y, bool content)
{
    for (size_t i = 0; i < x->profile->word_count; i++) {
        const struct cb_word *word = &x->profile->words[i];
        size_t best = SIZE_MAX;
        int best_rank = -1;
        if (x->to[i] >= 0 || is_content(word) != content)
            continue;
        for (size_t j = 0; j < y->profile->word_count; j++) {
            if (y->to[j] >= 0 || word->stem != y->profile->words[j].stem)
                continue;
            /* i - 1 and j - 1 wrap round at 0 and are then no places of a word */
            int rank = same_stem_at(x, y, i - 1, j - 1) + same_stem_at(x, y, i + 1, j + 1);
            if (rank > best_rank) {
                best = j;
                best_rank = rank;
            }
        }
        if (best != SIZE_MAX)
            pair_words(x, y, i, best, 1.0F);
    }
}

/* "airstrike" – "air strikes": the stems of the two parts, put together, and at most two letters more or
 * less. */
static bool is_compound(const char *whole, const char *first, const char *second)
{
    size_t len = strlen(whole), a = strlen(first), b = strlen(second);
    if (a < 3 || b < 3 || len + 2 < a + b || len > a + b + 2 || strncmp(whole, first, a) != 0)
        return false;
    size_t rest = len - a < b ? len - a : b;
    return strncmp(whole + a, second, rest) == 0;
}

/* "UNHCR" – the words that its letters begin, function words left out. Returns the number of words, 0: none.
 */
static size_t spelled_out(const struct cb_word *word, const struct cb_profile *p, size_t at)
{
    size_t j = at;
    for (const char *c = word->text; *c != '\0'; c++) {
        if (*c == '.' || *c == '&')
            continue;
        while (j > at && j < p->word_count && (p->words[j].flags & CB_WORD_STOP) && p->words[j].text[0] != *c)
            j++;
        bool small = j > at && j < p->word_count && (p->words[j].flags & CB_WORD_STOP);
        if (j >= p->word_count || !(small || (p->words[j].flags & CB_WORD_UPPER)) ||
            p->words[j].text[0] != *c)
            return 0;
        j++;
    }
    return j - at >= 2 ? j - at : 0;
}

/* One word against several. */
static void align_phrases(struct side *x, struct side *y)
{
    for (size_t i = 0; i < x->profile->word_count; i++) {
        const struct cb_word *word = &x->profile->words[i];
        bool acronym = (word->flags & CB_WORD_CAPITALS) && !x->profile->title_case;
        if (x->to[i] >= 0 || !is_content(word) || (word->flags & CB_WORD_NUMBER))
            continue;
        for (size_t j = 0; j + 1 < y->profile->word_count; j++) {
            const struct cb_word *first = &y->profile->words[j];
            if (y->to[j] >= 0 || first->text[0] != word->text[0])
                continue;
            size_t used = acronym ? spelled_out(word, y->profile, j) : 0;
            if (used == 0 && y->to[j + 1] < 0 && is_compound(word->text, first->text, first[1].text))
                used = 2;
            for (size_t k = used; k > 0; k--)
                pair_words(x, y, i, j + k - 1, 1.0F);
            if (used > 0)
                break;
        }
    }
}

/* Dice over letter pairs of words with a common beginning: "milit" – "militarili", "Kommersant" –
 * "Komersant". */
static float letters_alike(const char *a, const char *b)
{
    if (a[0] != b[0] || a[0] == '\0' || a[1] != b[1] || a[1] == '\0' || a[2] != b[2])
        return 0;
    size_t la = strlen(a), lb = strlen(b), shared = 0;
    if (la < 4 || lb < 4 || lb > LETTERS_MAX)
        return 0;
    uint64_t used = 0;
    for (size_t i = 0; i + 1 < la; i++) {
        for (size_t j = 0; j + 1 < lb; j++) {
            if (!(used >> j & 1) && a[i] == b[j] && a[i + 1] == b[j + 1]) {
                used |= UINT64_C(1) << j;
                shared++;
                break;
            }
        }
    }
    float dice = 2.0F * (float)shared / (float)(la + lb - 2);
    return dice < LETTERS_MIN ? 0 : dice;
}

/* One letter more, less or other; two in long words. For names and words that no dictionary has: "Moqtada".
 */
static float spelled_alike(const char *a, const char *b)
{
    size_t la = strlen(a), lb = strlen(b), row[SPELLING_MAX + 1];
    size_t longer = la > lb ? la : lb, apart = la > lb ? la - lb : lb - la;
    size_t allowed = longer >= 8 ? 2 : 1;
    if (la < 5 || lb < 5 || longer > SPELLING_MAX || apart > allowed || a[0] != b[0])
        return 0;
    for (size_t j = 0; j <= lb; j++)
        row[j] = j;
    for (size_t i = 1; i <= la; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= lb; j++) {
            size_t change = corner + (a[i - 1] != b[j - 1]);
            size_t shift = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            corner = row[j];
            row[j] = change < shift ? change : shift;
        }
    }
    return row[lb] <= allowed ? 1.0F - (float)row[lb] / (float)longer : 0;
}

/* "Tim" – "Timothy", "Nov" – "November": written short. */
static float cut_short(const char *a, const char *b)
{
    size_t la = strlen(a), lb = strlen(b), shorter = la < lb ? la : lb;
    return shorter >= 3 && la != lb && strncmp(a, b, shorter) == 0 ? SHORT_LIKENESS : 0;
}

static float names_alike(const struct cb_word *a, const struct cb_word *b)
{
    float cut = cut_short(a->text, b->text), spelled = spelled_alike(a->text, b->text);
    return cut > spelled ? cut : spelled;
}

static bool is_unknown(const struct cb_word *word)
{
    return word->entry == NULL || word->entry->own == 0;
}

static float word_likeness(const struct cb_word *a, const struct cb_word *b)
{
    if ((a->flags | b->flags) & (CB_WORD_NUMBER | CB_WORD_SCALE))
        return 0;
    float letters = letters_alike(a->text, b->text);
    float kin = cb_kinship(a->entry, b->entry);
    if (kin <= 0 && (a->flags & b->flags & CB_WORD_NAME))
        kin = names_alike(a, b);
    else if (kin <= 0 && is_unknown(a) && is_unknown(b))
        kin = spelled_alike(a->text, b->text);
    return letters > kin ? letters : kin;
}

static bool answer(const struct side *x, size_t i, size_t j)
{
    return i < x->profile->word_count && x->to[i] >= 0 && (size_t)x->to[i] == j;
}

static int by_rank(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->rank < y->rank || x->rank > y->rank)
        return x->rank < y->rank ? 1 : -1;
    int by_i = (x->i > y->i) - (x->i < y->i);
    return by_i != 0 ? by_i : (x->j > y->j) - (x->j < y->j);
}

static void align_alike(struct side *x, struct side *y)
{
    struct candidate found[CANDIDATES_MAX];
    size_t count = 0;
    for (size_t i = 0; i < x->profile->word_count; i++) {
        if (x->to[i] >= 0 || !is_content(&x->profile->words[i]))
            continue;
        for (size_t j = 0; j < y->profile->word_count && count < CANDIDATES_MAX; j++) {
            if (y->to[j] >= 0 || !is_content(&y->profile->words[j]))
                continue;
            float like = word_likeness(&x->profile->words[i], &y->profile->words[j]);
            if (like < ALIKE_MIN)
                continue;
            float context =
                (answer(x, i - 1, j - 1) ? CONTEXT_BONUS : 0) + (answer(x, i + 1, j + 1) ? CONTEXT_BONUS : 0);
            found[count++] = (struct candidate){like + context, like, (uint32_t)i, (uint32_t)j};
        }
    }
    qsort(found, count, sizeof *found, by_rank);
    for (size_t k = 0; k < count; k++) {
        if (x->to[found[k].i] < 0 && y->to[found[k].j] < 0)
            pair_words(x, y, found[k].i, found[k].j, found[k].like);
    }
}

/* The words on both sides answer to each other, or the claims begin or end there. */
static bool faces(const struct side *x, const struct side *y, size_t i, size_t j)
{
    bool before = i == 0 || j == 0 ? i == j : answer(x, i - 1, j - 1);
    bool last = i + 1 == x->profile->word_count || j + 1 == y->profile->word_count;
    return before &&
           (last ? x->profile->word_count - i == y->profile->word_count - j : answer(x, i + 1, j + 1));
}

/* Only one of two opposites is negated: together they say the same. */
static bool cancel(struct side *x, struct side *y, size_t i, size_t j, struct cb_alignment *out)
{
    unsigned flags = (unsigned)(x->profile->words[i].flags ^ y->profile->words[j].flags);
    if (!(flags & CB_WORD_NEGATED) || out->cancelled_count == CB_CANCELLED_MAX)
        return false;
    out->cancelled[out->cancelled_count++] = (int32_t)i;
    pair_words(x, y, i, j, CANCELLED_LIKENESS);
    return true;
}

static void count_opposites(struct side *x, struct side *y, size_t i, size_t j, enum cb_opposition opposition,
                            struct cb_alignment *out, struct cb_differences *differences)
{
    if (opposition == CB_NOT_OPPOSED || (opposition != CB_COUNTERPARTS && cancel(x, y, i, j, out)))
        return;
    if (opposition == CB_COUNTERPARTS)
        out->counterparts++;
    else if (opposition == CB_ANTONYMS || faces(x, y, i, j))
        out->opposites++;
    else
        out->near_opposites++;
    cb_difference_add(differences, i, j);
    x->like[i] = y->like[j] = -1.0F; /* set apart from align_alike */
}

/* Kin are no counterparts when they are opposites: "increase" and "decrease" share a parent. */
static void find_opposites(const struct cb_matcher *matcher, struct side *x, struct side *y,
                           struct cb_alignment *out, struct cb_differences *differences)
{
    for (size_t i = 0; i < x->profile->word_count; i++) {
        if (!(x->profile->words[i].flags & CB_WORD_OPPOSED))
            continue;
        for (size_t j = 0; j < y->profile->word_count && x->to[i] < 0; j++) {
            if (y->to[j] < 0 && (y->profile->words[j].flags & CB_WORD_OPPOSED))
                count_opposites(x, y, i, j,
                                cb_opposition(matcher, x->profile->words[i].stem, y->profile->words[j].stem),
                                out, differences);
        }
    }
}

static bool side_init(struct side *side, const struct cb_profile *profile, struct cb_arena *arena)
{
    side->profile = profile;
    side->to = cb_arena_array(arena, profile->word_count + 1, sizeof *side->to);
    side->like = cb_arena_array(arena, profile->word_count + 1, sizeof *side->like);
    for (size_t i = 0; side->to != NULL && i < profile->word_count; i++)
        side->to[i] = -1;
    return side->to != NULL && side->like != NULL;
}

/* Opposites keep out of align_alike by a place that is no word's. */
static void set_apart(struct side *side, bool apart)
{
    for (size_t i = 0; i < side->profile->word_count; i++) {
        if (side->like[i] < 0) {
            side->to[i] = apart ? INT32_MAX : -1;
            side->like[i] = apart ? -1.0F : 0;
        }
    }
}

enum cb_code cb_align(const struct cb_matcher *matcher, const struct cb_profile *a,
                      const struct cb_profile *b, struct cb_arena *arena, struct cb_alignment *out,
                      struct cb_differences *differences, struct cb_err *err)
{
    struct side x, y;
    *out = (struct cb_alignment){0};
    if (!side_init(&x, a, arena) || !side_init(&y, b, arena))
        return cb_no_memory(err);
    align_equal(&x, &y, true);
    align_equal(&x, &y, false);
    align_phrases(&x, &y);
    align_phrases(&y, &x);
    find_opposites(matcher, &x, &y, out, differences);
    set_apart(&x, true);
    set_apart(&y, true);
    align_alike(&x, &y);
    set_apart(&x, false);
    set_apart(&y, false);
    out->a_to_b = x.to;
    out->b_to_a = y.to;
    out->a_like = x.like;
    out->b_like = y.like;
    return CB_OK;
}
