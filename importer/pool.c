#include "importer/pool.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

struct worker {
    struct cb_pool *pool;
    unsigned number;
    pthread_t thread;
};

struct cb_pool {
    pthread_mutex_t lock; /* guards all below but `workers` */
    pthread_cond_t given, taken, done;
    struct cb_task **ring;
    size_t first, count, max;
    bool closing;
    cb_pool_work *work;
    void *context;
    unsigned worker_count;
    struct worker workers[];
};

static void *run_worker(void *context)
{
    struct worker *worker = context;
    struct cb_pool *pool = worker->pool;
    (void)pthread_mutex_lock(&pool->lock);
    for (;;) {
        while (pool->count == 0 && !pool->closing)
            (void)pthread_cond_wait(&pool->given, &pool->lock);
        if (pool->closing)
            break;
        struct cb_task *task = pool->ring[pool->first];
        pool->first = (pool->first + 1) % pool->max;
        pool->count--;
        (void)pthread_cond_signal(&pool->taken);
        (void)pthread_mutex_unlock(&pool->lock);
        pool->work(pool->context, worker->number, task);
        (void)pthread_mutex_lock(&pool->lock);
        task->done = true;
        (void)pthread_cond_broadcast(&pool->done);
    }
    (void)pthread_mutex_unlock(&pool->lock);
    return NULL;
}

/* Signals are for the thread that reads, whose waiting they end: workers leave all of them to it. */
static void start_workers(struct cb_pool *pool, unsigned workers)
{
    sigset_t all, before;
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    for (unsigned i = 0; i < workers; i++) {
        struct worker *worker = &pool->workers[i];
        *worker = (struct worker){.pool = pool, .number = i};
        if (pthread_create(&worker->thread, NULL, run_worker, worker) != 0)
            break;
        pool->worker_count++;
    }
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
}

enum cb_code cb_pool_new(unsigned workers, size_t queue_max, cb_pool_work *work, void *context,
                         struct cb_pool **out, struct cb_err *err)
{
    *out = NULL;
    if (workers == 0 || workers > CB_POOL_WORKERS_MAX || queue_max == 0)
        return cb_fail(err, CB_USAGE, "a pool of %u workers can't be", workers);
    struct cb_pool *pool = calloc(1, sizeof *pool + workers * sizeof *pool->workers);
    if (pool == NULL)
        return cb_no_memory(err);
    pool->ring = calloc(queue_max, sizeof(struct cb_task *));
    pool->max = queue_max;
    pool->work = work;
    pool->context = context;
    (void)pthread_mutex_init(&pool->lock, NULL);
    (void)pthread_cond_init(&pool->given, NULL);
    (void)pthread_cond_init(&pool->taken, NULL);
    (void)pthread_cond_init(&pool->done, NULL);
    if (pool->ring != NULL)
        start_workers(pool, workers);
    if (pool->worker_count == 0) { /* fewer than asked for will do */
        enum cb_code code =
            pool->ring == NULL ? cb_no_memory(err) : cb_fail(err, CB_FAILED, "no thread can be started");
        cb_pool_free(pool);
        return code;
    }
    *out = pool;
    return CB_OK;
}

void cb_pool_free(struct cb_pool *pool)
{
    if (pool == NULL)
        return;
    (void)pthread_mutex_lock(&pool->lock);
    pool->closing = true;
    (void)pthread_cond_broadcast(&pool->given);
    (void)pthread_mutex_unlock(&pool->lock);
    for (unsigned i = 0; i < pool->worker_count; i++)
        (void)pthread_join(pool->workers[i].thread, NULL);
    (void)pthread_cond_destroy(&pool->done);
    (void)pthread_cond_destroy(&pool->taken);
    (void)pthread_cond_destroy(&pool->given);
    (void)pthread_mutex_destroy(&pool->lock);
    free(pool->ring);
    free(pool);
}

void cb_pool_submit(struct cb_pool *pool, struct cb_task *task)
{
    task->done = false;
    (void)pthread_mutex_lock(&pool->lock);
    while (pool->count == pool->max)
        (void)pthread_cond_wait(&pool->taken, &pool->lock);
    pool->ring[(pool->first + pool->count) % pool->max] = task;
    pool->count++;
    (void)pthread_cond_signal(&pool->given);
    (void)pthread_mutex_unlock(&pool->lock);
}

void cb_pool_wait(struct cb_pool *pool, struct cb_task *task)
{
    (void)pthread_mutex_lock(&pool->lock);
    while (!task->done)
        (void)pthread_cond_wait(&pool->done, &pool->lock);
    (void)pthread_mutex_unlock(&pool->lock);
}

bool cb_pool_is_done(struct cb_pool *pool, const struct cb_task *task)
{
    (void)pthread_mutex_lock(&pool->lock);
    bool done = task->done;
    (void)pthread_mutex_unlock(&pool->lock);
    return done;
}
