#include "text/syntax_model.h"

#include "text/cpu.h"

#include <stdlib.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* text/model/syntax.S */
extern const unsigned char cb_syntax_model_data[], cb_syntax_model_data_end[];

const void *cb_syntax_model_bytes(size_t *len)
{
    *len = (size_t)(cb_syntax_model_data_end - cb_syntax_model_data);
    return cb_syntax_model_data;
}

static uint64_t sum_of(const unsigned char *bytes, size_t len)
{
    /* four independent lanes: five megabytes take less than a millisecond */
    uint64_t lanes[4] = {1, 2, 3, 4};
    size_t at = 0;
    for (; at + 32 <= len; at += 32) {
        for (size_t i = 0; i < 4; i++) {
            uint64_t word;
            memcpy(&word, bytes + at + 8 * i, sizeof word);
            lanes[i] = (lanes[i] ^ word) * 0x9E3779B97F4A7C15u;
            lanes[i] ^= lanes[i] >> 29;
        }
    }
    for (; at < len; at++)
        lanes[at % 4] = (lanes[at % 4] ^ bytes[at]) * 0x9E3779B97F4A7C15u;
    uint64_t sum = len;
    for (size_t i = 0; i < 4; i++)
        sum = (sum ^ lanes[i] ^ lanes[i] >> 31) * 0xC2B2AE3D27D4EB4Fu;
    return sum ^ sum >> 32;
}

uint64_t cb_syntax_checksum(const unsigned char *file, size_t len)
{
    struct cb_syntax_header header;
    memcpy(&header, file, sizeof header);
    header.checksum = sum_of(file + sizeof header, len - sizeof header);
    return sum_of((const unsigned char *)&header, sizeof header);
}

/* cb_weight of a code, looked up by its byte. */
#define WEIGHT(c)    ((int16_t)((c) < 128 ? (c) * (c) : -(256 - (c)) * (256 - (c))))
#define WEIGHTS4(c)  WEIGHT(c), WEIGHT((c) + 1), WEIGHT((c) + 2), WEIGHT((c) + 3)
#define WEIGHTS16(c) WEIGHTS4(c), WEIGHTS4((c) + 4), WEIGHTS4((c) + 8), WEIGHTS4((c) + 12)
#define WEIGHTS64(c) WEIGHTS16(c), WEIGHTS16((c) + 16), WEIGHTS16((c) + 32), WEIGHTS16((c) + 48)
static const int16_t weights[256] = {WEIGHTS64(0), WEIGHTS64(64), WEIGHTS64(128), WEIGHTS64(192)};

/* The lines of some features. */
struct lines {
    const int8_t *cells;
    uint32_t at[CB_LABEL_FEATURES_MAX];
    size_t count;
};

static int32_t one_score(const struct lines *lines, unsigned label)
{
    int32_t score = 0;
    for (size_t i = 0; i < lines->count; i++)
        score += weights[(uint8_t)lines->cells[lines->at[i] ^ label]];
    return score;
}

static void scores_of(const struct lines *lines, uint64_t set, int32_t scores[CB_LINE])
{
    for (; set != 0; set &= set - 1) {
        unsigned label = (unsigned)__builtin_ctzll(set);
        scores[label] = one_score(lines, label);
    }
}

#ifdef CB_CPU_WIDE

CB_FOR_WIDE static inline __m128i load_block(const struct lines *lines, size_t i, unsigned first)
{
    return _mm_loadu_si128((const __m128i *)(const void *)(lines->cells + (lines->at[i] ^ first)));
}

/* Bytes of two lines in turn: each times its absolute value, the two added. Fits, for 2 · 128 · 128 = 2^15
 * and a sum of that size is negative. */
CB_FOR_WIDE static inline __m128i two_squares(__m128i codes)
{
    return _mm_maddubs_epi16(_mm_abs_epi8(codes), codes);
}

/* Adds four lines' weights of sixteen labels. */
CB_FOR_WIDE static inline void add_four(__m128i sums[4], __m128i a, __m128i b, __m128i c, __m128i d)
{
    const __m128i ones = _mm_set1_epi16(1);
    __m128i low = two_squares(_mm_unpacklo_epi8(a, b)), low2 = two_squares(_mm_unpacklo_epi8(c, d));
    __m128i high = two_squares(_mm_unpackhi_epi8(a, b)), high2 = two_squares(_mm_unpackhi_epi8(c, d));
    sums[0] = _mm_add_epi32(sums[0], _mm_madd_epi16(_mm_unpacklo_epi16(low, low2), ones));
    sums[1] = _mm_add_epi32(sums[1], _mm_madd_epi16(_mm_unpackhi_epi16(low, low2), ones));
    sums[2] = _mm_add_epi32(sums[2], _mm_madd_epi16(_mm_unpacklo_epi16(high, high2), ones));
    sums[3] = _mm_add_epi32(sums[3], _mm_madd_epi16(_mm_unpackhi_epi16(high, high2), ones));
}

CB_FOR_WIDE static void block_scores(const struct lines *lines, unsigned first, int32_t scores[CB_BLOCK])
{
    const __m128i none = _mm_setzero_si128();
    __m128i sums[4] = {none, none, none, none};
    size_t i = 0;
    for (; i + 4 <= lines->count; i += 4)
        add_four(sums, load_block(lines, i, first), load_block(lines, i + 1, first),
                 load_block(lines, i + 2, first), load_block(lines, i + 3, first));
    for (; i < lines->count; i++)
        add_four(sums, load_block(lines, i, first), none, none, none);
    for (size_t k = 0; k < 4; k++)
        _mm_storeu_si128((__m128i *)(void *)(scores + 4 * k), sums[k]);
}

/* Sixteen labels together cost as much as two alone. */
CB_FOR_WIDE static void scores_of_wide(const struct lines *lines, uint64_t set, int32_t scores[CB_LINE])
{
    for (unsigned first = 0; first < CB_LINE; first += CB_BLOCK) {
        uint64_t block = set & (uint64_t)0xFFFF << first, but_one = block & (block - 1);
        if ((but_one & (but_one - 1)) != 0)
            block_scores(lines, first, scores + first);
        else
            scores_of(lines, block, scores);
    }
}

#endif

unsigned cb_best_label(const int8_t *cells, uint32_t shift, const uint32_t *features, size_t count,
                       uint64_t set)
{
    struct lines lines;
    int32_t scores[CB_LINE];
    unsigned best = (unsigned)__builtin_ctzll(set);
    if ((set & (set - 1)) == 0)
        return best;
    for (size_t i = 0; i < count; i++) {
        lines.at[i] = cb_line(features[i], shift);
        __builtin_prefetch(cells + lines.at[i]);
    }
    lines.cells = cells;
    lines.count = count;
#ifdef CB_CPU_WIDE
    if (cb_cpu_is_wide())
        scores_of_wide(&lines, set, scores);
    else
#endif
        scores_of(&lines, set, scores);
    for (uint64_t rest = set & (set - 1); rest != 0; rest &= rest - 1) {
        unsigned label = (unsigned)__builtin_ctzll(rest);
        if (scores[label] > scores[best])
            best = label;
    }
    return best;
}

#ifdef __SSE2__

/* Two rows at a time: their bytes in turn, as 16 bits, times their absolute values, and neighbours added. */
void cb_sum_rows(const int8_t *rows, uint32_t shift, const uint32_t *features, size_t count,
                 int32_t sums[CB_ACTION_COUNT])
{
    __m128i sum = _mm_setzero_si128();
    for (size_t i = 0; i < count; i += 2) {
        int32_t a, b = 0;
        memcpy(&a, rows + (size_t)(features[i] >> shift) * CB_ACTION_COUNT, sizeof a);
        if (i + 1 < count)
            memcpy(&b, rows + (size_t)(features[i + 1] >> shift) * CB_ACTION_COUNT, sizeof b);
        __m128i bytes = _mm_unpacklo_epi8(_mm_cvtsi32_si128(a), _mm_cvtsi32_si128(b));
        __m128i codes = _mm_srai_epi16(_mm_unpacklo_epi8(bytes, bytes), 8);
        __m128i sizes = _mm_max_epi16(codes, _mm_sub_epi16(_mm_setzero_si128(), codes));
        sum = _mm_add_epi32(sum, _mm_madd_epi16(codes, sizes));
    }
    _mm_storeu_si128((__m128i *)(void *)sums, sum);
}

#else

void cb_sum_rows(const int8_t *rows, uint32_t shift, const uint32_t *features, size_t count,
                 int32_t sums[CB_ACTION_COUNT])
{
    memset(sums, 0, CB_ACTION_COUNT * sizeof *sums);
    for (size_t i = 0; i < count; i++) {
        const int8_t *row = rows + (size_t)(features[i] >> shift) * CB_ACTION_COUNT;
        for (size_t a = 0; a < CB_ACTION_COUNT; a++)
            sums[a] += cb_weight(row[a]);
    }
}

#endif

size_t cb_dictionary_find(const struct cb_dictionary_entry *entries, uint32_t mask, uint32_t key)
{
    uint32_t at = (key * 0x9E3779B1u) & mask;
    while (entries[at].key != 0 && entries[at].key != key)
        at = (at + 1) & mask;
    return at;
}

static enum cb_code corrupt(struct cb_err *err, const char *what)
{
    return cb_fail(err, CB_INPUT, "syntax model: %s", what);
}

struct reader {
    const unsigned char *bytes;
    size_t len;
    struct cb_syntax_header header;
};

static const void *section(const struct reader *r, enum cb_syntax_section which, size_t *len)
{
    *len = r->header.sections[which].bytes;
    return r->bytes + r->header.sections[which].offset;
}

static enum cb_code read_header(struct reader *r, struct cb_err *err)
{
    struct cb_syntax_header *header = &r->header;
    if (r->len < sizeof *header)
        return corrupt(err, "shorter than its header");
    if ((uintptr_t)r->bytes % 8 != 0)
        return corrupt(err, "does not stand at a multiple of eight");
    memcpy(header, r->bytes, sizeof *header);
    if (memcmp(header->magic, CB_SYNTAX_MAGIC, sizeof header->magic) != 0)
        return corrupt(err, "not a syntax model");
    if (header->version != CB_SYNTAX_VERSION || header->tag_count != CB_TAG_COUNT ||
        header->rel_count != CB_REL_COUNT || header->section_count != CB_SECTION_COUNT)
        return corrupt(err, "made for another version of the program");
    for (size_t i = 0; i < CB_SECTION_COUNT; i++) {
        size_t offset = header->sections[i].offset, bytes = header->sections[i].bytes;
        if (offset < sizeof *header || offset % 64 != 0 || offset > r->len || bytes > r->len - offset)
            return corrupt(err, "a table reaches beyond the end");
    }
    if (cb_syntax_checksum(r->bytes, r->len) != header->checksum)
        return corrupt(err, "the checksum does not fit");
    return CB_OK;
}

/* A table of 2^n elements, n from 1 to 24, whose index is the upper n bits of a feature. */
static enum cb_code hashed_table(const struct reader *r, enum cb_syntax_section which, size_t size,
                                 const int8_t **table, uint32_t *shift, struct cb_err *err)
{
    size_t len;
    *table = section(r, which, &len);
    for (uint32_t bits = 1; bits <= 24; bits++) {
        if (len == size << bits) {
            *shift = 32 - bits;
            return CB_OK;
        }
    }
    return corrupt(err, "a table has no size that is a power of two");
}

static enum cb_code dictionary(const struct reader *r, struct cb_syntax_model *model, struct cb_err *err)
{
    size_t len, count, set_len, free_places = 0;
    model->dictionary = section(r, CB_SECTION_DICTIONARY, &len);
    model->tag_sets = section(r, CB_SECTION_TAG_SETS, &set_len);
    count = len / sizeof *model->dictionary;
    if (len % sizeof *model->dictionary != 0 || count == 0 || (count & (count - 1)) != 0)
        return corrupt(err, "the dictionary has no size that is a power of two");
    if (set_len % sizeof *model->tag_sets != 0 || set_len == 0)
        return corrupt(err, "no sets of tags");
    model->tag_set_count = (uint32_t)(set_len / sizeof *model->tag_sets);
    for (size_t i = 0; i < model->tag_set_count; i++) {
        if (model->tag_sets[i] == 0 || model->tag_sets[i] >> CB_TAG_COUNT != 0)
            return corrupt(err, "a set of tags is empty or has unknown tags");
    }
    for (size_t i = 0; i < count; i++) {
        free_places += model->dictionary[i].key == 0;
        if (model->dictionary[i].set >= model->tag_set_count)
            return corrupt(err, "a word of the dictionary has no tags");
    }
    if (free_places == 0)
        return corrupt(err, "the dictionary is full");
    model->dictionary_mask = (uint32_t)(count - 1);

    return CB_OK;
}

static enum cb_code lexicon(const struct reader *r, struct cb_syntax_model *model, struct cb_err *err)
{
    size_t len, count, free_places = 0;
    model->lexicon = section(r, CB_SECTION_LEXICON, &len);
    count = len / sizeof *model->lexicon;
    if (len % sizeof *model->lexicon != 0 || count == 0 || (count & (count - 1)) != 0)
        return corrupt(err, "the lexicon has no size that is a power of two");
    for (size_t i = 0; i < count && free_places == 0; i++)
        free_places += model->lexicon[i] == 0;
    if (free_places == 0)
        return corrupt(err, "the lexicon is full");
    model->lexicon_mask = (uint32_t)(count - 1);
    return CB_OK;
}

static enum cb_code relation_sets(const struct reader *r, struct cb_syntax_model *model, struct cb_err *err)
{
    size_t len;
    model->early_sets = section(r, CB_SECTION_RELATION_SETS, &len);
    if (len != 2 * CB_PAIRS_OF_TAGS * sizeof *model->early_sets)
        return corrupt(err, "the table of relations has another size");
    for (size_t i = 0; i < (size_t)2 * CB_PAIRS_OF_TAGS; i++) {
        if (model->early_sets[i] == 0 || model->early_sets[i] >> CB_REL_COUNT != 0)
            return corrupt(err, "a set of relations is empty or has unknown relations");
    }
    model->late_sets = model->early_sets + CB_PAIRS_OF_TAGS;
    return CB_OK;
}

static enum cb_code beam(const struct reader *r, struct cb_syntax_model *model, struct cb_err *err)
{
    model->beam_width = r->header.beam_width;
    model->beam_narrow = r->header.beam_narrow;
    return model->beam_width == 0 || model->beam_width > CB_BEAM_MAX
               ? corrupt(err, "the beam has no width that is allowed")
               : CB_OK;
}

static enum cb_code read_model(struct reader *r, struct cb_syntax_model *model, struct cb_err *err)
{
    enum cb_code code = read_header(r, err);
    if (code == CB_OK)
        code = beam(r, model, err);
    if (code == CB_OK)
        code = hashed_table(r, CB_SECTION_TAG_CELLS, CB_LINE, &model->tag_cells, &model->tag_shift, err);
    if (code == CB_OK)
        code =
            hashed_table(r, CB_SECTION_ARC_ROWS, CB_ACTION_COUNT, &model->arc_rows, &model->arc_shift, err);
    if (code == CB_OK)
        code =
            hashed_table(r, CB_SECTION_EARLY_CELLS, CB_LINE, &model->early_cells, &model->early_shift, err);
    if (code == CB_OK)
        code = hashed_table(r, CB_SECTION_LATE_CELLS, CB_LINE, &model->late_cells, &model->late_shift, err);
    if (code == CB_OK)
        code = hashed_table(r, CB_SECTION_MARK_CELLS, 1, &model->mark_cells, &model->mark_shift, err);
    if (code == CB_OK)
        code = dictionary(r, model, err);
    if (code == CB_OK)
        code = lexicon(r, model, err);
    return code == CB_OK ? relation_sets(r, model, err) : code;
}

enum cb_code cb_syntax_model_new(const void *bytes, size_t len, struct cb_syntax_model **out,
                                 struct cb_err *err)
{
    struct reader r = {.bytes = bytes, .len = len};
    struct cb_syntax_model *model = calloc(1, sizeof *model);
    if (model == NULL)
        return cb_no_memory(err);
    enum cb_code code = read_model(&r, model, err);
    if (code != CB_OK) {
        cb_syntax_model_free(model);
        return code;
    }
    *out = model;
    return CB_OK;
}

void cb_syntax_model_free(struct cb_syntax_model *model)
{
    free(model);
}
