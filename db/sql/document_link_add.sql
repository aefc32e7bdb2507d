-- Nothing when the document has the same link already.
INSERT INTO claimbase.document_link (document_id, link_no, kind, target_document_id, target_url, target_name,
  origin_key, stated_by, reason)
SELECT $1::uuid, coalesce(max(link_no), 0) + 1, $2::text, $3::uuid, $4::text, $5::text, $6::text, $7::text, $8::text
FROM claimbase.document_link WHERE document_id = $1::uuid
HAVING NOT coalesce(bool_or(kind = $2::text AND withdrawn_at IS NULL
  AND target_document_id IS NOT DISTINCT FROM $3::uuid
  AND target_url IS NOT DISTINCT FROM $4::text
  AND target_name IS NOT DISTINCT FROM $5::text), false)
RETURNING link_no
