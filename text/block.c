#include "text/block.h"

#include "text/grammar.h"

#include <string.h>

size_t cb_block_end(const struct cb_sentence *sentences, size_t count, size_t first)
{
    size_t i = first;
    uint32_t start = sentences[first].span.start;
    while (i < count) {
        uint32_t size = sentences[i].span.end - start;
        if (i > first && size > CB_BLOCK_BYTES_MAX)
            break;
        if (i > first && size > CB_BLOCK_BYTES && sentences[i].paragraph != sentences[i - 1].paragraph)
            break;
        i++;
    }
    return i;
}

/* Two verbs that can carry a clause each: worth looking where one ends. */
static bool has_clauses(const struct cb_node *nodes, size_t count)
{
    unsigned verbs = 0;
    for (size_t i = 0; i < count; i++) {
        uint8_t tag = nodes[i].tag;
        verbs += tag == CB_TAG_VBD || tag == CB_TAG_VBZ || tag == CB_TAG_VBP || tag == CB_TAG_MD;
    }
    return verbs >= 2;
}

struct block {
    const struct cb_syntax_model *syntax;
    const struct cb_attribution_model *attribution;
    const char *text;
    struct cb_arena *scratch;
    struct cb_node *nodes;
    bool *parsed;
};

static enum cb_code read_sentence(struct block *b, const struct cb_token *tokens, size_t count,
                                  size_t sentence, struct cb_node *nodes, struct cb_err *err)
{
    if (count == 0 || b->syntax == NULL)
        return CB_OK;
    enum cb_code code = cb_tag(b->syntax, b->text, tokens, count, b->scratch, nodes, err);
    if (code != CB_OK || count < CB_PARSE_WORDS_MIN || count > CB_PARSE_MAX)
        return code;
    if (!has_clauses(nodes, count) && !cb_attribution_may_hold(b->attribution, b->text, tokens, nodes, count))
        return CB_OK;
    b->parsed[sentence] = true;
    return cb_parse(b->syntax, b->text, tokens, count, b->scratch, nodes, err);
}

enum cb_code cb_block_read(const struct cb_syntax_model *syntax,
                           const struct cb_attribution_model *attribution, const char *text, size_t len,
                           const struct cb_sentence *sentences, size_t count, struct cb_arena *scratch,
                           struct cb_reading *out, struct cb_err *err)
{
    struct cb_token **own = cb_arena_array(scratch, count + 1, sizeof *own);
    uint32_t *first = cb_arena_array(scratch, count + 1, sizeof *first);
    struct block b = {.syntax = syntax,
                      .attribution = attribution,
                      .text = text,
                      .scratch = scratch,
                      .parsed = cb_arena_array(scratch, count + 1, sizeof *b.parsed)};
    if (own == NULL || first == NULL || b.parsed == NULL)
        return cb_no_memory(err);
    size_t total = 0;
    for (size_t i = 0; i < count; i++) {
        size_t found = 0;
        struct cb_span span = sentences[i].span;
        enum cb_code code = CB_OK;
        if (span.end - span.start <= CB_READ_SENTENCE_MAX)
            code = cb_tokenize(text, span, scratch, &own[i], &found, err);
        if (code != CB_OK)
            return code;
        first[i] = (uint32_t)total;
        total += found;
    }
    first[count] = (uint32_t)total;
    struct cb_token *tokens = cb_arena_array(scratch, total + 1, sizeof *tokens);
    b.nodes = cb_arena_array(scratch, total + 1, sizeof *b.nodes);
    if (tokens == NULL || b.nodes == NULL)
        return cb_no_memory(err);
    for (size_t i = 0; i < count; i++) {
        size_t found = first[i + 1] - first[i];
        if (found > 0)
            memcpy(tokens + first[i], own[i], found * sizeof *tokens);
        enum cb_code code = read_sentence(&b, tokens + first[i], found, i, b.nodes + first[i], err);
        if (code != CB_OK)
            return code;
    }
    *out = (struct cb_reading){.text = text,
                               .len = len,
                               .sentences = sentences,
                               .sentence_count = count,
                               .tokens = tokens,
                               .token_count = total,
                               .first_token = first,
                               .nodes = b.nodes,
                               .parsed = b.parsed};
    return CB_OK;
}
