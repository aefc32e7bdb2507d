SELECT number, name, encode(sha256, 'hex') FROM claimbase.schema_migration ORDER BY number
