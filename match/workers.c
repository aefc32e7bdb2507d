#include "match/workers.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

enum { THREADS_MAX = 64 };

struct shared {
    cb_work *work;
    void *context;
    size_t count;
    atomic_size_t next;
    atomic_bool failed;
};

struct thread {
    struct shared *shared;
    size_t worker;
    size_t failed_at;
    enum cb_code code;
    struct cb_err err;
    pthread_t id;
    bool started;
};

static void *run_thread(void *argument)
{
    struct thread *thread = argument;
    struct shared *shared = thread->shared;
    while (!atomic_load(&shared->failed)) {
        size_t index = atomic_fetch_add(&shared->next, 1);
        if (index >= shared->count)
            break;
        thread->code = shared->work(shared->context, thread->worker, index, &thread->err);
        if (thread->code != CB_OK) {
            thread->failed_at = index;
            atomic_store(&shared->failed, true);
            break;
        }
    }
    return NULL;
}

enum cb_code cb_workers_run(size_t workers, size_t count, cb_work *work, void *context, struct cb_err *err)
{
    struct shared shared = {.work = work, .context = context, .count = count};
    struct thread threads[THREADS_MAX] = {0};
    if (workers > THREADS_MAX)
        workers = THREADS_MAX;
    if (workers > count)
        workers = count > 0 ? count : 1;
    for (size_t i = 0; i < workers; i++) {
        threads[i].shared = &shared;
        threads[i].worker = i;
    }
    /* A thread that can't be had is no error: the others do its share. */
    for (size_t i = 1; i < workers; i++)
        threads[i].started = pthread_create(&threads[i].id, NULL, run_thread, &threads[i]) == 0;
    (void)run_thread(&threads[0]);
    const struct thread *first = NULL;
    for (size_t i = 0; i < workers; i++) {
        if (threads[i].started)
            (void)pthread_join(threads[i].id, NULL);
        if (threads[i].code != CB_OK && (first == NULL || threads[i].failed_at < first->failed_at))
            first = &threads[i];
    }
    if (first == NULL)
        return CB_OK;
    if (err != NULL)
        *err = first->err;
    return first->code;
}

size_t cb_workers_count(size_t max)
{
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    size_t count = online > 0 ? (size_t)online : 1;
    return count < max ? count : max;
}
