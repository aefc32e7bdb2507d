INSERT INTO claimbase.document_sketch (document_id, method_version, paragraphs, bands)
VALUES ($1::uuid, $2::text, $3::integer, $4::bigint[])
ON CONFLICT (document_id) DO UPDATE
SET method_version = excluded.method_version, paragraphs = excluded.paragraphs, bands = excluded.bands
