-- An import asks for single rows by their keys. Plans made while the tables were still empty would read them
-- whole, and are kept: so reading them whole is made dear from the start. Its transactions need not wait for the disk
-- one by one: a crash of the machine may cost the last of them, whole, and the same import makes them again. The
-- end of the run waits for all (import_session_end).
SELECT pg_catalog.set_config('enable_seqscan', 'off', false), pg_catalog.set_config('jit', 'off', false),
       pg_catalog.set_config('synchronous_commit', 'off', false)
