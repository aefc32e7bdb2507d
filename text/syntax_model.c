#include "text/syntax_model.h"

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

/* Where the lines of features stand, and their turns. */
struct lines {
    const int8_t *at[CB_LABEL_FEATURES_MAX];
    uint8_t turns[CB_LABEL_FEATURES_MAX];
    size_t count;
};

static int32_t label_score(const struct lines *lines, unsigned label)
{
    int32_t score = 0;
    for (size_t i = 0; i < lines->count; i++)
        score += weights[(uint8_t)lines->at[i][(label + lines->turns[i]) & (CB_LINE - 1)]];
    return score;
}

#ifdef __SSE2__

enum { BLOCK = 16 };

/* The cells of labels first … first + 15 of a line, which goes round. */
static inline __m128i block_of(const struct lines *lines, size_t i, unsigned first)
{
    const int8_t *line = lines->at[i];
    unsigned from = (first + lines->turns[i]) & (CB_LINE - 1);
    int8_t joined[2 * BLOCK];
    if (from <= CB_LINE - BLOCK)
        return _mm_loadu_si128((const __m128i *)(const void *)(line + from));
    memcpy(joined, line + CB_LINE - BLOCK, BLOCK);
    memcpy(joined + BLOCK, line, BLOCK);
    return _mm_loadu_si128((const __m128i *)(const void *)(joined + from - (CB_LINE - BLOCK)));
}

/* Eight bytes, those of two lines in turn: as 16 bits, times their absolute values, neighbours added. */
static inline __m128i add_squares(__m128i sum, __m128i doubled)
{
    __m128i codes = _mm_srai_epi16(doubled, 8);
    __m128i sizes = _mm_max_epi16(codes, _mm_sub_epi16(_mm_setzero_si128(), codes));
    return _mm_add_epi32(sum, _mm_madd_epi16(codes, sizes));
}

static void block_scores(const struct lines *lines, unsigned first, int32_t scores[BLOCK])
{
    __m128i sums[4];
    for (size_t k = 0; k < 4; k++)
        sums[k] = _mm_setzero_si128();
    for (size_t i = 0; i < lines->count; i += 2) {
        __m128i a = block_of(lines, i, first);
        __m128i b = i + 1 < lines->count ? block_of(lines, i + 1, first) : _mm_setzero_si128();
        __m128i low = _mm_unpacklo_epi8(a, b), high = _mm_unpackhi_epi8(a, b);
        sums[0] = add_squares(sums[0], _mm_unpacklo_epi8(low, low));
        sums[1] = add_squares(sums[1], _mm_unpackhi_epi8(low, low));
        sums[2] = add_squares(sums[2], _mm_unpacklo_epi8(high, high));
        sums[3] = add_squares(sums[3], _mm_unpackhi_epi8(high, high));
    }
    for (size_t k = 0; k < 4; k++)
        _mm_storeu_si128((__m128i *)(void *)(scores + 4 * k), sums[k]);
}

static bool has_more_than_three(uint64_t set)
{
    for (unsigned i = 0; i < 3; i++)
        set &= set - 1;
    return set != 0;
}

/* Sixteen labels together cost as much as four alone. */
static void label_scores(const struct lines *lines, uint64_t set, int32_t scores[CB_LINE])
{
    for (unsigned first = 0; first < CB_LINE; first += BLOCK) {
        uint64_t rest = set >> first & 0xFFFF;
        if (has_more_than_three(rest)) {
            block_scores(lines, first, scores + first);
            continue;
        }
        for (; rest != 0; rest &= rest - 1) {
            unsigned label = first + (unsigned)__builtin_ctzll(rest);
            scores[label] = label_score(lines, label);
        }
    }
}

#else

static void label_scores(const struct lines *lines, uint64_t set, int32_t scores[CB_LINE])
{
    for (; set != 0; set &= set - 1) {
        unsigned label = (unsigned)__builtin_ctzll(set);
        scores[label] = label_score(lines, label);
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
        lines.at[i] = cells + ((size_t)(features[i] >> shift) << 6);
        lines.turns[i] = (uint8_t)(features[i] >> 4);
    }
    lines.count = count;
    label_scores(&lines, set, scores);
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
