#include "importer/outside_extractor.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

/* A loop of the shell stands for the outside program. */
#define ANSWER                                                                                               \
    "n=0; while IFS= read -r line; do n=$((n + 1)); "                                                        \
    "printf '{\"claims\":[{\"start\":0,\"end\":3,\"speaker\":\"N%d\"}]}\\n' $n; done"

static enum cb_code ask(struct cb_outside_extractor *x, const char *text, struct cb_arena *arena,
                        const struct cb_extraction **out, struct cb_err *err)
{
    struct cb_input_document document = {.path = "a.txt", .text = text, .text_len = strlen(text)};
    return cb_outside_extract(x, &document, arena, out, err);
}

struct run {
    struct cb_outside_extractor *x;
    struct cb_arena arena;
    const struct cb_extraction *found;
    struct cb_err err;
};

static void start(struct run *r, const char *command, unsigned seconds)
{
    memset(r, 0, sizeof *r);
    cb_arena_init(&r->arena, (size_t)256 << 20);
    assert_int_equal(cb_outside_extractor_new(command, seconds, &r->x, &r->err), CB_OK);
}

static void stop(struct run *r)
{
    cb_outside_extractor_free(r->x);
    cb_arena_release(&r->arena);
}

static void check_failure(const char *command, unsigned seconds, enum cb_code code, const char *reason)
{
    struct run r;
    start(&r, command, seconds);
    assert_int_equal(ask(r.x, "It rained.", &r.arena, &r.found, &r.err), code);
    if (strstr(r.err.message, reason) == NULL)
        fail_msg("'%s' does not say '%s'", r.err.message, reason);
    stop(&r);
}

static void documents_are_answered_in_order(void **state)
{
    (void)state;
    struct run r;
    start(&r, ANSWER, 20);
    for (int i = 1; i <= 5; i++) {
        char name[16];
        snprintf(name, sizeof name, "N%d", i);
        assert_int_equal(ask(r.x, "It rained.", &r.arena, &r.found, &r.err), CB_OK);
        assert_int_equal(r.found->claim_count, 1);
        assert_string_equal(r.found->claims[0].text, "It ");
        assert_string_equal(r.found->speakers[0].name, name);
    }
    stop(&r);
}

/* It gets a JSON object with the text. */
static void it_gets_the_document(void **state)
{
    (void)state;
    struct run r;
    start(&r,
          "IFS= read -r line; case $line in '{\"id\":1,\"path\":\"a.txt\",'*'\"text\":\"It "
          "\\\"rained\\\".\"}') "
          "echo '{\"claims\":[]}';; *) echo no;; esac",
          20);
    assert_int_equal(ask(r.x, "It \"rained\".", &r.arena, &r.found, &r.err), CB_OK);
    assert_int_equal(r.found->claim_count, 0);
    stop(&r);
}

/* More than a pipe holds, both ways, from a program that writes before it has read. */
static void large_documents_do_not_block(void **state)
{
    (void)state;
    struct run r;
    size_t len = (size_t)1 << 20;
    char *text = malloc(len + 1);
    assert_non_null(text);
    memset(text, 'x', len);
    text[len] = '\0';
    start(&r,
          "printf '{\"claims\":[],\"pad\":\"'; head -c 1000000 /dev/zero | tr '\\0' y; IFS= read -r line; "
          "head -c 1000000 /dev/zero | tr '\\0' z; echo '\"}'; cat >/dev/null",
          100);
    struct cb_input_document document = {.path = "a", .text = text, .text_len = len};
    enum cb_code code = cb_outside_extract(r.x, &document, &r.arena, &r.found, &r.err);
    if (code != CB_OK)
        fail_msg("%s", r.err.message);
    stop(&r);
    free(text);
}

static void failures_have_a_reason(void **state)
{
    (void)state;
    check_failure("exit 3", 20, CB_EXTERNAL, "exit code 3");
    check_failure("claimbase-no-such-program 2>/dev/null", 20, CB_EXTERNAL, "exit code 127");
    check_failure("kill -9 $$", 20, CB_EXTERNAL, "signal 9");
    check_failure("read x; echo not json; cat", 20, CB_INPUT, "document 1: it is not JSON");
    check_failure("read x; echo '{\"claims\":[{\"start\":0,\"end\":99}]}'; cat", 20, CB_INPUT,
                  "not in the text");
    check_failure("exec 1>&-; sleep 30", 20, CB_EXTERNAL, "closed its output");
}

static void slow_programs_are_ended(void **state)
{
    (void)state;
    time_t before = time(NULL);
    check_failure("sleep 30", 1, CB_EXTERNAL, "within 1 seconds");
    check_failure("trap '' TERM; sleep 30 & wait; sleep 30", 1, CB_EXTERNAL, "within 1 seconds");
    assert_true(time(NULL) - before < 20);
}

static void it_is_not_asked_again_when_it_is_gone(void **state)
{
    (void)state;
    struct run r;
    start(&r, "read x; echo '{\"claims\":[]}'", 20);
    assert_int_equal(ask(r.x, "It rained.", &r.arena, &r.found, &r.err), CB_OK);
    assert_int_equal(ask(r.x, "It rained.", &r.arena, &r.found, &r.err), CB_EXTERNAL);
    assert_int_equal(ask(r.x, "It rained.", &r.arena, &r.found, &r.err), CB_EXTERNAL);
    assert_non_null(strstr(r.err.message, "gone"));
    stop(&r);
}

/* A bad answer is this document's misfortune only. */
static void the_next_document_goes_on(void **state)
{
    (void)state;
    struct run r;
    start(&r, "IFS= read -r a; echo oops; IFS= read -r b; echo '{\"claims\":[]}'", 20);
    assert_int_equal(ask(r.x, "It rained.", &r.arena, &r.found, &r.err), CB_INPUT);
    assert_int_equal(ask(r.x, "It rained.", &r.arena, &r.found, &r.err), CB_OK);
    stop(&r);
}

/* The program's death must not be a signal to us, and leaves none pending. */
static void no_signal_is_left(void **state)
{
    (void)state;
    sigset_t pending;
    struct run r;
    size_t len = (size_t)4 << 20;
    char *text = malloc(len + 1);
    assert_non_null(text);
    memset(text, 'x', len);
    text[len] = '\0';
    start(&r, "exec 0<&-; sleep 1", 20);
    assert_int_equal(ask(r.x, text, &r.arena, &r.found, &r.err), CB_EXTERNAL);
    assert_int_equal(sigpending(&pending), 0);
    assert_int_equal(sigismember(&pending, SIGPIPE), 0);
    stop(&r);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_are_answered_in_order),
        cmocka_unit_test(it_gets_the_document),
        cmocka_unit_test(large_documents_do_not_block),
        cmocka_unit_test(failures_have_a_reason),
        cmocka_unit_test(slow_programs_are_ended),
        cmocka_unit_test(it_is_not_asked_again_when_it_is_gone),
        cmocka_unit_test(the_next_document_goes_on),
        cmocka_unit_test(no_signal_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
