-- A few documents against all others: single rows are asked for by their keys. However few a table's readers would
-- save by it, reading the whole of it grows with the archive.
SELECT pg_catalog.set_config('enable_seqscan', 'off', false)
