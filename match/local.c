#include "match/local.h"

#include "match/words.h"
#include "text/role_words.h"

#include <math.h>
#include <stdlib.h>

enum { WHO_WORDS = 20, WHO_REACH = 6 };

#define GENERAL_SHARE 0.1
#define ANSWERS       0.6F /* at least so alike are two words of which the one answers to the other */

/* A stem in a sentence. */
struct seen {
    int32_t stem;
    uint32_t sentence; /* even numbers for one document, odd ones for the other */
    bool name;         /* written as a name */
};

static int by_stem(const void *a, const void *b)
{
    const struct seen *x = a, *y = b;
    if (x->stem != y->stem)
        return x->stem < y->stem ? -1 : 1;
    return (x->sentence > y->sentence) - (x->sentence < y->sentence);
}

/* Claims of one sentence count once: a part of a sentence may be a claim beside the whole. */
static uint32_t sentence_of(const struct cb_pair_side *side, size_t claim)
{
    size_t first = claim;
    int32_t sentence = side->claims[claim].sentence;
    while (sentence > 0 && first > 0 && side->claims[first - 1].sentence == sentence)
        first--;
    return (uint32_t)first;
}

static size_t collect(const struct cb_pair_side *side, uint32_t odd, struct seen *out, double *sentences)
{
    size_t count = 0;
    for (size_t i = 0; i < side->count; i++) {
        const struct cb_profile *p = side->claims[i].profile;
        uint32_t sentence = sentence_of(side, i);
        *sentences += sentence == i;
        for (size_t k = 0; k < p->word_count; k++)
            if (!(p->words[k].flags & CB_WORD_STOP))
                out[count++] = (struct seen){p->words[k].stem, 2 * sentence + odd,
                                             (p->words[k].flags & CB_WORD_NAME) != 0};
    }
    return count;
}

static size_t words_of(const struct cb_pair_side *side)
{
    size_t count = 0;
    for (size_t i = 0; i < side->count; i++)
        count += side->claims[i].profile->word_count;
    return count;
}

/* Sorted: one entry a stem, with the number of its sentences in place of the sentence; a name when it is one
 * anywhere. */
static size_t tally(struct seen *seen, size_t count)
{
    size_t stems = 0;
    if (count > 1)
        qsort(seen, count, sizeof *seen, by_stem);
    for (size_t at = 0, end; at < count; at = end) {
        uint32_t sentences = 0;
        bool name = false;
        for (end = at; end < count && seen[end].stem == seen[at].stem; end++) {
            sentences += end == at || seen[end].sentence != seen[end - 1].sentence;
            name |= seen[end].name;
        }
        seen[stems++] = (struct seen){seen[at].stem, sentences, name};
    }
    return stems;
}

static int by_stem_alone(const void *a, const void *b)
{
    const struct seen *x = a, *y = b;
    return (x->stem > y->stem) - (x->stem < y->stem);
}

/* "The chairman of the council": says who, as a name does. "Residents" may be what the claim is about. */
static bool is_role(const struct cb_profile *p, struct cb_span span)
{
    bool plural;
    const char *word = p->text + span.start;
    size_t len = span.end - span.start;
    const struct cb_role_word *role = cb_role_word_find(word, len, &plural);
    return (role != NULL && !(role->classes & CB_ROLE_PLAIN)) || cb_is_organisation_word(word, len);
}

/* A name by its capitals, a number, a date or a function word; also the first word of a sentence when a name
 * goes on behind it, or when the two documents have it as a name elsewhere. */
static bool is_naming(const struct cb_profile *p, size_t i, const struct seen *stem)
{
    const struct cb_word *word = &p->words[i];
    if ((word->flags & (CB_WORD_STOP | CB_WORD_NAME | CB_WORD_NUMBER)) || cb_in_date(p, word->span))
        return true;
    if (!(word->flags & CB_WORD_UPPER))
        return false;
    return (stem != NULL && stem->name) || (i + 1 < p->word_count && (word[1].flags & CB_WORD_NAME));
}

/* "Ann Lee, an engineer of the port": a name, set off from what follows, and a role among the next words. */
static bool says_who(const struct cb_profile *p)
{
    size_t name = 0;
    while (name < p->word_count && (p->words[name].flags & CB_WORD_UPPER) &&
           !(name > 0 && (p->words[name].flags & CB_WORD_CLAUSE)))
        name++;
    if (name == 0 || name >= p->word_count || p->word_count > WHO_WORDS ||
        !(p->words[name].flags & CB_WORD_CLAUSE))
        return false;
    for (size_t i = name; i < p->word_count && i < name + WHO_REACH; i++)
        if (is_role(p, p->words[i].span))
            return true;
    return false;
}

static void weigh_claim(const struct cb_profile *p, const struct seen *stems, size_t count, double sentences,
                        struct cb_local_word *out)
{
    bool who = says_who(p);
    for (size_t k = 0; k < p->word_count; k++) {
        const struct seen key = {.stem = p->words[k].stem};
        const struct seen *found = bsearch(&key, stems, count, sizeof *stems, by_stem_alone);
        out[k].naming = is_naming(p, k, found) || (!who && is_role(p, p->words[k].span));
        if (!(p->words[k].flags & CB_WORD_STOP))
            out[k].weight = (float)(GENERAL_SHARE * (double)p->words[k].weight *
                                    log((sentences + 1) / (found == NULL ? 1 : found->sentence)));
    }
}

static const struct cb_local_word *const *weigh_side(const struct cb_pair_side *side,
                                                     const struct seen *stems, size_t count, double sentences,
                                                     struct cb_arena *arena)
{
    const struct cb_local_word **claims = cb_arena_array(arena, side->count + 1, sizeof *claims);
    struct cb_local_word *words = cb_arena_array(arena, words_of(side) + 1, sizeof *words);
    if (claims == NULL || words == NULL)
        return NULL;
    for (size_t i = 0; i < side->count; i++) {
        claims[i] = words;
        weigh_claim(side->claims[i].profile, stems, count, sentences, words);
        words += side->claims[i].profile->word_count;
    }
    return claims;
}

enum cb_code cb_local_weigh(const struct cb_pair_side *a, const struct cb_pair_side *b,
                            struct cb_arena *arena, struct cb_local *out, struct cb_err *err)
{
    double sentences = 0;
    struct seen *seen = cb_arena_array(arena, words_of(a) + words_of(b) + 1, sizeof *seen);
    if (seen == NULL)
        return cb_no_memory(err);
    size_t count = collect(a, 0, seen, &sentences);
    count += collect(b, 1, seen + count, &sentences);
    count = tally(seen, count);
    out->a = weigh_side(a, seen, count, sentences, arena);
    out->b = weigh_side(b, seen, count, sentences, arena);
    return out->a != NULL && out->b != NULL ? CB_OK : cb_no_memory(err);
}

static void measure_side(const struct cb_profile *p, const int32_t *to, const float *like,
                         const struct cb_local_word *words, double *covered, double *whole)
{
    *covered = *whole = 0;
    for (size_t i = 0; i < p->word_count; i++) {
        *whole += (double)words[i].weight;
        if (to[i] >= 0)
            *covered += (double)words[i].weight * (double)like[i];
    }
}

/* Two claims that have a name in common may be about two things: who does what is said by other words. */
static unsigned plain_words(const struct cb_profile *a, const struct cb_alignment *alignment,
                            const struct cb_local_word *words_a, const struct cb_local_word *words_b)
{
    unsigned count = 0;
    for (size_t i = 0; i < a->word_count; i++) {
        int32_t j = alignment->a_to_b[i];
        count += j >= 0 && alignment->a_like[i] >= ANSWERS && !words_a[i].naming && !words_b[j].naming;
    }
    return count;
}

void cb_local_measure(const struct cb_profile *a, const struct cb_profile *b,
                      const struct cb_alignment *alignment, const struct cb_local_word *words_a,
                      const struct cb_local_word *words_b, struct cb_local_share *out)
{
    double covered_a, whole_a, covered_b, whole_b;
    measure_side(a, alignment->a_to_b, alignment->a_like, words_a, &covered_a, &whole_a);
    measure_side(b, alignment->b_to_a, alignment->b_like, words_b, &covered_b, &whole_b);
    double both = whole_a + whole_b;
    out->cover = fmax(whole_a > 0 ? covered_a / whole_a : 0, whole_b > 0 ? covered_b / whole_b : 0);
    out->dice = both > 0 ? (covered_a + covered_b) / both : 0;
    out->info = log1p((covered_a + covered_b) / 2);
    out->words = plain_words(a, alignment, words_a, words_b);
}
