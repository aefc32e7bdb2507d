-- As match_session found them; what is committed from here on waits for the disk, and for all before it.
SELECT pg_catalog.set_config('plan_cache_mode', 'auto', false), pg_catalog.set_config('enable_seqscan', 'on', false),
       pg_catalog.set_config('synchronous_commit', 'on', false)
