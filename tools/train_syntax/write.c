#include "train.h"

#include <stdlib.h>
#include <string.h>

struct writer {
    unsigned char *bytes;
    size_t at, capacity;
    struct cb_syntax_header header;
    unsigned narrow;
};

static void *section(struct writer *w, enum cb_syntax_section which, size_t len)
{
    void *place = w->bytes + w->at;
    w->header.sections[which].offset = (uint32_t)w->at;
    w->header.sections[which].bytes = (uint32_t)len;
    w->at += (len + 63) / 64 * 64;
    return place;
}

static void write_weights(struct writer *w, enum cb_syntax_section which, const struct weights *weights)
{
    double unit = weights_pack(weights, section(w, which, weights->count));
    if (which == CB_SECTION_ARC_ROWS)
        w->header.beam_narrow = (uint32_t)(unit * w->narrow);
}

static void copy(struct writer *w, enum cb_syntax_section which, const void *data, size_t len)
{
    memcpy(section(w, which, len), data, len);
}

enum cb_code model_write(const struct tag_training *tags, const struct parse_training *parse,
                         const struct settings *settings, unsigned char **bytes, size_t *len,
                         struct cb_err *err)
{
    const struct dictionary *dictionary = &tags->dictionary;
    struct weights none = {0};
    struct parse_training *empty = NULL;
    if (parse == NULL) { /* the smallest tables that are valid */
        empty = calloc(1, sizeof *empty);
        if (empty == NULL)
            return cb_no_memory(err);
        for (size_t i = 0; i < CB_PAIRS_OF_TAGS; i++)
            empty->relation_sets[0][i] = empty->relation_sets[1][i] = UINT64_C(1) << CB_REL_DEP;
        struct weight *cells = calloc((size_t)CB_LINE * 2, sizeof *cells);
        none = (struct weights){.cells = cells, .count = (size_t)CB_LINE * 2, .width = CB_LINE};
        empty->early = empty->late = none;
        empty->arcs = empty->marks = none;
        parse = empty;
        if (cells == NULL) {
            free(empty);
            return cb_no_memory(err);
        }
    }
    size_t dictionary_len = ((size_t)dictionary->mask + 1) * sizeof *dictionary->entries;
    size_t lexicon_len = ((size_t)settings->lexicon->mask + 1) * sizeof *settings->lexicon->entries;
    size_t sets_len = dictionary->set_count * sizeof *dictionary->sets;
    struct writer w = {.at = (sizeof w.header + 63) / 64 * 64, .narrow = settings->run_narrow};
    w.capacity = tags->weights.count + parse->arcs.count + parse->early.count + parse->late.count +
                 parse->marks.count + dictionary_len + lexicon_len + sets_len + sizeof parse->relation_sets +
                 64 * (CB_SECTION_COUNT + 8);
    w.bytes = calloc(w.capacity, 1);
    enum cb_code code = w.bytes == NULL ? cb_no_memory(err) : CB_OK;
    if (code == CB_OK) {
        w.header = (struct cb_syntax_header){.version = CB_SYNTAX_VERSION,
                                             .tag_count = CB_TAG_COUNT,
                                             .rel_count = CB_REL_COUNT,
                                             .section_count = CB_SECTION_COUNT,
                                             .beam_width = settings->run_width};
        memcpy(w.header.magic, CB_SYNTAX_MAGIC, sizeof w.header.magic);
        write_weights(&w, CB_SECTION_TAG_CELLS, &tags->weights);
        write_weights(&w, CB_SECTION_ARC_ROWS, &parse->arcs);
        write_weights(&w, CB_SECTION_EARLY_CELLS, &parse->early);
        write_weights(&w, CB_SECTION_LATE_CELLS, &parse->late);
        write_weights(&w, CB_SECTION_MARK_CELLS, &parse->marks);
        copy(&w, CB_SECTION_DICTIONARY, dictionary->entries, dictionary_len);
        copy(&w, CB_SECTION_LEXICON, settings->lexicon->entries, lexicon_len);
        copy(&w, CB_SECTION_TAG_SETS, dictionary->sets, sets_len);
        copy(&w, CB_SECTION_RELATION_SETS, parse->relation_sets, sizeof parse->relation_sets);
        memcpy(w.bytes, &w.header, sizeof w.header);
        w.header.checksum = cb_syntax_checksum(w.bytes, w.at);
        memcpy(w.bytes, &w.header, sizeof w.header);
        *bytes = w.bytes;
        *len = w.at;
    }
    free(none.cells);
    free(empty);
    return code;
}
