/* What the tests of match/ share: a matcher and an arena for each program. */
#ifndef CB_TESTS_MATCH_TESTS_H
#define CB_TESTS_MATCH_TESTS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "match/terms.h"

struct fixture {
    struct cb_matcher *matcher;
    struct cb_arena arena;
};

static inline int fixture_new(void **state)
{
    struct cb_err err;
    struct fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    cb_arena_init(&fixture->arena, (size_t)64 * 1024 * 1024);
    assert_int_equal(cb_matcher_new(&fixture->matcher, &err), CB_OK);
    *state = fixture;
    return 0;
}

static inline int fixture_free(void **state)
{
    struct fixture *fixture = *state;
    cb_matcher_free(fixture->matcher);
    cb_arena_release(&fixture->arena);
    free(fixture);
    return 0;
}

static inline const struct cb_profile *profile(struct fixture *fixture, const char *text)
{
    struct cb_err err;
    const struct cb_profile *out = NULL;
    assert_int_equal(cb_profile_make(fixture->matcher, text, strlen(text), NULL, &fixture->arena, &out, &err),
                     CB_OK);
    return out;
}

/* The word with this stem; fails when there is none. */
static inline const struct cb_word *word(const struct cb_profile *p, const char *stem)
{
    for (size_t i = 0; i < p->word_count; i++) {
        if (strcmp(p->words[i].text, stem) == 0)
            return &p->words[i];
    }
    fail_msg("'%s' is not a word of '%s'", stem, p->text);
    return NULL;
}

#endif
