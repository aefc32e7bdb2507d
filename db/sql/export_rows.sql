SELECT r AS row FROM claimbase.export_rows($1::text) AS r
