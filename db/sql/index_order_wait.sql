-- Who waits for a table as a whole holds up all who come behind: so not for long. Until the transaction ends.
SELECT pg_catalog.set_config('lock_timeout', '100ms', true)
