#include "text/attribution_page.h"

#include "text/unicode.h"

#include <string.h>

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool cb_page_is(const struct cb_page *page, int32_t token, const char *word)
{
    if (token < 0 || (size_t)token >= page->reading->token_count)
        return false;
    struct cb_span span = page->reading->tokens[token].span;
    const char *text = page->reading->text;
    for (uint32_t at = span.start; at < span.end; at++, word++) {
        if (*word == '\0' || lower(text[at]) != *word)
            return false;
    }
    return *word == '\0';
}

bool cb_page_any(const struct cb_page *page, int32_t token, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (cb_page_is(page, token, *list))
            return true;
    }
    return false;
}

char cb_page_mark(const struct cb_page *page, int32_t token)
{
    if (token < 0 || (size_t)token >= page->reading->token_count)
        return 0;
    const struct cb_token *t = &page->reading->tokens[token];
    if (t->kind == CB_TOKEN_QUOTE_OPEN || t->kind == CB_TOKEN_QUOTE_CLOSE)
        return '"';
    if (t->kind != CB_TOKEN_PUNCT && t->kind != CB_TOKEN_SYMBOL)
        return 0;
    uint32_t c;
    cb_utf8_next(page->reading->text, t->span.end, t->span.start, &c);
    if (c >= 0x2012 && c <= 0x2015)
        return '-';
    if (c == 0x2026)
        return '.';
    return c < 0x80 ? (char)c : '?' + 1;
}

unsigned cb_page_tag(const struct cb_page *page, int32_t token)
{
    if (token < 0 || (size_t)token >= page->reading->token_count)
        return CB_TAG_COUNT;
    return page->reading->nodes[token].tag;
}

bool cb_page_parsed(const struct cb_page *page, int32_t token)
{
    return token >= 0 && (size_t)token < page->reading->token_count &&
           page->reading->parsed[page->sentence_of[token]];
}

unsigned cb_page_relation(const struct cb_page *page, int32_t token)
{
    return cb_page_parsed(page, token) ? page->reading->nodes[token].relation : (unsigned)CB_REL_COUNT;
}

int32_t cb_page_first(const struct cb_page *page, int32_t token)
{
    return (int32_t)page->reading->first_token[page->sentence_of[token]];
}

int32_t cb_page_last(const struct cb_page *page, int32_t token)
{
    return (int32_t)page->reading->first_token[page->sentence_of[token] + 1] - 1;
}

int32_t cb_page_child(const struct cb_page *page, int32_t head, enum cb_relation relation)
{
    for (int32_t c = page->child[head]; c >= 0; c = page->sibling[c]) {
        if (page->reading->nodes[c].relation == relation)
            return c;
    }
    return CB_NO_TOKEN;
}

struct cb_draft *cb_drafts_add(struct cb_drafts *drafts)
{
    if (drafts->count == drafts->capacity) {
        size_t grown = drafts->capacity == 0 ? 64 : drafts->capacity * 2;
        struct cb_draft *moved = cb_arena_array(drafts->arena, grown, sizeof *moved);
        if (moved == NULL) {
            drafts->failed = true;
            return NULL;
        }
        if (drafts->count > 0)
            memcpy(moved, drafts->items, drafts->count * sizeof *moved);
        drafts->items = moved;
        drafts->capacity = grown;
    }
    struct cb_draft *draft = &drafts->items[drafts->count++];
    *draft = (struct cb_draft){.cue = {CB_NO_TOKEN, CB_NO_TOKEN},
                               .source = {CB_NO_TOKEN, CB_NO_TOKEN},
                               .cue_head = CB_NO_TOKEN,
                               .source_head = CB_NO_TOKEN};
    return draft;
}

/* Children lists in the order of the text, and the stretch of every subtree. A tree's depth is bounded by
 * CB_PARSE_MAX, so carrying a stretch up to the root stays cheap. */
static void link_sentence(struct cb_page *page, uint32_t first, uint32_t end, bool parsed)
{
    const struct cb_node *nodes = page->reading->nodes;
    for (uint32_t i = first; i < end; i++) {
        page->heads[i] = parsed && nodes[i].head >= 0 ? (int32_t)first + nodes[i].head : CB_NO_TOKEN;
        page->left[i] = page->right[i] = (int32_t)i;
        page->child[i] = page->sibling[i] = CB_NO_TOKEN;
    }
    for (uint32_t i = end; parsed && i-- > first;) {
        int32_t head = page->heads[i];
        if (head < 0 || head == (int32_t)i || head >= (int32_t)end)
            continue;
        page->sibling[i] = page->child[head];
        page->child[head] = (int32_t)i;
    }
    for (uint32_t i = first; parsed && i < end; i++) {
        uint32_t steps = 0;
        for (int32_t up = page->heads[i]; up >= 0 && steps++ < CB_PARSE_MAX; up = page->heads[up]) {
            if (page->left[up] > (int32_t)i)
                page->left[up] = (int32_t)i;
            if (page->right[up] < (int32_t)i)
                page->right[up] = (int32_t)i;
        }
    }
}

static void find_words(struct cb_page *page)
{
    const struct cb_reading *r = page->reading;
    for (size_t i = 0; i < r->token_count; i++) {
        if (r->tokens[i].kind != CB_TOKEN_WORD)
            continue;
        struct cb_span span = r->tokens[i].span;
        page->words[i] =
            cb_cue_word_find(page->lexicon, r->text + span.start, span.end - span.start, r->nodes[i].tag);
    }
}

static void find_paragraphs(struct cb_page *page)
{
    const struct cb_reading *r = page->reading;
    for (size_t s = 0; s < r->sentence_count; s++) {
        if (s == 0 || r->sentences[s].paragraph != r->sentences[s - 1].paragraph)
            page->paragraph_first[page->paragraph_count++] = r->first_token[s];
        for (uint32_t i = r->first_token[s]; i < r->first_token[s + 1]; i++)
            page->sentence_of[i] = (uint32_t)s;
    }
    page->paragraph_first[page->paragraph_count] = (uint32_t)r->token_count;
}

enum cb_code cb_page_make(const struct cb_reading *reading, const struct cb_cue_lexicon *lexicon,
                          struct cb_arena *arena, struct cb_page *out, struct cb_err *err)
{
    size_t n = reading->token_count + 1;
    struct cb_page page = {.reading = reading, .lexicon = lexicon};
    page.words = cb_arena_array(arena, n, sizeof *page.words);
    page.heads = cb_arena_array(arena, n, sizeof *page.heads);
    page.child = cb_arena_array(arena, n, sizeof *page.child);
    page.sibling = cb_arena_array(arena, n, sizeof *page.sibling);
    page.left = cb_arena_array(arena, n, sizeof *page.left);
    page.right = cb_arena_array(arena, n, sizeof *page.right);
    page.sentence_of = cb_arena_array(arena, n, sizeof *page.sentence_of);
    page.paragraph_first = cb_arena_array(arena, reading->sentence_count + 1, sizeof *page.paragraph_first);
    if (page.words == NULL || page.heads == NULL || page.child == NULL || page.sibling == NULL ||
        page.left == NULL || page.right == NULL || page.sentence_of == NULL || page.paragraph_first == NULL)
        return cb_no_memory(err);
    find_paragraphs(&page);
    find_words(&page);
    for (size_t s = 0; s < reading->sentence_count; s++)
        link_sentence(&page, reading->first_token[s], reading->first_token[s + 1], reading->parsed[s]);
    enum cb_code code = cb_quotes_pair(reading->text, reading->tokens, reading->token_count,
                                       page.paragraph_first, page.paragraph_count, arena, &page.quotes, err);
    *out = page;
    return code;
}
