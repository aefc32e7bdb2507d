/* The same work on many items by a few threads: inside match/ only. */
#ifndef CB_MATCH_WORKERS_H
#define CB_MATCH_WORKERS_H

#include "base/error.h"

#include <stddef.h>

/* Work on item `index`, by worker `worker` (0 … workers - 1): what belongs to a worker is touched by one
 * thread only. */
typedef enum cb_code cb_work(void *context, size_t worker, size_t index, struct cb_err *err);

/* Runs work on items 0 … count - 1; the calling thread is worker 0. After an error no new item is
 * begun; the error of the least item that failed is returned. */
CB_CHECKED enum cb_code cb_workers_run(size_t workers, size_t count, cb_work *work, void *context,
                                       struct cb_err *err);

/* As many as the machine has processors, within 1 … max. */
size_t cb_workers_count(size_t max);

#endif
