-- A link that a person states; the same link again is not added.
INSERT INTO claimbase.document_link
  (document_id, link_no, kind, target_document_id, target_url, target_name, stated_by, reason)
SELECT $1::uuid, coalesce(max(l.link_no), 0) + 1, $2::text, $3::uuid, $4::text, NULL, $5::text, $6::text
FROM claimbase.document_link l WHERE l.document_id = $1::uuid
HAVING count(*) FILTER (WHERE l.withdrawn_at IS NULL AND l.kind = $2::text AND l.stated_by <> 'program'
                          AND l.target_document_id IS NOT DISTINCT FROM $3::uuid
                          AND l.target_url IS NOT DISTINCT FROM $4::text) = 0
