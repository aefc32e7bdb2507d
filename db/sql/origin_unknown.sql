-- The rest: nothing is recorded of where they come from.
INSERT INTO claimbase.document_origin (document_id, origin, known, reason)
SELECT d.document_id, 'document|' || d.document_id::text, false, 'nothing is recorded of where it comes from'
FROM claimbase.document d LEFT JOIN claimbase.document_origin o ON o.document_id = d.document_id
WHERE o.document_id IS NULL AND ($1::uuid[] IS NULL OR d.document_id = ANY ($1::uuid[]))
