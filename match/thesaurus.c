/* Synonyms, kin and opposites among stems, after WordNet 3.0 (Fellbaum 1998). */
#include "match/matcher.h"

/* Likeness of two words that share a concept, by how usual that sense is of the one and of the other. */
static const float synonym_likeness[3][3] = {
    {0.95F, 0.88F, 0.75F},
    {0.88F, 0.80F, 0.60F},
    {0.75F, 0.60F, 0.45F},
};

/* Likeness of a word to the holder of a kin concept (enum cb_kin), by the rank of that concept for the
 * holder. */
static const float kin_likeness[4][3] = {
    {0.85F, 0.80F, 0.60F}, /* derived */
    {0.78F, 0.72F, 0.50F}, /* parent */
    {0.75F, 0.70F, 0.50F}, /* similar */
    {0.62F, 0.55F, 0.40F}, /* grandparent */
};

const struct cb_term_entry *cb_term_find(int32_t stem)
{
    for (uint32_t at = cb_table_place(stem);; at++) {
        const struct cb_term_entry *entry = &cb_term_places[at & cb_term_mask];
        if (entry->weight == 0)
            return NULL;
        if (entry->key == stem)
            return entry;
    }
}

static float shared_concept(const struct cb_term_entry *a, const struct cb_term_entry *b)
{
    const uint32_t *x = cb_concepts + a->concepts, *y = cb_concepts + b->concepts;
    float best = 0;
    for (unsigned i = 0, j = 0; i < a->own && j < b->own;) {
        uint32_t cx = x[i] >> 2, cy = y[j] >> 2;
        if (cx == cy && synonym_likeness[x[i] & 3][y[j] & 3] > best)
            best = synonym_likeness[x[i] & 3][y[j] & 3];
        i += cx <= cy;
        j += cy <= cx;
    }
    return best;
}

static float kin_concept(const struct cb_term_entry *a, const struct cb_term_entry *b)
{
    const uint32_t *x = cb_concepts + a->concepts + a->own, *y = cb_concepts + b->concepts;
    float best = 0;
    for (unsigned i = 0, j = 0; i < a->kin && j < b->own;) {
        uint32_t cx = x[i] >> 2, cy = y[j] >> 2;
        if (cx == cy && kin_likeness[x[i] & 3][y[j] & 3] > best)
            best = kin_likeness[x[i] & 3][y[j] & 3];
        i += cx <= cy;
        j += cy <= cx;
    }
    return best;
}

float cb_kinship(const struct cb_term_entry *a, const struct cb_term_entry *b)
{
    if (a == NULL || b == NULL)
        return 0;
    float best = shared_concept(a, b);
    float down = best > 0.8F ? 0 : kin_concept(a, b), up = best > 0.8F ? 0 : kin_concept(b, a);
    best = down > best ? down : best;
    return up > best ? up : best;
}
