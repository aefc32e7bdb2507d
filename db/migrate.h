/* Migrations: numbered, checksummed, each body and its record in one transaction, under a lock. */
#ifndef CB_DB_MIGRATE_H
#define CB_DB_MIGRATE_H

#include "db/db.h"

struct cb_migration {
    int number;       /* 0 ends the table */
    const char *name; /* "0001_tables" */
    const char *sql;
    size_t len;
};

/* Generated from migrations/NNNN_*.sql. */
extern const struct cb_migration cb_migrations[];

struct cb_migrate_report {
    int before, after; /* the highest number in the database; 0: none */
};

/* Applies what is missing. CB_SCHEMA when the database is newer than the program, or when a migration that
 * was applied differs from the one in the program (its SHA-256 is recorded). Safe when several programs start
 * at once. `report` may be NULL. */
CB_CHECKED enum cb_code cb_migrate(struct cb_db *db, struct cb_migrate_report *report, struct cb_err *err);

/* The cheap check of a warm command: one query. *current tells whether the schema is the program's own; a
 * newer one is CB_SCHEMA. */
CB_CHECKED enum cb_code cb_schema_check(struct cb_db *db, bool *current, struct cb_err *err);

#endif
