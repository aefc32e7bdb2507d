CREATE TABLE IF NOT EXISTS claimbase.schema_migration (
  number          integer NOT NULL,
  name            text NOT NULL,
  sha256          bytea NOT NULL,
  applied_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  program_version text NOT NULL,
  CONSTRAINT schema_migration_pk PRIMARY KEY (number),
  CONSTRAINT schema_migration_number_positive CHECK (number > 0),
  CONSTRAINT schema_migration_sha256_size CHECK (octet_length(sha256) = 32)
)
