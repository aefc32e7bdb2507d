-- For each address, or source and external id, the text that was stored last before. The sum keeps the planner from
-- the index on the source, which is true of nearly all rows.
WITH asked AS (
  SELECT * FROM unnest($1::integer[], $2::text[], $3::bigint[], $4::text[]) AS n (no, url, source_id, external_id)
), found AS (
  SELECT n.no, d.document_id, d.text_sha256, d.imported_at
  FROM asked n JOIN claimbase.document d ON d.url = n.url AND d.kind = $5::text
  UNION ALL
  SELECT n.no, d.document_id, d.text_sha256, d.imported_at
  FROM asked n JOIN claimbase.document d
    ON n.url IS NULL AND d.external_id = n.external_id AND d.source_id + 0 = n.source_id AND d.kind = $5::text
)
SELECT DISTINCT ON (no) no, replace(document_id::text, '-', '') AS document_id, encode(text_sha256, 'hex') AS text_sha256
FROM found ORDER BY no, imported_at DESC, document_id
