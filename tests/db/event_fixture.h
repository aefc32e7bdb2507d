/* An invented event in four documents (event_fixture.sql), in a fresh database. */
#ifndef CB_TESTS_DB_EVENT_FIXTURE_H
#define CB_TESTS_DB_EVENT_FIXTURE_H

#include "base/text_file.h"
#include "tests/harness/cluster.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static inline struct cb_db *event_fixture(struct cb_cluster *cluster)
{
    struct cb_db *db = cb_cluster_database(cluster);
    struct cb_err err = {0};
    struct cb_buffer sql;
    cb_buffer_init(&sql, 1 << 20);
    assert_ok(cb_read_file(CLAIMBASE_FIXTURE, &sql, &err), err);
    cb_cluster_exec(cluster, cb_buffer_text(&sql));
    cb_buffer_release(&sql);
    return db;
}

#endif
