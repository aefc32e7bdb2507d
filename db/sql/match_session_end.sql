-- As match_session found them; what is committed from here on waits for the disk, and for all before it.
SELECT pg_catalog.set_config(s.name, s.reset_val, false) FROM pg_catalog.pg_settings s
WHERE s.name IN ('plan_cache_mode', 'jit', 'enable_seqscan', 'effective_io_concurrency', 'synchronous_commit')
