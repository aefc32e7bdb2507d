#include "match/rank.h"

#include "match/features.h"

#include <math.h>
#include <string.h>

/* Fitted on the development queries of CLEF CheckThat! 2022 (docs/matching.md). */
#define BM25_K1 1.2
#define BM25_B  0.4

double cb_bm25_idf(double claims_with_term, double claims)
{
    return log(1.0 + (claims - claims_with_term + 0.5) / (claims_with_term + 0.5));
}

void cb_bm25_gain(double idf, double mean_words, struct cb_gain *out)
{
    for (size_t words = 0; words <= CB_POSTING_WORDS_MAX; words++) {
        double norm = BM25_K1 * (1.0 - BM25_B + BM25_B * (double)words / fmax(mean_words, 1.0));
        out->of[CB_IN_TEXT][words] = (float)(idf / (1.0 + norm));
        out->of[CB_IN_TITLE][words] = (float)(idf / (1.0 + norm));
        out->of[CB_IN_BOTH][words] = (float)(2.0 * idf / (2.0 + norm));
    }
}

enum cb_code cb_rank(const struct cb_matcher *matcher, const struct cb_rank_input *input,
                     struct cb_arena *arena, double *score, struct cb_err *err)
{
    (void)matcher;
    (void)arena;
    (void)err;
    *score = fmin(1.0, input->bm25);
    return CB_OK;
}

static void swap(char *a, char *b, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        char c = a[i];
        a[i] = b[i];
        b[i] = c;
    }
}

/* Hoare's selection. */
size_t cb_select_best(void *items, size_t count, size_t size, size_t enough,
                      int (*compare)(const void *a, const void *b))
{
    char *base = items;
    if (count <= enough)
        return count;
    size_t low = 0, high = count - 1;
    while (low < high) {
        swap(base + low * size, base + (low + (high - low) / 2) * size, size);
        size_t store = low + 1;
        for (size_t i = low + 1; i <= high; i++)
            if (compare(base + i * size, base + low * size) < 0)
                swap(base + i * size, base + store++ * size, size);
        store--;
        swap(base + low * size, base + store * size, size);
        if (store == enough)
            break;
        if (store < enough)
            low = store + 1;
        else if (store == 0)
            break;
        else
            high = store - 1;
    }
    return enough;
}
