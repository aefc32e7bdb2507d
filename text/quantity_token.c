/* The tokens, as the quantity reader looks at them. */
#include "text/quantity_reader.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

size_t cb_token_length(const struct cb_quantity_reader *r, size_t at)
{
    return at < r->count ? r->tokens[at].span.end - r->tokens[at].span.start : 0;
}

const char *cb_token_text(const struct cb_quantity_reader *r, size_t at)
{
    return at < r->count ? r->text + r->tokens[at].span.start : "";
}

bool cb_is_word(const struct cb_quantity_reader *r, size_t at, const char *word)
{
    size_t len = cb_token_length(r, at);
    return len > 0 && strlen(word) == len && strncasecmp(cb_token_text(r, at), word, len) == 0;
}

bool cb_is_mark(const struct cb_quantity_reader *r, size_t at, const char *mark)
{
    size_t len = cb_token_length(r, at);
    return len > 0 && strlen(mark) == len && memcmp(cb_token_text(r, at), mark, len) == 0;
}

bool cb_is_dash(const struct cb_quantity_reader *r, size_t at)
{
    return cb_is_mark(r, at, "-") || cb_is_mark(r, at, "\xE2\x80\x93") || cb_is_mark(r, at, "\xE2\x80\x94") ||
           cb_is_mark(r, at, "\xE2\x80\x92") || cb_is_mark(r, at, "\xE2\x80\x90") ||
           cb_is_mark(r, at, "\xE2\x80\x91");
}

unsigned cb_classes(const struct cb_quantity_reader *r, size_t at)
{
    return at < r->count && r->lexemes[at] != NULL ? r->lexemes[at]->classes : 0;
}

double cb_lexeme_value(const struct cb_quantity_reader *r, size_t at)
{
    return at < r->count && r->lexemes[at] != NULL ? r->lexemes[at]->value : 0;
}

bool cb_is_glued(const struct cb_quantity_reader *r, size_t at)
{
    return at < r->count && !(r->tokens[at].flags & CB_TOKEN_SPACE_BEFORE);
}

bool cb_is_number_token(const struct cb_quantity_reader *r, size_t at)
{
    return at < r->count && r->tokens[at].kind == CB_TOKEN_NUMBER;
}

const char *cb_join(const struct cb_quantity_reader *r, const char *a, const char *between, const char *b)
{
    size_t size = strlen(a) + strlen(between) + strlen(b) + 1;
    char *out = cb_arena_alloc(r->arena, size);
    if (out != NULL)
        (void)snprintf(out, size, "%s%s%s", a, between, b);
    return out;
}
