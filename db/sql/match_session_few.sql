-- A few documents against all others: single rows are asked for by their keys. However few a table's readers would
-- save by it, reading the whole of it grows with the archive. What a bitmap names is asked of the disk ahead, where the
-- server can (0: it can't, or shall not).
SELECT pg_catalog.set_config('enable_seqscan', 'off', false),
       CASE WHEN pg_catalog.current_setting('effective_io_concurrency') <> '0'
            THEN pg_catalog.set_config('effective_io_concurrency', '64', false) END
