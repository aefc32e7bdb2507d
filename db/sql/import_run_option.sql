-- What an option was given in that run: its arguments hold "--source=RT".
SELECT substr(a, length($2::text) + 4) AS value
FROM claimbase.import_run, unnest(arguments) AS a
WHERE run_id = $1::bigint AND a LIKE '--' || $2::text || '=%'
