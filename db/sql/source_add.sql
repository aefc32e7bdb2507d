-- The update changes nothing: it makes a row that another program added at the same moment come back.
INSERT INTO claimbase.source (name, domain) VALUES ($1::text, $2::text)
ON CONFLICT (name) DO UPDATE SET domain = coalesce(claimbase.source.domain, excluded.domain)
RETURNING source_id, name
