-- A run is recorded when it first has something to store: $6 is the seconds since it began.
INSERT INTO claimbase.import_run (actor, program_version, method_version, kind, arguments, started_at)
VALUES ($1::text, $2::text, $3::text, $4::text, $5::text[], clock_timestamp() - pg_catalog.make_interval(secs => $6::double precision))
RETURNING run_id
