-- An import asks for single rows by their keys. Plans made while the tables were still empty would read them
-- whole, and are kept: so reading them whole is made dear from the start.
SELECT pg_catalog.set_config('enable_seqscan', 'off', false), pg_catalog.set_config('jit', 'off', false)
