SELECT s.source_id, s.name FROM claimbase.add_source($1::text, $2::text) s
