SELECT claimbase.import_rows($1::text, $2::jsonb) AS stored
