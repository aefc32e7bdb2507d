/* Which relations are possible between two tags. */
#include "train_parse.h"

#include <stdlib.h>

/* How rare a relation may be between two tags: early they are many arcs, late one a word. */
enum { EARLY_PARTS = 30, LATE_PARTS = 5000 };

/* How often each relation stands between two tags. */
struct relation_counts {
    unsigned of[CB_PAIRS_OF_TAGS][CB_REL_COUNT], of_tag[CB_TAG_COUNT][2][CB_REL_COUNT];
};

static void count_sentence(const struct gold_sentence *s, struct relation_counts *counts)
{
    for (size_t k = 0; k < s->count; k++) {
        int head = s->gold[k].head;
        unsigned left = head < 0 || (int)k < head, relation = s->gold[k].relation, tag = s->nodes[k].tag;
        unsigned gold_head = head < 0 ? CB_TAG_COUNT : s->gold[head].tag;
        unsigned head_tag = head < 0 ? CB_TAG_COUNT : s->nodes[head].tag;
        counts->of[cb_relation_set_index(gold_head, s->gold[k].tag, left)][relation]++;
        counts->of[cb_relation_set_index(head_tag, tag, left)][relation]++;
        if (head >= 0)
            counts->of_tag[tag][left][relation]++;
    }
}

/* Relations that make up one part in `parts` of the counts or more. */
static uint64_t usual_relations(const unsigned counts[CB_REL_COUNT], unsigned parts)
{
    unsigned total = 0;
    uint64_t set = 0;
    for (unsigned r = 0; r < CB_REL_COUNT; r++)
        total += counts[r];
    for (unsigned r = 0; r < CB_REL_COUNT; r++) {
        if (counts[r] > 0 && counts[r] * parts >= total)
            set |= UINT64_C(1) << r;
    }
    return set;
}

/* What the treebank has between two tags, as they are and as they are predicted; where it has nothing,
 * what the dependent's tag has with any head. */
enum cb_code count_relations(const struct treebank *treebank, struct parse_training *out, struct cb_err *err)
{
    struct relation_counts *counts = calloc(1, sizeof *counts);
    if (counts == NULL)
        return cb_no_memory(err);
    for (size_t i = 0; i < treebank->count; i++)
        count_sentence(&treebank->sentences[i], counts);
    for (size_t i = 0; i < (size_t)2 * CB_PAIRS_OF_TAGS; i++) {
        size_t late = i / CB_PAIRS_OF_TAGS, pair = i % CB_PAIRS_OF_TAGS;
        unsigned parts = late ? LATE_PARTS : EARLY_PARTS;
        uint64_t *set = &out->relation_sets[late][pair];
        *set = usual_relations(counts->of[pair], parts);
        if (*set == 0)
            *set = usual_relations(counts->of_tag[pair / 2 % CB_TAG_COUNT][pair % 2], parts);
        if (*set == 0)
            *set = UINT64_C(1) << CB_REL_DEP;
    }
    free(counts);
    return CB_OK;
}
