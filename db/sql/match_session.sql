-- The tables that a run of matching fills begin empty: a plan made then reads them whole, and would be kept. So each
-- statement is planned for what there is now. What a run writes is derived and made again when it is lost: its
-- transactions need not wait for the disk one by one. What a bitmap names is asked of the disk ahead, where the server can
-- (0: it can't, or shall not).
SELECT pg_catalog.set_config('plan_cache_mode', 'force_custom_plan', false), pg_catalog.set_config('jit', 'off', false),
       pg_catalog.set_config('synchronous_commit', 'off', false),
       CASE WHEN pg_catalog.current_setting('effective_io_concurrency') <> '0'
            THEN pg_catalog.set_config('effective_io_concurrency', '64', false) END
