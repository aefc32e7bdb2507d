-- The next documents of a run behind the one given (NULL: the first ones). Some of them may be indexed already.
SELECT document_id FROM claimbase.document
WHERE run_id = $1::bigint AND ($2::uuid IS NULL OR document_id > $2::uuid)
ORDER BY document_id
LIMIT $3::bigint
