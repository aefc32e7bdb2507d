-- What every connection is set to, whatever the server, the role or the environment say: our texts of
-- times and numbers do not depend on them, and an unqualified name can only mean the server's own.
SELECT pg_catalog.set_config('search_path', 'pg_catalog', false),
       pg_catalog.set_config('TimeZone', 'UTC', false),
       pg_catalog.set_config('DateStyle', 'ISO, YMD', false),
       pg_catalog.set_config('IntervalStyle', 'iso_8601', false),
       pg_catalog.set_config('bytea_output', 'hex', false),
       pg_catalog.set_config('extra_float_digits', '1', false),
       pg_catalog.set_config('client_min_messages', 'warning', false),
       pg_catalog.set_config('standard_conforming_strings', 'on', false)
