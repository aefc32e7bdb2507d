SELECT pg_catalog.set_config('enable_seqscan', 'on', false)
