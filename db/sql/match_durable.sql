-- This transaction waits for the disk, and with it all before it.
SELECT pg_catalog.set_config('synchronous_commit', 'on', true)
