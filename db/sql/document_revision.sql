-- The document that $1 revises, if it is stored.
SELECT l.target_document_id, d.title, d.imported_at
  FROM claimbase.document_link l JOIN claimbase.document d ON d.document_id = l.target_document_id
 WHERE l.document_id = $1::uuid AND l.kind = 'revision_of' AND l.withdrawn_at IS NULL
 ORDER BY d.imported_at DESC LIMIT 1
