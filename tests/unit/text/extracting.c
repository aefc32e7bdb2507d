#include "tests/unit/text/extracting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

void extract_with(struct extracted *e, const char *text, const struct cb_extract_options *options)
{
    struct cb_err err = {0};
    memset(e, 0, sizeof *e);
    e->text = text;
    cb_arena_init(&e->arena, (size_t)256 << 20);
    assert_int_equal(cb_extractor_new(&e->extractor, &err), CB_OK);
    enum cb_code code = cb_extract(e->extractor, text, strlen(text), options, &e->arena, &e->x, &err);
    if (code != CB_OK)
        fail_msg("%s", err.message);
}

void extract_text(struct extracted *e, const char *text)
{
    extract_with(e, text, NULL);
}

void extract_release(struct extracted *e)
{
    cb_extractor_free(e->extractor);
    cb_arena_release(&e->arena);
}

const struct cb_claim *claim_with(const struct extracted *e, const char *words)
{
    for (size_t i = 0; i < e->x->claim_count; i++) {
        if (strstr(e->x->claims[i].text, words) != NULL)
            return &e->x->claims[i];
    }
    return NULL;
}

const struct cb_claim *claim_of(const struct extracted *e, const char *text)
{
    for (size_t i = 0; i < e->x->claim_count; i++) {
        if (strcmp(e->x->claims[i].text, text) == 0)
            return &e->x->claims[i];
    }
    return NULL;
}

const char *speaker_of(const struct extracted *e, const char *words)
{
    const struct cb_claim *claim = claim_with(e, words);
    if (claim == NULL)
        return NULL;
    return claim->speaker < 0 ? "" : e->x->speakers[claim->speaker].name;
}

const struct cb_speaker *speaker_named(const struct extracted *e, const char *name)
{
    for (size_t i = 0; i < e->x->speaker_count; i++) {
        if (strcmp(e->x->speakers[i].name, name) == 0)
            return &e->x->speakers[i];
    }
    return NULL;
}

const struct cb_source_link *link_to(const struct extracted *e, const char *target)
{
    for (size_t i = 0; i < e->x->link_count; i++) {
        if (strcmp(e->x->links[i].target, target) == 0)
            return &e->x->links[i];
    }
    return NULL;
}
