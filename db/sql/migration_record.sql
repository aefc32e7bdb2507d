INSERT INTO claimbase.schema_migration (number, name, sha256, program_version)
VALUES ($1::integer, $2::text, decode($3::text, 'hex'), $4::text)
