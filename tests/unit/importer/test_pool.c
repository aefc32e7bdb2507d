#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

#include "importer/pool.h"

enum { TASKS = 500, WORKERS = 4 };

struct item {
    struct cb_task task;
    int number, square;
};

struct shared {
    atomic_int done;
    atomic_int busy[WORKERS]; /* two tasks on one worker at a time would show here */
    atomic_int clashes;
    long pause;
};

static void square(void *context, unsigned worker, struct cb_task *task)
{
    struct shared *shared = context;
    struct item *item = (struct item *)task;
    if (atomic_fetch_add(&shared->busy[worker], 1) != 0)
        atomic_fetch_add(&shared->clashes, 1);
    if (shared->pause > 0)
        (void)nanosleep(&(struct timespec){0, shared->pause}, NULL);
    item->square = item->number * item->number;
    atomic_fetch_sub(&shared->busy[worker], 1);
    atomic_fetch_add(&shared->done, 1);
}

/* More tasks than the queue holds; each is done once and seen whole after the wait. */
static void test_all_done(void **state)
{
    (void)state;
    static struct item items[TASKS];
    static struct shared shared;
    struct cb_pool *pool;
    struct cb_err err = {0};
    memset(&shared, 0, sizeof shared);
    assert_int_equal(cb_pool_new(WORKERS, 7, square, &shared, &pool, &err), CB_OK);
    for (int i = 0; i < TASKS; i++) {
        items[i].number = i;
        cb_pool_submit(pool, &items[i].task);
    }
    for (int i = TASKS - 1; i >= 0; i--) {
        cb_pool_wait(pool, &items[i].task);
        assert_int_equal(items[i].square, i * i);
    }
    assert_int_equal(atomic_load(&shared.done), TASKS);
    assert_int_equal(atomic_load(&shared.clashes), 0);
    cb_pool_free(pool);
}

/* Freed with work in the queue: what runs is finished, the rest is left. */
static void test_freed_early(void **state)
{
    (void)state;
    static struct item items[64];
    static struct shared shared;
    struct cb_pool *pool;
    struct cb_err err = {0};
    memset(&shared, 0, sizeof shared);
    shared.pause = 2000000;
    assert_int_equal(cb_pool_new(2, 64, square, &shared, &pool, &err), CB_OK);
    for (int i = 0; i < 64; i++)
        cb_pool_submit(pool, &items[i].task);
    cb_pool_free(pool);
    int seen = 0;
    for (int i = 0; i < 64; i++)
        seen += items[i].task.done;
    assert_int_equal(seen, atomic_load(&shared.done));
    cb_pool_free(NULL);
}

static void test_bad_sizes(void **state)
{
    (void)state;
    struct cb_pool *pool;
    struct cb_err err = {0};
    assert_int_equal(cb_pool_new(0, 1, square, NULL, &pool, &err), CB_USAGE);
    assert_int_equal(cb_pool_new(1, 0, square, NULL, &pool, &err), CB_USAGE);
    assert_int_equal(cb_pool_new(CB_POOL_WORKERS_MAX + 1, 1, square, NULL, &pool, &err), CB_USAGE);
    assert_null(pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_all_done), cmocka_unit_test(test_freed_early),
                                       cmocka_unit_test(test_bad_sizes)};
    return cmocka_run_group_tests_name("importer/pool", tests, NULL, NULL);
}
