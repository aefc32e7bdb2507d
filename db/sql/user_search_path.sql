-- For one transaction of a person's own SQL: the views are found without their schema's name.
SELECT pg_catalog.set_config('search_path', 'public, report, claimbase', true)
