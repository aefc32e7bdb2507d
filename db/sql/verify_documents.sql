-- The next documents after $1. Raw bytes that are the text itself are not stored twice: then the hashes are the same.
SELECT d.document_id, d.kind, s.name, d.url, d.external_id, d.text, encode(d.text_sha256, 'hex'), encode(d.seal, 'hex'),
       CASE WHEN d.raw IS NOT NULL THEN coalesce(sha256(d.raw) = d.raw_sha256, false)
            WHEN d.raw_sha256 IS NOT NULL THEN d.raw_sha256 = d.text_sha256 END
  FROM claimbase.document d JOIN claimbase.source s ON s.source_id = d.source_id
 WHERE $1::uuid IS NULL OR d.document_id > $1::uuid
 ORDER BY d.document_id LIMIT $2::bigint
