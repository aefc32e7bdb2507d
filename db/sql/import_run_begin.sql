INSERT INTO claimbase.import_run (actor, program_version, method_version, kind, arguments)
VALUES ($1::text, $2::text, $3::text, $4::text, $5::text[])
RETURNING run_id
