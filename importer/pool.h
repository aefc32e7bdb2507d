/* Worker threads with a bounded queue. Items are worked on in the order in which they were given. */
#ifndef CB_IMPORTER_POOL_H
#define CB_IMPORTER_POOL_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct cb_pool;

/* Embedded in what is worked on. `done` belongs to the pool until cb_pool_wait has returned. */
struct cb_task {
    bool done;
};

/* Called on worker `worker` (0 …); two tasks never run on one worker at a time. */
typedef void cb_pool_work(void *context, unsigned worker, struct cb_task *task);

enum { CB_POOL_WORKERS_MAX = 256 };

CB_CHECKED enum cb_code cb_pool_new(unsigned workers, size_t queue_max, cb_pool_work *work, void *context,
                                    struct cb_pool **out, struct cb_err *err);
/* Waits for what is under way; tasks that nobody began are left undone. NULL is fine. */
void cb_pool_free(struct cb_pool *pool);

/* Waits while the queue is full. */
void cb_pool_submit(struct cb_pool *pool, struct cb_task *task);
/* Waits until the task is done. */
void cb_pool_wait(struct cb_pool *pool, struct cb_task *task);
bool cb_pool_is_done(struct cb_pool *pool, const struct cb_task *task);

#endif
