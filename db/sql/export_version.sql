SELECT max(number) AS migration FROM claimbase.schema_migration
