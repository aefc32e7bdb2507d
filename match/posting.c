#include "match/posting.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    PLACES_FIRST = 1 << 10,
    LEVEL_MAX = CB_WEIGHT_LEVELS - 1,
    MET_BITS = 64, /* of a word of cb_tally.met */
    WORDS_SHIFT = 16,
    LEVEL_SHIFT = 23,
    TEXT_BIT = 30,
    TITLE_BIT = 31
};

/* The weight of level 0 and the step between levels: 127 of them reach a claim of some three hundred words.
 */
#define LEVEL_FIRST 2.0
#define LEVEL_STEP  1.06

uint32_t cb_posting_pack(struct cb_posting posting)
{
    unsigned words = posting.words > CB_POSTING_WORDS_MAX ? CB_POSTING_WORDS_MAX : posting.words;
    unsigned level = posting.level > LEVEL_MAX ? LEVEL_MAX : posting.level;
    return (posting.offset & (CB_BLOCK_SIZE - 1U)) | words << WORDS_SHIFT | level << LEVEL_SHIFT |
           (uint32_t)posting.in_text << TEXT_BIT | (uint32_t)posting.in_title << TITLE_BIT;
}

struct cb_posting cb_posting_unpack(uint32_t packed)
{
    return (struct cb_posting){
        .offset = packed & (CB_BLOCK_SIZE - 1U),
        .words = packed >> WORDS_SHIFT & CB_POSTING_WORDS_MAX,
        .level = packed >> LEVEL_SHIFT & LEVEL_MAX,
        .in_text = (packed >> TEXT_BIT & 1U) != 0,
        .in_title = (packed >> TITLE_BIT & 1U) != 0,
    };
}

unsigned cb_weight_level(double weight)
{
    if (weight <= LEVEL_FIRST)
        return 0;
    double level = floor(log(weight / LEVEL_FIRST) / log(LEVEL_STEP));
    return level > LEVEL_MAX ? LEVEL_MAX : (unsigned)level;
}

double cb_level_weight(unsigned level)
{
    return level == 0 ? 0.0 : LEVEL_FIRST * pow(LEVEL_STEP, level);
}

/* ------------------------------------------------------------------ the table of lists */

enum cb_code cb_postings_init(struct cb_postings *postings, struct cb_arena *arena, struct cb_err *err)
{
    *postings = (struct cb_postings){.arena = arena, .mask = PLACES_FIRST - 1};
    postings->places = calloc(PLACES_FIRST, sizeof(*postings->places));
    return postings->places == NULL ? cb_no_memory(err) : CB_OK;
}

void cb_postings_release(struct cb_postings *postings)
{
    free(postings->places);
    *postings = (struct cb_postings){0};
}

static size_t place_of(const struct cb_postings *postings, int32_t term)
{
    uint32_t at = (uint32_t)term * 2654435769U;
    size_t place = (at ^ at >> 16) & postings->mask;
    while (postings->places[place] != NULL && postings->places[place]->term != term)
        place = (place + 1) & postings->mask;
    return place;
}

const struct cb_term_lists *cb_postings_find(const struct cb_postings *postings, int32_t term)
{
    return postings->places[place_of(postings, term)];
}

static enum cb_code grow(struct cb_postings *postings, struct cb_err *err)
{
    struct cb_postings larger = *postings;
    larger.mask = 2 * postings->mask + 1;
    larger.places = calloc(larger.mask + 1, sizeof(*larger.places));
    if (larger.places == NULL)
        return cb_no_memory(err);
    for (size_t i = 0; i <= postings->mask; i++)
        if (postings->places[i] != NULL)
            larger.places[place_of(&larger, postings->places[i]->term)] = postings->places[i];
    free(postings->places);
    *postings = larger;
    return CB_OK;
}

static enum cb_code lists_of(struct cb_postings *postings, int32_t term, struct cb_term_lists **out,
                             struct cb_err *err)
{
    if (2 * postings->count > postings->mask) {
        enum cb_code code = grow(postings, err);
        if (code != CB_OK)
            return code;
    }
    size_t place = place_of(postings, term);
    if (postings->places[place] == NULL) {
        struct cb_term_lists *lists = cb_arena_alloc(postings->arena, sizeof *lists);
        if (lists == NULL)
            return cb_fail(err, CB_LIMIT, "the index does not fit into the memory set apart for it");
        lists->term = term;
        postings->places[place] = lists;
        postings->count++;
    }
    *out = postings->places[place];
    return CB_OK;
}

enum cb_code cb_postings_add(struct cb_postings *postings, int32_t term, uint32_t block, const void *stored,
                             size_t len, struct cb_err *err)
{
    if (len % CB_POSTING_BYTES != 0)
        return cb_fail(err, CB_INTEGRITY, "a posting list of the index is damaged");
    const unsigned char *bytes = stored;
    size_t count = len / CB_POSTING_BYTES;
    struct cb_term_lists *lists = NULL;
    enum cb_code code = lists_of(postings, term, &lists, err);
    if (code != CB_OK)
        return code;
    uint32_t *items = cb_arena_array(postings->arena, count, sizeof *items);
    struct cb_posting_list *all = cb_arena_array(postings->arena, lists->list_count + (size_t)1, sizeof *all);
    if (items == NULL || all == NULL)
        return cb_fail(err, CB_LIMIT, "the index does not fit into the memory set apart for it");
    for (size_t i = 0; i < count; i++, bytes += CB_POSTING_BYTES)
        items[i] = (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
                   (uint32_t)bytes[3] << 24;
    bool ascending = true;
    for (size_t i = 1; i < count && ascending; i++)
        ascending = (items[i - 1] & (CB_BLOCK_SIZE - 1U)) < (items[i] & (CB_BLOCK_SIZE - 1U));
    if (lists->list_count > 0)
        memcpy(all, lists->lists, lists->list_count * sizeof *all);
    all[lists->list_count++] = (struct cb_posting_list){block, (uint32_t)count, ascending, items};
    lists->lists = all;
    lists->claims += (uint32_t)count;
    return CB_OK;
}

/* ------------------------------------------------------------------ sums */

enum cb_code cb_tally_init(struct cb_tally *tally, size_t size, struct cb_err *err)
{
    *tally = (struct cb_tally){.size = size};
    tally->cells = calloc(size + 1, sizeof *tally->cells);
    tally->touched = calloc(size + 1, sizeof *tally->touched);
    tally->met = calloc(size / MET_BITS + 1, sizeof *tally->met);
    if (tally->cells != NULL && tally->touched != NULL && tally->met != NULL)
        return CB_OK;
    cb_tally_release(tally);
    return cb_no_memory(err);
}

void cb_tally_release(struct cb_tally *tally)
{
    free(tally->cells);
    free(tally->touched);
    free(tally->met);
    *tally = (struct cb_tally){0};
}

void cb_tally_clear(struct cb_tally *tally)
{
    for (size_t i = 0; i < tally->touched_count; i++) {
        tally->cells[tally->touched[i]].sum = 0.0F;
        tally->met[tally->touched[i] / MET_BITS] = 0;
    }
    tally->touched_count = 0;
}

static enum cb_posting_field field_of(uint32_t packed)
{
    static const enum cb_posting_field fields[4] = {CB_IN_TEXT, CB_IN_TEXT, CB_IN_TITLE, CB_IN_BOTH};
    return fields[packed >> TEXT_BIT & 3U];
}

void cb_tally_add(struct cb_tally *tally, const struct cb_term_lists *lists, const struct cb_gain *gain)
{
    for (uint32_t l = 0; l < lists->list_count; l++) {
        const struct cb_posting_list *list = &lists->lists[l];
        size_t base = (size_t)list->block << CB_BLOCK_BITS;
        for (uint32_t i = 0; i < list->count; i++) {
            uint32_t packed = list->items[i];
            size_t ordinal = base + (packed & (CB_BLOCK_SIZE - 1U));
            float more = gain->of[field_of(packed)][packed >> WORDS_SHIFT & CB_POSTING_WORDS_MAX];
            if (more <= 0.0F || ordinal >= tally->size)
                continue;
            struct cb_tally_cell *cell = &tally->cells[ordinal];
            if (cell->sum <= 0.0F) {
                tally->met[ordinal / MET_BITS] |= UINT64_C(1) << ordinal % MET_BITS;
                tally->touched[tally->touched_count++] = (uint32_t)ordinal;
                cell->last = packed;
            }
            cell->sum += more;
        }
    }
}

/* How many postings of the list come before offset `until`. */
static uint32_t count_below(const struct cb_posting_list *list, uint32_t until)
{
    uint32_t low = 0, high = list->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if ((list->items[middle] & (CB_BLOCK_SIZE - 1U)) < until)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void meet_list(struct cb_tally *tally, const struct cb_posting_list *list, float weight, size_t until,
                      int level_max)
{
    size_t base = (size_t)list->block << CB_BLOCK_BITS;
    uint32_t count = list->count;
    if (base >= until)
        return;
    if (list->ascending && until - base < CB_BLOCK_SIZE)
        count = count_below(list, (uint32_t)(until - base));
    for (uint32_t i = 0; i < count; i++) {
        uint32_t packed = list->items[i];
        size_t ordinal = base + (packed & (CB_BLOCK_SIZE - 1U));
        if (ordinal >= until || (packed >> TEXT_BIT & 1U) == 0)
            continue;
        uint64_t bit = UINT64_C(1) << ordinal % MET_BITS;
        if ((tally->met[ordinal / MET_BITS] & bit) != 0) {
            tally->cells[ordinal].sum += weight;
        } else if ((int)(packed >> LEVEL_SHIFT & LEVEL_MAX) <= level_max) {
            tally->met[ordinal / MET_BITS] |= bit;
            tally->touched[tally->touched_count++] = (uint32_t)ordinal;
            tally->cells[ordinal] = (struct cb_tally_cell){weight, packed};
        }
    }
}

void cb_tally_meet(struct cb_tally *tally, const struct cb_term_lists *lists, float weight, uint32_t until,
                   int level_max)
{
    size_t end = until < tally->size ? until : tally->size;
    for (uint32_t l = 0; l < lists->list_count && weight > 0.0F; l++)
        meet_list(tally, &lists->lists[l], weight, end, level_max);
}
