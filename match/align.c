#include "match/align.h"

#include "match/matcher.h"

#include <string.h>

/* Below this two stems are different words. */
#define ALIKE_MIN 0.6F

struct sides {
    int32_t *to[2];
    float *like[2];
};

static bool is_content(const struct cb_word *word)
{
    return !(word->flags & CB_WORD_STOP);
}

/* Dice over letter pairs, with the shared beginning counted twice: "milit" – "militarili", "Kommersant" –
 * "Komersant". Numbers are alike only when equal. */
static float stem_likeness(const struct cb_word *a, const struct cb_word *b)
{
    if ((a->flags | b->flags) & (CB_WORD_NUMBER | CB_WORD_SCALE)) {
        return 0.0F;
    }
    size_t la = strlen(a->text), lb = strlen(b->text), prefix = 0, shared = 0;
    size_t shorter = la < lb ? la : lb;
    if (shorter < 4) {
        return 0.0F;
    }
    while (prefix < shorter && a->text[prefix] == b->text[prefix]) {
        prefix++;
    }
    if (prefix < 3) {
        return 0.0F;
    }
    uint64_t used = 0;
    for (size_t i = 0; i + 1 < la; i++) {
        for (size_t j = 0; j + 1 < lb && j < 64; j++) {
            if (!(used >> j & 1) && a->text[i] == b->text[j] && a->text[i + 1] == b->text[j + 1]) {
                used |= UINT64_C(1) << j;
                shared++;
                break;
            }
        }
    }
    return 2.0F * (float)shared / (float)(la + lb - 2);
}

/* Equal stems: the pair whose neighbours agree comes first, else the first free one. */
static void align_equal(const struct cb_profile *a, const struct cb_profile *b, struct sides *s, bool content)
{
    for (size_t i = 0; i < a->word_count; i++) {
        size_t best = b->word_count;
        int best_rank = -1;
        if (s->to[0][i] >= 0 || is_content(&a->words[i]) != content) {
            continue;
        }
        for (size_t j = 0; j < b->word_count; j++) {
            if (s->to[1][j] >= 0 || a->words[i].stem != b->words[j].stem) {
                continue;
            }
            int rank = (i > 0 && j > 0 && a->words[i - 1].stem == b->words[j - 1].stem) +
                       (i + 1 < a->word_count && j + 1 < b->word_count &&
                        a->words[i + 1].stem == b->words[j + 1].stem);
            if (rank > best_rank) {
                best = j;
                best_rank = rank;
            }
        }
        if (best < b->word_count) {
            s->to[0][i] = (int32_t)best;
            s->to[1][best] = (int32_t)i;
            s->like[0][i] = s->like[1][best] = 1.0F;
        }
    }
}

static void align_alike(const struct cb_profile *a, const struct cb_profile *b, struct sides *s)
{
    for (;;) {
        float best = ALIKE_MIN;
        size_t best_i = 0, best_j = 0;
        bool found = false;
        for (size_t i = 0; i < a->word_count; i++) {
            if (s->to[0][i] >= 0 || !is_content(&a->words[i])) {
                continue;
            }
            for (size_t j = 0; j < b->word_count; j++) {
                if (s->to[1][j] >= 0 || !is_content(&b->words[j]) ||
                    a->words[i].text[0] != b->words[j].text[0]) {
                    continue;
                }
                float like = stem_likeness(&a->words[i], &b->words[j]);
                if (like > best) {
                    best = like;
                    best_i = i;
                    best_j = j;
                    found = true;
                }
            }
        }
        if (!found) {
            return;
        }
        s->to[0][best_i] = (int32_t)best_j;
        s->to[1][best_j] = (int32_t)best_i;
        s->like[0][best_i] = s->like[1][best_j] = best;
    }
}

static size_t count_opposites(const struct cb_matcher *matcher, const struct cb_profile *a,
                              const struct cb_profile *b, const struct sides *s)
{
    size_t count = 0;
    for (size_t i = 0; i < a->word_count; i++) {
        for (size_t j = 0; s->to[0][i] < 0 && j < b->word_count; j++) {
            count += s->to[1][j] < 0 && cb_are_opposites(matcher, a->words[i].stem, b->words[j].stem);
        }
    }
    return count;
}

enum cb_code cb_align(const struct cb_matcher *matcher, const struct cb_profile *a, const struct cb_profile *b,
                      struct cb_arena *arena, struct cb_alignment *out, struct cb_err *err)
{
    struct sides s;
    for (int side = 0; side < 2; side++) {
        size_t count = side == 0 ? a->word_count : b->word_count;
        s.to[side] = cb_arena_array(arena, count + 1, sizeof *s.to[side]);
        s.like[side] = cb_arena_array(arena, count + 1, sizeof *s.like[side]);
        if (s.to[side] == NULL || s.like[side] == NULL) {
            return cb_no_memory(err);
        }
        for (size_t i = 0; i < count; i++) {
            s.to[side][i] = -1;
        }
    }
    align_equal(a, b, &s, true);
    align_equal(a, b, &s, false);
    align_alike(a, b, &s);
    out->a_to_b = s.to[0];
    out->b_to_a = s.to[1];
    out->a_like = s.like[0];
    out->b_like = s.like[1];
    out->opposites = count_opposites(matcher, a, b, &s);
    return CB_OK;
}
