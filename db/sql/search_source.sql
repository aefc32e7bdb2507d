-- A source by its name or one of its other names, in any case.
SELECT source_id FROM claimbase.source WHERE lower(name) = lower($1::text)
UNION
SELECT source_id FROM claimbase.source_alias WHERE lower(alias) = lower($1::text)
ORDER BY source_id LIMIT 1
