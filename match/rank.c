#include "match/rank.h"

#include <math.h>
#include <string.h>

/* Fitted on the development queries of CLEF CheckThat! 2022 (docs/matching.md). */
#define BM25_K1 1.2
#define BM25_B  0.4

/* What the likeness of letters adds to BM25: names written another way, words joined. The features of
 * comparison (covers, bigrams, the title alone) were tried in its place and made the ranking worse. */
#define TRIGRAM_SHARE 0.3

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

/* Shared character trigrams, over the mean of both. */
static double trigram_dice(const struct cb_profile *a, const struct cb_profile *b)
{
    size_t shared = 0, all = a->trigram_count + b->trigram_count;
    for (size_t i = 0, j = 0; i < a->trigram_count && j < b->trigram_count;) {
        uint32_t x = a->trigrams[i], y = b->trigrams[j];
        shared += x == y;
        i += x <= y;
        j += y <= x;
    }
    return all > 0 ? 2.0 * (double)shared / (double)all : 0.0;
}

double cb_rank(const struct cb_rank_input *input)
{
    double likeness = TRIGRAM_SHARE * trigram_dice(input->query, input->text);
    return fmin(1.0, (input->bm25 + likeness) / (1.0 + TRIGRAM_SHARE));
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
